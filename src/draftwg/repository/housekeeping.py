"""What may be wrong around the objects of a meeting: its settings, locks, HEAD, leftovers, owner, room on the disk, and
what a person or another program has put there. Looked at before git is asked anything, and mended where nothing can be
lost by it: githooks(7), gitrepository-layout(5).
"""

import os
import re
import shutil
import time
from functools import partial
from pathlib import Path

from draftwg.hygiene import shorten
from draftwg.repository import git
from draftwg.repository.findings import Findings, aside
from draftwg.repository.history import in_history
from draftwg.repository.layout import CONFIG
from draftwg.repository.lock import LOCKS, STALE, clear_stale, writing
from draftwg.repository.space import LITTLE
from draftwg.repository.stream import BRANCH
from draftwg.repository.trust import read_settings, strangers
from draftwg.repository.worktree import clear, is_plain, write_file

_SHA = re.compile(r"[0-9a-f]{40}")
_PACKED = re.compile(r"#.*|\^?[0-9a-f]{40}|[0-9a-f]{40} refs/\S+")
_OLD = 600.0
SHALLOW = (
    "The history is shallow: its beginning was not copied. Bring it from a whole one: draftwg doctor --from FOLDER."
)
_FOLDERS = ("draftwg", "draftwg/journal", "draftwg/room", "logs", "refs", "refs/heads", "refs/tags")
_FILES = (
    "draftwg/lock", "draftwg/in-step", "HEAD", "config", "index", "packed-refs", BRANCH, f"logs/{BRANCH}", "shallow",
)  # fmt: skip
_OPERATIONS = {
    "MERGE_HEAD": "merge", "CHERRY_PICK_HEAD": "cherry-pick", "REVERT_HEAD": "revert", "BISECT_LOG": "bisect",
    "rebase-merge": "rebase", "rebase-apply": "rebase",
}  # fmt: skip


class Housekeeping:
    """The checks of what lies in the repository's own folder beside its objects."""

    def __init__(self, folder: Path, findings: Findings) -> None:
        self.folder = folder
        self.gitdir = folder / ".git"
        self.findings = findings
        self.barred = False
        """Whether something stands in the place of a file of the repository and could not be moved away: git may wait
        for it for ever."""

    def look(self) -> None:
        """HEAD, locks, settings, strangers, owner, room on the disk, leftovers, an operation of git under way."""
        self._barred()
        self._store()
        self._packed()
        self._settings()
        self._locks()
        self._head()
        self._operations()
        self._leftovers()
        self._owner()
        self._room()

    def _barred(self) -> None:
        """Something else than the folder or file of that name, in the repository's own folder."""
        for name in (*_FOLDERS, *_FILES):
            place = self.gitdir / name
            if not os.path.lexists(place) or (place.is_dir() if name in _FOLDERS else is_plain(place)):
                continue

            def away(place: Path = place) -> None:
                moved = place.with_name(f"{place.name}.in-the-way")
                place.replace(moved)
                aside(self.gitdir, moved)

            told = f"Something else stands in the place of .git/{name}."
            self.barred = not self.findings.mend("git", told, away, "It is in .git/draftwg/aside.") or self.barred

    def _store(self) -> None:
        """git takes a folder without these for no repository."""
        for store in (self.gitdir / "objects", self.gitdir / "refs"):
            if not store.exists() and not self.findings.dry:
                store.mkdir()

    def _packed(self) -> None:
        """A line that is none in packed-refs, for which git refuses everything."""
        place = self.gitdir / "packed-refs"
        try:
            lines = place.read_text("utf-8", "replace").splitlines() if is_plain(place) else []
        except OSError:
            return
        good = [line for line in lines if _PACKED.fullmatch(line)]
        if len(good) == len(lines):
            return

        def anew() -> None:
            with writing(self.gitdir):
                aside(self.gitdir, place)
                write_file(place, "".join(f"{line}\n" for line in good).encode(), durable=True)

        told = ".git/packed-refs has a line that cannot be read."
        self.findings.mend("refs", told, anew, "It was made anew without; the old one is in .git/draftwg/aside.")

    def _settings(self) -> None:
        settings = read_settings(self.gitdir)
        place = self.gitdir / "config"
        if settings.broken or not place.is_file():
            told = (
                f".git/config line {settings.broken} cannot be read." if settings.broken else ".git/config is missing."
            )

            def anew() -> None:
                if place.exists():
                    aside(self.gitdir, place)
                write_file(place, CONFIG, durable=True)

            self.findings.mend("settings", told, anew, "It was made anew; the old one is in .git/draftwg/aside.")
        for line in strangers(self.gitdir):
            self.findings.note("strangers", line)

    def _locks(self) -> None:
        for name in LOCKS:
            path = self.gitdir / name
            try:
                age = time.time() - path.stat().st_mtime
            except OSError:
                continue
            if age <= STALE:
                self.findings.note("locks", f".git/{name} is there: another program of git is at work.")
                continue

            def clear() -> None:
                with writing(self.gitdir):
                    clear_stale(self.gitdir)

            self.findings.mend(
                "locks", f".git/{name} was left behind by a program that was killed.", clear, "It is gone."
            )

    def _head(self) -> None:
        place = self.gitdir / "HEAD"
        try:
            content = place.read_text("ascii", "replace").strip() if is_plain(place) else ""
        except OSError:
            content = ""
        if content == f"ref: {BRANCH}":
            return
        kept = ""
        if _SHA.fullmatch(content):
            told = f"HEAD is detached at {content[:7]}."
            kept = content
        else:
            shown = shorten(content, 40)
            told = f"HEAD says “{shown}”, not the branch main." if content else "HEAD is missing or empty."

        def back() -> None:
            if kept and not in_history(self.folder, kept):
                git.run(
                    self.folder, "update-ref", "--stdin", stdin=f"update refs/draftwg/aside/{kept} {kept}\n".encode()
                )
            write_file(place, f"ref: {BRANCH}\n".encode(), durable=True)

        self.findings.mend("HEAD", told, back, "It points to main again.")

    def _operations(self) -> None:
        for name, what in _OPERATIONS.items():
            place = self.gitdir / name
            if place.exists():
                told = f"Somebody began a git {what} here and did not end it."
                self.findings.mend(
                    "git", told, partial(aside, self.gitdir, place), "It is ended; the record is as it was."
                )
        if (self.gitdir / "shallow").exists():
            self.findings.note("git", f"{SHALLOW} The acts are all there.")

    def _leftovers(self) -> None:
        old = [place for place in _temporary(self.folder) if time.time() - place.lstat().st_mtime > _OLD]
        if old:

            def away() -> None:
                for place in old:
                    clear(place)

            told = f"{len(old)} temporary files were left behind by programs that were killed."
            self.findings.mend("leftovers", told, away, "They are gone.")

    def _owner(self) -> None:
        owner = self.gitdir.stat().st_uid
        if owner != os.geteuid() and os.geteuid() != 0:
            self.findings.note("owner", f"The repository belongs to another user (number {owner}).")
        if not os.access(self.gitdir, os.W_OK) or os.statvfs(self.gitdir).f_flag & os.ST_RDONLY:
            hint = "Check the owner and the permissions of the folder, or copy it to another disk."
            self.findings.fault("disk", "The folder cannot be written to; the meeting can only be read.", hint)

    def _room(self) -> None:
        room = shutil.disk_usage(self.folder).free
        if room < LITTLE:
            self.findings.fault("disk", f"There are only {room // 1_000_000} MB free on this disk.", "Free some space.")


def _temporary(folder: Path) -> list[Path]:
    """Files that are written before they are renamed: ours, and git's objects."""
    places = [*folder.glob(".*.tmp"), *folder.glob("texts/.*.tmp"), *folder.glob("record/*/.*.tmp")]
    places += [*folder.glob(".git/draftwg/.*.tmp"), *folder.glob(".git/objects/??/tmp_obj_*")]
    return [*places, *folder.glob(".git/objects/pack/tmp_*"), *folder.glob(".git/refs/heads/.*.tmp")]
