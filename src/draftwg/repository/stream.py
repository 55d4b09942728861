"""The commits of acts, as a stream for `git fast-import` (git-fast-import(1), INPUT FORMAT)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from draftwg.hygiene import one_line
from draftwg.model.delegation import name_key

BRANCH = "refs/heads/main"
COMMITTER = "Secretariat"


@dataclass(frozen=True, slots=True)
class Entry:
    """One commit to be made: the files that it sets (path to bytes; None removes it), its author, time and message.

    `joins` is a second parent, the commit of another machine; with `anew`, nothing stays of the files of the first.
    """

    files: Mapping[str, bytes | None]
    author: str
    at: str
    subject: str
    body: str
    trailers: Mapping[str, str]
    joins: str = ""
    anew: bool = False


def stream(entries: Sequence[Entry], parent: str | None, committer: str, now: str, branch: str = BRANCH) -> bytes:
    """The input that commits `entries` in a row on `branch`, on top of `parent` (None = the first commit), and then
    tells their ids.
    """
    parts: list[bytes] = [b"feature done\n"]
    for mark, entry in enumerate(entries, 1):
        message = message_of(entry).encode()
        parts.append(f"commit {branch}\nmark :{mark}\n".encode())
        parts.append(f"author {person_at(entry.author, entry.at)}\n".encode())
        parts.append(f"committer {person_at(committer, now)}\n".encode())
        parts.append(b"data %d\n%s\n" % (len(message), message))
        if mark > 1:
            parts.append(f"from :{mark - 1}\n".encode())
        elif parent:
            parts.append(f"from {parent}\n".encode())
        if entry.joins:
            parts.append(f"merge {entry.joins}\n".encode())
        if entry.anew:
            parts.append(b"deleteall\n")
        for path, data in entry.files.items():
            if data is None:
                parts.append(b"D %s\n" % path.encode("ascii"))
                continue
            parts.append(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode("ascii"), len(data), data))
    parts.extend(f"get-mark :{mark}\n".encode() for mark in range(1, len(entries) + 1))
    parts.append(b"done\n")
    return b"".join(parts)


def message_of(entry: Entry) -> str:
    """The message of this commit: subject, body, trailers."""
    trailers = "\n".join(f"{name}: {one_line(value)}" for name, value in entry.trailers.items() if value)
    return "\n\n".join(part for part in (one_line(entry.subject), entry.body.strip(), trailers) if part) + "\n"


def person_at(name: str, at: str) -> str:
    """Who and when, for a commit or tag: no angle brackets or newlines, an address that can never reach anybody."""
    plain = one_line(name).translate({ord("<"): None, ord(">"): None}).strip(" .,;:'\"") or "Secretariat"
    local = "".join(c if c.isascii() and c.isalnum() else "-" for c in name_key(plain)).strip("-")
    time = datetime.fromisoformat(at)
    return f"{plain} <{local or 'delegation'}@draftwg.invalid> {int(time.timestamp())} {time.strftime('%z')[:5]}"
