"""What the room sees: the officer's keys for the projection. They work while words are being typed as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from draftwg.tui.commands.base import Command
from draftwg.tui.situation import Situation

if TYPE_CHECKING:
    from draftwg.tui.screens.reading import ReadingScreen


class _OfTheRoom(Command):
    """A key for the projection."""

    group = "The room"
    while_editing = before_editor = True

    def _impossible(self, now: Situation) -> str:
        return now.no_text()

    def _run(self, screen: ReadingScreen) -> None:
        reason = screen.room.impossible()
        if reason:
            screen.trouble(reason)
        else:
            screen.status(self._change(screen))

    def _change(self, screen: ReadingScreen) -> str:
        raise NotImplementedError


class Freeze(_OfTheRoom):
    """Freeze the room at this moment: it sees nothing of what you type, record or go to until you release it. It reads
    “drafting …” while you are at the unit that it sees."""

    id, keys, name = "freeze", "f4,F", "Freeze room"

    def _called(self, now: Situation) -> str:
        return "Release room" if now.room == "frozen" else self.name

    def _change(self, screen: ReadingScreen) -> str:
        return screen.room.freeze()


class Stay(_OfTheRoom):
    """Let the room stay at its unit, where it sees all that happens, while you work ahead at others, unseen; or let it
    follow you again."""

    id, keys, name = "room_stays", "f5", "Room stays"

    def _called(self, now: Situation) -> str:
        return "Room follows" if now.room == "stays" else self.name

    def _change(self, screen: ReadingScreen) -> str:
        return screen.room.pin()


class RoomView(_OfTheRoom):
    """Let the room see the unit another way: bracketed, redline since the import, clean."""

    id, keys, name = "room_view", "f6", "Room's view"

    def _change(self, screen: ReadingScreen) -> str:
        return screen.room.turn_view()


class RoomNames(_OfTheRoom):
    """Let the room see who proposes what, or the words alone."""

    id, keys, name = "room_names", "f7", "Room's names"

    def _change(self, screen: ReadingScreen) -> str:
        return screen.room.turn_names()


class RoomBack(_OfTheRoom):
    """Scroll the room back by half a screen."""

    id, keys, name = "room_back", "f8", "Room back"

    def _change(self, screen: ReadingScreen) -> str:
        return screen.room.scroll(-1)


class RoomOn(_OfTheRoom):
    """Scroll the room on by half a screen."""

    id, keys, name = "room_on", "f9", "Room on"

    def _change(self, screen: ReadingScreen) -> str:
        return screen.room.scroll(1)


class RoomMenu(Command):
    """Choose what the room sees from a menu, where the function keys do not reach the console."""

    id, keys, name, group = "room", "Z", "Room", "The room"

    def _impossible(self, now: Situation) -> str:
        return now.no_text()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.choosing import Option

        now = screen.situation
        options = [
            Option(one.id, letter, one.called(now), does=f"{one.key}   {one.brief(now)}") for one, letter in CHANGES
        ]
        screen.ask.choose(screen.room.told() or self.name, options, screen.action_command)


CHANGES = (
    (Freeze(), "f"), (Stay(), "s"), (RoomView(), "v"), (RoomNames(), "n"), (RoomBack(), "b"), (RoomOn(), "o"),
)  # fmt: skip
"""What the menu offers, with its letters."""
