"""What the words in the editor are to become."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from draftwg.errors import BadInput, OutOfOrder
from draftwg.tui.keys import key

if TYPE_CHECKING:
    from draftwg.model.amendment import Amendment
    from draftwg.model.state import State
    from draftwg.repository.journal import Unsaved

_GROUP = ", on behalf of "
_PART = re.compile(r"^[ \t]*-{3,}[ \t]*$|\n[ \t]*(?=\n)", re.MULTILINE)


class Purpose(StrEnum):
    """Which act the words are to become."""

    PROPOSE = "propose"
    REQUEST = "request_reopening"
    NEW = "new"
    ALTERNATIVE = "alt"
    SPLIT = "split"
    MERGER = "merger"
    SUB_AMENDMENT = "amends"
    CONSEQUENCE = "consequential_to"
    REVISE = "revise"
    COMMON = "merge"
    EDIT = "edit"

    @property
    def own_words(self) -> bool:
        """Whether the words are those of a unit that is not in the text yet."""
        return self in (Purpose.NEW, Purpose.ALTERNATIVE)

    @property
    def on_present_words(self) -> bool:
        """Whether the edit is brought onto the words as they stand when it is saved."""
        return not self.own_words and self not in (Purpose.SPLIT, Purpose.MERGER)


_HEADINGS = {
    Purpose.PROPOSE: "{who} · amendment on {noun} {label}",
    Purpose.REQUEST: "{who} asks to reopen {noun} {label}",
    Purpose.NEW: "{who} · new {noun} after {label}",
    Purpose.ALTERNATIVE: "{who} · alternative to {noun} {label}",
    Purpose.SPLIT: "{who} · {noun} {label} split: a blank line or --- parts it",
    Purpose.MERGER: "{who} · {number} merged into {noun} {label}",
    Purpose.SUB_AMENDMENT: "{who} · sub-amendment to {number} on {noun} {label}",
    Purpose.CONSEQUENCE: "{who} · consequence of {number} in {noun} {label}",
    Purpose.REVISE: "{who} revises {number} on {noun} {label}",
    Purpose.COMMON: "Common wording · {number} on {noun} {label}",
    Purpose.EDIT: "{who} · editorial change in {noun} {label}",
}


@dataclass(frozen=True, slots=True)
class Task:
    """An edit of one unit: `base` are the unit's words, `start` the words that the editor begins with, `by` who speaks
    and `group` on whose behalf.

    `base` and `start` differ where an amendment is revised. For a new unit or an alternative, `unit` and `label` are
    those of the unit before it and `base` is empty; a sub-amendment and a common wording have the words of their
    amendment as `base`. `amendment` has the ids of the amendments that it is about, a blank between them (the one that
    is revised or amended; those on which a Chair's proposal draws; one and the other into which it is merged) and
    `number` their numbers; for a merger of units, both are the labels of the others.
    """

    purpose: Purpose
    text: str
    unit: str
    label: str
    by: str
    base: str
    start: str
    amendment: str = ""
    number: str = ""
    group: str = ""

    @property
    def who(self) -> str:
        """Who speaks, and on whose behalf."""
        return f"{self.by}{_GROUP}{self.group}" if self.group else self.by

    def heading(self, noun: str) -> str:
        """What is being done, in words: "Mexico · amendment on recommendation 8"."""
        return _HEADINGS[self.purpose].format(who=self.who, noun=noun, label=self.label, number=self.number)

    def request(self, words: str, state: State) -> dict[str, object]:
        """The act to ask of the desk, with the edit brought onto the words as they stand now.

        BadInput where nothing was changed; OutOfOrder where others have changed the same words since the edit was
        begun.
        """
        if not words.strip() and self.purpose not in (Purpose.PROPOSE, Purpose.REQUEST):
            raise BadInput("There are no words yet.", f"Type them, or leave with {key('back')}.")
        if words == self.start and self.purpose not in (Purpose.COMMON, Purpose.MERGER):
            raise BadInput("Nothing has been changed yet.", f"Change the words, or leave with {key('back')}.")
        if self.purpose is Purpose.REVISE:
            return {"act": "revise", "amendment": self.amendment, "by": self.by, **self._revision(words, state)}
        if self.purpose is Purpose.COMMON:
            one, into = self.amendment.split()
            return {"act": "merge", "amendment": one, "into": into, "text": self._on_present_words(words, state)}
        if self.purpose is Purpose.EDIT:
            return {"act": "edit", "unit": self.label, "text": self._on_present_words(words, state), "in": self.text}
        if self.purpose is Purpose.REQUEST:
            words = self._on_present_words(words, state)
            return {"act": "request_reopening", "unit": self.label, "by": self.by, "text": words, "in": self.text}
        request: dict[str, object] = {"act": "propose", "by": self.by, "in": self.text, **self._proposal(words, state)}
        if self.group:
            request["on_behalf"] = self.group
        return request

    def present(self, state: State) -> str | None:
        """The words that are edited, as they stand now; None where they are no longer in the text, or are only
        proposed."""
        of = self._of(state)
        if of is not None:
            return of.proposed
        text = state.texts.get(self.text)
        unit = text.unit(self.unit) if text else None
        return unit.text if unit and not unit.deleted else None

    def unsaved(self, words: str, cursor: int, at: str) -> Unsaved:
        """The edit as the journal keeps it."""
        from draftwg.repository.journal import Unsaved

        return Unsaved(
            self.text, self.unit, self.label, self.who, self.base, words, at, self.purpose.value, self.amendment, cursor
        )

    def _proposal(self, words: str, state: State) -> dict[str, object]:
        """The fields of the proposal, by its kind."""
        if self.purpose is Purpose.NEW:
            return {"kind": "new", "after": self.label, "text": words}
        if self.purpose is Purpose.ALTERNATIVE:
            return {"kind": "alt", "unit": self.label, "text": words}
        if self.purpose is Purpose.SPLIT:
            parts = [part.strip() for part in _PART.split(words) if part.strip()]
            if len(parts) < 2:
                raise BadInput("There is only one part yet.", "Put a blank line or --- where it is to be parted.")
            return {"kind": "split", "unit": self.label, "parts": parts}
        if self.purpose is Purpose.MERGER:
            return {"kind": "merge", "unit": self.label, "units": self.amendment.split(", "), "text": words}
        words = self._on_present_words(words, state)
        if self.purpose is Purpose.SUB_AMENDMENT:
            return {"amends": self.amendment, "text": words}
        if self.purpose is Purpose.CONSEQUENCE:
            return {"consequential_to": self.amendment, "unit": self.label, "text": words}
        drawn: dict[str, object] = {"draws_on": self.amendment.split()} if self.amendment else {}
        return {"unit": self.label, "text": words, **drawn}

    def _revision(self, words: str, state: State) -> dict[str, object]:
        """The new wording: that of a sub-amendment is said as a change of its own words, so that it keeps the words of
        its amendment as what it was said against."""
        words = self._on_present_words(words, state)
        amendment = state.amendments[self.amendment]
        if amendment.parent and not amendment.consequential:
            return {"replace": amendment.proposed, "with": words}
        return {"text": words}

    def _of(self, state: State) -> Amendment | None:
        """The amendment whose words are edited, where they are not those of the unit."""
        if self.purpose in (Purpose.SUB_AMENDMENT, Purpose.COMMON):
            return state.amendments.get(self.amendment.split()[-1])
        if self.purpose is Purpose.REVISE:
            own = state.amendments.get(self.amendment)
            return state.amendments.get(own.parent) if own and not own.consequential else None
        return None

    def _on_present_words(self, words: str, state: State) -> str:
        # The act carries the whole unit: without this, an edit begun earlier would silently take back what was
        # accepted meanwhile.
        now = self.present(state)
        if now is None or now == self.base:
            return words
        from draftwg.redline.combine import merge

        merged = merge(self.base, words, now)
        if merged is None:
            raise OutOfOrder(
                f"The same words of {self.label} have been changed since this edit was begun.",
                f"Copy what you need, leave with {key('back')}, and begin on the present words.",
                rule="An amendment is on words that stand.",
            )
        return merged


def task_of(unsaved: Unsaved, state: State) -> Task:
    """The task that an edit kept in the journal was for. OutOfOrder where it can no longer become an act."""
    try:
        purpose = Purpose(unsaved.purpose)
    except ValueError:
        raise BadInput("The unsaved edit is of a kind that this version does not know.") from None
    about = [state.amendments[id] for id in unsaved.amendment.split() if id in state.amendments]
    needed = {
        Purpose.REVISE: 1, Purpose.SUB_AMENDMENT: 1, Purpose.CONSEQUENCE: 1, Purpose.COMMON: 2
    }.get(purpose, 0)  # fmt: skip
    if needed > len(about) or (needed and not all(amendment.state.pending for amendment in about)):
        raise OutOfOrder(
            f"The amendment that {unsaved.by} was changing has been settled.",
            f"{key('discard')} discards the edit.",
            rule="Only a proposal that awaits its fate is changed.",
        )
    start = about[0].proposed if purpose is Purpose.REVISE else unsaved.base
    number = " into ".join(amendment.number for amendment in about) if needed else unsaved.amendment
    by, _, group = unsaved.by.partition(_GROUP)
    return Task(
        purpose, unsaved.text, unsaved.unit, unsaved.label, by, unsaved.base, start, unsaved.amendment, number, group
    )
