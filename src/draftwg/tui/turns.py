"""One key after the other: a key is handed on when what the one before it opened is there to take it."""

import asyncio
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.events import Key, Paste

if TYPE_CHECKING:
    from draftwg.tui.app import DraftwgApp

_PATIENCE = 2.0
"""Seconds for a key to have its effect; then the next one is handed on all the same."""
_FRAME = 0.025
"""Seconds after a key in which its frame has the processor for itself, unless another key is waiting."""
_PAUSE = 0.002
"""Seconds between two looks whether what is being opened is there."""


class Turns:
    """Keys and pastes that come faster than they can have their effect, as from a slow line, wait here.

    Without this a burst such as "a", "mex", Enter and the words themselves would be handed to what has the focus while
    it arrives: letters meant for the picker or the editor would act as commands on the text.
    """

    def __init__(self, app: "DraftwgApp") -> None:
        self._app = app
        self._waiting: deque[Key | Paste] = deque()
        self._in_turn: Key | Paste | None = None
        self._task: asyncio.Task[None] | None = None
        self._waited_for = asyncio.Event()

    @property
    def waiting(self) -> bool:
        """Whether a key has not been handed on yet."""
        return bool(self._waiting) or self._in_turn is not None

    def hold(self, event: Key | Paste) -> bool:
        """Whether this key has to wait; it comes again when it is its turn."""
        if event is self._in_turn:
            self._in_turn = None
        elif self._task is not None:
            self._waiting.append(event)
            self._waited_for.set()
            return True
        self._task = asyncio.create_task(self._next())
        return False

    async def _next(self) -> None:
        await asyncio.sleep(0)  # the key itself goes first
        if not self._waiting:
            self._waited_for.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(_FRAME):
                    await self._waited_for.wait()
        try:
            await asyncio.wait_for(self._settled(), _PATIENCE)
        except TimeoutError:
            pass
        finally:
            self._task = None
            if self._waiting and self._app.is_running:
                self._in_turn = self._waiting.popleft()
                self._task = asyncio.current_task()  # what arrives before it waits behind it
                self._app.post_message(self._in_turn)

    async def _settled(self) -> None:
        """Return when the key, and what it made others do, has gone through everything that has a say in it."""
        before = None
        while True:
            app = self._app
            screen, focused = app.screen, app.focused
            editor = app.main.editing.editor if app.main is not None else None
            if not screen.is_mounted or (editor is not None and not editor.is_mounted):
                await asyncio.sleep(_PAUSE)
                continue
            now = (screen, focused, editor)
            if now == before:
                return
            before = now
            for pump in (app, *(screen if focused is None else focused).ancestors_with_self):
                if pump.is_running:
                    passed = asyncio.Event()
                    pump.call_later(passed.set)  # behind what waits there
                    await passed.wait()
