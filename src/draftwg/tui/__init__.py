"""The console: a Textual application in which an officer runs a reading while the room watches.

Calls desk, model, redline, hygiene and errors; knows no git and no file format. Importing this package imports no
Textual: the command line asks `run` for the console only when it is wanted.

- `app.py`        the application: themes, the desk's thread, the first screen
- `deskthread.py` the one thread on which the desk works
- `keeping.py`    keeps what is being typed
- `situation.py`  what is in front of the person, and what can be done with it now
- `syncing.py`    keeps in step with other machines
- `precedence.py` the screen's thread before the others of the program
- `pauses.py`     when a key came last, and what waits for a pause
- `turns.py`      one key after the other, however fast they come
- `keyway.py`     who has a say in a key, and what it is bound to
- `twice.py`      a question that the same key answers, or Enter
- `tidying.py`    collects what is no longer needed while nobody types
- `mishaps.py`    a mistake of the program itself is told, and the console goes on
- `hearing.py`    one line as it is heard: who speaks, and what is said
- `issuing.py`    what is asked before a version is issued
- `task.py`       what the editor is to become: a proposal, a revision, a new unit, an editorial change
- `drawing.py`    words, redlines and brackets as content for widgets
- `commands/`     one small class for each thing that can be done
- `screens/`, `widgets/`  what is seen; one stylesheet beside each screen
"""

import gc
import os
import sys
from contextlib import suppress
from pathlib import Path

from draftwg.errors import BadInput


def run(start: Path | None = None, *, strict_roster: bool = False) -> int:
    """Open the console on the meeting in or beside `start` (without it, the current folder); the exit status when it
    is left.

    NotAMeeting or Damaged where there is no meeting that can be read; BadInput where there is no terminal that can show
    the console.
    """
    if os.environ.get("TERM") in ("dumb", "unknown"):
        raise BadInput("This terminal cannot show the console.", "Use the commands instead: draftwg --help lists them.")
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):  # Textual draws on stderr
        raise BadInput("The console needs a terminal.", "Use the commands instead: draftwg --help lists them.")
    start = (start or Path.cwd()).resolve()
    if not _looks_like_a_meeting(start):
        from draftwg.desk import Desk

        Desk.open(start)  # tells what is missing
    os.environ.setdefault("TEXTUAL_FPS", "240")  # what comes of a key in two steps is not held up for a sixtieth
    os.environ.setdefault(
        "ESCDELAY", "50"
    )  # ms in which what follows on Esc makes another key of it; Textual's are 100
    gc.disable()  # until the first frame is out: collecting while modules and widgets are made costs a third of it
    import asyncio

    from draftwg.tui.app import DraftwgApp
    from draftwg.tui.precedence import FirstLoop

    app = DraftwgApp(start, strict_roster=strict_roster)
    with asyncio.Runner(loop_factory=FirstLoop) as runner:
        app.run(loop=runner.get_loop())
    if app.farewell:
        with suppress(OSError):  # the terminal may have been closed
            sys.stderr.write(f"draftwg: {app.farewell}\n")
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0


def _looks_like_a_meeting(start: Path) -> bool:
    """Whether there may be a meeting in or beside `start`: a look at names, for the first frame to come soon."""
    return any((folder / "meeting.json").is_file() for folder in (start, *start.parents)) or any(
        start.glob("*/meeting.json")
    )
