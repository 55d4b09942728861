"""The console and other machines: sharing, keeping in step, settling what is contested."""

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from draftwg.desk import Desk
from draftwg.desk.sync import Remote, clone, sync
from draftwg.repository import transport
from draftwg.tui import syncing
from tui.driving import act, amend, console, lines, meeting, press, seen, status, until

PROPOSAL = {"act": "propose", "unit": "8", "by": "Mexico", "replace": "records", "with": "logs"}


def two(folder: Path) -> tuple[Desk, Desk, Remote]:
    """Two machines in step, with one amendment."""
    shared = Remote("shared", str(folder / "shared.git"))
    desk = meeting(folder / "one")
    desk.do(PROPOSAL)
    from draftwg.desk.sync import share

    share(shared.place)
    sync(desk, shared)
    return desk, clone(shared.place, folder / "two"), shared


async def test_a_meeting_is_shared_for_the_first_time(tmp_path: Path) -> None:
    meeting(tmp_path / "one").close()
    async with console(tmp_path / "one") as (app, pilot):
        await press(pilot, "tilde")
        await until(pilot, lambda: "Share this meeting" in seen(app))
        await press(pilot, *str(tmp_path / "new.git"), "enter", "enter")
        await until(pilot, lambda: "There is no folder" in seen(app))
        await press(pilot, "m", "enter")
        await until(pilot, lambda: "in step with" in status(app))
        await until(pilot, lambda: "synced " in lines(app)[0])

    assert clone(str(tmp_path / "new.git"), tmp_path / "two").state.title == "Working Group on Ice Records"


async def test_what_other_machines_do_comes_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncing, "EVERY", 0.2)
    _, other, shared = two(tmp_path)
    async with console(tmp_path / "one") as (app, pilot):
        await until(pilot, lambda: "synced " in lines(app)[0])
        from draftwg.desk.clock import now
        from draftwg.desk.presence import Presence

        other.do({"act": "accept", "amendment": "A-1"})
        sync(other, shared, clerk="vienna-2", presence=Presence("vienna-2", "15", now()))

        await until(pilot, lambda: "1 act received" in status(app))
        await until(pilot, lambda: "vienna-2 is on 15" in lines(app)[0])
        shutil.rmtree(tmp_path / "shared.git")
        await until(pilot, lambda: "There is no folder" in status(app))
        await act(pilot, app, "o", "enter")
        await until(pilot, lambda: "not synced since" in lines(app)[0] and "(1 act)" in lines(app)[0])


async def test_the_console_waits_for_no_other_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the other side does not answer, units are gone to, acts are recorded and words are typed."""
    two(tmp_path)
    answer, asked, fetch = threading.Event(), threading.Event(), transport.fetch

    def hanging(*arguments: Any, **options: Any) -> Any:
        asked.set()
        answer.wait(20)
        return fetch(*arguments, **options)

    monkeypatch.setattr(transport, "fetch", hanging)
    async with console(tmp_path / "one") as (app, pilot):
        await until(pilot, asked.is_set)
        await press(pilot, "8")
        await until(pilot, lambda: "Recommendation 8" in seen(app))
        await act(pilot, app, "plus", "enter")
        assert "accepted" in seen(app)
        field = await amend(pilot, app, "9", "Alg")
        await press(pilot, *"meanwhile")
        assert "meanwhile" in field.text
        assert not answer.is_set()
        await press(pilot, "escape")
        await until(pilot, lambda: "not synced since" in lines(app)[0])
        answer.set()
        await until(pilot, lambda: "not synced" not in lines(app)[0])
    there = clone(str(tmp_path / "shared.git"), tmp_path / "three").state.find_unit("8")[1].text
    assert "keep the logs" in there


async def test_an_exchange_that_ends_while_the_console_is_left_is_shown_nowhere(tmp_path: Path) -> None:
    two(tmp_path)
    async with console(tmp_path / "one") as (app, pilot):
        await until(pilot, lambda: "synced " in lines(app)[0])
        reading = app.screen
        await reading.query_one("#title").remove()
        await reading.syncing._show()  # type: ignore[attr-defined]
        app.exit()


async def test_the_chair_settles_at_the_console(tmp_path: Path) -> None:
    desk, other, shared = two(tmp_path)
    desk.do({"act": "accept", "amendment": "A-1"})
    other.do({"act": "reject", "amendment": "A-1"})
    sync(other, shared)
    async with console(tmp_path / "one", size=(140, 40)) as (app, pilot):
        await until(pilot, lambda: "Contested: A-1 of Mexico on recommendation 8" in seen(app))
        assert any("! settles it" in line or "settle" in line for line in lines(app))
        await press(pilot, "percent_sign")
        await until(pilot, lambda: "keep what stands" in seen(app))
        await act(pilot, app, "n")
        await until(pilot, lambda: "The Chair settles" in status(app))
        await until(pilot, lambda: "Contested" not in "\n".join(lines(app)[:-4]))
        await press(pilot, "percent_sign")
        await until(pilot, lambda: "Nothing is contested" in status(app))

    assert Desk.open(tmp_path / "one").state.find_amendment("A-1").state == "tabled"
