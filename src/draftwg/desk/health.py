"""Is a meeting well? `doctor` looks at everything and mends what can be mended without loss; `verify` proves that the
texts follow from the record.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from draftwg.acts import Act, Log
from draftwg.desk.clock import now
from draftwg.desk.desk import Desk
from draftwg.desk.files import changed_files
from draftwg.errors import BadInput, Damaged, DraftwgError, NotRecorded
from draftwg.hygiene import one_line, shorten
from draftwg.model.state import State
from draftwg.model.symbols import parse_symbol
from draftwg.repository import tags
from draftwg.repository.contents import list_files, read_blobs
from draftwg.repository.finding import MARKER, find_meeting, lacks_git
from draftwg.repository.findings import Finding, Findings, aside
from draftwg.repository.health import Checkup, rescue
from draftwg.repository.housekeeping import Housekeeping
from draftwg.repository.layout import ACT_PATH, FROM_BACKUP, check_kind, read_act
from draftwg.repository.objects import blob_id
from draftwg.repository.record import Record
from draftwg.repository.shield import no_links
from draftwg.repository.stream import Entry
from draftwg.repository.union import acts_in
from draftwg.repository.worktree import WorkTree, is_plain, write_file

__all__ = ["Checked", "Finding", "doctor", "recorded"]


@dataclass
class Checked:
    """What a check-up found, and what it looked at, in words."""

    folder: Path
    findings: Findings
    facts: list[str] = field(default_factory=list)

    @property
    def healthy(self) -> bool:
        """Whether nothing is wrong any more."""
        return not self.findings.remaining


@dataclass(frozen=True)
class Recorded:
    """The record as git has it: the acts that can be read, and why others cannot (by path); the blobs of all files."""

    head: str
    acts: tuple[Act, ...]
    unreadable: Mapping[str, str]
    blobs: Mapping[str, str]
    contents: Mapping[str, bytes]


def recorded(folder: Path, head: str) -> Recorded:
    """Read the record of a commit from git alone. No content of an act file stops it."""
    blobs = dict(list_files(folder, head))
    contents = read_blobs(folder, sorted(set(blobs.values())))
    acts: list[Act] = []
    unreadable: dict[str, str] = {}
    for path, blob in blobs.items():
        if not ACT_PATH.fullmatch(path):
            continue
        try:
            acts.append(read_act(path, contents.get(blob)))
        except Damaged as error:
            unreadable[path] = error.message
    return Recorded(head, tuple(acts), unreadable, blobs, contents)


def doctor(start: Path, *, dry: bool = False, source: Path | None = None, set_aside: bool = False) -> Checked:
    """Look at the meeting in or beside `start` and mend what can be mended without loss.

    `dry` changes nothing. `source` is another clone or a restored backup from which damaged objects are taken.
    `set_aside` takes acts that nobody can read out of the record (copies are kept). NotAMeeting where there is none;
    Damaged where it is of a kind that draftwg does not work on.
    """
    here = start.resolve()
    bare = next((one for one in (here, *here.parents) if lacks_git(one) or (one / ".git").exists()), here)
    folder = bare if lacks_git(bare) else find_meeting(start)
    checked = Checked(folder, Findings(dry))
    findings = checked.findings
    if lacks_git(folder) and not _rebuilt(folder, findings):
        return checked
    no_links(folder / ".git")
    check_kind(folder / ".git")
    housekeeping, checkup = Housekeeping(folder, findings), Checkup(folder, findings)
    housekeeping.look()
    if source is not None:
        if not dry:
            rescue(folder, find_meeting(source))
        checked.facts.append(f"objects taken from {one_line(str(source))}")
    if housekeeping.barred:
        return checked
    if checkup.all_gone() and any(folder.glob("record/*/*.json")):
        if not _rebuilt(folder, findings):
            return checked
    elif not checkup.branch():
        return checked
    if checkup.objects():
        return checked
    checked.facts.append("git: every object is whole")
    checkup.index()
    checkup.strange_entries()
    _marker(folder, findings)
    if not (folder / MARKER).is_file():
        return checked
    record = Record(folder)
    try:
        _record(checked, record, checkup, set_aside=set_aside)
    finally:
        record.close()
    if not dry and checked.healthy:
        _at_last(folder, findings)
    return checked


def _rebuilt(folder: Path, findings: Findings) -> bool:
    """Whether the repository was made anew from the acts beside it; the readable files follow."""
    from draftwg.desk.rebuilding import rebuild  # only here: it is for the worst of cases

    if not rebuild(folder, findings):
        return False
    record = Record(folder, complete=False)
    try:
        with record.writing():
            for line in record.follow():
                findings.note("files", line)
    finally:
        record.close()
    return True


def _marker(folder: Path, findings: Findings) -> None:
    """meeting.json is that of the newest commit."""
    blob = dict(list_files(folder, "refs/heads/main")).get(MARKER, "")
    data = read_blobs(folder, [blob]).get(blob) if blob else None
    if data is None:
        findings.fault(
            "files", f"{MARKER} is missing from the record.", "Bring it back from a backup: draftwg restore."
        )
        return
    place = folder / MARKER
    if place.is_file() and place.read_bytes() == data:
        return

    def back() -> None:
        if place.exists():
            aside(folder / ".git", place)
        write_file(place, data, durable=True)

    findings.mend("files", f"{MARKER} was changed or removed.", back, "It was put back from git.")


def _record(checked: Checked, record: Record, checkup: Checkup, *, set_aside: bool) -> None:
    """The acts, the files that tell them, and what follows from them."""
    findings, folder = checked.findings, checked.folder
    tampered = checkup.tampering()
    if tampered:
        contents = read_blobs(folder, list(tampered.values()))
        files: dict[str, bytes | None] = {path: contents[blob] for path, blob in tampered.items()}
        count = len(files)
        told = (
            f"{count} act {'file was' if count == 1 else 'files were'} changed or removed by a later commit: "
            + shorten(", ".join(sorted(files)), 100)
        )
        subject = f"The record is restored: {count} act{'' if count == 1 else 's'} as recorded first"
        findings.mend("record", f"{told}.", lambda: _commit(record, files, subject), "They are as recorded first.")
    _moved_back(record, checkup, findings)
    was = recorded(folder, record.head())
    if was.unreadable and set_aside:
        _take_out(record, was, findings)
        was = recorded(folder, record.head())
    if _beside(record, was, findings):
        was = recorded(folder, record.head())
    for path, why in was.unreadable.items():
        if path not in tampered:
            findings.fault("record", why, f"Take it out, with a copy kept: draftwg doctor --set-aside ({path}).")
    checked.facts.append(f"record: {len(was.acts)} acts can be read")
    _in_the_way(record, findings)
    _act_files(record, was, findings)
    log = Log(was.acts)
    for contested in log.state.contested:
        findings.note("fold", f"The act {contested.act} is contested: {contested.reason}")
    if was.unreadable or (tampered and findings.dry):
        return
    checked.facts.append(f"fold: {len(log.acts) - len(log.state.contested)} acts have effect")
    _texts(record, was, log.state, findings)
    _files(record, findings)
    _tags(record, log, findings)


def _commit(record: Record, files: Mapping[str, bytes | None], subject: str) -> None:
    """Record these files as they have to be, by the Secretariat."""
    with record.writing():
        at = now()
        entry = Entry(files, "Secretariat", at, subject, "", {})
        if record.append([entry], record.head(), at) is None:
            raise NotRecorded("Another program recorded at the same time.", "Do it again.")
        record.follow(files)


def _moved_back(record: Record, checkup: Checkup, findings: Findings) -> None:
    """Acts of commits at which the branch once was: they are joined to it, as those of another machine are."""
    for tip in checkup.left_behind():
        count = len(acts_in(record.folder, tip) - acts_in(record.folder, record.head()))
        if not count:
            continue

        def join(tip: str = tip) -> None:
            desk = Desk(Record(record.folder))
            try:
                desk.refresh()
                desk.join(tip)
            finally:
                desk.close()

        told = f"The branch was moved back: {count} recorded {'act was' if count == 1 else 'acts were'} not in it."
        findings.mend("branch", told, join, "It was put back." if count == 1 else "They were put back.")


def _at_last(folder: Path, findings: Findings) -> None:
    """A meeting is well if the next command works, whatever was mended."""
    try:
        desk = Desk.open(folder)
        try:
            remarks = desk.settle()
            desk.check_files()
            with desk.record.writing():
                pass
            bad = [path for path, _ in desk.record.readable() if not is_plain(folder / path)]
        finally:
            desk.close()
    except DraftwgError as error:
        findings.fault("again", f"The meeting cannot be worked with: {error.message}", FROM_BACKUP)
        return
    if bad:
        findings.fault("again", f"{bad[0]} is not there, or is no file.", "Move away what stands in its place.")
    for line in remarks:
        findings.fault("again", line, "Look at it by hand.")


def _take_out(record: Record, was: Recorded, findings: Findings) -> None:
    """Acts that nobody can read leave the record; a copy of each is kept."""
    paths = sorted(was.unreadable)

    def out() -> None:
        folder = record.gitdir / "draftwg" / "aside"
        folder.mkdir(parents=True, exist_ok=True)
        for path in paths:
            write_file(folder / path.replace("/", "-"), was.contents.get(was.blobs[path], b""), durable=True)
        count = len(paths)
        _commit(record, dict.fromkeys(paths), f"{count} unreadable act file{'' if count == 1 else 's'} set aside")

    told = f"{len(paths)} act files could not be read: {shorten(', '.join(paths), 100)}."
    findings.mend("record", told, out, "They are out of the record; copies are in .git/draftwg/aside.")


def _act_files(record: Record, was: Recorded, findings: Findings) -> None:
    """The copies of the acts beside the record."""
    acts = {path: blob for path, blob in was.blobs.items() if ACT_PATH.fullmatch(path) and blob in was.contents}
    sizes = {path: (blob, len(was.contents[blob])) for path, blob in acts.items()}
    wrong = WorkTree(record.folder).damaged(sizes, closely=True)
    if not wrong:
        return

    def back() -> None:
        with record.writing():
            for path in wrong:
                place = record.folder / path
                if os.path.lexists(place):
                    aside(record.gitdir, place)
                place.parent.mkdir(parents=True, exist_ok=True)
                write_file(place, was.contents[acts[path]], durable=True)

    gone = sum(not os.path.lexists(record.folder / path) for path in wrong)
    if len(wrong) == 1:
        what = f"{wrong[0]} {'is missing' if gone else 'was changed by hand'}."
    else:
        what = f"{len(wrong)} act files are missing or were changed by hand: {shorten(', '.join(wrong), 100)}."
    findings.mend(
        "files", what, back, "It was put back from git." if len(wrong) == 1 else "They were put back from git."
    )


def _in_the_way(record: Record, findings: Findings) -> None:
    """What stands where a folder or a file of the meeting has to be, and is none: a file, a link, a folder, a pipe."""
    for path in record.in_the_way():
        told = f"Something else stands where {path} of the meeting has to be."
        way = partial(aside, record.gitdir, record.folder / path)
        findings.mend("files", told, way, "It is in .git/draftwg/aside.")


def _beside(record: Record, was: Recorded, findings: Findings) -> bool:
    """Acts whose files lie beside the record, and which git has lost: they are recorded anew. Whether any were."""
    lost: dict[str, tuple[bytes, Act]] = {}
    for place in sorted(record.folder.glob("record/*/*.json")):
        path = str(place.relative_to(record.folder))
        if path in was.blobs or not ACT_PATH.fullmatch(path) or not is_plain(place):
            continue
        try:
            data = place.read_bytes()
            lost[path] = (data, read_act(path, data))
        except (OSError, Damaged):
            findings.note("record", f"{shorten(path, 80)} beside the record is no act; it is passed over.")
    if not lost:
        return False

    def again() -> None:
        with record.writing():
            for path, (data, act) in lost.items():
                entry = Entry({path: data}, act.author, act.at, f"Recorded anew: {act.NAME}", "", {"Act-Id": act.id})
                if record.append([entry], record.head(), now()) is None:
                    raise NotRecorded("Another program recorded at the same time.", "Do it again.")
            record.follow()

    count = len(lost)
    told = f"{count} {'act was' if count == 1 else 'acts were'} beside the record and not in git."
    return findings.mend("record", told, again, "They were recorded anew." if count > 1 else "It was recorded anew.")


def _texts(record: Record, was: Recorded, state: State, findings: Findings) -> None:
    """The readable files in git say what the acts say."""
    right = changed_files(State(), state)
    wrong = {path: data for path, data in right.items() if data is not None and was.blobs.get(path) != blob_id(data)}
    gone: dict[str, bytes | None] = dict.fromkeys(
        path for path in was.blobs if path.startswith("texts/") and path.endswith(".md") and path not in right
    )
    if wrong or gone:
        files = {**wrong, **gone}
        told = f"A commit made readable files say other than the acts: {shorten(', '.join(sorted(files)), 100)}."
        subject = "The readable files are made anew from the acts"
        findings.mend("texts", told, lambda: _commit(record, files, subject), "They were made anew from the acts.")


def _files(record: Record, findings: Findings) -> None:
    """The readable files beside the record are those in git, or a person's work, which stays."""
    head = record.head()
    behind = record.work_tree.in_step_with() != head
    missing = [path for path, _ in record.readable() if not is_plain(record.folder / path)]
    if behind or missing:
        named = f": {shorten(', '.join(missing), 100)}" if missing else ""
        told = f"Readable files are missing or behind the record{named}."
        findings.mend("files", told, record.put_back, "They are in step.")
    for path in record.hand_edits():
        findings.note("files", f"{path} was edited by hand; see it and decide with draftwg edits.")


def _tags(record: Record, log: Log, findings: Findings) -> None:
    """Every issued version has its tag."""
    known = tags.names(record.folder)
    missing = [one.symbol for one in log.state.versions if parse_symbol(one.symbol).tag not in known]
    if missing:
        told = f"The tags of issued versions are missing: {shorten(', '.join(missing), 100)}."

        def back() -> None:
            desk = Desk.open(record.folder)
            remarks = desk.settle()
            desk.close()
            if remarks:
                raise Damaged(remarks[0])

        findings.mend("tags", told, back, "They were set again.")
    for version in log.state.versions:
        name = parse_symbol(version.symbol).tag
        if not missing and tags.act_under(record.folder, name) != version.act:
            way = f"Remove it, and the right one is set at the next start: git tag -d {name}."
            findings.fault(
                "tags", f"The tag {name} is on another commit than the act that issued {version.symbol}.", way
            )


def check_source(source: str | None) -> Path | None:
    """The folder named by --from. BadInput where it is none."""
    if source is None:
        return None
    if not Path(source).is_dir():
        raise BadInput(f"There is no folder {one_line(source)}.", "Name another clone, or a backup that was restored.")
    return Path(source)
