"""The redline engine beside plain difflib over words and git's word diff, on the same made-up revisions."""

from __future__ import annotations

import difflib
import math
import multiprocessing
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "redline"))

from wordings import SENTENCES, revise, text

from draftwg.redline.compare import Span, compare
from draftwg.redline.matching import subsequence

Engine = Callable[[str, str], list[Span]]

_WORD = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff]|[^\s\u3005\u3040-\u30ff\u3400-\u9fff]+")
_PLAIN = re.compile(r"\S+\s*|\s+")


class Measure(NamedTuple):
    """What a redline of one pair is worth."""

    exact: bool
    edit_size: float
    hunks: float
    islands: float


_PATIENCE = 20


def by_difflib(old: str, new: str) -> list[Span]:
    """Words between blanks, compared with difflib, its shortcut for frequent words switched off."""
    a, b = _PLAIN.findall(old), _PLAIN.findall(new)
    spans: list[Span] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            spans.append(Span("=", "".join(a[i:j])))
        else:
            spans += [Span(op, words) for op, words in (("-", "".join(a[i:j])), ("+", "".join(b[k:m]))) if words]
    return spans


def by_git(old: str, new: str) -> list[Span]:
    """`git diff --no-index --word-diff`, its lines read back as spans."""
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "before"), Path(folder, "after")
        before.write_text(old, encoding="utf-8")
        after.write_text(new, encoding="utf-8")
        command = ["git", "diff", "--no-index", "--no-color", "--word-diff=porcelain", "-U1000000", before, after]
        shown = subprocess.run(command, capture_output=True, check=False).stdout.decode()
    _, found, body = shown.partition("\n@@ ")
    lines = body.split("\n")[1:-1] if found else [f" {line}" for line in old.split("\n")]
    return [Span("=", "\n") if line == "~" else Span(line[0].replace(" ", "="), line[1:]) for line in lines]


def measure(old: str, new: str, spans: list[Span]) -> Measure:
    """Count what a redline marks, against an exact longest common subsequence of words.

    A word is what stands between blanks, in Chinese one character; changes of blanks alone do not count.
    """
    numbers: dict[str, int] = {}
    a, b = ([numbers.setdefault(word, len(numbers)) for word in _WORD.findall(side)] for side in (old, new))
    pairs = subsequence(a, b)
    least = len(a) + len(b) - 2 * len(pairs)
    steps = [(-1, -1), *pairs, (len(a), len(b))]
    torn = sum(1 for (i, j), (k, m) in pairwise(steps) if (k - i, m - j) != (1, 1))
    counted = [(op != "=", len(_WORD.findall(words))) for op, words in spans]
    runs = [(changed, sum(n for _, n in run)) for changed, run in groupby((c for c in counted if c[1]), lambda c: c[0])]
    hunks = sum(changed for changed, _ in runs)
    islands = sum(not changed and count <= 2 for changed, count in runs[1:-1])
    exact = all("".join(s.text for s in spans if s.op in ops) == side for ops, side in (("=-", old), ("=+", new)))
    marked = sum(count for changed, count in runs if changed)
    return Measure(exact, marked / max(least, 1), hunks / max(torn, 1), islands / max(hunks, 1))


def report() -> str:
    """The figures as Markdown."""
    return "\n".join([*_quality(), "", *_speed(), "", *_growth()]) + "\n"


def _pairs(sentences: int, count: int) -> list[tuple[str, str, str]]:
    """(language, old, new): in every language, from few changes to many."""
    rng = random.Random(7)
    pairs = []
    for language in SENTENCES:
        for share in (0.03, 0.1, 0.25)[:count]:
            old = revise(rng, text(rng, language, sentences), language, 0.4)  # so that no sentence is like another
            pairs.append((language, old, revise(rng, old, language, share)))
    return pairs


def _quality() -> list[str]:
    pairs = _pairs(60, 3)
    lines = [
        f"{len(pairs)} revisions in {len(SENTENCES)} languages (about 700 words each; 3, 10 and 25 % of the places changed). *Edit size*: "
        "words marked over the smallest possible number; *hunks*: changes over those of an exact longest common subsequence; "
        "*islands*: kept runs of one or two words between two changes, per change.",
        "",
        "| engine | gives both texts back | edit size median / mean / worst | Chinese | hunks | islands per hunk | µs a word |",
        "|---|---|---|---|---|---|---|",
    ]
    engines: dict[str, Engine] = {"draftwg": compare, "difflib over words": by_difflib, "git diff --word-diff": by_git}
    for name, engine in engines.items():
        results, cost = [], []
        for language, old, new in pairs:
            began = time.perf_counter()
            spans = engine(old, new)
            cost.append((time.perf_counter() - began) / len(_WORD.findall(old)))
            results.append((language, measure(old, new, spans)))
        sizes = [result.edit_size for _, result in results]
        chinese = statistics.mean(result.edit_size for language, result in results if language == "zh")
        lines.append(
            f"| {name} | {sum(result.exact for _, result in results)} of {len(results)} "
            f"| {statistics.median(sizes):.2f} / {statistics.mean(sizes):.2f} / {max(sizes):.2f} | {chinese:.2f} "
            f"| {statistics.mean(result.hunks for _, result in results):.2f} "
            f"| {statistics.mean(result.islands for _, result in results):.2f} | {1e6 * statistics.median(cost):.1f} |"
        )
    return [*lines, "", "(git's time includes starting the program.)"]


def _vocabulary() -> list[str]:
    return [word for language in ("en", "fr", "es") for sentence in SENTENCES[language] for word in sentence.split()]


def _edited(rng: random.Random, words: list[str], share: float) -> list[str]:
    """Words with a share of them changed, left out or added to."""
    vocabulary = _vocabulary()
    result: list[str] = []
    for word in words:
        chance = rng.random()
        if chance >= share:
            result.append(word)
        elif chance < share / 2:
            result.append(rng.choice(vocabulary))
        elif chance < share * 3 / 4:
            result += [word, rng.choice(vocabulary)]
    return result


def _laid_out(words: list[str]) -> str:
    """Paragraphs of sixty words."""
    return "\n\n".join(" ".join(words[start : start + 60]) for start in range(0, len(words), 60))


def _random_words(rng: random.Random, count: int) -> list[str]:
    vocabulary = _vocabulary()
    return [rng.choice(vocabulary) for _ in range(count)]


def _best(engine: Engine, old: str, new: str, rounds: int) -> tuple[float, float]:
    """Best and median seconds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        engine(old, new)
        times.append(time.perf_counter() - began)
    return min(times), statistics.median(times)


def _patiently(old: str, new: str) -> str:
    """The time of plain difflib, given up after some seconds: it is quadratic."""
    process = multiprocessing.Process(target=by_difflib, args=(old, new))
    start = time.perf_counter()
    process.start()
    process.join(_PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
        return f"over {_PATIENCE} s"
    return f"{1000 * (time.perf_counter() - start):,.0f} ms"


def _speed() -> list[str]:
    rng = random.Random(8)
    words = _random_words(rng, 100_000)
    paragraphs = _laid_out(words[:60_000]).split("\n\n")
    some = [" ".join(_edited(rng, p.split(), 0.1)) if rng.random() < 0.05 else p for p in paragraphs]
    cases = [
        ("a unit of 500 words, ten edits", 5, " ".join(words[:500]), " ".join(_edited(rng, words[:500], 0.02))),
        ("1,000 paragraphs, 5 % of them edited", 100, "\n\n".join(paragraphs), "\n\n".join(some)),
        (
            "50,000 words edited throughout",
            2000,
            _laid_out(words[:50_000]),
            _laid_out(_edited(rng, words[:50_000], 0.1)),
        ),
        ("100,000 words edited throughout", 4000, _laid_out(words), _laid_out(_edited(rng, words, 0.1))),
        ("100,000 words rewritten", 4000, _laid_out(words), _laid_out(_random_words(rng, 100_000))),
        (
            "100,000 words, 10,000 tiny edits",
            4000,
            " ".join(words),
            " ".join(w + "s" * (n % 10 == 0) for n, w in enumerate(words)),
        ),
        ("one word 100,000 times", 4000, "so " * 100_000, "so " * 90_000 + "it"),
        ("two words in disorder, 100,000", 4000, *(" ".join(rng.choice("ab") for _ in range(100_000)) for _ in "12")),
    ]
    lines = [
        "| input | limit | draftwg best / median | git --word-diff | ratio to git | plain difflib |",
        "|---|---|---|---|---|---|",
    ]
    for name, limit, old, new in cases:
        best, middle = _best(compare, old, new, 5)
        git = _best(by_git, old, new, 3)[0]
        slow = _patiently(old, new)
        verdict = "" if 1000 * middle <= limit else " **missed**"
        lines.append(
            f"| {name} | {limit:,} ms | {1000 * best:.1f} / {1000 * middle:.1f} ms{verdict} | {1000 * git:.0f} ms | {best / git:.2f} | {slow} |"
        )
    return lines


def _growth() -> list[str]:
    sizes = (1_000, 4_000, 16_000, 64_000)
    kinds: dict[str, Callable[[random.Random, list[str]], str]] = {
        "edited throughout, 5 %": lambda rng, words: _laid_out(_edited(rng, words, 0.05)),
        "rewritten": lambda rng, words: _laid_out(_random_words(rng, len(words))),
        "one word put in at the end": lambda rng, words: _laid_out([*words, "Amen."]),
    }
    lines = [
        "Time against size (milliseconds; the slope of its logarithm against that of the size: 1 is linear, 2 quadratic):",
        "",
        f"| input | {' | '.join(f'{size:,} words' for size in sizes)} | slope |",
        "|---|" + "---|" * (len(sizes) + 1),
    ]
    for name, change in kinds.items():
        times = []
        for size in sizes:
            rng = random.Random(size)
            words = _random_words(rng, size)
            times.append(_best(compare, _laid_out(words), change(rng, words), 5)[0])
        slope = statistics.linear_regression([math.log(size) for size in sizes], [math.log(t) for t in times]).slope
        lines.append(f"| {name} | {' | '.join(f'{1000 * t:.1f}' for t in times)} | {slope:.2f} |")
    return lines


if __name__ == "__main__":
    print(report(), end="")
