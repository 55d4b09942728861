"""Who brought in the word under the cursor: delegation, amendment, reading, decision, when, what it replaced."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from draftwg.desk.tracing import blame, pending_words
from draftwg.hygiene import one_line, visible
from draftwg.model.state import names_in_words
from draftwg.tui.drawing import clock
from draftwg.tui.screens.chairing import ChairScreen, Place
from draftwg.tui.widgets.wordpane import WordPane

if TYPE_CHECKING:
    from draftwg.model.amendment import Amendment
    from draftwg.model.text import Unit
    from draftwg.tui.screens.reading import ReadingScreen

Run = dict[str, Any]


class WhoseScreen(ChairScreen):
    """The words of a unit; the lines below tell of the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", "To the amendment", id="whose.go"),
        Binding("c", "change(1)", "Next change", id="whose.change"),
        Binding("C", "change(-1)", "Before", id="whose.change_back"),
        Binding("n", "unit(1)", "Next unit", id="whose.next"),
        Binding("p", "unit(-1)", "Unit before", id="whose.previous"),
        Binding("H", "life", "Life", id="whose.life"),
    ]
    MOVING = (
        ("left,right,h,l", "a word or a sign back or on"),
        ("b,w", "a word back or on"),
        ("up,down,j,k", "a line up or down"),
        ("home,end", "to the first, the last word of the line"),
        ("g,G,ctrl+home,ctrl+end", "to the first, the last word of all"),
    )
    AUTO_FOCUS = "#whose"

    def __init__(self, console: ReadingScreen, unit: str) -> None:
        super().__init__(console)
        self._unit = unit
        self._runs: list[Run] = []
        self._run_of: list[int] = []
        self._pending: tuple[tuple[int, int, Amendment], ...] = ()
        self._first = ""

    def body(self) -> ComposeResult:
        """The words, and what is told of one."""
        yield WordPane(id="whose")
        yield Static(id="origin")

    def show_state(self) -> None:
        """Trace the unit once; the cursor stays on its word."""
        unit = self._found
        if unit is None:
            return
        self.title_is(f"Who brought what into {self.text.noun} {unit.label}", str(self.state.status(unit)))
        self._runs = blame(self.state, unit)
        self._first = next((change.act for change in self.state.lives.get(unit.id, ())), "")
        self._run_of = [place for place, run in enumerate(self._runs) for _ in run["words"]]
        later = [self.later(self._runs[place]) for place in self._run_of]
        self._pending = pending_words(self.state, unit)
        waiting = [False] * len(later)
        for start, end, _ in self._pending:
            for at in range(start, min(max(end, start + 1), len(waiting))):
                waiting[at] = True
        pane = self.query_one("#whose", WordPane)
        pane.show("".join(run["words"] for run in self._runs), later, waiting, pane.cursor)
        self._tell_word()

    @property
    def _found(self) -> Unit | None:
        return self.text.unit(self._unit)

    def later(self, run: Run) -> bool:
        """Whether these words came in after the original text."""
        return bool(run["by"] != ["the original text"] and run["act"] != self._first)

    @property
    def _run(self) -> Run | None:
        pane = self.query_one("#whose", WordPane)
        if not pane.words or pane.starts[pane.cursor] >= len(self._run_of):
            return None
        return self._runs[self._run_of[pane.starts[pane.cursor]]]

    @property
    def _waiting(self) -> list[Amendment]:
        """The pending amendments that change the word under the cursor."""
        pane = self.query_one("#whose", WordPane)
        if not pane.words:
            return []
        start = pane.starts[pane.cursor]
        end = start + len(pane.words[pane.cursor])
        return [one for low, high, one in self._pending if low < end and (high > start or low == high >= start)]

    @on(WordPane.Moved)
    def moved(self) -> None:
        """Another word."""
        self._tell_word()

    def _tell_word(self) -> None:
        run, pane = self._run, self.query_one("#whose", WordPane)
        told = self.query_one("#origin", Static)
        if run is None:
            told.update(Content("It has no words."))
            return
        parts = [(f"“{visible(one_line(pane.words[pane.cursor]))}”  ", "bold"), *_origin(self, run)]
        parts += [
            (f"\n{one.number} of {one_line(one.by)} is pending here: {visible(one_line(one.said))}", "$accent")
            for one in self._waiting
        ]
        told.update(Content.assemble(*parts))

    def action_change(self, step: int) -> None:
        """To the next words that came in later, or those before."""
        pane = self.query_one("#whose", WordPane)
        here = self._run_of[pane.starts[pane.cursor]] if pane.words else 0
        places = range(here + 1, len(self._runs)) if step > 0 else range(here - 1, -1, -1)
        found = next(
            (place for place in places if self.later(self._runs[place]) and self._runs[place]["words"].strip()), None
        )
        if found is None:
            self.tell("No other words came in after these." if step > 0 else "No other words came in before these.")
            return
        self.tell("")
        start = list(accumulate((len(run["words"]) for run in self._runs), initial=0))[found]
        pane.go_to(start)

    def action_end(self, step: int) -> None:
        """To the first or the last word."""
        self.query_one("#whose", WordPane).action_end(step)

    def action_unit(self, step: int) -> None:
        """The words of the next unit, or of the one before."""
        ids = [unit.id for unit in self.text.standing]
        here = ids.index(self._unit) if self._unit in ids else 0
        self._unit = ids[(here + step) % len(ids)]
        self.query_one("#whose", WordPane).cursor = 0
        self.show_state()

    def action_life(self) -> None:
        """The life of the unit."""
        from draftwg.tui.screens.timeline import TimelineScreen

        self.open(TimelineScreen(self.console, self._unit))

    def action_go(self) -> None:
        """To the amendment that brought the word in, or that is pending on it, in the console."""
        run = self._run
        number = str(run["amendment"] or "").split(" ")[0] if run else ""
        if number:
            self.leave(Place(self._unit, self.text.name, self.state.find_amendment(number).id))
        elif waiting := self._waiting:
            self.leave(Place(self._unit, self.text.name, waiting[0].id))
        else:
            self.leave(Place(self._unit, self.text.name))


def _origin(screen: WhoseScreen, run: Run) -> list[tuple[str, str]]:
    """Who brought these words in, by which amendment, in which reading, how it was decided, what they replaced."""
    when = f"{run['at'][:10]} {clock(run['at'])}" if run["at"] else ""
    if not screen.later(run):
        return [(f"stands so in the original text, before the meeting since {when}", "")]
    parts = [(visible(one_line(names_in_words(run["by"]))), "bold $insert")]
    if not run["amendment"]:
        return [*parts, (f", {visible(one_line(run['why'] or 'a merger'))}, {when}", ""), *_replaced(run)]
    amendment = screen.state.find_amendment(str(run["amendment"]).split(" ")[0])
    reading = next((one.name for one in screen.state.readings if one.number == run["reading"]), "outside the readings")
    decision = amendment.decision
    how = f"by {decision.vote}" if decision and decision.vote else "without a vote"
    origin = f", suggested by {run['origin']}" if run["origin"] else ""
    tabled = f"tabled {amendment.at[:10]} {clock(amendment.at)}"
    state = f"{decision.state} {when} {how}" if decision else ""
    told = f", {run['amendment']}{origin}, {reading}\n{tabled}, {state}"
    return [*parts, (visible(told), ""), *_replaced(run)]


def _replaced(run: Run) -> list[tuple[str, str]]:
    if not run["replaced"]:
        return [("\nput in; it replaced nothing", "$muted")]
    return [("\nin the place of ", ""), (f"“{visible(one_line(run['replaced']))}”", "$delete strike")]
