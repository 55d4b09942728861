"""A scene as a page for a browser: large letters, from right to left where they go so, nothing but this one file.

The page can be read without its script. With it, and served (`/events`), its parts follow the room by server-sent
events, and it connects anew by itself. Sources: HTML Living Standard, 4.7 (edits) and 9.2 (server-sent events); WCAG
2.2, 1.4.6 (contrast of 7:1).
"""

import base64
import hashlib
import json
import math
from unicodedata import east_asian_width

from draftwg.formats.escape import html_direction
from draftwg.formats.escape import html_text as _text
from draftwg.formats.scene import Mark, Scene, Span
from draftwg.formats.scene_style import LARGEST, SCRIPT, SMALLEST, STEP, STYLE

_NAMES = {Mark.INSERTED: ("ins", "insertion"), Mark.DELETED: ("del", "deletion")}
_CLASSES = {Mark.BRACKETED: "in", Mark.SIGN: "sign", Mark.NAMES: "names"}


def scene_page(scene: Scene, clock: str, *, live: bool = False, every: int = 0) -> str:
    """The whole page at this time of the day (`clock`). With `live` it follows `/events`; with `every` it asks for
    itself again after so many seconds.
    """
    parts = scene_parts(scene)
    again = f'<meta http-equiv="refresh" content="{every}">' if every else ""
    if live:
        again = '<noscript><meta http-equiv="refresh" content="2"></noscript>'
    script = f"<script>{SCRIPT}</script>" if live else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">{again}\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(scene.name)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<header><div id="head">{parts["head"]}</div><time id="clock">{_text(clock)}</time></header>\n'
        f'<div id="banner" role="status">{parts["banner"]}</div>\n'
        f'<main id="words" aria-live="{parts["live"]}">{parts["words"]}</main>\n'
        f'<div id="pending">{parts["pending"]}</div>\n<footer id="foot"></footer>\n{script}</body>\n</html>\n'
    )


def scene_parts(scene: Scene) -> dict[str, object]:
    """The parts of the page, each as HTML, and how far it is scrolled: what `/events` tells."""
    return {
        "title": scene.name,
        "head": _head(scene),
        "banner": _banner(scene),
        "words": _words(scene),
        "pending": _pending(scene),
        "live": "off" if scene.drafting else "polite",
        "scroll": scene.scroll,
    }


def event(name: str, data: object) -> bytes:
    """One server-sent event. JSON has no line ends of its own, so that no text can begin another event."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=True)}\n\n".encode("ascii")


def policy() -> str:
    """The content security policy of the page: its own style, its own script, and its own events; nothing else."""
    style, script = (base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in (STYLE, SCRIPT))
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _head(scene: Scene) -> str:
    status = f' <span class="status {_word(scene.standing)}"><bdi>{_text(scene.status)}</bdi></span>'
    place = " · ".join(
        f"<bdi>{_text(part)}</bdi>" for part in (scene.view, scene.reading, scene.symbol, scene.section) if part
    )
    return f'<h1><bdi>{_text(scene.name)}</bdi>{status if scene.status else ""}</h1><p class="place">{place}</p>'


def _banner(scene: Scene) -> str:
    if scene.still:
        return f'<p class="held">{_text(scene.still)}</p>'
    if scene.drafting:
        look, told = ("held", "was being drafted") if scene.interrupted else ("typed", "being drafted")
        return f'<p class="{look}"><bdi>{_text(scene.drafting)}</bdi> · {told}</p>'
    return f'<p class="ruling"><bdi>{_text(scene.ruling)}</bdi></p>' if scene.ruling else ""


def _words(scene: Scene) -> str:
    language = f' lang="{_text(scene.language)}"'
    paragraphs = [
        f'<p{language} dir="{html_direction("".join(span.text for span in paragraph), scene.direction)}">'
        f"{''.join(map(span_html, paragraph))}</p>"
        for paragraph in scene.paragraphs
    ]
    notes = [f'<p class="note" dir="auto">{_text(note)}</p>' for note in scene.notes if note]
    return f'<div class="{_size(scene)}">{"".join([*paragraphs, *notes])}</div>'


def span_html(span: Span) -> str:
    """A span with its mark; what came in or went out is announced in words hidden from sight only."""
    here = ' class="here"' if span.here else ""
    words = _text(span.text)
    if span.mark in _NAMES:
        tag, name = _NAMES[span.mark]
        start, end = (f'<span class="vh" lang="en">[{name} {which}]</span>' for which in ("start", "end"))
        return f"<{tag}{here}>{start}{words}{end}</{tag}>"
    if span.mark is Mark.KEPT:
        return f"<span{here}>{words}</span>" if here else words
    if span.mark is Mark.NAMES:  # names keep their own direction; the blank before them is the text's
        lead = span.text[: len(span.text) - len(span.text.lstrip(" -("))]
        return f'{_text(lead)}<bdi class="names">{_text(span.text[len(lead) :])}</bdi>'
    return f'<span class="{_CLASSES[span.mark]}{" here" if span.here else ""}">{words}</span>'


def _pending(scene: Scene) -> str:
    if not scene.amendments:
        return ""
    rows = []
    for one in scene.amendments:
        kinds = " ".join(filter(None, ("chosen" if one.chosen else "", "hangs" if one.hangs else "")))
        state = f" <i>({_text(one.state)})</i>" if one.state else ""
        current = ' aria-current="true"' if one.chosen else ""
        rows.append(
            f'<li class="{kinds}"{current}><b><bdi>{_text(one.number)}</bdi></b>{state} '
            f'<bdi>{_text(one.by)}</bdi> <span class="said" dir="auto">{_text(one.said)}</span></li>'
        )
    return f'<ol aria-label="Amendments in the order of taking">{"".join(rows)}</ol>'


def _size(scene: Scene) -> str:
    """The class of the size at which these words about fill a screen of 16:9 (see the style)."""
    length = sum(2 if east_asian_width(sign) in "WF" else 1 for sign in scene.plain)
    fitting = math.sqrt(3600 / max(1, length + 40 * len(scene.paragraphs)))
    steps = round((max(SMALLEST, min(LARGEST, fitting)) - SMALLEST) / STEP)
    return f"size{steps}"


def _word(standing: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in standing)
