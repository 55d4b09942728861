"""All measurements; writes docs/benchmarks.md. Ratios are of one run on one machine; absolute times vary with it."""

import platform
import sys
from datetime import date
from pathlib import Path

import console
import engine
import projection
import record
import startup

_PARTS = (
    ("Start-up", startup.report),
    ("The console", console.report),
    ("The projection", projection.report),
    ("The record", record.report),
    ("The redline engine", engine.report),
)
_PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"


def main() -> None:
    """Measure all parts, or those named on the command line, and write the page if all were measured."""
    wanted = sys.argv[1:]
    machine = f"{platform.system()}, {platform.machine()}, Python {platform.python_version()}"
    page = f"# Measurements\n\nMade by `make bench` on {date.today().isoformat()} ({machine}). A shared machine is noisy: read the ratios.\n"
    for title, report in _PARTS:
        if wanted and not any(word.lower() in title.lower() for word in wanted):
            continue
        part = f"\n## {title}\n\n{report()}"
        print(part, flush=True)
        page += part
    if not wanted:
        _PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
