"""Signed commits, where the person's own git settings ask for them (`commit.gpgsign`, git-config(1)).

Which program signs and with which key comes from the settings of the user alone, never from those of the meeting: a
meeting that came from elsewhere could name any program.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from draftwg.errors import NotRecorded
from draftwg.hygiene import one_line, shorten
from draftwg.repository import git, own
from draftwg.repository.objects import Reader
from draftwg.repository.trust import Settings

_NO = ("false", "no", "off", "0", "")


def wanted(settings: Settings) -> bool:
    """Whether commits of this meeting are to be signed: as it says, or else as the user's settings say."""
    if settings.signs is not None:
        return settings.signs
    return own.signing().get("commit.gpgsign", "false").casefold() not in _NO


def sign(folder: Path, commits: list[str], reader: Reader, parent: str) -> list[str]:
    """Make these commits anew with signatures, on top of `parent`; the new ids. NotRecorded where nobody signs."""
    signed: list[str] = []
    for commit in commits:
        head, _, message = (reader.read(commit, "commit") or b"").partition(b"\n\n")
        lines = dict(line.split(b" ", 1) for line in head.split(b"\n") if b" " in line)
        variables = {**_person(lines[b"author"], "AUTHOR"), **_person(lines[b"committer"], "COMMITTER")}
        joined = [line[7:].decode("ascii") for line in head.split(b"\n") if line.startswith(b"parent ")][1:]
        parents = [one for one in (signed[-1] if signed else parent, *joined) if one]
        on = [word for one in parents for word in ("-p", one)]
        try:
            out = git.run(
                folder, "commit-tree", "-S", *on, lines[b"tree"].decode("ascii"),
                stdin=message, options=_options(), variables=variables,
            )  # fmt: skip
        except git.GitRefused as error:
            why = shorten(one_line(error.said), 120).rstrip(".")
            raise NotRecorded(
                f"Commits are to be signed here, and nobody could sign ({why}); nothing was recorded.",
                "See to the key (git config --global user.signingkey), or: git config commit.gpgsign false.",
            ) from None
        signed.append(out.decode("ascii").strip())
    return signed


def signatures(folder: Path, commits: Iterable[str]) -> dict[str, str]:
    """What is known of the signatures of those of these commits that carry one."""
    reader = Reader(folder)
    try:
        carrying = [id for id in commits if b"\ngpgsig " in (reader.read(id, "commit") or b"").partition(b"\n\n")[0]]
    finally:
        reader.close()
    return {id: _verdict(folder, id) for id in carrying}


def _verdict(folder: Path, commit: str) -> str:
    out = git.run(folder, "verify-commit", "-v", commit, options=_options(), accept=range(256), errors_too=True)
    said = out.decode("utf-8", "replace")
    good = re.search(r'Good (?:"git" )?signature (?:for|from) "?([^"\n]+?)"?(?: with| \[|\n|$)', said)
    if good:
        return f"signed by {one_line(good[1])}"
    if "allowedSignersFile" in said or "No public key" in said or "Can't check" in said or "Good" in said:
        return "signed by an unknown key"
    return "bad signature" if re.search(r"BAD|incorrect|[Cc]ould not verify", said) else "signed, not checked"


def _options() -> list[str]:
    return [f"{name}={value}" for name, value in own.signing().items()]


def _person(line: bytes, role: str) -> dict[str, str]:
    found = re.fullmatch(r"(.*) <(.*)> (\d+) ([+-]\d{4})", line.decode("utf-8", "replace"))
    assert found is not None  # fast-import has checked it
    name, address, seconds, zone = found.groups()
    return {f"GIT_{role}_NAME": name, f"GIT_{role}_EMAIL": address, f"GIT_{role}_DATE": f"@{seconds} {zone}"}
