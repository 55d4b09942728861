"""What lies where in a meeting's folder."""

import json
import re
from pathlib import Path
from typing import Any

from draftwg.acts import ACTS, Act, decode, encode
from draftwg.errors import BadInput, Damaged, DraftwgError, NotAMeeting
from draftwg.hygiene import one_line
from draftwg.repository.finding import MARKER
from draftwg.repository.shield import no_links

FORMAT = 1
ACT_PATH = re.compile(r"record/\d{4,6}/(\d{6,9})-([a-z0-9]{4,40})\.json")
_KEPT_FOLDERS = frozenset({".git", "record", "texts"})
_KEPT_FILES = frozenset({MARKER, "readme.md", "roster.csv", ".gitattributes"})
REPAIR = "See what is wrong, and mend what can be mended: draftwg doctor."


def no_own_file(path: Path) -> None:
    """BadInput where `path` is a place that a meeting keeps for itself: no output may be written there."""
    place = path.absolute()
    place = place.parent.resolve() / place.name  # a link is replaced, not followed
    for folder in place.parents:
        if not ((folder / ".git").exists() and ((folder / MARKER).is_file() or (folder / ".git" / "draftwg").is_dir())):
            continue
        parts = [part.casefold() for part in place.relative_to(folder).parts]
        if parts[0] in _KEPT_FOLDERS or (len(parts) == 1 and parts[0] in _KEPT_FILES):
            shown = one_line(str(path))
            raise BadInput(f"{shown} is a place that the meeting keeps for itself.", "Name a file elsewhere.")


def act_path(act: Act) -> str:
    """Where an act is kept: in folders of a hundred, by clock, then id."""
    return f"record/{act.clock // 100:04d}/{act.clock:06d}-{act.id}.json"


def act_file(act: Act) -> bytes:
    """The bytes of an act's file: JSON, one field a line, in UTF-8."""
    return json_bytes(encode(act))


def read_act(path: str, data: bytes | None) -> Act:
    """The act in the file at `path` of the record (None: the file is not there). Damaged, naming it, where it is no
    act or another one than its name tells.
    """
    if data is None:
        raise Damaged(f"The act file {path} is missing from the record.", REPAIR)
    try:
        act = decode(json.loads(data), ACTS)
    except (ValueError, RecursionError) as error:
        where = f" at line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise Damaged(f"The act file {path} is damaged{where}.", REPAIR) from None
    except DraftwgError as error:
        raise Damaged(f"The act file {path} cannot be read: {error.message}", REPAIR) from None
    if path != act_path(act):
        raise Damaged(f"The act file {path} tells another act than its name.", REPAIR)
    return act


def marker(title: str) -> bytes:
    """The file that makes a folder a meeting."""
    return json_bytes({"format": FORMAT, "title": title})


def json_bytes(value: dict[str, Any]) -> bytes:
    """JSON as the meeting's files have it: one field a line, UTF-8, a newline at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def check_meeting(folder: Path) -> None:
    """NotAMeeting or Damaged where this folder holds no meeting that this program can work on."""
    gitdir = folder / ".git"
    if not gitdir.is_dir():
        if gitdir.is_file():
            raise Damaged(f"{one_line(str(folder))} is a linked worktree.", "Work in the folder that git init made.")
        raise NotAMeeting(f"There is no meeting in {one_line(str(folder))}.", "Make one: draftwg init.")
    no_links(gitdir)
    check_kind(gitdir)
    mark = folder / MARKER
    if mark.exists() and not mark.is_file():  # a pipe would let us wait for ever
        raise Damaged(f"{MARKER} is no file.", REPAIR)
    try:
        form = json.loads(mark.read_text("utf-8"))["format"]
    except FileNotFoundError:
        raise Damaged(f"{MARKER} is gone from {one_line(str(folder))}.", REPAIR) from None
    except (OSError, ValueError, TypeError, KeyError):
        raise Damaged(f"{MARKER} cannot be read.", REPAIR) from None
    if form != FORMAT:
        raise Damaged(f"This meeting was made by another version of draftwg (format {form}).", "Use a newer draftwg.")
    if not (gitdir / "objects").is_dir():
        raise Damaged(f"The git repository in {one_line(str(folder))} is damaged: its objects are gone.", ANEW)


# What a meeting's own .git/config says, for the person's own git; draftwg has its own (shield.py).
CONFIG = b"""\
[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = false
\tlogAllRefUpdates = always
\tfsync = all
\tlockfilePid = true
[gc]
\tauto = 0
\treflogExpire = never
\treflogExpireUnreachable = never
[receive]
\tdenyNonFastForwards = true
\tdenyDeletes = true
"""
FROM_BACKUP = "Bring them back from a backup or another clone: draftwg doctor --from FOLDER."
OR_ANEW = f"{FROM_BACKUP[:-1]}; where there is none, move .git away, and the doctor makes it anew from record/."
ANEW = f"{FROM_BACKUP[:-1]}; or have .git made anew from record/: draftwg doctor."
_KINDS = (
    (re.compile(rb"(?im)^\s*objectformat\s*=\s*\"?sha256"), "SHA-256 names"),
    (re.compile(rb"(?im)^\s*refstorage\s*=\s*\"?reftable"), "the reftable format"),
)


def check_kind(gitdir: Path) -> None:
    """Damaged where a newer git made this repository in a format that draftwg does not read."""
    try:
        config = (gitdir / "config").read_bytes() if (gitdir / "config").is_file() else b""
    except OSError:
        return
    for sign, name in _KINDS:
        if sign.search(config):
            hint = "Make the meeting with draftwg init and bring the acts over with git fetch, or ask for a backup."
            raise Damaged(f"This repository uses {name}, which draftwg does not read.", hint)
