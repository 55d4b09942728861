"""Deciding on amendments, and taking back."""

from typing import TYPE_CHECKING

from draftwg.hygiene import one_line
from draftwg.model.delegation import the
from draftwg.tui.commands.base import Command
from draftwg.tui.keys import key
from draftwg.tui.situation import Pane, Situation

if TYPE_CHECKING:
    from draftwg.tui.screens.reading import ReadingScreen


def _decide(screen: "ReadingScreen", act: str) -> None:
    """Decide on the chosen amendment: at once where the amendments have the keys, or where it is the only one and has
    just been told; else it is named first, and Enter does it."""
    now = screen.situation
    amendment = now.amendment
    if amendment is None:
        return
    request: dict[str, object] = {"act": act, "amendment": amendment.number}
    alone = now.row is not None and now.row.pending == 1 and screen.told == amendment.id
    if now.pane is Pane.AMENDMENTS or alone:
        screen.do(request)
    else:
        named = one_line(f"{act.capitalize()} {amendment.number} of {the(amendment.by)}")
        screen.twice.ask(f"{named}? Enter", lambda: screen.do(request))


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
    """Undo the latest act, whatever it was; the record keeps both. Where a version has been issued since, pressed
    twice."""

    id, keys, name, group = "undo", "u", "Undo", "Decisions"

    def _impossible(self, now: Situation) -> str:
        if now.state is None:
            return now.no_text()
        return "" if now.undoable else "There is nothing to undo."

    def _run(self, screen: "ReadingScreen") -> None:
        passed = screen.situation.undo_passes
        if passed is not None:
            symbol, told = map(one_line, passed)
            again = f"{key('undo')} again undoes the act before it: {told}."
            question = f"{symbol} is issued and cannot be undone; {again}"
            if not screen.twice.confirmed(f"undo {told}", question):
                return
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
