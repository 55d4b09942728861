"""From passages to strands: one for each paragraph that stood in the file before its changes, and one for each that
came whole; how words that only look struck or inserted are to be taken."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from draftwg.formats.receiving.aligning import Base
from draftwg.formats.receiving.pieces import END, Mark, Passage, span


def strands(passages: Iterable[Passage]) -> Iterator[tuple[Passage, bool]]:
    """The passages with what came whole apart (True). Words may say either that an end came before them or behind them
    (Word and LibreOffice differ); both come out alike.
    """
    marks: list[Mark] = []
    places: list[str] = []
    number = ""
    for passage in passages:
        marks += passage.marks
        places.append(passage.where)
        number = number or passage.number
        if passage.end.op == "+":
            if all(mark.op == "+" for mark in marks):
                if marks:
                    yield Passage(tuple(marks), passage.end, span(places), passage.number), True
                marks, places, number = [], [], ""
            else:
                marks.append(replace(passage.end, text="\n"))
            continue
        if passage.end.op == "=" and marks and all(mark.op == "+" for mark in marks):
            yield Passage(tuple(marks), passage.end, span(places), number), True  # typed into an empty paragraph
            marks, places, number = [], [], ""
            continue
        first, rest = _parted(marks)
        yield Passage(tuple(first), passage.end, span(places), number), False
        for one in rest:
            yield Passage(tuple(one), Mark("+", "\n", one[0].author, one[0].date), span(places)), True
        marks, places, number = [], [], ""
    if marks:
        yield Passage(tuple(marks), END, span(places), number), all(mark.op == "+" for mark in marks)


def _parted(marks: Sequence[Mark]) -> tuple[list[Mark], list[list[Mark]]]:
    """The words of a paragraph, and the paragraphs that came behind it, each of which begins with the end before it."""
    first, rest = list(marks), list[list[Mark]]()
    while True:
        place = next((i for i in range(len(first) - 1, -1, -1) if first[i].op == "+" and first[i].text == "\n"), -1)
        tail = first[place + 1 :]
        if place < 1 or not tail or any(mark.op != "+" for mark in tail):
            return first, rest[::-1]
        rest.append(tail)
        first = first[:place]


def settled(passages: Sequence[Passage], base: Base) -> list[Passage]:
    """Words that look inserted, as inserted where the text then reads as it does without them, else as they stand."""
    out = []
    for passage in passages:
        looks = {mark.look for mark in passage.marks} - {""}
        if not looks:
            out.append(passage)
            continue
        plain = replace(passage, marks=tuple(replace(mark, look="") for mark in passage.marks))
        best, fit = plain, _fit(plain, base)
        for taken in (("underline",), ("bold",), ("bold", "underline")):
            marks = tuple(
                Mark("+", mark.text) if mark.look in taken else replace(mark, look="") for mark in passage.marks
            )
            one = replace(passage, marks=marks)
            if one.marks != plain.marks and one.old.strip() and _fit(one, base) > fit:
                best, fit = one, _fit(one, base)
        whole = all(mark.look == "underline" or not mark.text.strip() for mark in passage.marks)
        if whole and not fit:
            new = tuple(Mark("+", mark.text) for mark in passage.marks)
            best = replace(passage, marks=new, end=Mark("+", "\n"))
        out.append(best)
    return out


def _fit(passage: Passage, base: Base) -> float:
    (spot,) = base.align([passage])
    return spot.fit if spot.kind else 0.0
