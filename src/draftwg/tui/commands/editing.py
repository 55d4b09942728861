"""What can be done in the editor, beside typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from draftwg.tui.commands.base import Command
from draftwg.tui.situation import Pane, Situation

if TYPE_CHECKING:
    from draftwg.tui.screens.reading import ReadingScreen


class Partner(Command):
    """Go to the partner of the bracket under the cursor, or to the bracket that opens around it. Brackets without a
    partner are underlined."""

    id, keys, name, group = "partner", "ctrl+right_square_bracket,f12", "Bracket", "Editor"
    while_editing = True

    def _impossible(self, now: Situation) -> str:
        return "" if now.pane is Pane.EDITOR else "Nothing is being edited."

    def _run(self, screen: ReadingScreen) -> None:
        if screen.editing.editor is not None:
            screen.editing.editor.go_to_partner()
