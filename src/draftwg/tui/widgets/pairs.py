"""Two wordings of a text, unit by unit: side by side or in one column with its changes marked.

The view hangs on a block and a line in it, not on a count of lines, so that only what is in sight is ever wrapped.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.visual import RenderOptions
from textual.widget import Widget

from draftwg.formats.redlines import RedlineUnit
from draftwg.hygiene import one_line, visible
from draftwg.tui.drawing import redline

LEAST = 100
"""Cells from which on two columns have room."""
_GUTTER = 2
_BETWEEN = " │ "
_WHEEL = 3


@dataclass(frozen=True, slots=True)
class Block:
    """A heading of a section, or a unit with its changes, under it who proposed them."""

    heading: str
    unit: RedlineUnit | None = None
    credits: str = ""

    @property
    def changed(self) -> bool:
        """Whether anything happened to the unit."""
        return self.unit is not None and self.unit.kind != "same"


class Pairs(Widget, can_focus=True):
    """The blocks, drawn from the one on which the view hangs; one of them is the present one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pairs--heading", "pairs--quiet", "pairs--mark"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_by(1)", "Down", show=False, id="pairs.down"),
        Binding("up,k", "scroll_by(-1)", "Up", show=False, id="pairs.up"),
        Binding("pagedown,space", "scroll_page(1)", "Page down", show=False, id="pairs.page_down"),
        Binding("pageup", "scroll_page(-1)", "Page up", show=False, id="pairs.page_up"),
        Binding("home", "jump(-1)", "Top", show=False, id="pairs.top"),
        Binding("end", "jump(1)", "End", show=False, id="pairs.end"),
    ]

    class Moved(Message):
        """Another block is the present one."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.blocks: Sequence[Block] = ()
        self.current = 0
        self.beside = False
        self._top, self._line = 0, 0
        self._made: dict[int, list[Strip]] = {}

    def show(self, blocks: Sequence[Block], current: int = 0) -> None:
        """Show these blocks, hanging on the one at `current`."""
        self.blocks = blocks
        self.current = self._top = max(0, min(current, len(blocks) - 1))
        self._line = 0
        self._forget()

    def set_beside(self, beside: bool) -> None:
        """Side by side, or in one column."""
        self.beside = beside
        self._line = 0
        self._forget()

    @property
    def has_room(self) -> bool:
        """Whether two columns have room."""
        return self.size.width >= LEAST

    def go_to_next(self, step: int, wanted: Callable[[Block], bool]) -> bool:
        """Go to the next block (1) or the one before (-1) that is wanted; whether there is one."""
        place = self.current + step
        while 0 <= place < len(self.blocks):
            if wanted(self.blocks[place]):
                self._go(place)
                return True
            place += step
        return False

    # --- keys and mouse -----------------------------------------------------------------------------------------

    def action_scroll_by(self, lines: int) -> None:
        """So many lines down, or up."""
        self._scroll(lines)

    def action_scroll_page(self, step: int) -> None:
        """A page down or up."""
        self._scroll(step * max(1, self.size.height - 2))

    def action_jump(self, step: int) -> None:
        """To the end, or to the top."""
        if step < 0:
            self._top = self._line = 0
        else:
            self._top, self._line = max(0, len(self.blocks) - 1), 0
            if self.blocks:
                self._line = max(0, len(self._lines(self._top)) - 1)
            self._up(self.size.height - 1)
        self.current = self._top if step < 0 else max(0, len(self.blocks) - 1)
        self._settle()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel."""
        event.stop()
        self._scroll(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel."""
        event.stop()
        self._scroll(-_WHEEL)

    def _go(self, place: int) -> None:
        self.current = place
        height, row = self.size.height, -self._line
        seen = place >= self._top and (place > self._top or not self._line)
        for block in range(self._top, place if seen else self._top):
            row += len(self._lines(block))
            if row >= height:
                break
        if not seen or row + len(self._lines(place)) > height:
            self._top, self._line = place, 0
        self._settle()

    def _scroll(self, lines: int) -> None:
        if not self.blocks:
            return
        if lines < 0:
            self._up(-lines)
        else:
            self._down(lines)
        last = self._last_seen()
        self.current = min(max(self.current, self._top), last)
        self._settle()

    def _down(self, lines: int) -> None:
        below, block = -self._line, self._top  # lines from the top of the view to the end, as far as it matters
        while block < len(self.blocks) and below < self.size.height + lines:
            below += len(self._lines(block))
            block += 1
        left = min(lines, max(0, below - self.size.height)) if block == len(self.blocks) else lines
        while left and self._top < len(self.blocks):
            here = len(self._lines(self._top)) - self._line
            if left < here:
                self._line += left
                return
            left -= here
            self._top, self._line = self._top + 1, 0

    def _up(self, lines: int) -> None:
        left = lines
        while left:
            if left <= self._line:
                self._line -= left
                return
            left -= self._line
            if self._top == 0:
                self._line = 0
                return
            self._top -= 1
            self._line = len(self._lines(self._top))

    def _last_seen(self) -> int:
        row, block = -self._line, self._top
        while block < len(self.blocks) - 1:
            row += len(self._lines(block))
            if row >= self.size.height:
                break
            block += 1
        return block

    def _settle(self) -> None:
        self.refresh()
        self.post_message(self.Moved())

    # --- drawing ------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width, base = self.size.width, self.rich_style
        block, row = self._top, self._line + y
        while block < len(self.blocks) and width > 4 * _GUTTER:
            lines = self._lines(block)
            if row < len(lines):
                mark = (
                    "▌ "
                    if block == self.current and self.blocks[block].unit is not None and lines[row].text.strip()
                    else "  "
                )
                look = base + self.get_component_rich_style("pairs--mark", partial=True)
                return Strip.join([Strip([Segment(mark, look)]), lines[row]]).adjust_cell_length(width, base)
            row -= len(lines)
            block += 1
        return Strip.blank(width, base)

    def notify_style_update(self) -> None:
        """Another theme."""
        self._made.clear()
        super().notify_style_update()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._line = 0
        self._forget()

    def _forget(self) -> None:
        self._made.clear()
        self._settle()

    def _lines(self, place: int) -> list[Strip]:
        """The lines of a block, wrapped when it comes into sight."""
        lines = self._made.get(place)
        if lines is None:
            lines = self._made[place] = self._make(self.blocks[place], max(8, self.size.width - _GUTTER - 1))
        return lines

    def _make(self, block: Block, width: int) -> list[Strip]:
        unit = block.unit
        if unit is None:
            return [*self._wrap(Content.styled(visible(one_line(block.heading)), "bold $muted"), width), _BLANK]
        told = "" if unit.kind == "same" else f"  {unit.kind}"
        note = f", {visible(one_line(unit.note))}" if unit.note and unit.note not in told else ""
        head = Content.assemble((visible(one_line(block.heading)), "bold"), (told + note, "$accent"))
        lines = self._wrap(head, width)
        if self.beside and self.has_room:
            lines += self._columns(unit, width)
        else:
            lines += self._wrap(redline(unit.pieces), min(width, 110))
        if block.credits:
            lines += self._wrap(Content.styled(visible(block.credits), "$muted"), width)
        return [*lines, _BLANK]

    def _columns(self, unit: RedlineUnit, width: int) -> list[Strip]:
        half = (width - len(_BETWEEN)) // 2
        old = self._wrap(redline(piece for piece in unit.pieces if piece.op != "+"), half)
        new = self._wrap(redline(piece for piece in unit.pieces if piece.op != "-"), half)
        base: Style = self.rich_style
        between = Strip([Segment(_BETWEEN, base + self.get_component_rich_style("pairs--quiet", partial=True))])
        rows = max(len(old), len(new))
        old += [_BLANK] * (rows - len(old))
        new += [_BLANK] * (rows - len(new))
        return [
            Strip.join([left.adjust_cell_length(half, base), between, right])
            for left, right in zip(old, new, strict=True)
        ]

    def _wrap(self, content: Content, width: int) -> list[Strip]:
        if not content:
            return [_BLANK]
        options = RenderOptions(self.app.stylesheet.parse_style, self.styles.get_rules())
        return list(content.render_strips(width, None, self.visual_style, options))


_BLANK = Strip([])
