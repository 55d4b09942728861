"""The state of a meeting: what all acts together have made of it. Frozen; an act's effect gives a new one."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from draftwg.errors import BadInput, OutOfOrder
from draftwg.hygiene import clean_line
from draftwg.model.amendment import Amendment, AmendmentState
from draftwg.model.delegation import Category, Delegation, is_name, name_key
from draftwg.model.index import Index
from draftwg.model.labels import SUFFIXES, normal_label
from draftwg.model.procedure import Agreement, Numbered, Position, Snapshot, Step
from draftwg.model.reading import Reading, ReadingState, Version
from draftwg.model.text import Text, Unit, UnitStatus

THERE = "An act is about what stands in the record, named so that it can be found."
"""The rule of every refusal because of a text, unit, section or amendment that is not there."""


@dataclass(frozen=True, slots=True)
class Contested:
    """An act that stands in the record but contradicts the acts before it, with the reason. It has no effect."""

    act: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """One step in the life of a unit's words: after `act` the unit read `text`; `by` is who is credited, `why` tells
    what kind of change it was where no amendment does.
    """

    act: str
    text: str
    by: str
    at: str
    why: str = ""


@dataclass(frozen=True)
class State:
    """Everything that is so in a meeting.

    `amendments` by permanent id in the order of tabling; `numbers` from "A-1" to the id; `pending` from a unit's id
    to the ids of the amendments that await their fate, `tabled` to those of all that were ever tabled on it, `hanging`
    from an amendment's to the ids of those that were tabled under it; `lives` from a unit's id to the steps of its
    words, the first being the import. `agreements`, `placeholders` (with their words), `courses` (the statuses that a
    unit went through), `orders` (the Chair's order of taking, ids of amendments) and `mergers` (labels merged into it)
    are by unit id, as are `moves` and `splits`, told in words for the concordance.
    """

    title: str = ""
    place: str = ""
    dates: str = ""
    delegations: Mapping[str, Delegation] = field(default_factory=dict)
    texts: Mapping[str, Text] = field(default_factory=dict)
    amendments: Mapping[str, Amendment] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    pending: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hanging: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tabled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lives: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    readings: tuple[Reading, ...] = ()
    versions: tuple[Version, ...] = ()
    contested: tuple[Contested, ...] = ()
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    reopened: frozenset[str] = frozenset()
    placeholders: Mapping[str, str] = field(default_factory=dict)
    courses: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)
    positions: tuple[Position, ...] = ()
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    moves: Mapping[str, str] = field(default_factory=dict)
    splits: Mapping[str, str] = field(default_factory=dict)
    mergers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    concordance: tuple[Numbered, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()

    # --- finding things by what people call them -------------------------------------------------------------

    def text(self, name: str = "") -> Text:
        """The text of this name; without one, the meeting's only text. BadInput where there is none or more than
        one.
        """
        if name:
            if name not in self.texts:
                known = ", ".join(self.texts) or "none yet"
                raise BadInput(f"There is no text “{name}” in this meeting.", f"Its texts: {known}.", rule=THERE)
            return self.texts[name]
        if len(self.texts) == 1:
            return next(iter(self.texts.values()))
        if not self.texts:
            raise BadInput("This meeting has no text yet.", "Import one: draftwg import FILE --text NAME.", rule=THERE)
        raise BadInput(
            "This meeting has several texts.", f"Say which with --text: {', '.join(self.texts)}.", rule=THERE
        )

    def find_unit(self, label: str, text: str = "") -> tuple[Text, Unit]:
        """The unit that people call `label`, with its text. BadInput, naming near labels, where there is none."""
        found = self.text(text)
        wanted = normal_label(clean_line(label))
        unit = found.labelled(wanted) or next((one for one in found.units if one.drafted == wanted), None)
        if unit is None:
            labels = [unit.label for unit in found.standing]
            near = [other for other in labels if other.split()[0] == wanted.split()[0]]
            hint = f"There is {' and '.join(near)}." if near else ""
            if not near and labels:
                many = f"{found.noun.capitalize()}s run from {labels[0]} to {labels[-1]}."
                hint = many if len(labels) > 1 else f"There is {labels[0]} only."
            raise BadInput(f"There is no {found.noun} {wanted} in “{found.name}”.", hint, rule=THERE)
        return found, unit

    def find_amendment(self, number: str) -> Amendment:
        """The amendment with this number ("A-1", "a1") or permanent id. BadInput where there is none."""
        wanted = clean_line(number)
        id = wanted if wanted in self.amendments else self.numbers.get(_number_key(wanted))
        if id is None:
            last = next(reversed(list(self.numbers.values())), None)
            hint = f"The last one is {self.amendments[last].number}." if last else "None has been tabled yet."
            raise BadInput(f"There is no amendment {wanted[:40] or '(empty)'}.", hint, rule=THERE)
        return self.amendments[id]

    def find_delegation(self, name: str) -> Delegation | None:
        """The delegation of this name, alias or code (accents, case and a leading "the" ignored); None where the
        roster lacks it.
        """
        return self._by_name.get(name_key(name)) if is_name(name) else None

    @property
    def _by_name(self) -> Mapping[str, Delegation]:
        # Kept in the instance: a frozen dataclass without slots may hold what is derived from it.
        cache: Mapping[str, Delegation] | None = self.__dict__.get("_names")
        if cache is None:
            names: dict[str, Delegation] = {}
            for delegation in self.delegations.values():
                for name in filter(is_name, delegation.names):
                    names.setdefault(name_key(name), delegation)
            cache = self.__dict__["_names"] = names
        return cache

    @property
    def index(self) -> Index:
        """Amendments and positions by what is often asked for; kept in the instance, like `_by_name`."""
        cache: Index | None = self.__dict__.get("_index")
        if cache is None:
            cache = self.__dict__["_index"] = Index(self.amendments, self.positions)
        return cache

    # --- asking ------------------------------------------------------------------------------------------------

    @property
    def reading(self) -> Reading | None:
        """The reading that is open now."""
        return self.readings[-1] if self.readings and self.readings[-1].state is ReadingState.OPEN else None

    def pending_on(self, unit: str) -> tuple[Amendment, ...]:
        """The amendments on this unit that await their fate, in the order of tabling."""
        return tuple(self.amendments[id] for id in self.pending.get(unit, ()))

    def on_unit(self, unit: str) -> tuple[Amendment, ...]:
        """Every amendment ever tabled on this unit, in the order of tabling."""
        return tuple(self.amendments[id] for id in self.tabled.get(unit, ()))

    def status(self, unit: Unit) -> UnitStatus:
        """Where the unit stands: it has brackets as long as an amendment on it awaits its fate."""
        if unit.deleted:
            return UnitStatus.DELETED
        agreement = self.agreements.get(unit.id)
        if agreement:
            return agreement.level
        if self.pending.get(unit.id):
            return UnitStatus.BRACKETED
        if unit.id in self.reopened:
            return UnitStatus.REOPENED
        return UnitStatus.PLACEHOLDER if unit.id in self.placeholders else UnitStatus.OPEN

    def children(self, amendment: Amendment) -> tuple[Amendment, ...]:
        """The sub-amendments and consequential changes, on whatever unit, that hang on this amendment and have not met
        their fate."""
        hanging = (self.amendments[id] for id in self.hanging.get(amendment.id, ()))
        return tuple(child for child in hanging if not child.state.ended)

    def above(self, amendment: Amendment) -> tuple[str, ...]:
        """The ids of the amendments on which this one hangs, the nearest first."""
        found: tuple[str, ...] = ()
        while amendment.parent in self.amendments and amendment.parent not in found:
            amendment = self.amendments[amendment.parent]
            found = (*found, amendment.id)
        return found

    def held_on(self, unit: str) -> tuple[Amendment, ...]:
        """The changes that are held until this unit is reopened."""
        return tuple(a for a in self.on_unit(unit) if a.state is AmendmentState.HELD)

    def positions_on(self, *, unit: str = "", amendment: str = "") -> tuple[Position, ...]:
        """The positions on this unit or amendment that have not been lifted."""
        return self.index.positions.get(unit or amendment, ())

    def version(self, symbol: str) -> Version | None:
        """The version issued under this symbol."""
        return next((version for version in self.versions if version.symbol == symbol), None)

    def labels_taken(self, text: Text) -> frozenset[str]:
        """Every label that a unit of this text has or had, or that a proposal gave: a label is never given twice."""
        proposed = {amendment.label for amendment in self.amendments.values() if amendment.text == text.name}
        return frozenset({unit.label for unit in text.units} | proposed) - {""}

    def proposed_units(self, text: Text) -> Iterator[Amendment]:
        """The pending proposals of new units for this text."""
        for ids in self.pending.values():
            for id in ids:
                amendment = self.amendments[id]
                if amendment.label and amendment.text == text.name:
                    yield amendment

    # --- changing, for the effects of acts ---------------------------------------------------------------------

    @contextmanager
    def owned(self, yes: bool) -> Iterator[None]:
        """Within the block, if `yes`, `with_amendment` adds to the amendments of this state instead of copying all of
        them: for whoever made it and lets go of it. A long record is folded in half the time."""
        if yes:
            self.__dict__["_owned"] = (self.amendments, self.numbers)
        try:
            yield
        finally:
            self.__dict__.pop("_owned", None)

    def changed(self, **fields: Any) -> "State":
        """The state with other values of these fields; TypeError where it has no such field.

        What `dataclasses.replace` gives, without going through every field: a long record is folded act by act.
        """
        if not fields.keys() <= self.__dict__.keys():
            raise TypeError(f"A state has not all of these fields: {', '.join(fields)}.")
        state = object.__new__(State)
        state.__dict__.update(self.__dict__, **fields)
        state.__dict__.pop("_index", None)
        state.__dict__.pop("_owned", None)
        if "delegations" in fields:
            state.__dict__.pop("_names", None)
        return state

    def with_delegation(self, delegation: Delegation) -> "State":
        """The state with this delegation new in the roster, or in the place of the one of its name."""
        state = self.changed(delegations={**self.delegations, delegation.name: delegation})
        names = self.__dict__.get("_names")
        if names is not None and delegation.name not in self.delegations:  # a long roster is not gone through each time
            new = {name_key(name): delegation for name in delegation.names if is_name(name)}
            state.__dict__["_names"] = {**new, **names}
        return state

    def with_text(self, text: Text) -> "State":
        """The state with this text in the place of the one of its name."""
        return self.changed(texts={**self.texts, text.name: text})

    def with_words(self, text: Text, unit: Unit, change: Change) -> "State":
        """The state in which `unit` of `text` stands as given, and `change` is the newest step of its life."""
        lives = {**self.lives, unit.id: (*self.lives.get(unit.id, ()), change)}
        return self.changed(texts={**self.texts, text.name: text.with_unit(unit)}, lives=lives)

    def with_amendment(self, amendment: Amendment) -> "State":
        """The state with this amendment new or in the place of the one with its id; `pending` follows its state."""
        tabled, hanging, new = self.tabled, self.hanging, amendment.id not in self.amendments
        owned: tuple[dict[str, Amendment], dict[str, str]] | None = self.__dict__.get("_owned")
        amendments, numbers = owned or ({**self.amendments}, {**self.numbers})
        amendments[amendment.id] = amendment
        if new:
            numbers[_number_key(amendment.number)] = amendment.id
            tabled = {**tabled, amendment.unit: (*tabled.get(amendment.unit, ()), amendment.id)}
            if amendment.parent:
                hanging = {**hanging, amendment.parent: (*hanging.get(amendment.parent, ()), amendment.id)}
        waiting = self.pending.get(amendment.unit, ())
        pending = self.pending
        if amendment.state.pending and amendment.id not in waiting:
            pending = {**pending, amendment.unit: (*waiting, amendment.id)}
        elif not amendment.state.pending and amendment.id in waiting:
            left = tuple(id for id in waiting if id != amendment.id)
            pending = {**pending, amendment.unit: left}
            if not left:
                del pending[amendment.unit]
        state = self.changed(amendments=amendments, numbers=numbers, pending=pending, tabled=tabled, hanging=hanging)
        return state.with_course(amendment.text, amendment.unit) if pending is not self.pending else state

    def with_course(self, text: str, unit: str, by: str = "", why: str = "") -> "State":
        """The state in which the course of this unit tells its present status, if that is new.

        The fold writes the act and its time into new steps (`Log`).
        """
        found = self.texts[text].unit(unit) if text in self.texts else None
        if found is None:
            return self
        status, course = self.status(found), self.courses.get(unit, ())
        if course and course[-1].status is status:
            return self
        back = status in (UnitStatus.OPEN, UnitStatus.REOPENED)
        if course and course[-1].status is UnitStatus.BRACKETED and back:
            return self  # that its brackets are gone is no step of its own: it is agreed next, or bracketed again
        return self.changed(courses={**self.courses, unit: (*course, Step(status, "", "", by, why))})

    def with_agreement(self, text: str, unit: str, agreement: Agreement | None) -> "State":
        """The state in which the unit is agreed, or no longer."""
        agreements = {**self.agreements, unit: agreement} if agreement else {**self.agreements}
        if not agreement:
            agreements.pop(unit, None)
        reopened = self.reopened - {unit} if agreement else self.reopened
        positions = self.positions
        if agreement:  # what was wanted of the words is settled with them; a reservation stands until it is lifted
            positions = tuple(
                replace(position, lifted=agreement.act)
                if position.unit == unit and not position.lifted and not position.stand.withholds
                else position
                for position in positions
            )
        state = self.changed(agreements=agreements, reopened=reopened, positions=positions)
        return state.with_course(text, unit)

    def next_number(self, prefix: str = "A") -> str:
        """The first free number of amendments: A-1, A-2 …"""
        count = len(self.amendments) + 1
        while _number_key(f"{prefix}-{count}") in self.numbers:
            count += 1
        return f"{prefix}-{count}"

    def free_number(self, wanted: str) -> str:
        """`wanted`, or "A-3 bis", "A-3 ter" … where another amendment has it: two machines that were apart gave one
        number.
        """
        if not self.has_number(wanted):
            return wanted
        listed = (f"{wanted} {suffix}" for suffix in chain(SUFFIXES, range(21, 10_000)))
        return next((number for number in listed if not self.has_number(number)), f"{wanted} {len(self.amendments)}")

    def has_number(self, number: str) -> bool:
        """Whether an amendment has this number already."""
        return _number_key(number) in self.numbers


def may_table(delegation: Delegation) -> bool:
    """Whether this delegation may table amendments: parties and their organizations and groups, and the Chair."""
    return delegation.category in (
        Category.PARTY, Category.INTEGRATION, Category.GROUP, Category.CHAIR, Category.UNSPECIFIED
    )  # fmt: skip


def names_in_words(names: Iterable[str]) -> str:
    """ "Algeria, Brazil and Chile": no comma before the last "and" (house style of reports)."""
    listed = list(names)
    return " and ".join([", ".join(listed[:-1]), listed[-1]]) if len(listed) > 1 else "".join(listed)


def live_amendment(state: State, number: str) -> Amendment:
    """The amendment, suggestion or held change `number`, if it has not met its fate; OutOfOrder if it has."""
    amendment = state.find_amendment(number)
    if amendment.state.waiting:
        return amendment
    return standing_amendment(state, number)


def standing_amendment(state: State, number: str) -> Amendment:
    """The amendment `number` if it is before the room and awaits its fate; OutOfOrder if not."""
    amendment = state.find_amendment(number)
    if amendment.state is AmendmentState.SUGGESTED:
        raise OutOfOrder(
            f"{amendment.number} is a suggestion that no party has taken up.",
            "Let a party take it up.",
            rule="Observers suggest; a suggestion is before the room once a party has taken it up.",
        )
    if amendment.state is AmendmentState.HELD:
        raise OutOfOrder(
            f"{amendment.number} is held until its unit is reopened.",
            "Reopen the unit first.",
            rule=_UNTOUCHED,
        )
    if not amendment.state.pending:
        raise OutOfOrder(
            f"{amendment.number} has been {amendment.state} already.",
            "Undo that act first, or table a new amendment.",
            rule="A proposal once decided on is not decided on again (rule 55 of the rules of procedure).",
        )
    return amendment


_UNTOUCHED = "What has been agreed is not touched without a reopening."


def untouched(state: State, text: Text, unit: Unit) -> None:
    """OutOfOrder if the unit is agreed: nobody may touch it, the Secretariat neither."""
    status = state.status(unit)
    if status.agreed:
        adopted = status is UnitStatus.ADOPTED
        raise OutOfOrder(
            f"{text.noun.capitalize()} {unit.label} is {status}.",
            "Ask for its reopening.",
            rule="An adopted text is reconsidered by two thirds of the parties present and voting (rule 55)."
            if adopted
            else _UNTOUCHED,
        )


def _number_key(number: str) -> str:
    return number.casefold().replace("-", "").replace(" ", "")
