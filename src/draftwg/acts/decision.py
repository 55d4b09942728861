"""Decisions: an amendment is accepted, rejected, withdrawn, or falls because another was accepted."""

import re
from dataclasses import dataclass
from typing import Self

from draftwg.acts.amendment import OnAmendment, check_sponsor, same_wording
from draftwg.acts.base import Drafting, Field, Request, quoted
from draftwg.acts.effects import accepted, ended, into_parent, settled, would_fall
from draftwg.errors import BadInput, OutOfOrder
from draftwg.model.amendment import Amendment, AmendmentState
from draftwg.model.delegation import the
from draftwg.model.state import State, live_amendment, names_in_words, standing_amendment
from draftwg.model.text import UnitStatus

_AMENDMENT = Field("amendment", "line", "the number of the amendment", required=True)
_VOTE = Field(
    "vote", "line", "the figures of a vote, for-against-abstentions: 41-3-7 (or 41-3); without it, by consensus"
)
_MAJORITY = "Failing consensus, what has more votes for it than against it carries (rules 56 and 57)."
_FIGURES = re.compile(r"\d{1,4}-\d{1,4}(?:-\d{1,4})?")


@dataclass(frozen=True, kw_only=True)
class Accept(OnAmendment):
    """No objection: the amendment becomes part of the text. `fallen` names those that are not put because of it.

    `before` and `words` are the unit's words when it was accepted and as they read since. They stand in the record
    so that no later version of the program can come to another text.
    """

    NAME = "accept"
    FIELDS = (
        _AMENDMENT,
        Field("fallen", "names", "the amendments that fall because of it"),
        _VOTE,
    )

    before: str = ""
    words: str = ""
    fallen: tuple[str, ...] = ()
    vote: str = ""
    wording: str = ""

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The acceptance, with the amendment brought onto the words as they stand now."""
        state = drafting.state
        amendment = standing_amendment(state, request.line("amendment"))
        _in_turn(state, amendment)
        unit = state.text(amendment.text).unit(amendment.unit)
        if amendment.parent and not amendment.consequential:
            words = into_parent(state.amendments[amendment.parent], amendment)
        else:
            words = settled(state, amendment, unit)
        fallen = tuple(standing_amendment(state, number) for number in request.names("fallen"))
        vote = _figures(request)
        if vote and not carries(vote):
            raise OutOfOrder(
                f"By {vote}, {amendment.number} does not carry.", "Reject it, or check the figures.", rule=_MAJORITY
            )
        _remark(drafting, amendment, words, fallen)
        return cls(
            stamp=drafting.stamp(),
            amendment=amendment.id,
            before=unit.text if unit else "",
            words=words,
            fallen=tuple(other.id for other in fallen),
            vote=vote,
            wording=amendment.wordings[-1].act,
        )

    def apply(self, state: State) -> State:
        """The state with the amendment in the text."""
        amendment = standing_amendment(state, self.amendment)
        same_wording(amendment, self.wording)
        _in_turn(state, amendment)
        unit = state.text(amendment.text).unit(amendment.unit)
        words = self.words
        if (unit.text if unit else "") != self.before:  # another decision came in between, on another machine
            words = settled(state, amendment, unit)
        state = ended(state, amendment, AmendmentState.ACCEPTED, self, vote=self.vote)
        state = accepted(state, amendment, words, self)
        for id in self.fallen:
            other = state.find_amendment(id) if id != amendment.id else standing_amendment(state, id)
            if not other.state.ended:  # else it met its fate on another machine
                state = ended(state, other, AmendmentState.FALLEN, self, amendment.number)
        return state.with_course(amendment.text, amendment.unit)

    def repeats(self, state: State) -> str | None:
        """The same wording was accepted, by the same figures."""
        return _decided(state, self.amendment, AmendmentState.ACCEPTED, self.vote, self.wording)

    def subject(self, before: State) -> str:
        """The act in plain words."""
        vote = f" by {self.vote}" if self.vote else ""
        fallen = names_in_words(before.amendments[id].number for id in self.fallen if id in before.amendments)
        falls = f"; {fallen} {'fall' if len(self.fallen) > 1 else 'falls'}" if fallen else ""
        return f"{told(before, self.amendment)} is accepted{vote}{falls}"

    def body(self, before: State) -> str:
        """The words as they read now, and who proposed them."""
        amendment = before.find_amendment(self.amendment)
        said = f"{_capital(names_in_words(map(the, amendment.names)))} proposed {amendment.said}."
        return f"{said}\n\nIt now reads:\n\n{self.words}" if self.words else said


@dataclass(frozen=True, kw_only=True)
class Reject(OnAmendment):
    """The amendment does not carry, or a request for reopening is refused."""

    NAME = "reject"
    FIELDS = (_AMENDMENT, Field("reason", "line", "why, for the record"), _VOTE)

    reason: str = ""
    vote: str = ""
    wording: str = ""

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The rejection."""
        state = drafting.state
        amendment = live_amendment(state, request.line("amendment"))
        if amendment.state is AmendmentState.SUGGESTED:
            standing_amendment(state, amendment.id)  # refuses: only what is before the room is decided on
        _in_turn(state, amendment)
        vote = _figures(request)
        if vote and carries(vote, two_thirds=_on_adopted(state, amendment)):
            raise OutOfOrder(
                f"By {vote}, {amendment.number} carries.", "Accept it, or check the figures.", rule=_MAJORITY
            )
        return cls(
            stamp=drafting.stamp(),
            amendment=amendment.id,
            reason=request.line("reason", ""),
            vote=vote,
            wording=amendment.wordings[-1].act,
        )

    def apply(self, state: State) -> State:
        """The state with the amendment rejected."""
        amendment = live_amendment(state, self.amendment)
        same_wording(amendment, self.wording)
        _in_turn(state, amendment)
        return ended(state, amendment, AmendmentState.REJECTED, self, self.reason, self.vote)

    def repeats(self, state: State) -> str | None:
        """The same wording was rejected, by the same figures."""
        return _decided(state, self.amendment, AmendmentState.REJECTED, self.vote, self.wording)

    def subject(self, before: State) -> str:
        """The act in plain words."""
        why = f": {quoted(self.reason)[1:-1]}" if self.reason else ""
        return f"{told(before, self.amendment)} is rejected{f' by {self.vote}' if self.vote else ''}{why}"


@dataclass(frozen=True, kw_only=True)
class Fall(OnAmendment):
    """The amendment is not put, because another one was accepted."""

    NAME = "fall"
    FIELDS = (_AMENDMENT, Field("because", "line", "the number of the amendment that was accepted", required=True))

    because: str

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The fall."""
        amendment = standing_amendment(drafting.state, request.line("amendment"))
        because = drafting.state.find_amendment(request.line("because"))
        return cls(stamp=drafting.stamp(), amendment=amendment.id, because=because.id)

    def apply(self, state: State) -> State:
        """The state with the amendment fallen."""
        because = state.find_amendment(self.because)
        if because.state is not AmendmentState.ACCEPTED:
            raise OutOfOrder(
                f"{because.number} has not been accepted.",
                "Reject the amendment, or let its sponsor withdraw it.",
                rule="An amendment falls where the adoption of another implies its rejection.",
            )
        amendment = standing_amendment(state, self.amendment)
        return ended(state, amendment, AmendmentState.FALLEN, self, because.number)

    def repeats(self, state: State) -> str | None:
        """It has fallen."""
        return _decided(state, self.amendment, AmendmentState.FALLEN)

    def subject(self, before: State) -> str:
        """The act in plain words."""
        because = before.find_amendment(self.because)
        return f"{told(before, self.amendment)} falls, {because.number} having been accepted"


@dataclass(frozen=True, kw_only=True)
class Withdraw(OnAmendment):
    """The sponsor takes its amendment back (rule 54 of the rules of procedure); what hangs on it lapses."""

    NAME = "withdraw"
    FIELDS = (_AMENDMENT, Field("by", "line", "the delegation that withdraws; only the sponsor may"))

    by: str

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The withdrawal."""
        amendment = live_amendment(drafting.state, request.line("amendment"))
        check_sponsor(drafting, request, amendment, "withdraw")
        return cls(stamp=drafting.stamp(), amendment=amendment.id, by=amendment.by)

    def apply(self, state: State) -> State:
        """The state with the amendment withdrawn."""
        return ended(state, live_amendment(state, self.amendment), AmendmentState.WITHDRAWN, self)

    def repeats(self, state: State) -> str | None:
        """It has been withdrawn, or is out of the way already."""
        amendment = state.amendments.get(self.amendment)
        if amendment is not None and amendment.state in (AmendmentState.FALLEN, AmendmentState.LAPSED):
            return ""
        return _decided(state, self.amendment, AmendmentState.WITHDRAWN)

    def subject(self, before: State) -> str:
        """The act in plain words."""
        amendment = before.find_amendment(self.amendment)
        return f"{the(self.by, start=True)} withdraws {amendment.number} on {on_unit(before, amendment)}"

    @property
    def author(self) -> str:
        """The sponsor."""
        return self.by


def _decided(state: State, id: str, end: AmendmentState, vote: str = "", wording: str = "") -> str | None:
    """The act that gave the amendment this end, by these figures and on this wording; None where there is none."""
    amendment = state.amendments.get(id)
    decision = amendment.decision if amendment else None
    if amendment is None or decision is None or (decision.state, decision.vote) != (end, vote):
        return None
    return decision.act if not wording or amendment.wordings[-1].act == wording else None


def on_unit(state: State, amendment: Amendment) -> str:
    """What the amendment is on, in words: "recommendation 8"."""
    text = state.text(amendment.text)
    unit = text.unit(amendment.unit)
    if unit is None and not amendment.label:
        return f"the heading of {amendment.section}"
    return f"{text.noun} {unit.label if unit else amendment.label}"


def told(before: State, id: str) -> str:
    """An amendment in words: "A-1 of Mexico on recommendation 8"."""
    amendment = before.find_amendment(id)
    return f"{amendment.number} of {names_in_words(map(the, amendment.names))} on {on_unit(before, amendment)}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _in_turn(state: State, amendment: Amendment) -> None:
    """A sub-amendment is taken before its amendment, a consequential change after it."""
    subs = [child for child in state.children(amendment) if not child.consequential and child.state.pending]
    if subs:
        raise OutOfOrder(
            f"{subs[0].number} is a sub-amendment to {amendment.number} and comes first.",
            f"Decide on {subs[0].number}, or let {the(amendment.by)} take it in.",
            rule="A sub-amendment is taken before its amendment.",
        )
    if amendment.consequential and state.amendments[amendment.parent].state.pending:
        parent = state.amendments[amendment.parent]
        raise OutOfOrder(
            f"{amendment.number} is a consequence of {parent.number}, which is not decided yet.",
            f"Decide on {parent.number} first.",
            rule="A consequential change follows its amendment.",
        )


def _remark(drafting: Drafting, amendment: Amendment, words: str, fallen: tuple[Amendment, ...]) -> None:
    """What follows from an acceptance: open consequences, and amendments that would fall."""
    state = drafting.state
    for child in state.children(amendment):
        if child.consequential:
            drafting.warnings.append(f"{child.number}, a consequential change, is still open.")
    if amendment.parent and not amendment.consequential:
        return
    confirmed = {other.id for other in fallen}
    for other in would_fall(state, amendment, words):
        if other.id not in confirmed:
            drafting.warnings.append(f"{other.number} of {the(other.by)} would fall; the Chair confirms it.")


def carries(vote: str, *, two_thirds: bool = False) -> bool:
    """Whether figures like 41-3-7 carry a proposal: more votes for it than against it, or two thirds of them. Who
    abstains does not vote.
    """
    votes, against = (int(figure) for figure in vote.split("-")[:2])
    return votes >= 2 * against and votes > 0 if two_thirds else votes > against


def _on_adopted(state: State, amendment: Amendment) -> bool:
    """Whether it asks to reopen an adopted unit, which needs two thirds."""
    unit = state.text(amendment.text).unit(amendment.unit)
    return amendment.state is AmendmentState.HELD and unit is not None and state.status(unit) is UnitStatus.ADOPTED


def _figures(request: Request) -> str:
    vote = request.line("vote", "")
    if vote and not _FIGURES.fullmatch(vote):
        raise BadInput(f"“{vote[:40]}” are no figures of a vote.", "Write them like 41-3-7: for, against, abstentions.")
    return vote
