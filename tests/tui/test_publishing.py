"""The website, made from the console."""

from pathlib import Path

import pytest

from tui.driving import console, meeting, press, seen, status, until


async def ask(app, pilot) -> None:
    """Choose it from the menu of everything."""
    await press(pilot, "x")
    await until(pilot, lambda: app.screen.query("#chooser-list"))
    rows = app.screen.query_one("#chooser-list")
    place = next(place for place, option in enumerate(rows.rows) if getattr(option, "value", "") == "publish")
    rows.show(rows.rows, place)
    await press(pilot, "enter")
    await until(pilot, lambda: app.screen.query("#prompt-folder"))


async def test_the_website_is_made_where_one_says_and_again_only_what_changed(tmp_path: Path, monkeypatch) -> None:
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "2", "by": "Mexico", "replace": "remote", "with": "all"})
    desk.close()
    monkeypatch.chdir(tmp_path)
    async with console(tmp_path / "m") as (app, pilot):
        await ask(app, pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: "Name the folder first." in seen(app))
        await press(pilot, *"site", "enter", "enter")
        await until(pilot, lambda: "The website is in site" in status(app))
        assert "Mexico" in (tmp_path / "site" / "index.html").read_text()

        await ask(app, pilot)
        await press(pilot, *"site", "enter", "enter")
        await until(pilot, lambda: "Nothing has changed; site stands" in status(app))

        await ask(app, pilot)
        await press(pilot, *"site", "enter", *"x", "enter")
        await until(pilot, lambda: "Type u, s, both, or nothing." in seen(app))
        await press(pilot, "backspace", *"us", "enter")
        await until(pilot, lambda: "The website is in site" in status(app))
    page = (tmp_path / "site" / "index.html").read_text()
    assert "Mexico" not in page
    assert "all stations" not in page


async def test_a_folder_that_is_not_ours_is_said_and_nothing_is_written(tmp_path: Path, monkeypatch) -> None:
    meeting(tmp_path / "m").close()
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "thesis.txt").write_text("mine")
    monkeypatch.chdir(tmp_path)
    async with console(tmp_path / "m") as (app, pilot):
        for name in ("own", "m/record/site"):
            await ask(app, pilot)
            app.screen.query_one("#prompt-folder").value = name
            await press(pilot, "enter", "enter")
            told = "own is not empty" if name == "own" else "keeps its record"
            await until(pilot, lambda told=told: told in status(app))
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["thesis.txt"]


async def test_keys_and_acts_go_on_while_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    from draftwg.desk import publishing

    going, held = Event(), publishing.publish

    def slow(*given, **how):
        assert going.wait(20)
        return held(*given, **how)

    monkeypatch.setattr(publishing, "publish", slow)
    meeting(tmp_path / "m").close()
    monkeypatch.chdir(tmp_path)
    async with console(tmp_path / "m") as (app, pilot):
        await ask(app, pilot)
        await press(pilot, *"site", "enter", "enter")
        await until(pilot, lambda: "Publishing in site" in status(app))
        await press(pilot, "2")
        await until(pilot, lambda: app.screen.situation.row.unit.label == "2")
        app.screen.do({"act": "propose", "unit": "2", "by": "Mexico", "replace": "remote", "with": "all"})
        await until(pilot, lambda: "A-1" in status(app))
        await press(pilot, "x")
        await until(pilot, lambda: app.screen.query("#chooser-list"))
        await press(pilot, "escape")
        app.screen.action_command("publish")
        await until(pilot, lambda: "still being written: this line says when it is done" in status(app))
        going.set()
        await until(pilot, lambda: "The website is in site" in status(app))
    assert (tmp_path / "site" / "index.html").is_file()
