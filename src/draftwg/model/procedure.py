"""What the procedure keeps about units: agreements, positions, the course of a unit's status, the final numbering."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from draftwg.model.text import Text, UnitStatus


@dataclass(frozen=True, slots=True)
class Agreement:
    """A unit was agreed at this level: when, by which act, in which reading; `pending` on delegations or units
    named.
    """

    level: UnitStatus
    at: str
    act: str
    reading: int | None
    pending: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the course of a unit: since `act` at `at` it has had this status; `by` and `why` where somebody
    moved it.
    """

    status: UnitStatus
    at: str
    act: str
    by: str = ""
    why: str = ""


class Stand(StrEnum):
    """The positions that delegations take."""

    SUPPORT = "support"
    RETAIN = "retain"
    OPPOSE = "oppose"
    RESERVE = "reserve"
    CAN_LIVE_WITH = "can live with"
    MUST_CONSULT = "must consult"

    @property
    def holds(self) -> bool:
        """Whether the delegation has to be heard before the matter is settled."""
        return self in (Stand.RETAIN, Stand.OPPOSE, Stand.RESERVE, Stand.MUST_CONSULT)

    @property
    def withholds(self) -> bool:
        """Whether the delegation withholds its agreement for now, rather than says what it wants of the words."""
        return self in (Stand.RESERVE, Stand.MUST_CONSULT)

    def replaces(self, earlier: "Stand") -> bool:
        """Whether this position takes the place of an earlier one of the same delegation on the same matter.

        A reservation withholds agreement, "retain" says which words are wanted: one does not take the place of the
        other, and a reservation goes only when it is lifted. Who had to consult has done so when it takes a position.
        """
        if earlier is Stand.RESERVE:
            return self is Stand.RESERVE
        if self.withholds:
            return earlier is Stand.MUST_CONSULT
        return True


@dataclass(frozen=True, slots=True)
class Position:
    """A delegation's position on a unit (`unit`, its id) or an amendment (`amendment`, its id); `lifted` by a later
    act.
    """

    by: str
    stand: Stand
    at: str
    act: str
    unit: str = ""
    amendment: str = ""
    on_behalf: str = ""
    lifted: str = ""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line of the concordance: the draft label, the final number ("" where the unit or proposal did not stand), the
    section with its full path, and a note."""

    draft: str
    final: str
    section: str
    note: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The text as projected at a moment: kept with its brackets (unit id to line) and the SHA-256 of its words."""

    name: str
    at: str
    act: str
    text: Text
    brackets: Mapping[str, str]
    digest: str
