"""What the commands share: a parser that says in one line what is wrong, and the meeting that a command is about."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from draftwg.cli.output import note

if TYPE_CHECKING:
    from draftwg.desk import Desk

Command = Callable[[argparse.Namespace], int]


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


def add_command(commands: "argparse._SubParsersAction[Parser]", name: str, about: str, run: Command) -> Parser:
    """A command of this name, told in one line, done by `run`."""
    parser = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
    parser.set_defaults(run=run)
    parser.intermixed = True
    return parser


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
