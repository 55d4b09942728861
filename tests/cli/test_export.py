"""What the export command hands out, as a delegation would open it."""

import csv
import json
import re
import shutil
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from draftwg.cli import main
from draftwg.desk.orders import KINDS, file_part
from draftwg.formats.docx.reader import read_docx
from formats.docx.languages import meeting
from meetings import found


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("played") / "m"
    meeting(place, "en").close()
    return place


@pytest.fixture
def folder(played: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The meeting, a copy for each test."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(played, tmp_path / "m"))


def export(folder: Path, *words: str) -> Path:
    out = folder.parent / f"out.{words[0]}"
    assert main(["-m", str(folder), "export", *words, "-o", str(out)]) == 0
    return out


@pytest.mark.parametrize("kind", ["clean", "compilation", "table"])
def test_every_paper_in_every_format_holds_every_unit(folder: Path, kind: str) -> None:
    for form in KINDS[kind]:
        if form == "pdf":
            continue
        file = export(folder, form, f"--{kind}")
        words = read_docx(file.read_bytes(), "x").text if form == "docx" else file.read_text()
        for word in ("ten", "(c) Sirens", "2 bis", "Observers should be trained"):
            assert word in words, (form, word)
        assert ("Kenya" in words) == (kind != "clean"), form


@pytest.mark.parametrize("kind", ["redline", "compilation", "table", "amendments"])
def test_without_attribution_nobody_is_named(folder: Path, kind: str) -> None:
    for form in KINDS[kind]:
        if form == "pdf":
            continue
        data = export(folder, form, *([] if kind == "redline" else [f"--{kind}"]), "--unattributed").read_bytes()
        words = read_docx(data, "x").text if form == "docx" else data.decode()
        assert not re.search("Brazil|Chile|Peru|Norway|Mexico|Kenya|Cuba|Ghana", words), form


def test_without_attribution_nobody_is_named_who_withdrew_or_gave_a_reason(tmp_path: Path) -> None:
    desk = found(tmp_path / "m")
    desk.do({"act": "propose", "kind": "new", "after": "3", "by": "Kenya", "text": "Logs should be dry.",
             "reason": "Kenya has had floods"})  # fmt: skip
    desk.do({"act": "withdraw", "amendment": "A-1"})
    for unit in ("1", "2", "3"):
        desk.do({"act": "agree", "unit": unit})
    desk.do({"act": "renumber"})
    desk.close()

    for form, *kind in (("csv",), ("json", "--amendments"), ("html",), ("md", "--compilation"), ("docx",)):
        data = export(tmp_path / "m", form, *kind, "--unattributed").read_bytes()
        words = read_docx(data, "x").text if form == "docx" else data.decode()
        assert "Kenya" not in words, form
        assert form in ("docx",) or "withdrawn" in words, form
    assert "withdrawn by Kenya" in export(tmp_path / "m", "csv").read_text()


def test_the_compilation_has_every_proposal_in_brackets(folder: Path) -> None:
    text = export(folder, "txt", "--compilation").read_text()

    assert "[ten - original / yearly five - Japan]" in text
    assert "yearly. - Cuba" in text


def test_the_table_shows_each_proposal_beside_the_text(folder: Path) -> None:
    document = read_docx(export(folder, "docx", "--table").read_bytes(), "x")
    table = document.body[-2] if hasattr(document.body[-2], "rows") else document.body[-1]
    tables = [block for block in document.body if hasattr(block, "rows")]
    row = next(row for row in tables[-1].rows if row.cells[0][0].text == "Recommendation 1")

    assert table is not None
    assert [paragraph.text for paragraph in row.cells[0]][1].startswith("States should keep")
    proposed = row.cells[1]
    assert proposed[0].text.startswith("Kenya, A-8: ")
    assert [run.text for run in proposed[1].runs if run.underline] == ["yearly "]
    assert [run.text for run in proposed[3].runs if run.strike] == ["ten"]


def test_the_list_of_amendments_tells_every_fate(folder: Path) -> None:
    rows = list(csv.DictReader(StringIO(export(folder, "csv").read_text())))

    assert [row["number"] for row in rows] == [f"A-{number}" for number in range(1, 10)]
    assert rows[0]["sponsors"] == "Chile"
    assert rows[0]["fate"] == "accepted"
    assert rows[-1]["fate"].startswith("in brackets")
    assert json.loads(export(folder, "json", "--amendments").read_text())["amendments"][0]["by"] == "Brazil"


def test_akoma_ntoso_has_permanent_ids_changes_and_their_sources(folder: Path) -> None:
    root = ElementTree.fromstring(export(folder, "xml", "CISR/1", "now").read_text())
    akn = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
    ids = [element.get("eId") for element in root.iter() if element.get("eId")]
    targets = {mod.find(f"{akn}destination").get("href")[1:] for mod in root.iter(f"{akn}textualMod")}
    own = "{urn:draftwg:meeting:1}"

    assert len(ids) == len(set(ids))
    assert targets <= set(ids)
    assert {mod.get("type") for mod in root.iter(f"{akn}textualMod")} == {"insertion", "repeal", "substitution"}
    assert [one.get("by") for one in root.iter(f"{own}amendment")].count("Brazil") == 1
    assert root.find(f".//{akn}FRBRExpression/{akn}FRBRdate").get("date") == "2031-05-06"
    moved = [
        unit.get("wId") for unit in root.iter(f"{akn}paragraph") if any(e.get("class") == "moved" for e in unit.iter())
    ]
    assert len(moved) == 2
    assert moved[1].removesuffix("_from") == moved[0].removesuffix("_from")


def test_after_numbering_every_paper_ends_with_the_concordance(folder: Path) -> None:
    from draftwg.desk import Desk

    desk = Desk.open(folder)
    for amendment in ("A-6", "A-7", "A-8", "A-9"):
        desk.do({"act": "withdraw", "amendment": amendment})
    for unit in ("1", "2", "2 bis", "3", "4"):
        desk.do({"act": "agree", "unit": unit})
    desk.do({"act": "renumber"})
    desk.close()
    for kind, forms in KINDS.items():
        for form in forms:
            if form in ("pdf", "csv"):
                continue
            file = export(folder, form, *([] if kind == "redline" else [f"--{kind}"]))
            words = read_docx(file.read_bytes(), "x").text if form == "docx" else file.read_text()
            assert "2 bis" in words and "oncordance" in words, (kind, form)
    renumbered = read_docx(export(folder, "docx", "CISR/1", "now").read_bytes(), "x")
    heading = next(one for one in renumbered.paragraphs if one.text == "Recommendation 23")
    assert [(run.text, bool(run.deleted), bool(run.inserted)) for run in heading.runs[1:]] == [
        ("2", True, False), ("3", False, True),
    ]  # fmt: skip


def test_pdf_is_made_or_refused_in_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert main(["-m", str(folder), "export", "pdf"]) == 2
    assert "LibreOffice or Chromium" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["docx", "nowhere"], "no version"),
        (["docx", "--units", "77"], "no recommendation 77"),
        (["docx", "--units", "first"], "no label"),
        (["csv", "--clean"], "no clean text as csv"),
        (["docx", "a", "b", "c"], "two points"),
    ],
)
def test_what_cannot_be_had_is_told_in_one_line(folder: Path, capsys, words: list[str], told: str) -> None:
    assert main(["-m", str(folder), "export", *words]) == 2
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1
    assert not list(folder.parent.glob("*.docx"))


@pytest.mark.parametrize(
    ("name", "part"),
    [("../../etc/passwd", "etc-passwd"), ("CON", "CON_"), ("a/b\\c:d", "a-b-c-d"), ("Côte d’Ivoire", "Côte-d-Ivoire"),
     ("\x1b[2J", ""), ("..", ""), ("中国", "中国")],
)  # fmt: skip
def test_names_of_files_are_harmless(name: str, part: str) -> None:
    assert file_part(name) == part


def test_options_and_points_come_in_any_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = set()
    for line in ("--clean -o - txt original", "txt --clean original -o -", "txt original -o - --clean"):
        capsys.readouterr()
        assert main(["-m", str(folder), "export", *line.split()]) == 0
        written.add(capsys.readouterr().out)
    assert len(written) == 1
    (folder.parent / "r.csv").write_text("name\nPeru\n", "utf-8")
    assert main(["-m", str(folder), "roster", "--json", str(folder.parent / "r.csv")]) == 0
    assert main(["-m", str(folder), "redline", "original", "--all", "now"]) == 0
