"""One key, one frame, and in the frame only what is seen and has changed."""

from bisect import bisect_left

from textual import messages
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.geometry import Region
from textual.message import Message
from textual.screen import Screen, ScreenResultType
from textual.strip import Strip


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

    def render_partial_update(self) -> ChopsUpdate | None:
        """What must be written to the terminal; None where nothing has changed."""
        regions = self._dirty_regions.copy()
        self._dirty_regions.clear()
        screen = self.size.region
        spans = list(self._regions_to_spans(region.intersection(screen) for region in regions))
        if not spans:
            return None
        cuts = self.cuts
        chops: list[dict[int, Strip | None]] = [{}] * len(cuts)
        for y in {y for y, _, _ in spans}:
            chops[y] = dict.fromkeys(cuts[y][:-1])
        wanted: dict[int, list[int]] = {}  # for each line the places in `cuts` of the pieces that are still to be made
        for y, begin, end in spans:
            line = cuts[y]
            first = max(0, bisect_left(line, begin + 1) - 1)
            wanted.setdefault(y, []).extend(range(first, min(bisect_left(line, end), len(line) - 1)))
        for widget, (region, clip) in self.visible_widgets.items():  # those in front come first
            seen = region.intersection(clip)
            left, right = seen.column_span
            lines = {}
            for y in seen.line_range:
                if places := wanted.get(y):
                    line = cuts[y]
                    if here := [place for place in places if left <= line[place] < right]:
                        lines[y] = here
            if not lines:
                continue
            top, bottom = min(lines), max(lines) + 1
            right = max(cuts[y][here[-1] + 1] for y, here in lines.items())  # its scrollbar is in front of the rest
            strips = widget.render_lines(Region(left - region.x, top - region.y, right - left, bottom - top))
            for y, here in lines.items():
                if y - top >= len(strips):  # it has become smaller, and is about to be laid out anew
                    continue
                line, strip, chop = cuts[y], strips[y - top], chops[y]
                first, last = bisect_left(line, left), bisect_left(line, right)
                if last == first + 1 and strip.cell_length == right - left:
                    chop[left] = strip
                else:
                    ends = [cut - left for cut in line[first + 1 : last + 1]]
                    pieces = dict(zip(line[first:last], strip.divide(ends), strict=False))
                    for place in here:
                        chop[line[place]] = pieces.get(line[place])
                wanted[y] = [place for place in wanted[y] if place not in here]
        self._leave_out(chops)
        # Where nothing is written the span must go: Textual ends each with a line feed, wherever the cursor is.
        spans = [
            (y, begin, end)
            for y, begin, end in spans
            if any(
                strip is not None and x <= end and until > begin
                for until, (x, strip) in zip(cuts[y][1:], chops[y].items(), strict=False)
            )
        ]
        return ChopsUpdate(chops, spans, [line[1:] for line in cuts]) if spans else None

    def _leave_out(self, chops: list[dict[int, Strip | None]]) -> None:
        """Take out what is on the screen already, and remember the rest."""
        if self._placed is not self.cuts:
            self._placed = self.cuts
            self._written.clear()
        if self.root is None or self.root.app._batch_count:  # in a batch nothing goes out, and nothing is remembered
            self._written.clear()
            return
        written = self._written
        for y, chop in enumerate(chops):
            for x, strip in chop.items():
                if strip is None:
                    continue
                before = written.get((y, x))
                if strip is before or strip == before:
                    chop[x] = None
                else:
                    written[y, x] = strip


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
