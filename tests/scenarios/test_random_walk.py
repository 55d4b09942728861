"""A seeded random walk of acts, legal and illegal, over many meetings: the invariants of docs/procedure.md hold at
every step.

The quick form is run with the tests; DRAFTWG_CASES sets the number of acts in all (5,000 for the long one).
"""

import os
import random
from collections.abc import Iterator

import pytest

from draftwg.acts import ACTS, Act, Drafting, Log, Request, Stamp, decode, encode
from draftwg.acts.meeting import Found
from draftwg.acts.undo import Redo, Undo
from draftwg.errors import DraftwgError
from draftwg.model.amendment import AmendmentState
from draftwg.model.state import State
from draftwg.model.text import Section, Text, Unit

ACTS_IN_ALL = int(os.environ.get("DRAFTWG_CASES", "1000"))
ACTS_EACH = 50
_SENTENCE = "States parties should keep records of every crossing for as long as possible and share them on request"
_BY = ("Chile", "Peru", "Kenya", "Norway", "Canada", "Chair", "Secretariat")


class Meeting:
    """A meeting in memory: acts are drafted, checked and folded as the desk does, without a repository."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.log = Log()
        self.count = 0
        self._do(Found, {"title": "Walk"})
        for name in _BY[:4]:
            self.try_act({"act": "admit", "name": name, "category": "party"})
        self.try_act({"act": "admit", "name": "Canada", "category": "signatory"})
        units = tuple(
            Unit(f"u{n}", str(n), f"{_SENTENCE} number {n}, see recommendation {n % 4 + 1}.", "A") for n in range(1, 5)
        )
        text = Text("recommendations", "Draft", (Section("A", "A", "All", 1),), units)
        assert self.try_act({"act": "import", "text": "recommendations", "content": text}) is None

    def stamp(self) -> Stamp:
        self.count += 1
        return Stamp(
            f"act{self.count:06d}", self.log.clock + 1, f"2031-05-06T{10 + self.count // 3600 % 10:02d}:00:00+02:00"
        )

    def try_act(self, request: dict[str, object]) -> DraftwgError | None:
        """Try an act; the refusal, or nothing if it was done."""
        try:
            self._do(ACTS[str(request["act"])], request)
        except DraftwgError as error:
            return error
        return None

    def _do(self, kind: type[Act], request: dict[str, object]) -> None:
        drafting = Drafting(self.log, self.stamp, lambda _: None, strict=True)
        act = kind.draft(drafting, Request(request))
        if not isinstance(act, Undo | Redo):
            act.apply(self.log.state)
        assert act.subject(self.log.state)
        self.log.add([decode(encode(act), ACTS)])

    def request(self) -> dict[str, object]:
        """Any act, in or out of order."""
        pick, state = self.chance.choice, self.log.state
        text = state.texts.get("recommendations")
        labels = [unit.label for unit in text.units] if text else ["1"]
        numbers = [amendment.number for amendment in state.amendments.values()] or ["A-1"]
        unit, by, number = pick(labels), pick(_BY), pick([*numbers[-6:], pick(numbers)])
        unit_words = text.labelled(unit).text.split() if text and text.labelled(unit) else ["x"]  # type: ignore[union-attr]
        word = pick(unit_words)
        fitting = self.fitting(state, text) if text else []
        if fitting and self.chance.random() < 0.3:
            return pick(fitting)
        return pick([
            {"act": "propose", "unit": unit, "by": by, "replace": word, "with": f"w{self.count}"},
            {"act": "propose", "unit": unit, "by": by, "text": " ".join([*unit_words, f"more{self.count}."])},
            {"act": "propose", "unit": unit, "by": by, "delete": word},
            {"act": "propose", "unit": unit, "by": by, "kind": "delete"},
            {"act": "propose", "kind": "new", "after": unit, "by": by, "text": f"New {self.count}."},
            {"act": "propose", "kind": "alt", "unit": unit, "by": by, "text": f"Other {self.count}."},
            {"act": "propose", "kind": "move", "unit": unit, "after": pick(labels), "by": by},
            {"act": "propose", "kind": "split", "unit": unit, "by": by, "parts": [f"One {self.count}.", "Two."]},
            {"act": "propose", "kind": "merge", "unit": unit, "units": [pick(labels)], "text": "Both.", "by": by},
            {"act": "propose", "kind": "heading", "section": "A", "text": f"Title {self.count}", "by": by},
            {"act": "propose", "amends": number, "by": by, "replace": word, "with": f"s{self.count}"},
            {"act": "propose", "consequential_to": number, "by": "Secretariat", "unit": unit, "replace": word,
             "with": "c"},
            {"act": "take_up", "amendment": number, "by": by},
            {"act": "revise", "amendment": number, "replace": word, "with": f"r{self.count}"},
            {"act": "cosponsor", "amendment": number, "by": by},
            {"act": "position", "by": by, "position": pick(["support", "retain", "oppose"]), "amendment": number},
            {"act": "position", "by": by, "position": "reserve", "unit": unit},
            {"act": "lift", "by": by, "unit": unit},
            {"act": "order", "unit": unit, "amendments": numbers[-2:]},
            *[{"act": "accept", "amendment": number}] * 4,
            {"act": "accept", "amendment": number, "fallen": [pick(numbers)]},
            {"act": "reject", "amendment": number},
            {"act": "fall", "amendment": number, "because": pick(numbers)},
            {"act": "merge", "amendment": number, "into": pick(numbers), "text": f"Merged {self.count}."},
            {"act": "withdraw", "amendment": number},
            {"act": "reintroduce", "amendment": number, "by": by},
            {"act": "edit", "unit": unit, "replace": word, "with": f"e{self.count}"},
            {"act": "agree", "unit": unit, "as": pick(["informals", "ad ref", "agreed", "adopted"])},
            {"act": "agree", "all": True},
            {"act": "request_reopening", "unit": unit, "by": by, "replace": word, "with": f"q{self.count}"},
            {"act": "reopen", "unit": unit, "ruling": "no objection"},
            {"act": "placeholder", "unit": unit, "words": pick(["to come", ""])},
            {"act": "open_reading"}, {"act": "suspend"}, {"act": "resume"}, {"act": "close_reading"},
            {"act": "consider", "unit": unit, "speaker": by},
            {"act": "renumber", "provisional": pick([True, False])},
            {"act": "snapshot", "name": f"snapshot {self.count}"},
            {"act": "issue", "symbol": f"A/{self.count}", "status": "draft"},
            {"act": "undo"}, {"act": "undo"}, {"act": "redo"},
        ])  # fmt: skip

    def fitting(self, state: State, text: Text) -> list[dict[str, object]]:
        """Acts that a blind choice would seldom hit: on what is agreed, held, pending or reserved."""
        pick, requests = self.chance.choice, []
        for unit in text.standing:
            word = pick(unit.text.split())
            if state.status(unit).agreed:
                change = {"replace": word, "with": f"q{self.count}"}
                requests.append({"act": "request_reopening", "unit": unit.label, "by": pick(_BY), **change})
            if state.held_on(unit.id):
                requests += [{"act": "reopen", "unit": unit.label, "ruling": "no objection"}] * 2
            pending = state.pending_on(unit.id)
            if pending:
                numbers = [amendment.number for amendment in pending]
                requests.append({"act": "order", "unit": unit.label, "amendments": numbers[::-1]})
                requests.append({"act": "merge", "amendment": pick(numbers), "into": pick(numbers), "text": "Common."})
                requests.append({"act": "revise", "amendment": pick(numbers), "text": f"Revised {self.count}."})
                change = {"text": f"Amended {self.count}."}
                requests.append({"act": "propose", "amends": pick(numbers), "by": pick(_BY), **change})
                requests.append({"act": "accept", "amendment": pick(numbers)})
        for position in state.positions:
            on = state.amendments.get(position.amendment)
            unit_on = text.unit(position.unit)
            where = {"amendment": on.number} if on else {"unit": unit_on.label if unit_on else "1"}
            requests.append({"act": "lift", "by": position.by, **where})
        return [dict(request) for request in requests]


def walk(seed: int) -> Iterator[tuple[Meeting, State, dict[str, object], DraftwgError | None]]:
    """A meeting, step by step: the meeting after each act, the state before it, the request and its refusal."""
    meeting = Meeting(seed)
    for _ in range(ACTS_EACH):
        before, request = meeting.log.state, meeting.request()
        yield meeting, before, request, meeting.try_act(request)


@pytest.mark.parametrize("seed", range(max(1, ACTS_IN_ALL // ACTS_EACH)))
def test_the_invariants_of_the_procedure(seed: int) -> None:
    meeting = None
    for meeting, before, request, refusal in walk(seed):
        after = meeting.log.state
        if refusal is not None:
            assert after is before
            assert "\n" not in str(refusal)
            assert refusal.rule, (request, str(refusal))
            continue
        assert after.contested == before.contested
        _agreed_units_stand(before, after, request)
        _every_amendment_has_a_fate(before, after, request)
        _labels_and_numbers_are_unique(after)
        _pending_follows(after)
        if request["act"] not in ("undo", "redo", "issue"):
            _undo_restores(meeting, before)
    assert meeting is not None
    assert Log(meeting.log.acts).state == meeting.log.state


def _agreed_units_stand(before: State, after: State, request: dict[str, object]) -> None:
    """An agreed unit changes in nothing but by a reopening, the final numbering, or the undoing of an act."""
    if request["act"] in ("undo", "redo", "renumber"):
        return
    for name, text in before.texts.items():
        for unit in text.units:
            if before.status(unit).agreed:
                now = after.texts[name].unit(unit.id)
                assert now is not None
                assert (now.text, now.deleted, now.section) == (unit.text, unit.deleted, unit.section), request
                if request["act"] not in ("reopen", "agree"):
                    assert after.status(now) is before.status(unit), request


def _every_amendment_has_a_fate(before: State, after: State, request: dict[str, object]) -> None:
    """No amendment disappears, and an ended one has a decision with time and act; only an undo gives it its life
    back.
    """
    if request["act"] not in ("undo", "redo"):
        assert set(before.amendments) <= set(after.amendments)
        for id, amendment in before.amendments.items():
            if amendment.state.ended:
                assert after.amendments[id].state is amendment.state
    for amendment in after.amendments.values():
        assert amendment.state.ended == (amendment.decision is not None)
        if amendment.decision:
            assert amendment.decision.at
            assert amendment.decision.act
        parent = after.amendments.get(amendment.parent)
        if parent is not None and parent.state.ended:
            now_put = amendment.consequential and parent.state is AmendmentState.ACCEPTED
            assert amendment.state.ended or now_put, request


def _labels_and_numbers_are_unique(state: State) -> None:
    for text in state.texts.values():
        labels = [unit.label for unit in text.standing]
        assert len(set(labels)) == len(labels)
        assert len({unit.id for unit in text.units}) == len(text.units)
    numbers = [amendment.number for amendment in state.amendments.values()]
    assert len(set(numbers)) == len(numbers)


def _pending_follows(state: State) -> None:
    waiting = {id for ids in state.pending.values() for id in ids}
    assert waiting == {id for id, amendment in state.amendments.items() if amendment.state.pending}
    assert AmendmentState.SUGGESTED not in {state.amendments[id].state for id in waiting}


def _undo_restores(meeting: Meeting, before: State) -> None:
    """Undo gives exactly the state before, redo the state after."""
    after = meeting.log.state
    assert meeting.try_act({"act": "undo"}) is None
    assert meeting.log.state == before
    assert meeting.try_act({"act": "redo"}) is None
    assert meeting.log.state == after
