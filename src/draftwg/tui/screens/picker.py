"""Choosing a delegation: type a few letters of its name, an alias or its code."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from draftwg.hygiene import clean_line, one_line, visible
from draftwg.model.delegation import CHAIR, SECRETARIAT, Category, Delegation, name_key
from draftwg.tui.widgets.inorder import EarlyLetters, LineField
from draftwg.tui.widgets.rowlist import Line, RowList

_MOST = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """A delegation that one may choose; `new` if it would enter the roster by that."""

    name: str
    note: str = ""
    new: bool = False


def rank(delegation: Delegation, typed: str) -> int | None:
    """How well a delegation answers what was typed: 0 = code, 1 = its name begins so, 2 = another name does, 3 = a
    word in a name does, 4 = somewhere in a name; None = not at all. Case, accents and a leading "the" do not count."""
    wanted = name_key(typed)
    if not wanted:
        return 3
    if delegation.code and delegation.code.casefold() == wanted:
        return 0
    keys = [name_key(name) for name in delegation.names]
    if keys[0].startswith(wanted):
        return 1
    if any(key.startswith(wanted) for key in keys[1:]):
        return 2
    if any(f" {key}".find(f" {wanted}") >= 0 for key in keys):
        return 3
    return 4 if any(wanted in key for key in keys) else None


def choices(
    delegations: Sequence[Delegation], roster: int, recent: Sequence[str], typed: str, *, may_add: bool = True
) -> list[Choice]:
    """What to offer: those that answer what was typed, the best first, the most recent speakers first among equals.

    The first `roster` of the delegations are in the roster. Last comes the name as typed, unless a delegation is
    called so.
    """
    places = {name: place for place, name in enumerate(recent)}
    found: list[tuple[int, int, int, str, Choice]] = []
    exact = False
    for place, delegation in enumerate(delegations):
        how = rank(delegation, typed)
        if how is None:
            continue
        exact = exact or name_key(typed) in {name_key(name) for name in delegation.names}
        in_roster = place < roster
        note = delegation.code
        if in_roster and delegation.category is not Category.UNSPECIFIED:
            note = f"{note}  {delegation.category}".strip()
        elif not in_roster:
            note = f"{note}  not in the roster yet".strip()
        order = (how, 0 if in_roster else 1, places.get(delegation.name, len(recent)), name_key(delegation.name))
        found.append((*order, Choice(delegation.name, note, not in_roster)))
    found.sort(key=lambda entry: entry[:4])
    if not typed.strip():
        found = [entry for entry in found if not entry[4].new]
    offered = [entry[4] for entry in found[:_MOST]]
    name = clean_line(typed)
    if name and not exact and may_add:
        offered.append(Choice(name, "add to the roster", new=True))
    return offered


class ChoiceList(RowList[Choice]):
    """The delegations that answer what was typed."""

    def draw(self, item: Choice, width: int) -> list[Line]:
        """Name, then code and category."""
        name = one_line(item.name)
        if item.note == "add to the roster":
            return [[("Add ", "accent"), (f"“{name}”", "strong"), (" to the roster", "quiet")]]
        return [[(name, "" if item.new else "strong"), (f"   {one_line(item.note)}", "quiet")]]


class Picker(EarlyLetters, ModalScreen[str | None]):
    """Ask for a delegation; its name is the result, None if the question was left.

    `load` gives the delegations, the roster's first, and how many are in the roster.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False, id="picker.leave"),
        Binding("down", "move(1)", "Down", show=False, id="picker.down"),
        Binding("up", "move(-1)", "Up", show=False, id="picker.up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="picker.page_down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="picker.page_up"),
    ]

    def __init__(
        self,
        question: str,
        delegations: Sequence[Delegation],
        roster: int,
        recent: Sequence[str],
        *,
        without: Sequence[str] = (),
        may_add: bool = True,
        chair: bool = False,
    ) -> None:
        super().__init__()
        shut_out = {*without, SECRETARIAT, *(() if chair else (CHAIR,))}
        self._question = question
        self._delegations = [one for one in delegations if one.name not in shut_out]
        self._roster = sum(one.name not in shut_out for one in delegations[:roster])
        self._recent = recent
        self._may_add = may_add

    def compose(self) -> ComposeResult:
        """Question, field, list, keys."""
        with Vertical(id="picker"):
            yield Static(Content(visible(self._question)), id="picker-question")
            yield LineField(placeholder="name, alias or code", id="picker-input")
            yield ChoiceList(id="picker-list")
            yield Static(Content("Enter chooses   ↑ ↓ move   Esc leaves"), id="picker-keys")

    def on_mount(self) -> None:
        """The field has the keys, the list shows the latest speakers first."""
        field = self.query_one(Input)
        field.cursor_blink = False
        self._list.can_focus = False
        self._offer("")
        field.focus()

    @property
    def _list(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    def _offer(self, typed: str) -> None:
        self._list.show(choices(self._delegations, self._roster, self._recent, typed, may_add=self._may_add))

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Offer what answers it."""
        self._offer(event.value)

    @on(Input.Submitted)
    @on(RowList.Chosen)
    def choose(self) -> None:
        """Take the delegation under the cursor."""
        chosen = self._list.chosen
        if chosen is not None:
            self.dismiss(chosen.name)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Not the business of the screen below."""
        event.stop()

    def action_move(self, step: int) -> None:
        """Move in the list while the field has the keys."""
        self._list.action_move(step)

    def action_page(self, step: int) -> None:
        """A page of the list."""
        self._list.action_page(step)

    def action_leave(self) -> None:
        """Choose nobody."""
        self.dismiss(None)
