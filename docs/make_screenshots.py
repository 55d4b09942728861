"""Make the pictures of the console in docs/screens/ from the program and the sample meeting: `python docs/make_screenshots.py`."""

import asyncio
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from draftwg.desk.sample import play
from draftwg.tui.app import DraftwgApp
from draftwg.tui.themes import THEMES

_SCREENS = Path(__file__).with_name("screens")
_STORIES = {
    "console": ("1", "4", "enter", "v"),
    "redline": ("1", "7", "enter", "v", "v"),
    "help": ("question_mark",),
}


async def _picture(meeting: Path, name: str, keys: tuple[str, ...], theme: str, size: tuple[int, int]) -> None:
    app = DraftwgApp(meeting)
    async with app.run_test(size=size) as pilot:
        app.theme = theme
        await _settled(pilot)
        for key in keys:
            await pilot.press(key)
        await _settled(pilot)
        app.save_screenshot(f"{name}.svg", path=str(_SCREENS))


async def _settled(pilot: Pilot[None]) -> None:
    """The record has been read and everything is drawn."""
    for _ in range(30):
        await pilot.pause(0.05)
    await pilot.wait_for_scheduled_animations()


def main() -> None:
    """Every screen in the dark look, and the console in every look."""
    _SCREENS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        meeting = Path(folder) / "meeting"
        play(meeting, lambda _: None)
        for name, keys in _STORIES.items():
            asyncio.run(_picture(meeting, name, keys, THEMES[0].name, (120, 36)))
        for theme in THEMES[1:]:
            look = theme.name.removeprefix("draftwg-")
            asyncio.run(_picture(meeting, f"console-{look}", _STORIES["console"], theme.name, (120, 36)))
        asyncio.run(_picture(meeting, "console-80x24", _STORIES["console"], THEMES[0].name, (80, 24)))


if __name__ == "__main__":
    main()
