"""Commits made of objects that are written one by one: for the act of a moment, where starting git to pack and unpack
five small objects would take longer than anything else. Many at once are a matter for `git fast-import` (stream.py).

Formats: git-hash-object(1), git-mktree(1), git-commit-tree(1); `git fsck --strict` is the judge of it in the tests.
"""

from collections.abc import Mapping
from pathlib import Path

from draftwg.errors import Damaged
from draftwg.repository.layout import REPAIR
from draftwg.repository.objects import Reader, Tree, write_object
from draftwg.repository.stream import Entry, message_of, person_at

_FILE, _FOLDER = "100644", "40000"


class Builder:
    """Writes the objects of commits; `written` are their ids. Nothing refers to them before the branch is moved."""

    def __init__(self, objects: Path, reader: Reader, *, durable: bool) -> None:
        self.written: list[str] = []
        self._objects = objects
        self._reader = reader
        self._durable = durable

    def commit(self, entry: Entry, parent: str, committer: str, now: str) -> str:
        """Write this commit on top of `parent` ("" = the first) and give its id. Damaged where the parent cannot be
        read, OSError where the disk refuses.
        """
        base = self._reader.tree_of(parent) if parent else ""
        if parent and not base:
            raise Damaged(f"The newest commit ({parent[:7]}) cannot be read; nothing was recorded.", REPAIR)
        root = self._folder(base, {tuple(path.split("/")): data for path, data in entry.files.items()})
        lines = [f"tree {root or self._write('tree', b'')}"]
        lines += [f"parent {parent}"] if parent else []
        lines += [f"author {person_at(entry.author, entry.at)}", f"committer {person_at(committer, now)}"]
        return self._write("commit", "\n".join([*lines, "", message_of(entry)]).encode())

    def _folder(self, base: str, files: Mapping[tuple[str, ...], bytes | None]) -> str:
        """The id of the tree `base` ("" = empty) with these files set or removed; "" where nothing is left in it."""
        found: Tree | None = self._reader.tree(base) if base else {}
        if found is None:
            raise Damaged(f"A folder of the record ({base[:7]}) cannot be read; nothing was recorded.", REPAIR)
        below: dict[str, dict[tuple[str, ...], bytes | None]] = {}
        for path, data in files.items():
            if len(path) > 1:
                below.setdefault(path[0], {})[path[1:]] = data
            elif data is None:
                found.pop(path[0], None)
            else:
                found[path[0]] = (_FILE, self._write("blob", data))
        for name, inner in below.items():
            mode, id = found.get(name, ("", ""))
            if tree := self._folder(id if mode == _FOLDER else "", inner):
                found[name] = (_FOLDER, tree)
            else:
                found.pop(name, None)
        return self._write("tree", _tree(found)) if found else ""

    def _write(self, kind: str, data: bytes) -> str:
        id = write_object(self._objects, kind, data, durable=self._durable)
        self.written.append(id)
        return id


def _tree(entries: Tree) -> bytes:
    """The contents of a tree object: names in git's order, in which a folder ends with a slash."""
    named = ((name.encode("utf-8", "surrogateescape"), mode, id) for name, (mode, id) in entries.items())
    ordered = sorted(named, key=lambda entry: entry[0] + (b"/" if entry[1] == _FOLDER else b""))
    return b"".join(mode.encode("ascii") + b" " + name + b"\0" + bytes.fromhex(id) for name, mode, id in ordered)
