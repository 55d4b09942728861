"""The questions that the reading screen asks: who, where, what words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from draftwg.errors import BadInput

if TYPE_CHECKING:
    from draftwg.model.amendment import Amendment
    from draftwg.model.delegation import Delegation
    from draftwg.model.reading import Reading
    from draftwg.model.state import State
    from draftwg.model.text import Text, Unit
    from draftwg.tui.screens.choosing import Option
    from draftwg.tui.screens.prompt import Question, Submit
    from draftwg.tui.screens.reading import ReadingScreen

_RECENT = 400


class Asking:
    """Asks on behalf of a screen; what is answered goes to the desk or moves the cursor."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._directory: tuple[Delegation, ...] = ()
        self.searched = ""
        self.matches: tuple[str, ...] = ()

    def know(self, directory: tuple[Delegation, ...]) -> None:
        """Whom one may choose from beside the roster."""
        self._directory = directory

    def delegation(
        self, question: str, then: Callable[[str], None], without: tuple[str, ...] = (), *, chair: bool = False
    ) -> None:
        """Ask for a delegation and go on with its name. With `chair`, it may be the Chair."""
        from draftwg.tui.screens.picker import Picker

        state = self._screen.situation.state
        if state is None:
            return
        roster = tuple(state.delegations.values())
        known = {one.name for one in roster} | {one.code for one in roster if one.code}
        others = tuple(one for one in self._directory if one.name not in known and (one.code or "-") not in known)
        picker = Picker(
            question,
            (*roster, *others),
            len(roster),
            recent_speakers(state),
            without=without,
            may_add=not self._screen.strict_roster,
            chair=chair,
        )
        self._screen.app.push_screen(picker, lambda name: then(name) if name else None)

    def speaker(self, question: str, then: Callable[[str, str], None]) -> None:
        """Ask who proposes, the Chair among them, and go on with the name of the party and the group for which it
        speaks ("" = for itself): a regional group speaks through a party."""

        def chosen(name: str) -> None:
            from draftwg.model.delegation import Category, the

            state = self._screen.situation.state
            known = state.find_delegation(name) if state else None
            if known is not None and known.category is Category.GROUP:
                self.party(f"Which party speaks for {the(name)}?", lambda by: then(by, name))
            else:
                then(name, "")

        self.delegation(question, chosen, chair=True)

    def party(self, question: str, then: Callable[[str], None]) -> None:
        """Ask for a party, and go on with its name: observers, groups and the Chair are left out."""
        from draftwg.model.delegation import Category
        from draftwg.model.state import may_table

        state = self._screen.situation.state
        listed = state.delegations.values() if state else ()
        without = tuple(one.name for one in listed if not may_table(one) or one.category is Category.GROUP)
        self.delegation(question, then, without=without)

    def drawn_on(self, pending: Sequence[Amendment], then: Callable[[Sequence[Amendment]], None]) -> None:
        """Ask on which amendments a Chair's proposal draws, and go on with them."""
        from draftwg.tui.screens.prompt import Question

        state = self._screen.situation.state

        async def submit(answers: Mapping[str, str]) -> str:
            try:
                numbers = answers["numbers"].replace(",", " ").split()
                drawn = [state.find_amendment(number) for number in numbers] if state else []
            except BadInput as error:
                return str(error)
            self._screen.call_after_refresh(then, drawn)
            return ""

        numbers = ", ".join(amendment.number for amendment in pending)
        self.prompt("The Chair's proposal", (Question("numbers", "draws on these amendments", numbers),), submit)

    def choose(self, question: str, options: Sequence[Option], then: Callable[[str], None]) -> None:
        """Ask for one of a few things and go on with its value."""
        from draftwg.tui.screens.choosing import Chooser

        chooser = Chooser(question, options)
        self._screen.app.push_screen(chooser, lambda value: then(value) if value is not None else None)

    def label(self) -> None:
        """Ask for a label and go to its unit."""
        from draftwg.tui.screens.prompt import Question

        async def submit(answers: Mapping[str, str]) -> str:
            return self._screen.go_to_label(answers["label"])

        self.prompt("Go to", (Question("label", "Label, such as 15 bis", needed="Type the label first."),), submit)

    def instruction(self, act: str, text: Text, unit: Unit, by: str, group: str) -> None:
        """Ask for the words to replace and those to stand in their place, and record the amendment; `act` is propose,
        or request_reopening on an agreed unit."""
        from draftwg.tui.screens.prompt import Question

        async def submit(answers: Mapping[str, str]) -> str:
            request: dict[str, object] = {
                "act": act, "unit": unit.label, "by": by, "in": text.name, "replace": answers["old"],
                "with": answers["new"],
            }  # fmt: skip
            if not answers["new"]:
                request = {**request, "delete": answers["old"]}
                del request["replace"], request["with"]
            if group and act == "propose":
                request["on_behalf"] = group
            return await self._screen.try_to_do(request)

        questions = (
            Question("old", "Replace these words", needed="Type the words first."),
            Question("new", "by these (none: delete them)"),
        )
        self.prompt(f"{by} · {text.noun} {unit.label}", questions, submit)

    def close(self, reading: Reading) -> None:
        """Ask how the reading ended, and close it."""
        from draftwg.tui.screens.prompt import Question

        async def submit(answers: Mapping[str, str]) -> str:
            from draftwg.model.labels import normal_label

            how = answers["how"].casefold()
            if how in ("c", "completed", ""):
                return await self._screen.try_to_do({"act": "close_reading", "completed": True})
            try:
                reached = normal_label(how)
            except BadInput:
                return "Type c where it is completed, or the label of the last unit that was considered."
            return await self._screen.try_to_do({"act": "close_reading", "completed": False, "reached": reached})

        asked = "c = completed; or the label of the last unit considered, where it is not completed"
        self.prompt(f"Close the {reading.name}", (Question("how", asked, "c"),), submit)

    def search(self) -> None:
        """Search the meeting and go to what was chosen."""
        from draftwg.tui.screens.search import open_search

        open_search(self._screen)

    def help(self) -> None:
        """Show the keys."""
        from draftwg.tui.commands import COMMANDS
        from draftwg.tui.screens.helping import HelpScreen

        self._screen.app.push_screen(HelpScreen(COMMANDS, self._screen.situation))

    def prompt(self, title: str, questions: Sequence[Question], submit: Submit, remark: str = "") -> None:
        """Ask for a few words; the prompt stays until `submit` is content. `remark` stands in it."""
        from draftwg.tui.screens.prompt import Prompt

        self._screen.app.push_screen(Prompt(title, questions, submit, remark))


def recent_speakers(state: State) -> tuple[str, ...]:
    """Those who have tabled amendments, the latest first."""
    names: dict[str, None] = {}
    for amendment in reversed([*state.amendments.values()][-_RECENT:]):
        names.setdefault(amendment.by)
    return tuple(names)
