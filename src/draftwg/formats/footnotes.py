"""Footnotes in the words of a unit, as Markdown has them: a call `[^1]`, and the words behind it in a last line
`[^1]: …`. Formats with footnotes of their own make them of these; on a page, calls are raised figures."""

import re
from collections.abc import Iterable
from dataclasses import replace

from draftwg.formats.flow import Line
from draftwg.formats.redlines import RedlinePiece

NOTE = re.compile(r"\[\^([\w-]{1,20})\]")
"""The call of a footnote."""
NOTE_LINE = re.compile(r"\[\^([\w-]{1,20})\]:\s*(.*)")
"""The line with a footnote's words."""

_SHOWN = re.compile(r"(?<![^>])\[\^([\w-]{1,20})\]:\s*|\[\^([\w-]{1,20})\]")


def parted(words: str) -> tuple[list[str], dict[str, str]]:
    """The lines of a unit without its footnotes, and their words by their call.

    A footnote is a last line whose call stands once before it; any other line stays where it is.
    """
    lines = words.split("\n")
    notes: dict[str, str] = {}
    while len(lines) > 1 and (found := NOTE_LINE.fullmatch(lines[-1])):
        body = "\n".join(lines[:-1])
        if found[1] in notes or NOTE.findall(body).count(found[1]) != 1:
            break
        notes[found[1]] = found[2]
        lines.pop()
    return lines, notes


def parted_flow(lines: list[Line]) -> tuple[list[Line], dict[str, tuple[RedlinePiece, ...]]]:
    """The same for the lines of a unit in a flow: the call stands once in each text that has the line."""
    body = list(lines)
    found: dict[str, tuple[RedlinePiece, ...]] = {}
    while len(body) > 1 and (note := _note_of(body[-1])):
        name, pieces = note
        first = body[-1].pieces[0].op
        calls = [piece.op for line in body[:-1] for piece in line.pieces for call in NOTE.findall(piece.text)
                 if call == name]  # fmt: skip
        mixed = first != "=" and any(piece.op != first for piece in body[-1].pieces)
        if calls != [first] or mixed or body[-2].end.op != first:
            break
        found[name] = pieces
        ended = body.pop().end
        body[-1] = replace(body[-1], end=ended)
    return body, found


def _note_of(line: Line) -> tuple[str, tuple[RedlinePiece, ...]] | None:
    """The call and the words of the footnote that the line is."""
    if line.style != "words" or not line.pieces:
        return None
    first = line.pieces[0]
    found = NOTE_LINE.fullmatch(first.text)
    if found is None:
        return None
    return found[1], (first._replace(text=found[2]), *line.pieces[1:])


def calls_of(texts: Iterable[str]) -> frozenset[str]:
    """The calls that have a footnote in these texts."""
    return frozenset(
        found[1] for text in texts if "[^" in text for line in text.split("\n") if (found := NOTE_LINE.match(line))
    )


def raised(html: str, calls: frozenset[str]) -> str:
    """Words in HTML with these calls as raised figures, at the head of a footnote too."""
    if not calls or "[^" not in html:
        return html

    def shown(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        return (f"<sup>{name}</sup>" + " " * bool(found[1])) if name in calls else found[0]

    return _SHOWN.sub(shown, html)
