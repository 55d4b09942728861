"""Word files as passages: tracked changes as they are, struck and underlined words as what they look like."""

from collections.abc import Iterator

from draftwg.formats.docx.document import Document, Paragraph, Revision, Run, Table
from draftwg.formats.docx.reader import read_docx
from draftwg.formats.headings import is_sub
from draftwg.formats.receiving.pieces import END, Mark, Passage, Submission, TableRow


def read_word(data: bytes, name: str) -> Submission:
    """The file. BadInput where it cannot be read, or is beyond the limits of `read_docx`."""
    document = read_docx(data, name)
    reader = _Reader(document)
    body = tuple(reader.body())
    kind = "Word file with tracked changes" if document.revised else "Word file"
    return Submission(name, kind, body, document.revised, document.warnings)


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.tracked = document.revised
        self.count = 0
        self.notes = 0

    def body(self) -> Iterator[Passage | TableRow]:
        tables = 0
        for block in self.document.body:
            if isinstance(block, Paragraph):
                self.count += 1
                yield from self._paragraph(block, f"paragraph {self.count}")
            else:
                tables += 1
                yield from self._table(block, tables)

    def _table(self, table: Table, place: int) -> Iterator[Passage | TableRow]:
        for number, row in enumerate(table.rows, 1):
            where = f"table {place}, row {number}"
            cells = [
                tuple(part for one in cell for part in self._paragraph(one, where, row.inserted, row.deleted))
                for cell in row.cells
            ]
            if len(cells) < 2:
                yield from (passage for cell in cells for passage in cell)
            else:
                yield TableRow(tuple(passage for cell in cells[:-1] for passage in cell), cells[-1], where)

    def _paragraph(
        self, paragraph: Paragraph, where: str, inserted: Revision | None = None, deleted: Revision | None = None
    ) -> Iterator[Passage]:
        marks: list[Mark] = []
        notes: list[tuple[str, Mark]] = []
        for run in paragraph.runs:
            mark = self._mark(run, inserted, deleted)
            if run.footnote:
                self.notes += 1
                mark = Mark(mark.op, f"[^{self.notes}]", mark.author, mark.date, mark.move, mark.struck)
                notes.append((run.footnote, mark))
            if mark.text:
                marks.append(mark)
        end = _of("\n", inserted or paragraph.inserted, deleted or paragraph.deleted)
        number = paragraph.number
        if number and is_sub(f"{number} a"):
            first = marks[0] if marks and all(mark.op == marks[0].op for mark in marks) else END
            marks.insert(0, Mark(first.op, f"{number} ", first.author, first.date, first.move))
            number = ""
        yield Passage(tuple(marks), end, where, number)
        for id, call in notes:
            for note in self.document.footnotes.get(id, ()):
                words = tuple(self._mark(run, None, None) for run in note.runs if run.text)
                words = (Mark("=", f"{call.text}: "), *words)
                if words[1:]:
                    first = words[1]
                    words = (words[0], Mark(first.op, first.text.lstrip(), first.author, first.date), *words[2:])
                if call.op != "=":
                    words = tuple(Mark(call.op, one.text, call.author, call.date, call.move) for one in words)
                closes = Mark(call.op, "\n", call.author, call.date, call.move) if call.op != "=" else END
                yield Passage(words, closes, f"footnote {call.text[2:-1]}")

    def _mark(self, run: Run, inserted: Revision | None, deleted: Revision | None) -> Mark:
        mark = _of(run.text, inserted or run.inserted, deleted or run.deleted)
        if self.tracked or mark.op != "=":
            return mark
        if run.strike:
            return Mark("-", run.text)
        if run.underline:
            return Mark("=", run.text, look="underline")
        return Mark("=", run.text, look="bold") if run.bold else mark


def _of(words: str, inserted: Revision | None, deleted: Revision | None) -> Mark:
    if inserted is not None:
        struck = deleted.author or "somebody" if deleted is not None else ""
        if deleted is not None and deleted.author == inserted.author:
            return Mark("+", "")  # put in and taken out by the same: nothing is left of it
        return Mark("+", words, inserted.author, inserted.date, inserted.move, struck)
    if deleted is not None:
        return Mark("-", words, deleted.author, deleted.date, deleted.move)
    return Mark("=", words)
