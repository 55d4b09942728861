"""Tables of delegations, as spreadsheets write them and as people get them wrong."""

import time
from pathlib import Path

import pytest

from draftwg.desk.roster import read_roster, roster_requests
from draftwg.errors import BadInput
from meetings import found


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("name,category\nPeru,party\nperu,signatory\n", "Line 3 of r.csv has peru, as line 2 has."),
        ("name,category\nPeru,party\nChair,party\n", "Line 3 of r.csv has Chair as party."),
        ("name,category\nChile,party\nPeru,prty\n", "Line 3 of r.csv: “prty” is no category."),
        ("name,category\n\n???,party\n", "Line 3 of r.csv has no name."),
        ("country,category\nPeru,party\n", "r.csv is no roster."),
        ("", "r.csv is no roster."),
    ],
)
def test_a_wrong_line_is_told_with_its_number(table: str, told: str) -> None:
    with pytest.raises(BadInput) as refusal:
        roster_requests(table, "r.csv")
    assert str(refusal.value).startswith(told)


@pytest.mark.parametrize(
    "table", [" Name , CATEGORY \nPeru, Party \n", "name;category\nPeru;party\n", "Name\tCategory\nPeru\tPARTY\n"]
)
def test_the_tables_of_spreadsheets_are_understood(tmp_path: Path, table: str) -> None:
    (tmp_path / "r.csv").write_text(table, "utf-8")
    desk = found(tmp_path / "m", text=False)
    desk.do_all(read_roster(tmp_path / "r.csv"))

    assert desk.state.delegations["Peru"].category == "party"


def test_a_long_roster_does_not_take_long(tmp_path: Path) -> None:
    desk = found(tmp_path / "m", text=False)
    rows = "\n".join(f"Delegation {count},party" for count in range(500))
    begun = time.process_time()
    desk.do_all(roster_requests(f"name,category\n{rows}\n", "r.csv"))

    assert len(desk.state.delegations) == 502
    with pytest.raises(BadInput, match="20,000 delegations; a roster has 2,000 at most"):
        roster_requests("name\n" + "\n".join(f"Delegation {count}" for count in range(20_000)), "r.csv")
    assert time.process_time() - begun < 6
