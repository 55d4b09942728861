"""What the words in the editor are to become, and how that is asked of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from draftwg.errors import BadInput, OutOfOrder

if TYPE_CHECKING:
    from draftwg.model.state import State
    from draftwg.repository.journal import Unsaved


class Purpose(StrEnum):
    """Which act the words are to become."""

    PROPOSE = "propose"
    NEW = "new"
    REVISE = "revise"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Task:
    """An edit of one unit: `base` are the unit's words, `start` the words that the editor begins with, `by` who speaks.

    `base` and `start` differ where an amendment is revised. For a new unit, `unit` and `label` are those of the unit
    before it and `base` is empty. `amendment` and `number` are those of the amendment that is revised.
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

    def heading(self, noun: str) -> str:
        """What is being done, in words: "Mexico · amendment on recommendation 8"."""
        if self.purpose is Purpose.NEW:
            return f"{self.by} · new {noun} after {self.label}"
        if self.purpose is Purpose.REVISE:
            return f"{self.by} revises {self.number} on {noun} {self.label}"
        if self.purpose is Purpose.EDIT:
            return f"Secretariat · editorial change in {noun} {self.label}"
        return f"{self.by} · amendment on {noun} {self.label}"

    def request(self, words: str, state: State) -> dict[str, object]:
        """The act to ask of the desk, with the edit brought onto the words as they stand now.

        BadInput where nothing was changed; OutOfOrder where others have changed the same words since the edit was
        begun.
        """
        if not words.strip() and self.purpose is not Purpose.PROPOSE:
            raise BadInput("There are no words yet.", "Type them, or leave with Esc.")
        if words == self.start:
            raise BadInput("Nothing has been changed yet.", "Change the words, or leave with Esc.")
        if self.purpose is Purpose.NEW:
            return {"act": "propose", "kind": "new", "after": self.label, "by": self.by, "text": words, "in": self.text}
        words = self._on_present_words(words, state)
        if self.purpose is Purpose.REVISE:
            return {"act": "revise", "amendment": self.amendment, "by": self.by, "text": words}
        if self.purpose is Purpose.EDIT:
            return {"act": "edit", "unit": self.label, "text": words, "in": self.text}
        return {"act": "propose", "unit": self.label, "by": self.by, "text": words, "in": self.text}

    def present(self, state: State) -> str | None:
        """The words of the unit as they stand now; None where it is no longer in the text, or is only proposed."""
        text = state.texts.get(self.text)
        unit = text.unit(self.unit) if text else None
        return unit.text if unit and not unit.deleted else None

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
                "Copy what you need, leave with Esc, and begin on the present words.",
                rule="An amendment is on words that stand.",
            )
        return merged

    def unsaved(self, words: str, cursor: int, at: str) -> Unsaved:
        """The edit as the journal keeps it."""
        from draftwg.repository.journal import Unsaved

        return Unsaved(
            self.text, self.unit, self.label, self.by, self.base, words, at, self.purpose.value, self.amendment, cursor
        )


def task_of(unsaved: Unsaved, state: State) -> Task:
    """The task that an edit kept in the journal was for. OutOfOrder where it can no longer become an act."""
    try:
        purpose = Purpose(unsaved.purpose)
    except ValueError:
        raise BadInput("The unsaved edit is of a kind that this version does not know.") from None
    amendment = state.amendments.get(unsaved.amendment)
    if purpose is Purpose.REVISE and (amendment is None or not amendment.state.pending):
        raise OutOfOrder(
            f"The amendment that {unsaved.by} was revising has been settled.",
            "X discards the edit.",
            rule="A revision changes a proposal that awaits its fate.",
        )
    start = amendment.proposed if amendment else unsaved.base
    number = amendment.number if amendment else ""
    return Task(
        purpose, unsaved.text, unsaved.unit, unsaved.label, unsaved.by, unsaved.base, start, unsaved.amendment, number
    )
