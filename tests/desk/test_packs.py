"""A delegation finds everything that it proposed in its pack, whatever it is."""

import io
import zipfile
from pathlib import Path

import pytest

from draftwg.desk import Desk
from draftwg.desk.packs import Pack, Packer
from draftwg.desk.receiving import receive
from draftwg.desk.sample import play
from draftwg.formats.docx.reader import read_docx
from draftwg.formats.docx.resolve import accepted, rejected
from draftwg.formats.receiving.reading import read_submission
from draftwg.model.amendment import Kind
from tui.driving import meeting

OWN = "3-own-proposals.docx"
PARTS = ["Observers should be trained by day.", "Observers should be trained by night\nand in winter."]


def own(pack: Pack) -> bytes:
    return zipfile.ZipFile(io.BytesIO(pack.data)).read(OWN)


def told(data: bytes) -> str:
    """The file as it is read by a person who looks at the changes: its words, and its comments."""
    document = read_docx(data, "x", own=True)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        comments = file.read("word/comments.xml").decode() if "word/comments.xml" in file.namelist() else ""
    return f"{document.text}\n{comments}"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The sample meeting, in which one delegation has proposed something of every kind at its end."""
    desk = play(tmp_path_factory.mktemp("packs") / "m", lambda _: None)
    state = desk.state
    open_ = [unit for unit in state.text().standing if not state.status(unit).agreed]
    a, b, c, d, e, f, g = [unit for unit in open_ if not state.pending_on(unit.id)][:7]
    other = next(one for one in state.amendments.values() if one.state.pending and one.words_only and one.proposed)
    end, word = f.text.split()[-1], d.text.split()[1]
    mine: list[dict[str, object]] = [
        {"kind": "split", "unit": a.label, "parts": PARTS},
        {"kind": "merge", "unit": b.label, "units": [c.label], "text": "Gauges and sirens should be kept."},
        {"kind": "move", "unit": d.label, "after": f.label},
        {"kind": "heading", "section": state.text().sections[0].path, "text": "Words for a heading"},
        {"unit": e.label, "kind": "delete"},
        {"kind": "new", "after": f.label, "text": "Ferries should stop in fog."},
        {"kind": "alt", "unit": f.label, "text": "Nothing of this should be done."},
        {"unit": g.label, "text": "Nothing whatsoever!"},
        {"unit": f.label, "text": f.text.replace(end, "soon.")},
        {"unit": f.label, "text": f.text.replace(end, f"always {end}")},
        {"unit": d.label, "text": d.text.replace(f" {word}", "", 1)},
        {"unit": g.label, "text": f"All the same: {g.text}"},
        {"unit": g.label, "text": f"None of it: {g.text}"},
        {"amends": other.number, "text": f"{other.proposed} A last word."},
    ]
    desk.do_all([{"act": "propose", "by": "Brevonia", **one} for one in mine])
    return desk


def test_every_kind_of_proposal_is_in_the_pack_of_who_proposed_it(sample: Desk) -> None:
    mine = [one for one in sample.state.amendments.values() if "Brevonia" in one.names and one.state.pending]
    words = told(own(Packer(sample).make("Brevonia")))

    assert {one.kind for one in mine} == set(Kind)
    assert [one.number for one in mine if one.number not in words] == []
    assert [one.said for one in mine if one.said[1:].replace("&", "&amp;") not in words] == []


def test_what_changes_cannot_show_stands_in_words_behind_the_text(sample: Desk) -> None:
    document = read_docx(own(Packer(sample).make("Brevonia")), "x")
    lines = [paragraph.text for paragraph in document.paragraphs]
    behind = lines[lines.index("Proposals that changes in the text cannot show") :]
    split = next(place for place, line in enumerate(behind) if line.startswith("To split it into 2"))

    assert behind[split + 1 : split + 4] == [f"1: {PARTS[0]}", *f"2: {PARTS[1]}".split("\n")]
    assert any("sub-amendment to A-" in line and "Recommendation" in line for line in behind)
    assert any(line.endswith("A last word.") for line in behind)
    assert not any(list(paragraph.revisions) for paragraph in list(document.paragraphs)[-len(behind) :])
    assert "To split it" not in "\n".join(lines[: len(lines) - len(behind)])


def test_a_pack_that_comes_back_brings_nothing_new(sample: Desk) -> None:
    report = receive(sample, read_submission(own(Packer(sample).make("Brevonia")), "own.docx"), "Brevonia")

    assert report.taken == ()
    assert [item.said for item in report.items if item.said.startswith("to move")] == ["to move it after 6"]
    assert {item.fate for item in report.items} <= {"already tabled", "unchanged", "already so"}


def test_whose_sub_amended_words_are_is_not_said_where_nobody_is_named(sample: Desk) -> None:
    words = told(own(Packer(sample, unattributed=True).make("Brevonia")))
    amendments = sample.state.amendments
    parent = next(amendments[one.parent] for one in amendments.values() if one.parent and one.state.pending)

    assert f"sub-amendment to {parent.number}" in words
    assert f"{parent.number} ({parent.by}" not in words


def test_a_split_alone_and_a_suggestion_are_shown_too(tmp_path: Path) -> None:
    desk = meeting(tmp_path / "m")
    desk.do({"act": "admit", "name": "Ice Watch", "category": "intergovernmental organization"})
    desk.do({"act": "propose", "by": "Mexico", "kind": "split", "unit": "2", "parts": PARTS})
    desk.do({"act": "propose", "by": "Ice Watch", "unit": "2", "replace": "remote", "with": "all"})
    packer = Packer(desk)
    split = read_docx(own(packer.make("Mexico")), "x")

    assert PARTS[0] in split.text
    assert accepted(split).text == rejected(split).text
    suggestion = read_docx(own(packer.make("Ice Watch")), "x").text
    assert "suggested; no party has taken it up yet" in suggestion
    assert "all" in suggestion
    desk.close()
