"""One writer at a time on one machine: an advisory lock that the kernel releases with its holder.

It gives fairness; safety comes from the compare-and-swap in the commit itself (record.py).
"""

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from draftwg.errors import NotRecorded

_PATIENCE = 10.0
_STALE = 2.0


@contextmanager
def writing(gitdir: Path) -> Iterator[None]:
    """Hold the meeting's lock; inside, lock files that a killed git left behind are gone.

    NotRecorded where another program holds it for ten seconds, or the folder cannot be written.
    """
    try:
        folder = gitdir / "draftwg"
        folder.mkdir(exist_ok=True)
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise refused(error) from None
    try:
        _take(handle)
        clear_stale(gitdir)
        yield
    finally:
        os.close(handle)  # closing releases the lock


def refused(error: OSError) -> NotRecorded:
    """What to say where the disk refuses to write."""
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return NotRecorded("The folder cannot be written to; nothing was recorded.", "Check its owner and permissions.")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NotRecorded("The disk is full; nothing was recorded.", "Free some space, then do it again.")
    return NotRecorded(
        f"The disk refused ({error.strerror}); nothing was recorded.", "Check the disk, then do it again."
    )


def _take(handle: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    pause = 0.001
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise NotRecorded(
                    "Another program has been recording in this meeting for ten seconds; nothing was recorded.",
                    "Do it again.",
                ) from None
            time.sleep(pause)
            pause = min(pause * 1.5, 0.02)


def clear_stale(gitdir: Path) -> None:
    """Remove git's lock files that have not been touched for two seconds: their owner died (we hold our own lock)."""
    now = time.time()
    for name in ("HEAD.lock", "index.lock", "packed-refs.lock", "refs/heads/main.lock"):
        path = gitdir / name
        try:
            if now - path.stat().st_mtime > _STALE:
                path.unlink()
        except OSError:
            continue
