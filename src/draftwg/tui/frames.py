"""One key, one frame, and in the frame only what is seen and has changed."""

from bisect import bisect_left
from collections.abc import Mapping
from itertools import groupby

from rich.console import Console
from textual import messages
from textual._compositor import Compositor, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.message import Message
from textual.screen import Screen, ScreenResultType
from textual.strip import Strip


class Pieces(CompositorUpdate):
    """Pieces of lines by row and column, each of which is written where it stands, and nothing else."""

    def __init__(self, pieces: Mapping[tuple[int, int], Strip]) -> None:
        self.pieces = pieces

    def render_segments(self, console: Console) -> str:
        """What is written to the terminal (ECMA-48 8.3.21, CUP, before each piece)."""
        return "".join(f"\x1b[{y + 1};{x + 1}H{strip.render(console)}" for (y, x), strip in self.pieces.items())


class SeenCompositor(Compositor):
    """The same picture as Textual's with less work: a widget makes the lines that have changed where nothing is in
    front of it, and what the terminal shows already is not written again. Textual's has every widget make all of its
    lines, drops what is hidden, and writes the rest."""

    def __init__(self) -> None:
        super().__init__()
        self._written: dict[tuple[int, int], Strip] = {}  # by row and column, since the layout was the one of `_placed`
        self._placed: list[list[int]] | None = None

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        """The whole screen; the terminal may have lost what it showed."""
        self._written.clear()
        return super().render_full_update(simplify)

    def render_partial_update(self) -> Pieces | None:  # type: ignore[override]
        """What must be written to the terminal; None where nothing has changed."""
        regions = [region.intersection(self.size.region) for region in self._dirty_regions]
        self._dirty_regions.clear()
        cuts = self.cuts
        wanted: dict[int, list[int]] = {}  # for each line the places in `cuts` of the pieces that are still to be made
        for y, begin, end in self._regions_to_spans(region for region in regions if region):
            line = cuts[y]
            first = max(0, bisect_left(line, begin + 1) - 1)
            wanted.setdefault(y, []).extend(range(first, min(bisect_left(line, end), len(line) - 1)))
        made: dict[tuple[int, int], Strip] = {}
        for widget, (region, clip) in self.visible_widgets.items():  # those in front come first
            if not wanted:
                break
            seen = region.intersection(clip)
            left, right = seen.column_span
            lines: dict[int, list[int]] = {}
            for y in seen.line_range:
                if places := wanted.get(y):
                    line = cuts[y]
                    if here := [place for place in places if left <= line[place] < right]:
                        lines[y] = here
                        if len(here) == len(places):
                            del wanted[y]
                        else:
                            wanted[y] = [place for place in places if place not in here]
            # Its lines as far as something of them is seen: its scrollbar is in front of the rest.
            ends = {y: cuts[y][here[-1] + 1] for y, here in lines.items()}
            for right, block in groupby(ends, ends.__getitem__):
                rows = list(block)
                top, bottom = rows[0], rows[-1] + 1
                strips = widget.render_lines(Region(left - region.x, top - region.y, right - left, bottom - top))
                for y in rows:
                    if y - top < len(strips):  # it may have become smaller, and be about to be laid out anew
                        line, strip = cuts[y], strips[y - top]
                        first, last = bisect_left(line, left), bisect_left(line, right)
                        if last == first + 1 and strip.cell_length == right - left:
                            made[y, left] = strip
                        else:
                            pieces = strip.divide([cut - left for cut in line[first + 1 : last + 1]])
                            here = [place - first for place in lines[y]]
                            made.update({(y, line[first + one]): pieces[one] for one in here if one < len(pieces)})
        return self._unwritten(made)

    def _unwritten(self, made: dict[tuple[int, int], Strip]) -> Pieces | None:
        """Those of the pieces that are not on the screen already; they are remembered."""
        if self._placed is not self.cuts:
            self._placed = self.cuts
            self._written.clear()
        if self.root is None or self.root.app._batch_count:  # in a batch nothing goes out, and nothing is remembered
            self._written.clear()
            return Pieces(made) if made else None
        before = self._written.get
        new = {place: strip for place, strip in made.items() if (was := before(place)) is not strip and was != strip}
        self._written.update(new)
        return Pieces(new) if new else None


class WholeFrames(Screen[ScreenResultType]):
    """A screen whose frame shows all that has been changed by then.

    In Textual a widget waits for its own turn to tell its screen that it must be painted, and the screen for its own to
    hear of it. The frame begins as soon as the first one has been heard, that which had the key; the rest of what the
    key changed would come in a second frame, up to two sixtieths of a second later.
    """

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name, id, classes)
        self._compositor = SeenCompositor()

    def post_message(self, message: Message) -> bool:
        """Hear at once that a widget must be painted; everything else in its turn."""
        if type(message) is messages.Update and self in self._compositor:
            self._dirty_widgets.add(message.widget)
            self.check_idle()
            return True
        return super().post_message(message)

    def _on_timer_update(self) -> None:
        if not self._layout_required and not self.app._batch_count:
            for widget in self._compositor.visible_widgets:
                if widget._repaint_required and not widget._layout_required and widget is not self:
                    widget._repaint_required = False
                    self._dirty_widgets.add(widget)
        super()._on_timer_update()
