"""Which part of a text each paragraph of a file is: the title, a heading, the label of a unit, words of it, or none.

A paragraph is taken for words of a unit where it reads like them, letter for letter or nearly; numbers in front do
not count. The version whose words a file has is found the same way, by content.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from draftwg.formats.headings import heading_line, numbered, strip_emphasis, unit_heading
from draftwg.formats.receiving.pieces import Passage
from draftwg.model.labels import normal_label
from draftwg.model.text import Text, Unit
from draftwg.redline.finding import fold

NEAR = 0.5
"""From this share of words in common, a paragraph is taken for a changed line of a unit, wherever it stands."""
NEAR_IN_PLACE = 0.25
"""The same where it stands under the label of that unit."""
_RARE = 12
_TRIED = 8
_NUMBER = re.compile(r"(?:\d{1,4}(?:\s?(?:bis|ter|quater))?[.)]|\(?[a-z]{1,4}\)|\([^\W\d_]{1,3}\)|[-–•*])\s+")
_WORDS = re.compile("[\u3400-\u9fff\uf900-\ufaff]|[^\\W\u3400-\u9fff\uf900-\ufaff]+")


@dataclass(frozen=True, slots=True)
class Spot:
    """What a paragraph is: its kind, the id of its unit (or the path of its section), its line there, how well it
    fits, and how many characters of a number or label stand before the words."""

    kind: Literal["", "title", "heading", "label", "words", "new label"]
    key: str = ""
    line: int = -1
    fit: float = 0.0
    cut: int = 0


NOWHERE = Spot("")


class Base:
    """A text, ready to have paragraphs found in it."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.lines: list[tuple[str, int, str]] = []
        self.of: dict[str, list[int]] = defaultdict(list)
        self.exact: dict[str, list[int]] = defaultdict(list)
        self.labels: dict[str, Unit] = {}
        self.headings = {_key(heading_line(text.noun, unit.label, text.language)): unit for unit in text.standing}
        self.sections: dict[str, str] = {}
        for section in text.sections:
            for words in (f"{section.number}. {section.title}" if section.number else section.title, section.title):
                self.sections.setdefault(_key(words), section.path)
        for unit in text.standing:
            self.labels.setdefault(unit.label.casefold(), unit)
            for line, words in enumerate(unit.text.split("\n")):
                self.of[unit.id].append(len(self.lines))
                self.exact[_key(words)].append(len(self.lines))
                self.lines.append((unit.id, line, words))
        self.bags = [Counter(_words(words)) for _, _, words in self.lines]
        self._where: dict[str, list[int]] = defaultdict(list)
        for place, bag in enumerate(self.bags):
            for word in bag:
                self._where[word].append(place)

    def share(self, olds: Iterable[str]) -> tuple[int, int]:
        """How many characters of these paragraphs stand in the text letter for letter, and of how many lines."""
        found = [len(old) for old in olds if any(_key(one) in self.exact for one in (old, _bare(old)))]
        return sum(found), len(found)

    def align(self, passages: Sequence[Passage]) -> list[Spot]:
        """What each paragraph is, by its old words."""
        spots: list[Spot] = []
        unit, last, labelled = "", -1, False
        for passage in passages:
            spot = self._spot(passage, unit if labelled else "", last)
            if spot.kind == "label" or (spot.kind == "words" and spot.key != unit):
                labelled = spot.kind == "label" or spot.cut > 0
                unit = spot.key
            elif spot.kind in ("heading", "title", "new label"):
                unit, labelled = "", False
            if spot.line >= 0:
                last = self.of[spot.key][spot.line]
            spots.append(spot)
        return spots

    def _spot(self, passage: Passage, unit: str, last: int) -> Spot:
        old = passage.old.strip()
        if not old:
            return NOWHERE
        lead = len(passage.old) - len(passage.old.lstrip())
        if _key(old) in self.headings:
            return Spot("label", self.headings[_key(old)].id, fit=1.0)
        exact = self._exact(old, unit, last)
        if exact is not None:
            return exact
        label, rest, noun = "", old, ""
        head = unit_heading(old)
        count = numbered(f"{passage.number} {old}" if passage.number else old)
        if head is not None:
            label, rest, noun = head.label, head.rest, head.noun
        elif count is not None:
            label, rest = count
        found = self.labels.get(label.casefold()) if label else None
        if found is not None and rest:
            near = self._in_unit(rest, found.id, NEAR_IN_PLACE)
            if near is not None:
                cut = lead + (len(old) - len(rest) if old.endswith(rest) and not passage.number else 0)
                return Spot("words", near.key, near.line, near.fit, cut or (lead + 0 if not passage.number else 0))
        if found is not None and not rest:
            return Spot("label", found.id, fit=1.0)
        if head is not None and found is None and noun == self.text.noun:
            cut = lead + (len(old) - len(rest) if rest and old.endswith(rest) else 0)
            return Spot("new label", label, fit=1.0, cut=cut if rest else 0)
        if _key(old) in self.sections:
            return Spot("heading", self.sections[_key(old)], fit=1.0)
        if _key(old) == _key(self.text.title):
            return Spot("title", fit=1.0)
        if unit:
            near = self._in_unit(old, unit, NEAR_IN_PLACE)
            if near is not None:
                return near
        return self._near(old)

    def _exact(self, old: str, unit: str, last: int) -> Spot | None:
        for words, cut in ((old, 0), (_bare(old), len(old) - len(_bare(old)))):
            places = self.exact.get(_key(words))
            if places:
                own = [place for place in places if self.lines[place][0] == unit]
                later = [place for place in places if place > last]
                id, line, _ = self.lines[(own or later or places)[0]]
                return Spot("words", id, line, 1.0, cut)
        return None

    def _in_unit(self, words: str, unit: str, least: float) -> Spot | None:
        bag = Counter(_words(words))
        fits = [(_likeness(bag, self.bags[place]), place) for place in self.of[unit]]
        fit, place = max(fits, default=(0.0, -1), key=lambda one: one[0])
        if place < 0 or fit < least:
            return None
        return Spot("words", unit, self.lines[place][1], round(min(fit, 0.99), 2))

    def _near(self, words: str) -> Spot:
        bag = Counter(_words(words))
        if sum(bag.values()) < 4:
            return NOWHERE
        votes: Counter[int] = Counter()
        for word in bag:
            places = self._where.get(word, ())
            if len(places) <= max(_RARE, len(self.lines) // 4):
                votes.update(places)
        fits = [(_likeness(bag, self.bags[place]), -place) for place, _ in votes.most_common(_TRIED)]
        fit, place = max(fits, default=(0.0, 1))
        if fit < NEAR:
            return NOWHERE
        id, line, _ = self.lines[-place]
        return Spot("words", id, line, round(min(fit, 0.99), 2))


def label_of(words: str) -> tuple[str, str]:
    """The label and the words of a paragraph that begins a unit ("Recommendation 8 bis", "8 bis. Words"); else "" and
    the words."""
    head = unit_heading(words.strip())
    if head is not None:
        return head.label, head.rest
    found = numbered(words.strip())
    if found is not None:
        return normal_label(found[0]), found[1]
    return "", words


def _key(words: str) -> str:
    return fold(strip_emphasis(words.strip()))[0].casefold()


def _bare(words: str) -> str:
    return _NUMBER.sub("", words, count=1)


def _words(words: str) -> list[str]:
    return _WORDS.findall(fold(words)[0].casefold())


def _likeness(one: Counter[str], two: Counter[str]) -> float:
    total = sum(one.values()) + sum(two.values())
    return 2 * sum((one & two).values()) / total if total else 0.0


def likeness(one: str, two: str) -> float:
    """The share of words that two texts have in common, from 0 to 1."""
    return _likeness(Counter(_words(one)), Counter(_words(two)))
