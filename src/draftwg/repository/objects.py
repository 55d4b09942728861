"""The objects of a repository. Those that lie in files of their own are read and written without a detour; one
`git cat-file` that stays open answers questions about all others (git-cat-file(1), BATCH OUTPUT; loose objects as
git-hash-object(1) writes them).
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
_LOOSE = 1_000_000  # bytes of an object that is read here; git reads larger ones
_REMEMBERED = 64
TreeEntry = tuple[str, str]  # mode, id
Tree = dict[str, TreeEntry]
FILE, FOLDER = "100644", "40000"  # modes of entries
NONE: TreeEntry = ("", "")


class Reader:
    """Reads objects one by one, what it must from a git process of its own; `close` ends it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._objects = os.path.join(folder, ".git", "objects")  # noqa: PTH118 - asked for with every act of others
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
        if len(name) == 40 and (found := self._loose(name, kind)) is not None:
            return found
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
            blank = data.find(b" ", place)
            end = data.find(b"\0", blank)
            if not place < blank < end:
                return None
            name = data[blank + 1 : end].decode("utf-8", "surrogateescape")
            found[name] = (data[place:blank].decode("ascii", "replace"), data[end + 1 : end + 21].hex())
            place = end + 21
        self._trees[id] = found
        return found

    def blob_at(self, tree: str, path: str) -> str:
        """The id of the regular file at this path in a tree ("" = empty), or "" where there is none."""
        *folders, name = path.split("/")
        for folder in folders:
            mode, tree = (self.tree(tree) or {}).get(folder, NONE) if tree else NONE
            tree = tree if mode == FOLDER else ""
        mode, blob = (self.tree(tree) or {}).get(name, NONE) if tree else NONE
        return blob if mode == FILE else ""

    def files(self, tree: str, *, but: str = "", under: str = "") -> Iterator[tuple[str, str]]:
        """Path and blob of the regular files in a tree, those in the folder `but` left out."""
        for name, (mode, id) in (self.tree(tree) or {}).items():
            if mode == FILE:
                yield f"{under}{name}", id
            elif mode == FOLDER and name != but:
                for path, _, blob in self.changes("", id, f"{under}{name}/"):
                    yield path, blob

    def changes(self, old: str, new: str, under: str = "") -> Iterator[tuple[str, str, str]]:
        """Path, old and new blob ("" = absent) of each regular file in which two trees ("" = empty) differ.

        Damaged where a tree cannot be read. What is no regular file counts as absent.
        """
        if old == new or under.count("/") > _DEEPEST:
            return
        for name, one, other in self.differing(old, new):
            trees = [id if mode == FOLDER else "" for mode, id in (one, other)]
            yield from self.changes(trees[0], trees[1], f"{under}{name}/")
            blobs = [id if mode == FILE else "" for mode, id in (one, other)]
            if blobs[0] != blobs[1]:
                yield f"{under}{name}", blobs[0], blobs[1]

    def differing(self, old: str, new: str) -> Iterator[tuple[str, TreeEntry, TreeEntry]]:
        """Name, old and new entry of everything in which two trees ("" = empty) differ, folders not gone into. Damaged
        where a tree cannot be read.
        """
        before, after = self.tree(old) if old else {}, self.tree(new) if new else {}
        if before is None or after is None:
            told = f"A folder of the record cannot be read ({(new if after is None else old)[:7]})."
            raise Damaged(told, "See which machine's it is: draftwg doctor on each.")
        for name in {**before, **after}:
            one, other = before.get(name, NONE), after.get(name, NONE)
            if one != other:
                yield name, one, other

    def _loose(self, id: str, kind: str) -> bytes | None:
        """The contents of this object, if a file of its own holds it unharmed; else git has to tell."""
        try:
            handle = os.open(f"{self._objects}/{id[:2]}/{id[2:]}", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(handle, "rb") as file:
                whole = zlib.decompressobj().decompress(file.read(_LOOSE), _LOOSE)
        except (OSError, zlib.error):
            return None
        head, _, data = whole.partition(b"\0")
        if head != b"%s %d" % (kind.encode("ascii"), len(data)) or _id_of(whole) != id:
            return None
        return data

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
    return framed("blob", data)[0]


def framed(kind: str, data: bytes) -> tuple[str, bytes]:
    """An object as git stores it, before compression, and its id."""
    whole = b"%s %d\0" % (kind.encode("ascii"), len(data)) + data
    return _id_of(whole), whole


def _id_of(whole: bytes) -> str:
    return hashlib.sha1(whole, usedforsecurity=False).hexdigest()


def write_object(objects: Path, kind: str, data: bytes) -> str:
    """Put an object into the repository, durably, and give its id. OSError where the disk refuses."""
    id, whole = framed(kind, data)
    write_objects(objects, {id: whole}, durable=True)
    sync_together([objects / id[:2], objects])
    return id


def write_objects(objects: Path, made: Mapping[str, bytes], *, durable: bool) -> None:
    """Put these objects (id to what `framed` gave) into the repository, in their order; OSError where the disk refuses
    any, and then none is left half written. Where they are to be `durable`, their contents are synced before they get
    their names; the folders are for the caller.

    All are written and synced at the same time, for which a disk needs little longer than for one.
    """
    new = {place: whole for id, whole in made.items() if not (place := objects / id[:2] / id[2:]).is_file()}
    try:
        together(lambda place: write_beside(place, new[place], durable=durable), list(new))
        for place in new:
            _beside(place).replace(place)
    except OSError:
        for place in new:
            with suppress(OSError):
                _beside(place).unlink(missing_ok=True)
        raise


def write_beside(place: Path, whole: bytes, *, durable: bool) -> None:
    """Write an object under another name beside its place. OSError where the disk refuses."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        handle = os.open(_beside(place), flags, 0o444)
    except FileNotFoundError:
        place.parent.mkdir(exist_ok=True)
        handle = os.open(_beside(place), flags, 0o444)
    with os.fdopen(handle, "wb") as file:
        file.write(zlib.compress(whole, 1))
        file.flush()
        if durable:
            os.fsync(file.fileno())


def _beside(place: Path) -> Path:
    return place.with_name(f"tmp_obj_{os.getpid()}_{place.name[:8]}")


@cache
def _threads() -> ThreadPoolExecutor:
    """The threads that do this at the same time; to start one for each file takes longer than the disk."""
    return ThreadPoolExecutor(8, thread_name_prefix="disk")


def together(do: Callable[[Path], object], places: Sequence[Path]) -> None:
    """Do something with each of these files and folders, at the same time; the first OSError once all are done."""
    trouble: list[OSError] = []

    def attempt(place: Path) -> None:
        try:
            do(place)
        except OSError as error:
            trouble.append(error)

    others = [_threads().submit(attempt, place) for place in places[1:]]
    for place in places[:1]:
        attempt(place)
    for other in others:
        other.result()
    if trouble:
        raise trouble[0]


def sync_together(places: Sequence[Path]) -> None:
    """Sync these files and folders at the same time; OSError, the first, where the disk refuses any."""
    together(sync_place, places)


def sync_place(place: Path) -> None:
    """Make the contents of this file, or the names in this folder, durable. OSError where the disk refuses."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
