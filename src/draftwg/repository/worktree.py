"""The files beside the record: kept in step with the newest commit, and never at the cost of what a person wrote there.

Each file is written beside its place, synced and renamed, so that a reader sees the old or the new one, never half
of it.
"""

import math
import os
import re
import shutil
import stat
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from draftwg.errors import DraftwgError
from draftwg.hygiene import one_line
from draftwg.repository import git, index
from draftwg.repository.layout import REPAIR
from draftwg.repository.lock import STALE
from draftwg.repository.objects import blob_id, sync_place
from draftwg.repository.stream import BRANCH

# What draftwg writes into the folder of a meeting; a commit that came from elsewhere may hold other names.
OUR_PATH = re.compile(
    r"record/\d{4,6}/\d{6,9}-[a-z0-9]{4,40}\.json|texts/[a-z0-9-]{1,40}\.md|meeting\.json|README\.md|roster\.csv|\.gitattributes"
)

_BEGUN = re.compile(r"\.git\.\d{1,9}\.tmp")
_OWNER = re.compile(r"(?:\.|^tmp_obj_)(\d{1,9})(?:\.tmp$|_)")


def clear(place: Path) -> None:
    """Take away what a killed program had begun: a file, or the folder of a repository that was being made anew.
    OSError where that cannot be.
    """
    if _BEGUN.fullmatch(place.name) and place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


class WorkTree:
    """The checked-out files of a meeting."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._note = folder / ".git" / "draftwg" / "in-step"

    def in_step_with(self) -> str:
        """The commit that the files were last brought in step with, or "" if that is not known."""
        return self._noted()[0]

    def forget(self) -> None:
        """Whatever the files were in step with, they may no longer be: the next `follow` looks at each."""
        self._note.unlink(missing_ok=True)

    def age(self) -> float:
        """For how many seconds the files have not been brought in step with anything."""
        try:
            return max(time.time() - self._note.stat().st_mtime, 0.0)
        except OSError:
            return math.inf

    def follow(
        self, commit: str, changed: Mapping[str, tuple[str, str]], contents: Callable[[str], bytes | None]
    ) -> list[str]:
        """Bring the files in step with `commit`; `changed` maps a path to its old and new blob ("" = absent), and
        `contents` gives a blob's contents.

        A file with other contents than the old blob was edited by hand: it is put aside under another name, and the
        new one takes its place. Gives one line per thing that a person should know. Never raises: the record is safe
        without these files.
        """
        remarks: list[str] = []
        refused: dict[str, list[str]] = {}
        barred: list[str] = []
        for path, (old, new) in changed.items():
            try:
                remark = self._follow_file(path, old, new, contents)
            except (FileExistsError, NotADirectoryError):
                barred.append(path)
                continue
            except OSError as error:
                refused.setdefault(error.strerror or str(error), []).append(path)
                continue
            if remark:
                remarks.append(remark)
        for why, paths in refused.items():
            more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
            remarks.append(
                f"{one_line(paths[0])}{more} could not be brought up to date ({why}); the record has it all."
            )
        if barred:
            remarks.append(told_in_the_way(in_the_way(self.folder, barred) or barred))
        if refused or barred:
            return remarks  # they are behind, and the next act or start sees to them
        try:
            self._follow_index(commit, {path: new for path, (_, new) in changed.items()})
        except (OSError, DraftwgError) as error:
            remarks.append(f"The folder's index could not be brought up to date: {error}")
        return remarks

    def clear_leftovers(self) -> None:
        """Remove what programs that were killed had begun to write beside its place: their number is in the name."""
        for pattern in (
            ".*.tmp",
            "texts/.*.tmp",
            "record/*/.*.tmp",
            ".git/draftwg/.*.tmp",
            ".git/objects/??/tmp_obj_*_*",
        ):
            for place in self.folder.glob(pattern):
                owner = _OWNER.search(place.name)
                try:
                    if owner and time.time() - place.lstat().st_mtime > STALE and not lives(int(owner[1])):
                        clear(place)
                except (OSError, OverflowError):
                    continue

    def damaged(self, files: Mapping[str, tuple[str, int]], *, closely: bool = False) -> list[str]:
        """Which of these files (path to blob and size) are gone or have other contents, told without git's filters.

        The contents are read of files that changed after the last act, or of all if `closely`.
        """
        try:
            since = 0 if closely else self._note.stat().st_mtime_ns
        except OSError:
            since = 0
        wrong = []
        for path, (blob, size) in files.items():
            place = self.folder / path
            try:
                found = place.lstat()
                same = stat.S_ISREG(found.st_mode) and found.st_size == size
                if same and found.st_mtime_ns > since:
                    same = blob_id(place.read_bytes()) == blob
            except OSError:
                same = False
            if not same:
                wrong.append(path)
        return wrong

    def _noted(self) -> tuple[str, str]:
        """The commit that the files and the index were last brought in step with, and the index's stamp then."""
        try:
            commit, _, stamp = (
                self._note.read_text("ascii").strip().partition(" ") if is_plain(self._note) else ("", "", "")
            )
        except (OSError, ValueError):
            return "", ""
        return commit, stamp

    def _follow_index(self, commit: str, changed: Mapping[str, str]) -> None:
        """Bring the index in step with `commit`, and note that everything is. A person's git may have written the index
        since the last time: then it is made anew, which takes three times as long.
        """
        known = self._noted()[1]
        ours = known and known == index.stamp(self.folder) and all(OUR_PATH.fullmatch(path) for path in changed)
        index.refresh(self.folder, commit, changed if ours else None)
        write_file(self._note, f"{commit} {index.stamp(self.folder)}".encode("ascii"), durable=False)

    def _follow_file(self, path: str, old: str, new: str, contents: Callable[[str], bytes | None]) -> str:
        place = self.folder / path
        if not OUR_PATH.fullmatch(path):
            return ""  # no file of ours: it stays as it is, in git alone
        if not place.parent.resolve().is_relative_to(self.folder.resolve()):
            return f"{path} was not written: its folder is a link that leads out of the meeting."
        there = self.contents_id(path)
        if there == new and (new or not place.exists()):
            return ""
        data = contents(new) if new else None
        if new and data is None:
            return f"{path} could not be brought up to date: its contents are damaged. {REPAIR}"
        remark = ""
        if os.path.lexists(place) and not is_plain(place):
            remark = f"Something else stood in the place of {path}; it is kept in {self.set_aside(path)}."
        if there not in ("", old) and not self._was_ours(path, there):
            aside = self._aside(place)
            place.replace(aside)
            where = aside.relative_to(self.folder)
            shown = f" (draftwg edits {aside.name} shows it)" if path.startswith("texts/") else ""
            remark = f"{path} had been edited by hand; that edit is kept in {where}{shown}."
        if data is None:
            place.unlink(missing_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            write_file(place, data, durable=False)
        return remark

    def contents_id(self, path: str) -> str:
        """The blob that this file would be, or "" where there is no regular file."""
        place = self.folder / path
        try:
            return blob_id(place.read_bytes()) if place.is_file() and not place.is_symlink() else ""
        except OSError:
            return ""

    def _was_ours(self, path: str, blob: str) -> bool:
        """Whether draftwg wrote this itself, for an act after the one that the files are known to be in step with:
        a program that was killed while it did so leaves such a file, and nothing is lost with it.
        """
        try:
            return bool(git.run(self.folder, "log", "-1", "--format=%H", f"--find-object={blob}", BRANCH, "--", path))
        except DraftwgError:
            return False

    def set_aside(self, path: str) -> str:
        """Give this file, which a person edited, another name beside it; that name."""
        aside = self._aside(self.folder / path)
        (self.folder / path).replace(aside)
        return str(aside.relative_to(self.folder))

    def _aside(self, place: Path) -> Path:
        count = 1
        while os.path.lexists(aside := place.with_name(f"{place.stem}.by-hand-{count}{place.suffix}")):
            count += 1
        return aside


def is_plain(place: Path) -> bool:
    """Whether there is a regular file at this place, and no link to one."""
    return place.is_file() and not place.is_symlink()


def read_at_once(place: Path) -> str:
    """The ASCII text in a file, other letters replaced; nothing where there is a pipe, which would let us wait for
    ever. OSError where there is no file.
    """
    with open(place, encoding="ascii", errors="replace", opener=_at_once) as file:
        return file.read()


def _at_once(place: str, flags: int) -> int:
    return os.open(place, flags | os.O_NONBLOCK)


def in_the_way(folder: Path, files: Iterable[str]) -> list[str]:
    """The paths at which something else stands than the folder or the file that has to be there for `files` to be
    written or read: a file in place of a folder, a folder in place of a file, a link, a pipe.
    """
    wrong: dict[str, None] = {}
    folders: dict[str, bool] = {".": True}
    for path in files:
        parents = [str(parent) for parent in reversed(Path(path).parents)]
        for parent in parents:
            if parent not in folders:
                place = folder / parent
                folders[parent] = place.is_dir() and not place.is_symlink()
                if not folders[parent] and os.path.lexists(place):
                    wrong[parent] = None
        place = folder / path
        if all(folders[parent] for parent in parents) and os.path.lexists(place) and not is_plain(place):
            wrong[path] = None
    return list(wrong)


def told_in_the_way(paths: Sequence[str]) -> str:
    """What to say of these."""
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return (
        f"Something else stands in the place of {one_line(paths[0])}{more}; git has it. Put it right: draftwg doctor."
    )


def lives(process: int) -> bool:
    """Whether there is a process of this number on this machine."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def write_file(place: Path, data: bytes, *, durable: bool) -> None:
    """Put `data` at `place` in one step; if `durable`, it is on the disk when this returns."""
    beside = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        beside.replace(place)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    if durable:
        sync_place(place.parent)
