"""How far the reading of a long record has come."""

from pathlib import Path

import pytest

from draftwg.desk import Desk
from meetings import copied


def test_both_steps_of_opening_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The acts are read, then folded; each step says how many of how many, and never goes back."""
    desk = copied(tmp_path / "m", text=False)
    desk.do_all([{"act": "admit", "name": f"Delegation {n}", "category": "party"} for n in range(300)])
    desk.close()
    monkeypatch.setattr("draftwg.desk.desk._PORTION", 100)
    told: list[tuple[str, int, int]] = []
    desk = Desk.open(tmp_path / "m", progress=lambda *step: told.append(step))
    assert len(desk.state.delegations) >= 300
    desk.close()
    steps = list(dict.fromkeys(what for what, _, _ in told))
    assert steps == ["Reading the record", "Putting together the text"]
    for step in steps:
        counts = [count for what, count, _ in told if what == step]
        assert len(counts) > 1 and counts == sorted(counts)
    assert {of for _, _, of in told} == {len(desk.log.acts)}


def test_a_portion_is_no_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record read at once and one read bit by bit come to the same state."""
    monkeypatch.setattr("draftwg.desk.desk._PORTION", 100)
    desk = copied(tmp_path / "m")
    other = Desk.open(tmp_path / "m")
    desk.do_all([{"act": "admit", "name": f"Delegation {n}", "category": "party"} for n in range(300)])
    assert other.refresh()
    assert other.state == Desk.open(tmp_path / "m").state == desk.state
