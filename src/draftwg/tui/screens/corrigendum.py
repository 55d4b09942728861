"""The corrections of a corrigendum, entered one after another: in which unit, for which words, read which."""

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from draftwg.hygiene import clean_line, clean_text, one_line, visible
from draftwg.tui.frames import WholeModal
from draftwg.tui.widgets.inorder import EarlyLetters, LineField
from draftwg.tui.widgets.rowlist import Line, RowList

Row = dict[str, str]
"""A correction: "unit", "for" and "read"."""
Check = Callable[[Sequence[Row], Row], str]
"""Why a further row cannot be added to these, as one line; "" where it can."""
Submit = Callable[[Sequence[Row]], Awaitable[str]]
_FIELDS = (("unit", "in unit"), ("for", "for"), ("read", "read"))


class RowsList(RowList[Row]):
    """The corrections so far."""

    def draw(self, item: Row, width: int) -> list[Line]:
        """Unit, old words, new words."""
        label = one_line(item["unit"]).ljust(8)
        old, new = one_line(item["for"]), one_line(item["read"])
        return [[(label, "strong"), ("for ", "quiet"), (f"“{old}”", ""), ("  read ", "quiet"), (f"“{new}”", "good")]]


class CorrectionField(LineField):
    """A field of a correction. Enter goes on."""

    async def action_submit(self) -> None:
        """Enter."""
        if isinstance(self.screen, Corrigendum):
            self.screen.entered(self)


class Corrigendum(EarlyLetters, WholeModal[None]):
    """Enter the corrections of `symbol`; `words` gives the words of a unit in the document that is corrected. It stays,
    with everything typed, until `submit` is content or Esc leaves it."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False, id="corrigendum.leave"),
        Binding("ctrl+s", "issue", "Issue", show=False, id="corrigendum.issue"),
        Binding("ctrl+z", "take_back", "Take back", show=False, id="corrigendum.take_back"),
        Binding("down", "app.focus_next", "Next field", show=False, id="corrigendum.next"),
        Binding("up", "app.focus_previous", "Field before", show=False, id="corrigendum.previous"),
    ]

    def __init__(self, symbol: str, unit: str, words: Callable[[str], str], check: Check, submit: Submit) -> None:
        super().__init__()
        self._symbol = symbol
        self._unit = unit
        self._words = words
        self._check = check
        self._submit = submit
        self._rows: list[Row] = []

    def compose(self) -> ComposeResult:
        """Title, the corrections so far, three fields, the words of the unit, what is wrong, keys."""
        with Vertical(id="corrigendum"):
            yield Static(Content(visible(f"Corrections of {self._symbol}")), id="corrigendum-title")
            yield RowsList(id="corrigendum-list")
            for name, asked in _FIELDS:
                with Horizontal(classes="corrigendum-row"):
                    yield Static(Content(asked), classes="corrigendum-label")
                    yield CorrectionField(visible(self._unit) if name == "unit" else "", id=f"corrigendum-{name}")
            yield Static(Content(""), id="corrigendum-words")
            yield Static(Content(""), id="corrigendum-error")
            keys = "Enter goes on   Ctrl+S issues it   Ctrl+Z takes one back   Esc leaves"
            yield Static(Content(keys), id="corrigendum-keys")

    def on_mount(self) -> None:
        """The first field has the keys."""
        for field in self.query(Input):
            field.cursor_blink = False
        self.query_one(RowsList).can_focus = False
        self._show_rows()
        self._field("unit").focus()

    def _field(self, name: str) -> Input:
        return self.query_one(f"#corrigendum-{name}", Input)

    def _typed(self) -> Row:
        return {name: clean_text(self._field(name).value) for name, _ in _FIELDS}

    def entered(self, field: Input) -> None:
        """Enter goes to the next field; in the last one the correction joins the others."""
        row = self._typed()
        if not clean_line(row["unit"]):
            count = len(self._rows)
            told = f"Ctrl+S issues it with {count} correction{'s' if count > 1 else ''}; it can never change."
            self._tell(told if count else "Type the label of the unit first.")
            self._field("unit").focus()
            return
        if field is self._field("unit"):
            self._tell("")
            self._show_words(row["unit"])
            self._field("for").focus()
        elif field is self._field("for"):
            self._field("read").focus()
        else:
            self._add(row)

    def on_input_changed(self, event: Input.Changed) -> None:
        """The words of the unit as its label is typed."""
        if event.input is self._field("unit"):
            self._show_words(event.value)

    def _add(self, row: Row) -> bool:
        wrong = self._check(self._rows, row)
        self._tell(wrong)
        if wrong:
            return False
        self._rows.append(row)
        for name, _ in _FIELDS:
            self._field(name).value = ""
        self._show_rows()
        self._field("unit").focus()
        return True

    def _show_rows(self) -> None:
        self.query_one(RowsList).show(list(self._rows), len(self._rows) - 1)

    def _show_words(self, label: str) -> None:
        words = self._words(clean_line(label))
        self.query_one("#corrigendum-words", Static).update(Content(visible(words)))

    def _tell(self, words: str) -> None:
        self.query_one("#corrigendum-error", Static).update(Content(visible(one_line(words))))

    def action_take_back(self) -> None:
        """The last correction goes back into the fields."""
        if not self._rows:
            self._tell("There is no correction yet.")
            return
        row = self._rows.pop()
        for name, _ in _FIELDS:
            self._field(name).value = row[name]
        self._show_rows()
        self._tell("")
        self._field("unit").focus()

    def action_issue(self) -> None:
        """Issue it with the corrections that stand in the list; a row that is still in the fields joins them first."""
        row = self._typed()
        if clean_line(row["for"]) and not self._add(row):
            return
        if not self._rows:
            self._tell("A corrigendum needs one correction at least.")
            return
        self.run_worker(self._hand_in(), group="prompt", exclusive=True)

    async def _hand_in(self) -> None:
        wrong = await self._submit(self._rows)
        if wrong:
            self._tell(wrong)
        else:
            self.dismiss(None)

    def action_leave(self) -> None:
        """Leave; nothing is issued."""
        self.dismiss(None)
