"""What a Word file says: paragraphs of runs with their revisions, tables, comments, footnotes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Revision:
    """A tracked change: who made it and when (as written in the file, "" if it says nothing); `move` names the pair
    of a move ("" for a plain insertion or deletion)."""

    author: str
    date: str
    move: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one kind: inserted or deleted (both: inserted by one and deleted by another), how they look, which
    comments lie on them. `footnote` is the id of a note that is called here."""

    text: str
    inserted: Revision | None = None
    deleted: Revision | None = None
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    hidden: bool = False
    comments: tuple[str, ...] = ()
    footnote: str = ""

    @property
    def old(self) -> bool:
        """Whether the words stood there before all revisions."""
        return self.inserted is None

    @property
    def new(self) -> bool:
        """Whether they stand there after all revisions."""
        return self.deleted is None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `inserted` and `deleted` are the revisions of its end (the paragraph mark); `level` is 1 for the
    highest heading and 0 for text; `number` is the list number as Word shows it ("(a)", "II.")."""

    runs: tuple[Run, ...] = ()
    style: str = ""
    level: int = 0
    number: str = ""
    list: tuple[str, int] | None = None
    inserted: Revision | None = None
    deleted: Revision | None = None
    rtl: bool = False

    @property
    def text(self) -> str:
        """All words, whatever their revision; `resolve.accepted` and `rejected` give what one reads."""
        return "".join(run.text for run in self.runs)

    @property
    def numbered(self) -> str:
        """The words behind the list number."""
        return " ".join(filter(None, (self.number, self.text)))

    @property
    def revisions(self) -> Iterator[Revision]:
        """The revisions in it and on its end."""
        ends: tuple[Run | Paragraph, ...] = (*self.runs, self)
        for one in ends:
            yield from (revision for revision in (one.inserted, one.deleted) if revision)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: each cell is its paragraphs; the revisions of the whole row."""

    cells: tuple[tuple[Paragraph, ...], ...]
    inserted: Revision | None = None
    deleted: Revision | None = None
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: who, when, and its words."""

    author: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Numbering:
    """The lists of a file: for each list id, its levels as (format, pattern, first number), the definition that it was
    made from, and at which levels it starts anew."""

    levels: Mapping[str, tuple[tuple[str, str, int], ...]] = field(default_factory=dict)
    family: Mapping[str, str] = field(default_factory=dict)
    restarts: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Document:
    """A Word file. `warnings` tell in one line each what was not taken as it stood."""

    body: tuple[Paragraph | Table, ...]
    comments: Mapping[str, Comment] = field(default_factory=dict)
    footnotes: Mapping[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    numbering: Numbering = field(default_factory=Numbering)
    warnings: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """All paragraphs in order, those in tables row by row."""
        for block in self.body:
            if isinstance(block, Paragraph):
                yield block
            else:
                yield from (paragraph for row in block.rows for cell in row.cells for paragraph in cell)

    @property
    def text(self) -> str:
        """The paragraphs with their list numbers, one a line."""
        return "\n".join(paragraph.numbered for paragraph in self.paragraphs)

    @property
    def revised(self) -> bool:
        """Whether there is any tracked change."""
        rows = (row for block in self.body if isinstance(block, Table) for row in block.rows)
        return any(row.inserted or row.deleted for row in rows) or any(
            True for paragraph in self.paragraphs for _ in paragraph.revisions
        )
