"""Readings: one passage through the whole text each."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from draftwg.acts.base import Act, Drafting, Field, Request
from draftwg.errors import BadInput, OutOfOrder
from draftwg.model.labels import normal_label
from draftwg.model.reading import Considered, Reading, ReadingState
from draftwg.model.state import State

_HELD = (ReadingState.OPEN, ReadingState.SUSPENDED)


@dataclass(frozen=True, kw_only=True)
class OpenReading(Act):
    """A reading begins. Readings follow one another: the next is opened when the one before has been closed."""

    NAME = "open_reading"
    FIELDS = (
        Field("reading", "number", "1 for the first reading; without it, the next one"),
        Field("date", "line", "the day, as 2018-05-02"),
        Field("meeting", "number", "1 for the 1st meeting of the session"),
    )

    reading: int
    date: str = ""
    meeting: int | None = None

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The reading asked for, by default the next one, today."""
        stamp = drafting.stamp()
        day = request.line("date", stamp.at[:10])
        try:
            date.fromisoformat(day)
        except ValueError:
            raise BadInput(f"“{day[:40]}” is no day.", "Write it like 2018-05-02.") from None
        number = request.number("reading", len(drafting.state.readings) + 1)
        assert number is not None
        return cls(stamp=stamp, reading=number, date=day, meeting=request.number("meeting"))

    def apply(self, state: State) -> State:
        """The state with this reading open."""
        if state.readings and state.readings[-1].state in _HELD:
            last = state.readings[-1]
            raise OutOfOrder(
                f"The {last.name} is still {last.state}.", "Close it first.", rule="One reading is held at a time."
            )
        if self.reading != len(state.readings) + 1:
            raise OutOfOrder(
                f"The next reading is number {len(state.readings) + 1}, not {self.reading}.",
                rule="Readings follow one another.",
            )
        new = Reading(self.reading, self.at, self.date, self.meeting)
        return state.changed(readings=(*state.readings, new))

    def repeats(self, state: State) -> str | None:
        """That reading has been opened."""
        return "" if self.reading <= len(state.readings) else None

    def subject(self, before: State) -> str:
        """The act in plain words."""
        where = f" at the {_ordinal(self.meeting)} meeting" if self.meeting else ""
        return f"The Chair opens the {Reading(self.reading, '').name}{where}"

    def trailers(self, before: State) -> dict[str, str]:
        """The day."""
        return {"Reading": str(self.reading), "Date": self.date}


@dataclass(frozen=True, kw_only=True)
class CloseReading(Act):
    """The reading ends: completed, or not completed with the point reached."""

    NAME = "close_reading"
    FIELDS = (
        Field("completed", "flag", "false where the reading could not be completed"),
        Field("reached", "line", "the label of the last unit that was considered"),
    )

    reading: int
    completed: bool = True
    reached: str = ""

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The end of the reading that is open."""
        reading = drafting.state.readings[-1] if drafting.state.readings else None
        if reading is None or reading.state not in _HELD:
            raise OutOfOrder("No reading is open.", "Open one first.", rule="Only an open reading can be closed.")
        reached = request.line("reached", "")
        if reached:
            reached = drafting.state.find_unit(normal_label(reached))[1].label
        return cls(
            stamp=drafting.stamp(),
            reading=reading.number,
            completed=request.flag("completed", not reached),
            reached=reached,
        )

    def apply(self, state: State) -> State:
        """The state with that reading closed."""
        reading = state.readings[-1] if state.readings else None
        if reading is None or reading.number != self.reading or reading.state not in _HELD:
            raise OutOfOrder("That reading is not open.", rule="Only an open reading can be closed.")
        closed = replace(
            reading,
            state=ReadingState.COMPLETED if self.completed else ReadingState.NOT_COMPLETED,
            closed=self.at,
            reached=self.reached,
        )
        return state.changed(readings=(*state.readings[:-1], closed))

    def repeats(self, state: State) -> str | None:
        """That reading has been closed, with the same result."""
        ends = ReadingState.COMPLETED if self.completed else ReadingState.NOT_COMPLETED
        same = (self.reading, ends, self.reached)
        closed = any((one.number, one.state, one.reached) == same for one in state.readings)
        return "" if closed else None

    def subject(self, before: State) -> str:
        """The act in plain words."""
        name = Reading(self.reading, "").name
        if self.completed:
            return f"The {name} is completed"
        return f"The {name} is not completed" + (f"; it reached {self.reached}" if self.reached else "")

    def trailers(self, before: State) -> dict[str, str]:
        """The reading."""
        return {"Reading": str(self.reading)}


@dataclass(frozen=True, kw_only=True)
class Suspend(Act):
    """The reading is interrupted: a break, or the end of a meeting."""

    NAME = "suspend"
    FIELDS = ()

    reading: int

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The interruption of the reading that is open."""
        reading = drafting.state.reading
        if reading is None:
            raise OutOfOrder("No reading is open.", "Open one first.", rule="Only an open reading is suspended.")
        return cls(stamp=drafting.stamp(), reading=reading.number)

    def apply(self, state: State) -> State:
        """The state with the reading suspended."""
        reading = state.reading
        if reading is None or reading.number != self.reading:
            raise OutOfOrder("That reading is not open.", rule="Only an open reading is suspended.")
        paused = replace(reading, state=ReadingState.SUSPENDED, pauses=(*reading.pauses, (self.at, "")))
        return state.changed(readings=(*state.readings[:-1], paused))

    def repeats(self, state: State) -> str | None:
        """It is suspended."""
        last = state.readings[-1] if state.readings else None
        return "" if last and (last.number, last.state) == (self.reading, ReadingState.SUSPENDED) else None

    def subject(self, before: State) -> str:
        """The act in plain words."""
        return f"The {Reading(self.reading, '').name} is suspended"

    def trailers(self, before: State) -> dict[str, str]:
        """The reading."""
        return {"Reading": str(self.reading)}


@dataclass(frozen=True, kw_only=True)
class Resume(Act):
    """The reading goes on."""

    NAME = "resume"
    FIELDS = (Field("meeting", "number", "1 for the 1st meeting of the session"),)

    reading: int
    meeting: int | None = None

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The resumption of the reading that was suspended."""
        last = drafting.state.readings[-1] if drafting.state.readings else None
        if last is None or last.state is not ReadingState.SUSPENDED:
            raise OutOfOrder("No reading is suspended.", rule="Only a suspended reading is resumed.")
        return cls(stamp=drafting.stamp(), reading=last.number, meeting=request.number("meeting"))

    def apply(self, state: State) -> State:
        """The state with the reading open again."""
        last = state.readings[-1] if state.readings else None
        if last is None or last.number != self.reading or last.state is not ReadingState.SUSPENDED:
            raise OutOfOrder("That reading is not suspended.", rule="Only a suspended reading is resumed.")
        pauses = (*last.pauses[:-1], (last.pauses[-1][0], self.at))
        resumed = replace(last, state=ReadingState.OPEN, pauses=pauses, meeting=self.meeting or last.meeting)
        return state.changed(readings=(*state.readings[:-1], resumed))

    def repeats(self, state: State) -> str | None:
        """It is open."""
        last = state.readings[-1] if state.readings else None
        return "" if last and (last.number, last.state) == (self.reading, ReadingState.OPEN) else None

    def subject(self, before: State) -> str:
        """The act in plain words."""
        where = f" at the {_ordinal(self.meeting)} meeting" if self.meeting else ""
        return f"The {Reading(self.reading, '').name} is resumed{where}"

    def trailers(self, before: State) -> dict[str, str]:
        """The reading."""
        return {"Reading": str(self.reading)}


@dataclass(frozen=True, kw_only=True)
class Consider(Act):
    """The room comes to a unit, or a delegation has the floor on it."""

    NAME = "consider"
    FIELDS = (
        Field("unit", "line", "the label of the unit", required=True),
        Field("speaker", "line", "the delegation that has the floor"),
        Field("in", "line", "the name of the text, where the meeting has several"),
    )

    text: str
    unit: str
    speaker: str = ""

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The unit that comes up in the reading that is open."""
        text, unit = drafting.state.find_unit(request.line("unit"), request.line("in", ""))
        name = request.line("speaker", "")
        speaker = drafting.delegation(name).name if name else ""
        return cls(stamp=drafting.stamp(), text=text.name, unit=unit.id, speaker=speaker)

    def apply(self, state: State) -> State:
        """The state in which the reading is at this unit."""
        reading = state.reading
        if reading is None:
            raise OutOfOrder("No reading is open.", "Open one first.", rule="Units are considered in a reading.")
        considered = reading.considered
        if not considered or considered[-1].unit != self.unit:
            considered = (*considered, Considered(self.unit, self.at))
        elif not self.speaker:
            raise OutOfOrder("The room is at that unit already.", rule="A unit comes up once in a row.")
        if self.speaker:
            last = considered[-1]
            considered = (*considered[:-1], replace(last, speakers=(*last.speakers, self.speaker)))
        return state.changed(readings=(*state.readings[:-1], replace(reading, considered=considered)))

    def repeats(self, state: State) -> str | None:
        """The room is at that unit."""
        here = state.reading.considered if state.reading else ()
        return "" if here and here[-1].unit == self.unit and not self.speaker else None

    def subject(self, before: State) -> str:
        """The act in plain words."""
        text = before.text(self.text)
        unit = text.unit(self.unit)
        name = f"{text.noun} {unit.label if unit else '?'}"
        return f"{self.speaker} has the floor on {name}" if self.speaker else f"The room comes to {name}"

    def trailers(self, before: State) -> dict[str, str]:
        """The unit."""
        unit = before.text(self.text).unit(self.unit)
        return {"Text": self.text, "Unit": unit.label if unit else self.unit}


def _ordinal(number: int) -> str:
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
