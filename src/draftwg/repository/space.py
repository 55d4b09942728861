"""Room on the disk: whether there is any, and a reserve that is given up for the act at hand when there is none.

The idea is that of SQLite's and LibreOffice's reserves: 5 MB are more than any act and its readable files take.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

LITTLE = 50_000_000
"""Bytes: with less room than this, a meeting should not begin."""
RESERVE = 5_000_000
_NONE = 65_536  # with less room than this, a write that fails has failed for want of it


def is_full(folder: Path) -> bool:
    """Whether the disk of this folder, or of the nearest one above it that is there, has no room."""
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        return shutil.disk_usage(place).free < _NONE
    except OSError:
        return False


def says_full(said: str, *folders: Path) -> bool:
    """Whether these words of git mean that there was no room; where they speak of writing only, `folders` tell."""
    if any(sign in said for sign in ("No space left", "Out of diskspace", "Disk quota exceeded")):
        return True
    return ("writ" in said or "cannot lock ref" in said) and any(is_full(folder) for folder in folders)


def keep_reserve(gitdir: Path) -> bool:
    """Make the reserve of this meeting if there is none and there is room for it; whether it is there then."""
    place = gitdir / "draftwg" / "reserve"
    try:
        if place.exists():
            return True
        if not RESERVE or shutil.disk_usage(gitdir).free < LITTLE + RESERVE:
            return False
        place.parent.mkdir(exist_ok=True)
        with place.open("wb") as file:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, RESERVE)
            else:
                file.write(b"\0" * RESERVE)
    except OSError:
        return False
    return True


def release_reserve(gitdir: Path) -> bool:
    """Give the reserve up; whether there was one."""
    with suppress(OSError):
        (gitdir / "draftwg" / "reserve").unlink()
        return True
    return False
