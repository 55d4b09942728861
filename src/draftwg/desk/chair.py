"""The Chair's questions: what is agreed, in which order amendments are taken, how far we are.

Pure functions of the state.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from draftwg.acts import Log
from draftwg.desk.chronicle import concerned
from draftwg.desk.ledger import ledger
from draftwg.model.amendment import Amendment, Kind
from draftwg.model.procedure import Position, Stand
from draftwg.model.reading import Reading
from draftwg.model.state import State
from draftwg.model.text import Text, UnitStatus
from draftwg.redline.exact import alike, cut


def order_of_taking(state: State, unit: str) -> tuple[Amendment, ...]:
    """The pending amendments on a unit (its id) in the order of taking: the Chair's, then the order that is proposed.

    Proposed is: furthest removed in substance first (`distance`), ties in the order of tabling; a sub-amendment
    stands just before its amendment, a consequential change just after it. The rules of procedure leave the order to
    the Chair.
    """
    pending = {amendment.id: amendment for amendment in state.pending_on(unit)}
    ruled = [pending[id] for id in state.orders.get(unit, ()) if id in pending]
    rest = [amendment for amendment in pending.values() if amendment not in ruled]
    if len(rest) > 1:
        rest.sort(key=distance, reverse=True)
    order = [*ruled, *(amendment for amendment in rest if not amendment.parent)]
    for child in (amendment for amendment in rest if amendment.parent):
        place = next((i for i, amendment in enumerate(order) if amendment.id == child.parent), len(order))
        order.insert(place + child.consequential, child)
    return tuple(order)


def moved_in_order(state: State, unit: str, amendment: Amendment, step: int) -> tuple[str, ...]:
    """The numbers of the amendments on a unit (its id) in the order in which `amendment`, with what hangs on it, is
    taken one earlier (-1) or later (1); empty where it is taken first, or last, already.
    """
    order = order_of_taking(state, unit)
    ids = {one.id for one in order}
    blocks: dict[str, list[str]] = {}
    for one in order:
        blocks.setdefault(one.parent if one.parent in ids else one.id, []).append(one.number)
    roots = list(blocks)
    own = amendment.parent if amendment.parent in ids else amendment.id
    here = roots.index(own) if own in roots else -1
    there = here + step
    if here < 0 or not 0 <= there < len(roots):
        return ()
    roots[here], roots[there] = roots[there], roots[here]
    return tuple(number for root in roots for number in blocks[root])


@dataclass(frozen=True, slots=True)
class Taken:
    """An amendment in its place in the order of taking: whether the Chair put it there (`ruled`), whether it is the one
    to take next, and who takes which position on it.
    """

    amendment: Amendment
    place: int
    ruled: bool
    next: bool
    positions: tuple[tuple[Stand, tuple[str, ...]], ...]


def taking(state: State, unit: str) -> tuple[Taken, ...]:
    """The order of taking on a unit (its id) with the positions; next is the first whose turn it can be."""
    order = order_of_taking(state, unit)
    ruled = set(state.orders.get(unit, ()))
    first = next((one for one in order if _may_be_taken(state, one)), None)
    return tuple(
        Taken(one, place, one.id in ruled, one is first, stands(state.positions_on(amendment=one.id)))
        for place, one in enumerate(order, 1)
    )


def _may_be_taken(state: State, amendment: Amendment) -> bool:
    """Whether no sub-amendment comes before it, and it follows no amendment that is still open, on whatever unit."""
    if amendment.consequential:
        parent = state.amendments.get(amendment.parent)
        return parent is None or not parent.state.pending
    return not any(child.state.pending and not child.consequential for child in state.children(amendment))


def stands(positions: Iterable[Position]) -> tuple[tuple[Stand, tuple[str, ...]], ...]:
    """Positions by what they are, in the order of `Stand`: who takes each, with the group spoken for."""
    found: dict[Stand, list[str]] = {}
    for position in positions:
        group = f" ({position.on_behalf})" if position.on_behalf else ""
        found.setdefault(position.stand, []).append(position.by + group)
    return tuple((stand, tuple(found[stand])) for stand in Stand if stand in found)


def distance(amendment: Amendment) -> tuple[int, int]:
    """How far an amendment is removed from the text: its class, then how many words it takes out and puts in.

    The deletion of the whole unit is furthest, then its replacement by another, then the deletion of words, then any
    other change of words. The measure is simple on purpose: the Chair decides.
    """
    if amendment.kind is Kind.DELETE_UNIT:
        return 4, 0
    if amendment.kind in (Kind.ALTERNATIVE, Kind.SPLIT, Kind.MERGE, Kind.NEW_UNIT):
        return 3, len(amendment.proposed.split())
    return _moved(amendment.base, amendment.proposed)


@lru_cache(maxsize=8192)  # the same whenever the list of a unit is shown
def _moved(base: str, proposed: str) -> tuple[int, int]:
    """The distance of a change of words."""
    start = _edge(base, proposed, alike(base, proposed))  # most changes touch a few words: the rest need not be cut
    base, proposed = base[start:], proposed[start:]
    end = _edge(base[::-1], proposed[::-1], alike(base[::-1], proposed[::-1]))
    old, new = cut(base[: len(base) - end]).keys, cut(proposed[: len(proposed) - end]).keys
    same = alike(old, new)
    old, new = old[same:], new[same:]
    same = alike(old[::-1], new[::-1])
    old, new = old[: len(old) - same], new[: len(new) - same]
    if not old or not new:
        return (2 if old else 1), len(old) + len(new)
    out = into = 0
    for op, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op != "equal":
            out, into = out + b - a, into + d - c
    return (2 if out and not into else 1), out + into


@dataclass(frozen=True, slots=True)
class Counts:
    """How many units there are and stand where, and the pending amendments and contested decisions in all."""

    units: int
    by_status: tuple[tuple[UnitStatus, int], ...]
    pending: int
    contested: int


@dataclass(frozen=True, slots=True)
class Board(Counts):
    """The state of the whole text, with the number of its brackets."""

    brackets: int


def counts(state: State, text: Text) -> Counts:
    """How the text stands, but for its brackets, which take longer to count."""
    found: dict[UnitStatus, int] = {}
    for unit in text.standing:
        status = state.status(unit)
        found[status] = found.get(status, 0) + 1
    ordered = tuple((status, found[status]) for status in UnitStatus if status in found)
    pending = sum(len(ids) for ids in state.pending.values())
    return Counts(len(text.standing), ordered, pending, len(state.contested))


def board(state: State, text: Text) -> Board:
    """How the text stands."""
    told = counts(state, text)
    brackets = len(ledger(state, text, text.standing))
    return Board(told.units, told.by_status, told.pending, told.contested, brackets)


def contested_units(log: Log) -> dict[str, str]:
    """The ids of the units that contested decisions concern, each with the reasons in words."""
    found: dict[str, list[str]] = {}
    for contested in log.state.contested:
        act = log.effective_act(contested.act)
        for unit in concerned(act, log.state) if act else ():
            found.setdefault(unit, []).append(contested.reason)
    return {unit: " ".join(reasons) for unit, reasons in found.items()}


@dataclass(frozen=True, slots=True)
class Stay:
    """How long the room was at a unit: its label, when it came there, the minutes, and who had the floor."""

    unit: str
    at: str
    minutes: float
    speakers: tuple[str, ...]


def stays(reading: Reading, text: Text, now: str) -> tuple[Stay, ...]:
    """The units that a reading has been through, in order, each with its time (breaks left out)."""
    listed = []
    ends = [*(considered.at for considered in reading.considered[1:]), reading.closed or now]
    for considered, end in zip(reading.considered, ends, strict=False):
        start, stop = datetime.fromisoformat(considered.at), datetime.fromisoformat(end)
        breaks = timedelta()
        for begins, goes_on in reading.pauses:
            first = max(start, datetime.fromisoformat(begins))
            last = min(stop, datetime.fromisoformat(goes_on or now))
            breaks += max(timedelta(), last - first)
        unit = text.unit(considered.unit)
        minutes = round(max(timedelta(), stop - start - breaks).total_seconds() / 60, 1)
        listed.append(Stay(unit.label if unit else "?", considered.at, minutes, considered.speakers))
    return tuple(listed)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reading is: units done and in all, the average time for one, interventions, and the forecast of its
    end.
    """

    done: int
    units: int
    minutes: float
    speakers: int
    ends: str


def progress(reading: Reading, text: Text, now: str) -> Progress:
    """The progress of a reading; its end is forecast from the average time that a unit took so far."""
    done = len({considered.unit for considered in reading.considered})
    speakers = sum(len(considered.speakers) for considered in reading.considered)
    units = len(text.standing)
    if not done:
        return Progress(0, units, 0.0, speakers, "")
    until = datetime.fromisoformat(reading.closed or now)
    spent = until - datetime.fromisoformat(reading.considered[0].at)
    for start, end in reading.pauses:
        spent -= datetime.fromisoformat(end or now) - datetime.fromisoformat(start)
    each = max(spent, timedelta()) / done
    ends = (until + each * (units - done)).isoformat(timespec="minutes") if not reading.closed else ""
    return Progress(done, units, round(each.total_seconds() / 60, 1), speakers, ends)


def _edge(old: str, new: str, alike: int) -> int:
    """The last place within what both begin with where a word ends for certain: at a blank with an ASCII character on
    either side."""
    for place in range(alike - 1, 0, -1):
        if old[place] == " " and old[place - 1].isascii() and f"{old[place + 1 :][:1]}{new[place + 1 :][:1]}".isascii():
            return place
    return 0
