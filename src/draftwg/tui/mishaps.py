"""A mistake of the program itself, while the console runs: it is told in one line, and the console goes on.

Textual ends an application, with a traceback, whatever raises: an action, a worker, a handler of any widget. In front
of a room that is the worst of answers, since what failed was one thing of many. Here every way leads to `Mishaps.met`:
the words being typed are put on disk, the details into a file, one line on the screen. Only where nothing can go on, or
where one mistake follows the other without end, the console is left, with one line as well.
"""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from contextvars import ContextVar
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events
from textual.screen import Screen
from textual.worker import WorkerFailed

from draftwg.errors import DraftwgError
from draftwg.hygiene import one_line, visible

if TYPE_CHECKING:
    from textual.message import Message
    from textual.message_pump import MessagePump

    from draftwg.tui.app import DraftwgApp

DOING: ContextVar[str] = ContextVar("doing", default="")
"""The name of the command that is being done; what it sets going knows it too."""
_MANY, _WITHIN = 12, 3.0  # so many in so many seconds: it will not end by itself


class Mishaps:
    """The mistakes of one run of the console; `all` has them, the oldest first."""

    def __init__(self, app: DraftwgApp) -> None:
        self._app = app
        self._times: deque[float] = deque(maxlen=_MANY)
        self.all: list[BaseException] = []

    def guard(self, pump: MessagePump) -> None:
        """Let nothing that this widget or screen meets while it answers a message end it: without this it would never
        answer again."""
        dispatch = pump._dispatch_message

        async def guarded(message: Message) -> None:
            try:
                await dispatch(message)
            except Exception as error:
                self.met(error)
                begun = isinstance(message, events.Compose | events.Mount)
                if begun and isinstance(pump, Screen) and len(self._app.screen_stack) > 1:
                    self._app.call_later(self._take_away, pump)

        pump._dispatch_message = guarded  # type: ignore[method-assign]

    def met(self, error: BaseException, what: str = "") -> str:
        """This was raised where nobody expected it, while `what` was being done; the line that was told."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(cause, DraftwgError):
            told, file = str(cause), ""
        else:
            what = what or DOING.get() or "A part of the console"
            self.all.append(cause)
            self._times.append(monotonic())
            file = self._note(what, cause)
            told = f"{what} failed: {one_line(str(cause))[:200] or type(cause).__name__}"
        kept = "nothing is lost" if self._keep_words() else "the words being typed are NOT on disk: copy them"
        endless = len(self._times) == _MANY and self._times[-1] - self._times[0] < _WITHIN
        main = self._app.main
        if endless or main is None or main.situation.state is None:
            self._app.fail(DraftwgError(f"{told}; {kept}.", f"Details: {file}." if file else ""))
            return told
        more = f" Details: {file}" if file else ""
        line = told if isinstance(cause, DraftwgError) else f"{told}; {kept}.{more}"
        with suppress(Exception):
            main.status(line, "bad")
            if self._app.screen is not main:
                self._app.notify(visible(one_line(line)), severity="error", timeout=8, markup=False)
        return told

    def _note(self, what: str, error: BaseException) -> str:
        from draftwg.desk.mishaps import note_mishap

        return note_mishap(self._app.desk.gitdir or self._app.desk.start, what, error)

    def _keep_words(self) -> bool:
        """The words being typed are on disk now, or there are none."""
        main = self._app.main
        try:
            if main is not None:
                main.editing.put_away_now()
                return not (main.editing.keeper and main.editing.keeper.trouble)
        except Exception:  # whatever it is, what is told must not raise in its turn
            return False
        return True

    def _take_away(self, screen: Screen[Any]) -> None:
        """A screen that could not be set up is not left in the way."""
        if self._app.screen is screen:
            self._app.pop_screen()
