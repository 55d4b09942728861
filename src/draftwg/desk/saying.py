"""Changes as they are said ("say"), brought onto the words that they mean: one request for each unit."""

from collections.abc import Mapping
from typing import Any

from draftwg.acts.wording import Instruction, binding_changes
from draftwg.errors import BadInput
from draftwg.formats.instruction import Does, Spoken, applied, parse, places, told
from draftwg.hygiene import clean_line, clean_text
from draftwg.model.delegation import the
from draftwg.model.labels import normal_label
from draftwg.model.state import State
from draftwg.model.text import Text, Unit
from draftwg.redline.finding import occurrences

__all__ = ["Does", "Spoken", "applied", "explained", "parse", "places", "remarks", "told", "words_of"]
_FIELD = Instruction.SAY.name
_WAYS = ("replace", "with", "after", "before", "insert", "delete", "text", "kind")
_UNITS = ("propose", "request_reopening", "edit")  # acts on a unit, which the words may name


def explained(state: State, request: Mapping[str, object]) -> list[dict[str, object]]:
    """The requests that this one means: itself, or what it says in words, a request for each unit that is named.

    BadInput, in one line, where the words are not understood, or what they would change is not in the text.
    """
    said = request.get(_FIELD)
    if said is None:
        return [dict(request)]
    if not isinstance(said, str):
        raise BadInput(f"“{_FIELD}” must be a string.")
    twice = next((way for way in _WAYS if request.get(way) is not None), None)
    if twice is not None:
        raise BadInput(f"The change is said twice, by “{_FIELD}” and “{twice}”.", "Say it once.")
    plain = {name: value for name, value in request.items() if name != _FIELD}
    text = state.text(clean_line(str(request.get("in") or "")))
    spoken = parse(clean_text(said), noun=text.noun, words=lambda label: words_of(state, plain, label))
    on: dict[str, list[Spoken]] = {}
    for one in spoken:
        key = f"{one.unit}\n{one.new}" if one.does is Does.NEW_UNIT else one.unit
        on.setdefault(key, []).append(one)
    return [{**plain, **_fields(state, plain, changes)} for changes in on.values()]


def words_of(state: State, request: Mapping[str, object], label: str = "") -> str:
    """The words that a request is about: those of the unit of this label, of the unit that it names, or of the
    amendment that it amends or revises; "" where there are none."""
    number = request.get("amends") or (request.get("amendment") if request.get("act") == "revise" else None)
    try:
        if number:
            return state.find_amendment(str(number)).proposed
        label = label or str(request.get("unit") or "")
        return state.find_unit(label, str(request.get("in") or ""))[1].text if label else ""
    except BadInput:
        return ""


def _fields(state: State, request: Mapping[str, object], changes: list[Spoken]) -> dict[str, Any]:
    """The fields that say these changes of one unit (or amendment)."""
    first = changes[0]
    about = _about(state, request, first.unit)
    if first.does is Does.NEW_UNIT:
        return {"kind": "new", "after": about.pop("unit", None) or request.get("unit"), "unit": None, "text": first.new}
    words = words_of(state, request, first.unit)
    if not words:
        if not about and not request.get("unit"):
            raise BadInput("“unit” is missing.", "Say it with its unit: In 7, replace should by shall.")
        state.find_unit(first.unit or str(request.get("unit")), str(request.get("in") or ""))  # says what there is
    if len(changes) == 1:
        fields = _simple(first, words)
        if fields:
            return {**about, **fields}
    if any(one.does in (Does.DELETE_UNIT, Does.NEW_UNIT) for one in changes):
        raise BadInput("The whole unit and words in it are said in one breath.", "Say one after the other.")
    try:
        for one in changes:
            words = applied(one, words)
    except ValueError as error:
        raise BadInput(f"{error}.") from None
    return {**about, "text": words}


def _about(state: State, request: Mapping[str, object], label: str) -> dict[str, Any]:
    """The unit that the words name, where the request does not; BadInput where it names another one."""
    if not label or request.get("amends") or request.get("act") not in _UNITS:
        return {}
    own = request.get("unit")
    if own is not None and normal_label(clean_line(str(own))) != label:
        raise BadInput(f"The words are on {label}, not on {clean_line(str(own))[:40]}.", "Say one of the two.")
    return {"unit": label}


def _simple(spoken: Spoken, words: str) -> dict[str, Any]:
    """The change as it was said, where its words stand in the text once and as they were said; empty where not."""
    if spoken.does is Does.WHOLE:
        return {"text": spoken.new}
    if spoken.does is Does.DELETE_UNIT:
        return {"kind": "delete"}
    if not spoken.old or spoken.which > 1 or len(occurrences(words, spoken.old)) != 1:
        return {}
    match spoken.does:
        case Does.REPLACE:
            return {"replace": spoken.old, "with": spoken.new}
        case Does.DELETE:
            return {"delete": spoken.old}
        case Does.AFTER:
            return {"after": spoken.old, "insert": spoken.new}
        case Does.BEFORE:
            return {"before": spoken.old, "insert": spoken.new}
    return {}


def remarks(state: State, text: Text, unit: Unit | None, by: str, old: str, new: str) -> list[str]:
    """What a person should know before a proposal of `by` on `unit` (None = a new one) is recorded: that the unit is
    agreed, that an observer only suggests, which binding words change."""
    from draftwg.acts.standing import is_observer

    known = state.find_delegation(by)
    observer = known is not None and is_observer(known)
    listed = []
    if observer:
        listed.append(f"{the(by, start=True)} is an observer: a suggestion until a party takes it up.")
    if unit is not None and state.status(unit).agreed and not observer:
        listed.append(f"{text.noun.capitalize()} {unit.label} is {state.status(unit)}: this asks for its reopening.")
    return [*listed, *binding_changes(old, new)]
