"""The life of one unit as a timeline: reading by reading, what was done, with the redline that it made."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content

from draftwg.desk.life import Event, life
from draftwg.hygiene import one_line, visible
from draftwg.redline.compare import compare
from draftwg.tui.drawing import STATUS_SIGNS, clock, redline
from draftwg.tui.screens.chairing import ChairScreen, Place
from draftwg.tui.widgets.page import Page
from draftwg.tui.widgets.rowlist import Line, RowList

if TYPE_CHECKING:
    from draftwg.tui.screens.reading import ReadingScreen

Row = str | Event
_SIGNS = {
    "propose": "○", "revise": "◐", "accept": "●", "merge": "→", "reject": "×", "fall": "↓", "withdraw": "–",
    "agree": "◑", "request_reopening": "?", "reopen": "↺", "position": "•", "lift": "•", "issue": "▪", "snapshot": "▪",
    "undo": "⤺", "redo": "⤻", "import": "■",
}  # fmt: skip


class EventList(RowList[Row]):
    """Headings, and events on a line that runs down under them."""

    def choosable(self, item: Row) -> bool:
        """The cursor passes over headings."""
        return not isinstance(item, str)

    def draw(self, item: Row, width: int) -> list[Line]:
        """Time, sign on the line, what happened, and the status from then on."""
        if isinstance(item, str):
            return [[(one_line(item), "strong")]]
        sign = _SIGNS.get(item.name, "·")
        line: Line = [
            (f"{clock(item.at)} ", "quiet"),
            ("│", "quiet"),
            (f"{sign} ", "accent" if item.counts else "quiet"),
        ]
        if item.statuses and sign == STATUS_SIGNS.get(item.statuses[-1]):
            line[-1] = ("  ", "")  # the status brings the same sign
        if item.statuses:
            marks = ", ".join(f"{STATUS_SIGNS.get(one, '')} {one}".strip() for one in item.statuses)
            line.append((f"{marks}: ", "good" if item.statuses[-1].agreed else "warn"))
        undone = "(undone) " if not item.counts else ""
        line.append((f"{undone}{one_line(item.said)}", "" if item.counts else "quiet"))
        return [line]


class TimelineScreen(ChairScreen):
    """What happened to a unit. Enter shows the redline of an event large, and back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "large", "Redline", id="life.large"),
        Binding("o", "go", "Go there", id="life.go"),
        Binding("D", "compare", "Compare", id="life.compare"),
        Binding("n", "unit(1)", "Next unit", id="life.next"),
        Binding("p", "unit(-1)", "Before", id="life.previous"),
        Binding("tab,shift+tab", "app.focus_next", "Other pane", show=False, id="life.pane"),
    ]
    AUTO_FOCUS = "#rows"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - declared so by Textual
        (0, "-narrow"), (150, "-wide"),
    ]  # fmt: skip
    """An event is a sentence: beside its words, it would be cut where these have room enough."""

    def __init__(self, console: ReadingScreen, unit: str) -> None:
        super().__init__(console)
        self._unit = unit

    def body(self) -> ComposeResult:
        """The line, and the redline of the event under the cursor."""
        with Container(id="halves"):
            with Container(id="half"):
                yield EventList(id="rows")
            yield Page(id="page")

    def show_state(self) -> None:
        """Ask the desk for the events; they are told on its thread."""
        unit = self.text.unit(self._unit)
        self.title_is(f"The life of {self.text.noun} {unit.label if unit else '?'}")
        if not self._rows.rows:
            self.tell("Reading the record …")
        id = self._unit
        self.ask_desk(lambda desk: life(desk, id, desk.chronicle), self._show)

    @property
    def _rows(self) -> EventList:
        return self.query_one("#rows", EventList)

    @property
    def _event(self) -> Event | None:
        chosen = self._rows.chosen
        return chosen if isinstance(chosen, Event) else None

    def _show(self, events: tuple[Event, ...]) -> None:
        rows: list[Row] = []
        heading = ""
        for event in events:
            if event.heading != heading:
                heading = event.heading
                rows.append(heading)
            rows.append(event)
        before = self._event
        same = next(
            (place for place, one in enumerate(rows) if before and isinstance(one, Event) and one.act == before.act), -1
        )
        self._rows.show(rows, same if same >= 0 else len(rows) - 1)
        changed = sum(bool(event.about) for event in events)
        self.title_is(self.query_one("#title").left, f"{len(events)} events, {changed} with words")  # type: ignore[attr-defined]
        self._show_event()

    @on(RowList.Moved)
    def moved(self) -> None:
        """Another event."""
        self._show_event()

    def _show_event(self) -> None:
        event, page = self._event, self.query_one("#page", Page)
        if event is None:
            page.show(Content(""))
            return
        head = [
            (f"{event.at[:10]} {clock(event.at)}\n", "$muted"),
            (f"{visible(one_line(event.said))}\n\n", "bold"),
        ]
        if event.about:
            about = (f"{visible(one_line(event.about))}:\n\n", "$muted")
            page.show(Content.assemble(*head, about, redline(compare(event.old, event.new))))
        else:
            page.show(Content.assemble(*head, ("It changed no words.", "$muted")))
        self.tell("")

    @on(RowList.Chosen)
    def action_large(self) -> None:
        """The redline over the whole screen, or back beside the line."""
        self.toggle_class("-large")
        (self.query_one("#page") if self.has_class("-large") else self._rows).focus()

    def action_leave(self) -> None:
        """From the large redline to the line, from there back."""
        if self.has_class("-large"):
            self.action_large()
        else:
            self.leave(None)

    def action_go(self) -> None:
        """To the unit, or the amendment of the event, in the console."""
        event = self._event
        number = event.amendment if event else ""
        amendment = self.state.find_amendment(number) if number else None
        self.leave(Place(self._unit, self.text.name, amendment.id if amendment else ""))

    def action_compare(self) -> None:
        """Compare the unit between two points of its life."""
        from draftwg.tui.screens.compare import CompareScreen

        self.open(CompareScreen(self.console, self._unit))

    def action_unit(self, step: int) -> None:
        """The life of the next unit, or of the one before."""
        ids = [unit.id for unit in self.text.units]
        here = ids.index(self._unit) if self._unit in ids else 0
        self._unit = ids[(here + step) % len(ids)]
        self._rows.show(())
        self.show_state()
