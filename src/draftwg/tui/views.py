"""What the panes show of a state: the outline, a unit in its views, an amendment with its verdict. Each is made once
per state."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from draftwg.errors import DraftwgError
from draftwg.hygiene import one_line, visible
from draftwg.tui.detail import positions_in_words
from draftwg.tui.drawing import STATUS_SIGNS, bracketed, redline, words

if TYPE_CHECKING:
    from draftwg.desk.questions import Row
    from draftwg.model.amendment import Amendment
    from draftwg.model.state import State
    from draftwg.model.text import Text
    from draftwg.redline import Verdict

VIEWS = ("clean", "bracketed", "redline", "original", "proposal")
"""The ways to see a unit; the last one shows the chosen amendment's redline in the place of the unit."""


class Looks:
    """The answers for one state, kept: a state never changes, so neither do they."""

    def __init__(self, state: State | None = None, before: Looks | None = None) -> None:
        """`before` has those of another state: what is the same in this one is taken from there."""
        self.state = state
        self._rows: dict[str, tuple[Row, ...]] = {}
        self._verdicts: dict[str, Verdict | None] = {}
        self._applies: dict[str, bool] = {}
        self._contents: dict[tuple[str, str, str], Content] = {}
        self._amendments: dict[str, tuple[Amendment, ...]] = {}
        self._heads: tuple[Amendment, ...] | None = None
        self._falling: dict[str, tuple[tuple[Amendment, Amendment], ...]] = {}
        if state is not None and before is not None and before.state is not None:
            self._take(before, before.state, state)

    def _take(self, before: Looks, then: State, now: State) -> None:
        from draftwg.desk.questions import changed_amendments, outline_since
        from draftwg.model.amendment import Kind

        for name, rows in before._rows.items():
            if text := now.texts.get(name):
                self._rows[name] = outline_since(rows, then, now, text)
        if not any(one.kind is Kind.HEADING for one in changed_amendments(then, now)):
            self._heads = before._heads

    def outline(self, text: Text) -> tuple[Row, ...]:
        """The rows of the outline."""
        from draftwg.desk.questions import outline

        if text.name not in self._rows:
            self._rows[text.name] = outline(self._known, text)
        return self._rows[text.name]

    def amendments(self, row: Row) -> tuple[Amendment, ...]:
        """The amendments on the unit of this row, and on the heading of its section: those that await their fate in
        the order of taking, those that wait to come before the room, those that have met their fate."""
        from draftwg.desk.chair import order_of_taking

        if row.unit is None:
            return ()
        id = row.unit.id
        if id not in self._amendments:
            pending = order_of_taking(self._known, id)
            rest = [amendment for amendment in self._known.on_unit(id) if not amendment.state.pending]
            rest.sort(key=lambda amendment: amendment.state.ended)
            headings = self._headings(row.unit.section)
            before = (*pending, *(one for one in headings if one.state.pending))
            self._amendments[id] = (*before, *rest, *(one for one in headings if not one.state.pending))
        return self._amendments[id]

    def headings(self, text: Text) -> dict[str, str]:
        """The sections of this text (their paths) whose heading somebody wants to change, each with a mark."""
        marks: dict[str, str] = {}
        for section in text.sections:
            names = [one.by for one in self._headings(section.path) if one.state.pending and one.text == text.name]
            if names:
                marks[section.path] = f"heading - {'; '.join(names)}"
        return marks

    def conflicts(self, amendment: Amendment) -> bool:
        """Whether a pending amendment no longer applies to the words as they stand."""
        from draftwg.desk.questions import applies_on

        if not amendment.state.pending:
            return False
        if amendment.id not in self._applies:
            self._applies[amendment.id] = applies_on(self._known, amendment)
        return not self._applies[amendment.id]

    def falling(self, row: Row | None) -> tuple[tuple[Amendment, Amendment], ...]:
        """The pending amendments on this unit that can no longer be put, each with the accepted one because of which.
        The Chair confirms it."""
        if row is None or row.unit is None:
            return ()
        unit = row.unit
        if unit.id not in self._falling:
            taken = self._known.index.accepted_on.get(unit.id, ())
            pending = self._known.pending_on(unit.id) if taken else ()
            self._falling[unit.id] = tuple(
                (one, _culprit(one, taken))
                for one in pending
                if unit.deleted or (not one.parent and self.conflicts(one))
            )
        return self._falling[unit.id]

    def verdict(self, amendment: Amendment) -> Verdict | None:
        """Whether a pending amendment applies to the words as they stand; None for a settled one."""
        if not amendment.state.pending:
            return None
        if amendment.id not in self._verdicts:
            from draftwg.desk.questions import verdict_on

            self._verdicts[amendment.id] = verdict_on(self._known, amendment)
        return self._verdicts[amendment.id]

    def words(self, row: Row, view: str, amendment: Amendment | None) -> Content:
        """The unit of this row in this view."""
        unit = row.unit
        if unit is None:
            return Content("")
        key = (unit.id, view, amendment.id if amendment and view == "proposal" else "")
        if key not in self._contents:
            self._contents[key] = Content.assemble(self._make(row, view, amendment), self._notes(row))
        return self._contents[key]

    def proposal(self, amendment: Amendment) -> Content:
        """The amendment's redline: on the present words where it applies, else on those that it was said against."""
        from draftwg.model.amendment import Kind
        from draftwg.redline.compare import compare

        if amendment.label:
            return words(amendment.proposed)
        verdict = self.verdict(amendment)
        base, proposed = amendment.base, amendment.proposed
        text = self._known.texts.get(amendment.text)
        unit = text.unit(amendment.unit) if text else None
        parent = self._known.amendments.get(amendment.parent)
        if parent is not None and not amendment.consequential:
            unit = None  # its words are those of its amendment
            if verdict is not None and verdict.text is not None:
                base, proposed = parent.proposed, verdict.text
        if amendment.kind is Kind.MOVE:
            return words(amendment.proposed)
        if amendment.kind is Kind.SPLIT:
            return words("\n".join(f"({n}) {part}" for n, part in enumerate(amendment.parts, 1)))
        if (
            verdict is not None
            and verdict.text is not None
            and unit is not None
            and amendment.kind is not Kind.DELETE_UNIT
        ):
            base, proposed = unit.text, verdict.text
        return redline(compare(base, proposed))

    def told(self) -> str:
        """The meeting in figures."""
        texts = list(self._known.texts.values())
        units = sum(len(text.standing) for text in texts)
        waiting = sum(map(len, self._known.pending.values()))
        noun = texts[0].noun if len(texts) == 1 else "unit"
        return f"{units} {noun}s · {len(self._known.amendments)} amendments, {waiting} await their fate"

    def labelled(self, label: str, text: str) -> tuple[str, str]:
        """The id of the unit with this label in this text, also of a proposed one; and one line on why there is
        none."""
        from draftwg.model.labels import meant_label

        if self.state is None:
            return "", "The record is still being read."
        try:
            wanted = meant_label(label)
            known = self.state.texts.get(text)
            if known and (unit := known.labelled(wanted)):  # a label is never given twice
                return unit.id, ""
            for amendment in self.state.proposed_units(known) if known else ():
                if amendment.label == wanted:
                    return amendment.unit, ""
            return self.state.find_unit(wanted, text)[1].id, ""
        except DraftwgError as error:
            return "", str(error)

    def _make(self, row: Row, view: str, amendment: Amendment | None) -> Content:
        from draftwg.desk.questions import original, unit_bracketed, unit_redline

        unit = row.unit
        assert unit is not None
        if view == "proposal" and amendment is not None:
            return self.proposal(amendment)
        if row.proposal is not None:
            return words(unit.text)
        if view == "bracketed":
            return bracketed(unit_bracketed(self._known, unit))
        if view == "redline":
            return redline(unit_redline(self._known, unit))
        if view == "original":
            return words(original(self._known, unit) or "It came into the text after the import.")
        if unit.deleted:
            gone = unit.gone if unit.gone and unit.gone != "deleted" else "deleted"
            return words(f"It has been {gone}.")
        return words(unit.text)

    def _headings(self, section: str) -> tuple[Amendment, ...]:
        """Every amendment ever tabled on the heading of this section."""
        from draftwg.model.amendment import Kind

        if self._heads is None:
            self._heads = tuple(one for one in self._known.amendments.values() if one.kind is Kind.HEADING)
        return tuple(one for one in self._heads if one.section == section)

    def _notes(self, row: Row) -> Content:
        """What is said of the unit beside its words: a move, what is awaited, what is asked, positions."""
        unit, state = row.unit, self._known
        if unit is None or row.proposal is not None:
            return Content("")
        notes = [f"[{row.mark}]"] if row.mark else []
        if unit.id in state.placeholders:
            notes.append(f"Placeholder: {state.placeholders[unit.id]}")
        notes += [f"{one.number}: {one.by} asks to reopen it" for one in state.held_on(unit.id)]
        if not unit.deleted and (told := positions_in_words(state.positions_on(unit=unit.id))):
            notes.append(told)
        lines = "".join(f"\n{visible(one_line(note))}" for note in notes)
        return Content.styled(f"\n{lines}", "$muted") if lines else Content("")

    @property
    def _known(self) -> State:
        assert self.state is not None
        return self.state


def unit_head(text: Text, row: Row, view: str, amendment: Amendment | None, state: State) -> tuple[Content, ...]:
    """Heading, standing and views of a unit, a line each."""
    unit = row.unit
    assert unit is not None
    section = next((section for section in text.sections if section.path == unit.section), None)
    number = f"{section.number}. " if section and section.number else ""
    where = one_line(f"{number}{section.title}" if section else text.title)
    name = one_line(f"{text.noun.capitalize()} {unit.label}")
    heading = Content.assemble((name, "bold $accent"), f"   {_standing(row, state)}")
    return heading, _quiet(where), _tabs(view, one_line(amendment.number) if amendment else "")


@lru_cache(maxsize=64)
def _quiet(words: str) -> Content:
    return Content.styled(words, "$muted")


@lru_cache(maxsize=64)
def _tabs(view: str, number: str) -> Content:
    """The views, the present one marked; with the number of the chosen amendment, if any, its own too."""
    tabs = []
    for name in VIEWS if number else VIEWS[:-1]:
        shown = number if name == "proposal" else name
        tab = Content.styled(f" ▸{shown}" if name == view else f" {shown}", "bold" if name == view else "$muted")
        tabs.append(tab.stylize(Style.from_meta({"view": name})))
    return Content.assemble(*tabs)


def _standing(row: Row, state: State) -> str:
    """The status of a unit in words, with what it still depends on."""
    unit = row.unit
    if row.proposal is not None:
        return one_line(f"proposed by {row.proposal.by}")
    if unit is None or unit.deleted:
        return one_line(unit.gone or "deleted") if unit else ""
    from draftwg.model.state import names_in_words

    agreement = state.agreements.get(unit.id)
    told = f"{STATUS_SIGNS.get(row.status, '')} {row.status}".strip()
    if agreement and agreement.pending:
        told += f", pending {names_in_words(agreement.pending)}"
    if row.pending:
        again = "reopened, " if unit.id in state.reopened else ""
        return f"{again}[{row.pending}] pending"
    return one_line(told)


def _culprit(amendment: Amendment, taken: Sequence[Amendment]) -> Amendment:
    """Which of the accepted amendments is in the way of this one: the last with whose words alone it conflicts."""
    from draftwg.redline.anchor import reanchor

    for accepted in reversed(taken):
        if reanchor(amendment.base, amendment.proposed, accepted.proposed).text is None:
            return accepted
    return taken[-1]
