"""What is contested, and what it contradicts. Pure functions of the log."""

from dataclasses import dataclass

from draftwg.acts.base import Act
from draftwg.acts.log import Log, in_words
from draftwg.acts.settle import Settle
from draftwg.errors import BadInput, DraftwgError, OutOfOrder
from draftwg.model.delegation import name_key
from draftwg.model.labels import normal_label
from draftwg.model.state import State
from draftwg.model.text import Text

__all__ = ["Dispute", "against", "concerns", "dispute", "disputes", "find_contested", "in_words"]

_CANDIDATES = 12  # the newest acts on the same things; one of them is in the way
_SETTLES = "The Chair settles contested decisions."


@dataclass(frozen=True, slots=True)
class Dispute:
    """A contested act: its id, the act in words, when, why it has no effect, and the acts in its way, in words. `unit`
    is the id of the unit that it is about, `amendment` that of the amendment, "" where it is about none.
    """

    id: str
    act: str
    at: str
    reason: str
    against: tuple[tuple[str, str], ...]
    unit: str = ""
    amendment: str = ""

    @property
    def short(self) -> str:
        """As much of the id as people type."""
        return self.id[:6]


def disputes(log: Log) -> tuple[Dispute, ...]:
    """Everything that is contested, in the order of the record."""
    log.look_before(one.act for one in log.state.contested if ("dispute", one.act) not in log.found)
    for contested in log.state.contested:
        key = ("dispute", contested.act)
        if key not in log.found:
            log.found[key] = dispute(log, contested.act, contested.reason)
    return tuple(log.found["dispute", contested.act] for contested in log.state.contested)


def dispute(log: Log, id: str, reason: str) -> Dispute:
    """One contested act, with what is in its way."""
    act = log.act(id)
    others = tuple((in_words(other, log.before(other.id)), other.at) for other in against(log, id))
    amendment = log.state.amendments.get(getattr(act, "amendment", ""))
    unit = amendment.unit if amendment else next(iter(_units(act)), "")
    return Dispute(
        id, in_words(act, log.before(id), reason), act.at, reason, others, unit, amendment.id if amendment else ""
    )


def find_contested(log: Log, name: str) -> Act:
    """The contested act of this id (or its beginning), or the only one about the amendment or unit of this name; ""
    is the only one there is. OutOfOrder where there is none, BadInput where there is more than one.
    """
    listed = [contested.act for contested in log.state.contested]
    if not listed:
        raise OutOfOrder("Nothing is contested.", "draftwg status tells what is.", rule=_SETTLES)
    wanted = name.casefold()
    found = [id for id in listed if len(wanted) >= 4 and id.startswith(wanted)] if name else listed
    if not found:
        keys = _named(log.state, name)
        found = [id for id in listed if keys & concerns(log.act(id), log.state)]
    if len(found) == 1:
        return log.act(found[0])
    ids = ", ".join(id[:6] for id in (found or listed)[:6])
    if not found:
        told = f"Nothing about {name[:40]} is contested."
        raise OutOfOrder(told, f"Contested are: {ids} (draftwg contested).", rule=_SETTLES)
    raise BadInput("Several decisions are contested.", f"Name one: {ids} (draftwg contested tells them).")


def against(log: Log, id: str) -> tuple[Act, ...]:
    """The acts in the way of a contested one: without them it would have effect. Empty where there are none, or where
    they stand for good.
    """
    acts = log.effective()
    place = next((place for place, act in enumerate(acts) if act.id == id), -1)
    if place < 0 or isinstance(acts[place], Settle):
        return ()
    act, before = acts[place], acts[:place]
    keys = concerns(act, log.state)
    found = [
        place
        for place, other in enumerate(before)
        if not other.stands and not isinstance(other, Settle) and keys & concerns(other, log.state)
    ][-_CANDIDATES:]
    if not found:
        return ()
    states = _states(before, found)
    for candidate in reversed(found):
        if _holds(act, before, states, {candidate}):
            return _with_decisions({candidate}, before)
    gone: set[int] = set()
    for candidate in reversed(found):
        gone.add(candidate)
        if _holds(act, before, states, gone):
            needed = set(gone)
            for spare in sorted(gone):
                if _holds(act, before, states, needed - {spare}):
                    needed.discard(spare)
            return _with_decisions(needed, before)
    return ()


def _with_decisions(places: set[int], before: list[Act]) -> tuple[Act, ...]:
    """The acts at these places, with what was decided on the amendments among them: without those it would only be
    contested in its turn.
    """
    ids = {before[place].id for place in places}
    for place, act in enumerate(before):
        about = {getattr(act, name, "") for name in ("amendment", "parent")} - {""}
        if about & ids and not act.stands and not isinstance(act, Settle):
            places = places | {place}
            ids.add(act.id)
    return tuple(before[place] for place in sorted(places))


def concerns(act: Act, state: State) -> frozenset[str]:
    """What the act is about: ids of units and amendments, readings, symbols, names."""
    keys = {f"unit {id}" for id in _units(act)}
    amendments = [getattr(act, name, "") for name in ("amendment", "into", "because", "parent", "replaces")]
    amendments += [*getattr(act, "fallen", ()), *getattr(act, "amendments", ()), *getattr(act, "draws_on", ())]
    for id in (act.id, *amendments):
        if id and isinstance(id, str):
            keys.add(f"amendment {id}")
            amendment = state.amendments.get(id)
            if amendment:
                keys |= {f"unit {unit}" for unit in (amendment.unit, amendment.replaces, *amendment.units) if unit}
    reading = getattr(act, "reading", None)
    if type(reading) is int:
        keys.add("readings")
    if act.NAME == "consider":
        keys.add("readings")
    if act.NAME in ("issue", "snapshot"):
        keys.add(f"{act.NAME} {getattr(act, 'symbol', '') or getattr(act, 'name', '')}")
    if act.NAME == "admit":
        keys.add(f"name {name_key(getattr(act, 'name', ''))}")
    text = state.texts.get(getattr(act, "text", ""))
    if act.NAME == "renumber" and text is not None:
        keys |= {f"unit {unit.id}" for unit in text.units} | {f"numbers {text.name}"}
    if act.NAME == "import":
        keys.add(f"text {getattr(act, 'text', '')}")
    return frozenset(keys)


def _units(act: Act) -> list[str]:
    units = getattr(act, "units", ())
    content = getattr(act, "content", None)
    listed = [getattr(act, "unit", ""), *(units if isinstance(units, tuple) else ())]
    if act.NAME == "import" and isinstance(content, Text):
        listed += [unit.id for unit in content.units]
    return [id for id in listed if isinstance(id, str) and id]


def _named(state: State, name: str) -> frozenset[str]:
    """What people may mean by this name: an amendment, or a unit of any text."""
    keys = set()
    try:
        keys.add(f"amendment {state.find_amendment(name).id}")
    except BadInput:
        try:
            label = normal_label(name)
        except BadInput:
            return frozenset()
        found = (text.labelled(label) for text in state.texts.values())
        keys |= {f"unit {unit.id}" for unit in found if unit}
    return frozenset(keys)


def _states(acts: list[Act], places: list[int]) -> dict[int, State]:
    """The state before each of these places."""
    states, state, wanted = {}, State(), set(places)
    for place, act in enumerate(acts):
        if place in wanted:
            states[place] = state
        state = _after(state, act)
    return states


def _holds(act: Act, before: list[Act], states: dict[int, State], gone: set[int]) -> bool:
    """Whether the act would have effect if those at the places `gone` did not count."""
    if not gone:
        return False
    first = min(gone)
    state = states[first]
    for place in range(first + 1, len(before)):
        if place not in gone:
            state = _after(state, before[place])
    return _after(state, act) is not state


def _after(state: State, act: Act) -> State:
    try:
        return act.apply(state)
    except (DraftwgError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return state
