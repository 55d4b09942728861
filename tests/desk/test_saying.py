"""What is said in words, by the command line, a batch and the desk alike."""

import json
from pathlib import Path

import pytest

from draftwg.cli import main
from draftwg.desk import Desk
from draftwg.errors import BadInput
from tui.driving import UNITS, meeting


def propose(desk: Desk, say: str, **more: object) -> str:
    return desk.do({"act": "propose", "by": "Mexico", "say": say, **more}).subject


def test_a_proposal_is_said_in_words(tmp_path: Path) -> None:
    """The record has it as the delegation said it; the unit may be named in the words."""
    desk = meeting(tmp_path / "m")
    assert propose(desk, "replace encouraged by urged", unit="7") == (
        "Mexico proposes to replace “encouraged” by “urged” in recommendation 7"
    )
    assert propose(desk, "In recommendation 9, delete “every two years”") == (
        "Mexico proposes to delete “every two years” in recommendation 9"
    )
    assert "to insert “and data” after “the records”" in propose(desk, "after the records insert and data", unit="8")
    assert "a new recommendation 15 bis: Gauges are painted." in propose(
        desk, "new recommendation after this: Gauges are painted.", unit="15"
    )
    assert "to delete recommendation 2" in propose(desk, "delete it", unit="2")
    desk.do({"act": "propose", "amends": "A-1", "by": "Algeria", "say": "urged → invited"})
    desk.do({"act": "revise", "amendment": "A-3", "say": "data becomes figures"})
    desk.do({"act": "edit", "unit": "1", "say": "for ice records read records of ice"})
    state = desk.state
    assert state.find_amendment("A-6").proposed == UNITS["7"].replace("encouraged", "invited")
    assert state.find_amendment("A-3").proposed == UNITS["8"].replace("the records", "the records and figures")
    assert state.find_unit("1")[1].text.endswith("the loss of records of ice.")


def test_several_changes_in_one_breath_are_one_amendment(tmp_path: Path) -> None:
    """Of one unit; capitals at the start are kept."""
    desk = meeting(tmp_path / "m")
    propose(
        desk, "replace states parties by member States; replace “should” by “shall” and delete “on request”", unit="8"
    )
    assert desk.state.find_amendment("A-1").proposed == (
        "Member States shall keep the records of each season for as long as possible and share them."
    )


@pytest.mark.parametrize(
    ("say", "more", "told"),
    [
        ("replace never by always", {"unit": "7"}, "“never” is not in this text"),
        ("delete records", {}, "“unit” is missing. Say it with its unit"),
        ("In 9, delete two", {"unit": "7"}, "The words are on 9, not on 7."),
        ("In 77, delete two", {}, "There is no recommendation 77"),
        ("hello", {"unit": "7"}, "is no change that is understood. Say it like: should → shall"),
        ("delete are", {"unit": "7", "delete": "are"}, "The change is said twice"),
        ("In 7, delete are; in 9, delete two", {}, "That changes 2 units."),
        ("replace the third “with” by “by”", {"unit": "7"}, "stands only once"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_in_one_line(tmp_path: Path, say: str, more: dict[str, str], told: str) -> None:
    """And nothing is recorded."""
    desk = meeting(tmp_path / "m")
    known = len(desk.log.acts)
    with pytest.raises(BadInput) as error:
        propose(desk, say, **more)
    assert told in str(error.value) and "\n" not in str(error.value)
    assert len(desk.log.acts) == known


def test_the_command_line_takes_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One unit or several; two places ask for which."""
    meeting(tmp_path / "m").close()
    where = ["-m", str(tmp_path / "m")]
    assert main([*where, "propose", "7", "--by", "Mexico", "--say", "encouraged -> urged"]) == 0
    assert "Mexico proposes to replace “encouraged” by “urged” in recommendation 7" in capsys.readouterr().out
    assert main([*where, "propose", "--by", "Algeria", "--say", "In 7, delete are; in 9, delete two", "--json"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["amendment"] for one in answers] == ["A-2", "A-3"]
    assert main([*where, "propose", "7", "--by", "Mexico", "--say", "fail > shall"]) == 2
    assert "“fail” is not in this text" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("They should go and should stay.", "They shall go and should stay.", ("It turns “should” into “shall”.",)),
        ("They shall go.", "They shall go and must stay.", ("It puts in “must”.",)),
        ("They may go, where they can.", "They go, where they can.", ("It takes out “may”.",)),
        ("They may go.", "They may stay.", ()),
    ],
)
def test_words_that_bind_are_remarked_on(tmp_path: Path, old: str, new: str, told: tuple[str, ...]) -> None:
    """Also where the same word stands elsewhere in the unit."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "edit", "unit": "2", "text": old})
    assert desk.do({"act": "propose", "unit": "2", "by": "Mexico", "text": new}).warnings == told
