"""The projection: from a key at the console to the room's screen, both programs in one tmux, everything they write recorded."""

import os
import re
import selectors
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from large import large_meeting

_KEYS = 40
_RULINGS = 10


class Pane:
    """A program in a pane of tmux; what it writes is read as it comes."""

    def __init__(self, tmux: list[str], name: str, size: tuple[int, int], command: list[str], folder: Path) -> None:
        self.tmux, self.name, self.written = tmux, name, b""
        width, height = map(str, size)
        quoted = " ".join(map(shlex.quote, command))
        subprocess.run(
            [*tmux, "new-session", "-d", "-s", name, "-x", width, "-y", height, "sleep 0.5; " + quoted], check=True
        )
        pipe = folder / f"{name}.pipe"
        os.mkfifo(pipe)
        subprocess.run([*tmux, "pipe-pane", "-t", name, f"cat > {shlex.quote(str(pipe))}"], check=True)
        self.handle = os.open(pipe, os.O_RDONLY)
        os.set_blocking(self.handle, False)

    def press(self, *keys: str) -> None:
        subprocess.run([*self.tmux, "send-keys", "-t", self.name, *keys], check=True)


class Stage:
    """A console and a projection of one meeting, side by side."""

    def __init__(self, meeting: Path, folder: Path) -> None:
        python = [sys.executable, "-m", "draftwg"]
        self.tmux = ["tmux", "-f", "/dev/null", "-S", str(folder / "tmux")]
        self.console = Pane(self.tmux, "console", (120, 40), [*python, "-m", str(meeting)], folder)
        self.room = Pane(self.tmux, "room", (80, 24), [*python, "project", str(meeting)], folder)
        subprocess.run([*self.tmux, "set-option", "-s", "escape-time", "0"], check=True)
        self._ready = selectors.DefaultSelector()
        for pane in (self.console, self.room):
            self._ready.register(pane.handle, selectors.EVENT_READ, pane)

    def until(self, done: Callable[[], bool], seconds: float = 30) -> float:
        """Read both until it is so; when it was (0 where it did not come)."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            for key, _ in self._ready.select(0.05):
                key.data.written += os.read(key.fd, 1 << 20)
            if done():
                return time.perf_counter()
        return 0.0

    def rest(self, seconds: float = 0.25) -> None:
        """Let both come to rest, and forget what they wrote."""
        self.until(lambda: False, seconds)
        self.console.written = self.room.written = b""

    def measure(self, keys: tuple[str, ...], here: bytes, there: bytes) -> tuple[float, float]:
        """Seconds from the key until the console, and until the room, have written these words."""
        self.rest()
        seen: dict[str, float] = {}
        start = time.perf_counter()
        self.console.press(*keys)

        def done() -> bool:
            for name, pane, words in (("here", self.console, here), ("there", self.room, there)):
                if name not in seen and words in _plain(pane.written):
                    seen[name] = time.perf_counter()
            return len(seen) == 2

        if not self.until(done, 5):
            raise TimeoutError(f"{keys}: {here!r} or {there!r} was not seen")
        return seen["here"] - start, seen["there"] - start

    def close(self) -> None:
        subprocess.run([*self.tmux, "kill-server"], check=False, capture_output=True)


def _plain(written: bytes) -> bytes:
    """The words without the terminal's orders."""
    return re.sub(rb"\x1b(?:\[[0-9;?$]*[A-Za-z]|[()][A-Z0-9]|[=>])", b"", written)


def report() -> str:
    """The figures as Markdown."""
    if not shutil.which("tmux"):
        return "Not measured: tmux is not installed.\n"
    lines = [
        "From a key at the console (`tmux send-keys`, whose own time is in the figures) until its words have been written by the console, and by the",
        "projection beside it in the same tmux. Rulings are seen once they are durable.",
        "",
        "| meeting | what | console p50 / p95 / max | projection p50 / p95 / max | between the two, p50 / p95 / max |",
        "|---|---|---|---|---|",
    ]
    for name, units, amendments in (("24 units, 48 amendments", 24, 48), ("500 units, 5,000 amendments", 500, 5_000)):
        with tempfile.TemporaryDirectory() as folder:
            meeting = large_meeting(Path(folder) / "m", units, amendments).record.folder
            stage = Stage(meeting, Path(folder))
            try:
                lines += [f"| {name} | {what} | {_row(times)} |" for what, times in _run(stage).items()]
            finally:
                stage.close()
    return "\n".join(lines) + "\n"


def _run(stage: Stage) -> dict[str, list[tuple[float, float]]]:
    stage.until(lambda: b"await their fate" in _plain(stage.console.written))
    stage.until(lambda: b"ecommendation" in _plain(stage.room.written))
    stage.rest(3)
    moves = []
    for number in range(_KEYS):
        label = b"Recommendation " + (b"2" if number % 2 == 0 else b"1") + b" "
        moves.append(stage.measure(("J",) if number % 2 == 0 else ("K",), label, label))
    stage.console.press("a")
    stage.until(lambda: b"Who" in stage.console.written or b"Afghanistan" in _plain(stage.console.written), 5)
    stage.console.press("Brazil", "Enter")
    stage.rest(3)
    typed, typing = "", []
    for number in range(_KEYS):
        typed += "qzkx"[number % 4]
        words = typed[-5:].encode()
        typing.append(stage.measure((typed[-1],), words, words))
    stage.console.press("C-s")
    stage.rest(3)
    stage.console.press("Escape")
    stage.console.press("Tab", "Tab")
    rulings = []
    for number in range(_RULINGS):
        accept = number % 2 == 0
        words = b"accepted" if accept else b"is before the room again"
        rulings.append(stage.measure(("+",) if accept else ("u",), b"ecorded", words))
    return {"another unit": moves, "a letter typed": typing, "a ruling and its undoing": rulings}


def _row(times: list[tuple[float, float]]) -> str:
    console, room = [one for one, _ in times], [one for _, one in times]
    return " | ".join(map(_figures, (console, room, [there - here for here, there in times])))


def _figures(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return f"{1000 * statistics.median(ordered):.0f} / {1000 * p95:.0f} / {1000 * ordered[-1]:.0f} ms"


if __name__ == "__main__":
    print(report())
