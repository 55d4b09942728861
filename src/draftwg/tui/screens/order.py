"""The amendments on a unit in the order of taking, with the positions on each: what the Chair takes next, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content

from draftwg.desk.chair import Taken, moved_in_order, taking
from draftwg.hygiene import one_line, visible
from draftwg.tui.detail import detail, positions_in_words
from draftwg.tui.screens.chairing import ChairScreen, Place
from draftwg.tui.views import Looks
from draftwg.tui.widgets.page import Page
from draftwg.tui.widgets.rowlist import Line, RowList

if TYPE_CHECKING:
    from draftwg.model.text import Unit
    from draftwg.tui.screens.reading import ReadingScreen


class TakenList(RowList[Taken]):
    """Amendments in their order: what they say, then who takes which position."""

    HEIGHT: ClassVar[int] = 5

    def draw(self, item: Taken, width: int) -> list[Line]:
        """Place, amendment, what it says, who is for it, who is not, and a blank line."""
        one = item.amendment
        indent = "  " if one.parent else ""
        more = f" +{len(one.sponsors)}" if one.sponsors else ""
        source = "  by the Chair's order" if item.ruled else ""
        who = f"{indent}{item.place}. {one_line(one.number)}  {one_line(one.by)}{more}"
        names = {stand: ", ".join(who_else) for stand, who_else in item.positions}
        told = [f"{stand}: {one_line(named)}" for stand, named in names.items() if not stand.holds]
        held = [f"{stand}: {one_line(named)}" for stand, named in names.items() if stand.holds]
        under = ("   " + indent, "")
        return [
            [("▶ next  " if item.next else "", "accent"), (who, "strong"), (source, "quiet")],
            [under, (one_line(one.said), "")],
            [under, (" · ".join(told) or "nobody has spoken for it", "good" if told else "quiet")],
            [under, (" · ".join(held) or "nobody holds it", "warn" if held else "quiet")],
        ]


class OrderScreen(ChairScreen):
    """What is taken on a unit, in which order."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", "To the amendment", id="order.go"),
        Binding("alt+up", "take(-1)", "Earlier", id="order.earlier"),
        Binding("alt+down", "take(1)", "Later", id="order.later"),
        Binding("n,right_square_bracket", "next(1)", "Next unit", id="order.next"),
        Binding("p,left_square_bracket", "next(-1)", "Before", id="order.previous"),
        Binding("tab,shift+tab", "app.focus_next", "Other pane", show=False, id="order.pane"),
    ]
    AUTO_FOCUS = "#rows"

    def __init__(self, console: ReadingScreen, unit: str) -> None:
        super().__init__(console)
        self._unit = unit

    def body(self) -> ComposeResult:
        """The order, and the one under the cursor in full."""
        with Container(id="halves"):
            with Container(id="half"):
                yield TakenList(id="rows")
            yield Page(id="page")

    def show_state(self) -> None:
        """The order as it is, the cursor on the amendment where it was, else on the next one."""
        unit, rows = self._found, self.query_one("#rows", TakenList)
        before = rows.chosen
        order = taking(self.state, self._unit)
        same = next(
            (place for place, one in enumerate(order) if before and one.amendment.id == before.amendment.id), -1
        )
        first = next((place for place, one in enumerate(order) if one.next), 0)
        rows.show(order, same if same >= 0 else first)
        label = unit.label if unit else "?"
        self.title_is(f"Order of taking on {self.text.noun} {label}", f"{len(order)} pending")
        self._show_one()

    @property
    def _found(self) -> Unit | None:
        return self.text.unit(self._unit)

    @on(RowList.Moved)
    def moved(self) -> None:
        """Another amendment."""
        self._show_one()

    def _show_one(self) -> None:
        chosen, page = self.query_one("#rows", TakenList).chosen, self.query_one("#page", Page)
        about = positions_in_words(self.state.positions_on(unit=self._unit))
        self.tell(f"On the {self.text.noun} itself: {about}" if about else "")
        if chosen is None:
            page.show(Content(f"No amendment on this {visible(self.text.noun)} awaits its fate."))
        else:
            page.show(detail(chosen.amendment, Looks(self.state), self.state))

    @on(RowList.Chosen)
    def action_go(self) -> None:
        """To the amendment, in the console."""
        chosen = self.query_one("#rows", TakenList).chosen
        if chosen is not None:
            self.leave(Place(self._unit, self.text.name, chosen.amendment.id))

    def action_take(self, step: int) -> None:
        """The Chair takes it earlier (-1) or later (1)."""
        chosen, unit = self.query_one("#rows", TakenList).chosen, self._found
        if chosen is None or unit is None:
            return
        numbers = moved_in_order(self.state, self._unit, chosen.amendment, step)
        if not numbers:
            self.tell(f"{chosen.amendment.number} is taken {'first' if step < 0 else 'last'} already.")
            return
        request: dict[str, object] = {
            "act": "order",
            "unit": unit.label,
            "in": self.text.name,
            "amendments": list(numbers),
        }

        async def ordering() -> None:
            wrong = await self.console.try_to_do(request)
            self.tell(wrong or f"The Chair's order: {', '.join(numbers)}.")

        self.work(ordering, "acts", alone=False)

    def action_next(self, step: int) -> None:
        """To the next unit with an amendment that awaits its fate, or the one before."""
        units = self.text.standing
        here = next((place for place, unit in enumerate(units) if unit.id == self._unit), 0)
        for distance in range(1, len(units) + 1):
            unit = units[(here + step * distance) % len(units)]
            if unit.id in self.state.pending:
                self._unit = unit.id
                self.show_state()
                return
        self.tell("No amendment awaits its fate.")
