"""A redline, or a text alone, as Akoma Ntoso XML (OASIS LegalDocML 1.0; the profile of the United Nations, AKN4UN).

A paper of recommendations is a `statement`; sections nest, each unit is a `paragraph` whose `wId` holds its permanent
id and whose `eId` its present label. Changes are `ins` and `del`, listed as `textualMod` among the passive
modifications, in the closed list of types of the schema (insertion, repeal, substitution). A move, which that list
lacks, is a repeal here and an insertion there, both of the class "moved". Footnotes are `authorialNote`. A version
without an adopted date is told by its version number, with the date of the point. What the format has no place for
(amendments with sponsors, reading and fate, the status of units, the concordance) stands under `proprietary` in the
namespace NAMESPACE, told in `docs/formats.md`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from draftwg.formats.docx.writer import legal
from draftwg.formats.flow import Line
from draftwg.formats.footnotes import NOTE, parted_flow
from draftwg.formats.redlines import Redline, RedlinePiece

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
NAMESPACE = "urn:draftwg:meeting:1"

_LANGUAGES = {"en": "eng", "fr": "fra", "es": "spa", "ru": "rus", "ar": "ara", "zh": "zho"}
_UNFIT = re.compile(r"[^\w.-]+", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NO_DAY = "1900-01-01"  # the profile's date of what has none
_SECRETARIAT = "#secretariat"
_TYPES = {"+": "insertion", "-": "repeal"}

Notes = Mapping[str, tuple[RedlinePiece, ...]]
NO_NOTES: Notes = {}


def redline_akn(redline: Redline, *, attributed: bool = True, statuses: Mapping[str, str] | None = None) -> str:
    """The document. `statuses` are those of units by id; without `attributed`, no delegation is named."""
    return _Maker(redline, attributed, statuses or {}).made()


class _Maker:
    def __init__(self, redline: Redline, attributed: bool, statuses: Mapping[str, str]) -> None:
        self.redline = redline
        self.attributed = attributed
        self.statuses = statuses
        self.taken: set[str] = set()
        self.marks: list[str] = []
        self.keys: dict[str, None] = {}

    def made(self) -> str:
        """The whole document."""
        body = "\n".join(self._body())
        title = next((line for line in self.redline.lines if line.style == "title"), None)
        shown = "".join(self._inline(title, "title")) if title else _xml(self.redline.title)
        return "\n".join(
            [
                '<?xml version="1.0" encoding="UTF-8"?>',
                f'<akomaNtoso xmlns="{AKN}" xmlns:dw="{NAMESPACE}">',
                f'<statement name="{_attribute(self.redline.noun)}s" contains="{self._contains()}">',
                *self._meta(),
                f"<preface>\n<p><docTitle>{shown}</docTitle></p>\n</preface>",
                f"<mainBody>\n{body or '<p/>'}\n</mainBody>",
                "</statement>\n</akomaNtoso>\n",
            ]
        )

    def _contains(self) -> str:
        return "singleVersion" if not self._changed() else "multipleVersions"

    def _changed(self) -> bool:
        return any(piece.op != "=" for line in self.redline.lines for piece in line.pieces) or any(
            line.side for line in self.redline.lines
        )

    # The head

    def _meta(self) -> Iterator[str]:
        redline = self.redline
        number = _UNFIT.sub("-", redline.symbol.replace("/", "-")).strip("-") or "draft"
        organ = _UNFIT.sub("-", redline.meeting.lower()).strip("-") or "meeting"
        day = _day(redline.date)
        first = _day(redline.dates or redline.date)
        language = _LANGUAGES.get(redline.language.split("-")[0], redline.language)
        work = f"/akn/un/statement/deliberation/{organ}/{first}/{number}"
        expression = f"{work}/{language}@{day}"
        yield f'<meta>\n<identification source="{_SECRETARIAT}">'
        yield f'<FRBRWork>\n<FRBRthis value="{work}/!main"/>\n<FRBRuri value="{work}"/>'
        yield f'<FRBRalias name="symbol" value="{_attribute(redline.symbol)}"/>' if redline.symbol else ""
        yield f'<FRBRdate date="{first}" name="meeting"/>\n<FRBRauthor href="{_SECRETARIAT}"/>'
        yield '<FRBRcountry value="un"/>'
        yield f'<FRBRnumber value="{number}" showAs="{_attribute(redline.symbol or "draft")}"/>\n</FRBRWork>'
        yield f'<FRBRExpression>\n<FRBRthis value="{expression}/!main"/>\n<FRBRuri value="{expression}"/>'
        yield f'<FRBRdate date="{day}" name="version"/>\n<FRBRauthor href="{_SECRETARIAT}"/>'
        yield f'<FRBRversionNumber value="{_UNFIT.sub("_", redline.new)[:80]}" showAs="{_attribute(redline.new)}"/>'
        yield f'<FRBRlanguage language="{language}"/>\n</FRBRExpression>'
        yield f'<FRBRManifestation>\n<FRBRthis value="{expression}/!main.xml"/>\n<FRBRuri value="{expression}.akn"/>'
        yield f'<FRBRdate date="{day}" name="markup"/>\n<FRBRauthor href="{_SECRETARIAT}"/>\n</FRBRManifestation>'
        yield "</identification>"
        if self.marks:
            yield f'<analysis source="{_SECRETARIAT}">\n<passiveModifications>'
            yield from self.marks
            yield "</passiveModifications>\n</analysis>"
        yield from self._references()
        yield from self._proprietary()
        yield "</meta>"

    def _references(self) -> Iterator[str]:
        yield f'<references source="{_SECRETARIAT}">'
        about = '<TLCOrganization eId="{0}" href="/akn/ontology/organization/un/{0}" showAs="{1}"/>'
        yield about.format("secretariat", "Secretariat")
        if self.attributed:
            credits = [self.redline.credits[key] for key in self.keys if key in self.redline.credits]
            for name in dict.fromkeys(credit.by for credit in credits if credit.by):
                yield about.format(self._id(f"org-{name}"), _attribute(name))
        yield "</references>"

    def _proprietary(self) -> Iterator[str]:
        redline = self.redline
        yield f'<proprietary source="{_SECRETARIAT}">'
        yield f'<dw:versions old="{_attribute(redline.old)}" new="{_attribute(redline.new)}"/>'
        for key in self.keys:
            credit = redline.credits.get(key)
            if credit is None:
                continue
            facts = {"id": _mod(key), "reading": credit.reading, "at": credit.when, "decided": credit.decided}
            if self.attributed:
                facts |= {"number": credit.amendment, "by": credit.by or credit.who, "sponsors": credit.who}
            told = "".join(f' {name}="{_attribute(value)}"' for name, value in facts.items() if value)
            yield f"<dw:amendment{told}>{_xml(credit.said)}</dw:amendment>"
        for unit, status in self.statuses.items():
            yield f'<dw:unit wId="{_wid(unit)}" status="{_attribute(status)}"/>'
        for line in redline.concordance:
            yield (
                f'<dw:concordance draft="{_attribute(line.draft)}" final="{_attribute(line.final)}" '
                f'section="{_attribute(line.section)}" note="{_attribute(line.note)}"/>'
            )
        yield "</proprietary>"

    # The text

    def _body(self) -> Iterator[str]:
        open_: list[tuple[int, bool]] = []  # levels of the sections that are open, and whether they hold anything
        groups = [list(group) for _, group in groupby(self.redline.lines, key=lambda line: (line.key, line.side))]
        for lines in groups:
            first = lines[0]
            if first.style == "title":
                continue
            if first.style == "heading":
                while open_ and open_[-1][0] >= first.level:
                    yield self._closed(open_.pop()[1])
                if open_:
                    open_[-1] = (open_[-1][0], True)
                id = self._id(f"sec_{first.key.removeprefix('section:')}")
                yield f'<section eId="{id}" wId="{_wid(first.key)}">'
                yield f"<heading>{''.join(self._inline(first, id))}</heading>"
                open_.append((first.level, False))
                continue
            if open_:
                open_[-1] = (open_[-1][0], True)
            yield from self._unit(lines)
        while open_:
            yield self._closed(open_.pop()[1])

    def _closed(self, filled: bool) -> str:
        return "</section>" if filled else "<content><p/></content>\n</section>"

    def _unit(self, lines: list[Line]) -> Iterator[str]:
        head, *words = lines
        shown = "".join(piece.text for piece in head.pieces if piece.op != "-" or not head.new)
        side = "_from" if head.side == "from" else ""
        id = self._id(f"para_{_UNFIT.sub('', shown.partition(' ')[2] or shown) or _wid(head.key)}{side}")
        yield f'<paragraph eId="{id}" wId="{_wid(head.key)}{side}">'
        yield f"<num>{''.join(self._inline(head, f'{id}__num'))}</num>\n<content>"
        body, notes = parted_flow(words)
        for line in body:
            yield f"<p>{''.join(self._inline(line, id, notes))}{self._end(line, id)}</p>"
        yield "</content>\n</paragraph>"

    def _inline(self, line: Line, parent: str, notes: Notes = NO_NOTES) -> Iterator[str]:
        pieces = [self._piece(piece, line) for piece in line.pieces]
        place = 0
        while place < len(pieces):
            piece, moved = pieces[place]
            if piece.op == "=":
                yield from self._words(piece.text, line, parent, notes)
                place += 1
                continue
            after = pieces[place + 1][0] if place + 1 < len(pieces) else None
            pair = after is not None and piece.op == "-" and after.op == "+" and after.credit == piece.credit
            own = [piece, after] if pair and after is not None else [piece]
            ids = [self._id(f"{parent}__{'ins' if one.op == '+' else 'del'}_1") for one in own]
            kind = ' class="moved"' if moved else ""
            for id, one in zip(ids, own, strict=True):
                tag = "ins" if one.op == "+" else "del"
                inside = "".join(self._words(one.text, line, id, notes, marked=True))
                yield f'<{tag} eId="{id}"{kind}>{inside}</{tag}>'
            self._mark("substitution" if pair else _TYPES[piece.op], piece.credit, ids)
            place += len(own)

    def _words(self, words: str, line: Line, parent: str, notes: Notes, *, marked: bool = False) -> Iterator[str]:
        """Words with their footnotes where they are called; in what comes or goes whole, a note has no marks of its
        own."""
        place = 0
        for call in NOTE.finditer(words):
            if call[1] not in notes:
                continue
            own = notes[call[1]]
            id = self._id(f"{parent}__authorialNote_1")
            inside = (
                _xml("".join(piece.text for piece in own))
                if marked
                else "".join(self._inline(replace(line, pieces=own), id))
            )
            yield f'{_xml(words[place : call.start()])}<authorialNote eId="{id}" marker="{call[1]}" '
            yield f'placement="bottom"><p>{inside}</p></authorialNote>'
            place = call.end()
        yield _xml(words[place:])

    def _piece(self, piece: RedlinePiece, line: Line) -> tuple[RedlinePiece, bool]:
        """A piece of a moved unit as what it is here: gone, or come."""
        if not line.side or piece.op != "=":
            return piece, False
        return RedlinePiece("-" if line.side == "from" else "+", piece.text, line.mover), True

    def _end(self, line: Line, parent: str) -> str:
        """A line end that came or went inside a unit that stays."""
        if line.end.op == "=" or line.side:
            return ""
        tag = "ins" if line.end.op == "+" else "del"
        return f'<{tag} eId="{self._id(f"{parent}__{tag}_1")}" class="lineEnd"/>'

    def _mark(self, kind: str, key: str, ids: list[str]) -> None:
        self.keys[key] = None
        id = self._id("mod_1")
        source = f"#{_mod(key)}" if key in self.redline.credits else _SECRETARIAT
        ends = f'<old href="#{ids[0]}"/><new href="#{ids[1]}"/>' if len(ids) == 2 else ""
        self.marks.append(
            f'<textualMod eId="{id}" type="{kind}"><source href="{source}"/><destination href="#{ids[-1]}"/>{ends}'
            "</textualMod>"
        )

    def _id(self, stem: str) -> str:
        """An id, never given twice: a number at its end counts on."""
        stem = _UNFIT.sub("-", stem).strip("-")
        name = stem
        base, _, number = stem.rpartition("_")
        count = int(number) if base and number.isascii() and number.isdigit() else 1
        while name in self.taken:
            count += 1
            name = f"{base}_{count}" if base and number.isdigit() else f"{stem}-{count}"
        self.taken.add(name)
        return name


def _day(when: str) -> str:
    found = _DAY.match(when)
    return found[0] if found else _NO_DAY


def _mod(key: str) -> str:
    return f"amendment-{_UNFIT.sub('-', key)}"


def _wid(id: str) -> str:
    return f"unit-{_UNFIT.sub('-', id)}" if not id.startswith("section:") else f"sec-{_UNFIT.sub('-', id[8:])}"


def _xml(words: str) -> str:
    return legal(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(words: str) -> str:
    return _xml(" ".join(words.split())).replace('"', "&quot;")
