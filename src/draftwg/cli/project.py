"""The projection: what the room sees, on a terminal, in a file, or for a browser."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import localtime, sleep, strftime
from typing import TYPE_CHECKING

from draftwg.cli.output import note, say
from draftwg.cli.parser import Parser, add_command, place
from draftwg.errors import BadInput, Damaged, NotRecorded

if TYPE_CHECKING:
    from draftwg.desk.watching import Watch
    from draftwg.formats.scene import Scene


def add(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add project."""
    about = "Show the room what the officer lets it see; q leaves."
    project = add_command(commands, "project", about, do_project)
    project.add_argument("meeting", metavar="MEETING", nargs="?", help="the meeting (default: as with --folder)")
    project.add_argument("--look", choices=("dark", "light"), default="dark", help="for the terminal; t changes it")
    where = project.add_mutually_exclusive_group()
    where.add_argument("--serve", metavar="HOST:PORT", help="for a browser, such as 127.0.0.1:8000")
    where.add_argument("--html", metavar="FILE", help="as a page that is written anew, and asks for itself again")
    project.add_argument("--once", action="store_true", help="with --html: write it once, as it is now")
    project.add_argument(
        "--bidi",
        choices=("terminal", "isolate", "reverse"),
        default="terminal",
        help="who puts Arabic in order: the terminal (default), the same with isolates, or draftwg",
    )


def do_project(options: argparse.Namespace) -> int:
    """Show the projection until it is left."""
    start = Path(options.meeting) if options.meeting else place(options)
    if options.once and not options.html:
        raise BadInput("--once is for --html.", "Write: draftwg project --html FILE --once.")
    if not options.serve and not options.html:
        from draftwg.tui.projection import run

        return run(start, mode=options.bidi, look=options.look)
    from draftwg.desk.watching import Watch

    watch = Watch(start)
    try:
        with _ended_politely():
            if options.serve:
                from draftwg.cli.serving import serve

                serve(watch, options.serve, _say_at_once)
            elif options.once:
                _write_once(watch, Path(options.html))
            else:
                _write_on(watch, Path(options.html))
    except KeyboardInterrupt:
        pass
    finally:
        watch.close()
    return 0


def _write_once(watch: Watch, file: Path) -> None:
    """Write the page as it is now."""
    from draftwg.desk.outputs import write_output
    from draftwg.formats.scene_html import scene_page

    if watch.look() is None and watch.trouble:
        raise Damaged(watch.trouble)
    write_output(file, scene_page(watch.last, _clock()))
    note(f"What the room sees is in {file}.")


def _write_on(watch: Watch, file: Path) -> None:
    """Write the page whenever what the room sees changes, and every minute for the sake of its clock."""
    from draftwg.desk.outputs import write_output
    from draftwg.desk.watching import follow
    from draftwg.formats.scene_html import scene_page

    written: tuple[Scene, str] | None = None
    trouble = ""

    def write() -> bool:
        nonlocal written, trouble
        now = (watch.last, _clock())
        if now == written:
            return True
        try:
            write_output(file, scene_page(*now, every=1))
            written, trouble = now, ""
        except NotRecorded as error:  # the page that is there stays; perhaps this one can be written later
            if str(error) != trouble:
                note(str(error))
            trouble = str(error)
            sleep(0.5)
        return True

    write_output(file, scene_page(watch.last, _clock(), every=1))  # says at once where it cannot be
    _say_at_once(f"What the room sees is in {file}, for a browser (Ctrl+C ends it).")
    follow(watch, lambda _scene, _trouble: None, write)


@contextmanager
def _ended_politely() -> Iterator[None]:
    """A closed terminal and a request to end are as Ctrl+C."""

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    before = [(number, signal.signal(number, end)) for number in (signal.SIGTERM, signal.SIGHUP)]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def _say_at_once(words: str) -> None:
    say(words)
    sys.stdout.flush()


def _clock() -> str:
    return strftime("%H:%M", localtime())
