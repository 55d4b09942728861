"""Weaving the edits of several proposals into one text, and telling where they are at odds.

The rules are written down for readers in `docs/combining.md`; the numbers in brackets below refer to it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, product
from math import prod

from draftwg.redline.exact import Cut, Edit, edits, slide
from draftwg.redline.joints import COMMAS, is_word

__all__ = ["Change", "Knot", "Woven", "weave"]

_PLACINGS = 256  # so many placings of sliding edits are tried in one cluster
_LARGE = 32  # changes in one cluster, from which on fewer placings are tried
_ISLAND = 2  # words left standing between two changes of one proposal that are not another's to change


@dataclass(frozen=True, slots=True)
class Change:
    """One edit, and the sources (indices of texts) that propose it."""

    edit: Edit
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Knot:
    """Words `start` to `end` of the base that several sources change at odds."""

    start: int
    end: int
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Woven:
    """What came of weaving.

    `changes` are all changes in the order of the text, those of knots included; `placed` are the edits of each
    source at the places chosen for them; `knots` are where sources are at odds; `loose` the changes outside.
    """

    base: Cut
    others: tuple[Cut, ...]
    changes: tuple[Change, ...]
    placed: tuple[tuple[Edit, ...], ...]
    knots: tuple[Knot, ...]
    loose: tuple[Change, ...]


def weave(base: Cut, others: Sequence[Cut]) -> Woven:
    """Bring together what several texts change in a base.

    Args:
        base: The text all were proposed against.
        others: The proposed texts, in an order that does not depend on who came first.

    Returns:
        The changes, and the knots among them.
    """
    changes: list[Change] = []
    loose: list[Change] = []
    knots: list[Knot] = []
    for cluster in _clusters(_joint(base, others)):
        placing = [change for change, _, _ in cluster]
        tied: list[Knot] = []
        if len({source for change in placing for source in change.sources}) > 1:
            solution = _place(base, others, cluster)
            if solution is None:
                tied = _knots(others, placing)
            else:
                placing = solution
        knots += tied
        changes += placing
        loose += _outside(placing, tied)
    changes.sort(key=lambda change: change.edit)
    placed: list[list[Edit]] = [[] for _ in others]
    for change in changes:
        for source in change.sources:
            placed[source].append(change.edit)
    # A change proposed by several stands at one place in the base, but at another in each of their texts.
    numbered = [tuple(_renumbered(found)) for found in placed]
    return Woven(base, tuple(others), tuple(changes), tuple(numbered), tuple(knots), tuple(loose))


def _renumbered(found: Iterable[Edit]) -> Iterator[Edit]:
    """Count the words of the other text anew along one source's edits."""
    shift = 0
    for edit in found:
        size = edit.last - edit.first
        yield Edit(edit.start, edit.end, edit.start + shift, edit.start + shift + size)
        shift += size - (edit.end - edit.start)


def _joint(base: Cut, others: Sequence[Cut]) -> list[tuple[Change, int, int]]:
    """The changes of all sources, identical ones as one, with how far each may slide."""
    found: dict[tuple[int, int, tuple[str, ...]], tuple[Change, int, int]] = {}
    for source, other in enumerate(others):
        mine = list(edits(base, other))
        low = 0
        for index, edit in enumerate(mine):
            high = mine[index + 1].start - 1 if index + 1 < len(mine) else len(base.keys)
            mine[index] = edit = edit.moved(_preferred(base, other, edit, *slide(base, other, edit, low, high)))
            low = edit.end + 1
        low = 0
        for index, edit in enumerate(mine):
            high = mine[index + 1].start - 1 if index + 1 < len(mine) else len(base.keys)
            back, forward = slide(base, other, edit, low, high)
            low = edit.end + 1
            name = (edit.start, edit.end, other.keys[edit.first : edit.last])
            if name in found:
                known, low, high = found[name]
                joint = Change(known.edit, (*known.sources, source))
                found[name] = (joint, max(low, back), min(high, forward))
            else:
                found[name] = (Change(edit, (source,)), back, forward)
    return sorted(found.values(), key=lambda item: (item[0].edit[:2], item[0].sources))


def _preferred(base: Cut, other: Cut, edit: Edit, back: int, forward: int) -> int:
    """Where a reader would put an edit that may stand at several places: from a comma on, or to a full stop."""
    if back == forward:
        return 0
    keys, begin, end = (
        (base.keys, edit.start, edit.end) if edit.end > edit.start else (other.keys, edit.first, edit.last)
    )
    for by in range(back, forward + 1):
        if keys[begin + by] in COMMAS or keys[end + by - 1] in ".。!?؟":
            return by
    return back


def _clusters(items: Sequence[tuple[Change, int, int]]) -> Iterator[list[tuple[Change, int, int]]]:
    """Part the changes into runs that touch or may come to touch by sliding."""
    run: list[tuple[Change, int, int]] = []
    reach = -1
    for item in sorted(items, key=lambda item: item[0].edit.start + item[1]):
        change, back, forward = item
        if run and change.edit.start + back > reach:
            yield run
            run = []
        run.append(item)
        reach = max(reach if len(run) > 1 else -1, change.edit.end + forward)
    if run:
        yield run


def _place(base: Cut, others: Sequence[Cut], cluster: Sequence[tuple[Change, int, int]]) -> list[Change] | None:
    """Find places for the changes of a cluster at which nothing is at odds [rule 6].

    An edit may slide over punctuation to make room for another's ("b," or ", b"). Where it could stand on either
    side of a word, all places must do, for nobody knows which was meant; and all must read the same. None where
    that is not so.
    """
    if _same_point(cluster):
        return None
    kinds = [_kinds(base, others, *item) for item in cluster]
    if 1 < prod(map(len, kinds)) > _PLACINGS // (1 + len(cluster) // _LARGE):
        return None
    hull = (
        min(change.edit.start + back for change, back, _ in cluster),
        max(change.edit.end + forward for change, _, forward in cluster),
    )
    best: list[Change] | None = None
    reading: tuple[str, ...] = ()
    left = Counter(product(*(kind.values() for kind in kinds)))
    answered: set[tuple[int, ...]] = set()
    for shifts in sorted(product(*kinds), key=lambda shifts: (sum(map(abs, shifts)), shifts)):
        kind = tuple(of[by] for of, by in zip(kinds, shifts, strict=True))
        left[kind] -= 1
        placing = [
            Change(change.edit.moved(by), change.sources) for (change, _, _), by in zip(cluster, shifts, strict=True)
        ]
        placing.sort(key=lambda change: change.edit[:2])
        if _collides(placing):
            continue
        if any(True for _ in _quarrels(others, placing)):
            if not left[kind] and kind not in answered:
                return None
            continue
        answered.add(kind)
        if best is None:
            best, reading = placing, _reading(base, others, placing, hull)
        elif _reading(base, others, placing, hull) != reading:
            return None
    return best


def _collides(placing: Sequence[Change]) -> bool:
    """Whether two changes of one source have come to stand side by side, which is then one change of another shape."""
    ends: dict[int, int] = {}
    for change in placing:
        if any(ends.get(source, -1) >= change.edit.start for source in change.sources):
            return True
        ends.update(dict.fromkeys(change.sources, change.edit.end))
    return False


def _kinds(base: Cut, others: Sequence[Cut], change: Change, back: int, forward: int) -> dict[int, int]:
    """The places of a sliding edit; those with only punctuation between them are of one kind."""
    edit = change.edit
    keys, begin = (base.keys, edit.start) if edit.end > edit.start else (others[change.sources[0]].keys, edit.first)
    out = {back: 0}
    for by in range(back, forward):
        out[by + 1] = out[by] + is_word(keys[begin + by])
    return out


def _same_point(cluster: Sequence[tuple[Change, int, int]]) -> bool:
    """Whether two insertions could stand at one place, so that their order is a choice [rule 4]."""
    points = [item for item in cluster if item[0].edit.start == item[0].edit.end]
    for index, (one, back, forward) in enumerate(points):
        for two, low, high in points[index + 1 :]:
            apart = one.edit.start + forward < two.edit.start + low or two.edit.start + high < one.edit.start + back
            if not apart and set(one.sources).isdisjoint(two.sources):
                return True
    return False


def _reading(base: Cut, others: Sequence[Cut], placing: Sequence[Change], hull: tuple[int, int]) -> tuple[str, ...]:
    """The words of a stretch of the base under one placing, as keys; nothing is said of blanks."""
    out: list[str] = []
    place, stop = hull
    for change in placing:
        out += base.keys[place : change.edit.start]
        out += _new(others, change)
        place = change.edit.end
    return (*out, *base.keys[place:stop])


def _new(others: Sequence[Cut], change: Change) -> tuple[str, ...]:
    """The words a change puts in, as keys."""
    return others[change.sources[0]].keys[change.edit.first : change.edit.last]


def _quarrels(others: Sequence[Cut], placing: Sequence[Change]) -> Iterator[tuple[int, int]]:
    """Pairs of changes (as indices, in the order of the text) that cannot both be made without a choice.

    Those across each other [rule 1], those that touch in the wrong way [rules 3 to 5], and those that change all that
    another left standing between two changes of its own [rule 7].
    """
    reach = list(accumulate((change.edit.end for change in placing), max))
    for later, two in enumerate(placing):
        for sooner in range(later - 1, -1, -1):
            if reach[sooner] < two.edit.start:
                break
            one = placing[sooner]
            allied = not set(one.sources).isdisjoint(two.sources)
            if one.edit.end > two.edit.start or (not allied and _at_odds(others, one, two)):
                yield sooner, later
    spans: dict[tuple[int, int], list[int]] = {}
    for index, change in enumerate(placing):
        spans.setdefault((change.edit.start, change.edit.end), []).append(index)
    for source in {source for change in placing for source in change.sources}:
        own = [index for index, change in enumerate(placing) if source in change.sources]
        for left, right in pairwise(own):
            island = placing[left].edit.end, placing[right].edit.start
            if 0 < island[1] - island[0] <= _ISLAND:
                for index in spans.get(island, ()):
                    yield left, index
                    yield index, right


def _at_odds(others: Sequence[Cut], one: Change, two: Change) -> bool:
    """Whether two changes that touch but do not overlap are at odds [rules 3 to 5]."""
    if one.edit.end != two.edit.start:
        return False
    point_one, point_two = one.edit.start == one.edit.end, two.edit.start == two.edit.end
    if point_one and point_two:
        return True
    left, right = _new(others, one), _new(others, two)
    if not left or not right:
        return False
    return (
        (left[-1] == right[0] and is_word(left[-1]))
        or (point_one and left[0] == right[0] and is_word(left[0]))
        or (point_two and left[-1] == right[-1] and is_word(left[-1]))
    )


def _knots(others: Sequence[Cut], placing: list[Change]) -> list[Knot]:
    """The groups of changes that are at odds, each closed under what touches it."""
    placing.sort(key=lambda change: (change.edit[:2], change.sources))
    quarrels = list(_quarrels(others, placing))
    if not quarrels:  # every reading is possible, and they differ: all of it is one question
        whole = min(change.edit.start for change in placing), max(change.edit.end for change in placing)
        return [Knot(*whole, tuple(sorted({s for change in placing for s in change.sources})))]
    seeds = [_Hull(change.edit.start, change.edit.end, set(change.sources)) for change in placing]
    for pair in quarrels:
        both = [placing[index] for index in pair]
        low, high = min(change.edit.start for change in both), max(change.edit.end for change in both)
        seeds.append(_Hull(low, high, {source for change in both for source in change.sources}, True))
    hulls: list[_Hull] = []
    for hull in sorted(seeds, key=lambda hull: (hull.start, hull.end)):
        _stack(hulls, hull)
    return [Knot(hull.start, hull.end, tuple(sorted(hull.sources))) for hull in hulls if hull.tied]


@dataclass(slots=True)
class _Hull:
    """A stretch of the base that changes cover; `tied` where they are at odds."""

    start: int
    end: int
    sources: set[int]
    tied: bool = False

    def holds(self, later: _Hull) -> bool:
        """Whether a later stretch is part of this one: it lies across it, or is its own sources' at its border."""
        if not (self.tied or later.tied) or later.start > self.end:
            return False
        across = later.start < self.end or (self.start, self.end) == (later.start, later.end)
        return across or not self.sources.isdisjoint(later.sources)


def _stack(hulls: list[_Hull], hull: _Hull) -> None:
    """Put a stretch on the stack of those before it, with all that belongs together as one."""
    index = len(hulls) - 1
    while index >= 0 and hulls[index].end >= hull.start:
        if hulls[index].holds(hull):
            for part in hulls[index:]:
                hull = _Hull(min(part.start, hull.start), max(part.end, hull.end), part.sources | hull.sources, True)
            del hulls[index:]
            index = len(hulls)
        index -= 1
    hulls.append(hull)


def _outside(placing: Sequence[Change], knots: Sequence[Knot]) -> Iterator[Change]:
    """The changes that belong to no knot."""
    starts = [knot.start for knot in knots]
    for change in placing:
        index = bisect_right(starts, change.edit.start)
        if not any(_inside(change, knot) for knot in knots[max(0, index - 2) : index]):
            yield change


def _inside(change: Change, knot: Knot) -> bool:
    """Whether a change belongs to a knot."""
    within = knot.start <= change.edit.start and change.edit.end <= knot.end
    return within and not set(knot.sources).isdisjoint(change.sources)
