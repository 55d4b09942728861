"""The pages of the website as HTML.

What a page says itself is English; words of the text carry their own `lang` and `dir`. Sources: HTML Living Standard,
4.3 (sections), 4.7 (edits) and 4.9 (tables); WCAG 2.2, level AA: landmarks and a way past them (2.4.1), headings in
order (1.3.1), the language of parts (3.1.2), insertions and deletions in words (1.1.1).
"""

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from draftwg.formats.escape import html_direction, html_text
from draftwg.formats.footnotes import calls_of, raised
from draftwg.formats.html import Surround
from draftwg.formats.papers import day
from draftwg.formats.scene_html import span_html
from draftwg.formats.site.parts import (
    Block,
    Cell,
    Facts,
    Frame,
    Heading,
    Links,
    Note,
    Page,
    Piece,
    Table,
    Words,
)
from draftwg.model.text import direction_of

STYLE_PATH = "style.css"


def page_html(page: Page, frame: Frame) -> str:
    """The whole page."""
    return "\n".join(_page(page, frame)) + "\n"


def surround(path: str, frame: Frame) -> Surround:
    """What a redline page has around it, as the page of the site at this address."""
    return Surround(_style(path), f"\n{_top(path, frame)}", f"{_foot(frame)}\n")


def moment(when: str) -> str:
    """A time in words, with its offset from UTC where it tells one: "6 May 2031, 10:15 (UTC+02:00)"."""
    try:
        time = datetime.fromisoformat(when)
    except ValueError:
        return when
    if len(when) <= 10:
        return day(when)
    zone = f" ({time.tzname()})" if time.tzinfo else ""
    return f"{day(when)}, {time:%H:%M}{zone}"


def _page(page: Page, frame: Frame) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="en" dir="ltr">'
    yield '<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{html_text(page.title)} – {html_text(frame.meeting)}</title>"
    yield f'{_style(page.path)}\n</head>\n<body class="site">'
    yield '<a class="skip chrome" href="#text">Skip to the text</a>'
    yield _top(page.path, frame)
    yield '<main id="text" tabindex="-1">\n<div class="mast">'
    if page.above:
        yield f'<p class="where chrome"><bdi>{html_text(page.above)}</bdi></p>'
    yield f"<h1{_own(page.language)}>{html_text(page.title)}</h1>\n</div>"
    for block in page.blocks:
        yield from _block(block, page.path)
    yield f"</main>\n{_foot(frame)}\n</body>\n</html>"


def _style(path: str) -> str:
    return f'<link rel="stylesheet" href="{_relative(STYLE_PATH, path)}">'


def _top(path: str, frame: Frame) -> str:
    where = f' <span class="where">{html_text(frame.where)}</span>' if frame.where else ""
    ways = []
    for way in frame.ways:
        here = ' aria-current="page"' if way.href == path else ""
        ways.append(f'<li><a href="{_relative(way.href, path)}"{here}><bdi>{html_text(way.words)}</bdi></a></li>')
    return (
        f'<header class="top chrome" lang="en" dir="ltr"><p><b><bdi>{html_text(frame.meeting)}</bdi></b>'
        f'{where}</p>\n<nav aria-label="This site"><ul>{"".join(ways)}</ul></nav></header>'
    )


def _foot(frame: Frame) -> str:
    left_out = f" {html_text(frame.left_out)}" if frame.left_out else ""
    return (
        '<footer class="foot chrome" lang="en" dir="ltr"><p>Text as projected on-screen, for '
        f"information and reference; what was issued under a symbol stands in the versions.{left_out}</p></footer>"
    )


def _relative(href: str, page: str) -> str:
    """The address as a link from this page has it; "#…" alone stays on it."""
    path, mark, anchor = href.partition("#")
    if path == page and mark:
        return f"#{quote(anchor)}"
    near = posixpath.relpath(path, posixpath.dirname(page) or ".")
    return f"{quote(near)}{mark}{quote(anchor)}"


def _block(block: Block, page: str) -> Iterator[str]:
    match block:
        case Heading():
            yield _heading(block, html_text(block.words))
        case Words():
            yield from _words(block)
        case Note():
            yield f'<p class="said chrome{" strong" if block.strong else ""}" dir="auto">{html_text(block.words)}</p>'
        case Facts():
            yield '<dl class="facts chrome">'
            yield from (f"<dt>{html_text(name)}</dt><dd>{_cell(cell, page)}</dd>" for name, cell in block.pairs)
            yield "</dl>"
        case Links():
            yield f'<nav class="toc chrome" aria-label="{html_text(block.name)}">\n<ul>'
            yield from (f"<li>{_cell(cell, page)}</li>" for cell in block.items)
            yield "</ul>\n</nav>"
        case Table():
            yield from _table(block, page)
        case Piece():
            yield from _piece(block, page)


def _heading(heading: Heading, inside: str, *, name: bool = False) -> str:
    level = min(heading.level, 6)
    anchor = f' id="{html_text(heading.anchor)}"' if heading.anchor and not name else ""
    kind = ' class="name"' if name else ""
    return f"<h{level}{kind}{anchor}{_own(heading.language)}>{inside}</h{level}>"


def _piece(piece: Piece, page: str) -> Iterator[str]:
    anchor = f' id="{html_text(piece.heading.anchor)}"' if piece.heading.anchor else ""
    side = ' dir="rtl"' if direction_of(piece.heading.language) == "rtl" else ""
    yield f'<article class="unit{" changed" if piece.marked else ""}"{anchor}{side}>\n<div class="head">'
    words = html_text(piece.heading.words)
    yield _heading(piece.heading, f'<a href="{_relative(piece.href, page)}">{words}</a>' if piece.href else words,
                   name=True)  # fmt: skip
    if piece.status:
        yield f'<span class="kind" dir="ltr">{html_text(piece.status)}</span>'
    yield "</div>"
    for block in piece.blocks:
        yield from _block(block, page)
    yield "</article>"


def _words(words: Words) -> Iterator[str]:
    yield f'<div class="words" lang="{html_text(words.language)}">'
    plain = ["".join(span.text for span in paragraph) for paragraph in words.paragraphs]
    calls = calls_of(plain)
    for paragraph, text in zip(words.paragraphs, plain, strict=True):
        spans = (span_html(replace(span, here=False) if span.here else span) for span in paragraph)
        inside = raised("".join(spans), calls)
        yield f'<p dir="{html_direction(text, words.direction)}">{inside}</p>'
    yield "</div>"


def _table(table: Table, page: str) -> Iterator[str]:
    yield f'<div class="scroll chrome" role="region" aria-label="{html_text(table.caption)}" tabindex="0">'
    yield f"<table>\n<caption>{html_text(table.caption)}</caption>\n<thead><tr>"
    yield "".join(f'<th scope="col">{html_text(head)}</th>' for head in table.heads) + "</tr></thead>\n<tbody>"
    for first, *rest in table.rows:
        cells = "".join(f"<td>{_cell(cell, page)}</td>" for cell in rest)
        whole = ' class="whole"' if len(first.words) < 9 else ""  # a number is not broken at its hyphen
        yield f'<tr><th scope="row"{whole}>{_cell(first, page)}</th>{cells}</tr>'
    yield "</tbody>\n</table>\n</div>"


def _cell(cell: Cell, page: str) -> str:
    words = html_text(cell.words)
    if cell.when:
        return _time(cell)
    if not words:
        return ""
    if cell.code:
        words = f"<code>{words}</code>"
    if cell.href:
        words = f'<a href="{_relative(cell.href, page)}">{words}</a>'
    language = f' lang="{html_text(cell.language)}"' if cell.language not in ("", "en") else ""
    return f"<bdi{language}>{words}</bdi>"


def _time(cell: Cell) -> str:
    said = html_text(cell.words or moment(cell.when))
    try:
        time = datetime.fromisoformat(cell.when)
    except ValueError:
        return said
    valid = time.isoformat(timespec="seconds") if time.tzinfo and len(cell.when) > 10 else time.date().isoformat()
    return f'<time datetime="{valid}">{said}</time>'


def _own(language: str) -> str:
    """The attributes of words in the language of the text."""
    if language in ("", "en"):
        return ""
    return f' lang="{html_text(language)}" dir="{direction_of(language)}"'
