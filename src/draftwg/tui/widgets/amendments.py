"""The amendments on a unit, on the right: in the order of taking, who proposes what, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size

from draftwg.hygiene import one_line
from draftwg.tui.drawing import STATE_LOOKS, STATE_SIGNS, clock
from draftwg.tui.widgets.rowlist import Line, RowList

if TYPE_CHECKING:
    from draftwg.model.amendment import Amendment


_CHANGE = re.compile(r"(?:to )?replace “(?P<old>.+?)” by (?P<new>“.+)", re.DOTALL)
_LEAST = 8  # cells of the old words that are kept, if any


def new_words_first(said: str, width: int) -> str:
    """A change in words in `width` cells as far as that can be: where there is not room for all, the old words are
    shortened first, since the new ones tell the proposals on the same words from one another."""
    if cell_len(said) <= width:
        return said
    if said.startswith("to insert ") or (found := _CHANGE.fullmatch(said)) is None:
        return said.removeprefix("to ")
    old, new = found["old"], f" by {found['new']}"
    if width < _LEAST + cell_len(new) + 3:
        return new.strip()
    room = width - cell_len(new) - 3  # its quotation marks, and the ellipsis
    return f"“{old}”{new}" if cell_len(old) <= room + 1 else f"“{set_cell_size(old, room).rstrip()}…”{new}"


class AmendmentList(RowList["Amendment"]):
    """Two lines and a blank one a row: place, number and delegation with state and time, then the change in words.

    The pending ones have their place in the order of taking; a sub-amendment is set in, with the number that it is to;
    one that no longer applies is marked.
    """

    HEIGHT: ClassVar[int] = 3

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._parents: dict[str, str] = {}
        self._places: dict[str, str] = {}
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
        waiting = (amendment.id for amendment in amendments if amendment.state.pending)
        self._places = {id: f"{place}. " for place, id in enumerate(waiting, 1)}
        self.show(amendments, place)

    def draw(self, item: Amendment, width: int) -> list[Line]:
        """The lines of an amendment."""
        at = item.decision.at if item.decision else item.wordings[-1].at
        state = f"{STATE_SIGNS[item.state]} {item.state} {clock(at)}"
        indent = "  " if item.parent else ""
        place = self._places.get(item.id, "")
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
        said.append((new_words_first(one_line(item.said), width - sum(cell_len(part) for part, _ in said)), "quiet"))
        if gap > 0:
            return [[(who + " " * gap, strong), (state, STATE_LOOKS[item.state])], said]
        return [[(who, strong)], [(indent + state, STATE_LOOKS[item.state])], said]
