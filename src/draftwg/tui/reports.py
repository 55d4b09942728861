"""What the pages tell that are read beside the text: the board, the life of a unit, who brought words in, the table of
final numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from draftwg.hygiene import one_line, visible
from draftwg.tui.drawing import STATUS_SIGNS, clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from draftwg.desk import Desk
    from draftwg.model.state import State
    from draftwg.model.text import Text, Unit

Parts = list[tuple[str, str]]
_HEAD = "bold $accent"


def board_page(state: State, text: Text, now: str) -> Content:
    """How the whole text stands: figures, a heat map by section, the readings with their forecast, every bracket."""
    from draftwg.desk.chair import board, progress
    from draftwg.desk.ledger import ledger
    from draftwg.model.delegation import the
    from draftwg.model.state import names_in_words

    def named(names: Iterable[str]) -> str:
        return names_in_words(map(the, names))

    told = board(state, text)
    counts = " · ".join(f"{count} {status}" for status, count in told.by_status)
    parts: Parts = [(f"{told.units} {one_line(text.noun)}s: {counts}\n", "bold")]
    parts.append((f"{told.brackets} brackets, {told.pending} amendments await their fate\n\n", ""))
    for section, units in text.by_section():
        if not units:
            continue
        parts.append((one_line(section.path if section else "").ljust(6), "$muted"))
        for unit in units:
            status = state.status(unit)
            sign = f"[{len(state.pending[unit.id])}]" if unit.id in state.pending else STATUS_SIGNS.get(status, "")
            look = "$good" if status.agreed else "$accent bold" if sign else ""
            parts.append((f"{one_line(unit.label)}{sign}", look))
            parts.append(("  ", ""))
        parts.append(("\n", ""))
    legend = " · ".join(f"{sign} {status}" for status, sign in STATUS_SIGNS.items())
    parts.append((f"\n{legend} · [n] amendments that await their fate\n", "$muted"))
    for reading in state.readings:
        far = progress(reading, text, now)
        pace = f", {far.minutes:g} minutes each, {far.speakers} interventions" if far.done else ""
        ends = f"; at this pace it ends at {clock(far.ends)} on {far.ends[:10]}" if far.ends else ""
        name = f"{reading.name.capitalize()}, {reading.state}"
        parts.append((f"\n{name}: {far.done} of {far.units} considered{pace}{ends}", ""))
    parts.append(("\n\nBrackets\n", _HEAD))
    held = ledger(state, text, text.standing)
    for one in held:
        parts.append((f"\n{one_line(one.unit)}  ", "bold"))
        parts.append((f"{visible(one_line(one.words))}\n", ""))
        asked = f"asked by {named(one.asked)} ({', '.join(one.amendments)}), {clock(one.since)}"
        support = f"; supported by {named(one.supported)}" if one.supported else ""
        wants = "wants" if len(one.retained) == 1 else "want"
        retain = f"; {named(one.retained)} {wants} to retain the words" if one.retained else ""
        consent = f"; to be lifted with the consent of {named(one.consent)}"
        parts.append((f"    {visible(one_line(asked + support + retain + consent))}\n", "$muted"))
    if not held:
        parts.append(("There are none.\n", ""))
    return Content.assemble(*parts)


def history_page(desk: Desk, unit: Unit) -> Content:
    """The life of a unit: the course of its status, then every act that concerns it."""
    from draftwg.desk.shapes import history_shape

    parts: Parts = [("Course\n", _HEAD)]
    for step in desk.state.courses.get(unit.id, ()):
        who = " - ".join(part for part in (step.by, step.why) if part)
        why = f"({who})" if who else ""
        parts.append((f"{step.at[:10]} {clock(step.at)}  ", "$muted"))
        parts.append((f"{STATUS_SIGNS.get(step.status, ' ')} {step.status} {visible(one_line(why))}\n", ""))
    parts.append(("\nActs\n", _HEAD))
    for shape in history_shape(desk.log, {}, unit.id):
        undone = "" if shape["counts"] else "  (undone)"
        parts.append((f"{shape['at'][:10]} {clock(shape['at'])}  ", "$muted"))
        parts.append((f"{visible(one_line(shape['subject']))}{undone}\n", ""))
    return Content.assemble(*parts)


def blame_page(state: State, unit: Unit) -> Content:
    """The words of a unit with a number behind each run that did not stand in the original, then who brought it in."""
    from draftwg.desk.tracing import blame

    runs = blame(state, unit)
    parts: Parts = []
    notes: Parts = [("\n\nWho brought it in\n", _HEAD)]
    first = runs[0]["act"] if runs and runs[0]["by"] == ["the original text"] else None
    count = 0
    for run in runs:
        words = visible(run["words"])
        if run["by"] == ["the original text"] or run["act"] == first:
            parts.append((words, ""))
            continue
        count += 1
        bare = words.rstrip()
        parts += [(bare, "$insert underline"), (f" ⟨{count}⟩", "bold"), (words[len(bare) :], "")]
        number = f", {run['amendment']}" if run["amendment"] else ""
        reading = f", reading {run['reading']}" if run["reading"] else ""
        replaced = f", in the place of “{run['replaced']}”" if run["replaced"] else ""
        why = f", {run['why']}" if run["why"] else ""
        told = f"{', '.join(run['by'])}{number}{why}{reading}: “{run['words'].strip()}”{replaced}"
        notes += [(f"⟨{count}⟩ ", "bold"), (f"{visible(one_line(told))}\n", "")]
    if not count:
        notes.append(("Nobody: it reads as in the original.\n", ""))
    return Content.assemble(*parts, *notes)


def concordance_page(state: State) -> Content:
    """The table of draft labels and final numbers, as the last numbering made it."""
    if not state.concordance:
        return Content("There is no concordance yet: the final or a provisional numbering makes it.")
    parts: Parts = [(f"{'draft':<14}{'final':<8}{'section':<10}note\n", _HEAD)]
    for line in state.concordance:
        row = f"{line.draft:<14}{line.final:<8}{line.section:<10}{line.note}"
        parts.append((f"{visible(row)}\n", ""))
    return Content.assemble(*parts)
