"""Make the pictures of the console in docs/screens/ from the program and the sample meeting: `python docs/make_screenshots.py`.

Every screen in every look at 120×40, and the console at 80×24 and 200×60. A name without a look is that of the dark one.
"""

import asyncio
import contextlib
import io
import os
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text
from textual.pilot import Pilot

from draftwg.cli import main as draftwg
from draftwg.desk import Desk
from draftwg.desk.sample import play
from draftwg.tui.app import DraftwgApp
from draftwg.tui.themes import THEMES

_SCREENS = Path(__file__).with_name("screens")
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
    "say": ("1", "8", "i", "t", "a", "s", "h", "enter"),
    "position": ("1", "4", "enter", "p"),
    "issue": ("1", "I"),
    "help": ("1", "4", "enter", "question_mark"),
    "palette": ("1", "4", "enter", "ctrl+p"),
    "board": ("B",),
    "history": ("1", "7", "H"),
    "blame": ("1", "7", "b"),
    "search": ("1", "slash", "i", "c", "e"),
}


async def _pictures(
    meeting: Path, stories: dict[str, tuple[str, ...]], theme: str, size: tuple[int, int], tail: str
) -> None:
    """Play these stories one after the other, each from the beginning of the text."""
    for name, keys in stories.items():
        app = DraftwgApp(meeting)
        async with app.run_test(size=size) as pilot:
            app.theme = theme
            await _settled(pilot)
            for key in keys:
                await pilot.press(
                    key if len(key) > 1 or key.isalnum() else {" ": "space", "[": "left_square_bracket"}[key]
                )
                if key in ("a", "i", "enter", "slash", "B", "H", "b", "question_mark", "ctrl+p"):
                    await pilot.pause(0.3)
            await _settled(pilot)
            app.save_screenshot(f"{name}{tail}.svg", path=str(_SCREENS))


async def _settled(pilot: Pilot[None]) -> None:
    """The record has been read and everything is drawn."""
    for _ in range(16):
        await pilot.pause(0.05)
    await pilot.wait_for_scheduled_animations()


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
        for theme in THEMES:
            tail = "" if theme is THEMES[0] else f"-{theme.name.removeprefix('draftwg-')}"
            asyncio.run(_pictures(meeting, _STORIES, theme.name, (120, 40), tail))
        for size in ((80, 24), (200, 60)):
            asyncio.run(_pictures(meeting, {"console": _MAIN}, THEMES[0].name, size, f"-{size[0]}x{size[1]}"))


if __name__ == "__main__":
    main()
