"""Questions that both faces ask of a state: the outline of a text, a unit in its views, what applies, who brought
what in.

Pure functions of the state; no file and no git.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import compress
from operator import is_not

from draftwg.acts.bracketing import applies_on, unit_bracketed, verdict_on
from draftwg.acts.effects import new_place
from draftwg.model.amendment import Amendment, Kind
from draftwg.model.labels import label_key
from draftwg.model.state import Change, State
from draftwg.model.text import Section, Text, Unit, UnitStatus
from draftwg.redline import Attributed, attributed

__all__ = [
    "Row", "View", "applies_on", "changed_amendments", "credit", "history", "original", "outline", "outline_since",
    "unit_bracketed", "unit_redline", "verdict_on", "why_of",
]  # fmt: skip


class View(StrEnum):
    """The ways to see a unit."""

    CLEAN = "clean"
    BRACKETED = "bracketed"
    REDLINE = "redline"
    ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the outline: a section (`unit` None), a unit, or a proposed new unit (`proposal`, whose words stand
    in `unit`).
    """

    section: Section | None = None
    unit: Unit | None = None
    status: UnitStatus = UnitStatus.OPEN
    pending: int = 0
    proposal: Amendment | None = None
    ghost: bool = False
    mark: str = ""


def outline(state: State, text: Text) -> tuple[Row, ...]:
    """The text from top to bottom: its sections, its units with their status, and proposed new units in their places.

    A unit that somebody wants to move stays where it is, with a mark, and has a ghost where it would go: the same id
    and label, no words. Once the text has its final numbers, what is gone is left out: its draft label would stand
    beside the same number of another unit.
    """
    numbered = any(unit.drafted for unit in text.standing)
    proposed: dict[int, list[Amendment]] = {}
    for amendment in state.proposed_units(text):
        proposed.setdefault(new_place(state, text, amendment), []).append(amendment)
    moves = _moves(state, text)
    units: dict[str, list[Row]] = {}
    for place in range(len(text.units) + 1):
        for amendment in sorted(proposed.get(place, ()), key=lambda amendment: label_key(amendment.label)):
            ghost = Unit(amendment.unit, amendment.label, amendment.proposed, amendment.section)
            units.setdefault(ghost.section, []).append(Row(None, ghost, UnitStatus.BRACKETED, 1, amendment))
        if place < len(text.units):
            unit = text.units[place]
            if unit.deleted and numbered:
                continue
            own = [move for move in moves if move.unit == unit.id]
            mark = "; ".join(f"move after {_label_of(text, move.after)} - {move.by}" for move in own)
            count = len(state.pending.get(unit.id, ()))
            units.setdefault(unit.section, []).append(Row(None, unit, state.status(unit), count, mark=mark))
            for move in (move for move in moves if move.after == unit.id):
                moved = text.unit(move.unit)
                if moved:
                    ghost = Unit(moved.id, moved.label, "", move.section)
                    row = Row(None, ghost, UnitStatus.BRACKETED, 0, ghost=True, mark=f"{moved.label} - {move.by}")
                    units.setdefault(move.section, []).append(row)
    rows = units.get("", [])
    for section in text.sections:
        rows += [Row(section), *units.get(section.path, [])]
    return tuple(rows)


def outline_since(rows: Sequence[Row], before: State, state: State, text: Text) -> tuple[Row, ...]:
    """The same as `outline`, from the `rows` that it gave for the state `before`: those that have changed are made
    anew, the others are the very same. Where units, or proposals of new units and moves, have changed, all are.
    """
    changed = changed_amendments(before, state)
    if before.texts.get(text.name) is not text or any(one.label or one.kind is Kind.MOVE for one in changed):
        return outline(state, text)
    new = []
    for row in rows:
        if row.unit is not None and row.proposal is None and not row.ghost:
            status, count = state.status(row.unit), len(state.pending.get(row.unit.id, ()))
            if status is not row.status or count != row.pending:
                row = replace(row, status=status, pending=count)
        new.append(row)
    return tuple(new)


def changed_amendments(before: State, state: State) -> list[Amendment]:
    """The amendments that are there in one of two states only, or are not the same in both."""
    old, now = before.amendments, state.amendments
    if old is now:
        return []
    # Asked whenever others have recorded something: thousands are compared without a step of Python for each.
    changed = list(compress(now.values(), map(is_not, now.values(), map(old.get, now))))
    gone = len(old) + sum(one.id not in old for one in changed) > len(now)
    return [*changed, *(one for id, one in old.items() if id not in now)] if gone else changed


def history(state: State, unit: str) -> tuple[Change, ...]:
    """The steps of a unit's words, from the import to now."""
    return state.lives.get(unit, ())


def original(state: State, unit: Unit) -> str:
    """The words with which the unit came into the text ("" for one that was added since)."""
    life = state.lives.get(unit.id, ())
    return life[0].text if life and not _added(state, unit.id) else ""


def unit_redline(state: State, unit: Unit, since: str | None = None) -> tuple[Attributed, ...]:
    """The unit's redline from its original words, or from the words `since`, to now; `source` is the act that made
    each change.
    """
    start = original(state, unit) if since is None else since
    steps = _steps_since(state.lives.get(unit.id, ()), start)
    now = "" if unit.deleted else unit.text
    chain = [("", start), *((change.act, change.text) for change in steps)]
    if chain[-1][1] != now:
        chain.append((steps[-1].act if steps else "", now))
    return attributed(chain)


def credit(state: State, act: str) -> Amendment | None:
    """The amendment that the accepting act `act` brought into the text; None for an editorial change."""
    return state.index.accepted_by.get(act)


def why_of(state: State, act: str) -> str:
    """What kind of change an act of the Secretariat made in the words of units: an editorial change, or what followed
    from the final numbers.
    """
    changes = (change for life in state.lives.values() for change in life if change.act == act)
    return next((change.why for change in changes if change.why), "an editorial change")


def _moves(state: State, text: Text) -> list[Amendment]:
    """The pending proposals to move units of this text."""
    waiting = (state.amendments[id] for ids in state.pending.values() for id in ids)
    return [amendment for amendment in waiting if amendment.kind is Kind.MOVE and amendment.text == text.name]


def _label_of(text: Text, id: str) -> str:
    unit = text.unit(id)
    return unit.label if unit else "?"


def _added(state: State, unit: str) -> bool:
    return unit in state.index.new_units


def _steps_since(life: Sequence[Change], start: str) -> Sequence[Change]:
    """The steps after the last one at which the unit read `start`; all of them where it never did."""
    for place in range(len(life) - 1, -1, -1):
        if life[place].text == start:
            return life[place + 1 :]
    return life
