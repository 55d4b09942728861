"""Recording what delegations propose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from draftwg.tui.commands.base import Command
from draftwg.tui.situation import Pane, Situation
from draftwg.tui.task import Purpose, Task

if TYPE_CHECKING:
    from draftwg.tui.screens.reading import ReadingScreen


class Amend(Command):
    """Record a delegation's amendment on this unit: choose the delegation, then edit the words in place."""

    id, keys, name, group = "amend", "a", "Amend", "Amendments"

    def _impossible(self, now: Situation) -> str:
        return now.no_unit()

    def _run(self, screen: ReadingScreen) -> None:
        text, unit = screen.text_and_unit()

        def begin(by: str) -> None:
            screen.editing.begin(Task(Purpose.PROPOSE, text.name, unit.id, unit.label, by, unit.text, unit.text))

        screen.ask.delegation(f"Who proposes an amendment on {text.noun} {unit.label}?", begin)


class Instruct(Command):
    """Record an amendment as it is spoken: the words to replace and the words to stand in their place."""

    id, keys, name, group = "instruct", "i", "Old → new", "Amendments"

    def _impossible(self, now: Situation) -> str:
        return now.no_unit()

    def _run(self, screen: ReadingScreen) -> None:
        text, unit = screen.text_and_unit()
        screen.ask.delegation(
            f"Who proposes to replace words in {text.noun} {unit.label}?",
            lambda by: screen.ask.instruction(text, unit, by),
        )


class NewUnit(Command):
    """Record a delegation's proposal of a new unit behind this one (bis, ter …): choose the delegation, type the
    words."""

    id, keys, name, group = "new_unit", "n", "New", "Amendments"

    def _impossible(self, now: Situation) -> str:
        return now.no_unit(proposed=True)

    def _run(self, screen: ReadingScreen) -> None:
        text, unit = screen.text_and_unit()

        def begin(by: str) -> None:
            screen.editing.begin(Task(Purpose.NEW, text.name, unit.id, unit.label, by, "", ""))

        screen.ask.delegation(f"Who proposes a new {text.noun} after {unit.label}?", begin)


class DeleteUnit(Command):
    """Record a delegation's proposal to delete this unit."""

    id, keys, name, group = "delete_unit", "d", "Delete", "Amendments"

    def _impossible(self, now: Situation) -> str:
        return now.no_unit()

    def _run(self, screen: ReadingScreen) -> None:
        text, unit = screen.text_and_unit()
        request = {"act": "propose", "unit": unit.label, "kind": "delete", "in": text.name}
        screen.ask.delegation(
            f"Who proposes to delete {text.noun} {unit.label}?", lambda by: screen.do({**request, "by": by})
        )


class Revise(Command):
    """Revise the chosen amendment as its sponsor says: edit its wording; every wording is kept."""

    id, keys, name, group = "revise", "r", "Revise", "Amendments"

    def _impossible(self, now: Situation) -> str:
        if reason := now.no_amendment():
            return reason
        from draftwg.model.amendment import Kind

        if now.amendment and now.amendment.kind is Kind.DELETE_UNIT:
            return f"{now.amendment.number} proposes to delete the whole unit; there are no words to revise."
        return ""

    def _run(self, screen: ReadingScreen) -> None:
        now = screen.situation
        if now.amendment is None or now.text is None:
            return
        unit = now.text.unit(now.amendment.unit)
        start = now.verdict.text if now.verdict and now.verdict.text is not None else now.amendment.proposed
        label = unit.label if unit else now.amendment.label
        screen.editing.begin(
            Task(
                Purpose.REVISE, now.text.name, now.amendment.unit, label, now.amendment.by, unit.text if unit else "",
                start, now.amendment.id, now.amendment.number,
            )
        )  # fmt: skip


class Cosponsor(Command):
    """Record that a delegation co-sponsors the chosen amendment; one that does already leaves it."""

    id, keys, name, group = "cosponsor", "c", "Co-sponsor", "Amendments"

    def _impossible(self, now: Situation) -> str:
        return now.no_amendment()

    def _run(self, screen: ReadingScreen) -> None:
        amendment = screen.situation.amendment
        if amendment is None:
            return
        request = {"act": "cosponsor", "amendment": amendment.number}
        screen.ask.delegation(
            f"Who co-sponsors {amendment.number} of {amendment.by}?",
            lambda by: screen.do({**request, "by": by, "leave": by in amendment.sponsors}),
            without=(amendment.by,),
        )


class EditorialChange(Command):
    """Make an editorial change as the Secretariat: spelling, grammar, house style; never substance."""

    id, keys, name, group = "edit", "e", "Editorial", "Amendments"

    def _impossible(self, now: Situation) -> str:
        return now.no_unit()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.model.delegation import SECRETARIAT

        text, unit = screen.text_and_unit()
        screen.editing.begin(Task(Purpose.EDIT, text.name, unit.id, unit.label, SECRETARIAT, unit.text, unit.text))


class Save(Command):
    """Record the words in the editor as the amendment, revision or editorial change that they are for."""

    id, keys, name, group = "save", "ctrl+s", "Save", "Editor"
    while_editing = True

    def _impossible(self, now: Situation) -> str:
        return "" if now.pane is Pane.EDITOR else "Nothing is being edited."

    def _run(self, screen: ReadingScreen) -> None:
        screen.editing.save()


class Resume(Command):
    """Take up the unsaved edit that is offered above the foot."""

    id, keys, name, group = "resume", "R", "Resume", "Editor"

    def _impossible(self, now: Situation) -> str:
        return "" if now.unsaved else "There is no unsaved edit."

    def _run(self, screen: ReadingScreen) -> None:
        screen.editing.resume()


class Discard(Command):
    """Give up the unsaved edit that is offered above the foot, for good."""

    id, keys, name, group = "discard", "X", "Discard", "Editor"

    def _impossible(self, now: Situation) -> str:
        return "" if now.unsaved else "There is no unsaved edit."

    def _run(self, screen: ReadingScreen) -> None:
        screen.editing.discard()
