"""The text from top to bottom, on the left: its sections, its units with their status, proposed new units in their
places, and the places to which units would be moved."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from draftwg.hygiene import one_line
from draftwg.tui.drawing import STATUS_SIGNS
from draftwg.tui.widgets.rowlist import Line, RowList

if TYPE_CHECKING:
    from draftwg.desk.questions import Row

_START = 8  # where the words begin, behind "15 bis " or "8 [2] "
_ROOMY = 36  # cells from which on the status is said in words too


class Outline(RowList["Row"]):
    """One line a row: label, status in a sign or word, first words."""

    headings: Mapping[str, str] = {}

    def show_outline(self, rows: "tuple[Row, ...]", unit: str, headings: Mapping[str, str]) -> None:
        """Show these rows with the cursor on this unit (its id), or where the cursor was if it is gone.

        `headings` has a mark for each section (by path) whose heading somebody wants to change.
        """
        known = max(0, next((place for place, row in enumerate(rows) if _is(row, unit)), self.cursor))
        if headings == self.headings and known == self.cursor and len(rows) == len(self.rows):
            before, self.rows = self.rows, rows
            for place, (old, new) in enumerate(zip(before, rows, strict=True)):
                if new is not old:
                    self.redraw(place)
            return
        self.headings = headings
        self.show(rows, known)

    def go_to_unit(self, id: str) -> bool:
        """Put the cursor on this unit; whether it is in the text."""
        for place, row in enumerate(self.rows):
            if _is(row, id):
                self.go(place)
                return True
        return False

    def choosable(self, item: "Row") -> bool:
        """Sections are passed over, and so is the place to which a unit would be moved."""
        return item.unit is not None and not item.ghost

    def draw(self, item: "Row", width: int) -> list[Line]:
        """One line."""
        if item.unit is None:
            section = item.section
            if section is None:
                return [[]]
            title = f"{section.number}. {section.title}" if section.number else section.title
            mark = self.headings.get(section.path, "")
            line: Line = [(f"[{one_line(mark)}] ", "accent")] if mark else []
            return [[*line, (one_line(title), "strong" if section.level == 1 else "quiet")]]
        unit = item.unit
        if item.ghost:
            return [[(" " * 3, ""), (f"[{one_line(item.mark)}]", "accent")]]
        label = one_line(unit.label)
        label = label.rjust(2) if label.isdigit() else label
        strong = "strong" if item.pending else ""
        if unit.deleted:
            gone = one_line(unit.gone or "deleted")
            return [[(label.ljust(_START), "quiet"), (f"{gone} ", "quiet"), (one_line(unit.text[:width]), "quiet")]]
        if item.proposal is not None:
            return [[(f"{label} ".ljust(_START), strong), (f"[by {one_line(item.proposal.by)}]", "accent")]]
        sign = STATUS_SIGNS.get(item.status, "")
        mark = f"{sign} " if sign else ""
        mark += f"[{item.pending}] " if item.pending else ""
        line = [(f"{label} ", strong), (mark, "good" if item.status.agreed else "accent")]
        line.append((" " * (_START - len(label) - 1 - len(mark)), ""))
        if sign and width >= _ROOMY:
            line.append((f"{item.status} ", "quiet"))
        if item.mark:
            line.append((f"[{one_line(item.mark)}] ", "accent"))
        return [[*line, (one_line(unit.text[:width]), "")]]


def _is(row: "Row", unit: str) -> bool:
    return row.unit is not None and row.unit.id == unit and not row.ghost
