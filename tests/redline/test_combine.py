"""Combining proposals: what is right, what is a conflict, and that nothing is ever silently wrong."""

import json
import os
import random
from collections import defaultdict
from pathlib import Path

import pytest

from draftwg.redline.anchor import Kind, reanchor
from draftwg.redline.combine import combine, merge
from draftwg.redline.exact import cut, edits, images, slide
from redline.wordings import SENTENCES, hostile, revise

CASES = int(os.environ.get("DRAFTWG_CASES", "200"))
SHARED = Path(__file__).parents[3] / "shared"
NEW = {
    "en": ["promptly", "regional", "voluntary", "joint", "annual"],
    "fr": ["promptement", "volontaires", "conjoint", "annuel", "régional"],
    "es": ["conjunto", "anual", "voluntario", "regional", "pronto"],
    "ru": ["ежегодный", "совместный", "срочно", "добровольный", "местный"],
    "ar": ["سنوي", "مشترك", "طوعي", "إقليمي", "عاجل"],
    "zh": ["甲", "乙", "丙", "丁", "戊"],
}


def pieces(language: str, wording: str) -> list[str]:
    return list(wording) if language == "zh" else wording.split(" ")


def whole(language: str, words: list[str]) -> str:
    return ("" if language == "zh" else " ").join(words)


def made(words: list[str], *changes: tuple[int, int, list[str]]) -> list[str]:
    """Make changes whose places are those of the unchanged words, from the last to the first."""
    out = list(words)
    for start, end, new in sorted(changes, key=lambda change: change[:2], reverse=True):
        out[start:end] = new
    return out


def planned(rng: random.Random, size: int, language: str, kind: str) -> tuple[tuple[int, int, list[str]], ...]:
    """Two changes to unlike words, apart or touching, or at odds; the words put in are all different."""
    fresh = rng.sample(NEW[language], 4)
    start = rng.randrange(1, size - 6)
    end = start + rng.randint(0, 2)
    one = (start, end, fresh[:2] if end == start or rng.random() < 0.7 else [])
    if kind == "apart":
        start = end + rng.randint(1, 2)
    elif kind == "touching":
        start = end
    elif kind == "across":
        one = (start, start + 2, one[2])
        start += 1
    else:
        one = (start, start, fresh[:2])
    end = start + (rng.randint(1, 2) if kind in ("touching", "across") else 0 if kind == "point" else rng.randint(0, 2))
    return one, (start, end, fresh[2:] if end == start or rng.random() < 0.7 else [])


def distinct(language: str, wording: str) -> bool:
    """Whether no word comes twice: then the place of every change is certain."""
    words = cut(wording).keys
    return len(set(words)) == len(words) and len(pieces(language, wording)) > 9


def test_changes_to_different_words_combine_and_changes_to_the_same_words_do_not():
    rng = random.Random(5)
    bases = [(name, text) for name, group in SENTENCES.items() for text in group if distinct(name, text)]
    assert len({name for name, _ in bases}) == 6
    seen = 0
    for _ in range(CASES * 2):
        language, base = rng.choice(bases)
        words = pieces(language, base)
        for kind in ("apart", "touching", "across", "point"):
            one, two = planned(rng, len(words), language, kind)
            ours, theirs = whole(language, made(words, one)), whole(language, made(words, two))
            result = combine(base, {"A-1": ours, "A-2": theirs})
            assert result == combine(base, {"A-2": theirs, "A-1": ours})
            if kind in ("apart", "touching"):
                expected = whole(language, made(words, one, two))
                if all(sign not in base for sign in ",،，؛;()"):
                    assert result.text == expected, (base, ours, theirs)
                    seen += 1
                elif result.text is not None:
                    assert [*cut(result.text).keys] == [*cut(expected).keys], (base, ours, theirs)
            else:
                assert result.text is None, (base, ours, theirs, result.text)
                assert result.groups[0].ids == ("A-1", "A-2")
    assert seen > CASES


def test_the_order_of_proposals_does_not_matter_and_taking_them_in_turn_gives_the_same():
    rng = random.Random(6)
    for _ in range(CASES):
        language = rng.choice(list(SENTENCES))
        base = rng.choice(SENTENCES[language])
        words = pieces(language, base)
        proposals: dict[str, str] = {}
        place = 0
        while place < len(words) - 1 and len(proposals) < 5:
            start = place + rng.randint(1, 3)
            end = min(start + rng.randint(0, 2), len(words))
            if start >= len(words):
                break
            change = (start, end, [rng.choice(NEW[language]) + str(len(proposals))])
            proposals[f"A-{len(proposals) + 1}"] = whole(language, made(words, change))
            place = end
        names = list(proposals)
        together = combine(base, proposals)
        rng.shuffle(names)
        assert combine(base, {name: proposals[name] for name in names}) == together
        if together.text is None:
            continue
        now = base
        taken: dict[str, str] = {}
        for name in names:
            verdict = reanchor(base, proposals[name], now, others=taken)
            taken[name] = proposals[name]
            assert verdict.kind in (Kind.APPLIES, Kind.SHIFTED), (base, proposals[name], now, verdict)
            assert verdict.text is not None
            now = verdict.text
        assert now == together.text


def test_one_proposal_is_its_own_combination_and_none_is_the_base():
    rng = random.Random(7)
    for _ in range(CASES):
        base, text = hostile(rng), hostile(rng)
        assert combine(base, {}).text == base
        assert combine(base, {"A-1": text}).text == text
        assert combine(base, {"A-1": text, "A-2": base, "A-3": text}).text == text
        assert merge(base, text, text) == text
        result = combine(base, {"A-1": text, "A-2": hostile(rng)})
        assert (result.text is None) == bool(result.groups)


def test_random_revisions_combine_or_tell_the_words_at_odds():
    rng = random.Random(8)
    for _ in range(CASES):
        language = rng.choice(list(SENTENCES))
        base = rng.choice(SENTENCES[language])
        proposals = {f"A-{n}": revise(rng, base, language, rng.choice((0.1, 0.3))) for n in range(4)}
        result = combine(base, proposals)
        assert result.changed == tuple(name for name in proposals if proposals[name] != base)
        for group in result.groups:
            assert base[group.start : group.end] == group.words
            assert len(group.ids) > 1
            assert len(set(group.alternatives.values())) > 1
            for name, words in group.alternatives.items():
                assert words in proposals[name]
        if result.text is not None:
            assert "  " not in result.text
            assert ",," not in result.text or any(",," in text for text in proposals.values())


def test_identical_proposals_are_one_with_several_sponsors():
    base = "Parties should keep samples for two years."
    longer = base.replace("two", "ten")
    result = combine(base, {"A-3": longer, "A-1": longer, "A-2": base.replace("Parties", "States")})
    assert result.text == "States should keep samples for ten years."
    assert result.identical == (("A-1", "A-3"),)
    assert result.changed == ("A-1", "A-2", "A-3")


def test_an_identical_change_in_two_proposals_is_made_once():
    base = "Parties should keep samples for two years."
    result = combine(
        base,
        {
            "A-1": "States should keep samples for ten years.",
            "A-2": "Parties should keep sealed samples for ten years.",
        },
    )
    assert result.text == "States should keep sealed samples for ten years."


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        # touching: the words are different, the order is that of the base
        ("keep samples safe", "keep frozen samples safe", "keep specimens safe", "keep frozen specimens safe"),
        ("keep samples safe", "keep specimens safe", "keep samples quite safe", "keep specimens quite safe"),
        ("keep samples safe", "keep safe", "keep samples quite safe", "keep quite safe"),
        ("one two three four", "one two x four", "one y three four", "one y x four"),
        # commas: one where two meet, none before a full stop
        ("ports, labs, ships", "ports, ships", "ports, labs", "ports"),
        ("Ports shall act now", "Ports, if able, shall act now", "Ports, in time, act now",
         "Ports, if able, in time, act now"),
        ("Ports, if able, act", "Ports, if able, report", "Ports act", "Ports report"),
        ("Keep it, now.", "Keep it.", "Keep it, now!", "Keep it!"),
        # other scripts
        ("沿海国应通报结果。", "各沿海国应通报结果。", "沿海国应及时通报结果。", "各沿海国应及时通报结果。"),
        ("Délai : un mois ; renouvelable.", "Délai : deux mois ; renouvelable.", "Délai : un mois ; prorogeable.",
         "Délai : deux mois ; prorogeable."),
        # conflicts: the same words, one place, a word doubled, an order nobody can know
        ("keep samples safe", "keep safe", "keep specimens safe", None),
        ("keep samples", "keep all samples", "keep frozen samples", None),
        ("keep samples", "keep all samples", "keep all specimens", None),
        ("fish and birds", "fish and plants and birds", "fish or birds", None),
        ("a b c d e", "a d e", "a b x c d e", None),
        ("old text here", "", "old words here", None),
        ("", "this", "that", None),
        # a lone word between two changes of one proposal is not another's to change
        ("one two three four five", "one x three y five", "one two z four five", None),
    ],
)  # fmt: skip
def test_merging_two(base, ours, theirs, expected):
    assert merge(base, ours, theirs) == expected
    assert merge(base, theirs, ours) == expected


def test_a_rewritten_sentence_takes_chance_words_with_it():
    base = "Each delegation may send two observers of its choice to the session."
    anew = "Six weeks before, the Chair invites two scientists from every laboratory."
    assert merge(base, anew, base.replace("two", "three")) is None
    assert merge(base, anew, base.replace("session", "meeting")) is None


def test_accents_and_blanks_written_otherwise_are_no_conflict():
    base = "Les États tiennent le relevé à jour."
    decomposed = "Les E\u0301tats tiennent le relevé\u00a0à jour."
    assert merge(base, decomposed, base.replace("jour", "date")) == decomposed.replace("jour", "date")


def test_exact_edits_are_smallest_and_their_slides_say_the_same():
    rng = random.Random(9)
    for _ in range(CASES * 3):
        old = [rng.choice("abcd") for _ in range(rng.randrange(8))]
        new = [rng.choice("abcd") for _ in range(rng.randrange(8))]
        one, two = cut(" ".join(old)), cut(" ".join(new))
        found = edits(one, two)
        assert made(old, *((e.start, e.end, new[e.first : e.last]) for e in found)) == new
        changed = sum(e.end - e.start + e.last - e.first for e in found)
        assert changed >= len(old) + len(new) - 2 * _longest(old, new)
        where = images(one, found)
        assert len(where) == len(old) + 1
        assert all(old[index] == new[place] for index, place in enumerate(where[:-1]) if place >= 0)
        for number, edit in enumerate(found):
            low = found[number - 1].end + 1 if number else 0
            high = found[number + 1].start - 1 if number + 1 < len(found) else len(old)
            back, forward = slide(one, two, edit, low, high)
            for by in range(back, forward + 1):
                moved = [*found[:number], edit.moved(by), *found[number + 1 :]]
                assert made(old, *((e.start, e.end, new[e.first : e.last]) for e in moved)) == new


def _longest(one: list[str], two: list[str]) -> int:
    """The length of the longest common subsequence, by the book."""
    row = [0] * (len(two) + 1)
    for word in one:
        row = _next(row, word, two)
    return row[-1]


def _next(row: list[int], word: str, two: list[str]) -> list[int]:
    out = [0]
    for index, other in enumerate(two):
        out.append(row[index] + 1 if word == other else max(out[-1], row[index + 1]))
    return out


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared material is not beside this checkout")
def test_first_reading_of_recommendation_8():
    texts = json.loads((SHARED / "scenarios/scenarios.json").read_text())["S1"]
    base = texts["base"]
    spelling = base.replace("pre-requisites", "prerequisites")
    result = combine(
        base,
        {"A-1": texts["only_A1"], "A-2": texts["only_A2"], "A-3": texts["only_A3"], "A-5": spelling,
         "A-6": texts["only_A6_with_consequential"]},
    )  # fmt: skip
    assert [group.ids for group in result.groups] == [("A-1", "A-2", "A-3")]
    assert result.groups[0].words == "for as long as possible"
    assert result.groups[0].alternatives["A-3"] == ""
    assert merge(base, spelling, texts["only_A2"].replace("where possible", "to the extent possible")) == texts["final"]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared material is not beside this checkout")
def test_real_amendments_combine_or_conflict_with_a_reason():
    sample = json.loads((SHARED / "data/negotiation-sample.json").read_text())
    bases = {unit["number"]: unit["text"] for unit in sample["units"]}
    proposals: dict[int, dict[str, str]] = defaultdict(dict)
    drifted = 0
    for number, amendment in enumerate(sample["amendments"]):
        text, base = amendment["text"], bases[amendment["unit"]]
        if "their_base" in amendment:
            verdict = reanchor(amendment["their_base"], text, base)
            assert verdict.text is not None, verdict.reason
            assert verdict.fit > 0.5
            text = verdict.text
            drifted += 1
        proposals[amendment["unit"]][f"A-{number}"] = text
    assert (sum(map(len, proposals.values())), len(proposals), drifted) == (137, 60, 26)
    for unit, texts in proposals.items():
        result = combine(bases[unit], texts)
        assert (result.text is None) == bool(result.groups)
        for group in result.groups:
            assert bases[unit][group.start : group.end] == group.words
            assert len(set(group.alternatives.values())) > 1


PAGE = (Path(__file__).parents[2] / "docs" / "combining.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]
EXAMPLES = [row for row in ROWS if len(row) == 4 and row[0] != "Base"]


@pytest.mark.parametrize(("base", "ours", "theirs", "together"), EXAMPLES)
def test_the_page_says_what_the_program_does(base, ours, theirs, together):
    expected = None if together == "—" else together
    assert merge(base, ours, theirs) == merge(base, theirs, ours) == expected


def test_the_page_has_examples_of_every_rule():
    for rule in range(1, 11):
        after = PAGE.split(f"\n**{rule}. ")[1]
        assert "| Base |" in after.split("\n**")[0]
