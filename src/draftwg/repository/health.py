"""What may be wrong with the branch of a meeting, its objects and its commits, found and, where nothing can be lost by
it, mended. What lies around them is looked at first (housekeeping.py).

Nothing here knows what an act means: whether the texts follow from the acts is the desk's to say (desk/health.py). The
states and what to do about them: git-fsck(1), and faults tried on real repositories (tests/repository/test_states.py).
"""

import os
import re
from contextlib import suppress
from pathlib import Path

from draftwg.errors import Damaged, DraftwgError
from draftwg.hygiene import one_line, shorten
from draftwg.repository import git
from draftwg.repository.branch import branch_at
from draftwg.repository.contents import list_files
from draftwg.repository.findings import Finding, Findings, aside
from draftwg.repository.layout import FROM_BACKUP, OR_ANEW, read_act
from draftwg.repository.lock import writing
from draftwg.repository.objects import Reader, blob_id, write_object
from draftwg.repository.stream import BRANCH
from draftwg.repository.worktree import OUR_PATH, WorkTree, write_file

_SHA = re.compile(r"[0-9a-f]{40}")
_GONE = (
    "not a tree object", "alid object name", "bad object", "corrupt", "unable to read", "not read", "unpack",
    "not a git repository",
)  # fmt: skip
_PASSING = ("ermission denied", "Input/output error", "Too many open files", "dubious ownership", "Cannot allocate")


class Checkup:
    """The checks of one repository, in the order in which they build on each other."""

    def __init__(self, folder: Path, findings: Findings) -> None:
        self.folder = folder
        self.gitdir = folder / ".git"
        self.findings = findings
        self._said = ""  # what git said of commits that could not be read

    # --- the branch ----------------------------------------------------------------------------------------------

    def all_gone(self) -> bool:
        """Whether no commit of the branch, now or before, can be read since its objects are missing or damaged, and for
        no other reason that git gives, which may pass.
        """
        head = _branch(self.gitdir)
        if (head and self._whole(head)) or self._last_whole():
            return False
        for name in ("objects", "refs"):
            if (self.gitdir / name).is_dir() and not os.access(self.gitdir / name, os.R_OK | os.X_OK):
                return False
        reasons = [line for line in self._said.splitlines() if line.startswith("fatal:")]
        passing = any(sign in self._said for sign in _PASSING)
        return not passing and all(any(sign in line for sign in _GONE) for line in reasons)

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

    def _whole(self, commit: str) -> bool:
        """Whether this commit and the folders of the record in it can be read."""
        try:
            git.run(self.folder, "ls-tree", "-r", "-z", commit)
        except git.GitRefused as refusal:
            self._said += refusal.said
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


def rescue(folder: Path, source: Path) -> None:
    """Take every object of the repository in `source` (another clone, a backup) that is damaged or missing here. A
    history whose beginning was not copied is whole then, if it has it.
    """
    packed = git.run(source, "pack-objects", "--all", "--stdout", "--quiet")
    git.run(folder, "unpack-objects", "-q", stdin=packed)
    shallow, kept = folder / ".git" / "shallow", folder / ".git" / "draftwg" / "shallow"
    if shallow.is_file():
        shallow.replace(kept)
        try:
            git.run(folder, "rev-list", "--quiet", "--objects", BRANCH)
            kept.unlink()
        except git.GitRefused:
            kept.replace(shallow)


def _branch(gitdir: Path) -> str:
    """The commit of the branch, or "" where there is none or it cannot be read."""
    try:
        return branch_at(gitdir)
    except Damaged:
        return ""
