"""When a key came last: what can wait is done in the pauses between the keys."""

import time

_LOOK = 0.02


class Pauses:
    """The pauses of whoever types. `pressed` is for the screen's thread, the rest for any."""

    def __init__(self) -> None:
        self._last = 0.0

    def pressed(self) -> None:
        """A key or a button of the mouse went down."""
        self._last = time.monotonic()

    @property
    def length(self) -> float:
        """Seconds since the last key."""
        return time.monotonic() - self._last

    def wait(self, length: float, at_most: float) -> None:
        """Keep this thread waiting for a pause of that many seconds, but not longer than that."""
        until = time.monotonic() + at_most
        while self.length < length and time.monotonic() < until:
            time.sleep(_LOOK)
