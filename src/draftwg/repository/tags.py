"""The tags of issued versions: annotated, never moved."""

from pathlib import Path

from draftwg.model.symbols import parse_symbol
from draftwg.repository import git
from draftwg.repository.history import in_history
from draftwg.repository.stream import COMMITTER, person_at


def names(folder: Path) -> frozenset[str]:
    """The names of all tags."""
    out = git.run(folder, "for-each-ref", "--format=%(refname:strip=2)", "refs/tags")
    return frozenset(out.decode("utf-8", "replace").split())


def freeze(folder: Path, symbol: str, commit: str, message: str, at: str) -> None:
    """Freeze `commit` under the tag of this symbol."""
    name = parse_symbol(symbol).tag
    tagger = person_at(COMMITTER, at)
    content = f"object {commit}\ntype commit\ntag {name}\ntagger {tagger}\n\n{message}\n"
    made = git.run(folder, "mktag", stdin=content.encode()).decode("ascii").strip()
    git.run(folder, "update-ref", "--stdin", stdin=f"create refs/tags/{name} {made}\n".encode())


def act_under(folder: Path, name: str) -> str:
    """The act that the commit under this tag recorded, by its trailer, where it is in the history of the branch; ""
    elsewhere. After a history was made anew, and joined with the old one, an act has a commit in each.
    """
    commit = _at(folder, f"refs/tags/{name}^{{commit}}")
    if not commit or not in_history(folder, commit):
        return ""
    out = git.run(folder, "log", "-1", "--format=%(trailers:key=Act-Id,valueonly)", commit)
    return out.decode("utf-8", "replace").strip()


def part(folder: Path, name: str, commit: str, suffix: str) -> bool:
    """Where this tag is at `commit`, call it `name-suffix`, so that the name is free; whether it was there."""
    at = _at(folder, f"refs/tags/{name}^{{commit}}")
    if not at or at != commit:
        return False
    full = f"refs/tags/{name}"
    made = _at(folder, full)
    moves = f"create {full}-{suffix} {made}\ndelete {full} {made}\n"
    git.run(folder, "update-ref", "--stdin", stdin=moves.encode())
    return True


def _at(folder: Path, name: str) -> str:
    out = git.run(folder, "rev-parse", "--verify", "--quiet", name, accept=range(256))
    return out.decode("ascii", "replace").strip()
