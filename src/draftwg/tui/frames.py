"""One key, one frame, and in the frame only what is seen and has changed."""

import time
from bisect import bisect_left
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from rich.console import RenderableType
from rich.segment import Segment
from textual import events, messages
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.geometry import Region, Size
from textual.message import Message
from textual.screen import UPDATE_PERIOD, ModalScreen, Screen, ScreenResultType
from textual.strip import Strip
from textual.widget import Widget

from draftwg.tui.pieces import Pieces, ScreenLine, seen_through
from draftwg.tui.precedence import give_way


class SeenCompositor(Compositor):
    """The same picture as Textual's with less work: a widget makes the lines that have changed where nothing is in
    front of it, and what the terminal shows already is not written again. Textual's has every widget make all of its
    lines, drops what is hidden, and writes the rest."""

    def __init__(self) -> None:
        super().__init__()
        self._placed: list[list[int]] | None = None  # the cuts of the layout that the next two are of
        self._written: dict[tuple[int, int], Strip] = {}  # what the terminal shows, by row and column
        self._fronts: dict[int, list[Widget | None]] = {}

    def forget(self) -> None:
        """The terminal may have lost what it showed, or shows another screen: everything is to be written."""
        self._written.clear()

    def render_update(
        self, full: bool = False, screen_stack: list[Screen[Any]] | None = None, simplify: bool = False
    ) -> RenderableType | None:
        """What must be written to the terminal; with `full`, a picture of the screen, which is not for the terminal."""
        if not full:
            return super().render_update(screen_stack=screen_stack)
        visible_screen_stack.set(screen_stack or [])
        return super().render_full_update(simplify)

    def render_full_update(self, simplify: bool = False) -> Pieces | None:  # type: ignore[override]
        """What must be written for the whole screen to be seen; None where it is."""
        self._dirty_regions.clear()
        return self._unwritten(self._pieces([self.size.region]))

    def render_partial_update(self) -> Pieces | None:  # type: ignore[override]
        """What must be written to the terminal; None where nothing has changed."""
        regions = [region.intersection(self.size.region) for region in self._dirty_regions]
        self._dirty_regions.clear()
        return self._unwritten(self._pieces(region for region in regions if region))

    def lines(self, top: int, bottom: int) -> list[list[Segment]]:
        """These lines of the whole picture, for a screen that stands before it."""
        made = self._pieces([Region(0, top, self.size.width, bottom - top)])
        places = ([made.get((y, x), ()) for x in self.cuts[y][:-1]] for y in range(top, bottom))
        return [[segment for piece in pieces for segment in piece] for pieces in places]

    def _pieces(self, regions: Iterable[Region]) -> dict[tuple[int, int], Strip]:
        """What these regions look like, in pieces by row and column."""
        cuts = self.cuts
        if self._placed is not cuts:
            if self._placed != cuts:
                self._written.clear()
            self._placed, self._fronts = cuts, {}
        wanted: dict[Widget, dict[int, list[int]]] = {}  # the places in the cuts of the pieces to be made, by line
        for y, begin, end in self._regions_to_spans(regions):
            line, fronts = cuts[y], self._in_front(y)
            for place in range(max(0, bisect_left(line, begin + 1) - 1), min(bisect_left(line, end), len(line) - 1)):
                if widget := fronts[place]:
                    wanted.setdefault(widget, {}).setdefault(y, []).append(place)
        made: dict[tuple[int, int], Strip] = {}
        for widget, lines in wanted.items():
            self._make(widget, lines, made)
        return made

    def _in_front(self, y: int) -> list[Widget | None]:
        """The widget that is seen between each cut of this line and the next one."""
        fronts = self._fronts.get(y)
        if fronts is None:
            line = self.cuts[y]
            self._fronts[y] = fronts = [None] * (len(line) - 1)
            for widget, (region, clip) in self.visible_widgets.items():  # those in front come first
                seen = region.intersection(clip)
                if seen.y <= y < seen.bottom:
                    for place in range(bisect_left(line, seen.x), bisect_left(line, seen.right)):
                        fronts[place] = fronts[place] or widget
        return fronts

    def _make(self, widget: Widget, lines: dict[int, list[int]], made: dict[tuple[int, int], Strip]) -> None:
        """Have a widget make these pieces of its lines, each line as far as something of it is wanted: its scrollbar is
        in front of the rest."""
        cuts, (region, clip) = self.cuts, self.visible_widgets[widget]
        left = region.intersection(clip).x
        ends = {y: cuts[y][places[-1] + 1] for y, places in lines.items()}
        for right, block in groupby(ends, ends.__getitem__):
            rows = list(block)
            top, bottom = rows[0], rows[-1] + 1
            strips = widget.render_lines(Region(left - region.x, top - region.y, right - left, bottom - top))
            for y in rows:
                if y - top >= len(strips):  # it has become smaller, and is about to be laid out anew
                    continue
                line, strip = cuts[y], strips[y - top]
                first, last = bisect_left(line, left), bisect_left(line, right)
                if last == first + 1 and strip.cell_length == right - left:
                    made[y, left] = strip
                else:
                    pieces = [*Segment.divide(strip, [cut - left for cut in line[first + 1 : last + 1]])]
                    for place in (place for place in lines[y] if place - first < len(pieces)):
                        made[y, line[place]] = ScreenLine(pieces[place - first], line[place + 1] - line[place])

    def _unwritten(self, made: dict[tuple[int, int], Strip]) -> Pieces | None:
        """Those of the pieces that are not on the screen already; they are remembered."""
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
        self._compositor: SeenCompositor = SeenCompositor()
        self._painted = 0.0

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """The terminal shows what was before this screen. (Textual's own handler follows: it need not find the styles
        anew, which were found when the widgets were made, and again with another theme.)"""
        self._compositor.forget()
        event.refresh_styles = False

    def _screen_resized(self, size: Size) -> None:
        """Lay out for another size; that which is known is told to a new screen, and to all behind it, as well."""
        if size != self._size:
            super()._screen_resized(size)

    def post_message(self, message: Message) -> bool:
        """Hear at once that a widget must be painted; everything else in its turn."""
        if type(message) is messages.Update and self in self._compositor:
            self._dirty_widgets.add(message.widget)
            self.check_idle()
            return True
        return super().post_message(message)

    async def _on_idle(self, event: events.Idle) -> None:
        """Nothing more is to be done: the frame need not wait for the clock, unless there was one just now. (Textual's
        own handler follows. It also comes here where it has looked at the next message already, or is late.)"""
        if self._pending_message is not None or not self._message_queue.empty():
            return
        changed = self._dirty_widgets and not self._layout_required and self.is_current
        if changed and time.monotonic() - self._painted > UPDATE_PERIOD:
            self._on_timer_update()

    def _on_timer_update(self) -> None:
        self._painted = time.monotonic()
        if not self._layout_required and not self.app._batch_count:
            for widget in self._compositor.visible_widgets:
                if widget._repaint_required and not widget._layout_required and widget is not self:
                    widget._repaint_required = False
                    self._dirty_widgets.add(widget)
        super()._on_timer_update()
        give_way()


class WholeModal(ModalScreen[ScreenResultType], WholeFrames[ScreenResultType]):
    """The same for a screen that stands before another one, which is seen through its ground.

    In Textual the ground is made of the other screen as a whole, each cell of it in a colour of its own, whenever a
    line of the ground is wanted.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the ground."""
        stack = self.app.screen_stack
        place = stack.index(self) if self in stack else 0
        behind, ground = stack[place - 1]._compositor, self.styles.background
        if not place or ground.a == 1 or not isinstance(behind, SeenCompositor) or behind.size != self._size:
            return super().render_lines(crop)
        filters, background = self.get_line_filters(), self.background_colors[1]
        made = []
        for line in behind.lines(crop.y, crop.bottom):
            pieces = [Segment(text, seen_through(look, ground)) for text, look, _ in line]
            for change in filters:
                pieces = change.apply(pieces, background)
            made.append(ScreenLine(pieces, crop.right).crop(crop.x, crop.right))
        return made
