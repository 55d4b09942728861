"""The sample meeting plays to the end, and its products hold."""

import csv
from pathlib import Path

import pytest

from draftwg.cli import main
from draftwg.desk.outputs import version_redline
from draftwg.desk.sample import play
from draftwg.model.reading import ReadingState


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "meeting"
    told: list[str] = []
    play(folder, told.append)
    assert len(told) > 40
    return folder


def test_two_readings_are_played_and_proposals_are_left_open(folder: Path) -> None:
    from draftwg.desk import Desk

    state = Desk.open(folder).state
    assert [reading.state for reading in state.readings] == [ReadingState.COMPLETED, ReadingState.NOT_COMPLETED]
    assert state.contested == ()
    assert {amendment.state.value for amendment in state.amendments.values()} == {
        "accepted", "rejected", "withdrawn", "tabled",
    }  # fmt: skip
    assert state.text().labelled("15 bis") is not None
    assert len(list(csv.DictReader((folder / "roster.csv").read_text("utf-8").splitlines()))) == 16


def test_the_redline_gives_both_versions_back(folder: Path) -> None:
    from draftwg.desk import Desk

    desk = Desk.open(folder)
    first = desk.state.versions[0]
    redline = version_redline(desk, first.symbol, "now")
    units = [unit for section in redline.sections for unit in section.units]
    old = {unit.label: "".join(piece.text for piece in unit.pieces if piece.op != "+") for unit in units}
    new = {unit.label: "".join(piece.text for piece in unit.pieces if piece.op != "-") for unit in units}

    assert {label: words for label, words in old.items() if words} == {u.label: u.text for u in first.text.units}
    assert {label: words for label, words in new.items() if words} == {
        u.label: u.text for u in desk.state.text().standing
    }
    credited = {piece.credit for unit in units for piece in unit.pieces if piece.op != "="}
    assert "" not in credited
    assert credited <= set(redline.credits)


def test_the_demo_without_a_terminal_tells_the_story_and_writes_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["demo", "story"]) == 0

    told = capsys.readouterr().out
    assert "{+" in told
    assert (tmp_path / "story-redline.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert main(["demo", "story"]) == 2
