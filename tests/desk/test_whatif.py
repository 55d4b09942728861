"""What would come of an acceptance: as the rules have it, and nothing is recorded."""

import json
from pathlib import Path

import pytest

from draftwg.cli import main
from draftwg.desk import Desk
from draftwg.desk.whatif import Outlook, outlook_shape, what_if
from draftwg.errors import BadInput, OutOfOrder
from meetings import KEEPING, copied

START = "for as long as possible"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Three proposals on the same words of unit 2, and one on others."""
    desk = copied(tmp_path / "m")
    for by, words in (("Mexico", "for ten years"), ("Algeria", "for at least five years")):
        desk.do({"act": "propose", "unit": "2", "by": by, "replace": START, "with": words})
    desk.do({"act": "propose", "unit": "2", "by": "Peru", "kind": "delete"})
    desk.do({"act": "propose", "unit": "2", "by": "Chile", "replace": "should", "with": "shall"})
    return desk


def names(outlook: Outlook, field: str) -> dict[str, str]:
    return {one.amendment.number: one.told for one in getattr(outlook, field)}


def test_the_text_as_it_would_be_and_what_would_fall(desk: Desk) -> None:
    before, acts = desk.state, len(desk.log.acts)
    outlook = what_if(desk.log, "A-1")

    assert outlook.hindrance == ""
    assert [(one.label, one.before, one.after) for one in outlook.changes] == [
        ("2", KEEPING, KEEPING.replace(START, "for ten years"))
    ]
    assert names(outlook, "fall").keys() == {"A-2"} and "conflicts with A-1" in names(outlook, "fall")["A-2"]
    assert names(outlook, "apply").keys() == {"A-3", "A-4"}
    assert desk.state is before and len(desk.log.acts) == acts


def test_what_it_says_comes_true(desk: Desk) -> None:
    """The words after the acceptance are those that were foretold, and so are those that cannot be put."""
    outlook = what_if(desk.log, "A-2")
    receipt = desk.do({"act": "accept", "amendment": "A-2"})

    assert desk.state.find_unit("2")[1].text == outlook.changes[0].after
    assert all(any(number in line for line in receipt.warnings) for number in names(outlook, "fall"))
    for number in names(outlook, "fall"):
        with pytest.raises(OutOfOrder):
            desk.do({"act": "accept", "amendment": number})


def test_a_deletion_takes_everything_else_with_it(desk: Desk) -> None:
    outlook = what_if(desk.log, "A-3")

    assert [(one.label, one.after, one.note) for one in outlook.changes] == [("2", "", "is deleted")]
    assert names(outlook, "fall").keys() == {"A-1", "A-2", "A-4"}


def test_who_binds_whom_is_told(desk: Desk) -> None:
    assert what_if(desk.log, "A-4").remarks == ("It turns “should” into “shall”.",)


def test_what_comes_before_and_after_and_what_lapses(desk: Desk) -> None:
    desk.do({"act": "propose", "amends": "A-1", "by": "Kenya", "replace": "ten", "with": "twelve"})
    request = {"act": "propose", "unit": "3", "by": "Secretariat", "consequential_to": "A-1"}
    desk.do({**request, "replace": "train", "with": "train for ten years"})

    outlook = what_if(desk.log, "A-1")
    assert "A-5 is a sub-amendment to A-1 and comes first" in outlook.hindrance
    assert [one.number for one in outlook.first] == ["A-5"] and [one.parent for one in outlook.then] == [
        outlook.amendment.id
    ]
    assert "for ten years" in outlook.changes[0].after
    other = what_if(desk.log, "A-2")
    assert set(names(other, "lapse").values()) == {"lapses if A-1 falls"} and "A-5" in names(other, "lapse")
    own = what_if(desk.log, "A-5")
    assert own.changes[0].label == "A-1 of Mexico" and "twelve" in own.changes[0].after and not own.fall


def test_new_units_moves_alternatives_and_references(desk: Desk) -> None:
    desk.do({"act": "propose", "kind": "new", "after": "3", "by": "Peru", "text": "See recommendation 2 and 99."})
    desk.do({"act": "propose", "kind": "alt", "unit": "3", "by": "Peru", "text": "Train everybody."})
    desk.do({"act": "propose", "kind": "move", "unit": "1", "after": "3", "by": "Peru"})
    new = next(one for one in desk.state.amendments.values() if one.label == "3 bis")

    outlook = what_if(desk.log, new.number)
    assert [(one.label, one.note) for one in outlook.changes] == [("3 bis", "is new")]
    assert "3 bis would refer to 99, which would not be in the text." in outlook.remarks
    alternative = next(one for one in desk.state.amendments.values() if one.replaces)
    told = [(one.label, one.note) for one in what_if(desk.log, alternative.number).changes]
    assert ("3", "is replaced by 3 alt") in told and ("3 alt", "is new") in told
    move = next(one for one in desk.state.amendments.values() if one.kind.value == "move")
    assert [(one.label, one.note) for one in what_if(desk.log, move.number).changes] == [("1", "follows 3")]
    desk.do({"act": "accept", "amendment": new.number})
    assert "3 bis refers to 2, which would no longer be there." in what_if(desk.log, "A-3").remarks


def test_one_that_conflicts_already_and_one_that_is_settled(desk: Desk) -> None:
    desk.do({"act": "accept", "amendment": "A-1"})

    outlook = what_if(desk.log, "A-2")
    assert "A-2 cannot be accepted as it is" in outlook.hindrance and outlook.changes == ()
    with pytest.raises(OutOfOrder, match="accepted already"):
        what_if(desk.log, "A-1")
    with pytest.raises(BadInput):
        what_if(desk.log, "A-77")


def test_a_suggestion_is_told_to_be_one(desk: Desk) -> None:
    desk.do({"act": "admit", "name": "Ice Watch", "category": "intergovernmental organization"})
    desk.do({"act": "propose", "unit": "1", "by": "Ice Watch", "replace": "two", "with": "three"})

    outlook = what_if(desk.log, "A-5")
    assert outlook.hindrance and "three years" in outlook.changes[0].after


def test_the_command_tells_it_and_records_nothing(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.record.folder)
    head = desk.record.head()

    assert main(["what-if", "A-1"]) == 0
    told = capsys.readouterr().out
    assert "If A-1 of Mexico is accepted" in told and "[-as long as possible-]{+ten years+}" in told
    assert "Would fall, if the Chair confirms it:\n  A-2" in told
    assert main(["what-if", "A-1", "--json"]) == 0
    shape = json.loads(capsys.readouterr().out)
    assert shape == outlook_shape(what_if(desk.log, "A-1")) and shape["possible"] is True
    assert main(["what-if", "A-9"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert desk.record.head() == head
