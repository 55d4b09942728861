"""Decisions: an amendment is accepted, rejected or withdrawn."""

from dataclasses import dataclass, replace
from typing import Self

from draftwg.acts.amendment import amendment_trailers, check_sponsor
from draftwg.acts.base import Act, Drafting, Field, Request, quoted
from draftwg.errors import OutOfOrder
from draftwg.model.amendment import Amendment, AmendmentState, Decision, Kind
from draftwg.model.labels import label_key
from draftwg.model.state import Change, State, names_in_words, standing_amendment
from draftwg.model.text import Text, Unit
from draftwg.redline.anchor import Kind as Fit
from draftwg.redline.anchor import reanchor

_AMENDMENT = Field("amendment", "line", "the number of the amendment", required=True)


@dataclass(frozen=True, kw_only=True)
class Accept(Act):
    """No objection: the amendment becomes part of the text.

    `before` and `words` are the unit's words when it was accepted and as they read since. They stand in the record
    so that no later version of the program can come to another text.
    """

    NAME = "accept"
    FIELDS = (_AMENDMENT,)

    amendment: str
    before: str = ""
    words: str = ""

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The acceptance, with the amendment brought onto the words as they stand now."""
        state = drafting.state
        amendment = standing_amendment(state, request.line("amendment"))
        unit = state.text(amendment.text).unit(amendment.unit)
        stamp = drafting.stamp()
        return cls(
            id=stamp.id,
            clock=stamp.clock,
            at=stamp.at,
            amendment=amendment.id,
            before=unit.text if unit else "",
            words=settled(state, amendment, unit),
        )

    def apply(self, state: State) -> State:
        """The state with the amendment in the text."""
        amendment = standing_amendment(state, self.amendment)
        text = state.text(amendment.text)
        unit = text.unit(amendment.unit)
        words = self.words
        if (unit.text if unit else "") != self.before:  # another decision came in between, on another machine
            words = settled(state, amendment, unit)
        change = Change(self.id, words, amendment.by, self.at)
        if unit is None:
            unit = Unit(amendment.unit, amendment.label, words, amendment.section)
            state = state.with_text(text.with_new_unit(unit, new_place(state, text, amendment)))
            text = state.text(amendment.text)
        if unit.deleted:
            raise OutOfOrder(f"{unit.label} has been deleted.", rule="An amendment is on a part of the text.")
        deleted = amendment.kind is Kind.DELETE_UNIT
        state = state.with_words(text, replace(unit, text=unit.text if deleted else words, deleted=deleted), change)
        return _decided(state, amendment, AmendmentState.ACCEPTED, self)

    def subject(self, before: State) -> str:
        """The act in plain words."""
        return f"{_told(before, self.amendment)} is accepted"

    def body(self, before: State) -> str:
        """The words as they read now, and who proposed them."""
        amendment = before.find_amendment(self.amendment)
        said = f"{names_in_words(amendment.names)} proposed {amendment.said}."
        return f"{said}\n\nIt now reads:\n\n{self.words}" if self.words else said

    def trailers(self, before: State) -> dict[str, str]:
        """The amendment."""
        return amendment_trailers(before, self.amendment)


@dataclass(frozen=True, kw_only=True)
class Reject(Act):
    """The amendment does not carry."""

    NAME = "reject"
    FIELDS = (_AMENDMENT, Field("reason", "line", "why, for the record"))

    amendment: str
    reason: str = ""

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The rejection."""
        amendment = standing_amendment(drafting.state, request.line("amendment"))
        stamp = drafting.stamp()
        return cls(
            id=stamp.id, clock=stamp.clock, at=stamp.at, amendment=amendment.id, reason=request.line("reason", "")
        )

    def apply(self, state: State) -> State:
        """The state with the amendment rejected."""
        return _decided(state, standing_amendment(state, self.amendment), AmendmentState.REJECTED, self)

    def subject(self, before: State) -> str:
        """The act in plain words."""
        why = f": {quoted(self.reason)[1:-1]}" if self.reason else ""
        return f"{_told(before, self.amendment)} is rejected{why}"

    def trailers(self, before: State) -> dict[str, str]:
        """The amendment."""
        return amendment_trailers(before, self.amendment)


@dataclass(frozen=True, kw_only=True)
class Withdraw(Act):
    """The sponsor takes its amendment back (rule 54 of the rules of procedure)."""

    NAME = "withdraw"
    FIELDS = (_AMENDMENT, Field("by", "line", "the delegation that withdraws; only the sponsor may"))

    amendment: str
    by: str

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The withdrawal."""
        amendment = standing_amendment(drafting.state, request.line("amendment"))
        check_sponsor(drafting, request, amendment, "withdraw")
        stamp = drafting.stamp()
        return cls(id=stamp.id, clock=stamp.clock, at=stamp.at, amendment=amendment.id, by=amendment.by)

    def apply(self, state: State) -> State:
        """The state with the amendment withdrawn."""
        return _decided(state, standing_amendment(state, self.amendment), AmendmentState.WITHDRAWN, self)

    def subject(self, before: State) -> str:
        """The act in plain words."""
        amendment = before.find_amendment(self.amendment)
        return f"{self.by} withdraws {amendment.number} on {_on(before, amendment)}"

    def trailers(self, before: State) -> dict[str, str]:
        """The amendment."""
        return amendment_trailers(before, self.amendment)

    @property
    def author(self) -> str:
        """The sponsor."""
        return self.by


def settled(state: State, amendment: Amendment, unit: Unit | None) -> str:
    """The words of the unit once the amendment is in it; OutOfOrder, naming the culprit, where its words are gone or
    disputed.
    """
    if unit is None or amendment.kind is Kind.DELETE_UNIT:
        return amendment.proposed
    if unit.text == amendment.base:
        return amendment.proposed
    others = {
        other.number: other.proposed
        for other in state.on_unit(unit.id)
        if other.state is AmendmentState.ACCEPTED and other.kind is not Kind.DELETE_UNIT
    }
    verdict = reanchor(amendment.base, amendment.proposed, unit.text, others=others)
    if verdict.kind in (Fit.CONFLICTS, Fit.GONE) or verdict.text is None:
        raise OutOfOrder(
            f"{amendment.number} cannot be accepted as it is: {verdict.reason.rstrip('.')}.",
            "Let its sponsor revise it on the present words, or reject or withdraw it.",
            rule="Where one adoption implies the rejection of another, the other is not put.",
        )
    return verdict.text


def new_place(state: State, text: Text, amendment: Amendment) -> int:
    """The place in `text.units` for the new unit of this amendment: behind its neighbour, among its siblings by
    label.
    """
    after = amendment.after
    while after and text.unit(after) is None:  # behind a unit that is itself only proposed, or was withdrawn
        after = next((other.after for other in state.amendments.values() if other.unit == after), "")
    place = text.place(after) + 1 if after else 0
    stem, own = amendment.label.split()[0], label_key(amendment.label)
    while place < len(text.units):
        label = text.units[place].label
        if label.split()[0] != stem or label_key(label) > own:
            break
        place += 1
    return place


def _decided(state: State, amendment: Amendment, end: AmendmentState, act: Act) -> State:
    reading = state.reading.number if state.reading else None
    return state.with_amendment(replace(amendment, state=end, decision=Decision(end, act.at, act.id, reading)))


def _on(state: State, amendment: Amendment) -> str:
    text = state.text(amendment.text)
    unit = text.unit(amendment.unit)
    return f"{text.noun} {unit.label if unit else amendment.label}"


def _told(before: State, id: str) -> str:
    amendment = before.find_amendment(id)
    return f"{amendment.number} of {names_in_words(amendment.names)} on {_on(before, amendment)}"
