"""Cutting a wording into words.

A token is a word, a number, a sign of punctuation or a symbol, together with the blanks that follow it: blanks
never stand alone (except at the very start), and the tokens put together are the text again, byte for byte.

What is one word: letters and digits with the marks on them; the parts of a word tied by an apostrophe, a
hyphen, a slash, a full stop or a middle dot (`d'Ivoire`, `pre-requisites`, `and/or`, `A/RES/75/1`, `e.g`); a
number with its signs (`1,000.5`, `8/3`, `12:30`). Brackets, quotation marks and all other punctuation are tokens
of their own, dotted leaders one each.

Scripts without blanks are cut without a dictionary: Chinese by character, Japanese by runs of hiragana and of
katakana, Thai, Lao, Burmese and Khmer by written syllable. No cut ever falls inside a grapheme cluster
(Unicode Standard Annex 29).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from draftwg.redline import graphemes

__all__ = ["key", "tokens"]

_TIES = r"\-'’‐‑./·׳״"
_SIMPLE = re.compile(
    rf"\w+(?:(?:[{_TIES}]|(?<=\d)[,:](?=\d))\w+)*\s*"  # a word or a number
    r"|(?:\.{2,}|-{2,}|[^\w\s])\s*"  # a sign, or a leader of dots or dashes
    r"|\s+"  # blanks at the very start
)


@cache
def _careful() -> re.Pattern[str]:
    """The pattern for texts with marks, emoji or scripts without blanks; compiled when one is met."""
    # No possessive quantifiers (`*+`), although nothing here is given back: the first releases of Python 3.11 match
    # wrongly with them. Whatever follows a token fits once all that belongs to it has been taken.
    extend = f"[{graphemes.EXTEND}]"
    picture = f"[{graphemes.PICTURE}]"
    letter = rf"[^\W{graphemes.HAN}{graphemes.HIRAGANA}{graphemes.KATAKANA}{graphemes.SOUTH_EAST_ASIAN}]"
    word = rf"{letter}+(?:{extend}+{letter}*)*"
    blank = r"(?:\r\n|\r(?!\n)|[^\S\r])"
    kinds = (
        rf"[{graphemes.FLAG}]{{2}}{extend}*",
        rf"{picture}{extend}*(?:(?<=\u200d){picture}{extend}*)*",
        rf"{word}(?:(?:[{_TIES}]|(?<=\d)[,:](?=\d)){word})*",
        rf"[{graphemes.HAN}]{extend}*",
        rf"(?:[{graphemes.HIRAGANA}]{extend}*)+",
        rf"(?:[{graphemes.KATAKANA}]{extend}*)+",
        # Thai and Lao: a vowel written before, the consonant, its marks, a vowel written after.
        rf"[\u0e40-\u0e44\u0ec0-\u0ec4]?[\u0e01-\u0e2e\u0e81-\u0eae]{extend}*(?:[\u0e30\u0e32\u0e45\u0eb0\u0eb2]{extend}*)*",
        rf"[\u0e50-\u0e59]+{extend}*",
        # Burmese and Khmer: a consonant, its marks, the consonants stacked below it.
        rf"[\u1000-\u109f\u1780-\u17ff]{extend}*(?:(?<=[\u1039\u17d2])[\u1000-\u1021\u1780-\u17a2]{extend}*)*",
        rf"(?:\.(?!{extend})){{2,}}|(?:-(?!{extend})){{2,}}",
        rf"[^\s]{extend}*",
        rf"{blank}{extend}+",
    )
    # A mark after a blank sits on that blank: the blank then begins the next token.
    blanks = rf"{blank}*(?!{extend})"
    return re.compile(rf"(?:[{graphemes.PREPEND}]*(?:{'|'.join(kinds)})){blanks}|{blank}+(?!{extend})")


def tokens(text: str) -> list[str]:
    """Cut a text into words and signs, each with the blanks that follow it.

    Args:
        text: Any string, lone surrogates and control characters included.

    Returns:
        The tokens, none empty; `"".join(tokens(text)) == text`.
    """
    if text.isascii() or graphemes.HARD.search(text) is None:
        return _SIMPLE.findall(text)
    return _careful().findall(text)


def key(token: str) -> str:
    """What a token is compared by: its composed form (NFC) without the blanks after it.

    Two tokens of one key are the same word; where their bytes differ (other blanks, `é` in one or two code
    points) a comparison aligns them and shows the difference of bytes as a change.

    Args:
        token: A token as `tokens` gives it.

    Returns:
        The word; empty for blanks at the start of a text.
    """
    word = token.rstrip()
    return word if word.isascii() else unicodedata.normalize("NFC", word)
