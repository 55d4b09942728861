"""The pages of the website about one text: the text itself, its versions and redlines, lists, papers to take along."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from draftwg.desk.comparing import concordance_of, points_redline, unnamed
from draftwg.desk.desk import Desk
from draftwg.desk.questions import Row, outline, unit_bracketed
from draftwg.desk.sitefolder import Output
from draftwg.desk.sitelists import (
    Listing,
    Papers,
    by_delegation,
    by_unit,
    concordance_page,
    downloads_page,
    of_delegation,
)
from draftwg.desk.siteunits import (
    Open,
    amendment_table,
    anchor,
    make_map,
    status_of,
    unit_key,
    unit_notes,
    unit_page,
    unit_words,
)
from draftwg.desk.siteversions import snapshot_page, version_page
from draftwg.desk.versions import NOW, ORIGINAL, Point, at
from draftwg.formats.headings import heading_line
from draftwg.formats.html import redline_html
from draftwg.formats.papers import day, days
from draftwg.formats.redlines import Redline
from draftwg.formats.site.pages import moment, page_html, surround
from draftwg.formats.site.parts import (
    Block,
    Cell,
    Facts,
    Frame,
    Heading,
    Links,
    Names,
    Note,
    Page,
    Piece,
    Table,
    slug,
)
from draftwg.model.amendment import Amendment
from draftwg.model.procedure import Snapshot


class SiteText:
    """The pages of the text `name`, in the folder `folder` of the site ("" or "name/"). `base` sums up what every page
    depends on; `ways` are links that stand before those of the text."""

    def __init__(self, desk: Desk, name: str, seen: Open, folder: str, base: str, ways: tuple[Cell, ...]) -> None:
        self.desk, self.state, self.seen, self.folder = desk, desk.state, seen, folder
        self.now = at(desk, NOW, name)
        self.text = self.now.text
        self.map = make_map(self.state, self.text, seen, folder)
        self.amendments = [
            one for one in self.state.amendments.values() if one.text == name and self.seen.shows(self.state, one)
        ]
        self.listing = Listing(self.state, self.text, seen, self.map, self.amendments)
        self.concordance = concordance_of(self.now) if seen.attributed else unnamed(concordance_of(self.now))
        self.versions = [one for one in self.state.versions if one.text.name == name]
        self.snapshots = [one for one in self.state.snapshots if one.text.name == name]
        leaves = Names()
        named = [(one.act, one.symbol) for one in self.versions] + [(one.act, one.name) for one in self.snapshots]
        self.pages = {act: f"{folder}versions/{leaves.of(words)}.html" for act, words in named}
        self._made: dict[tuple[str, str], Redline] = {}
        self.base = hashlib.sha256(repr((base, ways, self._ways(ways))).encode()).hexdigest()
        self.frame = Frame(
            self.state.title,
            ", ".join(filter(None, (self.state.place, days(self.state.dates)))),
            self._ways(ways),
            self._left_out(),
        )

    def _ways(self, ways: tuple[Cell, ...]) -> tuple[Cell, ...]:
        own = [("Text", "index"), ("Versions and redlines", "versions"), ("Amendments", "amendments")]
        own += [("Delegations", "delegations")] if self.seen.attributed else []
        own += [("Concordance", "concordance")] if self.concordance else []
        own += [("Downloads", "downloads")]
        return (*ways, *(Cell(words, f"{self.folder}{leaf}.html") for words, leaf in own))

    def _left_out(self) -> str:
        told = [] if self.seen.attributed else ["Proposals are not attributed to delegations."]
        told += ["What awaits a decision is not shown."] if self.seen.settled else []
        return " ".join(told)

    def outputs(self) -> Iterator[Output]:
        """Every file of this text."""
        last = self._acts()
        yield self._output(f"{self.folder}index.html", last, self._index)
        yield self._output(f"{self.folder}versions.html", self._sum(), self._versions)
        yield self._output(f"{self.folder}amendments.html", "", by_unit, self.listing)
        if self.seen.attributed:
            yield self._output(f"{self.folder}delegations.html", "", by_delegation, self.listing)
            people: dict[str, list[Amendment]] = {}
            for one in self.amendments:
                for name in one.names:
                    people.setdefault(name, []).append(one)
            for name, path in self.map.delegations.items():
                yield self._output(path, "", of_delegation, self.listing, name, people[name])
        if self.concordance:
            yield self._output(f"{self.folder}concordance.html", "", concordance_page, self.concordance, self.text)
        rows = {row.unit.id: row for row in self._outline if row.unit is not None}
        for id, path in self.map.units.items():
            shown = [one for one in self.state.on_unit(id) if self.seen.shows(self.state, one)]
            key = unit_key(self.state, self.text, id, shown)
            yield self._output(path, key, unit_page, self.state, self.text, id, rows.get(id), self.seen, self.map)
        for version in self.versions:
            yield self._output(self.pages[version.act], self._acts(version.act), version_page, version)
        for snapshot in self.snapshots:
            yield self._output(self.pages[snapshot.act], self._acts(snapshot.act), self._snapshot, snapshot)
        for path, start, end in self._redlines:
            key = self._key(start, end)
            yield Output(path, key, self._redline_maker(path, start, end))
        files = self._downloads(last)
        yield from files
        yield self._output(f"{self.folder}downloads.html", "", downloads_page, [one.path for one in files], self.text)

    def _acts(self, until: str = "") -> str:
        """A sum of the acts until this one, or of all: acts of other machines may come in between later."""
        ids = [act.id for act in self.desk.log.acts]
        return hashlib.sha256(" ".join(ids[: ids.index(until) + 1] if until else ids).encode()).hexdigest()

    def _output(self, path: str, key: str, make: Callable[..., Page], *given: object) -> Output:
        """The page that `make` makes of what is given."""
        return Output(
            path,
            f"{self.base}{key}" if key else "",
            lambda: page_html(replace(make(*given), path=path), self.frame).encode(),
        )

    # The text

    @cached_property
    def _outline(self) -> list[Row]:
        return [
            row
            for row in outline(self.state, self.text)
            if not row.ghost and not (row.proposal and self.seen.settled) and not (row.unit and row.unit.deleted)
        ]

    def _index(self) -> Page:
        waiting = sum(one.state.pending for one in self.amendments)
        facts = [
            ("Shown", Cell(f"as projected on-screen on {moment(self.now.when)}", when=self.now.when)),
            ("SHA-256 of the words", Cell(self.text.digest, code=True)),
            (f"{self.text.noun.capitalize()}s", Cell(str(len(self.text.standing)))),
        ]
        if self.seen.settled:
            facts.append(("Leaves out", Cell("what awaits a decision")))
        else:
            facts.append(("Pending amendments", Cell(str(waiting), f"{self.folder}amendments.html")))
        if not self.seen.attributed:
            facts.append(("Attribution", Cell("proposals are not attributed to delegations")))
        blocks: list[Block] = [Facts(tuple(facts))]
        if waiting and not self.seen.settled:
            behind = "; after a hyphen stand those who propose them" if self.seen.attributed else ""
            blocks.append(Note(f"Words in [square brackets] are not agreed; “/” parts alternatives{behind}."))
        sections = [
            Cell(_section(row), f"{self.folder}index.html#s-{place}", language=self.text.language)
            for place, row in enumerate(self._outline)
            if row.section is not None
        ]
        if sections:
            blocks.append(Links("Sections", tuple(sections)))
        depth = 1
        for place, row in enumerate(self._outline):
            if row.section is not None:
                depth = min(row.section.level + 1, depth + 1)
                blocks.append(Heading(_section(row), depth, f"s-{place}", self.text.language))
            elif row.unit is not None:
                heading = Heading(
                    heading_line(self.text.noun, row.unit.label, self.text.language),
                    depth + 1,
                    anchor(self.map, row.unit.id),
                    self.text.language,
                )
                words = unit_words(self.state, row.unit, self.seen, self.text)
                notes = tuple(unit_notes(self.state, row, self.seen))
                open_ = not self.seen.settled and row.pending > 0
                told = status_of(self.state, row, self.seen)
                blocks.append(Piece(heading, told, (words, *notes), self.map.unit(row.unit.id), open_))
        blocks += self._elsewhere()
        return Page("index.html", self.text.title, tuple(blocks), "", self.text.language)

    def _elsewhere(self) -> Iterator[Block]:
        """What is pending on no unit, such as other words for a heading."""
        rest = [one for one in self.amendments if one.state.pending and one.unit not in self.map.units]
        if rest:
            yield Heading("Other proposals")
            yield amendment_table(self.state, self.text, rest, "Proposals on no unit", self.seen, self.map)

    # Versions and redlines

    def _versions(self) -> Page:
        blocks: list[Block] = []
        if self.versions:
            rows = [
                (
                    Cell(one.symbol, self.pages[one.act]),
                    Cell(one.status),
                    Cell("", when=one.at),
                    Cell(one.digest, code=True),
                )
                for one in sorted(self.versions, key=lambda one: one.at)
            ]
            blocks.append(Table("Issued versions", ("Symbol", "Status", "Issued", "SHA-256"), tuple(rows)))
        else:
            blocks.append(Note("No version has been issued yet."))
        if self.snapshots:
            kept = [
                (Cell(one.name, self.pages[one.act]), Cell("", when=one.at), Cell(one.digest, code=True))
                for one in self.snapshots
            ]
            blocks.append(Table("The text as projected on-screen, kept", ("Name", "When", "SHA-256"), tuple(kept)))
        if self._redlines:
            changes = tuple(
                (Cell(f"From {_short(start)} to {_short(end)}", path), Cell(self._redline(start, end).summary))
                for path, start, end in self._redlines
            )
            blocks.append(Table("Redlines", ("Redline", "Changes"), changes))
        return Page("versions.html", "Versions and redlines", tuple(blocks), self.text.title)

    @cached_property
    def _points(self) -> list[Point]:
        """The original, the issued versions in the order of time, and now; what did not change the words is no step."""
        found = [at(self.desk, ORIGINAL, self.text.name)]
        for one in sorted(self.versions, key=lambda one: one.at):
            named = f"{one.symbol} ({one.status}, {day(one.at)})"
            found.append(Point(one.text, self.state, named, one.at, one.symbol))
        if len(found) > 1 and found[1].text.digest == found[0].text.digest:
            del found[0]
        found.append(self.now)
        return found

    @cached_property
    def _redlines(self) -> list[tuple[str, Point, Point]]:
        points = self._points
        pairs = list(pairwise(points))
        if len(points) > 2:
            pairs.append((points[0], points[-1]))
        names = Names()
        return [
            (f"{self.folder}redlines/{names.of(f'{_short(start)} to {_short(end)}')}.html", start, end)
            for start, end in pairs
        ]

    def _redline(self, start: Point, end: Point) -> Redline:
        key = (start.named, end.named)
        if key not in self._made:
            redline = points_redline(self.state, start, end)
            if not self.seen.attributed:
                redline = replace(redline, concordance=unnamed(redline.concordance))
            self._made[key] = redline
        return self._made[key]

    def _redline_maker(self, path: str, start: Point, end: Point) -> Callable[[], bytes]:
        around = surround(path, self.frame)

        def make() -> bytes:
            redline = self._redline(start, end)
            return redline_html(redline, attributed=self.seen.attributed, surround=around).encode()

        return make

    def _key(self, start: Point, end: Point) -> str:
        """A sum of what a redline depends on: both texts, and everything that is known of the acts between them."""
        accepted = [one for one in self.state.index.accepted_by.values() if one.text == self.text.name]
        parts = (start.text, start.named, end.text, end.named, self.state.lives, accepted, self.concordance)
        return self.base + hashlib.sha256(repr(parts).encode()).hexdigest()

    def _sum(self) -> str:
        """A sum of what the list of versions and redlines depends on."""
        issued = [(one.act, one.symbol, one.status, one.at, one.digest) for one in self.versions]
        kept = [(one.act, one.name, one.at, one.digest) for one in self.snapshots]
        parts = (issued, kept, [(path, self._key(start, end)) for path, start, end in self._redlines])
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    def _snapshot(self, snapshot: Snapshot) -> Page:
        if self.seen.settled:
            return snapshot_page(snapshot, {})
        if self.seen.attributed:
            return snapshot_page(snapshot, snapshot.brackets)
        then = self.desk.log.after(snapshot.act)
        unnamed_ = {one.id: unit_bracketed(then, one, named=False).text for one in snapshot.text.standing}
        return snapshot_page(snapshot, unnamed_)

    def _downloads(self, last: str) -> list[Output]:
        stem = f"{self.folder}downloads/{slug(self.text.name)}"
        first = self._points[0]
        papers = Papers(self.now, self.seen, self.listing, self.concordance, lambda: self._redline(first, self.now))
        keys = {"redline.docx": self._key(first, self.now)}
        return [
            Output(f"{stem}-{leaf}", f"{self.base}{keys.get(leaf, last)}", make)
            for leaf, make in papers.files().items()
        ]


def _section(row: Row) -> str:
    assert row.section is not None
    return f"{row.section.number}. {row.section.title}" if row.section.number else row.section.title


def _short(point: Point) -> str:
    """A point in a few words: its symbol, "the original text" or "now"."""
    if point.symbol:
        return point.symbol
    return "now" if point.named.startswith("the text as it stood") else "the original text"
