"""Where delegations stand: what takes the place of what, and what stands until it is lifted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from draftwg.desk import Desk
from draftwg.errors import OutOfOrder
from draftwg.model.delegation import speaking, the
from tui.driving import meeting


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "7", "by": "European Union", "replace": "encouraged", "with": "urged"})
    yield desk
    desk.close()


def stands(desk: Desk, **on: str) -> list[tuple[str, str]]:
    return [(position.by, position.stand.value) for position in desk.state.positions_on(**on)]


def test_a_reservation_stands_beside_the_wish_to_retain_the_words(desk: Desk) -> None:
    """To retain words and to withhold agreement are different things: neither takes the place of the other."""
    id = desk.state.find_amendment("A-1").id
    desk.do({"act": "position", "by": "Mexico", "position": "retain", "amendment": "A-1"})
    receipt = desk.do({"act": "position", "by": "Mexico", "position": "reserve", "amendment": "A-1"})
    assert receipt.warnings == ("Mexico still wants what it said before: retain.",)
    assert stands(desk, amendment=id) == [("Mexico", "retain"), ("Mexico", "reserve")]

    receipt = desk.do({"act": "position", "by": "Mexico", "position": "can live with", "amendment": "A-1"})
    assert "It takes the place of the earlier position: retain." in receipt.warnings
    assert "The reservation of Mexico stands until it is lifted." in receipt.warnings

    receipt = desk.do({"act": "lift", "by": "Mexico", "amendment": "A-1"})
    assert receipt.subject == "Mexico lifts its reservation on A-1 of the European Union"
    assert stands(desk, amendment=id) == [("Mexico", "can live with")]
    desk.do({"act": "undo"})
    desk.do({"act": "lift", "by": "Mexico", "amendment": "A-1", "position": "can live with"})
    assert stands(desk, amendment=id) == [("Mexico", "reserve")]
    with pytest.raises(OutOfOrder, match="Mexico has no position “retain”"):
        desk.do({"act": "lift", "by": "Mexico", "amendment": "A-1", "position": "retain"})


def test_who_had_to_consult_has_done_so_when_it_takes_a_position(desk: Desk) -> None:
    """Its support takes the place of “must consult”, and the receipt says so."""
    id = desk.state.find_amendment("A-1").id
    desk.do({"act": "position", "by": "Algeria", "position": "must consult", "amendment": "A-1"})
    receipt = desk.do({"act": "position", "by": "Algeria", "position": "support", "amendment": "A-1"})
    assert receipt.warnings == ("It takes the place of the earlier position: must consult.",)
    assert stands(desk, amendment=id) == [("Algeria", "support")]


def test_what_was_wanted_of_the_words_is_settled_when_the_unit_is_agreed(desk: Desk) -> None:
    """A wish to retain ends with the agreement; a reservation stands until it is lifted. Undo brings the wish back."""
    id = desk.state.find_unit("8")[1].id
    desk.do({"act": "position", "by": "Mexico", "position": "retain", "unit": "8"})
    desk.do({"act": "position", "by": "Algeria", "position": "reserve", "unit": "8"})
    desk.do({"act": "agree", "unit": "8"})
    assert stands(desk, unit=id) == [("Algeria", "reserve")]
    desk.do({"act": "undo"})
    assert stands(desk, unit=id) == [("Mexico", "retain"), ("Algeria", "reserve")]


def test_names_stand_as_in_running_text(desk: Desk) -> None:
    """Some take the article, at the start of a sentence with a capital."""
    assert [the(name) for name in ("Chair", "Niger", "Group of African States", "Mexico", "the Niger")] == [
        "the Chair", "the Niger", "the Group of African States", "Mexico", "the Niger"
    ]  # fmt: skip
    assert speaking("United States", "Group of African States") == (
        "The United States, on behalf of the Group of African States,"
    )
    told = desk.do({"act": "propose", "unit": "8", "by": "Chair", "replace": "should", "with": "shall"}).subject
    assert told.startswith("The Chair proposes to replace")


def test_references_are_credited_to_the_final_numbering(desk: Desk) -> None:
    """What follows from the final numbers is no editorial change."""
    from draftwg.desk.outputs import version_redline
    from draftwg.desk.questions import outline
    from draftwg.desk.tracing import blame, where

    desk.do({"act": "withdraw", "amendment": "A-1"})
    desk.do({"act": "edit", "unit": "9", "replace": "every two years", "with": "as recommendation 15 says"})
    desk.do({"act": "propose", "unit": "2", "by": "Mexico", "kind": "delete"})
    desk.do({"act": "accept", "amendment": "A-2"})
    desk.do({"act": "agree", "all": True})
    desk.do({"act": "renumber"})
    state = desk.state
    unit = state.find_unit("4")[1]
    assert unit.text.endswith("as recommendation 5 says.")
    told = [(run["words"].strip(), run["why"]) for run in blame(state, unit)]
    assert ("5", "a consequence of the final numbers") in told and ("as recommendation", "an editorial change") in told
    found = where(state, state.text(), "recommendation 15")
    assert found[0]["gone_by"] == "changed by the Secretariat, a consequence of the final numbers"
    labels = [row.unit.label for row in outline(state, state.text()) if row.unit]
    assert labels == ["1", "2", "3", "4", "5"]
    redline = version_redline(desk, "original", "now")
    units = {unit.heading: unit for section in redline.sections for unit in section.units}
    assert units["Recommendation 2 of the draft"].kind == "deleted"
    assert units["Recommendation 2"].note == "7 before the final numbering"
    assert "a consequence of the final numbers" in {credit.said for credit in redline.credits.values()}
