"""Words: what is one token, and that nothing is ever lost or torn."""

import os
import random
import unicodedata

import pytest

from draftwg.redline.words import key, tokens
from redline.wordings import SENTENCES, case, hostile

CASES = int(os.environ.get("DRAFTWG_CASES", "300"))


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("The pre-requisites in Côte d’Ivoire", ["The ", "pre-requisites ", "in ", "Côte ", "d’Ivoire"]),
        ("about 1,000.5 or 8/3, at 12:30.", ["about ", "1,000.5 ", "or ", "8/3", ", ", "at ", "12:30", "."]),
        ("[shall] (may)", ["[", "shall", "] ", "(", "may", ")"]),
        ("A/RES/75/1 and/or\n\nNext", ["A/RES/75/1 ", "and/or\n\n", "Next"]),
        ("one......... 7", ["one", "......... ", "7"]),
        ("  first", ["  ", "first"]),
        ("各国应在2018年", ["各", "国", "应", "在", "2018", "年"]),
        ("データを処理する。", ["データ", "を", "処", "理", "する", "。"]),
        ("เกี่ยวกับ", ["เกี่", "ย", "ว", "กั", "บ"]),
        ("ក្រុមប្រឹក្សា", ["ក្រុ", "ម", "ប្រឹ", "ក្សា"]),
        ("تحث الدول، ١٢ مكررا", ["تحث ", "الدول", "، ", "١٢ ", "مكررا"]),
        ("يموَّل التمرين", ["يموَّل ", "التمرين"]),
        ("हिन्दी में", ["हिन्दी ", "में"]),
        ("", []),
    ],
)
def test_words_and_signs(wording: str, expected: list[str]):
    assert tokens(wording) == expected


@pytest.mark.parametrize(
    "cluster",
    [
        "e\u0301",
        "👩\u200d👩\u200d👧",
        "🇫🇷",
        "1\ufe0f\u20e3",
        "#\ufe0f\u20e3",
        "👍🏽",
        "\u1112\u1161\u11ab",
        "เกี่",
        "क्ष",
        "\u0600١",
        "葛\U000e0100",
        " \u0301",
    ],
)
def test_a_grapheme_cluster_is_never_torn(cluster: str):
    for before, after in (("", ""), ("a", "b"), ("中", "国"), (" ", " "), (".", "."), ("🇩🇪", "🇩🇪")):
        wording = before + cluster + after
        borders = {sum(map(len, tokens(wording)[:n])) for n in range(len(tokens(wording)) + 1)}
        inside = set(range(len(before) + 1, len(before) + len(cluster)))
        assert not borders & inside, tokens(wording)


def test_a_line_end_of_two_characters_is_never_torn():
    for wording in ("a\r\nb", "\r\n\r\n", "a \r\n\u0301b", "中\r\n国"):
        assert not any(token.endswith("\r") for token in tokens(wording))


def test_every_text_comes_back_from_its_tokens():
    rng = random.Random(11)
    for _ in range(CASES):
        for wording in (hostile(rng), *case(rng)):
            cut = tokens(wording)
            assert "".join(cut) == wording
            assert "" not in cut


def test_no_token_begins_with_a_mark_or_holds_a_blank_inside_a_word():
    rng = random.Random(12)
    for _ in range(CASES):
        for token in tokens(case(rng)[1])[1:]:
            assert unicodedata.category(token[0]) not in ("Mn", "Me"), token
            if token[0].isalnum():
                assert not any(letter.isspace() for letter in token.rstrip()), token


def test_both_patterns_cut_plain_text_alike():
    mark = "中"  # sends the text through the pattern for difficult scripts
    for language in ("en", "fr", "es", "ru"):
        for sentence in SENTENCES[language]:
            assert tokens(mark + sentence) == [mark, *tokens(sentence)]


def test_the_key_is_composed_and_without_blanks():
    assert key("e\u0301te\u0301 \n") == key("été") == "été"
    assert key("The ") != key("the ")
    assert key("  ") == ""


def test_a_long_row_of_dots_before_a_mark_takes_no_longer_than_another() -> None:
    """Whatever a row of signs ends with, it is gone over once; a mark stays with the last of them."""
    for sign in ".-":
        assert tokens(f"a {sign * 3}\u0301 b") == ["a ", sign * 2, f"{sign}\u0301 ", "b"]
        assert len(tokens(sign * 100_000 + "\u0301")) == 2
