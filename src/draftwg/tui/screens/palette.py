"""The palette: every command that is possible now, found by its name or by what it does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.fuzzy import Matcher
from textual.widgets import Input, Static

from draftwg.tui.commands import COMMANDS
from draftwg.tui.frames import WholeModal
from draftwg.tui.situation import Situation
from draftwg.tui.widgets.inorder import EarlyLetters, LineField
from draftwg.tui.widgets.rowlist import Line, RowList

_SMALL = frozenset(("a", "an", "at", "by", "for", "from", "in", "is", "it", "its", "of", "on", "the", "this", "to"))
"""Words that tell no command from another; a number is that of a unit."""
_NAME, _KEY = 22, 10


@dataclass(frozen=True, slots=True)
class Offer:
    """A command that is possible now: its id, what it is called, its key, what it does, and that in a few words."""

    id: str
    name: str
    key: str
    help: str
    brief: str = ""


def possible(now: Situation) -> Iterator[Offer]:
    """What can be done in this situation, in the order of the help."""
    for command in COMMANDS:
        if not command.impossible(now):
            help = command.help
            yield Offer(command.id, command.called(now), command.key_in(now.pane), help, command.brief(now) or help)


def answering(offers: Sequence[Offer], typed: str) -> list[Offer]:
    """Those that answer what was typed, the best first: the name begins so, it has all the words, or what the command
    does has them, told in a few words or in full. Where none does, those in which at least the letters stand in this
    order. All where nothing was typed."""
    words = [word for word in typed.casefold().split() if word not in _SMALL and not any(map(str.isdigit, word))]
    query = " ".join(words) or typed.casefold().strip()
    found = [(how, offer) for offer in offers if (how := _how(offer, query)) is not None]
    if not found:
        match = Matcher(query).match
        found = [(-score, offer) for offer in offers if (score := match(offer.name)) > 0]
    return [offer for _, offer in sorted(found, key=lambda entry: entry[0])]


def _how(offer: Offer, query: str) -> float | None:
    """How well it answers; None = not at all."""
    name, words = offer.name.casefold(), query.split()
    if name.startswith(query):
        return 0
    if all(word in name for word in words):
        return 1
    told = (f"{name} {offer.brief.casefold()}", f"{name} {offer.help.casefold()}")
    return next((how for how, said in enumerate(told, 2) if all(word in said for word in words)), None)


class OfferList(RowList[Offer]):
    """The commands that answer what was typed, one a line."""

    def draw(self, item: Offer, width: int) -> list[Line]:
        """Name, key, and as much of what it does as there is room for."""
        return [[(f"{item.name:<{_NAME}} ", "strong"), (f"{item.key:<{_KEY}} ", "accent"), (item.brief, "quiet")]]


class Palette(EarlyLetters, WholeModal[str | None]):
    """Ask for a command; its id is the result, None if the question was left."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False, id="palette.leave"),
        Binding("down", "move(1)", "Down", show=False, id="palette.down"),
        Binding("up", "move(-1)", "Up", show=False, id="palette.up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="palette.page_down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="palette.page_up"),
    ]

    def __init__(self, now: Situation) -> None:
        super().__init__()
        self._offers = tuple(possible(now))
        self._answered: str | None = None

    def compose(self) -> ComposeResult:
        """Field, list, keys."""
        with Vertical(id="palette"):
            yield LineField(placeholder="What is to be done? Its name, or what it does", id="palette-input")
            yield OfferList(id="palette-list")
            yield Static(Content("Enter does it   ↑ ↓ move   Esc leaves"), id="palette-keys")

    def on_mount(self) -> None:
        """The field has the keys."""
        field = self.query_one(Input)
        field.cursor_blink = False
        self._list.can_focus = False
        self._list.nothing = "Nothing that can be done now is called so."
        self._offer()
        field.focus()

    @property
    def _list(self) -> OfferList:
        return self.query_one(OfferList)

    @on(Input.Changed)
    def _offer(self) -> None:
        """Offer what answers the line; a key may come before the message that the line has changed."""
        typed = self.query_one(Input).value
        if typed != self._answered:
            self._answered = typed
            self._list.show(answering(self._offers, typed))

    @on(Input.Submitted)
    @on(RowList.Chosen)
    def choose(self) -> None:
        """Take the command under the cursor."""
        self._offer()
        if self._list.chosen is not None:
            self.dismiss(self._list.chosen.id)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Not the business of the screen below."""
        event.stop()

    def action_move(self, step: int) -> None:
        """Move in the list while the field has the keys."""
        self._offer()
        self._list.action_move(step)

    def action_page(self, step: int) -> None:
        """A page of the list."""
        self._list.action_page(step)

    def action_leave(self) -> None:
        """Do nothing."""
        self.dismiss(None)
