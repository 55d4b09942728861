"""The record: opening a meeting of 5,000 acts, and the time of an act until it is durable, with fsync."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from large import large_meeting

from draftwg.acts import Log
from draftwg.desk import Desk


def report(units: int = 500, amendments: int = 5_000) -> str:
    """The figures as Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        desk = large_meeting(Path(folder) / "meeting", units, amendments)
        opening = [_seconds(lambda: Desk.open(Path(folder) / "meeting")) for _ in range(5)]
        folding = [_seconds(lambda: Log(desk.log.acts)) for _ in range(5)]
        acts: dict[str, list[float]] = {"propose": [], "accept": [], "undo": []}
        files: dict[str, list[float]] = {name: [] for name in acts}
        for number in range(1, 21):
            label, words = str(number), f"Entirely new words, number {number}."
            requests = {
                "propose": {"act": "propose", "unit": label, "by": "Chile", "text": words},
                "accept": {"act": "accept", "amendment": f"A-{number}"},
                "undo": {"act": "undo"},
            }
            for name, request in requests.items():
                durable = _seconds(lambda request=request: desk.do(request, follow=False))  # type: ignore[misc]
                acts[name].append(durable)
                files[name].append(durable + _seconds(desk.follow))
        desk.close()
    lines = [
        f"A meeting of {units} units (60,000 words) and {amendments:,} pending amendments, {len(desk.log.acts):,} acts:",
        "",
        "| what | best | median | worst |",
        "|---|---|---|---|",
        _row("open: read the record and fold it", opening),
        _row("fold alone", folding),
        *(_row(f"{name}: durable", times) for name, times in acts.items()),
        *(_row(f"{name}: durable, and the files in step", times) for name, times in files.items()),
    ]
    return "\n".join(lines) + "\n"


def _row(name: str, times: list[float]) -> str:
    figures = (min(times), statistics.median(times), max(times))
    return f"| {name} | {' | '.join(f'{1000 * seconds:.0f} ms' for seconds in figures)} |"


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    print(report())
