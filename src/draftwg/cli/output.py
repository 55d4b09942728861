"""What the command line prints: data to stdout, talk to stderr, and nothing of a text that a terminal would obey."""

import io
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from draftwg.errors import DraftwgError
from draftwg.hygiene import one_line, visible

if TYPE_CHECKING:
    from rich.text import Text


def guarded(work: Callable[[], int]) -> int:
    """Do the work; its exit status. Every error becomes one line and status 2."""
    try:
        return work()
    except DraftwgError as error:
        return report(error)
    except BrokenPipeError:
        # The reader (head, less) has seen enough. Nothing more can be written, at exit neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        note("Stopped.")
        return 130
    except OSError as error:
        where = f"{one_line(str(error.filename))}: " if error.filename else ""
        note(f"{where}{error.strerror or error}.")
        return 2


def steady_streams() -> None:
    """No output of ours fails for want of a letter in the terminal's encoding, or because a stream is closed."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123


def say(text: str = "") -> None:
    """Print to stdout."""
    sys.stdout.write(f"{visible(text)}\n")


def note(text: str) -> None:
    """One line for the person, to stderr."""
    sys.stdout.flush()
    sys.stderr.write(f"draftwg: {one_line(text)}\n")


def progress(noun: str, *, every: int = 1) -> Callable[[int, int], None]:
    """What tells on stderr how many of how many `noun` are done, at every so many of them and at the end; where nobody
    watches, it tells nothing."""
    watched = sys.stderr.isatty()

    def tell(done: int, total: int) -> None:
        if watched and (done == total or done % every == 0):
            bar = "█" * (30 * done // total)
            sys.stderr.write(f"\rdraftwg: {bar:<30} {done} of {total} {noun}" + ("\n" if done == total else ""))
            sys.stderr.flush()

    return tell


def report(error: DraftwgError) -> int:
    """Say what went wrong, in one line; gives the exit status."""
    rule = f" (Rule: {error.rule.rstrip('.')}.)" if error.rule else ""
    note(f"{error}{rule}")
    return 2


def data(value: dict[str, Any], *, lines: bool = True) -> None:
    """Print JSON: indented, or on one line of its own."""
    import json

    utf8 = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"
    sys.stdout.write(json.dumps(value, ensure_ascii=not utf8, indent=2 if lines else None) + "\n")


def rich_lines(lines: "list[Text]") -> None:
    """Print styled lines where stdout is a terminal that can show them; wraps at its width."""
    from rich.console import Console

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    for line in lines:
        console.print(line, soft_wrap=not console.is_terminal)


def styled() -> bool:
    """Whether stdout shows underline and strike: a terminal that is not dumb."""
    return sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
