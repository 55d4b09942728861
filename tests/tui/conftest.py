"""What every test of the console stands on: a frame that nobody looks at is not painted."""

from typing import Any

import pytest
from textual import _wait
from textual._compositor import Compositor
from textual._context import visible_screen_stack


@pytest.fixture(autouse=True)
def awake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the console is at rest is looked at every 4 ms: Textual's pilot sleeps for 20 after each key."""
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", 0.004)
    monkeypatch.setattr(_wait, "SLEEP_IDLE", 0.0004)


@pytest.fixture(autouse=True)
def unpainted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal a frame goes nowhere, and painting it is most of what a key costs in a test. Layout, messages
    and everything that a test asks for stay as they are: `lines` paints the screen whenever it is looked at, and
    `console` once more in the end. A test marked `painted` sees every frame painted.
    """
    if request.node.get_closest_marker("painted"):
        return

    def update(self: Compositor, full: bool = False, screen_stack: Any = None, simplify: bool = False) -> None:
        visible_screen_stack.set(screen_stack or [])
        self._dirty_regions.clear()

    monkeypatch.setattr(Compositor, "render_update", update)
