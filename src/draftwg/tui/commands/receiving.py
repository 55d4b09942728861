"""Taking in, at the console, what a delegation sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from draftwg.tui.commands.base import Command
from draftwg.tui.situation import Situation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from draftwg.desk.receiving import Report
    from draftwg.tui.screens.reading import ReadingScreen


class Receive(Command):
    """Take in what a delegation sent: a Word file with or without tracked changes, an e-mail, a marked text. Each piece
    is shown with what it would change before anything is recorded."""

    id, keys, name, group = "receive", "ctrl+o", "Receive", "Amendments"

    def _impossible(self, now: Situation) -> str:
        return now.no_text()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.prompt import Question

        text = screen.situation.text
        if text is None:
            return
        name = text.name

        async def submit(answers: Mapping[str, str]) -> str:
            return await _review(screen, answers["file"], answers["by"], name)

        questions = (
            Question("file", "File (Word, Markdown, e-mail, text)", needed="Name the file that was sent."),
            Question("by", "Delegation that sent it (empty: the authors that the file names)"),
        )
        screen.ask.prompt("Receive what a delegation sent", questions, submit)


async def _review(screen: ReadingScreen, file: str, by: str, text: str) -> str:
    """Read the file and show what it holds; one line on what is wrong, or ""."""
    from draftwg.desk.receiving import read, receive
    from draftwg.errors import DraftwgError
    from draftwg.tui.background import in_background
    from draftwg.tui.screens.receiving import ReviewScreen
    from draftwg.tui.typed import typed_path

    call = screen.app.desk.call  # type: ignore[attr-defined]
    try:
        path = typed_path(file)
        submission = await in_background(lambda: read(path))

        async def look() -> Report:
            found: Report = await call(lambda desk: receive(desk, submission, by, text=text))
            return found

        report = await look()
    except DraftwgError as error:
        return str(error)

    async def recorded(shown: Report, chosen: frozenset[int]) -> str:
        return await _record(screen, shown, chosen)

    # Behind the prompt, which is left when this returns: it would take the newest screen with it.
    screen.app.call_later(screen.app.push_screen, ReviewScreen(report, look, recorded))
    return ""


async def _record(screen: ReadingScreen, report: Report, chosen: frozenset[int]) -> str:
    """Record the chosen pieces, all or none; one line on what is wrong, or ""."""
    from draftwg.desk.receiving import record
    from draftwg.errors import DraftwgError
    from draftwg.tui.screens.telling import told_with_rule

    desk = screen.app.desk  # type: ignore[attr-defined]
    try:
        done, receipts = await desk.call(lambda one: record(one, report, sorted(chosen)))
        screen.take(await desk.snapshot(), receipts[-1].act.id)
    except DraftwgError as error:
        return told_with_rule(error)
    numbers = [item.number for place, item in enumerate(done.items) if place in chosen]
    listed = numbers[0] if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}"
    told = f"Recorded from {report.name}: {listed}."
    remarks = dict.fromkeys(remark for receipt in receipts for remark in receipt.warnings)
    if remarks:
        screen.warn(told, *remarks)
    else:
        screen.status(told, "good")
    return ""
