"""What the Chair asks: the board, the brackets, the progress; and versions with the fate of every proposal."""

import json
from difflib import SequenceMatcher
from pathlib import Path
from random import Random

import pytest

from draftwg.cli import main
from draftwg.desk import Desk
from draftwg.desk.chair import board, distance, order_of_taking, progress, stays
from draftwg.desk.ledger import ledger
from draftwg.desk.outputs import version_redline
from draftwg.desk.tracing import blame, where
from draftwg.desk.versions import at
from draftwg.errors import BadInput, OutOfOrder
from draftwg.model.amendment import Amendment, Kind, Wording
from draftwg.model.text import UnitStatus
from draftwg.redline.exact import cut
from meetings import KEEPING, copied, words

TIME = "2031-05-06T{}:00+02:00"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = copied(tmp_path / "meeting")
    for name in ("Peru", "Chile", "Kenya"):
        desk.do({"act": "admit", "name": name, "category": "party"})
    desk.do({"act": "propose", "unit": "2", "by": "Peru", "replace": "as long as possible", "with": "ten years",
             "at": TIME.format("10:00")})  # fmt: skip
    desk.do({"act": "propose", "unit": "2", "by": "Chile", "replace": "as long as possible", "with": "twenty years"})
    return desk


def test_who_holds_which_bracket(desk: Desk) -> None:
    desk.do({"act": "position", "by": "Kenya", "position": "support", "amendment": "A-1"})
    desk.do({"act": "position", "by": "Kenya", "position": "reserve", "amendment": "A-2"})
    text = desk.state.text()
    (bracket,) = ledger(desk.state, text, text.standing)

    assert (bracket.unit, bracket.amendments, bracket.since) == ("2", ("A-1", "A-2"), TIME.format("10:00"))
    assert bracket.asked == ("Peru", "Chile")
    assert bracket.supported == ("Kenya",)
    assert bracket.consent == ("Peru", "Chile", "Kenya")
    assert "twenty years" in bracket.words
    desk.do({"act": "lift", "by": "Kenya", "amendment": "A-2"})
    assert ledger(desk.state, text, text.standing)[0].consent == ("Peru", "Chile")


def test_the_board_counts_what_is_agreed(desk: Desk) -> None:
    desk.do({"act": "agree", "units": ["1", "3"], "pending": ["Kenya"]})
    told = board(desk.state, desk.state.text())

    assert dict(told.by_status) == {UnitStatus.BRACKETED: 1, UnitStatus.AD_REF: 2}
    assert (told.units, told.brackets, told.pending) == (3, 1, 2)


def test_a_reading_forecasts_its_end(desk: Desk) -> None:
    desk.do({"act": "open_reading", "at": TIME.format("10:00")})
    for minute, unit in (("10:00", "1"), ("10:20", "2")):
        desk.do({"act": "consider", "unit": unit, "at": TIME.format(minute)})
    desk.do({"act": "consider", "unit": "2", "speaker": "Peru", "at": TIME.format("10:25")})
    desk.do({"act": "suspend", "at": TIME.format("10:30")})
    desk.do({"act": "resume", "at": TIME.format("10:40")})
    far = progress(desk.state.readings[0], desk.state.text(), TIME.format("10:50"))

    assert (far.done, far.units, far.minutes, far.speakers) == (2, 3, 20.0, 1)
    assert far.ends == "2031-05-06T11:10+02:00"
    told = stays(desk.state.readings[0], desk.state.text(), TIME.format("10:50"))
    assert [(stay.unit, stay.minutes, stay.speakers) for stay in told] == [("1", 20.0, ()), ("2", 20.0, ("Peru",))]


def test_the_order_of_taking_puts_deletions_first(desk: Desk) -> None:
    desk.do({"act": "propose", "unit": "2", "by": "Kenya", "delete": "for as long as possible"})
    desk.do({"act": "propose", "unit": "2", "by": "Kenya", "kind": "delete"})
    unit = desk.state.find_unit("2")[1].id

    assert [amendment.number for amendment in order_of_taking(desk.state, unit)][:2] == ["A-4", "A-3"]


def test_every_version_tells_where_each_proposal_went(desk: Desk) -> None:
    desk.do({"act": "propose", "unit": "3", "by": "Kenya", "replace": "train", "with": "teach"})
    desk.do({"act": "withdraw", "amendment": "A-3"})
    receipt = desk.do({"act": "accept", "amendment": "A-1"})
    assert "A-2 of Chile would fall; the Chair confirms it." in receipt.warnings
    issued = desk.do({"act": "issue", "symbol": "A/1", "status": "draft"})

    version = desk.state.version("A/1")
    assert version is not None
    assert {fate.number: fate.state for fate in version.fates} == {
        "A-1": "accepted", "A-2": "tabled", "A-3": "withdrawn",
    }  # fmt: skip
    assert any(warning.startswith("A-2 of Chile is not in the text") for warning in issued.warnings)
    assert next(fate.where for fate in version.fates if fate.number == "A-3") == "withdrawn by Kenya"
    desk.do({"act": "fall", "amendment": "A-2", "because": "A-1"})
    assert not desk.do({"act": "issue", "symbol": "A/1/Rev.1", "status": "draft"}).warnings


def test_a_corrigendum_leaves_what_it_corrects(desk: Desk) -> None:
    desk.do({"act": "issue", "symbol": "A/1", "status": "draft"})
    corrections = [{"unit": "2", "for": "logs", "read": "records"}]
    with pytest.raises(OutOfOrder, match="has not been issued"):
        desk.do({"act": "issue", "symbol": "A/2/Corr.1", "status": "draft", "corrections": corrections})
    with pytest.raises(OutOfOrder, match="for a corrigendum"):
        desk.do({"act": "issue", "symbol": "A/3", "status": "draft", "corrections": corrections})
    desk.do({"act": "issue", "symbol": "A/1/Corr.1", "status": "draft", "corrections": corrections})

    texts = [desk.state.version(symbol).text for symbol in ("A/1", "A/1/Corr.1")]  # type: ignore[union-attr]
    assert [text.labelled("2").text for text in texts] == [KEEPING, KEEPING.replace("logs", "records")]
    assert words(desk, "2") == KEEPING


def test_an_asterisk_reissues_the_same_text(desk: Desk) -> None:
    with pytest.raises(OutOfOrder, match="has not been issued"):
        desk.do({"act": "issue", "symbol": "A/1*", "status": "draft"})
    desk.do({"act": "issue", "symbol": "A/1", "status": "draft"})
    desk.do({"act": "issue", "symbol": "A/1*", "status": "draft"})
    desk.do({"act": "edit", "unit": "3", "replace": "train", "with": "teach"})
    with pytest.raises(OutOfOrder, match="another text"):
        desk.do({"act": "issue", "symbol": "A/1**", "status": "draft"})


def test_a_snapshot_keeps_what_the_room_saw(desk: Desk) -> None:
    desk.do({"act": "snapshot", "at": TIME.format("12:58")})
    desk.do({"act": "accept", "amendment": "A-1"})
    snapshot = desk.state.snapshots[0]

    assert snapshot.name == "as projected on-screen, 6 May 2031, 12.58 p.m."
    assert "ten years - Peru" in snapshot.brackets[snapshot.text.labelled("2").id]  # type: ignore[union-attr]
    point = at(desk, "12.58 p.m.")
    assert point.text.labelled("2").text == KEEPING  # type: ignore[union-attr]
    units = [unit for section in version_redline(desk, "12.58", "now").sections for unit in section.units]
    assert [unit.label for unit in units if unit.kind == "changed"] == ["2"]


def test_the_text_at_any_time(desk: Desk) -> None:
    desk.do({"act": "edit", "unit": "3", "replace": "train", "with": "teach", "at": "2099-01-02T10:00:00+00:00"})

    assert at(desk, "2099-01-02T09:59:00+00:00").text.labelled("3").text != words(desk, "3")  # type: ignore[union-attr]
    assert at(desk, "2099-01-02").text.labelled("3").text == words(desk, "3")  # type: ignore[union-attr]
    with pytest.raises(BadInput, match="no version"):
        at(desk, "yesterday")
    with pytest.raises(BadInput, match="no text yet"):
        at(desk, "1999-01-01")


def test_words_that_are_gone_are_found_with_the_act_that_took_them(desk: Desk) -> None:
    desk.do({"act": "issue", "symbol": "A/1", "status": "draft"})
    accepted = desk.do({"act": "accept", "amendment": "A-1"}).act.id
    (found_,) = where(desk.state, desk.state.text(), "for as long as possible")

    assert (found_["unit"], found_["now"], found_["versions"], found_["act"]) == ("2", False, ["A/1"], accepted)
    assert found_["gone_by"] == "changed by A-1 of Peru"
    assert found_["current"] == words(desk, "2")
    assert where(desk.state, desk.state.text(), "ten years")[0]["now"]
    runs = blame(desk.state, desk.state.find_unit("2")[1])
    assert "".join(run["words"] for run in runs) == words(desk, "2")
    assert next(run["by"] for run in runs if "ten years" in run["words"]) == ["Peru"]


@pytest.mark.parametrize(
    "arguments",
    [["status"], ["brackets"], ["brackets", "--unit", "2"], ["taking", "2"], ["concordance"], ["concordance", "--csv"],
     ["concordance", "--html"],
     ["blame", "--unit", "2"], ["where", "as long as possible"], ["history", "--unit", "2"], ["versions"]],
)  # fmt: skip
def test_the_commands_answer_in_words_and_in_json(
    desk: Desk, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    desk.do({"act": "renumber", "provisional": True})
    folder = str(desk.record.folder)
    assert main(["-m", folder, *arguments]) == 0
    assert capsys.readouterr().out or arguments == ["versions"]
    assert main(["-m", folder, *arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)


def _counted(before: str, after: str) -> tuple[int, int]:
    """The distance of a change of words, all of whose words are looked at."""
    old, new = list(cut(before).keys), list(cut(after).keys)
    for end in (0, -1):
        while old and new and old[end] == new[end]:
            del old[end], new[end]
    edits = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    out, into = (
        sum(edit[last] - edit[first] for edit in edits if edit[0] != "equal") for first, last in ((1, 2), (3, 4))
    )
    return (2 if out and not into else 1), out + into


def test_the_distance_is_that_of_all_words() -> None:
    """What both wordings begin and end with is not even cut into words."""
    pieces = [
        "the",
        "States",
        "of",
        "ice,",
        "l'eau",
        "e\u0301tat",
        "中文字",
        "1,000.5",
        "..",
        "\u0301",
        "",
        "a\nb",
        "เก",
        "é",
    ]
    random = Random(11)
    for _ in range(2_000):
        old = [random.choice(pieces) for _ in range(random.randint(0, 12))]
        new = [random.choice(pieces) if random.random() < 0.1 else word for word in old if random.random() < 0.95]
        before, after = " ".join(old), " ".join(new)
        change = Amendment(
            "1", "A-1", "text", "7", Kind.SUBSTITUTION, "Peru", (Wording(after, before, "", "", ""),), ""
        )
        assert distance(change) == _counted(before, after), (before, after)
