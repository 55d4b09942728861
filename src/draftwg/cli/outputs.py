"""Commands that hand something out: redlines between versions or between two plain files."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from draftwg.cli.output import note, progress, rich_lines, say, styled
from draftwg.cli.parser import Parser, add_command, open_desk
from draftwg.desk.orders import BINARY, EXPORT_FORMATS, FORMATS, KIND_WORDS, Order
from draftwg.errors import BadInput, NotAMeeting
from draftwg.hygiene import clean_line

if TYPE_CHECKING:
    from draftwg.desk import Desk
    from draftwg.formats.redlines import Redline


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add export and redline."""
    export = add_command(
        commands,
        "export",
        "Write a paper: a redline between two points of the text, the clean text, a compilation, a table, a list.",
        do_export,
    )
    export.add_argument("format", choices=EXPORT_FORMATS, help="what kind of file; xml is Akoma Ntoso")
    export.add_argument(
        "points",
        nargs="*",
        metavar="POINT",
        help="symbols, snapshots, times, “original” or “now”: two for a redline (default: original now), else one",
    )
    kind = export.add_mutually_exclusive_group()
    kind.add_argument("--clean", action="store_true", help="the text alone")
    kind.add_argument(
        "--compilation", action="store_true", help="the text with everything that is proposed in brackets"
    )
    kind.add_argument("--table", action="store_true", help="two columns: the text, and what is proposed on it")
    kind.add_argument("--amendments", action="store_true", help="every amendment with its fate (csv, json)")
    export.add_argument("--units", default="", metavar="LABELS", help="only these: “3, 5-8, 15 bis”")
    export.add_argument("--unattributed", action="store_true", help="without the names of delegations")
    export.add_argument("--brackets", action="store_true", help="a redline shows what is pending in brackets")
    export.add_argument("--distribution", default="", metavar="WORD", help="for the masthead: General, Limited …")
    export.add_argument("--text", default="", metavar="NAME", help="the text, where the meeting has several")
    export.add_argument("-o", "--output", metavar="FILE", help="write to FILE; - for stdout")

    pack = add_command(
        commands, "pack", "Write what a delegation takes home: text, redlines, the fates of its proposals.", do_pack
    )
    whom = pack.add_mutually_exclusive_group(required=True)
    whom.add_argument("--for", dest="whom", metavar="NAME", help="for this delegation: one zip")
    whom.add_argument("--all", metavar="DIR", help="for every delegation of the roster: a zip each, in this folder")
    pack.add_argument("-o", "--output", metavar="FILE", help="where the zip of one delegation goes")
    pack.add_argument("--unattributed", action="store_true", help="the redlines do not name other delegations")
    pack.add_argument("--distribution", default="", metavar="WORD", help="for the masthead: General, Limited …")
    pack.add_argument("--text", default="", metavar="NAME", help="the text, where the meeting has several")

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


def do_export(options: argparse.Namespace) -> int:
    """Make the paper and write it."""
    from draftwg.desk.exporting import export
    from draftwg.desk.outputs import write_output

    named = [name for name in ("clean", "compilation", "table", "amendments") if getattr(options, name)]
    kind = named[0] if named else "amendments" if options.format == "csv" else "redline"
    points = list(options.points)
    if len(points) > (2 if kind == "redline" else 1):
        raise BadInput(
            f"The {KIND_WORDS[kind]} takes {'two points' if kind == 'redline' else 'one point'} of the text."
        )
    desk = open_desk(options)
    order = Order(
        kind,
        options.format,
        old=points[0] if kind == "redline" and points else "original",
        new=points[-1] if points and (kind != "redline" or len(points) == 2) else "now",
        text=options.text or next(iter(desk.state.texts), ""),
        units=options.units,
        attributed=not options.unattributed,
        brackets=options.brackets,
        distribution=clean_line(options.distribution),
    )
    if options.text == "":
        desk.state.text()  # says which texts there are, where it is not clear
    made = export(desk, order)
    if options.output == "-" or (options.output is None and options.format not in BINARY):
        if options.format in BINARY:
            sys.stdout.buffer.write(made)
        else:
            say(made.decode().rstrip("\n"))
        return 0
    place = Path(options.output or order.file_name)
    write_output(place, made)
    note(f"The {KIND_WORDS[kind]} is in {place}.")
    return 0


def do_pack(options: argparse.Namespace) -> int:
    """Make the packs and write them, with a bar where somebody watches."""
    from draftwg.desk.packs import pack_all, pack_one

    desk = open_desk(options)
    facts = {
        "text": options.text,
        "unattributed": options.unattributed,
        "distribution": clean_line(options.distribution),
    }
    if options.whom is not None:
        where, pack = pack_one(desk, options.whom, Path(options.output) if options.output else None, **facts)
        note(f"The pack for {pack.delegation} is in {where}: {', '.join(pack.files)}.")
        return 0
    if options.output:
        raise BadInput("--all writes into its folder; -o is for one delegation.")
    written = pack_all(desk, Path(options.all), progress("packs"), **facts)
    note(f"{len(written)} packs are in {options.all}.")
    return 0


def do_redline(options: argparse.Namespace) -> int:
    """Make the redline and print or write it."""
    from draftwg.desk.outputs import render, write_output

    form = options.format or _form_of(options.output)
    if form in BINARY and not options.output:
        raise BadInput("A Word file is written, not shown.", "Say where with -o FILE.")
    redline = _redline(options, word=form in BINARY)
    named = not options.unattributed
    if options.output:
        inputs = (Path(name) for name in (options.old, options.new))
        if any(one.is_file() and Path(options.output).exists() and one.samefile(options.output) for one in inputs):
            raise BadInput(f"{options.output} is one of the texts that are compared.", "Name another file.")
        write_output(Path(options.output), _written(redline, form, named))
        note(f"The redline is in {options.output}.")
        return 0
    if form == "terminal" and styled():
        from draftwg.formats.terminal import redline_rich

        rich_lines(redline_rich(redline, only_changes=not options.all, attributed=named))
    else:
        form = "text" if form == "terminal" else form
        say(render(redline, form, attributed=named, only_changes=not options.all).rstrip("\n"))
    return 0


def print_redline(desk: "Desk", old: str, new: str) -> None:
    """Print the redline between two versions, in signs where stdout shows no styles."""
    from draftwg.desk.outputs import render, version_redline

    redline = version_redline(desk, old, new)
    if styled():
        from draftwg.formats.terminal import redline_rich

        rich_lines(redline_rich(redline, only_changes=True))
    else:
        say(render(redline, "text", only_changes=True).rstrip("\n"))


def _written(redline: "Redline", form: str, named: bool) -> str | bytes:
    from draftwg.desk.exporting import redline_file
    from draftwg.desk.outputs import render

    if form in BINARY:
        return redline_file(redline, form, attributed=named)
    return render(redline, "text" if form == "terminal" else form, attributed=named)


def _redline(options: argparse.Namespace, *, word: bool) -> "Redline":
    """The redline of two versions of the meeting, or of two files where neither names a version."""
    from draftwg.desk.outputs import file_redline, version_redline

    missing = [name for name in (options.old, options.new) if not Path(name).is_file()]
    if not missing and not options.where:
        return file_redline(Path(options.old), Path(options.new), word=word)
    try:
        return version_redline(open_desk(options), options.old, options.new, options.text)
    except NotAMeeting:
        if len(missing) != 1:
            raise
        raise BadInput(f"There is no file {missing[0]}, and no meeting here.") from None


def _form_of(output: str | None) -> str:
    """The format that a file's name asks for."""
    endings = {".html": "html", ".htm": "html", ".md": "markdown", ".txt": "text", ".json": "json", ".docx": "docx"}
    if not output:
        return "terminal"
    form = endings.get(Path(output).suffix.lower())
    if form is None:
        raise BadInput(f"It is not clear what to write to {output}.", f"Say it with --format: {', '.join(FORMATS)}.")
    return form
