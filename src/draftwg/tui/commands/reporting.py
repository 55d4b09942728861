"""What the Chair asks, what closes a text, and the menu of what has to do with the procedure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from draftwg.tui.commands.base import Command
from draftwg.tui.keys import key
from draftwg.tui.situation import Pane, Situation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from draftwg.tui.screens.reading import ReadingScreen

_GROUPS = ("Amendments", "Positions", "Decisions", "Meeting", "The room", "Reports")


class Board(Command):
    """Show how the whole text stands: figures, a heat map, how far the reading is, every bracket with its holders."""

    id, keys, name, group = "board", "B", "Board", "Reports"

    def _impossible(self, now: Situation) -> str:
        return now.no_text()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.board import BoardScreen
        from draftwg.tui.screens.chairing import open_chair

        open_chair(screen, BoardScreen(screen, screen.chosen_unit))


class History(Command):
    """Show the life of this unit: the course of its status, and every act that concerns it."""

    id, keys, name, group = "history", "H", "History", "Reports"

    def _impossible(self, now: Situation) -> str:
        return _no_unit_at_all(now)

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.chairing import open_chair
        from draftwg.tui.screens.timeline import TimelineScreen

        open_chair(screen, TimelineScreen(screen, screen.chosen_unit))


class Blame(Command):
    """List who brought words into this unit: delegation, amendment, reading, and what they replaced."""

    id, keys, name, group = "blame", "b", "Authors", "Reports"

    def _impossible(self, now: Situation) -> str:
        return now.no_unit()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.reports import blame_page

        text, unit = screen.text_and_unit()
        screen.report(f"The words of {text.noun} {unit.label}", lambda desk: blame_page(desk.state, unit))


class Compare(Command):
    """Compare any two versions, snapshots or times of the text, side by side or in one column, and save it as a
    page."""

    id, keys, name, group = "compare", "D", "Compare", "Reports"

    def _impossible(self, now: Situation) -> str:
        return now.no_text()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.chairing import open_chair
        from draftwg.tui.screens.compare import CompareScreen

        open_chair(screen, CompareScreen(screen))


class LedgerOfBrackets(Command):
    """Show every bracket with who asked for it and who has to consent, filter them, and go to one."""

    id, keys, name, group = "ledger", "f2", "Brackets", "Reports"

    def _impossible(self, now: Situation) -> str:
        return now.no_text()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.chairing import open_chair
        from draftwg.tui.screens.ledger import LedgerScreen

        open_chair(screen, LedgerScreen(screen))


class OrderOfTaking(Command):
    """Show the amendments on this unit in the order of taking, with the positions on each and what comes next."""

    id, keys, name, group = "taking", "N", "Order", "Reports"

    def _impossible(self, now: Situation) -> str:
        return _no_unit_at_all(now)

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.chairing import open_chair
        from draftwg.tui.screens.order import OrderScreen

        open_chair(screen, OrderScreen(screen, screen.chosen_unit))


class Whose(Command):
    """Go from word to word of this unit; for the one under the cursor it says who brought it in, when, and what it
    replaced."""

    id, keys, name, group = "whose", "Y", "Word by word", "Reports"

    def _impossible(self, now: Situation) -> str:
        return now.no_unit()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.chairing import open_chair
        from draftwg.tui.screens.whose import WhoseScreen

        open_chair(screen, WhoseScreen(screen, screen.chosen_unit))


class Renumber(Command):
    """Give the units their final numbers, once, at the end; or show the concordance, provisionally while units are
    open."""

    id, keys, name, group = "renumber", "number_sign", "Numbers", "Reports"

    def _impossible(self, now: Situation) -> str:
        return now.no_text()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.reports import concordance_page
        from draftwg.tui.screens.choosing import Option

        text = screen.situation.text
        if text is None:
            return
        options = (
            Option("show", "s", "show the concordance"),
            Option("provisional", "p", "make a provisional concordance; nothing is changed"),
            Option("final", "F", "give the final numbers and rewrite the references"),
        )

        def show() -> None:
            screen.report(f"Concordance of {text.title}", lambda desk: concordance_page(desk.state))

        def chosen(value: str) -> None:
            if value == "show":
                show()
            else:
                screen.do({"act": "renumber", "in": text.name, "provisional": value == "provisional"}, show)

        screen.ask.choose("Final numbers", options, chosen)


class SnapshotText(Command):
    """Keep the text as projected at this moment, with its brackets, so that it can be shown and compared later."""

    id, keys, name, group = "snapshot", "at", "Snapshot", "Meeting"

    def _impossible(self, now: Situation) -> str:
        return now.no_text()

    def _run(self, screen: ReadingScreen) -> None:
        screen.do({"act": "snapshot", "in": screen.text_name})


class SuspendOrResume(Command):
    """Suspend the reading for a break, or resume it."""

    id, keys, name, group = "suspend", "comma", "Suspend", "Meeting"

    def _called(self, now: Situation) -> str:
        return "Resume reading" if now.suspended else self.name

    def _impossible(self, now: Situation) -> str:
        if reason := now.no_text():
            return reason
        open_now = now.suspended or (now.state is not None and now.state.reading is not None)
        return (
            ""
            if open_now
            else f"No reading is open: {key('reading')} opens one. Rule: Only an open reading is suspended."
        )

    def _run(self, screen: ReadingScreen) -> None:
        screen.do({"act": "resume" if screen.situation.suspended else "suspend"})


class Vote(Command):
    """Decide on the chosen amendment by a vote, with its figures."""

    id, keys, name, group = "vote", "asterisk", "Vote", "Decisions"

    def _impossible(self, now: Situation) -> str:
        return now.no_amendment() or now.in_turn()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.prompt import Question

        amendment = screen.situation.amendment
        if amendment is None:
            return

        async def submit(answers: Mapping[str, str]) -> str:
            act = {"a": "accept", "r": "reject"}.get(answers["how"].casefold()[:1])
            if act is None:
                return "Type a where it is accepted, r where it is rejected."
            return await screen.try_to_do({"act": act, "amendment": amendment.number, "vote": answers["vote"]})

        questions = (
            Question("vote", "Figures, for-against-abstentions, such as 41-3-7"),
            Question("how", "a = accepted, r = rejected", "a"),
        )
        screen.ask.prompt(f"Vote on {amendment.number} of {amendment.by}", questions, submit)


class More(Command):
    """Show everything that can be done in the meeting now, by groups, with its keys, and choose from it; below stands
    what cannot be done, and why."""

    id, keys, name, group = "more", "x", "More", "Console"

    def _impossible(self, now: Situation) -> str:
        return now.no_text()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.commands import COMMANDS
        from draftwg.tui.screens.choosing import Option

        now = screen.situation
        rows: list[Option | str] = []
        later: list[Option | str] = []
        deciding = now.pane is Pane.AMENDMENTS
        for group in sorted(_GROUPS, key=lambda one: deciding and one != "Decisions"):
            found = [Option(one.id, one.key, one.called(now), one.impossible(now), one.brief(now))
                     for one in COMMANDS if one.group == group]  # fmt: skip
            possible = [option for option in found if not option.wrong]
            rows += [group, *possible] if possible else []
            later += [option for option in found if option.wrong]
        screen.ask.choose("What now?", [*rows, *(["Not now"] if later else []), *later], screen.action_command)


def _no_unit_at_all(now: Situation) -> str:
    """Why there is no unit, deleted or standing; "" where there is one."""
    if reason := now.no_text():
        return reason
    return "" if now.row is not None and now.row.unit is not None else f"Choose a {now.noun} first."
