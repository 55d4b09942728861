"""Deciding on amendments, and taking back."""

from typing import TYPE_CHECKING

from draftwg.tui.commands.base import Command
from draftwg.tui.situation import Situation

if TYPE_CHECKING:
    from draftwg.tui.screens.reading import ReadingScreen


def _decide(screen: "ReadingScreen", act: str) -> None:
    amendment = screen.situation.amendment
    if amendment is not None:
        screen.do({"act": act, "amendment": amendment.number})


class Accept(Command):
    """Accept the chosen amendment: its words become part of the text."""

    id, keys, name, group = "accept", "plus", "Accept", "Decisions"

    def _impossible(self, now: Situation) -> str:
        return now.no_amendment() or now.in_turn() or now.in_the_way()

    def _run(self, screen: "ReadingScreen") -> None:
        _decide(screen, "accept")


class Reject(Command):
    """Reject the chosen amendment."""

    id, keys, name, group = "reject", "minus", "Reject", "Decisions"

    def _impossible(self, now: Situation) -> str:
        return now.no_live_amendment() or now.in_turn()

    def _run(self, screen: "ReadingScreen") -> None:
        _decide(screen, "reject")


class Withdraw(Command):
    """Record that its sponsor withdraws the chosen amendment."""

    id, keys, name, group = "withdraw", "w", "Withdraw", "Decisions"

    def _impossible(self, now: Situation) -> str:
        return now.no_live_amendment()

    def _run(self, screen: "ReadingScreen") -> None:
        _decide(screen, "withdraw")


class Undo(Command):
    """Undo the latest act, whatever it was; the record keeps both."""

    id, keys, name, group = "undo", "u", "Undo", "Decisions"

    def _impossible(self, now: Situation) -> str:
        if now.state is None:
            return now.no_text()
        return "" if now.undoable else "There is nothing to undo."

    def _run(self, screen: "ReadingScreen") -> None:
        screen.do({"act": "undo"})


class Redo(Command):
    """Do again what was undone last."""

    id, keys, name, group = "redo", "U,ctrl+r", "Redo", "Decisions"

    def _impossible(self, now: Situation) -> str:
        if now.state is None:
            return now.no_text()
        return "" if now.redoable else "There is nothing to redo: redo follows an undo."

    def _run(self, screen: "ReadingScreen") -> None:
        screen.do({"act": "redo"})
