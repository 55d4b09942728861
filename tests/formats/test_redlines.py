import json
import re

import pytest
from rich.console import Console

from draftwg.formats.escape import unescape
from draftwg.formats.plain import redline_json, redline_markdown, redline_text
from draftwg.formats.redlines import RedlineSection, RedlineUnit, changes, plain_redline
from draftwg.formats.terminal import redline_rich
from draftwg.hygiene import visible
from formats.redline_samples import CHANGED, GONE, NEW, SAME, P, generated, sample

SEEDS = range(60)


class TestStructure:
    def test_counts(self):
        assert sample().counts == (5, 3, 3, 3, 2)

    @pytest.mark.parametrize("seed", SEEDS)
    def test_paragraphs_hold_every_piece_in_order(self, seed):
        for unit in generated(seed).units:
            pieces = [piece for parts in unit.paragraphs for part in parts for piece in part.pieces]
            for op in "=-+":
                said = "".join(piece.text for piece in pieces if piece.op == op)
                assert said == "".join(piece.text for piece in unit.pieces if piece.op == op)
            assert all("\n" not in piece.text or piece.text == "\n" for piece in pieces)
            closing = sum(part.closes for parts in unit.paragraphs for part in parts)
            assert closing == sum(group[0].op != "=" for group in changes(unit.pieces))

    def test_neighbouring_changes_of_two_credits_are_two(self):
        pieces = (P("-", "a", "A-1"), P("+", "b", "A-1"), P("+", "c", "A-2"), P("=", "d"), P("=", "e"))
        assert [len(group) for group in changes(pieces)] == [2, 1, 1, 1]

    def test_headings_that_lead_to_a_change_are_shown(self):
        shown = [(s.heading, [u.label for u in units]) for s, units in sample().shown(only_changes=True)]
        assert shown == [("A. General", []), ("1. Ice", ["1"]), ("B. Rest", ["2 bis", "3"])]
        assert len(list(sample().shown(only_changes=False))) == 4


class TestPlainFiles:
    def test_paragraphs_are_units_with_moves(self):
        old = "1. One two three four five.\n\n2. Six seven eight nine ten.\n\nLast words stay here."
        new = "1. Six seven eight nine ten.\n\n2. One two three four five six.\n\nLast words stay here."
        redline = plain_redline(old, new, "old.txt", "new.txt")
        assert [unit.kind for unit in redline.units].count("moved") == 1
        assert [unit.label for unit in redline.units] == ["1.", "2.", ""]
        assert {unit.new for unit in redline.units} == {
            "Six seven eight nine ten.", "One two three four five six.", "Last words stay here.",
        }  # fmt: skip
        assert (redline.language, redline.noun) == ("en", "paragraph")

    def test_text_broken_anew_is_no_change(self):
        sentence = "Member States should keep their records for as long as possible and share them "
        words = (sentence * 6).split()
        wide, narrow = wrapped(words, 72), wrapped(words, 50)
        assert [unit.kind for unit in plain_redline(wide, narrow, "a", "b").units] == ["same"]

    def test_equal_and_empty_texts(self):
        assert plain_redline("Same.", "Same.", "a", "a").summary == "No changes."
        assert list(plain_redline("", "", "a", "b").units) == []
        assert [unit.kind for unit in plain_redline("", "New words.", "a", "b").units] == ["inserted"]

    def test_direction_follows_the_language(self):
        redline = plain_redline("ينبغي للدول الأعضاء", "ينبغي للدول كافة", "a", "b")
        assert (redline.language, redline.direction) == ("ar", "rtl")


def wrapped(words, width):
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


class TestText:
    def test_signs_headings_and_credits(self):
        assert redline_text(sample(), only_changes=True) == (
            "Proposals\nPanel on Harbours, Basel, 3 and 4 March 2031\nLAKE/PAN/2031/4 → the text now\n"
            "3 of 5 recommendations changed; 3 changes: 3 words in, 2 out.\n"
            "\nA. General\n\n1. Ice\n\nRecommendation 1\nReport [-yearly-]{+monthly+} on ice [and snow].\n"
            "    A-2  Mexico; Peru: to replace “yearly” by “monthly”\n"
            "\nB. Rest\n\nRecommendation 2 bis (new)\n(Pending a check.)\n{+One.\nTwo.+}\n"
            "    A-3  Chile: to add a unit\n"
            "\nRecommendation 3 (deleted)\n[-Gone.-]\n"
        )

    def test_all_units_and_no_names_on_request(self):
        text = redline_text(sample(), attributed=False)
        assert "Mexico" not in text
        assert text.count("(b) by night.") == 2

    @pytest.mark.parametrize("seed", SEEDS)
    def test_no_control_character_comes_out(self, seed):
        text = redline_text(generated(seed))
        assert visible(text) == text


class TestMarkdown:
    def test_criticmarkup(self):
        text = redline_markdown(sample())
        assert "Report {~~yearly~>monthly~~}{>>Mexico; Peru, A-2<<} on ice [and snow].\n" in text
        assert "{++One.++}\n\n{++Two.++}{>>Chile, A-3<<}\n" in text
        assert "#### Recommendation 2 bis (new)" not in text
        assert "### Recommendation 2 bis (new)\n\n> Pending a check.\n" in text
        assert "{--Gone.--}" in text

    @pytest.mark.parametrize("seed", SEEDS)
    def test_both_texts_come_back_from_the_marks(self, seed):
        for unit in generated(seed).units:
            source = redline_markdown(sample(sections=(RedlineSection("", 1, (bare(unit),)),)), attributed=False)
            body = source.split("\n\n", 4)[4] if source.count("\n\n") >= 4 else ""
            for side, keep in (("old", "del"), ("new", "ins")):
                assert flat(unescape(resolved(body, keep))) == flat(getattr(unit, side))

    def test_names_only_on_request(self):
        assert ">>" not in redline_markdown(sample(), attributed=False)


def bare(unit):
    """A unit without heading and note."""
    return RedlineUnit("", "", "changed", unit.pieces)


def flat(text):
    """Words without line ends and the sign for one, which CriticMarkup cannot carry."""
    return "".join(text.replace("¶", "").split())


def resolved(source, keep):
    """What a reader of CriticMarkup makes of it: the text before (keep "del") or after (keep "ins")."""
    source = re.sub(r"\{~~(.*?)~>(.*?)~~\}", r"\1" if keep == "del" else r"\2", source, flags=re.DOTALL)
    source = re.sub(r"\{\+\+(.*?)\+\+\}", r"\1" if keep == "ins" else "", source, flags=re.DOTALL)
    return re.sub(r"\{--(.*?)--\}", r"\1" if keep == "del" else "", source, flags=re.DOTALL)


class TestJson:
    def test_keys_are_as_documented(self):
        told = json.loads(redline_json(sample()))
        assert list(told) == [
            "format", "version", "title", "old", "new", "meeting", "place", "dates", "language", "direction",
            "counts", "sections", "credits",
        ]  # fmt: skip
        assert told["counts"] == {"units": 5, "changed": 3, "changes": 3, "words_in": 3, "words_out": 2}
        assert told["sections"][1]["units"][0] == {
            "label": "1",
            "heading": "Recommendation 1",
            "kind": "changed",
            "note": "",
            "pieces": [
                {"op": "=", "text": "Report ", "credit": ""},
                {"op": "-", "text": "yearly", "credit": "A-2"},
                {"op": "+", "text": "monthly", "credit": "A-2"},
                {"op": "=", "text": " on ice [and snow].", "credit": ""},
            ],
        }
        assert told["credits"]["A-3"] == {
            "who": "Chile", "amendment": "A-3", "said": "to add a unit",
            "when": "2031-03-04", "reading": "second reading",
        }  # fmt: skip

    def test_other_scripts_stay_readable(self):
        unit = RedlineUnit("1", "建议 1", "same", (P("=", "会员国"),))
        assert "会员国" in redline_json(sample(sections=(RedlineSection("", 1, (unit,)),)))


class TestTerminal:
    def test_brackets_are_words_and_changes_are_styled(self):
        console = Console(width=200, force_terminal=True, color_system="truecolor", record=True, file=None, quiet=False)
        lines = redline_rich(sample())
        plain = [line.plain for line in lines]
        assert "Report [-yearly-]{+monthly+} on ice [and snow]." in plain
        styles = {span.style for line in lines for span in line.spans}
        assert any("underline" in str(style) for style in styles)
        assert any("strike" in str(style) for style in styles)
        assert "\x1b[9" in "".join(
            s.style.render(s.text) for s in console.render(lines[plain.index("[-Gone.-]")]) if s.style
        )

    @pytest.mark.parametrize("seed", SEEDS)
    def test_every_word_of_both_texts_is_there_and_no_control(self, seed):
        redline = generated(seed)
        shown = "\n".join(line.plain for line in redline_rich(redline, only_changes=False))
        assert visible(shown) == shown
        for unit in redline.units:
            for piece in unit.pieces:
                assert visible(piece.text) in shown

    def test_only_changes_is_what_a_terminal_gets(self):
        plain = [line.plain for line in redline_rich(sample())]
        assert "2. Snow" not in plain
        assert "A. General" in plain
        assert "2. Snow" in [line.plain for line in redline_rich(sample(), only_changes=False)]


def test_samples_are_what_their_names_say():
    assert (CHANGED.old, CHANGED.new) == ("Report yearly on ice [and snow].", "Report monthly on ice [and snow].")
    assert (SAME.old, NEW.old, GONE.new) == (SAME.new, "", "")
