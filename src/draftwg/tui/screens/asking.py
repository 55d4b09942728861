"""The questions that the reading screen asks: who, where, what words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from draftwg.errors import BadInput

if TYPE_CHECKING:
    from draftwg.model.amendment import Amendment
    from draftwg.model.delegation import Delegation
    from draftwg.model.reading import Reading
    from draftwg.model.state import State
    from draftwg.model.text import Text, Unit
    from draftwg.tui.screens.choosing import Option
    from draftwg.tui.screens.picker import Directory
    from draftwg.tui.screens.prompt import Question, Submit
    from draftwg.tui.screens.reading import ReadingScreen
    from draftwg.tui.task import Task

_RECENT = 400


class Asking:
    """Asks on behalf of a screen; what is answered goes to the desk or moves the cursor."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._directory: tuple[Delegation, ...] = ()
        self._heard: list[str] = []
        self.saying: tuple[Task, str] | None = None  # what is being said, with the words that the unit would have
        self.unsaid = ("", "", "")  # the unit's id, who, and the line that was left without being recorded
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

        directory = self.directory()
        if directory is not None:
            picker = Picker(question, directory, without=without, chair=chair)
            self._screen.app.push_screen(picker, lambda name: self._chosen(name, then) if name else None)

    def delegations(
        self, question: str, record: Callable[[str, str], Awaitable[str]], without: tuple[str, ...] = ()
    ) -> None:
        """Ask for one delegation after another and record each at once: `record` gets the name of the party and of the
        group for which it speaks, and says in one line what is wrong, or ""."""
        from draftwg.tui.screens.picker import Picker

        async def each(name: str) -> str:
            self.heard(name)
            if self.is_group(name):
                self.party_for(name, lambda by: self._screen.run_worker(record(by, name), group="acts"))
                return ""
            return await record(name, "")

        directory = self.directory()
        if directory is not None:
            self._screen.app.push_screen(Picker(question, directory, without=without, each=each))

    def directory(self) -> Directory | None:
        """Whom one may choose, the latest speakers first: those of this sitting at the console, then of the record."""
        from draftwg.desk.directory import two_letters
        from draftwg.model.delegation import Category
        from draftwg.tui.screens.picker import Directory

        state = self._screen.situation.state
        if state is None:
            return None
        roster = tuple(state.delegations.values())
        known = {one.name for one in roster} | {one.code for one in roster if one.code}
        others = tuple(one for one in self._directory if one.name not in known and (one.code or "-") not in known)
        spoke = recent_speakers(state)
        active = {*spoke, *(name for one in state.amendments.values() for name in one.names)}
        silent = {
            one.name for one in roster
            if not one.code and one.category is Category.UNSPECIFIED and one.name not in active
        }  # fmt: skip
        recent = tuple(dict.fromkeys((*(name for name in self._heard if name not in silent), *spoke)))
        may_add = not self._screen.strict_roster
        return Directory((*roster, *others), len(roster), recent, two_letters(), may_add, silent)

    def heard(self, name: str) -> None:
        """This delegation has spoken: it comes first from now on."""
        self._heard = [name, *(one for one in self._heard[:_RECENT] if one != name)]

    def _chosen(self, name: str, then: Callable[[str], None]) -> None:
        self.heard(name)
        then(name)

    def is_group(self, name: str) -> bool:
        """Whether it is a regional group, which speaks through a party."""
        from draftwg.model.delegation import Category

        state = self._screen.situation.state
        known = state.find_delegation(name) if state else None
        return known is not None and known.category is Category.GROUP

    def speaker(self, question: str, then: Callable[[str, str], None]) -> None:
        """Ask who proposes, the Chair among them, and go on with the name of the party and the group for which it
        speaks ("" = for itself): a regional group speaks through a party."""

        def chosen(name: str) -> None:
            if self.is_group(name):
                self.party_for(name, lambda by: then(by, name))
            else:
                then(name, "")

        self.delegation(question, chosen, chair=True)

    def party_for(self, group: str, then: Callable[[str], object]) -> None:
        """Ask which party speaks for this group, and go on with its name: observers, other groups and the Chair are
        left out."""
        from draftwg.model.delegation import Category, the
        from draftwg.model.state import may_table

        state = self._screen.situation.state
        listed = state.delegations.values() if state else ()
        without = tuple(one.name for one in listed if not may_table(one) or one.category is Category.GROUP)
        self.delegation(f"Which party speaks for {the(group)}?", lambda by: _done(then(by)), without=without)

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

    def choose(self, question: str, options: Sequence[Option | str], then: Callable[[str], None]) -> None:
        """Ask for one of these things, with headings among them, and go on with its value."""
        from draftwg.tui.screens.choosing import Chooser

        chooser = Chooser(question, options)
        self._screen.app.push_screen(chooser, lambda value: then(value) if value is not None else None)

    def label(self) -> None:
        """Ask for a label and go to its unit."""
        from draftwg.tui.screens.prompt import Question

        async def submit(answers: Mapping[str, str]) -> str:
            return self._screen.go_to_label(answers["label"])

        self.prompt("Go to", (Question("label", "Label, such as 15 bis", needed="Type the label first."),), submit)

    def said(self, text: Text, unit: Unit) -> None:
        """Ask who proposes what, in one line, and record it."""
        from draftwg.tui.screens.saying import SayScreen

        self._screen.app.push_screen(SayScreen(self._screen, text, unit))

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
        self.prompt(f"Close the {reading.name}", (Question("how", asked, self._reached(reading) or "c"),), submit)

    def _reached(self, reading: Reading) -> str:
        """The label of the last unit that the reading came to; "" where it came to all, or where none was noted."""
        state = self._screen.situation.state
        last = reading.considered[-1].unit if reading.considered else ""
        text = next((text for text in state.texts.values() if text.unit(last)), None) if state and last else None
        unit = text.unit(last) if text else None
        been = {one.unit for one in reading.considered}
        if text is None or unit is None or all(one.id in been for one in text.standing):
            return ""
        return unit.label

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
    """Those who have tabled amendments, taken positions or had the floor, the latest first."""
    spoke = [(one.at, one.by) for one in [*state.amendments.values()][-_RECENT:]]
    spoke += [(one.at, one.by) for one in state.positions[-_RECENT:]]
    for reading in state.readings[-2:]:
        spoke += [(one.at, name) for one in reading.considered[-_RECENT:] for name in one.speakers]
    spoke.sort(key=lambda one: one[0])
    return tuple(dict.fromkeys(name for _, name in reversed(spoke)))


def _done(_: object) -> None:
    """Nothing is to be done with what came back."""
