"""The projection: what the room sees, on a terminal, in a file, or for a browser."""

import argparse
from pathlib import Path

from draftwg.cli.parser import Parser, add_command, place


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add project."""
    about = "Show the room what the officer lets it see; q leaves."
    project = add_command(commands, "project", about, do_project)
    project.add_argument("meeting", metavar="MEETING", nargs="?", help="the meeting (default: as with --folder)")
    project.add_argument("--look", choices=("dark", "light"), default="dark", help="for the terminal; t changes it")
    project.add_argument(
        "--bidi",
        choices=("terminal", "isolate", "reverse"),
        default="terminal",
        help="who puts Arabic in order: the terminal (default), the same with isolates, or draftwg",
    )


def do_project(options: argparse.Namespace) -> int:
    """Show the projection until it is left."""
    start = Path(options.meeting) if options.meeting else place(options)
    from draftwg.tui.projection import run

    return run(start, mode=options.bidi, look=options.look)
