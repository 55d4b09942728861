"""What the room is shown, on its way from the console to the projections: one small file, put in place in one step.

It is no part of the record: nothing is synced to the disk, and losing it loses nothing. The consoles write it in the
repository's own folder. A projection writes nothing there, so that it works on a folder that it may only read; that it
is there it tells in the user's state folder.
"""

import fcntl
import json
import os
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from errno import ENOENT
from pathlib import Path
from typing import Any

from draftwg.repository.journal import state_folder
from draftwg.repository.worktree import write_file

BEAT = 2.0
"""Seconds between two signs of life of a projection."""
_SILENT = 3.5 * BEAT
_LARGEST = 4_000_000  # a file that is larger is none of ours


class RoomFile:
    """The file that tells what the room is shown, as one program sees it."""

    def __init__(self, gitdir: Path) -> None:
        self._gitdir = gitdir
        self._folder = gitdir / "draftwg" / "room"
        self._file = self._folder / "showing.json"
        self._lock: int | None = None
        self.session = secrets.token_hex(6)

    def publish(self, showing: Mapping[str, object]) -> None:
        """Put this in the place of what was told before. OSError where it cannot be written."""
        if not self._gitdir.is_dir():
            raise FileNotFoundError(ENOENT, "the meeting's folder is gone")
        self._folder.mkdir(parents=True, exist_ok=True)
        if self._lock is None:
            self._clear()
            self._lock = os.open(self._of(self.session), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX)
        data = json.dumps({**showing, "console": self.session}, ensure_ascii=False)
        write_file(self._file, data.encode("utf-8", "replace"), durable=False)

    def stamp(self) -> tuple[int, int, int] | None:
        """Something that is another after every `publish`; None where there is no file. OSError where the folder
        cannot be read. Cheap, to be asked often.
        """
        try:
            found = self._file.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def read(self) -> dict[str, Any] | None:
        """What was published last; None where there is nothing, or nothing that can be read as such."""
        try:
            if self._file.stat().st_size > _LARGEST:
                return None
            found = json.loads(self._file.read_bytes())
        except FileNotFoundError:
            return None
        except (ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None

    def lives(self, console: str) -> bool:
        """Whether the console of this session is another one than this and still runs: the kernel lets go of its lock
        with it.
        """
        if console == self.session or not console.isalnum():
            return False
        try:
            handle = os.open(self._of(console), os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        finally:
            os.close(handle)
        return False

    def gone(self, console: str) -> bool:
        """Whether the console of this session has certainly ended. A reader that may not open its lock cannot know,
        and takes it to be there. Writes nothing.
        """
        if not console.isalnum():
            return False
        try:
            handle = os.open(self._of(console), os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return True
        except OSError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return False
        finally:
            os.close(handle)
        return True

    def close(self) -> None:
        """The console ends: another may lead."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
            with suppress(OSError):
                self._of(self.session).unlink()

    def _of(self, console: str) -> Path:
        return self._folder / f"{console}.lock"

    def _clear(self) -> None:
        """Remove the locks of consoles that were killed."""
        for lock in self._folder.glob("*.lock"):
            if not self.lives(lock.stem):
                with suppress(OSError):
                    lock.unlink()


class Presence:
    """The projections of one meeting, as far as they run for this user on this machine."""

    def __init__(self, gitdir: Path) -> None:
        self._folder = state_folder(gitdir) / "projections"
        self._file = self._folder / f"{secrets.token_hex(6)}.json"
        self._told: tuple[str, float] = ("", 0.0)

    def tell(self, shown: Mapping[str, object]) -> None:
        """A projection shows this; to be called when that changes and at every beat. A disk that refuses is passed
        over: only the console's remark of it is lost.
        """
        words, now = json.dumps(shown, ensure_ascii=False), time.time()
        if words == self._told[0] and now - self._told[1] < BEAT:
            return
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_file(self._file, words.encode("utf-8", "replace"), durable=False)
            self._told = words, now

    def leave(self) -> None:
        """The projection ends."""
        with suppress(OSError):
            self._file.unlink(missing_ok=True)

    def all(self) -> list[dict[str, Any]]:
        """What each projection that runs has told last."""
        found = []
        try:
            files = sorted(self._folder.glob("[!.]*.json"))
        except OSError:
            return []
        for file in files:
            with suppress(OSError, ValueError, RecursionError):
                age = time.time() - file.stat().st_mtime
                if age > 3600:
                    file.unlink()  # it was killed
                elif age < _SILENT and isinstance(told := json.loads(file.read_bytes()), dict):
                    found.append(told)
        return found
