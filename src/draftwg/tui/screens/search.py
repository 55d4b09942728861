"""Searching the whole text: words, labels, numbers of amendments, names of delegations."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input, Static

from draftwg.hygiene import one_line
from draftwg.model.text import Unit
from draftwg.tui.widgets.inorder import EarlyLetters, LineField
from draftwg.tui.widgets.rowlist import Line, RowList

_WAIT = 0.08


@dataclass(frozen=True, slots=True)
class Found:
    """What was searched for, the units in which it is, and the one chosen (ids)."""

    words: str
    units: tuple[str, ...]
    chosen: str


class FoundList(RowList[Unit]):
    """The units that were found, with the place in each."""

    words = ""

    def draw(self, item: Unit, width: int) -> list[Line]:
        """Label, then the words around the place."""
        text = one_line(item.text)
        start = text.casefold().find(self.words.casefold()) if self.words else -1
        line: Line = [(one_line(item.label).ljust(8), "strong")]
        if start < 0:
            return [[*line, (text, "quiet")]]
        from_here = max(0, start - 24)
        end = start + len(self.words)
        return [
            [
                *line,
                (("…" if from_here else "") + text[from_here:start], "quiet"),
                (text[start:end], "accent"),
                (text[end:], "quiet"),
            ]
        ]


class SearchScreen(EarlyLetters, ModalScreen[Found | None]):
    """Search while typing. Enter goes to the unit chosen; F3 goes on from there afterwards."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False, id="search.leave"),
        Binding("down", "move(1)", "Down", show=False, id="search.down"),
        Binding("up", "move(-1)", "Up", show=False, id="search.up"),
    ]

    def __init__(self, find: Callable[[str], Sequence[str]], units: Mapping[str, Unit], words: str = "") -> None:
        super().__init__()
        self._find = find
        self._units = units
        self._words = words
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Field, list, keys."""
        with Vertical(id="finder"):
            yield Static(Content("Search"), id="finder-title")
            yield LineField(self._words, placeholder="words, label, amendment or delegation", id="finder-input")
            yield FoundList(id="finder-list")
            yield Static(Content(""), id="finder-keys")

    def on_mount(self) -> None:
        """The field has the keys."""
        field = self.query_one(Input)
        field.cursor_blink = False
        self._list.can_focus = False
        self._look()
        field.focus()

    @property
    def _list(self) -> FoundList:
        return self.query_one(FoundList)

    @on(Input.Changed)
    def typed(self) -> None:
        """Look a moment after the last key."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_WAIT, self._look)

    def _look(self) -> None:
        self._timer = None
        words = self.query_one(Input).value.strip()
        found = self._list
        found.words = words
        found.show([self._units[id] for id in self._find(words) if id in self._units])
        count = len(found.rows)
        told = f"{count} found" if words else "Type what to look for"
        self.query_one("#finder-keys", Static).update(Content(f"{told}   Enter goes there   ↑ ↓ move   Esc leaves"))

    @on(Input.Submitted)
    @on(RowList.Chosen)
    def choose(self) -> None:
        """Go to the unit under the cursor."""
        self._look()
        chosen = self._list.chosen
        if chosen is not None:
            words = self.query_one(Input).value.strip()
            self.dismiss(Found(words, tuple(unit.id for unit in self._list.rows), chosen.id))

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Not the business of the screen below."""
        event.stop()

    def action_move(self, step: int) -> None:
        """Move in the list while the field has the keys."""
        self._list.action_move(step)

    def action_leave(self) -> None:
        """Stay where one was."""
        self.dismiss(None)
