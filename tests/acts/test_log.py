"""The fold: the same acts make the same state, whatever way they came."""

import random
from pathlib import Path

import pytest

from draftwg.acts import ACTS, Log, Stamp, decode, encode
from draftwg.acts.decision import Reject
from draftwg.desk import Desk
from draftwg.errors import Damaged, DraftwgError
from meetings import copied


def wander(desk: Desk, seed: int, steps: int) -> None:
    """Do `steps` acts at random, legal and illegal ones."""
    chance = random.Random(seed)
    for step in range(steps):
        numbers = [amendment.number for amendment in desk.state.amendments.values()] or ["A-1"]
        if not desk.state.texts:  # even the import was undone
            desk.do({"act": "redo"})
        unit = chance.choice(["1", "2", "3"])
        told = desk.state.find_unit(unit)[1].text.split()
        word = chance.choice(told)
        request = chance.choice(
            [
                {
                    "act": "propose",
                    "unit": unit,
                    "by": chance.choice(["Chile", "Peru"]),
                    "text": " ".join([*told, f"w{step}."]),
                },
                {"act": "propose", "unit": unit, "by": "Mexico", "replace": word, "with": f"w{step}"},
                {"act": "accept", "amendment": chance.choice(numbers)},
                {"act": "reject", "amendment": chance.choice(numbers)},
                {"act": "withdraw", "amendment": chance.choice(numbers)},
                {"act": "edit", "unit": unit, "replace": word, "with": f"e{step}"},
                {"act": "undo"},
                {"act": "undo", "undoes": chance.choice(desk.log.acts).id},
                {"act": "redo"},
                {"act": "open_reading"},
                {"act": "close_reading"},
                {"act": "issue", "symbol": f"A/{step}", "status": "x"},
            ]
        )
        try:
            desk.do(request)
        except DraftwgError:
            continue


@pytest.mark.parametrize("seed", range(3))
def test_the_record_folds_to_the_state_in_memory_in_any_order_of_arrival(tmp_path: Path, seed: int) -> None:
    desk = copied(tmp_path / "meeting")
    wander(desk, seed, 40)
    assert desk.state.contested == ()

    fresh = Desk.open(tmp_path / "meeting")
    assert fresh.state == desk.state
    shuffled = list(desk.log.acts)
    random.Random(seed).shuffle(shuffled)
    log = Log()
    while shuffled:
        part, shuffled = shuffled[:7], shuffled[7:]
        log.add(part)
    assert log.state == desk.state


def test_every_act_comes_back_from_its_json(tmp_path: Path) -> None:
    desk = copied(tmp_path / "meeting")
    wander(desk, 11, 60)

    for act in desk.log.acts:
        assert decode(encode(act), ACTS) == act


@pytest.mark.parametrize(
    "values",
    [
        [],
        {},
        {"act": "propose"},
        {"act": "undo", "id": "abcd", "clock": 1, "at": "x", "undoes": 5, "told": ""},
        {"act": "undo", "id": "../../x", "clock": 1, "at": "x", "undoes": "a", "told": ""},
        {"act": "undo", "id": "abcd", "clock": 0, "at": "x", "undoes": "a", "told": ""},
        {"act": "undo", "id": "abcd", "clock": True, "at": "x", "undoes": "a", "told": ""},
        {"act": "undo", "id": "abcd", "clock": 1, "at": "x", "undoes": "a", "told": "", "extra": 1},
        {"act": "from the future", "id": "abcd", "clock": 1, "at": "x"},
    ],
)
def test_what_is_no_act_is_named_as_damage(values: object) -> None:
    with pytest.raises(Damaged):
        decode(values, ACTS)


def test_a_contradiction_is_noted_and_changes_nothing(tmp_path: Path) -> None:
    """Two machines accepted and rejected one amendment while apart."""
    desk = copied(tmp_path / "meeting")
    desk.do({"act": "propose", "unit": "2", "by": "Chile", "replace": "logs", "with": "records"})
    acts = list(desk.log.acts)
    accept = desk.do({"act": "accept", "amendment": "A-1"}).act
    both = Log([*acts, accept, Reject(stamp=Stamp("zzzz", accept.clock, accept.at), amendment=acts[-1].id)])

    assert both.state.find_amendment("A-1").state == "accepted"
    assert [contested.act for contested in both.state.contested] == ["zzzz"]


@pytest.mark.parametrize("seed", range(4))
def test_a_long_row_of_acts_folds_like_one_after_the_other(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few states are kept, and wherever the row is cut; a state that somebody holds stays as it was."""
    desk = copied(tmp_path / "meeting")
    wander(desk, seed, 80)
    acts = desk.log.acts
    one_by_one = Log()
    for act in acts:
        one_by_one.add([act])
    assert one_by_one.state == desk.state
    monkeypatch.setattr("draftwg.acts.log._REMEMBERED", 2)
    for cut in range(0, len(acts), 5):
        log = Log(acts[:cut])
        held, as_it_was = log.state, (dict(log.state.amendments), dict(log.state.numbers))
        log.add(acts[cut:])
        assert log.state == desk.state
        assert log.effective() == desk.log.effective() and log.undoable == desk.log.undoable
        assert (held.amendments, held.numbers) == as_it_was
