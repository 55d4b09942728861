"""Commands that hand something out: redlines between versions or between two plain files."""

import argparse
from pathlib import Path

from draftwg.cli.output import note, rich_lines, say, styled
from draftwg.cli.parser import Parser, add_command, open_desk
from draftwg.desk import Desk
from draftwg.desk.outputs import FORMATS, file_redline, render, version_redline, write_output
from draftwg.errors import BadInput, NotAMeeting
from draftwg.formats.redlines import Redline


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add redline."""
    redline = add_command(
        commands,
        "redline",
        "Show what changed between two versions of the text, or between two plain files.",
        do_redline,
    )
    redline.add_argument("old", metavar="OLD", help="a symbol, “original”, or a file")
    redline.add_argument("new", metavar="NEW", help="a symbol, “now”, or a file")
    redline.add_argument("--format", choices=FORMATS, help="what to write (default: terminal, or by the name of FILE)")
    redline.add_argument("-o", "--output", metavar="FILE", help="write to FILE")
    redline.add_argument("--unattributed", action="store_true", help="without the names of delegations")
    redline.add_argument("--all", action="store_true", help="unchanged units as well (pages have them always)")
    redline.add_argument("--text", default="", metavar="NAME", help="the text, where the meeting has several")


def do_redline(options: argparse.Namespace) -> int:
    """Make the redline and print or write it."""
    redline = _redline(options)
    form = options.format or _form_of(options.output)
    named = not options.unattributed
    if options.output:
        inputs = (Path(name) for name in (options.old, options.new))
        if any(one.is_file() and Path(options.output).exists() and one.samefile(options.output) for one in inputs):
            raise BadInput(f"{options.output} is one of the texts that are compared.", "Name another file.")
        write_output(Path(options.output), render(redline, "text" if form == "terminal" else form, attributed=named))
        note(f"The redline is in {options.output}.")
        return 0
    if form == "terminal" and styled():
        from draftwg.formats.terminal import redline_rich

        rich_lines(redline_rich(redline, only_changes=not options.all, attributed=named))
    else:
        form = "text" if form == "terminal" else form
        say(render(redline, form, attributed=named, only_changes=not options.all).rstrip("\n"))
    return 0


def print_redline(desk: Desk, old: str, new: str) -> None:
    """Print the redline between two versions, in signs where stdout shows no styles."""
    redline = version_redline(desk, old, new)
    if styled():
        from draftwg.formats.terminal import redline_rich

        rich_lines(redline_rich(redline, only_changes=True))
    else:
        say(render(redline, "text", only_changes=True).rstrip("\n"))


def _redline(options: argparse.Namespace) -> Redline:
    """The redline of two versions of the meeting, or of two files where neither names a version."""
    missing = [name for name in (options.old, options.new) if not Path(name).is_file()]
    if not missing and not options.where:
        return file_redline(Path(options.old), Path(options.new))
    try:
        return version_redline(open_desk(options), options.old, options.new, options.text)
    except NotAMeeting:
        if len(missing) != 1:
            raise
        raise BadInput(f"There is no file {missing[0]}, and no meeting here.") from None


def _form_of(output: str | None) -> str:
    """The format that a file's name asks for."""
    endings = {".html": "html", ".htm": "html", ".md": "markdown", ".txt": "text", ".json": "json"}
    if not output:
        return "terminal"
    form = endings.get(Path(output).suffix.lower())
    if form is None:
        raise BadInput(f"It is not clear what to write to {output}.", f"Say it with --format: {', '.join(FORMATS)}.")
    return form
