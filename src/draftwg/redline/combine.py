"""Combining amendments of several delegations on one unit, all proposed against one base.

Proposals that touch different words combine silently; those that touch the same words form a conflict group,
because which of them prevails is for the meeting to say. The rules for what touches what are in
`docs/combining.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from draftwg.redline.exact import cut, image, images
from draftwg.redline.weave import Woven, weave
from draftwg.redline.writing import written

__all__ = ["Combination", "Group", "combine", "merge"]


@dataclass(frozen=True, slots=True)
class Group:
    """Proposals that change the same words of the base.

    `start` and `end` are places in the base (equal where all of them insert at one place), `words` are the words
    there, and `alternatives` what each proposal has instead.
    """

    ids: tuple[str, ...]
    start: int
    end: int
    words: str
    alternatives: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Combination:
    """What comes of several proposals together.

    `text` is the combined text, None where there is a conflict; `groups` are the conflicts in the order of the
    text; `identical` the proposals of one and the same text; `changed` all that change anything. Ids are sorted,
    so that the result does not depend on the order in which proposals are given.
    """

    text: str | None
    groups: tuple[Group, ...]
    identical: tuple[tuple[str, ...], ...]
    changed: tuple[str, ...]


def combine(base: str, proposals: Mapping[str, str]) -> Combination:
    """Combine proposals on one text.

    Args:
        base: The text they were all proposed against.
        proposals: The whole proposed text of each, by id.

    Returns:
        The combined text, or the conflict groups that stand in its way.
    """
    ids: dict[str, list[str]] = {}
    for name in sorted(proposals):
        if proposals[name] != base:
            ids.setdefault(proposals[name], []).append(name)
    texts = sorted(ids)
    changed = tuple(sorted(name for names in ids.values() for name in names))
    identical = tuple(sorted(tuple(names) for names in ids.values() if len(names) > 1))
    if len(texts) < 2:
        return Combination(texts[0] if texts else base, (), identical, changed)
    woven = weave(cut(base), [cut(text) for text in texts])
    groups = _groups(woven, [ids[text] for text in texts])
    return Combination(None if groups else written(woven), groups, identical, changed)


def merge(base: str, ours: str, theirs: str) -> str | None:
    """Bring two texts made from one base together.

    Args:
        base: The text both started from.
        ours: One of them.
        theirs: The other.

    Returns:
        The text with the changes of both; None where they change the same words.
    """
    return combine(base, {"ours": ours, "theirs": theirs}).text


def _groups(woven: Woven, ids: Sequence[Sequence[str]]) -> tuple[Group, ...]:
    """Say the knots in terms of texts and ids."""
    base = woven.base
    where = [images(base, found) for found in woven.placed]
    out = []
    for knot in woven.knots:
        alternatives: dict[str, str] = {}
        for source in knot.sources:
            other = woven.others[source]
            words = other.slice(*image(where[source], knot.start, knot.end))
            alternatives.update((name, words) for name in ids[source])
        names = tuple(sorted(alternatives))
        start = base.starts[knot.start]
        end = base.end(knot.end - 1) if knot.end > knot.start else start
        out.append(Group(names, start, end, base.text[start:end], {name: alternatives[name] for name in names}))
    return tuple(out)
