"""A program in a terminal of its own: keys go in, frames come out, and both have their times."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

WIDTH, HEIGHT = 120, 40
QUIET = 4
"""Slices of a hundredth of a second, one after the other, in which the program must have neither written nor worked to
have answered a key. A frame is due every 17 ms: this is more than two."""
_SLICE = 0.01
_PATIENCE = 0.3  # seconds for the first answer: on a busy machine the program may not even have been woken
_WORKING = 0.003  # seconds of work in a slice that are more than those of a timer

_WHOLE_FRAMES = b"\x1b[?2026$p"  # the question whether the terminal can show whole frames only
_SEQUENCE = re.compile(
    r"\x1b\[([?<>=]?)([\d;]*)[ $]?([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_][^\x1b]*\x1b\\|\x1b[^\[\]P_]"
)


class Answer(NamedTuple):
    """Seconds from a key until the first and until the last bytes of what the program showed of it; 0 where it showed
    nothing."""

    first: float
    last: float


class Terminal:
    """A program (its command line) in a pseudo-terminal of 120 by 40 cells, until `close`."""

    def __init__(self, command: list[str]) -> None:
        self.started = time.perf_counter()
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            os.execv(command[0], command)
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
        self._cells = [[" "] * WIDTH for _ in range(HEIGHT)]
        self._row = self._column = 0
        self._unread = b""
        self._entered = False

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._file)

    def first_frame(self, within: float = 20) -> float:
        """Seconds from the start of the process until the screen has been drawn for the first time."""
        seen = b""
        while time.perf_counter() - self.started < within:
            seen += self._read(1)
            entered = seen.find(b"\x1b[?1049h")
            if entered >= 0 and b"\x1b[?2026l" in seen[entered:]:
                return time.perf_counter() - self.started
        raise TimeoutError(f"no frame within {within} seconds")

    def press(self, keys: str, *, quiet: int = QUIET) -> Answer:
        """Write these keys and read until nothing more comes of them."""
        while self._read(0):
            pass  # what came before is no answer
        start = time.perf_counter()
        first = last = 0.0
        worked = self._worked()
        os.write(self._file, keys.encode())
        slices = 0
        while slices < quiet:
            if self._read(_SLICE):
                last = time.perf_counter() - start
                first = first or last
                slices = 0
                continue
            before, worked = worked, self._worked()
            idle = worked - before < _WORKING and (last or time.perf_counter() - start > _PATIENCE)
            slices = slices + 1 if idle else 0
        return Answer(first, last)

    def press_until(self, keys: str, seen: Callable[[str], object], within: float = 10) -> float:
        """Seconds from writing these keys until the last byte is there by which the screen shows what is wanted."""
        while self._read(0):
            pass
        self._draw()
        start = now = time.perf_counter()
        os.write(self._file, keys.encode())
        while now - start < within:
            came = self._read(0.5)
            now = time.perf_counter()
            if came and seen(self.screen):
                return now - start
        raise TimeoutError(f"it did not come within {within} seconds; the screen shows:\n{self.screen}")

    def until(self, seen: Callable[[str], object], within: float = 20) -> float:
        """Wait until the screen shows what is wanted; seconds since the process was started."""
        limit = time.perf_counter() + within
        while not seen(self.screen):
            left = limit - time.perf_counter()
            if left <= 0:
                raise TimeoutError(f"it did not come within {within} seconds; the screen shows:\n{self.screen}")
            self._read(min(left, 0.5))
        return time.perf_counter() - self.started

    @property
    def screen(self) -> str:
        """What the screen shows now."""
        self._draw()
        return "\n".join("".join(row).rstrip() for row in self._cells)

    @property
    def memory(self) -> int:
        """The most memory the process has had so far (bytes); 0 where the system does not tell."""
        try:
            status = Path(f"/proc/{self.pid}/status").read_text("ascii")
        except OSError:
            return 0
        return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)

    def _worked(self) -> float:
        """Seconds for which the program's main thread has worked, or waited for a processor, so far; 0 where the
        system does not tell."""
        try:
            worked, waited = Path(f"/proc/{self.pid}/schedstat").read_text("ascii").split()[:2]
            return (int(worked) + int(waited)) / 1e9
        except OSError:
            return 0.0

    def _read(self, within: float) -> bytes:
        """What the program writes within this time, at the first go."""
        if not select.select([self._file], [], [], max(0, within))[0]:
            return b""
        data = os.read(self._file, 1 << 20)
        if _WHOLE_FRAMES in data:
            os.write(self._file, b"\x1b[?2026;2$y")
        self._unread += data
        return data

    def _draw(self) -> None:
        """Bring the cells in step with what was written: places and characters are enough."""
        text = self._unread.decode("utf-8", "replace")
        cut = text.rfind("\x1b")
        if cut >= 0 and not _SEQUENCE.match(text, cut):  # the rest of a sequence is still to come
            text, self._unread = text[:cut], text[cut:].encode()
        else:
            self._unread = b""
        place = 0
        for found in _SEQUENCE.finditer(text):
            self._write(text[place : found.start()])
            place = found.end()
            if found[3] == "H" and not found[1]:
                row, _, column = (found[2] or "1;1").partition(";")
                self._row, self._column = int(row or 1) - 1, int(column or 1) - 1
            elif found[3] == "J":
                self._cells = [[" "] * WIDTH for _ in range(HEIGHT)]
        self._write(text[place:])

    def _write(self, text: str) -> None:
        for character in text:
            if character == "\n":
                self._row, self._column = self._row + 1, 0
            elif character == "\r":
                self._column = 0
            elif character >= " ":
                if self._row < HEIGHT and self._column < WIDTH:
                    self._cells[self._row][self._column] = character
                self._column += 1
