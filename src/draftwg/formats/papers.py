"""What every writer of papers takes: a text at one point of its life, clean or with what is proposed on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from draftwg.formats.redlines import RedlinePiece
from draftwg.model.procedure import Numbered

LANGUAGE_NAMES = {"en": "English", "fr": "French", "es": "Spanish", "ru": "Russian", "ar": "Arabic", "zh": "Chinese"}
CONCORDANCE = "Concordance of draft labels and final numbers"
CONCORDANCE_HEADS = ("Draft", "Final", "Section", "Note")

PaperStyle = Literal["title", "heading", "label", "note", "words"]
PaperKind = Literal["clean", "compilation", "table"]


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands at the head of a paper: the meeting, symbol, distribution, date (ISO 8601), language, and which
    versions it shows, in words."""

    meeting: str = ""
    place: str = ""
    dates: str = ""
    symbol: str = ""
    distribution: str = ""
    date: str = ""
    language: str = "en"
    shows: str = ""

    @property
    def left(self) -> list[str]:
        """The lines on the left."""
        where = ", ".join(filter(None, (self.place, days(self.dates))))
        return [line for line in (self.meeting, where) if line]

    @property
    def right(self) -> list[str]:
        """The lines on the right."""
        name = LANGUAGE_NAMES.get(self.language.split("-")[0], self.language)
        distribution = f"Distr.: {self.distribution}" if self.distribution else ""
        return [line for line in (self.symbol, distribution, day(self.date), f"Original: {name}") if line]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pending proposal on a unit: number, proposers in words, the change in words, and its redline on the unit."""

    number: str
    who: str
    said: str
    pieces: tuple[RedlinePiece, ...]


@dataclass(frozen=True, slots=True)
class PaperUnit:
    """A unit in a paper: its id, label, heading, a note ("proposed by Mexico, A-2"), its words, its proposals."""

    id: str
    label: str
    heading: str
    words: str
    note: str = ""
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A heading ("" where the units stand under none), its level from 1, and its own units."""

    heading: str
    level: int
    units: tuple[PaperUnit, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A text at one point: clean, with its brackets, or beside the proposals on it."""

    kind: PaperKind
    title: str
    masthead: Masthead
    sections: tuple[PaperSection, ...]
    direction: str = "ltr"
    noun: str = "unit"
    concordance: tuple[Numbered, ...] = ()

    @property
    def lines(self) -> Iterator[tuple[PaperStyle, int, str]]:
        """The paper as paragraphs: style (title, heading, label, note, words), level, words."""
        yield "title", 0, self.title
        for section in self.sections:
            if section.heading:
                yield "heading", section.level, section.heading
            for unit in section.units:
                yield "label", section.level + 1, unit.heading
                if unit.note:
                    yield "note", 0, unit.note
                yield from (("words", 0, line) for line in unit.words.split("\n"))


def day(when: str) -> str:
    """The day of a time as papers write it: "6 May 2031"; what is no time stays as it is."""
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        return when
    return f"{moment.day} {moment:%B %Y}"


def day_and_hour(when: str) -> str:
    """A time as papers write it: "6 May 2031 at 10:17"; a day alone, or what is no time, as `day` has it."""
    return f"{day(when)} at {when[11:16]}" if len(when) > 15 and day(when) != when else day(when)


def days(dates: str) -> str:
    """The days of a meeting as papers write them: "6 to 8 May 2031"."""
    first, _, last = dates.partition("/")
    if not last:
        return day(first)
    start, end = day(first).split(), day(last).split()
    if len(start) != 3 or len(end) != 3:
        return f"{first} to {last}"
    common = 0 if start[2] != end[2] else 1 if start[1] != end[1] else 2
    return f"{' '.join(start[: len(start) - common])} to {' '.join(end)}"
