"""From the bytes of a file to its text, or a refusal in one clear line."""

import codecs
import re

from draftwg.errors import BadInput
from draftwg.hygiene import visible

MAX_BYTES = 10 * 1024 * 1024
MAX_LINE = 100_000
MAX_LINES = 100_000
MAX_CHARACTERS = 2_000_000
MAX_MARKS = (
    8  # more combining marks in a row than this are decoration (or an attack on the screen), in no language words
)
_HIGH_SHARE = 0.30

# UTF-32 stands before UTF-16: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_STACKED = re.compile(f"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{{{MAX_MARKS + 1}}}")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file and what should be told about it.

    In: the bytes, and the name for messages. Out: the text (not yet cleaned) and warnings. In order: byte order mark,
    no NUL without one, strict UTF-8, else Windows-1252 where under 30 % of the bytes are high. BadInput for what is no
    text, for more than 10 MiB or 100,000 lines, for a line of more than 100,000 characters.
    """
    name = visible(name)
    if len(data) > MAX_BYTES:
        raise BadInput(f"{name} is larger than {MAX_BYTES // 2**20} MiB.", "Give the part that holds the text.")
    text, warnings = _text(data, name)
    if len(text) > MAX_CHARACTERS:
        raise BadInput(f"{name} holds more than {MAX_CHARACTERS:,} characters.", "Give the part that holds the text.")
    if max(text.count("\n"), text.count("\r")) > MAX_LINES:
        raise BadInput(f"{name} has more than {MAX_LINES:,} lines.", "Give the part that holds the text.")
    number = next((n for n, line in enumerate(re.split("\r\n|[\r\n]", text), 1) if len(line) > MAX_LINE), 0)
    if number:
        raise BadInput(f"Line {number} of {name} has more than {MAX_LINE:,} characters.", "Break it into paragraphs.")
    if stacked := _STACKED.search(text):
        line = text.count("\n", 0, stacked.start()) + 1
        raise BadInput(f"Line {line} of {name} piles up accents on one letter.", "Remove them and try again.")
    if _BIDI.search(text):
        warnings.append(f"{name} holds marks that turn the direction of writing; they were removed.")
    if _CONTROL.search(text):
        warnings.append(f"{name} holds control characters; they were removed.")
    return text, tuple(warnings)


def refuse_other_kinds(data: bytes, name: str) -> None:
    """BadInput, telling what to send instead, where a file is a PDF, a web page or XML by what it holds."""
    name = visible(name)
    if data[:5] == b"%PDF-":
        raise BadInput(f"{name} is a PDF.", "Ask for the Word file, or copy its words into a text file.")
    start = data[:400].removeprefix(codecs.BOM_UTF8).lstrip()[:40].lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise BadInput(f"{name} is a page or XML, not a text.", "Ask for the Word file, or for plain text.")


def _text(data: bytes, name: str) -> tuple[str, list[str]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), []
            except UnicodeDecodeError:
                hint = "Save the file as UTF-8 and try again."
                raise BadInput(
                    f"{name} begins like {encoding.removesuffix('-sig').upper()} but breaks off.", hint
                ) from None
    if b"\0" in data:
        raise BadInput(f"{name} is no text file.", "Save the document as plain text or Markdown (UTF-8).")
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        high = sum(byte >= 0x80 for byte in data)
        if high >= _HIGH_SHARE * len(data):
            hint = "Save the file as UTF-8 and try again."
            line = data.count(b"\n", 0, error.start) + 1
            raise BadInput(f"Line {line} of {name} is not UTF-8.", hint) from None
    # Five bytes mean nothing in Windows-1252; they become the sign for an unreadable character.
    return data.decode("cp1252", "replace"), [
        f"{name} is not UTF-8; it was read as Windows-1252. Check accents and quotes."
    ]
