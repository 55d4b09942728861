"""The pages of the website about units and amendments: what stands, how it came to, and what is proposed on it.

Pure functions of the state. What a site may tell is decided in `Open`: whether delegations are named, and whether
what awaits its fate is shown. What is private never comes here: it is in no act.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from draftwg.acts.numbering import fate
from draftwg.desk.chair import stands
from draftwg.desk.comparing import fate_in_words
from draftwg.desk.questions import Row, credit
from draftwg.desk.scene import bracketed_spans, paragraphs
from draftwg.formats.headings import heading_line
from draftwg.formats.scene import Mark, Span
from draftwg.formats.site.pages import moment
from draftwg.formats.site.parts import Block, Cell, Facts, Heading, Names, Note, Page, Piece, Table, Words
from draftwg.model.amendment import Amendment, AmendmentState
from draftwg.model.reading import Reading
from draftwg.model.state import State, names_in_words
from draftwg.model.text import Text, Unit, UnitStatus
from draftwg.redline import compare

_OPS = {"=": Mark.KEPT, "+": Mark.INSERTED, "-": Mark.DELETED}
_PASSING = (UnitStatus.BRACKETED, UnitStatus.PLACEHOLDER, UnitStatus.REOPENED)


@dataclass(frozen=True, slots=True)
class Open:
    """What the site may tell: the names of delegations, and what awaits its fate."""

    attributed: bool = True
    settled: bool = False

    def shows(self, state: State, amendment: Amendment) -> bool:
        """Whether this amendment is on the site. A sub-amendment quotes what it hangs on: both are settled, or none."""
        chain = (amendment, *(state.amendments[id] for id in state.above(amendment)))
        return not self.settled or all(one.state.ended for one in chain)


@dataclass
class Map:
    """Where everything about a text is on the site: the folder of the text ("" or "name/"), and the pages of its units
    and delegations, by id and by name."""

    folder: str
    units: dict[str, str] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)
    delegations: dict[str, str] = field(default_factory=dict)

    def unit(self, id: str) -> str:
        """The address of a unit's page ("" where it has none)."""
        return self.units.get(id, "")

    def amendment(self, amendment: Amendment) -> str:
        """The address of an amendment on the page of its unit."""
        page = self.units.get(amendment.unit, "")
        return f"{page}#{self.anchors[amendment.id]}" if page and amendment.id in self.anchors else page


def make_map(state: State, text: Text, seen: Open, folder: str) -> Map:
    """The map of a text. Every unit that is or was in it has a page, and every proposed one that the site shows."""
    found = Map(folder)
    leaves, people = Names(), Names()
    shown = [one for one in state.amendments.values() if one.text == text.name and seen.shows(state, one)]
    proposed = [one.unit for one in shown if one.unit and text.unit(one.unit) is None]
    for id in dict.fromkeys((*(unit.id for unit in text.units), *proposed)):
        found.units[id] = f"{folder}units/{leaves.of(id)}.html"
    anchors: dict[str, Names] = {}
    for one in shown:
        found.anchors[one.id] = anchors.setdefault(one.unit, Names({"text"})).of(f"a {one.number}")
    if seen.attributed:
        for name in sorted({name for one in shown for name in one.names}):
            found.delegations[name] = f"{folder}delegations/{people.of(name)}.html"
    return found


def who(amendment: Amendment, seen: Open) -> str:
    """Who proposed it, with the group spoken for; "" where nobody is named."""
    if not seen.attributed:
        return ""
    group = f" on behalf of {amendment.on_behalf}" if amendment.on_behalf else ""
    return f"{names_in_words(amendment.names)}{group}"


def called(amendment: Amendment, seen: Open) -> str:
    """An amendment as a heading: "A-3, Mexico and Chile"."""
    return ", ".join(filter(None, (amendment.number, who(amendment, seen))))


def stand_of(state: State, amendment: Amendment, seen: Open) -> str:
    """Where the amendment stands, in words; what is not before the room is marked as such."""
    match amendment.state:
        case AmendmentState.SUGGESTED:
            return "a suggestion by an observer, not before the room"
        case AmendmentState.HELD:
            return "held until the unit is reopened"
        case AmendmentState.TABLED | AmendmentState.REVISED:
            return f"pending ({amendment.state})"
        case AmendmentState.ACCEPTED | AmendmentState.REJECTED:
            told = fate_in_words(amendment) if seen.attributed else ""
            return told or amendment.state.value
        case AmendmentState.WITHDRAWN if not seen.attributed:
            return "withdrawn"
    return fate(state, amendment)


def unit_words(state: State, unit: Unit, seen: Open, text: Text) -> Words:
    """The words of a unit as the room sees them: with what is pending in brackets, or alone. A unit that is only
    proposed is a bracket as a whole."""
    spans = [Span(unit.text)]
    proposal = next((one for one in state.pending_on(unit.id) if one.label), None)
    if proposal is not None and text.unit(unit.id) is None:
        by = who(proposal, seen)
        names = [Span(f" - {by}", Mark.NAMES)] if by else []
        spans = [Span("[", Mark.SIGN), Span(unit.text, Mark.BRACKETED), *names, Span("]", Mark.SIGN)]
        return Words(paragraphs(spans), text.language, text.direction)
    if not seen.settled and state.pending.get(unit.id):
        spans = bracketed_spans(state, unit, attributed=seen.attributed)
    return Words(paragraphs(spans), text.language, text.direction)


def status_of(state: State, row: Row, seen: Open) -> str:
    """The status of a unit in words: "agreed ad ref", "2 pending"."""
    assert row.unit is not None
    if row.proposal is not None:
        by = who(row.proposal, seen)
        return f"proposed by {by}" if by else "proposed"
    agreement = state.agreements.get(row.unit.id)
    if seen.settled:
        return row.status.value if row.status.agreed else ""
    if agreement and agreement.pending:
        return f"{row.status}, pending {names_in_words(agreement.pending)}" if seen.attributed else f"{row.status}"
    return f"{row.pending} pending" if row.pending else row.status.value


def unit_notes(state: State, row: Row, seen: Open) -> Iterator[Note]:
    """What is to be said beside the words of a unit: proposals that stand in no bracket, what a placeholder awaits."""
    assert row.unit is not None
    if seen.settled:
        return
    for one in state.pending_on(row.unit.id):
        if row.proposal is None and not one.words_only:
            by = who(one, seen)
            yield Note(f"[{one.said}{f' - {by}' if by else ''}]")
    if row.status is UnitStatus.PLACEHOLDER:
        yield Note(f"[Placeholder: {state.placeholders.get(row.unit.id, '')}]")


def unit_key(state: State, text: Text, id: str, shown: Sequence[Amendment]) -> str:
    """A sum of everything that the page of this unit depends on: the same sum, the same page."""
    life = state.lives.get(id, ())
    about = [one.parent for one in shown] + [change.act for change in life]
    others = [state.amendments.get(key) or state.index.accepted_by.get(key) for key in about]
    taken = [state.positions_on(unit=id), *(state.positions_on(amendment=one.id) for one in shown)]
    parts = (
        text.unit(id), shown, life, others, taken, state.courses.get(id), state.agreements.get(id), text.title,
        text.sections, id in state.reopened, state.placeholders.get(id), text.language, text.noun,
        [_into(state, one) for one in shown],
    )  # fmt: skip
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _into(state: State, one: Amendment) -> str:
    """The amendment that this one went into, as its fate calls it."""
    return fate(state, one) if one.state is AmendmentState.MERGED else ""


def unit_page(state: State, text: Text, id: str, row: Row | None, seen: Open, site: Map) -> Page:
    """The page of a unit: its words, where it stands, how it came to read so, and every amendment on it."""
    unit = text.unit(id)
    shown = [one for one in state.on_unit(id) if seen.shows(state, one)]
    label = unit.label if unit else next((one.label for one in shown if one.label), "")
    section_path = unit.section if unit else next((one.section for one in shown), "")
    section = next((one for one in text.sections if one.path == section_path), None)
    blocks: list[Block] = []
    facts = []
    if section is not None:
        facts.append(("Section", Cell(f"{section.number}. {section.title}".lstrip(". "), language=text.language)))
    if unit is not None and unit.drafted:
        facts.append(("During the negotiation", Cell(f"{text.noun} {unit.drafted}")))
    if row is not None and row.unit is not None:
        facts.append(("In the text", Cell("Read it in its place", f"{site.folder}index.html#{anchor(site, id)}")))
        told = status_of(state, row, seen)
        facts += [("Status", Cell(told))] if told else []
    elif unit is not None and unit.deleted:
        facts.append(("Status", Cell(unit.gone or "deleted")))
    blocks += [Facts(tuple(facts))] if facts else []
    if row is not None and row.unit is not None:
        blocks += [Heading("The words now"), unit_words(state, row.unit, seen, text), *unit_notes(state, row, seen)]
    blocks += _life(state, text, id, seen, site)
    blocks += _course(state, id, seen)
    if shown:
        blocks.append(Heading("Amendments", anchor="amendments"))
        blocks += [amendment_piece(state, text, one, seen, site) for one in shown]
    title = heading_line(text.noun, label, text.language)
    return Page(site.unit(id), title, tuple(blocks), text.title, text.language)


def anchor(site: Map, id: str) -> str:
    """The anchor of a unit on the page of the text."""
    return f"u-{site.units[id].rpartition('/')[2].removesuffix('.html')}"


def _life(state: State, text: Text, id: str, seen: Open, site: Map) -> Iterator[Block]:
    life = state.lives.get(id, ())
    if not life:
        return
    yield Heading("How it came to read so")
    before = ""
    for place, change in enumerate(life):
        amendment = credit(state, change.act)
        if amendment is not None:
            said = called(amendment, seen)
        else:
            said = "The original text" if place == 0 else f"The Secretariat: {change.why or 'an editorial change'}"
        first = place == 0 and amendment is None
        words = Words(
            paragraphs([Span(change.text)] if first else changed(before, change.text)), text.language, text.direction
        )
        href = site.amendment(amendment) if amendment is not None and seen.shows(state, amendment) else ""
        heading = Heading(f"{moment(change.at)} – {said}", 3)
        yield Piece(heading, "", (words,), href, marked=not first)
        before = change.text


def _course(state: State, id: str, seen: Open) -> Iterator[Table]:
    course = [step for step in state.courses.get(id, ()) if not (seen.settled and step.status in _PASSING)]
    if not course:
        return
    if not seen.attributed or not any(step.by or step.why for step in course):
        rows = [(Cell(step.status.value), Cell("", when=step.at)) for step in course]
        yield Table("Where it stood", ("Status", "Since"), tuple(rows))
        return
    named = [(Cell(step.status.value), Cell("", when=step.at), Cell(step.by), Cell(step.why)) for step in course]
    yield Table("Where it stood", ("Status", "Since", "Moved by", "Reason"), tuple(named))


def changed(old: str, new: str) -> list[Span]:
    """The change from one wording to another."""
    return [Span(span.text, _OPS[span.op]) for span in compare(old, new)]


def amendment_piece(state: State, text: Text, one: Amendment, seen: Open, site: Map) -> Piece:
    """An amendment in full: what it changes, word by word, who is for it and against it, and what became of it."""
    facts = [("Change", Cell(one.said or one.kind.value))]
    parent = state.amendments.get(one.parent)
    if parent is not None and seen.shows(state, parent):
        facts.append(("Follows from" if one.consequential else "Amends", Cell(parent.number, site.amendment(parent))))
    reading = f" ({Reading(one.reading, '').name})" if one.reading else ""
    facts.append(("Tabled", Cell(f"{moment(one.at)}{reading}", when=one.at)))
    if one.decision is not None and not fate_in_words(one).startswith(("accepted", "rejected")):
        facts.append(("Ended", Cell("", when=one.decision.at)))
    elif one.decision is not None and not seen.attributed:
        facts.append(("Decided", Cell("", when=one.decision.at)))
    if seen.attributed:
        facts += [("Reason", Cell(one.reason))] if one.reason else []
        facts += [("Taken up from", Cell(one.origin_by))] if one.origin_by else []
        facts += [
            (stand.value.capitalize(), Cell(", ".join(names)))
            for stand, names in stands(state.positions_on(amendment=one.id) if one.state.pending else ())
        ]
    blocks: list[Block] = [Facts(tuple(facts))]
    if one.state is AmendmentState.SUGGESTED:
        blocks.insert(0, Note("A suggestion by an observer. No party has taken it up.", strong=True))
    wording = changed(one.base, one.proposed) if one.proposed or one.base else []
    if wording and (one.words_only or one.label):
        blocks.append(Words(paragraphs(wording), text.language, text.direction))
    heading = Heading(called(one, seen), 3, site.anchors.get(one.id, ""))
    return Piece(heading, stand_of(state, one, seen), tuple(blocks), marked=not one.state.ended)


def amendment_table(
    state: State, text: Text, listed: Iterable[Amendment], caption: str, seen: Open, site: Map
) -> Table:
    """Amendments as lines of a table, each leading to where it stands in full."""
    rows = []
    for one in listed:
        unit = text.unit(one.unit)
        label = unit.label if unit else one.label or one.section
        cells = [Cell(one.number, site.amendment(one)), Cell(label, site.unit(one.unit))]
        cells += [Cell(who(one, seen))] if seen.attributed else []
        rows.append((*cells, Cell(one.said or one.kind.value), Cell(stand_of(state, one, seen))))
    heads = ("No.", text.noun.capitalize(), *(["Proposed by"] if seen.attributed else []), "Change", "Fate")
    return Table(caption, heads, tuple(rows))
