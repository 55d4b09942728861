"""What the pages of the Chair's desk tell: the board, a bracket, who brought words in, the table of final numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from draftwg.hygiene import one_line, visible
from draftwg.tui.drawing import STATUS_SIGNS, clock
from draftwg.tui.keys import key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from draftwg.desk.chair import Counts
    from draftwg.desk.ledger import Held
    from draftwg.model.state import State
    from draftwg.model.text import Text, Unit

Parts = list[tuple[str, str]]
_HEAD = "bold $accent"


def figures(state: State, text: Text, told: Counts, brackets: int | None, now: str, width: int) -> Content:
    """How the text stands in figures, then each reading: how far it is and when it ends at this pace, with a bar."""
    from draftwg.desk.chair import progress

    stands = " · ".join(f"{count} {status}" for status, count in told.by_status)
    parts: Parts = [(f"{told.units} {one_line(text.noun)}s: {stands}\n", "bold")]
    held = "counting the brackets" if brackets is None else f"{brackets} {'bracket' if brackets == 1 else 'brackets'}"
    waiting = f"{told.pending} {'amendment awaits its' if told.pending == 1 else 'amendments await their'} fate"
    parts.append((f"{held} · {waiting}", ""))
    if told.contested:
        parts.append((f" · ! {told.contested} contested", "$bad bold"))
    roomy = width >= 100
    for reading in state.readings[-2 if roomy else -1 :]:
        far = progress(reading, text, now)
        if reading.closed and not far.done:
            parts.append((f"\n{reading.name.capitalize()}, {reading.state} ({one_line(text.noun)}s not noted)", ""))
            continue
        room = 20 if roomy else 8
        filled = round(room * min(1.0, far.done / far.units)) if far.units else 0
        parts.append((f"\n{reading.name.capitalize()}, {reading.state}  ", ""))
        parts += [("█" * filled, "$accent"), ("░" * (room - filled), "$muted")]
        spoken = f" · {far.speakers} interventions" if roomy else ""
        pace = f" · {far.minutes:g} min each{spoken}" if far.done else ""
        day = f" on {far.ends[:10]}" if far.ends[:10] != now[:10] else ""
        ends = f" · ends {clock(far.ends)}{day}" if far.ends else ""
        parts.append((f" {far.done} of {far.units}{pace}", ""))
        parts.append((ends, "bold"))
    return Content.assemble(*parts)


def legend(*, contested: bool) -> Content:
    """What the signs of the map mean."""
    signs = " · ".join(f"{sign} {status}" for status, sign in STATUS_SIGNS.items())
    more = " · ! contested" if contested else ""
    return Content(f"[n] amendments pending · {signs}{more}")


def unit_page(state: State, text: Text, unit: Unit, held: tuple[Held, ...], contested: str, now: str) -> Content:
    """What is open on a unit: its status and since when, positions, its brackets, the amendments in order of taking."""
    from draftwg.desk.chair import stays, taking
    from draftwg.tui.detail import positions_in_words

    status = state.status(unit)
    sign = STATUS_SIGNS.get(status, "")
    parts: Parts = [
        (f"{one_line(text.noun.capitalize())} {one_line(unit.label)}  ", "bold $accent"),
        (f"{sign} {status}".strip(), "$good" if status.agreed else ""),
    ]
    course = state.courses.get(unit.id, ())
    if course and course[-1].status is status:
        parts.append((f" since {course[-1].at[:10]} {clock(course[-1].at)}", "$muted"))
    agreement = state.agreements.get(unit.id)
    if agreement and agreement.pending:
        parts.append((f"\nstill depends on {_say(named(agreement.pending))}", ""))
    if contested:
        parts.append((f"\n! contested: {_say(contested)}", "$bad"))
    if told := positions_in_words(state.positions_on(unit=unit.id)):
        parts.append((f"\n{told}", ""))
    minutes = sum(
        stay.minutes for reading in state.readings for stay in stays(reading, text, now) if stay.unit == unit.label
    )
    if minutes:
        parts.append((f"\n{minutes:g} minutes in the readings", "$muted"))
    for one in held:
        parts.append(("\n\n", ""))
        parts += bracket_parts(one)
    if not held and not unit.deleted:
        parts.append((f"\n\n{visible(unit.text)}", ""))
    order = taking(state, unit.id)
    if order:
        parts.append(("\n\nOrder of taking\n", _HEAD))
    for taken in order:
        said = f"{taken.place}. {taken.amendment.number} {taken.amendment.by}: {taken.amendment.said}"
        parts.append((f"{'▶' if taken.next else ' '} {_say(said)}\n", ""))
        for stand, names in taken.positions:
            parts.append((f"     {stand}: {_say(', '.join(names))}\n", "$muted"))
    return Content.assemble(*parts)


def bracket_parts(held: Held) -> Parts:
    """A bracket: its words; who asked for it and since when, who supports it, who has to consent to its lifting."""
    told = [f"asked by {named(held.asked)} ({', '.join(held.amendments)}), {held.since[:10]} {clock(held.since)}"]
    if held.supported:
        told.append(f"supported by {named(held.supported)}")
    if held.retained:
        wants = "wants" if len(held.retained) == 1 else "want"
        told.append(f"{named(held.retained)} {wants} to retain the words")
    told.append(f"to be lifted with the consent of {named(held.consent)}")
    return [(f"{_say(held.words)}\n", ""), ("\n".join(map(_say, told)), "$muted")]


def named(names: Iterable[str]) -> str:
    """Delegations in words, with their articles."""
    from draftwg.model.delegation import the
    from draftwg.model.state import names_in_words

    return names_in_words(map(the, names))


def _say(words: str) -> str:
    return visible(one_line(words))


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
    if pending := len(state.pending_on(unit.id)):
        await_ = (
            "1 proposal awaits its fate and is" if pending == 1 else f"{pending} proposals await their fate and are"
        )
        notes.append((f"\n{await_} not in the text yet: {key('ledger')} shows who holds which words.\n", "$muted"))
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
