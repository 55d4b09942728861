"""The ground of the screens of the Chair's desk: a title, what was asked for, a line that tells, and keys in the foot.

They cover the console and follow it: what is recorded meanwhile, here or elsewhere, is on them at once. Escape or q
leads back; a screen that was opened from another one leads back to that one, unless one goes to a place in the text.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.worker import Worker

from draftwg.errors import DraftwgError
from draftwg.tui.frames import WholeFrames
from draftwg.tui.keys import shown
from draftwg.tui.widgets.bar import Bar
from draftwg.tui.widgets.keybar import KeyBar, KeyHint
from draftwg.tui.widgets.page import Page
from draftwg.tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from draftwg.desk import Desk
    from draftwg.model.state import State
    from draftwg.model.text import Text
    from draftwg.tui.screens.reading import ReadingScreen

Result = TypeVar("Result")
Item = TypeVar("Item")
SLICE = 0.006
"""Seconds of work in one go: keys are looked at in between."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go in the console: a unit (its id) of a text, and an amendment on it (its id, "" = none)."""

    unit: str
    text: str = ""
    amendment: str = ""


class ChairScreen(WholeFrames[Place | None]):
    """A screen of the Chair's desk over `console`. A subclass says what is on it and what it shows of a state."""

    CSS_PATH = "chair.tcss"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - declared so by Textual
        (0, "-narrow"), (100, "-wide"),
    ]  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Leave", id="chair.leave"),
        Binding("question_mark,f1", "keys", "Keys", id="chair.keys"),
        Binding("g", "end(-1)", "Top", show=False, id="chair.top"),
        Binding("G", "end(1)", "End", show=False, id="chair.bottom"),
    ]

    MOVING: ClassVar[tuple[tuple[str, str], ...]] = (
        ("up,down,j,k", "move"),
        ("pageup,pagedown", "move by a page"),
        ("home,end,g,G", "to the beginning, to the end"),
        ("tab", "the keys go to the other pane"),
    )

    def __init__(self, console: ReadingScreen) -> None:
        super().__init__()
        self.console = console
        self._left = False

    # --- for subclasses -----------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """What stands between the title and the foot."""
        raise NotImplementedError

    def show_state(self) -> None:
        """Show what is asked for of the present state."""
        raise NotImplementedError

    # --- what is known ------------------------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """The state that the console knows."""
        state = self.console.situation.state
        assert state is not None
        return state

    @property
    def text(self) -> Text:
        """The text that the console shows."""
        return self.state.texts[self.console.text_name]

    def title_is(self, left: str, right: str = "", short: str = "") -> None:
        """Put this in the title; `short` stands for `right` where there is little room."""
        self.query_one("#title", Bar).show(left, right, short)

    def tell(self, message: str) -> None:
        """Say something in the line above the foot."""
        self.query_one("#told", Bar).show(message)

    def work(self, task: Callable[[], Coroutine[None, None, None]], group: str, *, alone: bool = True) -> None:
        """Do this beside the keys; with `alone`, what was begun in the same group is given up.

        A task that is given up before it has begun was never made: so it is handed over as a function.
        """
        _: Worker[None] = self.run_worker(task, group=group, exclusive=alone)

    def ask_desk(self, question: Callable[[Desk], Result], then: Callable[[Result], None]) -> None:
        """Ask the desk on its thread and go on with the answer; only the last question asked is answered."""

        async def asking() -> None:
            try:
                answer = await self.console.ask_desk(question)
            except DraftwgError as error:
                self.tell(str(error))
                return
            if self.is_attached:
                then(answer)

        self.work(asking, "desk")

    def leave(self, place: Place | None) -> None:
        """Go to this place, or back; a second key for it, pressed before the first was done, does nothing."""
        if not self._left:
            self._left = True
            self.dismiss(place)

    def open(self, screen: ChairScreen) -> None:
        """Open another screen of the Chair's desk over this one; going to a place leaves both."""

        def left(place: Place | None) -> None:
            if place is not None:
                self.leave(place)

        self.app.push_screen(screen, left)

    # --- Textual's ----------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Title, body, what is told, keys."""
        yield Bar(id="title")
        yield from self.body()
        yield Bar(id="told")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Show it, and follow the console."""
        self.query_one("#keys", KeyBar).show(tuple(self._hints()))
        self.console.taken.subscribe(self, lambda _: self._follow())
        self.show_state()

    def on_screen_resume(self) -> None:
        """What was asked about may have gone while another screen was over this one."""
        self._leave_if_gone()

    def _follow(self) -> None:
        if not self._leave_if_gone():
            self.show_state()

    def _leave_if_gone(self) -> bool:
        """Whether the text is no longer there (its import was undone); then there is nothing to show."""
        if self.console.text_name in self.state.texts:
            return False
        if self.app.screen is self:
            self.leave(None)
        return True

    def on_key_bar_pressed(self, event: KeyBar.Pressed) -> None:
        """A hint in the foot was clicked."""

        async def acting() -> None:
            await self.run_action(event.command)

        self.work(acting, "keys", alone=False)

    def action_leave(self) -> None:
        """Back to where one was."""
        self.leave(None)

    def action_end(self, step: int) -> None:
        """To the first or the last of what has the keys."""
        focused: Widget | None = self.focused
        if isinstance(focused, RowList):
            focused.action_end(step)
        elif isinstance(focused, Page):
            focused.scroll_home(animate=False) if step < 0 else focused.scroll_end(animate=False)

    def action_keys(self) -> None:
        """All the keys of this screen."""
        from draftwg.tui.screens.report import ReportScreen

        lines = [(f"  {' '.join(map(shown, keys.split(','))):<22}", f"{name}\n") for keys, name in self.MOVING]
        own = [(f"  {_keys(one):<22}", f"{one.tooltip or one.description}\n") for one in self._bound()]
        parts = [(text, look) for keys, name in (*own, *lines) for text, look in ((keys, "bold"), (name, ""))]
        self.app.push_screen(ReportScreen("Keys", Content.assemble(*parts)))

    def _bound(self) -> Iterator[Binding]:
        """The keys that stand in the foot: those of the screen itself first, then those of every such screen."""
        seen: set[str] = set()
        for kind in type(self).__mro__:
            for binding in kind.__dict__.get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.show and binding.action not in seen:
                    seen.add(binding.action)
                    yield binding
            if kind is ChairScreen:
                return

    def _hints(self) -> Iterator[KeyHint]:
        for one in self._bound():
            kept = one.action in ("leave", "keys")
            yield KeyHint(one.action, shown(one.key.split(",")[0]), one.description, keep=kept)


def _keys(binding: Binding) -> str:
    return " ".join(shown(key) for key in binding.key.split(","))


async def sliced(items: Iterable[Item], seconds: float = SLICE) -> AsyncIterator[tuple[Item, bool]]:
    """The items one after the other, with a pause for keys whenever a slice of time is over; whether there was one."""
    began, paused = perf_counter(), False
    for item in items:
        yield item, paused
        paused = perf_counter() - began > seconds
        if paused:
            await asyncio.sleep(0.001)
            began = perf_counter()


def open_chair(console: ReadingScreen, screen: ChairScreen) -> None:
    """Open a screen of the Chair's desk over the console, which goes where it is told on leaving."""

    def left(place: Place | None) -> None:
        if place is None:
            return
        if console.go_to_unit(place.unit, place.text) and place.amendment:
            console.show_unit(place.amendment)
            console.amendments.focus()

    console.app.push_screen(screen, left)
