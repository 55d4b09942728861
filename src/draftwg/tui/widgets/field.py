"""The field in which the words of a unit are typed: word by word, with brackets that are matched."""

import re
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.document._document_navigator import DocumentNavigator
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea

from draftwg.hygiene import clean, left_out
from draftwg.redline.words import tokens
from draftwg.tui.widgets.drawn import Drawn
from draftwg.tui.widgets.inorder import KeysInOrder
from draftwg.tui.widgets.wrapped import Wrapped

_ROWS = 500  # drawn rows that are kept at most
_WINDOW = 4_000  # characters in which a word is looked for: paragraphs may be long
_BRACKETS = re.compile(r"[\[\]]")
Location = tuple[int, int]


def matched(text: str) -> tuple[dict[Location, Location], frozenset[Location]]:
    """The square brackets of a text by row and column: each with its partner, and those that have none."""
    pairs: dict[Location, Location] = {}
    opened: list[Location] = []
    alone: list[Location] = []
    for row, line in enumerate(text.split("\n")):
        for found in _BRACKETS.finditer(line):
            place = (row, found.start())
            if found[0] == "[":
                opened.append(place)
            elif opened:
                partner = opened.pop()
                pairs[place], pairs[partner] = partner, place
            else:
                alone.append(place)
    return pairs, frozenset((*alone, *opened))


class WordsArea(KeysInOrder, TextArea, Drawn):
    """A field for the words of a unit. What is pasted loses its control characters at the door, and that is told.

    A line that is not in sight costs nothing, and of a paragraph only the rows in sight are drawn, and drawn again only
    where they have changed: units may be long.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"words--partner", "words--alone"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "document_start", "To the start", show=False),
        Binding("ctrl+end", "document_end", "To the end", show=False),
        Binding("ctrl+shift+home", "document_start(True)", "Select to the start", show=False),
        Binding("ctrl+shift+end", "document_end(True)", "Select to the end", show=False),
        Binding("home", "cursor_line_start", "To the start of the line", show=False),
        Binding("ctrl+f", "find", "Find", show=False),
        Binding("ctrl+a", "select_all", "Select all", show=False),
        Binding("alt+b", "cursor_word_left", "A word back", show=False),
        Binding("alt+f", "cursor_word_right", "A word on", show=False),
        Binding("ctrl+delete,alt+d", "delete_word_right", "Delete the word behind", show=False),
    ]

    class Told(Message):
        """Something about the field that the person should know."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, words: str, *, id: str | None = None) -> None:
        self._pairs, self.alone = matched(words)
        self._bracket_styles: tuple[Style, Style] | None = None
        self._rows: dict[tuple[object, ...], Strip] = {}
        self._dressed = False
        super().__init__(words, id=id, show_line_numbers=False, tab_behavior="focus", max_checkpoints=500)

    def action_document_start(self, select: bool = False) -> None:
        """The cursor before the first letter."""
        self.move_cursor((0, 0), select=select)

    def action_document_end(self, select: bool = False) -> None:
        """The cursor behind the last letter."""
        self.move_cursor(self.document.end, select=select)

    def get_cursor_word_right_location(self) -> Location:
        """The start of the next word, as in a word processor: the blanks behind a word belong to it."""
        row, column = self.selection.end
        line = self.document.get_line(row)
        if column >= len(line):
            return (row + 1, 0) if row + 1 < self.document.line_count else (row, column)
        return row, column + len(next(iter(tokens(line[column : column + _WINDOW]))))

    def get_cursor_word_left_location(self) -> Location:
        """The start of the word before the cursor, or of that in which it is."""
        row, column = self.selection.end
        if not column:
            return (row - 1, len(self.document.get_line(row - 1))) if row else (0, 0)
        before = self.document.get_line(row)[max(0, column - _WINDOW) : column]
        return row, column - len(list(tokens(before))[-1])

    def action_delete_word_right(self) -> None:
        """Up to the start of the next word, or what is selected."""
        start, end = self.selection
        self._delete_via_keyboard(start, self.get_cursor_word_right_location() if start == end else end)

    def action_find(self) -> None:
        """Look for a word, at once: the next letters are no longer for this field."""
        find = getattr(self.parent, "open_finder", None)
        if find is not None:
            find()

    def action_copy(self) -> None:
        """The selection to the clipboard, that of the terminal too (OSC 52)."""
        if words := self.selected_text:
            self.app.copy_to_clipboard(words)
            self._tell(f"Copied: {_count(len(words), 'character')}.")
        else:
            self._tell("Nothing is selected: Shift with the arrows selects, Ctrl+A selects all.")

    def action_cut(self) -> None:
        """The selection to the clipboard, and out of the text."""
        if self.selected_text:
            super().action_cut()
        else:
            self._tell("Nothing is selected: Shift with the arrows selects, Ctrl+A selects all.")

    def on_paste(self, event: events.Paste) -> None:
        """Cleaned before it goes in."""
        event.text, before = clean(event.text), event.text
        out = left_out(before)
        if out or len(event.text) > 200:
            pasted = f"Pasted: {_count(len(event.text), 'character')}."
            self._tell(f"{pasted} Left out: {out}." if out else pasted)

    def go_to_partner(self) -> str:
        """The cursor to the partner of the bracket at or just before it, else to the bracket that opens around it; one
        line on why it cannot go, or ""."""
        row, column = here = self.cursor_location
        for place in (here, (row, column - 1)):
            if place in self._pairs:
                self.move_cursor(self._pairs[place])
                return ""
            if place in self.alone:
                return "This bracket has no partner."
        around = [first for first, last in self._pairs.items() if first < here <= last]
        if not around:
            return "There is no bracket here."
        self.move_cursor(max(around))
        return ""

    def find_matching_bracket(self, bracket: str, search_from: Location) -> Location | None:
        """The partner of the bracket at this place or just before it."""
        row, column = search_from
        return self._pairs.get(search_from) or (
            None if bracket in "[]" and bracket else self._pairs.get((row, column - 1))
        )

    def look_at_brackets(self) -> None:
        """The words have changed."""
        before = self._pairs, self.alone
        self._pairs, self.alone = matched(self.text)
        if before != (self._pairs, self.alone):
            row, column = self.cursor_location
            line = self.document.get_line(row)
            here = line[column] if column < len(line) else ""
            self._matching_bracket_location = self.find_matching_bracket(here, (row, column))
            self._line_cache.clear()
            self.refresh()

    def notify_style_update(self) -> None:
        """Another theme."""
        self._bracket_styles, self._dressed = None, False
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a frame. (Textual looks for the looks of each of its parts for each of them.)"""
        if self._dressed:
            return Drawn.render_lines(self, crop)
        self._dressed, self._rows = True, {}
        return super().render_lines(crop)

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text, language)
        self.wrapped_document = Wrapped(self.document, self.wrap_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._refresh_size()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        # Textual styles and divides the whole paragraph for every row of it that is drawn.
        theme, wrapped = self._theme, self.wrapped_document
        base = theme.base_style if theme and theme.base_style is not None else self.look()
        at = y + self.seen_top
        if theme is None or at >= wrapped.height:
            return self._row("", (), base)
        row, section = wrapped._offset_to_line_info[at]
        words = self.document.get_line(row)
        breaks = wrapped.get_offsets(row)
        start = breaks[section - 1] if section else 0
        last = section == len(breaks)
        end = len(words) if last else breaks[section]
        shown = words[start:end] + (" " if last else "")
        marks: list[tuple[Style, int, int]] = []

        def mark(style: Style | None, begin: int, stop: int) -> None:
            if style is not None and stop > start and begin < start + len(shown):
                marks.append((style, max(0, begin - start), stop - start))

        partner, alone = self._looks
        for bracket_row, column in self.alone:
            if bracket_row == row:
                mark(alone, column, column + 1)
        first, second = sorted(self.selection)
        if first != second and first[0] <= row <= second[0]:
            begin = first[1] if row == first[0] else 0
            stop = second[1] if row == second[0] else len(words) + 1
            mark(theme.selection_style, begin, stop)
        cursor = self.selection.end
        pair = self._matching_bracket_location
        if self._has_cursor and pair is not None and first == second:
            for bracket_row, column in (pair, self._pairs[pair]):
                if bracket_row == row:
                    mark(partner, column, column + 1)
        if row == cursor[0] and self._draw_cursor:
            mark(theme.cursor_style, cursor[1], cursor[1] + 1)
        return self._row(shown, tuple(marks), base)

    def _row(self, words: str, marks: tuple[tuple[Style, int, int], ...], base: Style) -> Strip:
        """A row of these words with these marks; the same object where nothing has changed."""
        key = (words, marks, base, self.seen_width)
        if key not in self._rows:
            if len(self._rows) > _ROWS:
                self._rows = {}
            line = Text(words, end="", no_wrap=True)
            for style, begin, stop in marks:
                line.stylize(style, begin, stop)
            strip = Strip(line.render(self.app.console), cell_length=line.cell_len)
            self._rows[key] = strip.extend_cell_length(self.seen_width, base).apply_style(base)
        return self._rows[key]

    @property
    def _looks(self) -> tuple[Style, Style]:
        if self._bracket_styles is None:
            self._bracket_styles = (
                self.get_component_rich_style("words--partner", partial=True),
                self.get_component_rich_style("words--alone", partial=True),
            )
        return self._bracket_styles

    def _tell(self, words: str) -> None:
        self.post_message(self.Told(words))


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
