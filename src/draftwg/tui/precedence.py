"""The thread of the screen before the others of the program, which read the record, record and sync.

Python runs one thread at a time, and lets one that waits have its turn after an interval. While the screen's thread
works on a key, the others wait for long; while it waits for the next key, they give way to it at once.
"""

import asyncio
import selectors
import sys
import time

_AT_WORK = 0.02  # seconds: longer than a key takes
_WAITING = 0.0002


class _First(selectors.DefaultSelector):
    """How a loop waits for what comes next, whose thread comes first."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Wait, and give way meanwhile."""
        sys.setswitchinterval(_WAITING)
        try:
            return super().select(timeout)
        finally:
            sys.setswitchinterval(_AT_WORK)


class FirstLoop(asyncio.SelectorEventLoop):
    """A loop whose thread comes first."""

    def __init__(self) -> None:
        super().__init__(_First())

    def give_way(self) -> None:
        """Let another thread have its turn, such as the one that writes to the terminal."""
        sys.setswitchinterval(_WAITING)
        time.sleep(0)
        sys.setswitchinterval(_AT_WORK)


def give_way() -> None:
    """A frame is ready: let it be written before anything else is done."""
    loop = asyncio.get_running_loop()
    if isinstance(loop, FirstLoop):
        loop.give_way()
