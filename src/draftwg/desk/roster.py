"""Rosters as people keep them: a table with one delegation a row."""

import csv
from pathlib import Path

from draftwg.desk.importing import read_words
from draftwg.errors import BadInput
from draftwg.model.delegation import CHAIR, SECRETARIAT

_COLUMNS = ("name", "category", "code", "aliases", "group")


def read_roster(path: Path) -> list[dict[str, object]]:
    """The acts that admit every delegation of the table in `path`. BadInput where it cannot be read."""
    return roster_requests(read_words(path)[0], path.name)


def roster_requests(table: str, name: str) -> list[dict[str, object]]:
    """The acts that admit every delegation of a table (CSV; columns name, category, code, aliases, group).

    The Chair and the Secretariat, whom every meeting has, are passed over. BadInput, with `name`, where it is no
    roster.
    """
    rows = list(csv.DictReader(table.splitlines()))
    if not rows or "name" not in rows[0]:
        raise BadInput(f"{name} is no roster.", f"Its first line must name the columns: {', '.join(_COLUMNS)}.")
    requests: list[dict[str, object]] = []
    for number, row in enumerate(rows, 2):
        delegation = (row.get("name") or "").strip()
        if delegation in (CHAIR, SECRETARIAT):
            continue
        if not delegation:
            raise BadInput(f"Line {number} of {name} has no name.", "Give every delegation its name.")
        request: dict[str, object] = {"act": "admit", "name": delegation}
        for column in ("category", "code", "group"):
            if (row.get(column) or "").strip():
                request[column] = row[column]
        aliases = [alias for alias in (row.get("aliases") or "").split("|") if alias.strip()]
        requests.append({**request, "aliases": aliases} if aliases else request)
    return requests
