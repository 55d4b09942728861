"""Who has the floor, what a speaker quotes, and the meeting at which a reading is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from draftwg.tui.commands.base import Command
from draftwg.tui.keys import key
from draftwg.tui.situation import Situation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from draftwg.tui.screens.quoted import Quoted
    from draftwg.tui.screens.reading import ReadingScreen


class Speaker(Command):
    """Record that a delegation has the floor on this unit: the reading counts its interventions."""

    id, keys, name, group = "speaker", "Q", "Speaker", "Meeting"

    def _impossible(self, now: Situation) -> str:
        return now.no_unit() or now.no_reading()

    def _run(self, screen: ReadingScreen) -> None:
        text, unit = screen.text_and_unit()
        request = {"act": "consider", "unit": unit.label, "in": text.name}
        screen.ask.delegation(
            f"Who has the floor on {text.noun} {unit.label}?", lambda by: screen.do({**request, "speaker": by})
        )


class AtMeeting(Command):
    """Open the next reading, or resume the one that is suspended, at another meeting of the session: type its number.
    Without this, the number stays what it was."""

    id, keys, name, group = "at_meeting", "semicolon", "At meeting", "Meeting"

    def _impossible(self, now: Situation) -> str:
        if reason := now.no_text():
            return reason
        if now.state is not None and now.state.reading is not None:
            again = f"{key('suspend')} suspends it, and {key(self.id)} resumes it at another meeting."
            told = f"The {now.state.reading.name} is open: {again}"
            return f"{told} Rule: One reading is held at a time."
        return ""

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.prompt import Question

        last = screen.situation.meeting
        act = "resume" if screen.situation.suspended else "open_reading"

        async def submit(answers: Mapping[str, str]) -> str:
            return await screen.try_to_do({"act": act, "meeting": answers["meeting"]})

        title = "Resume the reading" if act == "resume" else "Open the next reading"
        question = Question("meeting", "at which meeting of the session (1 = the 1st)", str((last or 0) + 1))
        screen.ask.prompt(title, (question,), submit)


class Where(Command):
    """Find words that a speaker quotes: in which versions they stood, where, and which act changed them; then go to the
    unit, or amend its present words."""

    id, keys, name, group = "where", "quotation_mark", "Quotation", "Reports"

    def _impossible(self, now: Situation) -> str:
        return now.no_text()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.quoted import QuotedScreen

        text = screen.situation.text
        if text is None:
            return

        def chosen(quoted: Quoted | None) -> None:
            if quoted is None:
                return
            wrong = screen.go_to_label(quoted.unit)
            screen.show_unit()
            if wrong:
                screen.trouble(wrong)
            elif quoted.amend:
                screen.action_command("amend")

        async def find(words: str) -> Sequence[Mapping[str, Any]]:
            from draftwg.desk.tracing import where

            return await screen.ask_desk(lambda desk: where(desk.state, desk.state.text(text.name), words))

        screen.app.push_screen(QuotedScreen(find, text.noun), chosen)
