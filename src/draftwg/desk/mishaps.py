"""What went wrong in the program itself: the details go to a file in the user's state folder, for whoever mends it."""

import os
import time
import traceback
from pathlib import Path

from draftwg.hygiene import clean
from draftwg.repository.journal import state_folder

_MOST = 1_000_000  # bytes above which the file is begun anew


def note_mishap(gitdir: Path, what: str, error: BaseException) -> str:
    """Write down what failed (in words) and how, for the meeting with this `gitdir`; the file, "" where it cannot be
    written. Raises nothing."""
    try:
        folder = state_folder(gitdir)
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "mishaps.log"
        if file.is_file() and file.stat().st_size > _MOST:
            file.replace(folder / "mishaps.old.log")
        told = f"--- {time.strftime('%Y-%m-%d %H:%M:%S%z')} {what}\n{''.join(traceback.format_exception(error))}\n"
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(clean(told).encode("utf-8", "replace"))
    except (OSError, RuntimeError, ValueError):
        return ""
    return str(file)
