"""The words of a unit with a cursor that goes from word to word."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from draftwg.hygiene import visible
from draftwg.redline.words import tokens

_MEASURE = 90


class WordPane(ScrollView, can_focus=True):
    """Words, wrapped; those that came in later are underlined, those on which something is pending bold."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"words--later", "words--pending", "words--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l", "step(1)", "On", show=False, id="words.right"),
        Binding("left,h", "step(-1)", "Back", show=False, id="words.left"),
        Binding("w", "word(1)", "Next word", show=False, id="words.word"),
        Binding("b", "word(-1)", "Word before", show=False, id="words.word_back"),
        Binding("down,j", "line(1)", "Down", show=False, id="words.down"),
        Binding("up,k", "line(-1)", "Up", show=False, id="words.up"),
        Binding("pagedown,space", "page(1)", "Page down", show=False, id="words.page_down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="words.page_up"),
        Binding("home", "edge(-1)", "First", show=False, id="words.first"),
        Binding("end", "edge(1)", "Last", show=False, id="words.last"),
        Binding("ctrl+home", "end(-1)", "Top", show=False, id="words.top"),
        Binding("ctrl+end", "end(1)", "End", show=False, id="words.end"),
    ]

    class Moved(Message):
        """The cursor stands on another word."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor = 0
        self.words: list[str] = []
        self.starts: list[int] = []
        self._looks: Sequence[str] = ()
        self._lines: list[range] = []
        self._line_of: list[int] = []

    def show(self, text: str, later: Sequence[bool], pending: Sequence[bool], cursor: int = 0) -> None:
        """Show these words, the cursor on this one. `later` and `pending` tell of each character of the text."""
        self.words = tokens(text)
        self.starts, at = [], 0
        for word in self.words:
            self.starts.append(at)
            at += len(word)
        looks = []
        for start, word in zip(self.starts, self.words, strict=True):
            end = start + max(1, len(word.rstrip()))
            looks.append(("later " if any(later[start:end]) else "") + ("pending" if any(pending[start:end]) else ""))
        self._looks = looks
        self.cursor = max(0, min(cursor, len(self.words) - 1))
        self._wrap()
        self._reveal()
        self.refresh()

    def go_to(self, start: int) -> None:
        """Put the cursor on the word at this place of the text."""
        self._go(max(0, bisect_right(self.starts, start) - 1))

    # --- keys and mouse -----------------------------------------------------------------------------------------

    def action_step(self, step: int) -> None:
        """To the next word or sign, or the one before."""
        self._go(self.cursor + step)

    def action_word(self, step: int) -> None:
        """To the next word, over signs, or the one before."""
        place = self.cursor + step
        while 0 <= place < len(self.words) and not any(letter.isalnum() for letter in self.words[place]):
            place += step
        self._go(place)

    def action_line(self, step: int) -> None:
        """To the word above or below."""
        self._go_lines(step)

    def action_page(self, step: int) -> None:
        """A page up or down."""
        self._go_lines(step * max(1, self.scrollable_content_region.height - 1))

    def action_edge(self, step: int) -> None:
        """To the first or the last word of the line."""
        if self.words:
            line = self._lines[self._line_of[self.cursor]]
            self._go(line.start if step < 0 else line.stop - 1)

    def action_end(self, step: int) -> None:
        """To the first or the last word of all."""
        self._go(0 if step < 0 else len(self.words) - 1)

    def on_click(self, event: events.Click) -> None:
        """The word under the mouse."""
        place = event.get_content_offset(self)
        row = place.y + self.scroll_offset.y if place is not None else -1
        if place is not None and 0 <= row < len(self._lines):
            self._go(self._at(self._lines[row], place.x))

    def _go(self, place: int) -> None:
        if 0 <= place < len(self.words) and place != self.cursor:
            self.cursor = place
            self._reveal()
            self.refresh()
            self.post_message(self.Moved())

    def _go_lines(self, count: int) -> None:
        if not self.words:
            return
        here = self._line_of[self.cursor]
        line = self._lines[here]
        column = sum(cell_len(self.words[place]) for place in range(line.start, self.cursor))
        row = max(0, min(len(self._lines) - 1, here + count))
        while 0 < row < len(self._lines) - 1 and not self._lines[row]:
            row += 1 if count > 0 else -1
        if self._lines[row]:
            self._go(self._at(self._lines[row], column))

    def _at(self, line: range, column: int) -> int:
        """The word of this line at this column."""
        x = 0
        for place in line:
            x += cell_len(self.words[place])
            if x > column:
                return place
        return line.stop - 1 if line else self.cursor

    # --- drawing ------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width, base = self.scrollable_content_region.width, self.rich_style
        row = y + self.scroll_offset.y
        if row >= len(self._lines) or width < 1:
            return Strip.blank(width, base)
        segments = []
        for place in self._lines[row]:
            word = self.words[place]
            bare = word.rstrip()
            style: Style = base
            for look in self._looks[place].split():
                style += self.get_component_rich_style(f"words--{look}", partial=True)
            if place == self.cursor:
                style += self.get_component_rich_style("words--cursor", partial=True)
            segments.append(Segment(visible(bare), style))
            if blanks := word[len(bare) :].replace("\n", ""):
                segments.append(Segment(visible(blanks), base))
        return Strip(segments).adjust_cell_length(width, base)

    def on_resize(self) -> None:
        """Wrap anew."""
        self._wrap()
        self._reveal()

    def _wrap(self) -> None:
        width = max(8, min(_MEASURE, self.scrollable_content_region.width - 1))
        lines: list[range] = []
        start = x = 0
        for place, word in enumerate(self.words):
            size = cell_len(word.rstrip())
            glued = place > start and not self.words[place - 1][-1].isspace() and word[0] < "\u2e80"
            if x + size > width and place > start and not glued:
                lines.append(range(start, place))
                start, x = place, 0
            x += cell_len(word.replace("\n", ""))
            if "\n" in word:
                lines += [range(start, place + 1), range(0)]
                start, x = place + 1, 0
        if start < len(self.words):
            lines.append(range(start, len(self.words)))
        self._lines = lines
        self._line_of = [0] * len(self.words)
        for row, line in enumerate(lines):
            for place in line:
                self._line_of[place] = row
        self.virtual_size = Size(0, len(lines))

    def _reveal(self) -> None:
        """Bring the cursor into sight."""
        height = self.scrollable_content_region.height
        if not self.words or height < 1:
            return
        row = self._line_of[self.cursor]
        if row < self.scroll_offset.y:
            self.scroll_to(y=row, animate=False, force=True)
        elif row >= self.scroll_offset.y + height:
            self.scroll_to(y=row - height + 1, animate=False, force=True)
