"""Commands for the Chair: status, brackets, order, concordance, blame, where."""

import argparse
from collections.abc import Iterable

from draftwg.acts.numbering import leading_nowhere
from draftwg.cli.output import data, say
from draftwg.cli.parser import Parser, add_command, open_desk
from draftwg.desk.chair import board, progress, stays, taking
from draftwg.desk.clock import now
from draftwg.desk.ledger import ledger
from draftwg.desk.tracing import blame, where
from draftwg.errors import BadInput
from draftwg.hygiene import shorten
from draftwg.model.delegation import the
from draftwg.model.state import names_in_words
from draftwg.model.text import UnitStatus

_SIGNS = {
    UnitStatus.OPEN: ".", UnitStatus.BRACKETED: "[", UnitStatus.PLACEHOLDER: "_", UnitStatus.INFORMALS: "i",
    UnitStatus.AD_REF: "r", UnitStatus.REOPENED: "o", UnitStatus.AGREED: "A", UnitStatus.ADOPTED: "*",
    UnitStatus.DELETED: " ",
}  # fmt: skip


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add status, brackets, order-of-taking, concordance, blame and where."""
    status = add_command(commands, "status", "What is agreed, what is not, and how far the reading is.", do_status)
    brackets = add_command(
        commands, "brackets", "Each bracket: who asked for it, who must consent to lift it.", do_brackets
    )
    brackets.add_argument("--unit", metavar="LABEL", help="only those of this unit")
    brackets.add_argument("--by", metavar="NAME", help="only those that this delegation asked for or has to consent to")
    order = add_command(commands, "taking", "The order in which the amendments on a unit are taken.", do_order)
    order.add_argument("unit", metavar="LABEL", help="the unit")
    concordance = add_command(commands, "concordance", "The table of draft labels and final numbers.", do_concordance)
    concordance.add_argument("--csv", action="store_true", help="as CSV")
    concordance.add_argument("--html", action="store_true", help="as a page")
    origin = add_command(commands, "blame", "Who brought in which words of a unit.", do_blame)
    origin.add_argument("--unit", metavar="LABEL", required=True, help="the unit")
    words = add_command(
        commands, "where", "Where words stood, in which versions, and which act changed them.", do_where
    )
    words.add_argument("words", metavar="WORDS", help="the words, as a speaker quotes them")
    for parser in (status, brackets, order, concordance, origin, words):
        parser.add_argument("--text", default="", metavar="NAME", help="the text, where the meeting has several")
        parser.add_argument("--json", action="store_true", help="answer as JSON (see docs/json.md)")


def do_status(options: argparse.Namespace) -> int:
    """The board of the text and the progress of the readings."""
    desk = open_desk(options)
    state = desk.state
    text = state.text(options.text)
    told = board(state, text)
    readings = [(reading, progress(reading, text, now())) for reading in state.readings]
    if options.json:
        data(
            {
                "text": text.name,
                "units": told.units,
                "status": {status.value: count for status, count in told.by_status},
                "brackets": told.brackets,
                "pending": told.pending,
                "contested": told.contested,
                "leading_nowhere": [line.final for line in leading_nowhere(state)],
                "unit_status": {unit.label: state.status(unit).value for unit in text.standing},
                "readings": [
                    {"reading": reading.number, "state": reading.state.value, "done": far.done, "units": far.units,
                     "minutes_each": far.minutes, "interventions": far.speakers, "forecast": far.ends or None,
                     "considered": [{"unit": stay.unit, "at": stay.at, "minutes": stay.minutes,
                                     "speakers": list(stay.speakers)} for stay in stays(reading, text, now())]}
                    for reading, far in readings
                ],
            }
        )  # fmt: skip
        return 0
    say(f"{told.units} {text.noun}s: " + ", ".join(f"{count} {status}" for status, count in told.by_status))
    say(f"{told.brackets} brackets, {told.pending} amendments pending, {told.contested} contested decisions")
    for section, units in text.by_section():
        if units:
            heat = " ".join(f"{unit.label}{_SIGNS[state.status(unit)]}" for unit in units)
            say(f"  {section.path if section else '':<6} {heat}")
    legend = ", ".join(f"{sign} {status}" for status, sign in _SIGNS.items() if sign.strip())
    say(f"  ({legend})")
    for reading, far in readings:
        ends = f"; at this pace it ends at {far.ends[11:16]} on {far.ends[:10]}" if far.ends else ""
        pace = f", {far.minutes} minutes each, {far.speakers} interventions" if far.done else ""
        say(f"{reading.name}, {reading.state}: {far.done} of {far.units} considered{pace}{ends}")
    for line in leading_nowhere(state):
        say(f"{text.noun} {line.final} (draft {line.draft}): {line.note}")
    if state.contested:
        from draftwg.acts.settling import disputes

        for one in disputes(desk.log):
            against = names_in_words(words for words, _ in one.against)
            say(f"contested {one.short}: {one.act}" + (f"; against it stands: {against}" if against else ""))
    from draftwg.desk.sync import standing

    shared = standing(desk)
    if shared is not None:
        say(f"{shared.told}, with {shared.remote.shown}")
    return 0


def do_brackets(options: argparse.Namespace) -> int:
    """The bracket ledger."""
    state = open_desk(options).state
    text = state.text(options.text)
    units = (state.find_unit(options.unit, text.name)[1],) if options.unit else text.standing
    held = [one for one in ledger(state, text, units) if not options.unit or one.unit == units[0].label]
    if options.by:
        delegation = state.find_delegation(options.by)
        if delegation is None:
            raise BadInput(f"{options.by} is not in the roster.", "draftwg roster lists the delegations.")
        held = [one for one in held if delegation.name in (*one.asked, *one.consent)]
    if options.json:
        keys = ("unit", "words", "since")
        lists = ("asked", "supported", "retained", "consent", "amendments")
        listed = [
            {**{key: getattr(one, key) for key in keys}, **{key: list(getattr(one, key)) for key in lists}}
            for one in held
        ]
        data({"brackets": listed})
        return 0
    for one in held:
        say(f"{one.unit:<8} {shorten(one.words, 90)}")
        say(f"         asked by {_named(one.asked)} ({', '.join(one.amendments)}) since {one.since[:16]}")
        if one.supported:
            say(f"         supported by {_named(one.supported)}")
        if one.retained:
            wants = "wants" if len(one.retained) == 1 else "want"
            say(f"         {_named(one.retained)} {wants} to retain the words")
        say(f"         to be lifted with the consent of {_named(one.consent)}")
    return 0


def _named(names: Iterable[str]) -> str:
    return names_in_words(map(the, names))


def do_order(options: argparse.Namespace) -> int:
    """The order of taking: the Chair's, or the one proposed."""
    state = open_desk(options).state
    listed = taking(state, state.find_unit(options.unit, options.text)[1].id)
    if options.json:
        data(
            {
                "order": [
                    {
                        "number": one.amendment.number,
                        "by": one.amendment.by,
                        "ruled": one.ruled,
                        "next": one.next,
                        "positions": {stand.value: list(names) for stand, names in one.positions},
                    }
                    for one in listed
                ]
            }
        )
        return 0
    for taken in listed:
        one, source = taken.amendment, "the Chair" if taken.ruled else "proposed"
        coming = ", next" if taken.next else ""
        say(f"{taken.place:>2}. {one.number:<6} {one.by:<30} {shorten(one.said, 60)}  ({source}{coming})")
        for stand, names in taken.positions:
            say(f"           {stand}: {', '.join(names)}")
    return 0


def do_concordance(options: argparse.Namespace) -> int:
    """The table that the final or provisional numbering made."""
    state = open_desk(options).state
    lines = state.concordance
    if options.json:
        data(
            {
                "concordance": [
                    {"draft": line.draft, "final": line.final, "section": line.section, "note": line.note}
                    for line in lines
                ]
            }
        )
    elif options.csv:
        import csv
        import sys

        table = csv.writer(sys.stdout, lineterminator="\n")
        table.writerow(["draft", "final", "section", "note"])
        table.writerows([line.draft, line.final, line.section, line.note] for line in lines)
    elif options.html:
        from draftwg.formats.concordance import concordance_html

        say(concordance_html([(line.draft, line.final, line.section, line.note) for line in lines], state.title))
    elif not lines:
        say("There is no concordance yet: draftwg renumber makes it, or draftwg renumber --provisional.")
    else:
        for line in lines:
            say(f"{line.draft:<12} {line.final:<6} {line.section:<8} {line.note}".rstrip())
    return 0


def do_blame(options: argparse.Namespace) -> int:
    """Each run of words of a unit with the act that brought it in."""
    desk = open_desk(options)
    runs = blame(desk.state, desk.state.find_unit(options.unit, options.text)[1])
    if options.json:
        data({"words": runs})
        return 0
    for run in runs:
        reading = f", reading {run['reading']}" if run["reading"] else ""
        number = f" {run['amendment']}" if run["amendment"] else ""
        replaced = f"  (for “{shorten(str(run['replaced']), 40)}”)" if run["replaced"] else ""
        why = f", {run['why']}" if run["why"] else ""
        say(f"{', '.join(run['by'])}{number}{why}{reading}: “{run['words'].strip()}”{replaced}")
    return 0


def do_where(options: argparse.Namespace) -> int:
    """Where the words stand or stood."""
    state = open_desk(options).state
    found = where(state, state.text(options.text), options.words)
    if options.json:
        data({"found": found})
        return 0
    for one in found:
        versions = f"; in {', '.join(one['versions'])}" if one["versions"] else ""
        if one["now"]:
            say(f"{one['unit']}: they stand there now{versions}")
        else:
            say(f"{one['unit']}: they stood there until {one['until'][:16]}, {one['gone_by']}{versions}")
            say(f"    now: {one['current']}")
    if not found:
        say("Nobody has had these words in the text.")
    return 0
