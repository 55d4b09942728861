"""Choosing a delegation: type a few letters of its name, an alias or its code."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from draftwg.hygiene import clean_line, one_line, visible
from draftwg.model.delegation import CHAIR, SECRETARIAT, Category, Delegation, name_key
from draftwg.tui.frames import WholeModal
from draftwg.tui.widgets.inorder import EarlyLetters, LineField
from draftwg.tui.widgets.rowlist import Line, RowList

_MOST = 60
_KEYS = "Enter chooses   ↑ ↓ move   Esc leaves"
_ADD = "add to the roster"
_BY_A_WORD = 3  # as in `rank`: further down only some letters inside a name answer
_NEAR = 0.72  # how alike a name must be to one that nobody has (`difflib`)
_NONE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Choice:
    """A delegation that one may choose; `new` if it would enter the roster by that, `how` as in `rank`."""

    name: str
    note: str = ""
    new: bool = False
    how: int = 4


def rank(delegation: Delegation, typed: str, two: Mapping[str, str] = _NONE) -> int | None:
    """How well a delegation answers what was typed: 0 = code, 1 = its name begins so, 2 = another name does, 3 = a
    word in a name does, 4 = somewhere in a name; None = not at all. Case, accents and a leading "the" do not count.
    `two` has the codes of two letters by those of three."""
    wanted = name_key(typed)
    if not wanted:
        return 3
    if delegation.code and wanted in (delegation.code.casefold(), two.get(delegation.code, "").casefold()):
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
    delegations: Sequence[Delegation],
    roster: int,
    recent: Sequence[str],
    typed: str,
    *,
    may_add: bool = True,
    two: Mapping[str, str] = _NONE,
    silent: Collection[str] = (),
) -> list[Choice]:
    """What to offer, the best first: the one that is called just so; then those that are in the room, the most recent
    speakers before the others; then the other States; last those that only have the letters somewhere in a name.

    The first `roster` of the delegations are in the roster; those in `silent`, which were added by their name and then
    did nothing, come last. At the end comes the name as typed, unless a delegation is
    called so.
    """
    places = {name: place for place, name in enumerate(recent)}
    found: list[tuple[int, int, int, int, str, Choice]] = []
    wanted = name_key(typed)
    exact = False
    for place, delegation in enumerate(delegations):
        how = rank(delegation, typed, two)
        if how is None:
            continue
        called_so = wanted in {name_key(name) for name in delegation.names}
        exact = exact or called_so
        in_roster = place < roster
        note = delegation.code
        if in_roster and delegation.category is not Category.UNSPECIFIED:
            note = f"{note}  {delegation.category}".strip()
        elif not in_roster:
            note = f"{note}  not in the roster yet".strip()
        how_well = 0 if called_so else 1 if how <= 3 else 2
        spoke = places.get(delegation.name, len(recent))
        here = 2 if delegation.name in silent else 0 if in_roster else 1
        order = (how_well, here, spoke, how, name_key(delegation.name))
        found.append((*order, Choice(delegation.name, note, not in_roster, how)))
    found.sort(key=lambda entry: entry[:5])
    if not typed.strip():
        found = [entry for entry in found if not entry[5].new]
    offered = [entry[5] for entry in found[:_MOST]]
    name = clean_line(typed)
    if name and not exact and not offered:
        offered = [
            Choice(one.name, f"did you mean this?  {one.code}".rstrip(), new)
            for one, new in near(delegations, roster, wanted)
        ]
    if name and not exact and may_add:
        offered.append(Choice(name, _ADD, new=True))
    return offered


def near(delegations: Sequence[Delegation], roster: int, wanted: str) -> list[tuple[Delegation, bool]]:
    """At most three delegations with a name that is nearly the one wanted (as a key), those in the roster first, each
    with whether it would enter it."""
    from difflib import get_close_matches

    called: dict[str, tuple[Delegation, bool]] = {}
    for place, delegation in enumerate(delegations):
        for name in delegation.names:
            called.setdefault(name_key(name), (delegation, place >= roster))
    found = [called[key] for key in get_close_matches(wanted, list(called), 3, _NEAR)]
    return sorted(dict.fromkeys(found), key=lambda one: one[1])


class PickerField(LineField):
    """The field. Enter acts at once: what is typed after it belongs to the next name."""

    async def action_submit(self) -> None:
        """Enter."""
        if isinstance(self.screen, Picker):
            self.screen.choose()


class ChoiceList(RowList[Choice]):
    """The delegations that answer what was typed."""

    def draw(self, item: Choice, width: int) -> list[Line]:
        """Name, then code and category."""
        name = one_line(item.name)
        if item.note == _ADD:
            return [[("Add ", "accent"), (f"“{name}”", "strong"), (" to the roster", "quiet")]]
        return [[(name, "" if item.new else "strong"), (f"   {one_line(item.note)}", "quiet")]]


@dataclass(frozen=True, slots=True)
class Directory:
    """Whom one may choose: the delegations, the first `roster` of which are in the roster, the most recent speakers,
    the codes of two letters by those of three, whether a new name may be added, and who is in the roster by a name that
    no list knows and did nothing."""

    delegations: Sequence[Delegation]
    roster: int
    recent: Sequence[str] = ()
    two: Mapping[str, str] = field(default_factory=dict)
    may_add: bool = True
    silent: Collection[str] = ()

    def without(self, names: Collection[str]) -> "Directory":
        """The same without these."""
        listed = [one for one in self.delegations if one.name not in names]
        roster = sum(one.name not in names for one in self.delegations[: self.roster])
        return replace(self, delegations=listed, roster=roster)

    def offer(self, typed: str) -> list[Choice]:
        """What answers these letters, the best first."""
        return choices(
            self.delegations, self.roster, self.recent, typed, may_add=self.may_add, two=self.two, silent=self.silent
        )


Each = Callable[[str], Awaitable[str]]
"""Records something of the delegation chosen; one line on why it could not be, or ""."""


class Picker(EarlyLetters, WholeModal[str | None]):
    """Ask for a delegation; its name is the result, None if the question was left. With `each`, every one chosen is
    recorded at once and the question stays for the next; Enter without a name, or Esc, ends it."""

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
        directory: Directory,
        *,
        without: Sequence[str] = (),
        chair: bool = False,
        each: Each | None = None,
    ) -> None:
        super().__init__()
        self._question = question
        self._directory = directory.without({*without, SECRETARIAT, *(() if chair else (CHAIR,))})
        self._each = each
        self._told: list[str] = []
        self._adding = ""  # the name that no list knows, after the first Enter
        self._offered = ""

    def compose(self) -> ComposeResult:
        """Question, field, list, keys."""
        with Vertical(id="picker"):
            yield Static(Content(visible(self._question)), id="picker-question")
            yield PickerField(placeholder="name, alias or code", id="picker-input")
            yield ChoiceList(id="picker-list")
            if self._each is not None:
                yield Static(Content(""), id="picker-told")
            yield Static(Content(self._keys), id="picker-keys")

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

    @property
    def _keys(self) -> str:
        return "Enter records   Enter alone or Esc ends it   ↑ ↓ move" if self._each else _KEYS

    def _offer(self, typed: str) -> None:
        self._offered = typed
        if self._adding:
            self._adding = ""
            self._ask(self._keys)
        self._list.show(self._directory.offer(typed))

    def _offer_again(self) -> None:
        """Offer what answers the line, unless that is what is offered: a key may come before the message that the line
        has changed."""
        typed = self.query_one(Input).value
        if typed != self._offered:
            self._offer(typed)

    @on(Input.Changed)
    def typed(self) -> None:
        """Offer what answers it."""
        self._offer_again()

    @on(RowList.Chosen)
    def choose(self) -> None:
        """Take the delegation under the cursor."""
        self._offer_again()
        chosen, typed = self._list.chosen, self._offered.strip()
        doubtful = chosen is not None and (chosen.note == _ADD or (chosen.new and chosen.how > _BY_A_WORD))
        if chosen is not None and doubtful and self._adding != chosen.name:
            self._adding = chosen.name
            who = (
                f"No list knows “{one_line(chosen.name)}”" if chosen.note == _ADD else f"{one_line(chosen.name)} is new"
            )
            self._ask(f"{who}: Enter again adds it to the roster.")
        elif self._each is not None and self._told and not typed and not self._list.cursor:
            self.dismiss(None)
        elif chosen is not None and self._each is not None:
            self._told.append(chosen.name)  # at once: a second Enter is no second record of the same
            self.query_one(Input).value = ""
            self._offer("")
            # The application's, not this screen's: leaving the question must not stop what is being recorded.
            self.app.run_worker(self._record(chosen.name, self._each), group="picker")
        elif chosen is not None:
            self.dismiss(chosen.name)

    def _ask(self, words: str) -> None:
        self.query_one("#picker-keys", Static).update(Content(visible(words)))
        self.query_one("#picker-keys").set_class(bool(self._adding), "-asked")

    async def _record(self, name: str, each: Each) -> None:
        """Record it and say so."""
        wrong = await each(name)
        if wrong:
            self._told.remove(name)
        told = wrong or f"Recorded: {', '.join(self._told)}"
        for bar in self.query("#picker-told").results(Static):  # none, where the question has been left meanwhile
            bar.set_class(bool(wrong), "-bad")
            bar.update(Content(visible(one_line(told))))

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Not the business of the screen below."""
        event.stop()

    def action_move(self, step: int) -> None:
        """Move in the list while the field has the keys."""
        self._offer_again()
        self._list.action_move(step)

    def action_page(self, step: int) -> None:
        """A page of the list."""
        self._list.action_page(step)

    def action_leave(self) -> None:
        """Choose nobody."""
        self.dismiss(None)
