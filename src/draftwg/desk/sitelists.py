"""The lists of the website: amendments by unit and by delegation, the concordance, and papers to take along."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from draftwg.desk.exporting import amendments_csv, amendments_json, redline_file
from draftwg.desk.papers import amendment_rows, make_paper
from draftwg.desk.siteunits import Map, Open, amendment_table
from draftwg.desk.versions import Point
from draftwg.formats.papers import CONCORDANCE, CONCORDANCE_HEADS, PaperKind
from draftwg.formats.redlines import Redline
from draftwg.formats.site.parts import Block, Cell, Note, Page, Table
from draftwg.model.amendment import Amendment, AmendmentState
from draftwg.model.delegation import name_key
from draftwg.model.procedure import Numbered
from draftwg.model.state import State
from draftwg.model.text import Text

_TOLD = {
    "text.docx": "The text as it stands, without marks (Word)",
    "redline.docx": "All changes since the first version, as tracked changes (Word)",
    "compilation.docx": "The compilation: everything that is proposed, in brackets (Word)",
    "text.json": "The text, for programs (JSON)",
    "amendments.csv": "Every amendment with its fate, for a spreadsheet (CSV)",
    "amendments.json": "Every amendment with its fate, for programs (JSON)",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """The amendments of a text that the site shows."""

    state: State
    text: Text
    seen: Open
    map: Map
    amendments: Sequence[Amendment]


def by_unit(listing: Listing) -> Page:
    """How many amendments each unit has, with the way to them, and those that are on no unit."""
    text, site = listing.text, listing.map
    found: dict[str, list[Amendment]] = {id: [] for id in site.units}
    rest: list[Amendment] = []
    for one in listing.amendments:
        found.get(one.unit, rest).append(one)
    rows = []
    for id, shown in found.items():
        if shown:
            unit = text.unit(id)
            label = unit.label if unit else next((one.label for one in shown if one.label), "?")
            name = Cell(f"{text.noun.capitalize()} {label}", f"{site.unit(id)}#amendments")
            rows.append((name, *_counts(shown)))
    blocks: list[Block] = [Note(f"Amendments in all: {len(listing.amendments)}.")]
    if rows:
        heads = (text.noun.capitalize(), "Amendments", "Pending", "Accepted")
        blocks.append(Table(f"Amendments by {text.noun}", heads, tuple(rows)))
    if rest:
        table = amendment_table(listing.state, text, rest, f"Amendments on no {text.noun}", listing.seen, site)
        blocks.append(table)
    return Page("", "Amendments", tuple(blocks), text.title)


def by_delegation(listing: Listing) -> Page:
    """How many amendments each delegation has sponsored, with the way to them."""
    found: dict[str, list[Amendment]] = {name: [] for name in listing.map.delegations}
    for one in listing.amendments:
        for name in one.names:
            found[name].append(one)
    rows = tuple(
        (Cell(name, listing.map.delegations[name]), *_counts(found[name])) for name in sorted(found, key=name_key)
    )
    heads = ("Delegation", "Amendments", "Pending", "Accepted")
    blocks = (Table("Amendments by delegation", heads, rows),) if rows else (Note("There are no amendments."),)
    return Page("", "Delegations", blocks, listing.text.title)


def of_delegation(listing: Listing, name: str, own: Sequence[Amendment]) -> Page:
    """The amendments that this delegation has sponsored, with their fates."""
    caption = f"Amendments of {name}"
    table = amendment_table(listing.state, listing.text, own, caption, listing.seen, listing.map)
    return Page("", name, (table,), listing.text.title)


def concordance_page(lines: Sequence[Numbered], text: Text) -> Page:
    """Draft labels and final numbers side by side."""
    rows = tuple(tuple(map(Cell, (one.draft, one.final, one.section, one.note))) for one in lines)
    return Page("", "Concordance", (Table(CONCORDANCE, CONCORDANCE_HEADS, rows),), text.title)


def downloads_page(paths: Sequence[str], text: Text) -> Page:
    """The papers to take along."""
    leaves = [(path, path.rpartition("/")[2]) for path in paths]
    told = [(path, leaf, next(words for end, words in _TOLD.items() if leaf.endswith(end))) for path, leaf in leaves]
    rows = tuple((Cell(leaf, path), Cell(words)) for path, leaf, words in told)
    return Page("", "Downloads", (Table("Papers to take along", ("File", "What it is"), rows),), text.title)


@dataclass(frozen=True)
class Papers:
    """The papers to take along: the text at `now`, and `redline` from the first version to it."""

    now: Point
    seen: Open
    listing: Listing
    concordance: Sequence[Numbered]
    redline: Callable[[], Redline]

    def files(self) -> dict[str, Callable[[], bytes]]:
        """How each is made, by the end of its name."""
        named = self.seen.attributed
        makers: dict[str, Callable[[], bytes]] = {
            "text.docx": lambda: self._word("clean"),
            "redline.docx": lambda: redline_file(self.redline(), "docx", attributed=named),
            "compilation.docx": lambda: self._word("compilation"),
            "text.json": self._text,
            "amendments.csv": lambda: amendments_csv(self._rows).encode(),
            "amendments.json": lambda: amendments_json(self._rows, self.now.text.name, self.concordance).encode(),
        }
        if self.seen.settled:
            del makers["compilation.docx"]
        return makers

    def _word(self, kind: PaperKind) -> bytes:
        from draftwg.formats.docx.papers import paper_docx

        return paper_docx(make_paper(self.now, kind, attributed=self.seen.attributed))

    def _text(self) -> bytes:
        from draftwg.formats.paperpages import paper_json

        kind: PaperKind = "clean" if self.seen.settled else "compilation"
        return paper_json(make_paper(self.now, kind, attributed=self.seen.attributed)).encode()

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        shown = {one.number for one in self.listing.amendments}
        rows = amendment_rows(self.now.state, self.now.text, attributed=self.seen.attributed)
        return [row for row in rows if row["number"] in shown]


def _counts(listed: Sequence[Amendment]) -> tuple[Cell, Cell, Cell]:
    """How many there are, how many are pending, and how many were accepted."""
    pending = sum(one.state.pending for one in listed)
    accepted = sum(one.state is AmendmentState.ACCEPTED for one in listed)
    return Cell(str(len(listed))), Cell(str(pending)), Cell(str(accepted))
