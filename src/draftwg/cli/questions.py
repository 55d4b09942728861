"""Commands that read: show, amendments, history, search, versions."""

import argparse
from collections.abc import Mapping, Sequence

from draftwg.cli.output import data, note, say
from draftwg.cli.parser import Parser, add_command, open_desk
from draftwg.desk.questions import Row, View, outline
from draftwg.desk.searching import Finder, around
from draftwg.desk.shapes import (
    amendment_shape,
    course_shape,
    history_shape,
    hit_shape,
    text_shape,
    unit_words,
    version_shape,
)  # fmt: skip
from draftwg.desk.versions import at
from draftwg.errors import BadInput
from draftwg.hygiene import clean_line, shorten
from draftwg.model.amendment import Amendment, AmendmentState, Kind
from draftwg.model.labels import normal_label
from draftwg.model.state import State, names_in_words
from draftwg.model.text import Text, Unit, UnitStatus

_GONE = UnitStatus.DELETED


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add show, amendments, history, search and versions."""
    show = add_command(commands, "show", "Show the text, or one unit of it.", do_show)
    show.add_argument("--unit", metavar="LABEL", help="only this unit")
    show.add_argument(
        "--view", choices=[view.value for view in View], default="clean", help="which words (default: clean)"
    )
    show.add_argument("--at", metavar="POINT", help="as it was: a symbol, a snapshot, or a time")
    show.add_argument("--unattributed", action="store_true", help="brackets without the names of delegations")

    amendments = add_command(commands, "amendments", "List the amendments.", do_amendments)
    amendments.add_argument("--unit", metavar="LABEL", help="those on this unit")
    amendments.add_argument("--reading", type=int, metavar="N", help="those tabled in this reading")
    amendments.add_argument("--kind", choices=[kind.value for kind in Kind], help="those of this kind")
    amendments.add_argument("--delegation", metavar="NAME", help="those that it sponsors or co-sponsors")
    states = [state.value for state in AmendmentState]
    amendments.add_argument(
        "--state", choices=[*states, "pending"], help="those in this state; pending: not yet settled"
    )

    history = add_command(commands, "history", "Tell what happened in the meeting, or to one unit.", do_history)
    history.add_argument("--unit", metavar="LABEL", help="only what concerns this unit")

    search = add_command(
        commands, "search", "Find words in the texts, gone words, amendments, versions and acts.", do_search
    )
    search.add_argument("words", metavar="WORDS", nargs="+", help="words, a label, a number, a delegation, a symbol")
    search.add_argument("--json", action="store_true", help="answer as JSON (see docs/json.md)")

    versions = add_command(commands, "versions", "List the issued versions.", do_versions)
    for parser in (show, amendments, history, versions):
        parser.add_argument("--text", default="", metavar="NAME", help="the text, where the meeting has several")
        parser.add_argument("--json", action="store_true", help="answer as JSON (see docs/json.md)")


def do_show(options: argparse.Namespace) -> int:
    """Show the text or a unit in one of its views."""
    desk = open_desk(options)
    state, view, named = desk.state, View(options.view), not options.unattributed
    text = state.text(options.text)
    if options.at:
        point = at(desk, options.at, options.text)
        text, state = point.text, point.state
    rows = [row for row in outline(state, text) if row.unit and not row.ghost and (row.status is not _GONE)]
    if options.unit:
        label = normal_label(clean_line(options.unit))
        standing = rows
        rows = [row for row in rows if row.unit and row.unit.label.casefold() == label.casefold()]
        if not rows:
            unit = _unit_of(state, text, label)  # says which labels there are, where there is none
            rows = [row for row in standing if row.unit and row.unit.id == unit.id]
            if rows:
                note(f"{label} of the draft is {unit.label} now.")
        if not rows:
            raise BadInput(f"{text.noun.capitalize()} {label} is no longer in the text.", "See its history.")
    elif view is not View.BRACKETED:
        rows = [row for row in rows if row.proposal is None]
    if options.json:
        data(text_shape(state, text, tuple(row.unit for row in rows if row.unit), view, named=named))
        return 0
    contested: dict[str, list[str]] = {}
    if state.contested and not options.at:
        from draftwg.acts.settling import disputes

        for one in disputes(desk.log):
            contested.setdefault(one.unit, []).append(f"{one.act}; draftwg settle {one.short} settles it")
    _print(state, text, rows, view, named=named, whole=not options.unit, contested=contested)
    return 0


def _print(
    state: State,
    text: Text,
    rows: list[Row],
    view: View,
    *,
    named: bool,
    whole: bool,
    contested: Mapping[str, Sequence[str]],
) -> None:
    """The rows under their headings; a heading without units of its own is shown where the whole text is."""
    if whole:
        say(text.title)
    for section in (None, *text.sections):
        own = [row for row in rows if row.unit and row.unit.section == (section.path if section else "")]
        if section and whole:
            say(f"\n{section.number}. {section.title}" if section.number else f"\n{section.title}")
        for row in own:
            assert row.unit is not None
            status = "" if row.status is UnitStatus.OPEN else f" [{row.status}]"
            if row.proposal:
                names = names_in_words(row.proposal.names)
                status = f" [proposed by {names}, {row.proposal.number}]" if named else " [proposed]"
            say(f"\n{text.noun.capitalize()} {row.unit.label}{status}")
            words = unit_words(state, row.unit, view, named=named)
            say(words or f"(not in the {view} text)")
            for line in contested.get(row.unit.id, ()):
                say(f"(contested: {line})")


def do_amendments(options: argparse.Namespace) -> int:
    """List the amendments that the filters leave."""
    state = open_desk(options).state
    listed = list(state.amendments.values())
    if options.text:
        listed = [amendment for amendment in listed if amendment.text == state.text(options.text).name]
    if options.unit:
        listed = _on(state, listed, options.unit, options.text)
    if options.delegation:
        delegation = state.find_delegation(options.delegation)
        if delegation is None:
            raise BadInput(f"{options.delegation} is not in the roster.", "draftwg roster lists the delegations.")
        listed = [amendment for amendment in listed if delegation.name in amendment.names]
    if options.state:
        listed = [
            amendment
            for amendment in listed
            if amendment.state.value == options.state or (options.state == "pending" and amendment.state.pending)
        ]
    if options.reading:
        listed = [amendment for amendment in listed if amendment.reading == options.reading]
    if options.kind:
        listed = [amendment for amendment in listed if amendment.kind.value == options.kind]
    if options.json:
        data({"amendments": [amendment_shape(state, amendment) for amendment in listed]})
        return 0
    for amendment in listed:
        unit = state.text(amendment.text).unit(amendment.unit)
        label = unit.label if unit else amendment.label
        who = shorten(names_in_words(amendment.names), 34)
        say(f"{amendment.number:<6} {label:<8} {amendment.state:<10} {who:<34} {shorten(amendment.said, 60)}")
    return 0


def do_history(options: argparse.Namespace) -> int:
    """Tell the acts in the order of the record."""
    desk = open_desk(options)
    unit = ""
    if options.unit:
        listed = list(desk.state.amendments.values())
        text = desk.state.text(options.text)
        proposed = [amendment.unit for amendment in listed if amendment.label == options.unit]
        unit = proposed[0] if proposed else _unit_of(desk.state, text, options.unit).id
    shapes = history_shape(desk.log, desk.commits() if options.json else {}, unit)
    course = desk.state.courses.get(unit, ())
    if options.json:
        told = {"course": [course_shape(step) for step in course]} if unit else {}
        data({"acts": shapes, **told})
        return 0
    for shape in shapes:
        undone = " (contested: it has no effect)" if shape["contested"] else "" if shape["counts"] else " (undone)"
        say(f"{shape['at'][:16].replace('T', ' ')}  {shape['subject']}{undone}")
    if course:
        say("Course: " + " → ".join(f"{step.status}{f' ({step.by})' if step.by else ''}" for step in course))
    return 0


def do_search(options: argparse.Namespace) -> int:
    """Search the whole meeting, group by group."""
    words = clean_line(" ".join(options.words))
    if not words:
        raise BadInput("There is nothing to search for.", "Say the words: draftwg search WORDS.")
    desk = open_desk(options)
    found = Finder(desk.state, desk.chronicle.of(desk.log)).find(words)
    if options.json:
        data({"words": words, "found": [hit_shape(hit) for hit in found.hits],
              "counts": {group.value: count for group, count in found.counts.items()}})  # fmt: skip
        return 0
    for group, count in found.counts.items():
        hits = found.of(group)
        more = f", the first {len(hits)} of them here" if count > len(hits) else ""
        say(f"{group}: {count}{more}")
        for hit in hits:
            remark = f"  ({hit.remark})" if hit.remark else ""
            say(f"  {hit.name:<9} {around(hit.words, words, 90)}{remark}")
    if not found.hits:
        say(f"“{shorten(words, 60)}” is nowhere in this meeting.")
    return 0


def do_versions(options: argparse.Namespace) -> int:
    """List the issued versions."""
    state = open_desk(options).state
    versions = [version for version in state.versions if not options.text or version.text.name == options.text]
    if options.json:
        data({"versions": [version_shape(version) for version in versions]})
        return 0
    for version in versions:
        say(f"{version.at[:10]}  {version.symbol}  {version.status}  {len(version.text.standing)} {version.text.noun}s")
    return 0


def _unit_of(state: State, text: Text, label: str) -> Unit:
    """The unit of `text`, which may be an issued version, that is called `label`."""
    found = text.labelled(label)
    return found if found else state.find_unit(label, text.name)[1]


def _on(state: State, listed: list[Amendment], label: str, text: str) -> list[Amendment]:
    proposed = [amendment for amendment in listed if amendment.label == label]
    if proposed:
        return proposed
    unit = state.find_unit(label, text)[1]
    return [amendment for amendment in listed if amendment.unit == unit.id]
