"""Rosters as people keep them: a table with one delegation a row."""

import csv
from pathlib import Path

from draftwg.acts.meeting import checked_category
from draftwg.desk.importing import read_words
from draftwg.errors import BadInput
from draftwg.hygiene import one_line
from draftwg.model.delegation import CHAIR, SECRETARIAT, Category, is_name, name_key

_OWN = {name_key(CHAIR): Category.CHAIR, name_key(SECRETARIAT): Category.SECRETARIAT}
_MOST = 2_000
_COLUMNS = ("name", "category", "code", "aliases", "group")


def read_roster(path: Path) -> list[dict[str, object]]:
    """The acts that admit every delegation of the table in `path`. BadInput where it cannot be read."""
    return roster_requests(read_words(path)[0], path.name)


def roster_requests(table: str, name: str) -> list[dict[str, object]]:
    """The acts that admit every delegation of a table (CSV; columns name, category, code, aliases, group).

    The Chair and the Secretariat, whom every meeting has, are passed over. BadInput, with `name`, where it is no
    roster.
    """
    lines = table.splitlines()
    heads = lines[0] if lines else ""
    between = max(",;\t", key=heads.count)  # a spreadsheet of a country that writes 0,5 parts columns with semicolons
    reader = csv.reader(lines, delimiter=between)
    try:
        columns = [" ".join(head.casefold().split()) for head in next(reader, [])]
        rows = [(reader.line_num, dict(zip(columns, row, strict=False))) for row in reader if any(row)]
    except csv.Error:
        raise BadInput(f"Line {reader.line_num} of {name} cannot be read.", "Save it as CSV in UTF-8.") from None
    if not rows or "name" not in columns:
        raise BadInput(f"{name} is no roster.", f"Its first line must name the columns: {', '.join(_COLUMNS)}.")
    requests: list[dict[str, object]] = []
    if len(rows) > _MOST:
        raise BadInput(
            f"{name} has {len(rows):,} delegations; a roster has {_MOST:,} at most.",
            "Leave out who does not take part.",
        )
    seen: dict[str, int] = {}
    for number, row in rows:
        here = f"Line {number} of {name}"
        delegation = row.get("name", "").strip()
        if not is_name(delegation):
            raise BadInput(f"{here} has no name.", "Give every delegation its name.")
        category = row.get("category", "").strip()
        try:
            found = checked_category(category) if category else None
        except BadInput as error:
            raise BadInput(f"{here}: {error.message}", error.hint) from None
        key = name_key(delegation)
        if key in seen:
            raise BadInput(
                f"{here} has {one_line(delegation)}, as line {seen[key]} has.", "Give every delegation one line."
            )
        seen[key] = number
        own = _OWN.get(key)
        if own is not None and found not in (None, own):
            raise BadInput(
                f"{here} has {one_line(delegation)} as {found}.", "Give that line its own category, or none."
            )
        if own is not None:
            continue
        request: dict[str, object] = {"act": "admit", "name": delegation}
        for column in ("category", "code", "group"):
            if row.get(column, "").strip():
                request[column] = row[column]
        aliases = [alias for alias in row.get("aliases", "").split("|") if alias.strip()]
        requests.append({**request, "aliases": aliases} if aliases else request)
    return requests
