"""What a projection shows, from the state and from what the officer lets the room see."""

from dataclasses import replace
from pathlib import Path

import pytest

from draftwg.desk import Desk
from draftwg.desk.room import Drafting, Showing, showing_of
from draftwg.desk.scene import ruling, scene
from draftwg.formats.scene import Mark, Scene, signed
from meetings import KEEPING, copied


def on(desk: Desk, label: str = "2") -> Showing:
    """The room is shown this unit."""
    return Showing("recommendations", desk.state.find_unit(label)[1].id)


def told(shown: Scene) -> str:
    """The words with the signs of their marks."""
    return "\n".join("".join(span.text for span in signed(paragraph)) for paragraph in shown.paragraphs)


def test_brackets_in_the_order_of_taking_with_and_without_names(tmp_path: Path) -> None:
    desk = copied(tmp_path / "m")
    desk.do({"act": "propose", "unit": "2", "by": "Mexico", "replace": "should", "with": "shall"})
    desk.do({"act": "propose", "unit": "2", "by": "Algeria", "delete": "on request"})
    desk.do({"act": "cosponsor", "amendment": "A-2", "by": "Kenya"})

    named = scene(desk.state, on(desk))
    assert "[should - original / shall - Mexico]" in told(named)
    assert [(one.place, one.number, one.by) for one in named.amendments] == [
        (1, "A-2", "Algeria, Kenya"),
        (2, "A-1", "Mexico"),
    ]
    unnamed = scene(desk.state, replace(on(desk), attributed=False))
    assert "[should / shall]" in told(unnamed)
    assert not any(name in str(unnamed) for name in ("Mexico", "Algeria", "Kenya"))
    assert named.name == "Recommendation 2" and named.status == "2 pending" and named.section == "1. Logs"


def test_the_words_of_the_notation_are_marked(tmp_path: Path) -> None:
    desk = copied(tmp_path / "m")
    desk.do({"act": "propose", "unit": "2", "by": "Mexico", "replace": "should", "with": "shall"})
    spans = scene(desk.state, on(desk)).paragraphs[0]

    marked = [(span.text, span.mark) for span in spans if span.mark is not Mark.KEPT]
    assert marked == [
        ("[", Mark.SIGN),
        ("should", Mark.BRACKETED),
        (" - original", Mark.NAMES),
        (" / ", Mark.SIGN),
        ("shall", Mark.BRACKETED),
        (" - Mexico", Mark.NAMES),
        ("]", Mark.SIGN),
    ]
    assert [span.text for span in spans if span.here] == ["["]


def test_the_redline_names_who_brought_a_change(tmp_path: Path) -> None:
    desk = copied(tmp_path / "m")
    desk.do({"act": "propose", "unit": "2", "by": "Mexico", "replace": "should", "with": "shall"})
    desk.do({"act": "accept", "amendment": "A-1"})

    redline = replace(on(desk), view="redline")
    assert "parties {-should-}{+shall+} (Mexico) keep" in told(scene(desk.state, redline))
    assert "parties {-should-}{+shall+} keep" in told(scene(desk.state, replace(redline, attributed=False)))
    assert told(scene(desk.state, replace(on(desk), view="clean"))) == KEEPING.replace("should", "shall")


def test_words_being_typed_are_a_redline_and_say_so(tmp_path: Path) -> None:
    desk = copied(tmp_path / "m")
    words = KEEPING.replace("on request", "at any time")
    typed = Drafting(on(desk).unit, "Mexico · amendment", "A delegation · amendment", KEEPING, words, len(words) - 1)

    shown = scene(desk.state, replace(on(desk), drafting=typed))
    assert "{-on request-}{+at any time+}." in told(shown) and shown.drafting == "Mexico · amendment"
    assert scene(desk.state, replace(on(desk), drafting=typed, attributed=False)).drafting == "A delegation · amendment"
    assert [span.text for span in shown.paragraphs[0] if span.here] == ["at any time"]
    elsewhere = scene(desk.state, replace(on(desk, "3"), drafting=typed))
    assert "any time" not in told(elsewhere) and not elsewhere.drafting
    frozen = scene(desk.state, replace(on(desk), frozen="2031-05-06T10:00:00+02:00", drafting=typed))
    assert "any time" not in told(frozen) and not frozen.drafting


def test_a_new_unit_being_proposed_is_shown_with_its_words(tmp_path: Path) -> None:
    desk = copied(tmp_path / "m")
    desk.do({"act": "propose", "kind": "new", "after": "2", "by": "Mexico", "text": "Ice should be watched."})
    unit = desk.state.find_amendment("A-1").unit

    shown = scene(desk.state, replace(on(desk), unit=unit))
    assert shown.name == "Recommendation 2 bis" and shown.status == "proposed by Mexico"
    assert told(shown) == "{+Ice should be watched.+}"
    assert scene(desk.state, replace(on(desk), unit=unit, attributed=False)).status == "proposed"


def test_what_is_not_there_gives_the_title(tmp_path: Path) -> None:
    desk = copied(tmp_path / "m")
    for showing in (Showing(), replace(on(desk), unit="none")):
        assert scene(desk.state, showing).name == "Draft recommendations"
    assert scene(copied(tmp_path / "n", text=False).state, on(desk)).name == "Working Group on Ice"


def test_paragraphs_and_line_ends_that_change(tmp_path: Path) -> None:
    desk = copied(tmp_path / "m")
    typed = Drafting(on(desk).unit, "x", "x", "One.\nTwo.", "One.\nTwo.\nThree.", 0)
    shown = scene(desk.state, replace(on(desk), drafting=typed))
    assert told(shown).startswith("One.\n") and "Three." in told(shown)
    joined = scene(desk.state, replace(on(desk), drafting=replace(typed, base="One.\nTwo.", words="One. Two.")))
    assert "One." in told(joined) and len(joined.paragraphs) == 1


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ({"act": "accept", "amendment": "A-1"}, "A-1 accepted"),
        ({"act": "accept", "amendment": "A-1", "vote": "41-3-7"}, "A-1 accepted by 41-3-7"),
        ({"act": "reject", "amendment": "A-1"}, "A-1 rejected"),
        ({"act": "withdraw", "amendment": "A-1"}, "A-1 withdrawn"),
    ],
)
def test_a_ruling_in_words(tmp_path: Path, act: dict[str, object], words: str) -> None:
    desk = copied(tmp_path / "m")
    desk.do({"act": "propose", "unit": "2", "by": "Mexico", "replace": "should", "with": "shall"})
    before = desk.state
    desk.do(act)
    after = desk.state
    assert ruling(before, after, on(desk).unit) == words and ruling(before, after, on(desk, "3").unit) == ""
    desk.do({"act": "undo"})
    assert ruling(after, desk.state, on(desk).unit) == "A-1 is before the room again"


def test_agreement_is_a_ruling(tmp_path: Path) -> None:
    desk = copied(tmp_path / "m")
    before = desk.state
    desk.do({"act": "agree", "unit": "2", "as": "agreed ad ref"})
    assert ruling(before, desk.state, on(desk).unit) == "Recommendation 2 agreed ad ref"
    assert scene(desk.state, on(desk)).standing == "agreed ad ref"


def test_what_is_told_comes_back(tmp_path: Path) -> None:
    full = Showing("t", "u", "a", "clean", False, True, "12:58", "c" * 40, 3, Drafting("u", "h", "n", "b", "w", 7))
    assert showing_of(full.as_json()) == full


@pytest.mark.parametrize(
    "damaged",
    [
        {"view": "x", "scroll": 10**30, "unit": 3, "attributed": "no", "drafting": []},
        {"drafting": {"unit": None, "words": 3, "cursor": "1"}, "frozen": None},
        {"text": ["a"], "pinned": 1, "scroll": True},
    ],
)
def test_a_damaged_telling_has_its_usual_values(damaged: dict[str, object]) -> None:
    shown = showing_of(damaged)
    assert shown.view == "bracketed" and shown.attributed is True and abs(shown.scroll) <= 200
    assert shown.frozen == "" and shown.unit == "" and shown.pinned is False
