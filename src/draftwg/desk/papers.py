"""Papers of a text at one point: clean, as a compilation of everything that is proposed, or as a table beside the
proposals; and the list of amendments with their fate.
"""

from collections.abc import Iterator
from typing import Any

from draftwg.acts.numbering import fate
from draftwg.acts.version import completeness
from draftwg.desk.comparing import concordance_of, fate_in_words, unnamed
from draftwg.desk.questions import Row, outline, unit_bracketed, verdict_on
from draftwg.desk.shapes import amendment_shape
from draftwg.desk.versions import Point
from draftwg.formats.headings import heading_line
from draftwg.formats.papers import Masthead, Paper, PaperKind, PaperSection, PaperUnit, Proposal
from draftwg.formats.redlines import RedlinePiece
from draftwg.model.amendment import Amendment, Kind
from draftwg.model.state import State, names_in_words
from draftwg.model.text import Text, Unit, UnitStatus
from draftwg.redline import compare

AMENDMENT_COLUMNS = (
    "number", "unit", "kind", "by", "sponsors", "state", "fate", "reading", "tabled", "said", "decided", "vote",
    "reason",
)  # fmt: skip


def make_paper(
    point: Point,
    kind: PaperKind,
    *,
    attributed: bool = True,
    only: frozenset[str] | None = None,
    distribution: str = "",
) -> Paper:
    """The paper of this kind at this point; `only` the units with these ids; without `attributed`, nobody is named."""
    state, text = point.state, point.text
    maker = _Maker(state, text, kind, attributed)
    sections: dict[str, list[PaperUnit]] = {}
    for row in outline(state, text):
        unit = row.unit
        if unit is None or row.ghost or unit.deleted or (only is not None and unit.id not in only):
            continue
        if row.proposal is None or kind != "clean":
            sections.setdefault(unit.section, []).append(maker.unit(unit, row))
    own = [PaperSection("", 1, tuple(sections[""]))] if "" in sections else []
    for section in text.sections:
        heading = f"{section.number}. {section.title}" if section.number else section.title
        if only is None or sections.get(section.path):
            own.append(PaperSection(heading, section.level, tuple(sections.get(section.path, ()))))
    rest = maker.rest()
    if rest and only is None and kind != "clean":
        own.append(PaperSection("Other proposals", 1, tuple(rest)))
    return Paper(
        kind,
        text.title,
        masthead(point, distribution),
        tuple(own),
        text.direction,
        text.noun,
        concordance_of(point) if attributed else unnamed(concordance_of(point)),
    )


def notes(state: State, text: Text) -> set[str]:
    """The lines above units by which compilations of the text as it stands tell of them, named and not."""
    makers = [_Maker(state, text, "compilation", attributed) for attributed in (True, False)]
    found = (maker.note(row.unit, row) for row in outline(state, text) if row.unit for maker in makers)
    return set(filter(None, found))


def masthead(point: Point, distribution: str = "") -> Masthead:
    """What stands at the head of a paper of this point."""
    state = point.state
    return Masthead(
        state.title, state.place, state.dates, point.symbol, distribution, point.when, point.text.language, point.named
    )


class _Maker:
    def __init__(self, state: State, text: Text, kind: PaperKind, attributed: bool) -> None:
        self.state, self.text, self.kind, self.attributed = state, text, kind, attributed
        self.told: set[str] = set()

    def unit(self, unit: Unit, row: Row) -> PaperUnit:
        """A unit, or a proposed new one, as this kind of paper has it."""
        heading = heading_line(self.text.noun, unit.label, self.text.language)
        if self.kind == "clean":
            return PaperUnit(unit.id, unit.label, heading, unit.text)
        pending = self.state.pending_on(unit.id)
        if self.kind == "table":
            self.told |= {amendment.id for amendment in pending}
            words = "" if row.proposal else unit.text
            return PaperUnit(unit.id, unit.label, heading, words, "", tuple(self._proposals(unit, words, pending)))
        words = unit.text
        if pending and not row.proposal:
            words = unit_bracketed(self.state, unit, named=self.attributed).text
        self.told |= {amendment.id for amendment in pending}
        return PaperUnit(unit.id, unit.label, heading, words, self.note(unit, row))

    def note(self, unit: Unit, row: Row) -> str:
        """The line that stands above the words of a unit in a compilation; "" for none."""
        notes = [] if row.proposal or not row.status.agreed else [f"[{row.status}]"]
        if row.proposal:
            notes.append(self._note("proposed", row.proposal))
        else:
            notes += [self._note(one.said, one) for one in self.state.pending_on(unit.id) if not one.words_only]
        if row.status is UnitStatus.PLACEHOLDER:
            notes.append(f"[Placeholder: {self.state.placeholders.get(unit.id, '')}]")
        return "; ".join(notes)

    def rest(self) -> Iterator[PaperUnit] | list[PaperUnit]:
        """What is pending on no unit of the paper, such as other words for a heading."""
        left = [
            amendment
            for ids in self.state.pending.values()
            for amendment in (self.state.amendments[id] for id in ids)
            if amendment.text == self.text.name and amendment.id not in self.told
        ]
        return [
            PaperUnit(one.id, one.number, self._who(one) or one.kind.capitalize(), one.said or one.proposed)
            for one in left
        ]

    def _proposals(self, unit: Unit, words: str, pending: tuple[Amendment, ...]) -> Iterator[Proposal]:
        for amendment in pending:
            new = amendment.proposed
            if amendment.words_only and words:
                verdict = verdict_on(self.state, amendment)
                new = verdict.text if verdict.text is not None else amendment.proposed
            pieces = tuple(RedlinePiece(span.op, span.text) for span in compare(words, new))
            if not amendment.words_only and not amendment.label:
                pieces = ()  # a move, a split: its words say what it is
            yield Proposal(amendment.number if self.attributed else "", self._who(amendment), amendment.said, pieces)

    def _note(self, words: str, amendment: Amendment) -> str:
        who = self._who(amendment)
        return f"[{words}]" if not who else f"[{words} - {who}]"

    def _who(self, amendment: Amendment) -> str:
        return f"{names_in_words(amendment.names)}, {amendment.number}" if self.attributed else ""


def amendment_rows(state: State, text: Text, *, attributed: bool = True, delegation: str = "") -> list[dict[str, Any]]:
    """Every amendment of a text with its fate, or those that a delegation sponsors: AMENDMENT_COLUMNS, in order."""
    where = {one.number: one.where for one in completeness(state, text.name)}
    rows = []
    for amendment in state.amendments.values():
        if amendment.text != text.name or (delegation and delegation not in amendment.names):
            continue
        shape = amendment_shape(state, amendment)
        decision = amendment.decision
        rows.append(
            {
                **{key: shape[key] for key in ("number", "unit", "kind", "by", "sponsors", "state", "reading")},
                "tabled": amendment.at,
                "fate": where.get(amendment.number) or fate(state, amendment),
                "said": amendment.said,
                "decided": decision.at if decision else "",
                "vote": decision.vote if decision else "",
                "reason": amendment.reason,
                "proposed": amendment.proposed,
                "base": amendment.base,
                "in_words": fate_in_words(amendment),
                **_structure(state, text, amendment, shape),
            }
        )
    if not attributed:
        for row in rows:
            row |= {"by": "", "sponsors": [], "reason": ""}  # a reason is free words: it may well name somebody
            if row["state"] == "withdrawn":
                row["fate"] = "withdrawn"
            row.pop("on_behalf", None)
    return rows


def _structure(state: State, text: Text, amendment: Amendment, shape: dict[str, Any]) -> dict[str, Any]:
    """What an amendment needs, beside its words, to be tabled elsewhere; only what it has."""

    def label(id: str) -> str:
        unit = text.unit(id)
        return unit.label if unit else next((one.label for one in state.on_unit(id) if one.label), "")

    told = {
        "after": label(amendment.after) if amendment.after else "",
        "section": amendment.section if amendment.kind is Kind.HEADING else "",
        "parts": list(amendment.parts),
        "units": [label(id) for id in amendment.units],
        "parent": shape["parent"],
        "consequential": amendment.consequential,
        "on_behalf": amendment.on_behalf,
    }
    return {key: value for key, value in told.items() if value}
