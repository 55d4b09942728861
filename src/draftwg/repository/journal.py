"""The words being typed: kept on disk at every pause, so that neither quitting nor a killed terminal loses them.

One file per unsaved edit, in the repository's own folder; where that cannot be written (a read-only or full disk),
in the user's state folder. An edit leaves the journal when it has become an act or was given up on purpose.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

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


class Journal:
    """The unsaved edits of one meeting."""

    def __init__(self, gitdir: Path) -> None:
        name = hashlib.sha256(str(gitdir.resolve()).encode()).hexdigest()[:16]
        state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
        self._places = (gitdir / "draftwg" / "journal", state / "draftwg" / name)

    def keep(self, unsaved: Unsaved) -> None:
        """Keep the words as they are now. OSError where no place can be written."""
        data = json.dumps(asdict(unsaved), ensure_ascii=False).encode("utf-8", "replace")
        trouble: OSError | None = None
        for place in self._places:
            try:
                place.mkdir(parents=True, exist_ok=True)
                write_file(place / _name(unsaved), data, durable=True)
                return
            except OSError as error:
                trouble = error
        assert trouble is not None
        raise trouble

    def drop(self, unsaved: Unsaved) -> None:
        """The edit has become an act, or was given up."""
        for place in self._places:
            try:
                (place / _name(unsaved)).unlink(missing_ok=True)
            except OSError:
                continue

    def unsaved(self) -> list[Unsaved]:
        """What was left, the newest first. A file that cannot be read is passed over, and stays."""
        found: dict[str, Unsaved] = {}
        for place in self._places:
            for file in sorted(place.glob("*.json")) if place.is_dir() else ():
                try:
                    entry = Unsaved(**json.loads(file.read_bytes()))
                except (OSError, ValueError, TypeError):
                    continue
                if all(isinstance(value, str) for value in (entry.unit, entry.words, entry.base, entry.at, entry.by)):
                    found.setdefault(file.name, entry)
        return sorted(found.values(), key=lambda entry: entry.at, reverse=True)


def _name(unsaved: Unsaved) -> str:
    key = "\x1f".join((unsaved.text, unsaved.unit, unsaved.purpose, unsaved.amendment, unsaved.by))
    return f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.json"
