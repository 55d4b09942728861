"""Going about on the main screen: from unit to unit, from pane to pane, from view to view."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events, on

from draftwg.tui.keys import key
from draftwg.tui.screens.recording import RecordScreen
from draftwg.tui.views import VIEWS
from draftwg.tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from draftwg.desk.questions import Row
    from draftwg.tui.app import DraftwgApp

_DIGITS = 1.0  # seconds after which a further digit begins a new label
_COMPLETE = 0.5  # seconds without a further digit after which a number is complete: until then the room stays


class GoingScreen(RecordScreen):
    """The panes of a meeting, in which one goes about."""

    def __init__(self, app: DraftwgApp) -> None:
        super().__init__(app)
        self._typed, self._typed_at = "", 0.0

    def hears(self, event: events.Key) -> bool:
        """Whether this key may be a part of a label, or ends a selection with the mouse."""
        character = event.character or ""
        return character.isdecimal() or (event.is_printable and self._typed != "") or event.key == "escape"

    def on_key(self, event: events.Key) -> None:
        """Digits go to the unit with that label; a blank behind them, and letters behind that, to 15 bis."""
        digit = event.character or ""
        if self.editing.editor is not None or not digit:
            return
        if not digit.isdecimal():
            self._suffix(event, digit)
            return
        event.stop()
        typed = digit if event.time - self._typed_at > _DIGITS else self._typed + digit
        if len(typed) > 1 and not self._begun(typed) and self._is_label(self._typed) and self._begun(digit):
            typed = digit  # it fits nothing behind a complete label
        self._typed_at = event.time
        wrong = self.go_to_label(typed)
        longer = any(label != typed for label in self._begun(typed))
        if wrong and longer:
            self.status(f"{self.noun.capitalize()} {typed} …")
        else:
            self.status(wrong or f"{self.noun.capitalize()} {typed}", "bad" if wrong else "")
        self._typed = typed if longer or not wrong else ""
        if longer:
            self.room.wait(_COMPLETE)
        else:
            self.room.go_on()

    def _suffix(self, event: events.Key, character: str) -> None:
        """The key goes on with the label that is being typed, where one goes on so: "15 b" is 15 bis; any other key is
        none of its business."""
        if event.time - self._typed_at > _DIGITS or not self._typed or (character != " " and " " not in self._typed):
            return
        typed = f"{self._typed}{character}"
        units = [row.unit for row in self.outline.rows if row.unit is not None]
        found = next((unit for unit in units if unit.label.startswith(typed)), None)
        if found is None:
            return
        event.stop()
        self._typed, self._typed_at = typed, event.time
        if character != " ":
            self.outline.go_to_unit(found.id)
            self.status(f"{self.noun.capitalize()} {found.label}")
            self.room.go_on()
        else:
            self.status(f"{self.noun.capitalize()} {typed}…")

    def _begun(self, typed: str) -> list[str]:
        """The numbers at the beginning of labels that begin so, "15" for 15 bis."""
        labels = (row.unit.label for row in self.outline.rows if row.unit is not None)
        longer = (label for label in labels if label.startswith(typed))
        return [label[: len(label) - len(label.lstrip("0123456789"))] for label in longer]

    def _is_label(self, typed: str) -> bool:
        return bool(typed) and not self._looks.labelled(typed, self.text_name)[1]

    @on(RowList.Moved, "#outline")
    def unit_moved(self) -> None:
        """Another unit."""
        self.what_if.leave()
        self.told = ""
        if self._view == "proposal":  # that of another unit was never asked for
            self._view = VIEWS[0]
        self.show_unit()

    @on(RowList.Moved, "#amendments")
    def amendment_moved(self) -> None:
        """Another amendment."""
        self.told = ""
        self.show_amendment()

    @on(RowList.Chosen, "#outline")
    def unit_chosen(self) -> None:
        """From the unit to its amendments, where there are any."""
        self.room.go_on()
        row = self.outline.chosen
        if self.amendments.rows:
            self.amendments.focus()
        elif row is not None and row.unit is not None:
            self.status(f"No amendments on {row.unit.label}: {key('amend')} records one.")

    @on(RowList.Chosen, "#amendments")
    def amendment_chosen(self) -> None:
        """The amendment's redline large, or back."""
        self._view = VIEWS[0] if self._view == "proposal" else "proposal"
        self.show_amendment()

    def on_descendant_focus(self) -> None:
        """The keys go elsewhere."""
        self.update_situation()

    def go_to_unit(self, id: str, text: str = "") -> bool:
        """Put the cursor on this unit of this text; whether it is there."""
        if text and text != self.text_name and self._looks.state and text in self._looks.state.texts:
            self._show_text(text)
        return self.outline.go_to_unit(id)

    def go_to_label(self, label: str) -> str:
        """Put the cursor on the unit with this label; one line on why not, or ""."""
        id, wrong = self._looks.labelled(label, self.text_name)
        if id:
            self.outline.go_to_unit(id)
        return wrong

    def go_to_pending(self, step: int) -> None:
        """Go to the next unit (1) or the one before (-1) with an amendment that awaits its fate."""
        self._go_to_next(step, lambda row: row.pending > 0)

    def go_to_match(self, step: int) -> None:
        """Go to the next unit (1) or the one before (-1) that the last search found."""
        found = self.ask.matches
        self._go_to_next(step, lambda row: row.unit is not None and not row.ghost and row.unit.id in found)
        row = self.outline.chosen
        if row is not None and row.unit is not None and row.unit.id in found:
            self.status(f"“{self.ask.searched}”: {found.index(row.unit.id) + 1} of {len(found)}")

    def _go_to_next(self, step: int, wanted: Callable[[Row], bool]) -> None:
        rows, here = self.outline.rows, self.outline.cursor
        for distance in range(1, len(rows) + 1):
            place = (here + step * distance) % len(rows)
            if wanted(rows[place]):
                self.outline.go(place)
                return

    def focus_pane(self, step: int) -> None:
        """Give the keys to the next pane (1) or the one before (-1)."""
        middle = self.query_one("#what-if-page") if self.what_if.shown else self.words
        panes = [self.outline, middle, *([self.amendments] if self.amendments.rows else [])]
        here = next((place for place, pane in enumerate(panes) if pane is self.focused), 0)
        panes[(here + step) % len(panes)].focus()

    def turn_view(self, step: int) -> None:
        """See the unit the next way."""
        views = VIEWS if self.amendments.chosen is not None else VIEWS[:-1]
        self._view = views[(views.index(self._view) + step) % len(views)]
        self.show_amendment()
