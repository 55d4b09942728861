"""The fold: the same acts make the same state, whatever way they came."""

import random
import shutil
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from draftwg.acts import ACTS, Act, Log, Stamp, decode, encode
from draftwg.acts.decision import Reject
from draftwg.acts.settle import Settle
from draftwg.acts.settling import Dispute, disputes
from draftwg.acts.text import Edit
from draftwg.acts.undo import Redo, Undo
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


def settled(dispute: Dispute) -> tuple[object, ...]:
    """What a ruling on it rests on; in which words the acts are told depends on what is remembered of then."""
    return dispute.id, dispute.reason, [at for _, at in dispute.against], dispute.unit, dispute.amendment


def apart(folder: Path, seed: int) -> list[Act]:
    """The acts of two machines that were apart: decisions on the same, undoes of what the other one undid, settled, and
    never had, rulings of any kind.
    """
    chance = random.Random(seed)
    one = copied(folder / "one")
    wander(one, seed, 15)
    for word in "abc":
        one.do({"act": "propose", "unit": "2", "by": "Chile", "text": f"The word is {word}."})
    shutil.copytree(folder / "one", folder / "two")
    desks = [one, Desk.open(folder / "two")]
    for number, desk in enumerate(desks):
        for amendment in list(desk.state.amendments.values())[-3:]:
            with suppress(DraftwgError):
                desk.do({"act": chance.choice(["accept", "reject", "withdraw"]), "amendment": amendment.number})
        wander(desk, 10 * seed + number, 20)
    acts = list({act.id: act for desk in desks for act in desk.log.acts}.values())
    for turn in range(16):
        log = Log(acts)
        stamp = Stamp(f"zzzz{turn}", max(1, log.clock - chance.choice([0, 0, 3, 20])), "2031-05-06T10:00:00+00:00")
        any_id = chance.choice([act.id for act in acts] + [f"zzzz{chance.randrange(16)}"])
        counting = [act.id for act in log.effective() if not act.stands]
        contested = chance.choice([one.act for one in log.state.contested] or [any_id])
        between = (contested, *chance.sample(counting, 2))
        settle = partial(Settle, stamp=stamp, contested=contested, told="x")
        acts.append(
            chance.choice([
                Undo(stamp=stamp, undoes=any_id, told="x"),
                Undo(stamp=stamp, undoes=chance.choice(counting), told="x"),
                Undo(stamp=stamp, undoes=chance.choice([one.id for one in log._settles] or [any_id]), told="x"),
                Redo(stamp=stamp, redoes=chance.choice(log._undone or [any_id]), told="x"),
                Reject(stamp=stamp, amendment=any_id),
                settle(keep="contested", between=between, aside=between[1:]),
                settle(keep="present", between=between, aside=(contested,)),
                settle(keep="neither", between=(any_id,), aside=(any_id,)),
            ])
        )  # fmt: skip
    return acts


@pytest.mark.parametrize("seed", range(6))
def test_an_undo_in_the_middle_is_folded_from_there_as_from_the_beginning(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much is remembered and in whatever portions the acts come, hostile ones among them."""
    acts = apart(tmp_path, seed)
    log = Log(acts)
    with monkeypatch.context() as patch:
        go_back = Log._go_back
        patch.setattr(Log, "_go_back", lambda self, _: go_back(self, -1))
        whole = Log(acts)
        assert whole.state == log.state
    monkeypatch.setattr("draftwg.acts.log._REMEMBERED", 3)
    monkeypatch.setattr("draftwg.acts.log._APART", 7)
    shuffled = acts[:]
    random.Random(seed).shuffle(shuffled)
    in_portions, one_by_one = Log(), Log()
    for start in range(0, len(shuffled), 7):
        in_portions.add(shuffled[start : start + 7])
    for act in log.acts:
        one_by_one.add([act])
        disputes(one_by_one)  # what was found out is kept no longer than it holds
    for other in (whole, in_portions, one_by_one, Log(acts)):
        assert other.state == log.state
        assert other.effective() == log.effective()
        assert other.undoable == log.undoable
        assert other.redoable == log.redoable
        assert [settled(one) for one in disputes(other)] == [settled(one) for one in disputes(log)]


def test_an_undo_without_effect_stays_contested_until_it_is_settled(tmp_path: Path) -> None:
    """Two machines were apart; what one wanted to undo stands for good on the other. Other undoes change nothing of
    that.
    """
    desk = copied(tmp_path / "m")
    issued = desk.do({"act": "issue", "symbol": "A/1", "status": "x"}).act
    undo = Undo(stamp=Stamp("zzzz", desk.log.clock + 1, issued.at), undoes=issued.id, told="x")
    desk.log.add([undo])
    unit = desk.state.find_unit("1")[1]
    edits = [
        Edit(stamp=Stamp(f"zzzz{n}", desk.log.clock + n, issued.at), text="recommendations", unit=unit.id,
             base=unit.text, words=f"{unit.text} {n}", said="x")
        for n in (2, 3)
    ]  # fmt: skip
    desk.log.add(edits)
    desk.log.add([Undo(stamp=Stamp("zzzzz", desk.log.clock + 1, issued.at), undoes=edits[0].id, told="x")])
    assert [one.act for one in desk.log.state.contested] == ["zzzz"]
    settle = Settle(stamp=Stamp("zzzzzz", desk.log.clock + 1, issued.at), contested="zzzz", keep="present",
                    between=("zzzz",), aside=("zzzz",), told="x")  # fmt: skip
    desk.log.add([settle])
    assert desk.log.state.contested == ()
