"""Everything that can be done at the console, one small class each.

From a command's class come its key, its place in the foot, its row in the help and its entry in the palette, so that
they cannot disagree.
"""

from textual.binding import BindingsMap

from draftwg.tui import keys
from draftwg.tui.commands import (
    agreeing,
    amending,
    asking_if,
    deciding,
    editing,
    exporting,
    floor,
    meeting,
    moving,
    publishing,
    receiving,
    reporting,
    room,
    shaping,
    standing,
    syncing,
)
from draftwg.tui.commands.base import Command
from draftwg.tui.situation import Pane, Situation
from draftwg.tui.widgets.keybar import KeyHint

COMMANDS: tuple[Command, ...] = (
    amending.Amend(), amending.Instruct(), amending.NewUnit(), amending.DeleteUnit(), amending.Revise(),
    amending.Cosponsor(), shaping.SubAmend(), shaping.Consequence(), shaping.Alternative(), shaping.Move(),
    shaping.Split(), shaping.MergeUnits(), shaping.Heading(), amending.EditorialChange(), receiving.Receive(),
    amending.Save(), editing.Partner(), moving.Back(), amending.Resume(), amending.Discard(),
    standing.Support(), standing.Oppose(), standing.Retain(), standing.Reserve(), standing.TakePosition(),
    standing.Lift(), standing.TakeUp(), standing.MergeInto(), standing.Reintroduce(),
    standing.TakeEarlier(), standing.TakeLater(),
    asking_if.WhatIf(), deciding.Accept(), deciding.Reject(), reporting.Vote(), standing.Fall(), deciding.Withdraw(),
    agreeing.Agree(), agreeing.Reopen(), syncing.Settle(), deciding.Undo(), deciding.Redo(),
    meeting.OpenOrCloseReading(), reporting.SuspendOrResume(), floor.AtMeeting(),
    agreeing.Consider(), floor.Speaker(), agreeing.Placeholder(),
    reporting.SnapshotText(), meeting.IssueVersion(), syncing.SyncNow(),
    reporting.Board(), reporting.LedgerOfBrackets(), reporting.OrderOfTaking(), reporting.History(),
    reporting.Compare(), reporting.Whose(), reporting.Blame(), floor.Where(), reporting.Renumber(),
    exporting.Export(), publishing.Publish(),
    moving.GoTo(), moving.NextUnit(), moving.PreviousUnit(), moving.NextPending(), moving.PreviousPending(),
    moving.NextPane(), moving.PreviousPane(),
    moving.NextView(), moving.PreviousView(), moving.Spacing(), moving.Search(), moving.NextMatch(),
    moving.PreviousMatch(), moving.NextText(),
    room.Freeze(), room.Stay(), room.RoomView(), room.RoomNames(), room.RoomBack(), room.RoomOn(), room.RoomMenu(),
    reporting.More(), meeting.NextTheme(), meeting.Help(), meeting.Quit(),
)  # fmt: skip
"""In the order of the help screen."""

CHOOSE = "choose"
"""The hint that Enter goes to the amendments of the unit: a key of the list, not a command."""
FIND = "find"
"""The hint that Ctrl+F finds a word in the field for words: a key of the field."""
BY_ID = {command.id: command for command in COMMANDS}

_FOOT = {
    Pane.UNITS: (
        "amend", "go_to", "more", "agree", "help", "undo", "quit", "freeze", "room_stays", "consider", "reading",
        "redo", "next_view", "position", "new_unit", "delete_unit", "search",
    ),
    Pane.WORDS: (
        "amend", "agree", "next_view", "more", "help", "undo", "quit", "freeze", "spacing", "edit", "blame", "redo",
    ),
    Pane.AMENDMENTS: (
        "accept", "reject", "what_if", "support", "withdraw", "more", "revise", "help", "undo", "quit", "freeze",
        "cosponsor", "sub_amend", "position", "merge_into", "redo", "amend",
    ),
    Pane.EDITOR: ("save", "back", "freeze", "help", "partner"),
}  # fmt: skip
_ONLY_WHEN_POSSIBLE = ("accept", "reject", "redo")
"""Not even dimmed: in front of the room nobody is to take them for what can be done."""
_KEPT = ("more", "help", "undo", "redo", "quit")  # however little room there is
_FIRST = ("take_up", "fall", "reopen", "settle")  # stand in front where they are possible: something waits for them


def hints(now: Situation) -> list[KeyHint]:
    """The keys that matter now, in the order in which they do."""
    ids: tuple[str, ...] = _FOOT[now.pane]
    if now.what_if:
        ids = ("accept", "reject", "back", *(id for id in ids if id not in ("accept", "reject")))
    ids = (*(id for id in _FIRST if now.pane is not Pane.EDITOR and not BY_ID[id].impossible(now)), *ids)
    if now.unsaved and now.pane is not Pane.EDITOR:
        ids = ("resume", "discard", *ids)
    if now.pane is not Pane.EDITOR and not now.what_if:
        if now.decided and not BY_ID["agree"].impossible(now):
            ids = ("agree", *(id for id in ids if id != "agree"))
        if now.redoable:
            rest = [id for id in ids if id != "redo"]
            rest.insert(rest.index("undo") + 1, "redo")
            ids = tuple(rest)
    ids, kept = _room_first(ids, now)
    commands = [BY_ID[id] for id in ids]
    if now.state is None:
        commands = [command for command in commands if not command.impossible(now)]
    found = [
        KeyHint(command.id, _shown(command, now), command.called(now), not command.impossible(now), command.id in kept)
        for command in commands
        if _shown(command, now) and not (command.id in _ONLY_WHEN_POSSIBLE and command.impossible(now))
    ]
    if now.pane is Pane.EDITOR:
        found.insert(2, KeyHint(FIND, "Ctrl+F", "Find"))
    if now.pane is Pane.UNITS and now.row is not None and now.row.pending:
        place = next((place + 1 for place, hint in enumerate(found) if hint.command == "go_to"), 0)
        found.insert(place, KeyHint(CHOOSE, "Enter", "Amendments"))
    return found


def _room_first(ids: tuple[str, ...], now: Situation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """These ids, and those to be kept: what lets a room go that does not follow must be in sight, and where one
    watches, the key that freezes it is not among the last."""
    waiting = {"frozen": "freeze", "stays": "room_stays"}.get(now.room, "")
    if not now.watched and not waiting:
        return ids, _KEPT
    first = waiting or "freeze"
    rest = [id for id in ids if id != first]
    rest.insert(rest.index("more") if "more" in rest else 2, first)
    return tuple(rest), (*_KEPT, waiting)


def bindings_now(bindings: BindingsMap) -> BindingsMap:
    """These bindings of a screen, with the keys that a person has set in the place of those that the commands bring."""
    if not keys.changed():
        return bindings
    others = [binding for _, binding in bindings if binding.id not in BY_ID]
    return BindingsMap([*(one for command in COMMANDS for one in command.present_bindings()), *others])


def _shown(command: Command, now: Situation) -> str:
    """The key in the foot: to go to a unit, its label is enough."""
    return "0-9" if command.id == "go_to" else command.key_in(now.pane)


__all__ = ["BY_ID", "CHOOSE", "COMMANDS", "FIND", "Command", "bindings_now", "hints"]
