"""Moving about and looking."""

from typing import TYPE_CHECKING

from draftwg.tui.commands.base import Command
from draftwg.tui.keys import key
from draftwg.tui.situation import Pane, Situation

if TYPE_CHECKING:
    from draftwg.tui.screens.reading import ReadingScreen


class NextUnit(Command):
    """Go to the next unit from any pane."""

    id, keys, name, group = "next_unit", "J,ctrl+down", "Next unit", "Moving"

    def _impossible(self, now: Situation) -> str:
        return now.no_text()

    def _run(self, screen: "ReadingScreen") -> None:
        screen.outline.action_move(1)


class PreviousUnit(Command):
    """Go to the unit before from any pane."""

    id, keys, name, group = "previous_unit", "K,ctrl+up", "Unit before", "Moving"

    def _impossible(self, now: Situation) -> str:
        return now.no_text()

    def _run(self, screen: "ReadingScreen") -> None:
        screen.outline.action_move(-1)


class NextPending(Command):
    """Go to the next unit on which an amendment awaits its fate."""

    id, keys, name, group = "next_pending", "right_square_bracket", "Next bracket", "Moving"

    def _impossible(self, now: Situation) -> str:
        return now.no_text() or ("" if now.state and now.state.pending else "No amendment awaits its fate.")

    def _run(self, screen: "ReadingScreen") -> None:
        screen.go_to_pending(1)


class PreviousPending(Command):
    """Go back to the unit before on which an amendment awaits its fate."""

    id, keys, name, group = "previous_pending", "left_square_bracket", "Bracket before", "Moving"

    def _impossible(self, now: Situation) -> str:
        return now.no_text() or ("" if now.state and now.state.pending else "No amendment awaits its fate.")

    def _run(self, screen: "ReadingScreen") -> None:
        screen.go_to_pending(-1)


class GoTo(Command):
    """Go to a unit by its label. Typing the digits of a label goes there at once, and so does 15 bis as it reads."""

    id, keys, name, group = "go_to", "g", "Go to", "Moving"

    def _impossible(self, now: Situation) -> str:
        return now.no_text()

    def _run(self, screen: "ReadingScreen") -> None:
        screen.ask.label()


class NextPane(Command):
    """Go to the next pane: units, words, amendments."""

    id, keys, name, group = "next_pane", "tab,l,right", "Next pane", "Moving"

    def _run(self, screen: "ReadingScreen") -> None:
        screen.focus_pane(1)


class PreviousPane(Command):
    """Go to the pane before."""

    id, keys, name, group = "previous_pane", "shift+tab,h,left", "Pane before", "Moving"

    def _run(self, screen: "ReadingScreen") -> None:
        screen.focus_pane(-1)


class NextView(Command):
    """See the unit another way: clean, bracketed with all that is pending, redline since the import, original,
    proposal."""

    id, keys, name, group = "next_view", "v", "View", "Looking"

    def _impossible(self, now: Situation) -> str:
        return now.no_unit(proposed=True) if now.row is None or not now.row.unit else ""

    def _run(self, screen: "ReadingScreen") -> None:
        screen.turn_view(1)


class PreviousView(Command):
    """Go back through the ways to see the unit."""

    id, keys, name, group = "previous_view", "V", "View before", "Looking"

    def _impossible(self, now: Situation) -> str:
        return now.no_unit(proposed=True) if now.row is None or not now.row.unit else ""

    def _run(self, screen: "ReadingScreen") -> None:
        screen.turn_view(-1)


class Spacing(Command):
    """Let the lines of the unit stand apart where there is room, for readers far away, or close together."""

    id, keys, name, group = "spacing", "z", "Spacing", "Looking"

    def _run(self, screen: "ReadingScreen") -> None:
        screen.words.set_roomy(not screen.words.roomy)


class Search(Command):
    """Find words, labels, amendments and delegations in the whole text."""

    id, keys, name, group = "search", "slash,ctrl+f", "Search", "Looking"

    def _impossible(self, now: Situation) -> str:
        return now.no_text()

    def _run(self, screen: "ReadingScreen") -> None:
        screen.ask.search()


class NextMatch(Command):
    """Go to the next unit that the last search found."""

    id, keys, name, group = "next_match", "f3", "Next match", "Looking"

    def _impossible(self, now: Situation) -> str:
        return now.no_text() or ("" if now.matches else f"Nothing has been searched for yet: {key('search')} searches.")

    def _run(self, screen: "ReadingScreen") -> None:
        screen.go_to_match(1)


class PreviousMatch(Command):
    """Go back to the unit before that the last search found."""

    id, keys, name, group = "previous_match", "shift+f3", "Match before", "Looking"

    def _impossible(self, now: Situation) -> str:
        return now.no_text() or ("" if now.matches else f"Nothing has been searched for yet: {key('search')} searches.")

    def _run(self, screen: "ReadingScreen") -> None:
        screen.go_to_match(-1)


class NextText(Command):
    """Go to the next text of the meeting."""

    id, keys, name, group = "next_text", "T", "Next text", "Looking"

    def _impossible(self, now: Situation) -> str:
        return now.no_text() or ("" if now.state and len(now.state.texts) > 1 else "This meeting has one text only.")

    def _run(self, screen: "ReadingScreen") -> None:
        screen.turn_text()


class Back(Command):
    """Leave the editor (its words are kept), or go back to the units."""

    id, keys, name, group = "back", "escape", "Leave", "Moving"
    while_editing = True

    def _run(self, screen: "ReadingScreen") -> None:
        if screen.situation.pane is Pane.EDITOR:
            screen.editing.leave()
        elif screen.what_if.shown:
            screen.what_if.leave()
        else:
            screen.outline.focus()
