"""Amendments: what a delegation proposes, against which words, and what became of it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an amendment does (the operations of Akoma Ntoso's textual modifications, in the field's words)."""

    SUBSTITUTION = "substitution"
    INSERTION = "insertion"
    DELETION = "deletion"
    REPLACEMENT = "replacement"
    NEW_UNIT = "new unit"
    DELETE_UNIT = "deletion of the unit"


class AmendmentState(StrEnum):
    """Where an amendment stands."""

    TABLED = "tabled"
    REVISED = "revised"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def pending(self) -> bool:
        """Whether it still awaits its fate."""
        return self in (AmendmentState.TABLED, AmendmentState.REVISED)


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of an amendment: the whole unit as proposed (`text`), the words it was said against (`base`), when
    and by which act.
    """

    text: str
    base: str
    at: str
    act: str
    said: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on an amendment, when (ISO 8601), in which reading, by which act."""

    state: AmendmentState
    at: str
    act: str
    reading: int | None


@dataclass(frozen=True, slots=True)
class Amendment:
    """A proposal of a delegation on one unit.

    `id` is permanent (the id of the act that tabled it); `number` is what the room says ("A-1"). For a new unit,
    `unit` is the id that the unit has (from the start, whether or not it is accepted), `label` its label and `after`
    the id of the unit before it ("" = at the start).
    """

    id: str
    number: str
    text: str
    unit: str
    kind: Kind
    by: str
    wordings: tuple[Wording, ...]
    at: str
    sponsors: tuple[str, ...] = ()
    state: AmendmentState = AmendmentState.TABLED
    reading: int | None = None
    decision: Decision | None = None
    label: str = ""
    after: str = ""
    section: str = ""
    reason: str = ""

    @property
    def proposed(self) -> str:
        """The whole unit as proposed now ("" where the unit is to be deleted)."""
        return self.wordings[-1].text

    @property
    def base(self) -> str:
        """The wording of the unit against which the present wording was proposed."""
        return self.wordings[-1].base

    @property
    def said(self) -> str:
        """The change in words: 'to replace "a" by "b"'."""
        return self.wordings[-1].said

    @property
    def names(self) -> tuple[str, ...]:
        """The proposer and the co-sponsors, in the order in which they joined."""
        return (self.by, *self.sponsors)
