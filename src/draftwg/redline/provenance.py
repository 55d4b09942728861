"""Provenance: which step brought in the words of a text, which took words out, and what they replaced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from draftwg.redline.compare import compare
from draftwg.redline.exact import cut, edits, images
from draftwg.redline.joints import shared_blanks

__all__ = ["Attributed", "Origin", "attributed", "origins"]


class Attributed(NamedTuple):
    """A stretch of a redline: kept (`=`), taken out (`-`) or put in (`+`), and by which step ("" where kept)."""

    op: str
    text: str
    source: str


class Origin(NamedTuple):
    """Words of the current text, the step that brought them in, and the words they replaced ("" where none)."""

    text: str
    source: str
    replaced: str


class _Mark(NamedTuple):
    """Where a character came from: the step, which of its edits (so that neighbours stay apart), what it replaced."""

    step: int
    edit: int
    replaced: str


def origins(history: Sequence[tuple[str, str]]) -> tuple[Origin, ...]:
    """Say for each stretch of the current text which step brought it in, and what it replaced.

    Args:
        history: The steps from the oldest on, each with its source's id and the whole text after it; the first is
            the base.

    Returns:
        The stretches in order; their texts together are the last text of the history.
    """
    if not history:
        return ()
    marks = _born(history)
    text = history[-1][1]
    return tuple(Origin(text[start:end], history[mark.step][0], mark.replaced) for mark, start, end in _runs(marks))


def attributed(history: Sequence[tuple[str, str]]) -> tuple[Attributed, ...]:
    """A redline from the first to the last text of a history, each change with the step that made it.

    Words that came and went again between the two do not show. Where the redline, to be readable, repeats kept
    words inside a change, they go with the words next to them.

    Args:
        history: The steps from the oldest on, each with its source's id and the whole text after it; the first is
            the base.

    Returns:
        The stretches: those of `=` and `-` together are the first text, those of `=` and `+` the last. No
        stretch is empty.
    """
    if not history:
        return ()
    born = [mark.step for mark in _born(history)]
    died = _died(history)
    last = next((step for step in range(len(history) - 1, 0, -1) if history[step][1] != history[step - 1][1]), 0)
    out: list[Attributed] = []
    old = new = 0
    for same, group in groupby(compare(history[0][1], history[-1][1]), key=lambda span: span.op == "="):
        spans = list(group)
        steps: list[list[int]] = []
        for op, text in spans:
            steps.append(died[old : old + len(text)] if op == "-" else born[new : new + len(text)])
            old += len(text) if op != "+" else 0
            new += len(text) if op != "-" else 0
        if same:
            out += (Attributed(op, text, "") for op, text in spans)
            continue
        default = next((step for known in steps for step in known if step), last)
        for (op, text), known in zip(spans, steps, strict=True):
            out += (Attributed(op, words, history[step][0]) for step, words in _parted(known, text, default))
    return tuple(out)


def _parted(steps: Sequence[int], text: str, default: int) -> Iterator[tuple[int, str]]:
    """Part a changed stretch by step; what no step changed (0) goes with the words before it, or else after it."""
    known = list(steps)
    last = next((step for step in known if step), default)
    for index, step in enumerate(known):
        last = known[index] = step or last
    start = 0
    for step, group in groupby(known):
        end = start + sum(1 for _ in group)
        yield step, text[start:end]
        start = end


def _runs(marks: Sequence[_Mark]) -> Iterator[tuple[_Mark, int, int]]:
    """The runs of characters of one origin."""
    start = 0
    for mark, group in groupby(marks):
        end = start + sum(1 for _ in group)
        yield mark, start, end
        start = end


def _born(history: Sequence[tuple[str, str]]) -> list[_Mark]:
    """For each character of the last text, where it came from."""
    marks = [_Mark(0, 0, "")] * len(history[0][1])
    for step in range(1, len(history)):
        old, new = history[step - 1][1], history[step][1]
        fresh: list[_Mark] = []
        for number, (low, high, first, last) in enumerate(_stretches(old, new)):
            if number % 2 == 0:
                fresh += marks[low:high]
            else:
                fresh += [_Mark(step, number, old[low:high].strip())] * (last - first)
        marks = fresh
    return marks


def _died(history: Sequence[tuple[str, str]]) -> list[int]:
    """For each character of the first text, the step that took it out; 0 for what still stands."""
    died = [0] * len(history[0][1])
    alive: list[int | None] = list(range(len(died)))  # the place in the first text of each character of this one
    for step in range(1, len(history)):
        old, new = history[step - 1][1], history[step][1]
        still: list[int | None] = []
        for number, (low, high, first, last) in enumerate(_stretches(old, new)):
            if number % 2 == 0:
                still += alive[low:high]
                continue
            for place in alive[low:high]:
                if place is not None:
                    died[place] = step
            still += [None] * (last - first)
        alive = still
    return died


def _stretches(old: str, new: str) -> Iterator[tuple[int, int, int, int]]:
    """The places of kept and changed stretches of two texts in turn, a kept one (perhaps empty) first and last.

    Kept stretches are equal byte for byte: blanks or bytes of a word that differ count as changed.
    """
    one, two = cut(old), cut(new)
    where = images(one, edits(one, two))
    kept = [
        (one.starts[word], one.end(word), two.starts[mate], two.end(mate))
        for word, mate in enumerate(where[:-1])
        if mate >= 0 and one.words[word] == two.words[mate]
    ]
    low = first = start = begin = 0  # where the kept stretch, and where the words after the last kept one, begin
    for word, stop, mate, end in [*kept, (len(old), len(old), len(new), len(new))]:
        left, right = old[start:word], new[begin:mate]
        if left != right:
            front = shared_blanks((left, right))
            back = shared_blanks((left[front:][::-1], right[front:][::-1]))
            yield low, start + front, first, begin + front
            yield start + front, word - back, begin + front, mate - back
            low, first = word - back, mate - back
        start, begin = stop, end
    yield low, len(old), first, len(new)
