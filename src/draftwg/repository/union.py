"""What another machine has, looked at before anything of it is taken: acts whose files are as draftwg writes them.

The tree comes from elsewhere and may hold anything. Only regular files at the places of acts are read; nothing else of
it ever reaches the meeting: the readable files are made anew from the acts. Two machines come together by the union of
their acts, so no order of exchange can lose one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from draftwg.acts import ACTS, Act, decode
from draftwg.acts.base import checked_time
from draftwg.errors import BadInput, Damaged, NotSynced
from draftwg.hygiene import clean_line, shorten, visible
from draftwg.repository import git
from draftwg.repository.contents import list_files, read_blobs
from draftwg.repository.layout import ACT_PATH, act_path
from draftwg.repository.worktree import OUR_PATH

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 16 * 1024 * 1024  # a text of the longest that may be imported takes less
_AHEAD = 1_000_000  # clocks beyond this are no acts of a meeting, and would use up the numbers
_TOLD = 5


@dataclass(frozen=True, slots=True)
class Incoming:
    """What came: the new acts with their files, the ids of all acts there, the regular files of its tree (path to
    blob), whether there is anything else in it, and one line for each thing that was left out.
    """

    acts: tuple[Act, ...]
    files: Mapping[str, bytes]
    ids: frozenset[str]
    tree: Mapping[str, str]
    odd: bool
    aside: tuple[str, ...]


def acts_in(folder: "Path", commit: str) -> frozenset[str]:
    """The ids of the acts in a commit."""
    found = (ACT_PATH.fullmatch(path) for path, _ in list_files(folder, commit))
    return frozenset(match[2] for match in found if match)


def look_at(folder: "Path", commit: str, ours: Mapping[str, str], clock: int) -> Incoming:
    """What there is in this commit beyond `ours` (path to blob), where the greatest clock is `clock`.

    Damaged where an act that both have differs: one of the two was changed after it was recorded. NotSynced where the
    other side is of a newer version. Then nothing is taken.
    """
    tree, aside, odd = _tree(folder, commit)
    wanted = {}
    ids = set()
    mine = {match[2]: path for path in ours if (match := ACT_PATH.fullmatch(path))}
    for path, blob in tree.items():
        match = ACT_PATH.fullmatch(path)
        if not match:
            continue
        if ours.get(path, blob) != blob:
            raise Damaged(
                f"The act file {path} is not the same on the other side: one was changed after it was recorded. "
                "Nothing was exchanged.",
                "Compare the two, and have the changed one put back from a backup.",
            )
        if path in ours:
            ids.add(match[2])
        elif match[2] in mine:
            aside.append(f"{path} has the id of another act")
        else:
            wanted[path] = blob
    contents = read_blobs(folder, list(wanted.values()))
    acts: dict[str, Act] = {}
    files = {}
    for path, blob in wanted.items():
        data = contents.get(blob)
        try:
            act = _act(path, data, clock + len(wanted) + _AHEAD)
        except (BadInput, Damaged) as error:
            aside.append(f"{path} is no act ({error.message.rstrip('.')})")
            continue
        if act.id in acts:
            aside.append(f"{path} has the id of another act")
            continue
        acts[act.id] = act
        files[path] = data or b""
    left = tuple(aside[:_TOLD]) + ((f"and {len(aside) - _TOLD} more",) if len(aside) > _TOLD else ())
    return Incoming(tuple(acts.values()), files, frozenset(ids | set(acts)), tree, odd or bool(aside), left)


def _tree(folder: "Path", commit: str) -> tuple[dict[str, str], list[str], bool]:
    """The regular files of ours (path to blob), what was left out, and whether there is anything that is not ours."""
    tree, aside = {}, []
    for line in git.run(folder, "ls-tree", "-r", "-l", "-z", "--full-tree", commit).split(b"\0"):
        if not line:
            continue
        head, _, raw = line.partition(b"\t")
        mode, kind, blob, size = head.split()
        path = raw.decode("utf-8", "replace")
        if (mode, kind) != (b"100644", b"blob") or not OUR_PATH.fullmatch(path):
            aside.append(f"{shorten(visible(path), 80)} is not part of a meeting")
        elif int(size) > _LARGEST:
            aside.append(f"{path} is larger than any act")
        else:
            tree[path] = blob.decode("ascii")
    return tree, aside, bool(aside)


def _act(path: str, data: bytes | None, latest: int) -> Act:
    """The act in this file. BadInput or Damaged where it is none that draftwg writes; NotSynced where it is one of a
    newer version.
    """
    try:
        values = json.loads(data or b"")
    except (ValueError, RecursionError):
        raise Damaged("it cannot be read") from None
    if not isinstance(values, dict):
        raise Damaged("it cannot be read")
    if isinstance(values.get("act"), str) and values["act"] not in ACTS and clean_line(values["act"]).isascii():
        raise NotSynced(
            f"The other side has an act that this version does not know ({shorten(values['act'], 30)}).",
            "Use the newer draftwg here too.",
        )
    _no_controls(values)
    act = decode(values, ACTS)
    if checked_time(act.at) != act.at:
        raise Damaged("its time is none")
    if act.clock > latest:
        raise Damaged("its clock is far ahead of all others")
    if act_path(act) != path:
        raise Damaged("it tells another act than its name")
    return act


def _no_controls(value: object, depth: int = 0) -> None:
    """Damaged where a string in it holds what a terminal would obey."""
    if depth > 20:
        raise Damaged("it is too deep")
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise Damaged("it holds what is no text") from None
        if visible(value.replace("\t", " ")) != value.replace("\t", " "):
            raise Damaged("it holds control characters")
    elif isinstance(value, dict):
        for key, inner in value.items():
            _no_controls(key, depth + 1)
            _no_controls(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _no_controls(inner, depth + 1)


def same_meeting(acts: tuple[Act, ...], incoming: Incoming, *, related: bool = False) -> None:
    """BadInput where what came is another meeting than `acts`, or none. `related` tells that its history has commits
    of ours: then its first act may have been taken out by a later commit.
    """
    mine = {act.id for act in acts if act.NAME == "found"}
    theirs = [act for act in incoming.acts if act.NAME == "found"]
    if not mine and len(theirs) != 1:
        raise BadInput("There is no meeting there.", "Check the address.")
    if mine and not incoming.ids and not related:
        raise BadInput(
            "What is there is no meeting; nothing was exchanged.",
            "Check the address; if somebody overwrote that place, have it put right there, or share another: draftwg "
            "sync FOLDER --create.",
        )
    if mine and (theirs or not (related or mine & incoming.ids)):
        title = f" (“{shorten(str(getattr(theirs[0], 'title', '')), 60)}”)" if theirs else ""
        raise BadInput(
            f"That is another meeting{title}; nothing was exchanged.", "Give each meeting a folder of its own."
        )
