"""What every writer of redlines takes: the changes of each unit, word by word, and who proposed them.

A change carries the key of its credit. Writers show the whole old wording and the whole new one: the pieces `=` and
`-` of a unit together are its old words, `=` and `+` its new ones.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from draftwg.formats.blocks import unwrapped
from draftwg.formats.draft import count_words, guess_language
from draftwg.model.procedure import Numbered
from draftwg.redline.texts import compare_texts, paragraphs

if TYPE_CHECKING:
    from draftwg.formats.flow import Entry, Line

UnitKind = Literal["same", "changed", "inserted", "deleted", "moved", "split", "merged"]

KIND_WORDS: Mapping[UnitKind, str] = {
    "same": "unchanged",
    "changed": "changed",
    "inserted": "new",
    "deleted": "deleted",
    "moved": "moved",
    "split": "split",
    "merged": "merged",
}
"""How a kind of unit is called in print."""

OTHERS = "Proposals that changes in the text cannot show"
"""The heading behind a redline under which they stand in words."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Who proposed a change: the delegations as one line, the amendment ("A-2"), the change in words, when (ISO 8601)
    and in which reading it was proposed, in words; the proposer alone, and what was decided, in words; "" for what is
    not known."""

    who: str
    amendment: str = ""
    said: str = ""
    when: str = ""
    reading: str = ""
    by: str = ""
    decided: str = ""

    @property
    def label(self) -> str:
        """The proposer and the amendment: "Mexico, A-2"."""
        return ", ".join(filter(None, (self.who, self.amendment)))


class RedlinePiece(NamedTuple):
    """Words kept (`=`), taken out (`-`) or put in (`+`), and the key of their credit ("" for none)."""

    op: str
    text: str
    credit: str = ""


class Apart(NamedTuple):
    """A proposal that stands behind a redline, since changes cannot show it: where it is ("A-9, Recommendation 7"),
    what it says ("To split it into 2"), and its words as paragraphs of pieces."""

    where: str
    said: str
    words: tuple[tuple[RedlinePiece, ...], ...] = ()


class Part(NamedTuple):
    """Neighbouring pieces of a paragraph with one credit; `closes` where a change ends and its credit may be named."""

    pieces: tuple[RedlinePiece, ...]
    closes: bool


@dataclass(frozen=True, slots=True)
class RedlineUnit:
    """A unit in a redline: label and heading ("" for a paragraph without), what happened, its pieces, a note."""

    label: str
    heading: str
    kind: UnitKind
    pieces: tuple[RedlinePiece, ...]
    note: str = ""

    @property
    def old(self) -> str:
        """The words before."""
        return "".join(piece.text for piece in self.pieces if piece.op != "+")

    @property
    def new(self) -> str:
        """The words after."""
        return "".join(piece.text for piece in self.pieces if piece.op != "-")

    @property
    def marks_breaks(self) -> bool:
        """Whether a changed line end is to be shown; where the whole unit came or went it tells nothing."""
        return self.kind not in ("inserted", "deleted")

    @property
    def paragraphs(self) -> Iterator[tuple[Part, ...]]:
        """The pieces parted at line ends; each paragraph but the last ends with the piece of its line end, "\\n"."""
        paragraph: list[Part] = []
        for group in changes(self.pieces):
            lines = _lines(group)
            last = max((place for place, line in enumerate(lines) if line), default=0)
            for place, line in enumerate(lines):
                if place:
                    yield tuple(paragraph)
                    paragraph = []
                if line:
                    paragraph.append(Part(tuple(line), place == last and group[0].op != "="))
        if paragraph:
            yield tuple(paragraph)


@dataclass(frozen=True, slots=True)
class RedlineSection:
    """A heading ("" where the units stand under none), its level from 1, and its own units."""

    heading: str
    level: int
    units: tuple[RedlineUnit, ...]


class Counts(NamedTuple):
    """How much changed: units in all and changed ones, changes of words, words put in and taken out."""

    units: int
    changed: int
    changes: int
    words_in: int
    words_out: int


@dataclass(frozen=True)
class Redline:
    """The comparison of two versions; `old` and `new` name them in words, `language` is a BCP 47 tag.

    `credits` maps the keys in the pieces to who proposed them, in the order in which a list should show them; `noun` is
    what a unit is called. Where two texts of a meeting are compared, `lines` is the same comparison as one flow of
    paragraphs, `before` and `after` are the parts of the texts themselves, and `concordance` is the table of draft
    labels and final numbers if the new text has been numbered. `others` are proposals that stand behind it in words.
    """

    title: str
    old: str
    new: str
    sections: tuple[RedlineSection, ...]
    credits: Mapping[str, Credit] = field(default_factory=dict)
    meeting: str = ""
    place: str = ""
    dates: str = ""
    language: str = "en"
    direction: str = "ltr"
    noun: str = "unit"
    symbol: str = ""
    distribution: str = ""
    date: str = ""
    lines: "tuple[Line, ...]" = ()
    before: "tuple[Entry, ...]" = ()
    after: "tuple[Entry, ...]" = ()
    concordance: tuple[Numbered, ...] = ()
    others: tuple[Apart, ...] = ()

    @property
    def units(self) -> Iterator[RedlineUnit]:
        """All units in reading order."""
        return (unit for section in self.sections for unit in section.units)

    @property
    def counts(self) -> Counts:
        """How much changed."""
        units = list(self.units)
        pieces = [piece for unit in units for piece in unit.pieces]
        return Counts(
            units=len(units),
            changed=sum(unit.kind != "same" for unit in units),
            changes=sum(group[0].op != "=" for unit in units for group in changes(unit.pieces)),
            words_in=sum(count_words(piece.text) for piece in pieces if piece.op == "+"),
            words_out=sum(count_words(piece.text) for piece in pieces if piece.op == "-"),
        )

    @property
    def summary(self) -> str:
        """The counts as one line."""
        counts = self.counts
        if not counts.changed:
            return "No changes."
        told = f"{counts.changed} of {_many(counts.units, self.noun)} changed"
        words = f"{_many(counts.words_in, 'word')} in, {counts.words_out} out"
        return f"{told}; {_many(counts.changes, 'change')}: {words}."

    def shown(self, *, only_changes: bool) -> Iterator[tuple[RedlineSection, list[RedlineUnit]]]:
        """Each section with its units to show; with `only_changes`, the changed ones, and headings that lead to one."""
        above: list[RedlineSection] = []
        for section in self.sections:
            units = [unit for unit in section.units if unit.kind != "same" or not only_changes]
            while above and above[-1].level >= section.level:
                above.pop()
            if units or not only_changes:
                yield from ((heading, []) for heading in above)
                above = []
                yield section, units
            else:
                above.append(section)


def changes(pieces: Iterable[RedlinePiece]) -> Iterator[tuple[RedlinePiece, ...]]:
    """The pieces in groups: each kept piece by itself, neighbouring changes with one credit together."""
    for (kept, _), group in groupby(pieces, key=lambda piece: (piece.op == "=", piece.credit)):
        if kept:
            yield from ((piece,) for piece in group)
        else:
            yield tuple(group)


def plain_redline(old_text: str, new_text: str, old_name: str, new_name: str) -> Redline:
    """Compare two plain texts outside any meeting: each paragraph is a unit, called by its number if it has one.

    Where a text is broken to a width, its lines are joined first: breaking it anew is no change.
    """
    before, after = paragraphs(unwrapped(old_text)), paragraphs(unwrapped(new_text))
    units: list[RedlineUnit] = []
    for change in compare_texts(before, after):
        label = after[change.new[0]].label if change.new else before[change.old[0]].label
        pieces = tuple(RedlinePiece(op, text) for op, text in change.spans)
        units.append(RedlineUnit(label, label, change.kind, pieces))
    language = guess_language(new_text or old_text)
    return Redline(
        title=f"{new_name} compared with {old_name}",
        old=old_name,
        new=new_name,
        sections=(RedlineSection("", 1, tuple(units)),),
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        noun="paragraph",
    )


def _lines(group: tuple[RedlinePiece, ...]) -> list[list[RedlinePiece]]:
    lines: list[list[RedlinePiece]] = [[]]
    for piece in group:
        *ended, rest = piece.text.split("\n")
        for words in ended:
            lines[-1] += [*_filled(piece, words), piece._replace(text="\n")]
            lines.append([])
        lines[-1] += _filled(piece, rest)
    return lines


def _filled(piece: RedlinePiece, words: str) -> tuple[RedlinePiece, ...]:
    return (piece._replace(text=words),) if words else ()


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
