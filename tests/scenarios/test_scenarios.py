"""Three stories of a negotiation, played through the batch door, with their exact end states."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from draftwg.cli import main
from draftwg.desk import Desk
from draftwg.desk.chair import order_of_taking
from draftwg.desk.outputs import version_redline
from draftwg.desk.questions import outline, unit_bracketed
from draftwg.desk.tracing import blame
from draftwg.model.text import UnitStatus
from draftwg.redline.brackets import choose
from draftwg.redline.compare import compare

PARTIES = ("Algeria", "Argentina", "Brazil", "Burkina Faso", "Chile", "Cuba", "Italy", "Mexico", "Morocco", "Paraguay",
           "Peru", "Switzerland")  # fmt: skip
FIRST, SECOND = "2018-05-02T{}:00+02:00", "2018-05-03T{}:00+02:00"


class Story:
    """A meeting of the report, with the delegations' categories, its acts done as lines of a batch."""

    def __init__(self, folder: Path, shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        report = shared / "data" / "report-2018.txt"
        assert main(["init", str(folder), "--title", "Working Group", "--dates", "2018-05-02/2018-05-03"]) == 0
        assert main(["-m", str(folder), "import", str(report)]) == 0
        admit = [{"act": "admit", "name": name, "category": "party"} for name in PARTIES]
        admit += [{"act": "admit", "name": name, "category": "signatory"} for name in ("Canada", "China")]
        admit += [
            {"act": "admit", "name": "European Union", "category": "regional economic integration organization"},
            {"act": "admit", "name": "Group of African States", "category": "regional group"},
            {"act": "admit", "name": "United States of America", "category": "non-signatory"},
        ]
        self.act(*admit, {"act": "issue", "symbol": "CTOC/COP/WG.6/2018/CRP.3", "status": "non-paper"})

    def act(self, *requests: dict[str, Any]) -> list[dict[str, Any]]:
        """Do these acts; every one of them is in order."""
        answers = self.tried(*requests)
        assert [answer for answer in answers if not answer["ok"]] == []
        return answers

    def tried(self, *requests: dict[str, Any]) -> list[dict[str, Any]]:
        """Try these acts; the answers."""
        file = self.folder.parent / "acts.jsonl"
        file.write_text("\n".join(json.dumps(request) for request in requests), "utf-8")
        self.capsys.readouterr()
        main(["-m", str(self.folder), "act", str(file)])
        return [json.loads(line) for line in self.capsys.readouterr().out.splitlines()]

    def refused(self, **request: Any) -> str:
        """Try an act that is out of order; the refusal, which names its rule."""
        (answer,) = self.tried(request)
        assert not answer["ok"]
        assert answer["rule"]
        return str(answer["error"])

    @property
    def desk(self) -> Desk:
        return Desk.open(self.folder)

    def words(self, label: str) -> str:
        return self.desk.state.find_unit(label)[1].text

    def state_of(self, number: str) -> str:
        return self.desk.state.find_amendment(number).state.value

    def order(self, label: str) -> list[str]:
        state = self.desk.state
        return [amendment.number for amendment in order_of_taking(state, state.find_unit(label)[1].id)]

    def concordance(self) -> list[list[Any]]:
        """The table as the scenarios have it: draft, final (a number or a dash), section, note."""
        self.capsys.readouterr()
        assert main(["-m", str(self.folder), "concordance", "--json"]) == 0
        rows = json.loads(self.capsys.readouterr().out)["concordance"]
        return [
            [row["draft"], int(row["final"]) if row["final"].isdigit() else row["final"], row["section"], row["note"]]
            for row in rows
        ]


@pytest.fixture
def story(tmp_path: Path, shared: Path, capsys: pytest.CaptureFixture[str]) -> Story:
    return Story(tmp_path / "meeting", shared, capsys)


@pytest.fixture
def expected(shared: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((shared / "scenarios" / "scenarios.json").read_text("utf-8"))
    return told


def propose(unit: str, by: str, old: str, new: str, time: str = "", **more: Any) -> dict[str, Any]:
    at = {"at": time} if time else {}
    return {"act": "propose", "unit": unit, "by": by, "replace": old, "with": new, **at, **more}


LONG = "for as long as possible"
FIRST_READING_OF_8: list[dict[str, Any]] = [
    {"act": "open_reading", "reading": 1, "date": "2018-05-02", "meeting": 1},
    propose("8", "Mexico", LONG, "for not less than ten years", FIRST.format("10:15")),
    propose("8", "EU", LONG, "for at least ten years and, where possible, indefinitely,", FIRST.format("10:17")),
    {"act": "propose", "unit": "8", "by": "Switzerland", "delete": LONG, "at": FIRST.format("10:18")},
    {"act": "propose", "amends": "A-2", "by": "Brazil", "replace": "where possible", "with": "to the extent possible",
     "at": FIRST.format("10:20")},
    propose("8", "US", "pre-requisites", "prerequisites", FIRST.format("10:22")),
    {"act": "take_up", "amendment": "A-5", "by": "Argentina", "at": FIRST.format("10:23")},
    propose("8", "Algeria", "Member States should consider the importance of maintaining",
            "States parties should maintain", FIRST.format("10:25")),
    {"act": "propose", "by": "Secretariat", "consequential_to": "A-6", "unit": "8",
     "replace": "strengthening the capacity", "with": "strengthen the capacity", "at": FIRST.format("10:25")},
]  # fmt: skip
SECOND_READING_OF_8: list[dict[str, Any]] = [
    {"act": "close_reading"},
    {"act": "open_reading", "reading": 2, "date": "2018-05-03", "meeting": 3},
    {"act": "merge", "amendment": "A-4", "into": "A-2", "at": SECOND.format("10:05")},
    {"act": "withdraw", "amendment": "A-3", "at": SECOND.format("10:06")},
    {"act": "withdraw", "amendment": "A-6", "at": SECOND.format("10:08")},
    {"act": "accept", "amendment": "A-5", "at": SECOND.format("10:09")},
    {"act": "accept", "amendment": "A-2", "fallen": ["A-1"], "at": SECOND.format("10:12")},
    {"act": "agree", "unit": "8", "as": "ad ref", "at": SECOND.format("10:13")},
]


def test_three_proposals_on_the_same_words(story: Story, expected: dict[str, Any]) -> None:
    texts = expected["S1"]
    story.act(*FIRST_READING_OF_8)
    state = story.desk.state
    unit = state.find_unit("8")[1]
    brackets = unit_bracketed(state, unit)
    ids = {amendment.number: amendment.id for amendment in state.amendments.values()}

    assert state.status(unit) is UnitStatus.BRACKETED
    assert choose(brackets, None) == texts["base"] == unit.text
    assert choose(brackets, ids["A-1"]) == texts["only_A1"]
    assert choose(brackets, ids["A-2"]) == texts["only_A2"]
    assert choose(brackets, ids["A-3"]) == texts["only_A3"]
    for words in (
        "[pre-requisites - original / prerequisites - Argentina]",
        "Member States should consider the importance of maintaining - original / States parties should maintain - ",
        "Switzerland delete",
        "for not less than ten years - Mexico",
        "strengthen - consequential to Algeria",
        "to the extent - Brazil]",
    ):
        assert words in brackets.text
    assert (brackets.pairs, brackets.depth) == (5, 2)
    parents = {a.number: state.amendments[a.parent].number for a in state.amendments.values() if a.parent}
    assert parents == {"A-4": "A-2", "A-6c": "A-6"}
    a5 = state.find_amendment("A-5")
    assert (a5.by, a5.origin_by, a5.state) == ("Argentina", "United States of America", "tabled")

    order = story.order("8")
    assert order.index("A-4") < order.index("A-2")
    assert [number for number in order if number in ("A-1", "A-2", "A-3")] == ["A-3", "A-2", "A-1"]
    story.act({"act": "order", "unit": "8", "amendments": ["A-1", "A-4", "A-2", "A-3"]})
    assert story.order("8")[:4] == ["A-1", "A-4", "A-2", "A-3"]

    (answer,) = story.act({"act": "accept", "amendment": "A-6"})
    assert "A-6c, a consequential change, is still open." in answer["warnings"]
    story.act({"act": "accept", "amendment": "A-6c"})
    assert story.words("8") == texts["only_A6_with_consequential"]
    story.act({"act": "undo"}, {"act": "undo"})

    story.act(*SECOND_READING_OF_8)
    state = story.desk.state
    unit = state.find_unit("8")[1]
    assert unit.text == texts["final"]
    assert state.status(unit) is UnitStatus.AD_REF
    assert unit_bracketed(state, unit).pairs == 0
    runs = blame(state, unit)
    assert "".join(run["words"] for run in runs) == unit.text
    extent = next(run for run in runs if "to the extent" in run["words"])
    assert (extent["by"], extent["amendment"]) == (["European Union", "Brazil"], "A-2 with A-4")
    ten = next(run for run in runs if "ten years" in run["words"])
    assert ten["by"] == ["European Union"]
    spelling = next(run for run in runs if "prerequisites" in run["words"])
    assert (spelling["by"], spelling["origin"]) == (["Argentina"], "United States of America")
    story.capsys.readouterr()
    assert main(["-m", str(story.folder), "redline", "original", "now", "--unattributed"]) == 0
    assert not any(name in story.capsys.readouterr().out for name in ("European", "Brazil", "Argentina", "Mexico"))
    states = {amendment.number: amendment.state.value for amendment in state.on_unit(unit.id)}
    assert states == {"A-1": "fallen", "A-2": "accepted", "A-3": "withdrawn", "A-4": "merged", "A-5": "accepted",
                      "A-6": "withdrawn", "A-6c": "lapsed"}  # fmt: skip


def test_a_withdrawal_before_the_merger_and_a_reintroduction(story: Story) -> None:
    story.act(*FIRST_READING_OF_8, {"act": "withdraw", "amendment": "A-2"})
    assert {n: story.state_of(n) for n in ("A-1", "A-2", "A-3", "A-4")} == {
        "A-1": "tabled", "A-2": "withdrawn", "A-3": "tabled", "A-4": "lapsed",
    }  # fmt: skip

    story.act({"act": "reintroduce", "amendment": "A-2", "by": "Morocco"})
    state = story.desk.state
    new = list(state.amendments.values())[-1]
    assert (new.by, state.amendments[new.origin].number, new.state) == ("Morocco", "A-2", "tabled")
    assert new.number != "A-2"
    story.refused(act="reintroduce", amendment="A-1", by="Peru")


def test_a_revised_sub_amendment_stays_on_its_amendment(story: Story) -> None:
    story.act(*FIRST_READING_OF_8[:5])
    proposed = story.desk.state.find_amendment("A-4").proposed
    story.act({"act": "revise", "amendment": "A-4", "text": proposed.replace("to the extent", "as far as")})
    story.act({"act": "merge", "amendment": "A-4", "into": "A-2"})
    assert "as far as possible, indefinitely," in story.desk.state.find_amendment("A-2").proposed


def test_an_observer_only_suggests(story: Story) -> None:
    (answer,) = story.act(propose("8", "US", "pre-requisites", "prerequisites"))
    assert "observer" in " ".join(answer["warnings"])
    assert story.state_of("A-1") == "suggested"
    assert story.desk.state.status(story.desk.state.find_unit("8")[1]) is UnitStatus.OPEN
    story.refused(act="accept", amendment="A-1")
    story.refused(act="take_up", amendment="A-1", by="Canada")
    story.capsys.readouterr()
    assert main(["-m", str(story.folder), "amendments", "--state", "tabled", "--json"]) == 0
    assert json.loads(story.capsys.readouterr().out) == {"amendments": []}


def second(story: Story, expected: dict[str, Any]) -> None:
    """The first reading of the second story."""
    texts = expected["S2"]
    story.act(
        {"act": "open_reading"},
        {"act": "propose", "kind": "new", "after": "15", "label": "15 bis", "by": "Mexico",
         "sponsors": ["Peru", "Chile"], "text": texts["B1"], "number": "B-1"},
        {"act": "propose", "kind": "new", "after": "15 bis", "label": "15 ter", "by": "EU", "text": texts["B2"],
         "number": "B-2"},
        {"act": "propose", "kind": "alt", "unit": "16", "by": "Burkina Faso", "on_behalf": "Group of African States",
         "text": texts["B3"], "number": "B-3"},
        {"act": "propose", "kind": "move", "unit": "19", "after": "13", "by": "Brazil", "number": "B-4"},
        {"act": "propose", "kind": "delete", "unit": "21", "by": "Cuba", "number": "B-5"},
        {"act": "position", "by": "Argentina", "position": "retain", "amendment": "B-5"},
        {"act": "position", "by": "Chile", "position": "retain", "amendment": "B-5"},
        {"act": "propose", "kind": "alt", "unit": "15 bis", "by": "Italy", "text": texts["B6"], "number": "B-6"},
    )  # fmt: skip


def test_bis_alt_a_move_and_the_final_numbers(story: Story, expected: dict[str, Any], shared: Path) -> None:
    texts = expected["S2"]
    second(story, expected)
    state = story.desk.state
    rows = [row for row in outline(state, state.text()) if row.unit]
    assert [row.unit.label for row in rows if row.unit and row.unit.section == "B.4" and not row.ghost] == [
        "14", "15", "15 bis", "15 bis alt", "15 ter", "16", "16 alt", "17", "18", "19", "20", "21", "22", "23",
    ]  # fmt: skip
    (ghost,) = [row for row in rows if row.ghost]
    assert ghost.unit is not None
    assert (ghost.unit.id, ghost.unit.text, ghost.unit.section) == (state.find_unit("19")[1].id, "", "B.3")
    labels = [row.unit.label for row in rows if row.unit]
    assert labels[labels.index("13") + 1] == "19"

    story.act(
        {"act": "close_reading"},
        {"act": "open_reading"},
        {"act": "merge", "amendment": "B-6", "into": "B-1", "text": texts["B1_revised"]},
        {"act": "withdraw", "amendment": "B-2"},
        {"act": "accept", "amendment": "B-3"},
        {"act": "accept", "amendment": "B-4"},
        {"act": "withdraw", "amendment": "B-5"},
        {"act": "accept", "amendment": "B-1"},
        {"act": "agree", "all": True, "as": "agreed"},
    )
    assert story.desk.state.find_amendment("B-1").names == ("Chile", "Italy", "Mexico", "Peru")
    assert story.state_of("B-6") == "merged"
    story.act({"act": "renumber"})

    text = story.desk.state.text()
    finals = {unit.label: unit.text for unit in text.standing}
    assert finals["14"] == texts["final_14"]
    assert finals["17"] == texts["final_17"]
    assert finals["18"] == texts["final_18"]
    assert sorted(finals, key=int) == [str(number) for number in range(1, 26)]
    sections = {section.path: [unit.label for unit in units] for section, units in text.by_section() if section}
    assert sections["B.3"] == [str(number) for number in range(9, 15)]
    assert sections["B.4"] == [str(number) for number in range(15, 25)]
    assert story.concordance() == texts["concordance_table"]
    base = json.loads((shared / "data" / "report-2018-structure.json").read_text("utf-8"))["recommendations"]
    for row in texts["concordance"]:
        if row[0].isdigit():
            assert finals[str(row[1])] == base[int(row[0]) - 1]["text"]
    redline = version_redline(story.desk, "CTOC/COP/WG.6/2018/CRP.3", "now")
    kinds = {unit.label: unit.kind for unit in redline.units}
    moved = next(unit for unit in redline.units if unit.kind == "moved")
    assert (moved.label, moved.note, {piece.op for piece in moved.pieces}) == ("14", "moved from II.B.4, 19", {"="})
    assert {label: kind for label, kind in kinds.items() if kind not in ("same", "moved")} == {
        "16": "deleted", "17": "inserted", "18": "inserted",
    }  # fmt: skip
    assert story.desk.state.find_unit("15 bis")[1].label == "17"


def test_numbers_wait_for_the_last_bracket(story: Story, expected: dict[str, Any]) -> None:
    second(story, expected)
    story.refused(act="renumber")
    story.act({"act": "renumber", "provisional": True})
    assert story.words("19").startswith("Underlining")
    story.act({"act": "merge", "amendment": "B-6", "into": "B-1", "text": expected["S2"]["B1_revised"]})
    answers = story.act(
        {"act": "accept", "amendment": "B-1"}, {"act": "propose", "kind": "delete", "unit": "18", "by": "Cuba"}
    )
    assert "Recommendation 15 bis refers to it." in answers[-1]["warnings"]


def test_split_merger_and_reopening(story: Story, expected: dict[str, Any]) -> None:
    texts = expected["S3"]
    merged = "\n".join([texts["final_17"]["chapeau"], f"(a) {texts['final_17']['a']}", f"(b) {texts['final_17']['b']}"])
    base = story.words("18")
    story.act(
        {"act": "open_reading", "meeting": 1},
        {"act": "agree", "unit": "18", "at": FIRST.format("11:00")},
        {"act": "propose", "kind": "split", "unit": "11", "by": "Morocco", "number": "C-1",
         "parts": [texts["final_11"], texts["final_12"]]},
        {"act": "accept", "amendment": "C-1"},
        {"act": "agree", "units": ["11", "11 bis"]},
        {"act": "propose", "kind": "merge", "unit": "16", "units": ["17"], "text": merged, "by": "Peru",
         "number": "C-2"},
        {"act": "accept", "amendment": "C-2"},
        {"act": "suspend"},
        {"act": "resume", "meeting": 3},
        {"act": "request_reopening", "unit": "18", "by": "Cuba", "replace": "within their existing legislation",
         "with": "in accordance with their domestic law", "number": "C-3", "at": SECOND.format("10:00")},
        {"act": "position", "by": "European Union", "position": "retain", "unit": "18"},
    )  # fmt: skip
    state = story.desk.state
    unit = state.find_unit("18")[1]
    assert state.status(unit) is UnitStatus.AD_REF
    assert unit.text == base
    assert unit_bracketed(state, unit).pairs == 0
    story.refused(act="edit", unit="18", replace="national", **{"with": "central"})
    story.refused(**propose("18", "Peru", "national", "central"))
    story.refused(act="accept", amendment="C-3")
    story.act({"act": "propose", "unit": "18", "by": "Canada", "before": "actions and initiatives",
               "insert": "gender-responsive", "number": "C-9"})  # fmt: skip
    assert story.state_of("C-9") == "suggested"
    story.refused(act="take_up", amendment="C-9", by="Peru")

    story.act({"act": "reopen", "unit": "18", "ruling": "no objection", "at": SECOND.format("10:30")})
    state = story.desk.state
    line = unit_bracketed(state, state.find_unit("18")[1]).text
    assert "[within their existing legislation - original; EU retain / " in line
    assert "in accordance with their domestic law - Cuba" in line
    story.act(
        {"act": "propose", "unit": "18", "by": "Chair", "draws_on": ["C-3"], "number": "C-4",
         "replace": "within their existing legislation",
         "with": "within their existing legislation and in accordance with domestic law"},
        {"act": "lift", "by": "European Union", "unit": "18"},
        {"act": "withdraw", "amendment": "C-3"},
        {"act": "accept", "amendment": "C-4"},
        {"act": "agree", "unit": "18"},
        {"act": "agree", "all": True, "as": "agreed"},
        {"act": "renumber"},
    )  # fmt: skip
    state = story.desk.state
    text = state.text()
    finals = {unit.label: unit for unit in text.standing}
    assert finals["11"].text == texts["final_11"]
    assert finals["12"].text == texts["final_12"]
    assert finals["17"].text == merged
    assert finals["18"].text == texts["final_18"]
    course = state.courses[finals["18"].id]
    assert [step.status.value for step in course] == [
        "open", "agreed ad ref", "reopened", "bracketed", "agreed ad ref", "agreed",
    ]  # fmt: skip
    assert (course[2].by, course[2].why, course[2].at) == ("Cuba", "no objection", SECOND.format("10:30"))
    story.capsys.readouterr()
    assert main(["-m", str(story.folder), "history", "--unit", "18"]) == 0
    told = story.capsys.readouterr().out
    assert "open → agreed ad ref → reopened (Cuba) → bracketed → agreed ad ref → agreed" in told
    changed = [span for span in compare(base, finals["18"].text) if span.op != "="]
    assert [(span.op, span.text.strip()) for span in changed] == [("+", "and in accordance with domestic law")]
    peru = "".join(run["words"] for run in blame(state, finals["17"]) if run["by"] == ["Peru"])
    assert "following topics:" in peru
    assert set(re.findall(r"[a-z]{2,}", peru)) <= {
        "following",
        "topics",
        "xchange",
        "rends",
        "ammunition",
        "exchange",
        "trends",
    }
    (gone,) = [unit for unit in text.units if unit.deleted]
    assert (gone.label, gone.gone) == ("17", "merged into 16")
    assert [[draft, final, note] for draft, final, _, note in story.concordance()] == texts["concordance_table"]


def test_what_is_agreed_is_not_reopened_without_a_request(story: Story) -> None:
    story.act({"act": "agree", "unit": "18"})
    story.refused(act="reopen", unit="18")
    story.refused(act="agree", unit="18")
    story.refused(act="request_reopening", unit="17", by="Cuba", delete="identified")
    story.act({"act": "propose", "unit": "17", "by": "Cuba", "delete": "identified"})
    story.refused(act="agree", unit="17")
