"""The git folder of a meeting, made anew from the act files beside it, for when it is gone.

That can be done since the acts are the truth and their order is a function of the set of them alone (clock, id). What
only git had is gone with it: when each act was committed, signatures, what was typed and not recorded, the remotes.
"""

import os
import shutil
from functools import partial
from pathlib import Path

from draftwg.acts import Act, Log
from draftwg.desk.clock import now
from draftwg.desk.files import changed_files
from draftwg.errors import Damaged, NotRecorded
from draftwg.hygiene import one_line
from draftwg.model.state import State
from draftwg.repository.health import Findings
from draftwg.repository.layout import ACT_PATH, act_path, read_act
from draftwg.repository.record import Record, make_repository
from draftwg.repository.shield import forget
from draftwg.repository.stream import Entry
from draftwg.repository.worktree import is_plain, sync_folder

_WAY = "Bring it back into a new folder: draftwg restore FILE FOLDER, or draftwg clone REMOTE FOLDER."


def rebuild(folder: Path, findings: Findings) -> bool:
    """Make `.git` anew from the act files in `folder`, which has none; whether that was done. What cannot be read, and
    files that were edited by hand, stay.
    """
    told = "The folder .git of this meeting is gone; record/ is there."
    files: dict[str, bytes] = {}
    acts: list[Act] = []
    for place in sorted(folder.glob("record/*/*.json")):
        path = place.relative_to(folder).as_posix()
        if not ACT_PATH.fullmatch(path):
            continue
        try:
            files[path] = place.read_bytes() if is_plain(place) else b""
            acts.append(read_act(path, files[path]))
        except (OSError, Damaged) as error:
            why = str(error.strerror) if isinstance(error, OSError) else error.message
            findings.fault("record", f"{why.rstrip('.')}; it was left out.", f"It stays where it is: {path}.")
    if not any(act.NAME == "found" for act in acts):
        findings.fault("git", f"{told} The act that founded the meeting cannot be read.", _WAY)
        return False
    log = Log(acts)
    done = (
        f"It was made anew from the {len(acts)} acts there: the times of its commits are new, and what only git had "
        "(unsaved words, remotes, signatures) is not in it."
    )
    return findings.mend("git", told, partial(_make, folder, log, files, findings), done)


def _make(folder: Path, log: Log, files: dict[str, bytes], findings: Findings) -> None:
    """All of it in a folder beside, then in one step to its place."""
    beside = folder / f".git.{os.getpid()}.tmp"
    try:
        beside.mkdir()
        make_repository(beside)
        record = Record(beside, complete=False)
        try:
            with record.writing():
                if record.append(_entries(log, files), "", now()) is None:
                    raise NotRecorded("Another program is at work in it.", "Try again.")
        finally:
            record.close()
            forget(beside)
        forget(folder)
        (beside / ".git").replace(folder / ".git")
        sync_folder(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    record = Record(folder, complete=False)
    try:
        with record.writing():
            for line in record.follow():
                findings.note("files", line)
    finally:
        record.close()


def _entries(log: Log, files: dict[str, bytes]) -> list[Entry]:
    """One commit for each act, in their order, as they were first recorded."""
    steps = list(log.walk())
    entries = []
    for place, (act, before) in enumerate(steps):
        after = steps[place + 1][1] if place + 1 < len(steps) else log.state
        path = act_path(act)
        subject, body, trailers = _words(act, before)
        changed = {path: files[path], **changed_files(before, after)}
        entries.append(Entry(changed, act.author, act.at, subject, body, trailers))
    return entries


def _words(act: Act, before: State) -> tuple[str, str, dict[str, str]]:
    """What the commit says; of an act that came from elsewhere and makes no sense on this state, its name alone."""
    trailers = {"Act": act.NAME, "Act-Id": act.id}
    try:
        return act.subject(before), act.body(before), {**trailers, **act.trailers(before)}
    except Exception:
        return one_line(act.NAME), "", trailers
