"""The projection on a terminal: what the room reads, at any size, whatever happens."""

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from draftwg.desk import Desk
from draftwg.desk.room import Drafting, Presence, RoomFile, Showing
from draftwg.desk.watching import Watch
from draftwg.tui.projection.app import Projection
from draftwg.tui.projection.look import COLOURS, PAIRS
from tui.driving import UNITS, lines, meeting, seen, until
from tui.test_hostile import ESCAPES, HOSTILE, RAW, hostile_meeting


@asynccontextmanager
async def projection(
    folder: Path, size: tuple[int, int] = (80, 24), mode: str = "terminal"
) -> AsyncIterator[tuple[Projection, Pilot[None]]]:
    """The projection of this meeting, with its record read."""
    app = Projection(Watch(folder), mode=mode)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "Reading the record" not in seen(app))  # type: ignore[arg-type]
        yield app, pilot


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A meeting with two amendments on unit 8."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "open_reading"})
    desk.do({"act": "propose", "unit": "8", "by": "Mexico", "replace": "should", "with": "shall"})
    desk.do({"act": "propose", "unit": "8", "by": "Algeria", "delete": "on request"})
    return desk


def shows(desk: Desk, label: str = "8", **how: object) -> Showing:
    """The console shows the room this unit."""
    return replace(Showing("recommendations", desk.state.find_unit(label)[1].id), **how)  # type: ignore[arg-type]


def publish(desk: Desk, showing: Showing) -> None:
    RoomFile(desk.record.gitdir).publish(showing.as_json())


def text(app: Projection) -> str:
    """The screen in one line, as it reads."""
    return " ".join(seen(app).split())  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (200, 60)])
async def test_one_unit_with_its_standing_its_brackets_and_what_is_pending(desk: Desk, size: tuple[int, int]) -> None:
    """At the sizes of a small, a tiny and a large screen."""
    publish(desk, shows(desk))
    async with projection(desk.record.folder, size) as (app, pilot):
        await until(pilot, lambda: "Recommendation 8" in text(app))
        assert "[should - original / shall - Mexico]" in text(app)
        assert "1. A-2 Algeria" in text(app) and "2. A-1 Mexico" in text(app), "in the order of taking"
        assert "2 pending" in lines(app)[0] and time.strftime("%H:%M") in lines(app)[0]  # type: ignore[arg-type]
        if size[1] >= 24:
            assert "bracketed · first reading" in text(app)


async def test_words_being_typed_freezing_and_rulings_are_announced(desk: Desk) -> None:
    """What is going on stands above the words."""
    words = UNITS["8"].replace("as long as possible", "ever")
    typed = Drafting(shows(desk).unit, "Algeria · amendment on recommendation 8", "A", UNITS["8"], words, 20)
    publish(desk, shows(desk, drafting=typed))
    async with projection(desk.record.folder) as (app, pilot):
        await until(pilot, lambda: "Algeria · amendment on recommendation 8 · being drafted" in text(app))
        assert "{-as long as possible-}{+ever+}" in text(app)
        publish(desk, shows(desk, frozen="2031-05-06T10:00:00+02:00", commit=desk.commit))
        await until(pilot, lambda: "drafting …" in text(app))
        desk.do({"act": "accept", "amendment": "A-1"})
        await pilot.pause(0.2)
        assert "[should" in text(app) and "accepted" not in text(app)
        publish(desk, shows(desk))
        await until(pilot, lambda: "shall keep" in text(app) and "drafting" not in text(app))
        desk.do({"act": "reject", "amendment": "A-2"})
        await until(pilot, lambda: "A-2 rejected" in text(app))


async def test_a_long_text_scrolls_to_the_change_and_says_how_much_there_is(desk: Desk) -> None:
    """And by half screens as the officer wants."""
    long = "\n".join(f"({place}) States parties should keep record number {place}." for place in range(60))
    desk.do({"act": "edit", "unit": "9", "text": long})
    desk.do({"act": "propose", "unit": "9", "by": "Mexico", "replace": "record number 40", "with": "nothing"})
    publish(desk, shows(desk, "9"))
    async with projection(desk.record.folder) as (app, pilot):
        await until(pilot, lambda: "nothing - Mexico" in text(app))
        foot = lines(app)[-1]  # type: ignore[arg-type]
        assert re.search(r"\d+/\d+ ▲▼", foot), foot
        await until(pilot, lambda: app._reach[0] < 0 < app._reach[1])
        publish(desk, shows(desk, "9", scroll=-50))
        await until(pilot, lambda: "(0) States" in text(app) and "1/" in lines(app)[-1])  # type: ignore[arg-type]
        publish(desk, shows(desk, "9", scroll=50))
        await until(pilot, lambda: "(59) States" in text(app))
        assert "▼" not in lines(app)[-1]  # type: ignore[arg-type]
        publish(desk, shows(desk, "9"))
        await pilot.resize_terminal(40, 12)
        await until(pilot, lambda: "nothing - Mexico" in text(app))


async def test_resizing_keeps_everything_in_sight(desk: Desk) -> None:
    """From large to tiny and back."""
    publish(desk, shows(desk))
    async with projection(desk.record.folder, (200, 60)) as (app, pilot):
        for size in ((40, 12), (80, 24), (20, 5), (1, 1), (120, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause(0.05)
        await until(pilot, lambda: "[should - original / shall - Mexico]" in text(app) and "A-2" in text(app))


async def test_the_last_good_picture_stays_when_the_folder_goes(desk: Desk, tmp_path: Path) -> None:
    """A small line says so; when the folder is back, so is the present."""
    publish(desk, shows(desk))
    folder = desk.record.folder
    async with projection(folder) as (app, pilot):
        await until(pilot, lambda: "[should" in text(app))
        folder.rename(tmp_path / "elsewhere")
        await until(pilot, lambda: "gone" in lines(app)[-1])  # type: ignore[arg-type]
        assert "[should" in text(app) and not folder.exists()
        (tmp_path / "elsewhere").rename(folder)
        await until(pilot, lambda: "gone" not in lines(app)[-1])  # type: ignore[arg-type]
        desk.do({"act": "accept", "amendment": "A-1"})
        await until(pilot, lambda: "shall keep" in text(app))


@pytest.mark.parametrize("damage", [b"", b"{", b'{"unit": 3, "drafting": {"unit": null}, "scroll": 1e400}'])
async def test_a_damaged_telling_changes_nothing_or_little(desk: Desk, damage: bytes) -> None:
    """Never a blank screen, never a traceback."""
    publish(desk, shows(desk))
    async with projection(desk.record.folder) as (app, pilot):
        await until(pilot, lambda: "[should" in text(app))
        (desk.record.gitdir / "draftwg" / "room" / "showing.json").write_bytes(damage)
        await pilot.pause(0.15)
        assert "ecommendation" in text(app) and app.is_running
        publish(desk, shows(desk, "9"))
        await until(pilot, lambda: "Recommendation 9" in text(app))


async def test_before_anything_is_shown_stands_the_title(desk: Desk) -> None:
    async with projection(desk.record.folder) as (app, _):
        assert "Draft recommendations" in text(app) and "Working Group on Ice Records" in text(app)
        assert "Port Maren · 2031-05-06 to 2031-05-08" in text(app)


@pytest.mark.parametrize("words", [*HOSTILE, ESCAPES, "<script>alert(1)</script> & \u202e"])
@pytest.mark.parametrize("mode", ["terminal", "reverse"])
async def test_hostile_words_are_words(tmp_path: Path, words: str, mode: str) -> None:
    """In the text, in names, in what is being typed, in every view."""
    desk = hostile_meeting(tmp_path / "m", words)
    unit = desk.state.find_unit("1")[1]
    clean = " ".join(unit.text.removeprefix("States should ").removesuffix(" adopt.").split())
    async with projection(desk.record.folder, (160, 40), mode) as (app, pilot):
        for view in ("bracketed", "redline", "clean"):
            publish(desk, Showing("recommendations", unit.id, view=view))
            await until(pilot, lambda view=view: view in lines(app)[1] and "Recommendation 1" in text(app))  # type: ignore[arg-type]
            assert clean in text(app)
            assert not RAW.search(seen(app).replace("\n", ""))  # type: ignore[arg-type]
        typed = Drafting(unit.id, f"Land {words}", f"A {words}", unit.text, f"{unit.text} {words}", 5)
        publish(desk, Showing("recommendations", unit.id, drafting=typed))
        await until(pilot, lambda: "being drafted" in text(app))
        assert not RAW.search(seen(app).replace("\n", ""))  # type: ignore[arg-type]
        assert app._trouble == ""


async def test_it_tells_the_console_that_it_is_there_and_leaves_no_trace(desk: Desk) -> None:
    publish(desk, shows(desk))
    presence = Presence(desk.record.gitdir)
    async with projection(desk.record.folder) as (app, pilot):
        await until(pilot, lambda: any(told["name"] == "Recommendation 8" for told in presence.all()))
        await pilot.press("q")
        await until(pilot, lambda: not app.is_running)
    assert presence.all() == []


@pytest.mark.parametrize("look", COLOURS)
@pytest.mark.parametrize("pair", PAIRS)
def test_every_colour_of_words_stands_out_at_seven_to_one(look: str, pair: tuple[str, str]) -> None:
    """WCAG 2.2, 1.4.6."""

    def luminance(colour: str) -> float:
        parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    one, two = sorted((luminance(COLOURS[look][name]) for name in pair), reverse=True)
    assert (one + 0.05) / (two + 0.05) >= 7, pair


# --- with real programs ---------------------------------------------------------------------------------------------


class Terminal:
    """A program on a terminal of its own."""

    def __init__(self, *arguments: str, size: tuple[int, int] = (24, 80)) -> None:
        self.written = b""
        self.beside: list[Terminal] = []
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", PYTHONPATH=os.pathsep.join(sys.path))
            os.execv(sys.executable, [sys.executable, "-m", "draftwg", *arguments])
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))

    def read(self) -> bytes:
        """Everything written so far."""
        while select.select([self.handle], [], [], 0)[0]:
            try:
                more = os.read(self.handle, 65536)
            except OSError:
                break
            if not more:
                break
            self.written += more
        return self.written

    def until(self, words: str, seconds: float = 15) -> None:
        """Wait until these words have been written since the last time that anything was waited for."""
        end = time.monotonic() + seconds
        while words.encode() not in self.read():
            for other in self.beside:  # a program that nobody reads stops writing
                other.read()
            assert time.monotonic() < end, f"no “{words}” in {self.written[-2000:]!r}"
            time.sleep(0.01)
        self.written = b""

    def press(self, keys: str) -> None:
        os.write(self.handle, keys.encode())

    def ended(self, seconds: float = 10) -> int | None:
        """Its exit status, as `waitpid` gives it; None where it goes on."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with_status = os.waitpid(self.pid, os.WNOHANG)
            if with_status[0]:
                self.pid = 0
                return with_status[1]
            self.read()
            time.sleep(0.02)
        return None


@contextmanager
def terminal(*arguments: str) -> Iterator[Terminal]:
    """A program on a terminal, which is killed at the end."""
    program = Terminal(*arguments)
    try:
        yield program
    finally:
        if program.pid:
            os.kill(program.pid, signal.SIGKILL)
            os.waitpid(program.pid, 0)
        os.close(program.handle)


def test_the_room_sees_on_although_the_console_is_killed_and_begun_anew(desk: Desk) -> None:
    """Two programs: the console dies in the middle of a word."""
    folder = str(desk.record.folder)
    with terminal("project", folder) as room:
        with terminal("-m", folder) as console:
            room.beside = [console]
            console.until("await their fate")
            console.press("9")
            room.until("Recommendation 9")
            console.press("a")
            console.until("Algeria")
            console.press("Algeria\r")
            console.until("Redline on the present words")
            console.press("Z")
            room.until("being drafted")
            console.press("yx")
            room.until("yx")
            os.kill(console.pid, signal.SIGKILL)
            room.beside = []
        time.sleep(0.2)
        assert b"Traceback" not in room.read() and room.ended(0.1) is None
        with terminal("-m", folder) as console:
            room.beside = [console]
            console.until("await their fate")
            console.press("8")
            room.until("Recommendation 8")
        os.kill(room.pid, signal.SIGHUP)
        assert room.ended() == 0 and b"Traceback" not in room.written


def test_a_projection_of_a_folder_that_it_may_only_read_writes_nothing_there(desk: Desk, tmp_path: Path) -> None:
    """Not one file of the meeting is touched."""
    publish(desk, shows(desk))
    folder = tmp_path / "only-read"
    shutil.copytree(desk.record.folder, folder, copy_function=shutil.copy2)

    def everything() -> dict[str, tuple[int, int]]:
        return {str(file): (file.stat().st_mtime_ns, file.stat().st_size) for file in sorted(folder.rglob("*"))}

    for file in (folder, *folder.rglob("*")):
        file.chmod(0o555 if file.is_dir() else 0o444)
    before = everything()
    try:
        with terminal("project", str(folder)) as room:
            room.until("Recommendation 8")
            time.sleep(0.6)
            room.press("q")
            assert room.ended() == 0
        assert everything() == before
    finally:
        for file in (folder, *folder.rglob("*")):
            file.chmod(0o755)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["project", "nowhere"], "There is no meeting in"),
        (["project", "--bidi", "left"], "invalid choice"),
        (["project"], "The projection needs a terminal."),
    ],
)
def test_what_cannot_be_shown_is_said_in_one_line(desk: Desk, arguments: list[str], said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "draftwg", *arguments],
        cwd=desk.record.folder,
        capture_output=True,
        text=True,
        env={**os.environ, "TERM": "xterm", "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    if "needs a terminal" not in said and "no meeting" in said:
        said = "needs a terminal"  # told first: nothing else matters without one
    assert done.returncode == 2 and said in done.stderr and len(done.stderr.splitlines()) == 1
