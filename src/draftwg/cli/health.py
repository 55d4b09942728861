"""Commands for the meeting's health: doctor, verify, backup, restore, edits."""

import argparse
import sys
from pathlib import Path

from draftwg.cli.output import data, note, say
from draftwg.cli.parser import Parser, add_command, open_desk, place
from draftwg.hygiene import shorten


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add doctor, verify, backup, restore and edits."""
    doctor = add_command(
        commands,
        "doctor",
        "Look at record, texts, git, locks and disk; mend what can be mended without loss.",
        do_doctor,
    )
    doctor.add_argument("--dry-run", action="store_true", help="only tell what is wrong; change nothing")
    doctor.add_argument("--from", dest="source", metavar="FOLDER", help="take damaged objects from another clone")
    doctor.add_argument(
        "--set-aside", action="store_true", help="take acts that nobody can read out of the record (copies are kept)"
    )
    verify = add_command(commands, "verify", "Prove that the texts follow from the record; list every act.", do_verify)
    verify.add_argument("--quiet", action="store_true", help="only the result, not the acts")
    for parser in (doctor, verify):
        parser.add_argument("--json", action="store_true", help="answer as JSON (see docs/json.md)")
    backup = add_command(commands, "backup", "Write the whole meeting, unsaved words too, into one FILE.", do_backup)
    backup.add_argument("file", metavar="FILE", help="the file to write")
    restore = add_command(commands, "restore", "Make a meeting in a new FOLDER from a backup.", do_restore)
    restore.add_argument("file", metavar="FILE", help="what draftwg backup wrote")
    restore.add_argument("folder", metavar="FOLDER", help="the folder to make")
    edits = add_command(
        commands, "edits", "Show what was edited by hand in texts/; adopt it or put it aside.", do_edits
    )
    edits.add_argument("file", metavar="FILE", nargs="*", help="only these; one that was put aside as well")
    ways = edits.add_mutually_exclusive_group()
    ways.add_argument("--adopt", action="store_true", help="record it as editorial changes of the Secretariat")
    ways.add_argument("--aside", action="store_true", help="keep it in another file, and put the text back")
    edits.add_argument("--reason", default="", metavar="WORDS", help="why, for the record")


def do_doctor(options: argparse.Namespace) -> int:
    """Examine and mend; 2 if something remains wrong."""
    from draftwg.desk.health import check_source, doctor

    source = check_source(options.source)
    checked = doctor(place(options), dry=options.dry_run, source=source, set_aside=options.set_aside)
    findings = checked.findings.found
    if options.json:
        keys = ("check", "told", "way_out", "mended", "note")
        told = [{key: getattr(one, key) for key in keys} for one in findings]
        data({"healthy": checked.healthy, "findings": told, "facts": checked.facts})
        return 0 if checked.healthy else 2
    for fact in checked.facts:
        say(f"good    {fact}")
    for one in findings:
        sign = "mended" if one.mended else "note" if one.note else "wrong"
        say(f"{sign:<7} {one.told}")
        if one.way_out:
            say(f"        {one.way_out}")
    wrong = len(checked.findings.remaining)
    mended = sum(one.mended for one in findings)
    also = f" {mended} mended." if mended else ""
    say(
        f"The meeting is well.{also}"
        if not wrong
        else f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong.{also}"
    )
    return 0 if checked.healthy else 2


def do_verify(options: argparse.Namespace) -> int:
    """Fold the record anew from git, and compare; 2 if anything differs."""
    from draftwg.desk.verifying import verify

    told = verify(place(options))
    if options.json:
        keys = ("clock", "id", "act", "author", "at", "blob", "commit", "signature")
        acts = [{key: getattr(one, key) for key in keys} for one in told.acts]
        data({"head": told.head, "proved": told.proved, "acts": acts, "texts": told.texts, "trouble": told.trouble})
        return 0 if told.proved else 2
    for one in () if options.quiet else told.acts:
        signed = f"  {one.signature}" if one.signature else ""
        hashes = f"{one.clock:>6} {one.blob[:12]} {one.commit[:12]}"
        say(f"{hashes} {one.at} {one.author}: {shorten(one.subject, 90)}{signed}")
    for name, blob in told.texts.items():
        say(f"text   {blob[:12]} {name}")
    for line in told.trouble:
        say(f"wrong  {line}")
    for path in told.behind:
        say(f"note   {path} beside the record is behind it; it follows at the next start, when the disk lets it.")
    count = f"{len(told.acts)} acts, newest commit {told.head}"
    say(f"The texts follow from the record: {count}." if told.proved else f"Not proved: {count}. Next: draftwg doctor.")
    return 0 if told.proved else 2


def do_backup(options: argparse.Namespace) -> int:
    """Write the backup, read it back, and say what is in it."""
    from draftwg.desk.backup import backup

    told = backup(place(options), Path(options.file))
    say(f"{told.acts} acts and {told.unsaved} unsaved edits are in {options.file} ({told.size:,} bytes).")
    say("It was read back: it leads to the same texts.")
    return 0


def do_restore(options: argparse.Namespace) -> int:
    """Make the meeting anew."""
    from draftwg.desk.backup import restore

    told = restore(Path(options.file), Path(options.folder))
    say(f"{told.acts} acts and {told.unsaved} unsaved edits are in {options.folder}.")
    return 0


def do_edits(options: argparse.Namespace) -> int:
    """Show, adopt or put aside what a person wrote into the readable files."""
    from draftwg.desk.edits import adopt, hand_edited, put_aside, put_aside_before

    desk = open_desk(options, edits_told=False, records=options.adopt)
    found = hand_edited(desk, options.file)
    if not found:
        say("No text was edited by hand.")
    if not options.file:
        for name in put_aside_before(desk):
            say(f"Put aside before: {name} (draftwg edits {name} shows it)")
    if not found:
        return 0
    for edited in found:
        say(f"{edited.path}:")
        for unit in edited.units:
            say(f"  {unit.label:<8} {unit.redline}")
        for line in edited.left_out:
            say(f"  {line}")
    if options.adopt:
        for receipt in adopt(desk, found, options.reason):
            say(f"{receipt.commit[:7]} {receipt.subject}")
            for warning in receipt.warnings:
                note(warning)
    elif options.aside:
        for line in put_aside(desk, found):
            say(line)
    else:
        sys.stdout.flush()
        adoptable = any(edited.units for edited in found)
        first = "Record them as editorial changes: draftwg edits --adopt. " if adoptable else ""
        note(f"{first}Keep them in another file: draftwg edits --aside.")
    return 0
