"""Every key with what it does, written from the commands themselves, after the few steps that one needs first."""

from collections.abc import Sequence
from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from draftwg.hygiene import one_line
from draftwg.tui.commands.base import Command
from draftwg.tui.frames import WholeModal
from draftwg.tui.keys import key, keys_of
from draftwg.tui.situation import Pane, Situation
from draftwg.tui.widgets.page import Page

_INDENT = 17
_NARROW = 50  # cells below which a sentence stands under its keys, not beside them
_MORE = (
    ("↑ ↓ j k", "Move in the list that has the keys. Home, End, Page Up and Page Down go farther."),
    ("0-9", "Go to the unit with this label."),
    ("Enter", "From the units to the amendments; on an amendment, show its redline large."),
    ("Ctrl+P", "The palette: everything that is possible now, by name."),
    ("Ctrl+Z", "Put the console to sleep and go back to the shell; fg wakes it."),
    ("Ctrl+L", "Draw the screen anew, where the terminal has spoilt it."),
    ("Ctrl+Q", "Leave the console from anywhere."),
)
_EDITING = (
    (
        "Ctrl+← Ctrl+→",
        "Go to the start of the word before or behind (Alt+b, Alt+f too). Home, End: of the line; Ctrl+Home, Ctrl+End: "
        "of all the words.",
    ),
    (
        "Shift+arrows",
        "Select; with Ctrl a word at a time; Ctrl+A selects all. What is typed takes the place of what is selected.",
    ),
    ("Ctrl+Backspace", "Delete the word before (Ctrl+W too); Ctrl+Delete, Alt+d the word behind."),
    ("Ctrl+F", "Find a word: the cursor goes to it while it is typed; Enter goes to the next, Esc back to the words."),
    ("Ctrl+Z Ctrl+Y", "Undo the last typing; do it again."),
    ("Ctrl+C X V", "Copy, cut, paste; the terminal's own paste works as well."),
)
_GROUP_MORE = {"Moving": _MORE, "Editor": _EDITING}


def first_steps(noun: str) -> tuple[tuple[str, str], ...]:
    """What a person needs who sees the console for the first time: keys, and what comes of them."""
    support, accept = key("support"), key("accept")
    return (
        ("1 2 3 …", f"Type the number of a {noun} to go to it, or move with ↑ ↓."),
        (
            key("amend"),
            "Record an amendment: type a few letters of the delegation, Enter, change the words where they stand, "
            f"{key('save')} saves.",
        ),
        (
            f"Enter  {support}",
            f"Record support: Enter goes to the amendments, ↑ ↓ choose one, {support}, then the delegation. "
            f"({key('position')} records other positions, {key('cosponsor')} a co-sponsor.)",
        ),
        (
            f"Enter  {accept}",
            f"Accept the chosen amendment; {key('reject')} rejects it, {key('what_if')} shows first what would come "
            "of it.",
        ),
        (key("undo"), "Undo the latest act, whatever it was. Nothing is ever lost, so try."),
        (
            f"{key('freeze')} {key('room_stays')}",
            f"Where a room watches (draftwg project): {key('freeze')} freezes what it sees while you draft, "
            f"{key('room_stays')} lets it stay at its {noun} while you look elsewhere; each lets it follow you again.",
        ),
        (
            "recorded",
            "What the line above the foot calls recorded is safe on disk; the receipt is its number in the record.",
        ),
    )


def help_content(commands: Sequence[Command], now: Situation, width: int = 72) -> Content:
    """The help, for lines of this width: first steps, then the commands by group, with keys, sentences, and why one is
    impossible now; while words are edited, those of the editor come first."""
    parts: list[tuple[str, str]] = []
    beside = width >= _NARROW
    indent = _INDENT if beside else 4

    def add(keys: str, told: str, look: str = "") -> None:
        lines = wrap(told, max(10, width - indent), break_on_hyphens=False)
        lead = f"  {keys}" if keys else ""
        if beside and len(lead) < indent:
            parts.append((f"{lead:<{indent}}", "bold"))
        else:
            parts.append((f"{lead}\n{'':{indent}}" if lead else f"{'':{indent}}", "bold"))
        parts.append((f"\n{'':{indent}}".join(lines) + "\n", look))

    groups = list(dict.fromkeys(command.group for command in commands))
    if now.pane is Pane.EDITOR:
        groups.sort(key=lambda group: group != "Editor")
    else:
        parts.append(("First steps\n", "bold $accent"))
        for keys, told in first_steps(now.noun):
            add(keys, told)
        parts.append(("\n", ""))
    for group in groups:
        parts.append((f"{group}\n", "bold $accent"))
        for command in commands:
            if command.group == group:
                add(command.all_keys or "(none)", command.help)
                if reason := command.impossible(now):
                    add("", f"Not now: {one_line(reason)}", "$muted")
        for keys, told in _GROUP_MORE.get(group, ()):
            add(keys, told)
        parts.append(("\n", ""))
    parts.append(("Your own keys: see draftwg keys.\n", "$muted"))
    return Content.assemble(*parts)


class HelpScreen(WholeModal[None]):
    """The help."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "leave", "Leave", show=False, id="help.leave"),
    ]

    def __init__(self, commands: Sequence[Command], now: Situation) -> None:
        super().__init__()
        self._commands, self._now = commands, now
        self._width = 0
        for name in keys_of("help"):  # what opens it closes it
            self._bindings.bind(name, "leave", "Leave", show=False)

    def compose(self) -> ComposeResult:
        """Title, page, keys."""
        with Vertical(id="help"):
            yield Static(Content("Keys"), id="help-title")
            yield Page(id="help-page")
            yield Static(Content(f"↑ ↓ scroll   {key('help')} q Esc close"), id="help-keys")

    def on_mount(self) -> None:
        """The page has the keys."""
        self.query_one(Page).focus()
        self.call_after_refresh(self._fill)

    def on_resize(self) -> None:
        """Wrap anew."""
        self.call_after_refresh(self._fill)

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss(None)

    def _fill(self) -> None:
        page = self.query_one(Page)
        width = page.size.width - 2  # a blank and the scrollbar
        if width > 0 and width != self._width:
            self._width = width
            page.show(help_content(self._commands, self._now, width), top=False)
