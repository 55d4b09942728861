"""Two plain files compared, as a Word file with tracked changes."""

import random
from pathlib import Path

import pytest

from draftwg.cli import main
from draftwg.formats.docx.reader import read_docx
from draftwg.formats.docx.resolve import accepted, rejected
from formats.docx.languages import meeting
from formats.docx.othertools import pandoc

OLD = """\
# Ice on rivers

## General

1. States should keep the ice logs for five years.

2. The secretariat should report every year.

3. Observers should be trained:
(a) by day;
(b) by night.

Sirens should be tested in every town on the bank.
"""
NEW = """\
# Ice on shared rivers

## General

Sirens should be tested in every town on the bank.

1. States should keep the ice logs for ten years.

2. Observers should be trained:
(b) by night;
(c) in winter.

3. Ferries should stop in fog.
"""


def lines(text: str) -> list[str]:
    return [line.lstrip("# ") for line in text.split("\n") if line.strip()]


def redline(folder: Path, old: str, new: str, name: str = "out.docx") -> Path:
    (folder / "a.md").write_text(old, "utf-8")
    (folder / "b.md").write_text(new, "utf-8")
    assert main(["redline", str(folder / "a.md"), str(folder / "b.md"), "-o", str(folder / name)]) == 0
    return folder / name


def body(document) -> list[str]:
    """The lines between the masthead and the end mark."""
    words = document.text.split("\n")
    return [line for line in words[words.index("a.md → b.md") + 1 : words.index("_______________")] if line]


def test_accept_all_gives_the_new_file_and_reject_all_the_old_one(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = redline(tmp_path, OLD, NEW)
    document = read_docx(made.read_bytes(), "x")
    marked = [revision for paragraph in document.paragraphs for revision in paragraph.revisions]

    assert body(accepted(document)) == lines(NEW)
    assert body(rejected(document)) == lines(OLD)
    assert {revision.author for revision in marked} == {"Secretariat"}
    assert all(revision.date for revision in marked)
    assert any(revision.move for revision in marked)
    before = made.read_bytes()
    assert main(["redline", "a.md", "b.md", "-o", "out.docx"]) == 0
    assert made.read_bytes() == before


@pytest.mark.parametrize("changes", ["accept", "reject"])
def test_pandoc_reads_it_so(tmp_path: Path, monkeypatch, changes: str) -> None:
    monkeypatch.chdir(tmp_path)
    words = pandoc(redline(tmp_path, OLD, NEW), changes)
    wanted = lines(NEW if changes == "accept" else OLD)

    # pandoc puts a blank where two paragraphs become one again
    assert "".join("".join(wanted).split()) in "".join(words.split())


@pytest.mark.parametrize("seed", range(12))
def test_any_two_texts_come_out_whole(tmp_path: Path, monkeypatch, seed: int) -> None:
    dice = random.Random(seed)
    stock = [
        "Ice.", "1. Snow falls on the river.", "# Head", "## Head two", "(a) one\n(b) two", "[^1]: note", "  ", "Лёд",
        "- point\n- point two", "تقرير", "| a | b |", "2. Snow falls on the river and melts.", "冰情。", "{++x++}",
    ]  # fmt: skip
    monkeypatch.chdir(tmp_path)
    old, new = ("\n\n".join(dice.choices(stock, k=dice.randrange(0, 9))) + "\n" for _ in range(2))

    document = read_docx(redline(tmp_path, old, new).read_bytes(), "x")

    assert [one for one in body(accepted(document)) if "[^" not in one] == [
        one.strip() for one in lines(new) if "[^" not in one
    ]
    assert [one for one in body(rejected(document)) if "[^" not in one] == [
        one.strip() for one in lines(old) if "[^" not in one
    ]


def test_two_versions_of_a_meeting_have_their_delegations(tmp_path: Path) -> None:
    meeting(tmp_path / "m", "en").close()
    out = tmp_path / "v.docx"
    assert main(["-m", str(tmp_path / "m"), "redline", "original", "now", "-o", str(out)]) == 0
    document = read_docx(out.read_bytes(), "x")

    assert "Brazil" in {revision.author for one in document.paragraphs for revision in one.revisions}
    assert "for ten years" in accepted(document).text


def test_word_is_not_shown_on_the_terminal(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("Ice.")
    assert main(["redline", "a.md", "a.md", "--format", "docx"]) == 2
    assert "Say where with -o FILE." in capsys.readouterr().err
