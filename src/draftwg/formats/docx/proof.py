"""The proof that a Word file of ours says what it should: read back by our own reader before it is handed out.

Two texts are compared as paragraphs. A footnote may be called by any number, so calls compare as "[^]" and the words
of the notes as a set of their own.
"""

from collections.abc import Iterable

from draftwg.errors import NotRecorded
from draftwg.formats.docx.document import Document
from draftwg.formats.docx.reader import read_docx
from draftwg.formats.docx.resolve import accepted, rejected
from draftwg.formats.docx.writer import legal
from draftwg.formats.footnotes import NOTE, NOTE_LINE
from draftwg.hygiene import clean, one_line

Reading = tuple[list[str], list[str]]


def prove(data: bytes, *, new: Iterable[str], old: Iterable[str] | None = None) -> None:
    """See that the file reads as `new` with all changes accepted, and as `old` (the same if None) with all rejected.

    NotRecorded, naming the first paragraph that differs, where it does not: such a file is not handed out.
    """
    document = read_docx(data, "the file", own=True)
    after = list(new)
    for reading, wanted in ((accepted(document), after), (rejected(document), after if old is None else list(old))):
        got, meant = _of(reading), _normal(wanted, [])
        if got == meant:
            continue
        pairs = zip((*got[0], *got[1], "(end)"), (*meant[0], *meant[1], "(end)"), strict=False)
        where = next((f"“{one_line(b)[:40]}” reads “{one_line(a)[:40]}”" for a, b in pairs if a != b), "its end")
        raise NotRecorded(
            f"The Word file would not read as the text does ({where}); it was not written.",
            "Export another format, and report this.",
        )


def _of(document: Document) -> Reading:
    notes: list[str] = []
    lines: list[str] = []
    for paragraph in document.paragraphs:
        words = ""
        for run in paragraph.runs:
            words += run.text
            if run.footnote:
                words += "[^0]"
                notes.append("\n".join(note.text.strip() for note in document.footnotes.get(run.footnote, ())))
        lines.append(words)
    return _normal(lines, notes)


def _normal(lines: Iterable[str], notes: list[str]) -> Reading:
    kept: list[str] = []
    found = list(notes)
    for line in lines:
        words = clean(legal(line))
        note = NOTE_LINE.fullmatch(words)
        if note:
            found.append(note[2])
        else:
            kept.append(NOTE.sub("[^]", words))
    return kept, sorted(clean(legal(note)).strip() for note in found)
