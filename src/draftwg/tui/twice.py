"""A question in the status line that the same key answers, or Enter; any other key is a no."""

from collections.abc import Callable


class Twice:
    """At most one such question at a time.

    It counts what is pressed: only the very next key or click after the question is an answer to it, so that a burst
    of keys never answers a question that nobody has seen. `status` says something in the status line, `said` is what
    it says now.
    """

    def __init__(self, status: Callable[[str, str], None], said: Callable[[], str]) -> None:
        self._status, self._said = status, said
        self._about = ""
        self._question = ""
        self._then: Callable[[], None] | None = None
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
        self._about, self._then, self._asked_at = about, None, self._pressed
        self._status(question, "bad")
        return False

    def ask(self, question: str, then: Callable[[], None]) -> None:
        """Put a question to which Enter is the answer: then `then` is done."""
        self._about, self._question, self._then, self._asked_at = question, question, then, self._pressed
        self._status(question, "bad")

    def answered(self, key: str) -> bool:
        """Whether this key, which has just been counted, was Enter in answer to a question that is still to be read:
        then that is done, and the key has no other effect. Any other key takes the question away."""
        then, self._then = self._then, None
        if then is None or self._said() != self._question:
            return False
        if key == "enter" and self._pressed == self._asked_at + 1:
            then()
            return True
        self._status("", "")
        return False
