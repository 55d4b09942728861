"""Handing papers out from the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

from draftwg.tui.commands.base import Command
from draftwg.tui.situation import Situation

if TYPE_CHECKING:
    from draftwg.desk.orders import Order
    from draftwg.tui.screens.reading import ReadingScreen


class Export(Command):
    """Write a paper: a redline with real tracked changes for Word, the clean text, a compilation with brackets, a table
    beside the proposals, the list of amendments; with a preview."""

    id, keys, name, group = "export", "ctrl+e", "Export", "Reports"

    def _impossible(self, now: Situation) -> str:
        return now.no_text()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.desk.versions import NOW, ORIGINAL
        from draftwg.tui.screens.exporting import ExportScreen

        state, text = screen.situation.state, screen.situation.text
        if state is None or text is None:
            return
        versions = [version.symbol for version in state.versions if version.text.name == text.name]
        snapshots = [snapshot.name for snapshot in state.snapshots if snapshot.text.name == text.name]
        desk = screen.app.desk  # type: ignore[attr-defined]

        def ordered(order: Order | None) -> None:
            if order is not None:
                screen.run_worker(_write(screen, order), group="export", exclusive=True)

        screen.app.push_screen(ExportScreen(desk, text.name, (ORIGINAL, *versions, *snapshots, NOW)), ordered)


async def _write(screen: ReadingScreen, order: Order) -> None:
    """Make the paper on the desk's thread, write it into the present folder, and say where it is.

    What another program has to print is printed beside: the desk stays free for the room.
    """
    from dataclasses import replace
    from pathlib import Path

    from draftwg.desk.exporting import export
    from draftwg.desk.outputs import write_output
    from draftwg.errors import DraftwgError
    from draftwg.tui.background import in_background

    call = screen.app.desk.call  # type: ignore[attr-defined]
    place = Path.cwd() / order.file_name
    screen.status(f"Writing {order.file_name} …", "busy")
    try:
        if order.form == "pdf":
            from draftwg.desk.printing import pdf_from

            word, page = [await call(lambda desk, form=form: export(desk, replace(order, form=form)))
                          for form in ("docx", "html")]  # fmt: skip
            data = await in_background(lambda: pdf_from(word, page.decode()))
        else:
            data = await call(lambda desk: export(desk, order))
        write_output(place, data)
    except DraftwgError as error:
        screen.trouble(error)
        return
    screen.status(f"Written: {place}.", "good")
