"""What a file asks for that is tabled already: the same amendment, several that it shows together, or the brackets in
which a paper of ours shows everything that is pending on a unit.
"""

from collections.abc import Callable, Iterable, Mapping

from draftwg.acts.bracketing import unit_bracketed, verdict_on
from draftwg.formats.receiving.pieces import Wish
from draftwg.hygiene import clean_text
from draftwg.model.amendment import Amendment, Kind
from draftwg.model.delegation import SECRETARIAT, name_key
from draftwg.model.state import State
from draftwg.model.text import Text, Unit
from draftwg.redline import choose, combine, parse
from draftwg.redline.notation import CONSEQUENCE, NotationError

Result = Callable[[Mapping[str, object], str], str]
"""What the words of a unit become by a request."""


def twins(state: State, text: Text, request: Mapping[str, object], result: Result) -> tuple[Amendment, ...]:
    """The amendments of the same delegation that ask for what this request asks for, none ended; empty for none.

    They are several where the words of a unit read as all that the delegation proposes on it together.
    """
    by = _key(state, str(request["by"]))
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


def shown(state: State, unit: Unit, wish: Wish) -> tuple[Amendment, ...]:
    """The pending amendments that these words show, where they are those of the unit in brackets as it stands now: as a
    whole, or as the one who is named in the brackets wants them; empty where somebody wants something else."""
    if wish.kind == "none" and not wish.new:  # in the words of a table: "to split it into 2"
        return _first(
            one for one in state.pending_on(unit.id) if one.said == wish.old and _names(state, one, wish.author)
        )
    pending = [one for one in state.pending_on(unit.id) if one.words_only]
    if not pending or not wish.new:
        return ()
    forms = [clean_text(unit_bracketed(state, unit, named=named).text) for named in (True, False)]
    if wish.new in forms or (wish.whole in forms and wish.author in ("", SECRETARIAT)):
        return tuple(pending)
    if not wish.author:
        return ()
    if wish.old == unit.text:  # as a table shows them, one by one: sub-amendments and consequences, too
        by = _key(state, wish.author)
        same = _first(one for one in pending if by in map(name_key, one.names) and _reads(state, one) == wish.new)
        if same:
            return same
    whole = clean_text(unit_bracketed(state, unit).text)
    if "[" not in whole:
        return ()
    own = [one for one in pending if _names(state, one, wish.author)]
    names = [name for one in state.delegations.values() for name in one.names]
    try:
        pieces = parse(whole, names)
        views = {choose(pieces, f"{lead}{wish.author}").strip() for lead in ("", CONSEQUENCE)}
        return tuple(own) if wish.new in views and choose(pieces, None) == wish.old else ()
    except (NotationError, RecursionError):
        return ()


def _key(state: State, name: str) -> str:
    """The name of the delegation that is called so, as names are compared; where there is none, that of `name`."""
    found = state.find_delegation(name)
    return name_key(found.name if found is not None else name)


def _reads(state: State, one: Amendment) -> str:
    """The words of the unit as the amendment would have them."""
    words = one.proposed
    if not one.parent or one.consequential:
        found = verdict_on(state, one).text
        words = words if found is None else found
    return clean_text(words)


def _names(state: State, one: Amendment, author: str) -> bool:
    """Whether the amendment, or the one that it follows from, is of the delegation that is called so."""
    found = state.find_delegation(author)
    of = state.amendments.get(one.parent, one) if one.consequential else one
    return found is not None and name_key(found.name) in map(name_key, of.names)


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
