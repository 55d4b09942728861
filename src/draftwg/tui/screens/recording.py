"""How the main screen lives with the record: it is read, followed, and acts are asked of the desk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from textual.content import Content
from textual.events import Key, Paste
from textual.signal import Signal

from draftwg.errors import DraftwgError
from draftwg.tui.keeping import Keeper
from draftwg.tui.keys import keys_of, summary
from draftwg.tui.screens.panes import PanesScreen
from draftwg.tui.screens.telling import told_with_rule
from draftwg.tui.tidying import Tidying
from draftwg.tui.views import Looks
from draftwg.tui.widgets.bar import Bar

if TYPE_CHECKING:
    from draftwg.desk import Desk
    from draftwg.model.state import State
    from draftwg.tui.app import DraftwgApp
    from draftwg.tui.deskthread import Snapshot

Answer = TypeVar("Answer")
_AT_ONCE = ("ctrl+q", "ctrl+c", "ctrl+l", "ctrl+z", "ctrl+p")
OTHERS = 0.12
"""Seconds between two looks at what others have recorded."""


class RecordScreen(PanesScreen):
    """The panes of a meeting that is open, or being opened."""

    def __init__(self, app: DraftwgApp) -> None:
        super().__init__()
        self._desk = app.desk
        self._key_problems = app.key_problems
        self._fail = app.fail
        self.mishaps, self._tidying = app.mishaps, Tidying(app.pauses)
        self._read_styles = app.read_styles
        self._folder = app.folder_name
        self.taken: Signal[State] = Signal(self, "taken")
        self._early: list[Key | Paste] = []  # pressed before the record had been read
        self.told = ""  # the id of the amendment that the status line has told last, while its unit is shown

    def on_mount(self) -> None:
        """Show the screen first, then read the record."""
        self.query_one("#title", Bar).show(self._folder)
        self.status(f"Reading the record of {self._folder} …", "busy")
        self.update_situation()
        self.call_after_refresh(self._begin)

    def show_progress(self, what: str, count: int, of: int) -> None:
        """Say how far the reading of a long record has come."""
        if self._looks.state is None:
            self.status(f"{what} of {self._folder} … {count:,} of {of:,} acts", "busy")

    @property
    def at_rest(self) -> str:
        """The meeting in figures."""
        return self._looks.told() if self._looks.state is not None else ""

    def early(self, event: Key | Paste) -> bool:
        """Whether this key has to wait until the record has been read, since it could do nothing before; it comes again
        then. Those that need no record do not wait."""
        if (self._looks.state is not None and not self._early) or self.app.screen is not self:
            return False
        at_once = {*_AT_ONCE, *(key for id in ("quit", "help", "theme") for key in keys_of(id))}
        if isinstance(event, Key) and event.key in at_once:
            return False
        self._early.append(event)
        return True

    def _begin(self) -> None:
        self.run_worker(self._read(), group="desk")

    async def _read(self) -> None:
        try:
            self.take(await self._desk.open(self.show_progress))
        except DraftwgError as error:
            self._fail(error)
            return
        try:
            try:
                if self._desk.gitdir is not None:
                    self.room.start(self._desk.gitdir)
                if self._desk.journal is not None:
                    await self.editing.start(Keeper(self._desk.journal, self.update_situation))
                self.update_situation()
            finally:
                held, self._early = self._early, []
                for event in held:
                    self.app.post_message(event)
            remarks, snapshot = await self._desk.settle()
            self.take(snapshot)
            self.status("")
            if self._key_problems:
                self.trouble(summary(self._key_problems))
            if remarks:
                self.warn(*remarks)
            self.ask.know(await self._desk.delegations())
            await self._desk.warm()
            await self._read_styles()
        except DraftwgError as error:
            self.trouble(error)
        self.run_worker(self._tidying.follow(), group="tidying")
        self.run_worker(self._follow(), group="others")
        self.run_worker(self.syncing.follow(), group="sync")
        self.run_worker(self._look_at_objects(), group="looking")

    async def _look_at_objects(self) -> None:
        """Once a day: tell of damage in git, and of nothing else."""
        from draftwg.desk.daily import damage_of_the_day
        from draftwg.tui.background import in_background

        if self._desk.gitdir is not None:
            folder = self._desk.gitdir.parent
            if told := await in_background(lambda: damage_of_the_day(folder)):
                self.warn(told)

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
            except Exception as error:  # of one look: the next one may go well
                if str(error) != said:
                    said = str(error)
                    self.mishaps.met(error, "Looking at what others record")
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

        self.status("Recording …", "busy")
        self.run_worker(doing(), group="acts")

    async def try_to_do(self, request: dict[str, object], done: Callable[[], None] | None = None) -> str:
        """The same, waited for; one line on why it could not be done, or ""."""
        try:
            receipt, snapshot = await self._desk.do(request)
        except DraftwgError as error:
            self.trouble(error)
            return told_with_rule(error)
        except Exception as error:
            return f"{self.mishaps.met(error)}. Look whether it has been recorded before you do it again."
        if done is not None:
            done()
        decided = self.take(snapshot, receipt.act.id)
        self.tell(receipt, snapshot.state, self._chosen_now() if decided else "")
        self.run_worker(self._bring_in_step(), group="files")
        return ""

    async def _bring_in_step(self) -> None:
        """The act is durable and told: now the readable files."""
        if remarks := await self._desk.follow():
            self.warn(*remarks)

    def take(self, snapshot: Snapshot, act: str = "") -> bool:
        """Show this state. Where `act` tabled an amendment, that one is chosen and has the keys; whether it decided on
        the one chosen, so that another one is chosen now."""
        self._snapshot = snapshot
        state = snapshot.state
        if self.text_name not in state.texts:
            self.text_name = next(iter(state.texts), "")
        text = state.texts.get(self.text_name)
        current = self.outline.chosen
        unit = current.unit.id if current and current.unit else ""
        after = self._after_the_decision(state) if act and act not in state.amendments else ""
        chosen = act if act in state.amendments else after
        if chosen:
            unit = state.amendments[chosen].unit
        self._looks = Looks(state, self._looks)
        self.outline.show_outline(
            self._looks.outline(text) if text else (), unit, self._looks.headings(text) if text else {}
        )
        self.show_room()
        self.show_unit(chosen)
        if chosen:
            self.told = chosen
        if act in state.amendments and self.amendments.chosen and self.editing.editor is None:
            self.amendments.focus()
        self.editing.refresh(state)
        self.taken.publish(state)
        return bool(after)

    def _chosen_now(self) -> str:
        """Which amendment the keys would decide on, in a sentence; "" where it has been decided on."""
        from draftwg.model.delegation import the

        one = self.amendments.chosen
        return f"Chosen now: {one.number} of {the(one.by)}." if one is not None and one.state.pending else ""

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

    def turn_text(self) -> None:
        """Show the next text of the meeting."""
        names = list(self._looks.state.texts) if self._looks.state else []
        self._show_text(names[(names.index(self.text_name) + 1) % len(names)])

    def _show_text(self, name: str) -> None:
        self.text_name = name
        if self._snapshot is not None:
            self.outline.show((), 0)
            self.take(self._snapshot)
