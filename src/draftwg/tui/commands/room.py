"""What the room sees: the officer's keys for the projection. They work while words are being typed as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from draftwg.tui.commands.base import Command
from draftwg.tui.situation import Pane, Situation

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
    """Freeze what the room sees: it stands still and says “drafting …” until it is released. Words being typed are then
    not shown."""

    id, keys, name = "freeze", "F,f4", "Freeze the room"

    def _called(self, now: Situation) -> str:
        return "Freeze" if now.pane is Pane.EDITOR else self.name

    def _change(self, screen: ReadingScreen) -> str:
        return screen.room.freeze()


class Hold(_OfTheRoom):
    """Hold the room at its unit while you work ahead elsewhere, unseen; or let it follow your cursor again."""

    id, keys, name = "hold_room", "f5", "Hold the room"

    def _change(self, screen: ReadingScreen) -> str:
        return screen.room.pin()


class RoomView(_OfTheRoom):
    """Let the room see the unit another way: bracketed, redline since the import, clean."""

    id, keys, name = "room_view", "f6", "Room's view"

    def _change(self, screen: ReadingScreen) -> str:
        return screen.room.turn_view()


class RoomNames(_OfTheRoom):
    """Let the room see who proposes what, or the words alone."""

    id, keys, name = "room_names", "f7", "Names in the room"

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

        letters = {
            "freeze": "f",
            "hold_room": "h",
            "room_view": "v",
            "room_names": "n",
            "room_back": "b",
            "room_on": "o",
        }
        options = [Option(one.id, letters[one.id], f"{one.name} ({one.key})") for one in CHANGES]
        screen.ask.choose(screen.room.told() or self.name, options, screen.action_command)


CHANGES = (Freeze(), Hold(), RoomView(), RoomNames(), RoomBack(), RoomOn())
"""What the menu offers."""
