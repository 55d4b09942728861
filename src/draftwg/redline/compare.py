"""Comparing two wordings, word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from draftwg.redline.align import align
from draftwg.redline.graphemes import EXTEND
from draftwg.redline.matching import Block, heaviest_chain, trusted
from draftwg.redline.polish import polish, weight
from draftwg.redline.words import key, tokens

__all__ = ["Span", "compare"]

PRICE = 1.6
"""What a run of kept words must be worth in the alignment: more than a word, less than two."""
LONG = 24
"""Sentences and sentences of so many characters, blanks at the end not counted, may anchor a comparison."""
SLACK = 80
"""So many characters more on one side between two such sentences say nothing."""

_SENTENCE = re.compile(r"[^\n.;。；]*(?:[.;](?!\s)[^\n.;。；]*)*(?:[\n.;。；]\s*|\Z)")


@cache
def _marked_end() -> re.Pattern[str]:
    """Finds a mark on the first character after a sentence; compiled when a text beyond ASCII is met."""
    return re.compile(rf"[\n.;。；]\s*[{EXTEND}]")


class Span(NamedTuple):
    """A stretch of a redline.

    Attributes:
        op: `=` for kept words, `-` for words taken out, `+` for words put in.
        text: The words with their blanks, never empty.
    """

    op: str
    text: str


def compare(old: str, new: str) -> list[Span]:
    """Compare two wordings, word by word, and mark the changes as a person would.

    The spans `=` and `-` together are the old text, `=` and `+` the new one, byte for byte. Between two kept
    spans stands at most one `-` and then at most one `+`.

    Args:
        old: The wording before; any string.
        new: The wording after.

    Returns:
        The redline; empty if both texts are.
    """
    if old == new:
        return [Span("=", old)] if old else []
    pen = _Pen()
    numbers = _Numbers()
    for same, before, after in _parts(old, new):
        if same:
            pen.keep(before)
        else:
            _words(before, after, numbers, pen)
    return pen.spans()


class _Numbers(dict[str, int]):
    """Gives every token a number, the same to tokens of one key, and tells what a number weighs."""

    def __init__(self) -> None:
        super().__init__()
        self.weights: list[float] = []
        self._of_key: dict[str, int] = {}

    def __missing__(self, token: str) -> int:
        word = key(token)
        number = self._of_key.get(word)
        if number is None:
            number = self._of_key[word] = len(self.weights)
            self.weights.append(1.0 if word.isascii() and word[:1].isalnum() else weight(word))
        self[token] = number
        return number


class _Pen:
    """Writes spans: gathers what was taken out and put in until words are kept again."""

    def __init__(self) -> None:
        self._spans: list[Span] = []
        self._kept: list[str] = []
        self._gone: list[str] = []
        self._come: list[str] = []

    def change(self, gone: str, come: str) -> None:
        """Take out and put in."""
        self._gone.append(gone)
        self._come.append(come)

    def keep(self, text: str) -> None:
        """Keep some text."""
        if not text:
            return
        if self._gone:
            blanks = self._flush()
            self._kept.append(blanks)
        self._kept.append(text)

    def _flush(self) -> str:
        """Write the pending change; return the blanks after it that did not change."""
        gone, come = "".join(self._gone), "".join(self._come)
        blanks = gone[len(gone.rstrip()) :]
        if blanks and come[len(come.rstrip()) :] == blanks:
            gone, come = gone[: -len(blanks)], come[: -len(blanks)]
        else:
            blanks = ""
        self._gone, self._come = [], []
        if gone == come:  # the same text, cut into other words on each side
            return gone + blanks
        if gone or come:
            if kept := "".join(self._kept):
                self._spans.append(Span("=", kept))
            self._kept = []
            self._spans += [Span(op, text) for op, text in (("-", gone), ("+", come)) if text]
        return blanks

    def spans(self) -> list[Span]:
        """Everything written."""
        if self._gone:
            blanks = self._flush()
            self._kept.append(blanks)
        if kept := "".join(self._kept):
            self._spans.append(Span("=", kept))
            self._kept = []
        return self._spans


def _parts(old: str, new: str) -> Iterator[tuple[bool, str, str]]:
    """Cut two texts at long sentences that both have once: (whether equal, old part, new part) in order.

    Only a first help, so that unchanged sentences cost next to nothing: where sentences were wrapped anew or
    paragraphs joined, the part between two such sentences is simply longer.
    """
    if any(not text.isascii() and _marked_end().search(text) for text in (old, new)):
        yield False, old, new
        return
    blocks = heaviest_chain(_common_sentences(old, new))
    i = j = 0
    for low_a, low_b, size in trusted(blocks, (0, len(old), 0, len(new)), SLACK):
        if i < low_a or j < low_b:
            yield False, old[i:low_a], new[j:low_b]
        yield True, old[low_a : low_a + size], ""
        i, j = low_a + size, low_b + size
    if i < len(old) or j < len(new):
        yield False, old[i:], new[j:]


def _common_sentences(old: str, new: str) -> list[Block]:
    """The long sentences that both texts have once, by character: where in the old, where in the new, how long."""
    once = _sentences_once(new)
    return [
        Block(start, there, len(sentence))
        for sentence, start in _sentences_once(old).items()
        if (there := once.get(sentence)) is not None and len(sentence.rstrip()) >= LONG
    ]


def _sentences_once(text: str) -> dict[str, int]:
    """Where the sentences and sentences begin that a text has once, each with the blanks after it."""
    sentences = _SENTENCE.findall(text)
    starts = accumulate(map(len, sentences), initial=0)
    count = Counter(map(str.rstrip, sentences))  # the same before another blank is the same
    return {
        sentence: start for sentence, start in zip(sentences, starts, strict=False) if count[sentence.rstrip()] == 1
    }


def _words(old: str, new: str, numbers: _Numbers, pen: _Pen) -> None:
    """Compare two parts of the texts word by word."""
    before, after = tokens(old), tokens(new)
    a, b = [numbers[word] for word in before], [numbers[word] for word in after]
    i = j = 0
    for low_a, low_b, size in polish(before, after, a, b, align(a, b, numbers.weights, PRICE), numbers.weights):
        if i < low_a or j < low_b:
            pen.change("".join(before[i:low_a]), "".join(after[j:low_b]))
        i, j = low_a + size, low_b + size
        _same(before[low_a:i], after[low_b:j], pen)
    if i < len(before) or j < len(after):
        pen.change("".join(before[i:]), "".join(after[j:]))


def _same(before: list[str], after: list[str], pen: _Pen) -> None:
    """Write words that are kept, but whose bytes may differ: other blanks, or a letter composed otherwise."""
    if before == after:
        pen.keep("".join(before))
        return
    for was, is_now in zip(before, after, strict=True):
        if was == is_now:
            pen.keep(was)
            continue
        word, word_now = was.rstrip(), is_now.rstrip()
        if word == word_now:
            pen.keep(word)
            pen.change(was[len(word) :], is_now[len(word) :])
        else:
            pen.change(was, is_now)
