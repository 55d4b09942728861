"""What is in front of the person: the commands ask it whether they are possible now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from draftwg.hygiene import one_line

if TYPE_CHECKING:
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
    """A moment at the console. `state` is None until the record has been read; `row` is the unit or section under the
    cursor."""

    pane: Pane = Pane.UNITS
    state: State | None = None
    text: Text | None = None
    row: Row | None = None
    amendment: Amendment | None = None
    verdict: Verdict | None = None
    unsaved: tuple[Unsaved, ...] = ()
    undoable: bool = False
    redoable: bool = False
    matches: int = 0

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
            return f"{self.noun.capitalize()} {self.row.unit.label} has been deleted."
        if self.row.proposal is not None and not proposed:
            number = self.row.proposal.number
            return f"{self.row.unit.label} is only proposed: {number} can be revised, accepted or rejected."
        return ""

    def no_amendment(self) -> str:
        """Why nothing can be decided on the amendment; "" where something can."""
        if reason := self.no_text():
            return reason
        if self.amendment is None:
            return "No amendment on this unit yet: a records one."
        if not self.amendment.state.pending:
            return f"{self.amendment.number} has been {self.amendment.state} already; u undoes the latest act."
        return ""

    def in_the_way(self) -> str:
        """Why the chosen amendment cannot be accepted as it is; "" where it can."""
        if self.verdict is None or self.verdict.text is not None:
            return ""
        return f"{self.amendment.number if self.amendment else ''} {one_line(self.verdict.reason).rstrip('.')}."
