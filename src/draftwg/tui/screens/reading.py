"""The main screen: units on the left, the unit large in the middle, its amendments on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType

from draftwg.tui.commands import BY_ID, CHOOSE, COMMANDS, FIND, bindings_now
from draftwg.tui.editing import Editing
from draftwg.tui.mishaps import DOING
from draftwg.tui.publishing import Publishing
from draftwg.tui.screens.asking import Asking
from draftwg.tui.screens.going import GoingScreen
from draftwg.tui.syncing import Syncing
from draftwg.tui.twice import Twice
from draftwg.tui.views import VIEWS
from draftwg.tui.whatif import WhatIf
from draftwg.tui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from draftwg.tui.app import DraftwgApp
    from draftwg.tui.widgets.editor import Editor


class ReadingScreen(GoingScreen):
    """What an officer has before them during a reading. Commands (see `commands`) call its public methods."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - declared so by Textual
        (0, "-tiny"), (56, "-narrow"), (108, "-wide"), (168, "-vast"),
    ]  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in COMMANDS if command.keys]
    AUTO_FOCUS = "#outline"

    def __init__(self, app: DraftwgApp) -> None:
        super().__init__(app)
        self._bindings = bindings_now(self._bindings)
        self._look = app.turn_theme
        self.strict_roster = app.strict_roster
        self._from_amendments = False  # whether the keys were with an amendment when the editor was opened
        self.ask = Asking(self)
        self.editing = Editing(self)
        self.room = Publishing(self)
        self.twice = Twice(self.status, self.said)
        self.syncing = Syncing(self, app.desk, app.pauses)
        self.what_if = WhatIf(self, app.desk)

    def action_command(self, id: str) -> None:
        """Do the command with this id, or say why it cannot be done now."""
        command = BY_ID[id]
        self._typed = ""
        self.room.go_on()
        self.update_situation()
        reason = command.impossible(self.situation)
        if reason:
            self.trouble(reason)
        else:
            doing = DOING.set(command.name)
            try:
                command.run(self)
            except Exception as error:
                self.mishaps.met(error)
            finally:
                DOING.reset(doing)

    def on_key_bar_pressed(self, event: KeyBar.Pressed) -> None:
        """A hint in the foot was clicked."""
        if event.command == CHOOSE:
            self.outline.action_choose()
        elif event.command == FIND and self.editing.editor is not None:
            self.editing.editor.open_finder()
        else:
            self.action_command(event.command)

    def on_click(self, event: events.Click) -> None:
        """A click on the offer takes the unsaved edit up, or confirms what falls; one on a view shows it."""
        view = event.style.meta.get("view")
        if view in VIEWS:
            self._view = view
            self.show_amendment()
        if event.widget is not None and event.widget.id == "offer":
            falls = self.situation.falls is not None
            self.action_command("resume" if self.editing.offer() else "fall" if falls else "settle")

    def on_editor_typed(self) -> None:
        """Something was typed in the editor."""
        self.editing.typed()
        self.room.typed()

    def turn_theme(self) -> None:
        """Change the look."""
        self.status(f"Theme: {self._look()}")

    def leave(self) -> None:
        """Leave the console."""
        self.app.run_worker(self.app.action_quit(), group="quit")

    def open_editor(self, editor: Editor) -> None:
        """Put the editor in the place of the unit."""
        self.what_if.leave()
        self._from_amendments = self.focused is self.amendments
        self.add_class("-editing")
        self.query_one("#unit").display = False
        self.query_one("#middle").mount(editor)
        self.update_situation()

    def close_editor(self) -> None:
        """Put the unit in the place of the editor; the keys go back to where they were."""
        self.remove_class("-editing")
        self.query("Editor").remove()
        self.query_one("#unit").display = True
        (self.amendments if self._from_amendments and self.amendments.rows else self.outline).focus()
        self.update_situation()
