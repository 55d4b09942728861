"""Words as content for widgets. Whatever comes from the meeting passes here: visible characters only, and never as
markup.

Insertions are underlined and stand in {+ +}, deletions are struck and stand in {- -}: the signs are for terminals
without those styles and for eyes that the colours do not reach.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from textual.content import Content

from draftwg.hygiene import one_line, visible

if TYPE_CHECKING:
    from draftwg.redline import Bracketed

_INSERT = "$insert underline"
_DELETE = "$delete strike"
_SIGN = "$muted"
STATE_SIGNS: dict[str, str] = {
    "suggested": "?",
    "held": "□",
    "tabled": "○",
    "revised": "◐",
    "accepted": "●",
    "merged": "→",
    "rejected": "×",
    "fallen": "↓",
    "withdrawn": "–",
    "lapsed": "·",
}
"""A sign for each state of an amendment, always beside the word."""
STATE_LOOKS: dict[str, str] = {
    "suggested": "warn",
    "held": "warn",
    "tabled": "accent",
    "revised": "accent",
    "accepted": "good",
    "merged": "quiet",
    "rejected": "quiet",
    "fallen": "quiet",
    "withdrawn": "quiet",
    "lapsed": "quiet",
}
"""The look of each state in a list of rows."""
STATUS_SIGNS: dict[str, str] = {
    "placeholder": "▫",
    "agreed in informals": "◔",
    "agreed ad ref": "◑",
    "reopened": "↺",
    "agreed": "●",
    "adopted": "★",
}
"""A sign for the status of a unit where brackets do not tell it; the words stand at the head of the unit."""


class RedlineSpan(Protocol):
    """A stretch of a redline: `op` is "=", "-" or "+"."""

    @property
    def op(self) -> str:
        """What happened to these words."""

    @property
    def text(self) -> str:
        """The words."""


def words(text: str) -> Content:
    """Words of a text, with a blank line between paragraphs."""
    return Content(_airy(visible(text)))


def redline(spans: Iterable[RedlineSpan]) -> Content:
    """A redline: what is inserted is underlined, what is deleted is struck, both have their signs."""
    parts: list[Content | tuple[str, str]] = []
    for span in spans:
        text = visible(span.text)
        if span.op == "=":
            parts.append(Content(_airy(text)))
            continue
        core = text.strip()
        if not core:  # only blanks or a border of paragraphs were changed
            parts.append((f"{{{span.op}¶{span.op}}}" if "\n" in text else "", _SIGN))
            parts.append(Content(_airy(text) if span.op == "+" else ""))
            continue
        at = text.index(core)
        style = _INSERT if span.op == "+" else _DELETE
        parts += [
            Content(_airy(text[:at])),
            (f"{{{span.op}", _SIGN),
            Content.styled(_airy(core), style),
            (f"{span.op}}}", _SIGN),
            Content(_airy(text[at + len(core) :])),
        ]
    return Content.assemble(*parts)


def bracketed(compiled: Bracketed) -> Content:
    """The bracketed compilation: brackets stand out, the names in them step back."""
    from draftwg.redline.brackets import render

    parts: list[Content | tuple[str, str]] = []
    for piece in compiled.pieces:
        text = _airy(visible(render((piece,))))
        if isinstance(piece, str):
            parts.append(Content(text))
            continue
        block = Content.styled(text, "$insert")
        for alternative in piece.alternatives:
            said = visible(f" - {'; '.join(map(str, alternative.voices))}")
            at = text.find(said)
            if alternative.voices and at >= 0:
                block = block.stylize("$muted", at, at + len(said))
        for at, character in enumerate(text):
            if character in "[]/" and (character != "/" or text[at - 1 : at + 2] == " / "):
                block = block.stylize("$accent bold", at, at + 1)
        parts.append(block)
    return Content.assemble(*parts)


def clock(at: str) -> str:
    """The hour and minute of a time in ISO 8601, as it was on the spot."""
    return one_line(at[11:16])


def plain(lines: Sequence[str]) -> Content:
    """Lines of our own or of the meeting's, as they are."""
    return Content("\n".join(visible(line) for line in lines))


def _airy(text: str) -> str:
    return text.replace("\n", "\n\n")
