"""Choosing one of a few things, or of many in groups, by its own key or with the cursor."""

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
    """Something that one may choose: what comes back, the key that chooses it at once ("" = none), its name, why it
    cannot be chosen now ("" where it can), and what it does, in a few words."""

    value: str
    key: str
    name: str
    wrong: str = ""
    does: str = ""


class OptionList(RowList[Option | str]):
    """The options, one a line, and the headings of groups."""

    grouped = False

    def choosable(self, item: Option | str) -> bool:
        """The cursor passes over headings."""
        return isinstance(item, Option)

    def draw(self, item: Option | str, width: int) -> list[Line]:
        """Key, name, and what it does or what is in the way; parentheses tell it without colours."""
        if isinstance(item, str):
            return [[(one_line(item), "strong")]]
        lead = "  " if self.grouped else ""
        key, name, more = one_line(item.key), one_line(item.name), one_line(item.wrong or item.does)
        if more:
            name = f"{name:<16} "
        if item.wrong:
            key = f"({key})" if key else ""
            return [[(f"{lead}{key:<10}", "quiet"), (name, "quiet"), (f" {more}", "quiet")]]
        return [[(f"{lead}{key:<10}", "accent"), (name, ""), (f" {more}" if more else "", "quiet")]]


class Chooser(WholeModal[str | None]):
    """Ask for one of the options; its value is the result, None if the question was left. A string among them is the
    heading of those that follow."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False, id="chooser.leave"),
        Binding("tab", "group(1)", "Next group", show=False, id="chooser.group"),
        Binding("shift+tab", "group(-1)", "Group before", show=False, id="chooser.group_back"),
    ]

    def __init__(self, question: str, options: Sequence[Option | str]) -> None:
        super().__init__()
        self._question = question
        self._options = [one for one in options if isinstance(one, Option)]
        self._rows: list[Option | str] = []  # with a blank line before each heading but the first
        for one in options:
            self._rows += ["", one] if isinstance(one, str) and self._rows else [one]

    def compose(self) -> ComposeResult:
        """Question, list, what is wrong, keys."""
        with Vertical(id="chooser", classes="-grouped" if self._grouped else ""):
            yield Static(Content(visible(self._question)), id="chooser-question")
            yield OptionList(id="chooser-list")
            yield Static(Content(""), id="chooser-error")
            groups = "Tab next group   " if self._grouped else ""
            yield Static(Content(f"Its key or Enter chooses   ↑ ↓ move   {groups}Esc leaves"), id="chooser-keys")

    def on_mount(self) -> None:
        """The list has the keys."""
        options = self.query_one(OptionList)
        options.grouped = self._grouped
        options.show(self._rows)
        options.styles.height = min(len(self._rows), max(1, self.app.size.height - 8))
        options.focus()

    @property
    def _grouped(self) -> bool:
        return len(self._rows) > len(self._options)

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
        if isinstance(chosen, Option):
            self._choose(chosen)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Not the business of the screen below."""
        event.stop()

    def action_group(self, step: int) -> None:
        """To the first option of the next group (1), or of this one and then of the one before (-1)."""
        rows = self.query_one(OptionList)
        starts = [at + 1 for at, row in enumerate(self._rows) if isinstance(row, str) and row]
        way = [at for at in starts if at > rows.cursor] if step > 0 else [at for at in starts[::-1] if at < rows.cursor]
        if way and rows.go(way[0]):
            rows.scroll_to(y=way[0] - 1, animate=False, force=True)  # the whole group is seen, with its heading

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    def _choose(self, option: Option) -> None:
        if option.wrong:
            self.query_one("#chooser-error", Static).update(Content(visible(one_line(option.wrong))))
        else:
            self.dismiss(option.value)
