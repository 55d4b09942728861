"""The command `receive`: a file that a delegation sent becomes amendments, and every piece of it is accounted for."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from draftwg.cli.output import data, note, say
from draftwg.cli.parser import Parser, add_command, open_desk
from draftwg.errors import BadInput
from draftwg.hygiene import clean_line, shorten

if TYPE_CHECKING:
    from draftwg.desk.receiving import Item, Report

_WIDTH = 110


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add receive."""
    about = "Take in what a delegation sent: a Word file, an e-mail, a marked text; each change becomes an amendment."
    parser = add_command(commands, "receive", about, do_receive)
    parser.add_argument("file", metavar="FILE", help="Word (.docx), CriticMarkup, plain text, e-mail, JSON of draftwg")
    parser.add_argument("--by", default="", metavar="NAME", help="who sent it (default: the authors that FILE names)")
    parser.add_argument("--each", action="store_true", help="every change of a unit as an amendment of its own")
    parser.add_argument(
        "--dry-run", "--review", dest="dry", action="store_true", help="only tell what would be recorded"
    )
    parser.add_argument("--all", action="store_true", help="tell what is unchanged as well")
    parser.add_argument("--text", default="", metavar="NAME", help="the text, where the meeting has several")
    parser.add_argument("--strict-roster", action="store_true", help="refuse delegations that are not in the roster")
    parser.add_argument("--json", action="store_true", help="answer as JSON (see docs/receiving.md)")


def do_receive(options: argparse.Namespace) -> int:
    """Read the file, record what applies, and tell what became of each piece."""
    from draftwg.desk.receiving import read, receive, record, report_shape

    submission = read(Path(options.file))
    desk = open_desk(options, records=True)
    report = receive(desk, submission, clean_line(options.by), text=options.text, each=options.each)
    if not options.dry and report.taken:
        report, receipts = record(desk, report)
        for warning in dict.fromkeys(warning for receipt in receipts for warning in receipt.warnings):
            note(warning)
    if options.json:
        data(report_shape(report))
    else:
        _tell(report, everything=options.all)
    if all(item.fate in ("unchanged", "not understood") for item in report.items):
        raise BadInput(
            f"No amendment was understood in {report.name}; nothing was recorded.",
            "See docs/receiving.md for what can be sent.",
        )
    return 0


def _tell(report: "Report", *, everything: bool) -> None:
    on = f", written on {report.base} (fit {report.fit:.2f})" if report.fit else ""
    say(f"{report.name}: {report.kind}{on}.")
    for warning in report.warnings:
        note(warning)
    same = [item for item in report.items if item.fate == "unchanged"]
    for item in report.items:
        if item.fate != "unchanged" or everything:
            say("")
            for line in lines_of(item):
                say(line)
    say("")
    if same and not everything:
        say(f"Unchanged: {len(same)} {'piece' if len(same) == 1 else 'pieces'} (--all lists them).")
    taken, ready = [item for item in report.items if item.number], report.taken
    counts = [
        (sum(1 for item in taken if item.fate != "already tabled"), "recorded"),
        (len(ready), "to be recorded"),
        (sum(item.fate in ("already so", "already tabled") for item in report.items), "there already"),
        (sum(item.fate == "conflicts" for item in report.items), "in conflict"),
        (sum(item.fate == "refused" for item in report.items), "refused"),
        (sum(item.fate == "not understood" for item in report.items), "not understood"),
    ]
    told = "; ".join(f"{count} {what}" for count, what in counts if count)
    say(f"{told or 'Nothing is changed in it'}.")


def lines_of(item: "Item") -> list[str]:
    """A piece in plain words: where it stands, what became of it, what it says, why it was not taken."""
    fit = f" (fit {item.fit:.2f})" if item.fit < 1 and item.fate != "unchanged" else ""
    on = f" on {item.label}" if item.label else ""
    taken = f"{item.number}: " if item.number else ""
    who = f"{item.by}{on}" if item.by else on.strip()
    lines = [f"{taken}{item.fate}{fit} · {', '.join(filter(None, (who, item.where)))}"]
    if item.said:
        lines.append(f"    {shorten(item.said, _WIDTH)}")
    if item.why:
        lines.append(f"    {item.why}")
    return lines
