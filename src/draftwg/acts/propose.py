"""Tabling: a delegation proposes, an observer suggests, the Secretariat adds a consequential change."""

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from draftwg.acts.base import Act, Drafting, Field, Request, quoted
from draftwg.acts.places import Place, find_place
from draftwg.acts.standing import alone, decides, first_state, is_observer, on_behalf
from draftwg.acts.wording import Instruction, binding_changes
from draftwg.errors import BadInput, OutOfOrder
from draftwg.model.amendment import Amendment, AmendmentState, Kind, Wording
from draftwg.model.delegation import SECRETARIAT, Category, speaking, the
from draftwg.model.labels import next_label
from draftwg.model.state import State, names_in_words, untouched
from draftwg.model.text import Text

_NUMBER = re.compile(r"[A-Z]{1,4}-?[1-9]\d{0,4}[a-z]?", re.IGNORECASE)
_REFERENCES = r"\b{noun}s?\s+(?:\d+\s*(?:,|and|or|to)\s*)*{label}\b(?!\s+(?:bis|ter|alt))"


@dataclass(frozen=True, kw_only=True)
class Propose(Act):
    """A delegation tables an amendment: words of a unit, the whole unit, its deletion, a new unit, a move, a split …"""

    NAME = "propose"
    ADDS = True
    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("unit", "line", "the label of the unit (not for a new one)"),
        Field("by", "line", "the delegation that proposes", required=True),
        Instruction.REPLACE,
        Instruction.WITH,
        Field(
            "after",
            "words",
            "words behind which “insert” comes; for a new unit or a move, the label of the unit before it",
        ),
        Instruction.BEFORE,
        Instruction.INSERT,
        Instruction.DELETE,
        Instruction.TEXT,
        Instruction.SAY,
        Field("kind", "line", "delete (the whole unit), new, alt, move, split, merge or heading; else left out"),
        Field("label", "line", "the label of a new unit; without it, the next free one (15 bis)"),
        Field("parts", "texts", "for a split: the words of the units that it makes"),
        Field("units", "names", "for a merger: the labels of the units to be merged into this one"),
        Field("section", "line", "for a heading: the path of its section"),
        Field("amends", "line", "for a sub-amendment: the number of the amendment that it amends"),
        Field("consequential_to", "line", "for the Secretariat: the amendment of which this is a consequence"),
        Field("sponsors", "names", "co-sponsors"),
        Field("on_behalf", "line", "the group for which the delegation speaks"),
        Field("draws_on", "names", "for a Chair's proposal: the amendments that it draws on"),
        Field("number", "line", "the number of the amendment; without it, the next free one (A-1)"),
        Field("reason", "line", "the delegation's reason"),
        Field("in", "line", "the name of the text, where the meeting has several"),
    )

    number: str
    by: str
    text: str
    unit: str
    kind: str
    base: str = ""
    words: str = ""
    said: str = ""
    sponsors: tuple[str, ...] = ()
    label: str = ""
    after: str = ""
    section: str = ""
    reason: str = ""
    state: str = AmendmentState.TABLED.value
    parent: str = ""
    consequential: bool = False
    on_behalf: str = ""
    draws_on: tuple[str, ...] = ()
    replaces: str = ""
    parts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The amendment on the words as they stand, or on the place for a new unit."""
        return cls.drafted(drafting, request, held=False)

    @classmethod
    def drafted(cls, drafting: Drafting, request: Request, *, held: bool) -> Self:
        """The amendment; `held` until its unit is reopened, where it is on an agreed one."""
        state = drafting.state
        by = drafting.delegation(request.line("by"))
        alone(by, "table")
        place = find_place(state, request, agreed=held or is_observer(by))
        consequential = request.has("consequential_to")
        if (by.name == SECRETARIAT) != consequential:
            raise OutOfOrder(
                "The Secretariat tables no amendments." if not consequential else "That is for the Secretariat.",
                "Record an editorial change." if not consequential else "Let it propose an amendment of its own.",
                rule="The Secretariat makes editorial and consequential changes only.",
            )
        sponsors = tuple(name for name in drafting.delegations(request.names("sponsors")) if name != by.name)
        for name in sponsors if not is_observer(by) else ():
            decides(drafting.delegation(name), "co-sponsor")
        draws_on = tuple(state.find_amendment(number).id for number in request.names("draws_on"))
        if draws_on and by.category is not Category.CHAIR:
            raise OutOfOrder(
                "“draws_on” is for a Chair's proposal.",
                "Leave it out, or let the Chair propose.",
                rule="A Chair's proposal, and no other, names the proposals that it draws on.",
            )
        number = request.line("number", "") or _number(state, place, consequential)
        if not _NUMBER.fullmatch(number):
            raise BadInput(f"“{number[:40]}” is no number of an amendment.", "It reads like A-1.")
        if state.has_number(number):
            raise OutOfOrder(f"There is an amendment {number} already.", rule="A number is given once.")
        _warn(drafting, place)
        group = on_behalf(drafting, by.name, request.line("on_behalf", ""))
        if is_observer(by):
            drafting.warnings.append(
                f"{the(by.name, start=True)} is an observer: this is a suggestion until a party takes it up."
            )
        stamp = drafting.stamp()
        return cls(
            stamp=stamp,
            number=number,
            by=by.name,
            text=place.text,
            unit=place.unit or f"{stamp.id}.1",
            kind=place.kind.value,
            base=place.base,
            words=place.words,
            said=place.said,
            sponsors=sponsors,
            label=place.label,
            after=place.after,
            section=place.section,
            reason=request.line("reason", ""),
            state=first_state(by, held=held).value,
            parent=place.parent,
            consequential=consequential,
            on_behalf=group,
            draws_on=draws_on,
            replaces=place.replaces,
            parts=place.parts,
            units=place.units,
        )

    def apply(self, state: State) -> State:
        """The state with the amendment tabled, suggested or held."""
        text = state.text(self.text)
        number, label = state.free_number(self.number), self._free_label(state, text)
        begins = AmendmentState(self.state)
        for id in (self.unit, self.replaces, *self.units) if begins is AmendmentState.TABLED else ():
            unit = text.unit(id)
            if unit is not None:
                untouched(state, text, unit)
        if not self.label and self.kind != Kind.HEADING and not self.parent:
            unit = text.unit(self.unit)
            if unit is None or unit.deleted:
                raise OutOfOrder("That unit is no longer in the text.", rule="An amendment is on a part of the text.")
        if self.parent and self.parent not in state.amendments:
            raise OutOfOrder(
                "What it was to amend is no longer proposed.", rule="A sub-amendment falls with its amendment."
            )
        amendment = Amendment(
            id=self.id,
            number=number,
            text=self.text,
            unit=self.unit,
            kind=Kind(self.kind),
            by=self.by,
            wordings=(Wording(self.words, self.base, self.at, self.id, self.said),),
            at=self.at,
            sponsors=self.sponsors,
            state=begins,
            reading=state.reading.number if state.reading else None,
            label=label,
            after=self.after,
            section=self.section,
            reason=self.reason,
            parent=self.parent,
            consequential=self.consequential,
            on_behalf=self.on_behalf,
            draws_on=self.draws_on,
            replaces=self.replaces,
            parts=self.parts,
            units=self.units,
            tabled_as=self.number if number != self.number else "",
        )
        return state.with_amendment(amendment)

    def _free_label(self, state: State, text: Text) -> str:
        """The label of the new unit, or the next one where another machine gave it too while the two were apart."""
        if not self.label:
            return ""
        taken = state.labels_taken(text)
        return next_label(self.label, taken) if self.label in taken else self.label

    def subject(self, before: State) -> str:
        """The act in plain words, with its number where another machine had given the one that it asked for."""
        number = before.free_number(self.number)
        taken = f" (as {number}: another {self.number} was tabled on another machine)" if number != self.number else ""
        return f"{self._subject(before)}{taken}"

    def _subject(self, before: State) -> str:
        text = before.text(self.text)
        who = speaking(self.by, self.on_behalf)
        verb = "suggests" if self.state == AmendmentState.SUGGESTED else "proposes"
        if self.kind == Kind.HEADING:
            return f"{who} {verb} {self.said}"
        if self.label:
            what = f"an alternative {self.label}" if self.replaces else f"a new {text.noun} {self.label}"
            return f"{who} {verb} {what}: {quoted(self.words)[1:-1]}"
        unit = text.unit(self.unit)
        name = f"{text.noun} {unit.label if unit else '?'}"
        if self.kind in (Kind.DELETE_UNIT, Kind.MOVE, Kind.SPLIT, Kind.MERGE):
            return f"{who} {verb} {self.said.replace(' it', f' {name}', 1)}"
        if self.parent:
            parent = before.amendments.get(self.parent)
            number = parent.number if parent else "?"
            if self.consequential:
                return f"The Secretariat notes a consequence of {number} in {name}: {self.said}"
            return f"{who} {verb} {self.said} in {number}"
        return f"{who} {verb} {self.said} in {name}"

    def body(self, before: State) -> str:
        """The wording in full, the co-sponsors and the reason."""
        parts = [f"Proposed wording:\n\n{self.words}"] if self.words and self.kind != Kind.MOVE else []
        if self.sponsors:
            parts.append(f"Co-sponsored by {names_in_words(map(the, self.sponsors))}.")
        if self.reason:
            parts.append(f"Reason given: {self.reason}")
        return "\n\n".join(parts)

    def trailers(self, before: State) -> dict[str, str]:
        """The amendment, its unit and its reading."""
        unit = before.text(self.text).unit(self.unit)
        reading = {"Reading": str(before.reading.number)} if before.reading else {}
        label = self.label or (unit.label if unit else self.section)
        return {"Amendment": self.number, "Text": self.text, "Unit": label, "Delegation": self.by, **reading}

    @property
    def author(self) -> str:
        """The delegation."""
        return self.by


def _number(state: State, place: Place, consequential: bool) -> str:
    """The next free number; a consequential change has that of its amendment with a letter if one is free: A-6c."""
    if not consequential:
        return state.next_number()
    stem = state.amendments[place.parent].number
    lettered = (f"{stem}{letter}" for letter in "cdefghijklmnopqrstuvwxyz")
    return next((number for number in lettered if not state.has_number(number)), "") or state.next_number()


def _warn(drafting: Drafting, place: Place) -> None:
    """Remarks that matter in the room: who binds whom has changed, the same is proposed already, a reference would
    dangle.
    """
    drafting.warnings += binding_changes(place.base, place.words)
    for other in drafting.state.pending_on(place.unit) if place.unit and not place.parent else ():
        if other.proposed == place.words and other.kind is place.kind:
            drafting.warnings.append(
                f"{the(other.by, start=True)} has proposed the same in {other.number}; a co-sponsorship would do."
            )
    if place.kind is Kind.DELETE_UNIT:
        text = drafting.state.text(place.text)
        for label in referring(text, place.unit):
            drafting.warnings.append(f"{text.noun.capitalize()} {label} refers to it.")


def referring(text: Text, id: str) -> list[str]:
    """The labels of the standing units whose words refer to the unit with this id."""
    unit = text.unit(id)
    if unit is None:
        return []
    pattern = re.compile(_REFERENCES.format(noun=re.escape(text.noun), label=re.escape(unit.label)), re.IGNORECASE)
    return [other.label for other in text.standing if other.id != id and pattern.search(other.text)]
