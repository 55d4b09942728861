"""Searching the whole meeting: texts, gone words, amendments, versions, acts."""

import json
from pathlib import Path

import pytest

from draftwg.cli import main
from draftwg.desk import Desk
from draftwg.desk.searching import SHOWN, Finder, Found, Group, around
from meetings import copied


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = copied(tmp_path / "meeting")
    for name in ("Peru", "Chile"):
        desk.do({"act": "admit", "name": name, "category": "party"})
    desk.do({"act": "issue", "symbol": "WG/2031/CRP.1", "status": "non-paper"})
    desk.do({"act": "propose", "unit": "2", "by": "Peru", "replace": "logs", "with": "diaries"})
    desk.do({"act": "propose", "unit": "2", "by": "Chile", "replace": "as long as possible", "with": "a decade"})
    desk.do({"act": "accept", "amendment": "A-1"})
    return desk


def search(desk: Desk, words: str) -> Found:
    return Finder(desk.state, desk.chronicle.of(desk.log)).find(words)


def names(found: Found, group: Group) -> list[str]:
    return [hit.name for hit in found.of(group)]


def test_words_of_the_text_are_found_whatever_their_case_and_quotes(desk: Desk) -> None:
    desk.do({"act": "edit", "unit": "3", "replace": "remote stations", "with": "the State’s “remote” stations"})

    for wanted in ("ICE OBSERVATIONS", "share them with"):
        assert names(search(desk, wanted), Group.TEXT) == ["2"]
    assert names(search(desk, 'state\'s "remote"'), Group.TEXT) == ["3"]
    assert names(search(desk, "3"), Group.TEXT) == ["3"]


def test_words_that_are_gone_are_found_with_what_took_them_out(desk: Desk) -> None:
    gone = search(desk, "keep the logs").of(Group.GONE)

    assert [hit.name for hit in gone] == ["2"]
    assert "by A-1 of Peru" in gone[0].remark
    assert names(search(desk, "keep the diaries"), Group.GONE) == []
    assert names(search(desk, "keep the logs"), Group.VERSIONS) == ["WG/2031/CRP.1"]


def test_amendments_are_found_by_what_they_say_and_by_who_says_it(desk: Desk) -> None:
    for wanted in ("a-2", "chile", "decade", "chile decade", "tabled decade"):
        assert names(search(desk, wanted), Group.AMENDMENTS) == ["A-2 on 2"]
    # Words of the unit that an amendment leaves alone are no words of the amendment.
    assert names(search(desk, "neighbouring"), Group.AMENDMENTS) == []


def test_acts_and_versions_are_found(desk: Desk) -> None:
    acts = search(desk, "peru accepted").of(Group.ACTS)

    assert [hit.words for hit in acts] == ["A-1 of Peru on recommendation 2 is accepted"]
    assert acts[0].unit == desk.state.find_unit("2")[1].id
    assert names(search(desk, "crp.1"), Group.VERSIONS) == ["WG/2031/CRP.1"]
    assert search(desk, "nowhere").hits == ()
    assert search(desk, "  ").hits == ()


def test_what_is_recorded_later_is_found_without_reading_the_record_again(desk: Desk) -> None:
    before = len(desk.chronicle.of(desk.log))
    desk.do({"act": "reject", "amendment": "A-2"})
    desk.do({"act": "undo"})

    told = desk.chronicle.of(desk.log)
    assert [one.act.NAME for one in told[before:]] == ["reject", "undo"]
    unit = desk.state.find_unit("2")[1].id
    assert unit in told[-1].units  # an undoing concerns what was undone


def test_many_hits_are_counted_but_not_all_told(tmp_path: Path) -> None:
    desk = copied(tmp_path / "meeting")
    desk.do({"act": "admit", "name": "Peru", "category": "party"})
    words = {"act": "propose", "unit": "2", "by": "Peru", "replace": "logs"}
    desk.do_all([{**words, "with": f"log {number}"} for number in range(SHOWN + 5)])
    hits = search(desk, "peru")

    assert hits.counts[Group.AMENDMENTS] == SHOWN + 5
    assert len(hits.of(Group.AMENDMENTS)) == SHOWN


def test_a_line_is_cut_around_what_was_found() -> None:
    text = " ".join(f"word{n}" for n in range(100))

    assert around(text, "word1", 30).startswith("word0 word1")
    assert "word50" in around(text, "WORD50", 30)
    assert len(around(text, "word50", 30)) <= 30
    assert around("short", "o", 30) == "short"


def test_the_command_searches(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(desk.record.folder)
    assert main(["-m", folder, "search", "decade"]) == 0
    told = capsys.readouterr().out
    assert "Amendments: 1\n  A-2 on 2" in told and "(tabled, Chile)" in told

    assert main(["-m", folder, "search", "keep", "the", "logs", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["words"] == "keep the logs"
    assert [hit["group"] for hit in answer["found"]] == ["Gone from the text", "Versions"]

    assert main(["-m", folder, "search", "nowhere"]) == 0
    assert "“nowhere” is nowhere in this meeting." in capsys.readouterr().out
    assert main(["-m", folder, "search", " "]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_letter_by_letter_finds_what_a_whole_word_finds(desk: Desk) -> None:
    """Each letter looks through what the one before has left: forth, back, to another word, and when the acts come."""
    finder = Finder(desk.state)
    typed = [*("logs di"[:end] for end in range(1, 8)), "logs d", "logs", "lo", "peru", "per", "peru logs", "3", ""]
    for words in [*typed, "logs"]:
        assert finder.find(words) == Finder(desk.state).find(words), words
    finder.learn(desk.chronicle.of(desk.log))
    for words in typed:
        assert finder.find(words) == search(desk, words), words
    assert names(finder.find("peru logs"), Group.AMENDMENTS) == ["A-1 on 2"]
