"""What a delegation asks for that it has tabled already: the same amendment, or several that a file shows together."""

from collections.abc import Callable, Iterable, Mapping

from draftwg.acts.bracketing import verdict_on
from draftwg.model.amendment import Amendment, Kind
from draftwg.model.delegation import name_key
from draftwg.model.state import State
from draftwg.model.text import Text, Unit
from draftwg.redline import combine

Result = Callable[[Mapping[str, object], str], str]
"""What the words of a unit become by a request."""


def twins(state: State, text: Text, request: Mapping[str, object], result: Result) -> tuple[Amendment, ...]:
    """The amendments of the same delegation that ask for what this request asks for, none ended; empty for none.

    They are several where the words of a unit read as all that the delegation proposes on it together.
    """
    found = state.find_delegation(str(request["by"]))
    by = name_key(found.name if found is not None else str(request["by"]))
    own = [
        one
        for one in state.amendments.values()
        if one.text == text.name and not one.state.ended and by in map(name_key, one.names)
    ]
    kind = request.get("kind")
    unit = text.labelled(str(request.get("unit") or ""))
    words = str(request.get("text") or "")
    if kind == "new":
        return _first(one for one in own if one.kind in (Kind.NEW_UNIT, Kind.ALTERNATIVE) and one.proposed == words)
    if kind == "heading":
        same = (one for one in own if one.kind is Kind.HEADING and one.section == request.get("section"))
        return _first(one for one in same if one.proposed == words)
    if unit is None:
        return ()
    own = [one for one in own if one.unit == unit.id and not one.parent]
    if kind == "delete":
        return _first(one for one in own if one.kind is Kind.DELETE_UNIT)
    if kind == "move":
        behind = text.labelled(str(request.get("after") or ""))
        return _first(one for one in own if one.kind is Kind.MOVE and behind is not None and one.after == behind.id)
    if kind is not None:
        return ()
    wanted = result(request, unit.text)
    same = (one for one in own if one.words_only and one.proposed == wanted)
    return _first(same) or _together(state, unit, [one for one in own if one.words_only], wanted)


def _first(found: Iterable[Amendment]) -> tuple[Amendment, ...]:
    return tuple(found)[:1]


def _together(state: State, unit: Unit, own: list[Amendment], wanted: str) -> tuple[Amendment, ...]:
    """All amendments of words of one delegation on a unit, if it reads as wanted with as many as go together."""
    taken: dict[str, str] = {}
    for one in own:
        alone = verdict_on(state, one).text if one.kind is not Kind.DELETE_UNIT else None
        if alone is not None and combine(unit.text, {**taken, one.number: alone}).text is not None:
            taken[one.number] = alone
    if not wanted or len(taken) < 2 or combine(unit.text, taken).text != wanted:
        return ()
    return tuple(one for one in own if one.number in taken)
