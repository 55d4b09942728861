"""Commits made of objects that are written one by one: for the act of a moment, where starting git to pack and unpack
five small objects would take longer than anything else. Many at once are a matter for `git fast-import` (stream.py).

Formats: git-hash-object(1), git-mktree(1), git-commit-tree(1); `git fsck --strict` is the judge of it in the tests.
"""

from collections.abc import Mapping
from pathlib import Path

from draftwg.errors import Damaged
from draftwg.repository.layout import REPAIR
from draftwg.repository.objects import FILE, FOLDER, Reader, Tree, framed, write_objects
from draftwg.repository.stream import Entry, message_of, person_at


class Builder:
    """Makes the objects of commits, in memory until `write` puts them into the repository."""

    def __init__(self, objects: Path, reader: Reader) -> None:
        self._objects = objects
        self._reader = reader
        self._made: dict[str, bytes] = {}  # by id, as they lie on the disk but for the compression
        self._trees: dict[str, Tree] = {}
        self._roots: dict[str, str] = {}

    def commit(self, entry: Entry, parent: str, committer: str, now: str) -> str:
        """Make this commit on top of `parent` ("" = the first) and give its id. Damaged where the parent cannot be
        read.
        """
        base = self._roots.get(parent) or (self._reader.tree_of(parent) if parent else "")
        if parent and not base:
            raise Damaged(f"The newest commit ({parent[:7]}) cannot be read; nothing was recorded.", REPAIR)
        files = {tuple(path.split("/")): data for path, data in entry.files.items()}
        root = self._folder("" if entry.anew else base, files) or self._add("tree", b"")
        lines = [f"tree {root}", *(f"parent {one}" for one in (parent, entry.joins) if one)]
        lines += [f"author {person_at(entry.author, entry.at)}", f"committer {person_at(committer, now)}"]
        id = self._add("commit", "\n".join([*lines, "", message_of(entry)]).encode())
        self._roots[id] = root
        return id

    def write(self, *, durable: bool) -> list[str]:
        """Write what was made, and give the ids; OSError where the disk refuses. `durable` as for `write_objects`."""
        write_objects(self._objects, self._made, durable=durable)
        for commit, root in self._roots.items():
            self._reader.remember(commit, root, self._trees)
        return list(self._made)

    def _folder(self, base: str, files: Mapping[tuple[str, ...], bytes | None]) -> str:
        """The id of the tree `base` ("" = empty) with these files set or removed; "" where nothing is left in it."""
        found = self._trees.get(base) or (self._reader.tree(base) if base else {})
        if found is None:
            raise Damaged(f"A folder of the record ({base[:7]}) cannot be read; nothing was recorded.", REPAIR)
        found = dict(found)
        below: dict[str, dict[tuple[str, ...], bytes | None]] = {}
        for path, data in files.items():
            if len(path) > 1:
                below.setdefault(path[0], {})[path[1:]] = data
            elif data is None:
                found.pop(path[0], None)
            else:
                found[path[0]] = (FILE, self._add("blob", data))
        for name, inner in below.items():
            mode, id = found.get(name, ("", ""))
            if tree := self._folder(id if mode == FOLDER else "", inner):
                found[name] = (FOLDER, tree)
            else:
                found.pop(name, None)
        if not found:
            return ""
        made = self._add("tree", _tree(found))
        self._trees[made] = found
        return made

    def _add(self, kind: str, data: bytes) -> str:
        id, whole = framed(kind, data)
        self._made[id] = whole
        return id


def _tree(entries: Tree) -> bytes:
    """The contents of a tree object: names in git's order, in which a folder ends with a slash."""
    named = ((name.encode("utf-8", "surrogateescape"), mode, id) for name, (mode, id) in entries.items())
    ordered = sorted(named, key=lambda entry: entry[0] + (b"/" if entry[1] == FOLDER else b""))
    return b"".join(mode.encode("ascii") + b" " + name + b"\0" + bytes.fromhex(id) for name, mode, id in ordered)
