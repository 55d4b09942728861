"""What the panes show of a state: the outline, a unit in its views, an amendment with its verdict. Each is made once
per state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from draftwg.errors import DraftwgError
from draftwg.hygiene import one_line, visible
from draftwg.tui.drawing import amendment_head, bracketed, redline, words

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

    def __init__(self, state: State | None = None) -> None:
        self.state = state
        self._verdicts: dict[str, Verdict | None] = {}
        self._contents: dict[tuple[str, str, str], Content] = {}
        self._amendments: dict[str, tuple[Amendment, ...]] = {}

    def outline(self, text: Text) -> tuple[Row, ...]:
        """The rows of the outline."""
        from draftwg.desk.questions import outline

        return outline(self._known, text)

    def amendments(self, row: Row) -> tuple[Amendment, ...]:
        """The amendments on the unit of this row."""
        from draftwg.desk.questions import amendments_on

        if row.unit is None:
            return ()
        if row.unit.id not in self._amendments:
            self._amendments[row.unit.id] = amendments_on(self._known, row.unit.id)
        return self._amendments[row.unit.id]

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
            self._contents[key] = self._make(row, view, amendment)
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
        from draftwg.model.labels import normal_label

        if self.state is None:
            return "", "The record is still being read."
        try:
            wanted = normal_label(label)
            known = self.state.texts.get(text)
            for amendment in self.state.proposed_units(known) if known else ():
                if amendment.label == wanted:
                    return amendment.unit, ""
            return self.state.find_unit(label, text)[1].id, ""
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
        return words("It has been deleted." if unit.deleted else unit.text)

    @property
    def _known(self) -> State:
        assert self.state is not None
        return self.state


def unit_head(text: Text, row: Row, view: str, amendment: Amendment | None) -> Content:
    """Heading, standing and views of a unit, a line each."""
    unit = row.unit
    assert unit is not None
    section = next((section for section in text.sections if section.path == unit.section), None)
    number = f"{section.number}. " if section and section.number else ""
    where = one_line(f"{number}{section.title}" if section else text.title)
    parts: list[tuple[str, str] | Content] = [
        (one_line(f"{text.noun.capitalize()} {unit.label}"), "bold $accent"),
        (f"   {_standing(row)}\n", ""),
        (f"{where}\n", "$muted"),
    ]
    for name in VIEWS if amendment is not None else VIEWS[:-1]:
        shown = one_line(amendment.number) if name == "proposal" and amendment else name
        parts.append((f"▸{shown} " if name == view else f" {shown} ", "bold" if name == view else "$muted"))
    return Content.assemble(*parts)


def detail(amendment: Amendment, looks: Looks, row: Row | None) -> Content:
    """An amendment in full: who, the state, the verdict, the change in words, the redline."""
    parts: list[tuple[str, str] | Content] = [amendment_head(amendment), ("\n\n", "")]
    verdict = looks.verdict(amendment)
    if verdict is not None:
        look = "$good" if verdict.text is not None else "$bad bold"
        sign = "✓" if verdict.text is not None else "!"
        parts.append((f"{sign} {visible(one_line(verdict.reason))}\n\n", look))
    parts.append((f"{visible(amendment.said)}\n\n", ""))
    parts.append(looks.proposal(amendment))
    return Content.assemble(*parts)


def _standing(row: Row) -> str:
    if row.proposal is not None:
        return one_line(f"proposed by {row.proposal.by}")
    if row.unit is not None and row.unit.deleted:
        return "deleted"
    if row.pending:
        return f"[{row.pending}] pending"
    return "open"
