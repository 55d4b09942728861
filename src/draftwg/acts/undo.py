"""Undo and redo: acts like all others, so that nothing disappears from the record."""

from dataclasses import dataclass
from typing import Self

from draftwg.acts.base import Act, Drafting, Field, Request
from draftwg.acts.text import Import
from draftwg.errors import BadInput, OutOfOrder
from draftwg.model.state import State


@dataclass(frozen=True, kw_only=True)
class Undo(Act):
    """The latest act, or the one named, no longer counts. Issued versions and the meeting itself stand."""

    NAME = "undo"
    FIELDS = (Field("undoes", "line", "the id of an earlier act; without it, the latest one"),)

    undoes: str
    told: str

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The undoing of the latest act that counts, or of the one named."""
        log = drafting.log
        wanted = request.line("undoes") if request.has("undoes") else ""
        act = log.effective_act(wanted) if wanted else log.undoable
        if act is None:
            if wanted:
                raise BadInput(
                    f"There is no act {wanted[:40]} that counts.", "draftwg history lists them with their ids."
                )
            raise OutOfOrder("There is nothing to undo.", rule="Only what has been done can be undone.")
        told = act.subject(log.before(act.id))
        if act.stands:
            raise OutOfOrder(
                f"“{told}” cannot be undone.",
                "Issue a Rev. or Corr. instead." if act.NAME == "issue" else "",
                rule="An issued version and the meeting itself stand.",
            )
        if isinstance(act, Import) and any(version.text.name == act.text for version in drafting.state.versions):
            raise OutOfOrder(
                f"The text “{act.text}” has been issued.",
                "Import another text under another name.",
                rule="An issued version stands, and so does the text that it is of.",
            )
        passed = log.latest
        if not wanted and passed is not None and passed is not act and passed.NAME == "issue":
            drafting.warnings.append("What has been issued since then stays as it was issued.")
        trouble = log.trouble_without(act.id)
        if trouble:
            raise OutOfOrder(
                f"It cannot be undone while a later act builds on it: {trouble}.",
                "Undo that one first.",
                rule="Acts are undone from the latest one back.",
            )
        return cls(stamp=drafting.stamp(), undoes=act.id, told=told)

    def subject(self, before: State) -> str:
        """The act in plain words."""
        return f"Undone: “{self.told}”"

    def trailers(self, before: State) -> dict[str, str]:
        """The act that no longer counts."""
        return {"Undoes": self.undoes}


@dataclass(frozen=True, kw_only=True)
class Redo(Act):
    """What was undone last counts again, as long as nothing else has been done since."""

    NAME = "redo"
    FIELDS = ()

    redoes: str
    told: str

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The redoing of what was undone last."""
        act = drafting.log.redoable
        if act is None:
            raise OutOfOrder(
                "There is nothing to redo.", rule="Redo follows an undo, with nothing else done in between."
            )
        told = act.subject(drafting.state)
        return cls(stamp=drafting.stamp(), redoes=act.id, told=told)

    def subject(self, before: State) -> str:
        """The act in plain words."""
        return f"Done again: “{self.told}”"

    def trailers(self, before: State) -> dict[str, str]:
        """The act that counts again."""
        return {"Redoes": self.redoes}
