"""Amendments: tabling, oral revision by the sponsor, co-sponsors."""

import re
from dataclasses import dataclass, replace
from typing import Self

from draftwg.acts.base import Act, Drafting, Field, Request, quoted
from draftwg.acts.wording import Instruction, change_in_words, read_instruction
from draftwg.errors import BadInput, OutOfOrder
from draftwg.model.amendment import Amendment, AmendmentState, Kind, Wording
from draftwg.model.delegation import SECRETARIAT
from draftwg.model.labels import next_label, normal_label
from draftwg.model.state import State, names_in_words, standing_amendment
from draftwg.model.text import Text

_NUMBER = re.compile(r"[A-Z]{1,4}-?\d{1,5}[a-z]?", re.IGNORECASE)
_BINDING = re.compile(r"\b(should|shall|may|must|will)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Propose(Act):
    """A delegation tables an amendment: words of a unit, the whole unit, its deletion, or a new unit."""

    NAME = "propose"
    FIELDS = (
        Field("unit", "line", "the label of the unit (not for a new one)"),
        Field("by", "line", "the delegation that proposes", required=True),
        Instruction.REPLACE,
        Instruction.WITH,
        Field("after", "words", "words behind which “insert” comes; for a new unit, the label of the unit before it"),
        Instruction.BEFORE,
        Instruction.INSERT,
        Instruction.DELETE,
        Instruction.TEXT,
        Field("kind", "line", "“delete” proposes to delete the whole unit, “new” proposes a new one"),
        Field("label", "line", "the label of a new unit; without it, the next free one (15 bis)"),
        Field("sponsors", "names", "co-sponsors"),
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

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The amendment on the words as they stand, or on the place for a new unit."""
        state = drafting.state
        kind = request.line("kind", "").casefold()
        if kind == "new":
            place = _new_place(state, request)
        elif request.has("unit"):
            place = _on_unit(state, request, kind)
        else:
            raise BadInput("“unit” is missing.", "Say which unit the amendment is on, or kind new with after and text.")
        by = drafting.delegation(request.line("by")).name
        if by == SECRETARIAT:
            raise OutOfOrder(
                "The Secretariat tables no amendments.",
                "Record an editorial change with edit.",
                rule="The Secretariat makes editorial and consequential changes only.",
            )
        sponsors = tuple(name for name in drafting.delegations(request.names("sponsors")) if name != by)
        number = request.line("number", "").upper() or state.next_number()
        if not _NUMBER.fullmatch(number):
            raise BadInput(f"“{number[:40]}” is no number of an amendment.", "It reads like A-1.")
        _warn(drafting, place)
        stamp = drafting.stamp()
        return cls(
            id=stamp.id,
            clock=stamp.clock,
            at=stamp.at,
            number=number,
            by=by,
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
        )

    def apply(self, state: State) -> State:
        """The state with the amendment tabled."""
        text = state.text(self.text)
        if state.has_number(self.number):
            raise OutOfOrder(f"There is an amendment {self.number} already.", rule="A number is given once.")
        if not self.label:
            unit = text.unit(self.unit)
            if unit is None or unit.deleted:
                raise OutOfOrder("That unit is no longer in the text.", rule="An amendment is on a part of the text.")
        amendment = Amendment(
            id=self.id,
            number=self.number,
            text=self.text,
            unit=self.unit,
            kind=Kind(self.kind),
            by=self.by,
            wordings=(Wording(self.words, self.base, self.at, self.id, self.said),),
            at=self.at,
            sponsors=self.sponsors,
            reading=state.reading.number if state.reading else None,
            label=self.label,
            after=self.after,
            section=self.section,
            reason=self.reason,
        )
        return state.with_amendment(amendment)

    def subject(self, before: State) -> str:
        """The act in plain words."""
        text = before.text(self.text)
        if self.label:
            return f"{self.by} proposes a new {text.noun} {self.label}: {quoted(self.words)[1:-1]}"
        unit = text.unit(self.unit)
        name = f"{text.noun} {unit.label if unit else '?'}"
        if self.kind == Kind.DELETE_UNIT:
            return f"{self.by} proposes to delete {name}"
        return f"{self.by} proposes {self.said} in {name}"

    def body(self, before: State) -> str:
        """The wording in full, the co-sponsors and the reason."""
        parts = [f"Proposed wording:\n\n{self.words}"] if self.words else []
        if self.sponsors:
            parts.append(f"Co-sponsored by {names_in_words(self.sponsors)}.")
        if self.reason:
            parts.append(f"Reason given: {self.reason}")
        return "\n\n".join(parts)

    def trailers(self, before: State) -> dict[str, str]:
        """The amendment, its unit and its reading."""
        unit = before.text(self.text).unit(self.unit)
        reading = {"Reading": str(before.reading.number)} if before.reading else {}
        label = self.label or (unit.label if unit else self.unit)
        return {"Amendment": self.number, "Text": self.text, "Unit": label, "Delegation": self.by, **reading}

    @property
    def author(self) -> str:
        """The delegation."""
        return self.by


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an amendment applies, and to what effect."""

    text: str
    unit: str
    kind: Kind
    base: str = ""
    words: str = ""
    said: str = ""
    label: str = ""
    after: str = ""
    section: str = ""


def _on_unit(state: State, request: Request, kind: str) -> _Place:
    if kind not in ("", "delete", "replacement", "substitution", "insertion", "deletion"):
        raise BadInput(f"“{kind[:40]}” is no kind of amendment.", "It is delete, new, or left out.")
    text, unit = state.find_unit(request.line("unit"), request.line("in", ""))
    if unit.deleted:
        raise OutOfOrder(
            f"{text.noun.capitalize()} {unit.label} has been deleted.",
            "Propose a new one in its place.",
            rule="An amendment is on a part of the text.",
        )
    if kind == "delete" and not any(request.has(name) for name in ("replace", "insert", "delete", "text")):
        return _Place(text.name, unit.id, Kind.DELETE_UNIT, unit.text, "", "to delete it")
    changed = read_instruction(request, unit.text)
    if not changed.text:
        return _Place(text.name, unit.id, Kind.DELETE_UNIT, unit.text, "", "to delete it")
    changes = change_in_words(unit.text, changed.text)
    return _Place(text.name, unit.id, changes.kind, unit.text, changed.text, changed.said)


def _new_place(state: State, request: Request) -> _Place:
    words = request.words("text")
    if not words:
        raise BadInput("“text” is empty.", "A new unit needs its words.")
    text = state.text(request.line("in", ""))
    before = request.line("after", "")
    after, section, stem = "", text.units[0].section if text.units else "", ""
    if before:
        proposed = _proposed_unit(state, text, before)
        if proposed:
            after, section, stem = proposed.unit, proposed.section, proposed.label
        else:
            unit = state.find_unit(before, text.name)[1]
            after, section, stem = unit.id, unit.section, unit.label
    taken = frozenset(unit.label for unit in text.units) | {a.label for a in state.amendments.values() if a.label}
    label = normal_label(request.line("label", "")) if request.line("label", "") else ""
    if not label:
        if not stem:
            raise BadInput("“after” is missing.", "Say behind which unit the new one stands, or give its label.")
        label = next_label(stem, taken)
    if label in taken:
        raise OutOfOrder(
            f"The label {label} is taken.",
            f"The next free one is {next_label(stem, taken)}." if stem else "Choose another one.",
            rule="A label names one unit for the whole negotiation.",
        )
    return _Place(text.name, "", Kind.NEW_UNIT, "", words, f"a new {text.noun}", label, after, section)


def _proposed_unit(state: State, text: Text, label: str) -> Amendment | None:
    wanted = normal_label(label)
    if text.labelled(wanted):
        return None
    return next((amendment for amendment in state.proposed_units(text) if amendment.label == wanted), None)


def _warn(drafting: Drafting, place: _Place) -> None:
    """Remarks that matter in the room: who binds whom has changed, or the same words are disputed already."""
    old = [word.lower() for word in _BINDING.findall(place.base)]
    new = [word.lower() for word in _BINDING.findall(place.words)]
    if place.base and place.words and old != new:
        gone, come = [w for w in old if w not in new], [w for w in new if w not in old]
        if gone and come:
            drafting.warnings.append(f"It turns “{gone[0]}” into “{come[0]}”.")
    for other in drafting.state.pending_on(place.unit) if place.unit else ():
        if other.proposed == place.words:
            drafting.warnings.append(f"{other.by} has proposed the same in {other.number}; a co-sponsorship would do.")


@dataclass(frozen=True, kw_only=True)
class Revise(Act):
    """The sponsor revises its amendment orally; every wording is kept."""

    NAME = "revise"
    FIELDS = (
        Field("amendment", "line", "the number of the amendment", required=True),
        Field("by", "line", "the delegation that revises; only the sponsor may"),
        Instruction.REPLACE,
        Instruction.WITH,
        Instruction.AFTER,
        Instruction.BEFORE,
        Instruction.INSERT,
        Instruction.DELETE,
        Instruction.TEXT,
    )

    amendment: str
    base: str
    words: str
    said: str

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The new wording: instructions change the proposal as it reads, `text` replaces it."""
        state = drafting.state
        amendment = standing_amendment(state, request.line("amendment"))
        check_sponsor(drafting, request, amendment, "revise")
        if amendment.kind is Kind.DELETE_UNIT:
            raise OutOfOrder(
                f"{amendment.number} proposes to delete the whole unit; there are no words to revise.",
                "Let the delegation withdraw it and table another one.",
                rule="A revision changes the words of a proposal.",
            )
        changed = read_instruction(request, amendment.proposed)
        if not changed.text:
            raise BadInput(
                "A revision cannot leave no words.", "Withdraw the amendment, or propose to delete the unit."
            )
        unit = state.text(amendment.text).unit(amendment.unit)
        # The base stays what the proposal was said against, unless the whole wording is given anew on today's words.
        base = unit.text if unit and request.has("text") else amendment.base
        stamp = drafting.stamp()
        return cls(
            id=stamp.id,
            clock=stamp.clock,
            at=stamp.at,
            amendment=amendment.id,
            base=base,
            words=changed.text,
            said=change_in_words(base, changed.text).said,
        )

    def apply(self, state: State) -> State:
        """The state with the amendment revised."""
        amendment = standing_amendment(state, self.amendment)
        wording = Wording(self.words, self.base, self.at, self.id, self.said)
        return state.with_amendment(
            replace(amendment, wordings=(*amendment.wordings, wording), state=AmendmentState.REVISED)
        )

    def subject(self, before: State) -> str:
        """The act in plain words."""
        amendment = before.find_amendment(self.amendment)
        return f"{amendment.by} revises {amendment.number}: {self.said.removeprefix('to ')}"

    def body(self, before: State) -> str:
        """The wording in full."""
        return f"Proposed wording:\n\n{self.words}"

    def trailers(self, before: State) -> dict[str, str]:
        """The amendment."""
        return amendment_trailers(before, self.amendment)


@dataclass(frozen=True, kw_only=True)
class Cosponsor(Act):
    """A delegation joins an amendment as co-sponsor, or leaves it."""

    NAME = "cosponsor"
    FIELDS = (
        Field("amendment", "line", "the number of the amendment", required=True),
        Field("by", "line", "the delegation", required=True),
        Field("leave", "flag", "true where it leaves"),
    )

    amendment: str
    by: str
    leave: bool = False

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The joining or leaving."""
        amendment = standing_amendment(drafting.state, request.line("amendment"))
        by = drafting.delegation(request.line("by")).name
        stamp = drafting.stamp()
        return cls(
            id=stamp.id,
            clock=stamp.clock,
            at=stamp.at,
            amendment=amendment.id,
            by=by,
            leave=request.flag("leave", False),
        )

    def apply(self, state: State) -> State:
        """The state in which the delegation is, or is no longer, a co-sponsor."""
        amendment = standing_amendment(state, self.amendment)
        if self.by == amendment.by:
            raise OutOfOrder(
                f"{self.by} is the sponsor of {amendment.number}.",
                "It may withdraw it." if self.leave else "",
                rule="A sponsor is no co-sponsor.",
            )
        if (self.by in amendment.sponsors) != self.leave:
            is_one = "is no co-sponsor" if self.leave else "is a co-sponsor already"
            raise OutOfOrder(f"{self.by} {is_one} of {amendment.number}.", rule="A delegation co-sponsors once.")
        if self.leave:
            sponsors = tuple(name for name in amendment.sponsors if name != self.by)
        else:
            sponsors = (*amendment.sponsors, self.by)
        return state.with_amendment(replace(amendment, sponsors=sponsors))

    def subject(self, before: State) -> str:
        """The act in plain words."""
        amendment = before.find_amendment(self.amendment)
        verb = "no longer co-sponsors" if self.leave else "co-sponsors"
        return f"{self.by} {verb} {amendment.number} of {amendment.by}"

    def trailers(self, before: State) -> dict[str, str]:
        """The amendment."""
        return amendment_trailers(before, self.amendment)

    @property
    def author(self) -> str:
        """The delegation."""
        return self.by


def check_sponsor(drafting: Drafting, request: Request, amendment: Amendment, verb: str) -> None:
    """OutOfOrder if the request names a delegation other than the sponsor."""
    if not request.has("by"):
        return
    delegation = drafting.state.find_delegation(request.line("by"))
    if delegation is None or delegation.name != amendment.by:
        raise OutOfOrder(
            f"{amendment.number} is a proposal of {amendment.by}; only {amendment.by} may {verb} it.",
            "A co-sponsor may leave it." if verb == "withdraw" else "",
            rule="Only its sponsor disposes of a proposal (rule 54 of the rules of procedure).",
        )


def amendment_trailers(before: State, id: str) -> dict[str, str]:
    """The trailers of an act on an amendment."""
    amendment = before.find_amendment(id)
    unit = before.text(amendment.text).unit(amendment.unit)
    label = unit.label if unit else amendment.label
    return {"Amendment": amendment.number, "Text": amendment.text, "Unit": label}
