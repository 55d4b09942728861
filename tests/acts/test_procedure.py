"""The rules, one by one, through the desk as everybody goes."""

from pathlib import Path

import pytest

from draftwg.desk import Desk
from draftwg.errors import BadInput, DraftwgError, OutOfOrder
from draftwg.model.amendment import AmendmentState
from draftwg.model.text import UnitStatus
from meetings import KEEPING, TRAINING, copied, words


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return copied(tmp_path / "meeting")


def propose(desk: Desk, unit: str = "2", by: str = "Norway", **change: object) -> str:
    receipt = desk.do({"act": "propose", "unit": unit, "by": by, **change})
    return str(receipt.act.number)  # type: ignore[attr-defined]


def refused(desk: Desk, **request: object) -> OutOfOrder:
    """The refusal of an act; the record is as it was before."""
    head = desk.record.head()
    with pytest.raises(OutOfOrder) as refusal:
        desk.do(request)
    assert desk.record.head() == head
    assert refusal.value.rule
    assert "\n" not in str(refusal.value)
    return refusal.value


LONG = {"replace": "for as long as possible", "with": "for at least ten years"}


def test_an_accepted_amendment_is_in_the_text_and_nothing_else_changed(desk: Desk) -> None:
    number = propose(desk, **LONG)
    assert words(desk, "2") == KEEPING
    assert desk.state.status(desk.state.find_unit("2")[1]) is UnitStatus.BRACKETED

    desk.do({"act": "accept", "amendment": number})

    assert words(desk, "2") == KEEPING.replace("for as long as possible", "for at least ten years")
    assert words(desk, "3") == TRAINING
    assert desk.state.status(desk.state.find_unit("2")[1]) is UnitStatus.OPEN


def test_amendments_on_different_words_are_accepted_one_after_the_other(desk: Desk) -> None:
    first = propose(desk, **LONG)
    second = propose(desk, by="Chile", replace="neighbouring", **{"with": "interested"})
    for number in (first, second):
        desk.do({"act": "accept", "amendment": number})

    assert words(desk, "2") == KEEPING.replace("as long as possible", "at least ten years").replace(
        "neighbouring", "interested"
    )


def test_an_amendment_whose_words_another_has_changed_is_refused_with_the_culprit(desk: Desk) -> None:
    first = propose(desk, **LONG)
    second = propose(desk, by="Chile", replace="for as long as possible", **{"with": "for twenty years"})
    desk.do({"act": "accept", "amendment": first})

    assert first in str(refused(desk, act="accept", amendment=second))
    desk.do({"act": "reject", "amendment": second})
    assert desk.state.find_amendment(second).state is AmendmentState.REJECTED


def test_what_has_been_decided_is_not_decided_again(desk: Desk) -> None:
    number = propose(desk, **LONG)
    desk.do({"act": "reject", "amendment": number})

    for act in ("accept", "reject", "withdraw"):
        assert "rejected already" in str(refused(desk, act=act, amendment=number))


def test_only_the_sponsor_withdraws_or_revises(desk: Desk) -> None:
    number = propose(desk, by="Norway", **LONG)

    refused(desk, act="withdraw", amendment=number, by="Chile")
    refused(desk, act="revise", amendment=number, by="Chile", text="Other words.")
    desk.do({"act": "withdraw", "amendment": number, "by": "Norway"})
    assert desk.state.find_amendment(number).state is AmendmentState.WITHDRAWN


def test_a_revision_keeps_every_wording(desk: Desk) -> None:
    number = propose(desk, **LONG)
    desk.do({"act": "revise", "amendment": number, "replace": "ten", "with": "twelve"})

    amendment = desk.state.find_amendment(number)
    assert [wording.text.count("ten years") for wording in amendment.wordings] == [1, 0]
    assert amendment.state is AmendmentState.REVISED
    desk.do({"act": "accept", "amendment": number})
    assert "for at least twelve years" in words(desk, "2")


def test_the_secretariat_edits_but_tables_nothing(desk: Desk) -> None:
    refused(desk, act="propose", unit="2", by="Secretariat", text="Anything.")

    desk.do({"act": "edit", "unit": "2", "replace": "on request", "with": "upon request", "reason": "style"})
    assert words(desk, "2").endswith("upon request.")


def test_co_sponsors_join_and_leave(desk: Desk) -> None:
    number = propose(desk, sponsors=["Chile"], **LONG)
    desk.do({"act": "cosponsor", "amendment": number, "by": "Peru"})
    desk.do({"act": "cosponsor", "amendment": number, "by": "Chile", "leave": True})

    assert desk.state.find_amendment(number).names == ("Norway", "Peru")
    refused(desk, act="cosponsor", amendment=number, by="Peru")
    refused(desk, act="cosponsor", amendment=number, by="Norway")


def test_a_new_unit_stands_behind_its_neighbour_in_the_order_of_labels(desk: Desk) -> None:
    ter = desk.do({"act": "propose", "kind": "new", "after": "2", "label": "2 ter", "by": "Peru", "text": "Third."})
    bis = desk.do({"act": "propose", "kind": "new", "after": "2", "by": "Chile", "text": "Second."})
    assert bis.subject == "Chile proposes a new recommendation 2 bis: Second."
    for receipt in (ter, bis):
        desk.do({"act": "accept", "amendment": receipt.act.id})

    text = desk.state.text()
    assert [unit.label for unit in text.standing] == ["1", "2", "2 bis", "2 ter", "3"]
    assert {unit.section for unit in text.units[1:]} == {"B.1"}
    refused(desk, act="propose", kind="new", after="2", label="2 bis", by="Peru", text="Again.")


def test_a_deleted_unit_leaves_the_text_and_takes_no_more_amendments(desk: Desk) -> None:
    number = propose(desk, unit="3", kind="delete")
    other = propose(desk, unit="3", replace="train", **{"with": "instruct"})
    desk.do({"act": "accept", "amendment": number})

    assert [unit.label for unit in desk.state.text().standing] == ["1", "2"]
    refused(desk, act="propose", unit="3", by="Chile", replace="train", **{"with": "teach"})
    refused(desk, act="accept", amendment=other)
    desk.do({"act": "undo"})
    assert words(desk, "3") == TRAINING


def test_readings_follow_one_another(desk: Desk) -> None:
    refused(desk, act="close_reading")
    refused(desk, act="open_reading", reading=2)
    desk.do({"act": "open_reading", "reading": 1, "date": "2031-05-06", "meeting": 1})
    refused(desk, act="open_reading")
    number = propose(desk, **LONG)
    assert desk.state.find_amendment(number).reading == 1

    desk.do({"act": "close_reading", "completed": False, "reached": "2"})
    reading = desk.state.readings[0]
    assert (reading.state, reading.reached) == ("not completed", "2")
    desk.do({"act": "open_reading"})
    assert desk.state.reading and desk.state.reading.name == "second reading"


def test_a_symbol_is_given_once_and_its_text_is_frozen(desk: Desk) -> None:
    desk.do({"act": "issue", "symbol": "WGI/2031/CRP.1", "status": "non-paper"})
    number = propose(desk, **LONG)
    desk.do({"act": "accept", "amendment": number})

    refused(desk, act="issue", symbol="WGI/2031/CRP.1", status="non-paper")
    refused(desk, act="issue", symbol="WGI/2031/CRP.1", status="other")
    version = desk.state.version("WGI/2031/CRP.1")
    assert version is not None
    assert version.text.labelled("2").text == KEEPING  # type: ignore[union-attr]
    assert version.digest == version.text.digest


def test_undo_and_redo_go_step_by_step_and_restore_the_state_exactly(desk: Desk) -> None:
    states = [desk.state]
    number = propose(desk, **LONG)
    states.append(desk.state)
    desk.do({"act": "accept", "amendment": number})
    states.append(desk.state)

    desk.do({"act": "undo"})
    assert desk.state == states[1]
    desk.do({"act": "undo"})
    assert {**states[0].delegations} == {k: v for k, v in desk.state.delegations.items() if k != "Norway"}
    assert desk.state.amendments == {}
    desk.do({"act": "redo"})
    desk.do({"act": "redo"})
    assert desk.state == states[2]
    refused(desk, act="redo")


def test_something_new_ends_the_redoing(desk: Desk) -> None:
    propose(desk, **LONG)
    desk.do({"act": "undo"})
    propose(desk, by="Chile", **LONG)

    refused(desk, act="redo")
    assert [amendment.by for amendment in desk.state.amendments.values()] == ["Chile"]


def test_an_earlier_act_is_undone_by_its_id_unless_a_later_one_builds_on_it(desk: Desk) -> None:
    receipt = desk.do({"act": "propose", "unit": "2", "by": "Norway", **LONG})
    edit = desk.do({"act": "edit", "unit": "3", "replace": "train", "with": "instruct"})
    desk.do({"act": "accept", "amendment": "A-1"})

    assert "accepted" in str(refused(desk, act="undo", undoes=receipt.act.id))
    desk.do({"act": "undo", "undoes": edit.act.id})
    assert words(desk, "3") == TRAINING
    assert "for at least ten years" in words(desk, "2")


def test_undo_passes_over_what_stands_for_good(desk: Desk) -> None:
    number = propose(desk, by="Mexico", **LONG)
    issued = desk.do({"act": "issue", "symbol": "WGI/2031/CRP.1", "status": "non-paper"})

    receipt = desk.do({"act": "undo"})
    assert receipt.warnings == ("What has been issued since then stays as it was issued.",)
    assert number not in {amendment.number for amendment in desk.state.amendments.values()}
    assert desk.state.version("WGI/2031/CRP.1") is not None
    assert "Mexico" in desk.state.delegations
    assert "WGI/2031/CRP.1" in str(refused(desk, act="undo", undoes=issued.act.id))
    assert "has been issued" in str(refused(desk, act="undo"))


def test_an_empty_text_is_no_deletion(desk: Desk) -> None:
    with pytest.raises(BadInput, match="kind delete"):
        propose(desk, text="  ")
    with pytest.raises(BadInput, match="offset"):
        propose(desk, at="2031-05-06T10:00:00+23:59", **LONG)


def test_a_name_is_that_of_one_delegation(desk: Desk) -> None:
    desk.do({"act": "admit", "name": "Peru", "aliases": ["Perú", "Republic of Peru"]})
    refused(desk, act="admit", name="republic of peru")
    refused(desk, act="admit", name="chair", category="party")


def test_words_that_do_not_stand_exactly_once_are_refused(desk: Desk) -> None:
    for change in ({"replace": "no such words", "with": "x"}, {"delete": "States"}, {"after": "zzz", "insert": "y"}):
        with pytest.raises(BadInput) as refusal:
            propose(desk, **change)
        assert "\n" not in str(refusal.value)
    assert desk.state.amendments == {}


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"act": "dance"},
        {"act": 7},
        {"act": "propose"},
        {"act": "propose", "unit": "2"},
        {"act": "propose", "unit": "99", "by": "Norway", "text": "x"},
        {"act": "propose", "unit": "2", "by": "Norway"},
        {"act": "propose", "unit": "2", "by": "Norway", "text": 5},
        {"act": "propose", "unit": "2", "by": "Norway", "text": "x", "delete": "logs"},
        {"act": "propose", "unit": "2", "by": "", "text": "x"},
        {"act": "propose", "unit": "2", "by": "Norway", "text": KEEPING},
        {"act": "propose", "unit": "2", "by": "Norway", "text": "x", "colour": "red"},
        {"act": "propose", "unit": "2", "by": "Norway", "text": "x", "at": "yesterday"},
        {"act": "propose", "unit": "2", "by": "Norway", "text": "x", "at": "2031-05-06T10:00:00"},
        {"act": "propose", "unit": "2", "by": "Norway", "text": "x", "sponsors": [1]},
        {"act": "accept", "amendment": "A-9"},
        {"act": "open_reading", "reading": -1},
        {"act": "open_reading", "date": "soon"},
        {"act": "issue", "symbol": "draft v2", "status": "x"},
        {"act": "import", "text": "recommendations", "content": {}},
        {"act": "undo", "undoes": "nosuchact"},
    ],
)
def test_a_request_that_makes_no_sense_is_refused_and_records_nothing(desk: Desk, request_: dict[str, object]) -> None:
    head, state = desk.record.head(), desk.state
    with pytest.raises(DraftwgError) as refusal:
        desk.do(request_)

    assert "\n" not in str(refusal.value)
    assert desk.record.head() == head
    assert desk.state is state


def test_an_unknown_delegation_is_admitted_with_a_warning_or_refused_if_strict(desk: Desk) -> None:
    receipt = desk.do({"act": "propose", "unit": "2", "by": "MEX", **LONG})
    assert receipt.warnings == ("Mexico was not in the roster and has been added.",)
    assert desk.state.delegations["Mexico"].code == "MEX"

    desk.strict_roster = True
    refused(desk, act="propose", unit="2", by="Chile", replace="logs", **{"with": "records"})
    assert "Chile" not in desk.state.delegations


def test_a_binding_word_that_changes_is_remarked(desk: Desk) -> None:
    receipt = desk.do({"act": "propose", "unit": "2", "by": "Norway", "replace": "should", "with": "shall"})

    assert "It turns “should” into “shall”." in receipt.warnings


def test_a_consequence_is_tied_to_the_amendment_itself_and_always_gets_a_number(desk: Desk) -> None:
    number = propose(desk, **LONG)
    tied = {"act": "propose", "by": "Secretariat", "unit": "3", "consequential_to": number}
    numbers = [
        desk.do({**tied, "replace": "observers", "with": f"observers of kind {kind}"}).act.number  # type: ignore[attr-defined]
        for kind in range(26)
    ]

    assert numbers[:2] == [f"{number}c", f"{number}d"]
    assert len(set(numbers)) == 26
    refusal = refused(desk, **{**tied, "consequential_to": numbers[0]}, replace="observers", **{"with": "clerks"})
    assert "itself a consequence" in str(refusal) and number in refusal.hint


def test_the_deletion_of_a_unit_has_no_words_to_amend(desk: Desk) -> None:
    number = propose(desk, kind="delete")

    refusal = refused(desk, act="propose", amends=number, by="Chile", text="Other words.")

    assert str(refusal).startswith(f"{number} has no words to amend")


def test_a_lapsed_consequence_that_a_party_brings_back_stands_by_itself(desk: Desk) -> None:
    number = propose(desk, **LONG)
    tied = {"unit": "3", "consequential_to": number, "replace": "observers", "with": "clerks"}
    consequence = propose(desk, by="Secretariat", **tied)
    desk.do({"act": "withdraw", "amendment": number})

    again = desk.do({"act": "reintroduce", "amendment": consequence, "by": "Chile"})
    desk.do({"act": "accept", "amendment": again.act.number})  # type: ignore[attr-defined]

    assert words(desk, "3") == TRAINING.replace("observers", "clerks")


def test_what_hangs_on_an_amendment_lapses_with_it_on_every_unit_and_at_every_remove(desk: Desk) -> None:
    number = propose(desk, **LONG)
    sub = propose(desk, "", "Chile", amends=number, replace="ten years", **{"with": "twelve years"})
    tied = {"by": "Secretariat", "unit": "3", "replace": "observers"}
    first = propose(desk, **tied, consequential_to=number, **{"with": "clerks"})
    second = propose(desk, **tied, consequential_to=sub, **{"with": "officers"})

    refusal = refused(desk, act="merge", amendment=number, into=second, text="Common words.")
    assert f"{second} hangs on {number}" in str(refusal)
    desk.do({"act": "withdraw", "amendment": number})

    fates = {one: desk.state.find_amendment(one).state for one in (sub, first, second)}
    assert set(fates.values()) == {AmendmentState.LAPSED}, fates
