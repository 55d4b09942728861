"""Papers as Word files: a clean text, a compilation with brackets, a table of the text beside the proposals.

Each is read back before it is given out, as redlines are.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from draftwg.formats.docx.frame import bookmark_of, close_paper, open_paper, style_of
from draftwg.formats.docx.proof import prove
from draftwg.formats.docx.writer import Words, Writer
from draftwg.formats.footnotes import NOTE, parted
from draftwg.formats.papers import Masthead, Paper, PaperUnit, Proposal
from draftwg.model.procedure import Numbered

_WIDTHS = (4535, 4535)
FATE_HEADS = ("No.", "In", "Proposed by", "Change", "Fate")
FATE_WIDTHS = (900, 900, 1900, 3370, 2000)
TABLE_HEADS = ("Text", "Proposals")


def paper_docx(paper: Paper) -> bytes:
    """The file. NotRecorded where it would not read as the paper does."""
    head = paper.masthead
    writer = Writer(
        paper.title, head.language, rtl=paper.direction == "rtl", date=head.date, footer=head.symbol or paper.title
    )
    lines = open_paper(writer, head)
    lines += list(_table(writer, paper) if paper.kind == "table" else _text(writer, paper))
    lines += close_paper(writer, paper.concordance)
    data = writer.finish()
    prove(data, new=lines)
    return data


def fates_docx(
    masthead: Masthead, title: str, rows: Sequence[Mapping[str, Any]], concordance: Sequence[Numbered] = ()
) -> bytes:
    """A table of amendments with their fates, rows as `desk.papers.amendment_rows` gives them. NotRecorded as above."""
    writer = Writer(title, masthead.language, rtl=False, date=masthead.date, footer=masthead.symbol or title)
    lines = open_paper(writer, masthead)
    writer.paragraph([Words(title)], "Title")
    cells = [FATE_HEADS, *(_fate(row) for row in rows)]
    writer.table([[[[Words(line)] for line in cell.split("\n")] for cell in row] for row in cells], FATE_WIDTHS)
    written = (line for row in cells for cell in row for line in cell.split("\n"))
    lines += [title, *written, *close_paper(writer, concordance)]
    data = writer.finish()
    prove(data, new=lines)
    return data


def _fate(row: Mapping[str, Any]) -> tuple[str, ...]:
    names = "; ".join([str(row["by"]), *row["sponsors"]])
    words = "" if row["base"] else str(row["proposed"])  # of a new unit: a change of words says them itself
    said = "\n".join(filter(None, (str(row["said"]), words)))
    return str(row["number"]), str(row["unit"]), names, said, str(row["in_words"] or row["fate"])


def _text(writer: Writer, paper: Paper) -> Iterator[str]:
    writer.paragraph([Words(paper.title)], "Title")
    yield paper.title
    for section in paper.sections:
        if section.heading:
            writer.paragraph([Words(section.heading)], style_of("heading", section.level))
            yield section.heading
        for unit in section.units:
            label = style_of("label", section.level + 1)
            writer.paragraph([Words(unit.heading)], label, bookmark=bookmark_of(unit.id))
            yield unit.heading
            if unit.note:
                writer.paragraph([Words(unit.note, italic=True)], "Note")
                yield unit.note
            yield from _words(writer, unit)


def _words(writer: Writer, unit: PaperUnit) -> Iterator[str]:
    yield from unit.words.split("\n")
    for words in _noted(unit.words):
        writer.paragraph(words)


def _noted(words: str) -> Iterator[list[Words]]:
    """The paragraphs of a unit, with its footnotes where they are called."""
    lines, notes = parted(words)
    for line in lines:
        paragraph: list[Words] = []
        place = 0
        for call in NOTE.finditer(line):
            if call[1] in notes:
                paragraph += [Words(line[place : call.start()]), Words("", note=(Words(notes[call[1]]),))]
                place = call.end()
        yield [*paragraph, Words(line[place:])]


def _table(writer: Writer, paper: Paper) -> Iterator[str]:
    writer.paragraph([Words(paper.title)], "Title")
    yield paper.title
    rows: list[list[list[list[Words]]]] = [[[[Words(head)]] for head in TABLE_HEADS]]
    yield from TABLE_HEADS
    for section in paper.sections:
        if section.heading:
            rows.append([[[Words(section.heading, bold=True)]], [[]]])
            yield from (section.heading, "")
        for unit in section.units:
            right = _right(unit.proposals)
            rows.append([[[Words(unit.heading, bold=True)], *_noted(unit.words)], right])
            yield from (unit.heading, *unit.words.split("\n"))
            yield from ("".join(word.text for word in words) for words in right)
    writer.table(rows, _WIDTHS)


def _right(proposals: tuple[Proposal, ...]) -> list[list[Words]]:
    cell: list[list[Words]] = []
    for proposal in proposals:
        cell.append(
            [Words(proposal.who or "Proposal", bold=True), Words(f": {proposal.said}" if proposal.said else "")]
        )
        lines: list[list[Words]] = [[]]
        for op, text, _ in proposal.pieces:
            for place, words in enumerate(text.split("\n")):
                if place:
                    lines.append([])
                if words:
                    lines[-1].append(Words(words, bold=op == "+", underline=op == "+", strike=op == "-"))
        cell += lines if proposal.pieces else []
    return cell or [[]]
