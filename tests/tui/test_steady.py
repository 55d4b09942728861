"""The console goes on: after a sleep, after a spoilt screen, after a mistake of its own."""

from pathlib import Path

import pytest
from textual._compositor import LayoutUpdate

from tui.driving import console, meeting, press


async def test_after_a_sleep_and_on_request_everything_is_drawn_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not only what has changed since: the terminal has lost the rest. Also under the help."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        drawn: list[object] = []
        monkeypatch.setattr(app, "_display", lambda screen, update: drawn.append(update))
        app.app_resume_signal.publish(app)
        await pilot.pause()
        assert any(isinstance(one, LayoutUpdate) for one in drawn)
        drawn.clear()
        await press(pilot, "ctrl+l")
        assert any(isinstance(one, LayoutUpdate) for one in drawn)
        await press(pilot, "f1")
        drawn.clear()
        await press(pilot, "ctrl+l")
        assert any(isinstance(one, LayoutUpdate) for one in drawn)
