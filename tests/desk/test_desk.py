"""What the desk answers: others' acts, views of a unit, rosters, hand-outs."""

from pathlib import Path

import pytest

from draftwg.desk import Desk
from draftwg.desk.outputs import version_redline, write_output
from draftwg.desk.questions import outline, unit_bracketed, unit_redline, verdict_on
from draftwg.desk.roster import read_roster
from draftwg.errors import BadInput
from draftwg.model.delegation import Category
from draftwg.redline.anchor import Kind
from meetings import KEEPING, REPORTING, copied, words


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return copied(tmp_path / "meeting")


def test_another_desk_sees_the_act(desk: Desk) -> None:
    other = Desk.open(desk.record.folder)
    assert not other.refresh()
    desk.do({"act": "edit", "unit": "2", "replace": "logs", "with": "records"})

    assert other.refresh()
    assert "records of ice" in words(other, "2")
    other.do({"act": "undo"})
    assert desk.refresh()
    assert words(desk, "2") == KEEPING


def test_the_outline_shows_proposed_units_in_their_places(desk: Desk) -> None:
    for label in ("2 ter", "2 bis"):
        desk.do({"act": "propose", "kind": "new", "after": "2", "label": label, "by": "Peru", "text": f"{label}."})
    rows = outline(desk.state, desk.state.text())

    told = [row.unit.label if row.unit else row.section.path for row in rows if row.unit or row.section]
    assert told == ["A", "1", "B", "B.1", "2", "2 bis", "2 ter", "3"]
    assert [bool(row.proposal) for row in rows if row.unit] == [False, False, True, True, False]


def test_brackets_show_what_each_delegation_wants(desk: Desk) -> None:
    desk.do({"act": "propose", "unit": "2", "by": "Peru", "replace": "as long as possible", "with": "ten years"})
    desk.do({"act": "propose", "unit": "2", "by": "Chile", "replace": "as long as possible", "with": "twenty years"})
    brackets = unit_bracketed(desk.state, desk.state.find_unit("2")[1])

    assert brackets.pairs == 1
    assert "ten years - Peru" in brackets.text
    assert "twenty years - Chile" in brackets.text
    assert "Peru" not in unit_bracketed(desk.state, desk.state.find_unit("2")[1], named=False).text


def test_what_is_pending_says_whether_it_still_applies(desk: Desk) -> None:
    desk.do({"act": "propose", "unit": "2", "by": "Peru", "replace": "as long as possible", "with": "ten years"})
    desk.do({"act": "propose", "unit": "2", "by": "Chile", "replace": "as long as possible", "with": "twenty years"})
    desk.do({"act": "propose", "unit": "2", "by": "Kenya", "replace": "on request", "with": "at once"})
    desk.do({"act": "accept", "amendment": "A-1"})
    conflict, fine = (verdict_on(desk.state, desk.state.find_amendment(number)) for number in ("A-2", "A-3"))

    assert conflict.kind is Kind.CONFLICTS
    assert "A-1" in conflict.reason
    assert fine.kind in (Kind.APPLIES, Kind.SHIFTED)
    assert fine.text == words(desk, "2").replace("on request", "at once")


def test_every_changed_word_tells_which_act_brought_it_in(desk: Desk) -> None:
    desk.do({"act": "propose", "unit": "2", "by": "Peru", "replace": "as long as possible", "with": "ten years"})
    accepted = desk.do({"act": "accept", "amendment": "A-1"}).act.id
    edited = desk.do({"act": "edit", "unit": "2", "replace": "logs", "with": "records"}).act.id
    pieces = unit_redline(desk.state, desk.state.find_unit("2")[1])

    assert "".join(piece.text for piece in pieces if piece.op != "+") == KEEPING
    assert {piece.source for piece in pieces if piece.op == "+" and "ten years" in piece.text} == {accepted}
    assert {piece.source for piece in pieces if piece.op == "-" and "logs" in piece.text} == {edited}


def test_a_roster_sets_names_and_categories(desk: Desk, tmp_path: Path) -> None:
    table = tmp_path / "roster.csv"
    table.write_text(
        "name,category,code,aliases,group\nPeru,party,PER,Republic of Peru|Perú,\nChair,chair,,,\nOINIS,"
        "intergovernmental organization,,,\n",
        "utf-8",
    )
    desk.do_all(read_roster(table))

    peru = desk.state.find_delegation("republic of peru")
    assert peru is not None
    assert (peru.name, peru.category) == ("Peru", Category.PARTY)
    assert desk.state.delegations["OINIS"].category is Category.ORGANIZATION
    table.write_text("x,y\n1,2\n", "utf-8")
    with pytest.raises(BadInput, match="no roster"):
        read_roster(table)


def test_a_redline_between_versions_has_new_deleted_and_unchanged_units(desk: Desk) -> None:
    desk.do({"act": "issue", "symbol": "A/1", "status": "draft"})
    desk.do({"act": "propose", "unit": "3", "by": "Peru", "kind": "delete"})
    desk.do({"act": "propose", "kind": "new", "after": "1", "by": "Chile", "text": "New words."})
    for number in ("A-1", "A-2"):
        desk.do({"act": "accept", "amendment": number})
    desk.do({"act": "issue", "symbol": "A/1/Rev.1", "status": "draft"})
    units = [unit for section in version_redline(desk, "A/1", "A/1/Rev.1").sections for unit in section.units]

    assert [(unit.label, unit.kind) for unit in units] == [
        ("1", "same"), ("1 bis", "inserted"), ("2", "same"), ("3", "deleted"),
    ]  # fmt: skip
    assert "".join(piece.text for piece in units[0].pieces) == REPORTING
    back = [unit for section in version_redline(desk, "A/1/Rev.1", "A/1").sections for unit in section.units]
    assert {unit.label: unit.kind for unit in back}["3"] == "inserted"
    with pytest.raises(BadInput, match="no version"):
        version_redline(desk, "A/7", "now")


def test_nothing_is_written_over_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        write_output(tmp_path, "x")
    with pytest.raises(BadInput):
        write_output(Path("/dev/null"), "x")
    write_output(tmp_path / "page.html", "x")
    assert (tmp_path / "page.html").read_text() == "x"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
