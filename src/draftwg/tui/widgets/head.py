"""A few lines above a page, each cut where the width ends."""

from textual.content import Content
from textual.strip import Strip

from draftwg.tui.pieces import ScreenLine
from draftwg.tui.widgets.drawn import Drawn


class Head(Drawn):
    """Lines as they are, never wrapped."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[Content, ...] = ()
        self._drawn: dict[tuple[int, int], Strip] = {}

    def show(self, *lines: Content) -> None:
        """Show these lines; those that are the same are not drawn anew."""
        before, self._lines = self._lines, lines
        new = [y for y, line in enumerate(lines) if y >= len(before) or not line.is_same(before[y])]
        if new or len(before) != len(lines):
            self._drawn = {
                key: strip for key, strip in self._drawn.items() if key[0] < len(lines) and key[0] not in new
            }
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line."""
        key = (y, self.seen_width)
        if key not in self._drawn:
            line = self._lines[y].truncate(self.seen_width, ellipsis=True) if y < len(self._lines) else Content("")
            self._drawn[key] = ScreenLine(self.pieces(line.plain, line.spans))
        return self._drawn[key]

    def notify_style_update(self) -> None:
        """Another theme."""
        self._drawn.clear()
        super().notify_style_update()
