"""Amendments change hands: a suggestion is taken up, two proposals become one, a withdrawn one comes back."""

from dataclasses import dataclass, replace
from typing import Self

from draftwg.acts.amendment import amendment_trailers, same_wording
from draftwg.acts.base import Act, Drafting, Field, Request
from draftwg.acts.decision import on_unit
from draftwg.acts.effects import ended, into_parent, with_wording
from draftwg.acts.standing import party
from draftwg.acts.wording import change_in_words
from draftwg.errors import BadInput, OutOfOrder
from draftwg.model.amendment import Amendment, AmendmentState, Wording
from draftwg.model.delegation import name_key, the
from draftwg.model.state import State, names_in_words, standing_amendment, untouched
from draftwg.redline.anchor import reanchor

_AMENDMENT = Field("amendment", "line", "the number of the amendment", required=True)


@dataclass(frozen=True, kw_only=True)
class TakeUp(Act):
    """A party takes up an observer's suggestion: now it is tabled, and it is known where it came from."""

    NAME = "take_up"
    FIELDS = (_AMENDMENT, Field("by", "line", "the party", required=True))

    amendment: str
    by: str

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The taking up."""
        amendment = drafting.state.find_amendment(request.line("amendment"))
        by = party(drafting, request.line("by"), "take up a suggestion").name
        return cls(stamp=drafting.stamp(), amendment=amendment.id, by=by)

    def apply(self, state: State) -> State:
        """The state with the suggestion tabled."""
        amendment = state.find_amendment(self.amendment)
        if amendment.state is not AmendmentState.SUGGESTED:
            raise OutOfOrder(f"{amendment.number} is no suggestion.", rule="A party takes up an observer's suggestion.")
        text = state.text(amendment.text)
        unit = text.unit(amendment.unit)
        if unit is not None:
            untouched(state, text, unit)
        return state.with_amendment(replace(amendment, state=AmendmentState.TABLED, by=self.by, origin_by=amendment.by))

    def repeats(self, state: State) -> str | None:
        """The same party has taken it up."""
        amendment = state.amendments.get(self.amendment)
        return "" if amendment and amendment.origin_by and amendment.by == self.by else None

    def subject(self, before: State) -> str:
        """The act in plain words."""
        amendment = before.find_amendment(self.amendment)
        suggestion = f"{amendment.number}, a suggestion of {the(amendment.by)} on {on_unit(before, amendment)}"
        return f"{the(self.by, start=True)} takes up {suggestion}"

    def trailers(self, before: State) -> dict[str, str]:
        """The amendment."""
        return {**amendment_trailers(before, self.amendment), "Delegation": self.by}

    @property
    def author(self) -> str:
        """The party."""
        return self.by


@dataclass(frozen=True, kw_only=True)
class Merge(Act):
    """Two proposals become one: a sponsor takes a sub-amendment into its own, or sponsors present a common text."""

    NAME = "merge"
    FIELDS = (
        Field("amendment", "line", "the number of the amendment that goes into the other", required=True),
        Field("into", "line", "the number of the amendment that goes on", required=True),
        Field("text", "words", "the common wording; not needed for a sub-amendment"),
    )

    amendment: str
    into: str
    words: str
    by: str = ""
    wording: str = ""

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The merger."""
        state = drafting.state
        amendment = standing_amendment(state, request.line("amendment"))
        into = standing_amendment(state, request.line("into"))
        if amendment.id == into.id:
            raise OutOfOrder("An amendment cannot be merged into itself.", rule="Two proposals become one.")
        if request.has("text"):
            words = request.words("text")
        elif amendment.parent == into.id:
            words = into_parent(into, amendment)
        else:
            raise BadInput("“text” is missing.", "Give the common wording of the two proposals.")
        if not words:
            raise BadInput("“text” is empty.", "Withdraw the amendments instead.")
        return cls(
            stamp=drafting.stamp(),
            amendment=amendment.id,
            into=into.id,
            words=words,
            by=into.by,
            wording=into.wordings[-1].act,
        )

    def apply(self, state: State) -> State:
        """The state with one amendment merged into the other, its sponsors among those of the other."""
        amendment, into = standing_amendment(state, self.amendment), standing_amendment(state, self.into)
        same_wording(into, self.wording)
        if amendment.id in state.above(into):
            raise OutOfOrder(
                f"{into.number} hangs on {amendment.number}.",
                f"Merge {into.number} into {amendment.number}.",
                rule="What hangs on an amendment goes into it, not the other way round.",
            )
        state = ended(state, amendment, AmendmentState.MERGED, self, into.number)
        sponsors = into.sponsors
        if amendment.parent != into.id:
            sponsors = tuple(dict.fromkeys(name for name in (*into.sponsors, *amendment.names) if name != into.by))
        into = replace(state.amendments[into.id], sponsors=sponsors)
        said = change_in_words(into.base, self.words).said if into.base else into.said
        return with_wording(state, into, self.words, said, self)

    def repeats(self, state: State) -> str | None:
        """They have been merged, with this wording."""
        amendment, into = state.amendments.get(self.amendment), state.amendments.get(self.into)
        decision = amendment.decision if amendment else None
        if into is None or decision is None or decision.state is not AmendmentState.MERGED:
            return None
        return decision.act if (decision.because, into.proposed) == (into.number, self.words) else None

    def subject(self, before: State) -> str:
        """The act in plain words."""
        amendment, into = before.find_amendment(self.amendment), before.find_amendment(self.into)
        if amendment.parent == into.id:
            return f"{the(into.by, start=True)} takes {amendment.number} of {the(amendment.by)} into {into.number}"
        names = sorted({into.by, amendment.by}, key=name_key)
        who = names_in_words(the(name, start=not place) for place, name in enumerate(names))
        return f"{who} merge {amendment.number} into {into.number}"

    @property
    def author(self) -> str:
        """The sponsor of the amendment that goes on."""
        return self.by or super().author

    def body(self, before: State) -> str:
        """The common wording."""
        return f"Proposed wording:\n\n{self.words}"

    def trailers(self, before: State) -> dict[str, str]:
        """Both amendments."""
        return {**amendment_trailers(before, self.into), "Merged": before.find_amendment(self.amendment).number}


@dataclass(frozen=True, kw_only=True)
class Reintroduce(Act):
    """Another party brings a withdrawn proposal back (rule 54 of the rules of procedure): a new amendment with its
    origin.
    """

    NAME = "reintroduce"
    FIELDS = (
        Field("amendment", "line", "the number of the withdrawn amendment", required=True),
        Field("by", "line", "the party", required=True),
        Field("number", "line", "the number of the new amendment; without it, the next free one"),
    )

    amendment: str
    by: str
    number: str
    base: str
    words: str

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The new amendment, on the words as they stand now."""
        state = drafting.state
        amendment = state.find_amendment(request.line("amendment"))
        by = party(drafting, request.line("by"), "reintroduce a proposal").name
        if by == amendment.by and amendment.state is AmendmentState.WITHDRAWN:
            raise OutOfOrder(
                f"{the(by, start=True)} withdrew {amendment.number} itself.",
                "Let it table the amendment anew, or undo the withdrawal.",
                rule="A withdrawn proposal may be reintroduced by any other party (rule 54 of the rules of procedure).",
            )
        drafting.warnings += [
            f"{amendment.number} came back already: {other.number} of {the(other.by)} is {other.state}."
            for other in state.amendments.values()
            if other.origin == amendment.id
        ]
        base, words = amendment.base, amendment.proposed
        unit = state.text(amendment.text).unit(amendment.unit)
        if unit is not None and amendment.words_only and unit.text != base:
            verdict = reanchor(base, words, unit.text)
            if verdict.text is None:
                raise OutOfOrder(
                    f"{amendment.number} can no longer be put: {verdict.reason.rstrip('.')}.",
                    "Table a new amendment on the present words.",
                    rule="An amendment is on words that stand.",
                )
            base, words = unit.text, verdict.text
        number = request.line("number", "") or state.next_number()
        if state.has_number(number):
            raise OutOfOrder(f"There is an amendment {number} already.", rule="A number is given once.")
        return cls(
            stamp=drafting.stamp(),
            amendment=amendment.id,
            by=by,
            number=number,
            base=base,
            words=words,
        )

    def apply(self, state: State) -> State:
        """The state with the new amendment tabled."""
        old = state.find_amendment(self.amendment)
        if old.state not in (AmendmentState.WITHDRAWN, AmendmentState.LAPSED):
            raise OutOfOrder(
                f"{old.number} has not been withdrawn.",
                rule="A withdrawn proposal may be reintroduced by any party (rule 54 of the rules of procedure).",
            )
        number = state.free_number(self.number)
        text = state.text(old.text)
        unit = text.unit(old.unit)
        if unit is not None:
            untouched(state, text, unit)
        new: Amendment = replace(
            old,
            id=self.id,
            number=number,
            tabled_as=self.number if number != self.number else "",
            by=self.by,
            sponsors=(),
            wordings=(Wording(self.words, self.base, self.at, self.id, old.said),),
            at=self.at,
            state=AmendmentState.TABLED,
            decision=None,
            reading=state.reading.number if state.reading else None,
            origin=old.id,
            parent="",  # it stands by itself now
            consequential=False,
        )
        return state.with_amendment(new)

    def subject(self, before: State) -> str:
        """The act in plain words."""
        old = before.find_amendment(self.amendment)
        return f"{the(self.by, start=True)} reintroduces {old.number}, withdrawn by {the(old.by)}, as {self.number}"

    def body(self, before: State) -> str:
        """The wording."""
        return f"Proposed wording:\n\n{self.words}" if self.words else ""

    def trailers(self, before: State) -> dict[str, str]:
        """The new amendment and its origin."""
        trailers = amendment_trailers(before, self.amendment)
        return {**trailers, "Amendment": self.number, "Origin": trailers["Amendment"], "Delegation": self.by}

    @property
    def author(self) -> str:
        """The party."""
        return self.by
