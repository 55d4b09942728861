"""What a delegation sent, piece by piece, before anything of it is recorded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from draftwg.errors import DraftwgError
from draftwg.hygiene import one_line, visible
from draftwg.redline.compare import compare
from draftwg.tui.drawing import redline
from draftwg.tui.frames import WholeModal
from draftwg.tui.widgets.page import Page
from draftwg.tui.widgets.rowlist import Line, RowList

if TYPE_CHECKING:
    from draftwg.desk.receiving import Item, Report

Look = Callable[[], Awaitable["Report"]]
Recorder = Callable[["Report", frozenset[int]], Awaitable[str]]
_KEYS = "Space takes or leaves   a all or none   u unchanged   Tab words   Enter records   Esc leaves"
_LOOKS = {"conflicts": "bad", "refused": "bad", "not understood": "warn"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece with its place in the report, and whether it is to be recorded (None: it cannot be)."""

    place: int
    item: Item
    taken: bool | None


class PieceList(RowList[Piece]):
    """The pieces: whether each is taken, its unit and whose it is, what becomes of it; then what it says."""

    HEIGHT: ClassVar[int] = 2

    def draw(self, item: Piece, width: int) -> list[Line]:
        """Two lines."""
        one = item.item
        sign = "   " if item.taken is None else "[x]" if item.taken else "[ ]"
        fit = f" {one.fit:.2f}" if one.fit < 1 else ""
        who = " · ".join(filter(None, (one_line(one.label), one_line(one.by))))
        fate = one_line(f"{one.number} {one.fate}{fit}".strip())
        look = "good" if item.taken is not None else _LOOKS.get(one.fate, "quiet")
        head = [(f"{sign} ", "accent"), (fate, look), (f"  {who}  ", "strong"), (one_line(one.where), "quiet")]
        return [head, [("    ", ""), (one_line(one.said or one.why), "")]]


class ReviewScreen(WholeModal[None]):
    """The pieces of a file, with their redlines; Enter records those that are taken.

    In: the report; `look` makes it anew, where others have recorded meanwhile; `recorder` records, and gives one line
    on what is wrong, or "".
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False, id="review.leave"),
        Binding("space", "take_piece", "Take", show=False, id="review.toggle"),
        Binding("a", "all", "All", show=False, id="review.all"),
        Binding("u", "whole", "Unchanged", show=False, id="review.whole"),
        Binding("tab", "look", "Words", show=False, id="review.look"),
    ]

    def __init__(self, report: Report, look: Look, recorder: Recorder) -> None:
        super().__init__()
        self._report = report
        self._look = look
        self._recorder = recorder
        self._chosen: set[int] = set()
        self._busy = False
        self._whole = False

    def compose(self) -> ComposeResult:
        """Title, pieces, the redline of the one under the cursor, what is wrong, keys."""
        with Vertical(id="review"):
            yield Static(Content(""), id="review-title")
            yield PieceList(id="review-list")
            yield Page(id="review-page")
            yield Static(Content(""), id="review-error")
            yield Static(Content(_KEYS), id="review-keys")

    def on_mount(self) -> None:
        """The list has the keys; what can be recorded is taken."""
        self._begin(self._report)
        self.query_one(PieceList).focus()

    def _begin(self, report: Report) -> None:
        self._report = report
        self._chosen = {place for place, item in enumerate(report.items) if item.request is not None}
        self._show()

    def _show(self, cursor: int = -1) -> None:
        rows = [
            Piece(place, item, None if item.request is None else place in self._chosen)
            for place, item in enumerate(self._report.items)
            if self._whole or item.fate != "unchanged"
        ]
        listed = self.query_one(PieceList)
        listed.nothing = "There is nothing in this file."
        first = next((row for row, piece in enumerate(rows) if piece.taken is not None), 0)
        listed.show(rows, cursor if cursor >= 0 else first)
        report = self._report
        can = sum(item.request is not None for item in report.items)
        on_what = f", written on {report.base}" if report.fit else ""
        left = len(report.items) - len(rows)
        counts = f"{len(self._chosen)} of {can} to be recorded" + (f", {left} unchanged" if left else "")
        told = f"{counts} · {report.name}: {report.kind}{on_what}"
        self.query_one("#review-title", Static).update(Content(visible(told)))
        self._detail()

    def _detail(self) -> None:
        chosen, page = self.query_one(PieceList).chosen, self.query_one(Page)
        if chosen is None:
            page.show(Content(""))
            return
        one = chosen.item
        parts: list[Content | str] = []
        if one.why:
            parts.append(Content(f"{visible(one.why)}\n\n"))
        if one.fate in ("unchanged", "not understood") or not (one.old or one.new):
            parts.append(Content(visible(one.old or one.said)))
        else:
            parts.append(redline(compare(one.old, one.new)))
        page.show(Content.assemble(*parts))

    @on(RowList.Moved)
    def moved(self, event: RowList.Moved) -> None:
        """Another piece."""
        event.stop()
        self._detail()

    @on(RowList.Chosen)
    def enter(self, event: RowList.Chosen) -> None:
        """Record what is taken."""
        event.stop()
        if not self._chosen:
            self._tell("Nothing is taken: Space takes a piece, Esc leaves.")
        elif not self._busy:
            self._busy = True
            self.run_worker(self._record(), group="review")

    async def _record(self) -> None:
        wrong = await self._recorder(self._report, frozenset(self._chosen))
        self._busy = False
        if not wrong:
            self.dismiss(None)
            return
        try:
            self._begin(await self._look())
        except DraftwgError as error:
            wrong = str(error)
        self._tell(f"{wrong} Nothing was recorded; this is how it stands now.")

    def action_take_piece(self) -> None:
        """Take the piece under the cursor, or leave it."""
        listed = self.query_one(PieceList)
        chosen = listed.chosen
        if chosen is None or chosen.taken is None:
            self._tell("This piece cannot be recorded; its reason stands below.")
            return
        self._chosen ^= {chosen.place}
        self._tell("")
        self._show(listed.cursor)

    def action_all(self) -> None:
        """Take all that can be, or none."""
        every = {place for place, item in enumerate(self._report.items) if item.request is not None}
        self._chosen = set() if self._chosen == every else every
        self._show(self.query_one(PieceList).cursor)

    def action_whole(self) -> None:
        """Show what is unchanged as well, or no longer."""
        self._whole = not self._whole
        self._show(0)

    def action_look(self) -> None:
        """To the words, or back to the pieces."""
        rows, page = self.query_one(PieceList), self.query_one(Page)
        (page if rows.has_focus else rows).focus()

    def action_leave(self) -> None:
        """Record nothing."""
        self.dismiss(None)

    def _tell(self, words: str) -> None:
        self.query_one("#review-error", Static).update(Content(visible(words)))
