"""The edits a delegate says aloud: replace these words by those, insert after, insert before, delete.

The words named must stand in the text exactly once. They are compared tolerant to the shape of quotation marks and
apostrophes, to composed and decomposed accents and to runs of blanks, and are found as whole words where they occur
as such.
"""

from __future__ import annotations

from draftwg.redline.finding import locate, occurrences
from draftwg.redline.joints import closes, join, meet, opens

__all__ = ["Ambiguous", "NotFound", "delete_words", "insert_after", "insert_before", "replace_words"]

_SHOWN = 60


class NotFound(ValueError):
    """The words are not in the text; the message names the nearest ones, in one line."""


class Ambiguous(ValueError):
    """The words are in the text more than once; the message says how often, in one line."""


def replace_words(text: str, old: str, new: str, place: tuple[int, int] | None = None) -> str:
    """Replace words of a text.

    Args:
        text: The text.
        old: The words to replace; they must stand there once.
        new: The words to put in their place; empty to delete them.
        place: Where they stand, if they do so more than once.

    Returns:
        The new text, without a double blank, a blank before a comma or full stop, or a doubled comma where the
        words meet.

    Raises:
        NotFound: The words are not there.
        Ambiguous: They are there more than once.
    """
    start, end = place or _only(text, old)
    return _put(text[:start], new.strip(), text[end:])


def delete_words(text: str, words: str) -> str:
    """Delete words of a text.

    Args:
        text: The text.
        words: The words to delete; they must stand there once.

    Returns:
        The new text, tidied as by `replace_words`.

    Raises:
        NotFound: The words are not there.
        Ambiguous: They are there more than once.
    """
    return replace_words(text, words, "")


def insert_after(text: str, words: str, new: str, place: tuple[int, int] | None = None) -> str:
    """Insert words after others.

    Args:
        text: The text.
        words: The words after which to insert; they must stand there once.
        new: The words to insert.
        place: Where the others stand, if they do so more than once.

    Returns:
        The new text, tidied as by `replace_words`.

    Raises:
        NotFound: The words are not there.
        Ambiguous: They are there more than once.
    """
    _, end = place or _only(text, words)
    return _between(text[:end], new.strip(), text[end:])


def insert_before(text: str, words: str, new: str, place: tuple[int, int] | None = None) -> str:
    """Insert words before others.

    Args:
        text: The text.
        words: The words before which to insert; they must stand there once.
        new: The words to insert.
        place: Where the others stand, if they do so more than once.

    Returns:
        The new text, tidied as by `replace_words`.

    Raises:
        NotFound: The words are not there.
        Ambiguous: They are there more than once.
    """
    start, _ = place or _only(text, words)
    return _between(text[:start], new.strip(), text[start:])


def _only(text: str, words: str) -> tuple[int, int]:
    """The one place of words in a text."""
    found = occurrences(text, words)
    if len(found) == 1:
        return found[0]
    shown = _short(words)
    if found:
        raise Ambiguous(f"“{shown}” stands {len(found)} times in this text; quote more words around it")
    if not words.strip():
        raise NotFound("no words were named")
    near = locate(text, words)
    hint = f"; nearest: “{_short(near.words)}”" if near else ""
    raise NotFound(f"“{shown}” is not in this text{hint}")


def _short(words: str) -> str:
    """Words on one line, cut in the middle when they are many."""
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN // 2].rstrip()} … {line[-_SHOWN // 3 :].lstrip()}"


def _put(left: str, new: str, right: str) -> str:
    """Set new words in the place of others, between what stands left and right of it."""
    if not new:
        return join(left, right)
    head = join(left, new) if closes(new) or left[-1:].isspace() else left + new
    return join(head, right) if opens(head) or closes(right.lstrip()) else head + right


def _between(left: str, new: str, right: str) -> str:
    """Set new words between two that stood side by side; one of the sides may bring a blank."""
    if not new:
        return left + right
    front, back = left.rstrip(), right.lstrip()
    blank = left[len(front) :] or right[: len(right) - len(back)]
    if not (front and back) and " " in left + right:
        blank = " "  # at the end or the start of a text that sets blanks between words
    own = right[: len(right) - len(back)] if closes(back) else blank
    before = "" if not front or closes(new) else meet(front[-1:], new[:1], blank, blank)
    after = meet(new[-1:], back[:1], blank, own) if back else ""
    return join(left[: len(left) - len(left.lstrip())] if not front else front + before, join(new + after, back))
