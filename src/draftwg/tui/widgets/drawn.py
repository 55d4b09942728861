"""Widgets that draw their own lines, and have them on the screen by a short way."""

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from draftwg.tui.pieces import ScreenLine

_KEPT = 300
"""Finished lines that are kept at most: each of them is made of some thirty objects."""

_NOTHING = ScreenLine([])


class Drawn(Widget):
    """The ground of whatever draws itself line by line (`render_line`).

    Textual's way from a line to that line with the padding beside it is long, and the same for each of them. Where
    there is nothing else around it, each line goes it once, and is kept. Only a border above is Textual's.
    """

    seen_width = 0
    """How many cells wide the lines of the present frame are."""

    seen_top = 0
    """The first of its lines that is in sight, where it is scrolled."""

    _finished: dict[tuple[int, int], tuple[Strip, Strip]]
    _finished_for: tuple[object, ...] = ()
    _ground: Style

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a frame."""
        self.seen_width, self.seen_top = self.scrollable_content_region.width, self.scroll_offset.y
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
        now = (behind, background, width, gutter, *filters)
        if now != self._finished_for or len(self._finished) > _KEPT:
            self._finished_for, self._finished = now, {}
            self._ground = Style(bgcolor=(behind + background).rich_color)
        finished, ground, to = self._finished, self._ground, crop.width
        lines: list[Strip] = []
        if crop.y < edge:
            lines = super().render_lines(Region(0, crop.y, to, min(edge, crop.bottom) - crop.y))
        for y in range(max(crop.y, edge), crop.bottom):
            line = self.render_line(y - gutter.top) if gutter.top <= y < height - gutter.bottom else _NOTHING
            known = finished.get((id(line), to))
            if known is None:
                inside = min(width - gutter.right, to) - gutter.left
                pieces = _beside(line, gutter.left, inside, to, ground)
                for change in filters:
                    pieces = change.apply(pieces, background)
                # With the line itself, so that its number stays its own.
                finished[id(line), to] = known = (line, ScreenLine(pieces, to))
            lines.append(known[1])
        return lines

    def look(self, component: str = "") -> Style:
        """The style of this widget, with that of one of its component classes on it; found once for a theme."""
        looks = self.__dict__.setdefault("_component_looks", {})
        if component not in looks:
            own = self.rich_style
            looks[component] = own + self.get_component_rich_style(component, partial=True) if component else own
        style: Style = looks[component]
        return style

    def notify_style_update(self) -> None:
        """Another theme, or another standing of the widget."""
        self.__dict__.pop("_component_looks", None)
        super().notify_style_update()


def _beside(line: Strip, left: int, inside: int, width: int, ground: Style) -> list[Segment]:
    """This line, `inside` cells of it, with blanks beside it. A blank is of a piece with the words next to it where it
    looks the same: each piece is one more for the program to make and for the terminal to read."""
    if line.cell_length > inside:
        line = line.crop(0, max(0, inside))
    pieces = [piece for piece in line if piece.text]
    right = width - left - line.cell_length
    if left > 0:
        if pieces and _as_blank(pieces[0].style, ground):
            pieces[0] = Segment(" " * left + pieces[0].text, pieces[0].style)
        else:
            pieces.insert(0, Segment(" " * left, ground))
    if right > 0:
        if pieces and _as_blank(pieces[-1].style, ground):
            pieces[-1] = Segment(pieces[-1].text + " " * right, pieces[-1].style)
        else:
            pieces.append(Segment(" " * right, ground))
    return pieces


def _as_blank(look: Style | None, ground: Style) -> bool:
    """Whether a blank in this look is to the eye one of the ground."""
    return look is not None and look.bgcolor == ground.bgcolor and not (look.underline or look.strike or look.reverse)
