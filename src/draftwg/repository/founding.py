"""A repository for a new meeting, in a folder that is absent or empty; and away with it where it came to nothing."""

import shutil
from contextlib import suppress
from pathlib import Path

from draftwg.errors import Damaged, NotRecorded
from draftwg.hygiene import one_line
from draftwg.repository import git
from draftwg.repository.finding import MARKER
from draftwg.repository.layout import CONFIG, marker
from draftwg.repository.lock import refused
from draftwg.repository.worktree import write_file


def make_meeting(folder: Path, title: str) -> None:
    """A repository without a commit, and the mark of a meeting. NotRecorded where the folder holds anything already or
    cannot be written; then nothing is left behind.
    """
    there = folder.exists()
    try:
        if there and (not folder.is_dir() or any(folder.iterdir())):
            raise NotRecorded(f"{one_line(str(folder))} is there already and not empty.", "Choose another folder.")
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused(error) from None
    try:
        make_repository(folder)
        write_file(folder / MARKER, marker(title), durable=False)
    except (Damaged, OSError) as error:
        clear_away(folder, there=there)
        if isinstance(error, OSError):
            raise refused(error) from None
        raise NotRecorded(f"{error.message.rstrip('.')}; no meeting was made.", "Free space, or try again.") from None


def make_repository(folder: Path) -> None:
    """An empty repository in `folder`, with our settings. Damaged or OSError where it cannot be made."""
    # sha1 and files: GitPython reads no other kinds, and newer gits may make those by default.
    git.run(folder, "init", "--quiet", "--template=", "--object-format=sha1", "--initial-branch=main")
    write_file(folder / ".git" / "config", CONFIG, durable=False)


def clear_away(folder: Path, *, there: bool) -> None:
    """Take away a meeting that was begun in a folder that was empty, and the folder unless it was `there` before."""
    with suppress(OSError):
        for entry in folder.iterdir():
            shutil.rmtree(entry, ignore_errors=True) if entry.is_dir() else entry.unlink(missing_ok=True)
        if not there:
            folder.rmdir()
