"""What stands around the text of every Word paper: the masthead above, the end mark and the concordance below."""

import re
from collections.abc import Sequence

from draftwg.formats.docx.writer import Words, Writer
from draftwg.formats.papers import CONCORDANCE, CONCORDANCE_HEADS, Masthead
from draftwg.model.procedure import Numbered

END = "_______________"
_WIDTH = 9070
_UNFIT = re.compile(r"[^A-Za-z0-9]")


def open_paper(writer: Writer, masthead: Masthead) -> list[str]:
    """Write the masthead; the paragraphs that it makes."""
    left, right = masthead.left or [""], masthead.right or [""]
    cells = [[[Words(line, bold=not place)] for place, line in enumerate(column)] for column in (left, right)]
    writer.table([cells], (_WIDTH * 6 // 10, _WIDTH - _WIDTH * 6 // 10), head=0, lines=False)
    writer.paragraph([Words(masthead.shows, italic=True)] if masthead.shows else [], "Masthead")
    return [*left, *right, masthead.shows]


def close_paper(writer: Writer, concordance: Sequence[Numbered]) -> list[str]:
    """Write the end mark, which no change touches, and the concordance if there is one; the paragraphs made."""
    writer.paragraph([Words(END)], "Masthead")
    if not concordance:
        return [END]
    writer.paragraph([Words(CONCORDANCE)], "Heading1")
    rows = [CONCORDANCE_HEADS, *((line.draft, line.final, line.section, line.note) for line in concordance)]
    widths = (_WIDTH * 3 // 20, _WIDTH // 10, _WIDTH * 3 // 20, _WIDTH - 2 * (_WIDTH * 3 // 20) - _WIDTH // 10)
    writer.table([[[[Words(cell)]] for cell in row] for row in rows], widths)
    writer.paragraph([], "Masthead")
    return [END, CONCORDANCE, *(cell for row in rows for cell in row), ""]


def style_of(style: str, level: int) -> str:
    """The Word style of a paragraph of the text."""
    if style in ("heading", "label"):
        return f"Heading{min(max(level, 1), 9)}"
    return {"title": "Title", "note": "Note"}.get(style, "")


def bookmark_of(id: str) -> str:
    """The bookmark of the unit with this id: Word takes letters, digits and underscores, at most 40."""
    return f"unit_{_UNFIT.sub('_', id)}"[:40]
