"""The life of a unit as events, the order of taking with positions, the ledger that one filters."""

from dataclasses import replace
from pathlib import Path

import pytest

from draftwg.acts import Log, Stamp
from draftwg.desk import Desk
from draftwg.desk.chair import contested_units, moved_in_order, taking
from draftwg.desk.ledger import Ledger, ledger, matching
from draftwg.desk.life import Event, life
from draftwg.desk.tracing import blame, pending_words
from draftwg.desk.versions import at, points
from draftwg.model.text import UnitStatus
from meetings import KEEPING, copied

TIME = "2031-05-06T{}:00+02:00"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = copied(tmp_path / "meeting")
    for name in ("Peru", "Chile", "Kenya"):
        desk.do({"act": "admit", "name": name, "category": "party"})
    desk.do({"act": "open_reading", "meeting": 3})
    desk.do({"act": "propose", "unit": "2", "by": "Peru", "replace": "as long as possible", "with": "ten years"})
    desk.do({"act": "propose", "unit": "2", "by": "Chile", "replace": "on request", "with": "at once"})
    return desk


def events(desk: Desk, label: str) -> dict[str, Event]:
    """The last event of each act's name."""
    return {event.name: event for event in life(desk, desk.state.find_unit(label)[1].id, desk.chronicle)}


def test_an_event_has_the_redline_that_it_made(desk: Desk) -> None:
    desk.do({"act": "accept", "amendment": "A-1"})
    told = events(desk, "2")

    assert told["import"].new == KEEPING
    proposal, acceptance = told["propose"], told["accept"]
    assert (proposal.about, proposal.old, proposal.amendment) == ("A-2 as proposed", KEEPING, "A-2")
    assert proposal.new == KEEPING.replace("on request", "at once")
    assert acceptance.about == "the words of the unit"
    assert acceptance.new == KEEPING.replace("as long as possible", "ten years")
    assert acceptance.heading.startswith("First reading, meeting 3 · ")
    assert told["import"].heading.startswith("Before the readings · ")


def test_what_was_undone_stays_in_the_life_and_so_does_the_undoing(desk: Desk) -> None:
    desk.do({"act": "accept", "amendment": "A-1"})
    desk.do({"act": "undo"})
    told = events(desk, "2")

    assert not told["accept"].counts
    assert told["undo"].counts
    assert (told["undo"].old, told["undo"].new) == (told["accept"].new, told["accept"].old)


def test_every_status_is_told_with_the_act_that_led_to_it(desk: Desk) -> None:
    desk.do({"act": "position", "by": "Kenya", "position": "reserve", "unit": "1"})
    desk.do({"act": "agree", "units": ["1"]})
    told = events(desk, "1")

    assert told["agree"].statuses == (UnitStatus.AD_REF,)
    assert told["position"].statuses == ()
    assert "propose" not in told  # that was on another unit
    assert events(desk, "2")["propose"].statuses == ()  # it was bracketed already


def test_versions_and_snapshots_are_marks_on_the_line(desk: Desk) -> None:
    desk.do({"act": "issue", "symbol": "WG/2031/CRP.1", "status": "non-paper"})
    desk.do({"act": "snapshot"})

    assert {"issue", "snapshot"} <= events(desk, "3").keys()


def test_the_points_that_can_be_compared(desk: Desk) -> None:
    desk.do({"act": "issue", "symbol": "WG/2031/CRP.1", "status": "non-paper"})
    desk.do({"act": "snapshot"})
    listed = points(desk.state, desk.state.text())

    assert [point.name for point in listed][0::3] == ["now", "original"]
    assert {point.name for point in listed} >= {"WG/2031/CRP.1"}
    for point in listed:
        assert at(desk, point.name).text.standing


def test_next_is_whose_turn_it_is(desk: Desk) -> None:
    two = desk.state.find_unit("2")[1].id
    desk.do({"act": "position", "by": "Kenya", "position": "oppose", "amendment": "A-1"})
    desk.do({"act": "propose", "unit": "2", "by": "Kenya", "amends": "A-1", "replace": "ten", "with": "five"})
    order = taking(desk.state, two)

    assert [one.amendment.number for one in order if one.next] == ["A-3"]
    held = next(one for one in order if one.amendment.number == "A-1")
    assert [(stand.value, names) for stand, names in held.positions] == [("oppose", ("Kenya",))]
    first = order[0].amendment
    assert moved_in_order(desk.state, two, first, -1) == ()
    numbers = moved_in_order(desk.state, two, desk.state.find_amendment("A-1"), 1)
    assert numbers == ("A-2", "A-3", "A-1")  # with what hangs on it
    desk.do({"act": "order", "unit": "2", "amendments": list(numbers)})
    assert [one.amendment.number for one in taking(desk.state, two)] == list(numbers)
    assert all(one.ruled for one in taking(desk.state, two))


def test_the_ledger_is_filtered_and_kept(desk: Desk) -> None:
    desk.do({"act": "position", "by": "Kenya", "position": "reserve", "amendment": "A-2"})
    text = desk.state.text()
    held = ledger(desk.state, text, text.standing)

    def amendments(words: str) -> list[tuple[str, ...]]:
        return [one.amendments for one in matching(held, words)]

    assert amendments("") == [("A-1",), ("A-2",)]
    assert amendments("peru") == [("A-1",)]
    assert amendments("KENYA") == amendments("2 a-2") == amendments("at once") == [("A-2",)]
    assert amendments("2") == [("A-1",), ("A-2",)]
    assert amendments("3") == amendments("peru kenya") == []

    kept, unit = Ledger(), text.standing[1]
    assert kept.of(desk.state, text, unit) == held
    desk.do({"act": "lift", "by": "Kenya", "amendment": "A-2"})
    assert kept.of(desk.state, text, unit)[1].consent == ("Chile",)


def test_what_is_pending_on_which_words(desk: Desk) -> None:
    unit = desk.state.find_unit("2")[1]
    touched = {amendment.number: unit.text[start:end] for start, end, amendment in pending_words(desk.state, unit)}

    assert touched["A-2"] == "on request"
    assert "as long as possible" in touched["A-1"]
    assert all(run["at"] for run in blame(desk.state, unit))


def test_a_contested_decision_is_told_on_its_unit(desk: Desk) -> None:
    act = desk.do({"act": "reject", "amendment": "A-1"}).act
    log = Log(desk.log.acts)
    elsewhere = Stamp("elsewhere", act.clock + 1, act.at)
    log.add([replace(act, stamp=elsewhere, vote="4-3-1")])  # type: ignore[call-arg]  # by a vote, on another machine

    told = contested_units(log)
    assert list(told) == [desk.state.find_unit("2")[1].id]
    assert "A-1" in told[desk.state.find_unit("2")[1].id]
    assert contested_units(desk.log) == {}
