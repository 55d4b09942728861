"""Something long, scrolled up and down, that draws only the lines in sight."""

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from draftwg.tui.widgets.thumb import Thumb

_KEPT = 300
"""Finished lines that are kept at most: each of them is made of some thirty objects."""
_NOTHING = Strip([])


class Scrolled(ScrollView):
    """The ground of lists and pages. What it shows may become longer or shorter at any key, so that this must not lay
    out the whole screen anew, as it does in Textual: only the thumb of the scrollbar and the lines in sight change.

    The scrollbar's place is always kept (`overflow-y: scroll`); where all fits, nothing is drawn in it.
    """

    virtual_size = Reactive(Size(0, 0))
    seen_width = 0
    """How many cells wide the lines of the present frame are."""

    _finished: dict[int, tuple[Strip, Strip]]
    _finished_for: tuple[object, ...] = ()

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scrollbar."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = bar = Thumb(True, "vertical", thickness=self.scrollbar_size_vertical)
            bar.display = False
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a frame: Textual's way to the width is long, and the same for each of them.

        So is its way from a line to that line with the padding beside it. Where there is nothing else around it, each
        line goes it once, and is kept. Only a border above is Textual's.
        """
        self.seen_width = self.scrollable_content_region.width
        styles, (width, height) = self.styles, self.outer_size
        gutter, padding = styles.gutter, styles.padding
        edge = gutter.top - padding.top
        if (
            gutter[1:] != padding[1:]
            or crop.x
            or styles.tint.a
            or styles.text_opacity != 1
            or self.opacity != 1
            or styles.has_rule("hatch")
        ):
            return super().render_lines(crop)
        filters, (behind, background) = self.get_line_filters(), self.background_colors
        inside, beside = min(width - gutter.right, crop.width) - gutter.left, crop.right - (width - gutter.right)
        now = (behind, background, width, crop.width, gutter, *filters)
        if now != self._finished_for or len(self._finished) > _KEPT:
            self._finished_for, self._finished = now, {}
        finished = self._finished
        lines: list[Strip] = []
        ground = Style(bgcolor=(behind + background).rich_color)
        if crop.y < edge:
            lines = super().render_lines(Region(0, crop.y, crop.width, min(edge, crop.bottom) - crop.y))
        for y in range(max(crop.y, edge), crop.bottom):
            line = self.render_line(y - gutter.top) if gutter.top <= y < height - gutter.bottom else _NOTHING
            known = finished.get(id(line))
            if known is None:
                inner = line.adjust_cell_length(max(0, inside), ground)
                padded = [Segment(" " * gutter.left, ground), *inner, Segment(" " * beside, ground)]
                pieces = [piece for piece in padded if piece.text]
                for change in filters:
                    pieces = change.apply(pieces, background)
                # With the line itself, so that its number stays its own.
                finished[id(line)] = known = (line, Strip(pieces, crop.width))
            lines.append(known[1])
        return lines

    def set_lines(self, count: int) -> None:
        """It is this many lines long now."""
        before = self.virtual_size.height
        if count == before:
            return
        self.virtual_size = Size(0, count)
        seen = self.scrollable_content_region.height
        automatic = self.styles.height is not None and self.styles.height.is_auto
        if seen < 1 or (automatic and (before <= seen or count <= seen)):
            self.refresh(layout=True)  # its own height follows from its lines
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = count
        self.scroll_y = self.validate_scroll_y(self.scroll_y)
