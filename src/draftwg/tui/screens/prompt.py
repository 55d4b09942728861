"""Asking for a few words: a symbol and a status, a label, what to replace by what."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from draftwg.hygiene import clean_line, visible

Submit = Callable[[Mapping[str, str]], Awaitable[str]]
"""Does something with the answers; gives one line on what is wrong with them, or "" when all is done."""


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a prompt: its name in the answers, what is asked, and what stands in it at first."""

    name: str
    asked: str
    value: str = ""


class Prompt(ModalScreen[None]):
    """Ask some questions. It stays, with everything typed, until `submit` is content or Esc leaves it."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False, id="prompt.leave"),
        Binding("down", "app.focus_next", "Next field", show=False, id="prompt.next"),
        Binding("up", "app.focus_previous", "Field before", show=False, id="prompt.previous"),
    ]

    def __init__(self, title: str, questions: Sequence[Question], submit: Submit) -> None:
        super().__init__()
        self._title = title
        self._questions = questions
        self._submit = submit

    def compose(self) -> ComposeResult:
        """Title, questions, room for what is wrong, keys."""
        with Vertical(id="prompt"):
            yield Static(Content(visible(self._title)), id="prompt-title")
            for question in self._questions:
                yield Static(Content(visible(question.asked)), classes="prompt-label")
                yield Input(visible(question.value), id=f"prompt-{question.name}")
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

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next empty field; when none is left, the answers are handed in."""
        fields = list(self.query(Input))
        place = fields.index(event.input)
        empty = next((field for field in fields[place + 1 :] if not field.value), None)
        if empty is not None:
            empty.focus()
        else:
            self.run_worker(self._hand_in(), group="prompt", exclusive=True)

    async def _hand_in(self) -> None:
        answers = {
            question.name: clean_line(self.query_one(f"#prompt-{question.name}", Input).value)
            for question in self._questions
        }
        wrong = await self._submit(answers)
        if wrong:
            self.query_one("#prompt-error", Static).update(Content(visible(wrong)))
        else:
            self.dismiss(None)

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
