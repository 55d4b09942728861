"""The amendments on a unit, on the right: in the order of taking, who proposes what, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len

from draftwg.hygiene import one_line
from draftwg.tui.drawing import STATE_LOOKS, STATE_SIGNS, clock
from draftwg.tui.widgets.rowlist import Line, RowList

if TYPE_CHECKING:
    from draftwg.model.amendment import Amendment


class AmendmentList(RowList["Amendment"]):
    """Two lines and a blank one a row: place, number and delegation with state and time, then the change in words.

    The pending ones have their place in the order of taking; a sub-amendment is set in, with the number that it is to;
    one that no longer applies is marked.
    """

    HEIGHT: ClassVar[int] = 3

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._parents: dict[str, str] = {}
        self._conflicts: Callable[[Amendment], bool] = lambda _: False

    def show_amendments(
        self,
        amendments: Sequence[Amendment],
        chosen: str,
        parents: dict[str, str],
        conflicts: Callable[[Amendment], bool],
    ) -> None:
        """Show these amendments with the cursor on the one with this id, or on the first.

        `parents` has the numbers of those that others hang on, by id; `conflicts` is asked for a row when it is drawn.
        """
        place = next((place for place, amendment in enumerate(amendments) if amendment.id == chosen), 0)
        self._parents, self._conflicts = parents, conflicts
        self.show(amendments, place)

    def draw(self, item: Amendment, width: int) -> list[Line]:
        """The lines of an amendment."""
        at = item.decision.at if item.decision else item.wordings[-1].at
        state = f"{STATE_SIGNS[item.state]} {item.state} {clock(at)}"
        indent = "  " if item.parent else ""
        pending = [other.id for other in self.rows if other.state.pending]
        place = f"{pending.index(item.id) + 1}. " if item.id in pending else ""
        more = f" +{len(item.sponsors)}" if item.sponsors else ""
        who = f"{indent}{place}{one_line(item.number)}  {one_line(item.by)}{more}"
        strong = "strong" if item.state.pending else ""
        gap = width - cell_len(who) - cell_len(state)
        said: Line = [(indent, "")]
        if self._conflicts(item):
            said.append(("! conflicts ", "bad"))
        if item.parent:
            kind = "consequential to" if item.consequential else "to"
            said.append((f"{kind} {one_line(self._parents.get(item.parent, '?'))}: ", "accent"))
        said.append((one_line(item.said), "quiet"))
        if gap > 0:
            return [[(who + " " * gap, strong), (state, STATE_LOOKS[item.state])], said]
        return [[(who, strong)], [(indent + state, STATE_LOOKS[item.state])], said]
