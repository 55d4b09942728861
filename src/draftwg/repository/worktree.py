"""The files beside the record: kept in step with the newest commit, and never at the cost of what a person wrote there.

Each file is written beside its place, synced and renamed, so that a reader sees the old or the new one, never half
of it.
"""

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from draftwg.errors import DraftwgError
from draftwg.repository import git


class WorkTree:
    """The checked-out files of a meeting."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._note = folder / ".git" / "draftwg" / "in-step"

    def in_step_with(self) -> str:
        """The commit that the files were last brought in step with, or "" if that is not known."""
        try:
            return self._note.read_text("ascii").strip()
        except (OSError, ValueError):
            return ""

    def follow(self, commit: str, changed: Mapping[str, tuple[bytes | None, bytes | None]]) -> list[str]:
        """Bring the files in step with `commit`; `changed` maps a path to its old and new bytes (None = absent).

        A file with other bytes than the old ones was edited by hand: it is put aside under another name, and the new
        one takes its place. Gives one line per thing that a person should know. Never raises: the record is safe
        without these files.
        """
        remarks: list[str] = []
        for path, (old, new) in changed.items():
            try:
                remark = self._follow_file(path, old, new)
            except OSError as error:
                remark = f"{path} could not be brought up to date ({error.strerror}); the record has it."
            if remark:
                remarks.append(remark)
        try:
            git.run(self.folder, "read-tree", commit)
            write_file(self._note, commit.encode(), durable=False)
        except (OSError, DraftwgError) as error:
            remarks.append(f"The folder's index could not be brought up to date: {error}")
        return remarks

    def with_old(self, since: str, files: Mapping[str, bytes | None]) -> dict[str, tuple[bytes | None, bytes | None]]:
        """These new files with what the commit `since` had in their places, as `follow` takes it. Act files are
        always new.
        """
        readable = [path for path in files if not path.startswith("record/")]
        old: dict[str, bytes | None] = {}
        if since and readable:
            names = "".join(f"{since}:{path}\n" for path in readable)
            out = git.run(self.folder, "cat-file", "--batch", "--buffer", stdin=names.encode("ascii"))
            old = dict(zip(readable, _contents(out), strict=True))
        return {path: (old.get(path), data) for path, data in files.items()}

    def changed_since(self, commit: str, head: str) -> dict[str, tuple[bytes | None, bytes | None]]:
        """What differs between two commits, as `follow` takes it. An empty `commit` means nothing was there."""
        try:
            before = dict(list_files(self.folder, commit)) if commit else {}
        except git.GitRefused:  # that commit is gone; every file counts as new
            before = {}
        after = dict(list_files(self.folder, head))
        paths = [path for path in sorted({*before, *after}) if before.get(path) != after.get(path)]
        blobs = read_blobs(
            self.folder, [blob for path in paths for blob in (before.get(path), after.get(path)) if blob]
        )
        return {path: (blobs.get(before.get(path, "")), blobs.get(after.get(path, ""))) for path in paths}

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

    def differing(self, files: Mapping[str, str]) -> list[str]:
        """Which of these files (path to blob) are gone or have other contents."""
        wrong = []
        for path, blob in files.items():
            try:
                same = blob_id((self.folder / path).read_bytes()) == blob
            except OSError:
                same = False
            if not same:
                wrong.append(path)
        return wrong

    def _follow_file(self, path: str, old: bytes | None, new: bytes | None) -> str:
        place = self.folder / path
        if not place.parent.resolve().is_relative_to(self.folder.resolve()):
            return f"{path} was not written: its folder is a link that leads out of the meeting."
        there = place.read_bytes() if place.is_file() and not place.is_symlink() else None
        if there == new:
            return ""
        remark = ""
        if there is not None and there != old:
            aside = self._aside(place)
            place.replace(aside)
            remark = f"{path} had been edited by hand; that edit is kept in {aside.relative_to(self.folder)}."
        if new is None:
            place.unlink(missing_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            write_file(place, new, durable=False)
        return remark

    def _aside(self, place: Path) -> Path:
        count = 1
        while (aside := place.with_name(f"{place.stem}.by-hand-{count}{place.suffix}")).exists():
            count += 1
        return aside


def blob_id(data: bytes) -> str:
    """The id that git gives to these contents."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def list_files(folder: Path, commit: str, under: str = "") -> list[tuple[str, str]]:
    """The regular files of a commit with their blobs; links and submodules are passed over."""
    where = ["--", under] if under else []
    out = git.run(folder, "ls-tree", "-r", "-z", "--full-tree", commit, *where)
    regular = (line for line in out.split(b"\0") if line.startswith(b"100644 blob "))
    return [(line[53:].decode("utf-8", "surrogateescape"), line[12:52].decode("ascii")) for line in regular]


def read_blobs(folder: Path, blobs: list[str]) -> dict[str, bytes]:
    """The contents of these blobs, all in one git process. A blob that is missing is left out."""
    if not blobs:
        return {}
    out = git.run(folder, "cat-file", "--batch", "--buffer", stdin="\n".join(blobs).encode() + b"\n")
    contents = zip(blobs, _contents(out), strict=True)
    return {blob: content for blob, content in contents if content is not None}


def _contents(out: bytes) -> list[bytes | None]:
    """What `git cat-file --batch` answered, one entry for each question; None where there was nothing."""
    found: list[bytes | None] = []
    place = 0
    while place < len(out):
        end = out.index(b"\n", place)
        head = out[place:end].split(b" ")
        place = end + 1
        if len(head) == 3 and head[1] == b"blob":
            size = int(head[2])
            found.append(out[place : place + size])
            place += size + 1
        else:
            found.append(None)
    return found


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
        sync_folder(place.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in this folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
