"""What a new user stumbled over: names that nobody has, short labels, words that were cut."""

import re
from pathlib import Path

import pytest

from draftwg.errors import BadInput
from draftwg.model.delegation import Delegation
from draftwg.model.labels import meant_label
from draftwg.tui.screens.palette import Offer, answering
from draftwg.tui.screens.picker import choices
from draftwg.tui.widgets.amendments import new_words_first
from tui.driving import act, console, lines, meeting, press, seen, status, until


def test_near_names_come_before_a_name_that_nobody_has() -> None:
    """The one that is to be added stands last; what was added and did nothing does not come first."""
    brazil, brzil, cuba = Delegation("Brazil", code="BRA"), Delegation("brzil"), Delegation("Cuba", code="CUB")
    offered = choices([cuba, brazil], 1, (), "brzil")
    assert [one.name for one in offered] == ["Brazil", "brzil"]
    assert "did you mean this?" in offered[0].note and offered[0].new
    assert [one.name for one in choices([cuba, brazil], 2, (), "xyz")] == ["xyz"]
    assert [one.name for one in choices([brzil, cuba, brazil], 2, (), "br", silent={"brzil"})][:2] == [
        "Brazil",
        "brzil",
    ]


async def test_a_name_that_no_list_knows_is_added_on_a_second_enter(tmp_path: Path) -> None:
    """The first Enter says so; other letters take it back."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "8", "a")
        await until(pilot, lambda: app.screen.query("#picker-input"))
        await press(pilot, *"zzlandia", "enter")
        assert "No list knows “zzlandia”: Enter again adds it to the roster." in seen(app)
        await press(pilot, "x")
        assert "Enter chooses" in seen(app)
        await press(pilot, "enter")
        assert "No list knows “zzlandiax”" in seen(app)
        await press(pilot, "enter")
        await until(pilot, lambda: app.screen.query("#editor-words"))


async def test_enter_on_a_unit_without_amendments_stays(tmp_path: Path) -> None:
    """And says how to record one; a short label goes to its unit."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "after": "15", "by": "Mexico", "kind": "new", "text": "States may also consider it."})
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "7", "enter")
        assert app.focused is app.screen.outline  # type: ignore[attr-defined]
        assert status(app) == "No amendments on 7: a records one."
        await press(pilot, "g")
        await until(pilot, lambda: app.screen.query("#prompt-label"))
        await press(pilot, *"15b", "enter")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        assert app.screen.outline.chosen.unit.label == "15 bis"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("typed", "label"), [("15b", "15 bis"), ("15 t", "15 ter"), ("15a", "15 alt"), ("15 bis", "15 bis"), ("7", "7")]
)
def test_a_short_label_is_understood(typed: str, label: str) -> None:
    """As far as one goes somewhere; what is recorded has the whole label."""
    assert meant_label(typed) == label
    with pytest.raises(BadInput):
        meant_label("15xyz")


def test_a_label_that_is_too_high_is_told_the_range(tmp_path: Path) -> None:
    """Near labels are named, where there are any."""
    state = meeting(tmp_path / "m").state
    with pytest.raises(BadInput, match=r"Recommendations run from 1 to 15\."):
        state.find_unit("99")
    with pytest.raises(BadInput, match=r"There is 15\."):
        state.find_unit("15 bis")


def test_new_words_are_seen_before_old_ones() -> None:
    """They tell two proposals on the same words from one another."""
    old = "at least 48 hours before the opening"
    one, other = (f"to replace “{old}” by “{new} hours”" for new in ("72", "24"))
    assert new_words_first(one, 100) == one
    assert "by “72 hours”" in new_words_first(one, 34) and new_words_first(one, 34).startswith("“at least 48")
    assert new_words_first(one, 34) != new_words_first(other, 34)
    assert len(new_words_first(one, 34)) <= 34
    assert new_words_first("to insert “replace “a” by “b”” after “c”", 12).startswith("insert")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_two_proposals_on_the_same_words_are_told_apart(tmp_path: Path, size: tuple[int, int]) -> None:
    """In the list, by the words that they bring."""
    desk = meeting(tmp_path / "m")
    for by, new in (("Mexico", "ten years"), ("Algeria", "fifty years")):
        old = "of each season for as long as possible"
        desk.do({"act": "propose", "unit": "8", "by": by, "replace": old, "with": new})
    async with console(tmp_path / "m", size) as (app, pilot):
        await press(pilot, "8", "enter")
        assert "by “ten years”" in seen(app) and "by “fifty years”" in seen(app)
        assert seen(app).count("○ tabled") == (2 if size == (80, 24) else 3)  # at 80×24 nothing is told twice


async def test_a_delegation_that_also_fits_is_named(tmp_path: Path) -> None:
    """br is the beginning of one and the code of the other."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "admit", "name": "Brevonia", "category": "party"})
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "2", "i")
        await until(pilot, lambda: app.screen.query("#say-input"))
        assert "br should -> shall" in seen(app)
        await press(pilot, *"br should -> shall")
        assert "Brevonia (also Brazil" in str(app.screen.query_one("#say-who").render())


async def test_a_label_is_typed_as_it_reads(tmp_path: Path) -> None:
    """15 bis: its letters are no commands where a label goes on so, and are where none does."""
    desk = meeting(tmp_path / "m")
    desk.do(
        {"act": "propose", "kind": "new", "after": "15", "by": "Mexico", "text": "States parties should share gauges."}
    )
    desk.do({"act": "accept", "amendment": "A-1"})
    desk.close()
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, *"15 bis")
        assert app.main is not None and app.screen is app.main
        assert app.main.outline.chosen.unit.label == "15 bis" and status(app) == "Recommendation 15 bis"  # type: ignore[union-attr]
        await press(pilot, *"8 ", "question_mark")
        await until(pilot, lambda: app.screen is not app.main)


async def test_a_reading_that_was_not_completed_stays_so(tmp_path: Path) -> None:
    """The question says so before the next one is opened."""
    desk = meeting(tmp_path / "m")
    desk.do_all([{"act": "open_reading"}, {"act": "close_reading", "completed": False, "reached": "8"}])
    desk.close()
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "o")
        assert status(app).startswith("Open the second reading? The first reading stays not completed. Enter opens it")


async def test_whose_words_tells_of_what_is_only_proposed(tmp_path: Path) -> None:
    """Nothing has been accepted: nobody brought a word in, and the brackets are elsewhere."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "8", "by": "Mexico", "replace": "should", "with": "shall"})
    desk.close()
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "8", "b")
        await until(pilot, lambda: "1 proposal awaits its fate and is not in the text yet: F2 shows" in seen(app))


async def test_the_line_names_the_unit_that_it_is_about(tmp_path: Path) -> None:
    """Not the one under the cursor."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "2", "i")
        await until(pilot, lambda: app.screen.query("#say-input"))
        await press(pilot, *"mexico: recommendation 8, replace 'should' by 'shall'")
        await until(pilot, lambda: str(app.screen.query_one("#say-title").render()) == "Recommendation 8")


async def test_the_palette_passes_over_small_words_and_numbers(tmp_path: Path) -> None:
    """Whoever asks for the history of 7 finds History."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "ctrl+p")
        await until(pilot, lambda: "Open reading" in seen(app))
        await press(pilot, *"history of 7")
        await until(pilot, lambda: re.search(r"│ History +H +", seen(app)))


async def test_a_reading_without_notes_has_no_bar_and_compare_says_what_its_keys_would_do(tmp_path: Path) -> None:
    """Just after an issue it shows what the issue brought."""
    desk = meeting(tmp_path / "m")
    desk.do_all([{"act": "open_reading"}, {"act": "close_reading", "completed": True}])
    for number, old, new in ((1, "should", "shall"), (2, "shall", "must")):
        desk.do({"act": "edit", "unit": "2", "replace": old, "with": new})
        desk.do({"act": "issue", "symbol": f"CTOC/COP/WG.6/2031/CRP.{number}", "status": "non-paper"})
    async with console(tmp_path / "m", (140, 40)) as (app, pilot):
        await press(pilot, "B")
        await until(pilot, lambda: "First reading, completed (recommendations not noted)" in seen(app))
        assert "░" not in seen(app)
        await press(pilot, "escape", "D")
        await until(pilot, lambda: "1 of 6 recommendations changed" in lines(app)[0])
        assert "CRP.1 →" in lines(app)[0]
        foot = lines(app)[-1]
        assert all(hint in foot for hint in ("s One column", "c All recommendations", "Enter Go there"))
        await press(pilot, "s", "c")
        assert all(hint in lines(app)[-1] for hint in ("s Side by side", "c Changes only"))


async def test_the_export_at_80_columns_says_how_to_leave(tmp_path: Path) -> None:
    """The foot of the dialog is whole."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m", (80, 24)) as (app, pilot):
        await press(pilot, "ctrl+e")
        await until(pilot, lambda: app.screen.query("#exporting-list"))
        assert "Esc leaves" in seen(app)


async def test_the_life_of_a_unit_has_one_sign_for_its_agreement(tmp_path: Path) -> None:
    """The status brings it; what a unit is already cannot be chosen again."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "8", "equals_sign")
        await until(pilot, lambda: app.screen.query("#chooser-list"))
        await act(pilot, app, "r")
        await press(pilot, "equals_sign", "r")
        assert "Recommendation 8 is agreed ad ref already." in seen(app)
        await press(pilot, "escape", "H")
        await until(pilot, lambda: "agreed ad ref:" in seen(app))
        assert not any(line.count("◑") > 1 for line in lines(app))
        assert any(line.rstrip().endswith("is agreed ad ref") for line in lines(app) if "◑ agreed ad ref:" in line)


async def test_letters_inside_the_name_of_a_newcomer_record_nothing_by_one_enter(tmp_path: Path) -> None:
    """“wi” is in Malawi too, which is not in the room: that takes a second Enter."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "8", "by": "Mexico", "replace": "should", "with": "shall"})
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "8", "tab", "tab", "greater_than_sign")
        await until(pilot, lambda: app.screen.query("#picker-input"))
        await press(pilot, *"alaw", "enter")
        await until(pilot, lambda: "Malawi is new: Enter again adds it to the roster." in seen(app))
        assert not desk.state.positions
        await press(pilot, "enter")
        await until(pilot, lambda: "Recorded: Malawi" in seen(app))


async def test_the_foot_of_a_decided_amendment_offers_no_decision(tmp_path: Path) -> None:
    """Nor a redo where there is nothing to do again; and the way back is told as it is."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "8", "by": "Mexico", "replace": "should", "with": "shall"})
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "8", "enter")
        await until(pilot, lambda: "+ Accept" in lines(app)[-1])
        await act(pilot, app, "plus")
        await until(pilot, lambda: "+ Accept" not in lines(app)[-1])
        assert "- Reject" not in lines(app)[-1] and "Redo" not in lines(app)[-1]
        await press(pilot, "plus")
        assert "only undoing (u) takes that back" in status(app)


async def test_the_proposal_in_large_is_left_with_its_unit(tmp_path: Path) -> None:
    """Enter on an amendment shows it; the next unit is seen as it stands."""
    desk = meeting(tmp_path / "m")
    for unit in ("7", "8"):
        desk.do(
            {
                "act": "propose",
                "unit": unit,
                "by": "Mexico",
                "replace": "their" if unit == "7" else "should",
                "with": "all",
            }
        )
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "7", "enter", "enter")
        await until(pilot, lambda: "▸A-1" in seen(app))
        await press(pilot, "shift+tab", "shift+tab", "j")
        await until(pilot, lambda: "Recommendation 8" in seen(app))
        assert "▸clean" in seen(app)


def test_the_palette_answers_by_names_first_then_by_what_is_done() -> None:
    """And by letters in their order only where nothing has the words."""
    offers = [
        Offer("a", "What if", "!", "Show what would come of accepting the amendment."),
        Offer("b", "Accept", "+", "Accept the chosen amendment."),
        Offer("c", "Undo", "u", "Undo the latest act."),
    ]
    assert [one.id for one in answering(offers, "accept")] == ["b", "a"]
    assert [one.id for one in answering(offers, "the undo of it")] == ["c"]
    assert [one.id for one in answering(offers, "acpt")] == ["b"]
    assert answering(offers, " ") == offers and answering(offers, "xyz") == []
