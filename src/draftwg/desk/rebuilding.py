"""The git folder of a meeting, made anew from the act files beside it, for when it or all that it held is gone.

That can be done since the acts are the truth and their order is a function of the set of them alone (clock, id). What
only git had is gone with it: when each act was committed, signatures, what was typed and not recorded, the remotes.
"""

import os
import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path

from draftwg.acts import Act, Log
from draftwg.desk.clock import now
from draftwg.desk.desk import entry_of
from draftwg.desk.files import changed_files
from draftwg.errors import Damaged, NotRecorded
from draftwg.hygiene import one_line
from draftwg.repository.findings import Findings, aside
from draftwg.repository.founding import make_repository
from draftwg.repository.layout import ACT_PATH, FROM_BACKUP, act_path, read_act
from draftwg.repository.lock import writing
from draftwg.repository.objects import sync_place
from draftwg.repository.record import Record
from draftwg.repository.shield import forget
from draftwg.repository.stream import Entry
from draftwg.repository.worktree import WorkTree, is_plain

_WAY = "Bring it back into a new folder: draftwg restore FILE FOLDER, or draftwg clone REMOTE FOLDER."
# What git keeps of a history, in the order in which it is taken away; what is draftwg's own and the settings stay.
_HISTORY = ("refs", "packed-refs", "logs", "HEAD", "index", "shallow", "objects")


def rebuild(folder: Path, findings: Findings) -> bool:
    """Make `.git` anew from the act files in `folder`, where there is none or no commit in it can be read; whether that
    was done. What cannot be read, files that were edited by hand and the remains of the old one stay.
    """
    remains = (folder / ".git").exists()
    told = "No commit in .git can be read" if remains else "The folder .git of this meeting is gone"
    told += "; record/ is there."
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
        way = FROM_BACKUP if remains else _WAY
        findings.fault("git", f"{told} The act that founded the meeting cannot be read.", way)
        return False
    done = f"It was made anew from the {len(acts)} acts there: the times of its commits are new, and "
    done += (
        "signatures are gone. What was left of the old one is in .git/draftwg/aside."
        if remains
        else "what only git had (unsaved words, remotes, signatures) is not in it."
    )
    return findings.mend("git", told, partial(_make, folder, Log(acts), files), done)


def _make(folder: Path, log: Log, files: dict[str, bytes]) -> None:
    """All of it in a folder beside, then to its place. Whoever is killed in between finds no commit at the next start,
    and makes it anew again.
    """
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
        if (folder / ".git").exists():
            with writing(folder / ".git"):
                _exchange(folder / ".git", beside / ".git")
        else:
            (beside / ".git").replace(folder / ".git")
            sync_place(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _exchange(gitdir: Path, fresh: Path) -> None:
    """Put the history of `fresh` in the place of the old one, which is put aside; the branch comes last."""
    old = gitdir / "draftwg" / "git"
    if old.exists():  # of one that was cut short
        aside(gitdir, old)
    old.mkdir()
    for name in _HISTORY:
        if os.path.lexists(gitdir / name):
            (gitdir / name).replace(old / name)
    aside(gitdir, old)
    WorkTree(gitdir.parent).forget()
    for name in reversed(_HISTORY):
        if (fresh / name).exists():
            (fresh / name).replace(gitdir / name)
            sync_place(gitdir)


def _entries(log: Log, files: dict[str, bytes]) -> list[Entry]:
    """One commit for each act, in their order, with their files as they are."""
    steps = list(log.walk())
    afters = [*(before for _, before in steps[1:]), log.state]
    entries = []
    for (act, before), after in zip(steps, afters, strict=True):
        try:
            entry = entry_of(act, before, after)
        except Exception:  # an act that came from elsewhere and makes no sense on this state
            trailers = {"Act": act.NAME, "Act-Id": act.id}
            entry = Entry(changed_files(before, after), act.author, act.at, one_line(act.NAME), "", trailers)
        entries.append(replace(entry, files={**entry.files, act_path(act): files[act_path(act)]}))
    return entries
