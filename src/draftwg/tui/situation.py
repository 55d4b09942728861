"""What is in front of the person: the commands ask it whether they are possible now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from draftwg.hygiene import one_line
from draftwg.tui.keys import key

if TYPE_CHECKING:
    from draftwg.acts.settling import Dispute
    from draftwg.desk.questions import Row
    from draftwg.model.amendment import Amendment
    from draftwg.model.state import State
    from draftwg.model.text import Text
    from draftwg.redline import Verdict
    from draftwg.repository.journal import Unsaved


class Pane(StrEnum):
    """Where the keys go."""

    UNITS = "units"
    WORDS = "words"
    AMENDMENTS = "amendments"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Situation:
    """A moment at the console. `state` is None until the record has been read; `row` is the unit or section
    under the cursor; `room` is what the room does ("follows", "stays", "frozen"), and `watched` whether a
    projection runs; `undo_passes` is the symbol of an issued version before which the act to undo stands, with
    that act."""

    pane: Pane = Pane.UNITS
    state: State | None = None
    text: Text | None = None
    row: Row | None = None
    amendment: Amendment | None = None
    verdict: Verdict | None = None
    unsaved: tuple[Unsaved, ...] = ()
    undoable: bool = False
    redoable: bool = False
    undo_passes: tuple[str, str] | None = None
    matches: int = 0
    falling: tuple[tuple[Amendment, Amendment], ...] = ()
    what_if: bool = False
    disputes: tuple[Dispute, ...] = ()
    room: str = ""
    watched: bool = False

    @property
    def noun(self) -> str:
        """What a unit is called."""
        return self.text.noun if self.text else "unit"

    def no_text(self) -> str:
        """Why nothing can be done with the text; "" where something can."""
        if self.state is None:
            return "The record is still being read."
        return "" if self.text else "This meeting has no text yet: draftwg import FILE --text NAME brings one in."

    def no_unit(self, *, proposed: bool = False) -> str:
        """Why nothing can be done with the unit; "" where something can. With `proposed`, a unit only proposed will
        do."""
        if reason := self.no_text():
            return reason
        if self.row is None or self.row.unit is None:
            return f"Choose a {self.noun} first."
        if self.row.unit.deleted:
            gone = one_line(self.row.unit.gone or "deleted")
            told = f"{self.noun.capitalize()} {self.row.unit.label} is no longer in the text ({gone})."
            return f"{told} Rule: An amendment is on a part of the text."
        if self.row.proposal is not None and not proposed:
            number = self.row.proposal.number
            told = f"{self.row.unit.label} is only proposed: {number} can be revised, accepted or rejected."
            return f"{told} Rule: An amendment is on a part of the text."
        return ""

    def no_reading(self) -> str:
        """Why no unit is before the room; "" while a reading is open."""
        if self.state is not None and self.state.reading is not None:
            return ""
        told = (
            f"The reading is suspended: {key('suspend')} resumes it."
            if self.suspended
            else f"No reading is open: {key('reading')} opens one."
        )
        return f"{told} Rule: Units are considered in a reading."

    @property
    def meeting(self) -> int | None:
        """The number of the meeting at which the last reading was held, where it is known."""
        numbers = [reading.meeting for reading in self.state.readings if reading.meeting] if self.state else []
        return numbers[-1] if numbers else None

    @property
    def agreed(self) -> bool:
        """Whether the unit under the cursor is agreed, so that nobody may touch it."""
        return self.row is not None and self.row.proposal is None and self.row.status.agreed

    @property
    def decided(self) -> bool:
        """Whether the last amendment on the unit under the cursor has been decided on, and the unit not yet agreed."""
        ended = self.amendment is not None and self.amendment.state.ended
        return ended and not self.agreed and self.row is not None and not self.row.pending

    def no_open_unit(self) -> str:
        """Why the unit cannot be touched; "" where it can."""
        if reason := self.no_unit():
            return reason
        if self.agreed and self.row is not None and self.row.unit is not None:
            told = f"{self.noun.capitalize()} {self.row.unit.label} is {self.row.status}"
            again = f"{key('amend')} asks for its reopening."
            return f"{told}: {again} Rule: What has been agreed is not touched without a reopening."
        return ""

    def no_live_amendment(self) -> str:
        """Why the chosen amendment cannot meet its fate; "" where it can, though it may not be before the room yet."""
        if reason := self.no_text():
            return reason
        if self.amendment is None:
            return f"No amendment on this unit yet: {key('amend')} records one."
        if self.amendment.state.ended:
            number, undo = self.amendment.number, key("undo")
            told = f"{number} has been {self.amendment.state} already; only undoing ({undo}) takes that back."
            return f"{told} Rule: A proposal once decided on is not decided on again (rule 55)."
        return ""

    def no_amendment(self) -> str:
        """Why nothing can be done with the amendment; "" where it is before the room and something can."""
        if reason := self.no_live_amendment():
            return reason
        if self.amendment is not None and self.amendment.state.waiting:
            number = self.amendment.number
            if self.amendment.state.value == "held":
                told = f"{number} is held until its unit is reopened: {key('reopen')} records the ruling."
                return f"{told} Rule: What has been agreed is not touched without a reopening."
            told = f"{number} is a suggestion: {key('take_up')} records that a party takes it up."
            return f"{told} Rule: Observers only suggest."
        return ""

    def in_turn(self) -> str:
        """Why it is not the turn of the chosen amendment; "" where it is."""
        if self.amendment is None or self.state is None:
            return ""
        one, state = self.amendment, self.state
        subs = [child.number for child in state.children(one) if child.state.pending and not child.consequential]
        if subs:
            told = f"{subs[0]} is a sub-amendment to {one.number}: decide on it, or {key('merge_into')} takes it in."
            return f"{told} Rule: A sub-amendment is taken before its amendment."
        parent = state.amendments.get(one.parent)
        if one.consequential and parent is not None and parent.state.pending:
            told = f"{one.number} is a consequence of {parent.number}, which is not decided yet."
            return f"{told} Rule: A consequential change follows its amendment."
        return ""

    def in_the_way(self) -> str:
        """Why the chosen amendment cannot be accepted as it is; "" where it can."""
        if self.verdict is None or self.verdict.text is not None:
            return ""
        told = f"{self.amendment.number if self.amendment else ''} {one_line(self.verdict.reason).rstrip('.')}."
        return f"{told} Rule: Where one adoption implies the rejection of another, the other is not put."

    @property
    def falls(self) -> tuple[Amendment, Amendment] | None:
        """The amendment that would fall, the chosen one if it is among them, with the accepted one because of which."""
        chosen = (pair for pair in self.falling if self.amendment is not None and pair[0].id == self.amendment.id)
        return next(chosen, next(iter(self.falling), None))

    @property
    def dispute(self) -> Dispute | None:
        """What is contested: on the unit under the cursor if anything there is, else the first there is."""
        unit = self.row.unit.id if self.row is not None and self.row.unit is not None else ""
        here = (one for one in self.disputes if one.unit == unit)
        return next(here, next(iter(self.disputes), None))

    @property
    def suspended(self) -> bool:
        """Whether the last reading is suspended."""
        last = self.state.readings[-1] if self.state and self.state.readings else None
        return last is not None and last.state.value == "suspended"

    def about(self) -> dict[str, object]:
        """What a position is about: the chosen amendment where the amendments have the keys, or where the units have
        them and it is before the room; else the unit, empty where there is neither."""
        if self.amendment is not None and (
            (self.pane is Pane.AMENDMENTS and not self.amendment.state.ended)
            or (self.pane is Pane.UNITS and self.amendment.state.pending)
        ):
            return {"amendment": self.amendment.number}
        if self.no_unit() or self.text is None or self.row is None or self.row.unit is None:
            return {}
        return {"unit": self.row.unit.label, "in": self.text.name}
