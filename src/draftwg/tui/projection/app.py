"""The projection on a terminal: a small application that shows scenes and asks for nothing."""

import asyncio
import signal
from contextlib import suppress
from contextvars import copy_context
from threading import Event, Thread
from time import localtime, strftime
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.strip import Strip

from draftwg.desk.watching import Watch, follow
from draftwg.formats.scene import Scene
from draftwg.hygiene import one_line
from draftwg.tui.projection import bidi, drawing
from draftwg.tui.projection.look import COLOURS, theme
from draftwg.tui.widgets.bar import Bar
from draftwg.tui.widgets.page import Page

_SIGNALS = (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))


class Words(Page):
    """The words of the unit: scrolled by the officer, never by hand."""

    def __init__(self, mode: str, *, id: str, measure: int = 1000, roomy: bool = False) -> None:
        super().__init__(id=id, measure=measure, roomy=roomy, focusable=False)
        self._mode = mode
        self.direction = "ltr"
        self._place = (0.0, 0)

    def arranged(self, line: Strip, width: int) -> Strip:
        """Right-to-left words, as this terminal needs them."""
        return bidi.arranged(line, self._mode, self.direction, width)

    def put(self, content: Content, part: float, scroll: int) -> None:
        """Show this, scrolled to this part of it, and by so many half screens further."""
        if not content.is_same(self.content):
            self.show(content, top=False)
        self._place = (part, scroll)
        self.go()

    def go(self) -> None:
        """Scroll to where it is to be, as large as the widget is now."""
        y = self.start + self._place[1] * self.step
        self.scroll_to(y=max(0, min(self.furthest, y)), animate=False, force=True)

    def on_resize(self) -> None:
        """Wrap anew, and stay at the change."""
        super().on_resize()
        self.call_after_refresh(self.go)

    @property
    def height(self) -> int:
        """How many lines are seen."""
        return max(1, self.scrollable_content_region.height)

    @property
    def rows(self) -> int:
        """How many lines there are."""
        return self.virtual_size.height

    @property
    def step(self) -> int:
        """By how many lines the officer scrolls."""
        return max(1, self.height // 2)

    @property
    def furthest(self) -> int:
        """The line at the top when the last line is seen."""
        return max(0, self.rows - self.height)

    @property
    def start(self) -> int:
        """The line at the top where the change is in sight."""
        return max(0, min(self.furthest, round(self._place[0] * self.rows - self.height / 2)))

    @property
    def reach(self) -> tuple[int, int]:
        """How many steps it can be scrolled back (negative) and on."""
        back, on = self.start, self.furthest - self.start
        return (-back) // self.step, -(-on // self.step)

    def told(self) -> str:
        """ "1/2 ▼": which screen of how many, and where there is more; "" where all is seen."""
        if self.rows <= self.height:
            return ""
        screens = -(-self.rows // self.height)
        here = min(screens, round(self.scroll_offset.y / self.height) + 1)
        up, down = self.scroll_offset.y > 0, self.scroll_offset.y < self.furthest
        return f"{here}/{screens} {'▲' * up}{'▼' * down}".rstrip()


class Projection(App[None]):
    """What the room sees of the meeting that `watch` looks at. `mode` is one of `bidi.MODES`."""

    TITLE = "draftwg: projection"
    CSS_PATH = "projection.tcss"
    ENABLE_COMMAND_PALETTE = False
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (15, "-high")]  # noqa: RUF012 - declared so by Textual
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,ctrl+c,ctrl+q", "quit", "Leave", show=False, priority=True, id="projection.quit"),
        Binding("t", "theme", "Look", show=False, id="projection.theme"),
    ]

    def __init__(self, watch: Watch, *, mode: str = bidi.MODES[0], look: str = "dark") -> None:
        super().__init__()
        self._eyes = watch
        self._mode = mode
        self._left = Event()
        self._looking = Thread(target=self._look_on, name="watch", daemon=True)
        self._running_loop: asyncio.AbstractEventLoop | None = None
        self._named = copy_context()
        self._reach = (0, 0)
        self._trouble = ""
        self.scene = watch.last
        self.animation_level = "none"
        for name in COLOURS:
            self.register_theme(theme(name))
        self.theme = f"projection-{look}"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The variables of our own stylesheet, for any theme."""
        return COLOURS["dark"]

    def compose(self) -> ComposeResult:
        """What it is, how it stands; what is announced; the words; what is pending; how far one sees."""
        yield Bar(id="head")
        yield Bar(id="place")
        yield Bar(id="banner")
        with Vertical(id="middle"):
            yield Words(self._mode, id="words", measure=96, roomy=True)
        yield Words(self._mode, id="pending")
        yield Bar(id="foot")

    def on_mount(self) -> None:
        """Begin to look. A lost terminal ends the projection quietly."""
        self._running_loop = asyncio.get_running_loop()
        self._named = copy_context()  # in which colours have their names
        for number in _SIGNALS:
            with suppress(NotImplementedError, RuntimeError, ValueError):  # no signals there
                self._running_loop.add_signal_handler(number, self._end)
        self.show_scene(self._eyes.last, "")
        self.set_interval(1.0, self._tick)
        self._looking.start()

    def on_unmount(self) -> None:
        """Look no more."""
        self._left.set()
        if self._looking.is_alive():
            self._looking.join(timeout=2)

    def show_scene(self, scene: Scene, trouble: str) -> None:
        """Show this; where it cannot be shown, the last one that could stays."""
        try:
            self._draw(scene)
        except Exception as error:  # whatever a text may do to a widget: the room sees the last good picture
            trouble = trouble or f"{type(error).__name__}: {error}"
        self._trouble = one_line(trouble)
        self._tick()

    def on_resize(self) -> None:
        """As many amendments as there is room for now."""
        self.call_after_refresh(self._show_again)

    def action_theme(self) -> None:
        """Dark or light."""
        names = [f"projection-{name}" for name in COLOURS]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
        self._show_again()

    def _show_again(self) -> None:
        self.show_scene(self.scene, self._trouble)

    def _draw(self, scene: Scene) -> None:
        self.scene = scene
        told, look = drawing.banner(scene)
        banner = self.query_one("#banner", Bar)
        for name in ("held", "typed", "good"):
            banner.set_class(name == look, f"-{name}")
        banner.show(bidi.one_line(told, self._mode))
        self.query_one("#place", Bar).show(
            bidi.one_line(drawing.place(scene), self._mode), bidi.one_line(one_line(scene.section), self._mode)
        )
        pending = self.query_one("#pending", Words)
        words = self.query_one("#words", Words)
        listed, wanted = self._pending(scene)
        pending.display = bool(scene.amendments)
        pending.styles.height = wanted
        words.direction = scene.direction  # a line of the list goes as its own first word does
        chosen = next((one.place for one in scene.amendments if one.chosen), 1)
        pending.put(listed, (chosen - 1) / max(1, len(scene.amendments)), 0)
        words.put(drawing.words(scene), drawing.before(scene), scene.scroll)
        self.call_after_refresh(self._settled)

    def _pending(self, scene: Scene) -> tuple[Content, int]:
        """The list of amendments: with what they do where there is room, and at most a third of the screen."""
        most = max(1, self.size.height // 3)
        room = max(1, min(108, self.size.width) - 7)
        pairs = [drawing.amendment(one) for one in scene.amendments]
        lines = [[line.truncate(room, ellipsis=True) for line in pair] for pair in pairs]
        full = [line for pair in lines for line in pair]
        shown = full if len(full) <= most else [first for first, _ in lines]
        return Content("\n").join(shown), min(most, len(shown))

    def _settled(self) -> None:
        words = self.query_one("#words", Words)
        words.go()
        self._reach = words.reach
        self._tick()

    def _tick(self) -> None:
        """The time, without touching anything else."""
        if not self.is_running or not self.query("#foot"):
            return
        self.query_one("#head", Bar).show(
            bidi.one_line(drawing.head(self.scene), self._mode), strftime("%H:%M", localtime())
        )
        self.query_one("#foot", Bar).show(self._trouble, self.query_one("#words", Words).told())

    def _look_on(self) -> None:
        follow(self._eyes, self._found, lambda: not self._left.is_set(), self._about)

    def _found(self, scene: Scene, trouble: str) -> None:
        if self._running_loop is not None:
            with suppress(RuntimeError):  # the loop has just been closed
                self._running_loop.call_soon_threadsafe(self.show_scene, scene, trouble, context=self._named)

    def _about(self) -> dict[str, object]:
        return {"least": self._reach[0], "most": self._reach[1]}

    def _end(self) -> None:
        self.exit(return_code=0)
