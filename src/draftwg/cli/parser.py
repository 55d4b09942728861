"""The parser of the command line, and what its commands share."""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from draftwg import __version__
from draftwg.cli.output import note

if TYPE_CHECKING:
    from draftwg.desk import Desk

Command = Callable[[argparse.Namespace], int]

_EPILOG = """\
Without a command, draftwg opens the meeting in or beside this folder.
Everything that the console can do has a command here, with plain output for screen readers.
"""


class Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line, safe for a terminal, and ends with 2."""

    def error(self, message: str) -> NoReturn:
        """End with status 2 and one line."""
        note(f"{message.rstrip('.')}. See {self.prog} --help.")
        sys.exit(2)


@cache
def build() -> Parser:
    """The whole parser; made once, since it knows nothing of the commands that it reads."""
    from draftwg.cli import (
        acts,
        chair,
        health,
        keys,
        meeting,
        outputs,
        project,
        publishing,
        questions,
        receiving,
        sync,
        whatif,
    )  # fmt: skip

    parser = Parser(
        prog="draftwg",
        description="Draft recommendations in a meeting: amendments, decisions, versions, redlines.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"draftwg {__version__}")
    parser.add_argument(
        "-m", "--folder", dest="where", metavar="FOLDER", help="the meeting (default: the one in or beside this folder)"
    )
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND", parser_class=Parser)
    groups = (meeting, sync, acts, questions, chair, whatif, outputs, publishing, receiving, keys, project, health)
    for group in groups:
        group.add(commands)
    return parser


def add_command(
    commands: "argparse._SubParsersAction[Parser]", name: str, about: str, run: Command
) -> argparse.ArgumentParser:
    """A command of this name, told in one line, done by `run`."""
    parser = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
    parser.set_defaults(run=run)
    return parser


def run(arguments: Sequence[str]) -> int:
    """Parse and do; the exit status."""
    options = build().parse_args(arguments)
    if options.command is None:
        from draftwg.tui import run as open_console

        return open_console(place(options))
    command: Command = options.run
    status = command(options)
    sys.stdout.flush()
    return status


def place(options: argparse.Namespace) -> Path:
    """Where to look for the meeting."""
    return Path(options.where) if options.where else Path.cwd()


def open_desk(options: argparse.Namespace, *, edits_told: bool = True) -> "Desk":
    """The meeting that the command is about, its files in order; remarks go to stderr, those on edits by hand only if
    `edits_told`.
    """
    from draftwg.desk import Desk

    desk = Desk.open(place(options), strict_roster=getattr(options, "strict_roster", False))
    for remark in [*desk.settle(), *(desk.edited_by_hand() if edits_told else ())]:
        note(remark)
    desk.check_files()
    return desk
