"""The text from top to bottom, on the left: its sections, its units with their status, proposed new units in their
places."""

from typing import TYPE_CHECKING

from draftwg.hygiene import one_line
from draftwg.tui.widgets.rowlist import Line, RowList

if TYPE_CHECKING:
    from draftwg.desk.questions import Row

_START = 8  # where the words begin, behind "15 bis " or "8 [2] "


class Outline(RowList["Row"]):
    """One line a row: label, status in a sign or word, first words."""

    def show_outline(self, rows: "tuple[Row, ...]", unit: str) -> None:
        """Show these rows with the cursor on this unit (its id), or where the cursor was if it is gone."""
        known = next((place for place, row in enumerate(rows) if row.unit and row.unit.id == unit), self.cursor)
        self.show(rows, max(0, known))

    def go_to_unit(self, id: str) -> bool:
        """Put the cursor on this unit; whether it is in the text."""
        for place, row in enumerate(self.rows):
            if row.unit is not None and row.unit.id == id:
                self.go(place)
                return True
        return False

    def choosable(self, item: "Row") -> bool:
        """Sections are passed over."""
        return item.unit is not None

    def draw(self, item: "Row", width: int) -> list[Line]:
        """One line."""
        if item.unit is None:
            section = item.section
            if section is None:
                return [[]]
            title = f"{section.number}. {section.title}" if section.number else section.title
            return [[(one_line(title), "strong" if section.level == 1 else "quiet")]]
        unit = item.unit
        label = one_line(unit.label)
        label = label.rjust(2) if label.isdigit() else label
        strong = "strong" if item.pending else ""
        if unit.deleted:
            return [[(label.ljust(_START), "quiet"), ("deleted ", "quiet"), (one_line(unit.text[:width]), "quiet")]]
        if item.proposal is not None:
            return [
                [(f"{label} ".ljust(_START), strong), ("proposed ", "accent"), (one_line(item.proposal.by), "quiet")]
            ]
        mark = f"[{item.pending}] " if item.pending else ""
        gap = " " * (_START - len(label) - 1 - len(mark))
        return [[(f"{label} ", strong), (mark, "accent"), (gap, ""), (one_line(unit.text[:width]), "")]]
