"""Exact edits: which words of a base a proposal takes out, and which it puts in their place.

`compare` makes redlines for readers and may show a few kept words as changed. Whether two proposals touch the
same words must not depend on such polish: the edits here come from a longest common subsequence of words. One
thing only is coarser: where fewer than one in four words of a rewriting stay, the words that stay are taken as
chance and belong to it, so that nobody's change is woven into a sentence that another has written anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from draftwg.redline.words import key, tokens

__all__ = ["Cut", "Edit", "alike", "cut", "edits", "image", "images", "slide", "variants"]

_CHANCE = 4  # a rewriting keeps fewer than one word in so many: see `_absorbed`


@dataclass(frozen=True, slots=True)
class Cut:
    """A text cut into words and the blanks between them.

    `gaps[i]` are the blanks before word `i`, `gaps[len(words)]` those at the end; `starts[i]` is the place of
    word `i` in the text, `starts[len(words)]` the length of the text; `keys` are what words are compared by.
    """

    text: str
    words: tuple[str, ...]
    gaps: tuple[str, ...]
    starts: tuple[int, ...]
    keys: tuple[str, ...]

    def slice(self, first: int, last: int) -> str:
        """The text of words `first` to `last` (exclusive), without the blanks around them."""
        return self.text[self.starts[first] : self.end(last - 1)] if first < last else ""

    def end(self, word: int) -> int:
        """The place just after a word; 0 for the word before the first."""
        return self.starts[word] + len(self.words[word]) if word >= 0 else 0


class Edit(NamedTuple):
    """Words `start` to `end` of the base give way to words `first` to `last` of the other text (ends excluded)."""

    start: int
    end: int
    first: int
    last: int

    def moved(self, by: int) -> Edit:
        """The same edit, so many words further on (see `slides`)."""
        return Edit(self.start + by, self.end + by, self.first + by, self.last + by)


@lru_cache(maxsize=512)
def cut(text: str) -> Cut:
    """Cut a text into words and blanks.

    Args:
        text: Any string.

    Returns:
        The cut text; words and gaps put together in turn are the text again.
    """
    found = tokens(text)
    blank = found[0] if found and found[0].isspace() else ""  # at the very start, blanks are a token of their own
    if blank:
        del found[0]
    words = tuple([token.rstrip() for token in found])
    gaps = (blank, *[token[len(word) :] for token, word in zip(found, words, strict=True)])
    starts = tuple(accumulate(map(len, found), initial=len(blank)))
    keys = words if text.isascii() else tuple(map(key, words))
    return Cut(text, words, gaps, starts, keys)


def alike(one: Sequence[str], other: Sequence[str]) -> int:
    """With how many words, or characters, both begin."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        half = (least + most + 1) // 2
        if one[least:half] == other[least:half]:
            least = half
        else:
            most = half - 1
    return least


@lru_cache(maxsize=1024)
def edits(base: Cut, other: Cut) -> tuple[Edit, ...]:
    """The smallest set of edits that turns one text into another, word by word.

    Args:
        base: The text to start from.
        other: The text to arrive at.

    Returns:
        The edits in order, with at least one kept word between two of them. Words of one key are the same
        word; blanks and the bytes of a word (composed or not) are not looked at.
    """
    a, b = base.keys, other.keys
    if a == b:
        return ()
    head, shorter = 0, min(len(a), len(b))
    while head < shorter and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < shorter - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    inner = _opcodes(a[head : len(a) - tail], b[head : len(b) - tail])
    return tuple(edit.moved(head) for edit in _absorbed(inner))


def _opcodes(a: Sequence[str], b: Sequence[str]) -> list[Edit]:
    """Align two sequences exactly.

    The lengths of common subsequences are kept as the bits of one whole number per word of `b` (H. Hyyrö,
    "Bit-parallel LCS-length computation revisited", 2004), which Python adds and masks at one go.
    """
    if not a or not b:
        return [Edit(0, len(a), 0, len(b))] if a or b else []
    places: dict[str, int] = {}
    for index, word in enumerate(a):
        places[word] = places.get(word, 0) | 1 << index
    full = (1 << len(a)) - 1
    row, rows = full, []
    for word in b:
        hits = row & places.get(word, 0)
        row = (row + hits | row - hits) & full
        rows.append(row)
    found: list[Edit] = []
    i, j = len(a), len(b)
    end, last = i, j
    while i and j:
        if rows[j - 1] >> (i - 1) & 1:
            i -= 1
        elif j > 1 and not rows[j - 2] >> (i - 1) & 1:
            j -= 1
        else:  # a kept word; what was passed since the last one is an edit
            if (i, j) != (end, last):
                found.append(Edit(i, end, j, last))
            i, j = i - 1, j - 1
            end, last = i, j
    if (end, last) != (0, 0):
        found.append(Edit(0, end, 0, last))
    return found[::-1]


def _absorbed(found: Sequence[Edit]) -> list[Edit]:
    """Take lone words between two big changes into one change."""
    out: list[Edit] = []
    for edit in found:
        out.append(edit)
        while len(out) > 1:
            one, two = out[-2:]
            island = two.start - one.end
            both = Edit(one.start, two.end, one.first, two.last)
            if island * _CHANCE >= min(both.end - both.start, both.last - both.first):
                break
            out[-2:] = [both]
    return out


def slide(base: Cut, other: Cut, edit: Edit, low: int, high: int) -> tuple[int, int]:
    """How far an edit could stand elsewhere and still give the same text.

    "a, b, c" becomes "a, c" by taking out "b," or ", b": the words say the same, the places differ.

    Args:
        base: The text the edit starts from.
        other: The text it arrives at.
        edit: The edit; only one that takes out, or puts in, can slide.
        low: The first word of the base it may come to.
        high: The word of the base before which it must end.

    Returns:
        The number of words (≤ 0) it can go back and (≥ 0) forward.
    """
    back = forward = 0
    deleted, inserted = edit.end > edit.start, edit.last > edit.first
    if deleted != inserted:
        keys, begin, stop = (base.keys, *edit[:2]) if deleted else (other.keys, *edit[2:])
        while edit.start + back > low and keys[begin + back - 1] == keys[stop + back - 1]:
            back -= 1
        while edit.end + forward < high and keys[begin + forward] == keys[stop + forward]:
            forward += 1
    return back, forward


def images(base: Cut, found: Sequence[Edit]) -> list[int]:
    """Where each word of the base stands in the other text.

    Args:
        base: The text the edits start from.
        found: The edits, in order.

    Returns:
        The index of the word in the other text, -1 for a word taken out; last, one more entry with the number
        of words of the other text.
    """
    out: list[int] = []
    ends = [Edit(0, 0, 0, 0), *found]
    stop = Edit(len(base.words), len(base.words), 0, 0)
    for one, two in pairwise([*ends, stop]):
        out += range(one.last, one.last + two.start - one.end)
        out += [-1] * (two.end - two.start)
    out.append(ends[-1].last + len(base.words) - ends[-1].end)
    return out


def image(where: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Where words of a base stand in a text made from it, with what was put in at their borders.

    Args:
        where: Where each word stands (`images`).
        start: The first word; the one before it must be kept.
        end: The word after the last; it must be kept, or be the end.

    Returns:
        The first word, and the word after the last, in the other text.
    """
    return where[start - 1] + 1 if start else 0, where[end]


def variants(
    base: Cut, other: Cut, found: Sequence[Edit], image: Sequence[int]
) -> tuple[dict[int, str], dict[int, str]]:
    """Where a text writes kept words, or the blanks between them, with other bytes than the base.

    Args:
        base: The base.
        other: The text made from it.
        found: The edits between them.
        image: Where the words of the base stand in the other text (`images`).

    Returns:
        By index of a base's word: the word as written there; by index of a base's gap: the blanks.
    """
    words: dict[int, str] = {}
    gaps: dict[int, str] = {}
    size = len(base.words)
    starts = [0, *(edit.end for edit in found)]
    stops = [*(edit.start for edit in found), size]
    for start, stop in zip(starts, stops, strict=True):
        if start >= stop or base.slice(start, stop) == other.slice(image[start], image[start] + stop - start):
            continue
        for index in range(start, stop):
            if base.words[index] != other.words[image[index]]:
                words[index] = other.words[image[index]]
            if index > start and base.gaps[index] != other.gaps[image[index]]:
                gaps[index] = other.gaps[image[index]]
    if (not found or found[0].start > 0) and base.gaps[0] != other.gaps[0]:
        gaps[0] = other.gaps[0]
    if (not found or found[-1].end < size) and base.gaps[size] != other.gaps[-1]:
        gaps[size] = other.gaps[-1]
    return words, gaps
