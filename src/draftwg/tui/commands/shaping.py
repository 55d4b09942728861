"""Proposals that are more than a change of words in a unit: on another proposal, in its place, elsewhere, in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from draftwg.tui.commands.amending import spoken
from draftwg.tui.commands.base import Command
from draftwg.tui.situation import Situation
from draftwg.tui.task import Purpose, Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from draftwg.tui.screens.reading import ReadingScreen


class SubAmend(Command):
    """Record a delegation's sub-amendment: it changes the words of the chosen amendment and is taken before it."""

    id, keys, name, group = "sub_amend", "s", "Sub-amend", "Amendments"

    def _impossible(self, now: Situation) -> str:
        if reason := now.no_amendment():
            return reason
        one = now.amendment
        if one is not None and one.parent:
            return f"{one.number} hangs on another one. Rule: A sub-amendment cannot be amended; there is one level."
        if one is not None and not ((one.words_only or one.label) and one.proposed):
            return f"{one.number} has no words to amend. Rule: A sub-amendment changes proposed words."
        return ""

    def _run(self, screen: ReadingScreen) -> None:
        now = screen.situation
        one = now.amendment
        if one is None:
            return

        def begin(by: str, group: str) -> None:
            screen.editing.begin(
                Task(
                    Purpose.SUB_AMENDMENT, one.text, one.unit, one.label or screen.label_of(one.unit), by, one.proposed,
                    one.proposed, one.id, one.number, group,
                )
            )  # fmt: skip

        screen.ask.speaker(f"Who amends {one.number} of {one.by}?", begin)


class Consequence(Command):
    """Record, as the Secretariat, a change that follows from the chosen amendment: it is taken after it, and lapses
    with it."""

    id, keys, name, group = "consequence", "C", "Consequence", "Amendments"

    def _impossible(self, now: Situation) -> str:
        return now.no_amendment()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.errors import BadInput
        from draftwg.tui.screens.prompt import Question

        now = screen.situation
        one, state = now.amendment, now.state
        if one is None or state is None:
            return

        def begin(label: str) -> str:
            from draftwg.model.delegation import SECRETARIAT

            try:
                text, unit = state.find_unit(label, one.text)
            except BadInput as error:
                return str(error)
            if unit.deleted:
                return f"{text.noun.capitalize()} {unit.label} is no longer in the text."
            task = Task(
                Purpose.CONSEQUENCE,
                text.name,
                unit.id,
                unit.label,
                SECRETARIAT,
                unit.text,
                unit.text,
                one.id,
                one.number,
            )
            screen.call_after_refresh(_begin_at, screen, task)
            return ""

        async def submit(answers: Mapping[str, str]) -> str:
            return begin(answers["unit"])

        here = now.row.unit.label if now.row and now.row.unit and not now.no_unit() else ""
        question = Question("unit", f"in {now.noun}", here)
        screen.ask.prompt(f"A consequence of {one.number} of {one.by}", (question,), submit)


class Alternative(Command):
    """Record a delegation's alternative to this unit (16 alt): other words for the whole of it."""

    id, keys, name, group = "alternative", "A", "Alternative", "Amendments"

    def _impossible(self, now: Situation) -> str:
        return now.no_unit(proposed=True) or (now.no_open_unit() if now.agreed else "")

    def _run(self, screen: ReadingScreen) -> None:
        text, unit = screen.text_and_unit()

        def begin(by: str, group: str) -> None:
            task = Task(Purpose.ALTERNATIVE, text.name, unit.id, unit.label, by, "", "", group=group)
            screen.editing.begin(task)

        screen.ask.speaker(f"Who proposes an alternative to {text.noun} {unit.label}?", begin)


class Move(Command):
    """Record a delegation's proposal to move this unit behind another one."""

    id, keys, name, group = "move", "M", "Move", "Amendments"

    def _impossible(self, now: Situation) -> str:
        return now.no_open_unit()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.prompt import Question

        text, unit = screen.text_and_unit()

        def ask(by: str, group: str) -> None:
            async def submit(answers: Mapping[str, str]) -> str:
                request = {"act": "propose", "kind": "move", "unit": unit.label, "in": text.name, "by": by}
                return await screen.try_to_do(spoken({**request, "after": answers["after"]}, group))

            question = Question("after", f"to stand after {text.noun}")
            screen.ask.prompt(f"{by} moves {text.noun} {unit.label}", (question,), submit)

        screen.ask.speaker(f"Who proposes to move {text.noun} {unit.label}?", ask)


class Split(Command):
    """Record a delegation's proposal to split this unit: in the editor a blank line, or a line of dashes, parts it."""

    id, keys, name, group = "split", "S", "Split", "Amendments"

    def _impossible(self, now: Situation) -> str:
        return now.no_open_unit()

    def _run(self, screen: ReadingScreen) -> None:
        text, unit = screen.text_and_unit()

        def begin(by: str, group: str) -> None:
            task = Task(Purpose.SPLIT, text.name, unit.id, unit.label, by, unit.text, unit.text, group=group)
            screen.editing.begin(task)

        screen.ask.speaker(f"Who proposes to split {text.noun} {unit.label}?", begin)


class MergeUnits(Command):
    """Record a delegation's proposal to merge other units into this one: name them, then edit the words together."""

    id, keys, name, group = "merge_units", "G", "Merge units", "Amendments"

    def _impossible(self, now: Situation) -> str:
        return now.no_open_unit()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.errors import BadInput
        from draftwg.tui.screens.prompt import Question

        text, unit = screen.text_and_unit()
        state = screen.situation.state

        def ask(by: str, group: str) -> None:
            async def submit(answers: Mapping[str, str]) -> str:
                try:
                    labels = [label for label in answers["units"].split(",") if label.strip()]
                    others = [state.find_unit(label, text.name)[1] for label in labels] if state else []
                except BadInput as error:
                    return str(error)
                if not others:
                    return "Name the units, with commas between them."
                names = ", ".join(other.label for other in others)
                start = "\n".join([unit.text, *(other.text for other in others)])
                task = Task(Purpose.MERGER, text.name, unit.id, unit.label, by, unit.text, start, names, names, group)
                screen.call_after_refresh(screen.editing.begin, task)
                return ""

            question = Question("units", f"these {text.noun}s, with commas")
            screen.ask.prompt(f"{by} merges into {text.noun} {unit.label}", (question,), submit)

        screen.ask.speaker(f"Who proposes to merge others into {text.noun} {unit.label}?", ask)


class Heading(Command):
    """Record a delegation's proposal of another heading for the section of this unit."""

    id, keys, name, group = "heading", "E", "Heading", "Amendments"

    def _impossible(self, now: Situation) -> str:
        if reason := now.no_unit(proposed=True):
            return reason
        return (
            ""
            if now.row and now.row.unit and now.row.unit.section
            else "This unit stands under no heading. Rule: An amendment is on a part of the text."
        )

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.prompt import Question

        text, unit = screen.text_and_unit()
        title = next((section.title for section in text.sections if section.path == unit.section), "")

        def ask(by: str, group: str) -> None:
            async def submit(answers: Mapping[str, str]) -> str:
                request = {"act": "propose", "kind": "heading", "section": unit.section, "in": text.name, "by": by}
                return await screen.try_to_do(spoken({**request, "text": answers["heading"]}, group))

            screen.ask.prompt(f"{by} · heading of {unit.section}", (Question("heading", "to read", title),), submit)

        screen.ask.speaker(f"Who proposes another heading for {unit.section}?", ask)


def _begin_at(screen: ReadingScreen, task: Task) -> None:
    """Go to the unit of this task and open the editor on it."""
    screen.go_to_unit(task.unit, task.text)
    screen.show_unit()
    screen.editing.begin(task)
