"""Redlines as plain text: CriticMarkup, signs of wdiff, JSON."""

import json
import re
from collections.abc import Iterable, Iterator

from draftwg.formats.escape import escape_heading, escape_paragraph
from draftwg.formats.paperpages import concordance_json, concordance_markdown, concordance_text
from draftwg.formats.papers import days
from draftwg.formats.redlines import KIND_WORDS, Credit, Part, Redline, RedlinePiece, RedlineUnit
from draftwg.hygiene import visible

# Between these signs of the words a backslash goes, so that they make no sign of CriticMarkup.
_CRITIC = re.compile(r"(?<=\{)(?=\+\+|--|~~|>>|==)|(?<=[+\-~=<])(?=[+\-~=<]\})|(?<=~)(?=>)")


def redline_text(redline: Redline, *, attributed: bool = True, only_changes: bool = False) -> str:
    """The redline with the signs of wdiff: [-words taken out-] {+words put in+}; such signs in the words stay."""
    return visible("\n".join(_lines(redline, attributed, only_changes)).strip("\n") + "\n")


def _lines(redline: Redline, attributed: bool, only_changes: bool) -> Iterator[str]:
    yield redline.title
    yield from _masthead(redline)
    yield redline.summary
    for section, units in redline.shown(only_changes=only_changes):
        if section.heading:
            yield from ("", section.heading)
        for unit in units:
            heading = shown_heading(unit)
            yield from ("", heading) if heading else ("",)
            if unit.note:
                yield f"({unit.note})"
            yield "".join(_signed(redline, unit) if attributed else map(signed, unit.pieces))
            if attributed:
                yield from (f"    {credit_line(credit)}" for credit in credits_of(redline, unit))
    yield from concordance_text(redline.concordance)


def signed(piece: RedlinePiece) -> str:
    """A piece with its signs."""
    return {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}[piece.op].format(piece.text)


def _signed(redline: Redline, unit: RedlineUnit) -> Iterator[str]:
    """The pieces with their signs; where several people changed a unit, behind each change whose it is, as in
    CriticMarkup."""
    several = len({piece.credit for piece in unit.pieces if piece.op != "="}) > 1
    for piece, after in zip(unit.pieces, (*unit.pieces[1:], None), strict=True):
        yield signed(piece)
        goes_on = after is not None and after.op != "=" and after.credit == piece.credit
        if several and piece.op != "=" and piece.credit in redline.credits and not goes_on:
            yield f"{{>>{redline.credits[piece.credit].label}<<}}"


def shown_heading(unit: RedlineUnit) -> str:
    """The heading of a unit and, where it is not the same and not only changed, what happened to it."""
    told = "" if unit.kind in ("same", "changed") else f"({KIND_WORDS[unit.kind]})"
    return " ".join(filter(None, (unit.heading, told)))


def credits_of(redline: Redline, unit: RedlineUnit) -> list[Credit]:
    """The credits of a unit's changes, each once, in the order of the words."""
    keys = dict.fromkeys(piece.credit for piece in unit.pieces if piece.op != "=")
    return [redline.credits[key] for key in keys if key in redline.credits]


def credit_line(credit: Credit) -> str:
    """A credit as one line: "A-2  Mexico: to replace “a” by “b”"."""
    head = "  ".join(filter(None, (credit.amendment, credit.who)))
    return f"{head}: {credit.said}" if credit.said else head


def redline_markdown(redline: Redline, *, attributed: bool = True) -> str:
    """The redline in CriticMarkup (criticmarkup.com): {++in++}, {--out--}, {~~out~>in~~}, {>>Mexico, A-2<<} behind it.

    Marks never cross the end of a paragraph, as readers of CriticMarkup ask; signs of CriticMarkup in the words are
    escaped. A line end that was put in or taken out is a marked "¶".
    """
    blocks = [f"# {escape_heading(redline.title)}", *map(escape_paragraph, _masthead(redline))]
    blocks.append(escape_paragraph(redline.summary))
    for section in redline.sections:
        if section.heading:
            blocks.append(f"{'#' * min(section.level + 1, 6)} {escape_heading(section.heading)}")
        for unit in section.units:
            if heading := shown_heading(unit):
                level = section.level + (2 if section.heading else 1)
                blocks.append(f"{'#' * min(level, 6)} {escape_heading(heading)}")
            if unit.note:
                blocks.append(f"> {escape_paragraph(unit.note)}")
            blocks += [_critic(redline, unit, parts, attributed) for parts in unit.paragraphs]
    return "\n\n".join(filter(None, [*blocks, *concordance_markdown(redline.concordance)])) + "\n"


def _critic(redline: Redline, unit: RedlineUnit, parts: Iterable[Part], attributed: bool) -> str:
    out: list[str] = []
    for pieces, closes in parts:
        shown = [
            _break_shown(piece) for piece in pieces if piece.text != "\n" or (piece.op != "=" and unit.marks_breaks)
        ]
        ops = "".join(piece.op for piece in shown)
        words = [_critic_words(piece.text) for piece in shown]
        if ops == "=":
            out.append(words[0] if out else _CRITIC.sub(r"\\", escape_paragraph(shown[0].text)))
        elif ops == "-+":
            out.append(f"{{~~{words[0]}~>{words[1]}~~}}")
        else:
            out += [f"{{{2 * op}{said}{2 * op}}}" for op, said in zip(ops, words, strict=True) if op != "="]
        credit = redline.credits.get(pieces[0].credit) if attributed and closes else None
        if credit is not None:
            out.append(f"{{>>{_critic_words(credit.label)}<<}}")
    return "".join(out)


def _break_shown(piece: RedlinePiece) -> RedlinePiece:
    return piece._replace(text="¶") if piece.text == "\n" else piece


def _critic_words(words: str) -> str:
    return _CRITIC.sub(r"\\", escape_heading(words))


def redline_json(redline: Redline) -> str:
    """The redline as JSON, with these keys (version 1; keys may be added, none changes its meaning):

    `format`, `version`, `title`, `old`, `new`, `meeting`, `place`, `dates`, `language`, `direction`;
    `counts`: `units`, `changed`, `changes`, `words_in`, `words_out`;
    `sections`: list of `heading`, `level` and `units`: list of `label`, `heading`, `kind`, `note` and `pieces`: list of
    `op` ("=", "-", "+"), `text`, `credit` (a key of `credits`, or "");
    `credits`: object of `who`, `amendment`, `said`, `when`, `reading`;
    `concordance`, where the text has its final numbers: list of `draft`, `final`, `section`, `note`.
    """
    told = {
        "format": "draftwg redline",
        "version": 1,
        **{
            key: getattr(redline, key)
            for key in ("title", "old", "new", "meeting", "place", "dates", "language", "direction")
        },
        "counts": redline.counts._asdict(),
        "sections": [
            {"heading": section.heading, "level": section.level, "units": list(map(_unit_json, section.units))}
            for section in redline.sections
        ],
        "credits": {
            key: {name: getattr(credit, name) for name in ("who", "amendment", "said", "when", "reading")}
            for key, credit in redline.credits.items()
        },
        **({"concordance": concordance_json(redline.concordance)} if redline.concordance else {}),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _unit_json(unit: RedlineUnit) -> dict[str, object]:
    return {
        "label": unit.label,
        "heading": unit.heading,
        "kind": unit.kind,
        "note": unit.note,
        "pieces": [piece._asdict() for piece in unit.pieces],
    }


def _masthead(redline: Redline) -> Iterator[str]:
    meeting = ", ".join(filter(None, (redline.meeting, redline.place, days(redline.dates))))
    if meeting:
        yield meeting
    yield f"{redline.old} → {redline.new}"
