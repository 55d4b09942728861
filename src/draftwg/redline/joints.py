"""Blanks and punctuation where words of two texts meet.

Combining, deleting and inserting all put words side by side that stood apart. The rules for the place where they
meet are kept here: one blank between words, none in Chinese or Japanese, none before a comma or full stop (but
the blank that French sets before its colon stays, because it came with the colon), never two commas.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["COMMAS", "closes", "is_word", "join", "meet", "opens", "redundant", "shared_blanks"]

COMMAS = frozenset(",،，、")
"""The commas of the six official languages."""

_STOPS = frozenset(".;:؛；。．：")
_CLOSING = COMMAS | _STOPS | frozenset("!?؟！？)]}»”’›」』）】》…")
_OPENING = frozenset("([{«“‘‹„「『（【《¿¡")
_NO_BLANKS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3001-\u30ff\u3400-\u9fff\uff00-\uffef]")


def closes(text: str) -> bool:
    """Whether a text begins with a sign that stands close to the word before it (a comma, a bracket's end)."""
    return text[:1] in _CLOSING and text != ""


def opens(text: str) -> bool:
    """Whether a text ends with a sign that stands close to the word after it (a bracket's or quotation's start)."""
    return text[-1:] in _OPENING and text != ""


def is_word(text: str) -> bool:
    """Whether there is a letter or a digit in a token, so that it is more than punctuation."""
    return any(char.isalnum() for char in text)


def redundant(left: str, right: str) -> str:
    """Which of two signs that came to stand side by side has to go.

    Args:
        left: The last token (or text) before the place where two wordings meet.
        right: The first after it.

    Returns:
        "right" for the second of two commas, "left" for a comma before a full stop, colon or semicolon, else "".
    """
    if left[-1:] in COMMAS and left:
        if right[:1] in COMMAS and right:
            return "right"
        if right[:1] in _STOPS and right:
            return "left"
    return ""


def meet(left: str, right: str, after: str, before: str) -> str:
    """The blanks between two words that met.

    Args:
        left: The word before; empty at the start of a text.
        right: The word after; empty at the end of a text.
        after: The blanks that stood after `left` where it comes from.
        before: The blanks that stood before `right` where it comes from.

    Returns:
        The blanks to set between them.
    """
    if after == before:
        if after or not (is_word(left) and is_word(right)) or not _spaced(left, right):
            return after
        return " "
    if not left or not right:
        return ""
    if closes(right):
        return before
    if opens(left):
        return after
    if not _spaced(left, right):
        return ""
    return before or after


def join(left: str, right: str) -> str:
    """Put two texts together where something was taken out or put in between them.

    Args:
        left: The text before; it may end with blanks.
        right: The text after; it may begin with blanks.

    Returns:
        Both, with one run of blanks at most between them and no comma doubled; empty sides leave no blank.
    """
    front, back = left.rstrip(), right.lstrip()
    after, before = left[len(front) :], right[: len(right) - len(back)]
    if not front or not back:  # the start or the end of the text: only its own outer blanks stay
        return (left if not front and not right.strip() else front) + back
    gone = redundant(front, back)
    if gone == "left":
        front = front[:-1].rstrip()
        return front + (back if not before else before + back)
    if gone == "right":
        rest = back[1:]
        return front + (rest if rest[:1].isspace() or not rest else meet(front, rest, after, before) + rest)
    if not after and not before:
        return front + back
    if closes(back):
        return front + before + back
    if opens(front):
        return front + after + back
    return front + min(filter(None, (after, before)), key=len) + back


def shared_blanks(texts: Sequence[str]) -> int:
    """The length of the run of blanks that all texts begin with."""
    size = 0
    while all(text[size : size + 1].isspace() and text[size] == texts[0][size] for text in texts):
        size += 1
    return size


def _spaced(left: str, right: str) -> bool:
    """Whether either side is of a script with blanks between words."""
    return not (_NO_BLANKS.match(left[-1:]) and _NO_BLANKS.match(right[:1]))
