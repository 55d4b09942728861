"""The application: the desk's thread, the looks, the first screen, and a safe way out."""

import asyncio
import os
import signal
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.message import Message
from textual.widget import Widget

from draftwg.errors import DraftwgError
from draftwg.hygiene import one_line
from draftwg.tui import keys, screens
from draftwg.tui.deskthread import DeskThread
from draftwg.tui.frames import SeenCompositor
from draftwg.tui.keyway import bound, listener
from draftwg.tui.mishaps import Mishaps
from draftwg.tui.pauses import Pauses
from draftwg.tui.screens.reading import ReadingScreen
from draftwg.tui.themes import DEFAULTS, MONOCHROME, THEMES
from draftwg.tui.turns import Turns

_SIGNALS = (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))


class DraftwgApp(App[None]):
    """The console on the meeting in or beside `start`."""

    TITLE = "draftwg"
    CSS_PATH = "screens/reading.tcss"  # here: the first screen brings none of its own
    ENABLE_COMMAND_PALETTE = False  # it has one of its own
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit"),
        Binding("ctrl+z", "suspend_process", "Suspend", show=False, id="app.suspend"),
        Binding("ctrl+p", "command_palette", "Palette", show=False, priority=True, id="app.palette"),
        Binding("ctrl+l", "repaint", "Repaint", show=False, priority=True, id="app.repaint"),
    ]

    def __init__(self, start: Path, *, strict_roster: bool = False) -> None:
        self._shown = False
        self.key_problems = keys.load()
        self._no_colour = bool(os.environ.get("NO_COLOR"))  # Textual takes it out of the environment
        super().__init__()
        self.desk = DeskThread(start, strict_roster=strict_roster)
        self.strict_roster = strict_roster
        self.folder_name = one_line(start.name) or "the meeting"
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self._first_theme = (MONOCHROME if self._no_colour else THEMES[0]).name
        self.stylesheet.set_variables(self.get_css_variables())  # the styles are read in these colours
        self.failure: DraftwgError | None = None
        self.main: ReadingScreen | None = None
        self.mishaps = Mishaps(self)
        self.pauses, self.turns = Pauses(), Turns(self)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The variables of our own stylesheets, for any theme."""
        return DEFAULTS

    def get_default_screen(self) -> ReadingScreen:
        """The reading."""
        self.main = ReadingScreen(self)
        return self.main

    def on_mount(self) -> None:
        """A terminal that is closed, or a request to end, keeps what is being typed first."""
        self.call_after_refresh(self._first_frame)
        self.app_resume_signal.subscribe(self, lambda _: self.action_repaint())
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            try:
                loop.add_signal_handler(number, self._end)
            except (NotImplementedError, RuntimeError, ValueError):
                continue  # no signals there: not the main thread, or not a Unix

    def refresh_css(self, animate: bool = True) -> None:
        """Read the styles anew, for another theme.

        Textual asks for this at the start as well, just after it has read them: for the theme of the start, the first
        frame does not wait for that.
        """
        if self._shown or self.theme != self._first_theme:
            super().refresh_css(animate)

    async def read_styles(self) -> None:
        """Read now how the screens that open later look: Textual would read it under the key that opens the first, and
        find the look of everything else anew."""
        for sheet in ("dialogs.tcss", "chair.tcss"):
            self.stylesheet.read(Path(screens.__file__).with_name(sheet))
            self.stylesheet.parse()
            await asyncio.sleep(0)  # a key need not wait for both

    def action_repaint(self) -> None:
        """Draw everything anew: the terminal may have lost it, as while the console slept. What the library remembers
        of the screen is not asked."""
        screen = self.screen
        for one in (*self._background_screens, screen):
            one._compositor._dirty_regions.add(one._compositor.size.region)
        self._forget()
        screen._compositor_refresh()

    def _forget(self) -> None:
        """What the terminal shows is not known."""
        if isinstance(compositor := self.screen._compositor, SeenCompositor):
            compositor.forget()

    def action_command_palette(self) -> None:
        """Find a command of the main screen by its name, and do it."""
        if self.screen is self.main:
            from draftwg.tui.screens.palette import Palette

            main = self.main
            self.push_screen(Palette(main.situation), lambda id: main.action_command(id) if id else None)

    def fail(self, error: DraftwgError) -> None:
        """The meeting cannot be opened: leave, with the reason in `failure`."""
        self.failure = error
        self.exit(return_code=2)

    def turn_theme(self) -> str:
        """The next look; its name."""
        names = [theme.name for theme in THEMES]
        here = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(here + 1) % len(names)]
        return self.theme.removeprefix("draftwg-").replace("-", " ")

    async def action_quit(self) -> None:
        """Keep what is being typed, let the desk finish, and leave. Where the words cannot be kept, ask first."""
        if self.main is not None and (trouble := await self.main.editing.put_away()):
            told = f"The unsaved words are not on disk ({one_line(trouble)})"
            question = f"{told}: Ctrl+Q again gives them up and leaves."
            if not self.main.twice.confirmed("quit", question):
                return
        if self.main is not None:
            self.main.room.close()
        await self.desk.close()
        self.exit()

    async def on_event(self, event: events.Event) -> None:
        """A question that is answered by a key must know of the keys, wherever they go."""
        if isinstance(event, events.Resize):
            self._forget()
        fresh = isinstance(event, events.Key | events.MouseDown) and not event.is_forwarded
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded and self._waits(event):
            return
        if fresh:
            self.pauses.pressed()
        if fresh and self.main is not None:
            self.main.twice.pressed()
            pressed = event.key if isinstance(event, events.Key) else ""
            if self.main.twice.answered(pressed if self.screen is self.main else ""):
                return
            self.main.go_on()
        if isinstance(event, events.Key) and not event.is_forwarded and self.app_focus:
            await self._hand_on(event)
        else:
            await super().on_event(event)

    async def _hand_on(self, event: events.Key) -> None:
        """A key goes where it is meant to go, by the short way (`keyway`)."""
        if await self._check_bindings(event.key, priority=True):
            return
        event._set_forwarded()
        if listening := listener(self, event):
            listening.post_message(event)
        else:
            await self._on_key(event)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        for node, binding in bound(self, key, priority):
            if await self.run_action(binding.action, node):
                return True
        return False

    def _waits(self, event: events.Key | events.Paste) -> bool:
        """Whether this key comes again later: behind others, or when the record has been read."""
        return self.turns.hold(event) or (self.main is not None and self.main.early(event))

    def on_notify(self) -> None:
        """At most one toast: a new one takes the place of the one before."""
        self.clear_notifications()

    def _register_child(self, parent: DOMNode, child: Widget, before: int | None, after: int | None) -> None:
        self.mishaps.guard(child)
        super()._register_child(parent, child, before, after)

    def _start_widget(self, parent: Widget, widget: Widget) -> None:
        self.mishaps.guard(widget)
        super()._start_widget(parent, widget)

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            self.mishaps.met(error)

    def _handle_exception(self, error: Exception) -> None:
        self.mishaps.met(error)  # Textual would end the console

    @property
    def farewell(self) -> str:
        """What to say in the terminal when the screen has closed; "" where there is nothing."""
        return self.main.editing.farewell() if self.main is not None else ""

    def _first_frame(self) -> None:
        self._shown = True

    def _end(self) -> None:
        if self.main is not None:
            self.main.editing.put_away_now()
            self.main.room.close()
        self.exit(return_code=0)
