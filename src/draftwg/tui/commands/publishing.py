"""The website of the meeting, made from the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

from draftwg.tui.commands.base import Command
from draftwg.tui.situation import Situation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from draftwg.desk.sitefolder import Published
    from draftwg.desk.siteunits import Open
    from draftwg.tui.screens.reading import ReadingScreen

_GROUP = "publish"
_WHAT = "What is public (empty: everything; u = name nobody; s = nothing that awaits a decision; us = both)"


class Publish(Command):
    """Make the website of the meeting in a folder: text, versions, redlines, histories, amendments, downloads."""

    id, keys, name, group = "publish", "", "Publish the website", "Reports"

    def _impossible(self, now: Situation) -> str:
        return now.no_text()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.prompt import Question

        if any(worker.group == _GROUP and not worker.is_finished for worker in screen.workers):
            screen.trouble("The website is still being written: this line says when it is done. Then publish it again.")
            return

        async def submit(answers: Mapping[str, str]) -> str:
            from draftwg.desk.siteunits import Open
            from draftwg.errors import BadInput
            from draftwg.tui.typed import typed_path

            letters = set(answers["what"].casefold()) - set(" ,")
            if not letters <= {"u", "s"}:
                return "Type u, s, both, or nothing."
            try:
                place = typed_path(answers["folder"])
            except BadInput as error:
                return str(error)
            seen = Open(attributed="u" not in letters, settled="s" in letters)
            screen.run_worker(_publish(screen, place, seen), group=_GROUP)
            return ""

        questions = (
            Question("folder", "Folder: a new or empty one, or an earlier site", needed="Name the folder first."),
            Question("what", _WHAT),
        )
        screen.ask.prompt("Publish the website", questions, submit)


async def _publish(screen: ReadingScreen, place: Path, seen: Open) -> None:
    """Write the site beside the desk, which stays free for the room, and say what came of it in the status line."""
    from draftwg.errors import DraftwgError
    from draftwg.hygiene import one_line
    from draftwg.tui.background import in_background

    folder = await screen.app.desk.call(lambda desk: desk.record.folder)  # type: ignore[attr-defined]
    named = one_line(str(place))
    screen.status(f"Publishing in {named} …", "busy")
    try:
        done = await in_background(lambda: _written(folder, place, seen))
    except DraftwgError as error:
        screen.trouble(error)
        return
    except OSError as error:
        screen.trouble(f"{named} cannot be written ({error.strerror}). Name another folder.")
        return
    if done.changed:
        screen.status(f"The website is in {named}: {done.files} files, {done.made} made anew.", "good")
    else:
        screen.status(f"Nothing has changed; {named} stands as it is ({done.files} files).", "good")


def _written(folder: Path, place: Path, seen: Open) -> Published:
    """Read the meeting anew, on this thread, and write its site."""
    from draftwg.desk import Desk
    from draftwg.desk.publishing import publish

    desk = Desk.open(folder)
    try:
        return publish(desk, place, lambda done, total: None, seen=seen)
    finally:
        desk.record.close()
