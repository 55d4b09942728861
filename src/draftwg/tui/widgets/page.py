"""Words to be read: wrapped at a comfortable measure, drawn line by line, scrolled by keys and wheel."""

from bisect import bisect_left, bisect_right
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.content import Content, Span
from textual.geometry import Region
from textual.strip import Strip

from draftwg.tui.pieces import ScreenLine
from draftwg.tui.widgets.scrolled import Scrolled
from draftwg.tui.widgets.wrapping import line_starts


class Page(Scrolled, can_focus=True):
    """Content, wrapped to the width but to no more than `measure` cells.

    Only the lines that are seen are drawn. With `roomy`, a blank line follows every line where the whole content has
    room with them: to be read from afar.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", "Down", show=False, id="page.down"),
        Binding("up,k", "scroll_up", "Up", show=False, id="page.up"),
        Binding("pagedown,space", "page_down", "Page down", show=False, id="page.page_down"),
        Binding("pageup", "page_up", "Page up", show=False, id="page.page_up"),
        Binding("home", "scroll_home", "Top", show=False, id="page.top"),
        Binding("end", "scroll_end", "End", show=False, id="page.end"),
    ]

    def __init__(
        self, *, id: str | None = None, measure: int = 1000, focusable: bool = True, roomy: bool = False
    ) -> None:
        super().__init__(id=id)
        self.can_focus = focusable
        self.measure = measure
        self.roomy = roomy
        self.content = Content("")
        self._rows: list[int] = []  # which line stands in each row; -1 = none
        self._lines: list[tuple[int, int]] = []  # the beginning and the end of each line in the content
        self._drawn: dict[int, Strip] = {}
        self._spans: dict[int, list[Span]] | None = None  # the looks of each line, found when the first is drawn
        self._wrapped_at = -1

    def show(self, content: Content, *, top: bool = True) -> None:
        """Show this content; with `top`, from its beginning."""
        same = content.plain == self.content.plain and content.spans == self.content.spans
        if same and self._wrapped_at > 0:  # nothing is drawn anew
            if top:
                self.to_top()
            return
        self.content = content
        self._wrapped_at = -1
        self._wrap()
        if top:
            self.to_top()
        self.refresh()

    def reveal(self, part: float) -> None:
        """Scroll so that this part of the content (0 = its beginning, 1 = its end) is about in the middle."""
        height = self.inside.height
        self.scroll_to(y=max(0, part * self.virtual_size.height - height / 2), animate=False, force=True)

    def set_roomy(self, roomy: bool) -> None:
        """With or without blank lines between the lines."""
        self.roomy = roomy
        self._wrapped_at = -1
        self.show(self.content)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        row = y + self.seen_top
        return self._line(self._rows[row] if row < len(self._rows) else -1)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a frame, wrapped first."""
        self._wrap()
        return super().render_lines(crop)

    def notify_style_update(self) -> None:
        """Another theme."""
        self._wrapped_at = -1
        super().notify_style_update()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._wrapped_at = -1
        self._wrap()

    def arranged(self, line: Strip, width: int) -> Strip:
        """A wrapped line as it goes to the terminal, `width` being what it was wrapped to; for pages that know better
        than the terminal how."""
        return line

    def _wrap(self) -> None:
        width = min(self.inside.width - 1, self.measure)  # a blank before the scrollbar
        if width == self._wrapped_at or width < 1:
            return
        self._wrapped_at = width
        plain, begin = self.content.plain, 0
        self._lines, self._drawn, self._spans = [], {}, None
        for paragraph in plain.split("\n") if plain else ():
            starts = [begin + start for start in line_starts(paragraph, width)]
            begin += len(paragraph) + 1
            self._lines += zip(starts, [*starts[1:], begin - 1], strict=True)
        self._rows = list(range(len(self._lines)))
        if self.roomy:
            spread = []
            for line, (start, end) in enumerate(self._lines):
                spread += [line, -1] if plain[start:end].strip() else [-1]
            if len(spread) <= self.inside.height:
                self._rows = spread
        self.set_lines(len(self._rows))

    def _line(self, line: int) -> Strip:
        """This line as it is drawn; -1 is a blank one."""
        drawn = self._drawn.get(line)
        if drawn is None:
            pieces = self._pieces(line)
            drawn = ScreenLine(pieces, cell_len("".join(piece.text for piece in pieces)))
            self._drawn[line] = drawn = self.arranged(drawn, self._wrapped_at) if line >= 0 else drawn
        return drawn

    def _pieces(self, line: int) -> list[Segment]:
        """The words of this line, each stretch of the same look a piece; none for a blank line."""
        if line < 0:
            return []
        if self._spans is None:
            self._spans = self._spans_by_line()
        start, end = self._lines[line]
        return self.pieces(self.content.plain[start:end].rstrip(), self._spans.get(line, ()))

    def _spans_by_line(self) -> dict[int, list[Span]]:
        """The spans of the content, each in the lines on which it lies."""
        starts = [start for start, _ in self._lines]
        found: dict[int, list[Span]] = {}
        for span in self.content.spans:
            for line in range(max(0, bisect_right(starts, span.start) - 1), bisect_left(starts, span.end)):
                start, end = self._lines[line]
                if span.start < end and span.end > start:
                    own = Span(max(0, span.start - start), min(end, span.end) - start, span.style)
                    found.setdefault(line, []).append(own)
        return found
