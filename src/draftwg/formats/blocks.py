"""From the lines of a source to its blocks: one paragraph, heading or item each, with the numbers of their lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from draftwg.formats.headings import (
    is_final,
    is_furniture,
    is_sub,
    lettered,
    numbered,
    split_glued,
    starts_low,
    unit_heading,
)
from draftwg.hygiene import clean

# A target is one only if it looks like one: "[shall](a)" is a bracket and a subparagraph.
_LINK = re.compile(
    r"!?\[(?P<words>[^\[\]\n]*)\]\((?:<[^<>\n]*>|#[^()\s]*|[^()\s]*[/:.][^()\s]*)?(?:\s+\"[^\"\n]*\")?\)"
)
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]")
_WRAP_LIMIT = 120  # a text whose longest line is longer than this was not broken by hand or by a mailer
_FULL = 0.6  # a line this full, as a share of the longest, may have been broken because the next word did not fit


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or item: its source lines (from 1), its words, whether an empty line stood before it.

    `level` is the level of a Markdown heading, 7 for a line wholly in bold, 0 for all else.
    """

    lines: tuple[int, ...]
    text: str
    gap: bool
    level: int = 0


class BlockList:
    """Blocks being put together line by line; `last` is the last line with the level of its block."""

    def __init__(self) -> None:
        self._done: list[Block] = []
        self._open: list[Block] = []

    @property
    def last(self) -> Block | None:
        """The last line that was put in; None at the beginning."""
        return self._open[-1] if self._open else None

    @property
    def single(self) -> bool:
        """Whether the last block has one line so far."""
        return len(self._open) == 1

    def begin(self, line: Block) -> None:
        """Begin a block with this line."""
        self._close()
        self._open = [line]

    def go_on(self, line: Block) -> None:
        """Put this line at the end of the last block."""
        self._open.append(line)

    def underline(self, level: int) -> None:
        """Make the last block, of one line, a heading of this level."""
        self._open = [replace(self._open[0], level=level)]

    def heals(self, line: Block) -> bool:
        """Whether `line` goes on from the last block over an empty line: it begins in lower case, behind no “:”."""
        last = self.last
        return (
            last is not None
            and starts_low(line.text)
            and not last.level
            and not last.text.endswith((":", ";", "：", "；"))
            and not (self.single and is_bare_heading(last.text))
        )

    def finish(self) -> list[Block]:
        """All blocks, in order."""
        self._close()
        return self._done

    def _close(self) -> None:
        if not self._open:
            return
        parts = [self._open[0].text]
        for before, line in pairwise(self._open):
            wide = _WIDE.match(before.text[-1:]) and _WIDE.match(line.text)
            parts += ["" if wide else " ", line.text]  # no blank between Chinese characters
        lines = tuple(dict.fromkeys(number for line in self._open for number in line.lines))
        self._done.append(Block(lines, "".join(parts), self._open[0].gap, self._open[0].level))
        self._open = []


def source_lines(source: str) -> list[tuple[int, str]]:
    """Every line, cleaned, with its number as an editor counts it; a form feed or other break inside one parts it."""
    raw = re.split("\r\n|[\r\n]", source)
    return [(number, part.strip()) for number, line in enumerate(raw, 1) for part in clean(line).split("\n")]


def resolve_links(line: str) -> str:
    """A line with its Markdown links reduced to their words, before any bracket is looked at."""
    return _LINK.sub(lambda found: found["words"], line)


def prose_blocks(source: str) -> tuple[list[Block], list[Block]]:
    """The blocks of a plain text, and the page furniture (page numbers, symbols) that was taken out between them.

    Lines broken to a width are joined where the text as a whole is so broken; a block that begins with a lower-case
    letter goes on from the block before it, over a page break. Headings glued together are parted.
    """
    blocks = BlockList()
    furniture: list[Block] = []
    gap = True
    lines = source_lines(source)
    width = _wrap_width([text for _, text in lines])
    for number, line in lines:
        if not line:
            gap = True
            continue
        for place, piece in enumerate(split_glued(resolve_links(line))):
            block = Block((number,), piece.strip(), gap or place > 0)
            within = blocks.last is not None and not block.gap and not is_final(blocks.last.text)
            if is_furniture(block.text) and not within:
                furniture.append(block)
                continue
            gap = False
            if _goes_on(blocks, block, width):
                blocks.go_on(block)
            else:
                blocks.begin(block)
    return blocks.finish(), furniture


def unwrapped(source: str) -> str:
    """A text with its lines joined to paragraphs where it is broken to a width; otherwise only cleaned."""
    lines = source_lines(source)
    width = _wrap_width([text for _, text in lines])
    if not width:
        return "\n".join(text for _, text in lines)
    blocks = BlockList()
    gap = True
    for number, text in lines:
        line = Block((number,), text, gap)
        if text and not gap and _goes_on(blocks, line, width):
            blocks.go_on(line)
        elif text:
            blocks.begin(line)
        gap = not text
    return "".join(f"{chr(10) * (1 + block.gap)}{block.text}" for block in blocks.finish()).lstrip("\n")


def begins_part(line: str) -> bool:
    """Whether a line begins like a heading, a numbered paragraph or a subparagraph."""
    return bool(unit_heading(line) or numbered(line) or lettered(line)) or is_sub(line)


def is_bare_heading(line: str) -> bool:
    """Whether a line is the heading of a unit and nothing more."""
    head = unit_heading(line)
    return head is not None and not head.rest


def _goes_on(blocks: BlockList, line: Block, width: int) -> bool:
    """Whether `line` belongs to the last block; `width` is the one to which the text was broken, 0 for none."""
    last = blocks.last
    if last is None or line.gap:
        return blocks.heals(line)
    if not width:
        return blocks.heals(line) and not begins_part(line.text)
    full = len(last.text) >= _FULL * width
    if is_sub(line.text) or (blocks.single and is_bare_heading(last.text)):
        return False
    if begins_part(line.text):  # "… as set out in paragraph⏎5. The …": only a full line that ends in no sign runs on
        return full and not is_final(last.text)
    fitted = len(last.text) + 1 + len(line.text.split(maxsplit=1)[0]) <= 0.8 * width
    return starts_low(line.text) or not (fitted and (is_final(last.text) or not full))


def _wrap_width(lines: list[str]) -> int:
    """The width to which the text was broken by hand; 0 where it was not."""
    longest = max(map(len, lines), default=0)
    if longest > _WRAP_LIMIT:
        return 0
    pairs = [first for first, second in _pairs(lines) if not begins_part(second)]
    full = sum(len(first) >= _FULL * longest for first in pairs)
    return longest if full >= 2 and 2 * full > len(pairs) else 0


def _pairs(lines: list[str]) -> Iterator[tuple[str, str]]:
    return ((first, second) for first, second in pairwise(lines) if first and second)
