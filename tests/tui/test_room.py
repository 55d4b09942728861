"""The officer at the console lets the room see; a projection's eyes tell what it saw."""

import asyncio
import os
import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot

from draftwg.desk import Desk
from draftwg.desk.room import Drafting, Presence, RoomFile, Showing
from draftwg.desk.watching import Watch
from draftwg.formats import scene_html
from draftwg.formats.scene import Scene, signed
from draftwg.tui.app import DraftwgApp
from draftwg.tui.projection import drawing
from draftwg.tui.screens import going
from tui.driving import UNITS, act, amend, console, lines, meeting, press, save, seen, status, until


def told(shown: Scene) -> str:
    """The words with their signs."""
    return "\n".join("".join(span.text for span in signed(paragraph)) for paragraph in shown.paragraphs)


class Room:
    """What the room sees of a meeting."""

    def __init__(self, folder: Path) -> None:
        self.watch = Watch(folder)

    @property
    def now(self) -> Scene:
        """The present scene."""
        self.watch.look()
        assert not self.watch.trouble
        return self.watch.last


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A meeting with an amendment on unit 8."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "8", "by": "Mexico", "replace": "should", "with": "shall"})
    desk.close()
    return tmp_path / "m"


async def begun(app: DraftwgApp, pilot: Pilot[None]) -> None:
    """The console tells what the room sees."""
    await until(pilot, lambda: "Room:" in seen(app))


async def test_the_room_sees_what_is_being_said(folder: Path) -> None:
    """As soon as who and what are known; no longer when the line is left."""
    room = Room(folder)
    async with console(folder) as (app, pilot):
        await begun(app, pilot)
        await press(pilot, "9", "i")
        await until(pilot, lambda: app.screen.query("#say-input"))
        app.screen.query_one("#say-input").value = "alg two > three"  # type: ignore[attr-defined]
        await until(pilot, lambda: "{-two-}{+three+}" in told(room.now))
        assert room.now.drafting == "Algeria · amendment on recommendation 9"
        await press(pilot, "escape")
        await until(pilot, lambda: not room.now.drafting)


async def test_the_room_follows_the_cursor_and_the_words_being_typed(folder: Path) -> None:
    """Unit, delegation, words: all of it is seen as it comes, and the act that it becomes."""
    room = Room(folder)
    async with console(folder) as (app, pilot):
        await begun(app, pilot)
        await press(pilot, "8")
        await until(pilot, lambda: room.now.name == "Recommendation 8")
        assert "[should - original / shall - Mexico]" in told(room.now)
        await press(pilot, "escape")
        field = await amend(pilot, app, "9", "Algeria")
        await until(pilot, lambda: room.now.name == "Recommendation 9")
        assert not room.now.drafting, "nothing has been typed yet"
        field.text = UNITS["9"].replace("two", "three")
        await until(pilot, lambda: "{-two-}{+three+}" in told(room.now))
        await until(pilot, lambda: "Room: 9 · sees you type" in seen(app))
        assert room.now.drafting == "Algeria · amendment on recommendation 9"
        await save(pilot, app)
        await until(pilot, lambda: not room.now.drafting)
        assert "[two - original / three - Algeria]" in told(room.now), "the act is seen when the typing no longer is"
        await act(pilot, app, "tab", "tab", "plus")
        await until(pilot, lambda: room.now.ruling == "A-2 accepted")
        assert "three years" in told(room.now)
        await press(pilot, "escape", "8")
        await until(pilot, lambda: room.now.name == "Recommendation 8")
        assert not room.now.ruling


async def test_the_room_waits_until_a_number_is_complete(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half way to 15 it does not see 1; with nothing else to come, with Enter and after a moment it does."""
    room = Room(folder)
    shown: list[str] = []
    publish = RoomFile.publish

    def publishing(file: RoomFile, showing: dict[str, object]) -> None:
        shown.append(str(showing["unit"]))
        publish(file, showing)

    monkeypatch.setattr(RoomFile, "publish", publishing)
    async with console(folder) as (app, pilot):
        await begun(app, pilot)
        await press(pilot, "9")
        await until(pilot, lambda: room.now.name == "Recommendation 9")
        shown.clear()
        monkeypatch.setattr(going, "_COMPLETE", 60.0)
        await press(pilot, "1")
        assert status(app) == "Recommendation 1" and app.screen.outline.chosen.unit.label == "1"  # type: ignore[attr-defined]
        await pilot.pause(0.1)
        await press(pilot, "5")
        await until(pilot, lambda: room.now.name == "Recommendation 15")
        assert not any(id.endswith(".1") for id in shown)
        await press(pilot, "9", "1", "enter")
        await until(pilot, lambda: room.now.name == "Recommendation 1")
        monkeypatch.setattr(going, "_COMPLETE", 0.1)
        await press(pilot, "escape", "9", "1")
        await until(pilot, lambda: room.now.name == "Recommendation 1")


async def test_a_digit_that_fits_nothing_behind_a_label_begins_a_new_one(folder: Path) -> None:
    """9 and at once 15; 9 and 3, which begins nothing, is told as it was typed."""
    async with console(folder) as (app, pilot):
        await begun(app, pilot)
        await press(pilot, "9", "1", "5")
        assert status(app) == "Recommendation 15"
        await press(pilot, "7", "3")
        assert "73" in status(app) and app.screen.outline.chosen.unit.label == "7"  # type: ignore[attr-defined]
        await press(pilot, "8")
        assert status(app) == "Recommendation 8"


async def test_a_frozen_room_sees_the_last_settled_state_also_after_a_restart(folder: Path) -> None:
    """Neither the cursor, nor words being typed, nor acts are seen until the officer releases it."""
    room = Room(folder)
    async with console(folder) as (app, pilot):
        await begun(app, pilot)
        await press(pilot, "8")
        await until(pilot, lambda: room.now.name == "Recommendation 8")
        before = told(room.now)
        await press(pilot, "F")
        await until(pilot, lambda: room.now.frozen)
        clock = room.now.frozen[11:16]
        assert f"Room: 8 · bracketed · frozen {clock}" in seen(app)
        field = await amend(pilot, app, "8", "Algeria")
        field.text = UNITS["8"].replace("on request", "secretly")
        await pilot.pause(0.1)
        assert "secretly" not in (folder / ".git/draftwg/room/showing.json").read_text()
        await save(pilot, app)
        await press(pilot, "9")
        await pilot.pause(0.1)
        for eyes in (room, Room(folder)):  # one that was there, and one that was started now
            assert (eyes.now.name, told(eyes.now)) == ("Recommendation 8", before)
            assert eyes.now.status == "1 pending" and eyes.now.frozen
        await press(pilot, "escape", "8", "F")
        await until(pilot, lambda: "secretly" in told(room.now))
        assert not room.now.frozen and "frozen" not in lines(app)[0]


async def test_frozen_over_an_edit_the_room_sees_the_text_without_it(folder: Path) -> None:
    """F types a letter there: the foot and the message name the key that works."""
    room = Room(folder)
    async with console(folder) as (app, pilot):
        await begun(app, pilot)
        field = await amend(pilot, app, "9", "Algeria")
        assert "F4 Freeze room" in lines(app)[-1]
        await press(pilot, "F")
        assert field.text.endswith("F")
        await until(pilot, lambda: room.now.drafting)
        await press(pilot, "f4")
        assert status(app) == "The room is frozen: it sees the text without your edit. F4 releases it."
        await until(pilot, lambda: room.now.frozen and told(room.now) == UNITS["9"])
        assert "sees you type" not in seen(app) and "Room: 9 · bracketed · frozen" in seen(app)
        await press(pilot, "f4")
        await until(pilot, lambda: "{+years.F+}" in told(room.now))


async def test_a_frozen_room_stays_so_through_the_consoles_end(folder: Path) -> None:
    """A console that comes back takes up what the room saw; it does not give away what is not to be seen."""
    room = Room(folder)
    async with console(folder) as (app, pilot):
        await begun(app, pilot)
        await press(pilot, "8", "F")
        await until(pilot, lambda: room.now.frozen and room.now.name == "Recommendation 8")
        await act(pilot, app, "tab", "tab", "plus")
    async with console(folder) as (app, pilot):
        await until(pilot, lambda: "Room: 8 · bracketed · frozen" in seen(app))
        assert "[should" in told(room.now) and room.now.frozen
        await press(pilot, "9", "F")
        await until(pilot, lambda: room.now.name == "Recommendation 9" and not room.now.frozen)


async def test_nobody_is_said_to_draft_while_the_officer_is_elsewhere(folder: Path) -> None:
    """A frozen room reads “drafting …” only while the officer is at the unit that it sees."""
    room = Room(folder)
    async with console(folder) as (app, pilot):
        await begun(app, pilot)
        await press(pilot, "8", "f4")
        await until(pilot, lambda: room.now.still.startswith("drafting … · the text as at "))
        await press(pilot, "9")
        await until(pilot, lambda: room.now.still.startswith("the text as at "))
        assert room.now.name == "Recommendation 8"
        await press(pilot, "8")
        await until(pilot, lambda: "drafting" in room.now.still)


async def test_the_room_follows_stays_or_is_frozen(folder: Path) -> None:
    """One of the three, as the title says; the foot names the key that lets it follow again, in any terminal."""
    room = Room(folder)
    async with console(folder, (80, 24)) as (app, pilot):
        await begun(app, pilot)
        await press(pilot, "8", "f4", "9")
        assert "frozen" in lines(app)[0] and "F4 Release room" in lines(app)[-1]
        title = app.screen.query_one("#title")
        apart = title.look("bar--right").color  # type: ignore[attr-defined]
        await press(pilot, "f5")
        await until(pilot, lambda: room.now.name == "Recommendation 8" and not room.now.frozen)
        assert "Room: 8 · bracketed · stays" in lines(app)[0] and "F5 Room follows" in lines(app)[-1]
        await press(pilot, "f4", "f4")
        assert "and stays at 8" in status(app) and "· stays" in lines(app)[0]
        await press(pilot, "f5")
        await until(pilot, lambda: room.now.name == "Recommendation 9")
        assert title.look("bar--right").color != apart  # type: ignore[attr-defined]
        Presence(folder / ".git").tell({"name": "Recommendation 9"})
        await until(pilot, lambda: "F4 Freeze room" in lines(app)[-1])


async def test_views_names_and_holding(folder: Path) -> None:
    """F6 turns the view, F7 the names; kept by F5 the room stays while the officer works ahead."""
    room = Room(folder)
    async with console(folder) as (app, pilot):
        await begun(app, pilot)
        await press(pilot, "8", "f7")
        await until(pilot, lambda: "[should / shall]" in told(room.now))
        assert "Room: 8 · bracketed · no names" in seen(app) and "Mexico" not in str(room.now)
        await press(pilot, "f6", "f6")
        await until(pilot, lambda: room.now.view == "clean" and told(room.now) == UNITS["8"])
        await press(pilot, "f6", "f7", "f5")
        await until(pilot, lambda: "Room: 8 · bracketed · stays" in seen(app))
        field = await amend(pilot, app, "9", "Algeria")
        field.text = UNITS["9"].replace("two", "three")
        await pilot.pause(0.1)
        assert room.now.name == "Recommendation 8" and not room.now.drafting
        await press(pilot, "f5", "f7")
        await until(pilot, lambda: room.now.drafting.startswith("A delegation ·"))  # the second of the two keys
        assert room.now.name == "Recommendation 9" and "{-two-}{+three+}" in told(room.now)


async def test_the_menu_reaches_the_room_without_function_keys(folder: Path) -> None:
    """Z, then a letter."""
    room = Room(folder)
    async with console(folder) as (app, pilot):
        await begun(app, pilot)
        await press(pilot, "8", "Z")
        await until(pilot, lambda: "Freeze room" in seen(app))
        await press(pilot, "f")
        await until(pilot, lambda: room.now.frozen)


async def test_the_title_says_whether_anybody_looks(folder: Path) -> None:
    """No projection; one; one in trouble. Also where the terminal is small."""
    async with console(folder, (80, 24)) as (app, pilot):
        await begun(app, pilot)
        assert "no projection" in lines(app)[0]
        presence = Presence(folder / ".git")
        presence.tell({"name": "Recommendation 8"})
        await until(pilot, lambda: "no projection" not in lines(app)[0])
        presence.tell({"name": "Recommendation 8", "trouble": "The folder is gone."})
        await until(pilot, lambda: "trouble: The folder is gone." in lines(app)[0])
        presence.leave()
        await until(pilot, lambda: "no projection" in lines(app)[0])


async def test_of_two_consoles_the_first_leads_until_the_other_takes_the_room(folder: Path) -> None:
    """Moving about takes the room from nobody; a key for the room does."""
    room = Room(folder)
    other = RoomFile(folder / ".git")
    eight = Desk.open(folder).state.find_unit("8")[1].id
    other.publish(Showing("recommendations", eight, view="clean").as_json())
    async with console(folder) as (app, pilot):
        await until(pilot, lambda: "led by another console" in seen(app))
        await press(pilot, "9")
        await pilot.pause(0.1)
        assert room.now.name == "Recommendation 8" and "Room: 8 · clean" in seen(app)
        await press(pilot, "f5")
        await until(pilot, lambda: "Room: 8 · clean · stays" in seen(app))
        await press(pilot, "f5")
        await until(pilot, lambda: room.now.name == "Recommendation 9" and room.now.view == "clean")
        other.publish(Showing("recommendations", eight).as_json())
        await until(pilot, lambda: "led by another console" in seen(app))
        other.close()
        await until(pilot, lambda: "led by another" not in seen(app))
        await press(pilot, "7")
        await until(pilot, lambda: room.now.name == "Recommendation 7")


async def test_words_whose_console_was_killed_are_told_to_be_unfinished(folder: Path) -> None:
    """They stay; nobody is said to be typing them. The console that comes next begins where the room is."""
    room = Room(folder)
    killed = RoomFile(folder / ".git")
    nine = Desk.open(folder).state.find_unit("9")[1].id
    typed = Drafting(nine, "Algeria · amendment", "A delegation · amendment", UNITS["9"], UNITS["9"] + " Or not.")
    killed.publish(Showing("recommendations", nine, drafting=typed).as_json())
    assert room.now.drafting and not room.now.interrupted
    assert drawing.banner(room.now)[0] == "✎ Algeria · amendment · being drafted"
    assert killed._lock is not None
    os.close(killed._lock)  # as the kernel does
    for eyes in (room, Room(folder)):
        for _ in range(300):
            if eyes.now.interrupted:
                break
            await asyncio.sleep(0.02)
        assert "Or not." in told(eyes.now)
        assert drawing.banner(eyes.now)[0] == "✎ Algeria · amendment · was being drafted"
        assert "was being drafted" in str(scene_html.scene_parts(eyes.now))
    async with console(folder) as (app, pilot):
        await begun(app, pilot)
        await until(pilot, lambda: not room.now.drafting)
        assert app.screen.outline.chosen.unit.label == "9"  # type: ignore[attr-defined]
        assert room.now.name == "Recommendation 9" and "Room: 9 · bracketed" in seen(app)


async def test_scrolling_stays_within_what_the_projection_can(folder: Path) -> None:
    """F9 and F8, as far as there is anything to see."""
    room = Room(folder)
    Presence(folder / ".git").tell({"least": 0, "most": 2})
    async with console(folder) as (app, pilot):
        await begun(app, pilot)
        await until(pilot, lambda: "no projection" not in seen(app))
        await press(pilot, "8", "f9", "f9", "f9")
        assert "sees the end already" in status(app)
        await until(pilot, lambda: room.now.scroll == 2)
        await press(pilot, "f8", "f8", "f8")
        assert "sees the beginning already" in status(app)
        await press(pilot, "f9", "9")
        await until(pilot, lambda: room.now.name == "Recommendation 9" and room.now.scroll == 0)


async def test_a_room_that_cannot_be_told_holds_up_nothing(folder: Path) -> None:
    """The console says so, and goes on."""
    (folder / ".git" / "draftwg").mkdir(exist_ok=True)
    (folder / ".git" / "draftwg" / "room").write_text("no folder")
    async with console(folder) as (app, pilot):
        await until(pilot, lambda: "Room: not told" in seen(app))
        await press(pilot, "8")
        await act(pilot, app, "tab", "tab", "plus")
        (folder / ".git" / "draftwg" / "room").unlink()
        await until(pilot, lambda: "Room: 8" in seen(app))
        assert Room(folder).now.name == "Recommendation 8"


async def test_publishing_is_no_part_of_a_keys_way(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the disk is."""
    publish, disk, passed = RoomFile.publish, threading.Event(), []

    def slowly(file: RoomFile, showing: dict[str, object]) -> None:
        passed.append(disk.wait(10))
        publish(file, showing)

    monkeypatch.setattr(RoomFile, "publish", slowly)
    async with console(folder) as (app, pilot):
        await begun(app, pilot)
        for key in "789789789789":
            app.screen.go_to_label(key)  # type: ignore[attr-defined]
            await asyncio.sleep(0)
        assert not passed
        disk.set()
        await until(pilot, lambda: Room(folder).now.name == "Recommendation 9")
