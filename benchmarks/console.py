"""The console on a large meeting, in a real terminal: from a key to the frame that shows what it did, beside an empty
Textual TextArea that is typed into in the same way.
"""

import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from large import large_meeting
from terminal import Answer, Terminal

from draftwg.desk import Desk
from draftwg.desk.clock import now
from draftwg.desk.sync import Remote, clone, share, sync
from draftwg.repository.branch import branch_at, move_branch
from draftwg.repository.stream import person_at

LIMIT = 0.016
_TYPED = "and in this to consider also the needs of those who live by the ice, "
_AREA = """
from textual.app import App
from textual.widgets import TextArea

class Empty(App):
    def compose(self):
        area = TextArea(" ".join(["waters"] * {words}))
        area.cursor_blink = False
        yield area
    def on_mount(self):
        area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)

Empty().run()
"""
_OTHER = """
import sys, time
from pathlib import Path
from draftwg.desk import Desk

desk, number = Desk.open(Path(sys.argv[1])), 0
while True:
    start = time.monotonic()
    number += 1
    desk.do({"act": "propose", "unit": str(number % 200 + 1), "by": "Chile", "text": f"Words of another, {number}."})
    time.sleep(max(0, 0.05 - (time.monotonic() - start)))
"""

_OFTEN = (
    "import sys; from draftwg.tui import syncing; from draftwg.cli import main; syncing.EVERY = 0.1; sys.exit(main())"
)
_LABEL = re.compile(r"Recommendation (\d+)\b")
_PACE = 0.07  # seconds between two keys
_SENDS = 6  # keys after which the other machine has sent something


class Line(NamedTuple):
    """A row of the table; without a limit where the brief has none."""

    name: str
    times: Sequence[float]
    limit: float | None = LIMIT


def report(units: int = 500, amendments: int = 5_000) -> str:
    """The figures as Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        meeting = Path(folder) / "meeting"
        desk = large_meeting(meeting, units, amendments)
        contested = [unit.label for unit in desk.state.text().units if desk.state.pending_on(unit.id)]
        desk.close()
        command = [sys.executable, "-m", "draftwg", "-m", str(meeting)]
        opening = [_opening(command) for _ in range(5)]
        area = [*_area(), *_area()]
        with Terminal(command) as terminal:
            terminal.until(lambda screen: "await their fate" in screen)
            time.sleep(1.5)  # what is read in beforehand
            lines = list(_keys(terminal, units))
            lines += _beside(terminal, meeting, contested[:10])
            memory = terminal.memory
        lines += _in_exchange(meeting)
    first, whole = (statistics.median(times) for times in zip(*opening, strict=True))
    limits = {"median": (whole, 1.5), "memory": (memory / 1e6, 200)}
    verdict = {name: "" if value <= limit else " **missed**" for name, (value, limit) in limits.items()}
    return "\n".join(
        [
            f"A meeting of {units} units and {amendments:,} pending amendments, in a terminal of 120×40: milliseconds from "
            "writing a key to it until the last byte of the last frame that comes of the key, or of the frame that shows the "
            "unit where it says so. Only what is seen is computed. This is a shared machine: read the ratios (of the medians, to the TextArea in the same run).",
            "",
            f"From the start of the process, median of {len(opening)}: the first frame after {1000 * first:.0f} ms, the "
            f"record read and shown after {1000 * whole:,.0f} ms (limit 1,500 ms){verdict['median']}. Most memory after all "
            f"that follows: {memory / 1e6:.0f} MB (limit 200 MB){verdict['memory']}.",
            "",
            "| what | p50 | p95 | max | ratio | limit at p95 |",
            "|---|---|---|---|---|---|",
            *(_row(line, statistics.median(area)) for line in [Line("an empty TextArea of 500 words: typing", area, None), *lines]),
        ]
    ) + "\n"  # fmt: skip


def _opening(command: list[str]) -> tuple[float, float]:
    """Seconds until the first frame, and until the meeting is on the screen."""
    with Terminal(command) as terminal:
        first = terminal.first_frame()
        terminal.until(lambda screen: "[" in screen and "pending" in screen)
        return first, time.perf_counter() - terminal.started


def _area() -> list[float]:
    with Terminal([sys.executable, "-c", _AREA.format(words=500)]) as terminal:
        terminal.first_frame()
        time.sleep(0.5)
        return [terminal.press(key).last for key in _TYPED]


def _keys(terminal: Terminal, units: int) -> Iterator[Line]:
    """What an officer does, one after the other, with nobody else at the meeting."""
    yield Line("to the next unit, and back (j, k)", _last(terminal, "j" * 60 + "k" * 60))
    yield Line("to a unit by its label, each digit", _last(terminal, _labels(terminal, units)))
    yield Line("a page of units (PageDown)", _last(terminal, ["\x1b[5~"] * 12 + ["\x1b[6~"] * 12))
    _go_to(terminal, str(units // 2))
    yield Line("turning the views of 500 words (v)", _last(terminal, "v" * 40))
    terminal.press("\t")
    yield Line("scrolling 500 words (j, k)", _last(terminal, ("j" * 15 + "k" * 15) * 3))
    terminal.press("\t")
    yield Line("choosing amendments (j, k)", _last(terminal, ("j" * 8 + "k" * 8) * 4))
    terminal.press("\x1b[Z")
    terminal.press("\x1b[Z")
    terminal.press_until("/", lambda screen: "Type what to look for" in screen)
    time.sleep(2)  # the record is read for it
    yield Line("filtering the meeting (search), each letter", _last(terminal, ("waters" + "\x7f" * 6) * 6))
    _leave(terminal)
    terminal.press("a", quiet=20)
    yield Line("filtering the delegations, each letter", _last(terminal, ("niger" + "\x7f" * 5) * 6))
    terminal.press("\x1b", quiet=20)
    asked = []
    for _ in range(20):
        asked.append(terminal.press("a").last)
        terminal.press("\x1b", quiet=10)
    yield Line("the list of delegations opens (a)", asked, None)
    terminal.press("a", quiet=20)
    terminal.press("chile\r", quiet=20)
    terminal.press("\x1b[1;5F", quiet=20)
    typed = [terminal.press(key) for key in _TYPED * 2]
    _shown(terminal, _TYPED.split()[-1])
    yield Line("typing in 500 words: the letter", [answer.first for answer in typed])
    yield Line("typing in 500 words: the redline", [answer.last for answer in typed])
    _leave(terminal)


def _beside(terminal: Terminal, meeting: Path, contested: Sequence[str]) -> Iterator[Line]:
    """The same while there is something else to do."""
    terminal.press("X", quiet=20)
    terminal.press("X", quiet=20)
    accepted = []
    for label in contested:
        _go_to(terminal, label)
        terminal.press_until("+", lambda screen: "? Enter" in screen)  # the list of amendments was not gone into
        accepted.append(terminal.press_until("\r", lambda screen: "ecorded" in screen))
        terminal.press("u", quiet=40)
    yield Line("accepting, until the text shows it (durable)", accepted, None)
    terminal.press("/")
    _leave(terminal)
    yield Line("to the next unit until it is shown, a question being answered", _moves(terminal, 40), None)
    time.sleep(2)
    yield Line("the same, no question", _moves(terminal, 40), None)
    with _others(meeting):
        yield Line("the same, others recording", _moves(terminal, 60), None)
        terminal.press("e", quiet=3)
        terminal.press("\x1b[1;5F", quiet=3)
        yield Line("typing, others recording: the letter", [terminal.press(key, quiet=2).first for key in _TYPED], None)


def _in_exchange(meeting: Path) -> Iterator[Line]:
    """While the console exchanges all the time with a machine that sends ten acts twice a second.

    That machine has a processor of its own in truth: it has done its work beforehand, and only the branch of what both
    share moves on, between two keys.
    """
    shared = meeting.with_name("shared.git")
    share(str(shared))
    remote = Remote("shared", str(shared))
    desk = Desk.open(meeting)
    sync(desk, remote)
    known = len(desk.state.amendments)
    desk.close()
    elsewhere = clone(str(shared), meeting.with_name("elsewhere"))
    before = elsewhere.commit
    acts = [{"act": "propose", "unit": str(number % 200 + 1), "by": "Peru", "text": f"Words of elsewhere, {number}."}
            for number in range(500)]  # fmt: skip
    commits = [receipt.commit for receipt in elsewhere.do_all(acts)]
    sync(elsewhere, remote)
    elsewhere.close()
    _send(shared, before)
    on = iter(commits[9::10])
    command = [sys.executable, "-c", _OFTEN, "-m", str(meeting)]
    with Terminal(command) as terminal:
        terminal.until(lambda screen: "synced " in screen)
        time.sleep(2)
        terminal.press("j")
        yield Line(
            "to the next unit until it is shown, a sync running",
            _moves(terminal, 150, lambda count: None if count % _SENDS else _send(shared, next(on))),
        )
        terminal.press("e", quiet=3)
        terminal.press("\x1b[1;5F", quiet=3)
        letters = []
        for count, key in enumerate(_TYPED):
            if count % _SENDS == 0:
                _send(shared, next(on))
            letters.append(terminal.press(key, quiet=2).first)
            time.sleep(_PACE)
        yield Line("typing, a sync running: the letter", letters)
    came = len(Desk.open(meeting).state.amendments) - known
    assert came > len(_TYPED + "j" * 150) / _SENDS * 5, f"{came} acts came in"


def _send(shared: Path, commit: str) -> None:
    """Let the branch that machines share be at this commit."""
    move_branch(shared, commit, branch_at(shared), person_at("Peru", now()), durable=False)


@contextmanager
def _others(meeting: Path) -> Iterator[None]:
    """Another program that records, twenty acts a second."""
    process = subprocess.Popen([sys.executable, "-c", _OTHER, str(meeting)])
    try:
        time.sleep(2)
        yield
    finally:
        process.kill()
        process.wait()


def _last(terminal: Terminal, keys: Sequence[str] | Iterator[str], quiet: int = 4) -> list[float]:
    """The times until the last frame for each of these keys that showed anything."""
    answers: list[Answer] = [terminal.press(key, quiet=quiet) for key in keys]
    shown = [answer.last for answer in answers if answer.last]
    if len(shown) < len(answers) * 0.8:
        raise AssertionError(f"{len(answers) - len(shown)} keys of {len(answers)} showed nothing:\n{terminal.screen}")
    return shown


def _moves(terminal: Terminal, count: int, before: Callable[[int], object] = bool) -> list[float]:
    """The times from a key until the next unit is shown, with what is to be done before each key. Where others are at
    work there are frames of theirs, from which the last one of the key cannot be told.
    """
    shown = _LABEL.search(terminal.screen)
    assert shown
    times = []
    for number in range(count):
        before(number)
        label = str(int(shown[1]) + 1 + number)
        times.append(terminal.press_until("j", partial(_is_shown, label)))
        time.sleep(_PACE)
    return times


def _is_shown(label: str, screen: str) -> bool:
    return label in _LABEL.findall(screen)


def _labels(terminal: Terminal, units: int) -> Iterator[str]:
    """The digits of labels here and there; a second passes between two labels."""
    for label in range(units // 9, units, units // 20):
        time.sleep(1.1)
        yield from str(label)
        _shown(terminal, f"Recommendation {label} ")


def _go_to(terminal: Terminal, label: str) -> None:
    time.sleep(1.1)
    for digit in label:
        terminal.press(digit)
    _shown(terminal, f"Recommendation {label} ")


def _leave(terminal: Terminal) -> None:
    terminal.press("\x1b", quiet=20)  # a terminal waits whether more follows


def _shown(terminal: Terminal, words: str) -> None:
    if words not in terminal.screen:
        raise AssertionError(f"“{words}” is not on the screen:\n{terminal.screen}")


def _row(line: Line, area: float) -> str:
    times = sorted(line.times)
    middle, most, worst = statistics.median(times), times[int(0.95 * (len(times) - 1))], times[-1]
    verdict = (
        "" if line.limit is None else f"{1000 * line.limit:.0f} ms" + ("" if most <= line.limit else " **missed**")
    )
    figures = " | ".join(f"{1000 * seconds:.1f}" for seconds in (middle, most, worst))
    return f"| {line.name} | {figures} | {middle / area:.1f} | {verdict} |"


if __name__ == "__main__":
    print(report())
