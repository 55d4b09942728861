"""Readings: one passage through the whole text each."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from draftwg.acts.base import Act, Drafting, Field, Request
from draftwg.errors import BadInput, OutOfOrder
from draftwg.model.labels import normal_label
from draftwg.model.reading import Reading, ReadingState
from draftwg.model.state import State


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
        return cls(
            id=stamp.id, clock=stamp.clock, at=stamp.at, reading=number, date=day, meeting=request.number("meeting")
        )

    def apply(self, state: State) -> State:
        """The state with this reading open."""
        if state.reading:
            raise OutOfOrder(
                f"The {state.reading.name} is still open.", "Close it first.", rule="One reading is open at a time."
            )
        if self.reading != len(state.readings) + 1:
            raise OutOfOrder(
                f"The next reading is number {len(state.readings) + 1}, not {self.reading}.",
                rule="Readings follow one another.",
            )
        new = Reading(self.reading, self.at, self.date, self.meeting)
        return replace(state, readings=(*state.readings, new))

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
        reading = drafting.state.reading
        if reading is None:
            raise OutOfOrder("No reading is open.", "Open one first.", rule="Only an open reading can be closed.")
        reached = request.line("reached", "")
        if reached:
            reached = drafting.state.find_unit(normal_label(reached))[1].label
        stamp = drafting.stamp()
        return cls(
            id=stamp.id,
            clock=stamp.clock,
            at=stamp.at,
            reading=reading.number,
            completed=request.flag("completed", not reached),
            reached=reached,
        )

    def apply(self, state: State) -> State:
        """The state with that reading closed."""
        reading = state.reading
        if reading is None or reading.number != self.reading:
            raise OutOfOrder("That reading is not open.", rule="Only an open reading can be closed.")
        closed = replace(
            reading,
            state=ReadingState.COMPLETED if self.completed else ReadingState.NOT_COMPLETED,
            closed=self.at,
            reached=self.reached,
        )
        return replace(state, readings=(*state.readings[:-1], closed))

    def subject(self, before: State) -> str:
        """The act in plain words."""
        name = Reading(self.reading, "").name
        if self.completed:
            return f"The {name} is completed"
        return f"The {name} is not completed" + (f"; it reached {self.reached}" if self.reached else "")

    def trailers(self, before: State) -> dict[str, str]:
        """The reading."""
        return {"Reading": str(self.reading)}


def _ordinal(number: int) -> str:
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
