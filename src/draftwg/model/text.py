"""Texts, their sections and their units."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property


class UnitStatus(StrEnum):
    """Where a unit stands in the negotiation; it follows from acts, nobody sets it."""

    OPEN = "open"
    BRACKETED = "bracketed"
    PLACEHOLDER = "placeholder"
    INFORMALS = "agreed in informals"
    AD_REF = "agreed ad ref"
    REOPENED = "reopened"
    AGREED = "agreed"
    ADOPTED = "adopted"
    DELETED = "deleted"

    @property
    def agreed(self) -> bool:
        """Whether nobody may touch the words without a reopening."""
        return self in (UnitStatus.INFORMALS, UnitStatus.AD_REF, UnitStatus.AGREED, UnitStatus.ADOPTED)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the text. `number` is as printed ("B", "1"), `path` its full address ("B.1"), `level` counts from
    1.
    """

    path: str
    number: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest numbered part with its own status.

    `id` is permanent; `label` is what delegations say ("15 bis"); `section` is a path or "" where there is none.
    `text` holds one paragraph a line: the first line may be a chapeau, the next ones its subparagraphs.
    A unit that is no longer in the text says why in `gone` ("merged into 16"); after the final renumbering `drafted` is
    the label that it had during the negotiation.
    """

    id: str
    label: str
    text: str
    section: str = ""
    deleted: bool = False
    gone: str = ""
    drafted: str = ""


@dataclass(frozen=True)
class Text:
    """A text under negotiation: `name` is how the meeting calls it, `number` its place in a larger paper ("II").

    `noun` is what a unit is called ("recommendation"); `language` a BCP 47 tag, which also decides the direction of
    writing. Sections and units stand in reading order; a unit that was deleted stays, marked, so that its history
    can be found.
    """

    name: str
    title: str
    sections: tuple[Section, ...]
    units: tuple[Unit, ...]
    number: str = ""
    noun: str = "recommendation"
    language: str = "en"

    @cached_property
    def _places(self) -> dict[str, int]:
        return {unit.id: place for place, unit in enumerate(self.units)}

    @cached_property
    def _labels(self) -> dict[str, Unit]:
        # After the final numbering a unit that is gone may have had the label that another has now.
        gone = {unit.label.casefold(): unit for unit in reversed(self.units) if unit.deleted}
        return gone | {unit.label.casefold(): unit for unit in reversed(self.units) if not unit.deleted}

    def unit(self, id: str) -> Unit | None:
        """The unit with this permanent id."""
        place = self._places.get(id)
        return None if place is None else self.units[place]

    def labelled(self, label: str) -> Unit | None:
        """The unit with this label, written in its usual form."""
        return self._labels.get(label.casefold())

    def place(self, id: str) -> int:
        """The index of the unit in `units`; KeyError if there is none."""
        return self._places[id]

    @cached_property
    def standing(self) -> tuple[Unit, ...]:
        """The units that are part of the text now."""
        return tuple(unit for unit in self.units if not unit.deleted)

    def with_unit(self, unit: Unit) -> "Text":
        """The text with this unit in the place of the one with its id."""
        place = self._places[unit.id]
        return replace(self, units=(*self.units[:place], unit, *self.units[place + 1 :]))

    def with_new_unit(self, unit: Unit, place: int) -> "Text":
        """The text with a further unit at `place` of `units`."""
        return replace(self, units=(*self.units[:place], unit, *self.units[place:]))

    def by_section(self) -> Iterator[tuple[Section | None, tuple[Unit, ...]]]:
        """Every section in reading order with its own standing units; first, under None, the units outside any
        section.
        """
        units: dict[str, list[Unit]] = {}
        for unit in self.standing:
            units.setdefault(unit.section, []).append(unit)
        if "" in units:
            yield None, tuple(units[""])
        for section in self.sections:
            yield section, tuple(units.get(section.path, ()))

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) over the headings, labels and words of the standing text."""
        lines = [self.title, *(f"{section.path} {section.title}" for section in self.sections)]
        lines += [f"{unit.section}\x1f{unit.label}\x1f{unit.text}" for unit in self.standing]
        return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()

    def moved(self, id: str, place: int, section: str) -> "Text":
        """The text with the unit at another place (an index into the present `units`) and in that section."""
        here = self._places[id]
        unit = replace(self.units[here], section=section)
        rest = [*self.units[:here], *self.units[here + 1 :]]
        rest.insert(place - (here < place), unit)
        return replace(self, units=tuple(rest))

    def full_path(self, section: str) -> str:
        """The address of a section in the larger paper: "II.B.1"."""
        return ".".join(part for part in (self.number, section) if part)

    @property
    def direction(self) -> str:
        """ "rtl" for languages written from right to left, else "ltr"."""
        return direction_of(self.language)


def direction_of(language: str) -> str:
    """ "rtl" for a language (a BCP 47 tag) written from right to left, else "ltr"."""
    return "rtl" if language.split("-")[0] in {"ar", "fa", "he", "ps", "ur", "yi"} else "ltr"
