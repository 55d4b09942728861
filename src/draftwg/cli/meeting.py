"""Commands for the meeting itself: set it up, put a text before it, fill its roster, play the sample."""

import argparse
import shlex
from pathlib import Path

from draftwg.cli.output import note, say
from draftwg.cli.parser import Parser, add_command, open_desk
from draftwg.hygiene import one_line, shorten


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add init, import, roster and demo."""
    init = add_command(commands, "init", "Set up a meeting in a new folder.", do_init)
    init.add_argument("folder", metavar="MEETING", help="the folder to make")
    init.add_argument("--title", required=True, help="what the meeting is called")
    init.add_argument("--place", default="", help="where it is held")
    init.add_argument("--dates", default="", help="first and last day, as 2018-05-02/2018-05-03")
    init.add_argument(
        "--roster", metavar="FILE", help="a table of delegations (CSV: name, category, code, aliases, group)"
    )

    read = add_command(commands, "import", "Put the text in FILE before the meeting.", do_import)
    read.add_argument("file", metavar="FILE", help="plain text, Markdown, or a text that draftwg wrote")
    read.add_argument("--text", default="recommendations", help="what the meeting calls it (default: recommendations)")
    read.add_argument("--dry-run", action="store_true", help="only show what would be taken and left out")

    roster = add_command(commands, "roster", "Show the roster, or admit the delegations in FILE.", do_roster)
    roster.add_argument(
        "file", metavar="FILE", nargs="?", help="CSV with the columns name, category, code, aliases, group"
    )
    roster.add_argument("--json", action="store_true", help="answer as JSON")

    demo = add_command(commands, "demo", "Play the sample meeting into a new folder and open it.", do_demo)
    demo.add_argument(
        "folder", metavar="DIR", nargs="?", default="draftwg-demo", help="the folder to make (default: draftwg-demo)"
    )
    demo.add_argument(
        "--unattended", action="store_true", help="do not open the console; print the redline, write the page"
    )


def do_init(options: argparse.Namespace) -> int:
    """Set up a meeting."""
    from draftwg.desk import Desk
    from draftwg.desk.roster import read_roster

    rows = read_roster(Path(options.roster)) if options.roster else []
    desk = Desk.found(Path(options.folder), options.title, options.place, options.dates)
    if rows:
        desk.do_all(rows)
    say(f"The meeting “{desk.state.title}” is set up in {desk.record.folder}.")
    note(f"Next: draftwg -m {shlex.quote(options.folder)} import FILE")
    return 0


def do_import(options: argparse.Namespace) -> int:
    """Read a text, show what was taken and what was left out, and record it."""
    from draftwg.desk.importing import import_request, read_file

    draft = read_file(Path(options.file))
    desk = None if options.dry_run else open_desk(options, records=True)
    receipt = desk.do(import_request(draft, options.text, Path(options.file).name)) if desk else None
    say(f"Taken: {len(draft.units)} units of “{draft.title}”")
    headings = {section.path: f"{section.path}. {section.title}" for section in draft.sections}
    shown: set[str] = set()
    for section in draft.sections:
        say(f"  {headings[section.path]}")
        for unit in draft.units:
            if unit.section_path == section.path:
                shown.add(unit.label)
                say(f"    {unit.label:<8}{len(unit.text.split()):>4} words  {shorten(unit.text, 70)}")
    for unit in draft.units:
        if unit.label not in shown:
            say(f"    {unit.label:<8}{len(unit.text.split()):>4} words  {shorten(unit.text, 70)}")
    if draft.left_out:
        say("Left out:")
        for left in draft.left_out:
            lines = f"{left.first_line}" if left.first_line == left.last_line else f"{left.first_line}–{left.last_line}"
            say(f"    line {lines:<10}{left.words:>5} words  {left.why}")
    for warning in draft.warnings:
        note(warning)
    if receipt:
        for warning in receipt.warnings:
            note(warning)
        say(f"{receipt.commit[:7]} {receipt.subject}")
    else:
        say("Nothing was recorded.")
    return 0


def do_roster(options: argparse.Namespace) -> int:
    """Show the roster, or admit every delegation of a table."""
    from draftwg.cli.output import data
    from draftwg.desk.roster import read_roster

    rows = read_roster(Path(options.file)) if options.file else []
    desk = open_desk(options, records=bool(rows))
    if rows:
        receipts = desk.do_all(rows)
        say(f"{receipts[-1].commit[:7]} {len(receipts)} delegations admitted.")
        return 0
    delegations = list(desk.state.delegations.values())
    if options.json:
        keys = ("name", "category", "code", "group")
        listed = [
            {**{key: str(getattr(one, key)) for key in keys}, "aliases": list(one.aliases)} for one in delegations
        ]
        data({"delegations": listed})
        return 0
    for one in delegations:
        say(f"{one.name:<40} {one.category:<20} {one.code}")
    return 0


def do_demo(options: argparse.Namespace) -> int:
    """Play the sample; open it in the console, or tell the story where there is no terminal."""
    import sys

    from draftwg.desk.sample import play

    folder = Path(options.folder)
    desk = play(folder, lambda line: say(one_line(line)))
    if sys.stdin.isatty() and sys.stdout.isatty() and not options.unattended:
        from draftwg.tui import run

        return run(folder)
    from draftwg.cli.outputs import print_redline
    from draftwg.desk.outputs import render, version_redline, write_output

    first = desk.state.versions[0].symbol
    say()
    print_redline(desk, first, "now")
    page = folder.parent / f"{folder.name}-redline.html"
    write_output(page, render(version_redline(desk, first, "now"), "html"))
    say(f"The redline as a page: {page}")
    say(f"The meeting: draftwg -m {folder}")
    return 0
