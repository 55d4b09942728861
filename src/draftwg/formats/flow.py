"""Two versions of a text as one flow of paragraphs, each piece kept, taken out or put in: what tracked changes need.

The flow holds both texts whole and in order: without what was put in it is the old text, without what was taken out
the new one. A unit that moved stands twice, where it was and where it went.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from draftwg.formats.redlines import RedlinePiece
from draftwg.model.text import Text, Unit
from draftwg.redline.compare import compare
from draftwg.redline.matching import Block, heaviest_chain

Style = Literal["title", "heading", "label", "words"]
Side = Literal["", "from", "to"]
Pieces = tuple[RedlinePiece, ...]

_HEADING_WEIGHT = 1_000_000
_MOVABLE = ("label", "words")


class Entry(NamedTuple):
    """A part of a text with a life of its own: the title, a heading, or a unit with its label and words; in a text
    outside any meeting, a paragraph, whose words are its `heading`."""

    key: str
    style: Style
    level: int
    heading: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the flow: its pieces, none of which holds a line end; its end as a piece; the side of a move, and
    the credit of the move; the key of its entry."""

    style: Style
    level: int
    pieces: Pieces
    end: RedlinePiece
    side: Side = ""
    mover: str = ""
    key: str = ""

    @property
    def old(self) -> bool:
        """Whether its end stands in the old text."""
        return self.end.op != "+" and self.side != "to"

    @property
    def new(self) -> bool:
        """Whether its end stands in the new text."""
        return self.end.op != "-" and self.side != "from"


def entries(text: Text, heading: Callable[[Unit], str], only: frozenset[str] | None = None) -> list[Entry]:
    """The parts of a text in order; with `only`, of the units those with these ids and the headings above them."""
    found = [Entry("title", "title", 0, text.title)]
    above: list[Entry] = []
    for section, units in text.by_section():
        own = [unit for unit in units if only is None or unit.id in only]
        level = 1
        if section is not None:
            level = section.level
            words = f"{section.number}. {section.title}" if section.number else section.title
            above = [entry for entry in above if entry.level < level]
            above.append(Entry(f"section:{section.path}", "heading", level, words))
            if own or only is None:
                found += above
                above = []
        found += [Entry(unit.id, "label", level + 1, heading(unit), unit.text) for unit in own]
    return found


def lines_of(entries: Iterable[Entry]) -> list[str]:
    """The paragraphs of a text as they read: what a flow has to give with all its changes taken, or none."""
    found: list[str] = []
    for entry in entries:
        found += entry.heading.split("\n")
        if entry.style == "label":
            found += entry.words.split("\n")
    return found


def flow(
    before: Sequence[Entry],
    after: Sequence[Entry],
    words: Callable[[str], Pieces],
    movers: Mapping[str, str],
    headed: Mapping[str, str],
) -> tuple[Line, ...]:
    """The flow from one text to another.

    In: the parts of both; `words` gives the pieces of a unit's words from the one to the other, by key; `movers` the
    credits of moves and `headed` those of headings that read otherwise, by key.
    """
    places = {entry.key: place for place, entry in enumerate(after)}
    blocks = [Block(place, places[entry.key], 1) for place, entry in enumerate(before) if entry.key in places]
    weights = [_weight(before[b.old], before[b.old].key in movers) for b in blocks]
    kept = {(block.old, block.new) for block in heaviest_chain(blocks, weights)}
    moved = {before[b.old].key for b in blocks if (b.old, b.new) not in kept and before[b.old].style in _MOVABLE}
    both = {entry.key: entry for entry in after}
    out: list[Line] = []
    old = new = 0
    for i, j in [*sorted(kept), (len(before), len(after))]:
        for entry in before[old:i]:
            if entry.key in moved:
                out += _unit(entry, both[entry.key], words(entry.key), "from", movers.get(entry.key, ""))
            else:
                out += _whole(entry, "-", words)
        for entry in after[new:j]:
            if entry.key in moved:
                former = next(one for one in before if one.key == entry.key)
                out += _unit(former, entry, words(entry.key), "to", movers.get(entry.key, ""))
            else:
                out += _whole(entry, "+", words)
        if i < len(before):
            own = words(after[j].key) if after[j].style == "label" else ()
            out += _unit(before[i], after[j], own, credit=headed.get(after[j].key, ""))
        old, new = i + 1, j + 1
    return tuple(out)


def _weight(entry: Entry, moves: bool) -> int:
    """How much a part wants to stay in its place: a unit that somebody moved, least of all."""
    own = entry.words if entry.style == "label" else entry.heading
    return _HEADING_WEIGHT if entry.style not in _MOVABLE else 1 if moves else 2 + len(own)


def _whole(entry: Entry, op: Literal["-", "+"], words: Callable[[str], Pieces]) -> Iterator[Line]:
    """A part that only one of the texts has."""
    pieces = words(entry.key) if entry.style == "label" else ()
    credit = next((piece.credit for piece in pieces if piece.op == op and piece.credit), "")
    own = tuple(piece for piece in pieces if piece.op == op)
    end = RedlinePiece(op, "\n", credit)
    heading = (RedlinePiece(op, entry.heading, credit),)
    if entry.style == "words":
        yield from _paragraphs(heading, entry, end, "", "")
        return
    yield Line(entry.style, entry.level, heading, end, key=entry.key)
    if entry.style == "label":
        yield from _paragraphs(own, entry, end, "", "")


def _unit(old: Entry, new: Entry, pieces: Pieces, side: Side = "", mover: str = "", credit: str = "") -> Iterator[Line]:
    """A part that both texts have; for one side of a move, what stands there."""
    end = RedlinePiece("=", "\n")
    gone = {"from": "+", "to": "-"}.get(side, "")
    spans = (span for span in compare(old.heading, new.heading) if span.op != gone)
    heading = tuple(RedlinePiece(span.op, span.text, credit if span.op != "=" else "") for span in spans)
    if new.style == "words":
        yield from _paragraphs(heading, new, end, side, mover)
        return
    yield Line(new.style, new.level, heading, end, side, mover, new.key)
    if new.style == "label":
        yield from _paragraphs(tuple(piece for piece in pieces if piece.op != gone), new, end, side, mover)


def _paragraphs(pieces: Pieces, entry: Entry, end: RedlinePiece, side: Side, mover: str) -> Iterator[Line]:
    """The pieces parted at their line ends."""
    own: list[RedlinePiece] = []
    for piece in pieces:
        *ended, rest = piece.text.split("\n")
        for words in ended:
            own += [piece._replace(text=words)] if words else []
            yield Line("words", entry.level, tuple(own), piece._replace(text="\n"), side, mover, entry.key)
            own = []
        own += [piece._replace(text=rest)] if rest else []
    yield Line("words", entry.level, tuple(own), end, side, mover, entry.key)
