"""The first story's state goes out and comes back."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from draftwg.desk.exporting import export
from draftwg.desk.orders import Order
from draftwg.desk.receiving import read, receive, record
from draftwg.formats.receiving.reading import read_submission
from formats.docx.othertools import convert, need, pandoc
from scenarios.test_scenarios import FIRST_READING_OF_8, SECOND_READING_OF_8, Story, expected  # noqa: F401


@pytest.fixture
def two(tmp_path: Path, shared: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Story, Story]:
    """The meeting in its first reading of 8, and the same meeting before it."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    story, before = Story(tmp_path / "a" / "m", shared, capsys), Story(tmp_path / "b" / "m", shared, capsys)
    story.act(*FIRST_READING_OF_8)
    return story, before


def test_the_list_of_amendments_brings_them_all_back(two: tuple[Story, Story]) -> None:
    story, before = two
    data = export(story.desk, Order("amendments", "json", text="recommendations"))
    report = receive(before.desk, read_submission(data, "sent.json"))
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


def squeezed(words: str) -> str:
    return "".join(words.split())


def by_libreoffice(file: Path) -> Path:
    return convert([file], "docx")[0]


def by_pandoc(file: Path) -> Path:
    out = file.with_suffix(".out.docx")
    subprocess.run([need("pandoc"), "--track-changes=all", file, "-o", out], check=True, timeout=60)
    return out


@pytest.mark.parametrize(
    ("kind", "form", "programs"),
    [
        ("compilation", "docx", (by_libreoffice, by_pandoc)),
        ("compilation", "txt", ()),
        ("table", "docx", (by_libreoffice,)),
    ],
)
def test_papers_bring_back_what_each_delegation_proposes(
    two: tuple[Story, Story],
    expected: dict[str, Any],  # noqa: F811
    tmp_path: Path,
    kind: str,
    form: str,
    programs: tuple[Callable[[Path], Path], ...],
) -> None:
    """Also where LibreOffice or pandoc has read the paper and written it anew."""
    story, before = two
    texts = expected["S1"]
    file = tmp_path / f"paper.{form}"
    file.write_bytes(export(story.desk, Order(kind, form, text="recommendations")))
    for program in (None, *programs):
        report = receive(before.desk, read(program(file) if program else file))

        found = {item.by: item.new for item in report.taken if item.label == "8"}
        wanted = {"Mexico": "only_A1", "European Union": "only_A2", "Switzerland": "only_A3"}
        assert {by: found.get(by) for by in wanted} == {by: texts[key] for by, key in wanted.items()}
        by_name = {a.by: a.proposed for a in story.desk.state.amendments.values() if a.number in ("A-5", "A-6")}
        assert {by: found.get(by) for by in by_name} == by_name
        assert {item.label for item in report.taken} == {"8"}


def test_the_redline_of_the_end_brings_back_what_was_agreed_and_whose_it_is(
    two: tuple[Story, Story],
    expected: dict[str, Any],  # noqa: F811
    tmp_path: Path,
) -> None:
    story, before = two
    story.act(*SECOND_READING_OF_8)
    file = tmp_path / "redline.docx"
    file.write_bytes(export(story.desk, Order("redline", "docx", text="recommendations")))
    accepted = squeezed(pandoc(file, "accept"))
    assert squeezed(expected["S1"]["final"]) in accepted
    assert squeezed(expected["S1"]["base"]) not in accepted
    assert squeezed(expected["S1"]["base"]) in squeezed(pandoc(file, "reject"))

    for again in (file, by_libreoffice(file)):
        report = receive(before.desk, read(again))
        assert {item.by: (item.label, item.new) for item in report.taken} == {
            "Argentina": ("8", expected["S1"]["base"].replace("pre-requisites", "prerequisites")),
            "European Union": ("8", expected["S1"]["final"].replace("prerequisites", "pre-requisites")),
        }
