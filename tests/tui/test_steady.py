"""The console goes on: after a sleep, after a spoilt screen, after a mistake of its own."""

from pathlib import Path

import pytest
from rich.console import Console
from textual.pilot import Pilot

from draftwg.desk import Desk
from draftwg.repository.journal import state_folder
from draftwg.tui.app import DraftwgApp
from draftwg.tui.commands import BY_ID
from draftwg.tui.keeping import Keeper
from draftwg.tui.pieces import Pieces
from draftwg.tui.screens import helping
from tui.driving import amend, console, kept, meeting, press, save, status, until


def is_whole(update: object) -> bool:
    """Whether every cell of the screen of 120 by 40 is written."""
    return isinstance(update, Pieces) and sum(piece.cell_length for piece in update.pieces.values()) == 120 * 40


@pytest.mark.painted
async def test_after_a_sleep_and_on_request_everything_is_drawn_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not only what has changed since: the terminal has lost the rest. Also under the help."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        drawn: list[object] = []
        monkeypatch.setattr(app, "_display", lambda screen, update: drawn.append(update))
        app.app_resume_signal.publish(app)
        await pilot.pause()
        assert any(is_whole(one) for one in drawn)
        drawn.clear()
        await press(pilot, "ctrl+l")
        assert any(is_whole(one) for one in drawn)
        await press(pilot, "f1")
        drawn.clear()
        await press(pilot, "ctrl+l")
        assert any(is_whole(one) for one in drawn)


@pytest.mark.painted
async def test_a_picture_of_the_screen_shows_what_is_on_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of what a question lies on."""
    meeting(tmp_path / "m")
    # In the colours of every other test here: a style keeps the sequence that it was written with first.
    monkeypatch.setattr("textual.app.Console", lambda **named: Console(**{**named, "color_system": "standard"}))
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "7")
        for opened in ("", "f1"):
            if opened:
                await press(pilot, opened)
                await pilot.pause()
            picture = app.export_screenshot().replace("&#160;", " ")
            assert "Working Group on Ice Records" in picture and ("First steps" in picture) is bool(opened)


def details(folder: Path) -> str:
    """What was written down of mistakes."""
    return (state_folder(folder / ".git") / "mishaps.log").read_text()


def broken(*_: object, **__: object) -> None:
    """Raise what nobody expects."""
    raise ImportError("No module named [lxml]")


async def typing(pilot: Pilot[None], app: DraftwgApp, folder: Path) -> None:
    """The console takes words, and those being typed are on disk at once."""
    field = await amend(pilot, app, "2", "mex")
    await press(pilot, *"more")
    await until(pilot, lambda: kept(Desk.open(folder)))
    assert field.text.endswith("more")


async def test_a_command_that_fails_leaves_the_console_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, with the details in a file; the words being typed are on disk before it is told."""
    desk = meeting(tmp_path / "m")
    monkeypatch.setattr(BY_ID["freeze"], "_change", broken)
    async with console(tmp_path / "m", mishaps=True) as (app, pilot):
        field = await amend(pilot, app, "2", "mex")
        monkeypatch.setattr(Keeper, "_due", lambda self: None)  # the pause after the last key is long
        await press(pilot, *"more")
        assert not kept(desk)
        monkeypatch.undo()
        monkeypatch.setattr(BY_ID["freeze"], "_change", broken)
        await press(pilot, "f4")
        assert status(app).startswith("Freeze room failed: No module named [lxml]; nothing is lost. Details: ")
        assert kept(desk) == [field.text]
        assert "ImportError" in details(tmp_path / "m") and "in broken" in details(tmp_path / "m")
        await press(pilot, *" and")
        await save(pilot, app)
        assert "A-1 recorded" in status(app)


async def test_what_a_command_sets_going_may_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker of the main screen."""
    meeting(tmp_path / "m")

    async def work() -> None:
        broken()

    monkeypatch.setattr(BY_ID["export"], "_run", lambda screen: screen.run_worker(work()))
    async with console(tmp_path / "m", mishaps=True) as (app, pilot):
        await press(pilot, *BY_ID["export"].present_keys[:1])
        await until(pilot, lambda: "failed" in status(app))
        assert status(app).startswith("Export failed: No module named [lxml]; nothing is lost.")
        await typing(pilot, app, tmp_path / "m")


async def test_a_widget_goes_on_after_a_message_that_it_could_not_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A handler, a timer, a callback: each of them."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m", mishaps=True) as (app, pilot):
        with monkeypatch.context() as patch:
            patch.setattr(type(app.screen), "on_key", broken)
            await press(pilot, "7")
            await until(pilot, lambda: "A part of the console failed" in status(app))
        app.screen.set_timer(0.01, broken)
        app.screen.query_one("#outline").call_next(broken)
        app.call_later(broken)
        await until(pilot, lambda: len(app.mishaps.all) == 4)
        await press(pilot, "down", "8")
        assert app.screen.outline.chosen.unit.label == "8"  # type: ignore[attr-defined]
        await typing(pilot, app, tmp_path / "m")


async def test_a_screen_that_cannot_be_set_up_is_not_left_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting(tmp_path / "m")
    for part in ("compose", "on_mount"):
        async with console(tmp_path / "m", mishaps=True) as (app, pilot):
            with monkeypatch.context() as patch:
                patch.setattr(helping.HelpScreen, part, broken)
                await press(pilot, "f1")
                await until(pilot, lambda: len(app.screen_stack) == 1)
            assert status(app).startswith("Help failed: ")
            await press(pilot, "f1")
            await until(pilot, lambda: len(app.screen_stack) == 2)


async def test_an_act_that_fails_inside_can_be_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The editor stays open with its words."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m", mishaps=True) as (app, pilot):
        await amend(pilot, app, "2", "mex")
        await press(pilot, *"more")
        with monkeypatch.context() as patch:
            patch.setattr(Desk, "do", broken)
            await press(pilot, "ctrl+s")
            await until(pilot, lambda: "failed" in status(app))
        await save(pilot, app)
        assert "A-1 recorded" in status(app)


async def test_mistakes_without_end_end_the_console_with_one_line(tmp_path: Path) -> None:
    """The words being typed are on disk."""
    desk = meeting(tmp_path / "m")
    async with console(tmp_path / "m", mishaps=True) as (app, pilot):
        field = await amend(pilot, app, "2", "mex")
        await press(pilot, *"more")
        words = field.text
        for _ in range(12):
            app.call_later(broken)
        await until(pilot, lambda: app.failure)
    assert app.return_code == 2 and app._exception is None
    assert str(app.failure).startswith(
        "A part of the console failed: No module named [lxml]; nothing is lost. Details: "
    )
    assert kept(desk) == [words]
