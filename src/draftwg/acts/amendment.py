"""What a sponsor does with its amendment: oral revision, co-sponsors."""

from dataclasses import dataclass, replace
from typing import Self

from draftwg.acts.base import Act, Drafting, Field, Request
from draftwg.acts.standing import party
from draftwg.acts.wording import Instruction, change_in_words, read_instruction
from draftwg.errors import OutOfOrder
from draftwg.model.amendment import Amendment, AmendmentState, Kind, Wording
from draftwg.model.delegation import the
from draftwg.model.state import State, standing_amendment


@dataclass(frozen=True, kw_only=True)
class OnAmendment(Act):
    """An act on one amendment, which it names by its permanent id."""

    amendment: str

    def trailers(self, before: State) -> dict[str, str]:
        """The amendment."""
        return amendment_trailers(before, self.amendment)


@dataclass(frozen=True, kw_only=True)
class Revise(OnAmendment):
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
        Instruction.SAY,
    )

    base: str
    words: str
    said: str
    by: str = ""
    wording: str = ""

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
            raise OutOfOrder(
                "A revision cannot leave no words.",
                "Withdraw the amendment, or propose to delete the unit.",
                rule="A sponsor revises the wording; a withdrawal is an act of its own.",
            )
        unit = state.text(amendment.text).unit(amendment.unit)
        # The base stays what the proposal was said against, unless the whole wording is given anew on today's words.
        anew = unit is not None and request.has("text") and amendment.words_only and not amendment.parent
        base = unit.text if unit and anew else amendment.base
        return cls(
            stamp=drafting.stamp(),
            amendment=amendment.id,
            base=base,
            words=changed.text,
            said=change_in_words(base, changed.text).said if base else amendment.said,
            by=amendment.by,
            wording=amendment.wordings[-1].act,
        )

    def apply(self, state: State) -> State:
        """The state with the amendment revised."""
        amendment = standing_amendment(state, self.amendment)
        same_wording(amendment, self.wording)
        wording = Wording(self.words, self.base, self.at, self.id, self.said)
        return state.with_amendment(
            replace(amendment, wordings=(*amendment.wordings, wording), state=AmendmentState.REVISED)
        )

    def repeats(self, state: State) -> str | None:
        """The same wording was recorded on another machine."""
        wording = state.amendments[self.amendment].wordings[-1] if self.amendment in state.amendments else None
        return wording.act if wording and (wording.text, wording.base) == (self.words, self.base) else None

    def subject(self, before: State) -> str:
        """The act in plain words."""
        amendment = before.find_amendment(self.amendment)
        return f"{the(amendment.by, start=True)} revises {amendment.number}: {self.said.removeprefix('to ')}"

    def body(self, before: State) -> str:
        """The wording in full."""
        return f"Proposed wording:\n\n{self.words}"

    @property
    def author(self) -> str:
        """The sponsor."""
        return self.by or super().author


@dataclass(frozen=True, kw_only=True)
class Cosponsor(OnAmendment):
    """A delegation joins an amendment as co-sponsor, or leaves it."""

    NAME = "cosponsor"
    FIELDS = (
        Field("amendment", "line", "the number of the amendment", required=True),
        Field("by", "line", "the delegation", required=True),
        Field("leave", "flag", "true where it leaves"),
    )

    by: str
    leave: bool = False

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The joining or leaving."""
        amendment = standing_amendment(drafting.state, request.line("amendment"))
        leave = request.flag("leave", False)
        by = drafting.delegation(request.line("by")).name if leave else ""
        return cls(
            stamp=drafting.stamp(),
            amendment=amendment.id,
            by=by or party(drafting, request.line("by"), "co-sponsor").name,
            leave=leave,
        )

    def apply(self, state: State) -> State:
        """The state in which the delegation is, or is no longer, a co-sponsor."""
        amendment = standing_amendment(state, self.amendment)
        if self.by == amendment.by:
            raise OutOfOrder(
                f"{the(self.by, start=True)} is the sponsor of {amendment.number}.",
                "It may withdraw it." if self.leave else "",
                rule="A sponsor is no co-sponsor.",
            )
        if (self.by in amendment.sponsors) != self.leave:
            is_one = "is no co-sponsor" if self.leave else "is a co-sponsor already"
            raise OutOfOrder(
                f"{the(self.by, start=True)} {is_one} of {amendment.number}.", rule="A delegation co-sponsors once."
            )
        if self.leave:
            sponsors = tuple(name for name in amendment.sponsors if name != self.by)
        else:
            sponsors = (*amendment.sponsors, self.by)
        return state.with_amendment(replace(amendment, sponsors=sponsors))

    def repeats(self, state: State) -> str | None:
        """It is a co-sponsor, or is none, already."""
        amendment = state.amendments.get(self.amendment)
        known = amendment is not None and self.by != amendment.by and (self.by in amendment.sponsors) != self.leave
        return "" if known else None

    def subject(self, before: State) -> str:
        """The act in plain words."""
        amendment = before.find_amendment(self.amendment)
        verb = "no longer co-sponsors" if self.leave else "co-sponsors"
        return f"{the(self.by, start=True)} {verb} {amendment.number} of {the(amendment.by)}"

    @property
    def author(self) -> str:
        """The delegation."""
        return self.by


def same_wording(amendment: Amendment, wording: str) -> None:
    """OutOfOrder if the act was made on another wording than the present one (`wording`: the act that made it; ""
    is not known): another machine revised the amendment meanwhile.
    """
    if wording and amendment.wordings[-1].act != wording:
        raise OutOfOrder(
            f"{amendment.number} was revised on another machine at the same time.",
            "Settle which of the two stands (settle).",
            rule="What is decided on is the wording before the room.",
        )


def check_sponsor(drafting: Drafting, request: Request, amendment: Amendment, verb: str) -> None:
    """OutOfOrder if the request names a delegation other than the sponsor."""
    if not request.has("by"):
        return
    delegation = drafting.state.find_delegation(request.line("by"))
    if delegation is None or delegation.name != amendment.by:
        raise OutOfOrder(
            f"{amendment.number} is a proposal of {the(amendment.by)}; only {the(amendment.by)} may {verb} it.",
            "A co-sponsor may leave it." if verb == "withdraw" else "",
            rule="Only its sponsor disposes of a proposal (rule 54 of the rules of procedure).",
        )


def amendment_trailers(before: State, id: str) -> dict[str, str]:
    """The trailers of an act on an amendment."""
    amendment = before.find_amendment(id)
    unit = before.text(amendment.text).unit(amendment.unit)
    label = unit.label if unit else amendment.label
    return {"Amendment": amendment.number, "Text": amendment.text, "Unit": label}
