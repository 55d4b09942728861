"""A scrollbar that is drawn at once."""

from functools import lru_cache

from rich.color import Color
from rich.style import Style
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip


class Thumb(ScrollBar):
    """Textual's scrollbar to the cell, from the few pieces that there are: one is moved or resized at nearly every key,
    and the way of a widget's lines to the screen is long."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a frame."""
        bar = self.render()
        look = bar.style if type(bar) is ScrollBarRender else None
        if not isinstance(look, Style) or look.bgcolor is None or look.color is None or not self.vertical:
            return super().render_lines(crop)
        assert isinstance(bar, ScrollBarRender)
        width, height = self.size
        lines = _lines(height, bar.virtual_size, bar.window_size, bar.position, width, look.bgcolor, look.color)
        made = list(lines[crop.y : crop.bottom])
        background = self.background_colors[1]
        for change in self.get_line_filters():
            made = [line.apply_filter(change, background) for line in made]
        return made


@lru_cache(maxsize=256)
def _lines(
    height: int, whole: int, seen: int, position: float, width: int, back: Color, thumb: Color
) -> tuple[Strip, ...]:
    """The lines of such a bar."""
    drawn = ScrollBarRender.render_bar(height, whole, seen, position, width, True, back, thumb).segments
    pieces = {piece: Strip([piece], width) for piece in set(drawn)}  # equal lines are one
    return tuple(pieces[piece] for piece in drawn)
