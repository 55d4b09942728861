"""Readings and issued versions of a text."""

from dataclasses import dataclass
from enum import StrEnum

from draftwg.model.text import Text


class ReadingState(StrEnum):
    """Where a reading stands."""

    OPEN = "open"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    NOT_COMPLETED = "not completed"


ORDINALS = (
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)


@dataclass(frozen=True, slots=True)
class Considered:
    """A unit (its id) was taken up at `at`; `speakers` had the floor on it."""

    unit: str
    at: str
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One passage through the whole text; `reached` is the label at which an uncompleted one stopped.

    `considered` tells which units it has been through, in order; `pauses` the times between which it was suspended.
    """

    number: int
    opened: str
    date: str = ""
    meeting: int | None = None
    state: ReadingState = ReadingState.OPEN
    closed: str = ""
    reached: str = ""
    considered: tuple[Considered, ...] = ()
    pauses: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """ "first reading", …"""
        return f"{ORDINALS[self.number] if self.number < len(ORDINALS) else f'{self.number}th'} reading"


@dataclass(frozen=True, slots=True)
class Fate:
    """Where a proposal went: its number, who tabled it, on which unit, its state and what became of it in words."""

    number: str
    by: str
    unit: str
    state: str
    where: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of a corrigendum: in this unit, for these words read those."""

    unit: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Version:
    """A text issued under a symbol: it never changes, with the SHA-256 of its words (`Text.digest`).

    `fates` tells for every amendment ever tabled where it went; `corrections` what a corrigendum corrects.
    """

    symbol: str
    status: str
    at: str
    act: str
    text: Text
    digest: str
    fates: tuple[Fate, ...] = ()
    corrections: tuple[Correction, ...] = ()
