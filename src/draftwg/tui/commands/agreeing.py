"""What the Chair notes of a unit: agreed at which level, reopened, waiting for words, before the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from draftwg.tui.commands.base import Command
from draftwg.tui.keys import key
from draftwg.tui.situation import Situation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from draftwg.tui.screens.reading import ReadingScreen

_LEVELS = (("r", "ad ref"), ("i", "informals"), ("a", "agreed"), ("d", "adopted"))


class Agree(Command):
    """Record that this unit, or every unit, is agreed: ad ref, in informals, agreed, or adopted."""

    id, keys, name, group = "agree", "equals_sign", "Agree", "Decisions"

    def _impossible(self, now: Situation) -> str:
        if reason := now.no_unit():
            return reason
        if now.state is None or now.row is None or now.row.unit is None:
            return now.no_text()
        clean = "Rule: Only a clean unit is agreed."
        if now.row.pending:
            return f"{now.noun.capitalize()} {now.row.unit.label} still has brackets: decide on them first. {clean}"
        if now.row.unit.id in now.state.placeholders:
            return f"{now.noun.capitalize()} {now.row.unit.label} is a placeholder: its words come first. {clean}"
        return ""

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.choosing import Option

        text, unit = screen.text_and_unit()
        words = {"ad ref": "agreed ad ref", "informals": "agreed in informals"}
        state = screen.situation.state
        waits = bool(state and unit.id in state.agreements and state.agreements[unit.id].pending)
        status = str(state.status(unit)) if state is not None and not waits else ""
        so = f"{text.noun.capitalize()} {unit.label} is {status} already."
        names = {level: words.get(level, level) for _, level in _LEVELS}
        options = [Option(level, key, names[level], so if names[level] == status else "") for key, level in _LEVELS]
        options.append(Option("pending", "p", "agreed ad ref, pending a delegation or another unit …"))
        options += [
            Option(f"all {level}", key.upper(), f"every {text.noun} {words.get(level, level)}")
            for key, level in _LEVELS
        ]
        request: dict[str, object] = {"act": "agree", "in": text.name}

        def chosen(value: str) -> None:
            if value.startswith("all "):
                level = value.removeprefix("all ")
                every = f"All {len(text.standing)} {text.noun}s {names[level]}? Enter"
                screen.twice.ask(every, lambda: screen.do({**request, "all": True, "as": level}))
            elif value == "pending":
                _ask_pending(screen, {**request, "unit": unit.label})
            else:
                screen.do({**request, "unit": unit.label, "as": value})

        screen.ask.choose(f"{text.noun.capitalize()} {unit.label} is", options, chosen)


class Reopen(Command):
    """Record the Chair's ruling that this agreed unit is taken up again, upon the request of a delegation."""

    id, keys, name, group = "reopen", "O", "Reopen", "Decisions"

    def _impossible(self, now: Situation) -> str:
        if reason := now.no_unit():
            return reason
        if not now.agreed or now.row is None or now.row.unit is None or now.state is None:
            return "This unit is not agreed. Rule: Only what has been agreed is reopened."
        if not now.state.held_on(now.row.unit.id):
            label = now.row.unit.label
            told = f"Nobody has asked to reopen {label}: {key('amend')} does."
            return f"{told} Rule: A reopening needs a request and its mover."
        return ""

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.prompt import Question

        text, unit = screen.text_and_unit()

        async def submit(answers: Mapping[str, str]) -> str:
            request: dict[str, object] = {
                "act": "reopen",
                "unit": unit.label,
                "in": text.name,
                "ruling": answers["ruling"],
            }
            return await screen.try_to_do(request)

        asked = "The ruling in words, or the figures of the vote (none: leave it empty)"
        question = Question("ruling", asked, "no objection")
        screen.ask.prompt(f"Reopen {text.noun} {unit.label}", (question,), submit)


class Placeholder(Command):
    """Let this unit wait for words, such as those of a contact group; empty words end the waiting."""

    id, keys, name, group = "placeholder", "P", "Placeholder", "Meeting"

    def _impossible(self, now: Situation) -> str:
        return now.no_open_unit()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.prompt import Question

        text, unit = screen.text_and_unit()
        state = screen.situation.state
        words = state.placeholders.get(unit.id, "") if state else ""

        async def submit(answers: Mapping[str, str]) -> str:
            request: dict[str, object] = {
                "act": "placeholder",
                "unit": unit.label,
                "in": text.name,
                "words": answers["words"],
            }
            return await screen.try_to_do(request)

        question = Question("words", "What is awaited, such as: pending merger with 17", words)
        screen.ask.prompt(f"Placeholder on {text.noun} {unit.label}", (question,), submit)


class Consider(Command):
    """Record that the room comes to this unit: the reading knows how far it is, and when it may end."""

    id, keys, name, group = "consider", "full_stop", "Here", "Meeting"

    def _impossible(self, now: Situation) -> str:
        return now.no_unit() or now.no_reading()

    def _run(self, screen: ReadingScreen) -> None:
        text, unit = screen.text_and_unit()
        screen.do({"act": "consider", "unit": unit.label, "in": text.name})


def _ask_pending(screen: ReadingScreen, request: Mapping[str, object]) -> None:
    from draftwg.tui.screens.prompt import Question

    async def submit(answers: Mapping[str, str]) -> str:
        names = [name.strip() for name in answers["names"].split(",") if name.strip()]
        if not names:
            return "Name the delegations or units, with commas between them."
        return await screen.try_to_do({**request, "as": "ad ref", "pending": names})

    screen.ask.prompt("Agreed ad ref, pending", (Question("names", "Delegations or units, with commas"),), submit)
