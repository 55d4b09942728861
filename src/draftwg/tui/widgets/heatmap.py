"""A text as a map: one cell a unit, section by section, with label and sign; only the cells in sight are drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from draftwg.hygiene import one_line


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit of the map: its id, its label, and what is asked for when it is drawn."""

    id: str
    label: str


Draw = Callable[[str], tuple[str, str]]
"""For the id of a unit, its sign and the name of its look."""
LOOKS = ("agreed", "bracket", "many", "open", "contested", "waiting")


class HeatMap(ScrollView, can_focus=True):
    """Cells in rows under the headings of their sections, with a cursor that arrows move."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"heat--heading", "heat--cursor", *(f"heat--{look}" for look in LOOKS)}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", "Left", show=False, id="heat.left"),
        Binding("right,l", "step(1)", "Right", show=False, id="heat.right"),
        Binding("up,k", "line(-1)", "Up", show=False, id="heat.up"),
        Binding("down,j", "line(1)", "Down", show=False, id="heat.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="heat.page_up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="heat.page_down"),
        Binding("home", "end(-1)", "First", show=False, id="heat.first"),
        Binding("end", "end(1)", "Last", show=False, id="heat.last"),
        Binding("enter", "choose", "Choose", show=False, id="heat.choose"),
    ]

    class Moved(Message):
        """The cursor stands on another unit."""

        def __init__(self, heat: "HeatMap") -> None:
            super().__init__()
            self.heat = heat

    class Chosen(Moved):
        """The unit under the cursor was chosen, by Enter or a second click."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor = 0
        self._cells: list[Cell] = []
        self._groups: Sequence[tuple[str, Sequence[Cell]]] = ()
        self._draw: Draw = lambda _: ("", "")
        self._lines: list[str | range] = []
        self._line_of: dict[int, int] = {}
        self._step = 8

    def show(self, groups: Sequence[tuple[str, Sequence[Cell]]], draw: Draw, cursor: str) -> None:
        """Show these groups, each with its heading ("" = none), the cursor on the unit with this id."""
        self._groups, self._draw = groups, draw
        self._cells = [cell for _, cells in groups for cell in cells]
        self.cursor = next((place for place, cell in enumerate(self._cells) if cell.id == cursor), 0)
        self._lay()
        self._reveal()
        self.refresh()

    @property
    def chosen(self) -> str:
        """The id of the unit under the cursor; "" where there is none."""
        return self._cells[self.cursor].id if self._cells else ""

    def go_to(self, id: str) -> bool:
        """Put the cursor on the unit with this id; whether it is there."""
        place = next((place for place, cell in enumerate(self._cells) if cell.id == id), None)
        if place is not None:
            self._go(place)
        return place is not None

    def go_to_next(self, step: int, wanted: Callable[[str], bool]) -> bool:
        """Put the cursor on the next unit (1) or the one before (-1) that is wanted, going round; whether there is
        one."""
        count = len(self._cells)
        for distance in range(1, count + 1):
            place = (self.cursor + step * distance) % count
            if wanted(self._cells[place].id):
                self._go(place)
                return True
        return False

    # --- keys and mouse -----------------------------------------------------------------------------------------

    def action_step(self, step: int) -> None:
        """A unit on or back."""
        self._go(self.cursor + step)

    def action_line(self, step: int) -> None:
        """To the unit above or below, over headings."""
        self._go_lines(step, 1)

    def action_page(self, step: int) -> None:
        """A page up or down."""
        self._go_lines(step, max(1, self.scrollable_content_region.height - 2))

    def action_end(self, step: int) -> None:
        """To the last or the first unit."""
        self._go(len(self._cells) - 1 if step > 0 else 0)

    def action_choose(self) -> None:
        """Choose the unit under the cursor."""
        if self._cells:
            self.post_message(self.Chosen(self))

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a unit, a second one chooses it."""
        place = event.get_content_offset(self)
        row = place.y + self.scroll_offset.y if place is not None else -1
        line = self._lines[row] if 0 <= row < len(self._lines) else ""
        index = line.start + place.x // self._step if place is not None and isinstance(line, range) else -1
        if isinstance(line, range) and index in line:
            if index == self.cursor and event.chain > 1:
                self.action_choose()
            else:
                self._go(index)

    def _go(self, place: int) -> None:
        if 0 <= place < len(self._cells) and place != self.cursor:
            for cell in (self.cursor, place):
                self.refresh_lines(self._line_of[cell], 1)
            self.cursor = place
            self._reveal()
            self.post_message(self.Moved(self))

    def _go_lines(self, step: int, count: int) -> None:
        if not self._cells:
            return
        here = self._line_of[self.cursor]
        line = self._lines[here]
        column = self.cursor - line.start if isinstance(line, range) else 0
        target, row = here, here
        while 0 <= row + step < len(self._lines) and (count > 0 or target == here):
            row += step
            count -= 1
            if isinstance(self._lines[row], range):
                target = row
        cells = self._lines[target]
        if isinstance(cells, range) and target != here:
            self._go(min(cells.start + column, cells.stop - 1))

    # --- drawing ------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        base = self.rich_style
        row = y + self.scroll_offset.y
        if row >= len(self._lines) or width < 1:
            return Strip.blank(width, base)
        line = self._lines[row]
        if isinstance(line, str):
            heading = base + self.get_component_rich_style("heat--heading", partial=True)
            return Strip([Segment(_cut(line, width), heading)]).adjust_cell_length(width, base)
        segments: list[Segment] = []
        for index in line:
            cell = self._cells[index]
            sign, look = self._draw(cell.id)
            style: Style = base + self.get_component_rich_style(f"heat--{look}", partial=True) if look else base
            mark = " "
            if index == self.cursor:
                style += self.get_component_rich_style("heat--cursor", partial=True)
                mark = "▌" if self.has_focus else "│"
            label = _cut(f"{mark}{one_line(cell.label)}{sign}", self._step - 1)
            segments.append(Segment(label, style))
            segments.append(Segment(" " * (self._step - cell_len(label)), base))
        return Strip(segments).adjust_cell_length(width, base)

    def on_resize(self) -> None:
        """Lay the cells anew."""
        self._lay()
        self._reveal()

    def on_focus(self) -> None:
        """The cursor looks otherwise where the keys go."""
        self.refresh()

    def on_blur(self) -> None:
        """The keys go elsewhere."""
        self.refresh()

    def _lay(self) -> None:
        longest = max((cell_len(one_line(cell.label)) for cell in self._cells), default=2)
        width = max(1, self.scrollable_content_region.width)
        self._step = min(width, longest + 6)
        each = max(1, width // self._step)
        self._lines, self._line_of, start = [], {}, 0
        for heading, cells in self._groups:
            if heading:
                self._lines.append(one_line(heading))
            for first in range(start, start + len(cells), each):
                line = range(first, min(first + each, start + len(cells)))
                self._line_of |= dict.fromkeys(line, len(self._lines))
                self._lines.append(line)
            start += len(cells)
        self.virtual_size = Size(0, len(self._lines))

    def _reveal(self) -> None:
        """Bring the cursor into sight, with the heading above it."""
        height = self.scrollable_content_region.height
        if not self._cells or height < 1:
            return
        row = self._line_of[self.cursor]
        top = max(0, row - 1)
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True)
        elif row + 2 > self.scroll_offset.y + height:
            self.scroll_to(y=row + 2 - height, animate=False, force=True)


def _cut(words: str, width: int) -> str:
    return words if cell_len(words) <= width else set_cell_size(words, max(0, width - 1)).rstrip() + "…"
