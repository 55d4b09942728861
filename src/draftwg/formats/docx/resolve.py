"""A Word file with all its tracked changes accepted, or all rejected: what Word's own commands would leave.

A paragraph whose end goes is joined to the one behind it, and takes the look of that one, since in Word the end carries
it (ECMA-376-1, 17.13.5). A paragraph that goes whole leaves nothing behind.
"""

from collections.abc import Iterable
from dataclasses import replace

from draftwg.formats.docx.document import Document, Paragraph, Row, Run, Table
from draftwg.formats.docx.numbers import numbered, refilled


def accepted(document: Document) -> Document:
    """The document as it reads with every change accepted; it has no revisions left."""
    return _resolved(document, new=True)


def rejected(document: Document) -> Document:
    """The document as it read before the first change."""
    return _resolved(document, new=False)


def _resolved(document: Document, *, new: bool) -> Document:
    body: list[Paragraph | Table] = []
    waiting: list[Paragraph] = []
    for block in document.body:
        if isinstance(block, Paragraph):
            waiting.append(block)
            continue
        body += _joined(waiting, new=new)
        waiting = []
        table = Table(tuple(_row(row, new=new) for row in block.rows if _stays(row, new=new)))
        if table.rows:
            body.append(table)
    body += _joined(waiting, new=new)
    notes = {id: tuple(_joined(note, new=new)) for id, note in document.footnotes.items()}
    plain = replace(document, body=tuple(body), footnotes=notes)
    counted = iter(numbered(plain.paragraphs, document.numbering))
    return replace(plain, body=tuple(refilled(block, counted) for block in body))


def _joined(paragraphs: Iterable[Paragraph], *, new: bool) -> list[Paragraph]:
    out: list[Paragraph] = []
    carried: tuple[Run, ...] = ()
    last: Paragraph | None = None
    for paragraph in paragraphs:
        runs = (*carried, *(_plain(run) for run in paragraph.runs if _stays(run, new=new)))
        last = replace(paragraph, runs=runs, inserted=None, deleted=None)
        carried = ()
        if _stays(paragraph, new=new):
            out.append(last)
            last = None
        else:
            carried = runs
    if last is not None and carried:  # the end of the last paragraph cannot go
        out.append(last)
    return out


def _stays(one: Run | Row | Paragraph, *, new: bool) -> bool:
    return one.deleted is None if new else one.inserted is None


def _plain(run: Run) -> Run:
    return replace(run, inserted=None, deleted=None) if run.inserted or run.deleted else run


def _row(row: Row, *, new: bool) -> Row:
    return Row(tuple(tuple(_joined(cell, new=new)) for cell in row.cells), header=row.header)
