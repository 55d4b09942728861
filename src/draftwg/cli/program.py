"""The whole command line: every command in one parser, and running one of them."""

import argparse
import sys
from collections.abc import Sequence
from functools import cache

from draftwg import __version__
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
)
from draftwg.cli.parser import Command, Parser, place

_GROUPS = (meeting, sync, acts, questions, chair, whatif, outputs, publishing, receiving, keys, project, health)
_EPILOG = """\
Without a command, draftwg opens the meeting in or beside this folder.
Everything that the console can do has a command here, with plain output for screen readers.
"""


@cache
def build() -> Parser:
    """The whole parser; made once, since it knows nothing of the commands that it reads."""
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
    for group in _GROUPS:
        group.add(commands)
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
