"""A few lines above a page, each cut where the width ends."""

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip

from draftwg.tui.pieces import ScreenLine
from draftwg.tui.widgets.drawn import Drawn


class Head(Drawn):
    """Content as it is, line by line, never wrapped."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.content = Content("")
        self._lines: list[Content] = []
        self._drawn: dict[tuple[int, int], Strip] = {}

    def show(self, content: Content) -> None:
        """Show this content; nothing is drawn where it is the same."""
        if not content.is_same(self.content):
            self.content = content
            self._lines = content.split("\n", allow_blank=True)
            self._drawn.clear()
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line."""
        key = (y, self.seen_width)
        if key not in self._drawn:
            line = self._lines[y].truncate(self.seen_width, ellipsis=True) if y < len(self._lines) else Content("")
            looks = line.render(self.visual_style, "", self.app.stylesheet.parse_style)
            self._drawn[key] = ScreenLine([Segment(text, look.rich_style) for text, look in looks if text])
        return self._drawn[key]

    def notify_style_update(self) -> None:
        """Another theme."""
        self._drawn.clear()
        super().notify_style_update()
