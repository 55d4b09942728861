"""Amendments: what a delegation proposes, against which words, and what became of it."""

from dataclasses import dataclass
from enum import StrEnum

from draftwg.model.delegation import name_key


class Kind(StrEnum):
    """What an amendment does (the operations of Akoma Ntoso's textual modifications, in the field's words)."""

    SUBSTITUTION = "substitution"
    INSERTION = "insertion"
    DELETION = "deletion"
    REPLACEMENT = "replacement"
    NEW_UNIT = "new unit"
    DELETE_UNIT = "deletion of the unit"
    ALTERNATIVE = "alternative unit"
    MOVE = "move"
    SPLIT = "split"
    MERGE = "merger of units"
    HEADING = "heading"


class AmendmentState(StrEnum):
    """Where an amendment stands."""

    SUGGESTED = "suggested"
    HELD = "held"
    TABLED = "tabled"
    REVISED = "revised"
    ACCEPTED = "accepted"
    MERGED = "merged"
    REJECTED = "rejected"
    FALLEN = "fallen"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"

    @property
    def pending(self) -> bool:
        """Whether it stands in the text and awaits its fate."""
        return self in (AmendmentState.TABLED, AmendmentState.REVISED)

    @property
    def waiting(self) -> bool:
        """Whether it is not before the room yet: an observer's suggestion, or a change held until a unit is
        reopened.
        """
        return self in (AmendmentState.SUGGESTED, AmendmentState.HELD)

    @property
    def ended(self) -> bool:
        """Whether it has met its fate."""
        return not self.pending and not self.waiting


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
    """What was decided on an amendment, when (ISO 8601), in which reading, by which act.

    `because` names the amendment for whose sake it fell, lapsed or was merged, or gives a reason; `vote` has the
    figures where there was one ("41-3-7": for, against, abstentions), and is empty for consensus.
    """

    state: AmendmentState
    at: str
    act: str
    reading: int | None
    because: str = ""
    vote: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """A proposal of a delegation on one unit.

    `id` is permanent (the id of the act that tabled it); `number` is what the room says ("A-1"). For a new unit,
    `unit` is the id that the unit has (from the start, whether or not it is accepted), `label` its label and `after`
    the id of the unit before it ("" = at the start). `tabled_as` is the number under which it was tabled, where another
    machine had given that number too.
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
    parent: str = ""
    consequential: bool = False
    origin: str = ""
    origin_by: str = ""
    on_behalf: str = ""
    draws_on: tuple[str, ...] = ()
    replaces: str = ""
    parts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    tabled_as: str = ""

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
    def words_only(self) -> bool:
        """Whether it changes words inside its unit, so that it can stand in brackets there."""
        return self.kind in (
            Kind.SUBSTITUTION, Kind.INSERTION, Kind.DELETION, Kind.REPLACEMENT, Kind.DELETE_UNIT
        )  # fmt: skip

    @property
    def names(self) -> tuple[str, ...]:
        """The proposer and the co-sponsors, in English alphabetical order."""
        return tuple(sorted((self.by, *self.sponsors), key=name_key))
