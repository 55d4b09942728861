"""The door for text from outside: what enters the record or reaches a terminal passes here.

Nothing below knows what a meeting is. Callers: every room where text enters (formats, desk, cli, tui) or leaves to a
terminal.
"""

import re
import unicodedata

# A complete terminal escape sequence on one line; anything incomplete loses only its introducer,
# so that a stray ESC can never swallow the words behind it.
_SEQUENCE = re.compile(
    "\x1b(?:\\[[0-?]{0,64}[ -/]{0,8}[@-~]|\\][^\x07\x1b\n]{0,256}(?:\x07|\x1b\\\\)|[PX^_][^\x1b\n]{0,256}\x1b\\\\)"
    "|\x9b[0-?]{0,64}[ -/]{0,8}[@-~]"
)
_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# C0 but newline, DEL, C1, bidirectional embeddings, overrides and isolates, invisible operators, BOM.
_DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0001]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SUSPECT = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\x0a]"
)


def clean(text: str) -> str:
    """Make `text` fit for the record: NFC, newlines as LF, tabs as blanks, no controls, no bidi overrides.

    Keeps joiners, variation selectors and LRM/RLM/ALM, which scripts need.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _SEQUENCE.sub("", text)
    text = _NEWLINES.sub("\n", text).replace("\t", " ")
    text = _SURROGATE.sub("\ufffd", _DROPPED.sub("", text))
    return unicodedata.normalize("NFC", text)


def left_out(text: str) -> str:
    """What `clean` takes out of `text`, in words: "2 escape sequences, 1 mark of direction"; "" where it is nothing.

    Newlines and tabs that are only written otherwise do not count.
    """
    if text.isascii() and text.isprintable():
        return ""
    rest, sequences = _SEQUENCE.subn("", text)
    dropped = _DROPPED.findall(_NEWLINES.sub("\n", rest).replace("\t", " "))
    marks = sum("\u202a" <= one <= "\u202e" or "\u2066" <= one <= "\u2069" for one in dropped)
    counts = (
        (sequences, "escape sequence"), (len(dropped) - marks, "control character"), (marks, "mark of direction"),
        (len(_SURROGATE.findall(text)), "broken letter"),
    )  # fmt: skip
    return ", ".join(f"{count} {_plural(what, count)}" for count, what in counts if count)


def _plural(what: str, count: int) -> str:
    first, *rest = what.split(" of ")
    return what if count == 1 else " of ".join([f"{first}s", *rest])


def clean_line(text: str) -> str:
    """`clean`, as one line without blanks at its ends: for names, labels, symbols and titles."""
    return " ".join(clean(text).split())


def clean_text(text: str) -> str:
    """`clean` for the words of a unit: no blanks at the ends of lines, no empty lines, paragraphs by LF."""
    lines = (line.strip() for line in clean(text).split("\n"))
    return "\n".join(line for line in lines if line)


def visible(text: str) -> str:
    """`text` for a terminal: newlines stay, every other control character shows as U+FFFD."""
    return _SUSPECT.sub(lambda found: found[0] if found[0] == "\n" else "\ufffd", text)


def one_line(text: str) -> str:
    """`text` for one line of a terminal or of a commit subject."""
    if text.isprintable() and text.isascii() and "  " not in text:
        return text.strip(" ")
    return " ".join(visible(text).split())


def shorten(text: str, width: int) -> str:
    """`text` in at most `width` characters, cut at a word with an ellipsis."""
    text = one_line(text)
    if len(text) <= width:
        return text
    cut = text[: width - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > width // 2 else cut).rstrip(" ,;:") + "…"
