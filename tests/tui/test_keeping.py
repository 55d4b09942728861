"""Nothing typed is lost: quitting half way, a signal, an error."""

import asyncio
import os
import signal
from pathlib import Path

import pytest
from textual.widgets import TextArea

from draftwg.desk import Desk
from draftwg.errors import NotRecorded
from draftwg.repository.journal import Journal
from tui.driving import UNITS, amend, console, kept, meeting, page, press, save, seen, status, until

DRAFT = UNITS["8"].replace("for as long as possible", "for ten years")


async def test_quitting_half_way_offers_the_words_again(tmp_path: Path) -> None:
    """Quit in the middle of an edit; the next console offers it, and it becomes an act."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "8", "mex")
        field.text = DRAFT
        await pilot.pause()
        await press(pilot, "ctrl+q")
        await until(pilot, lambda: app._exit)
    assert app.farewell == "the unsaved words on recommendation 8 are kept; open the console again to go on."

    async with console(tmp_path / "m") as (app, pilot):
        assert "Unsaved: edit on 8 by Mexico" in seen(app)
        await press(pilot, "R")
        await until(pilot, lambda: app.screen.query("#editor-words"))
        assert app.screen.query_one(TextArea).text == DRAFT
        await save(pilot, app)
        assert "Unsaved" not in seen(app)
    assert Desk.open(tmp_path / "m").state.find_amendment("A-1").proposed == DRAFT

    async with console(tmp_path / "m") as (app, pilot):
        assert "Unsaved" not in seen(app)


async def test_words_are_kept_a_moment_after_the_last_key(tmp_path: Path) -> None:
    """A killed terminal loses nothing typed before the last pause."""
    desk = meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "8", "mex")
        field.text = DRAFT
        await until(pilot, lambda: kept(desk) == [DRAFT], 3)


async def test_words_are_kept_while_the_typing_goes_on(tmp_path: Path) -> None:
    """Without any pause they are on disk after two seconds at the latest."""
    desk = meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "8", "mex")
        for _ in range(22):
            field.insert("x")
            await pilot.pause(0.1)
            if kept(desk):
                break
        assert kept(desk)[0].endswith("x")


async def test_leaving_keeps_and_discarding_gives_up(tmp_path: Path) -> None:
    """Esc keeps what was changed and says so; unchanged words leave nothing behind; X gives up."""
    desk = meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await amend(pilot, app, "8", "mex")
        await press(pilot, "escape")
        assert status(app) == "Nothing was changed."
        assert kept(desk) == []

        field = await amend(pilot, app, "8", "mex")
        field.text = DRAFT
        await press(pilot, "escape")
        assert "Kept unsaved: edit on 8 by Mexico" in status(app)
        await until(pilot, lambda: "Unsaved: edit on 8 by Mexico" in seen(app))

        field = await amend(pilot, app, "8", "mex")
        assert field.text == DRAFT
        await press(pilot, "escape")
        await until(pilot, lambda: "Unsaved:" in seen(app))
        await press(pilot, "X")
        assert status(app) == "X again discards the words of Mexico on 8 for good"
        await press(pilot, "j", "X")
        assert kept(desk) == [DRAFT]
        await press(pilot, "X")
        await until(pilot, lambda: kept(desk) == [])
        assert "Unsaved:" not in seen(app)


async def test_an_error_keeps_the_editor_and_the_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk: the reason is said, the words stay where they are, and a second try works."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "8", "mex")
        field.text = DRAFT
        real = app.desk.do

        async def full(request: dict[str, object]) -> None:
            raise NotRecorded("The disk is full; nothing was recorded.", "Make room, then try again.")

        monkeypatch.setattr(app.desk, "do", full)
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: "The disk is full" in status(app))
        assert app.screen.query_one(TextArea).text == DRAFT
        monkeypatch.setattr(app.desk, "do", real)
        await save(pilot, app)
        assert "A-1 recorded" in status(app)


async def test_saving_nothing_says_so(tmp_path: Path) -> None:
    """The words as they were are no amendment."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await amend(pilot, app, "8", "mex")
        await press(pilot, "ctrl+s")
        assert "Nothing has been changed yet." in status(app)
        assert app.screen.query("#editor-words")


async def test_an_edit_begun_earlier_does_not_take_back_what_was_accepted_meanwhile(tmp_path: Path) -> None:
    """What others changed elsewhere in the unit stays; what they changed in the same words is told."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "8", "by": "Algeria", "replace": "on request", "with": "at any time"})
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "8", "mex")
        field.text = DRAFT
        desk.do({"act": "accept", "amendment": "A-1"})
        await until(pilot, lambda: "Others have recorded" in status(app))
        told = "Recommendation 8 has changed since this edit was begun; saving brings them together or says why not"
        assert str(app.screen.query_one("#editor-redline-head").render()) == told
        assert page(app, "#editor-redline").endswith("{-as long as possible-}{+ten years+} and share them at any time.")
        await save(pilot, app)
        proposed = Desk.open(tmp_path / "m").state.find_amendment("A-2").proposed
        assert proposed == DRAFT.replace("on request", "at any time")

        field = await amend(pilot, app, "8", "alg")
        field.text = field.text.replace("at any time", "every week")
        desk.do({"act": "edit", "unit": "8", "replace": "at any time", "with": "whenever asked"})
        await until(pilot, lambda: "whenever asked" in app.screen._looks.state.find_unit("8")[1].text)
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: "The same words of 8 have been changed" in status(app))
        assert "every week" in app.screen.query_one(TextArea).text


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="signals of Unix")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
async def test_a_signal_keeps_the_words_first(tmp_path: Path, name: str) -> None:
    """The terminal is closed, the machine goes down: the words are on disk before the console ends."""
    desk = meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "8", "mex")
        field.text = DRAFT
        await asyncio.sleep(0.05)
        os.kill(os.getpid(), getattr(signal, name))
        await until(pilot, lambda: app._exit)
        assert kept(desk) == [DRAFT]


async def test_words_that_cannot_be_kept_are_told_and_not_left_behind_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No place on disk: the bar says so, leaving the editor keeps the words at hand, quitting asks."""
    meeting(tmp_path / "m")

    def full(self: Journal, unsaved: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Journal, "keep", full)
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "8", "mex")
        field.text = DRAFT
        await until(pilot, lambda: "Not being kept on disk: No space left on device; save, or copy" in seen(app))
        await press(pilot, "escape")
        await until(pilot, lambda: "Unsaved, and not on disk: edit on 8 by Mexico" in seen(app))
        await press(pilot, "q")
        await until(pilot, lambda: "again gives them up and leaves" in status(app))
        await press(pilot, "R")
        await until(pilot, lambda: app.screen.query("#editor-words"))
        assert app.screen.query_one(TextArea).text == DRAFT
        await press(pilot, "ctrl+q")
        await until(pilot, lambda: "again gives them up and leaves" in status(app))
        assert not app._exit
        await press(pilot, "ctrl+q")
        await until(pilot, lambda: app._exit)
    assert app.farewell == ""


async def test_a_meeting_s_folder_that_goes_is_told_once(tmp_path: Path) -> None:
    """Nobody has recorded anything then; what was read last stays on the screen."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        (tmp_path / "m").rename(tmp_path / "elsewhere")
        await until(pilot, lambda: "The meeting's folder is gone:" in status(app))
        assert "8      States parties" in seen(app)
        await press(pilot, "8")
        await pilot.pause(0.4)
        assert status(app) == "Recommendation 8"
