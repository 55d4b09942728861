"""The title, a line with something on the left and something on the right; the status, as many lines as it needs."""

from typing import ClassVar

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.segment import Segment
from textual.strip import Strip

from draftwg.hygiene import one_line
from draftwg.tui.pieces import ScreenLine
from draftwg.tui.widgets.drawn import Drawn


class StatusBar(Drawn):
    """Words that must be read whole: as many lines as they need, up to `MOST`."""

    MOST: ClassVar[int] = 3

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.left = ""
        self._rows: list[str] = []

    def show(self, message: str) -> None:
        """Show these words, made visible."""
        if one_line(message) != self.left:
            self.left = one_line(message)
            self._wrap()
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line."""
        words = self._rows[y] if y < len(self._rows) else ""
        return ScreenLine([Segment(f" {words}", self.look())])

    def on_resize(self) -> None:
        """Wrap anew."""
        self._wrap()

    def _wrap(self) -> None:
        room = max(1, (self.size.width or self.screen.size.width) - 2)  # all of it, where it was not in sight
        rows = [""]
        for word in self.left.split(" "):
            *pieces, last = chop_cells(word, room) or [""]  # a word longer than a line is cut
            rows += pieces
            if pieces or cell_len(rows[-1]) + 1 + cell_len(last) > room:
                rows.append(last)
            else:
                rows[-1] = f"{rows[-1]} {last}" if rows[-1] else last
        rows = [row for row in rows if row]
        if len(rows) > self.MOST:
            rows = [*rows[: self.MOST - 1], set_cell_size(" ".join(rows[self.MOST - 1 :]), room - 1).rstrip() + "…"]
        if len(rows) != len(self._rows):
            self.styles.height = max(1, len(rows))
        self._rows = rows


class Bar(Drawn):
    """One line. Where there is not room for both sides, the left one is cut."""

    COMPONENT_CLASSES = {"bar--right"}  # noqa: RUF012 - declared so by Textual

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.left = ""
        self._right = self._short = ""

    def show(self, left: str, right: str = "", short: str = "") -> None:
        """Show these words, made visible; `short` in the place of `right` where there is not room for both sides."""
        words = (one_line(left), one_line(right), one_line(short))
        if words != (self.left, self._right, self._short):
            self.left, self._right, self._short = words
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        base = self.look()
        if y or width < 1:
            return Strip.blank(width, base)
        fitting = (side for side in (self._right, self._short) if cell_len(self.left) + cell_len(side) + 5 <= width)
        right = next(fitting, self._short if cell_len(self._short) + 20 <= width else "")
        room = width - cell_len(right) - (3 if right else 2)
        left = self.left
        if cell_len(left) > room:
            left = set_cell_size(left, max(0, room - 1)) + "…" if room > 1 else ""
        gap = max(0, room - cell_len(left) + (1 if right else 0))
        segments = [
            Segment(" " + left, base),
            Segment(" " * gap, base),
            Segment(right, self.look("bar--right")),
        ]
        return ScreenLine(segments)
