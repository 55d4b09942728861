"""Every key with what it does, written from the commands themselves."""

from collections.abc import Sequence
from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from draftwg.hygiene import one_line
from draftwg.tui.commands.base import Command
from draftwg.tui.situation import Pane, Situation
from draftwg.tui.widgets.page import Page

_INDENT = 15
_MEASURE = 54  # so that it stands in a dialog on 80 columns
_MORE = (
    ("↑ ↓ j k", "Move in the list that has the keys. Home, End, Page Up and Page Down go farther."),
    ("0-9", "Go to the unit with this label."),
    ("Enter", "From the units to the amendments; on an amendment, show its redline large."),
    ("Ctrl+P", "The palette: everything that is possible now, by name."),
)
_EDITING = (
    ("Ctrl+← Ctrl+→", "Go a word back or on. Home, End: the line; Ctrl+Home, Ctrl+End: all the words."),
    ("Shift+arrows", "Select; with Ctrl a word at a time. What is typed takes the place of what is selected."),
    ("Ctrl+Backspace", "Delete the word before; Ctrl+Delete the word behind."),
    ("Ctrl+Z Ctrl+Y", "Undo the last typing; do it again."),
    ("Ctrl+C X V", "Copy, cut, paste; the terminal's own paste works as well."),
)
_GROUP_MORE = {"Moving": _MORE, "Editor": _EDITING}


def help_content(commands: Sequence[Command], now: Situation) -> Content:
    """The help: commands by group, with keys, sentences, and why one is impossible now; while words are edited, those
    of the editor first."""
    parts: list[tuple[str, str]] = []

    def add(keys: str, told: str, look: str = "") -> None:
        lines = wrap(told, _MEASURE, break_on_hyphens=False)
        parts.append((f"  {keys:<{_INDENT}}", "bold"))
        parts.append((f"\n{'':{_INDENT + 2}}".join(lines) + "\n", look))

    groups = list(dict.fromkeys(command.group for command in commands))
    if now.pane is Pane.EDITOR:
        groups.sort(key=lambda group: group != "Editor")
    for group in groups:
        parts.append((f"{group}\n", "bold $accent"))
        for command in commands:
            if command.group == group:
                add(command.all_keys, command.help)
                if reason := command.impossible(now):
                    add("", f"Not now: {one_line(reason)}", "$muted")
        for keys, told in _GROUP_MORE.get(group, ()):
            add(keys, told)
        parts.append(("\n", ""))
    return Content.assemble(*parts)


class HelpScreen(ModalScreen[None]):
    """The help."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,f1,enter", "leave", "Leave", show=False, id="help.leave"),
    ]

    def __init__(self, commands: Sequence[Command], now: Situation) -> None:
        super().__init__()
        self._content = help_content(commands, now)

    def compose(self) -> ComposeResult:
        """Title, page, keys."""
        with Vertical(id="help"):
            yield Static(Content("Keys"), id="help-title")
            yield Page(id="help-page")
            yield Static(Content("↑ ↓ scroll   ? q Esc close"), id="help-keys")

    def on_mount(self) -> None:
        """From the top."""
        page = self.query_one(Page)
        page.show(self._content)
        page.focus()

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss(None)
