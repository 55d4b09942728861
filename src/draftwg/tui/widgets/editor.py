"""The words of a unit, edited in place, with the redline of the change under them at every key."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static, TextArea

from draftwg.hygiene import visible
from draftwg.redline.compare import Span, compare
from draftwg.tui.background import in_background
from draftwg.tui.drawing import redline, words
from draftwg.tui.screens.telling import TellingScreen
from draftwg.tui.task import Purpose, Task
from draftwg.tui.widgets.field import WordsArea
from draftwg.tui.widgets.finder import Finder
from draftwg.tui.widgets.page import Page

_LONG = 40_000  # characters above which the redline waits for a pause and is made beside the keys
_PAUSE = 0.3  # seconds


class Editor(Vertical):
    """An edit in progress: `task` says what it is to become, `present` how the words to be changed stand now (None =
    as when the edit was begun)."""

    class Typed(Message):
        """The words have changed."""

        def __init__(self, editor: "Editor") -> None:
            super().__init__()
            self.editor = editor

    def __init__(self, task: Task, noun: str, words: str, cursor: int = 0, present: str | None = None) -> None:
        super().__init__(id="editor")
        # `words` differ from what the task starts with where an unsaved edit is taken up again.
        self.task_now = task
        self._noun = noun
        self._words = visible(words)
        self._cursor = cursor
        self._told = ""
        self._waiting = False
        self._later: Timer | None = None
        self._present = self._base = visible(task.base)
        if present is not None and task.purpose.on_present_words:
            self._present = visible(present)

    def compose(self) -> ComposeResult:
        """Heading, field, redline."""
        yield Static(Content(visible(self.task_now.heading(self._noun))), id="editor-head")
        area = WordsArea(self._words, id="editor-words")
        yield Finder(area)
        yield area
        yield Static(Content(visible(self._redline_head())), id="editor-redline-head")
        yield Page(id="editor-redline", measure=100, focusable=False)

    def on_mount(self) -> None:
        """The cursor where it was, and the keys to the field."""
        area = self.area
        area.cursor_blink = False
        area.move_cursor(location_at(self._words, self._cursor))
        area.focus()
        self._draw()
        self.call_after_refresh(self._draw)  # again when its size is known, to show the place of the cursor

    @property
    def area(self) -> WordsArea:
        """The field."""
        return self.query_one(WordsArea)

    @property
    def words_now(self) -> str:
        """The words as they are in the field."""
        return self.area.text

    @property
    def cursor(self) -> int:
        """The place of the cursor in the words."""
        row, column = self.area.cursor_location
        return sum(len(line) + 1 for line in self.words_now.split("\n")[:row]) + column

    @property
    def changed(self) -> bool:
        """Whether there is anything to save."""
        return self.words_now != visible(self.task_now.start)

    @property
    def change(self) -> tuple[str, str]:
        """From which words to which the edit leads, as it would be saved now; from "" where they stand alone."""
        base, words_now = self._base, self.words_now
        if self.task_now.purpose.own_words:
            return "", words_now
        if self._present != base:
            from draftwg.redline.combine import merge

            merged = merge(base, words_now, self._present)
            if merged is not None:
                return self._present, merged
        return base, words_now

    def show_present(self, present: str | None) -> None:
        """Others may have changed the words meanwhile: `present` is how they stand now (None = they are gone)."""
        now = self._base if present is None else visible(present)
        if self.task_now.purpose.on_present_words and now != self._present:
            self._present = now
            self._draw()

    @on(TextArea.Changed)
    def typed(self, event: TextArea.Changed) -> None:
        """Tell, and draw the redline anew: the letter comes first, and a burst of letters gets one redline."""
        event.stop()
        self.area.look_at_brackets()
        self.post_message(self.Typed(self))
        if not self._waiting:
            self._waiting = True
            self.call_after_refresh(self._catch_up)

    @on(WordsArea.Told)
    def field_tells(self, event: WordsArea.Told) -> None:
        """What the field says goes to the status line."""
        if isinstance(self.screen, TellingScreen):
            self.screen.status(event.words)

    def open_finder(self) -> None:
        """Look for a word."""
        self.query_one(Finder).open()

    def go_to_partner(self) -> None:
        """The cursor to the partner of its bracket."""
        if (wrong := self.area.go_to_partner()) and isinstance(self.screen, TellingScreen):
            self.screen.status(wrong)

    def _catch_up(self) -> None:
        self._waiting = False
        if not self.is_mounted:
            return
        if len(self.words_now) <= _LONG:
            self._draw()
        elif self._later is None:
            self._later = self.set_timer(_PAUSE, self._draw_long)
        else:
            self._later.reset()

    async def _draw_long(self) -> None:
        """The redline of words so long that comparing them would hold up the keys."""
        self._later = None
        base, words_now = self._base, self.words_now
        if self._present == base and base and not self.task_now.purpose.own_words:
            shown = await in_background(lambda: redline(compare(base, words_now)))
            if self.is_mounted and words_now == self.words_now:
                self.query_one(Page).show(shown, top=False)
        else:
            self._draw()

    def _draw(self) -> None:
        page = self.query_one(Page)
        self._tell_above()
        base, words_now = self.change
        # Where saving brings the words onto others, the place of the cursor is only about the same.
        place = round(self.cursor * len(words_now) / max(1, len(self.words_now)))
        if not base:
            page.show(words(words_now), top=False)
        else:
            spans = compare(base, words_now)
            page.show(redline(spans), top=False)
            page.reveal(_part_before(spans, place))

    def _tell_above(self) -> None:
        """What stands over the redline."""
        told = visible(self._redline_head())
        if alone := len(self.area.alone):
            told += f" · {alone} bracket{' has' if alone == 1 else 's have'} no partner"
        if told != self._told:
            self._told = told
            self.query_one("#editor-redline-head", Static).update(Content(told))

    def _redline_head(self) -> str:
        task = self.task_now
        if task.purpose.own_words or not task.base:
            return "As it will read"
        if self._present != self._base:
            own = task.purpose in (Purpose.SUB_AMENDMENT, Purpose.COMMON)
            what = task.number.split(" into ")[-1] if own else f"{self._noun.capitalize()} {task.label}"
            return f"{what} has changed since this edit was begun; saving brings them together or says why not"
        if task.purpose in (Purpose.SUB_AMENDMENT, Purpose.COMMON):
            return f"Redline on the words of {task.number.split(' into ')[-1]}"
        return "Redline on the present words"


def _part_before(spans: Sequence[Span], cursor: int) -> float:
    """Which part of the redline stands before this place of the new words, from 0 to 1."""
    passed = shown = 0
    for span in spans:
        if span.op != "-":
            if passed + len(span.text) >= cursor:
                shown += cursor - passed
                break
            passed += len(span.text)
        shown += len(span.text)
    return shown / max(1, sum(len(span.text) for span in spans))


def location_at(words: str, place: int) -> tuple[int, int]:
    """The row and the column of this place in the words; a place behind them is their end."""
    before = words[: max(0, place)].split("\n")
    return len(before) - 1, len(before[-1])
