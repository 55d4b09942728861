"""The delegation's pack, as it lies in its hands."""

import csv
import shutil
import zipfile
from io import StringIO
from pathlib import Path

import pytest

from draftwg.cli import main
from draftwg.desk import Desk
from draftwg.formats.docx.reader import read_docx
from draftwg.formats.docx.resolve import accepted, rejected
from formats.docx.languages import WORDS, meeting


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("played") / "m"
    meeting(place, "en").close()
    return place


@pytest.fixture
def folder(played: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(played, tmp_path / "m"))


def pack(folder: Path, name: str, *words: str) -> zipfile.ZipFile:
    out = folder.parent / "pack.zip"
    assert main(["-m", str(folder), "pack", "--for", name, "-o", str(out), *words]) == 0
    return zipfile.ZipFile(out)


def test_a_pack_holds_text_redlines_and_fates(folder: Path) -> None:
    made = pack(folder, "Japan")
    own = read_docx(made.read("3-own-proposals.docx"), "x")
    authors = {revision.author for paragraph in own.paragraphs for revision in paragraph.revisions}
    rows = list(csv.DictReader(StringIO(made.read("4-fates.csv").decode())))

    assert made.namelist() == [
        "README.txt", "1-text.docx", "2-redline.docx", "3-own-proposals.docx", "4-fates.docx", "4-fates.csv",
    ]  # fmt: skip
    assert authors == {"Japan"}
    assert "for yearly five years." in accepted(own).text
    assert "for ten years." in rejected(own).text
    assert "Recommendation 3" not in own.text
    assert [(row["number"], row["state"]) for row in rows] == [("A-5", "accepted"), ("A-9", "tabled")]
    assert "accepted on 6 May 2031 by consensus" in read_docx(made.read("4-fates.docx"), "x").text
    assert "Your proposals: 1 accepted, 1 tabled" in made.read("README.txt").decode()


def test_the_fates_show_the_words_of_a_new_unit(folder: Path) -> None:
    fates = read_docx(pack(folder, "Peru").read("4-fates.docx"), "x")
    (table,) = [block for block in fates.body if hasattr(block, "rows") and len(block.rows[0].cells) == 5]

    assert [paragraph.text for paragraph in table.rows[1].cells[3]] == [
        "a new recommendation", WORDS["en"][8], WORDS["en"][5],
    ]  # fmt: skip


def test_the_next_pack_tells_what_has_changed_since(folder: Path) -> None:
    assert "5-since-last-pack.docx" not in pack(folder, "Japan").namelist()
    desk = Desk.open(folder)
    desk.do({"act": "accept", "amendment": "A-6"})
    desk.close()
    made = pack(folder, "Japan")
    since = read_docx(made.read("5-since-last-pack.docx"), "x")

    assert {revision.author for one in since.paragraphs for revision in one.revisions} == {"Cuba"}
    assert "1 of 5 recommendations changed" in made.read("README.txt").decode()
    assert "5-since-last-pack.docx" not in pack(folder, "Peru").namelist()


def test_proposals_at_odds_and_new_units_are_shown_or_told(folder: Path) -> None:
    desk = Desk.open(folder)
    desk.do_all(
        [
            {"act": "propose", "unit": "3", "by": "Japan", "replace": "trained", "with": "taught"},
            {"act": "propose", "unit": "3", "by": "Japan", "replace": "trained", "with": "schooled"},
            {"act": "propose", "kind": "new", "after": "3", "by": "Japan", "text": "Ferries should stop."},
            {"act": "propose", "unit": "2 bis", "by": "Japan", "kind": "delete"},
            {"act": "propose", "kind": "move", "unit": "3", "after": "1", "by": "Japan"},
        ]
    )
    desk.close()
    made = pack(folder, "Japan")
    new = accepted(read_docx(made.read("3-own-proposals.docx"), "x")).text

    assert "Observers should be taught" in new
    assert "Ferries should stop." in new
    assert "Recommendation 2 bis" not in new
    assert new.index("Recommendation 3\n") < new.index("Recommendation 3 bis")
    assert "A-11, Recommendation 3: To replace “trained” by “schooled”" in made.read("README.txt").decode()


def test_without_attribution_only_its_own_name_is_in_it(folder: Path) -> None:
    made = pack(folder, "Ghana", "--unattributed")
    words = "".join(read_docx(made.read(name), "x").text for name in made.namelist() if name.endswith(".docx"))
    redline = read_docx(made.read("2-redline.docx"), "x")

    assert "Brazil" not in words
    assert {revision.author for one in redline.paragraphs for revision in one.revisions} == {"Secretariat"}


def test_everybody_gets_one_and_no_name_leads_out_of_the_folder(folder: Path, capsys) -> None:
    desk = Desk.open(folder)
    for name in ("../../out", "aux", "CON", "A/B:C*D", "x" * 180, "x" * 190):
        desk.do({"act": "propose", "unit": "3", "by": name, "insert": "well", "after": "should be tested"})
    desk.close()
    before = {path for path in folder.parent.rglob("*") if "m/" not in str(path)}
    assert main(["-m", str(folder), "pack", "--all", "packs"]) == 0
    made = sorted(path.name for path in (folder.parent / "packs").iterdir())

    assert len(made) == len({name.casefold() for name in made}) == len(Desk.open(folder).state.delegations) - 2
    assert {
        "Brazil.zip",
        "x" * 60 + ".zip",
        "x" * 60 + "-2.zip",
        "aux_.zip",
        "CON_.zip",
        "out.zip",
        "A-B-C-D.zip",
    } <= set(made)
    assert all(len(name) <= 70 for name in made)
    outside = {path for path in folder.parent.rglob("*") if "m/" not in str(path) and "packs" not in str(path)}
    assert outside <= before
    assert f"{len(made)} packs are in packs" in capsys.readouterr().err


def test_who_is_unknown_gets_no_pack(folder: Path, capsys) -> None:
    assert main(["-m", str(folder), "pack", "--for", "Atlantis"]) == 2
    assert "not in the roster" in capsys.readouterr().err
    assert not list(folder.parent.glob("*.zip"))
