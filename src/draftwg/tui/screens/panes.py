"""The three panes of the main screen: what they show of a state, and what is in front of the person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one

from draftwg.tui.commands import hints
from draftwg.tui.detail import BRIEF, detail
from draftwg.tui.keys import key
from draftwg.tui.screens.telling import TellingScreen
from draftwg.tui.situation import Pane, Situation
from draftwg.tui.views import VIEWS, Looks, unit_head
from draftwg.tui.widgets.amendments import AmendmentList
from draftwg.tui.widgets.bar import Bar, StatusBar
from draftwg.tui.widgets.head import Head
from draftwg.tui.widgets.keybar import KeyBar
from draftwg.tui.widgets.outline import Outline
from draftwg.tui.widgets.page import Page

if TYPE_CHECKING:
    from draftwg.model.text import Text, Unit
    from draftwg.tui.deskthread import Snapshot
    from draftwg.tui.editing import Editing
    from draftwg.tui.publishing import Publishing
    from draftwg.tui.screens.asking import Asking
    from draftwg.tui.syncing import Syncing
    from draftwg.tui.whatif import WhatIf


class PanesScreen(TellingScreen):
    """Units on the left, the unit large in the middle, its amendments on the right. No key lays them out anew."""

    ask: Asking
    editing: Editing
    room: Publishing
    syncing: Syncing
    what_if: WhatIf
    outline = query_one("#outline", Outline)
    head = query_one("#unit-head", Head)
    words = query_one("#words", Page)
    amendments = query_one("#amendments", AmendmentList)
    detail = query_one("#detail", Page)

    def __init__(self) -> None:
        super().__init__()
        self.text_name = ""
        self.situation = Situation()
        self._looks = Looks()
        self._view = VIEWS[0]
        self._snapshot: Snapshot | None = None

    def compose(self) -> ComposeResult:
        """Title, three panes, offer, warning, status, keys."""
        yield Bar(id="title")
        with Horizontal(id="panes"):
            yield Outline(id="outline")
            with Container(id="work"):
                with Vertical(id="middle"), Vertical(id="unit"):
                    yield Head(id="unit-head")
                    yield Page(id="words", measure=84, roomy=True)
                with Vertical(id="side"):
                    yield AmendmentList(id="amendments")
                    yield Page(id="detail", focusable=False)
        yield Bar(id="offer")
        yield StatusBar(id="warning")
        yield StatusBar(id="status")
        yield KeyBar(id="keys")

    def show_unit(self, amendment: str = "") -> None:
        """Show the unit under the cursor, with this amendment chosen (its id; without it, the one chosen before)."""
        row, state = self.outline.chosen, self._looks.state
        chosen = self.amendments.chosen
        listed = self._looks.amendments(row) if row else ()
        known = state.amendments if state else {}
        parents = {one.parent: known[one.parent].number for one in listed if one.parent in known}
        self.amendments.nothing = "No amendments yet." if state else ""
        self.amendments.show_amendments(
            listed, amendment or (chosen.id if chosen else ""), parents, self._looks.conflicts
        )
        if not listed and self.focused is self.amendments:
            self.outline.focus()
        self.amendments.can_focus = bool(listed)
        self.show_amendment()

    def show_amendment(self) -> None:
        """Show the chosen amendment, and the unit in the present view."""
        row, amendment, state = self.outline.chosen, self.amendments.chosen, self._looks.state
        if self._view == "proposal" and amendment is None:
            self._view = VIEWS[0]
        text = state.texts.get(self.text_name) if state else None
        if state is not None and row is not None and row.unit is not None and text is not None:
            self.head.show(*unit_head(text, row, self._view, amendment, state))
            self.words.show(self._looks.words(row, self._view, amendment))
        elif state is not None:
            self.head.show()
            self.words.show(Content(self.situation.no_text()))
        told = (
            detail(amendment, self._looks, state, brief=self.size.width < BRIEF)
            if amendment is not None and state is not None
            else Content("")
        )
        self.detail.show(told)
        self.update_situation()
        self.what_if.follow()

    def update_situation(self) -> None:
        """See anew what is in front of the person, and show the keys that matter."""
        state, snapshot = self._looks.state, self._snapshot
        row, amendment = self.outline.chosen, self.amendments.chosen
        self.situation = Situation(
            pane=self._pane,
            state=state,
            text=state.texts.get(self.text_name) if state else None,
            row=row,
            amendment=amendment,
            verdict=self._looks.verdict(amendment) if amendment else None,
            unsaved=self.editing.unsaved,
            undoable=bool(snapshot and snapshot.undoable),
            redoable=bool(snapshot and snapshot.redoable),
            undo_passes=snapshot.undo_passes if snapshot else None,
            matches=len(self.ask.matches),
            falling=self._looks.falling(row),
            what_if=self.what_if.shown,
            disputes=snapshot.disputes if snapshot else (),
            room=self.room.how,
            watched=self.room.watched,
        )
        self.query_one("#keys", KeyBar).show(hints(self.situation))
        offer = self.editing.offer() or self._fall_offer() or self.syncing.offer(self.situation)
        bar = self.query_one("#offer", Bar)
        bar.display = bool(offer)
        bar.show(offer)
        self.room.follow()

    def show_room(self, snapshot: Snapshot | None = None) -> None:
        """Show in the title what the room sees, and what there is to say of other machines; `snapshot` is a newer one
        of the same state."""
        self._snapshot = snapshot or self._snapshot
        if self._looks.state is not None:
            in_step = self._snapshot.in_step if self._snapshot else ""
            self.show_title(self._looks.state, self.text_name, self.room.told(), self.syncing.told(in_step))
        if (self.room.how, self.room.watched) != (self.situation.room, self.situation.watched):
            self.situation = replace(self.situation, room=self.room.how, watched=self.room.watched)
            self.query_one("#keys", KeyBar).show(hints(self.situation))
        # An officer who forgets that the room does not follow speaks of what nobody sees.
        self.query_one("#title", Bar).set_class(self.room.how in ("stays", "frozen"), "-apart")

    def _fall_offer(self) -> str:
        falls = self.situation.falls
        if falls is None or self.editing.editor is not None:
            return ""
        amendment, because = falls
        told = f"{amendment.number} of {amendment.by} would fall, {because.number} having been accepted"
        return f"{told}: {key('fall')} confirms"

    @property
    def _pane(self) -> Pane:
        if self.editing.editor is not None:
            return Pane.EDITOR
        return {"words": Pane.WORDS, "amendments": Pane.AMENDMENTS, "what-if-page": Pane.AMENDMENTS}.get(
            (self.focused.id or "") if self.focused else "", Pane.UNITS
        )

    @property
    def noun(self) -> str:
        """What a unit is called."""
        return self.situation.noun

    @property
    def commit(self) -> str:
        """The commit that the state on the screen is that of."""
        return self._snapshot.commit if self._snapshot else ""

    def text_and_unit(self) -> tuple[Text, Unit]:
        """The text and the unit under the cursor, for commands that are possible only where there are both."""
        row, text = self.situation.row, self.situation.text
        assert text is not None and row is not None and row.unit is not None
        return text, row.unit

    @property
    def chosen_unit(self) -> str:
        """The id of the unit under the cursor; "" where there is none."""
        row = self.situation.row
        return row.unit.id if row is not None and row.unit is not None else ""

    def label_of(self, id: str) -> str:
        """The label of the unit with this id in the text that is shown; "" where there is none."""
        unit = self.situation.text.unit(id) if self.situation.text else None
        return unit.label if unit else ""
