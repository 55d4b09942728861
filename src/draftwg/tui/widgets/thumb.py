"""A scrollbar that is drawn at once."""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

from draftwg.tui.widgets.drawn import AtOnce, Drawn, filtered


class Thumb(ScrollBar, AtOnce):
    """Textual's scrollbar to the cell, from the few pieces that there are: one is moved or resized at nearly every key,
    and the way of a widget's lines to the screen is long."""

    _looked_at: tuple[object, ...] = ()
    _colours: tuple[RichColor, RichColor] | None = None
    """Its ground and its own; None where it cannot be drawn by the short way."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a frame."""
        assert isinstance(self.parent, Drawn)
        around = self.parent.surroundings
        looked_at = (around, self.grabbed, self.mouse_over)
        if looked_at != self._looked_at:
            self._looked_at, self._colours = looked_at, None
            drawn = self.render()
            look = drawn.style if type(drawn) is ScrollBarRender else None
            if isinstance(look, Style) and self.vertical and look.bgcolor and look.color:
                self._colours = look.bgcolor, look.color
        if self._colours is None:
            return super().render_lines(crop)
        (width, height), whole = self._size, ceil(self.window_virtual_size)
        seen = self.window_size if self.window_size < whole else 0
        bar = (height, whole, ceil(seen), self.position, width, *self._colours)
        return [*_lines(*bar, tuple(around.filters), around.background)[crop.y : crop.bottom]]


@lru_cache(maxsize=256)
def _lines(
    height: int,
    whole: int,
    seen: int,
    position: float,
    width: int,
    back: RichColor,
    thumb: RichColor,
    filters: Sequence[LineFilter],
    background: Color,
) -> tuple[Strip, ...]:
    """The lines of such a bar."""
    drawn = ScrollBarRender.render_bar(height, whole, seen, position, width, True, back, thumb).segments
    made: dict[int, Strip] = {}  # lines of the same piece are one
    for piece in drawn:
        if id(piece) not in made:
            made[id(piece)] = Strip(filtered([piece], filters, background), width)
    return tuple(made[id(piece)] for piece in drawn)
