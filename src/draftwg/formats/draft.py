"""What a reader found in a source, before it becomes part of a meeting."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from draftwg.model.text import Section

_SCRIPTS = {
    "ar": re.compile("[\u0600-\u06ff\u0750-\u077f]"),
    "zh": re.compile("[\u3400-\u9fff\uf900-\ufaff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
}
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]+")
_FREQUENT = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in that should shall with for by on which is are",
        "fr": "le la les des du de et à que aux dans une pour sur par qui est sont leur",
        "es": "el la los las del de y a que en una para por con se su sus al es son",
    }.items()
}
_WORD = re.compile("[\u3400-\u9fff\uf900-\ufaff]|[^\\W\u3400-\u9fff\uf900-\ufaff]+(?:[-'’.][^\\W\u3400-\u9fff]+)*")


@dataclass(frozen=True, slots=True)
class DraftUnit:
    """A unit as found: one paragraph a line, the path of its section ("" for none), the source lines it came from."""

    label: str
    text: str
    section_path: str = ""
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A run of source lines (counted from 1) that was not taken, how many words it holds, and why it was left out."""

    first_line: int
    last_line: int
    words: int
    why: str


@dataclass(frozen=True)
class Draft:
    """A text as found in a source.

    `number` is "II" where the units hang in a larger paper, else ""; `noun` what a unit is called, in English
    ("recommendation"); `language` a BCP 47 tag; `left_out` and `warnings` are there for a person to check.
    """

    title: str
    number: str
    noun: str
    language: str
    sections: tuple[Section, ...]
    units: tuple[DraftUnit, ...]
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()


def guess_language(text: str) -> str:
    """The official language (ar, zh, en, fr, ru, es) that `text` is most likely in; "en" where none is likely."""
    sample = text[:20_000]
    latin = _LATIN.findall(sample)
    letters = sum(len(word) for word in latin)
    for language, script in _SCRIPTS.items():
        count = len(script.findall(sample))
        if (
            count > 0 and count * (3 if language == "zh" else 1) > letters
        ):  # a Chinese character is worth about three letters
            return language
    words = [word.lower() for word in latin]
    scores = {language: sum(word in frequent for word in words) for language, frequent in _FREQUENT.items()}
    return max(scores, key=lambda language: (scores[language], language == "en"))


def count_words(text: str) -> int:
    """The number of words in `text`; a Chinese character counts as one word."""
    return len(_WORD.findall(text))


def merge_left_out(found: Iterable[LeftOut], kept_lines: Iterable[int]) -> tuple[LeftOut, ...]:
    """Join neighbours with the same reason into runs, where no kept line lies between them; sorted by line."""
    kept = sorted(set(kept_lines))
    runs: list[LeftOut] = []
    place = 0
    for item in sorted(found, key=lambda item: (item.first_line, item.last_line)):
        if runs:
            last = runs[-1]
            while place < len(kept) and kept[place] <= last.last_line:
                place += 1
            if last.why == item.why and not (place < len(kept) and kept[place] < item.first_line):
                end = max(last.last_line, item.last_line)
                runs[-1] = LeftOut(last.first_line, end, last.words + item.words, item.why)
                continue
        runs.append(item)
    return tuple(runs)
