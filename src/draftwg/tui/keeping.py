"""Keeps what is being typed: soon after the last key, at the latest every quarter of a second, and on leaving."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from draftwg.repository.journal import Journal, Unsaved

PAUSE = 0.1
"""Seconds after the last key at which the words are kept."""
LONGEST = 0.25
"""Seconds after which they are kept although the typing goes on."""


class Keeper:
    """Keeps one edit at a time in the journal, on a thread of its own: a slow disk never holds up a key.

    `trouble` says why the newest words are not on disk, "" where they are; `told` is called when that changes.
    """

    def __init__(self, journal: "Journal", told: Callable[[], None]) -> None:
        self._journal = journal
        self._told = told
        self._loop = asyncio.get_running_loop()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._waiting: Unsaved | None = None
        self._since = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self.trouble = ""

    def note(self, unsaved: "Unsaved") -> None:
        """These are the words now. Returns at once."""
        if self._waiting is None:
            self._since = monotonic()
        self._waiting = unsaved
        if self._timer is not None:
            self._timer.cancel()
        delay = max(0.0, min(PAUSE, self._since + LONGEST - monotonic()))
        self._timer = asyncio.get_running_loop().call_later(delay, self._due)

    async def flush(self) -> None:
        """Keep what waits, and wait until everything is on disk."""
        self._due()
        await asyncio.get_running_loop().run_in_executor(self._pool, lambda: None)

    def flush_now(self) -> None:
        """Keep what waits before this returns: for a program that is being ended."""
        self._due()
        self._pool.submit(lambda: None).result(timeout=5)

    def drop(self, unsaved: "Unsaved") -> None:
        """The edit has become an act, or was given up."""
        self._stop()
        self.trouble = ""
        self._pool.submit(self._journal.drop, unsaved)

    async def unsaved(self) -> "tuple[Unsaved, ...]":
        """The edits that are kept, the newest first."""
        return tuple(await asyncio.get_running_loop().run_in_executor(self._pool, self._journal.unsaved))

    def close(self) -> None:
        """No more is kept."""
        self._stop()
        self._pool.shutdown(wait=False)

    def _due(self) -> None:
        unsaved = self._waiting
        self._stop()
        if unsaved is not None:
            self._pool.submit(self._keep, unsaved)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._waiting = None

    def _keep(self, unsaved: "Unsaved") -> None:
        before = self.trouble
        try:
            self._journal.keep(unsaved)
            self.trouble = ""
        except OSError as error:
            self.trouble = error.strerror or str(error)
        if self.trouble != before and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._told)
