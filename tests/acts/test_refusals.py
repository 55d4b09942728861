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
    refused(desk, BadInput, act="admit", name=name)
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


@pytest.fixture
def floor(desk: Desk) -> Desk:
    """The meeting with delegations of every kind, and A-1 of Norway on recommendation 2."""
    for name, category in (
        ("Norway", "party"),
        ("Chile", "party"),
        ("China", "signatory"),
        ("OINIS", "intergovernmental organization"),
        ("Group of Polar States", "regional group"),
    ):
        desk.do({"act": "admit", "name": name, "category": category})
    desk.do({"act": "propose", "unit": "2", "by": "Norway", "delete": " on request"})
    return desk


def test_a_suggestion_that_nobody_took_up_is_not_decided_on(floor: Desk) -> None:
    floor.do({"act": "propose", "unit": "3", "by": "China", "delete": "observers"})
    for act in ("accept", "reject"):
        assert "no party has taken up" in refused(floor, act=act, amendment="A-2")
    floor.do({"act": "take_up", "amendment": "A-2", "by": "Chile"})
    floor.do({"act": "reject", "amendment": "A-2"})


def test_a_vote_leads_where_its_figures_say(floor: Desk) -> None:
    for vote in ("3-4-0", "5-5", "0-0-9"):
        assert "does not carry" in refused(floor, act="accept", amendment="A-1", vote=vote)
    for vote in ("4-3-0", "41-3"):
        assert "carries" in refused(floor, act="reject", amendment="A-1", vote=vote)
    floor.do({"act": "reject", "amendment": "A-1", "vote": "5-5"})
    floor.do({"act": "undo"})
    floor.do({"act": "accept", "amendment": "A-1", "vote": "6-5"})


def test_an_adopted_unit_is_not_reopened_by_less_than_two_thirds(floor: Desk) -> None:
    for level in ("agreed", "adopted"):
        floor.do({"act": "agree", "unit": "3", "as": level})
    floor.do({"act": "request_reopening", "unit": "3", "by": "Chile", "delete": "observers"})
    refused(floor, act="reject", amendment="A-2", vote="20-10")
    floor.do({"act": "reject", "amendment": "A-2", "vote": "20-15-3"})


@pytest.mark.parametrize("who", ["Secretariat", "China", "OINIS", "Group of Polar States"])
def test_positions_and_co_sponsoring_are_for_parties(floor: Desk, who: str) -> None:
    refused(floor, act="position", by=who, position="support", amendment="A-1")
    refused(floor, act="position", by=who, position="retain", unit="3")
    refused(floor, act="cosponsor", by=who, amendment="A-1")
    refused(floor, act="propose", by="Chile", unit="3", delete="observers", sponsors=[who])
    floor.do({"act": "position", "by": "Chile", "position": "support", "amendment": "A-1"})


def test_the_secretariat_is_not_told_of_the_rule_for_observers(floor: Desk) -> None:
    with pytest.raises(OutOfOrder) as refusal:
        floor.do({"act": "position", "by": "Secretariat", "position": "support", "amendment": "A-1"})
    assert refusal.value.rule.startswith("The Secretariat makes editorial")


def test_a_group_speaks_through_a_party(floor: Desk) -> None:
    change = {"act": "propose", "unit": "3", "delete": "observers"}
    floor.do({"act": "admit", "name": "European Union", "category": "regional economic integration organization"})
    for group in ("Chile", "Norway", "Mexico", "Secretariat", "Chair", "China"):
        assert "on behalf of" in refused(floor, **change, by="Chile", on_behalf=group)
        refused(floor, act="position", by="Chile", position="support", amendment="A-1", on_behalf=group)
    floor.do({**change, "by": "Chile", "on_behalf": "Group of Ice States"})

    assert floor.state.delegations["Group of Ice States"].category == "regional group"
    for group in ("Group of Ice States", "Group of Polar States"):
        assert "by itself" in refused(floor, **change, by=group)
    floor.do({**change, "by": "Norway", "on_behalf": "European Union"})


def test_a_withdrawn_proposal_comes_back_by_another_party(floor: Desk) -> None:
    floor.do({"act": "withdraw", "amendment": "A-1"})
    assert "itself" in refused(floor, act="reintroduce", amendment="A-1", by="Norway")
    assert floor.do({"act": "reintroduce", "amendment": "A-1", "by": "Chile"}).warnings == ()
    again = floor.do({"act": "reintroduce", "amendment": "A-1", "by": "Mexico"})
    assert "A-1 came back already: A-2 of Chile is tabled." in again.warnings


def test_after_the_numbering_a_draft_label_leads_to_the_unit(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    done(desk, kind="new", after="1", text="Ships wait.")
    desk.do({"act": "agree", "all": True, "as": "agreed"})
    desk.do({"act": "renumber"})
    folder = str(desk.record.folder)

    assert main(["-m", folder, "show", "--unit", "1 bis"]) == 0
    shown = capsys.readouterr()
    assert "Ships wait." in shown.out
    assert "1 bis of the draft is 2 now." in shown.err
    assert main(["-m", folder, "history", "--unit", "2"]) == 0
    assert "final numbers" in capsys.readouterr().out


def test_a_snapshot_is_called_by_what_names_nothing_else(desk: Desk) -> None:
    desk.do({"act": "issue", "symbol": "A/1", "status": "draft"})
    for name in ("now", "Original", "2031-05-06", "2031-05-06T10:00", "A/1", "a/1"):
        refused(desk, act="snapshot", name=name)
    desk.do({"act": "snapshot", "name": "before lunch"})


def test_an_agreement_is_pending_on_somebody_or_something(floor: Desk) -> None:
    for pending in ("nobody", "Group of nothing", "99"):
        refused(floor, BadInput, act="agree", unit="3", pending=[pending])
    receipt = floor.do({"act": "agree", "unit": "3", "pending": ["norway", "2", "recommendation 1", "Mexico"]})
    assert "pending Norway, 2, recommendation 1 and Mexico" in receipt.subject


def test_requests_that_say_nothing_are_refused(desk: Desk) -> None:
    refused(desk, act="propose", kind="move", unit="3", after="2", by="Peru")
    many = refused(desk, BadInput, act="propose", kind="split", unit="3", parts=["Words."] * 51, by="Peru")
    assert "50 at most" in many
    refused(desk, BadInput, act="undo", undoes="")
    for number in ("A-0", "A-01"):
        refused(desk, BadInput, act="propose", unit="2", by="Peru", delete=" on request", number=number)


def test_a_revision_behind_a_later_one_is_remarked_on(desk: Desk) -> None:
    for symbol in ("A/1", "A/1/Rev.1", "A/1/Rev.3"):
        assert desk.do({"act": "issue", "symbol": symbol, "status": "draft"}).warnings == ()
    receipt = desk.do({"act": "issue", "symbol": "A/1/Rev.2", "status": "draft"})
    assert receipt.warnings == ("A/1/Rev.3 has been issued already; A/1/Rev.2 comes after it.",)
