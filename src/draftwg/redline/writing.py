"""Writing a woven text: the words of the base and of the proposals in order, with the right blanks between them."""

from __future__ import annotations

from draftwg.redline.exact import images, variants
from draftwg.redline.joints import meet, redundant
from draftwg.redline.weave import Woven

__all__ = ["written"]


def written(woven: Woven) -> str:
    """Write a text with all changes that are not at odds.

    Args:
        woven: The changes, as `weave` found them.

    Returns:
        The text: blanks and bytes as in the base or in the one text that differs from it; where words of two
        proposals meet, one blank and no doubled comma.
    """
    return _Writer(woven).write()


class _Writer:
    """Writes a woven text: the words in order, and the right blanks between them."""

    def __init__(self, woven: Woven) -> None:
        self.base, self.others = woven.base, woven.others
        self.loose = woven.loose
        self.images = [images(woven.base, found) for found in woven.placed]
        self.firsts = [{edit[:2]: edit.first for edit in found} for found in woven.placed]
        self.gaps: dict[int, set[str]] = {}
        self.bytes: dict[int, set[str]] = {}
        for other, found, image in zip(woven.others, woven.placed, self.images, strict=True):
            for noted, new in zip((self.bytes, self.gaps), variants(woven.base, other, found, image), strict=True):
                for index, written in new.items():
                    noted.setdefault(index, set()).add(written)
        self.out: list[str] = []
        self.last: tuple[int, int] | None = None  # whose word stands last (-1 the base's), and its index there
        self.passed: list[int] = []  # sources of the changes passed since

    def write(self) -> str:
        """Write the text."""
        place = 0
        for change in sorted(self.loose, key=lambda change: change.edit[:2]):
            self._kept(place, change.edit.start)
            source, place = change.sources[0], change.edit.end
            self.passed.append(source)
            first = self.firsts[source][change.edit[:2]]
            for index in range(first, first + change.edit.last - change.edit.first):
                self._put(self.others[source].words[index], source, index)
            self.passed.append(source)
        self._kept(place, len(self.base.words))
        self.out.append(self._gap(None))
        return "".join(self.out)

    def _kept(self, first: int, last: int) -> None:
        for index in range(first, last):
            word = self.base.words[index]
            self._put(min(self.bytes.get(index, {word})), -1, index)

    def _put(self, word: str, source: int, index: int) -> None:
        gap = self._gap((source, index))
        gone = redundant(self.out[-1], word) if self.out and not self._neighbours((source, index)) else ""
        if gone != "right":
            if gone == "left":
                self.out[-2:] = []
            self.out += (gap, word)
        self.last, self.passed = (source, index), []

    def _ends(self, at: tuple[int, int] | None) -> tuple[int, int, int, int] | None:
        """The texts and places to read the blanks after the last word and before the next one from."""
        if (self.last is None or self.last[0] < 0) and (at is None or at[0] < 0) and not self.passed:
            return None
        left = self.passed[0] if self.last is None or self.last[0] < 0 else self.last[0]
        right = self.passed[-1] if at is None or at[0] < 0 else at[0]
        after, before = -1, len(self.others[right].words)
        if self.last is not None:
            after = self.last[1] if self.last[0] >= 0 else self.images[left][self.last[1]]
        if at is not None:
            before = at[1] if at[0] >= 0 else self.images[right][at[1]]
        return left, after, right, before

    def _neighbours(self, at: tuple[int, int] | None) -> bool:
        """Whether the last word and the next one stand side by side in some text as they are."""
        ends = self._ends(at)
        return ends is None or (ends[0] == ends[2] and ends[1] + 1 == ends[3])

    def _gap(self, at: tuple[int, int] | None) -> str:
        """The blanks between the last word and the next one."""
        ends = self._ends(at)
        if ends is None:
            index = len(self.base.words) if at is None else at[1]
            return min(self.gaps.get(index, {self.base.gaps[index]}))
        left, after, right, before = ends
        one, two = self.others[left], self.others[right]
        if left == right and after + 1 == before:
            return one.gaps[before]
        before_word = one.words[after] if after >= 0 else ""
        after_word = two.words[before] if before < len(two.words) else ""
        return meet(before_word, after_word, one.gaps[after + 1], two.gaps[before])
