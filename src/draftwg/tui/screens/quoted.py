"""Words that a speaker quotes: where they stand or stood, in which versions, and which act changed them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from draftwg.hygiene import clean_line, one_line, visible
from draftwg.tui.drawing import clock
from draftwg.tui.frames import WholeModal
from draftwg.tui.widgets.inorder import EarlyLetters, LineField
from draftwg.tui.widgets.page import Page
from draftwg.tui.widgets.rowlist import Line, RowList

Find = Callable[[str], Awaitable[Sequence[Mapping[str, Any]]]]
"""Words to the units in which they stand or stood, as `desk.tracing.where` tells them."""
_WAIT = 0.15
_LEAST = 3  # characters: fewer stand everywhere


@dataclass(frozen=True, slots=True)
class Quoted:
    """The unit chosen (its label), and whether its present words are to be amended."""

    unit: str
    amend: bool


class PlaceList(RowList[Mapping[str, Any]]):
    """A unit a line: label, whether the words stand there now, else until when they did and what changed them."""

    def draw(self, item: Mapping[str, Any], width: int) -> list[Line]:
        """One line."""
        label = one_line(str(item["unit"])).ljust(8)
        if item["now"]:
            return [[(label, "strong"), ("they stand there now", "good")]]
        until = str(item["until"])
        when = f"until {until[:10]}, {clock(until)}:" if until else "in a version"
        return [[(label, "strong"), (one_line(f"{when} {item['gone_by']}"), "warn")]]


class QuotedScreen(EarlyLetters, WholeModal[Quoted | None]):
    """Type the words as the speaker quotes them; choose the unit to go to, or whose present words to amend."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False, id="quoted.leave"),
        Binding("down", "move(1)", "Down", show=False, id="quoted.down"),
        Binding("up", "move(-1)", "Up", show=False, id="quoted.up"),
        Binding("tab", "choose(True)", "Amend", show=False, id="quoted.amend"),
    ]

    def __init__(self, find: Find, noun: str) -> None:
        super().__init__()
        self._find = find
        self._noun = noun
        self._timer: Timer | None = None
        self._looked = ""

    def compose(self) -> ComposeResult:
        """Field, list, the words as they read now, keys."""
        with Vertical(id="quoted"):
            yield Static(Content("Where did these words stand?"), id="quoted-title")
            yield LineField(placeholder="the words, as the speaker quotes them", id="quoted-input")
            yield PlaceList(id="quoted-list")
            yield Page(id="quoted-page", focusable=False)
            yield Static(Content(""), id="quoted-keys")

    def on_mount(self) -> None:
        """The field has the keys."""
        field = self.query_one(Input)
        field.cursor_blink = False
        self._list.can_focus = False
        self._show(())
        field.focus()

    @property
    def _list(self) -> PlaceList:
        return self.query_one(PlaceList)

    @on(Input.Changed)
    def typed(self) -> None:
        """Look a moment after the last key."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_WAIT, self._look_later)

    def _look_later(self) -> None:
        self.run_worker(self._look(), group="quoted", exclusive=True)

    async def _look(self) -> None:
        words = clean_line(self.query_one(Input).value)
        if words != self._looked:
            found = await self._find(words) if len(words) >= _LEAST else ()
            if self not in self.app.screen_stack:  # left while the desk looked
                return
            self._looked = words
            self._show(found)

    def _show(self, found: Sequence[Mapping[str, Any]]) -> None:
        self._list.show(found)
        told = f"{len(found)} found" if self._looked else f"Type {_LEAST} letters or more"
        if self._looked and not found:
            told = "Nobody has had these words in the text"
        keys = "Enter goes there   Tab amends it   ↑ ↓ move   Esc leaves"
        self.query_one("#quoted-keys", Static).update(Content(f"{told}   {keys}"))
        self._show_words()

    def _show_words(self) -> None:
        """The unit as it reads now, and the versions that had the words."""
        one, page = self._list.chosen, self.query_one(Page)
        if one is None:
            page.show(Content(""))
            return
        name = f"{self._noun.capitalize()} {one['unit']}"
        current = str(one["current"]) or "It is no longer in the text."
        versions = f"\n\nThey stood in {', '.join(one['versions'])}." if one["versions"] else ""
        page.show(
            Content.assemble(
                (f"{visible(one_line(name))} reads now:\n", "$muted"),
                visible(current),
                (visible(versions), "$muted"),
            )
        )

    @on(Input.Submitted)
    async def submitted(self) -> None:
        """Enter: look, if that has not been done yet, and go there."""
        self.run_worker(self._chosen(amend=False), group="quoted", exclusive=True)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """A click on the row."""
        event.stop()
        self.action_choose(False)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Another unit."""
        event.stop()
        self._show_words()

    def action_choose(self, amend: bool) -> None:
        """Take the unit under the cursor."""
        self.run_worker(self._chosen(amend=amend), group="quoted", exclusive=True)

    async def _chosen(self, *, amend: bool) -> None:
        if self._timer is not None:
            self._timer.stop()
        await self._look()
        if self not in self.app.screen_stack:
            return
        one = self._list.chosen
        if one is not None:
            self.dismiss(Quoted(str(one["unit"]), amend))

    def action_move(self, step: int) -> None:
        """Move in the list while the field has the keys."""
        self._list.action_move(step)

    def action_leave(self) -> None:
        """Stay where one was."""
        self.dismiss(None)
