"""What becomes of pending amendments: the verdict is right, has a reason, and never changes other words."""

import os
import random

import pytest

from draftwg.redline.anchor import Kind, Verdict, applies, locate, reanchor, what_if
from draftwg.redline.combine import merge
from draftwg.redline.exact import cut, edits
from redline.wordings import SENTENCES, hostile, revise

CASES = int(os.environ.get("DRAFTWG_CASES", "200"))
BASE = "Ports should keep samples for as long as possible and report to the Secretariat every second year."


def verdict(proposal: str, now: str, **others: str) -> Verdict:
    return reanchor(BASE, proposal, now, others=others)


def test_it_applies_where_its_words_stand():
    proposal, now = BASE.replace("should", "shall"), BASE.replace("second", "third")
    result = verdict(proposal, now)
    assert (result.kind, result.words, result.fit) == (Kind.APPLIES, "should", 1.0)
    assert result.text == now.replace("should", "shall")


def test_it_is_shifted_where_words_before_it_changed():
    now = BASE.replace("Ports", "Ports and harbours")
    result = verdict(BASE.replace("second", "third"), now)
    assert result.kind is Kind.SHIFTED
    assert result.text == now.replace("second", "third")
    assert result.reason == "It applies; words it changes now stand 2 words further on."


def test_it_is_satisfied_where_the_text_reads_so():
    proposal = BASE.replace("second", "third")
    for now in (proposal, proposal.replace("should", "shall")):
        result = verdict(proposal, now)
        assert (result.kind, result.text) == (Kind.SATISFIED, now)


def test_it_conflicts_and_the_reason_names_whom_and_what():
    ours = BASE.replace("as long as possible", "ten years")
    theirs = BASE.replace("as long as possible", "twenty years")
    other = BASE.replace("should", "shall")
    now = merge(BASE, theirs, other)
    assert now is not None
    result = verdict(ours, now, **{"A-2": theirs, "A-3": other})
    assert (result.kind, result.text) == (Kind.CONFLICTS, None)
    assert result.reason == "It conflicts with A-2 on “as long as possible”."
    assert verdict(ours, now).reason == "It conflicts with the text as it stands on “as long as possible”."


def test_its_words_are_gone_since_they_were_taken_out():
    now = BASE.replace(" for as long as possible", "")
    result = verdict(BASE.replace("long", "far"), now, **{"A-7": now})
    assert (result.kind, result.text, result.words) == (Kind.GONE, None, "long")
    assert result.reason == "Its words “long” are gone since A-7."


def test_a_moved_sentence_takes_its_amendments_along():
    first, second = (
        "Ports should keep samples for ten years in a dry place.",
        "Ships may enter at night without a pilot.",
    )
    base, now = f"{first} {second}", f"{second} {first}"
    for proposal in (base.replace("dry", "cool"), base.replace("night", "any hour")):
        result = reanchor(base, proposal, now)
        assert result.kind is Kind.SHIFTED
        assert result.text is not None
        assert sorted(cut(result.text).words) == sorted(cut(proposal).words)


def test_a_proposal_against_a_slightly_wrong_base_is_placed():
    quoted = BASE.replace("Secretariat", "secretariat").replace("possible and", "possible, and")
    result = reanchor(quoted, quoted.replace("second", "third"), BASE)
    assert result.text == BASE.replace("second", "third")
    assert result.fit > 0.8


def test_what_applies_leaves_all_other_words_alone():
    rng = random.Random(14)
    kinds = set()
    for _ in range(CASES * 2):
        language = rng.choice(list(SENTENCES))
        base = rng.choice(SENTENCES[language])
        proposal, now = (revise(rng, base, language, rng.choice((0.08, 0.3))) for _ in range(2))
        result = reanchor(base, proposal, now)
        kinds.add(result.kind)
        assert result.reason.endswith(".")
        assert "\n" not in result.reason
        assert 0 <= result.fit <= 1
        assert (result.text is None) == (result.kind in (Kind.CONFLICTS, Kind.GONE))
        assert applies(base, proposal, now, others={"A-1": now}) == (result.text is not None)
        assert applies(base, proposal, now) == (reanchor(base, proposal, now).text is not None)
        if result.kind is Kind.APPLIES and result.text is not None:
            mine = _words(base, proposal)
            assert not _words(now, result.text) - mine, (base, proposal, now, result.text)
    assert {Kind.APPLIES, Kind.SHIFTED, Kind.CONFLICTS} <= kinds


def _words(old: str, new: str) -> set[str]:
    """All words that differ between two texts, commas aside: one of two that meet may go."""
    one, two = cut(old), cut(new)
    changed: set[str] = set()
    for edit in edits(one, two):
        changed |= {*one.keys[edit.start : edit.end], *two.keys[edit.first : edit.last]}
    return changed - {",", "،", "，"}


def test_hostile_texts_get_a_verdict_too():
    rng = random.Random(15)
    for _ in range(CASES):
        base, proposal, now = hostile(rng), hostile(rng), hostile(rng)
        result = reanchor(base, proposal, now, others={"A-1": now})
        assert (result.text is None) == (result.kind in (Kind.CONFLICTS, Kind.GONE))
        assert reanchor(base, proposal, base).text == proposal


def test_what_if():
    pending = {
        "A-1": BASE.replace("as long as possible", "ten years"),
        "A-2": BASE.replace("as long as possible", "twenty years"),
        "A-3": BASE.replace("should", "shall"),
        "A-4": BASE.replace("second", "third"),
    }
    result = what_if(BASE, pending, ["A-3", "A-1"])
    assert result.text == BASE.replace("as long as possible", "ten years").replace("should", "shall")
    assert {name: one.kind for name, one in result.verdicts.items()} == {
        "A-1": Kind.APPLIES, "A-2": Kind.CONFLICTS, "A-3": Kind.APPLIES, "A-4": Kind.SHIFTED,
    }  # fmt: skip
    assert result.verdicts["A-2"].reason == "It conflicts with A-1 on “as long as possible”."
    both = what_if(BASE, pending, ["A-1", "A-2", "A-3"])
    assert both.text is None
    assert both.verdicts["A-2"].kind is Kind.CONFLICTS
    assert what_if(BASE, pending, []).text == BASE
    with pytest.raises(KeyError):
        what_if(BASE, pending, ["A-9"])


@pytest.mark.parametrize(
    ("quoted", "words", "least"),
    [
        ("for as long as possible", "for as long as possible", 1.0),
        ("for as  long as\npossible", "for as long as possible", 0.99),
        ("for as lnog as posible", "for as long as possible", 0.85),
        ("report to the secretariat, every second year", "report to the Secretariat every second year", 0.9),
        ("keep the samples", "keep samples", 0.7),
    ],
)
def test_words_are_located(quoted, words, least):
    place = locate(BASE, quoted)
    assert place is not None
    assert (BASE[place.start : place.end], place.words) == (words, words)
    assert least <= place.fit <= (1.0 if quoted == words else 0.99)


def test_what_is_not_there_is_not_located():
    assert locate(BASE, "zymurgy quux") is None
    assert locate(BASE, "  ") is None
    assert locate("", "words") is None


def test_quotes_and_accents_of_another_shape_are_located_and_rivals_counted():
    text = "L’État côtier, « l'autre État » et l’État voisin."
    place = locate(text, "L'E\u0301tat co\u0302tier")
    assert place is not None
    assert (place.words, place.fit, place.rivals) == ("L’État côtier", 0.99, 0)
    twice = locate("one port and one ship", "one")
    assert twice is not None
    assert (twice.start, twice.rivals) == (0, 1)


def test_locating_never_fails_on_hostile_texts():
    rng = random.Random(16)
    for _ in range(CASES):
        text, quoted = hostile(rng) * 2, hostile(rng)
        place = locate(text, quoted)
        assert place is None or (text[place.start : place.end] == place.words and 0 < place.fit <= 1)
