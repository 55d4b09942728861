"""The amendments on a unit, on the right: who proposes what, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len

from draftwg.hygiene import one_line
from draftwg.tui.drawing import STATE_LOOKS, STATE_SIGNS, clock
from draftwg.tui.widgets.rowlist import Line, RowList

if TYPE_CHECKING:
    from draftwg.model.amendment import Amendment


class AmendmentList(RowList["Amendment"]):
    """Two lines and a blank one a row: number and delegation with state and time, then the change in words."""

    HEIGHT: ClassVar[int] = 3

    def show_amendments(self, amendments: Sequence[Amendment], chosen: str) -> None:
        """Show these amendments with the cursor on the one with this id, or on the first."""
        place = next((place for place, amendment in enumerate(amendments) if amendment.id == chosen), 0)
        self.show(amendments, place)

    def draw(self, item: Amendment, width: int) -> list[Line]:
        """The lines of an amendment."""
        at = item.decision.at if item.decision else item.wordings[-1].at
        state = f"{STATE_SIGNS[item.state]} {item.state} {clock(at)}"
        more = f" +{len(item.sponsors)}" if item.sponsors else ""
        who = f"{one_line(item.number)}  {one_line(item.by)}{more}"
        strong = "strong" if item.state.pending else ""
        gap = width - cell_len(who) - cell_len(state)
        said: Line = [(one_line(item.said), "quiet")]
        if gap > 0:
            return [[(who + " " * gap, strong), (state, STATE_LOOKS[item.state])], said]
        return [[(who, strong)], [(state, STATE_LOOKS[item.state])], said]
