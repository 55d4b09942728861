"""Choosing a point in the life of a text: from a list, or by typing a time."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from draftwg.desk.versions import Named
from draftwg.hygiene import one_line, visible
from draftwg.tui.frames import WholeModal
from draftwg.tui.widgets.inorder import EarlyLetters, LineField
from draftwg.tui.widgets.rowlist import Line, RowList


class PointList(RowList[Named]):
    """Versions, snapshots, the original and now."""

    def draw(self, item: Named, width: int) -> list[Line]:
        """What it is called, and what it is."""
        return [[(f"{one_line(item.name)}  ", "strong"), (one_line(item.told), "quiet")]]


class PointScreen(EarlyLetters, WholeModal[str | None]):
    """Ask for a point; its name is the result, or what was typed where the list has nothing like it."""

    CSS_PATH = ["dialogs.tcss", "chair.tcss"]  # noqa: RUF012 - declared so by Textual
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False, id="points.leave"),
        Binding("down", "move(1)", "Down", show=False, id="points.down"),
        Binding("up", "move(-1)", "Up", show=False, id="points.up"),
    ]

    def __init__(self, question: str, points: Sequence[Named]) -> None:
        super().__init__()
        self._question = question
        self._points = points

    def compose(self) -> ComposeResult:
        """Question, field, list, keys."""
        with Vertical(id="points", classes="finding"):
            yield Static(Content(visible(self._question)), classes="finding-title")
            field = LineField(placeholder="part of a symbol, or a time such as 2018-05-02T16:30", id="points-input")
            field.cursor_blink = False
            yield field
            yield PointList(id="points-list")
            yield Static(Content(""), id="points-keys")

    def on_mount(self) -> None:
        """Everything there is."""
        self._list.can_focus = False
        self.look()
        self.query_one(Input).focus()

    @property
    def _list(self) -> PointList:
        return self.query_one(PointList)

    @on(Input.Changed)
    def look(self) -> None:
        """Those that answer to what is typed."""
        wanted = self.query_one(Input).value.casefold().strip()
        self._list.show([one for one in self._points if wanted in f"{one.name} {one.told}".casefold()])
        told = "Enter takes it" if self._list.rows else "Enter takes it as a time"
        self.query_one("#points-keys", Static).update(Content(f"{told}   ↑ ↓ move   Esc leaves"))

    @on(Input.Submitted)
    @on(RowList.Chosen)
    def choose(self) -> None:
        """Take the one under the cursor, or the words as they are."""
        self.look()
        chosen = self._list.chosen
        self.dismiss(chosen.name if chosen is not None else self.query_one(Input).value.strip() or None)

    def action_move(self, step: int) -> None:
        """In the list, while the field has the keys."""
        self._list.action_move(step)

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
