import random

import pytest

from draftwg.hygiene import clean, clean_text, one_line, shorten, visible


@pytest.mark.parametrize(
    ("dirty", "text"),
    [
        ("a\x1b[31mred\x1b[0m b", "ared b"),
        ("a\x1b]52;c;aGk=\x07b", "ab"),
        ("a\x1b]0;title\x1b\\b", "ab"),
        ("one\x90 the rest of the document stays", "one the rest of the document stays"),
        ("one\x1b]0;never closed, so the words stay", "one]0;never closed, so the words stay"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("e\u0301", "é"),
        ("abc\u202edcba\u202c", "abcdcba"),
        ("\ud800x", "\ufffdx"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("[shall] [/b]", "[shall] [/b]"),
    ],
)
def test_text_at_the_door(dirty: str, text: str) -> None:
    assert clean(dirty) == text


def test_cleaning_is_done_once_and_for_all_and_leaves_no_control() -> None:
    chance = random.Random(7)
    alphabet = "ab \n\t\x1b\x9b[]0;31mé\u0301\u202e\u2066\x07\ud801中ع"
    for _ in range(2_000):
        dirty = "".join(chance.choice(alphabet) for _ in range(chance.randrange(30)))
        text = clean(dirty)
        assert clean(text) == text
        assert all(c == "\n" or c.isprintable() or c == " " for c in text)


def test_a_unit_has_one_paragraph_a_line() -> None:
    assert clean_text("  one \n\n\n two\t three  \n") == "one\ntwo  three"


def test_what_reaches_a_terminal_is_visible() -> None:
    assert visible("a\x1b[2Jb\nc") == "a\ufffd[2Jb\nc"
    assert one_line("a\x07\nb") == "a\ufffd b"
    assert shorten("one two three four", 12) == "one two…"
