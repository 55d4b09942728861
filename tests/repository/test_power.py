"""A power cut takes what was not synced: the order in which an act reaches the disk. The cuts themselves are in
benchmarks/torture_power.py, since they need a disk of their own.
"""

import os
from pathlib import Path

import pytest

from meetings import copied


@pytest.mark.parametrize("many", [1, 12])
def test_an_act_is_told_when_all_that_it_needs_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """Objects, then the names of the objects, then the branch, then the name of the branch; the files follow after."""
    desk = copied(tmp_path / "m")
    git = tmp_path / "m" / ".git"
    before = set((git / "objects").rglob("*"))
    done: list[str] = []
    sync, rename = os.fsync, Path.replace

    def fsync(handle: int) -> None:
        done.append(f"sync {Path(f'/proc/self/fd/{handle}').readlink().relative_to(git)}")
        sync(handle)

    def replace(self: Path, target: Path) -> Path:
        if git in target.parents:
            done.append(f"rename {self.relative_to(git)} {target.relative_to(git)}")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)

    acts = [{"act": "edit", "unit": "1", "text": f"Words {number}."} for number in range(many)]
    desk.do_all(acts, follow=False)

    branch = done.index("rename refs/heads/main.lock refs/heads/main")
    first, then = done[:branch], done[branch + 1 :]
    made = [path.relative_to(git) for path in set((git / "objects").rglob("*")) - before if path.is_file()]
    assert len(made) >= 4
    for path in made:
        shard = first.index(f"sync {path.parent}")
        if many > 1:
            continue  # git packs many by itself, and syncs the pack
        renamed = next(place for place, line in enumerate(first) if line.endswith(f" {path}"))
        assert first.index(f"sync {first[renamed].split()[1]}") < renamed < shard
    assert "sync objects" in first
    assert first[-1] == "sync refs/heads/main.lock"
    assert "sync refs/heads" in then
