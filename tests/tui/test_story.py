"""The reading as an officer runs it, by keys alone."""

import subprocess
from pathlib import Path

import pytest
from textual.widgets import TextArea

from draftwg.desk import Desk
from draftwg.model.amendment import AmendmentState
from tui.driving import UNITS, act, amend, console, lines, meeting, page, press, save, say, seen, status, until

pytestmark = pytest.mark.painted  # every frame of these, also those that only a person would see


async def test_a_proposal_is_recorded_by_keys(tmp_path: Path) -> None:
    """Unit, delegation, words: three steps, and the amendment is durable, in the list and chosen."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await act(pilot, app, "o", "enter")
        assert "First reading open" in lines(app)[0]

        await press(pilot, "8", "a")
        await until(pilot, lambda: app.screen.query("#picker-input"))
        await press(pilot, "m", "e", "x")
        assert "│ Mexico" in seen(app)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.focused, TextArea))
        field = app.screen.query_one(TextArea)
        assert field.text == UNITS["8"]
        start = UNITS["8"].index("for as long as possible")
        field.replace("for not less than ten years", (0, start), (0, start + len("for as long as possible")))
        redline = "for {-as long as possible-}{+not less than ten years+} and share"
        await until(pilot, lambda: redline in page(app, "#editor-redline"))
        await save(pilot, app)

        assert "A-1 recorded (receipt " in status(app)
        assert "A-1  Mexico" in seen(app) and "○ tabled" in seen(app)
        assert app.screen.amendments.chosen.number == "A-1"

    desk = Desk.open(tmp_path / "m")
    assert desk.state.find_amendment("A-1").proposed == UNITS["8"].replace(
        "for as long as possible", "for not less than ten years"
    )
    log = subprocess.run(["git", "-C", tmp_path / "m", "log", "-1", "--format=%an|%s"], capture_output=True, text=True)
    assert log.stdout.startswith("Mexico|Mexico proposes")


async def test_two_proposals_one_accepted_one_rejected_undo_and_redo(tmp_path: Path) -> None:
    """The list keeps what became of each; undo and redo bring the words back and forth."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "8", "mex")
        field.text = UNITS["8"].replace("should", "shall")
        await save(pilot, app)
        field = await amend(pilot, app, "8", "alg")
        field.text = UNITS["8"].replace("on request", "at any time")
        await save(pilot, app)
        assert " 8 [2]" in seen(app)

        await press(pilot, "end")  # the keys are with the amendment that was recorded
        await act(pilot, app, "plus")
        assert "A-1" in seen(app) and "● accepted" in seen(app)
        assert page(app, "#words").startswith("States parties shall keep")
        await until(pilot, lambda: app.screen.situation.amendment.number == "A-2")
        await act(pilot, app, "minus")
        assert "× rejected" in seen(app)

        await act(pilot, app, "u")
        await act(pilot, app, "u")
        assert " 8 [2]" in seen(app)
        await act(pilot, app, "U")
        assert " 8 [1]" in seen(app)

    state = Desk.open(tmp_path / "m").state
    assert state.find_amendment("A-1").state is AmendmentState.ACCEPTED
    assert state.find_amendment("A-2").state is AmendmentState.TABLED
    assert state.find_unit("8")[1].text == UNITS["8"].replace("should", "shall")


async def test_withdraw_and_cosponsor_and_revise(tmp_path: Path) -> None:
    """What the sponsor does with its amendment."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "7", "by": "Mexico", "replace": "encouraged", "with": "urged"})
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "7", "enter", "c")
        await until(pilot, lambda: app.screen.query("#picker-input"))
        app.screen.query_one("#picker-input").value = "civ"
        await pilot.pause()
        assert "Mexico" not in [row.name for row in app.screen.query_one("#picker-list").rows]
        await act(pilot, app, "enter")
        await press(pilot, "enter")
        assert "with Côte d'Ivoire" in seen(app)

        await press(pilot, "r")
        await until(pilot, lambda: app.screen.query("#editor-words"))
        field = app.screen.query_one(TextArea)
        assert "urged" in field.text
        field.text = field.text.replace("urged", "strongly urged")
        await save(pilot, app)
        assert "◐ revised" in seen(app)

        await press(pilot, "7", "enter")
        await act(pilot, app, "w")
        assert "– withdrawn" in seen(app)
    assert Desk.open(tmp_path / "m").state.find_amendment("A-1").names == ("Côte d'Ivoire", "Mexico")


async def test_new_unit_deletion_and_editorial_change(tmp_path: Path) -> None:
    """A bis appears in its place as proposed; a deletion is a proposal; the Secretariat corrects at once."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "1", "5", "n")
        await until(pilot, lambda: app.screen.query("#picker-input"))
        app.screen.query_one("#picker-input").value = "mex"
        await pilot.pause()
        await press(pilot, "enter")
        await until(pilot, lambda: app.screen.query("#editor-words"))
        app.screen.query_one(TextArea).text = "States parties should calibrate their gauges every year."
        await save(pilot, app)
        assert any("15 bis  [by Mexico]" in line for line in lines(app))
        assert "Recommendation 15 bis" in seen(app)

        await press(pilot, "2", "d")
        await until(pilot, lambda: app.screen.query("#picker-input"))
        app.screen.query_one("#picker-input").value = "alg"
        await pilot.pause()
        await act(pilot, app, "enter")
        await press(pilot, "enter")
        await act(pilot, app, "plus")
        assert any(line.startswith("   2") and "deleted" in line for line in lines(app)) or "2      deleted" in seen(
            app
        )

        await press(pilot, "9", "e")
        await until(pilot, lambda: app.screen.query("#editor-words"))
        field = app.screen.query_one(TextArea)
        field.text = field.text.replace("every two years", "biennially")
        await save(pilot, app)
    state = Desk.open(tmp_path / "m").state
    assert state.find_unit("2")[1].deleted
    assert state.find_unit("9")[1].text.endswith("biennially.")


async def test_what_is_spoken_is_recorded_as_an_instruction(tmp_path: Path) -> None:
    """One line; a slip stays there with what is wrong."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "7")
        await say(pilot, app, "european: replace discouraged by urged")
        await until(pilot, lambda: "“discouraged” is not in this text" in seen(app))
        app.screen.query_one("#say-input").value = "european: replace encouraged by urged"
        await pilot.pause()
        await act(pilot, app, "enter")
        assert "A-1  European Union" in seen(app)


async def test_a_reading_is_closed_with_the_point_reached_and_a_version_issued(tmp_path: Path) -> None:
    """The prompts ask for what the act needs, and stay where it is wrong."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await act(pilot, app, "o", "enter")
        await press(pilot, "o")
        await until(pilot, lambda: app.screen.query("#prompt-how"))
        app.screen.query_one("#prompt-how").value = "halfway"
        await press(pilot, "enter")
        await until(pilot, lambda: "Type c" in str(app.screen.query_one("#prompt-error").render()))
        app.screen.query_one("#prompt-how").value = "9"
        await act(pilot, app, "enter")
        await until(pilot, lambda: "First reading stopped at 9" in lines(app)[0])

        await press(pilot, "I")
        await until(pilot, lambda: app.screen.query("#prompt-symbol"))
        app.screen.query_one("#prompt-symbol").value = ""
        await press(pilot, "enter")
        assert "This can never change." in seen(app)
        assert "Type the symbol first." in seen(app)
        await press(pilot, *"WGIR/2031/CRP.1")
        await act(pilot, app, "enter", "enter")
        await until(pilot, lambda: "WGIR/2031/CRP.1" in lines(app)[0])
    state = Desk.open(tmp_path / "m").state
    assert state.readings[0].reached == "9"
    assert state.version("WGIR/2031/CRP.1") is not None


async def test_another_process_s_act_appears(tmp_path: Path) -> None:
    """What others record comes onto the screen by itself, and the cursor stays where it was."""
    desk = meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "8")
        desk.do({"act": "propose", "unit": "8", "by": "Algeria", "replace": "should", "with": "shall"})
        await until(pilot, lambda: "A-1  Algeria" in seen(app), 3)
        assert app.screen.outline.chosen.unit.label == "8"


async def test_accepting_what_conflicts_gives_its_reason_in_one_line(tmp_path: Path) -> None:
    """The verdict is shown before, the key says why; no dialog swallows the next key."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "8", "by": "Mexico", "replace": "as long as possible", "with": "ten years"})
    desk.do({"act": "propose", "unit": "8", "by": "Algeria", "replace": "as long as possible", "with": "five years"})
    desk.do({"act": "accept", "amendment": "A-1"})
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "8", "enter")
        assert app.screen.situation.amendment.number == "A-2"
        assert "+ Accept" not in lines(app)[-1]
        await press(pilot, "plus")
        assert "A-2" in status(app) and "A-1" in status(app)
        assert len(app.screen_stack) == 1
        await act(pilot, app, "minus")
        assert "× rejected" in seen(app)
