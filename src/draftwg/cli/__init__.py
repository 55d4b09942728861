"""The command line: thin, one module per group of commands; everything is asked of and done by the desk.

stdout carries what was asked for, stderr what a person should know; the exit status is 0, or 2 where something could
not be done.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from draftwg.cli.output import guarded, steady_streams


def main(arguments: Sequence[str] | None = None) -> int:
    """Run draftwg with these arguments (by default those of the process); gives the exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    steady_streams()
    return guarded(lambda: _run(given))


def _run(given: Sequence[str]) -> int:
    if not given or (len(given) == 2 and given[0] in ("-m", "--folder")):  # the console opens at once, unparsed
        from draftwg.tui import run as open_console

        return open_console(Path(given[1]) if given else Path.cwd())
    from draftwg.cli.program import run

    return run(given)
