"""The meeting told act by act: what each said when it was done, which units it concerned, what it changed in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from draftwg.acts import Act, Log
from draftwg.acts.closing import Renumber
from draftwg.acts.log import in_words
from draftwg.acts.settle import Settle
from draftwg.acts.undo import Redo, Undo
from draftwg.model.state import State
from draftwg.model.text import Text, UnitStatus


@dataclass(frozen=True, slots=True)
class Told:
    """An act as it was told in its place.

    `units` are the ids of the units that it concerns; `words` has, by unit, the words before and after where it changed
    them, and `statuses` those that a unit got by it. `reading` is the number of the
    reading that was going on (0 = none), `meeting` that of the meeting (None where it is not known).
    """

    act: Act
    subject: str
    units: frozenset[str]
    words: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    statuses: Mapping[str, tuple[UnitStatus, ...]] = field(default_factory=dict)
    reading: int = 0
    meeting: int | None = None


class Chronicle:
    """What a record tells, kept: acts that are added later are told without reading the whole record again."""

    def __init__(self) -> None:
        self._log = Log()
        self._told: list[Told] = []

    def of(self, log: Log) -> list[Told]:
        """Every act of this log in its order, undone ones and undoings too. Not to be changed by the caller."""
        known = self._log.acts
        if len(log.acts) < len(known) or any(
            one is not other for one, other in zip(known, log.acts, strict=False)
        ):  # others' acts came in between, or the record was read anew
            self._log, self._told = Log(), []
        for act in log.acts[len(self._told) :]:
            before = self._log.state
            self._log.add([act])
            self._told.append(self._tell(act, before, self._log.state))
        return self._told

    def _tell(self, act: Act, before: State, after: State) -> Told:
        words = _changed(before, after)
        units = concerned(act, before) | words.keys()
        if isinstance(act, Undo | Redo | Settle):
            other = act.undoes if isinstance(act, Undo) else act.redoes if isinstance(act, Redo) else act.contested
            units |= next((told.units for told in reversed(self._told) if told.act.id == other), frozenset())
        last = after.readings[-1] if after.readings else None
        going_on = last is not None and last.state.value in ("open", "suspended")
        closed = before.readings != after.readings and last is not None
        return Told(
            act,
            in_words(act, before),
            frozenset(units),
            words,
            dict(_statuses(units, before, after)),
            last.number if last and (going_on or closed) else 0,
            last.meeting if last and (going_on or closed) else None,
        )


def concerned(act: Act, before: State) -> set[str]:
    """The ids of the units that an act concerns, as far as the act itself says."""
    if isinstance(act, Undo | Redo):
        return set()
    content = getattr(act, "content", None)
    units = {unit.id for unit in content.units} if isinstance(content, Text) else set()
    units |= {getattr(act, "unit", ""), *getattr(act, "units", ())}
    if isinstance(act, Renumber) and not act.provisional:
        units |= {number.rpartition("=")[0] for number in act.numbers}
    for name in ("amendment", "into"):
        amendment = before.amendments.get(getattr(act, name, ""))
        if amendment:
            units |= {amendment.unit, *amendment.units, amendment.replaces}
    return units - {""}


def _changed(before: State, after: State) -> dict[str, tuple[str, str]]:
    """The words of units that differ, as (old, new); a unit that is not in the text has none."""
    changed: dict[str, tuple[str, str]] = {}
    for name, text in after.texts.items():
        was = before.texts.get(name)
        if was is text:
            continue
        for unit in text.units:
            old = was.unit(unit.id) if was else None
            if old is unit:
                continue
            words = ("" if old is None or old.deleted else old.text, "" if unit.deleted else unit.text)
            if words[0] != words[1]:
                changed[unit.id] = words
        for old in was.units if was else ():
            if text.unit(old.id) is None and not old.deleted:
                changed[old.id] = (old.text, "")
    return changed


def _statuses(units: set[str], before: State, after: State) -> Iterator[tuple[str, tuple[UnitStatus, ...]]]:
    for id in units:
        old, new = before.courses.get(id, ()), after.courses.get(id, ())
        steps = tuple(step.status for step in new[len(old) :]) if new[: len(old)] == old else ()
        if not steps:  # what went back by an undo, or is no step of a course
            now, was = _status(after, id), _status(before, id)
            steps = (now,) if now is not None and now is not was else ()
        if steps:
            yield id, steps


def _status(state: State, id: str) -> UnitStatus | None:
    return next((state.status(unit) for text in state.texts.values() if (unit := text.unit(id))), None)
