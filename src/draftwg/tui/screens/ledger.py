"""The ledger of brackets: each with who asked for it and who has to consent, filtered while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from draftwg.desk.ledger import Held, Ledger, matching, proposed_brackets
from draftwg.hygiene import one_line
from draftwg.tui.drawing import clock
from draftwg.tui.reports import named
from draftwg.tui.screens.chairing import ChairScreen, Place, sliced
from draftwg.tui.widgets.inorder import EarlyLetters, LineField
from draftwg.tui.widgets.rowlist import Line, RowList

if TYPE_CHECKING:
    from draftwg.tui.screens.reading import ReadingScreen

_LABEL = 9


class HeldList(RowList[Held]):
    """Brackets: the words, who asked and since when, who has to consent."""

    HEIGHT: ClassVar[int] = 4

    def draw(self, item: Held, width: int) -> list[Line]:
        """Three lines and a blank one."""
        asked = f"asked by {named(item.asked)} ({', '.join(item.amendments)}), "
        since = f"{item.since[:10]} {clock(item.since)}"
        support = f"; supported by {named(item.supported)}" if item.supported else ""
        wants = "wants" if len(item.retained) == 1 else "want"
        support += f"; {named(item.retained)} {wants} to retain the words" if item.retained else ""
        indent = (" " * _LABEL, "")
        return [
            [(one_line(item.unit).ljust(_LABEL), "strong"), (one_line(item.words), "")],
            [indent, (one_line(asked + since + support), "quiet")],
            [indent, ("consent of ", "quiet"), (one_line(named(item.consent)), "accent")],
        ]


class LedgerScreen(EarlyLetters, ChairScreen):
    """Every bracket of the text. Enter goes to its amendment."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", "To the amendment", id="ledger.go"),
        Binding("down", "move(1)", "Down", show=False, id="ledger.down"),
        Binding("up", "move(-1)", "Up", show=False, id="ledger.up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="ledger.page_down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="ledger.page_up"),
        Binding("ctrl+home", "end(-1)", "First", show=False, id="ledger.first"),
        Binding("ctrl+end", "end(1)", "Last", show=False, id="ledger.last"),
    ]
    MOVING = (
        ("up,down,pageup,pagedown", "move in the list"),
        ("ctrl+home,ctrl+end", "to the first, to the last"),
        ("letters", "filter by unit, delegation, amendment or words; several words narrow it down"),
    )
    AUTO_FOCUS = "#filter"

    def __init__(self, console: ReadingScreen, words: str = "") -> None:
        super().__init__(console)
        self._words = words
        self._ledger = Ledger()
        self._all: list[Held] = []
        self._whole = False

    def body(self) -> ComposeResult:
        """The filter and the list."""
        field = LineField(self._words, placeholder="filter: delegation, unit, amendment or words", id="filter")
        field.cursor_blink = False
        yield field
        yield HeldList(id="rows")

    def show_state(self) -> None:
        """Go through the text anew; what is known is there at once."""
        self.title_is(f"Brackets of {self.text.title}")
        self._rows.can_focus = False
        self.work(self._collect, "brackets")

    @property
    def _rows(self) -> HeldList:
        return self.query_one("#rows", HeldList)

    async def _collect(self) -> None:
        state, text = self.state, self.text
        self._whole, found, shown = False, list[Held](), 0
        waiting = [unit for unit in text.standing if unit.id in state.pending]
        async for unit, paused in sliced(waiting):
            found += self._ledger.of(state, text, unit)
            if paused and len(found) > max(2 * shown, len(self._all)):
                self._all, shown = found[:], len(found)
                self._filter()
        self._all, self._whole = [*found, *proposed_brackets(state, text)], True
        self._filter()

    @on(Input.Changed)
    def filtered(self) -> None:
        """Other words to filter by."""
        self._filter()

    def _filter(self) -> None:
        rows = self._rows
        before = rows.chosen
        found = matching(self._all, self.query_one("#filter", Input).value)
        same = next((place for place, one in enumerate(found) if one == before), 0)
        rows.show(found, same)
        count = (
            f"{len(found)} of {len(self._all)} brackets" if len(found) != len(self._all) else f"{len(found)} brackets"
        )
        self.tell(count if self._whole else f"{count} so far …")
        if self._whole and not self._all:
            self.tell("There are no brackets: no amendment awaits its fate.")

    @on(Input.Submitted)
    @on(RowList.Chosen)
    def action_go(self) -> None:
        """To the amendment of the bracket, in the console."""
        held = self._rows.chosen
        if held is not None:
            amendment = self.state.find_amendment(held.amendments[0])
            self.leave(Place(amendment.unit, amendment.text, amendment.id))

    def action_move(self, step: int) -> None:
        """In the list, while the field has the keys."""
        self._rows.action_move(step)

    def action_page(self, step: int) -> None:
        """A page in the list."""
        self._rows.action_page(step)

    def action_end(self, step: int) -> None:
        """To the first or last of the list."""
        self._rows.action_end(step)
