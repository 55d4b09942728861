"""What a projection shows at one moment: the form that every face of it takes, on a terminal or in a browser.

A scene is made at the desk (`draftwg.desk.scene`). It has no state behind it and asks for nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class Mark(StrEnum):
    """What a stretch of words is: words that stand (in brackets or not), that came in or went out, a sign of the
    notation, or names.
    """

    KEPT = "kept"
    BRACKETED = "bracketed"
    INSERTED = "inserted"
    DELETED = "deleted"
    SIGN = "sign"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Span:
    """Words with one mark; `here` where the eye is to be: the projection scrolls to it."""

    text: str
    mark: Mark = Mark.KEPT
    here: bool = False


@dataclass(frozen=True, slots=True)
class SceneAmendment:
    """A line of the list of amendments: its place in the order of taking, its number ("A-3"), by whom ("" where the
    room sees no names), its state and what it does, in words; whether it is a sub-amendment or a consequence, and
    whether it is the one before the room.
    """

    place: int
    number: str
    by: str
    state: str
    said: str
    hangs: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture of what is before the room.

    `name` is the unit ("Recommendation 8") or, before there is one, the text; `standing` its status as one of the
    words of `UnitStatus` and `status` the same for people to read; `paragraphs` its words in the view;
    `drafting` what is being typed, in words ("" where nothing is), and `interrupted` whether its console has ended in
    the midst of it; `frozen` since when (ISO 8601; "") the picture stands still, and `away` whether the officer is at
    another unit meanwhile; `ruling` what has just been decided; `scroll` how many half screens further than where the
    change is (`here`).
    """

    meeting: str = ""
    text: str = ""
    name: str = ""
    section: str = ""
    status: str = ""
    standing: str = ""
    reading: str = ""
    symbol: str = ""
    view: str = ""
    attributed: bool = True
    frozen: str = ""
    away: bool = False
    drafting: str = ""
    interrupted: bool = False
    ruling: str = ""
    paragraphs: tuple[tuple[Span, ...], ...] = ()
    notes: tuple[str, ...] = ()
    amendments: tuple[SceneAmendment, ...] = ()
    language: str = "en"
    direction: str = "ltr"
    scroll: int = 0

    @property
    def still(self) -> str:
        """What the room is told while the picture stands still; "" while it does not. Where the officer is elsewhere,
        nobody is drafting what is shown."""
        at = f"as at {self.frozen[11:16]}"
        return "" if not self.frozen else f"the text {at}" if self.away else f"drafting … · the text {at}"

    @property
    def plain(self) -> str:
        """The words alone, without marks."""
        return "\n".join("".join(span.text for span in paragraph) for paragraph in self.paragraphs)


def signed(paragraph: tuple[Span, ...]) -> Iterator[Span]:
    """The spans with the signs that tell insertions and deletions without colour or style: {+ +} and {- -}."""
    ends = [*(one.mark is not other.mark for one, other in pairwise(paragraph)), True]
    before = None
    for span, last in zip(paragraph, ends, strict=True):
        sign = {Mark.INSERTED: "+", Mark.DELETED: "-"}.get(span.mark, "")
        if not sign:
            yield span
            before = span.mark
            continue
        core = span.text.strip()
        at = span.text.index(core) if core else 0
        if before is not span.mark:
            if core and at:
                yield Span(span.text[:at], span.mark)
            yield Span(f"{{{sign}", Mark.SIGN, span.here)
            yield Span(core if last else span.text[at:], span.mark) if core else Span(span.text, span.mark)
        else:
            yield Span(span.text.rstrip() if last else span.text, span.mark, span.here)
        if last:
            yield Span(f"{sign}}}", Mark.SIGN)
            if core and (tail := span.text[len(span.text.rstrip()) :]):
                yield Span(tail)
        before = span.mark
