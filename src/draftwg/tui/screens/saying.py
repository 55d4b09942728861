"""One line in which an amendment is said: who, and what. Below it stands what it makes of the unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from draftwg.errors import BadInput, DraftwgError
from draftwg.hygiene import clean_text, one_line, shorten, visible
from draftwg.model.delegation import name_key
from draftwg.tui.drawing import redline, words
from draftwg.tui.frames import WholeModal
from draftwg.tui.hearing import Heard, hear
from draftwg.tui.screens.picker import ChoiceList
from draftwg.tui.widgets.inorder import EarlyLetters, LineField
from draftwg.tui.widgets.page import Page
from draftwg.tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from draftwg.desk.saying import Spoken
    from draftwg.model.text import Text, Unit
    from draftwg.tui.screens.picker import Choice, Directory
    from draftwg.tui.screens.reading import ReadingScreen
    from draftwg.tui.task import Task

_KEYS = "Enter records   ↑ ↓ choose   Esc leaves"
_WAYS = "should -> shall · after X insert Y · delete X · at the end add Y"
_EXAMPLE = "who, and what: br should -> shall"


class SayField(LineField):
    """The line. Backspace at its start takes back the delegation that was chosen."""

    async def action_submit(self) -> None:
        """Enter."""
        if isinstance(self.screen, SayScreen):
            self.screen.entered()

    def action_delete_left(self) -> None:
        """Backspace."""
        if not self.value and isinstance(self.screen, SayScreen):
            self.screen.unname()
        else:
            super().action_delete_left()


class SayScreen(EarlyLetters, WholeModal[None]):
    """Say an amendment on this unit. It stays, with what was typed, until it is recorded or Esc leaves it."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False, id="say.leave"),
        Binding("down", "move(1)", "Down", show=False, id="say.down"),
        Binding("up", "move(-1)", "Up", show=False, id="say.up"),
    ]

    def __init__(self, reading: ReadingScreen, text: Text, unit: Unit) -> None:
        super().__init__()
        self._reading = reading
        self._text = text
        self._unit = unit
        self._directory: Directory | None = None
        self._looked = ""
        self._by = ""  # chosen by Enter, before what it says
        self._heard = Heard((), "", "")
        self._spoken: tuple[Spoken, ...] = ()
        self._places: list[tuple[int, int]] = []
        self._place = -1
        self._recording = False

    def compose(self) -> ComposeResult:
        """Title, line, who it is, delegations or redline, remarks, keys."""
        with Vertical(id="say"):
            yield Static(Content(visible(f"{self._text.noun.capitalize()} {self._unit.label}")), id="say-title")
            yield SayField(placeholder=_EXAMPLE, id="say-input")
            yield Static(Content(""), id="say-who")
            yield ChoiceList(id="say-list")
            yield Page(id="say-page", focusable=False)
            yield Static(Content(""), id="say-remark")
            yield Static(Content(""), id="say-error")
            yield Static(Content(_KEYS), id="say-keys")

    def on_mount(self) -> None:
        """The line has the keys, the list has the latest speakers first."""
        from draftwg.model.delegation import SECRETARIAT

        directory = self._reading.ask.directory()
        self._directory = directory.without({SECRETARIAT}) if directory else None
        field = self.query_one(Input)
        field.cursor_blink = False
        self._list.can_focus = False
        self._look()
        field.focus()

    @property
    def _list(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    # --- looking --------------------------------------------------------------------------------------------------

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Hear it anew."""
        event.stop()
        self._look_again()

    def _look_again(self) -> None:
        """Look, unless it has been done for this line: a key may come before the message that the line has changed."""
        if self.query_one(Input).value != self._looked:
            self._place = -1
            self._tell("")
            self._look()

    def _look(self) -> None:
        self._looked = line = self.query_one(Input).value
        if self._by or self._directory is None:
            self._heard = Heard((), line.strip(), "")
        else:
            self._heard = hear(line, self._directory.offer, self._fits)
        self._spoken = self._parsed(self._heard.words)
        asking = not self._heard.words and not self._by
        self._list.display = asking
        self.query_one(Page).display = not asking
        if asking:
            self._list.show(self._heard.who)
        self._show()

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

        state = self._reading.situation.state
        request = {"unit": self._unit.label, "in": self._text.name}
        return words_of(state, request, label) if state is not None else ""

    def _show(self) -> None:
        """Who it is, what it makes of the unit, and what a person should know before it is recorded."""
        from draftwg.desk.saying import told

        by = self._speaker
        said = " · ".join(map(told, self._spoken)) if self._spoken else "" if self._list.display else _WAYS
        parts = [(visible(one_line(by or "who?")), "bold"), (f"   {visible(one_line(said))}", "$muted")]
        others = self._also(by)
        if others:
            parts.insert(1, (f" (also {visible(one_line(others))})", "$warn"))
        self.query_one("#say-who", Static).update(Content.assemble(*parts))
        self._reading.ask.saying = None
        if self._list.display:
            self._reading.room.follow()
            by_then, line = self._left or ("", "")
            left = f"{by_then}: {line}" if by_then else line
            self._remark((f"Left before: “{shorten(left, 60)}”. ↑ brings it back.",) if left else ())
            return
        page = self.query_one(Page)
        before, after, wrong = self._before_and_after()
        remarks = [] if wrong else self._remarks(by, before, after)
        if by and not wrong and after != before:
            self._reading.ask.saying = self._becoming(by, before), after
        self._reading.room.follow()
        if self._new_unit:
            page.show(words(after))
        else:
            from draftwg.redline.compare import compare

            page.show(redline(compare(before, after)))
        if len(self._places) > 1:
            old = self._spoken[0].old
            chosen = f"this is {self._place + 1} of them" if self._place >= 0 else "↑ ↓ choose which"
            remarks.append(f"“{old}” stands {len(self._places)} times: {chosen}.")
        self._remark(remarks)
        if wrong and self._spoken and len(self._places) < 2:
            self._tell(wrong)

    @property
    def _left(self) -> tuple[str, str] | None:
        """Who and the line that were left on this unit, while nothing has been typed anew."""
        unit, by, line = self._reading.ask.unsaid
        return (by, line) if unit == self._unit.id and not self.query_one(Input).value else None

    @property
    def _new_unit(self) -> bool:
        from draftwg.desk.saying import Does

        return bool(self._spoken) and self._spoken[0].does is Does.NEW_UNIT

    @property
    def _label(self) -> str:
        """The unit that is spoken of."""
        return (self._spoken[0].unit if self._spoken else "") or self._unit.label

    def _before_and_after(self) -> tuple[str, str, str]:
        """The words of the unit now, and with the change, and why it cannot be made."""
        from draftwg.desk.saying import applied, places

        before = now = self._words_of(self._label)
        self._places = []
        if self._new_unit:
            return before, self._spoken[0].new, ""
        one = self._spoken[0] if len(self._spoken) == 1 else None
        if one is not None and one.old and not one.everywhere and not one.which:
            self._places = places(before, one.old)
        try:
            for spoken in self._spoken:
                chosen = self._places[self._place] if self._place >= 0 and len(self._places) > 1 else None
                now = applied(spoken, now, chosen)
        except ValueError as error:
            return before, before, f"{error}."
        return before, now, ""

    def _becoming(self, by: str, before: str) -> Task:
        """What the room is told of it while it is being said."""
        from draftwg.tui.task import Purpose, Task

        unit = self._text.labelled(self._label) or self._unit
        purpose = Purpose.NEW if self._new_unit else Purpose.PROPOSE
        base = "" if self._new_unit else before
        return Task(purpose, self._text.name, unit.id, unit.label, by, base, base)

    def _remarks(self, by: str, before: str, after: str) -> list[str]:
        from draftwg.desk.saying import remarks

        state = self._reading.situation.state
        if state is None or not by:
            return []
        unit = None if self._new_unit else self._text.labelled(self._label)
        return remarks(state, self._text, unit, by, before, after)

    def _remark(self, told: Sequence[str]) -> None:
        self.query_one("#say-remark", Static).update(Content(visible(" ".join(map(one_line, told)))))

    def _tell(self, wrong: str) -> None:
        for bar in self.query("#say-error").results(Static):
            bar.update(Content(visible(one_line(wrong))))

    # --- keys -----------------------------------------------------------------------------------------------------

    @property
    def _speaker(self) -> str:
        """Who speaks, as far as it is known."""
        if self._by:
            return self._by
        if self._list.display:
            chosen: Choice | None = self._list.chosen
            return chosen.name if chosen else ""
        return self._heard.who[0].name if self._heard.who else ""

    def _also(self, by: str) -> str:
        """Who else is meant as well by what was typed, while it is not chosen by Enter; "" where nobody is."""
        if self._by or self._list.display or not self._heard.typed or not self._heard.who:
            return ""
        if name_key(self._heard.typed) in self._calls(by):
            return ""  # called just so
        best = self._heard.who[0].how
        rest = sorted((one for one in self._heard.who if one.name != by and one.how <= best), key=lambda one: one.how)
        others = [one.name for one in rest]
        return ", ".join(others[:2]) + (" …" if len(others) > 2 else "")

    def _calls(self, name: str) -> set[str]:
        """Everything that this delegation is called, as a key; its codes too."""
        listed = self._directory.delegations if self._directory else ()
        one = next((one for one in listed if one.name == name), None)
        two = self._directory.two.get(one.code, "") if self._directory and one and one.code else ""
        return {name_key(called) for called in (*one.names, two) if called} if one else set()

    def action_move(self, step: int) -> None:
        """Another delegation, or another place of the words."""
        self._look_again()
        if self._list.display and step < 0 and not self._list.cursor and self._left:
            self._by, self.query_one(Input).value = self._left
            self._look()
        elif self._list.display:
            self._list.action_move(step)
        elif len(self._places) > 1:
            self._place = (self._place + step) % len(self._places) if self._place >= 0 else 0 if step > 0 else -1
            self._place %= len(self._places)
            self._tell("")
            self._show()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Another delegation."""
        event.stop()
        self._show()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """A click on a delegation."""
        event.stop()
        self.entered()

    def unname(self) -> None:
        """Nobody has been chosen yet."""
        self._by = ""
        self._look()

    def entered(self) -> None:
        """Enter: the delegation is chosen, or what is said is recorded."""
        if self._recording:
            return
        self._look_again()
        if self._list.display:
            self._by = self._speaker
            if self._by:
                self.query_one(Input).value = ""
                self._look()
            return
        wrong = self._not_yet()
        if wrong:
            self._tell(wrong)
        else:
            self._ask_further(self._speaker)

    def _not_yet(self) -> str:
        """Why it cannot be recorded as it stands; ""."""
        if not self._heard.words:
            return f"Say the change, such as {_EXAMPLE.split(' br ')[1]}."
        if not self._speaker:
            return "Nobody has spoken yet: say who, then what."
        if len(self._places) > 1 and self._place < 0:
            return f"“{self._spoken[0].old}” stands {len(self._places)} times: ↑ ↓ choose which, then Enter."
        if len({one.unit for one in self._spoken}) > 1:
            return "That is on several units: say one after the other."
        return ""

    def _ask_further(self, by: str) -> None:
        """A group speaks through a party; the Chair's proposal draws on others."""
        from draftwg.model.delegation import CHAIR

        ask, state = self._reading.ask, self._reading.situation.state
        unit = self._text.labelled(self._label)
        pending = state.pending_on(unit.id) if state and unit and not self._new_unit else ()
        if ask.is_group(by):
            ask.party_for(by, lambda party: self._record(party, by))
        elif by == CHAIR and pending:
            ask.drawn_on(pending, lambda drawn: self._record(by, "", [one.number for one in drawn]))
        else:
            self._record(by)

    def _record(self, by: str, group: str = "", drawn: Sequence[str] = ()) -> None:
        from draftwg.tui.commands.amending import act_on

        act = "propose" if self._new_unit else act_on(self._reading, by, self._label)
        request: dict[str, object] = {"act": act, "by": by, "unit": self._label, "in": self._text.name}
        if self._place >= 0 and len(self._places) > 1:
            request["text"] = self._before_and_after()[1]
        else:
            request["say"] = self._heard.words
        if act == "propose":
            request |= {"on_behalf": group} if group else {}
            request |= {"draws_on": list(drawn)} if drawn else {}
        self._recording = True
        self.app.run_worker(self._recorded(by, request), group="say")

    async def _recorded(self, by: str, request: dict[str, object]) -> None:
        try:
            wrong = await self._reading.try_to_do(request)
        except DraftwgError as error:
            wrong = str(error)
        self._recording = False
        if wrong:
            self._tell(wrong)
            return
        self._reading.ask.heard(by)
        self._reading.ask.unsaid = ("", "", "")
        self._close()

    def _close(self) -> None:
        self._reading.ask.saying = None
        self._reading.room.follow()
        self.dismiss(None)

    def action_leave(self) -> None:
        """Leave; what was typed can be brought back when the same unit is spoken of."""
        if self._recording:
            return
        line = self.query_one(Input).value
        if line:
            self._reading.ask.unsaid = (self._unit.id, self._by, line)
        self._close()


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a place begins and ends between words."""
    inside = (text[at - 1 : at + 1] for at in (start, end) if 0 < at < len(text))
    return not any(pair.isalnum() for pair in inside)
