"""How a unit is agreed, reopened, adopted, or kept open by a placeholder."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from draftwg.acts.base import Act, Drafting, Field, Request
from draftwg.acts.places import standing_unit
from draftwg.acts.propose import Propose
from draftwg.acts.wording import Instruction
from draftwg.errors import BadInput, OutOfOrder
from draftwg.hygiene import shorten
from draftwg.model.amendment import AmendmentState
from draftwg.model.delegation import the
from draftwg.model.labels import normal_label
from draftwg.model.procedure import Agreement
from draftwg.model.state import State, names_in_words
from draftwg.model.text import Text, Unit, UnitStatus

_LEVELS = {
    "informals": UnitStatus.INFORMALS,
    "ad ref": UnitStatus.AD_REF,
    "agreed": UnitStatus.AGREED,
    "adopted": UnitStatus.ADOPTED,
}
_ORDER = [UnitStatus.INFORMALS, UnitStatus.AD_REF, UnitStatus.AGREED, UnitStatus.ADOPTED]


@dataclass(frozen=True, kw_only=True)
class Agree(Act):
    """The Chair notes that units are agreed: in informals, ad ref, agreed, or adopted."""

    NAME = "agree"
    FIELDS = (
        Field("unit", "line", "the label of the unit"),
        Field("units", "names", "or the labels of several"),
        Field("all", "flag", "or true for every unit of the text"),
        Field("as", "line", "informals, ad ref (the default), agreed or adopted"),
        Field("pending", "names", "delegations or units on which the agreement still depends"),
        Field("in", "line", "the name of the text, where the meeting has several"),
    )

    text: str
    units: tuple[str, ...]
    level: str
    pending: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The agreement on the units named."""
        text = drafting.state.text(request.line("in", ""))
        level = _LEVELS.get(request.line("as", "ad ref").casefold().removeprefix("agreed "))
        if level is None:
            raise BadInput("“as” is no level of agreement.", f"There are: {', '.join(_LEVELS)}.")
        units = tuple(_units(drafting.state, request, text, level))
        return cls(
            stamp=drafting.stamp(),
            text=text.name,
            units=tuple(unit.id for unit in units),
            level=level.value,
            pending=tuple(_on_which(drafting, text, name) for name in request.names("pending")),
            words=tuple(_fingerprint(unit) for unit in units),
        )

    def apply(self, state: State) -> State:
        """The state with the units agreed. OutOfOrder where one still has brackets, or is agreed at that level."""
        text, level = state.text(self.text), UnitStatus(self.level)
        reading = state.reading.number if state.reading else None
        for place, id in enumerate(self.units):
            unit = text.unit(id)
            if unit is None or unit.deleted:
                named = f"{text.noun.capitalize()} {unit.label}" if unit else "A unit"
                raise OutOfOrder(f"{named} is no longer in the text.", rule="What is agreed stands in the text.")
            if self.words[place : place + 1] not in ((), (_fingerprint(unit),)):
                raise OutOfOrder(
                    f"{text.noun.capitalize()} {unit.label} was changed on another machine at the same time.",
                    "Read out its present words, and agree on them.",
                    rule="What is agreed are the words before the room.",
                )
            _may_be_agreed(state, text, unit, level)
            agreement = Agreement(level, self.at, self.id, reading, self.pending)
            state = state.with_agreement(text.name, id, agreement)
        return state

    def repeats(self, state: State) -> str | None:
        """The units are agreed at that level, with these words."""
        text = state.texts.get(self.text)
        units = [text.unit(id) if text else None for id in self.units]
        agreed = [state.agreements.get(unit.id) if unit else None for unit in units]
        if not agreed or not all(one and one.level == self.level for one in agreed):
            return None
        if self.words and self.words != tuple(_fingerprint(unit) for unit in units if unit):
            return None
        return agreed[0].act if agreed[0] else None

    def subject(self, before: State) -> str:
        """The act in plain words."""
        text = before.text(self.text)
        labels = [unit.label for id in self.units if (unit := text.unit(id))]
        what = f"{text.noun} {labels[0]} is" if len(labels) == 1 else f"{len(labels)} {text.noun}s are"
        pending = f", pending {names_in_words(self.pending)}" if self.pending else ""
        return f"The Chair: {what} {self.level}{pending}"

    def body(self, before: State) -> str:
        """Which units, where there are several."""
        text = before.text(self.text)
        labels = [unit.label for id in self.units if (unit := text.unit(id))]
        return f"{text.noun.capitalize()}s {names_in_words(labels)}." if len(labels) > 1 else ""

    def trailers(self, before: State) -> dict[str, str]:
        """The text and, where there is one only, the unit."""
        unit = before.text(self.text).unit(self.units[0]) if len(self.units) == 1 else None
        return {"Text": self.text, **({"Unit": unit.label} if unit else {})}


@dataclass(frozen=True, kw_only=True)
class RequestReopening(Propose):
    """A delegation asks that an agreed unit be taken up again, with the change that it wants; held until the Chair
    rules.
    """

    NAME = "request_reopening"
    FIELDS = (
        Field("unit", "line", "the label of the agreed unit", required=True),
        Field("by", "line", "the delegation that asks", required=True),
        Instruction.REPLACE,
        Instruction.WITH,
        Instruction.AFTER,
        Instruction.BEFORE,
        Instruction.INSERT,
        Instruction.DELETE,
        Instruction.TEXT,
        Instruction.SAY,
        Field("number", "line", "the number of the amendment; without it, the next free one"),
        Field("reason", "line", "the delegation's reason"),
        Field("in", "line", "the name of the text, where the meeting has several"),
    )

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The request, on an agreed unit."""
        text, unit = standing_unit(drafting.state, request)
        if not drafting.state.status(unit).agreed:
            raise OutOfOrder(
                f"{text.noun.capitalize()} {unit.label} is {drafting.state.status(unit)}.",
                "Propose the amendment.",
                rule="Only what has been agreed is reopened.",
            )
        return cls.drafted(drafting, request, held=True)

    def subject(self, before: State) -> str:
        """The act in plain words."""
        text = before.text(self.text)
        unit = text.unit(self.unit)
        return f"{the(self.by, start=True)} asks to reopen {text.noun} {unit.label if unit else '?'}, {self.said}"


@dataclass(frozen=True, kw_only=True)
class Reopen(Act):
    """The Chair rules that an agreed unit is taken up again, upon the request of a delegation."""

    NAME = "reopen"
    FIELDS = (
        Field("unit", "line", "the label of the unit", required=True),
        Field("ruling", "line", "the ruling in words, such as no objection, or the figures of a vote"),
        Field("in", "line", "the name of the text, where the meeting has several"),
    )

    text: str
    unit: str
    ruling: str = ""

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The ruling."""
        text, unit = standing_unit(drafting.state, request)
        return cls(
            stamp=drafting.stamp(),
            text=text.name,
            unit=unit.id,
            ruling=request.line("ruling", ""),
        )

    def apply(self, state: State) -> State:
        """The state with the unit reopened and the changes that were held for it tabled."""
        unit = state.text(self.text).unit(self.unit)
        held = state.held_on(self.unit)
        if unit is None or not state.status(unit).agreed:
            raise OutOfOrder("That unit is not agreed.", rule="Only what has been agreed is reopened.")
        if not held:
            raise OutOfOrder(
                f"Nobody has asked to reopen {unit.label}.",
                "Record the request first.",
                rule="A reopening needs a request and its mover.",
            )
        if state.status(unit) is UnitStatus.ADOPTED and not self.ruling:
            raise OutOfOrder(
                f"{unit.label} has been adopted.",
                "Give the ruling with the figures of the vote.",
                rule="An adopted text is reconsidered by two thirds of the parties present and voting (rule 55).",
            )
        agreements = {id: agreement for id, agreement in state.agreements.items() if id != self.unit}
        # Its course tells first that it was reopened, by whom, and then the brackets that the held change brings.
        state = state.changed(agreements=agreements, reopened=state.reopened | {self.unit})
        state = state.with_course(self.text, self.unit, names_in_words(a.by for a in held), self.ruling)
        for amendment in held:
            state = state.with_amendment(replace(amendment, state=AmendmentState.TABLED))
        return state

    def repeats(self, state: State) -> str | None:
        """It has been reopened, and nothing on it is held any more."""
        unit = state.texts[self.text].unit(self.unit) if self.text in state.texts else None
        reopened = unit is not None and self.unit in state.reopened and not state.held_on(self.unit)
        course = state.courses.get(self.unit, ())
        step = next((step.act for step in reversed(course) if step.status is UnitStatus.REOPENED), "")
        return step if reopened else None

    def subject(self, before: State) -> str:
        """The act in plain words."""
        text = before.text(self.text)
        unit = text.unit(self.unit)
        movers = names_in_words(the(amendment.by) for amendment in before.held_on(self.unit))
        ruling = f" ({self.ruling})" if self.ruling else ""
        return f"The Chair: {text.noun} {unit.label if unit else '?'} is reopened at the request of {movers}{ruling}"

    def trailers(self, before: State) -> dict[str, str]:
        """The unit."""
        unit = before.text(self.text).unit(self.unit)
        return {"Text": self.text, "Unit": unit.label if unit else self.unit}


@dataclass(frozen=True, kw_only=True)
class Placeholder(Act):
    """The unit waits for words to come, such as those of a contact group; without words, the placeholder goes."""

    NAME = "placeholder"
    FIELDS = (
        Field("unit", "line", "the label of the unit", required=True),
        Field("words", "line", "what is awaited, such as: pending merger with 17"),
        Field("in", "line", "the name of the text, where the meeting has several"),
    )

    text: str
    unit: str
    words: str = ""

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The placeholder."""
        text, unit = standing_unit(drafting.state, request)
        words = request.line("words", "")
        return cls(stamp=drafting.stamp(), text=text.name, unit=unit.id, words=words)

    def apply(self, state: State) -> State:
        """The state with or without the placeholder."""
        unit = state.text(self.text).unit(self.unit)
        if unit is None or state.status(unit).agreed:
            raise OutOfOrder("That unit is agreed.", rule="What has been agreed awaits nothing.")
        if not self.words and self.unit not in state.placeholders:
            raise OutOfOrder(
                "There is no placeholder on that unit.",
                "Give the words that are awaited.",
                rule="A placeholder stands until the words come that it awaits.",
            )
        placeholders = {id: words for id, words in state.placeholders.items() if id != self.unit}
        if self.words:
            placeholders[self.unit] = self.words
        return state.changed(placeholders=placeholders).with_course(self.text, self.unit)

    def repeats(self, state: State) -> str | None:
        """The placeholder has gone."""
        return "" if not self.words and self.unit not in state.placeholders else None

    def subject(self, before: State) -> str:
        """The act in plain words."""
        text = before.text(self.text)
        unit = text.unit(self.unit)
        name = f"{text.noun} {unit.label if unit else '?'}"
        return f"A placeholder on {name}: {self.words}" if self.words else f"The placeholder on {name} goes"

    def trailers(self, before: State) -> dict[str, str]:
        """The unit."""
        unit = before.text(self.text).unit(self.unit)
        return {"Text": self.text, "Unit": unit.label if unit else self.unit}


def _fingerprint(unit: Unit) -> str:
    """A short hash of the unit's words: which words were agreed."""
    return hashlib.sha256(unit.text.encode()).hexdigest()[:16]


def _units(state: State, request: Request, text: Text, level: UnitStatus) -> Iterable[Unit]:
    """The units that the request names; of all, those that are not agreed at that level yet."""
    if request.flag("all", False):
        return [unit for unit in text.standing if not _reached(state.status(unit), level)]
    labels = request.names("units") or ((request.line("unit"),) if request.has("unit") else ())
    if not labels:
        raise BadInput("“unit” is missing.", "Name a unit, or several as units, or all.")
    return [standing_unit(state, Request({"unit": label, "in": text.name}))[1] for label in labels]


def _on_which(drafting: Drafting, text: Text, name: str) -> str:
    """A delegation or a unit on which an agreement depends, as it is called here. BadInput where there is none."""
    known = drafting.state.find_delegation(name) or drafting.known(name)
    if known is not None:
        return known.name
    label = name[len(text.noun) :] if name.casefold().startswith(text.noun.casefold()) else name
    unit = text.labelled(normal_label(label)) if label.strip() else None
    if unit is not None:
        return name
    raise BadInput(
        f"“pending”: {shorten(name, 60)} is neither a delegation nor a {text.noun}.",
        "Name delegations of the roster, or labels of units.",
    )


def _reached(status: UnitStatus, level: UnitStatus) -> bool:
    return status in _ORDER and _ORDER.index(status) >= _ORDER.index(level)


def _may_be_agreed(state: State, text: Text, unit: Unit, level: UnitStatus) -> None:
    name = f"{text.noun.capitalize()} {unit.label}"
    pending = state.pending_on(unit.id)
    if pending:
        numbers = names_in_words(amendment.number for amendment in pending)
        raise OutOfOrder(
            f"{name} still has brackets: {numbers}.", "Decide on them first.", rule="Only a clean unit is agreed."
        )
    if unit.id in state.placeholders:
        raise OutOfOrder(f"{name} is a placeholder.", "Its words come first.", rule="Only a clean unit is agreed.")
    status = state.status(unit)
    if _reached(status, level):
        raise OutOfOrder(f"{name} is {status} already.", rule="A unit is agreed once at each level.")
    if level is UnitStatus.ADOPTED and status is not UnitStatus.AGREED:
        raise OutOfOrder(f"{name} is {status}.", "Agree on it first.", rule="What is adopted has been agreed.")
