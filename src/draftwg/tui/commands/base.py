"""The ground of all commands."""

import re
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from draftwg.tui import keys as table
from draftwg.tui.situation import Pane, Situation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from draftwg.tui.screens.reading import ReadingScreen


class Command:
    """Something that can be done at the console. Its docstring is its help; key, palette and help screen all come
    from it.

    `id` is stable, so that keys can be set by it; `keys`, separated by commas, are those that it brings, the first is
    the one shown; `name` is short (it stands in the foot); `group` is the heading in the help.
    """

    id: ClassVar[str]
    keys: ClassVar[str]
    name: ClassVar[str]
    group: ClassVar[str]
    while_editing: ClassVar[bool] = False
    before_editor: ClassVar[bool] = False  # whether its keys, letters aside, go before those of the field for words

    def __init_subclass__(cls) -> None:
        """Its keys are known from now on, unless it is only the ground of others."""
        if "id" in vars(cls):
            table.bring(cls.id, cls.keys)

    def impossible(self, now: Situation) -> str:
        """Why it cannot be done now, as one line; "" where it can."""
        if now.pane is Pane.EDITOR and not self.while_editing:
            return f"Save the words with {table.key('save')} or leave them with {table.key('back')} first."
        return self._impossible(now)

    def run(self, screen: "ReadingScreen") -> None:
        """Do it. Called only where it is possible."""
        self._run(screen)

    def called(self, now: Situation) -> str:
        """What it is called now."""
        return self._called(now)

    def _impossible(self, now: Situation) -> str:
        return ""

    def _run(self, screen: "ReadingScreen") -> None:
        raise NotImplementedError

    def _called(self, now: Situation) -> str:
        return self.name

    @property
    def present_keys(self) -> tuple[str, ...]:
        """Its keys now: those that it brings, or those that a person has set."""
        return table.keys_of(self.id)

    @property
    def key(self) -> str:
        """Its first key, as people write it; "" where it has none."""
        return next(map(table.shown, self.present_keys), "")

    def key_in(self, pane: Pane) -> str:
        """The key to show in this pane: in the editor, where letters are words, the first that is none."""
        keys = list(self.present_keys)
        if pane is Pane.EDITOR:
            keys = [key for key in keys if not table.in_words(key)]
        return table.shown(keys[0]) if keys else ""

    @property
    def all_keys(self) -> str:
        """All its keys, as people write them."""
        return " ".join(map(table.shown, self.present_keys))

    @property
    def help(self) -> str:
        """What it does, in a sentence or two."""
        return " ".join((self.__doc__ or "").split())

    def brief(self, now: Situation) -> str:
        """What it does, in a few words: the help up to its first stop; "" where it is called otherwise now."""
        if self.called(now) != self.name:
            return ""
        return re.split(r"[:;.](?: |$)", self.help, maxsplit=1)[0]

    def binding(self) -> Binding:
        """The keys that it brings, for the screen."""
        first = self.before_editor and not any(map(table.in_words, self.keys.split(",")))
        return Binding(self.keys, f"command('{self.id}')", self.name, show=False, id=self.id, priority=first)

    def present_bindings(self) -> "Iterator[Binding]":
        """Its keys now, one binding each."""
        for key in self.present_keys:
            first = self.before_editor and not table.in_words(key)
            yield Binding(key, f"command('{self.id}')", self.name, show=False, id=self.id, priority=first)
