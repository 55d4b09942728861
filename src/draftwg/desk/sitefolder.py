"""The folder of a website: looked at before anything is written, made beside its place, and put there by renaming.

The marker in it lists every file with its SHA-256, so that a file of somebody else's, or one of ours that a person has
changed, is known and never lost. What a page was made from is noted in the meeting's `.git/draftwg/site/`, not in the
public folder: a sum over names could be guessed.
"""

import hashlib
import json
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from draftwg.errors import BadInput, NotRecorded
from draftwg.hygiene import one_line
from draftwg.repository.worktree import lives

MARKER = "draftwg-site.json"
_FORMAT = "draftwg site"
_LARGEST = 32 * 2**20


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site: its path, a sum of what it is made from ("" = make it every time), and how it is made."""

    path: str
    key: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a site: how many files it has, how many were made anew, and whether anything changed."""

    files: int
    made: int
    changed: bool


class SiteFolder:
    """The folder at `place`, with what it holds from an earlier time. BadInput where it is not ours to write.

    `meeting` is the id of the meeting; `memory` is where the sums of what the files are made from are kept.
    """

    def __init__(self, place: Path, meeting: str, memory: Path) -> None:
        try:
            self.place = place.expanduser().resolve()
        except (OSError, RuntimeError):
            raise BadInput(f"{one_line(str(place))} leads nowhere.", "Name another folder.") from None
        self.shown = one_line(str(place))
        self.meeting = meeting
        self.memory = memory / f"{hashlib.sha256(os.fsencode(self.place)).hexdigest()[:20]}.json"
        self.sums: Mapping[str, str] = {}
        if self.place.exists() or self.place.is_symlink():
            self.sums = self._ours()
        self.keys = _strings(_read(self.memory)) if self.sums else {}

    def write(self, outputs: Iterable[Output], total: int, tell: Callable[[int, int], None]) -> Published:
        """Make the site of these files; what is as it was keeps its time. NotRecorded where the disk refuses: the site
        that was there stands then."""
        fresh = self._beside("new")
        try:
            fresh.parent.mkdir(parents=True, exist_ok=True)
            self._clear()
            fresh.mkdir()
        except OSError as error:
            raise self._refused(error) from None
        try:
            return self._write(outputs, total, tell, fresh)
        except OSError as error:
            raise self._refused(error) from None
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def _write(self, outputs: Iterable[Output], total: int, tell: Callable[[int, int], None], fresh: Path) -> Published:
        sums: dict[str, str] = {}
        keys: dict[str, str] = {}
        made = 0
        for count, output in enumerate(outputs, 1):
            old = self.sums.get(output.path)
            kept = bool(output.key and old) and self.keys.get(output.path) == f"{output.key}:{old}"
            if not kept:
                data = output.make()
                sums[output.path] = hashlib.sha256(data).hexdigest()
                kept = sums[output.path] == old
                made += 1
            to = fresh / output.path
            to.parent.mkdir(parents=True, exist_ok=True)
            if kept and old is not None:
                sums[output.path] = old
                _link(self.place / output.path, to)
            else:
                to.write_bytes(data)
            if output.key:
                keys[output.path] = f"{output.key}:{sums[output.path]}"
            tell(count, total)
        changed = sums != dict(self.sums)
        if changed:
            told = {"format": _FORMAT, "version": 1, "meeting": self.meeting, "files": dict(sorted(sums.items()))}
            (fresh / MARKER).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
            self._put(fresh)
        self._remember(keys)
        return Published(len(sums), made, changed)

    def _put(self, fresh: Path) -> None:
        """Put the new folder in the place of the old one; where that fails, the old one is back."""
        if not self.place.exists():
            fresh.rename(self.place)
            return
        if self._ours() != self.sums:  # somebody wrote into it while the pages were made
            raise BadInput(f"{self.shown} has changed in the meantime.", "Publish again.")
        old = self._beside("old")
        shutil.copymode(self.place, fresh)
        self.place.rename(old)
        try:
            fresh.rename(self.place)
        except BaseException:
            old.rename(self.place)
            raise
        shutil.rmtree(old, ignore_errors=True)

    def _ours(self) -> Mapping[str, str]:
        """The files of the site that is there, each with its sum; none where the folder is empty."""
        if not self.place.is_dir():
            raise BadInput(f"{self.shown} is no folder.", "Name another one.")
        try:
            if not any(self.place.iterdir()):
                return {}
            sums = self._marked()
            found = set(_walk(self.place))
            strange = sorted(found - sums.keys() - {MARKER})
            if strange:
                raise BadInput(
                    f"{self.shown} has a file that is not of the site: {one_line(strange[0])}.", "Move it elsewhere."
                )
            for path, sum_ in sums.items():
                if path in found and not _is(self.place / path, sum_):
                    raise BadInput(
                        f"{one_line(path)} in {self.shown} was changed by hand.",
                        "Move it elsewhere, or publish into another folder.",
                    )
            return {path: sum_ for path, sum_ in sums.items() if path in found}
        except OSError as error:
            raise BadInput(f"{self.shown} cannot be read ({error.strerror}).", "Name another folder.") from None

    def _marked(self) -> Mapping[str, str]:
        told = _read(self.place / MARKER)
        if told.get("format") != _FORMAT:
            raise BadInput(f"{self.shown} is not empty, and no site of draftwg.", "Name a new or an empty folder.")
        if told.get("version") != 1:
            raise BadInput(f"{self.shown} is the site of another version of draftwg.", "Name a new folder.")
        if told.get("meeting") != self.meeting:
            raise BadInput(f"{self.shown} is the site of another meeting.", "Name another folder.")
        return _strings(told.get("files"))

    def _beside(self, kind: str) -> Path:
        return self.place.with_name(f".{self.place.name}.{os.getpid()}.{kind}")

    def _clear(self) -> None:
        """Remove what programs that were killed had begun beside the place: their number is in the name."""
        ours = re.compile(re.escape(f".{self.place.name}.") + r"(\d{1,9})\.(?:new|old)")
        for place in self.place.parent.iterdir():
            found = ours.fullmatch(place.name)
            if found and not place.is_symlink() and (int(found[1]) == os.getpid() or not lives(int(found[1]))):
                shutil.rmtree(place, ignore_errors=True)

    def _remember(self, keys: Mapping[str, str]) -> None:
        """Note what the files were made from; a disk that refuses costs the next time only."""
        if keys == self.keys:
            return
        try:
            self.memory.parent.mkdir(parents=True, exist_ok=True)
            self.memory.write_text(json.dumps(keys), "utf-8")
        except OSError:
            return

    def _refused(self, error: OSError) -> NotRecorded:
        return NotRecorded(
            f"{self.shown} cannot be written ({error.strerror}); what was there stands.", "Name another folder."
        )


def _read(place: Path) -> dict[str, object]:
    """The JSON object in this file; an empty one where there is none."""
    try:
        if place.is_symlink() or place.stat().st_size > _LARGEST:
            return {}
        told = json.loads(place.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _strings(told: object) -> dict[str, str]:
    if not isinstance(told, dict):
        return {}
    return {key: value for key, value in told.items() if isinstance(key, str) and isinstance(value, str)}


def _walk(folder: Path) -> Iterator[str]:
    """The path of everything in the folder that is no folder; links are not followed."""
    for parent, folders, files in os.walk(folder, onerror=_raise):
        links = [name for name in folders if Path(parent, name).is_symlink()]
        yield from (Path(parent, name).relative_to(folder).as_posix() for name in (*files, *links))


def _raise(error: OSError) -> None:
    raise error


def _is(place: Path, sum_: str) -> bool:
    return stat.S_ISREG(place.lstat().st_mode) and hashlib.sha256(place.read_bytes()).hexdigest() == sum_


def _link(old: Path, new: Path) -> None:
    """The same file at another place, with its time; a copy where the disk has no links."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
