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

from draftwg.errors import DraftwgError
from draftwg.hygiene import one_line, shorten, visible
from draftwg.model.delegation import CHAIR, SECRETARIAT
from draftwg.tui.drawing import redline, words
from draftwg.tui.frames import WholeModal
from draftwg.tui.said import EXAMPLE, Said
from draftwg.tui.screens.picker import ChoiceList
from draftwg.tui.widgets.inorder import EarlyLetters, LineField
from draftwg.tui.widgets.page import Page
from draftwg.tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from draftwg.model.text import Text, Unit
    from draftwg.tui.screens.picker import Choice
    from draftwg.tui.screens.reading import ReadingScreen

_KEYS = "Enter records   ↑ ↓ choose   Esc leaves"
_WAYS = "should -> shall · after X insert Y · delete X · at the end add Y"
_EXAMPLE = f"who, and what: {EXAMPLE}"


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
        directory = reading.ask.directory()
        known = directory.without({SECRETARIAT}) if directory else None
        self._said = Said(lambda: reading.situation.state, text, unit, known)
        self._looked = ""
        self._recording = False

    def compose(self) -> ComposeResult:
        """Title, line, who it is, delegations or redline, remarks, keys."""
        with Vertical(id="say"):
            yield Static(Content(self._title), id="say-title")
            yield SayField(placeholder=_EXAMPLE, id="say-input")
            yield Static(Content(""), id="say-who")
            yield ChoiceList(id="say-list")
            yield Page(id="say-page", focusable=False)
            yield Static(Content(""), id="say-remark")
            yield Static(Content(""), id="say-error")
            yield Static(Content(_KEYS), id="say-keys")

    def on_mount(self) -> None:
        """The line has the keys, the list has the latest speakers first."""
        field = self.query_one(Input)
        field.cursor_blink = False
        self._list.can_focus = False
        self._look()
        field.focus()

    @property
    def _list(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    @property
    def _title(self) -> str:
        """The unit that is spoken of: another one than that under the cursor, where the line names it."""
        named = self._text.labelled(self._said.label)
        return visible(f"{self._text.noun.capitalize()} {named.label if named else self._unit.label}")

    # --- looking --------------------------------------------------------------------------------------------------

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Hear it anew."""
        event.stop()
        self._look_again()

    def _look_again(self) -> None:
        """Look, unless it has been done for this line: a key may come before the message that the line has changed."""
        if self.query_one(Input).value != self._looked:
            self._said.place = -1
            self._tell("")
            self._look()

    def _look(self) -> None:
        self._looked = self.query_one(Input).value
        self._said.hear(self._looked)
        asking = not self._said.heard.words and not self._said.by
        self._list.display = asking
        self.query_one(Page).display = not asking
        if asking:
            self._list.show(self._said.heard.who)
        self._show()

    def _show(self) -> None:
        """Who it is, what it makes of the unit, and what a person should know before it is recorded."""
        by, asking = self._speaker, bool(self._list.display)
        said = self._said.told or ("" if asking else _WAYS)
        parts = [(visible(one_line(by or "who?")), "bold"), (f"   {visible(one_line(said))}", "$muted")]
        others = "" if asking else self._said.also(by)
        if others:
            parts.insert(1, (f" (also {visible(one_line(others))})", "$warn"))
        self.query_one("#say-who", Static).update(Content.assemble(*parts))
        if self.query_one("#say-title", Static).content != self._title:
            self.query_one("#say-title", Static).update(Content(self._title))
        self._reading.ask.saying = None
        if asking:
            self._reading.room.follow()
            by_then, line = self._left or ("", "")
            left = f"{by_then}: {line}" if by_then else line
            self._remark((f"Left before: “{shorten(left, 60)}”. ↑ brings it back.",) if left else ())
        else:
            self._show_change(by)

    def _show_change(self, by: str) -> None:
        page, one = self.query_one(Page), self._said
        before, after, wrong = one.change()
        remarks = [] if wrong else one.remarks(by, before, after)
        if by and not wrong and after != before:
            self._reading.ask.saying = one.becoming(by, before), after
        self._reading.room.follow()
        if one.new_unit:
            page.show(words(after))
        else:
            from draftwg.redline.compare import compare

            page.show(redline(compare(before, after)))
        if one.ambiguous:
            chosen = f"this is {one.place + 1} of them" if one.place >= 0 else "↑ ↓ choose which"
            remarks.append(f"{one.times}: {chosen}.")
        self._remark(remarks)
        if wrong and one.spoken and not one.ambiguous:
            self._tell(wrong)

    @property
    def _left(self) -> tuple[str, str] | None:
        """Who and the line that were left on this unit, while nothing has been typed anew."""
        unit, by, line = self._reading.ask.unsaid
        return (by, line) if unit == self._unit.id and not self.query_one(Input).value else None

    def _remark(self, told: Sequence[str]) -> None:
        self.query_one("#say-remark", Static).update(Content(visible(" ".join(map(one_line, told)))))

    def _tell(self, wrong: str) -> None:
        for bar in self.query("#say-error").results(Static):
            bar.update(Content(visible(one_line(wrong))))

    # --- keys -----------------------------------------------------------------------------------------------------

    @property
    def _speaker(self) -> str:
        """Who speaks, as far as it is known."""
        if self._said.by:
            return self._said.by
        if self._list.display:
            chosen: Choice | None = self._list.chosen
            return chosen.name if chosen else ""
        return self._said.heard.who[0].name if self._said.heard.who else ""

    def action_move(self, step: int) -> None:
        """Another delegation, or another place of the words."""
        self._look_again()
        if self._list.display and step < 0 and not self._list.cursor and self._left:
            self._said.by, self.query_one(Input).value = self._left
            self._look()
        elif self._list.display:
            self._list.action_move(step)
        elif self._said.ambiguous:
            self._said.turn(step)
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
        self._said.by = ""
        self._look()

    def entered(self) -> None:
        """Enter: the delegation is chosen, or what is said is recorded."""
        if self._recording:
            return
        self._look_again()
        if self._list.display:
            self._said.by = self._speaker
            if self._said.by:
                self.query_one(Input).value = ""
                self._look()
            return
        wrong = self._said.not_yet(self._speaker)
        if wrong:
            self._tell(wrong)
        else:
            self._ask_further(self._speaker)

    def _ask_further(self, by: str) -> None:
        """A group speaks through a party; the Chair's proposal draws on others."""
        ask, state = self._reading.ask, self._reading.situation.state
        unit = self._text.labelled(self._said.label)
        pending = state.pending_on(unit.id) if state and unit and not self._said.new_unit else ()
        if ask.is_group(by):
            ask.party_for(by, lambda party: self._record(party, by))
        elif by == CHAIR and pending:
            ask.drawn_on(pending, lambda drawn: self._record(by, "", [one.number for one in drawn]))
        else:
            self._record(by)

    def _record(self, by: str, group: str = "", drawn: Sequence[str] = ()) -> None:
        from draftwg.tui.commands.amending import act_on

        act = "propose" if self._said.new_unit else act_on(self._reading, by, self._said.label)
        request = self._said.request(act, by, group, drawn)
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
            self._reading.ask.unsaid = (self._unit.id, self._said.by, line)
        self._close()
