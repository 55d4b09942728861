"""How a screen speaks: the title, the status line, and one above it for what must not be missed. Never as markup."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

from textual.timer import Timer

from draftwg.tui.frames import WholeFrames
from draftwg.tui.widgets.bar import Bar, StatusBar

if TYPE_CHECKING:
    from draftwg.desk import Receipt
    from draftwg.errors import DraftwgError
    from draftwg.model.state import State

_READ = 8.0  # seconds for which a warning stands, and a message at least


class TellingScreen(WholeFrames[None]):
    """A screen with a `Bar` for the title and one for the status."""

    _warning: Timer | None = None
    _read_at = inf  # when the status has stood long enough to be read

    def show_title(self, state: State, text: str, room: str = "", others: Sequence[str] = ()) -> None:
        """Show the meeting's title, with the text's name where there are several, what the room sees, the newest
        symbol, the reading, and what there is to say of other machines."""
        title = state.title + (f" · {text}" if len(state.texts) > 1 else "")
        last = state.readings[-1] if state.readings else None
        going_on = last is not None and last.state.value in ("open", "suspended")
        reading = "No reading open yet"
        if last is not None:
            stopped = last.reached and not going_on
            reading = f"{last.name.capitalize()} {f'stopped at {last.reached}' if stopped else last.state}"
        issued = f"{state.versions[-1].symbol} · " if state.versions else ""
        parted = f"{room} │ " if room else ""
        whole = " · ".join((reading, *others))
        less = (
            f"{parted}{whole}",
            f"{parted}{' · '.join(others)}" if others else room,
            f"{parted}{others[0]}" if others else room,
        )
        fitting = (words for words in less if words and len(words) + 20 <= self.size.width)
        short = next(fitting, room or reading)  # what the room sees is told in the smallest terminal
        self.query_one("#title", Bar).show(title, f"{parted}{issued}{whole}", short)

    def tell(self, receipt: Receipt, state: State, more: str = "") -> None:
        """Say what was recorded, and `more`; it is durable."""
        amendment = state.amendments.get(receipt.act.id)
        told = f"{amendment.number} recorded" if amendment else "Recorded"
        stop = "" if receipt.subject.endswith("…") else "."
        told = f"{told} (receipt {receipt.commit[:7]}): {receipt.subject}{stop}"
        self.status(" ".join([told, *([more] if more else [])]), "good")
        self.warn(*receipt.warnings)

    def status(self, message: str, look: str = "") -> None:
        """Say something in the status line; nothing is what it says at rest. With the look "busy" it stands until
        something else is said."""
        bar = self.query_one("#status", StatusBar)
        bar.set_class(look == "good", "-good")
        bar.set_class(look == "bad", "-bad")
        bar.show(message or self.at_rest)
        self._read_at = inf if look == "busy" or not message else monotonic() + _READ

    @property
    def at_rest(self) -> str:
        """What the status line says when there is nothing to say."""
        return ""

    def go_on(self) -> None:
        """A person goes on, with a key or the mouse: what the status line has said long enough goes. What is said
        while nobody is there stands until they are back."""
        if monotonic() > self._read_at:
            self.status("")

    def said(self) -> str:
        """What the status line says."""
        return self.query_one("#status", StatusBar).left

    def warn(self, *messages: str) -> None:
        """Say what a person must not miss on lines of their own, above the status: until the next act, or so long that
        it has been read. Without messages, what is said there goes. Where the status still says what it said with it,
        it takes the warning over, so that it can be read later as well."""
        bar = self.query_one("#warning", StatusBar)
        if self._warning is not None:
            self._warning.stop()
            self._warning = None
        bar.display = bool(messages)
        bar.show(" ".join(messages))
        if messages:
            beside = self.query_one("#status", StatusBar).left
            self._warning = self.set_timer(_READ, lambda: self._warned(bar.left, beside))

    def _warned(self, words: str, beside: str) -> None:
        self.warn()
        bar = self.query_one("#status", StatusBar)
        if bar.left == beside:
            bar.show(f"{beside} {words}".strip())
            self._read_at = monotonic() + _READ

    def trouble(self, error: DraftwgError | str) -> None:
        """Say why something cannot be."""
        self.status(told_with_rule(error), "bad")


def told_with_rule(error: DraftwgError | str) -> str:
    """Why something cannot be, with the rule that it is against, where it is against one."""
    rule = "" if isinstance(error, str) else error.rule
    return f"{error} Rule: {rule}" if rule else str(error)
