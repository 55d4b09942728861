"""What one line says about a unit: who speaks, what is to be changed, what it makes of the words. No widget is here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from draftwg.errors import BadInput
from draftwg.hygiene import clean_text
from draftwg.model.delegation import name_key
from draftwg.tui.hearing import Heard, hear

if TYPE_CHECKING:
    from draftwg.desk.saying import Spoken
    from draftwg.model.state import State
    from draftwg.model.text import Text, Unit
    from draftwg.tui.screens.picker import Directory
    from draftwg.tui.task import Task

EXAMPLE = "br should -> shall"
_CHANGE = EXAMPLE.partition(" ")[2]


class Said:
    """A line about a unit, as far as it has been typed.

    `by` is who was chosen before the change was said ("" = nobody yet), `spoken` the changes that were understood,
    `places` where the words to be changed stand, and `place` which of these is meant (-1 = not chosen).
    """

    def __init__(self, state: Callable[[], State | None], text: Text, unit: Unit, directory: Directory | None) -> None:
        self._state, self._text, self._unit, self._directory = state, text, unit, directory
        self.by = ""
        self.heard = Heard((), "", "")
        self.spoken: tuple[Spoken, ...] = ()
        self.places: list[tuple[int, int]] = []
        self.place = -1

    def hear(self, line: str) -> None:
        """Hear this line."""
        if self.by or self._directory is None:
            self.heard = Heard((), line.strip(), "")
        else:
            self.heard = hear(line, self._directory.offer, self._fits)
        self.spoken = self._parsed(self.heard.words)

    @property
    def new_unit(self) -> bool:
        """Whether a new unit is proposed."""
        from draftwg.desk.saying import Does

        return bool(self.spoken) and self.spoken[0].does is Does.NEW_UNIT

    @property
    def label(self) -> str:
        """The unit that is spoken of."""
        return (self.spoken[0].unit if self.spoken else "") or self._unit.label

    @property
    def told(self) -> str:
        """What is to be done, in words; "" where nothing was understood."""
        from draftwg.desk.saying import told

        return " · ".join(map(told, self.spoken))

    @property
    def ambiguous(self) -> bool:
        """Whether the words stand in several places."""
        return len(self.places) > 1

    @property
    def times(self) -> str:
        """How often they stand there, in words."""
        return f"“{self.spoken[0].old}” stands {len(self.places)} times"

    def turn(self, step: int) -> None:
        """Mean the next of the places (1) or the one before (-1)."""
        first = 0 if step > 0 else len(self.places) - 1
        self.place = (self.place + step) % len(self.places) if self.place >= 0 else first

    def change(self) -> tuple[str, str, str]:
        """The words of the unit now, and with the change, and why it cannot be made."""
        from draftwg.desk.saying import applied, places

        before = now = self._words_of(self.label)
        self.places = []
        if self.new_unit:
            return before, self.spoken[0].new, ""
        one = self.spoken[0] if len(self.spoken) == 1 else None
        if one is not None and one.old and not one.everywhere and not one.which:
            self.places = places(before, one.old)
        try:
            for spoken in self.spoken:
                chosen = self.places[self.place] if self.place >= 0 and self.ambiguous else None
                now = applied(spoken, now, chosen)
        except ValueError as error:
            return before, before, f"{error}."
        return before, now, ""

    def becoming(self, by: str, before: str) -> Task:
        """What the room is told of it while it is being said."""
        from draftwg.tui.task import Purpose, Task

        unit = self._text.labelled(self.label) or self._unit
        purpose = Purpose.NEW if self.new_unit else Purpose.PROPOSE
        base = "" if self.new_unit else before
        return Task(purpose, self._text.name, unit.id, unit.label, by, base, base)

    def remarks(self, by: str, before: str, after: str) -> list[str]:
        """What a person should know before it is recorded."""
        from draftwg.desk.saying import remarks

        state = self._state()
        if state is None or not by:
            return []
        unit = None if self.new_unit else self._text.labelled(self.label)
        return remarks(state, self._text, unit, by, before, after)

    def also(self, by: str) -> str:
        """Who else is meant as well by what was typed for `by`; "" where nobody is."""
        if self.by or not self.heard.typed or not self.heard.who or name_key(self.heard.typed) in self._calls(by):
            return ""
        best = self.heard.who[0].how
        rest = sorted((one for one in self.heard.who if one.name != by and one.how <= best), key=lambda one: one.how)
        others = [one.name for one in rest]
        return ", ".join(others[:2]) + (" …" if len(others) > 2 else "")

    def not_yet(self, by: str) -> str:
        """Why it cannot be recorded as it stands; ""."""
        if not self.heard.words:
            return f"Say the change, such as {_CHANGE}."
        if not by:
            return "Nobody has spoken yet: say who, then what."
        if self.ambiguous and self.place < 0:
            return f"{self.times}: ↑ ↓ choose which, then Enter."
        if len({one.unit for one in self.spoken}) > 1:
            return "That is on several units: say one after the other."
        return ""

    def request(self, act: str, by: str, group: str = "", drawn: Sequence[str] = ()) -> dict[str, object]:
        """The act that it asks for: `group` is the one for which `by` speaks, `drawn` the numbers of the amendments on
        which the Chair draws."""
        request: dict[str, object] = {"act": act, "by": by, "unit": self.label, "in": self._text.name}
        if self.place >= 0 and self.ambiguous:
            request["text"] = self.change()[1]
        else:
            request["say"] = self.heard.words
        if act == "propose":
            request |= {"on_behalf": group} if group else {}
            request |= {"draws_on": list(drawn)} if drawn else {}
        return request

    def _parsed(self, said: str) -> tuple[Spoken, ...]:
        from draftwg.desk.saying import parse

        try:
            return parse(clean_text(said), noun=self._text.noun, words=self._words_of) if said.strip() else ()
        except BadInput:
            return ()

    def _fits(self, said: str) -> bool:
        """Whether this can be done in the text."""
        from draftwg.desk.saying import places

        spoken = self._parsed(said)
        for one in spoken:
            text = self._words_of(one.unit)
            if one.old and not any(_whole(text, *place) for place in places(text, one.old)):
                return False
        return bool(spoken)

    def _words_of(self, label: str) -> str:
        from draftwg.desk.saying import words_of

        state = self._state()
        request = {"unit": self._unit.label, "in": self._text.name}
        return words_of(state, request, label) if state is not None else ""

    def _calls(self, name: str) -> set[str]:
        """Everything that this delegation is called, as a key; its codes too."""
        listed = self._directory.delegations if self._directory else ()
        one = next((one for one in listed if one.name == name), None)
        two = self._directory.two.get(one.code, "") if self._directory and one and one.code else ""
        return {name_key(called) for called in (*one.names, two) if called} if one else set()


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a place begins and ends between words."""
    inside = (text[at - 1 : at + 1] for at in (start, end) if 0 < at < len(text))
    return not any(pair.isalnum() for pair in inside)
