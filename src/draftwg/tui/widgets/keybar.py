"""The foot of the screen: the keys that matter now. Those in grey are impossible now, and say why when they are
pressed; where there is little room they are left out."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from draftwg.tui.pieces import ScreenLine
from draftwg.tui.widgets.drawn import Drawn


class KeyHint(NamedTuple):
    """A key with its name; `command` is the id of what it does, `possible` whether it can be done now, `keep` whether
    it stands there however little room there is."""

    command: str
    key: str
    name: str
    possible: bool = True
    keep: bool = False

    @property
    def words(self) -> tuple[str, str]:
        """Key and name as they are shown."""
        return self.key, f" {self.name}"

    @property
    def size(self) -> int:
        """How many cells it takes, with the gap behind it."""
        return sum(map(cell_len, self.words)) + _GAP


_GAP = 3


def fitting(hints: Sequence[KeyHint], width: int) -> list[KeyHint]:
    """Those for which there is room: the last ones that are impossible go first, then those that are not to be kept,
    then any."""
    chosen = list(hints)
    over = sum(hint.size for hint in chosen) - _GAP - width
    while chosen and over > 0:
        spare = [hint for hint in chosen if not hint.possible] or [hint for hint in chosen if not hint.keep] or chosen
        chosen.remove(spare[-1])
        over -= spare[-1].size
    return chosen


class KeyBar(Drawn):
    """One line of hints, as many as there is room for. A click on one is as good as its key."""

    COMPONENT_CLASSES = {"keybar--key", "keybar--impossible"}  # noqa: RUF012 - declared so by Textual

    class Pressed(Message):
        """A hint was clicked."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints: Sequence[KeyHint] = ()
        self._places: list[tuple[int, int, str]] = []

    def show(self, hints: Sequence[KeyHint]) -> None:
        """Show these hints; nothing is drawn where they are the same."""
        if tuple(hints) != tuple(self._hints):
            self._hints = tuple(hints)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        base = self.look()
        if y or width < 1:
            return Strip.blank(width, base)
        key_style = self.look("keybar--key")
        dim = self.look("keybar--impossible")
        segments, x = [Segment(" ", base)], 1
        self._places = []
        for hint in fitting(self._hints, width - 2):
            key, name = hint.words
            self._places.append((x, x + hint.size - _GAP, hint.command))
            segments.append(Segment(key, key_style if hint.possible else dim))
            segments.append(Segment(name, base if hint.possible else dim))
            segments.append(Segment(" " * _GAP, base))
            x += hint.size
        return ScreenLine(segments)

    def on_click(self, event: events.Click) -> None:
        """The hint under the mouse."""
        for start, end, command in self._places:
            if start <= event.x < end:
                self.post_message(self.Pressed(command))
                return
