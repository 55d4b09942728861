"""What a person types or drops into the terminal where a path is asked for, and work beside the screen."""

from pathlib import Path

import pytest

from draftwg.errors import BadInput
from draftwg.tui.background import in_background
from draftwg.tui.typed import typed_path


@pytest.mark.parametrize("words", ["'a b (1).docx'", '"a b (1).docx"', " a b (1).docx ", r"a\ b\ \(1\).docx"])
def test_a_path_is_read_in_every_way_that_terminals_drop_it(words: str) -> None:
    assert typed_path(words) == Path("a b (1).docx")


def test_home_is_meant_by_a_tilde_and_nobody_s_home_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/somewhere")
    assert typed_path("~/site") == Path("/somewhere/site")
    with pytest.raises(BadInput, match=r"~nobody-here means no folder here. Type the whole path"):
        typed_path("~nobody-here/site")


async def test_work_beside_the_screen_gives_its_result_also_where_there_is_none() -> None:
    seen: list[int] = []
    assert await in_background(lambda: seen.append(1)) is None  # type: ignore[func-returns-value]
    assert seen == [1]
