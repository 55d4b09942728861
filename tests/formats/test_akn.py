"""What goes out as Akoma Ntoso is valid by its schema, whatever happened to the text."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from draftwg.desk import Desk
from draftwg.desk.exporting import export
from draftwg.desk.orders import Order
from draftwg.formats.akn import redline_akn
from draftwg.model.text import Section, Text, Unit
from formats.aknschema import faults
from formats.docx.languages import meeting
from formats.redline_samples import sample

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
GALLERY = Path(__file__).resolve().parents[2] / "docs" / "gallery"
ORDERS = {
    "redline": Order("redline", "xml"),
    "redline with brackets": Order("redline", "xml", brackets=True),
    "nobody named": Order("redline", "xml", attributed=False),
    "some units": Order("redline", "xml", units="2, 4"),
    "clean": Order("clean", "xml"),
    "the original": Order("clean", "xml", "original"),
}


def test_the_gallery_is_valid() -> None:
    assert {path.name: faults(path.read_bytes()) for path in sorted(GALLERY.glob("*.xml"))} == {
        "clean.xml": [],
        "redline.xml": [],
    }


@pytest.fixture(scope="module", params=["en", "ar"])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return meeting(tmp_path_factory.mktemp("akn") / "m", request.param)


@pytest.mark.parametrize("kind", ORDERS)
def test_every_paper_is_valid(desk: Desk, kind: str) -> None:
    assert faults(export(desk, ORDERS[kind])) == []


@pytest.fixture(scope="module")
def rough(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Units in no section, empty sections, odd labels and symbols, splits, mergers, headings, final numbers."""
    place = tmp_path_factory.mktemp("rough") / "m"
    desk = Desk.found(place, "Группа “A & B” <1>", "", "", at="2031-05-06T09:00+02:00")
    sections = (
        Section("A", "A", "One & <two>", 1),
        Section("A.1", "1", "Nothing in it", 2),
        Section("B", "", "Rest", 1),
    )
    units = (
        Unit("x:1", "PP1", "Recalling *that* & <this> ]]>,", ""),
        Unit("x 2", "15 bis", "States should keep records. They should share them.", "A"),
        Unit("ж", "7", "Ports should report.\n(a) by day;\n(b) by night.[^1]\n[^1]: At 12:00 & later.", "B"),
        Unit("x4", "16", "Ports should watch.", "B"),
        Unit("x5", "17", "Sirens should be tested.", "B"),
    )
    content = Text("recommendations", "“Draft” & more", sections, units)
    desk.do_all(
        [
            {"act": "import", "text": "recommendations", "content": content},
            {"act": "issue", "symbol": "A/77/L.3", "status": "non-paper"},
            {"act": "propose", "unit": "15 bis", "kind": "split", "by": "Peru",
             "parts": ["States should keep records.", "They should share them."]},
            {"act": "propose", "unit": "16", "kind": "merge", "units": ["17"], "by": "Togo", "text": "All in one."},
            {"act": "propose", "kind": "heading", "section": "B", "text": "The <rest>", "by": "Côte d'Ivoire"},
            {"act": "propose", "unit": "PP1", "by": "Chile", "text": "Recalling \\“this” & “that”,"},
            *({"act": "accept", "amendment": f"A-{number}"} for number in (1, 2, 3, 4)),
            {"act": "edit", "unit": "7", "text": "Ports should report:\n(b) by night.[^1]\n[^1]: At noon."},
        ]
    )  # fmt: skip
    return desk


@pytest.mark.parametrize("kind", ["redline", "nobody named", "clean", "the original"])
def test_whatever_happened_to_a_text_its_paper_is_valid(rough: Desk, kind: str) -> None:
    assert faults(export(rough, ORDERS[kind])) == []


def test_footnotes_are_notes_where_they_are_called(desk: Desk) -> None:
    root = ElementTree.fromstring(export(desk, Order("redline", "xml")))
    notes = list(root.iter(f"{AKN}authorialNote"))

    assert len(notes) == 2  # the unit moved
    assert {"".join(note.itertext()) for note in notes} == {desk.state.find_unit("4")[1].text.rpartition("]: ")[2]}
    assert "[^" not in "".join(root.itertext())


def test_after_the_final_numbering_it_is_valid_too(rough: Desk) -> None:
    for unit in rough.state.text().standing:
        rough.do({"act": "agree", "unit": unit.label})
    rough.do({"act": "renumber"})
    data = export(rough, ORDERS["redline"])

    assert b"<dw:concordance" in data
    assert faults(data) == []


def test_words_that_are_no_dates_or_symbols_make_no_invalid_head() -> None:
    redline = replace(
        sample(), dates="3 and 4 March 2031", date="", symbol="A/77/L.3 Rév. «x»", meeting="الجليد", language="zh-Hant"
    )

    assert faults(redline_akn(redline).encode()) == []
