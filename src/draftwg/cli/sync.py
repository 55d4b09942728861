"""Commands for many machines: sync, clone, remote, bundle, contested."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from draftwg.cli.output import data, note, say
from draftwg.cli.parser import Parser, add_command, open_desk
from draftwg.errors import BadInput, DraftwgError
from draftwg.hygiene import one_line

if TYPE_CHECKING:
    from draftwg.desk.sync import Synced


def add(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add sync, clone, remote, bundle and contested."""
    sync = add_command(commands, "sync", "Exchange acts with another machine: both have all of them then.", do_sync)
    sync.add_argument(
        "remote", metavar="REMOTE", nargs="?", default="",
        help="a shared folder, an ssh or https address, a bundle, or a name (draftwg remote); without it, the last one",
    )  # fmt: skip
    sync.add_argument("--create", action="store_true", help="make the shared folder if it is not there")
    sync.add_argument(
        "--watch",
        metavar="SECONDS",
        nargs="?",
        type=float,
        const=5.0,
        help="go on, every 5 seconds or as often as told",
    )
    sync.add_argument("--clerk", metavar="NAME", default="", help="what the others call this machine")
    sync.add_argument("--unit", metavar="LABEL", default="", help="tell the others that this machine is on this unit")
    sync.add_argument("--json", action="store_true", help="answer as JSON")
    clone = add_command(commands, "clone", "Bring a meeting from another machine into a new folder.", do_clone)
    clone.add_argument("source", metavar="REMOTE", help="a shared folder, an ssh or https address, or a bundle")
    clone.add_argument("folder", metavar="MEETING", help="the folder to make")
    remote = add_command(commands, "remote", "List, add or remove the places that the meeting syncs with.", do_remote)
    remote.add_argument("verb", choices=["list", "add", "remove"], nargs="?", default="list")
    remote.add_argument("name", metavar="NAME", nargs="?", default="", help="what it is called here")
    remote.add_argument("place", metavar="REMOTE", nargs="?", default="", help="a folder, or an ssh or https address")
    bundle = add_command(commands, "bundle", "Write the whole meeting into one file, for a stick.", do_bundle)
    bundle.add_argument("file", metavar="FILE", help="the file to write; draftwg sync FILE takes it in elsewhere")
    contested = add_command(
        commands, "contested", "Decisions that machines took against each other, for the Chair.", do_contested
    )
    contested.add_argument("--json", action="store_true", help="answer as JSON")


def do_sync(options: argparse.Namespace) -> int:
    """Exchange once, or again and again."""
    from draftwg.desk.presence import Presence, own_name
    from draftwg.desk.sync import Remotes, share, sync, watch

    if options.watch is not None and not 0.5 <= options.watch <= 3_600:
        raise BadInput("--watch takes 0.5 to 3,600 seconds.")
    desk = open_desk(options)
    remotes = Remotes(desk.record.gitdir)
    remote = remotes.find(options.remote)
    if options.create:
        share(remote.place)
    clerk = remotes.name_clerk(options.clerk) if options.clerk else remotes.clerk
    unit = options.unit and desk.state.find_unit(options.unit)[1].label
    told, there = "", ""

    def tell(result: Synced | DraftwgError) -> None:
        nonlocal told, there
        if isinstance(result, DraftwgError):
            if str(result) != told:
                note(str(result))
            told = str(result)
            return
        told = ""
        for remark in (*result.remarks, *result.contested):
            note(remark)
        present = "; ".join(one.told for one in result.present)
        news = options.watch is None or bool(result.received or result.sent)
        if options.json:
            data(_shape(result), lines=options.watch is None)
        elif news or present != there:
            here = f"{present}." if present else "" if news else "Nobody else is here now."
            say(" ".join(part for part in (result.at[11:16], result.told if news else "", here) if part))
        there = present

    if options.watch is None:
        presence = Presence(clerk, unit, _now()) if clerk else None
        tell(sync(desk, remote, clerk=clerk, presence=presence))
        return 0
    note(f"In step with {remote.shown} every {options.watch:g} seconds; Ctrl+C ends it.")
    watch(desk, remote, options.watch, tell, clerk=clerk or own_name(), unit=unit)
    return 0


def _now() -> str:
    from draftwg.desk.clock import now

    return now()


def _shape(result: Synced) -> dict[str, object]:
    return {
        "remote": result.remote.name,
        "place": result.remote.shown,
        "at": result.at,
        "received": result.received,
        "sent": result.sent,
        "remarks": list(result.remarks),
        "contested": list(result.contested),
        "present": [{"clerk": one.clerk, "unit": one.unit or None, "at": one.at} for one in result.present],
    }


def do_clone(options: argparse.Namespace) -> int:
    """Bring a meeting into a new folder."""
    from draftwg.desk.sync import clone

    desk = clone(options.source, Path(options.folder))
    count = len(desk.log.acts)
    where = one_line(str(desk.record.folder))
    say(f"The meeting “{desk.state.title}” is in {where}, with {count} {'act' if count == 1 else 'acts'}.")
    note(f"Next: draftwg -m {shlex.quote(options.folder)}")
    return 0


def do_remote(options: argparse.Namespace) -> int:
    """List, add or remove."""
    from draftwg.desk.sync import Remotes

    remotes = Remotes(open_desk(options).record.gitdir)
    if options.verb == "add":
        if not options.place:
            raise BadInput("A name and a place are missing.", "Write: draftwg remote add NAME FOLDER-OR-ADDRESS.")
        remote = remotes.add(options.name, options.place)
        say(f"{remote.name}: {remote.shown}")
        return 0
    if options.verb == "remove":
        if not options.name:
            raise BadInput("The name is missing.", "Write: draftwg remote remove NAME.")
        remotes.remove(options.name)
        say(f"{one_line(options.name)} is forgotten; nothing was changed there.")
        return 0
    for remote in remotes.listed():
        at, _ = remotes.last_sync(remote.name)
        say(f"{remote.name:<16} {remote.shown}" + (f"  (last in step {at[:16].replace('T', ' ')})" if at else ""))
    return 0


def do_bundle(options: argparse.Namespace) -> int:
    """Write the bundle."""
    from draftwg.desk.sync import write_bundle

    path = Path(options.file)
    size = write_bundle(open_desk(options), path)
    say(f"{one_line(str(path))}: the whole meeting, {max(1, size // 1024)} KiB.")
    note(
        f"On the other machine: draftwg sync {shlex.quote(path.name)}, or draftwg clone {shlex.quote(path.name)} FOLDER"
    )
    return 0


def do_contested(options: argparse.Namespace) -> int:
    """Tell each contested decision with what stands against it."""
    from draftwg.acts.settling import disputes

    desk = open_desk(options)
    listed = disputes(desk.log)
    if options.json:
        shapes = [
            {
                "id": one.id, "act": one.act, "at": one.at, "reason": one.reason,
                "against": [{"act": told, "at": at} for told, at in one.against],
            }
            for one in listed
        ]  # fmt: skip
        data({"contested": shapes})
        return 0
    for one in listed:
        say(f"{one.short}  {one.at[:16].replace('T', ' ')}  {one.act}")
        say(f"        has no effect: {one.reason}")
        for told, at in one.against:
            say(f"        stands: {at[:16].replace('T', ' ')}  {told}")
    if listed:
        note("The Chair settles each: draftwg settle ID --keep present, contested or neither.")
    else:
        say("Nothing is contested.")
    return 0
