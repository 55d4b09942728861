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
    """Says what is wrong with the arguments in one line, safe for a terminal, and ends with 2. `intermixed` says that
    options may stand between the arguments: "export txt --clean original".
    """

    intermixed = False

    def parse_known_args(self, args=None, namespace=None):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
        """As argparse does, or by its way for options in any place."""
        if not self.intermixed:
            return super().parse_known_args(args, namespace)
        self.intermixed = False  # it parses twice by this very method
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self.intermixed = True

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


def add_command(commands: "argparse._SubParsersAction[Parser]", name: str, about: str, run: Command) -> Parser:
    """A command of this name, told in one line, done by `run`."""
    parser = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
    parser.set_defaults(run=run)
    parser.intermixed = True
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


def open_desk(options: argparse.Namespace, *, edits_told: bool = True, records: bool = False) -> "Desk":
    """The meeting that the command is about, its files in order; remarks go to stderr, those on edits by hand only if
    `edits_told`. Damaged act files are a remark as well, but for a command that `records`: that one is refused.
    """
    from draftwg.desk import Desk

    desk = Desk.open(place(options), strict_roster=getattr(options, "strict_roster", False))
    remarks = desk.settle()
    amiss = [] if records else desk.amiss()
    for remark in dict.fromkeys([*remarks, *amiss, *(desk.edited_by_hand() if edits_told else ())]):
        note(remark)
    if records:
        desk.check_files()
        desk.record.keep_reserve()
    return desk
