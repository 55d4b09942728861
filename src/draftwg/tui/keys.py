"""Which keys do what: those that the commands bring, and those that a person has set in a file.

The file is `draftwg/keys.toml` in the folder for settings ($XDG_CONFIG_HOME, else ~/.config). It names commands by
their ids: `accept = "ctrl+y"`, or a list of keys, or an empty one for none. What is wrong in it is told in one line
each, and the rest of it works. Whoever shows a key asks here, so that the foot, the help, the palette and every
sentence show those that are set.
"""

import os
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from draftwg.errors import BadInput
from draftwg.hygiene import one_line

_SHOWN = {
    "plus": "+", "minus": "-", "question_mark": "?", "slash": "/", "left_square_bracket": "[",
    "right_square_bracket": "]", "equals_sign": "=", "full_stop": ".", "comma": ",", "number_sign": "#", "at": "@",
    "asterisk": "*", "exclamation_mark": "!", "percent_sign": "%", "quotation_mark": '"', "apostrophe": "'",
    "semicolon": ";", "colon": ":", "ampersand": "&", "dollar_sign": "$", "circumflex_accent": "^",
    "underscore": "_", "tilde": "~", "grave_accent": "`", "vertical_line": "|", "backslash": "\\",
    "left_parenthesis": "(", "right_parenthesis": ")", "left_curly_bracket": "{", "right_curly_bracket": "}",
    "less_than_sign": "<", "greater_than_sign": ">", "escape": "Esc", "enter": "Enter", "tab": "Tab",
    "space": "Space", "backspace": "Backspace", "delete": "Delete", "insert": "Insert", "up": "↑", "down": "↓",
    "left": "←", "right": "→", "pageup": "PageUp", "pagedown": "PageDown", "home": "Home", "end": "End",
}  # fmt: skip
_WRITTEN = {
    **{shown.casefold(): key for key, shown in _SHOWN.items()}, "hyphen_minus": "minus", "plus_sign": "plus",
    "solidus": "slash", "commercial_at": "at", "low_line": "underscore", "reverse_solidus": "backslash",
    "del": "delete", "ins": "insert", "return": "enter", "page_up": "pageup", "page_down": "pagedown",
}  # fmt: skip
_MODIFIERS = {"ctrl": "ctrl", "control": "ctrl", "alt": "alt", "meta": "alt", "option": "alt", "shift": "shift"}
_NAMED = frozenset(_SHOWN)
_TAKEN = {
    **{str(digit): "digits go to the unit with that label" for digit in range(10)},
    **dict.fromkeys(
        ("up", "down", "j", "k", "pageup", "pagedown", "home", "end", "enter"), "it moves in the list that has the keys"
    ),
    "ctrl+q": "it always leaves the console",
    "ctrl+p": "it opens the palette",
    "ctrl+l": "it draws the screen anew",
    "ctrl+c": "it copies",
}
_SAME = {
    "ctrl+i": "Tab", "ctrl+m": "Enter", "ctrl+left_square_bracket": "Esc", "ctrl+h": "Backspace",
}  # fmt: skip
EDITOR_KEYS = frozenset(
    [
        "up",
        "down",
        "left",
        "right",
        "ctrl+left",
        "ctrl+right",
        "alt+b",
        "alt+f",
        "home",
        "ctrl+a",
        "ctrl+f",
        "end",
        "ctrl+e",
        "pageup",
        "pagedown",
        "ctrl+pageup",
        "ctrl+pagedown",
        "ctrl+home",
        "ctrl+end",
        "ctrl+shift+left",
        "ctrl+shift+right",
        "shift+home",
        "shift+end",
        "shift+up",
        "shift+down",
        "shift+left",
        "shift+right",
        "ctrl+shift+home",
        "ctrl+shift+end",
        "f6",
        "f7",
        "backspace",
        "ctrl+w",
        "ctrl+backspace",
        "alt+backspace",
        "delete",
        "ctrl+d",
        "alt+delete",
        "ctrl+delete",
        "alt+d",
        "ctrl+x",
        "super+x",
        "ctrl+c",
        "super+c",
        "ctrl+v",
        "ctrl+u",
        "super+backspace",
        "ctrl+k",
        "ctrl+shift+k",
        "ctrl+z",
        "super+z",
        "ctrl+y",
        "super+y",
        "enter",
        "tab",
        "shift+tab",
    ]
)
"""Keys that the field for words keeps to itself."""
_IN_EDITOR = ("save", "back", "partner")  # without a key of their own there, one could not leave the words
_LONGEST = 64_000  # characters of a file of keys

_brought: dict[str, tuple[str, ...]] = {}
_set: dict[str, tuple[str, ...]] = {}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one line of the file: the id of the command that it is about ("" = the file), and one line
    that says what holds instead."""

    command: str
    told: str


def bring(id: str, keys: str) -> None:
    """A command with this id exists, and brings these keys, with commas between them."""
    _brought[id] = tuple(keys.split(",")) if keys else ()


def keys_of(id: str) -> tuple[str, ...]:
    """The keys of this command now, as the terminal's library names them; () for none."""
    return _set[id] if id in _set else _brought.get(id, ())


def key(id: str) -> str:
    """The first key of this command as people write it; that of the palette where it has none."""
    return next(map(shown, keys_of(id)), "Ctrl+P")


def changed() -> Mapping[str, tuple[str, ...]]:
    """The commands (their ids) whose keys are not those that they bring, with their keys."""
    return _set


def in_words(key: str) -> bool:
    """Whether the key is a letter or a sign where words are typed."""
    return key == "space" or (len(shown(key)) == 1 and key not in ("up", "down", "left", "right"))


@lru_cache(maxsize=512)
def shown(key: str) -> str:
    """A key as people write it: "ctrl+s" is "Ctrl+S", "plus" is "+"."""
    *modifiers, last = key.split("+")
    last = _SHOWN.get(last) or (last.upper() if modifiers or (last[:1] == "f" and last[1:].isdigit()) else last)
    return "+".join([*(part.capitalize() for part in modifiers), last])


def named(written: str) -> str:
    """The name of a key that a person wrote, as the terminal's library has it: "Ctrl+Y", "?", "Alt+Up", "F5".

    BadInput where there is no such key, or where a terminal cannot tell it from another.
    """
    given = written.strip()
    if not given:
        raise BadInput("“” is no key.")
    plus = given == "+" or given.endswith("++")
    parts = [*given[:-1].split("+")[:-1], "+"] if plus else given.split("+")
    *before, last = parts
    modifiers = {_MODIFIERS.get(part.strip().casefold(), "") for part in before}
    name = _base(last.strip(), bool(modifiers - {"shift"}))
    if "" in modifiers or not name:
        raise BadInput(f"“{one_line(given)[:30]}” is no key.", "Such are: y, Y, ?, ctrl+y, alt+up, f5.")
    if "shift" in modifiers and len(name) == 1 and "ctrl" not in modifiers:
        name = name.upper()
        modifiers.discard("shift")
    key = "+".join([*(one for one in ("alt", "ctrl", "shift") if one in modifiers), name])
    if key in _SAME:
        raise BadInput(f"A terminal sends {shown(key)} as {_SAME[key]}.", "Choose another key.")
    if "ctrl" in modifiers and name.isdigit():
        raise BadInput(f"Terminals do not send {shown(key)}.", "Choose another key.")
    return key


def _base(last: str, modified: bool) -> str:
    """The name of a key without its modifiers; "" where there is none."""
    low = last.casefold()
    if low in _WRITTEN:
        return _WRITTEN[low]
    if low in _NAMED or (low[:1] == "f" and low[1:].isdigit() and 1 <= int(low[1:]) <= 24):
        return low
    if len(last) == 1 and last.isprintable() and unicodedata.category(last)[0] != "M":
        if last.isalnum():
            return low if modified else last
        name = unicodedata.name(last, "").lower().replace("-", "_").replace(" ", "_")
        return _WRITTEN.get(name, name)
    return ""


def path() -> Path:
    """Where the file of keys is, or would be."""
    base = os.environ.get("XDG_CONFIG_HOME", "")
    folder = Path(base) if os.path.isabs(base) else Path("~/.config").expanduser()  # noqa: PTH117 - of a string
    return folder / "draftwg" / "keys.toml"


def load() -> tuple[Problem, ...]:
    """Take the keys from the file, for this process; what is wrong in it. Without a file all are as brought."""
    _set.clear()
    try:
        with path().open("rb") as file:
            data = file.read(_LONGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except (OSError, RuntimeError) as error:
        return (Problem("", f"{path()} cannot be read ({getattr(error, 'strerror', None) or error})."),)
    table, wrong = _table(data)
    if wrong:
        return (Problem("", f"{path()}: {wrong} The usual keys hold."),)
    wanted, problems = _wanted(table)
    problems += _resolve(wanted)
    return tuple(problems)


def unload() -> None:
    """All keys as brought."""
    _set.clear()


def _table(data: bytes) -> tuple[Mapping[str, object], str]:
    """What the file says, or why it cannot be read."""
    if len(data) > _LONGEST:
        return {}, "it is too long for a file of keys."
    import tomllib  # only where there is a file

    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return {}, "it is not UTF-8."
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return {}, one_line(f"{error}.")
    inner = table.get("keys")  # a heading [keys] does no harm
    if isinstance(inner, dict):
        table = {**{id: value for id, value in table.items() if id != "keys"}, **inner}
    return table, ""


def _wanted(table: Mapping[str, object]) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """The keys that the file sets, each command's own line judged for itself."""
    wanted: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for id, value in table.items():
        if id not in _brought:
            near = _nearest(id)
            hint = f"did you mean {near}?" if near else "draftwg keys lists them."
            problems.append(Problem(id, f"There is no command “{one_line(id)[:30]}”: {hint}"))
            continue
        given = value if isinstance(value, list) else [value]
        written = [one for one in given if isinstance(one, str)]
        if len(written) < len(given):
            problems.append(Problem(id, f"{id}: write its key in quotes, or a list of keys."))
            continue
        keys = []
        for one in written:
            if one == "" and not isinstance(value, list):
                continue  # none
            try:
                name = named(one)
            except BadInput as error:
                problems.append(Problem(id, f"{id}: {error}"))
                continue
            if name in _TAKEN and name not in _brought[id]:
                problems.append(Problem(id, f"{id}: {shown(name)} is not free, {_TAKEN[name]}."))
                continue
            keys.append(name)
        if not keys and written not in ([], [""]):
            continue  # as it was
        if id in _IN_EDITOR and not any(not in_words(one) and one not in EDITOR_KEYS for one in keys):
            told = "is pressed while words are typed: give it a key that the editor does not use, such as f9."
            problems.append(Problem(id, f"{id} {told}"))
            continue
        wanted[id] = tuple(dict.fromkeys(keys))
    return wanted, problems


def _resolve(wanted: Mapping[str, tuple[str, ...]]) -> list[Problem]:
    """Set the keys that are wanted; a key goes to the first line that wants it, and to what it was brought with only
    where no line does."""
    problems: list[Problem] = []
    owner: dict[str, str] = {}
    for id, keys in wanted.items():
        own = []
        for key in keys:
            if key in owner:
                problems.append(Problem(id, f"{id}: {shown(key)} is that of {owner[key]} already."))
                continue
            owner[key] = id
            own.append(key)
        if own or not keys:
            _set[id] = tuple(own)
    for id, keys in _brought.items():
        if id in _set:
            continue
        left = tuple(key for key in keys if key not in owner)
        if left == keys:
            continue
        lost = next(key for key in keys if key in owner)
        if id in _IN_EDITOR and not any(not in_words(one) and one not in EDITOR_KEYS for one in left):
            thief = owner[lost]
            rest = tuple(key for key in _set[thief] if key != lost)
            if rest:
                _set[thief] = rest
            else:
                del _set[thief]
            problems.append(Problem(thief, f"{thief}: {shown(lost)} is needed for {id} while words are typed."))
            continue
        _set[id] = left
        if not left:
            told = f"{shown(lost)} is now that of {owner[lost]}; {id} has no key until you give it one."
            problems.append(Problem(id, told))
    return problems


def _nearest(id: str) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(id.casefold().replace("-", "_"), list(_brought), 1)), "")


def summary(problems: Iterable[Problem]) -> str:
    """One line for the status: the first problem, and how many more there are; "" where all is well."""
    told = [problem.told for problem in problems]
    if len(told) > 1:
        return f"Keys: {told[0]} (and {len(told) - 1} more) draftwg keys --check tells all."
    return f"Keys: {told[0]}" if told else ""
