"""The life of one unit as the events of a timeline."""

from collections.abc import Iterator
from dataclasses import dataclass

from draftwg.acts.undo import Redo, Undo
from draftwg.desk.chronicle import Chronicle, Told
from draftwg.desk.desk import Desk
from draftwg.model.reading import Reading
from draftwg.model.state import State
from draftwg.model.text import UnitStatus


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a unit: the act (its id and name), when, in words, under which heading it stands.

    `statuses` are those that the unit got by it, in their order. `old` and `new` are the wordings between which
    the redline of the event lies, both empty where it changed no words; `about` says whose words they are. `counts` is
    false for what was undone. `amendment` is the number of the amendment that it is about ("" = none).
    """

    act: str
    name: str
    at: str
    said: str
    heading: str
    statuses: tuple[UnitStatus, ...] = ()
    old: str = ""
    new: str = ""
    about: str = ""
    counts: bool = True
    amendment: str = ""


def life(desk: Desk, unit: str, chronicle: Chronicle) -> tuple[Event, ...]:
    """Everything that happened to the unit with this id, from its import to now, and when it was issued."""
    return tuple(_events(desk, unit, chronicle))


def _events(desk: Desk, unit: str, chronicle: Chronicle) -> Iterator[Event]:
    state = desk.state
    readings = {reading.number: reading for reading in state.readings}
    wordings = {
        wording.act: (amendment, wording)
        for amendment in (*state.on_unit(unit), *state.index.accepted_on.get(unit, ()))
        for wording in amendment.wordings
    }
    versions = {version.act: version for version in state.versions}
    snapshots = {snapshot.act: snapshot for snapshot in state.snapshots}
    begun = False
    for told in chronicle.of(desk.log):
        act = told.act
        begun = begun or bool(told.reading)
        heading = _heading(told, readings, begun)
        issued = versions.get(act.id) or snapshots.get(act.id)
        if issued is not None and issued.text.unit(unit) is not None:
            yield Event(act.id, act.NAME, act.at, told.subject, heading)
            continue
        if unit not in told.units:
            continue
        old, new = told.words.get(unit, ("", ""))
        about = "the words of the unit" if old != new else ""
        amendment = _amendment(told, state)
        if not about and act.id in wordings:
            proposal, wording = wordings[act.id]
            old, new, amendment = wording.base, wording.text, proposal.number
            about = f"{amendment} as proposed" if old != new else ""
        yield Event(
            act.id, act.NAME, act.at, told.subject, heading, told.statuses.get(unit, ()), old if about else "",
            new if about else "", about, desk.log.counts(act.id) or isinstance(act, Undo | Redo), amendment,
        )  # fmt: skip


def _heading(told: Told, readings: dict[int, Reading], begun: bool) -> str:
    """The reading and meeting in which an act was done, with its day."""
    reading = readings.get(told.reading)
    if reading is None:
        name, meeting = "Between the readings" if begun else "Before the readings", ""
    else:
        name, meeting = reading.name.capitalize(), f", meeting {told.meeting}" if told.meeting else ""
    return f"{name}{meeting} · {told.act.at[:10]}"


def _amendment(told: Told, state: State) -> str:
    """The number of the amendment that an act is about."""
    for id in (getattr(told.act, "amendment", ""), told.act.id):
        amendment = state.amendments.get(id)
        if amendment is not None:
            return amendment.number
    return ""
