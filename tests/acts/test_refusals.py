"""What was once let pass: requests that contradict the rules, each refused by its rule or told as it is."""

from pathlib import Path

import pytest

from draftwg.cli import main
from draftwg.desk import Desk
from draftwg.errors import BadInput, DraftwgError, OutOfOrder
from draftwg.model.text import Text, Unit
from meetings import found, words


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return found(tmp_path / "meeting")


def refused(desk: Desk, error: type[DraftwgError] = OutOfOrder, /, **request: object) -> str:
    """The refusal of an act, in one line; the record is as it was before."""
    head = desk.record.head()
    with pytest.raises(DraftwgError) as refusal:
        desk.do(request)
    assert desk.record.head() == head
    assert isinstance(refusal.value, error), refusal.value
    if error is OutOfOrder:
        assert refusal.value.rule
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def on_ice(folder: Path, *paragraphs: str) -> Desk:
    """A meeting whose text has these recommendations."""
    desk = found(folder, text=False)
    units = tuple(Unit(f"u{count}", str(count), words) for count, words in enumerate(paragraphs, 1))
    desk.do({"act": "import", "text": "ice", "content": Text("ice", "On ice", (), units)})
    return desk


def done(desk: Desk, **change: object) -> str:
    """An amendment, tabled and accepted."""
    number = str(desk.do({"act": "propose", "by": "Norway", **change}).act.number)  # type: ignore[attr-defined]
    desk.do({"act": "accept", "amendment": number})
    return number


def test_a_reference_to_what_was_deleted_is_found_after_the_numbering(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = on_ice(tmp_path / "m", "Ice melts.", "Logs are kept.", "As in recommendations 2 and 4.", "Ships wait.")
    done(desk, unit="2", kind="delete")
    desk.do({"act": "agree", "all": True, "as": "agreed"})
    receipt = desk.do({"act": "renumber"})

    told = "refers to 2 of the draft, which is not in the text (deleted)"
    assert f"Recommendation 3 {told}." in receipt.warnings
    assert words(desk, "2") == "As in recommendations 2 and 3."  # its words are the room's
    assert told in next(line.note for line in desk.state.concordance if line.draft == "3")
    for command in ("concordance", "status"):
        assert main(["-m", str(tmp_path / "m"), command]) == 0
        assert told in capsys.readouterr().out


@pytest.mark.parametrize(
    ("joined", "note"),
    [
        ("Ice melts and logs are kept.", "1 and 2 become 1"),
        ("In winter:\n(a) Ice melts;\n(b) Logs are kept.", "1 becomes 1 (a), 2 becomes 1 (b)"),
        ("In winter:\n(a) Ice melts;\n(b) Logs are kept;\n(c) Ships wait.", "1 and 2 become 1"),
    ],
)
def test_the_concordance_has_letters_where_the_words_have_them(tmp_path: Path, joined: str, note: str) -> None:
    desk = on_ice(tmp_path / "m", "Ice melts.", "Logs are kept.", "Ships wait.")
    refused(desk, act="propose", kind="merge", unit="1", units=["2", "2"], text=joined, by="Peru")
    done(desk, kind="merge", unit="1", units=["2"], text=joined)
    desk.do({"act": "renumber", "provisional": True})

    assert desk.state.concordance[0].note == note


@pytest.mark.parametrize("name", ["???", "\u200b", "(!)", "\u3164", "-"])
def test_what_shows_no_letter_is_no_name(desk: Desk, name: str) -> None:
    assert "no name" in refused(desk, BadInput, act="admit", name=name) or not name.strip("\u200b")
    refused(desk, BadInput, act="propose", unit="2", by=name, delete="on request")
    refused(desk, BadInput, act="admit", name="Peru", aliases=[name, "Perú"])


def test_names_that_differ_in_more_than_marks_are_two(desk: Desk) -> None:
    for name in ("-x", "../../x"):
        desk.do({"act": "admit", "name": name})
    assert [desk.state.find_delegation(name).name for name in ("-x", "../../x")] == ["-x", "../../x"]  # type: ignore[union-attr]
    assert desk.state.find_delegation("Cote dIvoire") is None
    desk.do({"act": "admit", "name": "Côte d'Ivoire"})
    assert desk.state.find_delegation("Cote dIvoire") is not None


def test_a_code_or_other_name_is_that_of_one_delegation(desk: Desk) -> None:
    desk.do({"act": "admit", "name": "Norway", "aliases": ["The North"]})
    for more in ({"aliases": ["the north"]}, {"aliases": ["Chair"]}, {"code": "NOR"}, {"code": "Secretariat"}):
        refused(desk, act="admit", name="Chile", **more)
    desk.do({"act": "admit", "name": "Norway", "code": "NOR", "aliases": ["North"], "category": "Party"})
    assert desk.state.delegations["Norway"].category == "party"
