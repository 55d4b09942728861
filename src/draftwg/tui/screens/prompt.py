"""Asking for a few words: a symbol and a status, a label, what to replace by what."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from draftwg.hygiene import clean_line, visible
from draftwg.tui.frames import WholeModal
from draftwg.tui.widgets.inorder import LineField

Submit = Callable[[Mapping[str, str]], Awaitable[str]]
"""Does something with the answers; gives one line on what is wrong with them, or "" when all is done."""


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a prompt: its name in the answers, what is asked, what stands in it at first, and what to say where
    it is left empty ("" = it may be)."""

    name: str
    asked: str
    value: str = ""
    needed: str = ""


class PromptField(LineField):
    """A field of a prompt. Enter acts at once: what is typed after it belongs to the next field."""

    async def action_submit(self) -> None:
        """Enter."""
        if isinstance(self.screen, Prompt):
            self.screen.entered(self)


class Prompt(WholeModal[None]):
    """Ask some questions. It stays, with everything typed, until `submit` is content or Esc leaves it.

    `remark` is something to know before answering.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False, id="prompt.leave"),
        Binding("down", "app.focus_next", "Next field", show=False, id="prompt.next"),
        Binding("up", "app.focus_previous", "Field before", show=False, id="prompt.previous"),
    ]

    def __init__(self, title: str, questions: Sequence[Question], submit: Submit, remark: str = "") -> None:
        super().__init__()
        self._title = title
        self._remark = remark
        self._questions = questions
        self._submit = submit

    def compose(self) -> ComposeResult:
        """Title, questions, room for what is wrong, keys."""
        with Vertical(id="prompt"):
            yield Static(Content(visible(self._title)), id="prompt-title")
            for question in self._questions:
                yield Static(Content(visible(question.asked)), classes="prompt-label")
                yield PromptField(visible(question.value), id=f"prompt-{question.name}")
            if self._remark:
                yield Static(Content(visible(self._remark)), id="prompt-remark")
            yield Static(Content(""), id="prompt-error")
            yield Static(Content("Enter goes on   ↑ ↓ fields   Esc leaves"), id="prompt-keys")

    def on_mount(self) -> None:
        """The first field has the keys."""
        for field in self.query(Input):
            field.cursor_blink = False
        self.query(Input).first().focus()

    def on_key(self, event: events.Key) -> None:
        """Letters typed before a field was there go into the first one."""
        if event.is_printable and event.character and not isinstance(self.focused, Input):
            self.query(Input).first().insert_text_at_cursor(event.character)
            event.stop()

    def entered(self, field: PromptField) -> None:
        """Enter goes to the next field; in the last one, the answers are handed in. One that is needed is not left
        empty."""
        fields = list(self.query(PromptField))
        place = fields.index(field)
        for asked, question in list(zip(fields, self._questions, strict=True))[: place + 1]:
            if question.needed and not clean_line(asked.value):
                self._refuse(question.needed)
                self.set_focus(asked)
                return
        self._refuse("")
        if place + 1 < len(fields):
            self.set_focus(fields[place + 1])
        else:
            self.run_worker(self._hand_in(), group="prompt", exclusive=True)

    def _refuse(self, wrong: str) -> None:
        self.query_one("#prompt-error", Static).update(Content(visible(wrong)))

    async def _hand_in(self) -> None:
        answers = {
            question.name: clean_line(self.query_one(f"#prompt-{question.name}", Input).value)
            for question in self._questions
        }
        wrong = await self._submit(answers)
        if wrong:
            self._refuse(wrong)
        else:
            self.dismiss(None)

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
