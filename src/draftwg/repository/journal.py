"""The words being typed: kept on disk at every pause, so that neither quitting nor a killed terminal loses them.

One file per unsaved edit and session, in the repository's own folder; where that cannot be written (a read-only or full
disk), in the user's state folder. An edit leaves the journal when it has become an act or was given up on purpose.
A session that runs holds a lock, which the kernel lets go with it: what it types is nobody else's to resume or discard.
"""

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from errno import ENOENT
from pathlib import Path

from draftwg.repository.space import release_reserve
from draftwg.repository.worktree import write_file


@dataclass(frozen=True, slots=True)
class Unsaved:
    """An edit that is no act yet: on which unit, by which delegation, from which words to which.

    `purpose` is the act that it is to become (propose, revise, edit), `amendment` the one being revised, `cursor` the
    place in the words.
    """

    text: str
    unit: str
    label: str
    by: str
    base: str
    words: str
    at: str
    purpose: str = "propose"
    amendment: str = ""
    cursor: int = 0


def state_folder(gitdir: Path) -> Path:
    """Where in the user's state folder things of this meeting are kept that cannot be in the meeting itself."""
    name = hashlib.sha256(str(gitdir.resolve()).encode()).hexdigest()[:16]
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return state / "draftwg" / name


class Journal:
    """The unsaved edits of one meeting, as one session keeps and finds them."""

    def __init__(self, gitdir: Path) -> None:
        self._gitdir = gitdir
        self._places = (gitdir / "draftwg" / "journal", state_folder(gitdir))
        self._session = secrets.token_hex(6)
        self._locks: dict[Path, int] = {}

    def keep(self, unsaved: Unsaved) -> None:
        """Keep the words as they are now. OSError where no place can be written."""
        data = json.dumps(asdict(unsaved), ensure_ascii=False).encode("utf-8", "replace")
        trouble: OSError | None = None
        for place in self._places_or_reserve():
            try:
                if place is self._places[0] and not self._gitdir.is_dir():
                    raise FileNotFoundError(ENOENT, "the meeting's folder is gone")
                place.mkdir(parents=True, exist_ok=True)
                self._hold(place)
                write_file(place / f"{_key(unsaved)}-{self._session}.json", data, durable=True)
                self._clear(unsaved, mine=False)  # what an ended session left of this edit goes on here
                return
            except OSError as error:
                trouble = error
        assert trouble is not None
        raise trouble

    def keep_request(self, request: Mapping[str, object]) -> Path | None:
        """Keep an act that could not be recorded, in a file that `draftwg act` takes; None where no place can be
        written.
        """
        line = json.dumps(dict(request), ensure_ascii=False) + "\n"
        for place in self._places_or_reserve():
            try:
                place.mkdir(parents=True, exist_ok=True)
                kept = place / f"unrecorded-{secrets.token_hex(6)}.jsonl"
                write_file(kept, line.encode("utf-8", "replace"), durable=True)
                return kept
            except OSError:
                continue
        return None

    def drop(self, unsaved: Unsaved) -> None:
        """The edit has become an act, or was given up. What another session is typing stays."""
        self._clear(unsaved, mine=True)

    def unsaved(self) -> list[Unsaved]:
        """What was left by sessions that have ended, and by this one; the newest first.

        A file that cannot be read is passed over, and stays.
        """
        found: dict[str, Unsaved] = {}
        for place in self._places:
            for file in sorted(place.glob("*.json")) if place.is_dir() else ():
                if not self._is_ours(file):
                    continue
                try:
                    entry = Unsaved(**json.loads(file.read_bytes()))
                except (OSError, ValueError, TypeError):
                    continue
                if all(isinstance(value, str) for value in (entry.unit, entry.words, entry.base, entry.at, entry.by)):
                    found.setdefault(file.name, entry)
        return sorted(found.values(), key=lambda entry: entry.at, reverse=True)

    def close(self) -> None:
        """The session ends: what it left may be taken up by another."""
        for place, handle in self._locks.items():
            os.close(handle)
            (place / f"{self._session}.lock").unlink(missing_ok=True)
        self._locks.clear()

    def _places_or_reserve(self) -> Iterator[Path]:
        """The places in turn; where none could be written, the first once more with the meeting's reserve given up."""
        yield from self._places
        if release_reserve(self._gitdir):
            yield self._places[0]

    def _hold(self, place: Path) -> None:
        if place not in self._locks:
            handle = os.open(place / f"{self._session}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(handle, fcntl.LOCK_EX)
            self._locks[place] = handle

    def _clear(self, unsaved: Unsaved, *, mine: bool) -> None:
        key = _key(unsaved)
        for place in self._places:
            for file in place.glob(f"{key}-*.json") if place.is_dir() else ():
                own = file.stem.endswith(self._session)
                try:
                    if (mine and own) or (not own and self._is_ours(file)):
                        file.unlink(missing_ok=True)
                except OSError:
                    continue

    def _is_ours(self, file: Path) -> bool:
        """Whether the edit in this file is of this session or of one that has ended."""
        session = file.stem.rpartition("-")[2]
        if session == self._session:
            return True
        lock = file.with_name(f"{session}.lock")
        try:
            handle = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return True
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            lock.unlink(missing_ok=True)  # its session was killed
        except BlockingIOError:
            return False
        except OSError:
            return True
        finally:
            os.close(handle)
        return True


def _key(unsaved: Unsaved) -> str:
    key = "\x1f".join((unsaved.text, unsaved.unit, unsaved.purpose, unsaved.amendment, unsaved.by))
    return hashlib.sha256(key.encode()).hexdigest()[:24]
