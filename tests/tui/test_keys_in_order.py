"""Keys that arrive in a burst act in the order in which they came."""

from pathlib import Path

from textual import events
from textual.widgets import TextArea

from tui.driving import amend, console, meeting, until


async def test_a_burst_of_keys_is_not_scrambled(tmp_path: Path) -> None:
    """A slow link or a busy moment delivers many keys at once."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "8", "mex")
        field.text = ""
        burst = [
            "1",
            "2",
            "3",
            "backspace",
            "backspace",
            "4",
            "5",
            "left",
            "6",
            "end",
            "7",
            "home",
            "0",
            "ctrl+end",
            "8",
        ]
        for key in burst:
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: "8" in app.screen.query_one(TextArea).text)

        assert app.screen.query_one(TextArea).text == "0146578"
