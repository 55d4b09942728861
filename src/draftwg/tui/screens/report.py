"""A page to be read: the board, the life of a unit, who brought its words in, the concordance."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from draftwg.hygiene import one_line, visible
from draftwg.tui.frames import WholeModal
from draftwg.tui.widgets.page import Page


class ReportScreen(WholeModal[None]):
    """A title and a page."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "leave", "Leave", show=False, id="report.leave"),
    ]

    def __init__(self, title: str, content: Content) -> None:
        super().__init__()
        self._title = title
        self._content = content

    def compose(self) -> ComposeResult:
        """Title, page, keys."""
        with Vertical(id="report"):
            yield Static(Content(visible(one_line(self._title))), id="report-title")
            yield Page(id="report-page")
            yield Static(Content("↑ ↓ scroll   Esc leaves"), id="report-keys")

    def on_mount(self) -> None:
        """From the top."""
        page = self.query_one(Page)
        page.show(self._content)
        page.focus()

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss(None)
