"""The status board: the whole text as a heat map, the figures and the forecast of the reading, and what is open on the
unit under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from draftwg.desk.chair import counts
from draftwg.desk.clock import now
from draftwg.desk.ledger import Ledger, proposed_brackets
from draftwg.hygiene import one_line
from draftwg.tui.drawing import STATUS_SIGNS
from draftwg.tui.reports import figures, legend, unit_page
from draftwg.tui.screens.chairing import ChairScreen, Place, sliced
from draftwg.tui.widgets.heatmap import Cell, HeatMap
from draftwg.tui.widgets.page import Page

if TYPE_CHECKING:
    from draftwg.model.text import Unit
    from draftwg.tui.screens.reading import ReadingScreen

_REST = 0.05  # seconds after which a cursor rests
_MANY = 4  # amendments from which on a unit stands out
_TICK = 30.0  # seconds after which the forecast is made anew


class BoardScreen(ChairScreen):
    """How the text stands."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", "Go there", id="board.go"),
        Binding("n,right_square_bracket", "next(1)", "Next bracket", id="board.next"),
        Binding("p,left_square_bracket", "next(-1)", "Before", id="board.previous"),
        Binding("L", "ledger", "Ledger", id="board.ledger"),
        Binding("N", "order", "Order", id="board.order"),
        Binding("H", "life", "Life", id="board.life"),
        Binding("tab,shift+tab", "app.focus_next", "Other pane", show=False, id="board.pane"),
    ]
    AUTO_FOCUS = "#map"

    def __init__(self, console: ReadingScreen, unit: str) -> None:
        super().__init__(console)
        self._unit = unit
        self._ledger = Ledger()
        self._brackets: int | None = None
        self._contested: dict[str, str] = {}
        self._typed, self._typed_at = "", 0.0
        self._timer: Timer | None = None

    def body(self) -> ComposeResult:
        """Figures, map, what the signs mean, the unit."""
        yield Static(id="figures")
        with Container(id="halves"):
            with Container(id="board"):
                yield HeatMap(id="map")
                yield Static(id="legend")
            yield Page(id="page")

    def on_mount(self) -> None:
        """The forecast goes on with the time."""
        super().on_mount()
        self.set_interval(_TICK, self._show_figures)

    def show_state(self) -> None:
        """The map, its cursor where it was."""
        state, text = self.state, self.text
        self.title_is(f"Status of {text.title}", f"{len(text.standing)} {text.noun}s")
        heat = self.query_one("#map", HeatMap)
        groups = [
            (
                f"{section.number}. {section.title}"
                if section and section.number
                else section.title
                if section
                else "",
                [Cell(unit.id, unit.label) for unit in units],
            )
            for section, units in text.by_section()
        ]
        heat.show([group for group in groups if group[1]], self._cell, heat.chosen or self._unit)
        self.query_one("#legend", Static).update(legend(contested=bool(state.contested)))
        if state.contested:
            from draftwg.desk.chair import contested_units

            self.ask_desk(lambda desk: contested_units(desk.log), self._take_contested)
        self._show_figures()
        self._show_unit()
        self.work(self._count, "brackets")

    def _take_contested(self, contested: dict[str, str]) -> None:
        self._contested = contested
        self.query_one("#map", HeatMap).refresh()
        self._show_unit()

    def _cell(self, id: str) -> tuple[str, str]:
        """The sign and the look of a unit."""
        state, unit = self.state, self.text.unit(id)
        if unit is None:
            return "", ""
        if id in self._contested:
            return "!", "contested"
        if pending := len(state.pending.get(id, ())):
            return f"[{pending}]", "many" if pending >= _MANY else "bracket"
        status = state.status(unit)
        return STATUS_SIGNS.get(
            status, ""
        ), "agreed" if status.agreed else "waiting" if status in STATUS_SIGNS else "open"

    def _show_figures(self) -> None:
        told = figures(self.state, self.text, counts(self.state, self.text), self._brackets, now(), self.size.width)
        self.query_one("#figures", Static).update(told)

    async def _count(self) -> None:
        """Count the brackets a slice at a time, so that keys never wait."""
        state, text = self.state, self.text
        brackets = len(proposed_brackets(state, text))
        async for unit, _ in sliced(unit for unit in text.standing if unit.id in state.pending):
            brackets += len(self._ledger.of(state, text, unit))
        self._brackets = brackets
        self._show_figures()

    @property
    def _chosen(self) -> Unit | None:
        return self.text.unit(self.query_one("#map", HeatMap).chosen)

    @on(HeatMap.Moved)
    def moved(self) -> None:
        """Another unit: its first words at once, what is open on it when the cursor rests."""
        self._tell_unit()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_REST, self._show_unit)

    def _tell_unit(self) -> None:
        unit = self._chosen
        self.tell(one_line(f"{self.text.noun.capitalize()} {unit.label}: {unit.text[:300]}") if unit else "")

    def _show_unit(self) -> None:
        self._tell_unit()
        unit, page = self._chosen, self.query_one("#page", Page)
        if unit is None:
            page.show(Content(""))
            return
        held = self._ledger.of(self.state, self.text, unit)
        page.show(unit_page(self.state, self.text, unit, held, self._contested.get(unit.id, ""), now()))

    def on_resize(self) -> None:
        """The figures fit the width."""
        if self.console.situation.state is not None and self.is_mounted:
            self._show_figures()

    def on_key(self, event: events.Key) -> None:
        """Digits go to the unit with that label."""
        if not (event.character or "").isdecimal():
            return
        event.stop()
        fresh = event.time - self._typed_at > 1.0
        self._typed = (event.character or "") if fresh else self._typed + (event.character or "")
        self._typed_at = event.time
        unit = self.text.labelled(self._typed)
        if unit is None or not self.query_one("#map", HeatMap).go_to(unit.id):
            self.tell(f"There is no {self.text.noun} {self._typed}.")

    @on(HeatMap.Chosen)
    def action_go(self) -> None:
        """To the unit, in the console."""
        unit = self._chosen
        if unit is not None:
            self.leave(Place(unit.id, self.text.name))

    def action_next(self, step: int) -> None:
        """To the next unit with a bracket, or the one before."""
        if not self.query_one("#map", HeatMap).go_to_next(step, lambda id: id in self.state.pending):
            self.tell("No amendment awaits its fate.")

    def action_ledger(self) -> None:
        """The ledger of brackets."""
        from draftwg.tui.screens.ledger import LedgerScreen

        self.open(LedgerScreen(self.console))

    def action_order(self) -> None:
        """The order of taking on the unit."""
        from draftwg.tui.screens.order import OrderScreen

        if self._chosen is not None:
            self.open(OrderScreen(self.console, self._chosen.id))

    def action_life(self) -> None:
        """The life of the unit."""
        from draftwg.tui.screens.timeline import TimelineScreen

        if self._chosen is not None:
            self.open(TimelineScreen(self.console, self._chosen.id))
