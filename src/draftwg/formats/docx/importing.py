"""A Word file as the base text of a meeting: headings, numbered paragraphs, lists; the same Markdown reads the same."""

from collections.abc import Iterator
from dataclasses import replace

from draftwg.errors import BadInput
from draftwg.formats.blocks import Block
from draftwg.formats.docx.document import Document, Paragraph, Table
from draftwg.formats.docx.reader import read_docx
from draftwg.formats.docx.resolve import accepted
from draftwg.formats.draft import Draft
from draftwg.formats.headings import is_furniture
from draftwg.formats.prose import read_blocks

_TITLES = frozenset({"title"})
_RULE = frozenset("_-–—=* ")
_BULLETS = frozenset("•◦▪–-*\uf0b7\uf0a7")


def read_docx_draft(data: bytes, name: str) -> Draft:
    """The text in a Word file. BadInput where it cannot be read, is a redline, or holds no unit.

    Places in `left_out` are numbers of paragraphs.
    """
    document = read_docx(data, name)
    if document.revised:
        raise BadInput(
            f"{name} is a redline, not a text: it has tracked changes.",
            "Accept or reject them first; amendments of a delegation are for draftwg receive.",
        )
    document = accepted(document)
    blocks = list(_blocks(document))
    title = next((n for n, one in enumerate(document.paragraphs, 1) if one.style.casefold() in _TITLES), 0)
    body, furniture = list[Block](), list[Block]()
    for block in blocks:  # what stands before the title is the head of the paper
        outside = block.lines[0] < title or (
            not block.level and (is_furniture(block.text) or not set(block.text) - _RULE)
        )
        (furniture if outside else body).append(block)
    draft = read_blocks(body, furniture, name)
    warnings = [*document.warnings]
    if any(isinstance(block, Table) for block in document.body):
        warnings.append(f"{name} holds tables; their cells were read one after the other.")
    return replace(draft, warnings=(*warnings, *draft.warnings))


def _blocks(document: Document) -> Iterator[Block]:
    """Each paragraph as a block; the title of the paper is a heading above all others."""
    below = any(paragraph.style.casefold() in _TITLES for paragraph in document.paragraphs)
    called: dict[str, int] = {}
    for number, paragraph in enumerate(document.paragraphs, 1):
        words = _words(paragraph, called)
        if not words.strip():
            continue
        titled = paragraph.style.casefold() in _TITLES
        level = 1 if titled else min(paragraph.level + below, 6) if paragraph.level else 0
        for line in words.split("\n"):
            if line.strip():
                yield Block((number,), line.strip(), True, level or (7 if _bold(paragraph) else 0))
        for run in paragraph.runs:
            for note in document.footnotes.get(run.footnote, ()) if run.footnote else ():
                yield Block((number,), f"[^{called[run.footnote]}]: {note.text.strip()}", True)


def _words(paragraph: Paragraph, called: dict[str, int]) -> str:
    """The words behind the number that Word shows before them."""
    words = ""
    for run in paragraph.runs:
        if run.footnote:
            called.setdefault(run.footnote, len(called) + 1)
            words += f"[^{called[run.footnote]}]"
        words += run.text
    number = paragraph.number.strip()
    if not number or not words.strip():
        return words
    return f"- {words}" if number in _BULLETS else f"{number} {words}"


def _bold(paragraph: Paragraph) -> bool:
    return bool(paragraph.text.strip()) and all(run.bold or not run.text.strip() for run in paragraph.runs)
