"""The Chair asks before deciding: a panel on the officer's screen that takes no keys of its own."""

from pathlib import Path

import pytest

from tui.driving import act, amend, console, lines, meeting, page, press, save, seen, status, until

WORDS = "for as long as possible"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_three_competing_proposals_what_falls_one_accepted_and_undone(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """The officer records three competing proposals, the Chair asks what falls, accepts one, undoes it."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m", size) as (app, pilot):
        for delegation, words in (("mex", "for ten years"), ("alg", "for five years"), ("eu", "permanently")):
            field = await amend(pilot, app, "8", delegation)
            field.text = field.text.replace(WORDS, words)
            await save(pilot, app)
        await press(pilot, "enter", "home")
        first = app.screen.amendments.chosen.number  # type: ignore[attr-defined]
        assert "! What if" in lines(app)[-1]
        await press(pilot, "exclamation_mark")
        await until(pilot, lambda: "would read" in seen(app))
        assert f"If {first} of" in page(app, "#what-if-head") and "this screen only" in page(app, "#what-if-head")
        told = page(app, "#what-if-page")
        others = {"A-1", "A-2", "A-3"} - {first}
        falling = told.split("Would fall")[1]
        assert all(other in falling for other in others)
        assert "- Reject" in lines(app)[-1] and "Esc Leave" in lines(app)[-1]

        await press(pilot, "down")  # the panel follows
        second = app.screen.amendments.chosen.number  # type: ignore[attr-defined]
        await until(pilot, lambda: f"If {second} of" in page(app, "#what-if-head"))
        await press(pilot, "escape")
        assert not app.screen.query("#what-if-page") and app.screen.amendments.has_focus  # type: ignore[attr-defined]

        await press(pilot, "home", "exclamation_mark")
        await until(pilot, lambda: "would read" in page(app, "#what-if-page"))
        foretold = page(app, "#what-if-page")
        await act(pilot, app, "plus")
        assert "accepted" in status(app)
        unit = app.screen.situation.row.unit.text  # type: ignore[attr-defined]
        assert WORDS not in unit
        inserted = foretold.split("{+")[1].split("+}")[0]
        assert inserted in unit
        await until(pilot, lambda: "cannot be accepted now" in page(app, "#what-if-head"))  # the next one, in its turn
        await press(pilot, "escape")
        await act(pilot, app, "u")
        assert WORDS in app.screen.situation.row.unit.text  # type: ignore[attr-defined]
        assert len(app.screen.situation.state.pending_on(app.screen.situation.row.unit.id)) == 3  # type: ignore[attr-defined]


async def test_the_panel_leaves_clearly(tmp_path: Path) -> None:
    """By Esc, by its key, by another unit, by an edit; each time the unit is back."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "1", "by": "Mexico", "replace": "urge", "with": "invite"})
    desk.do({"act": "propose", "unit": "2", "by": "Mexico", "replace": "should", "with": "shall"})
    async with console(tmp_path / "m") as (app, pilot):
        for leave in (("escape",), ("exclamation_mark",), ("J",), ("2",)):
            await press(pilot, "1", "exclamation_mark")
            await until(pilot, lambda: "would read" in seen(app))
            await press(pilot, *leave)
            assert not app.screen.query("#what-if-page"), leave
            assert (app.screen.query_one("#unit").display and "The Conference" in seen(app)) or leave != ("escape",)
        await press(pilot, "1", "exclamation_mark")
        await until(pilot, lambda: "would read" in seen(app))
        await press(pilot, "e")
        await until(pilot, lambda: app.screen.query("#editor-words"))
        assert not app.screen.query("#what-if-page")
        await press(pilot, "escape")
        assert app.screen.query_one("#unit").display
        await press(pilot, "2", "exclamation_mark")
        await until(pilot, lambda: "It turns “should” into “shall”." in page(app, "#what-if-page"))


async def test_without_an_amendment_it_says_what_to_do(tmp_path: Path) -> None:
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "1", "exclamation_mark")
        assert status(app) == "No amendment on this unit yet: a records one."
        assert not app.screen.query("#what-if-page")


async def test_it_keeps_up_with_what_others_record(tmp_path: Path) -> None:
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "8", "by": "Mexico", "replace": WORDS, "with": "for ten years"})
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "8", "exclamation_mark")
        await until(pilot, lambda: "Nothing would fall" in seen(app))
        desk.do({"act": "propose", "unit": "8", "by": "Algeria", "replace": WORDS, "with": "for ever"})
        await until(pilot, lambda: "A-2 Algeria: it conflicts" in page(app, "#what-if-page"))
        desk.do({"act": "reject", "amendment": "A-1"})
        await until(pilot, lambda: not app.screen.query("#what-if-head") or "A-1" not in page(app, "#what-if-head"))
