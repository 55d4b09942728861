"""Many machines: exchange now, and settle what they decided against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from draftwg.tui.commands.base import Command
from draftwg.tui.situation import Situation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from draftwg.tui.screens.reading import ReadingScreen


class SyncNow(Command):
    """Exchange acts with the other machines now; the first time, say where. From then on it goes on by itself."""

    id, keys, name, group = "sync", "tilde", "Sync", "Meeting"

    def _impossible(self, now: Situation) -> str:
        return "The record is still being read." if now.state is None else ""

    def _run(self, screen: ReadingScreen) -> None:
        if screen.syncing.shared:
            screen.syncing.now()
            return
        from draftwg.tui.screens.prompt import Question

        async def submit(answers: Mapping[str, str]) -> str:
            how = answers["make"].casefold()
            if how not in ("", "m"):
                return "Type m to make the folder, or nothing where it is there."
            return await screen.syncing.first(answers["place"], make=how == "m")

        questions = (
            Question(
                "place", "A shared folder, or an ssh or https address", needed="Type the folder or address first."
            ),
            Question("make", "m = make that folder; nothing where it is there"),
        )
        screen.ask.prompt("Share this meeting", questions, submit)


class Settle(Command):
    """Settle a contested decision, which two machines took against each other: the Chair says what stands."""

    id, keys, name, group = "settle", "percent_sign", "Settle", "Decisions"

    def _impossible(self, now: Situation) -> str:
        return "" if now.dispute else "Nothing is contested. Rule: The Chair settles contested decisions."

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.choosing import Option

        one = screen.situation.dispute
        if one is None:
            return
        if one.unit:
            screen.go_to_unit(one.unit)
        stands = "; ".join(words for words, _ in one.against)
        none = "" if one.against else "No other act is in its way that could be set aside."
        options = (
            Option("present", "p", "keep what stands at present; the contested act is set aside"),
            Option("contested", "c", "let the contested act take its place", none),
            Option("neither", "n", "set both aside; the room decides anew", none),
        )

        def chosen(keep: str) -> None:
            screen.do({"act": "settle", "contested": one.id, "keep": keep})

        present = f" — what stands: {stands}" if stands else ""
        screen.ask.choose(f"Contested: {one.act}{present}", options, chosen)
