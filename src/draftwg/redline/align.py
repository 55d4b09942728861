"""Which words of two sequences are the same: the alignment under a redline.

The way down, each step only inside what the step before left open:

1. common beginning and end;
2. stretches of six words that occur once on each side, the heaviest chain of them in one order
   (the thought of patience diff), so that the cost follows the changed part;
3. a longest common subsequence, exactly, with one bit per word (Hyyrö 2004), of which runs of many words are kept;
4. between them, the chain of matches with the most words for the fewest changes.

Step 3 needs the square of a gap's size in bits; a gap too large for it is cut at rarer signs, at last in proportion,
so no input makes the cost run away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from draftwg.redline.matching import CHAIN_POINTS, Block, Gap, anchors, fewest_changes, subsequence, trusted

__all__ = ["align"]

EXACT_CELLS = 20_000_000
"""The largest gap, as words times words, that is solved exactly: 2.5 MB of bits, about ten milliseconds."""
ANCHORED_CELLS = 150_000
"""Gaps up to this size need no anchors; solving them at once is as fast."""
CERTAIN = 8
"""So many equal words in a row of a longest common subsequence are taken for certain."""
SLACK = 12
"""So many words more on one side between two anchors say nothing."""
CUT = 3_000
"""The size of the pieces when a gap offers no sign at all."""


def common_prefix(a: Sequence[int], b: Sequence[int], low_a: int, low_b: int, limit: int) -> int:
    """How many of at most `limit` words are equal from `low_a` and `low_b` on."""
    step, count = 16, 0
    while count < limit:
        step = min(step, limit - count)
        if a[low_a + count : low_a + count + step] == b[low_b + count : low_b + count + step]:
            count += step
            step *= 2
        elif step == 1:
            break
        else:
            step = max(1, step // 4)
    return count


def common_suffix(a: Sequence[int], b: Sequence[int], high_a: int, high_b: int, limit: int) -> int:
    """How many of at most `limit` words are equal before `high_a` and `high_b`."""
    step, count = 16, 0
    while count < limit:
        step = min(step, limit - count)
        if a[high_a - count - step : high_a - count] == b[high_b - count - step : high_b - count]:
            count += step
            step *= 2
        elif step == 1:
            break
        else:
            step = max(1, step // 4)
    return count


def _runs(pairs: Iterable[tuple[int, int]]) -> list[Block]:
    """Pairs of positions, gathered into blocks."""
    blocks: list[Block] = []
    old = new = size = 0
    for i, j in pairs:
        if size and i == old + size and j == new + size:
            size += 1
            continue
        if size:
            blocks.append(Block(old, new, size))
        old, new, size = i, j, 1
    if size:
        blocks.append(Block(old, new, size))
    return blocks


def _between(gap: Gap, blocks: Sequence[Block]) -> Iterator[Gap]:
    """The gaps before, between and after the blocks inside a gap."""
    low_a, high_a, low_b, high_b = gap
    for old, new, size in blocks:
        yield low_a, old, low_b, new
        low_a, low_b = old + size, new + size
    yield low_a, high_a, low_b, high_b


def _exact(a: Sequence[int], b: Sequence[int], gap: Gap) -> list[Block]:
    """The runs of a longest common subsequence of a gap; words that only one side has are left out at once."""
    low_a, high_a, low_b, high_b = gap
    both = set(a[low_a:high_a]) & set(b[low_b:high_b])
    at_a = [i for i in range(low_a, high_a) if a[i] in both]
    at_b = [j for j in range(low_b, high_b) if b[j] in both]
    if len(at_a) > len(at_b):  # the shorter side makes the rows
        swapped = subsequence([b[j] for j in at_b], [a[i] for i in at_a])
        return _runs((at_a[x], at_b[y]) for y, x in swapped)
    return _runs((at_a[x], at_b[y]) for x, y in subsequence([a[i] for i in at_a], [b[j] for j in at_b]))


def _pieces(gap: Gap) -> list[Gap]:
    """A gap that offers no sign, cut on both sides in proportion."""
    low_a, high_a, low_b, high_b = gap
    parts = -(-max(high_a - low_a, high_b - low_b) // CUT)
    cuts = [(low_a + (high_a - low_a) * n // parts, low_b + (high_b - low_b) * n // parts) for n in range(parts + 1)]
    return [(i, k, j, m) for (i, j), (k, m) in pairwise(cuts)]


def align(a: Sequence[int], b: Sequence[int], weights: Sequence[float], price: float) -> list[Block]:
    """Find what two sequences of words have in common.

    Args:
        a: The old words, as numbers; equal words have equal numbers.
        b: The new words.
        weights: What keeping a word is worth, by its number.
        price: What a run of kept words must be worth, so as not to tear one change in two without need.

    Returns:
        Blocks of equal words, ascending on both sides, none empty, no two that touch on both sides.
    """
    found: list[Block] = []
    todo: list[tuple[Gap, int]] = [((0, len(a), 0, len(b)), 0)]
    while todo:
        (low_a, high_a, low_b, high_b), step = todo.pop()
        limit = min(high_a - low_a, high_b - low_b)
        if not limit:
            continue
        size = common_prefix(a, b, low_a, low_b, limit)
        if size:
            found.append(Block(low_a, low_b, size))
            low_a, low_b, limit = low_a + size, low_b + size, limit - size
        size = common_suffix(a, b, high_a, high_b, limit)
        if size:
            high_a, high_b, limit = high_a - size, high_b - size, limit - size
            found.append(Block(high_a, high_b, size))
        if not limit:
            continue
        gap = (low_a, high_a, low_b, high_b)
        blocks, deeper = _solve(a, b, gap, step, weights, price)
        found += blocks
        todo += deeper
    found.sort()
    return _joined(found)


_WIDTHS = (6, 3, 1)


def _solve(
    a: Sequence[int], b: Sequence[int], gap: Gap, step: int, weights: Sequence[float], price: float
) -> tuple[list[Block], list[tuple[Gap, int]]]:
    """Take one step into a gap: the blocks that are certain, and the gaps left with the step to try on them."""
    low_a, high_a, low_b, high_b = gap
    cells = (high_a - low_a) * (high_b - low_b)
    if step < len(_WIDTHS) and cells > (ANCHORED_CELLS if step == 0 else EXACT_CELLS):
        blocks = anchors(a, b, gap, _WIDTHS[step])
        if cells <= EXACT_CELLS:
            blocks = trusted(blocks, gap, SLACK)
        return blocks, [(inner, 0 if blocks and step else step + 1) for inner in _between(gap, blocks)]
    if cells > EXACT_CELLS:
        return [], [(piece, len(_WIDTHS)) for piece in _pieces(gap)]
    if step <= len(_WIDTHS):
        if cells <= CHAIN_POINTS and (pairs := fewest_changes(a, b, gap, weights, price)) is not None:
            return _runs(pairs), []
        exact = _exact(a, b, gap)
        certain = [block for block in exact if block.size >= CERTAIN]
        return certain, [(inner, len(_WIDTHS) + 1) for inner in _between(gap, certain)]
    pairs = fewest_changes(a, b, gap, weights, price)
    return _runs(pairs) if pairs is not None else _exact(a, b, gap), []


def _joined(blocks: list[Block]) -> list[Block]:
    """Make one of blocks that touch on both sides."""
    result: list[Block] = []
    for block in blocks:
        if result:
            old, new, size = result[-1]
            if old + size == block.old and new + size == block.new:
                result[-1] = Block(old, new, size + block.size)
                continue
        result.append(block)
    return result
