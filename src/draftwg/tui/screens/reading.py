"""The main screen: units on the left, the unit large in the middle, its amendments on the right."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.signal import Signal
from textual.widgets import Static

from draftwg.errors import DraftwgError
from draftwg.tui.commands import BY_ID, CHOOSE, COMMANDS, bindings_now, hints
from draftwg.tui.detail import detail
from draftwg.tui.editing import Editing
from draftwg.tui.keeping import Keeper
from draftwg.tui.keys import key, summary
from draftwg.tui.publishing import Publishing
from draftwg.tui.screens.asking import Asking
from draftwg.tui.screens.telling import TellingScreen, told_with_rule
from draftwg.tui.situation import Pane, Situation
from draftwg.tui.syncing import Syncing
from draftwg.tui.twice import Twice
from draftwg.tui.views import VIEWS, Looks, unit_head
from draftwg.tui.widgets.amendments import AmendmentList
from draftwg.tui.widgets.bar import Bar, StatusBar
from draftwg.tui.widgets.keybar import KeyBar
from draftwg.tui.widgets.outline import Outline
from draftwg.tui.widgets.page import Page
from draftwg.tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from draftwg.desk import Desk
    from draftwg.desk.questions import Row
    from draftwg.model.state import State
    from draftwg.model.text import Text, Unit
    from draftwg.tui.app import DraftwgApp
    from draftwg.tui.deskthread import Snapshot
    from draftwg.tui.widgets.editor import Editor

Answer = TypeVar("Answer")
OTHERS = 0.12
"""Seconds between two looks at what others have recorded."""
_DIGITS = 1.0  # seconds after which a further digit begins a new label


class ReadingScreen(TellingScreen):
    """What an officer has before them during a reading. Commands (see `commands`) call its public methods."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - declared so by Textual
        (0, "-tiny"), (56, "-narrow"), (108, "-wide"), (168, "-vast"),
    ]  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in COMMANDS]
    AUTO_FOCUS = "#outline"

    outline = query_one("#outline", Outline)
    words = query_one("#words", Page)
    amendments = query_one("#amendments", AmendmentList)
    detail = query_one("#detail", Page)

    def __init__(self, app: DraftwgApp) -> None:
        super().__init__()
        self._bindings = bindings_now(self._bindings)
        self._desk = app.desk
        self._key_problems = app.key_problems
        self._look, self._fail = app.turn_theme, app.fail
        self._folder = app.folder_name
        self.strict_roster = app.strict_roster
        self.text_name = ""
        self.taken: Signal[State] = Signal(self, "taken")
        self.situation = Situation()
        self.ask = Asking(self)
        self.editing = Editing(self)
        self.room = Publishing(self)
        self.twice = Twice(self.status)
        self.syncing = Syncing(self, app.desk)
        self._looks = Looks()
        self._view = VIEWS[0]
        self._snapshot: Snapshot | None = None
        self._typed, self._typed_at = "", 0.0
        self._large = False

    def compose(self) -> ComposeResult:
        """Title, three panes, offer, status, keys."""
        yield Bar(id="title")
        with Horizontal(id="panes"):
            yield Outline(id="outline")
            with Container(id="work"):
                with Vertical(id="middle"), Vertical(id="unit"):
                    yield Static(id="unit-head")
                    yield Page(id="words", measure=84, roomy=True)
                with Vertical(id="side"):
                    yield Static(id="nothing")
                    yield AmendmentList(id="amendments")
                    yield Page(id="detail", focusable=False)
        yield Bar(id="offer")
        yield StatusBar(id="status")
        yield KeyBar(id="keys")

    # --- the record ---------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Show the screen first, then read the record."""
        self.query_one("#title", Bar).show(self._folder)
        self.status(f"Reading the record of {self._folder} …")
        self.update_situation()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        if not gc.isenabled():  # see `run`
            gc.freeze()  # what is there now stays to the end: no collection needs to look at it
            gc.enable()
            self._large = True
        self.run_worker(self._read(), group="desk")

    async def _read(self) -> None:
        try:
            self.take(await self._desk.open())
        except DraftwgError as error:
            self._fail(error)
            return
        try:
            if self._desk.gitdir is not None:
                self.room.start(self._desk.gitdir)
            if self._desk.journal is not None:
                await self.editing.start(Keeper(self._desk.journal, self.update_situation))
            self.update_situation()
            remarks, snapshot = await self._desk.settle()
            self.take(snapshot)
            self.status(self._looks.told())
            if self._key_problems:
                self.trouble(summary(self._key_problems))
            if remarks:
                self.warn(*remarks)
            self.ask.know(await self._desk.delegations())
            await self._desk.warm()
            if self._large:
                gc.freeze()  # nor at the record: looking at thousands of acts would hold up a frame
        except DraftwgError as error:
            self.trouble(error)
        self.run_worker(self._follow(), group="others")
        self.run_worker(self.syncing.follow(), group="sync")

    async def _follow(self) -> None:
        """Take in what others record."""
        said = ""
        while True:
            await asyncio.sleep(OTHERS)
            try:
                snapshot = await self._desk.refresh()
            except DraftwgError as error:
                if str(error) != said:
                    said = str(error)
                    self.trouble(error)
                continue
            said = ""
            if snapshot is not None:
                self.take(snapshot)
                self.status("Others have recorded something; it is on the screen.")

    def do(
        self,
        request: dict[str, object],
        done: Callable[[], None] | None = None,
        refused: Callable[[], None] | None = None,
    ) -> None:
        """Ask the desk for an act; what was recorded is told when it is durable, and shown."""

        async def doing() -> None:
            wrong = await self.try_to_do(request, done)
            if wrong and refused is not None:
                refused()

        self.status("Recording …")
        self.run_worker(doing(), group="acts")

    async def try_to_do(self, request: dict[str, object], done: Callable[[], None] | None = None) -> str:
        """The same, waited for; one line on why it could not be done, or ""."""
        try:
            receipt, snapshot = await self._desk.do(request)
        except DraftwgError as error:
            self.trouble(error)
            return told_with_rule(error)
        if done is not None:
            done()
        self.take(snapshot, receipt.act.id)
        self.tell(receipt, snapshot.state)
        self.run_worker(self._bring_in_step(), group="files")
        return ""

    async def _bring_in_step(self) -> None:
        """The act is durable and told: now the readable files."""
        if remarks := await self._desk.follow():
            self.warn(*remarks)

    def take(self, snapshot: Snapshot, act: str = "") -> None:
        """Show this state. Where `act` tabled an amendment, that one is chosen."""
        self._snapshot = snapshot
        state = snapshot.state
        if self.text_name not in state.texts:
            self.text_name = next(iter(state.texts), "")
        text = state.texts.get(self.text_name)
        current = self.outline.chosen
        unit = current.unit.id if current and current.unit else ""
        chosen = act if act in state.amendments else self._after_the_decision(state) if act else ""
        if chosen:
            unit = state.amendments[chosen].unit
        self._looks = Looks(state)
        self.outline.show_outline(
            self._looks.outline(text) if text else (), unit, self._looks.headings(text) if text else {}
        )
        self.show_room()
        self.show_unit(chosen)
        self.editing.refresh(state)
        self.taken.publish(state)

    def _after_the_decision(self, state: State) -> str:
        """Where the chosen amendment has just met its fate: the one into which it was merged, or else the next one that
        awaits its fate (its id); "" where it has not."""
        before, place = self.amendments.chosen, self.amendments.cursor
        now = state.amendments.get(before.id) if before else None  # an undo takes it away altogether
        if before is None or now is None or not before.state.pending or not now.state.ended:
            return ""
        into = state.find_amendment(now.decision.because) if now.decision and now.state.value == "merged" else None
        if into is not None:
            return into.id
        rows = [*self.amendments.rows[place + 1 :], *self.amendments.rows[:place]]
        present = (state.amendments.get(one.id) for one in rows)
        return next((one.id for one in present if one is not None and one.state.pending), "")

    # --- showing ------------------------------------------------------------------------------------------------

    def show_unit(self, amendment: str = "") -> None:
        """Show the unit under the cursor, with this amendment chosen (its id; without it, the one chosen before)."""
        row, state = self.outline.chosen, self._looks.state
        chosen = self.amendments.chosen
        listed = self._looks.amendments(row) if row else ()
        known = state.amendments if state else {}
        parents = {one.parent: known[one.parent].number for one in listed if one.parent in known}
        self.amendments.show_amendments(
            listed, amendment or (chosen.id if chosen else ""), parents, self._looks.conflicts
        )
        nothing = self.query_one("#nothing", Static)
        nothing.display = not listed
        self.amendments.display = self.detail.display = bool(listed)
        if not listed:
            nothing.update(Content("No amendments yet." if state else ""))
            if self.focused is self.amendments:
                self.outline.focus()
        self.show_amendment()

    def show_amendment(self) -> None:
        """Show the chosen amendment, and the unit in the present view."""
        row, amendment, state = self.outline.chosen, self.amendments.chosen, self._looks.state
        if self._view == "proposal" and amendment is None:
            self._view = VIEWS[0]
        text = state.texts.get(self.text_name) if state else None
        if state is not None and row is not None and row.unit is not None and text is not None:
            self.query_one("#unit-head", Static).update(
                unit_head(text, row, self._view, amendment, state), layout=False
            )
            self.words.show(self._looks.words(row, self._view, amendment))
        elif state is not None:
            self.query_one("#unit-head", Static).update(Content(""), layout=False)
            self.words.show(Content(self.situation.no_text()))
        if amendment is not None and state is not None:
            self.detail.show(detail(amendment, self._looks, state))
        self.update_situation()

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
            matches=len(self.ask.matches),
            falling=self._looks.falling(row),
            disputes=snapshot.disputes if snapshot else (),
        )
        self.query_one("#keys", KeyBar).show(hints(self.situation))
        offer = self.editing.offer() or self._fall_offer() or self.syncing.offer(self.situation)
        bar = self.query_one("#offer", Bar)
        bar.display = bool(offer)
        bar.show(offer)
        self.room.follow()

    def show_room(self) -> None:
        """Show in the title what the room sees."""
        if self._looks.state is not None:
            self.show_title(self._looks.state, self.text_name, self.room.told())

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
        return {"words": Pane.WORDS, "amendments": Pane.AMENDMENTS}.get(
            (self.focused.id or "") if self.focused else "", Pane.UNITS
        )

    # --- keys, mouse, messages ----------------------------------------------------------------------------------

    def action_command(self, id: str) -> None:
        """Do the command with this id, or say why it cannot be done now."""
        command = BY_ID[id]
        self._typed = ""
        self.update_situation()
        reason = command.impossible(self.situation)
        if reason:
            self.trouble(reason)
        else:
            command.run(self)

    def on_key(self, event: events.Key) -> None:
        """Digits go to the unit with that label."""
        if self.editing.editor is not None or not (event.character or "").isdecimal():
            return
        event.stop()
        fresh = event.time - self._typed_at > _DIGITS
        self._typed = (event.character or "") if fresh else self._typed + (event.character or "")
        self._typed_at = event.time
        wrong = self.go_to_label(self._typed)
        self.status(wrong or f"{self.noun.capitalize()} {self._typed}", "bad" if wrong else "")

    def on_key_bar_pressed(self, event: KeyBar.Pressed) -> None:
        """A hint in the foot was clicked."""
        if event.command == CHOOSE:
            self.outline.action_choose()
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

    @on(RowList.Moved, "#outline")
    def unit_moved(self) -> None:
        """Another unit."""
        self.show_unit()

    @on(RowList.Moved, "#amendments")
    def amendment_moved(self) -> None:
        """Another amendment."""
        self.show_amendment()

    @on(RowList.Chosen, "#outline")
    def unit_chosen(self) -> None:
        """From the unit to its amendments, or to its words where there are none."""
        (self.amendments if self.amendments.display else self.words).focus()

    @on(RowList.Chosen, "#amendments")
    def amendment_chosen(self) -> None:
        """The amendment's redline large, or back."""
        self._view = VIEWS[0] if self._view == "proposal" else "proposal"
        self.show_amendment()

    def on_descendant_focus(self) -> None:
        """The keys go elsewhere."""
        self.update_situation()

    def on_editor_typed(self) -> None:
        """Something was typed in the editor."""
        self.editing.typed()
        self.room.follow()

    # --- what commands and questions call -----------------------------------------------------------------------

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

    def report(self, title: str, page: Callable[[Desk], Content]) -> None:
        """Show a page that the desk's answers make; it is made on the desk's thread."""

        async def showing() -> None:
            try:
                content = await self._desk.call(page)
            except DraftwgError as error:
                self.trouble(error)
                return
            from draftwg.tui.screens.report import ReportScreen

            self.app.push_screen(ReportScreen(title, content))

        self.run_worker(showing(), group="reports", exclusive=True)

    async def ask_desk(self, question: Callable[[Desk], Answer]) -> Answer:
        """The desk's answer to a question, found on its thread."""
        return await self._desk.call(question)

    def go_to_unit(self, id: str, text: str = "") -> bool:
        """Put the cursor on this unit of this text; whether it is there."""
        if text and text != self.text_name and self._looks.state and text in self._looks.state.texts:
            self._show_text(text)
        return self.outline.go_to_unit(id)

    def go_to_label(self, label: str) -> str:
        """Put the cursor on the unit with this label; one line on why not, or ""."""
        id, wrong = self._looks.labelled(label, self.text_name)
        if id:
            self.outline.go_to_unit(id)
        return wrong

    def go_to_pending(self, step: int) -> None:
        """Go to the next unit (1) or the one before (-1) with an amendment that awaits its fate."""
        self._go_to_next(step, lambda row: row.pending > 0)

    def go_to_match(self, step: int) -> None:
        """Go to the next unit (1) or the one before (-1) that the last search found."""
        found = self.ask.matches
        self._go_to_next(step, lambda row: row.unit is not None and not row.ghost and row.unit.id in found)
        row = self.outline.chosen
        if row is not None and row.unit is not None and row.unit.id in found:
            self.status(f"“{self.ask.searched}”: {found.index(row.unit.id) + 1} of {len(found)}")

    def _go_to_next(self, step: int, wanted: Callable[[Row], bool]) -> None:
        rows, here = self.outline.rows, self.outline.cursor
        for distance in range(1, len(rows) + 1):
            place = (here + step * distance) % len(rows)
            if wanted(rows[place]):
                self.outline.go(place)
                return

    def focus_pane(self, step: int) -> None:
        """Give the keys to the next pane (1) or the one before (-1)."""
        panes = [self.outline, self.words, *([self.amendments] if self.amendments.display else [])]
        here = next((place for place, pane in enumerate(panes) if pane is self.focused), 0)
        panes[(here + step) % len(panes)].focus()

    def turn_view(self, step: int) -> None:
        """See the unit the next way."""
        views = VIEWS if self.amendments.chosen is not None else VIEWS[:-1]
        self._view = views[(views.index(self._view) + step) % len(views)]
        self.show_amendment()

    def turn_text(self) -> None:
        """Show the next text of the meeting."""
        names = list(self._looks.state.texts) if self._looks.state else []
        self._show_text(names[(names.index(self.text_name) + 1) % len(names)])

    def turn_theme(self) -> None:
        """Change the look."""
        self.status(f"Theme: {self._look()}")

    def leave(self) -> None:
        """Leave the console."""
        self.app.run_worker(self.app.action_quit(), group="quit")

    def open_editor(self, editor: Editor) -> None:
        """Put the editor in the place of the unit."""
        self.add_class("-editing")
        self.query_one("#unit").display = False
        self.query_one("#middle").mount(editor)
        self.update_situation()

    def close_editor(self) -> None:
        """Put the unit in the place of the editor."""
        self.remove_class("-editing")
        self.query("Editor").remove()
        self.query_one("#unit").display = True
        self.outline.focus()
        self.update_situation()

    def _show_text(self, name: str) -> None:
        self.text_name = name
        if self._snapshot is not None:
            self.outline.show((), 0)
            self.take(self._snapshot)
