"""Escaping of HTML, and of Markdown: words stay what they are for every reader of CommonMark, and come back byte for
byte.

Emphasis is not escaped: `*mutatis mutandis*` is meant. Every backslash is doubled, so that the way back is exact.
Source: CommonMark 0.31, sections 2.4 (backslash escapes), 4 (leaf blocks) and 5 (container blocks).
"""

import re
from functools import lru_cache
from html import escape
from unicodedata import bidirectional

from draftwg.hygiene import visible

_INLINE = re.compile(r"[\\`]|<(?=[A-Za-z/!?])|&(?=#?\w{1,32};)|(?<=\])\(|~(?=~)")
_LINE_START = re.compile(r"#|>|[-+*](?=\s|$)|([-*_])(?=(?:[ ]*\1){2,}[ ]*$)|\[(?=[^\]]*\]:)")
_NUMBER_START = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_CLOSING = re.compile(r"(^|\s)(#+)$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SHELTER = 0xE000  # private-use signs that stand for escaped ones while a foreign source is being read
_SHELTERED = re.compile("[\ue021-\ue07e]")


def html_text(words: str) -> str:
    """Words as text or an attribute of HTML; control characters show as U+FFFD."""
    return escape(visible(words))


def html_direction(words: str, direction: str) -> str:
    """The direction of a paragraph: in a text from right to left, one of that script keeps to it, even behind a Latin
    number or abbreviation."""
    if direction == "rtl" and any(bidirectional(sign) in ("R", "AL") for sign in words):
        return "rtl"
    return "auto"


@lru_cache(16_384)  # a text is written anew at each act, and nearly all of its paragraphs are as they were
def escape_paragraph(line: str) -> str:
    """One line as a paragraph of Markdown."""
    line = _INLINE.sub(r"\\\g<0>", line)
    line = _LINE_START.sub(r"\\\g<0>", line, count=1) if _LINE_START.match(line) else line
    return _NUMBER_START.sub(r"\1\\\2", line, count=1) if _NUMBER_START.match(line) else line


def escape_heading(line: str) -> str:
    """One line as the words of a heading; number signs at its end are no closing sequence."""
    return _CLOSING.sub(r"\1\\\2", _INLINE.sub(r"\\\g<0>", line))


def unescape(line: str) -> str:
    """Take the escapes back."""
    return _ESCAPED.sub(r"\1", line)


def shelter(source: str) -> str:
    """Put every escaped sign out of sight of those who look for headings and lists; `unshelter` brings it back.

    A source that itself uses the signs needed for this keeps its backslashes.
    """
    if _SHELTERED.search(source):
        return source
    return _ESCAPED.sub(lambda found: chr(_SHELTER + ord(found[1])), source)


def unshelter(text: str) -> str:
    """Bring sheltered signs back."""
    return _SHELTERED.sub(lambda found: chr(ord(found[0]) - _SHELTER), text)
