"""Make the pictures of the console in docs/screens/ from the program and the sample meeting: `python docs/make_screenshots.py`.

Every screen in every look at 120×40, the console at 80×24 and 200×60 too, and the projection in both looks at 80×24. A name
without a look is that of the dark one.
"""

import asyncio
import contextlib
import io
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text
from textual.pilot import Pilot

from draftwg.cli import main as draftwg
from draftwg.desk import Desk
from draftwg.desk.room import RoomFile, Showing
from draftwg.desk.sample import play
from draftwg.desk.watching import Watch
from draftwg.tui.app import DraftwgApp
from draftwg.tui.projection.app import Projection
from draftwg.tui.projection.look import COLOURS
from draftwg.tui.themes import THEMES

_SCREENS = Path(__file__).with_name("screens")
_SIZE = (120, 40)
_NAMES = {" ": "space", "[": "left_square_bracket"}
_OPENING = (
    "a",
    "i",
    "enter",
    "slash",
    "B",
    "H",
    "b",
    "question_mark",
    "exclamation_mark",
    "ctrl+p",
    "greater_than_sign",
    "x",
    "Z",
    "N",
    "D",
    "Y",
    "p",
    "f2",
    "ctrl+e",
    "quotation_mark",
)
_MAIN = ("1", "4", "enter", "v")
_STORIES: dict[str, tuple[str, ...]] = {
    "console": _MAIN,
    "redline": ("1", "7", "enter", "v", "v"),
    "what-if": ("1", "4", "enter", "home", "exclamation_mark"),
    "picker": ("1", "4", "a", "r", "i", "v"),
    "editing": (
        "1",
        "8",
        "a",
        "t",
        "a",
        "s",
        "h",
        "enter",
        "ctrl+home",
        *["ctrl+right"] * 4,
        "ctrl+delete",
        *" must [always",
    ),
    "support": ("1", "4", "enter", "greater_than_sign"),
    "say": ("1", "8", "i", "t", "a", "s", "h", "enter"),
    "position": ("1", "4", "enter", "p", "t", "a", "s", "h", "enter"),
    "more": ("1", "4", "enter", "x"),
    "room": ("1", "4", "Z"),
    "order": ("1", "4", "N"),
    "brackets": ("f2",),
    "compare": ("D",),
    "word-by-word": ("1", "7", "Y", "c"),
    "quotation": ("1", "quotation_mark", "w", "a", "t", "e", "r"),
    "export": ("1", "ctrl+e"),
    "issue": ("1", "I"),
    "help": ("1", "4", "enter", "question_mark"),
    "palette": ("1", "4", "enter", "ctrl+p"),
    "board": ("B",),
    "history": ("1", "7", "H"),
    "blame": ("1", "7", "b"),
    "search": ("1", "slash", "i", "c", "e"),
}


async def _pictures(
    meeting: Path, name: str, keys: tuple[str, ...], size: tuple[int, int], looks: Sequence[str]
) -> None:
    """Play this story, and take a picture in each of these looks."""
    own = meeting.with_name(f"{name}-{size[0]}")  # no other console has led its room
    app = DraftwgApp(Path(shutil.copytree(meeting, own)))
    async with app.run_test(size=size) as pilot:
        await _settled(pilot)
        for key in keys:
            await pilot.press(_NAMES.get(key, key))
            if key in _OPENING:
                await pilot.pause(0.3)
        await _settled(pilot)
        for look in looks:
            app.theme = look
            await pilot.pause(0.1)
            tail = "" if look == THEMES[0].name else f"-{look.removeprefix('draftwg-')}"
            tail += "" if size == _SIZE else f"-{size[0]}x{size[1]}"
            app.save_screenshot(f"{name}{tail}.svg", path=str(_SCREENS))


async def _settled(pilot: Pilot[None]) -> None:
    """The record has been read and everything is drawn."""
    for _ in range(12):
        await pilot.pause(0.05)
    await pilot.wait_for_scheduled_animations()


async def _projection(meeting: Path, look: str) -> None:
    """What the room sees of recommendation 14, in this look."""
    own = Path(shutil.copytree(meeting, meeting.with_name(f"projection-{look}")))
    desk = Desk.open(own)
    unit = desk.state.find_unit("14")[1]
    desk.close()
    room = RoomFile(own / ".git")
    room.publish(Showing("recommendations", unit.id).as_json())
    app = Projection(Watch(own), look=look)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(20):
            await pilot.pause(0.05)
        app.save_screenshot(f"projection{'' if look == 'dark' else f'-{look}'}.svg", path=str(_SCREENS))
    room.close()


def _keys_list() -> None:
    """What `draftwg keys` prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        draftwg(["keys"])
    console = Console(record=True, width=100, file=io.StringIO())
    console.print(Text(out.getvalue().rstrip()))
    console.save_svg(str(_SCREENS / "keys.svg"), title="draftwg keys", theme=MONOKAI)


def main() -> None:
    """All of them."""
    _SCREENS.mkdir(exist_ok=True)
    for old in _SCREENS.glob("*.svg"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            HOME="/home/officer", XDG_CONFIG_HOME="/home/officer/.config", XDG_STATE_HOME=f"{folder}/state"
        )
        meeting = Path(folder) / "meeting"
        play(meeting, lambda _: None)
        Desk.open(meeting).close()
        _keys_list()
        for name, keys in _STORIES.items():
            asyncio.run(_pictures(meeting, name, keys, _SIZE, [theme.name for theme in THEMES]))
        for size in ((80, 24), (200, 60)):
            asyncio.run(_pictures(meeting, "console", _MAIN, size, [THEMES[0].name]))
        for look in COLOURS:
            asyncio.run(_projection(meeting, look))


if __name__ == "__main__":
    main()
