"""Reading a Word file: every paragraph with its tracked changes, as it stands in the file.

Words pass the door (`hygiene.clean`); what the reader does not take as it stands is told in the warnings. The file is
counted before it is cleaned: text beyond the limits below is refused in one line.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from draftwg.errors import BadInput
from draftwg.formats.docx.document import Comment, Document, Paragraph, Revision, Row, Run, Table
from draftwg.formats.docx.numbers import numbered, read_numbering, refilled
from draftwg.formats.docx.package import Package, child, children
from draftwg.formats.docx.styles import NO_STYLE, Look, list_of, look, outline, read_styles, value
from draftwg.hygiene import clean, clean_line

MOST_PARAGRAPHS = 5_000
LONGEST_PARAGRAPH = 100_000
MOST_TEXT = 2_000_000
MOST_MARKS = 8

_INSERTING = {"w:ins": False, "w:moveTo": True}
_DELETING = {"w:del": False, "w:moveFrom": True}
_PASSED = frozenset({"w:hyperlink", "w:smartTag", "w:customXml", "w:sdtContent", "w:dir", "w:bdo", "w:fldSimple",
                     "w:sdt", "mc:AlternateContent", "mc:Choice", "w:ruby", "w:rubyBase"})  # fmt: skip
_SIGNS = {"w:tab": " ", "w:ptab": " ", "w:cr": "\n", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad"}
_DROPPED = re.compile("[\u202a-\u202e\u2066-\u2069]")


def read_docx(data: bytes, name: str, *, own: bool = False) -> Document:
    """The document in these bytes; `name` is for messages; `own` files, which draftwg has just made, may be larger.

    BadInput where it cannot or may not be read.
    """
    try:
        return _Reader(Package(data, name, own=own)).document()
    except RecursionError:
        raise BadInput(f"{name} is nested too deeply to be read.", "Save it anew as .docx.") from None


@dataclass(slots=True)
class _Marks:
    """The revisions around a place."""

    inserted: Revision | None = None
    deleted: Revision | None = None


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.name = package.name
        self.warnings: dict[str, None] = {}
        self.paragraphs = self.size = 0
        self.moves: dict[str, str] = {}
        self.comments: dict[str, None] = {}
        self.styles = read_styles(self._optional("styles"))
        self.numbering = read_numbering(self._optional("numbering"))

    def document(self) -> Document:
        """The whole document."""
        if self.package.macros:
            self._warn("It holds macros; they were not read.")
        body = child(self.package.xml(self.package.main), "w:body")
        if body is None:
            raise BadInput(f"{self.name} has no text.", "Save it anew as .docx.")
        blocks = list(self._blocks(body, _Marks()))
        notes = {**self._notes("footnotes", "w:footnote", ""), **self._notes("endnotes", "w:endnote", "e")}
        comments = {
            one.get("w:id", ""): Comment(
                clean_line(one.get("w:author", "")),
                clean_line(one.get("w:date", "")),
                "\n".join(paragraph.text for paragraph in self._flat(one)),
            )
            for one in children(self._optional("comments"), "w:comment")
        }
        plain = Document(tuple(blocks), comments, notes, self.numbering)
        counted = iter(numbered(plain.paragraphs, self.numbering))
        return replace(plain, body=tuple(refilled(block, counted) for block in blocks), warnings=tuple(self.warnings))

    # Parts beside the main one

    def _optional(self, kind: str) -> Element:
        path = self.package.part(kind)
        return self.package.xml(path) if path and self.package.has(path) else Element("none")

    def _notes(self, kind: str, tag: str, prefix: str) -> dict[str, tuple[Paragraph, ...]]:
        return {
            prefix + note.get("w:id", ""): tuple(self._flat(note))
            for note in children(self._optional(kind), tag)
            if note.get("w:type", "normal") == "normal"
        }

    def _flat(self, element: Element) -> Iterator[Paragraph]:
        for block in self._blocks(element, _Marks()):
            if isinstance(block, Paragraph):
                yield block
            else:
                yield from (paragraph for row in block.rows for cell in row.cells for paragraph in cell)

    # Blocks

    def _blocks(self, parent: Element, marks: _Marks) -> Iterator[Paragraph | Table]:
        for element in parent:
            tag = element.tag
            if tag == "w:p":
                yield self._paragraph(element, marks)
            elif tag == "w:tbl":
                yield Table(tuple(self._rows(element, marks)))
            elif tag in _INSERTING or tag in _DELETING:
                yield from self._blocks(element, self._within(element, marks))
            elif tag in _PASSED:
                yield from self._blocks(element, marks)
            elif tag == "w:altChunk":
                self._warn("A part of it lies in a file of another kind inside it; that part was not read.")
            else:
                self._range(element)

    def _rows(self, table: Element, marks: _Marks) -> Iterator[Row]:
        for element in table:
            if element.tag in _PASSED:
                yield from self._rows(element, marks)
            elif element.tag == "w:tr":
                properties = child(element, "w:trPr")
                cells = tuple(self._cells(element, marks))
                yield Row(
                    cells,
                    self._revision(child(properties, "w:ins")),
                    self._revision(child(properties, "w:del")),
                    child(properties, "w:tblHeader") is not None,
                )
            else:
                self._range(element)

    def _cells(self, row: Element, marks: _Marks) -> Iterator[tuple[Paragraph, ...]]:
        for element in row:
            if element.tag in _PASSED:
                yield from self._cells(element, marks)
            elif element.tag == "w:tc":
                if any(True for _ in children(element, "w:tbl")):
                    self._warn("A table stands inside a table; its cells were read one after the other.")
                yield tuple(self._flat(element))

    # Paragraphs

    def _paragraph(self, element: Element, marks: _Marks) -> Paragraph:
        self.paragraphs += 1
        if self.paragraphs > MOST_PARAGRAPHS * self.package.slack:
            raise BadInput(f"{self.name} has more than {MOST_PARAGRAPHS:,} paragraphs.", "Take the part that matters.")
        properties = child(element, "w:pPr")
        style_id = value(properties, "w:pStyle")
        style = self.styles.get(style_id) or self.styles.get("", NO_STYLE)
        level = outline(properties)
        end = child(properties, "w:rPr")
        runs = tuple(_merged(self._runs(element, marks, style.look)))
        within = self._mark(end, marks)  # behind the runs: where a move starts is told among them
        size = sum(len(run.text) for run in runs)
        self.size += size
        if size > LONGEST_PARAGRAPH or self.size > MOST_TEXT * self.package.slack:
            raise BadInput(f"{self.name} holds more text than a paper does.", "Take the part that matters.")
        bidi = child(properties, "w:bidi")
        return Paragraph(
            runs,
            style.name or style_id,
            style.level if level is None else level,
            "",
            list_of(properties, style.list),
            within.inserted,
            within.deleted,
            bidi is not None and bidi.get("w:val", "1") not in ("0", "false", "off"),
        )

    def _mark(self, properties: Element | None, marks: _Marks) -> _Marks:
        """The revisions of a paragraph's end."""
        found = _Marks(marks.inserted, marks.deleted)
        for element in properties if properties is not None else ():
            if element.tag in _INSERTING or element.tag in _DELETING:
                found = self._within(element, found)
        return found

    def _runs(self, parent: Element, marks: _Marks, base: Look) -> Iterator[Run]:
        for element in parent:
            tag = element.tag
            if tag == "w:r":
                yield from self._run(element, marks, base)
            elif tag in _INSERTING or tag in _DELETING:
                yield from self._runs(element, self._within(element, marks), base)
            elif tag in _PASSED:
                yield from self._runs(element, marks, base)
            elif tag == "w:commentRangeStart":
                self.comments[element.get("w:id", "")] = None
            elif tag == "w:commentRangeEnd":
                self.comments.pop(element.get("w:id", ""), None)
            elif tag.startswith("m:") or tag == "?:oMath":
                self._warn("It holds formulas; they were not read.")
            else:
                self._range(element)

    def _run(self, element: Element, marks: _Marks, base: Look) -> Iterator[Run]:
        properties = child(element, "w:rPr")
        style = self.styles.get(value(properties, "w:rStyle"), NO_STYLE)
        seen = look(properties).over(style.look).over(base)
        if seen.hidden:
            self._warn("It holds hidden words; they were read like the others.")
        if value(properties, "w:color").casefold() == "ffffff":
            self._warn("It holds white words; they were read like the others.")
        made = Run(
            "", marks.inserted, marks.deleted, bool(seen.bold), bool(seen.italic), bool(seen.underline),
            bool(seen.strike), bool(seen.hidden), tuple(self.comments),
        )  # fmt: skip
        for part in element:
            tag = part.tag
            if tag in ("w:t", "w:delText"):
                yield from self._words(part.text or "", made)
            elif tag in _SIGNS:
                yield replace(made, text=_SIGNS[tag])
            elif tag == "w:br":
                if part.get("w:type", "textWrapping") == "textWrapping":
                    yield replace(made, text="\n")
            elif tag == "w:sym":
                self._warn("It holds letters of a symbol font; each is read as “\ufffd”.")
                yield replace(made, text="\ufffd")
            elif tag in ("w:footnoteReference", "w:endnoteReference"):
                prefix = "e" if tag == "w:endnoteReference" else ""
                yield replace(made, footnote=prefix + part.get("w:id", ""))
            elif tag == "w:fldChar":
                self._warn("It holds fields (numbers of pages, references); what they show was read.")
            elif tag in ("w:drawing", "w:pict", "w:object", "mc:AlternateContent"):
                if any(inner.tag == "w:txbxContent" for inner in part.iter()):
                    self._warn("It holds a text box; its words were not read.")
                else:
                    self._warn("It holds a picture or an object; it was not read.")

    def _words(self, words: str, made: Run) -> Iterator[Run]:
        if _marks_in_a_row(words) > MOST_MARKS:
            raise BadInput(f"{self.name} heaps accents on its letters.", "Such text is not read.")
        if _DROPPED.search(words):
            self._warn("It holds signs that turn the direction of writing; they were taken out.")
        kept = clean(words)
        if kept:
            yield replace(made, text=kept)

    # Revisions

    def _within(self, element: Element, marks: _Marks) -> _Marks:
        """The marks inside this element of a revision."""
        revision = self._revision(element)
        if element.tag in _INSERTING:
            return _Marks(revision, marks.deleted)
        return _Marks(marks.inserted, revision)

    def _revision(self, element: Element | None) -> Revision | None:
        if element is None:
            return None
        moved = _INSERTING.get(element.tag) or _DELETING.get(element.tag)
        name = next(reversed(self.moves.values()), "move") if moved else ""
        return Revision(clean_line(element.get("w:author", "")), clean_line(element.get("w:date", "")), name)

    def _range(self, element: Element) -> None:
        """Take down where a move begins and ends."""
        if element.tag in ("w:moveFromRangeStart", "w:moveToRangeStart"):
            self.moves[element.get("w:id", "")] = clean_line(element.get("w:name", "")) or "move"
        elif element.tag in ("w:moveFromRangeEnd", "w:moveToRangeEnd"):
            self.moves.pop(element.get("w:id", ""), None)

    def _warn(self, words: str) -> None:
        self.warnings[words] = None


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Neighbouring runs of one kind as one: Word cuts them at will."""
    last: Run | None = None
    for run in runs:
        if (
            last is not None
            and not run.footnote
            and not last.footnote
            and replace(last, text="") == replace(run, text="")
        ):
            last = replace(last, text=last.text + run.text)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def _marks_in_a_row(words: str) -> int:
    if words.isascii():
        return 0
    most = count = 0
    for sign in words:
        count = count + 1 if unicodedata.combining(sign) else 0
        most = max(most, count)
    return most
