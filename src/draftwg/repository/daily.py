"""git's own look at a meeting, once a day and in the background: are all objects there that the newest commit needs?

`git fsck --connectivity-only` follows every link without reading the contents of files: a large meeting takes a second
or less, with the lowest priority. The doctor looks at the contents as well.
"""

import subprocess
import time
from contextlib import suppress
from pathlib import Path

from draftwg.errors import DraftwgError
from draftwg.repository import git
from draftwg.repository.health import damaged_objects
from draftwg.repository.stream import BRANCH
from draftwg.repository.worktree import write_file

DAY = 86_400.0
_PATIENCE = 600.0


def damage_of_the_day(folder: Path) -> str:
    """One line where objects of the meeting are damaged or gone, "" where all is well, or where less than a day has
    passed since this was last looked at or since the meeting was made. Takes its time; raises nothing.
    """
    gitdir = folder / ".git"
    note = gitdir / "draftwg" / "looked-at"
    try:
        since = (note if note.exists() else gitdir / "HEAD").stat().st_mtime
        if time.time() - since < DAY:
            return ""
        bad = _look(folder)
    except (OSError, subprocess.SubprocessError, DraftwgError):
        return ""
    if bad:
        count = "An object of this meeting is" if len(bad) == 1 else f"{len(bad)} objects of this meeting are"
        return f"{count} damaged in git, or gone. Mend that: draftwg doctor."
    with suppress(OSError):
        write_file(note, b"", durable=False)
    return ""


def _look(folder: Path) -> list[str]:
    """The ids of objects that are damaged or missing."""
    line = ("fsck", "--connectivity-only", "--no-dangling", "--no-progress", "--no-reflogs", BRANCH)
    with git.start(folder, *line, stderr=subprocess.STDOUT) as process:
        git.give_way(process, 19)
        try:
            out, _ = process.communicate(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return damaged_objects(out)
