"""The objects of a repository: one `git cat-file` that stays open answers questions about what others record, and
large objects are written without a detour (git-cat-file(1), BATCH OUTPUT; loose objects as git-hash-object(1) writes
them).
"""

import hashlib
import os
import subprocess
import weakref
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path

from draftwg.errors import Damaged
from draftwg.repository import git

_DEEPEST = 8
_REMEMBERED = 64
Tree = dict[str, tuple[str, str]]  # name: (mode, id)


class Reader:
    """Reads objects one by one from a git process of its own; `close` ends it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._roots: dict[str, str] = {}  # by commit
        self._trees: dict[str, Tree] = {}
        self._ending: Callable[[], object] = bool

    def close(self) -> None:
        """End the process. The next question starts another."""
        if self._process is not None:
            self._process = None
            self._ending()

    def read(self, name: str, kind: str) -> bytes | None:
        """The contents of this object, or None where there is no such object of this kind."""
        try:
            return self._ask(name, kind)
        except (OSError, ValueError):
            self.close()  # it was ended, or answered what it should not: ask another once
        try:
            return self._ask(name, kind)
        except (OSError, ValueError):
            self.close()
            return None

    def tree_of(self, commit: str) -> str:
        """The id of a commit's tree, or "" where the commit cannot be read."""
        if commit not in self._roots:
            data = self.read(commit, "commit") or b""
            if not data.startswith(b"tree "):
                return ""
            self.remember(commit, data[5:45].decode("ascii", "replace"), {})
        return self._roots[commit]

    def remember(self, commit: str, root: str, trees: Mapping[str, Tree]) -> None:
        """Take down what has just been read or written: contents never change under an id."""
        for kept in (self._roots, self._trees):
            while len(kept) > _REMEMBERED:
                kept.pop(next(iter(kept)))
        self._roots[commit] = root
        self._trees.update(trees)

    def tree(self, id: str) -> Tree | None:
        """The entries of a tree, or None where it cannot be read."""
        if id in self._trees:
            return self._trees[id]
        data = self.read(id, "tree")
        if data is None:
            return None
        found: Tree = {}
        place = 0
        while place < len(data):
            blank = data.index(b" ", place)
            end = data.index(b"\0", blank)
            name = data[blank + 1 : end].decode("utf-8", "surrogateescape")
            found[name] = (data[place:blank].decode("ascii", "replace"), data[end + 1 : end + 21].hex())
            place = end + 21
        self._trees[id] = found
        return found

    def files(self, tree: str, *, but: str = "", under: str = "") -> Iterator[tuple[str, str]]:
        """Path and blob of the regular files in a tree, those in the folder `but` left out."""
        for name, (mode, id) in (self.tree(tree) or {}).items():
            if mode == "100644":
                yield f"{under}{name}", id
            elif mode == "40000" and name != but:
                for path, _, blob in self.changes("", id, f"{under}{name}/"):
                    yield path, blob

    def changes(self, old: str, new: str, under: str = "") -> Iterator[tuple[str, str, str]]:
        """Path, old and new blob ("" = absent) of each regular file in which two trees ("" = empty) differ.

        Damaged where a tree cannot be read. What is no regular file counts as absent.
        """
        if old == new or under.count("/") > _DEEPEST:
            return
        before, after = self.tree(old) if old else {}, self.tree(new) if new else {}
        if before is None or after is None:
            raise Damaged(f"A folder of the record cannot be read ({(new if after is None else old)[:7]}).", "")
        for name in {**before, **after}:
            one, other = before.get(name, ("", "")), after.get(name, ("", ""))
            if one == other:
                continue
            trees = [entry[1] if entry[0] == "40000" else "" for entry in (one, other)]
            yield from self.changes(trees[0], trees[1], f"{under}{name}/")
            blobs = [entry[1] if entry[0] == "100644" else "" for entry in (one, other)]
            if blobs[0] != blobs[1]:
                yield f"{under}{name}", blobs[0], blobs[1]

    def _ask(self, name: str, kind: str) -> bytes | None:
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(name.encode("ascii") + b"\n")
        process.stdin.flush()
        head = process.stdout.readline().split()
        if len(head) != 3:
            if not head or head[-1] != b"missing":
                raise ValueError("no answer")
            return None
        data = process.stdout.read(int(head[2]) + 1)
        if len(data) != int(head[2]) + 1:
            raise ValueError("half an answer")
        return data[:-1] if head[1] == kind.encode() else None

    def _start(self) -> "subprocess.Popen[bytes]":
        self._process = git.start(self._folder, "cat-file", "--batch", stdin=subprocess.PIPE)
        self._ending = weakref.finalize(self, _end, self._process)  # also for one that nobody closes
        return self._process


def _end(process: "subprocess.Popen[bytes]") -> None:
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            if pipe is not None:
                pipe.close()
    process.kill()
    process.wait()


def blob_id(data: bytes) -> str:
    """The id that git gives to these contents."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def framed(kind: str, data: bytes) -> tuple[str, bytes]:
    """An object as git stores it, before compression, and its id."""
    whole = b"%s %d\0" % (kind.encode("ascii"), len(data)) + data
    return hashlib.sha1(whole, usedforsecurity=False).hexdigest(), whole


def write_object(objects: Path, kind: str, data: bytes) -> str:
    """Put an object into the repository, durably, and give its id. OSError where the disk refuses."""
    id, whole = framed(kind, data)
    place = objects / id[:2] / id[2:]
    if not place.is_file():
        beside = write_beside(place, whole)
        sync_together([beside])
        beside.replace(place)
        sync_together([place.parent, objects])
    return id


def write_beside(place: Path, whole: bytes) -> Path:
    """Write an object under another name beside its place; that name. OSError where the disk refuses."""
    place.parent.mkdir(exist_ok=True)
    beside = place.with_name(f"tmp_obj_{os.getpid()}_{place.name[:8]}")
    try:
        with beside.open("wb") as file:
            file.write(zlib.compress(whole, 1))
        beside.chmod(0o444)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return beside


@cache
def _beside() -> ThreadPoolExecutor:
    """The threads that sync at the same time; to start one for each file takes longer than the disk."""
    return ThreadPoolExecutor(8, thread_name_prefix="sync")


def sync_together(places: Sequence[Path]) -> None:
    """Sync these files and folders at the same time; OSError, the first, where the disk refuses any."""
    trouble: list[OSError] = []

    def sync(place: Path) -> None:
        try:
            handle = os.open(place, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            trouble.append(error)

    others = [_beside().submit(sync, place) for place in places[1:]]
    for place in places[:1]:
        sync(place)
    for other in others:
        other.result()
    if trouble:
        raise trouble[0]
