"""The tools of an alignment: chains of blocks, stretches that occur once, longest common subsequences.

Words are whole numbers here; a *gap* is a part of both sequences between two places already aligned.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Block", "Gap", "anchors", "fewest_changes", "heaviest_chain", "subsequence", "trusted"]

CHAIN_POINTS = 1_500
"""So many pairs of equal words may be weighed by `fewest_changes`."""

Gap = tuple[int, int, int, int]
"""Low and high end on the old side, low and high end on the new side."""

_Link = tuple[int, int, "_Link | None"]


class Block(NamedTuple):
    """`size` words from `old` on one side are the `size` words from `new` on the other."""

    old: int
    new: int
    size: int


def heaviest_chain(blocks: list[Block], weights: Sequence[int] | None = None) -> list[Block]:
    """The blocks, in one order on both sides, that weigh the most together.

    Args:
        blocks: Blocks in the order of the old side, of which no two share a word of the old side.
        weights: What each block weighs; its size where nothing is said.

    Returns:
        A chain of them in which both sides ascend.
    """
    ends: list[int] = []
    sums: list[int] = []
    tips: list[int] = []
    before: list[int] = []
    for number, (_, new, size) in enumerate(blocks):
        place = bisect_left(ends, new + 1)
        total = (size if weights is None else weights[number]) + (sums[place - 1] if place else 0)
        before.append(tips[place - 1] if place else -1)
        end = new + size
        place = bisect_left(ends, end)
        if place and sums[place - 1] >= total:
            continue
        stop = place
        while stop < len(ends) and sums[stop] <= total:
            stop += 1
        if place < stop or place == len(ends) or ends[place] != end:
            ends[place:stop], sums[place:stop], tips[place:stop] = [end], [total], [number]
    chain: list[Block] = []
    number = tips[-1] if tips else -1
    while number >= 0:
        chain.append(blocks[number])
        number = before[number]
    return chain[::-1]


def anchors(a: Sequence[int], b: Sequence[int], gap: Gap, width: int) -> list[Block]:
    """Stretches of at least `width` words that occur once in each side of a gap, in one order."""
    low_a, high_a, low_b, high_b = gap
    old, new = a[low_a:high_a], b[low_b:high_b]
    grams_a: list[object] = list(zip(*(old[i:] for i in range(width)), strict=False)) if width > 1 else list(old)
    grams_b: list[object] = list(zip(*(new[i:] for i in range(width)), strict=False)) if width > 1 else list(new)
    count_a, count_b = Counter(grams_a), Counter(grams_b)
    where = {gram: j for j, gram in enumerate(grams_b) if count_b[gram] == 1}
    found: list[Block] = []
    start_a = start_b = size = 0
    for i, gram in enumerate(grams_a):
        j = where.get(gram)
        if j is None or count_a[gram] != 1:
            continue
        if size and i < start_a + size and j - i == start_b - start_a:
            size = i + width - start_a
            continue
        if size:
            found.append(Block(start_a, start_b, size))
        start_a, start_b, size = i, j, width
    if size:
        found.append(Block(start_a, start_b, size))
    chain = heaviest_chain(_apart(found))
    return [Block(low_a + start_a, low_b + start_b, size) for start_a, start_b, size in chain]


def _apart(blocks: list[Block]) -> list[Block]:
    """Shorten every block that reaches into the next one of the old side."""
    cut = [Block(old, new, min(size, after.old - old)) for (old, new, size), after in pairwise(blocks)]
    return cut + blocks[-1:]


def fewest_changes(
    a: Sequence[int], b: Sequence[int], gap: Gap, weights: Sequence[float], price: float
) -> list[tuple[int, int]] | None:
    """The pairs of equal words in a gap whose weight, less a price for every run of them, is greatest.

    A run of kept words costs `price`, for it makes two changes of one.

    Args:
        a: All old words, as numbers.
        b: All new words, as numbers.
        gap: Where to look.
        weights: What keeping a word is worth, by its number.
        price: What a run of kept words costs.

    Returns:
        Pairs of positions in ascending order; None where more than `CHAIN_POINTS` pairs would have to be weighed.
    """
    low_a, high_a, low_b, high_b = gap
    places: dict[int, list[int]] = {}
    for j in range(high_b - 1, low_b - 1, -1):
        places.setdefault(b[j], []).append(j)
    rows = [(i, places[a[i]]) for i in range(low_a, high_a) if a[i] in places]
    if sum(len(columns) for _, columns in rows) > CHAIN_POINTS:
        return None
    ends: list[int] = []  # columns, ascending, with the best sum of a chain that ends there or before
    sums: list[float] = []
    tips: list[_Link] = []
    last_row, last = -2, dict[int, tuple[float, _Link]]()
    for i, columns in rows:
        weight = weights[a[i]]
        current: dict[int, tuple[float, _Link]] = {}
        beside = last if last_row == i - 1 else {}
        for j in columns:
            place = bisect_left(ends, j)
            best, link = (sums[place - 1], tips[place - 1]) if place else (0.0, None)
            best -= price
            if (longer := beside.get(j - 1)) is not None and longer[0] >= best:
                best, link = longer
            current[j] = (best + weight, (i, j, link))
        for j, (total, tip) in current.items():
            place = bisect_left(ends, j)
            if total <= 0 or (place and sums[place - 1] >= total):
                continue
            stop = place
            while stop < len(ends) and sums[stop] <= total:
                stop += 1
            if stop > place or place == len(ends) or ends[place] != j:
                ends[place:stop], sums[place:stop], tips[place:stop] = [j], [total], [tip]
        last_row, last = i, current
    pairs: list[tuple[int, int]] = []
    link = tips[-1] if tips else None
    while link is not None:
        pairs.append((link[0], link[1]))
        link = link[2]
    return pairs[::-1]


def trusted(blocks: Sequence[Block], gap: Gap, slack: int) -> list[Block]:
    """Anchors without those that may have torn something larger apart.

    A short passage that moved can be mistaken for the one that stayed. Then what lies before it is longer on one
    side, what lies after it on the other side, and both by more than the anchors between them hold: aligned
    otherwise, more might be kept.

    Args:
        blocks: The anchors, ascending.
        gap: Where they lie.
        slack: A difference of lengths that means nothing.

    Returns:
        The anchors that no other alignment could outweigh.
    """
    low_a, high_a, low_b, high_b = gap
    kept: list[Block] = []
    first = surplus = weight = 0  # the anchors since the last gap of unequal sides, that surplus, their weight
    for old, new, size in (*blocks, Block(high_a, high_b, 0)):
        more = (old - low_a) - (new - low_b)
        if abs(more) > slack:
            if (more > 0) != (surplus > 0) and weight < min(abs(more), abs(surplus)):
                del kept[first:]
                surplus += more
            else:
                first, surplus = len(kept), more
            weight = 0
        kept.append(Block(old, new, size))
        weight += size
        low_a, low_b = old + size, new + size
    return kept[:-1]


def subsequence(a: Sequence[int], b: Sequence[int]) -> list[tuple[int, int]]:
    """A longest common subsequence, exactly, as pairs of positions in ascending order.

    The bits of a row say at which word of `b` the length does not grow; a row is made from the one before by an
    addition that carries over all words at once.
    """
    masks: dict[int, int] = {}
    for j, word in enumerate(b):
        masks[word] = masks.get(word, 0) | (1 << j)
    row = (1 << len(b)) - 1
    rows = [row]
    for word in a:
        hit = row & masks.get(word, 0)
        if hit:
            row = (row + hit) | (row - hit)
        rows.append(row)
    pairs: list[tuple[int, int]] = []
    i, j = len(a), len(b)
    while i and j:
        if (rows[i] >> (j - 1)) & 1:
            j -= 1
            continue
        i -= 1
        if (rows[i] >> (j - 1)) & 1:
            j -= 1
            pairs.append((i, j))
    return pairs[::-1]
