"""Who brought in which words, and what they replaced."""

import os
import random

from draftwg.redline.provenance import Attributed, Origin, attributed, origins
from redline.wordings import SENTENCES, hostile, revise

CASES = int(os.environ.get("DRAFTWG_CASES", "200"))
HISTORY = [
    ("", "Ports should keep samples for as long as possible."),
    ("A-2", "Ports shall keep samples for as long as possible."),
    ("A-5", "Ports shall keep sealed samples for ten years."),
]


def test_both_ends_of_a_history_come_back():
    rng = random.Random(17)
    for _ in range(CASES):
        language = rng.choice(list(SENTENCES))
        traps = rng.random() < 0.4
        text = hostile(rng) if traps else rng.choice(SENTENCES[language])
        history = [("", text)]
        for step in range(rng.randint(0, 4)):
            text = hostile(rng) if traps else revise(rng, text, language, 0.2)
            history.append((f"A-{step}", text))
        redline = attributed(history)
        assert "".join(words for op, words, _ in redline if op != "+") == history[0][1]
        assert "".join(words for op, words, _ in redline if op != "-") == history[-1][1]
        sources = {source for source, _ in history[1:]}
        for op, words, source in redline:
            assert words
            assert source == "" if op == "=" else source in sources
        parts = origins(history)
        assert "".join(part.text for part in parts) == history[-1][1]
        assert {part.source for part in parts} <= {"", *sources}


def test_each_change_names_its_step():
    told = [(op, words.strip(), source) for op, words, source in attributed(HISTORY) if words.strip()]
    assert told == [
        ("=", "Ports", ""),
        ("-", "should", "A-2"),
        ("+", "shall", "A-2"),
        ("=", "keep", ""),
        ("+", "sealed", "A-5"),
        ("=", "samples for", ""),
        ("-", "as long as possible", "A-5"),
        ("+", "ten years", "A-5"),
        ("=", ".", ""),
    ]


def test_origins_say_what_was_replaced():
    assert origins(HISTORY) == (
        Origin("Ports ", "", ""),
        Origin("shall", "A-2", "should"),
        Origin(" keep ", "", ""),
        Origin("sealed ", "A-5", ""),
        Origin("samples for ", "", ""),
        Origin("ten years", "A-5", "as long as possible"),
        Origin(".", "", ""),
    )


def test_words_that_came_and_went_do_not_show():
    first, middle = "Ports keep samples.", "Ports keep frozen samples."
    assert attributed([("", first), ("A-1", middle), ("A-2", first)]) == (Attributed("=", first, ""),)
    assert [part.source for part in origins([("", first), ("A-1", middle), ("A-2", first)])] == [""]


def test_a_change_of_a_change_is_the_last_ones():
    history = [("", "keep ten days"), ("A-1", "keep ten weeks"), ("A-2", "keep ten years")]
    changed = [one for one in attributed(history) if one.op != "="]
    assert changed == [Attributed("-", "days", "A-1"), Attributed("+", "years", "A-2")]
    assert origins(history)[-1] == Origin("years", "A-2", "weeks")


def test_no_history_is_no_words():
    assert attributed([]) == ()
    assert origins([]) == ()
    assert attributed([("", "Ports.")]) == (Attributed("=", "Ports.", ""),)
