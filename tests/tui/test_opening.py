"""Opening the console: what is imported when, and what is said where it cannot be opened."""

import asyncio
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from draftwg.errors import BadInput, NotAMeeting
from draftwg.tui import run
from draftwg.tui.app import DraftwgApp
from draftwg.tui.deskthread import DeskThread
from tui.driving import console, meeting, press, seen, until


def test_importing_the_room_imports_no_textual() -> None:
    """The command line may import it for nothing."""
    code = "import sys, draftwg.tui; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_the_first_frame_needs_no_git_and_no_record() -> None:
    """What is drawn first is drawn before the desk, GitPython or the editor are imported."""
    code = (
        "import sys, draftwg.tui.app;"
        "late = ('git', 'draftwg.desk', 'draftwg.repository', 'draftwg.redline', 'textual.widgets._text_area');"
        "sys.exit(str([name for name in late if name in sys.modules]) * any(name in sys.modules for name in late))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr.strip() == ""


def test_without_a_terminal_the_commands_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A pipe or a dumb terminal gets one line."""
    monkeypatch.setenv("TERM", "xterm")
    with pytest.raises(BadInput, match="needs a terminal"):
        run(tmp_path)
    monkeypatch.setenv("TERM", "dumb")
    with pytest.raises(BadInput, match="cannot show the console"):
        run(tmp_path)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard streams that say that they are a terminal."""
    monkeypatch.setenv("TERM", "xterm")
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True)


def test_where_there_is_no_meeting_the_console_is_not_opened(terminal: None, tmp_path: Path) -> None:
    """One line, before the screen changes."""
    with pytest.raises(NotAMeeting, match="There is no meeting in"):
        run(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_damaged_record_closes_the_console_with_its_reason(tmp_path: Path) -> None:
    """In a real terminal: the screen comes back, the reason is the last line, the status is 2."""
    meeting(tmp_path / "m").close()
    (tmp_path / "m" / ".git" / "refs" / "heads" / "main").write_text("nonsense\n")
    code = (
        "import sys; from pathlib import Path; from draftwg.tui import run; from draftwg.errors import Damaged\n"
        "try: run(Path(sys.argv[1]))\n"
        "except Damaged as error: print('DAMAGED', error.message)"
    )
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm"
        os.execv(sys.executable, [sys.executable, "-c", code, str(tmp_path / "m")])
    shown = b""
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        shown += data
    os.waitpid(pid, 0)
    assert b"DAMAGED" in shown.split(b"\x1b[?1049l")[-1], shown[-400:]


async def test_objects_that_git_has_lost_are_told_when_the_console_opens(tmp_path: Path) -> None:
    """Once a day, and beside everything else: the text is read and shown as ever."""
    desk = meeting(tmp_path / "m")
    commit = next(iter(desk.record.commits())).id
    first = [one.id for one in desk.record.commits()][-1]
    desk.close()
    objects = tmp_path / "m" / ".git" / "objects"
    assert commit != first
    (objects / first[:2] / first[2:]).unlink()
    os.utime(tmp_path / "m" / ".git" / "HEAD", (1, 1))

    async with console(tmp_path / "m") as (app, pilot):
        await until(pilot, lambda: "An object of this meeting is damaged in git" in seen(app))
        assert "draftwg doctor" in seen(app).replace("\n", " ")
        assert "Working Group on Ice Records" in seen(app)


async def test_what_is_typed_before_the_record_is_read_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits for the record; what needs none does not wait."""
    meeting(tmp_path / "m").close()
    reading, going = DeskThread.open, asyncio.Event()

    async def slow(self, progress):  # type: ignore[no-untyped-def]
        await going.wait()
        return await reading(self, progress)

    monkeypatch.setattr(DeskThread, "open", slow)
    app = DraftwgApp(tmp_path / "m")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Reading the record" in seen(app))
        await press(pilot, "question_mark")
        await until(pilot, lambda: app.screen.query("#help-page"))
        await press(pilot, "escape", "8", "a")
        assert len(app.screen_stack) == 1
        going.set()
        await until(pilot, lambda: "Who proposes an amendment on recommendation 8?" in seen(app))
