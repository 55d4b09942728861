"""A redline as a Word file: the changes between two texts as tracked changes, each with its author and a comment.

Accept all and the new text stands there; reject all, and the old one. This is proven by reading the file back before
it is given out. A unit that moved is a move in Word too: what stands at both places is moved, words that changed on
the way are inserted or deleted there.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from draftwg.formats.docx.frame import bookmark_of, close_paper, open_paper, style_of
from draftwg.formats.docx.proof import prove
from draftwg.formats.docx.writer import Kind, Revise, Words, Writer
from draftwg.formats.flow import Line
from draftwg.formats.footnotes import NOTE, parted_flow
from draftwg.formats.papers import Masthead, day
from draftwg.formats.redlines import OTHERS, Apart, Credit, Redline, RedlinePiece

SECRETARIAT = "Secretariat"


def redline_docx(redline: Redline, old: Sequence[str], new: Sequence[str], *, attributed: bool = True) -> bytes:
    """The file. `old` and `new` are the paragraphs that it has to read as, all changes rejected or accepted.

    With `attributed`, authors are the delegations, and comments tell amendment, reading, sponsors and decision; else
    every author is the Secretariat. NotRecorded where the file would not read so.
    """
    return _Maker(redline, attributed).made(list(old), list(new))


class _Maker:
    def __init__(self, redline: Redline, attributed: bool) -> None:
        self.redline = redline
        self.attributed = attributed
        self.writer = Writer(
            redline.title,
            redline.language,
            rtl=redline.direction == "rtl",
            date=redline.date,
            footer=redline.symbol or redline.title,
        )
        self.told: set[tuple[str, str]] = set()
        self.moves: dict[str, str] = {}

    def made(self, old: list[str], new: list[str]) -> bytes:
        redline, writer = self.redline, self.writer
        head = open_paper(
            writer,
            Masthead(
                redline.meeting, redline.place, redline.dates, redline.symbol, redline.distribution, redline.date,
                redline.language, f"{redline.old} → {redline.new}",
            ),
        )  # fmt: skip
        for (key, side), group in groupby(redline.lines, key=lambda line: (line.key, line.side)):
            lines = list(group)
            start, end = "", ""
            if side:
                name = self.moves.setdefault(key, f"move{len(self.moves) + 1}")
                start, end = writer.move_start(side, self._revise(side, lines[0].mover), name)
            lines, notes = parted_flow(lines)
            for place, line in enumerate(lines):
                words = list(self._words(line, notes))
                style = style_of(line.style, line.level)
                bookmark = bookmark_of(key) if line.style == "label" and side != "from" else ""
                writer.paragraph(words, style, mark=self._mark(line), bookmark=bookmark, before="" if place else start)
            if end:
                writer.body.append(end)
        tail = [*close_paper(writer, redline.concordance), *_others(writer, redline.others)]
        data = writer.finish()
        prove(data, old=[*head, *old, *tail], new=[*head, *new, *tail])
        return data

    def _words(self, line: Line, notes: dict[str, tuple[RedlinePiece, ...]]) -> Iterator[Words]:
        for (op, credit), group in groupby(line.pieces, key=lambda piece: (piece.op, piece.credit)):
            words = "".join(piece.text for piece in group)
            revision = self._revision(op, credit, line)
            comment = self._comment(line, credit) if op != "=" else None
            if line.side and not line.key.startswith("section:") and line.style == "label" and op == "=":
                comment = self._comment(line, line.mover)
            place = 0
            for call in NOTE.finditer(words):
                if call[1] not in notes:
                    continue
                if call.start() > place:
                    yield Words(words[place : call.start()], revision, comment=comment)
                    comment = None
                # What is in a note that comes, goes or moves whole needs no marks of its own.
                marked = op == "=" and not line.side
                note = tuple(
                    Words(one.text, self._revision(one.op, one.credit, line) if marked else None)
                    for one in notes[call[1]]
                )
                yield Words("", revision, note=note)
                place = call.end()
            if place < len(words):
                yield Words(words[place:], revision, comment=comment)

    def _revision(self, op: str, credit: str, line: Line) -> Revise | None:
        if op == "=":
            return self._revise(line.side, line.mover) if line.side else None
        return self._revise("ins" if op == "+" else "del", credit)

    def _mark(self, line: Line) -> Revise | None:
        return self._revision(line.end.op, line.end.credit, line)

    def _revise(self, kind: Kind, key: str) -> Revise:
        credit = self.redline.credits.get(key)
        author = (credit.by or credit.who) if credit and self.attributed else SECRETARIAT
        return Revise(kind, author or SECRETARIAT, (credit.when if credit else "") or self.redline.date)

    def _comment(self, line: Line, key: str) -> tuple[str, str, str] | None:
        """The comment of a change, once for a unit."""
        credit = self.redline.credits.get(key)
        if credit is None or (line.key, key) in self.told:
            return None
        self.told.add((line.key, key))
        words = comment_on(credit, attributed=self.attributed)
        return (SECRETARIAT, credit.when or self.redline.date, words) if words else None


def _others(writer: Writer, others: Sequence[Apart]) -> Iterator[str]:
    """Write the proposals that changes cannot show, behind the end of the text and unmarked; the paragraphs made."""
    if not others:
        return
    writer.paragraph([Words(OTHERS)], "Heading1")
    yield OTHERS
    for one in others:
        writer.paragraph([Words(one.where)], "Heading2")
        writer.paragraph([Words(one.said)])
        yield from (one.where, one.said)
        for pieces in one.words:
            writer.paragraph(
                [Words(text, bold=op == "+", underline=op == "+", strike=op == "-") for op, text, _ in pieces]
            )
            yield "".join(piece.text for piece in pieces)


def comment_on(credit: Credit, *, attributed: bool = True) -> str:
    """What a comment tells of a change: amendment and reading, sponsors, the change, the decision."""
    number = ", ".join(filter(None, (credit.amendment if attributed else "", credit.reading, day(credit.when))))
    who = f"Proposed by {credit.who}" if attributed and credit.who and credit.amendment else ""
    return "\n".join(filter(None, (number, who, credit.said, credit.decided)))
