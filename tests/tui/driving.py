"""Driving the console in tests: a meeting of our own, keys, and the text of the screen."""

import atexit
import json
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from textual._context import visible_screen_stack
from textual.pilot import Pilot
from textual.widgets import TextArea

from draftwg.desk import Desk
from draftwg.model.text import Section, Text, Unit
from draftwg.tui.app import DraftwgApp

UNITS = {
    "1": "The Conference may wish to urge States parties to adopt measures against the loss of ice records.",
    "2": "States parties should train observers at remote stations.",
    "7": "Member States are encouraged to share their forecasts with neighbours downstream.",
    "8": "States parties should keep the records of each season for as long as possible and share them on request.",
    "9": "The Secretariat is invited to report on progress every two years.",
    "15": "States parties should consider common standards for gauges.",
}
SECTIONS = (Section("A", "A", "General", 1), Section("B", "B", "Records", 1))


def text() -> Text:
    """The text of these units, in two sections."""
    listed = tuple(
        Unit(f"u{place}", label, words, "A" if place < 2 else "B") for place, (label, words) in enumerate(UNITS.items())
    )
    return Text("recommendations", "Draft recommendations", SECTIONS, listed)


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="draftwg-tests-")) / "m"
    atexit.register(shutil.rmtree, folder.parent, ignore_errors=True)
    desk = Desk.found(folder, "Working Group on Ice Records", "Port Maren", "2031-05-06/2031-05-08")
    delegations = (
        ("Mexico", "MEX", ["Estados Unidos Mexicanos"]),
        ("Côte d'Ivoire", "CIV", ["Ivory Coast"]),
        ("Algeria", "DZA", []),
        ("European Union", "EU", []),
    )
    admissions = [
        {"act": "admit", "name": name, "code": code, "aliases": aliases, "category": "party"}
        for name, code, aliases in delegations
    ]
    desk.do_all([{"act": "import", "text": "recommendations", "content": text()}, *admissions])
    desk.close()
    return folder


def meeting(folder: Path) -> Desk:
    """A meeting with some delegations and the text of `UNITS`: a copy of one that is made once."""
    shutil.copytree(_template(), folder)
    return Desk.open(folder)


def kept(desk: Desk) -> list[str]:
    """The words that are on disk in the journal, those being typed in an open console too."""
    files = (desk.record.gitdir / "draftwg" / "journal").glob("*.json")
    return [json.loads(file.read_bytes())["words"] for file in sorted(files)]


def lines(app: DraftwgApp) -> list[str]:
    """What the screen shows, as plain text."""
    visible_screen_stack.set(app._background_screens)  # what a question lies on is seen too
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips] or [""]


def seen(app: DraftwgApp) -> str:
    """What the screen shows, in one string."""
    return "\n".join(lines(app))


def page(app: DraftwgApp, selector: str) -> str:
    """The words in a page, however they are wrapped."""
    return app.screen.query_one(selector).content.plain  # type: ignore[attr-defined]


async def until(pilot: Pilot[None], condition: Callable[[], object], seconds: float = 10) -> None:
    """Wait until something is so; fails where it does not come."""
    for _ in range(int(seconds / 0.02)):
        if condition():
            await pilot.pause()
            return
        await pilot.pause(0.02)
    raise AssertionError(f"it did not come about; the screen shows:\n{seen(pilot.app)}")  # type: ignore[arg-type]


@asynccontextmanager
async def console(
    folder: Path, size: tuple[int, int] = (120, 40), *, mishaps: bool = False
) -> AsyncIterator[tuple[DraftwgApp, Pilot[None]]]:
    """The console on this meeting, with its record read. A mistake of the program fails the test, unless `mishaps`."""
    app = DraftwgApp(folder)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "await their fate" in status(app))
        await pilot.pause()
        yield app, pilot
        if app.is_running:
            lines(app)
    if app.mishaps.all and not mishaps:
        raise app.mishaps.all[0]


def status(app: DraftwgApp) -> str:
    """What the status line says."""
    return app.screen_stack[0].query_one("#status").left  # type: ignore[attr-defined]


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other, each taken in before the next: faster than the pilot's own way."""
    for key in keys:
        pilot.app.simulate_key(key)
        await pilot.pause()
        while isinstance(pilot.app, DraftwgApp) and pilot.app.turns.waiting:
            await pilot.pause(0.002)


async def amend(pilot: Pilot[None], app: DraftwgApp, unit: str, delegation: str) -> TextArea:
    """Go to a unit, say who amends it, and give the field with its words."""
    await press(pilot, *unit, "a")
    await until(pilot, lambda: app.screen.query("#picker-input"))
    app.screen.query_one("#picker-input").value = delegation  # type: ignore[attr-defined]
    await pilot.pause()
    await press(pilot, "enter")
    await until(pilot, lambda: isinstance(app.focused, TextArea))
    return app.screen.query_one(TextArea)


async def say(pilot: Pilot[None], app: DraftwgApp, line: str) -> None:
    """Say an amendment in one line, and Enter."""
    await press(pilot, "i")
    await until(pilot, lambda: app.screen.query("#say-input"))
    app.screen.query_one("#say-input").value = line  # type: ignore[attr-defined]
    await press(pilot, "enter")


async def save(pilot: Pilot[None], app: DraftwgApp) -> None:
    """Save what is in the editor, and wait until it is recorded."""
    await press(pilot, "ctrl+s")
    await until(pilot, lambda: not app.screen.query("#editor-words"))
    await until(pilot, lambda: "ecorded" in status(app))


async def act(pilot: Pilot[None], app: DraftwgApp, *keys: str) -> None:
    """Press keys that ask for an act, and wait until it is recorded."""
    known = commits(app)
    await press(pilot, *keys)
    await until(pilot, lambda: commits(app) > known)


def commits(app: DraftwgApp) -> int:
    """How many acts the console has taken in."""
    desk = app.desk._desk
    return len(desk.log.acts) if desk and app.screen_stack[0]._looks.state is desk.log.state else 0  # type: ignore[attr-defined]
