"""The ground of all acts: stamps, requests, drafting, and the JSON in which an act is kept."""

import dataclasses
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self, get_type_hints

from draftwg.acts.content import text_from_json, text_to_json
from draftwg.errors import BadInput, Damaged, OutOfOrder
from draftwg.hygiene import clean_line, clean_text, shorten
from draftwg.model.delegation import SECRETARIAT, Category, Delegation, is_name
from draftwg.model.state import State
from draftwg.model.text import Text

if TYPE_CHECKING:
    from draftwg.acts.log import Log


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is handed in from outside: the act's permanent id, its place in the record's order, and its time (ISO
    8601).
    """

    id: str
    clock: int
    at: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a request: how people write the act. `form` is "line", "words", "names", "texts", "number" or
    "flag".
    """

    name: str
    form: str
    about: str
    required: bool = False


class Request:
    """What was asked, as a mapping of fields; every getter checks the form and cleans the text."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def has(self, name: str) -> bool:
        """Whether the field was given at all."""
        return self._values.get(name) is not None

    def line(self, name: str, default: str | None = None) -> str:
        """A name, label or symbol: one clean line. Without a default the field is required."""
        value = self._value(name, default)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)  # "unit": 8 is as good as "unit": "8"
        if not isinstance(value, str):
            raise BadInput(f"“{name}” must be a string.")
        line = clean_line(value)
        if not line and default is None:
            raise BadInput(f"“{name}” is empty.")
        if len(line) > 1_000:
            raise BadInput(f"“{name}” is longer than 1,000 characters.")
        return line

    def words(self, name: str, default: str | None = None) -> str:
        """Words of a text: clean, one paragraph a line, no blanks at the ends."""
        value = self._value(name, default)
        if not isinstance(value, str):
            raise BadInput(f"“{name}” must be a string.")
        if len(value) > 100_000:
            raise BadInput(f"“{name}” is longer than 100,000 characters.", "Split it into units.")
        return clean_text(value)

    def names(self, name: str) -> tuple[str, ...]:
        """A list of names; a single string is a list of one; no list is an empty one."""
        value = self._values.get(name)
        if value is None:
            return ()
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            raise BadInput(f"“{name}” must be a list of strings.")
        if len(value) > 300:
            raise BadInput(f"“{name}” has more than 300 entries.")
        return tuple(item for item in (clean_line(item)[:1_000] for item in value) if item)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of words, each the words of a unit."""
        value = self._values.get(name)
        if value is None:
            return ()
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            raise BadInput(f"“{name}” must be a list of strings.")
        if len(value) > 50:
            raise BadInput(f"“{name}” has {len(value)} entries.", "It may have 50 at most.")
        return tuple(Request({"words": item}).words("words") for item in value)

    def rows(self, name: str, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """A list of objects, each with these columns, as clean words."""
        value = self._values.get(name)
        if value is None:
            return ()
        if not isinstance(value, list | tuple) or not all(isinstance(item, Mapping) for item in value):
            raise BadInput(f"“{name}” must be a list of objects with {', '.join(columns)}.")
        return tuple(tuple(Request(item).words(column) for column in columns) for item in value[:1_000])

    def number(self, name: str, default: int | None = None) -> int | None:
        """A whole number from 1 to 9,999, or the default where the field is missing."""
        value = self._values.get(name)
        if value is None:
            return default
        if isinstance(value, str) and value.strip().isdecimal() and len(value) < 6:
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 10_000:
            raise BadInput(f"“{name}” must be a whole number from 1 to 9,999.")
        return value

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        value = self._values.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise BadInput(f"“{name}” must be true or false.")
        return value

    def content(self) -> Text | None:
        """The structured text that an import carries."""
        value = self._values.get("content")
        if value is None or isinstance(value, Text):
            return value
        return text_from_json(value)

    def _value(self, name: str, default: str | None) -> object:
        value = self._values.get(name)
        if value is None:
            if default is None:
                raise BadInput(f"“{name}” is missing.")
            return default
        return value


class Drafting:
    """What an act needs while it is drafted: the record so far, a way to stamp, and the names of the world.

    `known` finds a delegation that the roster lacks in a directory of States; `strict` refuses delegations outside
    the roster. Acts that have to come first (a delegation's admission) gather in `first`, remarks for the person in
    `warnings`.
    """

    def __init__(
        self, log: "Log", stamp: Callable[[], Stamp], known: Callable[[str], Delegation | None], *, strict: bool = False
    ) -> None:
        self.log = log
        self.state = log.state
        self.stamp = stamp
        self.known = known
        self.strict = strict
        self.first: list[Act] = []
        self.warnings: list[str] = []

    def delegation(self, name: str, category: Category = Category.UNSPECIFIED) -> Delegation:
        """The delegation that is called so; one that the roster lacks is admitted with a warning, or refused if
        strict: of this category where no list of States has it. BadInput where nobody can be called so.
        """
        found = self.state.find_delegation(name)
        if found is not None:
            return found
        checked_name(name)
        directory = self.known(name)
        new = directory or Delegation(name, category)
        if self.strict:
            raise OutOfOrder(
                f"{new.name} is not in the roster.",
                "Admit it first, or leave out --strict-roster.",
                rule="Only delegations to the meeting take part.",
            )
        from draftwg.acts.meeting import Admit  # meeting.py builds on this module

        admit = Admit.of(new, self.stamp(), by_the_way=True)
        self.first.append(admit)
        self.state = admit.apply(self.state)
        note = "" if directory else ", a name that no list of States has"
        self.warnings.append(f"{new.name} was not in the roster and has been added{note}.")
        return new

    def delegations(self, names: Iterable[str]) -> tuple[str, ...]:
        """The roster's names for these delegations, each once, in the order given."""
        return tuple(dict.fromkeys(self.delegation(name).name for name in names))


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that happened in the meeting. It never changes; a later act may undo it."""

    NAME: ClassVar[str]
    FIELDS: ClassVar[tuple[Field, ...]]
    ADDS: ClassVar[bool] = False
    """Whether all that it does is to add an amendment (`State.with_amendment`), or to raise before."""

    stamp: Stamp

    @property
    def id(self) -> str:
        """Its permanent id."""
        return self.stamp.id

    @property
    def clock(self) -> int:
        """Its place in the record's order: one more than the greatest that its author had seen."""
        return self.stamp.clock

    @property
    def at(self) -> str:
        """When it happened (ISO 8601, with the offset to UTC)."""
        return self.stamp.at

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The act that this request asks for, on the state as it is. BadInput or OutOfOrder if it cannot be."""
        raise NotImplementedError

    def apply(self, state: State) -> State:
        """The state after this act. OutOfOrder if the act contradicts the state."""
        raise NotImplementedError

    def repeats(self, state: State) -> str | None:
        """Whether what it does is so already, because another machine recorded the same: the id of that act ("" where
        that is not known); None where it is not so.
        """
        return None

    def subject(self, before: State) -> str:
        """The act in plain words, as minutes would tell it, for a reader of `git log`."""
        raise NotImplementedError

    def body(self, before: State) -> str:
        """What the subject leaves out, in full."""
        return ""

    def trailers(self, before: State) -> dict[str, str]:
        """What a program wants to know of it, beside the act's name, id and time."""
        return {}

    @property
    def stands(self) -> bool:
        """Whether it stands for good, so that undo passes over it."""
        return False

    @property
    def author(self) -> str:
        """Whose act it is: a delegation, or the Secretariat."""
        return SECRETARIAT


def checked_name(name: str) -> str:
    """The name of a delegation. BadInput where nothing in it is a letter or a digit that can be seen."""
    if not is_name(name):
        raise BadInput(f"“{shorten(name, 40)}” is no name of a delegation.", "A name has letters or digits.")
    return name


def quoted(words: str, width: int = 48) -> str:
    """Words of a text inside a sentence of ours: in curly marks, shortened."""
    return f"“{shorten(words, width)}”"


def encode(act: Act) -> dict[str, Any]:
    """The act as JSON: its name and every field that is not empty."""
    values: dict[str, Any] = {"act": act.NAME, "id": act.id, "clock": act.clock, "at": act.at}
    for field in dataclasses.fields(act):
        if field.name == "stamp":
            continue
        value = getattr(act, field.name)
        if isinstance(value, Text):
            values[field.name] = text_to_json(value)
        elif value is False or value == 0 or value or field.default is dataclasses.MISSING:
            values[field.name] = list(value) if isinstance(value, tuple) else value
    return values


def decode(values: object, kinds: Mapping[str, type[Act]]) -> Act:
    """The act that `values` (decoded JSON) tells. Damaged, naming the field, where it tells none."""
    if not isinstance(values, dict):
        raise Damaged("It holds no JSON object.")
    kind = kinds.get(str(values.get("act")))
    if kind is None:
        raise Damaged(f"It tells an act “{str(values.get('act'))[:40]}” that this version does not know.")
    forms = _forms(kind)
    arguments: dict[str, Any] = {}
    for name, value in values.items():
        if name == "act":
            continue
        form = forms.get(name)
        if form is None:
            raise Damaged(f"It has a field “{str(name)[:40]}” that this version does not know.")
        arguments[name] = _read(form, name, value)
    try:
        stamp = Stamp(**{name: arguments.pop(name) for name in _STAMP})
        act = kind(stamp=stamp, **arguments)
    except (KeyError, TypeError):
        raise Damaged(f"A field of the act “{kind.NAME}” is missing.") from None
    if not act.id.isalnum() or not act.id.isascii() or not 4 <= len(act.id) <= 40 or act.clock < 1:
        raise Damaged("Its id or its clock is none.")
    return act


_STAMP: dict[str, object] = {"id": str, "clock": int, "at": str}
_FORMS: dict[type[Act], dict[str, object]] = {}


def _forms(kind: type[Act]) -> dict[str, object]:
    forms = _FORMS.get(kind)
    if forms is None:
        hints = get_type_hints(kind)
        own = {field.name: hints[field.name] for field in dataclasses.fields(kind) if field.name != "stamp"}
        forms = _FORMS[kind] = {**_STAMP, **own}
    return forms


def _read(form: object, name: str, value: Any) -> Any:
    """One field of a stored act in the form that its class states."""
    if form is str and isinstance(value, str):
        return value
    if form is int and type(value) is int:
        return value
    if form is bool and isinstance(value, bool):
        return value
    if form is Text:
        try:
            return text_from_json(value)
        except BadInput as error:
            raise Damaged(error.message) from None
    if isinstance(form, types.UnionType) and (value is None or type(value) is int):
        return value
    if isinstance(form, types.GenericAlias) and isinstance(value, list) and all(isinstance(x, str) for x in value):
        return tuple(value)
    raise Damaged(f"Its field “{name}” has the wrong form.")


def checked_time(value: str) -> str:
    """A time in ISO 8601 with its offset to UTC, to the second. BadInput where it is none."""
    try:
        time = datetime.fromisoformat(value)
    except (ValueError, OverflowError):
        raise BadInput(f"“{value[:40]}” is no time.", "Write it like 2018-05-02T10:15:00+02:00.") from None
    if time.tzinfo is None:
        raise BadInput(f"“{value[:40]}” has no offset to UTC.", "Write it like 2018-05-02T10:15:00+02:00.")
    offset = time.utcoffset() or timedelta()
    if offset % timedelta(minutes=1) or abs(offset) > timedelta(hours=14):
        raise BadInput(f"“{value[:40]}” has an offset that no place has.", "It is in minutes, of 14 hours at most.")
    if not 1971 <= time.year <= 2999:
        raise BadInput(f"“{value[:40]}” is out of range.", "The year must be from 1971 to 2999.")
    return time.isoformat(timespec="seconds")
