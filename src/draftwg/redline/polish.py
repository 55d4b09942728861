"""Making an alignment readable: what a person would have marked.

Three rules, in this order, none of which changes what the redline says:

* **Slide.** A stretch put in or taken out, that could as well begin some words earlier or later, begins and ends at
  the best border there is: of a paragraph, a sentence, a clause, a word. If it can touch the next change, it does.
* **Absorb.** Few words kept between two changes are an accident where the changes are large: the three become one
  change. What that costs is held against the changes on both sides, so the marked words grow by a share at most.
* **Attach.** A full stop, comma or colon that changed is shown with the word it follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from draftwg.redline.matching import Block

__all__ = ["polish", "weight"]

SHARE = 0.1
"""Kept words may be absorbed if their marks are at most this share of the marks on both sides of them."""
SIGN_WEIGHT = 0.3
"""What a sign of punctuation counts beside a word."""
HAN_WEIGHT = 1.35
"""What a Chinese character counts: a change seldom leaves one of them by accident, as it leaves an `of`."""
WIDEST = 3
"""No more words than these are absorbed at once."""
SMALL = 6
"""Words of both sides together, up to which a change is small."""
BRACKETED = 4
"""Tokens of both sides of a word that got a pair of brackets."""
TELLING = 4
"""Letters from which on a word tells something: `of` and `the` do not."""

_FAR = float("inf")
_STOPS = frozenset(".,;:!?…،؛؟۔।·")
_SENTENCE = frozenset(".!?…؟۔।。！？")
_JOINING = frozenset(
    (
        "and",
        "or",
        "nor",
        "but",
        "et",
        "ou",
        "mais",
        "y",
        "o",
        "pero",
        "и",
        "или",
        "а",
        "но",
        "أو",
        "和",
        "或",
        "及",
        "与",
        "และ",
    )
)
"""A stretch that could begin with one of these does: “, and by air” was put in, not “by air, and”."""
_CLAUSE = frozenset(",;:،؛，；：、")


def weight(word: str) -> float:
    """What a token without its blanks counts as a marked word: a sign of punctuation counts less."""
    if "\u3400" <= word[:1] <= "\u9fff":
        return HAN_WEIGHT
    return 1.0 if any(map(str.isalnum, word)) else SIGN_WEIGHT


def border(before: str) -> int:
    """How good a border is after a token: 0 inside a cluster of signs … 5 at the end of a paragraph."""
    word = before.rstrip()
    blanks = before[len(word) :]
    if "\n" in blanks:
        return 5
    if word[-1:] in _SENTENCE:
        return 4 if blanks or not word.isascii() else 1
    if word[-1:] in _CLAUSE:
        return 3 if blanks or not word.isascii() else 1
    return 1 if blanks else 0


def polish(
    old: Sequence[str],
    new: Sequence[str],
    a: Sequence[int],
    b: Sequence[int],
    blocks: Sequence[Block],
    weights: Sequence[float],
) -> list[Block]:
    """Make an alignment readable.

    Args:
        old: The old tokens.
        new: The new tokens.
        a: The old tokens as numbers, equal for equal words.
        b: The new tokens as numbers.
        blocks: What the two sides have in common, ascending.
        weights: What a token counts as a marked word, by its number.

    Returns:
        What shall be shown as kept, ascending.
    """
    kept = [_Kept(0, 0, 0), *(_Kept(*block) for block in blocks), _Kept(len(a), len(b), 0)]
    kept = _restore(old, a, b, kept, weights)
    _slide(old, new, a, b, kept)
    kept = _solid(kept)
    fewer = _absorb(a, b, kept, weights)
    if len(fewer) < len(kept):
        _slide(old, new, a, b, fewer)
        kept = _solid(fewer)
    _attach(old, new, kept)
    return [Block(block.old, block.new, block.size) for block in kept if block.size]


class _Kept:
    """A block that can grow and shrink; the first and the last of a list are empty and mark the ends."""

    __slots__ = ("new", "old", "size")

    def __init__(self, old: int, new: int, size: int) -> None:
        self.old = old
        self.new = new
        self.size = size

    def apart(self, after: _Kept) -> bool:
        """Whether anything changed between this block and the one after it."""
        return self.old + self.size < after.old or self.new + self.size < after.new


def _solid(kept: list[_Kept]) -> list[_Kept]:
    """The same without blocks that have become empty, the ends excepted."""
    return [kept[0], *(block for block in kept[1:-1] if block.size), kept[-1]]


def _restore(
    old: Sequence[str], a: Sequence[int], b: Sequence[int], kept: list[_Kept], weights: Sequence[float]
) -> list[_Kept]:
    """Keep a telling word inside a small change, and any word that only got brackets or quotation marks."""
    result = [kept[0]]
    for before, after in pairwise(kept):
        i, j = before.old + before.size, before.new + before.size
        words = after.old - i + after.new - j
        if i < after.old and j < after.new and 2 < words <= SMALL:
            shortest = 1 if words <= BRACKETED else TELLING
            for at in range(i, after.old):
                word = a[at]
                if weights[word] == 1 and len(old[at].rstrip()) >= shortest and word in b[j : after.new]:
                    j = b.index(word, j, after.new) + 1
                    result.append(_Kept(at, j - 1, 1))
        result.append(after)
    return result


def _slide(old: Sequence[str], new: Sequence[str], a: Sequence[int], b: Sequence[int], kept: list[_Kept]) -> None:
    """Move pure insertions and deletions to their best border."""
    for number in range(len(kept) - 1):
        before, after = kept[number], kept[number + 1]
        i, j = before.old + before.size, before.new + before.size
        if (i == after.old) == (j == after.new):
            continue
        side, words, start, stop = (b, new, j, after.new) if i == after.old else (a, old, i, after.old)
        back = 0
        while back < before.size and side[start - 1 - back] == side[stop - 1 - back]:
            back += 1
        forth = 0
        while forth < after.size and side[start + forth] == side[stop + forth]:
            forth += 1
        if not back and not forth:
            continue
        shifts = (0, *range(1, forth + 1), *range(-1, -back - 1, -1))
        # Touching the change before or after makes one change of two.
        touch = {-before.size} if number and kept[number - 1].apart(before) else set[int]()
        if number + 2 < len(kept) and after.apart(kept[number + 2]):
            touch.add(after.size)
        touch.discard(0)
        best = max(
            shifts,
            key=lambda shift: (
                shift in touch,
                (border(words[start + shift - 1]) if start + shift else 5) + border(words[stop + shift - 1]),
                words[start + shift].strip().casefold() in _JOINING,
            ),
        )
        before.size += best
        after.old, after.new, after.size = after.old + best, after.new + best, after.size - best


def _absorb(a: Sequence[int], b: Sequence[int], kept: list[_Kept], weights: Sequence[float]) -> list[_Kept]:
    """Give up kept words that are few beside the changes on both sides of them."""
    weigh = weights.__getitem__
    changed = [
        sum(map(weigh, a[before.old + before.size : after.old]))
        + sum(map(weigh, b[before.new + before.size : after.new]))
        for before, after in pairwise(kept)
    ]
    costs = [
        2 * sum(map(weigh, a[block.old : block.old + block.size])) if block.size <= WIDEST else _FAR for block in kept
    ]
    costs[0] = costs[-1] = _FAR
    again = True
    while again:
        again = False
        stay, gaps, prices = [kept[0]], [changed[0]], [costs[0]]
        for number in range(1, len(kept)):
            block, cost = kept[number], costs[number]
            left = gaps[-1]
            right = changed[number] if number < len(changed) else 0.0
            if left and right and cost <= SHARE * (left + right):
                gaps[-1] = left + right
                again = True
                continue
            stay.append(block)
            prices.append(cost)
            gaps.append(right)
        kept, changed, costs = stay, gaps[:-1], prices
    return kept


def _attach(old: Sequence[str], new: Sequence[str], kept: list[_Kept]) -> None:
    """Show a changed full stop, comma or colon with the word before it."""
    for before, after in pairwise(kept):
        i, j = before.old + before.size, before.new + before.size
        if not before.size or not before.apart(after):
            continue
        gone, come = old[i : after.old], new[j : after.new]
        if gone and come:
            stops = gone[0][0] in _STOPS and come[0][0] in _STOPS and gone[0] != come[0]
        else:
            stops = all(word[0] in _STOPS for word in (*gone, *come))
        if stops and _is_bare(old[i - 1]) and _is_bare(new[j - 1]):
            before.size -= 1


def _is_bare(word: str) -> bool:
    """Whether a token is a word of a script with blanks, and has none after it."""
    return word[-1].isalnum() and not "\u2e80" <= word[-1] <= "\u9fff"
