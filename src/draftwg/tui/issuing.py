"""Issuing a version from the console: its symbol and status; for a corrigendum, its corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from draftwg.errors import BadInput, DraftwgError
from draftwg.tui.screens.telling import told_with_rule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from draftwg.tui.screens.corrigendum import Row
    from draftwg.tui.screens.reading import ReadingScreen


def ask_version(screen: ReadingScreen) -> None:
    """Ask for a symbol and a status, and issue the text; where the symbol is that of a corrigendum, ask for its
    corrections first."""
    from draftwg.desk.versions import corrects
    from draftwg.tui.screens.prompt import Question

    state, name = screen.situation.state, screen.text_name
    last = state.versions[-1] if state and state.versions else None

    async def submit(answers: Mapping[str, str]) -> str:
        try:
            base = corrects(state, answers["symbol"]) if state else None
        except DraftwgError as error:
            return told_with_rule(error)
        if base is None:
            return await screen.try_to_do({"act": "issue", "in": name, **answers})
        screen.call_after_refresh(_ask_corrections, screen, answers)
        return ""

    questions = (
        Question("symbol", "Symbol", next_symbol(last.symbol) if last else "", needed="Type the symbol first."),
        Question("status", "Status: non-paper, conference room paper …", last.status if last else "non-paper"),
    )
    remark = "This can never change. A symbol that ends with Corr.1 asks for the corrections first."
    screen.ask.prompt("Issue the text as it stands", questions, submit, remark)


def _ask_corrections(screen: ReadingScreen, answers: Mapping[str, str]) -> None:
    from draftwg.desk.versions import corrected, corrects
    from draftwg.model.labels import normal_label
    from draftwg.tui.screens.corrigendum import Corrigendum

    state = screen.situation.state
    base = corrects(state, answers["symbol"]) if state else None
    if base is None:
        return

    def words(label: str) -> str:
        try:
            unit = base.text.labelled(normal_label(label)) if label else None
        except BadInput:
            unit = None
        return unit.text if unit else ""

    def check(rows: Sequence[Row], row: Row) -> str:
        try:
            corrected(base, [*rows, row])
        except DraftwgError as error:
            return told_with_rule(error)
        return ""

    async def submit(rows: Sequence[Row]) -> str:
        return await screen.try_to_do({"act": "issue", **answers, "corrections": list(rows)})

    here = screen.situation.row.unit.label if screen.situation.row and screen.situation.row.unit else ""
    screen.app.push_screen(Corrigendum(answers["symbol"], here if words(here) else "", words, check, submit))


def next_symbol(symbol: str) -> str:
    """The symbol that replaces this one: its Rev.1, or the next Rev."""
    stem, _, last = symbol.rstrip("*").rpartition("/")
    if last.startswith("Rev.") and last[4:].isdigit():
        return f"{stem}/Rev.{int(last[4:]) + 1}"
    return f"{symbol.rstrip('*')}/Rev.1"
