"""Choosing one of a few things, by its own key or with the cursor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from draftwg.hygiene import one_line, visible
from draftwg.tui.frames import WholeModal
from draftwg.tui.keys import shown
from draftwg.tui.widgets.rowlist import Line, RowList


@dataclass(frozen=True, slots=True)
class Option:
    """Something that one may choose: what comes back, the key that chooses it at once ("" = none), its name, and why
    it cannot be chosen now ("" where it can)."""

    value: str
    key: str
    name: str
    wrong: str = ""


class OptionList(RowList[Option]):
    """The options, one a line."""

    def draw(self, item: Option, width: int) -> list[Line]:
        """Key, name, and what is in the way; parentheses tell it without colours."""
        key, name = one_line(item.key), one_line(item.name)
        if item.wrong:
            key = f"({key})" if key else ""
            return [[(f"{key:<10}", "quiet"), (name, "quiet"), (f"   {one_line(item.wrong)}", "quiet")]]
        return [[(f"{key:<10}", "accent"), (name, "")]]


class Chooser(WholeModal[str | None]):
    """Ask for one of the options; its value is the result, None if the question was left."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False, id="chooser.leave"),
    ]

    def __init__(self, question: str, options: Sequence[Option]) -> None:
        super().__init__()
        self._question = question
        self._options = options

    def compose(self) -> ComposeResult:
        """Question, list, what is wrong, keys."""
        with Vertical(id="chooser"):
            yield Static(Content(visible(self._question)), id="chooser-question")
            yield OptionList(id="chooser-list")
            yield Static(Content(""), id="chooser-error")
            yield Static(Content("Its key or Enter chooses   ↑ ↓ move   Esc leaves"), id="chooser-keys")

    def on_mount(self) -> None:
        """The list has the keys."""
        options = self.query_one(OptionList)
        options.show(self._options)
        options.styles.height = min(len(self._options), max(1, self.app.size.height - 8))
        options.focus()

    def on_key(self, event: events.Key) -> None:
        """The key of an option chooses it."""
        found = next((one for one in self._options if one.key and one.key in (event.character, shown(event.key))), None)
        if found is not None:
            event.stop()
            event.prevent_default()
            self._choose(found)

    @on(RowList.Chosen)
    def choose(self, event: RowList.Chosen) -> None:
        """Take the option under the cursor."""
        event.stop()
        chosen = self.query_one(OptionList).chosen
        if chosen is not None:
            self._choose(chosen)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Not the business of the screen below."""
        event.stop()

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    def _choose(self, option: Option) -> None:
        if option.wrong:
            self.query_one("#chooser-error", Static).update(Content(visible(one_line(option.wrong))))
        else:
            self.dismiss(option.value)
