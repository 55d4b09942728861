"""The directory of States: the Members of the United Nations, the observer States and the European Union, by all
their names.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from draftwg.model.delegation import Category, Delegation, name_key


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name of a State with the days between which it is its name."""

    delegation: Delegation
    begins: str
    ends: str


@cache
def _entries() -> tuple[_Entry, ...]:
    table = resources.files("draftwg.desk").joinpath("states.csv").read_text("utf-8")
    return tuple(
        _Entry(
            Delegation(
                row["name"],
                Category.INTEGRATION if row["code"] == "EU" else Category.UNSPECIFIED,
                row["code"],
                tuple(alias for alias in row["aliases"].split("|") if alias),
                row["group"],
            ),
            row["from"],
            row["until"],
        )
        for row in csv.DictReader(table.splitlines())
    )


@cache
def two_letters() -> Mapping[str, str]:
    """The codes of two letters (ISO 3166-1 alpha-2) by those of three: the shortest way to name a State by keys."""
    table = resources.files("draftwg.desk").joinpath("states.csv").read_text("utf-8")
    return {row["code"]: row["two"] for row in csv.DictReader(table.splitlines()) if row["two"]}


@cache
def _names() -> dict[str, list[_Entry]]:
    names: dict[str, list[_Entry]] = {}
    for entry in _entries():
        for name in entry.delegation.names:
            names.setdefault(name_key(name), []).append(entry)
    return names


def known_on(name: str, day: str) -> Delegation | None:
    """The State that is called `name`, under the name that it had on `day` (ISO 8601); None where no State is called
    so.
    """
    entries = _names().get(name_key(name), [])
    return next((entry.delegation for entry in entries if _had(entry, day)), None)


def all_on(day: str) -> tuple[Delegation, ...]:
    """Every State of the directory under the name that it had on `day`, in English alphabetical order."""
    standing = (entry.delegation for entry in _entries() if _had(entry, day))
    return tuple(sorted(standing, key=lambda delegation: name_key(delegation.name)))


def _had(entry: _Entry, day: str) -> bool:
    return (not entry.begins or entry.begins <= day) and (not entry.ends or day <= entry.ends)
