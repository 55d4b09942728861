"""The command line: thin, one module per group of commands; everything is asked of and done by the desk.

stdout carries what was asked for, stderr what a person should know; the exit status is 0, or 2 where something could
not be done.
"""

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run draftwg with these arguments (by default those of the process); gives the exit status."""
    from draftwg.cli.parser import run

    return run(arguments)
