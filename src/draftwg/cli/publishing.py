"""The command that makes the website of a meeting."""

import argparse
from pathlib import Path

from draftwg.cli.output import note, progress
from draftwg.cli.parser import Parser, add_command, open_desk


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add publish."""
    parser = add_command(
        commands,
        "publish",
        "Make the website of the meeting: text, versions, redlines, histories, amendments, downloads.",
        do_publish,
    )
    parser.add_argument("folder", metavar="DIR", help="where it goes: a new or empty folder, or an earlier site")
    parser.add_argument("--unattributed", action="store_true", help="without the names of delegations")
    parser.add_argument("--settled", action="store_true", help="without anything that awaits a decision")
    parser.add_argument("--text", default="", metavar="NAME", help="only this text, where the meeting has several")


def do_publish(options: argparse.Namespace) -> int:
    """Make the site, with a line that tells how far it is where somebody watches."""
    from draftwg.desk.publishing import publish
    from draftwg.desk.siteunits import Open

    desk = open_desk(options)
    seen = Open(attributed=not options.unattributed, settled=options.settled)
    done = publish(desk, Path(options.folder), progress("files", every=10), text=options.text, seen=seen)
    if not done.changed:
        note(f"Nothing has changed; {options.folder} stands as it is ({done.files} files).")
    else:
        note(f"The website is in {options.folder}: {done.files} files, {done.made} made anew. Open index.html.")
    return 0
