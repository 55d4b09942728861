"""A list of rows that draws only what is seen: the ground of the outline, the amendments, and what one chooses from."""

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from draftwg.tui.pieces import ScreenLine
from draftwg.tui.widgets.scrolled import Scrolled

Item = TypeVar("Item")
Line = list[tuple[str, str]]
"""A line of a row: pieces of visible text, each with the name of its look ("" = plain)."""


class RowList(Scrolled, Generic[Item], can_focus=True):
    """Rows of `HEIGHT` lines with a cursor. A subclass says how a row looks (`draw`) and which can be chosen
    (`choosable`).

    Where there is none, it shows `nothing`. A row is drawn when it comes into sight and kept until the rows, the width
    or the theme change, so that a move of the cursor costs two rows, however long the list is.
    """

    HEIGHT: ClassVar[int] = 1
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--cursor", "rows--blurred", "rows--strong", "rows--quiet", "rows--accent", "rows--good", "rows--warn",
        "rows--bad",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", show=False, id="rows.down"),
        Binding("up,k", "move(-1)", "Up", show=False, id="rows.up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="rows.page_down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="rows.page_up"),
        Binding("home", "end(-1)", "First", show=False, id="rows.first"),
        Binding("end", "end(1)", "Last", show=False, id="rows.last"),
        Binding("enter", "choose", "Choose", show=False, id="rows.choose"),
    ]

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, rows: "RowList[Any]") -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> "RowList[Any]":
            """The list."""
            return self.rows

    class Chosen(Moved):
        """The row under the cursor was chosen, by Enter or a second click."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: Sequence[Item] = ()
        self.cursor = -1
        self._drawn: dict[tuple[int, int, bool], list[Strip]] = {}
        self.nothing = ""
        self._looks: dict[tuple[str, str], Style] = {}

    # --- for subclasses -------------------------------------------------------------------------------------------

    def draw(self, item: Item, width: int) -> list[Line]:
        """The lines of this row, at most `HEIGHT`; too long a line is cut at its end."""
        raise NotImplementedError

    def choosable(self, item: Item) -> bool:
        """Whether the cursor may stand on this row."""
        return True

    # --- for screens ----------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> Item | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def show(self, rows: Sequence[Item], cursor: int = 0) -> None:
        """Show other rows, with the cursor on or next to `cursor`. No `Moved` comes of it."""
        self.rows = rows
        self._drawn.clear()
        self.set_lines(len(rows) * self.HEIGHT)
        self.cursor = self._nearest(min(cursor, len(rows) - 1), 1)
        self._reveal()
        self.refresh()

    def go(self, index: int) -> bool:
        """Put the cursor on this row and tell so; whether it is another one."""
        if not 0 <= index < len(self.rows) or index == self.cursor or not self.choosable(self.rows[index]):
            return False
        for row in (self.cursor, index):
            self.refresh_lines(row * self.HEIGHT, self.HEIGHT)
        self.cursor = index
        self._reveal()
        self.screen.post_message(self.Moved(self))  # not by way of what is between: it comes before the next frame
        return True

    def redraw(self, index: int) -> None:
        """Draw this row anew: what it shows has changed."""
        for cursor in (True, False):
            for width in {key[1] for key in self._drawn}:
                self._drawn.pop((index, width, cursor), None)
        self.refresh_lines(index * self.HEIGHT, self.HEIGHT)

    # --- keys and mouse -------------------------------------------------------------------------------------------

    def action_move(self, step: int) -> None:
        """One row down (1) or up (-1)."""
        self.go(self._nearest(self.cursor + step, step))

    def action_page(self, step: int) -> None:
        """One page down or up."""
        rows = max(1, self.size.height // self.HEIGHT - 1)
        self.go(self._nearest(max(0, min(len(self.rows) - 1, self.cursor + step * rows)), step))

    def action_end(self, step: int) -> None:
        """To the last or the first row."""
        self.go(self._nearest(len(self.rows) - 1 if step > 0 else 0, -step))

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self))

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row, a second one on it chooses it."""
        place = event.get_content_offset(self)
        if place is None:
            return
        index = (place.y + self.scroll_offset.y) // self.HEIGHT
        if index == self.cursor and event.chain > 1:
            self.action_choose()
        else:
            self.go(index)

    # --- drawing --------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.seen_width
        if not self.rows and y == 0 and width > 1:
            return self._strip("  ", [(self.nothing, "quiet")], width, "ground")
        index, line = divmod(y + self.seen_top, self.HEIGHT)
        if not 0 <= index < len(self.rows) or width < 1:
            return Strip.blank(width, self._look("ground"))
        key = (index, width, index == self.cursor)
        if key not in self._drawn:
            self._drawn[key] = self._row(self.rows[index], width, index == self.cursor)
        return self._drawn[key][line]

    def notify_style_update(self) -> None:
        """Another theme, or the focus has come or gone."""
        self._drawn.clear()
        self._looks.clear()
        super().notify_style_update()

    def _row(self, item: Item, width: int, cursor: bool) -> list[Strip]:
        base = ("cursor" if self.has_focus else "blurred") if cursor else "ground"
        lines = self.draw(item, width - 3)[: self.HEIGHT]
        lines += [[] for _ in range(self.HEIGHT - len(lines))]
        # The sign in front tells the cursor where colours do not.
        signs = [("▌" if self.has_focus else "│") + " " if cursor else "  "] * self.HEIGHT
        return [self._strip(sign, line, width, base) for sign, line in zip(signs, lines, strict=True)]

    def _strip(self, sign: str, line: Line, width: int, base: str) -> Strip:
        segments = [Segment(sign, self._look(base, "accent"))]
        left = width - cell_len(sign) - 1
        for text, look in line:
            if cell_len(text) > left:
                text = set_cell_size(text, left - 1).rstrip() + "…" if left > 1 else ""
            segments.append(Segment(text, self._look(base, look)))
            left -= cell_len(text)
            if left < 1:
                break
        left += 1
        return ScreenLine([*segments, Segment(" " * left, self._look(base))] if left > 0 else segments, width)

    def _look(self, base: str, look: str = "") -> Style:
        """The style of a piece with this look ("" = plain) on this base: "ground", "cursor" or "blurred"."""
        style = self._looks.get((base, look))
        if style is None:
            style = self.rich_style if base == "ground" else self.get_component_rich_style(f"rows--{base}")
            if look:
                style += self.get_component_rich_style(f"rows--{look}", partial=True)
            self._looks[base, look] = style
        return style

    def _nearest(self, index: int, step: int) -> int:
        """The next row from `index` in the direction of `step` on which the cursor may stand; else the nearest other
        way."""
        for direction in (step, -step):
            place = index
            while 0 <= place < len(self.rows):
                if self.choosable(self.rows[place]):
                    return place
                place += direction
        return -1

    def _reveal(self) -> None:
        """Bring the cursor into sight, with a row of context where there is room."""
        height = self.inside.height
        if self.cursor < 0 or height < 1:
            return
        top, bottom = self.cursor * self.HEIGHT, (self.cursor + 1) * self.HEIGHT
        margin = self.HEIGHT if height >= 5 * self.HEIGHT else 0
        seen, above = round(self.scroll_y), max(0, top - margin)
        if above < seen:
            self.scroll_to(y=above, animate=False, force=True)
        elif bottom + margin > seen + height:
            self.scroll_to(y=bottom + margin - height, animate=False, force=True)

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        self._drawn.clear()
        self._reveal()

    def on_focus(self) -> None:
        """The cursor looks otherwise where the keys go."""
        self._drawn.clear()
        self.refresh()

    def on_blur(self) -> None:
        """The keys go elsewhere."""
        self._drawn.clear()
        self.refresh()
