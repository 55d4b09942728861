"""The meeting and the console itself."""

from typing import TYPE_CHECKING

from draftwg.tui.commands.base import Command
from draftwg.tui.keys import key
from draftwg.tui.situation import Situation

if TYPE_CHECKING:
    from draftwg.tui.screens.reading import ReadingScreen


class OpenOrCloseReading(Command):
    """Open the next reading, on Enter; or close the one that is open: completed, or with the point reached."""

    id, keys, name, group = "reading", "o", "Open reading", "Meeting"

    def _impossible(self, now: Situation) -> str:
        if reason := now.no_text():
            return reason
        told = f"The reading is suspended: {key('suspend')} resumes it. Rule: One reading is held at a time."
        return told if now.suspended else ""

    def _called(self, now: Situation) -> str:
        return "Close reading" if now.state and now.state.reading else self.name

    def _run(self, screen: "ReadingScreen") -> None:
        state = screen.situation.state
        if state is not None and state.reading:
            screen.ask.close(state.reading)
        else:
            from draftwg.model.reading import Reading, ReadingState

            meeting = screen.situation.meeting
            request: dict[str, object] = {"act": "open_reading", **({"meeting": meeting} if meeting else {})}
            held = state.readings if state is not None else ()
            name = Reading(len(held) + 1, "").name
            unfinished = held and held[-1].state is ReadingState.NOT_COMPLETED
            stays = f" The {held[-1].name} stays not completed." if unfinished else ""
            question = f"Open the {name}?{stays} Enter opens it, any other key does not"
            screen.twice.ask(question, lambda: screen.do(request))


class IssueVersion(Command):
    """Issue the text as it stands as a version under a document symbol. It can never change afterwards."""

    id, keys, name, group = "issue", "I", "Issue", "Meeting"

    def _impossible(self, now: Situation) -> str:
        return now.no_text()

    def _run(self, screen: "ReadingScreen") -> None:
        from draftwg.tui.issuing import ask_version

        ask_version(screen)


class NextTheme(Command):
    """Change the look: dark, light, high contrast, monochrome."""

    id, keys, name, group = "theme", "t", "Theme", "Console"

    def _run(self, screen: "ReadingScreen") -> None:
        screen.turn_theme()


class Help(Command):
    """Show every key with what it does."""

    id, keys, name, group = "help", "question_mark,f1", "Help", "Console"
    while_editing = True

    def _run(self, screen: "ReadingScreen") -> None:
        screen.ask.help()


class Quit(Command):
    """Leave the console. What is being typed is kept and offered again."""

    id, keys, name, group = "quit", "q", "Quit", "Console"
    while_editing = True

    def _run(self, screen: "ReadingScreen") -> None:
        screen.leave()
