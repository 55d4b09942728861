"""Every paper that goes out as a page is read as strictly as the website."""

import re

import pytest

from draftwg.desk import Desk
from draftwg.desk.exporting import export
from draftwg.desk.orders import KINDS, Order
from draftwg.desk.outputs import render
from draftwg.formats.redlines import plain_redline
from draftwg.formats.site.style import SITE_STYLE
from draftwg.formats.stylesheet import STYLE
from draftwg.model.text import Text, Unit
from formats.docx.languages import meeting
from formats.site_checks import Page

PAGES = [kind for kind, forms in KINDS.items() if "html" in forms]


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Desk]:
    """Meetings in English and in Arabic with proposals of several kinds; one whose text is numbered; one of plain units
    without sections."""
    place = tmp_path_factory.mktemp("pages")
    desks = {language: meeting(place / language, language) for language in ("en", "ar")}
    for desk in desks.values():
        desk.do_all(
            [
                {"act": "propose", "kind": "split", "unit": "3", "by": "Norway", "parts": ["One.", "Two."]},
                {"act": "propose", "kind": "new", "after": "3", "by": "Norway", "text": "Ice."},
                {"act": "propose", "kind": "heading", "section": "A", "by": "Norway", "text": "Snow"},
                {"act": "placeholder", "unit": "4", "words": "Words of the contact group"},
            ]
        )
    done = desks["numbered"] = meeting(place / "numbered", "en")
    pending = [one.number for one in done.state.amendments.values() if one.state.pending]
    units = [unit.label for unit in done.state.text().standing]
    done.do_all([{"act": "withdraw", "amendment": number} for number in pending])
    done.do_all([*({"act": "agree", "unit": label} for label in units), {"act": "renumber"}])
    bare = desks["bare"] = Desk.found(place / "bare", "A group", "", "")
    bare.do({"act": "import", "text": "t", "content": Text("t", "Bare", (), (Unit("u1", "1", "Ice melts."),))})
    bare.do({"act": "propose", "unit": "1", "by": "Peru", "replace": "melts", "with": "breaks"})
    return desks


@pytest.mark.parametrize("name", ["en", "ar", "numbered", "bare"])
@pytest.mark.parametrize("kind", PAGES)
def test_pages_are_sound_and_told_to_every_reader(desks: dict[str, Desk], name: str, kind: str) -> None:
    desk = desks[name]
    orders = [
        Order(kind, "html", "original", attributed=attributed, brackets=brackets, units=units)
        for attributed in (True, False)
        for brackets in ((True, False) if kind == "redline" else (False,))
        for units in ("", desk.state.text().standing[-1].label)
    ]
    for order in orders:
        source = export(desk, order).decode()
        page = Page(source, footer=False)

        for tag, told in (("ins", "insertion"), ("del", "deletion")):
            marks = re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", source, re.DOTALL)
            assert all(f"[{told} " in mark for mark in marks if mark), order
        assert 'href="#text"' in source
        assert "text" in page.ids
        anchors = [link.removeprefix("#") for link in page.links]
        assert set(anchors) <= set(page.ids)
        if name == "ar":
            assert '<html lang="ar" dir="rtl">' in source
            english = re.findall(r"<[^>]*>(?=[^<]*(?:Proposed by|to split it|proposed - |Placeholder: ))", source)
            assert kind == "redline" or all('lang="en"' in tag for tag in english), english


@pytest.mark.parametrize("kind", PAGES)
def test_footnotes_are_called_by_raised_figures(desks: dict[str, Desk], kind: str) -> None:
    source = export(desks["en"], Order(kind, "html")).decode()

    assert "the ice<sup>1</sup>" in source
    assert "<p><sup>1</sup> As seen from the bank.</p>" in source
    assert "[^1]" not in source


@pytest.mark.parametrize("kind", PAGES)
def test_headings_of_an_arabic_text_begin_at_the_right_behind_a_latin_letter(desks: dict[str, Desk], kind: str) -> None:
    source = export(desks["ar"], Order(kind, "html")).decode()
    sides = {words: side for side, words in re.findall(r'<h[2-6][^>]* dir="(\w+)">([^<]*)<', source)}

    assert sides["A. الجليد"] == sides["B. السجلات"] == "rtl"


def test_a_unit_that_went_stands_where_it_was_though_the_one_before_it_moved_away(desks: dict[str, Desk]) -> None:
    source = export(desks["en"], Order("redline", "html")).decode()

    assert source.index(">Recommendation 3</h") < source.index(">Recommendation 5</h")


def test_plain_files_compared_are_a_sound_page() -> None:
    redline = plain_redline("1. Ice.\n\n2. Snow falls.\n", "1. Ice melts.\n\n3. Rain.\n", "a.md", "b.md")

    Page(render(redline, "html"), footer=False)


def test_papers_have_the_colours_of_the_website() -> None:
    """The contrasts are measured there."""
    assert SITE_STYLE.startswith(STYLE)
