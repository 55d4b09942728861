"""Papers of ours that come back: what they show is known again, whatever the form."""

from pathlib import Path
from time import process_time

import pytest

from draftwg.desk import Desk
from draftwg.desk.exporting import export
from draftwg.desk.orders import Order
from draftwg.desk.receiving import Report, receive
from draftwg.formats.receiving.critic import signs
from draftwg.formats.receiving.reading import read_submission
from tui.driving import UNITS, meeting

LINES = {
    "7": f"{UNITS['7']}\n(a) Hail;\n(b) Rain.",
    "8": f"{UNITS['8']}\n(a) One thing to keep;\n(b) Another thing [of note] to keep;\n(c) A third.",
    "9": f"{UNITS['9']}\n(a) Ice;\n(b) Snow [and fog].",
}


def with_lines(folder: Path) -> Desk:
    desk = meeting(folder)
    desk.do_all([{"act": "edit", "unit": unit, "text": words} for unit, words in LINES.items()])
    desk.do({"act": "snapshot", "name": "before"})
    return desk


def back(desk: Desk, data: bytes, by: str = "") -> Report:
    return receive(desk, read_submission(data, "sent"), by)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Desk]:
    """A meeting in which lines and a unit of several lines went, and the same meeting before it."""
    place = tmp_path_factory.mktemp("lines")
    desk, before = with_lines(place / "a"), with_lines(place / "b")
    desk.do_all(
        [
            {"act": "propose", "by": "Mexico", "unit": "8", "text": f"{UNITS['8']}\n(c) A third."},
            {"act": "propose", "by": "Mexico", "unit": "9", "kind": "delete"},
            {"act": "propose", "by": "Algeria", "unit": "7", "text": UNITS["7"]},
            *({"act": "accept", "amendment": f"A-{number}"} for number in (1, 2, 3)),
        ]
    )
    return desk, before


@pytest.mark.parametrize("form", ["docx", "md", "txt", "json"])
def test_a_deletion_of_several_lines_comes_back_whole_with_its_name(lines: tuple[Desk, Desk], form: str) -> None:
    desk, before = lines
    report = back(before, export(desk, Order("redline", form, "before")))

    assert report.fit == 1
    assert [(item.label, item.by, item.new) for item in report.taken] == [
        ("7", "Algeria", UNITS["7"]),
        ("8", "Mexico", f"{UNITS['8']}\n(c) A third."),
        ("9", "Mexico", ""),
    ]
    assert {item.fate for item in report.items} == {"applies", "unchanged"}


@pytest.mark.parametrize("form", ["docx", "md", "txt", "json"])
def test_what_several_changed_in_one_unit_comes_back_with_its_names(
    lines: tuple[Desk, Desk], tmp_path: Path, form: str
) -> None:
    desk = with_lines(tmp_path / "m")
    added = f"{LINES['8']}\n(d) A fourth;\n(e) A fifth."
    desk.do_all(
        [
            {"act": "propose", "by": "Mexico", "unit": "2", "replace": "should", "with": "shall"},
            {"act": "propose", "by": "Algeria", "unit": "2", "replace": "remote", "with": "all"},
            {"act": "propose", "by": "Mexico", "unit": "8", "replace": "season", "with": "winter"},
            {"act": "propose", "by": "European Union", "unit": "8", "text": added},
            *({"act": "accept", "amendment": f"A-{number}"} for number in (1, 2, 3, 4)),
        ]
    )
    sent = export(desk, Order("redline", form, "before"))
    desk.close()
    report = back(lines[1], sent)

    assert sorted((item.label, item.by, item.new) for item in report.taken) == [
        ("2", "Algeria", UNITS["2"].replace("remote", "all")),
        ("2", "Mexico", UNITS["2"].replace("should", "shall")),
        ("8", "European Union", added),
        ("8", "Mexico", LINES["8"].replace("season", "winter")),
    ]


def test_who_proposed_is_not_guessed_from_several_names(lines: tuple[Desk, Desk]) -> None:
    words = (
        "Recommendation 2\nStates parties [-should-]{+shall+} train observers at [-remote-] stations.\n"
        "    A-1  Mexico: to insert\n    A-2  Algeria: to delete\n\nRecommendation 15\n"
    )
    report = back(lines[1], words.encode())

    assert {item.fate for item in report.items} == {"refused", "unchanged"}
    assert next(item for item in report.items if item.fate == "refused").why.startswith("It is not said whose")
    assert [item.said for item in report.items if "Algeria" in item.said] == ["A-2 Algeria: to delete"]


@pytest.mark.parametrize("words", ["[-" * 300_000 + "-]", "[-x]" * 150_000 + "-]", "{--a\\--}" * 60_000])
def test_signs_that_nothing_closes_cost_no_time(words: str) -> None:
    begun = process_time()
    assert list(signs(words)) == []
    assert process_time() - begun < 5


@pytest.fixture(scope="module")
def pending(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A meeting with everything pending that stands in brackets: rivals, a sub-amendment, a consequence, lines."""
    desk = with_lines(tmp_path_factory.mktemp("pending") / "m")
    desk.do_all(
        [
            {"act": "propose", "by": "Mexico", "unit": "2", "replace": "remote", "with": "all remote"},
            {"act": "propose", "by": "Algeria", "unit": "2", "replace": "remote", "with": "distant"},
            {"act": "propose", "by": "European Union", "amends": "A-1", "replace": "all remote", "with": "most remote"},
            {"act": "propose", "by": "Côte d'Ivoire", "amends": "A-1", "insert": "promptly", "after": "should"},
            {
                "act": "propose", "by": "Secretariat", "consequential_to": "A-1", "unit": "15",
                "replace": "gauges", "with": "all gauges",
            },
            {"act": "propose", "by": "Mexico", "unit": "8", "text": f"{UNITS['8']}\n(c) A third."},
            {"act": "propose", "by": "Algeria", "unit": "9", "kind": "delete"},
            {"act": "propose", "by": "Mexico", "unit": "1", "kind": "split", "parts": ["One.", "Two."]},
        ]
    )  # fmt: skip
    return desk


KNOWN = {"unchanged", "already tabled", "already so"}


@pytest.mark.parametrize("form", ["docx", "md", "txt"])
@pytest.mark.parametrize("attributed", [True, False])
def test_a_compilation_that_comes_back_brings_nothing_new(pending: Desk, form: str, attributed: bool) -> None:
    report = back(pending, export(pending, Order("compilation", form, attributed=attributed)))

    assert {item.fate for item in report.items} <= KNOWN
    assert {"2", "8", "9", "15"} <= {item.label for item in report.items if item.fate == "already tabled"}


@pytest.mark.parametrize("form", ["docx", "md", "txt"])
def test_a_table_that_comes_back_brings_nothing_new(pending: Desk, form: str) -> None:
    report = back(pending, export(pending, Order("table", form)))

    assert {item.fate for item in report.items} <= KNOWN
    assert {"2", "8", "9", "15"} <= {item.label for item in report.items if item.fate == "already tabled"}


@pytest.mark.parametrize("form", ["docx", "md", "txt"])
def test_a_table_brings_the_amendments_that_it_shows(lines: tuple[Desk, Desk], form: str, tmp_path: Path) -> None:
    desk = with_lines(tmp_path / "m")
    desk.do_all(
        [
            {"act": "propose", "by": "Mexico", "unit": "2", "replace": "remote", "with": "all remote"},
            {"act": "propose", "by": "Algeria", "unit": "2", "replace": "remote", "with": "distant"},
            {"act": "propose", "by": "Algeria", "unit": "15", "replace": "gauges", "with": "all gauges"},
        ]
    )
    table = export(desk, Order("table", form))
    desk.close()
    report = back(lines[1], table)

    assert [(item.label, item.by, item.new) for item in report.taken] == [
        ("2", "Mexico", UNITS["2"].replace("remote", "all remote")),
        ("2", "Algeria", UNITS["2"].replace("remote", "distant")),
        ("15", "Algeria", UNITS["15"].replace("gauges", "all gauges")),
    ]


@pytest.mark.parametrize("form", ["docx", "md", "txt", "json"])
@pytest.mark.parametrize("by", ["", "Mexico"])
def test_a_redline_with_brackets_that_comes_back_brings_nothing_new(pending: Desk, form: str, by: str) -> None:
    report = back(pending, export(pending, Order("redline", form, "before", brackets=True)), by)

    assert {item.fate for item in report.items} <= KNOWN
    assert {"2", "8", "9", "15"} <= {item.label for item in report.items if item.fate == "already tabled"}


def test_what_somebody_changes_in_the_brackets_is_new(pending: Desk) -> None:
    words = export(pending, Order("compilation", "txt")).decode()
    report = back(pending, words.replace("distant", "far").encode())
    other = back(pending, words.replace("most - EU", "nearly all - EU").encode())

    assert [(item.by, item.new) for item in report.taken] == [("Algeria", UNITS["2"].replace("remote", "far"))]
    assert [(item.by, item.new) for item in other.taken] == [
        ("European Union", UNITS["2"].replace("remote", "nearly all remote"))
    ]
