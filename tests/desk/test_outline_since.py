"""The outline from the one before: the same as made anew, and what has not changed is not made."""

from pathlib import Path

import pytest

from draftwg.desk import Desk
from draftwg.desk.questions import changed_amendments, outline, outline_since
from draftwg.model.text import Section, Text, Unit

TEXT = Text(
    "recommendations",
    "Draft recommendations",
    (Section("A", "A", "General", 1), Section("B", "B", "Ice", 1)),
    tuple(
        Unit(f"u{n}", str(n), f"Parties should keep record {n} of the ice.", "A" if n < 4 else "B") for n in range(1, 7)
    ),
)
ACTS: tuple[dict[str, object], ...] = (
    {"act": "propose", "unit": "2", "by": "Chile", "text": "Parties shall keep record 2 of the ice."},
    {"act": "propose", "unit": "2", "by": "Kenya", "text": "Parties should keep record 2 of all ice."},
    {"act": "accept", "amendment": "A-2"},
    {"act": "reject", "amendment": "A-1"},
    {"act": "propose", "kind": "new", "after": "3", "by": "Kenya", "text": "A new one."},
    {"act": "revise", "amendment": "A-3", "text": "A newer one."},
    {"act": "propose", "unit": "5", "kind": "move", "by": "Chile", "after": "1"},
    {"act": "withdraw", "amendment": "A-3"},
    {"act": "propose", "unit": "4", "by": "Chile", "text": "Parties shall keep record 4 of the ice."},
    {"act": "agree", "unit": "6"},
    {"act": "undo"},
    {"act": "undo"},
    {"act": "redo"},
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A meeting with six units and a reading that is open."""
    desk = Desk.found(tmp_path / "m", "Working Group on Ice Records", "Port Maren", "2031-05-06/2031-05-08")
    desk.do({"act": "import", "text": TEXT.name, "content": TEXT})
    for name in ("Chile", "Kenya"):
        desk.do({"act": "admit", "name": name, "category": "party"})
    desk.do({"act": "open_reading"})
    return desk


def test_it_is_the_same_as_made_anew(desk: Desk) -> None:
    """After each act of a meeting, and over several acts at once."""
    states = [desk.state]
    for act in ACTS:
        desk.do(act)
        states.append(desk.state)
    for first, before in enumerate(states):
        rows = outline(before, before.text())
        for state in states[first:]:
            assert outline_since(rows, before, state, state.text()) == outline(state, state.text())
            assert outline_since(outline(state, state.text()), state, before, before.text()) == rows


def test_rows_that_are_the_same_are_not_made(desk: Desk) -> None:
    """An amendment on one unit: the other rows are those from before."""
    before, rows = desk.state, outline(desk.state, desk.state.text())
    desk.do(ACTS[0])
    now = outline_since(rows, before, desk.state, desk.state.text())
    assert [row.unit.label for old, row in zip(rows, now, strict=True) if old is not row and row.unit] == ["2"]


def test_what_has_changed_is_told(desk: Desk) -> None:
    """Tabled, decided, undone."""
    start = desk.state
    desk.do(ACTS[0])
    tabled = desk.state
    desk.do(ACTS[1])
    desk.do({"act": "reject", "amendment": "A-1"})
    assert {one.number for one in changed_amendments(tabled, desk.state)} == {"A-1", "A-2"}
    assert {one.number for one in changed_amendments(desk.state, start)} == {"A-1", "A-2"}
    assert changed_amendments(start, start) == []
