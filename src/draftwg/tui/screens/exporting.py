"""Ordering a paper: what, of which points, in which format, named or not, with a preview of its words."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from draftwg.desk.orders import KIND_WORDS, KINDS, Order
from draftwg.errors import DraftwgError
from draftwg.hygiene import one_line, visible
from draftwg.tui.frames import WholeModal
from draftwg.tui.widgets.page import Page
from draftwg.tui.widgets.rowlist import Line, RowList

if TYPE_CHECKING:
    from draftwg.tui.deskthread import DeskThread

_PAUSE = 0.15  # seconds without a further key before the preview is made
_SHOWN = 60_000  # characters of a preview


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing to be set: its name, what may be chosen (value and words), and which of it is."""

    name: str
    values: tuple[tuple[str, str], ...]
    place: int = 0

    @property
    def value(self) -> str:
        """The value chosen."""
        return self.values[self.place][0]

    def turned(self, step: int) -> Setting:
        """The setting with the next (1) or previous (-1) choice."""
        return replace(self, place=(self.place + step) % len(self.values))


class SettingList(RowList[Setting]):
    """The settings, one a line."""

    def draw(self, item: Setting, width: int) -> list[Line]:
        """Name and choice; the signs tell that there are others."""
        words = one_line(item.values[item.place][1])
        return [[(f"{item.name:<12}", "quiet"), (f"‹ {words} ›" if len(item.values) > 1 else f"  {words}", "")]]


class ExportScreen(WholeModal[Order | None]):
    """Settings above, preview below; the order is the result, None if the screen was left.

    In: the desk, the text's name, and the points of it that have names.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False, id="exporting.leave"),
        Binding("left,h", "turn(-1)", "Previous", show=False, id="exporting.previous"),
        Binding("right,l,space", "turn(1)", "Next", show=False, id="exporting.next"),
        Binding("tab", "look", "Preview", show=False, id="exporting.look"),
    ]

    def __init__(self, desk: DeskThread, text: str, points: Sequence[str]) -> None:
        super().__init__()
        self._desk = desk
        self._text = text
        named = tuple((point, point) for point in points)
        self._settings = {
            "kind": Setting("What", tuple((kind, KIND_WORDS[kind]) for kind in KINDS)),
            "old": Setting("From", named),
            "new": Setting("To", named, len(named) - 1),
            "form": Setting("Format", ()),
            "named": Setting("Delegations", (("yes", "named"), ("", "not named"))),
            "brackets": Setting("Pending", (("", "left out"), ("yes", "in brackets"))),
        }

    def compose(self) -> ComposeResult:
        """Title, settings, preview, keys."""
        with Vertical(id="exporting"):
            yield Static(Content("Export"), id="exporting-title")
            yield SettingList(id="exporting-list")
            yield Static(Content(""), id="exporting-file")
            yield Page(id="exporting-page")
            yield Static(
                Content("Enter writes   Esc leaves   ↑ ↓ setting   ← → choice   Tab preview"),
                id="exporting-keys",
            )

    def on_mount(self) -> None:
        """The settings have the keys."""
        self._show(0)
        self.query_one(SettingList).focus()

    @property
    def order(self) -> Order:
        """What is ordered as it stands."""
        of = {key: setting.value for key, setting in self._settings.items() if setting.values}
        return Order(
            of["kind"],
            of["form"],
            of["old"],
            of["new"],
            self._text,
            attributed=bool(of["named"]),
            brackets=bool(of["brackets"]) and of["kind"] == "redline",
        )

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Enter on any setting: write it."""
        event.stop()
        self.dismiss(self.order)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Not the business of the screen below."""
        event.stop()

    def action_turn(self, step: int) -> None:
        """Another choice for the setting under the cursor."""
        rows = self.query_one(SettingList)
        if rows.chosen is None:
            return
        key = next(key for key, setting in self._settings.items() if setting.name == rows.chosen.name)
        self._settings[key] = self._settings[key].turned(step)
        self._show(rows.cursor)

    def action_look(self) -> None:
        """To the preview, or back to the settings."""
        rows, page = self.query_one(SettingList), self.query_one(Page)
        (page if rows.has_focus else rows).focus()

    def action_leave(self) -> None:
        """Order nothing."""
        self.dismiss(None)

    def _show(self, cursor: int) -> None:
        """The settings that matter for what is chosen, and the preview."""
        kind = self._settings["kind"].value
        form = self._settings["form"]
        before = form.value if form.values else ""
        forms = KINDS[kind]
        place = forms.index(before) if before in forms else 0
        self._settings["form"] = replace(form, values=tuple((one, f".{one}") for one in forms), place=place)
        passed = () if kind == "redline" else ("old", "brackets")
        rows = [setting for key, setting in self._settings.items() if key not in passed]
        listed = self.query_one(SettingList)
        listed.styles.height = len(rows)
        listed.show(rows, min(cursor, len(rows) - 1))
        self.query_one("#exporting-file", Static).update(Content(visible(f"File: {self.order.file_name}")))
        self.run_worker(self._preview(self.order), group="preview", exclusive=True)

    async def _preview(self, order: Order) -> None:
        await asyncio.sleep(_PAUSE)
        form = "csv" if order.kind == "amendments" else "txt"

        def made(desk: object) -> str:
            from draftwg.desk import Desk
            from draftwg.desk.exporting import export

            assert isinstance(desk, Desk)
            return export(desk, replace(order, form=form)).decode()

        try:
            words = await self._desk.call(made)
        except DraftwgError as error:
            words = str(error)
        self.query_one(Page).show(Content(visible(words[:_SHOWN])))
