"""What is written to the terminal of a frame: pieces of lines, with no sequence that changes nothing."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import CompositorUpdate
from textual.cache import FIFOCache
from textual.color import Color
from textual.strip import Strip

_PLAIN = Style()
_END = "\x1b[0m"


class _Forgetful(FIFOCache[Any, Any]):
    """Remembers nothing."""

    def __setitem__(self, key: object, value: object) -> None:
        pass


_FORGETFUL = _Forgetful(0)


class ScreenLine(Strip):
    """A line, or a piece of one, that is written to the terminal and not asked for anything else: without the seven
    stores in which a strip keeps what it was made into. Hundreds are made of a key."""

    __slots__ = ()

    def __init__(self, segments: Iterable[Segment], cell_length: int | None = None) -> None:
        self._segments = list(segments)
        self._cell_length = cell_length
        self._divide_cache = self._crop_cache = self._style_cache = self._filter_cache = _FORGETFUL
        self._line_length_cache = self._crop_extend_cache = self._offsets_cache = _FORGETFUL
        self._render_cache = self._link_ids = self._cell_count = None


@lru_cache(maxsize=1024)
def seen_through(look: Style | None, ground: Color) -> Style:
    """A look as it is seen through a ground with some transparency, without what a click on it would do."""
    plain = _PLAIN if look is None else look.clear_meta_and_links()
    colours = (
        (Color.from_rich_color(colour) + ground).rich_color if colour is not None else None
        for colour in (plain.color, plain.bgcolor)
    )
    return plain + Style.from_color(*colours)


class Pieces(CompositorUpdate):
    """Pieces of lines by row and column. Only they are written; Textual begins and ends each stretch of one look for
    itself, which makes two thirds of a frame."""

    def __init__(self, pieces: Mapping[tuple[int, int], Strip]) -> None:
        self.pieces = pieces

    def render_segments(self, console: Console) -> str:
        """The sequences and words (ECMA-48 8.3.21 CUP before a piece, 8.3.117 SGR before another look), from any look
        to the plain one."""
        system = console._color_system or ColorSystem.TRUECOLOR
        written, before = [_END], _PLAIN
        for (y, x), strip in self.pieces.items():
            written.append(f"\x1b[{y + 1};{x + 1}H")
            for text, look, _ in strip:
                look = look or _PLAIN
                if look.link:
                    written += (_turn(before, _PLAIN, system), Strip.render_style(look, text, system))
                    before = _PLAIN
                elif look is before:
                    written.append(text)
                else:
                    written += (_turn(before, look, system), text)
                    before = look
        return "".join((*written, _END))


@lru_cache(maxsize=4096)
def _turn(before: Style, look: Style, system: ColorSystem) -> str:
    """The shortest sequence from one look to another."""
    (had, *colours), (wanted, *others) = _parts(before, system), _parts(look, system)
    if had and had != wanted:  # each attribute has another way to be ended
        codes = ["0", wanted, *others]
    else:
        codes = ["" if had == wanted else wanted]
        ends = zip(colours, others, ("39", "49"), strict=True)
        codes += ["" if had == wanted else wanted or end for had, wanted, end in ends]
    told = ";".join(code for code in codes if code)
    return f"\x1b[{told}m" if told else ""


@lru_cache(maxsize=1024)
def _parts(look: Style, system: ColorSystem) -> tuple[str, str, str]:
    """The codes of a look: attributes, colour, ground; "" for what it says nothing of."""
    colour, ground = Style(color=look.color), Style(bgcolor=look.bgcolor)
    attributes, colour_codes, ground_codes = (
        Strip.render_ansi(part, system) for part in (look.without_color, colour, ground)
    )
    return attributes, colour_codes, ground_codes
