"""Comparing two texts made of units: which unit became which, then the words inside.

Units are paired in this order, each step only among those that the step before left over:

1. by permanent id, where both sides have it once;
2. by the same wording: first what both sides have once, then neighbours of what is paired, then the rest in order;
3. by likeness: the most words in common, and alone between two paired neighbours with less.

A unit left over, whose words are what a paired unit lost (or gained), makes that one a split (or a merger). Pairs out
of order are moves: the heaviest run in one order stays, counted by length. Labels and numbers are never compared.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from draftwg.redline.compare import Span, compare
from draftwg.redline.matching import Block, heaviest_chain
from draftwg.redline.words import key, tokens

__all__ = ["TextUnit", "UnitChange", "compare_texts", "paragraphs"]

Kind = Literal["same", "changed", "inserted", "deleted", "moved", "split", "merged"]

ALIKE = 0.5
"""From this likeness on two units are one unit that was reworded (1 is the same words, 0 none in common)."""
ALIKE_IN_PLACE = 0.25
"""The same for units that stand between the same neighbours."""
TAKEN_OVER = 0.7
"""The share of a unit's words that must come from a split (or go into a merged) unit."""
CONTAINED = 0.9
"""The share of a unit's words that another must hold for the one to be a part of the other."""
PIECE = 5
"""The fewest words that are taken for a part of another unit."""
RARE = 12
"""A word that more units than these have is no sign by which to look for alike ones."""

_NUMBER = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})*(?:\s(?:bis|ter|quater|quinquies))?[.)]|\d{1,3}(?:\.\d{1,3})+"
    r"|\((?:\d{1,3}|[a-z]{1,4})\)|[a-z]\)|[IVXLC]{1,6}\.)\s+(?=\S)"
)


@dataclass(frozen=True, slots=True)
class TextUnit:
    """A paragraph, recommendation or any other part of a text that has a life of its own."""

    text: str
    """Its wording, without its number."""
    id: str | None = None
    """Its permanent id, if it has one."""
    label: str = ""
    """What people call it at the moment (`15 bis`); never compared."""


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What became of a unit, or of several."""

    kind: Kind
    """What happened."""
    old: tuple[int, ...]
    """The old units, by index: none for an insertion, several for a merger."""
    new: tuple[int, ...]
    """The new units, by index: none for a deletion, several for a split."""
    spans: tuple[Span, ...]
    """The redline of the wording; the units of a split or a merger are joined by a blank line."""


def paragraphs(text: str) -> list[TextUnit]:
    """Cut plain text into units: what stands between blank lines, or lines where there are no blank lines.

    Args:
        text: Any text.

    Returns:
        The paragraphs in order, without blanks around them; a number or letter in front becomes the label.
    """
    parts = re.split(r"\n\s*\n", text)
    if len(parts) == 1:
        parts = text.split("\n")
    units: list[TextUnit] = []
    for part in map(str.strip, parts):
        number = _NUMBER.match(part)
        if number:
            units.append(TextUnit(part[number.end() :], label=number.group().strip()))
        elif part:
            units.append(TextUnit(part))
    return units


def compare_texts(old: Sequence[TextUnit], new: Sequence[TextUnit]) -> list[UnitChange]:
    """Compare two texts unit by unit.

    Args:
        old: The units before.
        new: The units after.

    Returns:
        The changes in the order of the new text, every unit of either side in exactly one of them; deleted units
        follow the unit they followed. A unit of which only the number changed is `same`.
    """
    pairs = _Pairs(old, new)
    pairs.by_id()
    pairs.by_wording()
    pairs.by_likeness()
    parts_of_old = _parts(old, new, pairs.to_new, pairs.to_old)
    parts_of_new = _parts(new, old, pairs.to_old, pairs.to_new)
    moved = _moved(old, pairs.to_new)

    changes: list[tuple[tuple[int, int, int], UnitChange]] = []
    place_of_old: dict[int, int] = {}
    for i, j in pairs.to_new.items():
        into, out_of = parts_of_old.get(i, [j]), parts_of_new.get(j, [i])
        if len(into) > 1 and len(out_of) > 1:
            out_of = [i]
            del parts_of_new[j]
        before = "\n\n".join(old[n].text for n in out_of)
        after = "\n\n".join(new[n].text for n in into)
        spans = tuple(compare(before, after))
        kind: Kind = "same" if before == after else "changed"
        if len(into) > 1:
            kind = "split"
        elif len(out_of) > 1:
            kind = "merged"
        elif i in moved:
            kind = "moved"
        changes.append(((into[0], 0, 0), UnitChange(kind, tuple(out_of), tuple(into), spans)))
        if i not in moved:
            place_of_old.update(dict.fromkeys(out_of, into[-1]))
    told_old = {n for _, change in changes for n in change.old}
    told_new = {n for _, change in changes for n in change.new}
    for j, unit in enumerate(new):
        if j not in told_new:
            spans = (Span("+", unit.text),) if unit.text else ()
            changes.append(((j, 0, 0), UnitChange("inserted", (), (j,), spans)))
    place = -1
    for i, unit in enumerate(old):
        place = place_of_old.get(i, place)
        if i not in told_old:
            spans = (Span("-", unit.text),) if unit.text else ()
            changes.append(((place, 1, i), UnitChange("deleted", (i,), (), spans)))
    changes.sort(key=lambda change: change[0])
    return [change for _, change in changes]


class _Pairs:
    """The pairing of units as it grows."""

    def __init__(self, old: Sequence[TextUnit], new: Sequence[TextUnit]) -> None:
        self.old = old
        self.new = new
        self.to_new: dict[int, int] = {}
        self.to_old: dict[int, int] = {}

    def pair(self, i: int, j: int) -> None:
        """Make one unit of an old and a new one."""
        self.to_new[i] = j
        self.to_old[j] = i

    def by_id(self) -> None:
        """Pair what bears the same id."""
        ids = Counter(unit.id for unit in self.old)
        ids_new = Counter(unit.id for unit in self.new)
        where = {unit.id: j for j, unit in enumerate(self.new) if unit.id is not None and ids_new[unit.id] == 1}
        for i, unit in enumerate(self.old):
            if unit.id in where and ids[unit.id] == 1:
                self.pair(i, where[unit.id])

    def by_wording(self) -> None:
        """Pair what has the same words, byte for byte."""
        places: defaultdict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for i, unit in enumerate(self.old):
            if i not in self.to_new:
                places[unit.text][0].append(i)
        for j, unit in enumerate(self.new):
            if j not in self.to_old:
                places[unit.text][1].append(j)
        for olds, news in places.values():
            if len(olds) == len(news) == 1:
                self.pair(olds[0], news[0])
        for step in (1, -1):
            end_old, end_new = (-1, -1) if step == 1 else (len(self.old), len(self.new))
            for i, j in [(end_old, end_new), *sorted(self.to_new.items())]:
                i, j = i + step, j + step
                while self._open(i, j) and self.old[i].text == self.new[j].text:
                    self.pair(i, j)
                    i, j = i + step, j + step
        for olds, news in places.values():
            left = (n for n in olds if n not in self.to_new)
            for i, j in zip(left, [n for n in news if n not in self.to_old], strict=False):
                self.pair(i, j)

    def _open(self, i: int, j: int) -> bool:
        """Whether both units exist and are not paired."""
        return 0 <= i < len(self.old) and 0 <= j < len(self.new) and i not in self.to_new and j not in self.to_old

    def by_likeness(self) -> None:
        """Pair what has most words in common."""
        bags = {i: _bag(unit.text) for i, unit in enumerate(self.old) if i not in self.to_new}
        bags_new = {j: _bag(unit.text) for j, unit in enumerate(self.new) if j not in self.to_old}
        having: defaultdict[str, list[int]] = defaultdict(list)
        for j, bag in bags_new.items():
            for word in bag:
                having[word].append(j)
        found: list[tuple[float, int, int, int]] = []
        for i, bag in bags.items():
            near = {j for word in bag if len(having.get(word, ())) <= RARE for j in having.get(word, ())}
            for j in near | ({self._opposite(i)} & bags_new.keys()):
                likeness = _likeness(bag, bags_new[j])
                in_place = self._in_place(i, j)
                if likeness >= (ALIKE_IN_PLACE if in_place else ALIKE):
                    found.append((-likeness - 0.1 * in_place, abs(i - j), i, j))
        for _, _, i, j in sorted(found):
            if self._open(i, j):
                self.pair(i, j)

    def _opposite(self, i: int) -> int:
        """The new unit after the one that the unit before `i` became; -1 if that is unknown."""
        return 0 if i == 0 else self.to_new[i - 1] + 1 if i - 1 in self.to_new else -1

    def _in_place(self, i: int, j: int) -> bool:
        """Whether two units stand between the same neighbours."""
        before = self.to_new.get(i - 1) == j - 1 if i and j else i == j
        last = i + 1 == len(self.old) or j + 1 == len(self.new)
        after = i + 1 == len(self.old) and j + 1 == len(self.new) if last else self.to_new.get(i + 1) == j + 1
        return before and after


def _bag(text: str) -> Counter[str]:
    """The words of a text, in small letters, with how often it has them; punctuation does not count."""
    return Counter(word for word in (key(token).casefold() for token in tokens(text)) if word[:1].isalnum())


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The words in common against all words, from 0 to 1 (Dice's measure); a part counts as alike to its whole."""
    common = (one & other).total()
    small, large = sorted((one.total(), other.total()))
    likeness = 2 * common / ((small + large) or 1)
    return max(likeness, ALIKE) if small >= PIECE and common >= CONTAINED * small else likeness


def _parts(
    whole: Sequence[TextUnit], parts: Sequence[TextUnit], to_part: dict[int, int], to_whole: dict[int, int]
) -> dict[int, list[int]]:
    """Which wholes fell into several parts: the unpaired neighbours of a unit's partner that hold what it lost."""
    result: dict[int, list[int]] = {}
    taken: set[int] = set()
    for i, j in sorted(to_part.items()):
        edges = [n for n in (j - 1, j + 1) if 0 <= n < len(parts) and n not in to_whole and n not in taken]
        if not edges or whole[i].text == parts[j].text:
            continue
        lost = _bag(whole[i].text)
        lost.subtract(_bag(parts[j].text))
        low = high = j
        for step in (1, -1):
            n = j + step
            while 0 <= n < len(parts) and n not in to_whole and n not in taken:
                bag = _bag(parts[n].text)
                if not bag or (bag & +lost).total() < TAKEN_OVER * bag.total():
                    break
                lost.subtract(bag)
                taken.add(n)
                low, high = min(low, n), max(high, n)
                n += step
        if low < high:
            result[i] = list(range(low, high + 1))
    return result


def _moved(old: Sequence[TextUnit], to_new: dict[int, int]) -> set[int]:
    """The old units that stand in another order now, so that the heaviest part of the text stays in place."""
    blocks = [Block(i, j, 1) for i, j in sorted(to_new.items())]
    stay = heaviest_chain(blocks, [1 + len(old[block.old].text) for block in blocks])
    return {block.old for block in blocks} - {block.old for block in stay}
