"""What a file wants, unit by unit and author by author: nothing of it is left untold."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from draftwg.formats.headings import is_sub
from draftwg.formats.receiving.aligning import NOWHERE, Base, Spot, label_of
from draftwg.formats.receiving.bracketed import bracket_wishes
from draftwg.formats.receiving.pieces import Mark, Passage, Row, Submission, TableRow, Wish, span
from draftwg.formats.receiving.sentences import instructions
from draftwg.formats.receiving.strands import settled, strands
from draftwg.formats.receiving.tables import row_wishes
from draftwg.formats.receiving.views import Who, calls, maker, makers, renamed, stream, tidy, view, views
from draftwg.formats.redlines import OTHERS
from draftwg.hygiene import clean_text

_NEARLY_ALL = 0.8
_LONGEST = 60_000  # characters of a unit in a file, with everything that goes and comes
_SHOWN = 200
_UNMARKED = "It is not marked, and no part of the text."
_FRAME = re.compile(
    r"[_\-–—=*\s]{3,}|Original: \w+|Distr\.: .{1,60}|\d{1,2} [A-Z][a-z]+ \d{4}"
    r"|the text (?:as it stood|[^.]{1,60}) on \d{1,2} [A-Z][a-z]+ \d{4}(?: at \d\d:\d\d)?"
)


@dataclass
class Block:
    """A unit as the file has it: its strands, in order, with what came whole."""

    unit: str
    label: str
    strands: list[tuple[Passage, bool, Spot]] = field(default_factory=list)
    headed: bool = False
    head: Passage | None = None


@dataclass
class Fresh:
    """A unit that the file brings: whose, behind which unit, its label and its lines."""

    after: str
    label: str
    author: str
    date: str
    move: str
    lines: list[str]
    places: list[str]


def wishes(
    submission: Submission, base: Base, who: Who, names: Sequence[str], *, each: bool = False,
    frame: Iterable[str] = (), notes: Iterable[str] = (),
) -> list[Wish]:  # fmt: skip
    """What the file wants, in its order. `names` are those that may stand in brackets; with `each`, every change of an
    author in a unit is a wish of its own; `frame` are lines that a paper of the meeting has around its text, `notes`
    those that it has above units.
    """
    return list(_Taker(submission, base, who, names, each, frozenset(frame), frozenset(notes)).wishes())


class _Taker:
    def __init__(
        self, submission: Submission, base: Base, who: Who, names: Sequence[str], each: bool, frame: frozenset[str],
        notes: frozenset[str],
    ) -> None:  # fmt: skip
        self.submission, self.base, self.who, self.names, self.each = submission, base, who, names, each
        self.tracked, self.frame, self.notes = submission.tracked, frame, notes
        self.seen: set[str] = set()

    def wishes(self) -> Iterator[Wish]:
        for kind, parts in groupby(self.submission.body, key=type):
            if kind is Passage:
                passages = [one for one in parts if isinstance(one, Passage)]
                ends = (place for place, one in enumerate(passages) if self.tracked and one.old.strip() == OTHERS)
                end = next(ends, len(passages))
                beside = [
                    one for one in passages[:end] if one.aside or one.old.strip().removeprefix("> ") in self.notes
                ]
                apart = set(map(id, beside))
                yield from self._flow([one for one in passages[:end] if id(one) not in apart])
                for passage in beside:
                    yield Wish(
                        "same", passage.where, old=passage.old, why="It tells of the text, and is no part of it."
                    )
                yield from self._behind(passages[end:])
                yield from self._missing()
                continue
            for one in parts:
                if isinstance(one, Row):
                    author = str(one.fields["by"])
                    yield Wish("row", one.where, label=str(one.fields["unit"]), author=author, fields=one.fields)
                elif isinstance(one, TableRow):
                    found = row_wishes(one, self.base, self.names)
                    yield from self._flow([*one.left, *one.right]) if found is None else found

    def _behind(self, passages: list[Passage]) -> Iterator[Wish]:
        """What stands in words behind a redline of ours: nothing is asked by it, and marks in it change no text."""
        for one in passages:
            if not one.marked and one.old.strip():
                yield Wish("same", one.where, old=one.old, why="It stands in words behind the text.")
            for author, date in makers([one], self.who):
                new = view(one.marks, author, self.who).strip()
                why = "It changes what stands in words behind the text: record it as a sub-amendment."
                yield Wish("none", one.where, old=one.old, new=new, author=author, date=date, why=why)

    def _missing(self) -> Iterator[Wish]:
        """The units that a file without marks leaves out, where it has nearly all others: they are to go."""
        standing = self.base.text.standing
        seen, self.seen = self.seen, set()
        if len(seen) >= 3 and len(seen) >= _NEARLY_ALL * len(standing):
            for unit in standing:
                if unit.id not in seen:
                    where = f"where {self.base.text.noun} {unit.label} would stand"
                    yield Wish("delete", where, unit=unit.id, label=unit.label, old=unit.text)

    # Paragraphs

    def _flow(self, passages: list[Passage]) -> Iterator[Wish]:
        if not self.tracked:
            passages = settled(passages, self.base)
        found = list(strands(passages))
        olds = [passage for passage, new in found if not new]
        spots = iter(self.base.align(olds))
        listed = [(passage, new, NOWHERE if new else next(spots)) for passage, new in found]
        marked = self.tracked or any(passage.marked for passage in passages)
        last = max((place for place, (_, _, spot) in enumerate(listed) if spot.kind), default=-1)
        block: Block | None = None
        fresh: Fresh | None = None
        behind = ""
        later: list[Wish] = []  # what stands behind words of the open unit, and is no part of it
        for place, (passage, new, spot) in enumerate(listed):
            if new:
                label, words = label_of(passage.all)
                author, date, move = maker(passage)
                known = self.base.labels.get(label.casefold()) if label else None
                headed = bool(label) and (known is None or bool(move)) and (not words or known is None)
                if headed:
                    if fresh:
                        yield from self._fresh(fresh)
                    fresh = Fresh(behind, label, author, date, move, [words] if words else [], [passage.where])
                elif fresh is not None:
                    if not fresh.author:
                        fresh.author, fresh.date = author, date
                    fresh.lines.append(passage.all)
                    fresh.places.append(passage.where)
                elif block is not None:
                    block.strands.append((passage, True, spot))
                else:
                    yield Wish("none", passage.where, new=passage.all, author=author, date=date,
                               why="These words come outside any unit.")  # fmt: skip
                continue
            if fresh is not None and not (spot.kind == "" and not passage.marked and not self.tracked):
                yield from self._fresh(fresh)
                fresh = None
            if spot.kind in ("label", "words"):
                repeated = block is not None and spot.kind == "label" and block.unit == spot.key and block.strands
                if block is None or block.unit != spot.key or repeated:
                    if block is not None:
                        yield from self._closed(block, marked, later)
                    unit = self.base.text.unit(spot.key)
                    block = Block(spot.key, unit.label if unit else "", headed=spot.kind == "label")
                    behind = spot.key
                if spot.kind == "label":
                    block.headed, block.head = True, passage
                else:
                    block.headed = block.headed or spot.cut > 0
                    block.strands.append((passage.without(spot.cut) if spot.cut else passage, False, spot))
                continue
            if spot.kind == "new label" and not passage.marked:
                label, words = label_of(passage.old)
                if not words or (not marked and not self._said(words)):
                    if block is not None:
                        yield from self._closed(block, marked, later)
                    block = None
                    fresh = Fresh(behind, label, "", "", "", [words] if words else [],
                                  [passage.where])  # fmt: skip
                    continue
            if fresh is not None:
                fresh.lines.append(passage.old)
                fresh.places.append(passage.where)
                continue
            within = block is not None and block.headed and spot.kind == ""
            goes_on = within and not marked and (place < last or is_sub(passage.old.strip()))
            if goes_on and block is not None and not self._said(passage.old):
                block.strands.append((passage, False, spot))
                continue
            if within and block is not None and marked and not passage.marked and place < last:
                later.append(Wish("same", passage.where, old=passage.old, why=_UNMARKED))
                continue
            if block is not None and spot.kind:
                yield from self._closed(block, marked, later)
                block = None
            apart = self._apart(passage, spot, marked, block.label if block is not None and block.headed else "")
            if block is None:
                yield from apart
            else:
                later += apart
        if fresh is not None:
            yield from self._fresh(fresh)
        if block is not None:
            yield from self._closed(block, marked, later)

    def _closed(self, block: Block, marked: bool, later: list[Wish]) -> Iterator[Wish]:
        yield from self._block(block, marked)
        yield from later
        later.clear()

    def _apart(self, passage: Passage, spot: Spot, marked: bool, label: str) -> Iterator[Wish]:
        """What stands in no unit: a heading, words that are found nowhere, an instruction, a greeting."""
        if passage.marked and (passage.all.strip() or passage.end.op != "="):
            for author, date in makers([passage], self.who):
                new = view(passage.marks, author, self.who).strip()
                if spot.kind == "heading" and new:
                    number = next((one.number for one in self.base.text.sections if one.path == spot.key), "")
                    bare = new.removeprefix(f"{number}. ") if number else new
                    yield Wish("heading", passage.where, unit=spot.key, old=passage.old, new=bare, author=author,
                               date=date)  # fmt: skip
                else:
                    why = "The title of the text takes no amendments." if spot.kind == "title" else ""
                    why = why or "The words that it changes stand in no unit of the text."
                    if not passage.all.strip():
                        why = "Only the end of a paragraph changes, outside any unit."
                    yield Wish("none", passage.where, old=passage.old, new=new, author=author, date=date, why=why)
            return
        words = passage.old.strip()
        if not words:
            return
        if spot.kind:
            yield Wish("same", passage.where, old=words)
            return
        if words in self.frame or _FRAME.fullmatch(words):
            yield Wish("same", passage.where, old=words, why="It stands around the text.")
            return
        if self.tracked:
            yield Wish("same", passage.where, old=words, why=_UNMARKED)
            return
        yield from instructions(words, passage.where, self.base, label)

    def _said(self, words: str) -> bool:
        """Whether these words are an instruction."""
        return any(wish.kind == "said" for wish in instructions(words, "", self.base))

    # Units

    def _fresh(self, fresh: Fresh) -> Iterator[Wish]:
        words = clean_text("\n".join(fresh.lines))
        known = self.base.labels.get(fresh.label.casefold())
        after = self.base.text.unit(fresh.after)
        behind = after.label if after else ""
        author = self.who(fresh.author)
        where = span(fresh.places)
        if self.tracked and not fresh.lines:
            yield Wish("same", where, old=fresh.label, why=_UNMARKED)
            return
        if known is None or not fresh.move:
            yield Wish("new", where, label=fresh.label, new=words, author=author, date=fresh.date, after=behind)
            return
        facts: dict[str, Any] = {
            "unit": known.id,
            "label": known.label,
            "old": known.text,
            "author": author,
            "date": fresh.date,
        }
        yield Wish("move", where, new=known.text, after=behind, **facts)
        if words != clean_text(known.text):
            yield Wish("words", where, new=words, **facts)

    def _block(self, block: Block, marked: bool) -> Iterator[Wish]:
        unit = self.base.text.unit(block.unit)
        assert unit is not None
        listed = [passage for passage, _, _ in block.strands]
        heads = [block.head] if block.head is not None else []
        where = span(passage.where for passage in [*heads, *listed])
        for head in heads:
            if any(mark.op == "+" for mark in head.marks):
                author, date = makers(heads, self.who)[0]
                why = "The label of a unit takes no amendments."
                yield Wish("none", head.where, unit.id, unit.label, head.old, head.all, author, date, why=why)
        if not listed:
            yield Wish("same", where, unit=unit.id, label=unit.label, old=block.head.old if block.head else "")
            return
        if sum(len(passage.all) for passage in listed) > _LONGEST:
            why = f"It is longer than a {self.base.text.noun} can be."
            yield Wish("none", where, unit=unit.id, label=unit.label, old=listed[0].all[:_SHOWN], why=why)
            return
        fits = [spot.fit for passage, new, spot in block.strands if not new and spot.kind]
        fit = min(fits, default=1.0)
        old = clean_text("\n".join(passage.old for passage, new, _ in block.strands if not new))
        if not marked:
            self.seen.add(unit.id)
            named = bracket_wishes(clean_text("\n".join(one.all for one in listed)), unit, where, self.names)
            if named:
                yield from named
                return
            known = {spot.line for _, _, spot in block.strands if spot.line >= 0}
            lines = unit.text.split("\n")
            if not block.headed and len(known) < len(lines):  # a part of the unit: the rest stands as it is
                filled = {spot.line: passage.old for passage, _, spot in block.strands if spot.line >= 0}
                old = clean_text("\n".join(filled.get(place, line) for place, line in enumerate(lines)))
            kind = "same" if old == clean_text(unit.text) else "words"
            yield Wish(kind, where, unit=unit.id, label=unit.label, old=unit.text, new=old, fit=fit)
            return
        row = stream(block.strands)
        called = calls(row, unit.text)
        row = [Mark(m.op, renamed(m.text, called), m.author, m.date, m.move, m.struck) for m in row]
        old = tidy(renamed(old, called), unit.text)
        whole = tidy("".join(mark.text for mark in row if mark.op != "-"), unit.text)
        authors = makers([Passage(tuple(row))], self.who)
        if not authors:
            yield Wish("same", where, unit=unit.id, label=unit.label, old=old, fit=fit)
        for author, date in authors:
            own = [m for m in row if m.op != "=" and self.who(m.author) == author]
            if any(mark.move for mark in own) and not clean_text(view(row, author, self.who)):
                yield Wish("same", where, unit=unit.id, label=unit.label, why="It moves: see where it goes.", old=old)
                continue
            for new in views(row, author, self.who, self.each):
                words = tidy(new, unit.text)
                kind = "words" if words else "delete"
                if words == old and len(authors) > 1:  # an end of a paragraph that others keep
                    continue
                yield Wish(kind, where, unit=unit.id, label=unit.label, old=old, new=words, author=author,
                           date=date, fit=fit, whole=whole)  # fmt: skip
        for mark in row:
            if mark.struck and self.who(mark.struck) != self.who(mark.author):
                why = f"It takes out “{mark.text.strip()[:60]}”, which {mark.author} only proposes: a sub-amendment."
                yield Wish("none", where, unit=unit.id, label=unit.label, old=mark.text, author=self.who(mark.struck),
                           why=why)  # fmt: skip
