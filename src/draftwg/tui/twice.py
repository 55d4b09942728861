"""A question in the status line that the same key answers; any other key is a no."""

from collections.abc import Callable


class Twice:
    """At most one such question at a time.

    It counts what is pressed: only the very next key or click after the question is an answer to it, so that a burst
    of keys never answers a question that nobody has seen.
    """

    def __init__(self, status: Callable[[str, str], None]) -> None:
        self._status = status
        self._about = ""
        self._pressed = self._asked_at = 0

    def pressed(self) -> None:
        """A key or a button of the mouse went down; its own effect comes after this."""
        self._pressed += 1
        if self._about and self._pressed > self._asked_at + 1:
            self._about = ""

    def confirmed(self, about: str, question: str) -> bool:
        """Whether `about` has been answered by being asked for again; where not, the question is put."""
        if self._about == about and self._pressed == self._asked_at + 1:
            self._about = ""
            return True
        self._about, self._asked_at = about, self._pressed
        self._status(question, "bad")
        return False
