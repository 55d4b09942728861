import codecs

import pytest

from draftwg.errors import BadInput
from draftwg.formats.decode import decode

TEXT = "Recommendation 1\n\nLes États – “membres” – 会员国 – الدول.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_and_without_mark(encoding):
    assert decode(TEXT.encode(encoding), "a.txt") == (TEXT, ())


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF32_LE, "utf-32-le")],
)
def test_byte_order_follows_the_mark(mark, encoding):
    assert decode(mark + TEXT.encode(encoding), "a.txt")[0] == TEXT


def test_windows_1252_is_read_with_a_warning():
    text, warnings = decode("L’État – “should”".encode("cp1252"), "a.txt")
    assert text == "L’État – “should”"
    assert len(warnings) == 1
    assert "Windows-1252" in warnings[0]


def test_bytes_without_meaning_in_windows_1252_show():
    assert decode(b"The word \x81 is unreadable here.", "a.txt")[0] == "The word \ufffd is unreadable here."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"ab\0cd", "no text file"),
        (b"PK\x03\x04\0\0", "no text file"),
        ("Государства".encode("cp1251"), "Line 1 of a.txt is not UTF-8"),
        (b"one\ntwo \xff\xfe\xfd\xfc\xfb\xfa", "Line 2 of a.txt is not UTF-8"),
        (codecs.BOM_UTF16_LE + b"a", "begins like UTF-16 but breaks off"),
        (codecs.BOM_UTF8 + b"\xff", "begins like UTF-8 but breaks off"),
        (b"x" * (10 * 2**20 + 1), "larger than 10 MiB"),
        (b"x\n" * 100_001, "a.txt has more than 100,000 lines"),
        (b"one\n" + b"x" * 100_001, "Line 2 of a.txt has more than 100,000 characters"),
        (b"words\n" * 400_000, "more than 2,000,000 characters"),
        (("x\n\na" + "\u0301" * 9).encode(), "Line 3 of a.txt piles up accents"),
    ],
)
def test_refusals_are_one_clear_line_with_a_hint(data, message):
    with pytest.raises(BadInput) as caught:
        decode(data, "a.txt")
    assert message in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.hint


def test_limits_themselves_are_allowed():
    assert decode(b"x" * 100_000, "a.txt") == ("x" * 100_000, ())
    assert decode(b"x\n" * 100_000, "a.txt")[1] == ()
    assert decode(("a" + "\u0301" * 8).encode(), "a.txt")[1] == ()


def test_what_will_be_removed_is_told():
    assert len(decode("a\u202eb \x1b[31m".encode(), "a.txt")[1]) == 2
    assert decode("a\tb\r\nc\u200dd".encode(), "a.txt")[1] == ()


def test_name_cannot_reach_the_terminal():
    with pytest.raises(BadInput) as caught:
        decode(b"\0", "a\x1b]0;x\x07.txt")
    assert "\x1b" not in caught.value.message
