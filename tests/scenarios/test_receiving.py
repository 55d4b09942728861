"""The first story's state goes out and comes back."""

from pathlib import Path
from typing import Any

import pytest

from draftwg.desk.exporting import export
from draftwg.desk.orders import Order
from draftwg.desk.receiving import Report, receive, record
from draftwg.formats.receiving.reading import read_submission
from scenarios.test_scenarios import FIRST_READING_OF_8, Story, expected  # noqa: F401


@pytest.fixture
def two(tmp_path: Path, shared: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Story, Story]:
    """The meeting in its first reading of 8, and the same meeting before it."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    story, before = Story(tmp_path / "a" / "m", shared, capsys), Story(tmp_path / "b" / "m", shared, capsys)
    story.act(*FIRST_READING_OF_8)
    return story, before


def sent(story: Story, before: Story, kind: str, form: str) -> Report:
    data = export(story.desk, Order(kind, form, text="recommendations"))
    return receive(before.desk, read_submission(data, f"sent.{form}"))


def test_the_list_of_amendments_brings_them_all_back(two: tuple[Story, Story]) -> None:
    story, before = two
    report = sent(story, before, "amendments", "json")
    desk = before.desk
    record(desk, report)

    def told(one: Any) -> list[tuple[Any, ...]]:
        numbers = {id: a.number for id, a in one.state.amendments.items()}
        return [
            (a.number, a.by, a.kind, a.base, a.proposed, numbers.get(a.parent), a.consequential)
            for a in one.state.amendments.values()
        ]

    assert told(desk) == told(story.desk)
    assert len(told(desk)) == 7


@pytest.mark.parametrize(("kind", "form"), [("compilation", "docx"), ("compilation", "txt"), ("table", "docx")])
def test_papers_bring_back_what_each_delegation_proposes(
    two: tuple[Story, Story],
    expected: dict[str, Any],  # noqa: F811
    kind: str,
    form: str,
) -> None:
    story, before = two
    report = sent(story, before, kind, form)

    texts = expected["S1"]
    found = {item.by: item.new for item in report.taken if item.label == "8"}
    wanted = {"Mexico": "only_A1", "European Union": "only_A2", "Switzerland": "only_A3"}
    assert {by: found.get(by) for by in wanted} == {by: texts[key] for by, key in wanted.items()}
    by_name = {a.by: a.proposed for a in story.desk.state.amendments.values() if a.number in ("A-5", "A-6")}
    assert {by: found.get(by) for by in by_name} == by_name
    assert {item.label for item in report.taken} == {"8"}
