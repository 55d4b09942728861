"""Widgets that draw their own lines, and have them on the screen by a short way."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import messages
from textual.color import Color
from textual.content import Span
from textual.css.styles import RenderStyles
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region, Size, Spacing
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style as VisualStyle
from textual.widget import Widget

from draftwg.tui.pieces import ScreenLine

_KEPT = 300
"""Finished lines that are kept at most: each of them is made of some thirty objects."""

_NOTHING = ScreenLine([])


class Around(NamedTuple):
    """What is around the lines of a widget, which is the same from frame to frame until a style or its size changes."""

    standing: tuple[object, ...]
    """What all this follows from."""

    short: bool
    """Whether there is nothing but a border and padding around the lines, and nothing over them."""

    padding: Spacing
    border: Spacing
    inside: Size
    """The cells for the lines themselves."""

    ground: Style
    background: Color
    filters: Sequence[LineFilter]


class AtOnce(Widget):
    """A widget that is drawn without a turn of its own before, and knows its size without being looked for."""

    _own_screen: Screen[object] | None = None

    @property
    def size(self) -> Size:
        """The cells within its padding and border, without looking for it on the screen."""
        (width, height), gutter = self._size, self.styles.gutter
        return Size(max(0, width - gutter.width), max(0, height - gutter.height))

    def check_idle(self) -> None:
        """Something is to be done when there is nothing else to do. Where that is to draw it and no more, its screen
        knows at once, without a turn of the widget's own."""
        only = not (self._layout_required or self._scroll_required or self._refresh_styles_required)
        if self._repaint_required and only and self._is_mounted and self.display:
            self._repaint_required = False
            if self._own_screen is None:
                self._own_screen = self.screen
            self._own_screen.post_message(messages.Update(self))
        else:
            super().check_idle()


class Drawn(AtOnce):
    """The ground of whatever draws itself line by line (`render_line`).

    Textual's way from a line to that line with the padding beside it is long, and the same for each of them. Where
    there is nothing else around it, each line goes it once, and is kept. Only a border is Textual's.
    """

    seen_width = 0
    """How many cells wide the lines of the present frame are."""

    seen_top = 0
    """The first of its lines that is in sight, where it is scrolled."""

    _finished: dict[tuple[int, int], tuple[Strip, Strip]]
    _around: Around | None = None
    _borders: dict[tuple[int, int], Strip]
    _styles_around: tuple[RenderStyles, ...] = ()
    """The styles of this widget and of all that it stands in."""

    @property
    def inside(self) -> Size:
        """The cells for its lines: what Textual calls the scrollable content, without looking for it on the screen."""
        return self.surroundings.inside

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a frame."""
        _, short, padding, border, inside, ground, background, filters = self.surroundings
        self.seen_width, self.seen_top = inside.width, round(self.scroll_y)
        if crop.x or not short:
            return super().render_lines(crop)
        if len(self._finished) > _KEPT:
            self._finished = {}
        finished, to, (width, height) = self._finished, crop.width, self._size
        first, last = border.top + padding.top, height - border.bottom - padding.bottom
        lines: list[Strip] = []
        for y in range(crop.y, crop.bottom):
            if y < border.top or y >= height - border.bottom:
                lines.append(self._by_textual(y, to))
                continue
            line = self.render_line(y - first) if first <= y < last else _NOTHING
            known = finished.get((id(line), to))
            if known is None:
                within = min(to, width - border.right) - border.left
                room = min(to, width - border.right - padding.right) - border.left - padding.left
                pieces = filtered(_beside(line, padding.left, room, within, ground), filters, background)
                if border.left or border.right:
                    whole = self._by_textual(first, width)
                    ends = whole.crop(0, border.left), whole.crop(width - border.right, max(to, width - border.right))
                    pieces = [*ends[0], *pieces, *ends[1]]
                # With the line itself, so that its number stays its own.
                finished[id(line), to] = known = (line, ScreenLine(pieces, to))
            lines.append(known[1])
        return lines

    def _by_textual(self, y: int, width: int) -> Strip:
        """This line with the border, as far as it is the same in every frame."""
        if (y, width) not in self._borders:
            self._borders[y, width] = super().render_lines(Region(0, y, width, 1))[0]
        return self._borders[y, width]

    @property
    def surroundings(self) -> Around:
        """What is around its lines now; the same object as long as it is the same."""
        around_it = self._styles_around or tuple(node.styles for node in self.ancestors_with_self)
        if self._is_mounted:  # and stays where it is
            self._styles_around = around_it
        filters = self.get_line_filters()
        standing: list[object] = [styles._cache_key for styles in around_it]
        standing += (self._size, self.show_vertical_scrollbar, *filters)
        around, now = self._around, tuple(standing)
        if around is None or around.standing != now:
            styles = self.styles
            behind, background = self.background_colors
            special = styles.tint.a or styles.text_opacity != 1 or self.opacity != 1 or styles.has_rule("hatch")
            self._around = around = Around(
                now,
                not special,
                styles.padding,
                styles.border.spacing,
                self._size.region.shrink(styles.gutter).shrink(self.scrollbar_gutter).size,
                Style(bgcolor=(behind + background).rich_color),
                background,
                filters,
            )
            self._finished, self._borders = {}, {}
        return around

    def look(self, component: str = "") -> Style:
        """The style of this widget, with that of one of its component classes on it; found once for a theme."""
        looks = self.__dict__.setdefault("_component_looks", {})
        if component not in looks:
            own = self.rich_style
            looks[component] = own + self.get_component_rich_style(component, partial=True) if component else own
        style: Style = looks[component]
        return style

    def pieces(self, words: str, spans: Sequence[Span]) -> list[Segment]:
        """These words, each stretch of the same look a piece. A span's looks are on the widget's own, one after the
        other."""
        if not spans:
            return [Segment(words, self._looks_on(()))] if words else []
        pieces = []
        edges = sorted({0, len(words), *(edge for span in spans for edge in span[:2] if edge < len(words))})
        for begin, until in pairwise(edges):
            looks = tuple(span.style for span in spans if span.start <= begin and until <= span.end)
            pieces.append(Segment(words[begin:until], self._looks_on(looks)))
        return pieces

    def _looks_on(self, looks: tuple[str | VisualStyle, ...]) -> Style:
        known: dict[tuple[str | VisualStyle, ...], Style] = self.__dict__.setdefault("_looks_known", {})
        if looks not in known:
            parse = self.app.stylesheet.parse_style
            known[looks] = sum(map(parse, looks), start=self.visual_style).rich_style
        return known[looks]

    def notify_style_update(self) -> None:
        """Another theme, or another standing of the widget."""
        self.__dict__.pop("_component_looks", None)
        self.__dict__.pop("_looks_known", None)
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


def filtered(pieces: list[Segment], filters: Iterable[LineFilter], background: Color) -> list[Segment]:
    """These pieces as the application wants colours to be changed; they are not made anew only to stay as they are."""
    for change in filters:
        if type(change) is not ANSIToTruecolor or not all(map(_in_true_colours, pieces)):
            pieces = change.apply(pieces, background)
    return pieces


def _in_true_colours(piece: Segment) -> bool:
    """Whether the colours of this piece are what the terminal is told: not dimmed, and none of its own sixteen."""
    return _is_true(piece.style)


@lru_cache(maxsize=1024)
def _is_true(look: Style | None) -> bool:
    colours = (look.color, look.bgcolor) if look else ()
    return not (look and look.dim) and all(colour is None or colour.triplet is not None for colour in colours)


def _as_blank(look: Style | None, ground: Style) -> bool:
    """Whether a blank in this look is to the eye one of the ground."""
    return look is not None and look.bgcolor == ground.bgcolor and not (look.underline or look.strike or look.reverse)
