"""Finding quoted words in a text: as they stand, with other quotation marks or blanks, or nearly so."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from draftwg.redline.exact import Cut, cut

__all__ = ["Place", "fold", "level", "locate", "occurrences"]

_QUOTES = str.maketrans({**dict.fromkeys("’‘‛ʼ′´`", "'"), **dict.fromkeys("“”„‟«»″", '"'), "‐": "-", "‑": "-"})
_LEAST = 0.6  # below this share of common characters, words are not the words looked for
_TRIED = 12  # so many of the likeliest places are compared closely


@dataclass(frozen=True, slots=True)
class Place:
    """Where words were found.

    `fit` is 1.0 for the words exactly as quoted, 0.99 where only the shape of quotes, the composition of accents or
    blanks differ, less for a near match; `rivals` is the number of other places that fit as well.
    """

    start: int
    end: int
    fit: float
    words: str
    rivals: int = 0


def level(text: str) -> str:
    """A text as it is searched while one types: small letters, one form of quotes and hyphens.

    Args:
        text: Any string.

    Returns:
        The text levelled; it may be longer or shorter where a script has letters that are.
    """
    return text.casefold() if text.isascii() and "`" not in text else text.translate(_QUOTES).casefold()


@lru_cache(maxsize=256)
def fold(text: str) -> tuple[str, tuple[int, ...]]:
    """A text in one form of quotes, accents and blanks, and the way back.

    Args:
        text: Any string.

    Returns:
        The folded text and, for each of its characters and for its end, the place in the given text.
    """
    if text.isascii() and "`" not in text and not re.search(r"\s\s|[^\S ]", text):
        return text, tuple(range(len(text) + 1))
    out: list[str] = []
    places: list[int] = []
    index = 0
    while index < len(text):
        stop = index + 1
        if text[index].isspace():
            while stop < len(text) and text[stop].isspace():
                stop += 1
            folded = " "
        else:
            while stop < len(text) and unicodedata.combining(text[stop]):
                stop += 1
            folded = unicodedata.normalize("NFC", text[index:stop]).translate(_QUOTES)
        out.append(folded)
        places += [index] * len(folded)
        index = stop
    places.append(len(text))
    return "".join(out), tuple(places)


def occurrences(text: str, quoted: str) -> list[tuple[int, int]]:
    """All places of quoted words, tolerant to the shape of quotes, to composition and to runs of blanks.

    Args:
        text: The text to search.
        quoted: The words; blanks around them do not count.

    Returns:
        The places that begin and end at a word's border; where there is none, those inside words.
    """
    folded, places = fold(text)
    sought = fold(quoted.strip())[0]
    if not sought:
        return []
    found = []
    at = folded.find(sought)
    while at >= 0:
        found.append((at, at + len(sought)))
        at = folded.find(sought, at + 1)
    whole = [place for place in found if _bordered(folded, *place)]
    return [(places[start], places[end]) for start, end in whole or found]


def _bordered(text: str, start: int, end: int) -> bool:
    """Whether neither end of a stretch is inside a word; hyphens and apostrophes tie words together."""
    return not (_ties(text, start) or _ties(text, end))


def _ties(text: str, at: int) -> bool:
    """Whether the characters on both sides of a place belong to one word."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if left in "-'" and at > 1:
        left = text[at - 2]
    elif right in "-'" and at + 1 < len(text):
        right = text[at + 1]
    return _lettered(left) and _lettered(right)


def _lettered(char: str) -> bool:
    """Whether a character belongs to a word of a script that sets blanks between words."""
    return char.isalnum() and not "\u2e80" <= char <= "\u9fff" and not "\u0e00" <= char <= "\u0eff"


def locate(text: str, quoted: str) -> Place | None:
    """Find the place that quoted words mean.

    Args:
        text: The text to search.
        quoted: The words as somebody wrote them: there may be a typing error, other quotation marks, a comma
            missing.

    Returns:
        The best place, with how well it fits and how many others fit as well; None where nothing is near.
    """
    quoted = quoted.strip()
    if not quoted or not text:
        return None
    exact = occurrences(text, quoted)
    if exact:
        start, end = exact[0]
        words = text[start:end]
        return Place(start, end, 1.0 if words == quoted else 0.99, words, len(exact) - 1)
    return _near(cut(text), cut(quoted))


def _near(text: Cut, quoted: Cut) -> Place | None:
    """The stretch of words that comes nearest."""
    if not quoted.words or not text.words:
        return None
    goal = _plain(quoted.text)
    best: list[tuple[float, int, int]] = []
    for start, length in _windows(text, quoted):
        end = min(start + length, len(text.words))
        matcher = SequenceMatcher(None, "", goal, autojunk=False)
        for first in range(max(0, start - 1), min(start + 2, end)):
            for last in range(max(first + 1, end - 2), min(end + 2, len(text.words)) + 1):
                matcher.set_seq1(_plain(text.slice(first, last)))
                if best and matcher.quick_ratio() < best[0][0]:
                    continue
                best.append((matcher.ratio(), first, last))
        best.sort(key=lambda item: (-item[0], item[1], item[2]))
        best = best[:8]
    if not best or best[0][0] < _LEAST:
        return None
    fit, first, last = best[0]
    apart = [item for item in best[1:] if item[0] == fit and (item[1] >= last or item[2] <= first)]
    start, stop = text.starts[first], text.end(last - 1)
    return Place(start, stop, min(round(fit, 3), 0.98), text.text[start:stop], len(apart))


def _windows(text: Cut, quoted: Cut) -> list[tuple[int, int]]:
    """The likeliest stretches (first word, number of words), by the letters' pairs they share with the quotation."""
    length = len(quoted.words)
    pairs = Counter(pair for word in quoted.words for pair in _pairs(word))
    scores = [sum(min(count, 2) for pair in _pairs(word) if (count := pairs.get(pair, 0))) for word in text.words]
    running = sum(scores[:length])
    sums = [(running, 0)]
    for start in range(1, max(1, len(scores) - length + 1)):
        running += scores[start + length - 1] - scores[start - 1]
        sums.append((running, start))
    likely = sorted(sums, key=lambda item: (-item[0], item[1]))[:_TRIED]
    return [(start, length) for score, start in likely if score]


def _pairs(word: str) -> list[str]:
    """The pairs of neighbouring letters of a word."""
    plain = f"{_plain(word)} "
    return [plain[index : index + 2] for index in range(len(plain) - 1)]


def _plain(text: str) -> str:
    """A text folded, without its capitals."""
    return fold(text)[0].casefold()
