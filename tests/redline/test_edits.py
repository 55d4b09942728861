"""Edits as a delegate says them: exactly one place, and a clean text afterwards."""

import os
import random
import re

import pytest

from draftwg.redline.edits import Ambiguous, NotFound, delete_words, insert_after, insert_before, replace_words
from redline.wordings import SENTENCES

CASES = int(os.environ.get("DRAFTWG_CASES", "200"))
TEXT = "Ports, ships and labs should keep “sealed” samples of l’État, where possible, for ten years."


@pytest.mark.parametrize(
    ("act", "arguments", "expected"),
    [
        (replace_words, ("should keep", "shall store"), TEXT.replace("should keep", "shall store")),
        (replace_words, ('"sealed"', "frozen"), TEXT.replace("“sealed”", "frozen")),
        (replace_words, ("l'E\u0301tat", "l’Union"), TEXT.replace("l’État", "l’Union")),
        (replace_words, ("ten\n  years", "one year"), TEXT.replace("ten years", "one year")),
        (replace_words, ("where possible", "if able,"), TEXT.replace("where possible", "if able")),
        (replace_words, ("for ten years", ", always"), TEXT.replace(" for ten years", " always")),
        (delete_words, ("where possible",), TEXT.replace(" where possible,", "")),
        (delete_words, (", where possible,",), TEXT.replace(", where possible,", "")),
        (delete_words, (", ships and labs",), TEXT.replace(", ships and labs", "")),
        (delete_words, ("Ports,",), TEXT.replace("Ports, ", "")),
        (delete_words, (", where possible, for ten years.",), TEXT.replace(", where possible, for ten years.", "")),
        (delete_words, ("for ten years",), TEXT.replace(", for ten years.", ".")),
        (insert_after, ("ships", "boats"), TEXT.replace("ships", "ships boats")),
        (insert_after, ("labs", ", if able,"), TEXT.replace("labs", "labs, if able,")),
        (insert_after, ("years", "and more"), TEXT.replace("years", "years and more")),
        (insert_after, ("Ports", "and harbours"), TEXT.replace("Ports", "Ports and harbours")),
        (insert_after, ("ten years.", "Others may."), f"{TEXT} Others may."),
        (insert_before, ("Ports", "All"), f"All {TEXT}"),
        (insert_before, ("should", ", in time,"), TEXT.replace("labs", "labs, in time,")),
        (insert_before, ("ships", "(small)"), TEXT.replace("ships", "(small) ships")),
    ],
)
def test_what_comes_of_it(act, arguments, expected):
    assert act(TEXT, *arguments) == expected


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        ("沿海国应通报结果。", "应", "可", "沿海国可通报结果。"),
        ("沿海国，酌情，通报结果。", "酌情", "", "沿海国，通报结果。"),
        ("يلاحظ الوفد، بقلق، الأمر", "بقلق", "", "يلاحظ الوفد، الأمر"),
        ("Délai prévu : un mois", "prévu", "", "Délai : un mois"),
        ("keep pre-cut and cut wood", "cut", "dry", "keep pre-cut and dry wood"),
        ("keep prerequisites", "requisites", "conditions", "keep preconditions"),
        ("keep (dry) wood", "dry", "", "keep () wood"),
        ("all of it", "all of it", "", ""),
    ],
)
def test_other_scripts_and_borders(text, old, new, expected):
    assert replace_words(text, old, new) == expected


def test_insertion_needs_no_blank_in_chinese():
    assert insert_after("沿海国应通报。", "应", "及时") == "沿海国应及时通报。"
    assert insert_before("沿海国应通报。", "沿海国", "各") == "各沿海国应通报。"
    assert insert_after("see (below) now", "(", "far") == "see (far below) now"


def test_words_that_are_not_there_are_not_guessed():
    with pytest.raises(NotFound) as caught:
        replace_words(TEXT, "should kep", "x")
    assert str(caught.value) == "“should kep” is not in this text; nearest: “should keep”"
    with pytest.raises(NotFound, match=r"^“zymurgy” is not in this text$"):
        delete_words(TEXT, "zymurgy")
    with pytest.raises(NotFound, match=r"^no words were named$"):
        insert_after(TEXT, " \n", "x")
    with pytest.raises(ValueError, match="nearest: “Ports”"):
        delete_words(TEXT, "ports")


def test_words_that_stand_twice_are_not_guessed():
    with pytest.raises(Ambiguous, match=r"^“port” stands 2 times in this text; quote more words around it$"):
        replace_words("a port, no airport, a port", "port", "quay")
    with pytest.raises(Ambiguous, match="stands 2 times"):
        delete_words("reports, airports", "port")


def test_no_edit_leaves_a_double_blank_or_a_stray_comma():
    rng = random.Random(18)
    done = 0
    for _ in range(CASES):
        language = rng.choice(["en", "fr", "es", "ru", "ar"])
        text = rng.choice(SENTENCES[language])
        words = re.findall(r"\w+", text)
        start = rng.randrange(len(words))
        old = words[start]
        try:
            out = rng.choice(
                [
                    delete_words(text, old),
                    replace_words(text, old, rng.choice(["xxx", ", xxx,", "xxx,"])),
                    insert_after(text, old, rng.choice(["xxx", ", xxx,", "xxx,"])),
                    insert_before(text, old, rng.choice(["xxx", ", xxx,"])),
                ]
            )
        except Ambiguous:
            continue
        done += 1
        assert "  " not in out
        assert out == out.strip()
        assert not re.search(r"[,،]\s*[,،.;؛]", out), (text, old, out)
        assert not re.search(r"\s[,،.]", out), (text, old, out)
    assert done > CASES // 2
