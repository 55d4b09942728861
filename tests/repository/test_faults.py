"""Whatever call to the disk or to git fails while an act is recorded: nothing acknowledged is lost, and what is told is
so. The long form, each call with each error, is `make torture`.
"""

import errno
import io
import os
from pathlib import Path

import pytest
from torture_sweep import failing, sweep

from draftwg.errors import DraftwgError
from draftwg.repository.appending import Appender
from meetings import copied, words


@pytest.mark.parametrize("part", [3, 30])
def test_any_call_may_fail(tmp_path: Path, part: int) -> None:
    found = sweep(tmp_path, lambda number: number % 67 == part)

    assert found.wrong == []
    assert found.acknowledged and found.refused


def test_what_went_wrong_first_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The branch has moved, then its folder cannot be synced, and from then on nothing can be read."""
    desk, move = copied(tmp_path / "m"), Appender._move

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:

        def then_nothing(self: Appender, commit: str, parent: str, now: str) -> bool:
            moved = move(self, commit, parent, now)
            patch.setattr(os, "open", refuse)
            patch.setattr(io, "open", refuse)
            return moved

        patch.setattr(Appender, "_move", then_nothing)
        with pytest.raises(DraftwgError, match="It is recorded, but the disk reported an error"):
            desk.do({"act": "edit", "unit": "3", "text": "Words."})
    desk.refresh()
    assert words(desk, "3") == "Words."


def test_git_that_does_its_work_and_tells_of_an_error_is_looked_after(tmp_path: Path) -> None:
    desk = copied(tmp_path / "m")
    with failing("git, done and not told", 1, "EIO", for_ever=True):
        act = desk.do({"act": "edit", "unit": "3", "text": "Words."}).act
    assert act.id in {one.id for one in desk.log.acts}
