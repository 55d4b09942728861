"""The command `what-if`: what would come of accepting an amendment. Nothing is recorded."""

import argparse

from draftwg.cli.output import data, rich_lines, say, styled
from draftwg.cli.parser import Parser, add_command, open_desk
from draftwg.desk.whatif import Outlook, outlook_shape, what_if
from draftwg.hygiene import shorten, visible
from draftwg.redline.compare import compare


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add what-if."""
    about = "What would come of accepting an amendment: the text, what falls, what else it touches."
    parser = add_command(commands, "what-if", about, do_what_if)
    parser.add_argument("amendment", metavar="NUMBER", help="the amendment, such as A-3")
    parser.add_argument("--json", action="store_true", help="answer as JSON (see docs/json.md)")


def do_what_if(options: argparse.Namespace) -> int:
    """Ask, and tell."""
    outlook = what_if(open_desk(options).log, options.amendment)
    if options.json:
        data(outlook_shape(outlook))
    else:
        _tell(outlook)
    return 0


def _tell(outlook: Outlook) -> None:
    one = outlook.amendment
    say(f"If {one.number} of {one.by} is accepted ({shorten(one.said, 80)})")
    say(f"It cannot be accepted now: {outlook.hindrance}" if outlook.hindrance else "It can be accepted now.")
    for change in outlook.changes:
        say(f"\n{change.label} {change.note}".rstrip() + ":")
        _redline(change.before, change.after)
    lists = (
        ("Would fall, if the Chair confirms it:", outlook.fall),
        ("Would lapse:", outlook.lapse),
        ("Could still be put:", outlook.apply),
    )
    for head, touched in lists:
        if touched:
            say(f"\n{head}")
            for other in touched:
                say(f"  {other.amendment.number:<6} {other.amendment.by}: {other.told}")
    for head, others in (("Decided before it:", outlook.first), ("To be decided after it:", outlook.then)):
        if others:
            say(f"\n{head}")
            for amendment in others:
                say(f"  {amendment.number:<6} {amendment.by}: {amendment.said}")
    if not outlook.fall and outlook.changes:
        say("\nNothing would fall.")
    if outlook.remarks:
        say("")
    for line in outlook.remarks:
        say(f"Note: {line}")


def _redline(before: str, after: str) -> None:
    """The change of words, with signs; with underline and strike too where the terminal has them."""
    signs = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    pieces = [(span.op, signs[span.op].format(span.text)) for span in compare(before, after)]
    if not styled():
        say("".join(words for _, words in pieces))
        return
    from rich.text import Text

    from draftwg.formats.terminal import DELETED, INSERTED

    looks = {"=": "", "-": DELETED, "+": INSERTED}
    rich_lines([Text.assemble(*((visible(words), looks[op]) for op, words in pieces))])
