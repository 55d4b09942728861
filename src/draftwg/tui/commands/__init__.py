"""Everything that can be done at the console, one small class each.

From a command's class come its key, its place in the foot, its row in the help and its entry in the palette, so that
they cannot disagree.
"""

from draftwg.tui.commands import amending, deciding, meeting, moving
from draftwg.tui.commands.base import Command
from draftwg.tui.situation import Pane, Situation
from draftwg.tui.widgets.keybar import KeyHint

COMMANDS: tuple[Command, ...] = (
    amending.Amend(), amending.Instruct(), amending.NewUnit(), amending.DeleteUnit(), amending.Revise(),
    amending.Cosponsor(), amending.EditorialChange(),
    amending.Save(), moving.Back(), amending.Resume(), amending.Discard(),
    deciding.Accept(), deciding.Reject(), deciding.Withdraw(), deciding.Undo(), deciding.Redo(),
    meeting.OpenOrCloseReading(), meeting.IssueVersion(),
    moving.GoTo(), moving.NextUnit(), moving.PreviousUnit(), moving.NextPending(), moving.PreviousPending(),
    moving.NextPane(), moving.PreviousPane(),
    moving.NextView(), moving.PreviousView(), moving.Spacing(), moving.Search(), moving.NextMatch(),
    moving.PreviousMatch(), moving.NextText(),
    meeting.NextTheme(), meeting.Help(), meeting.Quit(),
)  # fmt: skip
"""In the order of the help screen."""

BY_ID = {command.id: command for command in COMMANDS}

_FOOT = {
    Pane.UNITS: ("amend", "reading", "new_unit", "delete_unit", "next_view", "undo", "search", "help", "quit", "redo"),
    Pane.WORDS: ("amend", "next_view", "spacing", "edit", "undo", "search", "help", "quit", "redo"),
    Pane.AMENDMENTS: ("accept", "reject", "withdraw", "revise", "cosponsor", "undo", "help", "quit", "redo", "amend"),
    Pane.EDITOR: ("save", "back", "help"),
}


def hints(now: Situation) -> list[KeyHint]:
    """The keys that matter now, in the order in which they do."""
    ids = _FOOT[now.pane]
    if now.unsaved and now.pane is not Pane.EDITOR:
        ids = ("resume", "discard", *ids)
    commands = [BY_ID[id] for id in ids]
    if now.state is None:
        commands = [command for command in commands if not command.impossible(now)]
    return [
        KeyHint(command.id, command.key_in(now.pane), command.called(now), not command.impossible(now))
        for command in commands
    ]


__all__ = ["BY_ID", "COMMANDS", "Command", "hints"]
