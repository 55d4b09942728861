"""Start-up: from the start of the process to the first frame in a terminal, beside an empty Textual app."""

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

from meetings import large_meeting

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
    start = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
        os.execv(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    seen, answered = b"", False
    try:
        while time.perf_counter() - start < 20:
            if not select.select([terminal], [], [], 1)[0]:
                continue
            seen += os.read(terminal, 65536)
            if not answered and b"\x1b[?2026$p" in seen:  # yes, this terminal shows whole frames only
                os.write(terminal, b"\x1b[?2026;2$y")
                answered = True
            # A frame ends with the end of synchronised output, once the alternate screen has been entered.
            entered = seen.find(b"\x1b[?1049h")
            if entered >= 0 and b"\x1b[?2026l" in seen[entered:]:
                return time.perf_counter() - start
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)
    raise TimeoutError("no frame within 20 seconds")


if __name__ == "__main__":
    print(report())
