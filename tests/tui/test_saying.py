"""An amendment is said in one line: who, then what. Six keys beyond the words are enough."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from draftwg.desk import Desk
from draftwg.tui.app import DraftwgApp
from draftwg.tui.hearing import hear
from draftwg.tui.screens.picker import Directory
from tui.driving import UNITS, act, commits, console, meeting, page, press, say, seen, status, until

PARTIES = ("Belgium", "Benin", "Bolivia (Plurinational State of)", "Brazil", "Bulgaria", "Burkina Faso", "Canada",
           "New Zealand", "Niger", "Nigeria", "United Kingdom of Great Britain and Northern Ireland",
           "United States of America")  # fmt: skip
WORDS = ("encouraged", "urged")


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A meeting with more parties, some of whose names begin alike."""
    desk = meeting(tmp_path / "m")
    desk.do_all([{"act": "admit", "name": name, "category": "party"} for name in PARTIES])
    desk.do({"act": "admit", "name": "Andorra", "category": "signatory"})
    desk.do({"act": "admit", "name": "Group of African States", "category": "regional group"})
    desk.close()
    return tmp_path / "m"


async def line(pilot: Pilot[None], app: DraftwgApp, words: str = "") -> None:
    """Open the line and put words into it."""
    await press(pilot, "i")
    await until(pilot, lambda: app.screen.query("#say-input"))
    if words:
        app.screen.query_one(Input).value = words
        await pilot.pause()


def shown(app: DraftwgApp, id: str) -> str:
    return str(app.screen.query_one(f"#{id}").render())


@pytest.mark.parametrize(
    ("before", "named", "enough"),
    [
        ("", "br", 6),  # never heard before: two letters, and the words at once
        ("Canada", "br ", 7),  # with a blank behind them, as most will type it
        ("Brazil", "b ", 6),  # has spoken: one letter and a blank
        ("Brazil", "", 4),  # spoke last: the words alone
    ],
)
async def test_from_hearing_to_recorded(room: Path, before: str, named: str, enough: int) -> None:
    """ "Brazil, recommendation 7, replace encouraged by urged": every key is counted but those of the two words."""
    desk = Desk.open(room)
    if before:
        desk.do({"act": "propose", "unit": "8", "by": before, "replace": "request", "with": "demand"})
        if named == "b ":
            desk.do({"act": "propose", "unit": "8", "by": "Canada", "replace": "request", "with": "need"})
    number = f"A-{len(desk.state.amendments) + 1}"
    desk.close()
    async with console(room) as (app, pilot):
        known = commits(app)
        keys = ["7", "i", *named, *WORDS[0], ">", *WORDS[1], "enter"]
        await press(pilot, *keys)
        await until(pilot, lambda: commits(app) > known)
        assert len(keys) - sum(map(len, WORDS)) == enough
        assert f"{number} recorded" in status(app) and "replace “encouraged” by “urged”" in status(app)
    one = Desk.open(room).state.find_amendment(number)
    assert (one.by, one.proposed) == ("Brazil", UNITS["7"].replace(*WORDS))


async def test_what_is_said_is_seen_before_it_is_recorded(room: Path) -> None:
    """Who, the redline, and what matters, while it is typed; words that are not there keep everything typed."""
    async with console(room) as (app, pilot):
        await press(pilot, "8")
        await line(pilot, app, "br shoud")
        assert shown(app, "say-who").startswith("Brazil")
        app.screen.query_one(Input).value += " → shall"
        await pilot.pause()
        assert "“shoud” is not in this text; nearest: “should”" in shown(app, "say-error")
        await press(pilot, "enter")
        await until(pilot, lambda: "is not in this text" in status(app))
        assert app.screen.query_one(Input).value == "br shoud → shall"
        app.screen.query_one(Input).value = "br should → shall"
        await pilot.pause()
        assert shown(app, "say-error") == ""
        assert "States parties {-should-}{+shall+} keep" in page(app, "#say-page")
        assert "It turns “should” into “shall”." in shown(app, "say-remark")
        await press(pilot, "escape")
        await line(pilot, app)
        assert "Left before: “br should → shall”. ↑ brings it back." in shown(app, "say-remark")
        await press(pilot, "up")
        assert app.screen.query_one(Input).value == "br should → shall"
        await act(pilot, app, "enter")
        assert app.screen.amendments.chosen.by == "Brazil"  # type: ignore[attr-defined]


async def test_a_name_and_enter_then_the_words(room: Path) -> None:
    """Who types a name in full, and Enter, goes on with the words; Backspace takes the name back; arrows choose."""
    async with console(room) as (app, pilot):
        await press(pilot, "8")
        await line(pilot, app, "niger")
        names = [choice.name for choice in app.screen.query_one("#say-list").rows]  # type: ignore[attr-defined]
        assert names[:2] == ["Niger", "Nigeria"]
        await press(pilot, "down", "enter")
        assert shown(app, "say-who").startswith("Nigeria") and app.screen.query_one(Input).value == ""
        await press(pilot, "enter")
        assert "Say the change, such as should -> shall." in shown(app, "say-error")
        await press(pilot, "backspace", *"new zea", "enter", *"delete on request")
        assert "{-on request-}" in page(app, "#say-page")
        await act(pilot, app, "enter")
        assert "New Zealand proposes to delete “on request”" in status(app)


async def test_the_place_is_chosen_where_words_stand_twice(room: Path) -> None:
    """Down and up; Enter alone says that a choice is needed."""
    async with console(room) as (app, pilot):
        await press(pilot, "1")
        await line(pilot, app, "ca to → and")
        assert "“to” stands 2 times: ↑ ↓ choose which" in shown(app, "say-remark")
        await press(pilot, "enter")
        assert "↑ ↓ choose which, then Enter" in shown(app, "say-error")
        await press(pilot, "down")
        assert "wish {-to-}{+and+} urge" in page(app, "#say-page")
        await press(pilot, "down")
        assert "this is 2 of them" in shown(app, "say-remark")
        assert "parties {-to-}{+and+} adopt" in page(app, "#say-page")
        await act(pilot, app, "enter")
    assert "parties and adopt" in Desk.open(room).state.find_amendment("A-1").proposed


async def test_who_may_not_and_what_is_agreed_is_remarked_on(room: Path) -> None:
    """As a line below the redline, that eats no key."""
    desk = Desk.open(room)
    desk.do({"act": "agree", "unit": "9", "as": "ad ref"})
    async with console(room) as (app, pilot):
        await press(pilot, "9")
        await line(pilot, app, "andorra every > each")
        assert "Andorra is an observer: a suggestion until a party takes it up." in shown(app, "say-remark")
        app.screen.query_one(Input).value = "br two > four"
        await pilot.pause()
        assert "Recommendation 9 is agreed ad ref: this asks for its reopening." in shown(app, "say-remark")
        await act(pilot, app, "enter")
        assert "Brazil asks to reopen recommendation 9" in status(app)


async def test_a_group_the_chair_a_new_unit_and_another_unit(room: Path) -> None:
    """A group's party and what the Chair draws on are asked; the line may name another unit, or bring a new one."""
    async with console(room) as (app, pilot):
        await press(pilot, "8")
        await say(pilot, app, "br request > demand")
        await until(pilot, lambda: "A-1 recorded" in status(app))
        await say(pilot, app, "chair request > need")
        await until(pilot, lambda: app.screen.query("#prompt-numbers"))
        await act(pilot, app, "enter")
        assert "draws on A-1" in page(app, "#detail")
        await say(pilot, app, "group records > data")
        await until(pilot, lambda: app.screen.query("#picker-input"))
        await act(pilot, app, *"ni", "enter")
        assert "Niger, on behalf of the Group of African States, proposes" in status(app)
        await say(pilot, app, "br in 9, delete every two years")
        await until(pilot, lambda: "Recording" not in status(app) and len(app.screen_stack) == 1)
        assert "Brazil proposes to delete “every two years” in recommendation 9" in status(app)
        await say(pilot, app, "br new recommendation after 15: Gauges are read.")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        assert "Brazil proposes a new recommendation 15 bis: Gauges are read." in status(app)


def test_names_and_words_are_told_apart(tmp_path: Path) -> None:
    """By what stands in the text: a word that begins like a name is a word where that makes sense."""
    desk = meeting(tmp_path / "m")
    roster = tuple(desk.state.delegations.values())
    directory = Directory(roster, len(roster), ("Mexico", "Algeria"))

    def heard(line: str) -> tuple[str, str]:
        found = hear(line, directory.offer, lambda words: words.split(">")[0].strip() in UNITS["8"].split())
        return found.who[0].name if found.who else "", found.words

    assert heard("mex should>shall") == ("Mexico", "should>shall")
    assert heard("mexshould>shall") == ("Mexico", "should>shall")
    assert heard("algeria: should > shall") == ("Algeria", "should > shall")
    assert heard("should>shall") == ("Mexico", "should>shall")
    assert heard(" should>shall") == ("Mexico", "should>shall")
    assert heard("al should>shall") == ("Algeria", "should>shall")
    assert heard("european u records>data") == ("European Union", "records>data")
    assert heard("as>for") == ("Mexico", "as>for")
    assert heard("cote d'iv should>shall") == ("Côte d'Ivoire", "should>shall")
    assert heard("") == ("Mexico", "")
    assert heard("alg") == ("Algeria", "")


async def test_arrows_move_in_the_list_below_a_field(room: Path) -> None:
    """The field, which has the keys, leaves them to its list."""
    async with console(room) as (app, pilot):
        await press(pilot, "8", "d")
        await until(pilot, lambda: app.screen.query("#picker-input"))
        await press(pilot, *"niger", "down", "up", "down")
        await act(pilot, app, "enter")
        assert "Nigeria proposes to delete recommendation 8" in status(app)


async def test_co_sponsors_and_positions_one_after_another(room: Path) -> None:
    """One key, then a name and Enter for each; Enter alone ends it. What is wrong is told and the question stays."""
    desk = Desk.open(room)
    desk.do({"act": "propose", "unit": "8", "by": "Brazil", "replace": "request", "with": "demand"})
    async with console(room) as (app, pilot):
        await press(pilot, "8", "enter", "c")
        await until(pilot, lambda: app.screen.query("#picker-input"))
        await act(pilot, app, "c", "a", "enter")
        await act(pilot, app, *"new", "enter")
        assert "Recorded: Canada, New Zealand" in shown(app, "picker-told")
        await press(pilot, "enter")
        assert len(app.screen_stack) == 1 and "with Canada and New Zealand" in page(app, "#detail")

        for key, names, told in (
            ("greater_than_sign", ("be", "mexico"), "support: Belgium, Mexico"),
            ("less_than_sign", ("ni",), "oppose: Niger"),
        ):
            await press(pilot, key)
            await until(pilot, lambda: app.screen.query("#picker-input"))
            for name in names:
                await act(pilot, app, *name, "enter")
            await press(pilot, "escape")
            assert told in page(app, "#detail")
        await press(pilot, "apostrophe")
        await until(pilot, lambda: app.screen.query("#picker-input"))
        await press(pilot, *"group", "enter")
        await until(pilot, lambda: "Which party speaks for the Group of African States?" in seen(app))
        await act(pilot, app, "enter")
        await press(pilot, "escape")
        assert "retain: Niger (Group of African States)" in page(app, "#detail")


async def test_a_burst_of_names_is_recorded_in_order(room: Path) -> None:
    """What is typed behind Enter is the next name, however fast it comes; Enter alone records nothing twice."""
    desk = Desk.open(room)
    desk.do({"act": "propose", "unit": "8", "by": "Brazil", "replace": "request", "with": "demand"})
    async with console(room) as (app, pilot):
        await press(pilot, "8", "enter", "greater_than_sign")
        await until(pilot, lambda: app.screen.query("#picker-input") and app.screen.query_one(Input).has_focus)
        for key in (*"ca", "enter", *"niger", "down", "enter", *"be", "enter", "enter"):
            app.simulate_key(key)
        await until(pilot, lambda: len(app.screen_stack) == 1)
        await until(pilot, lambda: "support: Canada, Nigeria, Belgium" in page(app, "#detail"))


async def test_a_position_is_said_as_the_room_hears_it(room: Path) -> None:
    """Who, then how it stands, however fast it comes; a group is asked for its party first."""
    desk = Desk.open(room)
    desk.do({"act": "propose", "unit": "8", "by": "Brazil", "replace": "request", "with": "demand"})
    async with console(room) as (app, pilot):
        await press(pilot, "8", "enter", "p")
        await until(pilot, lambda: app.screen.query("#picker-input"))
        assert "Whose position on A-1?" in seen(app)
        await act(pilot, app, *"can", "enter", "l")
        assert "can live with: Canada" in page(app, "#detail")
        await press(pilot, "p")
        await until(pilot, lambda: app.screen.query("#picker-input"))
        await press(pilot, *"group", "enter")
        await until(pilot, lambda: "Which party speaks for the Group of African States?" in seen(app))
        await press(pilot, *"niger", "enter")
        await until(pilot, lambda: "Group of African States on A-1" in seen(app))
        await act(pilot, app, "v")
        assert "reserve: Niger (Group of African States)" in page(app, "#detail")
