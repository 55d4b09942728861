"""Start-up: from the start of the process to the first frame in a terminal, beside an empty Textual app."""

import statistics
import sys
import tempfile
from pathlib import Path

from large import large_meeting
from terminal import Terminal

_EMPTY = "from textual.app import App; App().run()"
_ROUNDS = 9


def report() -> str:
    """The figures as Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        small = large_meeting(Path(folder) / "small", 24, 48).record.folder
        large = large_meeting(Path(folder) / "large", 500, 5_000).record.folder
        commands = {
            "an empty Textual app": [sys.executable, "-c", _EMPTY],
            "draftwg, 24 units and 48 amendments": [sys.executable, "-m", "draftwg", "-m", str(small)],
            "draftwg, 500 units and 5,000 amendments": [sys.executable, "-m", "draftwg", "-m", str(large)],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(_ROUNDS):  # in turn, so that a slow moment of the machine meets all of them
            for name, command in commands.items():
                times[name].append(first_frame(command))
    empty = statistics.median(times["an empty Textual app"])
    lines = [
        "Process start to first frame (120×40):",
        "",
        "| what | best | median | ratio of medians |",
        "|---|---|---|---|",
    ]
    for name, seconds in times.items():
        middle = statistics.median(seconds)
        lines.append(f"| {name} | {1000 * min(seconds):.0f} ms | {1000 * middle:.0f} ms | {middle / empty:.2f} |")
    return "\n".join(lines) + "\n"


def first_frame(command: list[str]) -> float:
    """Seconds from exec until the screen has been drawn for the first time."""
    with Terminal(command) as terminal:
        return terminal.first_frame()


if __name__ == "__main__":
    print(report())
