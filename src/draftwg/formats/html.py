"""A redline as one HTML page that needs nothing else: no script, no file, no network.

Each insertion and deletion is announced in words, since most screen readers pass over `<ins>` and `<del>`: the words
"[insertion start]" … stand in the page itself, hidden from sight only. So they are the same for every reader, come
along when the text is copied, and show where there is no style sheet. What the page says itself is English and marked
as such; `lang` and `dir` of the page are those of the text. Sources: HTML Living Standard, 4.7 (edits); WCAG 2.2, AA.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from draftwg.formats.escape import html_direction
from draftwg.formats.escape import html_text as _text
from draftwg.formats.footnotes import calls_of, raised
from draftwg.formats.paperpages import concordance_section
from draftwg.formats.papers import days
from draftwg.formats.redlines import KIND_WORDS, Part, Redline, RedlinePiece, RedlineSection, RedlineUnit
from draftwg.formats.stylesheet import STYLE

_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TAGS = {"+": ("ins", "insertion"), "-": ("del", "deletion")}


@dataclass(frozen=True, slots=True)
class Surround:
    """What the page has around it as a part of a site, as HTML: what stands in its head in place of the style, before
    the masthead, and at the end."""

    head: str
    top: str
    bottom: str


def redline_html(
    redline: Redline, *, attributed: bool = True, only_changes: bool = False, surround: Surround | None = None
) -> str:
    """The page. With `attributed`, each change names its proposer and leads to a list of changes; with `only_changes`,
    units without change are told by their headings alone."""
    return "\n".join(_Page(redline, attributed, only_changes, surround).lines()) + "\n"


class _Page:
    def __init__(self, redline: Redline, attributed: bool, only_changes: bool, surround: Surround | None) -> None:
        self.redline = redline
        self.within = surround is not None
        self.surround = surround or Surround(f"<style>{STYLE}</style>", "", "")
        self.attributed = attributed
        self.only_changes = only_changes
        self.english = "" if redline.language == "en" and redline.direction == "ltr" else ' lang="en" dir="ltr"'
        self.taken: set[str] = {"concordance"}
        self.changed = [unit for unit in redline.units if unit.kind != "same"]
        self.anchors = [self._id("u", unit.label or str(place)) for place, unit in enumerate(self.changed, 1)]
        self.rows = {key: self._id("c", key) for key in redline.credits}
        self.refs: dict[
            str, list[tuple[str, str, str]]
        ] = {}  # credit → ids of its marks, with anchor and heading of the unit
        self.place = 0
        self.calls: frozenset[str] = frozenset()

    def lines(self) -> Iterator[str]:
        redline = self.redline
        yield "<!DOCTYPE html>"
        yield f'<html lang="{_text(redline.language)}" dir="{_text(redline.direction)}">'
        yield '<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{_text(redline.title)}: {_text(redline.old)} → {_text(redline.new)}</title>"
        yield f"{self.surround.head}\n</head>\n<body>"
        yield f'<a class="skip chrome" href="#text"{self.english}>Skip to the text</a>{self.surround.top}'
        yield from self._masthead()
        if len(self.changed) > 1 and any(unit.heading for unit in self.changed):
            yield from self._contents()
        yield '<main id="text" tabindex="-1">'
        depth = 1
        for section in redline.sections:
            depth = min(section.level, depth) if section.heading else 0
            yield from self._section(section, depth)
            depth += 1
        yield "</main>"
        if self.attributed and self.refs:
            yield from self._list()
        yield from concordance_section(redline.concordance, self.english)
        yield f"{self.surround.bottom}</body>\n</html>"

    # The head of the page

    def _masthead(self) -> Iterator[str]:
        redline = self.redline
        where = " · ".join(
            f"<bdi>{_text(part)}</bdi>" for part in (redline.meeting, redline.place, days(redline.dates)) if part
        )
        # A page has one banner: as a part of a site, it is the site's.
        tag, about = ("section", f' aria-label="About this redline"{self.english}') if self.within else ("header", "")
        yield f'<{tag} class="mast"{about}>'
        if where:
            yield f'<p class="where chrome">{where}</p>'
        yield f'<h1 dir="{self._direction(redline.title)}">{_text(redline.title)}</h1>'
        yield f'<dl class="chrome"{self.english}>'
        for name, value in (("From", redline.old), ("To", redline.new), ("Changes", redline.summary)):
            yield f"<dt>{name}</dt><dd><bdi>{_text(value)}</bdi></dd>"
        yield "</dl>"
        inserted = self._mark(RedlinePiece("+", "words put in"), "")
        deleted = self._mark(RedlinePiece("-", "words taken out"), "")
        told = "; behind a change stands who proposed it" if self.attributed and self.redline.credits else ""
        yield f'<p class="legend chrome"{self.english}>Read {inserted} and {deleted}{told}.</p>'
        yield f"</{tag}>"

    def _contents(self) -> Iterator[str]:
        yield f'<nav class="toc chrome" aria-labelledby="toc"{self.english}>'
        yield '<h2 id="toc">What changed</h2>\n<ul>'
        for anchor, unit in zip(self.anchors, self.changed, strict=True):
            kind = "" if unit.kind == "changed" else f" ({KIND_WORDS[unit.kind]})"
            yield f'<li><a href="#{anchor}"><bdi>{_heading(unit)}</bdi></a>{kind}</li>'
        yield "</ul>\n</nav>"

    # The text

    def _section(self, section: RedlineSection, depth: int) -> Iterator[str]:
        if section.heading:
            level = min(depth + 1, 6)
            yield f'<h{level} dir="{self._direction(section.heading)}">{_text(section.heading)}</h{level}>'
        passed: list[RedlineUnit] = []
        for unit in section.units:
            if unit.kind == "same" and self.only_changes:
                passed.append(unit)
                continue
            yield from self._passed(passed)
            passed = []
            yield from self._unit(unit, min(depth + 2, 6))
        yield from self._passed(passed)

    def _passed(self, units: Sequence[RedlineUnit]) -> Iterator[str]:
        if not units:
            return
        names = [f"<bdi>{_text(unit.heading)}</bdi>" for unit in units if unit.heading]
        told = f"{len(units)} {self.redline.noun}{'s' if len(units) > 1 else ''}"
        if names:
            told = (" and " if len(names) < 3 else " to ").join(names if len(names) < 3 else (names[0], names[-1]))
        yield f'<p class="same chrome"{self.english}>Unchanged: {told}.</p>'

    def _unit(self, unit: RedlineUnit, level: int) -> Iterator[str]:
        changed = unit.kind != "same"
        anchor = ""
        if changed:
            anchor = self.anchors[self.place]
            self.place += 1
        own = f' id="{anchor}"' if anchor else ""
        yield f'<article class="unit{" changed" if changed else ""}"{own}>'
        if unit.heading or changed:
            yield '<div class="head">'
            if unit.heading:
                own = self._direction(unit.heading)
                yield f'<h{level} class="name" dir="{own}">{_text(unit.heading)}</h{level}>'
            if changed and unit.kind != "changed":
                yield f'<span class="kind"{self.english}>{KIND_WORDS[unit.kind]}</span>'
            if changed and len(self.changed) > 1:
                yield self._steps()
            yield "</div>"
        if unit.note:
            yield f'<p class="note" dir="auto">{_text(unit.note)}</p>'
        self.calls = calls_of((unit.new, unit.old))
        yield f'<div class="words" dir="{self._direction(unit.new + unit.old)}">'
        for parts in unit.paragraphs:
            yield f"<p>{''.join(self._paragraph(unit, parts, anchor))}</p>"
        yield "</div>\n</article>"

    def _direction(self, words: str) -> str:
        return html_direction(words, self.redline.direction)

    def _words(self, words: str) -> str:
        return raised(_text(words), self.calls)

    def _steps(self) -> str:
        """Links to the changed units before and after; `place` counts the present one."""
        links = []
        if self.place > 1:
            links.append(f'<a href="#{self.anchors[self.place - 2]}" aria-label="previous change">↑</a>')
        if self.place < len(self.anchors):
            links.append(f'<a href="#{self.anchors[self.place]}" aria-label="next change">↓</a>')
        return f'<span class="step chrome"{self.english}>{"".join(links)}</span>'

    def _paragraph(self, unit: RedlineUnit, parts: Iterable[Part], anchor: str) -> Iterator[str]:
        for pieces, closes in parts:
            credit = pieces[0].credit if self.attributed and pieces[0].credit in self.redline.credits else ""
            for piece in pieces:
                if piece.text != "\n":
                    yield self._words(piece.text) if piece.op == "=" else self._mark(piece, credit)
                elif piece.op != "=":
                    yield self._break(piece, credit, shown=unit.marks_breaks)
            if credit and closes:
                yield self._reference(credit, anchor, unit)

    def _mark(self, piece: RedlinePiece, credit: str) -> str:
        tag, name = _TAGS[piece.op]
        return (
            f'<{tag}{self._edit(credit)}><span class="vh"{self.english}>[{name} start]</span>{self._words(piece.text)}'
            f'<span class="vh"{self.english}>[{name} end]</span></{tag}>'
        )

    def _break(self, piece: RedlinePiece, credit: str, *, shown: bool) -> str:
        """A line end put in or taken out; its class is "break" and, where it tells something, it shows as a pilcrow."""
        tag, name = _TAGS[piece.op]
        sign = f'<span aria-hidden="true">¶</span><span class="vh"{self.english}>[{name} of a line end]</span>'
        return f'<{tag} class="break"{self._edit(credit)}>{sign if shown else ""}</{tag}>'

    def _edit(self, credit: str) -> str:
        if not credit:
            return ""
        when = _valid_time(self.redline.credits[credit].when)
        return f' cite="#{self.rows[credit]}"' + (f' datetime="{when}"' if when else "")

    def _reference(self, key: str, anchor: str, unit: RedlineUnit) -> str:
        credit = self.redline.credits[key]
        own = self._id("r", key)
        self.refs.setdefault(key, []).append((own, anchor, _heading(unit)))
        label = " ".join(f"<bdi>{_text(part)}</bdi>" for part in (credit.who, credit.amendment) if part) or "?"
        before = f'<span class="vh"{self.english}>proposed by </span>'
        return f'<span class="ref" id="{own}"><a href="#{self.rows[key]}">{before}{label}</a></span>'

    # The list of changes

    def _list(self) -> Iterator[str]:
        yield f'<section class="list chrome" aria-labelledby="changes"{self.english}>'
        yield '<h2 id="changes">List of changes</h2>'
        yield '<div class="scroll" role="region" aria-label="Table of changes" tabindex="0">\n<table>\n<thead><tr>'
        for head in ("No.", "In", "Proposed by", "Change", "Reading", "Time"):
            yield f'<th scope="col">{head}</th>'
        yield "</tr></thead>\n<tbody>"
        for number, (key, credit) in enumerate(self.redline.credits.items(), 1):
            if key in self.refs:
                cells = (self._places(key), *map(_bdi, (credit.who, credit.said, credit.reading)), _time(credit.when))
                name = _bdi(credit.amendment or str(number))
                yield f'<tr id="{self.rows[key]}"><th scope="row">{name}</th>'
                yield "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
        yield "</tbody>\n</table>\n</div>\n</section>"

    def _places(self, key: str) -> str:
        """Links to the marks of a change, one for each unit."""
        first = {anchor: (own, heading) for own, anchor, heading in reversed(self.refs[key])}
        return ", ".join(f'<a href="#{own}"><bdi>{heading}</bdi></a>' for own, heading in reversed(first.values()))

    def _id(self, kind: str, key: str) -> str:
        """An id, never given twice: "c-A-2" for the credit "A-2"."""
        stem = f"{kind}-{_UNSAFE.sub('-', key).strip('-') or '0'}"
        name, number = stem, 1
        while name in self.taken:
            number += 1
            name = f"{stem}_{number}"
        self.taken.add(name)
        return name


def _bdi(words: str) -> str:
    return f"<bdi>{_text(words)}</bdi>" if words else ""


def _heading(unit: RedlineUnit) -> str:
    """What a link to a unit says: its heading, or its first words."""
    if unit.heading:
        return _text(unit.heading)
    words = (unit.new or unit.old).split()
    return _text(" ".join(words[:5])) + ("…" if len(words) > 5 else "")


def _valid_time(when: str) -> str:
    """The time as the `datetime` attribute allows it: a date, or a date and time with its zone; else ""."""
    if _DATE.fullmatch(when):
        return when
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        return ""
    return moment.isoformat(timespec="seconds") if moment.tzinfo else ""


def _time(when: str) -> str:
    valid = _valid_time(when)
    if not valid:
        return _text(when)
    moment = datetime.fromisoformat(valid)
    shown = f"{moment.day} {moment:%B %Y}" + (f", {moment:%H:%M}" if "T" in valid else "")
    return f'<time datetime="{valid}">{shown}</time>'
