"""A small field in the editor in which a word is looked for; the cursor goes to it while it is typed."""

from __future__ import annotations

import re
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from draftwg.hygiene import clean
from draftwg.tui.widgets.field import Location, WordsArea
from draftwg.tui.widgets.inorder import LineField

_MOST = 10_000  # places that are counted
_KEYS = "Enter next, Esc back"


class _Wanted(LineField):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back to the words", show=False),
        Binding("ctrl+f,down", "next", "Next", show=False),
        Binding("up,shift+enter", "previous", "Before", show=False),
    ]

    def action_leave(self) -> None:
        """Back to the words; what was found stays selected."""
        if isinstance(self.parent, Finder):
            self.parent.leave()

    def action_next(self) -> None:
        """The next place."""
        if isinstance(self.parent, Finder):
            self.parent.go(1)

    def action_previous(self) -> None:
        """The place before."""
        if isinstance(self.parent, Finder):
            self.parent.go(-1)


class Finder(Horizontal):
    """Looks in the words of `area`, whatever the case of the letters. Hidden until it is wanted, but always there: the
    letters typed just after its key are for it, not for the words."""

    def __init__(self, area: WordsArea) -> None:
        super().__init__(id="in-words")
        self.display = False
        self._area = area
        self._begin: Location = (0, 0)

    def compose(self) -> ComposeResult:
        """What it is, the field, what was found."""
        yield Static(Content("Find "), id="in-words-head")
        yield _Wanted(id="in-words-input", compact=True)
        yield Static(id="in-words-told")

    def open(self) -> None:
        """Give the field the keys at once. What was looked for before is there to be taken or typed over."""
        self._begin = min(self._area.selection)
        self.display = True
        field = self.query_one(Input)
        self.screen.set_focus(field)
        field.select_all()
        self.query_one("#in-words-told", Static).update(Content(_KEYS))

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """The first place from where the search began."""
        event.stop()
        self.go(0)

    @on(Input.Submitted)
    def entered(self, event: Input.Submitted) -> None:
        """The next place."""
        event.stop()
        self.go(1)

    def go(self, step: int) -> None:
        """Select the next place (1), the one before (-1), or the first from where the search began (0)."""
        wanted = clean(self.query_one(Input).value)
        places = _places(self._area.text, wanted)
        told = self.query_one("#in-words-told", Static)
        if not self.display:
            return
        if not places:
            self._area.move_cursor(self._begin)
            told.update(Content(f"Not found   {_KEYS}" if wanted else _KEYS))
            return
        here = min(self._area.selection) if step else self._begin
        if step < 0:
            place = next((at for at in reversed(range(len(places))) if places[at][0] < here), len(places) - 1)
        else:
            place = next(
                (at for at, (start, _) in enumerate(places) if start > here or (not step and start == here)), 0
            )
        start, end = places[place]
        self._area.move_cursor(start)
        self._area.move_cursor(end, select=True, center=True)
        told.update(Content(f"{place + 1} of {len(places)}   {_KEYS}"))

    def leave(self) -> None:
        """The words have the keys again."""
        self.screen.set_focus(self._area)
        self.display = False


def _places(text: str, wanted: str) -> list[tuple[Location, Location]]:
    """Where `wanted` stands in the text, first letter and behind the last; any case, and any blanks for its blanks."""
    if not wanted.strip():
        return []
    pattern = re.compile(r"[^\S\n]+".join(map(re.escape, wanted.split(" "))), re.IGNORECASE)
    found = []
    for row, line in enumerate(text.split("\n")):
        for match in pattern.finditer(line):
            found.append(((row, match.start()), (row, match.end())))
            if len(found) >= _MOST:
                return found
    return found
