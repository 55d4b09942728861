"""Writing a Word file paragraph by paragraph: runs, tracked changes, comments, footnotes, tables.

Every number that the standard wants unique in a file comes from one counter, since Word calls a file damaged in which
a revision, a comment and a bookmark share one. Footnotes have a count of their own: LibreOffice loses the words of
notes whose numbers do not follow one another. A revision always has an author and a date. What XML cannot hold never
gets in. The same calls give the same bytes.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Literal, NamedTuple
from unicodedata import bidirectional

from draftwg.formats.docx import sheet
from draftwg.formats.docx.package import write_package
from draftwg.hygiene import visible

_ILLEGAL = re.compile("[\ufffe\uffff\U0001fffe\U0001ffff]")
_STRONG_LEFT = re.compile(
    r"[A-Za-z\u00c0-\u024f\u0370-\u052f][\w'’.-]*(?:[ ,/]+[A-Za-z\u00c0-\u024f\u0370-\u052f][\w'’.-]*)*"
)
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(:\d{2})?)?")
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TAGS = {"ins": "w:ins", "del": "w:del", "from": "w:moveFrom", "to": "w:moveTo"}

Kind = Literal["ins", "del", "from", "to"]


class Revise(NamedTuple):
    """A tracked change: its kind, author, and date (ISO 8601)."""

    kind: Kind
    author: str
    date: str


class Words(NamedTuple):
    """Words of a paragraph: their revision, their look, the comment that begins on them (author, date, text), and, for
    the call of a footnote, the words of the note."""

    text: str
    revision: Revise | None = None
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    comment: tuple[str, str, str] | None = None
    note: "tuple[Words, ...] | None" = None


class Writer:
    """A Word file in the making. `language` is the tag of its text, `rtl` whether that is written from the right."""

    def __init__(self, title: str, language: str, *, rtl: bool, date: str, footer: str) -> None:
        self.title, self.language, self.rtl, self.date, self.foot = title, language, rtl, word_date(date), footer
        self.body: list[str] = []
        self.comments: list[str] = []
        self.notes: list[str] = []
        self._id = 0

    def paragraph(
        self,
        words: Iterable[Words],
        style: str = "",
        *,
        mark: Revise | None = None,
        bookmark: str = "",
        before: str = "",
    ) -> None:
        """Write a paragraph; `mark` is the revision of its end, `bookmark` a name for it, `before` XML at its start."""
        self.body.append(self._paragraph(list(words), style, mark, bookmark, before))

    def table(self, rows: Sequence[Sequence[Sequence[Sequence[Words]]]], widths: Sequence[int], *, head: int = 1,
              lines: bool = True) -> None:  # fmt: skip
        """Write a table: rows of cells of paragraphs of words; `head` rows are repeated on every page."""
        border = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
                         for side in ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip
        borders = f"<w:tblBorders>{border}</w:tblBorders>" if lines else ""
        room = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>'
                       for side, width in (("top", 57), ("left", 108), ("bottom", 57), ("right", 108)))  # fmt: skip
        margins = f"<w:tblCellMar>{room}</w:tblCellMar>" if lines else ""
        bidi = "<w:bidiVisual/>" if self.rtl else ""
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        out = [
            f'<w:tbl><w:tblPr>{bidi}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>'
            f"{margins}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        ]
        for place, row in enumerate(rows):
            header = "<w:tblHeader/>" if place < head else ""
            out.append(f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>")
            for cell, width in zip(row, widths, strict=True):
                own = "".join(
                    self._paragraph([one._replace(bold=True) for one in words] if header else list(words), "Masthead",
                                    None, "", "") for words in cell or [[]]
                )  # fmt: skip
                out.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{own}</w:tc>')
            out.append("</w:tr>")
        self.body.append("".join([*out, "</w:tbl>"]))

    def move_start(self, side: Literal["from", "to"], revision: Revise, name: str) -> tuple[str, str]:
        """XML for the start and the end of one side of a move; the pair of sides has one name."""
        id, tag = self.next_id(), "moveFrom" if side == "from" else "moveTo"
        about = f'w:id="{id}" w:author="{_attribute(revision.author)}" w:date="{word_date(revision.date)}"'
        return f'<w:{tag}RangeStart {about} w:name="{_attribute(name)}"/>', f'<w:{tag}RangeEnd w:id="{id}"/>'

    def next_id(self) -> int:
        """A number that nothing else in the file has."""
        self._id += 1
        return self._id

    def finish(self) -> bytes:
        """The file."""
        section = (
            '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>'
            '<w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" '
            f'w:gutter="0"/>{"<w:bidi/>" if self.rtl else ""}</w:sectPr>'
        )
        about = f"{sheet.HEAD}<w:{{0}} {sheet.NAMESPACES}>{{1}}</w:{{0}}>"
        parts: dict[str, str] = {
            "word/document.xml": about.format("document", f"<w:body>{''.join(self.body)}{section}</w:body>"),
            "word/styles.xml": sheet.styles(self.language),
            "word/settings.xml": sheet.settings(),
            "word/footer1.xml": sheet.footer(xml_text(self.foot)),
        }
        if self.comments:
            parts["word/comments.xml"] = about.format("comments", "".join(self.comments))
        if self.notes:
            separators = "".join(
                f'<w:footnote w:type="{kind}" w:id="{id}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
                for kind, id, tag in (
                    ("separator", -1, "separator"),
                    ("continuationSeparator", 0, "continuationSeparator"),
                )
            )
            parts["word/footnotes.xml"] = about.format("footnotes", separators + "".join(self.notes))
        return write_package(self._packed(parts))

    # Inside

    def _packed(self, parts: dict[str, str]) -> dict[str, str | bytes]:
        kinds = [path.removeprefix("word/").removesuffix(".xml") for path in parts][1:]
        overrides = f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>' + "".join(
            f'<Override PartName="/word/{kind}.xml" ContentType="{_WORD}.{kind.rstrip("1")}+xml"/>' for kind in kinds
        )
        core = "application/vnd.openxmlformats-package.core-properties+xml"
        links = "".join(
            f'<Relationship Id="rId{place}" Type="{_OFFICE}/{kind.rstrip("1")}" Target="{kind}.xml"/>'
            for place, kind in enumerate(kinds, 1)
        )
        main = (
            f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
            '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/'
            'core-properties" Target="docProps/core.xml"/>'
        )
        properties = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{xml_text(self.title)}</dc:title>'
            f"<dc:creator>Secretariat</dc:creator><dc:language>{xml_text(self.language)}</dc:language>"
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{self.date}</dcterms:created></cp:coreProperties>'
        )
        return {
            "[Content_Types].xml": f'{sheet.HEAD}<Types xmlns="{_TYPES}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="application/xml"/>{overrides}<Override PartName="/docProps/core.xml" ContentType="{core}"/>'
            "</Types>",
            "_rels/.rels": f'{sheet.HEAD}<Relationships xmlns="{_RELATIONS}">{main}</Relationships>',
            "docProps/core.xml": sheet.HEAD + properties,
            **parts,
            "word/_rels/document.xml.rels": f'{sheet.HEAD}<Relationships xmlns="{_RELATIONS}">{links}</Relationships>',
        }

    def _paragraph(self, words: list[Words], style: str, mark: Revise | None, bookmark: str, before: str) -> str:
        rtl = self.rtl and (not words or any(_right(one.text) for one in words))
        properties = f'<w:pStyle w:val="{style}"/>' if style else ""
        properties += "<w:bidi/>" if rtl else ""
        end = self._revision(mark)[0].replace(">", "/>") if mark else ""
        if mark and mark.kind == "to":
            # LibreOffice passes over the moved end of a paragraph; as an inserted one it goes with the rejected move.
            end = self._revision(mark._replace(kind="ins"))[0].replace(">", "/>") + end
        end += "<w:rtl/>" if rtl else ""
        properties += f"<w:rPr>{end}</w:rPr>" if end else ""
        out = [f"<w:p><w:pPr>{properties}</w:pPr>" if properties else "<w:p>", before]
        id = self.next_id() if bookmark else 0
        out += [f'<w:bookmarkStart w:id="{id}" w:name="{_attribute(bookmark)}"/>'] if bookmark else []
        out += [self._words(one, rtl=rtl) for one in words]
        out += [f'<w:bookmarkEnd w:id="{id}"/>'] if bookmark else []
        return "".join([*out, "</w:p>"])

    def _words(self, words: Words, *, rtl: bool) -> str:
        open_, close = self._revision(words.revision) if words.revision else ("", "")
        comment = self._comment(*words.comment) if words.comment else -1
        gone = words.revision is not None and words.revision.kind == "del"
        runs = f"{open_}{self._runs(words, 'w:delText' if gone else 'w:t', rtl=rtl)}{close}"
        if comment < 0:
            return runs
        return (
            f'<w:commentRangeStart w:id="{comment}"/>{runs}<w:commentRangeEnd w:id="{comment}"/><w:r><w:rPr>'
            f'<w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{comment}"/></w:r>'
        )

    def _runs(self, words: Words, tag: str, *, rtl: bool) -> str:
        if words.note is not None:
            return (
                '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
                f'<w:footnoteReference w:id="{self._note(words.note)}"/></w:r>'
            )
        look = "<w:b/><w:bCs/>" * words.bold + "<w:i/><w:iCs/>" * words.italic
        look += "<w:strike/>" * words.strike + '<w:u w:val="single"/>' * words.underline
        out = []
        for text, right in _directed(words.text) if rtl else [(words.text, False)]:
            own = look + "<w:rtl/>" * right
            own = f"<w:rPr>{own}</w:rPr>" if own else ""
            out.append(f'<w:r>{own}<{tag} xml:space="preserve">{xml_text(text)}</{tag}></w:r>')
        return "".join(out)

    def _revision(self, revision: Revise) -> tuple[str, str]:
        tag = _TAGS[revision.kind]
        author = _attribute(revision.author) or "Secretariat"
        about = f'w:id="{self.next_id()}" w:author="{author}" w:date="{word_date(revision.date) or self.date}"'
        return f"<{tag} {about}>", f"</{tag}>"

    def _comment(self, author: str, date: str, text: str) -> int:
        id = self.next_id()
        initials = "".join(word[0] for word in visible(author).split() if word[0].isalnum())[:3].upper()
        paragraphs = "".join(
            f'<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr><w:r><w:t xml:space="preserve">{xml_text(line)}</w:t>'
            "</w:r></w:p>"
            for line in text.split("\n")
        )
        self.comments.append(
            f'<w:comment w:id="{id}" w:author="{_attribute(author)}" w:date="{word_date(date) or self.date}" '
            f'w:initials="{_attribute(initials)}">{paragraphs}</w:comment>'
        )
        return id

    def _note(self, words: Sequence[Words]) -> int:
        id = len(self.notes) + 1
        rtl = self.rtl and any(_right(one.text) for one in words)
        sign = (
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
            '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
        )
        own = "".join(self._words(one, rtl=rtl) for one in words)
        bidi = "<w:bidi/>" if rtl else ""
        self.notes.append(
            f'<w:footnote w:id="{id}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/>{bidi}</w:pPr>{sign}{own}'
            "</w:p></w:footnote>"
        )
        return id


def xml_text(words: str) -> str:
    """The words as XML text: what XML cannot hold shows as U+FFFD."""
    return escape(legal(words), quote=False)


def legal(words: str) -> str:
    """The words without the signs that XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", visible(words))


def word_date(when: str) -> str:
    """The time as Word writes it: the clock of the room, marked with Z whatever the zone; "" for no time."""
    found = _DATE.match(when)
    return f"{found[1]}T{found[2] or '00:00'}{found[3] or ':00'}Z" if found else ""


def _attribute(words: str) -> str:
    return escape(" ".join(legal(words).split()), quote=True)


def _right(words: str) -> bool:
    return any(bidirectional(sign) in ("R", "AL") for sign in words)


def _directed(words: str) -> list[tuple[str, bool]]:
    """The words cut where their direction turns: Latin letters inside Arabic are runs of their own."""
    out: list[tuple[str, bool]] = []
    place = 0
    for found in _STRONG_LEFT.finditer(words):
        out += [(words[place : found.start()], True)] if found.start() > place else []
        out.append((found[0], False))
        place = found.end()
    return [*out, (words[place:], True)] if place < len(words) or not out else out
