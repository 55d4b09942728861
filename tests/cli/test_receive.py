"""The command receive, as an officer types it."""

import json
from pathlib import Path

import pytest

from draftwg.cli import main
from draftwg.desk import Desk
from tui.driving import UNITS, meeting

FILES = Path(__file__).resolve().parents[1] / "formats" / "files"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    meeting(tmp_path / "m").close()
    return tmp_path / "m"


def amendments(folder: Path) -> list[tuple[str, str]]:
    return [(a.by, a.proposed) for a in Desk.open(folder).state.amendments.values()]


def test_every_piece_is_told_and_what_applies_is_recorded(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(FILES / "pandoc-tracked.docx")

    assert main(["-m", str(folder), "receive", file, "--dry-run"]) == 0
    assert capsys.readouterr().out.endswith("4 to be recorded; 1 refused.\n")
    assert amendments(folder) == []
    assert main(["-m", str(folder), "receive", file]) == 0
    told = capsys.readouterr().out
    assert "A-1: applies · Mexico on 2" in told
    assert "Ana Souza is no delegation: say with --by whose it is." in told
    assert told.endswith("4 recorded; 1 refused.\n")
    assert amendments(folder)[0] == ("Mexico", UNITS["2"].replace("should", "shall"))
    assert main(["-m", str(folder), "receive", file, "--json"]) == 0
    shape = json.loads(capsys.readouterr().out)
    assert [piece["amendment"] for piece in shape["pieces"] if piece["fate"] == "already tabled"] == [
        "A-1", "A-2", "A-3", "A-4",
    ]  # fmt: skip


def test_a_file_in_which_no_amendment_is_understood_ends_with_2(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mail.txt").write_text("Dear colleagues,\n\nWe look forward to the meeting.\n")

    assert main(["-m", str(folder), "receive", str(tmp_path / "mail.txt"), "--by", "Mexico"]) == 2
    told = capsys.readouterr()
    assert "We look forward to the meeting." in told.out
    assert "nothing was recorded" in told.err
    assert amendments(folder) == []


@pytest.mark.parametrize("program", ["pandoc", "libreoffice"])
def test_a_word_file_is_imported_like_the_markdown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], program: str
) -> None:
    (tmp_path / "same.md").write_text(
        "# Draft recommendations\n\n## General\n\n"
        "1. Old ice records should be scanned:\n\na) by hand;\n\nb) by machine."
        "\n\n2. Observers should be trained.\n\n## Records\n\n3. Records should be kept.\n"
    )
    texts = []
    for place, file in enumerate([FILES / f"{program}-numbered.docx", tmp_path / "same.md"]):
        folder = str(tmp_path / f"m{place}")
        assert main(["init", folder, "--title", "T"]) == 0
        assert main(["-m", folder, "import", str(file)]) == 0
        text = Desk.open(Path(folder)).state.text()
        texts.append((text.title, text.sections, [(u.label, u.text, u.section) for u in text.units], text.noun))

    assert texts[0] == texts[1]
    assert texts[0][2][0][1] == "Old ice records should be scanned:\na) by hand;\nb) by machine."


def test_a_clean_text_that_went_out_can_be_imported_elsewhere(folder: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "clean.docx")
    assert main(["-m", str(folder), "export", "docx", "--clean", "-o", out]) == 0
    assert main(["init", str(tmp_path / "n"), "--title", "T"]) == 0
    assert main(["-m", str(tmp_path / "n"), "import", out]) == 0

    there, here = (Desk.open(place).state.text() for place in (folder, tmp_path / "n"))
    assert here.title == there.title
    assert [(s.number, s.title, s.level) for s in here.sections] == [
        (s.number, s.title, s.level) for s in there.sections
    ]
    assert [(u.label, u.text, u.section) for u in here.units] == [(u.label, u.text, u.section) for u in there.units]


def test_a_redline_is_no_base_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "n"), "--title", "T"]) == 0
    assert main(["-m", str(tmp_path / "n"), "import", str(FILES / "pandoc-tracked.docx")]) == 2
    assert "tracked changes" in capsys.readouterr().err
