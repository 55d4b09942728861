"""The look of the day at a meeting's objects: silent, rare, and never a word but of damage."""

import os
import time
from pathlib import Path

import pytest

from draftwg.repository import daily
from draftwg.repository.daily import DAY, damage_of_the_day
from meetings import copied


def aged(folder: Path, name: str) -> None:
    old = time.time() - DAY - 60
    os.utime(folder / ".git" / name, (old, old))


def test_damage_is_told_until_it_is_mended_and_health_is_looked_at_once_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = copied(tmp_path / "m")
    desk.do({"act": "edit", "unit": "1", "text": "Words."})
    folder, head = desk.record.folder, desk.record.head()
    desk.close()
    looked: list[Path] = []
    look = daily._look
    monkeypatch.setattr(daily, "_look", lambda folder: looked.append(folder) or look(folder))

    assert damage_of_the_day(folder) == ""
    assert not looked  # it has only just been made
    aged(folder, "HEAD")
    assert damage_of_the_day(folder) == damage_of_the_day(folder) == ""
    assert len(looked) == 1
    aged(folder, "draftwg/looked-at")
    tree = desk.record.folder / ".git" / "objects" / head[:2] / head[2:]
    tree.rename(folder / "kept")
    for _ in range(2):
        told = damage_of_the_day(folder)
        assert told.startswith("An object of this meeting is damaged in git, or gone. Mend that")
        assert told.endswith("draftwg doctor.")
    (folder / "kept").rename(tree)
    assert damage_of_the_day(folder) == ""
    assert damage_of_the_day(tmp_path / "nowhere") == ""
