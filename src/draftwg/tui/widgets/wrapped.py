"""What the field for words asks where its lines stand: Textual's own, without looking at what has not changed."""

from textual.document._document import Location
from textual.document._wrapped_document import WrappedDocument

from draftwg.tui.widgets.wrapping import line_starts


class Wrapped(WrappedDocument):
    """A document that is typed in, wrapped as pages are: a key in a long paragraph costs next to nothing."""

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Wrap all lines."""
        self._width = width
        self._wrap_offsets = [self._breaks(line) for line in self.document.lines]
        self._number()

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Wrap what an edit from `start` to `old_end`, which ends now at `new_end`, has touched."""
        top, bottom = min(start[0], old_end[0]), max(start[0], old_end[0])
        lines = self.document.lines[top : max(start[0], new_end[0]) + 1]
        before = self._wrap_offsets[top : bottom + 1]
        now = [self._breaks(line) for line in lines]
        self._wrap_offsets[top : bottom + 1] = now
        if [len(breaks) for breaks in before] != [len(breaks) for breaks in now]:
            self._number()

    def get_sections(self, line_index: int) -> list[str]:
        """The rows of this line."""
        line, breaks = self.document.get_line(line_index), self._wrap_offsets[line_index]
        return [line[start:end] for start, end in zip([0, *breaks], [*breaks, len(line)], strict=True)]

    def _breaks(self, line: str) -> list[int]:
        return line_starts(line, self._width, hang=False)[1:] if self._width else []

    def _number(self) -> None:
        """Say which row of the screen is which part of which line."""
        self._offset_to_line_info = []
        self._line_index_to_offsets = []
        self._tab_width_cache = [[]] * len(self._wrap_offsets)  # there are no tabs in our texts
        for line, breaks in enumerate(self._wrap_offsets):
            first = len(self._offset_to_line_info)
            self._line_index_to_offsets.append(list(range(first, first + len(breaks) + 1)))
            self._offset_to_line_info += [(line, part) for part in range(len(breaks) + 1)]
