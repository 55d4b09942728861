"""The Chair's questions: what is agreed, in which order amendments are taken, who holds which bracket, how far we are.

Pure functions of the state.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from draftwg.acts.bracketing import unit_bracketed
from draftwg.model.amendment import Amendment, Kind
from draftwg.model.procedure import Stand
from draftwg.model.reading import Reading
from draftwg.model.state import State
from draftwg.model.text import Text, Unit, UnitStatus
from draftwg.redline.brackets import Bracket, render
from draftwg.redline.words import key, tokens


def order_of_taking(state: State, unit: str) -> tuple[Amendment, ...]:
    """The pending amendments on a unit (its id) in the order of taking: the Chair's, then the order that is proposed.

    Proposed is: furthest removed in substance first (`distance`), ties in the order of tabling; a sub-amendment
    stands just before its amendment, a consequential change just after it. The rules of procedure leave the order to
    the Chair.
    """
    pending = {amendment.id: amendment for amendment in state.pending_on(unit)}
    ruled = [pending[id] for id in state.orders.get(unit, ()) if id in pending]
    rest = [amendment for amendment in pending.values() if amendment not in ruled]
    rest.sort(key=distance, reverse=True)
    order = [*ruled, *(amendment for amendment in rest if not amendment.parent)]
    for child in (amendment for amendment in rest if amendment.parent):
        place = next((i for i, amendment in enumerate(order) if amendment.id == child.parent), len(order))
        order.insert(place + child.consequential, child)
    return tuple(order)


def distance(amendment: Amendment) -> tuple[int, int]:
    """How far an amendment is removed from the text: its class, then how many words it takes out and puts in.

    The deletion of the whole unit is furthest, then its replacement by another, then the deletion of words, then any
    other change of words. The measure is simple on purpose: the Chair decides.
    """
    if amendment.kind is Kind.DELETE_UNIT:
        return 4, 0
    if amendment.kind in (Kind.ALTERNATIVE, Kind.SPLIT, Kind.MERGE, Kind.NEW_UNIT):
        return 3, len(amendment.proposed.split())
    old = [key(token) for token in tokens(amendment.base)]
    new = [key(token) for token in tokens(amendment.proposed)]
    out = into = 0
    for op, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op != "equal":
            out, into = out + b - a, into + d - c
    return (2 if out and not into else 1), out + into


@dataclass(frozen=True, slots=True)
class Held:
    """A bracket of the text: the unit's label, its words, who asked for it and since when, who supports it, who wants
    to retain the words, who must consent to its lifting, and the amendments in it.
    """

    unit: str
    words: str
    asked: tuple[str, ...]
    since: str
    supported: tuple[str, ...]
    retained: tuple[str, ...]
    consent: tuple[str, ...]
    amendments: tuple[str, ...]


def ledger(state: State, text: Text, units: Iterable[Unit]) -> tuple[Held, ...]:
    """Every bracket of these units, from the top of the text."""
    brackets: list[Held] = []
    for unit in units:
        for piece in unit_bracketed(state, unit).pieces if state.pending.get(unit.id) else ():
            if isinstance(piece, Bracket):
                ids = [id for id in state.pending.get(unit.id, ()) if id in _ids(piece)]
                brackets.append(_held(state, unit, _plain(piece), [state.amendments[id] for id in ids]))
        others = (amendment for amendment in state.pending_on(unit.id) if not amendment.words_only)
        brackets += [_held(state, unit, amendment.said, [amendment]) for amendment in others]
    for amendment in state.proposed_units(text):
        ghost = Unit(amendment.unit, amendment.label, amendment.proposed, amendment.section)
        brackets.append(_held(state, ghost, amendment.said, [amendment]))
    return tuple(brackets)


def _held(state: State, unit: Unit, words: str, amendments: list[Amendment]) -> Held:
    asked = tuple(dict.fromkeys(name for amendment in amendments for name in amendment.names))
    positions = [position for amendment in amendments for position in state.positions_on(amendment=amendment.id)]
    positions += state.positions_on(unit=unit.id)
    supported = tuple(position.by for position in positions if position.stand is Stand.SUPPORT)
    retained = dict.fromkeys(position.by for position in positions if position.stand is Stand.RETAIN)
    holding = (position.by for position in positions if position.stand.holds)
    return Held(
        unit.label,
        words,
        asked,
        amendments[0].at if amendments else "",
        supported,
        tuple(retained),
        tuple(dict.fromkeys((*asked, *holding))),
        tuple(amendment.number for amendment in amendments),
    )


def _plain(piece: Bracket) -> str:
    return render((piece,), attributed=False)


def _ids(piece: Bracket) -> set[str]:
    """The amendments in a bracket, those in brackets within it too."""
    found: set[str] = set()
    for alternative in piece.alternatives:
        found |= alternative.ids
        for inner in alternative.pieces:
            if isinstance(inner, Bracket):
                found |= _ids(inner)
    return found


@dataclass(frozen=True, slots=True)
class Board:
    """The state of the whole text: how many units stand where, the brackets and pending amendments in all."""

    units: int
    by_status: tuple[tuple[UnitStatus, int], ...]
    brackets: int
    pending: int
    contested: int


def board(state: State, text: Text) -> Board:
    """How the text stands."""
    counts: dict[UnitStatus, int] = {}
    for unit in text.standing:
        status = state.status(unit)
        counts[status] = counts.get(status, 0) + 1
    ordered = tuple((status, counts[status]) for status in UnitStatus if status in counts)
    brackets = ledger(state, text, text.standing)
    pending = sum(len(ids) for ids in state.pending.values())
    return Board(len(text.standing), ordered, len(brackets), pending, len(state.contested))


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
