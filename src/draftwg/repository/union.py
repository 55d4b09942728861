"""What another machine has, looked at before anything of it is taken: acts whose files are as draftwg writes them.

The tree comes from elsewhere and may hold anything. Only regular files at the places of acts are read; nothing else of
it ever reaches the meeting: the readable files are made anew from the acts. Two machines come together by the union of
their acts, so no order of exchange can lose one. What both have in common is passed over, folder by folder.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from draftwg.acts import ACTS, Act, decode
from draftwg.acts.base import checked_time
from draftwg.errors import BadInput, Damaged, NotSynced
from draftwg.hygiene import clean_line, shorten, visible
from draftwg.repository.contents import list_files, read_blobs, sizes
from draftwg.repository.layout import ACT_PATH, act_path
from draftwg.repository.objects import FILE, FOLDER, NONE, Reader, TreeEntry
from draftwg.repository.worktree import OUR_PATH

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 16 * 1024 * 1024  # a text of the longest that may be imported takes less
_AHEAD = 1_000_000  # clocks beyond this are no acts of a meeting, and would use up the numbers
_TOLD = 5
_GONE_INTO = re.compile(r"record|record/\d{4,6}|texts")


@dataclass(frozen=True, slots=True)
class Incoming:
    """What came: the new acts with their files, the ids of all acts there, the regular files that are not as ours (path
    to blob, "" where they have none), whether there is anything else in it, and one line for each thing that was left
    out.
    """

    acts: tuple[Act, ...]
    files: Mapping[str, bytes]
    ids: frozenset[str]
    changes: Mapping[str, str]
    odd: bool
    aside: tuple[str, ...]


def acts_in(folder: "Path", commit: str) -> frozenset[str]:
    """The ids of the acts in a commit."""
    found = (ACT_PATH.fullmatch(path) for path, _ in list_files(folder, commit))
    return frozenset(match[2] for match in found if match)


def lost_between(reader: Reader, before: str, after: str) -> int:
    """How many acts there are in the commit `before` that are not in `after`. Damaged where one cannot be read."""
    differ = _differing(reader, _root(reader, before), _root(reader, after))
    return sum(one[0] == FILE != other[0] and bool(ACT_PATH.fullmatch(path)) for path, one, other in differ)


def look_at(reader: Reader, folder: "Path", commit: str, ours: str, known: Collection[str], clock: int) -> Incoming:
    """What there is in this commit beyond ours ("" = we have none), which holds the acts `known` by their ids, the
    greatest clock being `clock`.

    Damaged where an act that both have differs: one of the two was changed after it was recorded. NotSynced where the
    other side is of a newer version. Then nothing is taken.
    """
    wanted, changes, lacking, aside = {}, {}, set(), []
    for path, one, other in _differing(reader, _root(reader, ours), _root(reader, commit)):
        if other[1] and not (other[0] == FILE and OUR_PATH.fullmatch(path)):
            aside.append(f"{shorten(visible(path), 80)} is not part of a meeting")
            other = NONE
        changes[path] = blob = other[1]
        match = ACT_PATH.fullmatch(path)
        if not match:
            continue
        had = one[0] == FILE
        if had and blob:
            raise Damaged(
                f"The act file {path} is not the same on the other side: one was changed after it was recorded. "
                "Nothing was exchanged.",
                "Compare the two, and have the changed one put back from a backup.",
            )
        if had:
            lacking.add(match[2])
        elif match[2] in known:
            aside.append(f"{path} has the id of another act")
        elif blob:
            wanted[path] = blob
    large = sizes(folder, list(wanted.values()))
    for path in [path for path, blob in wanted.items() if large.get(blob, 0) > _LARGEST]:
        aside.append(f"{path} is larger than any act")
        del wanted[path]
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
    ids = frozenset(known).difference(lacking).union(acts)
    return Incoming(tuple(acts.values()), files, ids, changes, bool(aside), left)


def _root(reader: Reader, commit: str) -> str:
    """The tree of this commit ("" = none). Damaged where it cannot be read."""
    root = reader.tree_of(commit) if commit else ""
    if commit and not root:
        raise Damaged(f"The commit {commit[:7]} cannot be read.", "See which machine's it is: draftwg doctor on each.")
    return root


def _differing(reader: Reader, ours: str, theirs: str, under: str = "") -> Iterator[tuple[str, TreeEntry, TreeEntry]]:
    """Path, our entry and their entry of everything in which two trees ("" = empty) differ. Folders that no meeting has
    are told and not gone into: they may be of any size.
    """
    for name, one, other in reader.differing(ours, theirs):
        path = f"{under}{name}"
        if _GONE_INTO.fullmatch(path):
            trees = [id if mode == FOLDER else "" for mode, id in (one, other)]
            yield from _differing(reader, trees[0], trees[1], f"{path}/")
            if other[0] in ("", FOLDER):
                continue
        yield path, one, other


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


def same_meeting(acts: Collection[Act], incoming: Incoming, related: Callable[[], bool]) -> None:
    """BadInput where what came is another meeting than `acts`, or none. `related` tells whether its history has commits
    of ours: then its first act may have been taken out by a later commit.
    """
    mine = {act.id for act in acts if act.NAME == "found"}
    theirs = [act for act in incoming.acts if act.NAME == "found"]
    near = bool(mine & incoming.ids) or (bool(mine) and related())
    if not mine and len(theirs) != 1:
        raise BadInput("There is no meeting there.", "Check the address.")
    if mine and not incoming.ids and not near:
        raise BadInput(
            "What is there is no meeting; nothing was exchanged.",
            "Check the address; if somebody overwrote that place, have it put right there, or share another: draftwg "
            "sync FOLDER --create.",
        )
    if mine and (theirs or not near):
        title = f" (“{shorten(str(getattr(theirs[0], 'title', '')), 60)}”)" if theirs else ""
        raise BadInput(
            f"That is another meeting{title}; nothing was exchanged.", "Give each meeting a folder of its own."
        )
