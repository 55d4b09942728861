"""Memory is tidied when nobody types, and never under a key."""

import asyncio
import gc

import pytest

from draftwg.tui import tidying
from draftwg.tui.pauses import Pauses
from draftwg.tui.tidying import Tidying


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of the collector, which itself is left alone."""
    asked: list[str] = []
    monkeypatch.setattr(gc, "isenabled", lambda: False)
    for name in ("freeze", "enable", "collect"):
        monkeypatch.setattr(gc, name, lambda name=name: asked.append(name))
    monkeypatch.setattr(gc, "set_threshold", lambda *counts: asked.append(f"after {counts[-1]}"))
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, 1))
    monkeypatch.setattr(tidying, "_LOOK", 0.01)
    monkeypatch.setattr(tidying, "_QUIET", 0.1)
    return asked


async def _follow(pauses: Pauses, seconds: float, *, typing: bool) -> None:
    task = asyncio.create_task(Tidying(pauses).follow())
    for _ in range(round(seconds / 0.01)):
        if typing:
            pauses.pressed()
        await asyncio.sleep(0.01)
    task.cancel()


async def test_nothing_is_collected_while_keys_come(collected: list[str]) -> None:
    await _follow(Pauses(), 0.3, typing=True)
    assert collected == ["freeze", "after 500", "enable"]


async def test_a_pause_is_used(collected: list[str]) -> None:
    await _follow(Pauses(), 0.3, typing=False)
    assert "collect" in collected


async def test_a_collector_that_others_started_is_left_alone(
    collected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gc, "isenabled", lambda: True)
    await Tidying(Pauses()).follow()
    assert not collected
