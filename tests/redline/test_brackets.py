"""The bracketed compilation and its notation: every reading comes back, and what is at stake shows."""

import json
import os
import random
import re
from pathlib import Path

import pytest

from draftwg.redline.brackets import Bracket, Claim, NotationError, Voice, bracketed, choose, parse, render
from draftwg.redline.combine import combine
from draftwg.redline.edits import replace_words
from redline.wordings import SENTENCES, hostile, revise

CASES = int(os.environ.get("DRAFTWG_CASES", "200"))
SHARED = Path(__file__).parents[3] / "shared"
NAMES = ("Mexico", "EU", "Côte d'Ivoire", "Iran (Islamic Republic of)", "Peru")
BASE = "Ports should keep samples for as long as possible and report every year."


def claims(base: str, *texts: str) -> list[Claim]:
    return [Claim(f"A-{n}", text, (NAMES[n],)) for n, text in enumerate(texts)]


def test_every_reading_comes_back_byte_for_byte():
    rng = random.Random(11)
    for _ in range(CASES):
        language = rng.choice(list(SENTENCES))
        traps = rng.random() < 0.3
        base = hostile(rng) if traps else rng.choice(SENTENCES[language])
        texts = [hostile(rng) if traps else revise(rng, base, language, rng.choice((0.1, 0.4))) for _ in range(4)]
        proposed = claims(base, *texts)
        proposed.append(Claim("A-9", revise(rng, texts[0], language, 0.2), ("Peru",), parent="A-0"))
        compiled = bracketed(base, proposed)
        assert choose(compiled, None) == base
        for claim in proposed:
            assert choose(compiled, claim.id) == claim.text, (base, claim)
        assert (compiled.pairs == 0) == (compiled.depth == 0)


def test_the_line_is_read_back():
    rng = random.Random(12)
    known = 0
    for _ in range(CASES):
        language = rng.choice(list(SENTENCES))
        base = rng.choice(SENTENCES[language])
        texts = [re.sub(r"([,،，])[,،，]", r"\1", revise(rng, base, language, 0.1)) for _ in range(3)]
        texts = [text.replace("\n", " ") for text in texts]
        proposed = claims(base, *texts)
        compiled = bracketed(base, proposed)
        again = parse(compiled.text, NAMES)
        assert render(again) == compiled.text
        assert choose(again, None) == base
        for claim in proposed:
            assert choose(again, claim.names[0]) == claim.text, compiled.text
        known += compiled.pairs
        plain = bracketed(base, proposed, attributed=False).text
        assert not any(name in plain for name in NAMES)
        assert render(parse(plain, NAMES)) == plain
    assert known > CASES


def test_a_conflict_group_is_in_one_bracket():
    rng = random.Random(13)
    groups = shared = 0
    for _ in range(CASES):
        base = rng.choice(SENTENCES["en"])
        texts = {f"A-{n}": revise(rng, base, "en", 0.15) for n in range(3)}
        compiled = bracketed(base, [Claim(name, text, (name,)) for name, text in texts.items()])
        found = combine(base, texts).groups
        at_stake = [
            frozenset().union(*(one.ids for one in piece.alternatives))
            for piece in compiled.pieces
            if isinstance(piece, Bracket)
        ]
        assert all(any(ids.issuperset(group.ids) for ids in at_stake) for group in found)
        groups += len(found)
        shared += len([ids for ids in at_stake if len(ids) > 1]) < len(found)
    assert groups > CASES // 5
    assert shared < groups // 20


@pytest.mark.parametrize(
    ("texts", "line"),
    [
        ([BASE.replace("should", "shall")], "Ports [should - original / shall - Mexico] keep"),
        ([BASE.replace(" and report every year", "")], "possible [and report every year - original; Mexico delete]."),
        ([BASE.replace("keep", "promptly keep")], "Ports should [promptly - Mexico] keep samples"),
        ([BASE.replace("samples", "samples, if sealed,")], "samples[, if sealed, - Mexico] for"),
        (
            [BASE.replace("for as long as possible", "for ten years"), BASE.replace("for as long as possible ", "")],
            "samples [for as long as possible - original; EU delete / for ten years - Mexico] and",
        ),
        (
            [BASE.replace("every", "each"), BASE.replace("every", "each")],
            "report [every - original / each - Mexico, EU] year.",
        ),
        (
            [BASE.replace("Ports", "States"), BASE.replace("year", "decade")],
            "[Ports - original / States - Mexico] should keep samples for as long as possible and report every "
            "[year - original / decade - EU].",
        ),
        (["", BASE], f"[{BASE} - original; EU retain; Mexico delete]"),
    ],
)
def test_how_it_is_written(texts, line):
    assert line in bracketed(BASE, claims(BASE, *texts)).text


def test_a_sub_amendment_stands_inside_its_parent():
    parent = BASE.replace("for as long as possible", "for ten years and, where possible, for ever")
    child = parent.replace("ten years", "twenty years")
    grandchild = child.replace("twenty years", "thirty years")
    compiled = bracketed(
        BASE,
        [
            Claim("A-1", parent, ("EU",)),
            Claim("A-2", child, ("Peru",), parent="A-1"),
            Claim("A-3", grandchild, ("Mexico",), parent="A-2"),
        ],
    )
    assert "for [ten - EU / twenty - Peru / thirty - Mexico] years and, where" in compiled.text or (
        "[ten - EU / [twenty - Peru / thirty - Mexico] - Peru]" in compiled.text
    )
    assert compiled.depth >= 2
    assert [choose(compiled, name) for name in ("A-1", "A-2", "A-3")] == [parent, child, grandchild]


def test_a_consequential_change_elsewhere_has_its_own_bracket():
    parent = BASE.replace("should keep", "keep")
    both = parent.replace("report", "shall report")
    for text in (both, BASE.replace("report", "shall report")):
        compiled = bracketed(
            BASE,
            [
                Claim("A-1", parent, ("Peru",)),
                Claim("A-1c", text, ("Secretariat",), note="consequential to Peru", parent="A-1"),
            ],
        )
        assert "[should - original; Peru delete] keep" in compiled.text
        assert "and [shall - consequential to Peru] report" in compiled.text
        assert compiled.depth == 1
        assert choose(compiled, "A-1c") == text
        assert choose(parse(compiled.text, ["Peru"]), "consequential to Peru") == BASE.replace("report", "shall report")


def test_unattributed_keeps_a_proposal_to_delete():
    longer = BASE.replace("for as long as possible", "for ten years")
    shorter = BASE.replace("for as long as possible ", "")
    compiled = bracketed(BASE, claims(BASE, longer, shorter), attributed=False)
    assert "samples [for as long as possible / for ten years / –] and report" in compiled.text
    assert choose(compiled, "A-1") == shorter


def test_blanks_alone_are_no_bracket():
    compiled = bracketed("two  ports", claims("two  ports", "two ports"))
    assert (compiled.text, compiled.pairs, compiled.depth) == ("two  ports", 0, 0)
    assert choose(compiled, "A-0") == "two ports"


def test_the_word_for_the_original_is_the_callers():
    compiled = bracketed("Les ports rendent compte.", claims("", "Les ports répondent."), original="texte initial")
    assert "[rendent compte - texte initial / répondent - Mexico]" in compiled.text
    again = parse(compiled.text, NAMES, original="texte initial")
    assert choose(again, None) == "Les ports rendent compte."


@pytest.mark.parametrize(
    ("line", "original", "readings"),
    [
        ("an [ambitious - Peru; EU delete] plan", "an plan", {"Peru": "an ambitious plan", "EU": "an plan"}),
        (
            "the fund[, as agreed in paragraph 4. -EU; Peru, Mexico delete.]",
            "the fund",
            {"EU": "the fund, as agreed in paragraph 4.", "Mexico": "the fund"},
        ),
        (
            "[reducing harmful - Peru, EU retain / promoting lawful - Mexico] trade",
            "reducing harmful trade",
            {"Mexico": "promoting lawful trade", "EU": "reducing harmful trade"},
        ),
        ("[fair and open / fair - Mexico] trade", "fair and open trade", {"Mexico": "fair trade"}),
        ("keep [all [sealed - EU] samples - Peru] here", "keep here",
         {"Peru": "keep all samples here", "EU": "keep all sealed samples here"}),
        ("[a ship - original; Peru delete] [at sea - EU].", "a ship.", {"Peru": ".", "EU": "a ship at sea."}),
        ("by [Chile, Peru and EU - Mexico] only", "by only", {"Mexico": "by Chile, Peru and EU only"}),
        ("in [two - Iran (Islamic Republic of), Côte d'Ivoire] ports", "in ports", {"Côte d'Ivoire": "in two ports"}),
        ("keep [all - EU delete] samples", "keep all samples", {"EU": "keep samples", "Peru": "keep all samples"}),
        ("keep[ all - EU] it[ dry - Peru].", "keep it.", {"EU": "keep all it.", "Peru": "keep it dry."}),
        ("[words - EU reserve / others - Peru support] now", "words now", {}),
    ],
)  # fmt: skip
def test_reading_lines_of_working_texts(line, original, readings):
    names = {*NAMES}
    pieces = parse(line, names)
    if readings:
        assert choose(pieces, None) == original
    for name, text in readings.items():
        assert choose(pieces, name) == text
    assert any(isinstance(piece, Bracket) for piece in pieces)


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("[below 3 metres][below 2 metres]", "below 3 metresbelow 2 metres"),
        ("[below 3 [or] [well] below 2]", "below 3 or well below 2"),
        ("[deciding and/or advising under rule 4/B]", "deciding and/or advising under rule 4/B"),
        ("[a well-known - Atlantis] port", "a well-known - Atlantis port"),
        ("see [the list](https://example.org/a) and […] or [sic] here",
         "see [the list](https://example.org/a) and […] or [sic] here"),
        ("All agree. [Agreed ad ref]", "All agree. [Agreed ad ref]"),
    ],
)  # fmt: skip
def test_what_is_no_claim_is_text(line, clean):
    pieces = parse(line, NAMES)
    assert render(pieces) == line
    assert choose(pieces, None) == clean


@pytest.mark.parametrize(("line", "place"), [("a] b", 1), ("a [b", 2), ("[a [b] c", 0), ("[a]] [b", 3)])
def test_unbalanced_brackets_are_reported_with_their_place(line, place):
    with pytest.raises(NotationError) as caught:
        parse(line, NAMES)
    assert caught.value.place == place
    assert f"character {place + 1}," in str(caught.value)
    assert "\n" not in str(caught.value)


def test_pieces_say_who_and_what():
    compiled = bracketed(BASE, claims(BASE, BASE.replace("should", "shall")), attributed=False)
    bracket = next(piece for piece in compiled.pieces if isinstance(piece, Bracket))
    first, second = bracket.alternatives
    assert (first.pieces, first.original, first.voices) == (("should",), True, (Voice(("original",)),))
    assert (second.pieces, second.ids, second.voices) == (("shall",), frozenset({"A-0"}), (Voice(("Mexico",)),))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared material is not beside this checkout")
def test_recommendation_8_after_the_first_reading():
    texts = json.loads((SHARED / "scenarios/scenarios.json").read_text())["S1"]
    base = texts["base"]
    whole = "Member States should consider the importance of maintaining"
    proposed = [
        Claim("A-1", texts["only_A1"], ("Mexico",)),
        Claim("A-2", texts["only_A2"], ("EU",)),
        Claim("A-3", texts["only_A3"], ("Switzerland",)),
        Claim("A-4", texts["only_A2"].replace("where", "to the extent"), ("Brazil",), parent="A-2"),
        Claim("A-5", base.replace("pre-requisites", "prerequisites"), ("Argentina",)),
        Claim("A-6", replace_words(base, whole, "States parties should maintain"), ("Algeria",)),
        Claim("A-6c", texts["only_A6_with_consequential"], ("Secretariat",), "consequential to Algeria", "A-6"),
    ]
    compiled = bracketed(base, proposed)
    assert (compiled.pairs, compiled.depth) == (5, 2)
    assert choose(compiled, None) == base
    for claim in proposed:
        assert choose(compiled, claim.id) == claim.text
    said = texts["rolling_after_first_reading"]
    wide, narrow = (
        "[where possible - EU / to the extent possible - Brazil]",
        "[where - EU / to the extent - Brazil] possible",
    )
    narrower = said.replace(wide, narrow)
    assert compiled.text == narrower
    names = [name for claim in proposed for name in claim.names]
    for line in (compiled.text, said):
        again = parse(line, names)
        assert render(again) == line
        assert choose(again, None) == base
        assert choose(again, "Switzerland") == texts["only_A3"]
        assert choose(again, "EU") == texts["only_A2"]
        assert choose(again, "Brazil") == proposed[3].text


def test_a_proposal_around_another_s_insertion_is_read_back_whole():
    base = "Nada de lo dispuesto en el párrafo 12 bis limita el derecho de una parte a conservar muestras."
    texts = (
        "a de derecho una la se de lo dispuesto en, en la medida de lo posible, el anfitrión 12 bis limita el derecho "
        "de una parte, en la medida de lo posible, a parte muestras.",
        "Nada de lo dispuesto en el párrafo 12 bis limita observadores; derecho con una parte a conservar pronto "
        "muestras.",
        "Nada inquietud observadores; formado la dispuesto en y sus asociados El párrafo 12 sesiones, limita el "
        "derecho una bis ejercicio aportaciones a conservar Presidencia.",
    )
    compiled = bracketed(base, claims(base, *texts))

    assert [choose(compiled, f"A-{n}") for n in range(3)] == list(texts)
    assert choose(compiled, None) == base


def test_a_sign_with_a_blank_before_it_is_read_back():
    base = "Chaque partie peut envoyer deux observateurs ; un troisième suppose un accord."
    texts = (base.replace(" ;", ""), base.replace(" ;", " limite ;"))
    again = parse(bracketed(base, claims(base, *texts)).text, NAMES)

    assert choose(again, None) == base
    assert [choose(again, name) for name in NAMES[:2]] == list(texts)
