"""What stands outside the three stories: votes, placeholders, headings, snapshots, breaks, the menu, edits kept."""

from pathlib import Path

from textual.widgets import Input, TextArea

from draftwg.desk import Desk
from draftwg.model.text import UnitStatus
from draftwg.tui.commands import COMMANDS, hints
from draftwg.tui.detail import detail
from draftwg.tui.situation import Pane, Situation
from draftwg.tui.views import VIEWS, Looks, unit_head
from tui.driving import UNITS, act, console, lines, meeting, page, press, save, say, seen, status, until


async def test_a_vote_a_placeholder_a_break_and_a_snapshot(tmp_path: Path) -> None:
    """What the Chair rules and the Secretariat keeps, each by a key, is on the screen and in the record."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "7", "by": "Mexico", "replace": "encouraged", "with": "urged"})
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "7", "full_stop")
        assert "No reading is open" in status(app)
        await act(pilot, app, "o", "enter")
        await act(pilot, app, "full_stop")
        await act(pilot, app, "comma")
        assert "First reading suspended" in lines(app)[0]
        await press(pilot, "o")
        assert "The reading is suspended: , resumes it." in status(app)
        await act(pilot, app, "comma")
        assert "First reading open" in lines(app)[0]
        await act(pilot, app, "at")

        await press(pilot, "P")
        await until(pilot, lambda: app.screen.query("#prompt-words"))
        app.screen.query_one("#prompt-words", Input).value = "words of the contact group"
        await act(pilot, app, "enter")
        assert "Placeholder: words of the contact group" in page(app, "#words")

        await press(pilot, "enter", "asterisk")
        await until(pilot, lambda: app.screen.query("#prompt-vote"))
        app.screen.query_one("#prompt-vote", Input).value = "41-3-7"
        await act(pilot, app, "enter", "enter")
        assert "by 41-3-7" in page(app, "#detail")
        assert any("7 ▫" in line for line in lines(app))
        await press(pilot, "escape", "equals_sign")
        assert "is a placeholder" in status(app)
    state = Desk.open(tmp_path / "m").state
    assert state.find_unit("7")[1].text == UNITS["7"].replace("encouraged", "urged")
    assert len(state.snapshots) == 1
    assert [one.unit for one in state.readings[0].considered] == [state.find_unit("7")[1].id]


async def test_a_heading_is_proposed_and_decided_from_its_units(tmp_path: Path) -> None:
    """A heading has no row that can be chosen: what is proposed of it stands with the units under it."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "8", "E")
        await until(pilot, lambda: app.screen.query("#picker-input"))
        app.screen.query_one("#picker-input", Input).value = "mexico"
        await pilot.pause()
        await press(pilot, "enter")
        await until(pilot, lambda: app.screen.query("#prompt-heading"))
        app.screen.query_one(Input).value = "Records and archives"
        await act(pilot, app, "enter")
        assert any("[heading - Mexico] B. Rec" in line for line in lines(app))
        assert "{-Records-}" in page(app, "#detail") or "{+and archives+}" in page(app, "#detail")
        await press(pilot, "enter", "r")
        assert "there are no words to revise" in status(app)
        await act(pilot, app, "plus")
        assert any(line.strip().startswith("B. Records and archives") for line in lines(app))
    assert Desk.open(tmp_path / "m").state.text().sections[1].title == "Records and archives"


async def test_the_menu_lists_what_is_possible_first(tmp_path: Path) -> None:
    """In groups; what is impossible stands last in parentheses, with the reason; a key in the menu does it."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "x")
        await until(pilot, lambda: app.screen.query("#chooser-list"))
        menu = app.screen.query_one("#chooser-list")
        wrong = [bool(option.wrong) for option in menu.rows if not isinstance(option, str)]
        assert wrong == sorted(wrong) and any(wrong) and not all(wrong)
        assert "a         Amend" in seen(app) and "Record a delegation's amendment on this unit" in seen(app)
        places = []
        for _ in range(3):
            places.append(menu.rows[menu.cursor - 1])
            await press(pilot, "tab")
        assert places == ["Amendments", "Positions", "Decisions"]
        await press(pilot, "shift+tab", "end")
        assert menu.chosen.wrong
        await press(pilot, "O")
        assert "Only what has been agreed is reopened." in str(app.screen.query_one("#chooser-error").render())
        await act(pilot, app, "o", "enter")
        assert len(app.screen_stack) == 1


async def test_every_unit_agreed_adopted_and_reopened_by_a_vote(tmp_path: Path) -> None:
    """An adopted text is touched by nobody, and its reopening needs the figures of a vote."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        for key in ("A", "D"):
            await press(pilot, "equals_sign")
            await until(pilot, lambda: app.screen.query("#chooser-list"))
            await press(pilot, key)
            assert status(app).startswith(f"All {len(UNITS)} recommendations a")
            await act(pilot, app, "enter")
        assert sum("★" in line for line in lines(app)) >= len(UNITS)
        await press(pilot, "8", "d")
        assert "Recommendation 8 is adopted" in status(app) and "Rule:" in status(app)
        await say(pilot, app, "mex as long as possible > ten years")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        await press(pilot, "O")
        await until(pilot, lambda: app.screen.query("#prompt-ruling"))
        app.screen.query_one("#prompt-ruling", Input).value = ""
        await press(pilot, "enter")
        await until(pilot, lambda: "figures of the vote" in str(app.screen.query_one("#prompt-error").render()))
        app.screen.query_one("#prompt-ruling", Input).value = "41-3-7"
        await act(pilot, app, "enter")
        assert "○ tabled" in seen(app)
    state = Desk.open(tmp_path / "m").state
    assert state.status(state.find_unit("8")[1]) is UnitStatus.BRACKETED
    assert state.status(state.find_unit("9")[1]) is UnitStatus.ADOPTED


async def test_a_sub_amendment_is_kept_taken_up_again_and_revised(tmp_path: Path) -> None:
    """It stays on the words of its amendment, through leaving, resuming and an oral revision."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "8", "by": "Mexico", "replace": "as long as possible", "with": "ten years"})
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "8", "enter", "s")
        await until(pilot, lambda: app.screen.query("#picker-input"))
        app.screen.query_one("#picker-input", Input).value = "algeria"
        await pilot.pause()
        await press(pilot, "enter")
        await until(pilot, lambda: app.screen.query("#editor-words"))
        field = app.screen.query_one(TextArea)
        assert "ten years" in field.text
        field.text = field.text.replace("ten", "twelve")
        await press(pilot, "escape")
        await until(pilot, lambda: "sub-amendment on 8 by Algeria" in app.screen.query_one("#offer").left)
        await press(pilot, "R")
        await until(pilot, lambda: app.screen.query("#editor-words"))
        assert "{-ten-}{+twelve+}" in page(app, "#editor-redline")
        await save(pilot, app)
        assert "to A-1:" in seen(app)

        await press(pilot, "enter", "home")
        assert app.screen.situation.amendment.number == "A-2"
        await press(pilot, "s")
        assert "there is one level" in status(app)
        await press(pilot, "r")
        await until(pilot, lambda: app.screen.query("#editor-words"))
        field = app.screen.query_one(TextArea)
        field.text = field.text.replace("twelve", "fifteen")
        await save(pilot, app)
        assert "{-ten-}{+fifteen+}" in page(app, "#detail")
        await press(pilot, "enter")
        await act(pilot, app, "plus")
    assert Desk.open(tmp_path / "m").state.find_amendment("A-1").proposed == UNITS["8"].replace(
        "as long as possible", "fifteen years"
    )


async def test_a_withdrawn_proposal_comes_back_by_another_party(tmp_path: Path) -> None:
    """A new amendment, with its origin."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "9", "by": "Mexico", "replace": "two", "with": "three"})
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "9", "enter", "W")
        assert "rule 54" in status(app)
        await act(pilot, app, "w")
        await press(pilot, "W")
        await until(pilot, lambda: app.screen.query("#picker-input"))
        app.screen.query_one("#picker-input", Input).value = "algeria"
        await pilot.pause()
        await act(pilot, app, "enter")
        assert "reintroduces A-1" in page(app, "#detail")


def test_every_kind_and_state_can_be_looked_at_and_asked_about(tmp_path: Path) -> None:
    """No unit, amendment, view or command breaks on a move, a split, a merger, a heading, an alternative, what is
    suggested, held, merged, lapsed, or what is on a unit that is gone."""
    desk = meeting(tmp_path / "m")
    desk.do_all(
        [
            {"act": "admit", "name": "Canada", "category": "signatory"},
            {"act": "open_reading"},
            {"act": "propose", "unit": "1", "by": "Mexico", "replace": "urge", "with": "invite"},
            {"act": "propose", "amends": "A-1", "by": "Algeria", "replace": "invite", "with": "call upon"},
            {"act": "propose", "consequential_to": "A-1", "by": "Secretariat", "unit": "2", "replace": "train",
             "with": "be invited to train"},
            {"act": "propose", "kind": "move", "unit": "9", "after": "1", "by": "Mexico"},
            {"act": "propose", "kind": "split", "unit": "8", "by": "Mexico", "parts": ["One.", "Two."]},
            {"act": "propose", "kind": "merge", "unit": "8", "units": ["9"], "text": "Both.", "by": "Algeria"},
            {"act": "propose", "kind": "heading", "section": "B", "text": "Archives", "by": "Mexico"},
            {"act": "propose", "kind": "alt", "unit": "15", "by": "Mexico", "text": "Other words.", "number": "D-1"},
            {"act": "propose", "unit": "15", "by": "Algeria", "replace": "consider", "with": "adopt", "number": "D-2"},
            {"act": "propose", "unit": "15", "by": "Canada", "replace": "common", "with": "shared", "number": "D-3"},
            {"act": "agree", "unit": "7", "pending": ["Mexico"]},
            {"act": "request_reopening", "unit": "7", "by": "Mexico", "replace": "encouraged", "with": "urged"},
            {"act": "position", "unit": "7", "by": "Algeria", "position": "reserve"},
            {"act": "accept", "amendment": "D-1"},
            {"act": "withdraw", "amendment": "A-1"},
        ]
    )  # fmt: skip
    state = desk.state
    text, looks = state.text(), Looks(state)
    seen_states, seen_kinds, told = set(), set(), []
    for row in looks.outline(text):
        if row.unit is None:
            continue
        for one in (None, *looks.amendments(row)):
            if one is not None:
                seen_states.add(one.state.value)
                seen_kinds.add(one.kind.value)
                assert one.number in detail(one, looks, state).plain
            for view in VIEWS:
                assert all(line.plain for line in unit_head(text, row, view, one, state))
                looks.words(row, view, one)
            for pane in Pane:
                now = Situation(
                    pane, state, text, row, one, looks.verdict(one) if one else None, falling=looks.falling(row)
                )
                reasons = [command.impossible(now) for command in COMMANDS]
                assert all(reason == "" or reason.endswith((".", ")")) for reason in reasons), reasons
                assert all(command.called(now) for command in COMMANDS) and hints(now)
        told += [(one.number, because.number) for one, because in looks.falling(row)]
    assert {"move", "split", "merger of units", "heading", "alternative unit"} <= seen_kinds
    assert {"tabled", "suggested", "held", "accepted", "withdrawn", "lapsed"} <= seen_states
    assert told == [("D-2", "D-1")]
