"""The text from top to bottom, on the left: its sections, its units with their status, proposed new units in their places."""

from typing import TYPE_CHECKING

from draftwg.hygiene import one_line, shorten
from draftwg.model.text import UnitStatus
from draftwg.tui.widgets.rowlist import Line, RowList

if TYPE_CHECKING:
    from draftwg.desk.questions import Row

_LABEL = 7


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
            indent = "  " * (section.level - 1)
            return [[(shorten(indent + one_line(title), max(1, width)), "strong")]]
        unit = item.unit
        label = one_line(unit.label)
        label = label.rjust(3) if label.isdigit() else f"  {label}" if len(label) < 3 else label
        line: Line = [(label.ljust(_LABEL) + " ", "strong" if item.pending else "")]
        rest = max(1, width - _LABEL - 1)
        if unit.deleted:
            return [[(line[0][0], "quiet"), (f"deleted  {shorten(unit.text, max(1, rest - 9))}", "quiet")]]
        if item.proposal is not None:
            line.append(("proposed  ", "accent"))
            line.append((shorten(f"{item.proposal.by}: {unit.text}", max(1, rest - 10)), "quiet"))
            return [line]
        mark = f"[{item.pending}]" if item.status is UnitStatus.BRACKETED else ""
        line.append((mark.ljust(4), "accent"))
        line.append((shorten(unit.text, max(1, rest - 4)), ""))
        return [line]
