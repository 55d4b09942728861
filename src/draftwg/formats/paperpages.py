"""Papers as HTML pages, Markdown, plain text and JSON."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from draftwg.formats.escape import escape_heading, escape_paragraph, html_direction
from draftwg.formats.escape import html_text as _text
from draftwg.formats.footnotes import calls_of, raised
from draftwg.formats.papers import CONCORDANCE, CONCORDANCE_HEADS, Masthead, Paper, PaperUnit, Proposal
from draftwg.formats.stylesheet import STYLE
from draftwg.hygiene import visible
from draftwg.model.procedure import Numbered

_TAGS = {"+": ("ins", "insertion"), "-": ("del", "deletion")}
_SIGNS = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}


def paper_html(paper: Paper) -> str:
    """One page that needs nothing else."""
    return "\n".join(_page(paper)) + "\n"


def _page(paper: Paper) -> Iterator[str]:
    head = paper.masthead
    english = "" if head.language == "en" else ' lang="en" dir="ltr"'
    yield "<!DOCTYPE html>"
    yield f'<html lang="{_text(head.language)}" dir="{_text(paper.direction)}">'
    yield '<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_text(paper.title)}: {_text(head.shows)}</title>"
    yield f"<style>{STYLE}</style>\n</head>\n<body>"
    yield f'<a class="skip chrome" href="#text"{english}>Skip to the text</a>'
    yield f'<header class="mast"><p class="where chrome"{english}>'
    yield " · ".join(f"<bdi>{_text(line)}</bdi>" for line in (*head.left, *head.right)) + "</p>"
    yield f'<h1 dir="{html_direction(paper.title, paper.direction)}">{_text(paper.title)}</h1>'
    yield f'<p class="chrome"{english}>{_text(head.shows)}</p></header>'
    yield '<main id="text" tabindex="-1">'
    depth = 1
    for section in paper.sections:  # where a paper has some units only, no level of headings is passed over
        depth = min(section.level, depth) if section.heading else 0
        if section.heading:
            level = min(depth + 1, 6)
            own = html_direction(section.heading, paper.direction)
            yield f'<h{level} dir="{own}">{_text(section.heading)}</h{level}>'
        for unit in section.units:
            yield from _unit_html(unit, min(depth + 2, 6), paper, english)
        depth += 1
    yield "</main>"
    yield from concordance_section(paper.concordance, english)
    yield "</body>\n</html>"


def _unit_html(unit: PaperUnit, level: int, paper: Paper, english: str) -> Iterator[str]:
    own = english or ' dir="auto"'
    yield '<article class="unit">'
    side = html_direction(unit.heading, paper.direction)
    yield f'<div class="head"><h{level} class="name" dir="{side}">{_text(unit.heading)}</h{level}></div>'
    if unit.note:
        yield f'<p class="note"{own}>{_text(unit.note)}</p>'
    calls = calls_of((unit.words, *(piece.text for one in unit.proposals for piece in one.pieces)))
    yield f'<div class="words" dir="{html_direction(unit.words, paper.direction)}">'
    yield from (f"<p>{raised(_text(line), calls)}</p>" for line in unit.words.split("\n"))
    yield "</div>"
    if paper.kind == "table" and unit.proposals:
        name = f"Proposals on {_text(unit.heading)}"
        yield f'<div class="scroll" role="region" aria-label="{name}" tabindex="0">'
        yield f'<table class="proposals"><caption class="vh"{english}>{name}</caption>'
        yield f'<thead><tr><th scope="col"{english}>Proposed by</th><th scope="col"{english}>Change</th>'
        yield f'<th scope="col"{english}>Words</th></tr></thead><tbody>'
        for one in unit.proposals:
            yield f'<tr><th scope="row"{english}><bdi>{_text(one.who) or "–"}</bdi></th>'
            yield f"<td{own}>{_text(one.said)}</td>"
            words = "".join(piece.text for piece in one.pieces)
            yield f'<td dir="{html_direction(words, paper.direction)}">{raised(_pieces_html(one), calls)}</td></tr>'
        yield "</tbody></table></div>"
    yield "</article>"


def _pieces_html(proposal: Proposal) -> str:
    out = []
    for op, words, _ in proposal.pieces:
        text = _text(words).replace("\n", "<br>")
        if op in _TAGS:
            tag, name = _TAGS[op]
            start, end = (f'<span class="vh" lang="en">[{name} {side}]</span>' for side in ("start", "end"))
            text = f"<{tag}>{start}{text}{end}</{tag}>"  # most readers of a screen pass over the elements
        out.append(text)
    return "".join(out)


def concordance_section(lines: Sequence[Numbered], english: str = "") -> Iterator[str]:
    """The concordance as a section of a page, nothing where there is none; `english` are attributes of its words."""
    if not lines:
        return
    yield f'<section class="list chrome" aria-labelledby="concordance"{english}>'
    yield f'<h2 id="concordance">{CONCORDANCE}</h2>\n<table>\n<thead><tr>'
    yield "".join(f'<th scope="col">{head}</th>' for head in CONCORDANCE_HEADS) + "</tr></thead>\n<tbody>"
    for line in lines:
        cells = "".join(f"<td>{_text(cell)}</td>" for cell in (line.final, line.section, line.note))
        yield f'<tr><th scope="row">{_text(line.draft)}</th>{cells}</tr>'
    yield "</tbody>\n</table>\n</section>"


def concordance_markdown(lines: Sequence[Numbered]) -> list[str]:
    """The concordance as blocks of Markdown, none where there is none."""
    if not lines:
        return []
    rows = [CONCORDANCE_HEADS, ("---",) * 4, *((one.draft, one.final, one.section, one.note) for one in lines)]
    table = "\n".join(
        "| " + " | ".join(escape_heading(cell).replace("|", "\\|") for cell in row) + " |" for row in rows
    )
    return [f"## {CONCORDANCE}", table]


def concordance_text(lines: Sequence[Numbered]) -> list[str]:
    """The concordance as lines of text, none where there is none."""
    if not lines:
        return []
    rows = [CONCORDANCE_HEADS, *((one.draft, one.final, one.section, one.note) for one in lines)]
    widths = [max(len(row[place]) for row in rows) + 2 for place in range(3)]
    shown = ("".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)) + row[3] for row in rows)
    return ["", CONCORDANCE, "", *(line.rstrip() for line in shown)]


def concordance_json(lines: Sequence[Numbered]) -> list[dict[str, str]]:
    """The concordance as JSON."""
    return [{"draft": one.draft, "final": one.final, "section": one.section, "note": one.note} for one in lines]


def paper_markdown(paper: Paper) -> str:
    """The paper as Markdown; proposals of a table as lists in CriticMarkup, ends of their lines as "¶"."""
    blocks = [f"# {escape_heading(paper.title)}", *map(escape_paragraph, _head(paper.masthead))]
    for section in paper.sections:
        if section.heading:
            blocks.append(f"{'#' * min(section.level + 1, 6)} {escape_heading(section.heading)}")
        for unit in section.units:
            blocks.append(f"{'#' * min(section.level + 2, 6)} {escape_heading(unit.heading)}")
            blocks += [f"> {escape_paragraph(unit.note)}"] if unit.note else []
            blocks += [escape_paragraph(line) for line in unit.words.split("\n") if line]
            blocks += [f"- **{escape_heading(one.who or 'Proposal')}**: {escape_heading(one.said)}" + _critic(one)
                       for one in unit.proposals]  # fmt: skip
    return visible("\n\n".join([*filter(None, blocks), *concordance_markdown(paper.concordance)]) + "\n")


def _critic(proposal: Proposal) -> str:
    signs = {"=": "{}", "-": "{{--{}--}}", "+": "{{++{}++}}"}
    words = "".join(signs[op].format(escape_heading(text.replace("\n", "¶"))) for op, text, _ in proposal.pieces)
    return f"\n\n  {words}" if words else ""


def paper_text(paper: Paper) -> str:
    """The paper as plain text."""
    lines = [paper.title, *_head(paper.masthead)]
    for section in paper.sections:
        lines += ["", section.heading] if section.heading else []
        for unit in section.units:
            lines += ["", unit.heading, *([unit.note] if unit.note else []), *filter(None, unit.words.split("\n"))]
            for one in unit.proposals:
                lines.append(f"  * {one.who or 'Proposal'}: {one.said}")
                words = "".join(_SIGNS[op].format(text.replace("\n", "¶")) for op, text, _ in one.pieces)
                lines += [f"    {words}"] if words else []
    return visible("\n".join([*lines, *concordance_text(paper.concordance)]) + "\n")


def paper_json(paper: Paper) -> str:
    """The paper as JSON: `format`, `version`, `kind`, `title`, `masthead`, `sections` with their `units`, and the
    `concordance` where there is one."""
    head = paper.masthead
    told: dict[str, Any] = {
        "format": "draftwg paper",
        "version": 1,
        "kind": paper.kind,
        "title": paper.title,
        "masthead": {
            key: getattr(head, key)
            for key in ("meeting", "place", "dates", "symbol", "distribution", "date", "language", "shows")
        },
        "direction": paper.direction,
        "sections": [
            {
                "heading": section.heading,
                "level": section.level,
                "units": [_unit_json(unit) for unit in section.units],
            }
            for section in paper.sections
        ],
    }
    if paper.concordance:
        told["concordance"] = concordance_json(paper.concordance)
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _unit_json(unit: PaperUnit) -> dict[str, Any]:
    return {
        "id": unit.id,
        "label": unit.label,
        "heading": unit.heading,
        "note": unit.note,
        "words": unit.words,
        "proposals": [
            {
                "number": one.number,
                "who": one.who,
                "said": one.said,
                "pieces": [{"op": op, "text": text} for op, text, _ in one.pieces],
            }
            for one in unit.proposals
        ],
    }


def _head(masthead: Masthead) -> list[str]:
    return [line for line in (*masthead.left, *masthead.right, masthead.shows) if line]
