"""Comparing two texts: which unit became which."""

import os
import random

import pytest

from draftwg.redline.texts import TextUnit, UnitChange, compare_texts, paragraphs
from redline.wordings import SENTENCES, hostile, revise

CASES = int(os.environ.get("DRAFTWG_CASES", "300"))
EN = SENTENCES["en"]


def units(*texts: str) -> list[TextUnit]:
    return [TextUnit(text) for text in texts]


def told(changes: list[UnitChange]) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    return [(change.kind, change.old, change.new) for change in changes]


def test_every_unit_is_told_once_and_its_words_come_back():
    rng = random.Random(31)
    for _ in range(CASES):
        pool = [
            hostile(rng) if rng.random() < 0.1 else rng.choice(SENTENCES[rng.choice(list(SENTENCES))]) for _ in range(9)
        ]
        with_ids = rng.random() < 0.5
        old = [TextUnit(text, f"u{n}" if with_ids else None, str(n)) for n, text in enumerate(pool)]
        new = [
            TextUnit(revise(rng, unit.text, "en", rng.choice((0, 0, 0.3))), unit.id)
            for unit in old
            if rng.random() < 0.8
        ]
        rng.shuffle(new)
        new += units(*(rng.choice(EN) for _ in range(rng.randint(0, 3))))
        changes = compare_texts(old, new)
        assert sorted(n for change in changes for n in change.old) == list(range(len(old)))
        assert [n for change in changes for n in change.new] == sorted(n for c in changes for n in c.new)
        assert sum(len(change.new) for change in changes) == len(new)
        for change in changes:
            before = "\n\n".join(old[n].text for n in change.old)
            after = "\n\n".join(new[n].text for n in change.new)
            assert "".join(text for op, text in change.spans if op != "+") == before
            assert "".join(text for op, text in change.spans if op != "-") == after
            assert (change.kind == "inserted") == (not change.old)
            assert (change.kind == "deleted") == (not change.new)
            assert (change.kind == "split") == (len(change.new) > 1)
            assert (change.kind == "merged") == (len(change.old) > 1)
            if change.kind == "same":
                assert before == after


def test_a_text_beside_itself_is_the_same_throughout():
    rng = random.Random(32)
    for _ in range(CASES // 3):
        text = [TextUnit(rng.choice(EN[:3])) for _ in range(rng.randint(0, 12))]
        assert all(change.kind == "same" for change in compare_texts(text, text))


def test_renumbering_alone_is_no_change():
    old = [TextUnit(text, label=str(n)) for n, text in enumerate(EN, 1)]
    new = [TextUnit(text, label=f"{n} bis") for n, text in enumerate(EN, 7)]
    assert {change.kind for change in compare_texts(old, new)} == {"same"}


def test_an_id_holds_however_much_the_wording_changed():
    old = [TextUnit(EN[0], "a"), TextUnit(EN[1], "b")]
    new = [TextUnit(EN[1], "a"), TextUnit(EN[0], "b")]
    assert told(compare_texts(old, new)) == [("changed", (0,), (0,)), ("changed", (1,), (1,))]


def test_a_moved_unit_shows_its_inner_edit():
    new = EN[5].replace("limits", "restricts")
    changes = compare_texts(units(*EN), units(new, *EN[:5]))
    assert told(changes)[0] == ("moved", (5,), (0,))
    assert [change.kind for change in changes[1:]] == ["same"] * 5
    assert [text for op, text in changes[0].spans if op != "="] == ["limits", "restricts"]


def test_the_lighter_part_is_the_one_that_moved():
    changes = compare_texts(units("Short one.", *EN[:3]), units(*EN[:3], "Short one."))
    assert told(changes)[-1] == ("moved", (0,), (3,))


def test_a_split_unit():
    old, new = units(EN[0], f"{EN[1]} {EN[2]}", EN[3]), units(*EN[:4])
    changes = compare_texts(old, new)
    assert told(changes) == [("same", (0,), (0,)), ("split", (1,), (1, 2)), ("same", (2,), (3,))]
    assert [span for span in changes[1].spans if span.op != "="] == [("-", " "), ("+", "\n\n")]


def test_a_split_unit_keeps_its_id_in_one_part():
    old = [TextUnit(f"{EN[1]} {EN[2]}", "a")]
    new = [TextUnit(EN[1], "a"), TextUnit(EN[2], "b")]
    assert told(compare_texts(old, new)) == [("split", (0,), (0, 1))]


def test_a_unit_split_in_three_and_merged_again():
    whole, parts = units(EN[5], " ".join(EN[:3]), EN[4]), units(EN[5], *EN[:3], EN[4])
    assert ("split", (1,), (1, 2, 3)) in told(compare_texts(whole, parts))
    assert ("merged", (1, 2, 3), (1,)) in told(compare_texts(parts, whole))


def test_a_deleted_unit_stays_where_it_stood():
    changes = compare_texts(units(*EN[:4]), units(EN[0], EN[2], EN[3]))
    assert told(changes) == [("same", (0,), (0,)), ("deleted", (1,), ()), ("same", (2,), (1,)), ("same", (3,), (2,))]


def test_a_reworded_unit_between_the_same_neighbours_is_changed():
    old, new = (
        units(EN[0], "Ports train inspectors at home.", EN[1]),
        units(EN[0], "Large ports train staff abroad.", EN[1]),
    )
    assert told(compare_texts(old, new))[1] == ("changed", (1,), (1,))


def test_equal_units_are_told_apart_by_their_neighbours():
    old = units("[Deleted]", EN[0], "[Deleted]", EN[1])
    new = units(EN[0], "[Deleted]", EN[1])
    assert told(compare_texts(old, new))[0] == ("deleted", (0,), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. One.\n\n2 bis. Two.", [("1.", "One."), ("2 bis.", "Two.")]),
        ("(a) One;\n(b) two.", [("(a)", "One;"), ("(b)", "two.")]),
        ("1995 was dry.\n\nI saw it.", [("", "1995 was dry."), ("", "I saw it.")]),
        ("3.2 Scope\n \n\nIV. Means", [("3.2", "Scope"), ("IV.", "Means")]),
        ("wrapped\nline\n\nnext", [("", "wrapped\nline"), ("", "next")]),
        ("", []),
    ],
)
def test_paragraphs_of_plain_text(text: str, expected: list[tuple[str, str]]):
    assert [(unit.label, unit.text) for unit in paragraphs(text)] == expected
