"""Recording what delegations propose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from draftwg.tui.commands.base import Command
from draftwg.tui.situation import Pane, Situation
from draftwg.tui.task import Purpose, Task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from draftwg.model.amendment import Amendment
    from draftwg.tui.screens.reading import ReadingScreen


def act_on(screen: ReadingScreen, by: str, label: str = "") -> str:
    """The act by which this delegation changes the words of the unit under the cursor, or of the one with this label:
    propose, or request_reopening on an agreed unit.

    An observer's suggestion touches nothing, so that it is possible on an agreed unit too.
    """
    from draftwg.model.state import may_table

    state = screen.situation.state
    known = state.find_delegation(by) if state else None
    text = screen.situation.text
    unit = text.labelled(label) if text and label else None
    agreed = state.status(unit).agreed if state and unit else screen.situation.agreed
    asks = agreed and (known is None or may_table(known))
    return "request_reopening" if asks else "propose"


def spoken(request: dict[str, object], group: str) -> dict[str, object]:
    """The request, on behalf of this group ("" = of nobody but the speaker)."""
    return {**request, "on_behalf": group} if group else request


class Amend(Command):
    """Record a delegation's amendment on this unit: choose the delegation, then edit the words in place. On an agreed
    unit it becomes a request to reopen it."""

    id, keys, name, group = "amend", "a", "Amend", "Amendments"

    def _impossible(self, now: Situation) -> str:
        return now.no_unit()

    def _called(self, now: Situation) -> str:
        return "Ask to reopen" if now.agreed else self.name

    def _run(self, screen: ReadingScreen) -> None:
        text, unit = screen.text_and_unit()
        asked = f"Who proposes an amendment on {text.noun} {unit.label}?"
        if screen.situation.agreed and screen.situation.row:
            screen.status(screen.situation.no_open_unit())
            asked = f"Who asks to reopen {text.noun} {unit.label} ({screen.situation.row.status})?"

        def begin(by: str, group: str, drawn: Sequence[Amendment] = ()) -> None:
            purpose = Purpose(act_on(screen, by))
            ids = " ".join(one.id for one in drawn)
            task = Task(purpose, text.name, unit.id, unit.label, by, unit.text, unit.text, ids, "", group)
            screen.editing.begin(task)

        def chosen(by: str, group: str) -> None:
            from draftwg.model.delegation import CHAIR

            state = screen.situation.state
            pending = state.pending_on(unit.id) if state else ()
            if by == CHAIR and pending and not screen.situation.agreed:
                screen.ask.drawn_on(pending, lambda drawn: begin(by, group, drawn))
            else:
                begin(by, group)

        screen.ask.speaker(asked, chosen)


class Instruct(Command):
    """Record an amendment as it is spoken, in one line: delegation, then the change, such as br should -> shall. Nobody
    named is the last speaker. The redline stands below while it is typed."""

    id, keys, name, group = "instruct", "i", "Say", "Amendments"

    def _impossible(self, now: Situation) -> str:
        return now.no_unit()

    def _run(self, screen: ReadingScreen) -> None:
        screen.ask.said(*screen.text_and_unit())


class NewUnit(Command):
    """Record a delegation's proposal of a new unit behind this one (bis, ter …): choose the delegation, type the
    words."""

    id, keys, name, group = "new_unit", "n", "New", "Amendments"

    def _impossible(self, now: Situation) -> str:
        return now.no_unit(proposed=True)

    def _run(self, screen: ReadingScreen) -> None:
        text, unit = screen.text_and_unit()

        def begin(by: str, group: str) -> None:
            screen.editing.begin(Task(Purpose.NEW, text.name, unit.id, unit.label, by, "", "", group=group))

        screen.ask.speaker(f"Who proposes a new {text.noun} after {unit.label}?", begin)


class DeleteUnit(Command):
    """Record a delegation's proposal to delete this unit."""

    id, keys, name, group = "delete_unit", "d", "Delete", "Amendments"

    def _impossible(self, now: Situation) -> str:
        return now.no_open_unit()

    def _run(self, screen: ReadingScreen) -> None:
        text, unit = screen.text_and_unit()
        request = {"act": "propose", "unit": unit.label, "kind": "delete", "in": text.name}
        screen.ask.speaker(
            f"Who proposes to delete {text.noun} {unit.label}?",
            lambda by, group: screen.do(spoken({**request, "by": by}, group)),
        )


class Revise(Command):
    """Revise the chosen amendment as its sponsor says: edit its wording; every wording is kept."""

    id, keys, name, group = "revise", "r", "Revise", "Amendments"

    def _impossible(self, now: Situation) -> str:
        if reason := now.no_amendment():
            return reason
        from draftwg.model.amendment import Kind

        if now.amendment and now.amendment.kind in (Kind.DELETE_UNIT, Kind.MOVE, Kind.SPLIT, Kind.HEADING):
            told = f"{now.amendment.number} proposes {now.amendment.said}; there are no words to revise."
            told += " Its sponsor may withdraw it and table another one."
            return f"{told} Rule: A revision changes the words of a proposal."
        return ""

    def _run(self, screen: ReadingScreen) -> None:
        now = screen.situation
        if now.amendment is None or now.text is None:
            return
        unit = now.text.unit(now.amendment.unit)
        start = now.verdict.text if now.verdict and now.verdict.text is not None else now.amendment.proposed
        label = unit.label if unit else now.amendment.label
        base = unit.text if unit else ""
        parent = now.state.amendments.get(now.amendment.parent) if now.state else None
        if parent is not None and not now.amendment.consequential:
            base, start = parent.proposed, now.amendment.proposed
        screen.editing.begin(
            Task(
                Purpose.REVISE, now.text.name, now.amendment.unit, label, now.amendment.by, base, start,
                now.amendment.id, now.amendment.number,
            )
        )  # fmt: skip


class Cosponsor(Command):
    """Record who co-sponsors the chosen amendment, one delegation after another, each with Enter; one that does already
    leaves it. Enter alone or Esc ends it."""

    id, keys, name, group = "cosponsor", "c", "Co-sponsor", "Amendments"

    def _impossible(self, now: Situation) -> str:
        return now.no_amendment()

    def _run(self, screen: ReadingScreen) -> None:
        amendment = screen.situation.amendment
        if amendment is None:
            return

        async def record(by: str, _: str) -> str:
            state = screen.situation.state
            sponsors = state.amendments[amendment.id].sponsors if state else ()
            request: dict[str, object] = {"act": "cosponsor", "amendment": amendment.number, "by": by}
            return await screen.try_to_do({**request, "leave": by in sponsors})

        screen.ask.delegations(
            f"Who co-sponsors {amendment.number} of {amendment.by}?", record, without=(amendment.by,)
        )


class EditorialChange(Command):
    """Make an editorial change as the Secretariat: spelling, grammar, house style; never substance."""

    id, keys, name, group = "edit", "e", "Editorial", "Amendments"

    def _impossible(self, now: Situation) -> str:
        return now.no_open_unit()

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
    """Give up the unsaved edit that is offered above the foot, for good; pressed twice."""

    id, keys, name, group = "discard", "X", "Discard", "Editor"

    def _impossible(self, now: Situation) -> str:
        return "" if now.unsaved else "There is no unsaved edit."

    def _run(self, screen: ReadingScreen) -> None:
        screen.editing.discard()
