import re
from itertools import product

import pytest

from draftwg.formats.scene import Mark, Span
from draftwg.formats.site.pages import moment, page_html
from draftwg.formats.site.parts import Cell, Facts, Frame, Heading, Links, Names, Note, Page, Piece, Table, Words, slug
from draftwg.formats.site.style import SITE_STYLE
from formats.site_checks import Page as Read

HOSTILE = '"><script>alert(1)</script> & \x1b[31m [shall] <b> ‮'
FRAME = Frame("Working Group on Ice", "Port Maren", (Cell("Text", "index.html"), Cell("Versions", "versions.html")))


def made(*blocks, **given):
    return page_html(Page("units/u1.html", "Recommendation 8", blocks, **given), FRAME)


def test_hostile_words_stay_words_wherever_they_stand():
    cell = Cell(HOSTILE, "units/u1.html#text", language=HOSTILE)
    blocks = (
        Facts(((HOSTILE, cell),)), Links(HOSTILE, (cell,)), Table(HOSTILE, (HOSTILE,), ((cell,),)), Note(HOSTILE),
        Piece(Heading(HOSTILE, 2), HOSTILE, (Words(((Span(HOSTILE, Mark.INSERTED),),), HOSTILE),)),
    )  # fmt: skip
    page = Page("units/u1.html", HOSTILE, blocks, HOSTILE, HOSTILE)
    source = page_html(page, Frame(HOSTILE, HOSTILE, (cell,), HOSTILE))

    read = Read(source)

    assert "<script" not in source
    assert "\x1b" not in source
    assert read.words.count("<script>alert(1)</script>") == 18


def test_links_are_relative_to_the_page():
    source = made(
        Links("Places", (Cell("a", "units/u2.html#a-1"), Cell("b", "index.html"), Cell("c", "units/u1.html#x")))
    )

    assert re.findall(r'href="([^"]*)"', source) == [
        "../style.css", "#text", "../index.html", "../versions.html", "u2.html#a-1", "../index.html", "#x",
    ]  # fmt: skip


def test_insertions_and_deletions_are_told_in_words_that_only_sight_does_not_see():
    read = Read(made(Words(((Span("should", Mark.DELETED), Span("shall", Mark.INSERTED)),))))

    assert "[deletion start]should[deletion end][insertion start]shall[insertion end]" in read.heard
    assert "shouldshall" in read.words


def test_an_arabic_text_reads_from_right_to_left_in_an_english_page():
    words = "ينبغي للدول"
    block = Words(((Span(words),), (Span("UNTOC"),)), "ar", "rtl")
    source = made(Piece(Heading("التوصية 8", 2, "", "ar"), "1 pending", (block,), marked=True))

    Read(source)

    assert '<html lang="en" dir="ltr">' in source
    assert '<article class="unit changed" dir="rtl">' in source  # its bar stands at the right
    assert '<h2 class="name" lang="ar" dir="rtl">' in source
    assert '<span class="kind" dir="ltr">1 pending</span>' in source
    assert f'<div class="words" lang="ar">\n<p dir="rtl">{words}</p>\n<p dir="auto">UNTOC</p>' in source


def test_the_style_asks_for_nothing_and_knows_no_left_or_right():
    assert "url(" not in SITE_STYLE
    assert "@import" not in SITE_STYLE
    assert not re.search(r"(?:margin|padding|border|text-align|float)[-:]?\s*-?(?:left|right)\b", SITE_STYLE)
    assert "prefers-color-scheme: dark" in SITE_STYLE
    assert "@media print" in SITE_STYLE
    assert "a:focus-visible { outline:" in SITE_STYLE


def palettes():
    blocks = re.findall(r":root \{([^}]*--paper[^}]*)\}", SITE_STYLE)
    return [dict(re.findall(r"--([a-z]+): (#[0-9a-f]{3,6})", block)) for block in blocks]


def contrast(one, two):
    """WCAG 2.2, the definition of contrast ratio."""

    def light(colour):
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        parts = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_of_contrast_is_that_of_wcag():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


def test_text_has_a_contrast_of_7_and_changes_of_4_and_a_half_in_light_dark_and_print():
    found = palettes()

    assert len(found) == 3
    for palette in found:
        for ink, paper in product(("ink", "link"), ("paper", "tint")):
            assert contrast(palette[ink], palette[paper]) >= 7, (ink, paper, palette)
        assert contrast(palette["soft"], palette["paper"]) >= 7
        for ink, paper in product(("ins", "del"), ("paper", "tint")):
            assert contrast(palette[ink], palette[paper]) >= 4.5, (ink, paper, palette)
        assert contrast(palette["accent"], palette["paper"]) >= 3


def test_names_are_plain_and_never_given_twice():
    names = Names()

    assert [names.of(words) for words in ("15 bis", "15-BIS", "Côte d'Ivoire")] == [
        "15-bis",
        "15-bis-2",
        "cote-d-ivoire",
    ]
    assert re.fullmatch("[0-9a-f]{8}", slug("中国"))
    assert slug("中国") != slug("俄罗斯")
    assert Names().of("CON") == "con-1"  # no file on Windows may be called so
    assert slug("../../etc/passwd") == "etc-passwd"


def test_times_are_told_with_their_offset():
    assert moment("2031-05-06T10:15:00+02:00") == "6 May 2031, 10:15 (UTC+02:00)"
    assert moment("2031-05-06") == "6 May 2031"
    assert moment("soon") == "soon"
