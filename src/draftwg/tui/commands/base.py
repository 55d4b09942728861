"""The ground of all commands."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from draftwg.tui.situation import Pane, Situation

if TYPE_CHECKING:
    from draftwg.tui.screens.reading import ReadingScreen

_SHOWN = {
    "plus": "+",
    "minus": "-",
    "question_mark": "?",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "equals_sign": "=",
    "full_stop": ".",
    "comma": ",",
    "number_sign": "#",
    "at": "@",
    "asterisk": "*",
    "quotation_mark": '"',
    "semicolon": ";",
    "colon": ":",
    "apostrophe": "'",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
}


class Command:
    """Something that can be done at the console. Its docstring is its help; key, palette and help screen all come
    from it.

    `id` is stable, so that keys can be set by it; `keys` are separated by commas, the first is the one shown; `name`
    is short (it stands in the foot); `group` is the heading in the help.
    """

    id: ClassVar[str]
    keys: ClassVar[str]
    name: ClassVar[str]
    group: ClassVar[str]
    while_editing: ClassVar[bool] = False

    def impossible(self, now: Situation) -> str:
        """Why it cannot be done now, as one line; "" where it can."""
        if now.pane is Pane.EDITOR and not self.while_editing:
            return "Save the words with Ctrl+S or leave them with Esc first."
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
    def key(self) -> str:
        """Its first key, as people write it."""
        return shown_key(self.keys.split(",")[0])

    def key_in(self, pane: Pane) -> str:
        """The key to show in this pane: in the editor, where letters are words, the first that is none."""
        keys = self.keys.split(",")
        if pane is Pane.EDITOR:
            keys = [key for key in keys if len(key) > 1 and not key.endswith("mark")] or keys
        return shown_key(keys[0])

    @property
    def all_keys(self) -> str:
        """All its keys, as people write them."""
        return " ".join(shown_key(key) for key in self.keys.split(","))

    @property
    def help(self) -> str:
        """What it does, in a sentence or two."""
        return " ".join((self.__doc__ or "").split())

    def binding(self) -> Binding:
        """Its keys, for the screen."""
        return Binding(self.keys, f"command('{self.id}')", self.name, show=False, id=self.id)


def shown_key(key: str) -> str:
    """A key as people write it: "ctrl+s" is "Ctrl+S", "plus" is "+"."""
    if key in _SHOWN:
        return _SHOWN[key]
    modifiers, _, last = key.rpartition("+")
    if not modifiers:
        return last.upper() if last.startswith("f") and last[1:].isdigit() else last
    return "+".join([*(part.capitalize() for part in modifiers.split("+")), last.upper() if len(last) == 1 else last])
