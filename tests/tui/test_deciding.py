"""Keys that cannot be taken back in front of a room: what they would do is named first, and Enter does it."""

from pathlib import Path

from textual.widgets import Input

from draftwg.desk import Desk
from draftwg.tui.app import DraftwgApp
from draftwg.tui.twice import Twice
from tui.driving import act, amend, commits, console, meeting, press, save, status, until

SYMBOL = "CTOC/COP/WG.6/2031/CRP.1"


def proposed(folder: Path) -> Desk:
    """Two amendments on 8, one on 7."""
    desk = meeting(folder)
    for unit, by, old in (
        ("8", "Mexico", "as long as possible"),
        ("8", "Algeria", "on request"),
        ("7", "Mexico", "urged"),
    ):
        old = "encouraged" if unit == "7" else old
        desk.do({"act": "propose", "unit": unit, "by": by, "replace": old, "with": f"{old} and ever"})
    return desk


def states(app: DraftwgApp) -> list[str]:
    """What became of the amendments, as the console knows it."""
    return [one.state.value for one in app.screen.situation.state.amendments.values()]  # type: ignore[attr-defined]


async def test_a_decision_from_the_units_names_the_amendment_first(tmp_path: Path) -> None:
    """Enter does it; any other key leaves it and does its own; then the line says which one is chosen now."""
    proposed(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        for key, name in (("plus", "Accept"), ("minus", "Reject"), ("w", "Withdraw")):
            known = commits(app)
            await press(pilot, "8", key)
            assert status(app) == f"{name} A-1 of Mexico? Enter"
            await press(pilot, "down")
            assert commits(app) == known and "Enter" not in status(app)
            assert app.screen.outline.chosen.unit.label == "9"  # type: ignore[attr-defined]
            await press(pilot, "enter")
            await pilot.pause(0.05)
            assert commits(app) == known
            await press(pilot, "escape")
        await press(pilot, "8", "plus")
        await act(pilot, app, "enter")
        assert states(app) == ["accepted", "tabled", "tabled"]
        assert status(app).endswith("Chosen now: A-2 of Algeria.")
        await act(pilot, app, "minus")  # the only one that is left, and it has just been told
        assert states(app) == ["accepted", "rejected", "tabled"]


async def test_the_keys_are_with_the_amendment_that_was_recorded(tmp_path: Path) -> None:
    """So that + accepts it at once; back at the units it is the only one and just told, so that it is not asked."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        for keys in (("plus",), ("escape", "plus")):
            field = await amend(pilot, app, "8", "Mexico")
            field.text += " Always."
            await save(pilot, app)
            assert app.focused is app.screen.amendments  # type: ignore[attr-defined]
            await act(pilot, app, *keys)
            assert app.screen.situation.amendment.state.value == "accepted"  # type: ignore[attr-defined]


async def test_a_position_from_the_units_is_on_the_chosen_amendment(tmp_path: Path) -> None:
    """As the sponsors are; from the words it is on the unit."""
    proposed(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        for keys, asked in (((), "Who supports A-1?"), (("tab",), "Who supports recommendation 8?")):
            await press(pilot, "8", *keys, "greater_than_sign")
            await until(pilot, lambda: app.screen.query("#picker-question"))
            assert str(app.screen.query_one("#picker-question").render()) == asked
            await press(pilot, "escape")


async def test_a_reading_is_opened_on_enter_and_closed_where_it_stopped(tmp_path: Path) -> None:
    """One key alone opens nothing; the point reached stands in the field while units are left."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "o")
        assert status(app) == "Open the first reading? Enter opens it, any other key does not"
        await press(pilot, "8")
        assert not app.screen.situation.state.readings  # type: ignore[attr-defined]
        await press(pilot, "o")
        await act(pilot, app, "enter")
        await act(pilot, app, "full_stop")
        await press(pilot, "o")
        await until(pilot, lambda: app.screen.query("#prompt-how"))
        assert app.screen.query_one("#prompt-how", Input).value == "8"
        await act(pilot, app, "enter")
    reading = Desk.open(tmp_path / "m").state.readings[0]
    assert (reading.state.value, reading.reached) == ("not completed", "8")


async def test_an_undo_past_an_issued_version_says_what_it_would_undo(tmp_path: Path) -> None:
    """u twice; any key in between leaves it."""
    desk = proposed(tmp_path / "m")
    desk.do({"act": "open_reading"})
    desk.do({"act": "close_reading", "reached": "7"})
    desk.do({"act": "issue", "symbol": SYMBOL, "status": "non-paper"})
    async with console(tmp_path / "m") as (app, pilot):
        known = commits(app)
        for keys in (("u",), ("down", "u")):
            await press(pilot, *keys)
            assert status(app) == (
                f"{SYMBOL} is issued and cannot be undone; u again undoes the act before it: "
                "The first reading is not completed; it reached 7."
            )
            assert commits(app) == known
        await act(pilot, app, "u")
        assert status(app).startswith("Recorded") or "Undone" in status(app)
    assert Desk.open(tmp_path / "m").state.reading is not None


def test_a_question_that_is_no_longer_to_be_read_is_not_answered() -> None:
    """Somebody else's act has been told in the meantime, or Enter was pressed before the question was there."""
    line, done = [""], []
    twice = Twice(lambda words, _: line.__setitem__(0, words), lambda: line[0])
    twice.pressed()
    twice.ask("Accept A-1? Enter", lambda: done.append(1))
    line[0] = "Others have recorded something."
    twice.pressed()
    assert not twice.answered("enter") and not done and line[0].startswith("Others")
    twice.ask("Accept A-1? Enter", lambda: done.append(1))
    twice.pressed()
    assert not twice.answered("tab") and not line[0]
    twice.ask("Accept A-1? Enter", lambda: done.append(1))
    twice.pressed()
    assert twice.answered("enter") and done == [1]
    twice.pressed()
    assert not twice.answered("enter") and done == [1]
