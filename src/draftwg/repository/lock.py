"""One writer at a time on one machine: an advisory lock that the kernel releases with its holder.

It gives fairness; safety comes from the compare-and-swap in the commit itself (record.py).
"""

import errno
import fcntl
import os
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from draftwg.errors import DiskFull, NotRecorded
from draftwg.repository.shield import private_folder

_PATIENCE = 10.0
STALE = 2.0
# The locks of everything that draftwg makes git write, and of what a person's own git may have left.
LOCKS = ("HEAD.lock", "index.lock", "packed-refs.lock", "config.lock", "refs/heads/main.lock")


@contextmanager
def writing(gitdir: Path) -> Iterator[None]:
    """Hold the meeting's lock; inside, lock files that a killed git left behind are gone.

    NotRecorded where another program holds it for ten seconds, or the folder cannot be written.
    """
    try:
        folder = gitdir / "draftwg"
        folder.mkdir(exist_ok=True)
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        raise refused(error) from None
    handle = _taken(handle)
    try:
        clear_stale(gitdir)
        yield
    finally:
        os.close(handle)  # closing releases the lock


def refused(error: OSError) -> NotRecorded:
    """What to say where the disk refuses to write."""
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return NotRecorded("The folder cannot be written to; nothing was recorded.", "Check its owner and permissions.")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull("The disk is full; nothing was recorded.", "Free some space, then do it again.")
    return NotRecorded(
        f"The disk refused ({error.strerror}); nothing was recorded.", "Check the disk, then do it again."
    )


def _taken(handle: int) -> int:
    """The handle, once it holds the lock. Whoever asked first gets it first: the kernel keeps the queue."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return handle
    except BlockingIOError:
        pass
    except OSError as error:  # a network disk that knows no locks: the compare-and-swap of the commit keeps us safe
        if error.errno not in (errno.ENOLCK, errno.EOPNOTSUPP):
            os.close(handle)
            raise refused(error) from None
        return handle
    waiting = _Waiting(handle)
    threading.Thread(target=waiting.take, daemon=True).start()
    if waiting.in_time():
        return handle
    raise NotRecorded(
        "Another program has been recording in this meeting for ten seconds; nothing was recorded.", "Do it again."
    )


class _Waiting:
    """Waits in the kernel's queue, and leaves it after ten seconds; what comes too late is let go at once."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._settled = threading.Lock()
        self._done = threading.Event()
        self._late = False

    def take(self) -> None:
        with suppress(OSError):
            fcntl.flock(self._handle, fcntl.LOCK_EX)
        with self._settled:
            if self._late:
                os.close(self._handle)
            self._done.set()

    def in_time(self) -> bool:
        self._done.wait(_PATIENCE)
        with self._settled:
            self._late = not self._done.is_set()
        return not self._late


def clear_stale(gitdir: Path) -> None:
    """Remove git's lock files that have not been touched for two seconds: their owner died (we hold our own lock)."""
    tags = gitdir.glob("refs/tags/*.lock")
    _clear((*(gitdir / name for name in LOCKS), private_folder(gitdir.parent) / "HEAD.lock", *tags))


def clear_stale_of_remotes(gitdir: Path) -> None:
    """The same for what is kept of other places; to be called by whoever exchanges with one."""
    _clear(gitdir.glob("refs/draftwg/remotes/**/*.lock"))


def _clear(places: Iterable[Path]) -> None:
    now = time.time()
    for path in places:
        try:
            if now - path.stat().st_mtime > STALE:
                path.unlink()
        except OSError:
            continue
