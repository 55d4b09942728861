"""What may be wrong with the repository of a meeting, found and, where nothing can be lost by it, mended.

Each check gives findings; `Findings` puts them in words. Nothing here knows what an act means: whether the texts
follow from the acts is the desk's to say (desk/health.py). The states and what to do about them: githooks(7),
gitrepository-layout(5), git-fsck(1), and faults tried on real repositories (tests/repository/test_states.py).
"""

import os
import re
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from draftwg.errors import DraftwgError
from draftwg.hygiene import one_line, shorten
from draftwg.repository import git
from draftwg.repository.layout import CONFIG, FROM_BACKUP, OR_ANEW, read_act
from draftwg.repository.lock import LOCKS, STALE, clear_stale, writing
from draftwg.repository.objects import Reader, blob_id, write_object
from draftwg.repository.space import LITTLE
from draftwg.repository.stream import BRANCH
from draftwg.repository.trust import read_settings, strangers
from draftwg.repository.worktree import OUR_PATH, WorkTree, is_plain, list_files, read_at_once, sync_folder, write_file

_SHA = re.compile(r"[0-9a-f]{40}")
_OLD = 600.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at and is not as it should be: what, whether it is mended, and what to do if not.

    `note` is for what is worth telling and no fault.
    """

    check: str
    told: str
    way_out: str = ""
    mended: bool = False
    note: bool = False


@dataclass
class Findings:
    """What the checks found; with `dry`, nothing is changed and a finding says what would be mended."""

    dry: bool = False
    found: list[Finding] = field(default_factory=list)

    def mend(self, check: str, told: str, way: Callable[[], object], done: str) -> bool:
        """Something is wrong, and `way` mends it: do that, or only say so. Whether it was done."""
        if self.dry:
            self.found.append(Finding(check, f"{told} It can be mended.", "Mend it: draftwg doctor."))
            return False
        try:
            way()
        except (DraftwgError, OSError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            self.found.append(Finding(check, f"{told} It could not be mended ({one_line(str(why))}).", FROM_BACKUP))
            return False
        self.found.append(Finding(check, f"{told} {done}", mended=True))
        return True

    def fault(self, check: str, told: str, way_out: str) -> None:
        """Something is wrong and remains so."""
        self.found.append(Finding(check, told, way_out))

    def note(self, check: str, told: str) -> None:
        """Something worth telling."""
        self.found.append(Finding(check, told, note=True))

    @property
    def remaining(self) -> list[Finding]:
        """What is wrong still."""
        return [one for one in self.found if not one.mended and not one.note]


class Checkup:
    """The checks of one repository, in the order in which they build on each other."""

    def __init__(self, folder: Path, findings: Findings) -> None:
        self.folder = folder
        self.gitdir = folder / ".git"
        self.findings = findings
        self.barred = False
        """Whether something stands in the place of a file of the repository and could not be moved away: git may wait
        for it for ever."""

    # --- without a readable branch -----------------------------------------------------------------------------

    def repository(self) -> None:
        """HEAD, locks, settings, strangers, owner, room on the disk, leftovers, an operation of git under way."""
        self._barred()
        self._store()
        self._settings()
        self._locks()
        self._head()
        self._operations()
        self._leftovers()
        self._owner()
        self._room()

    def any_whole(self) -> bool:
        """Whether any commit of the branch, now or before, can be read."""
        head = _branch(self.gitdir)
        return bool((head and self._whole(head)) or self._last_whole())

    def branch(self) -> bool:
        """Whether the branch can be read; one that is gone is set to its last whole commit."""
        place = self.gitdir / BRANCH
        head = _branch(self.gitdir)
        if head and self._whole(head):
            return True
        good = self._last_whole()
        if not good:
            what = "The branch of this meeting is gone" if not head else f"The newest commit ({head[:7]}) is damaged"
            self.findings.fault("branch", f"{what}, and no commit before it is whole.", FROM_BACKUP)
            return False
        told = f"The newest commit ({head[:7]}) is damaged or gone." if head else "The branch of this meeting was gone."

        def back() -> None:
            with writing(self.gitdir):
                if place.is_file():
                    aside(self.gitdir, place)
                place.parent.mkdir(parents=True, exist_ok=True)
                write_file(place, f"{good}\n".encode(), durable=True)

        return self.findings.mend("branch", told, back, f"It is back at {good[:7]}.")

    # --- with one -----------------------------------------------------------------------------------------------

    def objects(self) -> list[str]:
        """git's own check of all objects. Damaged ones are made anew from the files beside the record where these
        have the same contents. Gives the ids of those that remain damaged.
        """
        bad = self._damaged_objects()
        if not bad:
            return []
        mended = [] if self.findings.dry else self._from_files(bad)
        remaining = bad if self.findings.dry else self._damaged_objects()
        if mended:
            count = len(mended)
            told = (
                f"{count} damaged or missing {'object was' if count == 1 else 'objects were'} made anew from the files."
            )
            self.findings.found.append(Finding("git", told, mended=True))
        for id in remaining[:20]:
            self.findings.fault("git", f"The object {id[:12]} is damaged or missing.", OR_ANEW)
        if len(remaining) > 20:
            self.findings.fault("git", f"{len(remaining) - 20} more objects are damaged or missing.", OR_ANEW)
        return remaining

    def index(self) -> None:
        """git's index: read anew from the newest commit where it is damaged, missing or unmerged."""
        path = self.gitdir / "index"
        try:
            listed = git.run(self.folder, "ls-files", "--unmerged", "-z") if path.is_file() else None
        except git.GitRefused:
            listed = None
        if listed == b"":
            return
        what = "is missing" if not path.exists() else "is damaged" if listed is None else "has an unfinished merge"

        def anew() -> None:
            with writing(self.gitdir):
                if path.exists():
                    aside(self.gitdir, path)
                git.run(self.folder, "read-tree", _branch(self.gitdir))

        self.findings.mend("index", f"git's index {what}.", anew, "It was made anew.")

    def tampering(self) -> dict[str, str]:
        """Act files that a later commit changed or removed: path and the blob that was recorded first."""
        out = git.run(
            self.folder, "log", "-m", "--no-renames", "--diff-filter=MDT", "--raw", "--no-abbrev", "-z",
            "--format=", "--reverse", BRANCH, "--", "record",
        )  # fmt: skip
        first: dict[str, str] = {}
        fields = out.decode("utf-8", "surrogateescape").split("\0")
        for place, head in enumerate(fields):
            words = head.lstrip("\n").split(" ")
            if len(words) == 5 and words[0].startswith(":") and place + 1 < len(fields):
                first.setdefault(fields[place + 1], words[2])
        listed = dict(list_files(self.folder, BRANCH, "record"))
        with_reader = Reader(self.folder)
        try:
            wrong = {}
            for path, blob in first.items():
                if listed.get(path) == blob or not OUR_PATH.fullmatch(path):
                    continue
                try:
                    read_act(path, with_reader.read(blob, "blob"))
                except DraftwgError:
                    continue  # it was no act before either
                wrong[path] = blob
            return wrong
        finally:
            with_reader.close()

    def left_behind(self) -> list[str]:
        """The commits at which this branch once was and which are not in its history now: it was moved back, and what
        was recorded there was acknowledged. Commits that were never on the branch are none of these: their acts were
        refused, and drafted anew.
        """
        log = self.gitdir / "logs" / BRANCH
        lines = log.read_text("utf-8", "replace").splitlines() if log.is_file() else []
        known = {word for line in lines for word in line.split(" ")[:2]} | {WorkTree(self.folder).in_step_with()}
        asked = "\n".join([*(id for id in sorted(known) if _SHA.fullmatch(id) and int(id, 16)), f"^{BRANCH}"])
        try:
            out = git.run(
                self.folder, "rev-list", "--parents", "--ignore-missing", "--stdin", stdin=f"{asked}\n".encode("ascii")
            )
        except git.GitRefused:
            return []  # their objects are gone
        found = [line.split(" ") for line in out.decode("ascii").splitlines()]
        parents = {parent for _, *others in found for parent in others}
        return [id for id, *_ in found if id not in parents and self._whole(id)]

    def strange_entries(self) -> None:
        """What lies in the newest commit and is no file of ours: links, submodules, other names. It is not written."""
        out = git.run(self.folder, "ls-tree", "-r", "-z", "--full-tree", BRANCH)
        for line in out.split(b"\0"):
            mode, _, rest = line.partition(b" ")
            path = rest.partition(b"\t")[2].decode("utf-8", "surrogateescape")
            kind = {b"120000": "a link", b"160000": "a submodule", b"100755": "a program"}.get(mode)
            if not rest or (kind is None and (OUR_PATH.fullmatch(path) or not path.startswith(("record/", "texts/")))):
                continue
            shown = shorten(one_line(path), 80)
            self.findings.note("record", f"{shown} is {kind or 'no file of draftwg'}; it is passed over.")

    # --- inside -------------------------------------------------------------------------------------------------

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
        """git takes a folder without one for no repository."""
        store = self.gitdir / "objects"
        if not store.exists() and not self.findings.dry:
            store.mkdir()

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
            if kept and not self._is_in_branch(kept):
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
            self.findings.note("git", "The history is shallow: its beginning was not copied. The acts are all there.")

    def _leftovers(self) -> None:
        old = [place for place in _temporary(self.folder) if time.time() - place.lstat().st_mtime > _OLD]
        if old:
            self.findings.mend(
                "leftovers",
                f"{len(old)} temporary files were left behind by programs that were killed.",
                lambda: [remove(place) for place in old],
                "They are gone.",
            )

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

    def _whole(self, commit: str) -> bool:
        """Whether this commit and the folders of the record in it can be read."""
        try:
            git.run(self.folder, "ls-tree", "-r", "-z", commit)
        except git.GitRefused:
            return False
        return True

    def _last_whole(self) -> str:
        """The newest commit that can be read, of those at which the branch was and the one that the files are in step
        with; "" where there is none.
        """
        log = self.gitdir / "logs" / BRANCH
        lines = log.read_text("utf-8", "replace").splitlines() if log.is_file() else []
        known = [line.split(" ")[1] for line in reversed(lines) if line.count(" ") > 1]
        known.append(WorkTree(self.folder).in_step_with())
        commits = dict.fromkeys(id for id in known if _SHA.fullmatch(id) and int(id, 16))
        return next((commit for commit in commits if self._whole(commit)), "")

    def _is_in_branch(self, commit: str) -> bool:
        try:
            git.run(self.folder, "merge-base", "--is-ancestor", commit, BRANCH)
        except git.GitRefused:
            return False
        return True

    def _damaged_objects(self) -> list[str]:
        """The ids that fsck tells to be damaged or missing."""
        out = git.run(
            self.folder, "fsck", "--full", "--no-dangling", "--no-progress", "--no-reflogs", BRANCH,
            accept=range(256), errors_too=True,
        )  # fmt: skip
        return damaged_objects(out)

    def _from_files(self, bad: list[str]) -> list[str]:
        """Make these objects anew from files with their contents, and from git's index."""
        with writing(self.gitdir):
            wanted = set(bad)
            mended = []
            for id in bad:
                loose = self.gitdir / "objects" / id[:2] / id[2:]
                if loose.is_file():
                    aside(self.gitdir, loose)
            for place in [
                *self.folder.glob("record/*/*.json"),
                *self.folder.glob("texts/*.md"),
                *self.folder.glob("*"),
            ]:
                if place.is_file() and not place.is_symlink():
                    data = place.read_bytes()
                    if blob_id(data) in wanted:
                        mended.append(write_object(self.gitdir / "objects", "blob", data))
            with suppress(git.GitRefused):
                git.run(self.folder, "write-tree", "--missing-ok")  # the folders, if the index is in step
            return mended


def damaged_objects(out: bytes) -> list[str]:
    """The ids that fsck tells, in this output, to be damaged or missing."""
    found = []
    for line in out.decode("utf-8", "replace").splitlines():
        if line.startswith(("dangling", "notice", "warning", "Checking")):
            continue
        found += [id for id in _SHA.findall(line.replace("/", "")) if "broken link" not in line]
    return list(dict.fromkeys(found))


def aside(gitdir: Path, place: Path) -> Path:
    """Put a file or folder away, inside the repository's own folder; gives where it is now."""
    folder = gitdir / "draftwg" / "aside"
    folder.mkdir(parents=True, exist_ok=True)
    count = 1
    while (kept := folder / f"{place.name}.{count}").exists():
        count += 1
    place.replace(kept)
    sync_folder(folder)
    return kept


def remove(place: Path) -> bool:
    """Take a file away; whether it is gone."""
    place.unlink(missing_ok=True)
    return True


def rescue(folder: Path, source: Path) -> None:
    """Take every object of the repository in `source` (another clone, a backup) that is damaged or missing here."""
    packed = git.run(source, "pack-objects", "--all", "--stdout", "--quiet")
    git.run(folder, "unpack-objects", "-q", stdin=packed)


def _branch(gitdir: Path) -> str:
    """The commit of the branch as its files tell, or ""."""
    try:
        found = read_at_once(gitdir / BRANCH).strip()
    except OSError:
        try:
            lines = read_at_once(gitdir / "packed-refs").splitlines()
        except OSError:
            lines = []
        found = next((line.split()[0] for line in lines if line.endswith(f" {BRANCH}")), "")
    return found if _SHA.fullmatch(found) else ""


def _temporary(folder: Path) -> list[Path]:
    """Files that are written before they are renamed: ours, and git's objects."""
    places = [*folder.glob(".*.tmp"), *folder.glob("texts/.*.tmp"), *folder.glob("record/*/.*.tmp")]
    places += [*folder.glob(".git/draftwg/.*.tmp"), *folder.glob(".git/objects/??/tmp_obj_*")]
    return [*places, *folder.glob(".git/objects/pack/tmp_*"), *folder.glob(".git/refs/heads/.*.tmp")]


_FOLDERS = ("draftwg", "draftwg/journal", "draftwg/room", "logs", "refs", "refs/heads", "refs/tags")
_FILES = (
    "draftwg/lock", "draftwg/in-step", "HEAD", "config", "index", "packed-refs", BRANCH, f"logs/{BRANCH}", "shallow",
)  # fmt: skip
_OPERATIONS = {
    "MERGE_HEAD": "merge", "CHERRY_PICK_HEAD": "cherry-pick", "REVERT_HEAD": "revert", "BISECT_LOG": "bisect",
    "rebase-merge": "rebase", "rebase-apply": "rebase",
}  # fmt: skip
