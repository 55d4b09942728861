"""What machines that were apart decided against each other: what is contested, what is not, and how it is settled."""

import random
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from draftwg.acts import Log, Stamp
from draftwg.acts.settling import disputes
from draftwg.acts.undo import Undo
from draftwg.desk import Desk
from draftwg.errors import BadInput, OutOfOrder
from draftwg.model.state import State
from meetings import copied, words

Request = Mapping[str, object]
FIRST = {"act": "propose", "unit": "2", "by": "Chile", "replace": "logs", "with": "records"}
SECOND = {"act": "propose", "unit": "2", "by": "Peru", "replace": "logs", "with": "journals"}
ELSEWHERE = {"act": "propose", "unit": "2", "by": "Peru", "replace": "on request", "with": "when asked"}
ACCEPT, REJECT = {"act": "accept", "amendment": "A-1"}, {"act": "reject", "amendment": "A-1"}
REVISE = {"act": "revise", "amendment": "A-1", "text": "States parties should keep records of ice."}
OTHERWISE = {"act": "revise", "amendment": "A-1", "text": "States parties should burn the logs."}


def apart(folder: Path, common: list[Request], left: list[Request], right: list[Request]) -> tuple[Log, Desk, Desk]:
    """Two machines that did things while apart, after things that both know; the acts of both in one log."""
    desk = copied(folder / "left")
    for name in ("Chile", "Peru"):
        desk.do({"act": "admit", "name": name, "category": "party"})
    for request in common:
        desk.do(request)
    shutil.copytree(folder / "left", folder / "right")
    other = Desk.open(folder / "right")
    for request in left:
        desk.do(request)
    for request in right:
        other.do(request)
    return Log([*desk.log.acts, *other.log.acts]), desk, other


AGAIN = {"act": "edit", "unit": "2", "replace": "share", "with": "exchange"}
MERGE = {"act": "merge", "amendment": "A-2", "into": "A-1"}
WITHDRAW = {"act": "withdraw", "amendment": "A-1"}
SUB = {"act": "propose", "amends": "A-1", "by": "Peru", "replace": "records", "with": "journals"}

CASES: dict[str, tuple[list[Request], list[Request], list[Request], int]] = {
    "both table amendments": ([], [FIRST], [ELSEWHERE], 0),
    "two acceptances on other words": ([FIRST, ELSEWHERE], [ACCEPT], [{"act": "accept", "amendment": "A-2"}], 0),
    "two acceptances on the same words": ([FIRST, SECOND], [ACCEPT], [{"act": "accept", "amendment": "A-2"}], 1),
    "accepted and rejected": ([FIRST], [ACCEPT], [REJECT], 1),
    "accepted twice": ([FIRST], [ACCEPT], [ACCEPT], 0),
    "accepted by other figures": ([FIRST], [ACCEPT], [{**ACCEPT, "vote": "4-3-1"}], 1),
    "withdrawn twice": ([FIRST], [WITHDRAW], [WITHDRAW], 0),
    "withdrawn and accepted": ([FIRST], [WITHDRAW], [ACCEPT], 1),
    "revised and accepted": ([FIRST], [REVISE], [ACCEPT], 1),
    "revised and withdrawn": ([FIRST], [REVISE], [WITHDRAW], -1),
    "revised in two ways": ([FIRST], [REVISE], [OTHERWISE], 1),
    "revised in the same way": ([FIRST], [REVISE], [REVISE], 0),
    "agreed and amended": ([], [{"act": "agree", "unit": "2"}], [FIRST], 1),
    "agreed in the same way": ([], [{"act": "agree", "unit": "2"}], [{"act": "agree", "unit": "2"}], 0),
    "agreed on other words": (
        [FIRST], [ACCEPT, {"act": "agree", "unit": "2"}], [REJECT, {"act": "agree", "unit": "2"}], 2,
    ),
    "the same reading opened": ([], [{"act": "open_reading"}], [{"act": "open_reading"}], 0),
    "the same reading closed otherwise": (
        [{"act": "open_reading"}], [{"act": "close_reading"}], [{"act": "close_reading", "reached": "2"}], 1,
    ),
    "accepted so that one falls, which is withdrawn": (
        [FIRST, SECOND], [{**ACCEPT, "fallen": ["A-2"]}], [{"act": "withdraw", "amendment": "A-2"}], 0,
    ),
    "merged in the same way": (
        [FIRST, SECOND], [{**MERGE, "text": "Keep logs."}], [{**MERGE, "text": "Keep logs."}], 0,
    ),
    "merged in two ways": ([FIRST, SECOND], [{**MERGE, "text": "Keep logs."}], [{**MERGE, "text": "Burn logs."}], 1),
    "reopened twice": (
        [{"act": "agree", "unit": "2"}, {**FIRST, "act": "request_reopening"}],
        [{"act": "reopen", "unit": "2"}],
        [{"act": "reopen", "unit": "2"}],
        0,
    ),
    "a placeholder taken away twice": (
        [{"act": "placeholder", "unit": "2", "words": "to come"}],
        [{"act": "placeholder", "unit": "2"}],
        [{"act": "placeholder", "unit": "2"}],
        0,
    ),
    "undone and decided on": ([FIRST], [{"act": "undo"}], [ACCEPT], 1),
    "undone and amended": ([FIRST], [{"act": "undo"}], [SUB], 1),
    "undone twice": ([FIRST], [{"act": "undo"}], [{"act": "undo"}], 0),
    "undone, redone, and something else": ([FIRST], [{"act": "undo"}, {"act": "redo"}], [ELSEWHERE], 0),
    "edited and accepted": ([FIRST], [AGAIN], [ACCEPT], 0),
    "one symbol, two texts": (
        [FIRST],
        [{"act": "issue", "symbol": "WG/1", "status": "non-paper"}],
        [ACCEPT, {"act": "issue", "symbol": "WG/1", "status": "non-paper"}],
        1,
    ),
    "one symbol, one text": (
        [],
        [{"act": "issue", "symbol": "WG/1", "status": "non-paper"}],
        [{"act": "issue", "symbol": "WG/1", "status": "non-paper"}],
        0,
    ),
    "one new label": (
        [],
        [{"act": "propose", "kind": "new", "after": "2", "by": "Chile", "text": "Ice is cold."}],
        [{"act": "propose", "kind": "new", "after": "2", "by": "Peru", "text": "Ice is wet."}],
        0,
    ),
    "renumbered twice": (
        [{"act": "agree", "all": True}],
        [{"act": "renumber"}],
        [{"act": "renumber"}],
        0,
    ),
    "one delegation entered twice": ([], [{"act": "admit", "name": "Malta"}], [{"act": "admit", "name": "Malta"}], 0),
    "one delegation noticed twice": ([], [{**FIRST, "by": "Malta"}], [{**ELSEWHERE, "by": "Malta"}], 0),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_contested(tmp_path: Path, case: str) -> None:
    common, left, right, count = CASES[case]
    log, desk, other = apart(tmp_path, common, left, right)

    told = disputes(log)
    if count >= 0:
        assert len(told) == count, [(one.act, one.reason) for one in told]
    for one in told:
        assert one.act
        assert one.reason
    for mine in (desk, other):  # in whatever order the acts arrive
        mine.log.add(log.acts)
        assert mine.log.state == log.state
    shuffled = list(log.acts)
    random.Random(case).shuffle(shuffled)
    drop = Log()
    for act in shuffled:
        drop.add([act])
    assert drop.state == log.state


def joined(desk: Desk, other: Desk) -> Desk:
    """The left machine with the acts of both, recorded."""
    from draftwg.desk.clock import now
    from draftwg.desk.desk import act_file, act_path
    from draftwg.repository.stream import Entry

    new = [act for act in other.log.acts if act.id not in {mine.id for mine in desk.log.acts}]
    for act in new:
        entry = Entry({act_path(act): act_file(act)}, "Secretariat", act.at, "An act of another machine", "", {})
        assert desk.record.append([entry], desk.record.head(), now())
    desk.refresh()
    return desk


def decided(state: State) -> str:
    return state.find_amendment("A-1").state.value


@pytest.mark.parametrize("keep", ["present", "contested", "neither"])
def test_the_chair_settles_and_an_undo_takes_that_back(tmp_path: Path, keep: str) -> None:
    _, desk, other = apart(tmp_path, [FIRST], [ACCEPT], [REJECT])
    desk = joined(desk, other)
    present = decided(desk.state)
    contested = {"accepted": "rejected", "rejected": "accepted"}[present]
    one = disputes(desk.log)[0]
    assert [words for words, _ in one.against] == [f"A-1 of Chile on recommendation 2 is {present}"]

    before = desk.state
    receipt = desk.do({"act": "settle", "keep": keep, "ruling": "as the room recalls"})

    assert receipt.subject.startswith("The Chair settles: ")
    assert desk.state.contested == ()
    assert decided(desk.state) == {"present": present, "contested": contested, "neither": "tabled"}[keep]
    assert ("records" in words(desk, "2")) == (decided(desk.state) == "accepted")
    assert Log(desk.log.acts).state == desk.state
    desk.do({"act": "undo"})
    assert desk.state == before
    desk.do({"act": "redo"})
    assert desk.state.contested == ()


def test_a_decision_recorded_twice_is_undone_at_once(tmp_path: Path) -> None:
    _, desk, other = apart(tmp_path, [FIRST], [ACCEPT], [ACCEPT])
    desk = joined(desk, other)
    assert decided(desk.state) == "accepted"

    desk.do({"act": "undo"})

    assert decided(desk.state) == "tabled"
    assert desk.state.contested == ()
    desk.do({"act": "redo"})
    assert decided(desk.state) == "accepted"


def test_two_rulings_on_one_decision_are_contested_themselves(tmp_path: Path) -> None:
    _, desk, other = apart(tmp_path, [FIRST], [ACCEPT], [REJECT])
    desk = joined(desk, other)
    shutil.copytree(tmp_path / "left", tmp_path / "third")
    third = Desk.open(tmp_path / "third")
    desk.do({"act": "settle", "keep": "present"})
    third.do({"act": "settle", "keep": "contested"})

    both = Log([*desk.log.acts, *third.log.acts])

    assert len(both.state.contested) == 1
    assert "settled otherwise" in both.state.contested[0].reason


@pytest.mark.parametrize("first", ["present", "contested", "neither"])
@pytest.mark.parametrize("second", ["present", "contested", "neither"])
def test_a_later_ruling_is_never_passed_over(tmp_path: Path, first: str, second: str) -> None:
    """Whichever comes first in the order; also where the record is folded anew because of an undo before them."""
    _, desk, other = apart(tmp_path, [FIRST], [ACCEPT], [REJECT])
    desk = joined(desk, other)
    shutil.copytree(tmp_path / "left", tmp_path / "third")
    third = Desk.open(tmp_path / "third")
    desk.do({"act": "settle", "keep": first})
    edited = third.do(AGAIN).act.id
    third.do({"act": "settle", "keep": second})
    undo = Undo(stamp=Stamp("zzzzzzzz", 90, "2031-05-06T10:00:00+02:00"), undoes=edited, told="an edit")

    both = Log([*desk.log.acts, *third.log.acts])
    anew = Log([*both.acts, undo])

    for log in (both, anew):
        assert len(log.state.contested) == (first != second)
        assert all("settled otherwise" in one.reason for one in log.state.contested)


def test_both_rule_the_same(tmp_path: Path) -> None:
    _, desk, other = apart(tmp_path, [FIRST], [ACCEPT], [REJECT])
    desk = joined(desk, other)
    shutil.copytree(tmp_path / "left", tmp_path / "third")
    third = Desk.open(tmp_path / "third")
    desk.do({"act": "settle", "keep": "neither"})
    third.do({"act": "settle", "keep": "neither"})

    assert Log([*desk.log.acts, *third.log.acts]).state.contested == ()


def test_two_amendments_of_one_number(tmp_path: Path) -> None:
    log, desk, _ = apart(tmp_path, [], [FIRST, SECOND], [ELSEWHERE])

    numbers = [amendment.number for amendment in log.state.amendments.values()]
    assert sorted(numbers) == ["A-1", "A-1 bis", "A-2"]
    late = log.state.find_amendment("a1bis")
    assert late.tabled_as == "A-1"
    assert log.state.contested == ()
    subjects = [act.subject(log.before(act.id)) for act in log.acts]
    assert any("(as A-1 bis: another A-1 was tabled on another machine)" in subject for subject in subjects)
    with pytest.raises(OutOfOrder, match="already"):
        desk.do({**FIRST, "number": "A-1"})


def test_an_issued_version_never_gives_way(tmp_path: Path) -> None:
    issue = {"act": "issue", "symbol": "WG/1", "status": "non-paper"}
    _, desk, other = apart(tmp_path, [FIRST], [issue], [ACCEPT, issue])
    desk = joined(desk, other)
    with pytest.raises(OutOfOrder, match=r"Rev\. or Corr"):
        desk.do({"act": "settle", "keep": "contested"})
    with pytest.raises(OutOfOrder, match=r"issued under this symbol cannot be set aside\."):
        desk.do({"act": "settle", "keep": "neither"})

    desk.do({"act": "settle", "keep": "present"})

    assert desk.state.contested == ()
    assert len(desk.state.versions) == 1


def test_an_agreement_on_a_unit_that_was_deleted_elsewhere(tmp_path: Path) -> None:
    """What was decided on the proposal goes with it: no new dispute comes of the ruling."""
    delete = {"act": "propose", "unit": "2", "by": "Chile", "kind": "delete"}
    busy = [{**AGAIN, "unit": "3", "text": f"Words {number}.", "replace": None, "with": None} for number in range(2)]
    _, desk, other = apart(tmp_path, [], [delete, ACCEPT], [*busy, {"act": "agree", "unit": "2"}])
    desk = joined(desk, other)
    (one,) = disputes(desk.log)
    assert one.reason.startswith("Recommendation 2 is no longer in the text.")
    assert [act.split(" on ")[0] for act, _ in one.against] == [
        "Chile proposes to delete recommendation 2",
        "A-1 of Chile",
    ]

    desk.do({"act": "settle", "keep": "contested"})

    assert desk.state.contested == ()
    assert not desk.state.find_unit("2")[1].deleted


def test_what_is_contested_is_found_by_what_people_call_it(tmp_path: Path) -> None:
    _, desk, other = apart(tmp_path, [FIRST], [ACCEPT], [REJECT])
    with pytest.raises(OutOfOrder, match="Nothing is contested"):
        desk.do({"act": "settle", "keep": "present"})
    desk = joined(desk, other)
    with pytest.raises(OutOfOrder, match="Nothing about 3"):
        desk.do({"act": "settle", "keep": "present", "contested": "3"})
    with pytest.raises(BadInput, match="not to be kept"):
        desk.do({"act": "settle", "keep": "both"})

    desk.do({"act": "settle", "keep": "present", "contested": "2"})

    assert desk.state.contested == ()
