"""What the pages of the website are made of. Addresses are those of files under the top of the site
("units/u1.html#a-2"); whoever writes a page makes them relative to it.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field

from draftwg.formats.scene import Span

_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
_APART = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """Words in a table, a list or a line of facts: where they lead ("" = nowhere), the time that they tell (ISO 8601),
    their language where it is not English, and whether they are code, such as a sum."""

    words: str
    href: str = ""
    when: str = ""
    language: str = ""
    code: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of each row is its heading."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; its level counts from 2, since a page has one title. `language` where it is not English."""

    words: str
    level: int = 2
    anchor: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the text, in paragraphs of spans, in the language and direction of the text."""

    paragraphs: tuple[tuple[Span, ...], ...]
    language: str = "en"
    direction: str = "ltr"


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph of our own; `strong` where nobody should pass over it."""

    words: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with their values."""

    pairs: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Links:
    """A list of links under a name, as the way through a page or to others."""

    name: str
    items: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A unit, or an amendment: its heading, a word on where it stands, and what belongs to it."""

    heading: Heading
    status: str
    blocks: "tuple[Block, ...]"
    href: str = ""
    marked: bool = False


Block = Table | Heading | Words | Note | Facts | Links | Piece


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its address, its title, the line above it, and its parts. `language` is that of the title."""

    path: str
    title: str
    blocks: tuple[Block, ...]
    above: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page has: the meeting, place and days in words, the way through the site, and what the site leaves
    out, in words."""

    meeting: str
    where: str
    ways: tuple[Cell, ...]
    left_out: str = ""


@dataclass
class Names:
    """Names of files and anchors: plain letters that every file system and server takes, none given twice."""

    taken: set[str] = field(default_factory=set)

    def of(self, words: str) -> str:
        """A name for these words: "15-bis"; for words without a Latin letter or digit, a short sum of them."""
        stem = slug(words)
        name, count = stem, 1 if stem not in _RESERVED else 0
        while name in self.taken or not count:
            count += 1
            name = f"{stem}-{count}"
        self.taken.add(name)
        return name


def slug(words: str) -> str:
    """Words as a part of an address."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    found = _APART.sub("-", plain).strip("-")[:90].strip("-")
    if found and len(found) > len(words) // 3:
        return found
    return f"{found}-{hashlib.sha256(words.encode()).hexdigest()[:8]}".strip("-")
