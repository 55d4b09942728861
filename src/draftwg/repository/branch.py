"""The branch of a meeting: where it is, and how it moves.

It moves by git's own protocol for references in files (gitrepository-layout(5), and `lockfile.h` of git): whoever makes
the lock file beside the reference may look at it, and renames the lock file over it. So it never moves but from the
commit that was read, whoever else and whichever git is at work; and no process need be started for it.
"""

import errno
import os
import re
import time
from contextlib import suppress
from pathlib import Path

from draftwg.errors import Damaged
from draftwg.hygiene import one_line
from draftwg.repository.layout import REPAIR
from draftwg.repository.stream import BRANCH
from draftwg.repository.worktree import read_at_once

_NOTHING = "0" * 40
_PATIENCE = 2.0  # seconds for which another program may hold the reference
_PAUSE = 0.005


def branch_at(gitdir: Path) -> str:
    """The commit at which the branch is, as its files tell, or "" before the first one. A cheap question, to be asked
    often. Damaged where it cannot be read.
    """
    why = "its ref is no commit"
    found: str | None
    try:
        found = read_at_once(gitdir / BRANCH).strip()
    except FileNotFoundError:
        packed = gitdir / "packed-refs"
        lines = packed.read_text("utf-8", "replace").splitlines() if packed.is_file() else []
        found = next((line.split()[0] for line in lines if line.endswith(f" {BRANCH}")), None)
    except (OSError, ValueError) as error:
        found, why = "", one_line(str(error))
    if found is None:
        return ""
    if not re.fullmatch(r"[0-9a-f]{40}", found):
        raise Damaged(f"The branch of this meeting cannot be read ({why}).", REPAIR)
    return found


def move_branch(gitdir: Path, commit: str, parent: str, who: str, *, durable: bool) -> bool:
    """Move the branch from `parent` ("" = it is new) to `commit`, and note it in git's log of the branch as done by
    `who` (name, address and time, as in a commit). False where the branch is elsewhere by now, or somebody else keeps
    it locked for two seconds.

    Where it is to be `durable`, the contents are synced; the names in the folders (`folders_of_branch`) are for the
    caller. OSError where the disk refuses; Damaged where the branch cannot be read.
    """
    place = gitdir / BRANCH
    lock = place.with_name(f"{place.name}.lock")
    place.parent.mkdir(parents=True, exist_ok=True)
    handle = _locked(lock)
    if handle is None:
        return False
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            there = branch_at(gitdir) == parent
            if there:
                file.write(f"{commit}\n")
                file.flush()
                if durable:
                    os.fsync(file.fileno())
        if there:
            _note(gitdir, f"{parent or _NOTHING} {commit} {who}\n")
            lock.replace(place)  # from here on, a lock of that name is another's
            return True
    except BaseException:
        with suppress(OSError):
            lock.unlink()
        raise
    lock.unlink()
    return False


def folders_of_branch(gitdir: Path) -> list[Path]:
    """The folders in which names are made when the branch moves."""
    return [gitdir / "refs" / "heads", gitdir / "logs" / "refs" / "heads", gitdir]


def _locked(lock: Path) -> int | None:
    """The lock file, made and open; None where somebody else has it for too long."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
        except FileExistsError:
            if time.monotonic() > until:
                return None
            time.sleep(_PAUSE)


def _note(gitdir: Path, line: str) -> None:
    """Add a line to the logs of the branch and of HEAD, from which a branch that was lost is found again. Nobody waits
    for their syncing, as with git: the reference itself is what counts.
    """
    for name in (BRANCH, "HEAD"):
        log = gitdir / "logs" / name
        log.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        with os.fdopen(handle, "wb", buffering=0) as file:
            if file.write(line.encode()) != len(line.encode()):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
