"""What the Chair asks before a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from draftwg.tui.commands.base import Command
from draftwg.tui.situation import Situation

if TYPE_CHECKING:
    from draftwg.tui.screens.reading import ReadingScreen


class WhatIf(Command):
    """Show, on this screen only, what would come of accepting the chosen amendment: the text as it would be, what would
    fall, what comes before and after it."""

    id, keys, name, group = "what_if", "exclamation_mark", "What if", "Decisions"

    def _impossible(self, now: Situation) -> str:
        return "" if now.what_if else now.no_live_amendment()

    def _called(self, now: Situation) -> str:
        return "Close" if now.what_if else self.name

    def _run(self, screen: ReadingScreen) -> None:
        screen.what_if.ask()
