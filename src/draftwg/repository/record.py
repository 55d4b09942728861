"""The record of a meeting: one immutable file per act, one commit per act, appended durably and read whole or from
where one was.

The way of an act: lock; read the branch; the caller decides on that state; write the commit; sync; let git move the
branch from the commit just read to the new one, which it refuses if the branch has moved; sync; acknowledge; then
bring the files beside the record in step.
"""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from draftwg.acts import Act
from draftwg.errors import Damaged, DiskFull, DraftwgError, NotRecorded
from draftwg.hygiene import one_line
from draftwg.model.symbols import parse_symbol
from draftwg.repository import git
from draftwg.repository.building import Builder
from draftwg.repository.history import Commit, History
from draftwg.repository.layout import (
    ACT_PATH,
    CONFIG,
    FORMAT,
    MARKER,
    REPAIR,
    act_file,
    act_path,
    check_meeting,
    find_meeting,
    json_bytes,
    marker,
    read_act,
)
from draftwg.repository.lock import clear_stale, refused, writing
from draftwg.repository.objects import Reader, blob_id, sync_together
from draftwg.repository.shield import private_folder
from draftwg.repository.signing import sign, wanted
from draftwg.repository.space import keep_reserve, release_reserve, says_full
from draftwg.repository.stream import BRANCH, Entry, person_at, stream
from draftwg.repository.trust import read_settings
from draftwg.repository.worktree import OUR_PATH, WorkTree, in_the_way, list_files, read_at_once, read_blobs, write_file

__all__ = [
    "FORMAT", "MARKER", "Commit", "Record", "act_file", "act_path", "find_meeting", "json_bytes", "marker",
]  # fmt: skip

_NOTHING = "0" * 40
_TICK = 50_000_000  # nanoseconds in which a folder may change twice and show one time
_FEW = 8  # entries in a row; more of them git packs well by itself


class Record:
    """A meeting's repository. One object serves one thread; several processes may each have their own.

    NotAMeeting or Damaged where the folder holds none that this program works on; not asked where it is not yet
    `complete`.
    """

    def __init__(self, folder: Path, *, complete: bool = True) -> None:
        self.folder = folder
        self.gitdir = folder / ".git"
        self.work_tree = WorkTree(folder)
        self.history = History(folder)
        self._reader = Reader(folder)
        self._read_at = ""  # the commit up to which _files tells
        self.progress: Callable[[str, int, int], None] | None = None
        """Told what is being done, and for how many acts of how many it is done."""
        self._files: dict[str, tuple[str, int]] = {}  # act files that were read: blob and size
        self._reserve = False  # whether there was one, as far as is known here
        self._synced: dict[Path, int] = {}  # folders and their times when they were last synced
        if complete:
            check_meeting(folder)
        self.durable = read_settings(self.gitdir).fsync

    @classmethod
    def create(cls, folder: Path, title: str) -> "Record":
        """A new repository for a meeting, without a commit. NotRecorded where the folder holds anything already or
        cannot be written.
        """
        there = folder.exists()
        try:
            if there and (not folder.is_dir() or any(folder.iterdir())):
                raise NotRecorded(f"{one_line(str(folder))} is there already and not empty.", "Choose another folder.")
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise refused(error) from None
        try:
            make_repository(folder)
            write_file(folder / MARKER, marker(title), durable=False)
        except (Damaged, OSError) as error:
            shutil.rmtree(folder / ".git", ignore_errors=True)  # all of it is ours: the folder was empty
            if not there:
                with suppress(OSError):
                    folder.rmdir()
            if isinstance(error, OSError):
                raise refused(error) from None
            raise NotRecorded(
                f"{error.message.rstrip('.')}; no meeting was made.", "Free space, or try again."
            ) from None
        return cls(folder)

    def discard(self, *, there: bool) -> None:
        """Take away what `create` made, and the folder itself unless it was `there` before."""
        with suppress(OSError):
            for entry in self.folder.iterdir():
                shutil.rmtree(entry, ignore_errors=True) if entry.is_dir() else entry.unlink(missing_ok=True)
            if not there:
                self.folder.rmdir()

    def close(self) -> None:
        """Let go of the processes that reading may have started."""
        self.history.close()
        self._reader.close()

    # --- reading ------------------------------------------------------------------------------------------------

    def head(self) -> str:
        """The id of the newest commit, or "" before the first one. A cheap question, to be asked often."""
        try:
            return _sha(read_at_once(self.gitdir / BRANCH).strip())
        except FileNotFoundError:
            packed = self.gitdir / "packed-refs"
            lines = packed.read_text("utf-8", "replace").splitlines() if packed.is_file() else []
            return next((_sha(line.split()[0]) for line in lines if line.endswith(f" {BRANCH}")), "")
        except (OSError, ValueError) as error:
            raise Damaged(f"The branch of this meeting cannot be read ({one_line(str(error))}).", REPAIR) from None

    def read(self, known: Iterable[str] = (), commit: str = "") -> tuple[str, list[Act]]:
        """The newest commit, or the given one, and every act in it whose id is not `known`. Damaged, naming the file,
        where one cannot be read.
        """
        head = commit or self.head()
        if not head:
            return "", []
        have = set(known)
        if commit or not have or not self._read_at:
            self._files = self._files if commit else {}
            listed = [file for file in list_files(self.folder, head) if _is_new(file[0], have)]
            contents = read_blobs(self.folder, [blob for _, blob in listed])
        else:
            listed = [file for file in self._listed_since(head) if _is_new(file[0], have)]
            found = ((blob, self._reader.read(blob, "blob")) for _, blob in listed)
            contents = {blob: data for blob, data in found if data is not None}
        acts = []
        for path, blob in self._counted(listed):
            acts.append(read_act(path, contents.get(blob)))
            if not commit:
                self._files[path] = (blob, len(contents[blob]))
        self._read_at = self._read_at if commit else head
        return head, acts

    def commits(self, paths: Sequence[str] = ()) -> Iterator[Commit]:
        """The commits of the meeting, newest first; with `paths`, those that touch them."""
        return self.history.commits(paths) if self.head() else iter(())

    def commits_of_acts(self) -> dict[str, str]:
        """The commit that recorded each act, by the act's id, as the commits' trailers tell."""
        return self.history.commits_of_acts() if self.head() else {}

    def clear_stale(self) -> None:
        """Remove lock files that a killed git left behind; to be called while `writing` is held."""
        clear_stale(self.gitdir)

    def had_commits(self) -> bool:
        """Whether the branch ever had a commit, although it has none now."""
        log = self.gitdir / "logs" / BRANCH
        return bool(log.is_file() and log.stat().st_size)

    def commit_of(self, act: Act) -> str:
        """The commit that recorded this act, or ""."""
        return next((commit.id for commit in self.commits([act_path(act)])), "")

    def damaged_files(self) -> list[str]:
        """Act files whose copy beside the record was changed or removed by hand; the record itself is unharmed."""
        return self.work_tree.damaged(self._files)

    def in_the_way(self) -> list[str]:
        """The paths of the meeting at which something else stands than the folder or the file that has to be there."""
        tree = self._reader.tree(self._reader.tree_of(self.head()))
        hundreds = self._reader.tree((tree or {}).get("record", ("", ""))[1]) or {}
        record = [f"record/{one_line(name)}/x" for name in hundreds if name.isdecimal()]
        return in_the_way(self.folder, [*record, *(path for path, _ in self.readable())])

    # --- writing ------------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the meeting for writing, among all programs of this machine."""
        with writing(self.gitdir):
            yield

    def append(self, entries: Sequence[Entry], parent: str, now: str) -> list[str] | None:
        """Commit `entries` on top of `parent`; give their commit ids once they are durable, or None if the branch
        has moved.

        NotRecorded where the disk refuses. Where it is full, the meeting's reserve is given up for this act. To be
        called while `writing` is held.
        """
        try:
            return self._append(entries, parent, now)
        except DiskFull:
            if not release_reserve(self.gitdir):
                raise
        self._reserve = True
        return self._append(entries, parent, now)

    def keep_reserve(self) -> list[str]:
        """See to it that there is some room left for an act when the disk is full; a line where it has been used."""
        if keep_reserve(self.gitdir):
            self._reserve = True
            return []
        if not self._reserve:
            return []
        return ["The disk is nearly full: the room that this meeting had in reserve has been used. Free some space."]

    @property
    def nearly_full(self) -> list[str]:
        """The line of `keep_reserve`, asked after an act; nothing is made where there was no reserve before."""
        return self.keep_reserve() if self._reserve else []

    def _append(self, entries: Sequence[Entry], parent: str, now: str) -> list[str] | None:
        signing = wanted(read_settings(self.gitdir))
        commits: list[str] = []
        try:
            if len(entries) <= _FEW:
                commits, objects = self._build(entries, parent, now)
            else:
                commits, objects = self._stream(entries, parent, now), []
            if signing:
                commits = sign(self.folder, commits, self._reader, parent)
                objects += commits
            self._sync_all(self._folders_of(objects))
            self._move(commits[-1], parent if self.head() else "")  # a new clone has no branch yet
        except git.GitRefused as error:
            # The branch may have moved before git failed: what counts is what it holds now.
            if commits and self._holds(commits[-1], parent):
                pass
            elif self.head() != parent or "cannot lock ref" in error.said:
                return None
            else:
                raise self._not_recorded(error) from None
        except OSError as error:
            raise refused(error) from None
        try:
            self._sync_all(self._folders_of_branch())
        except OSError as error:
            raise DraftwgError(
                f"It is recorded, but the disk reported an error ({error.strerror}).",
                "Check the disk, see whether all is well with draftwg doctor, and make a backup.",
            ) from None
        return commits

    def advance(self, commit: str, parent: str) -> bool:
        """Move the branch from `parent` ("" = it is new) to a commit that stands behind it and holds all that it
        should; durable when this returns. False if the branch has moved. To be called while `writing` is held.
        """
        try:
            self._sync_all(self._folders_of([]))
            self._move(commit, parent)
            self._sync_all(self._folders_of_branch())
        except git.GitRefused as error:
            if self.head() != parent:
                return False
            raise self._not_recorded(error) from None
        except OSError as error:
            raise refused(error) from None
        return True

    def follow(self, fresh: Mapping[str, bytes | None] | None = None) -> list[str]:
        """Bring the files beside the record in step with the newest commit; `fresh` has contents that are known.

        Gives one line for each thing that a person should know; raises nothing, since the record is safe without
        these files. To be called while `writing` is held.
        """
        try:
            head = self.head()
            behind = self.work_tree.in_step_with()
            if not head:
                return []
            new = self._reader.tree_of(head)
            if not new:
                raise Damaged(f"The newest commit ({head[:7]}) cannot be read.", REPAIR)
            old = self._reader.tree_of(behind) if behind else ""
            changed = {path: (before, after) for path, before, after in self._reader.changes(old, new)}
            if lost := [path for path, (before, _) in changed.items() if before and ACT_PATH.fullmatch(path)]:
                return [self._told_of(lost, behind)]
            for path, blob in self._reader.files(new, but="record"):
                if path not in changed and not (self.folder / path).exists():
                    changed[path] = ("", blob)
            if not changed and behind == head:
                return []
            known = {blob_id(data): data for data in (fresh or {}).values() if data is not None}
            return self.work_tree.follow(head, changed, lambda blob: known.get(blob) or self._reader.read(blob, "blob"))
        except DraftwgError as error:
            return [f"The files beside the record could not be brought up to date: {error}"]

    def catch_up(self) -> list[str]:
        """Bring the files in step if a killed program left them behind."""
        head = self.head()
        if not head or self.work_tree.in_step_with() == head:
            return []
        with self.writing():
            self.work_tree.clear_leftovers()
            return self.follow()

    def check_grown(self, *, reading: bool = False) -> None:
        """Damaged where acts that were there are changed or gone: the record only grows. For `reading`, a branch that
        somebody moved back is good enough: what it has is true, only not all there is (`follow` tells).
        """
        head, behind = self.head(), self.work_tree.in_step_with()
        if not head or behind in ("", head):
            return
        old, new = self._reader.tree_of(behind), self._reader.tree_of(head)
        if old and new:
            lost = [path for path, before, _ in self._reader.changes(old, new) if before and ACT_PATH.fullmatch(path)]
            if lost and not (reading and not self.is_behind(behind)):
                raise Damaged(self._told_of(lost, behind))

    @property
    def moved_back(self) -> bool:
        """Whether the branch is no longer at, or ahead of, what the files were last in step with."""
        behind = self.work_tree.in_step_with()
        return behind not in ("", self.head()) and not self.is_behind(behind)

    def is_behind(self, commit: str) -> bool:
        """Whether this commit lies in the history of the branch."""
        try:
            git.run(self.folder, "merge-base", "--is-ancestor", commit, BRANCH)
        except git.GitRefused:
            return False
        return True

    def readable(self) -> list[tuple[str, str]]:
        """The readable files of the newest commit, with their blobs."""
        tree = self._reader.tree_of(self.head())
        return [file for file in self._reader.files(tree, but="record") if OUR_PATH.fullmatch(file[0])] if tree else []

    def hand_edits(self) -> list[str]:
        """The readable files beside the record that a person has changed since they were written."""
        if self.work_tree.in_step_with() != self.head():
            return []  # whoever is writing them now, or the next start, tells
        return [path for path, blob in self.readable() if self.work_tree.contents_id(path) not in ("", blob)]

    def put_back(self) -> list[str]:
        """Write every readable file that is missing, and all that are behind the record."""
        with self.writing():
            self.work_tree.clear_leftovers()
            return self.follow()

    def tagged(self, name: str) -> str:
        """The commit under this tag, or ""."""
        out = git.run(
            self.folder, "rev-parse", "--verify", "--quiet", f"refs/tags/{name}^{{commit}}", accept=range(256)
        )
        return out.decode("ascii", "replace").strip()

    def tagged_act(self, name: str) -> str:
        """The act that the commit under this tag recorded, by its trailer, where it is in the history of the branch; ""
        elsewhere. After a history was made anew, and joined with the old one, an act has a commit in each.
        """
        commit = self.tagged(name)
        if not commit or not self.is_behind(commit):
            return ""
        out = git.run(self.folder, "log", "-1", "--format=%(trailers:key=Act-Id,valueonly)", commit)
        return out.decode("utf-8", "replace").strip()

    def tag(self, symbol: str, commit: str, message: str, at: str) -> None:
        """Freeze `commit` under the tag of this symbol: annotated, never moved."""
        name = parse_symbol(symbol).tag
        tagger = person_at("Secretariat", at)
        content = f"object {commit}\ntype commit\ntag {name}\ntagger {tagger}\n\n{message}\n"
        made = git.run(self.folder, "mktag", stdin=content.encode()).decode("ascii").strip()
        git.run(self.folder, "update-ref", "--stdin", stdin=f"create refs/tags/{name} {made}\n".encode())

    def tags(self) -> frozenset[str]:
        """The names of all tags."""
        out = git.run(self.folder, "for-each-ref", "--format=%(refname:strip=2)", "refs/tags")
        return frozenset(out.decode("utf-8", "replace").split())

    # --- inside -------------------------------------------------------------------------------------------------

    def _told_of(self, lost: Sequence[str], behind: str) -> str:
        """What to say of acts that are changed or gone since the commit `behind`: the record only grows."""
        if not self.is_behind(behind):
            count = f"{len(lost)} recorded {'act is' if len(lost) == 1 else 'acts are'}"
            return f"The branch of this meeting was moved back: {count} not in it. Put them back: draftwg doctor."
        more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
        return f"A commit changed or removed {lost[0]}{more}, which nothing may do. Restore it: draftwg doctor."

    def _listed_since(self, head: str) -> list[tuple[str, str]]:
        """The files that came or changed since the last reading, with their blobs."""
        before, after = self._reader.tree_of(self._read_at), self._reader.tree_of(head)
        if not after:
            raise Damaged(f"The newest commit ({head[:7]}) cannot be read.", REPAIR)
        return [(path, blob) for path, _, blob in self._reader.changes(before, after) if blob]

    def _build(self, entries: Sequence[Entry], parent: str, now: str) -> tuple[list[str], list[str]]:
        """Write the objects of a few commits; the commits, and all ids."""
        builder = Builder(self.gitdir / "objects", self._reader)
        commits: list[str] = []
        for entry in entries:
            commits.append(builder.commit(entry, commits[-1] if commits else parent, "Secretariat", now))
        return commits, builder.write(durable=self.durable)

    def _stream(self, entries: Sequence[Entry], parent: str, now: str) -> list[str]:
        """Let git write many commits at once, on a branch beside ours; the commits."""
        beside = f"refs/draftwg/new/{os.getpid()}"
        given = stream(entries, parent or None, "Secretariat", now, beside)
        try:
            return git.run(
                self.folder, "fast-import", "--quiet", "--done", "--force", stdin=given, options=self._options
            ).decode("ascii").split()  # fmt: skip
        finally:
            for crash in private_folder(self.folder).glob("fast_import_crash_*"):  # git's own notes
                crash.unlink(missing_ok=True)
            with suppress(git.GitRefused):
                git.run(self.folder, "update-ref", "--stdin", stdin=f"delete {beside}\n".encode("ascii"))

    @property
    def _options(self) -> tuple[str, ...]:
        return () if self.durable else ("core.fsync=none",)

    def _counted(self, files: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """The same, while `progress` is told."""
        for count, file in enumerate(files):
            if self.progress is not None and count % 100 == 0:
                self.progress("Reading the record", count, len(files))
            yield file

    def _holds(self, commit: str, parent: str) -> bool:
        """Whether the branch has this commit of ours, although that was not told."""
        head = self.head()
        if head in ("", parent, commit):
            return head == commit
        since = [f"^{parent}"] if parent else []
        return commit in git.run(self.folder, "rev-list", head, *since).decode("ascii").split()

    def _folders_of(self, objects: Sequence[str]) -> list[Path]:
        """The folders in which names were made: without their syncing, a power cut can lose the newest commit."""
        store = self.gitdir / "objects"
        if objects:
            shards = [store / name for name in sorted({id[:2] for id in objects})]
        else:
            shards = [folder for folder in store.iterdir() if len(folder.name) == 2]
        return [*shards, store / "pack", store]

    def _sync_all(self, folders: Iterable[Path]) -> None:
        """Sync these folders, but for those in which nothing was made since this was last done here."""
        if not self.durable:
            return
        times = {folder: folder.stat().st_mtime_ns for folder in folders if folder.is_dir()}
        wanted = [folder for folder, changed in times.items() if self._synced.get(folder) != changed]
        now = time.time_ns()
        sync_together(wanted)
        for folder in wanted:
            if now - times[folder] > _TICK:
                self._synced[folder] = times[folder]

    def _not_recorded(self, error: git.GitRefused) -> DraftwgError:
        """What to say where git refused to write."""
        said = error.said
        if says_full(said, self.folder):
            return DiskFull("The disk is full; nothing was recorded.", "Free some space, then do it again.")
        if "Read-only" in said or "Permission denied" in said or "insufficient permission" in said:
            told = "The folder cannot be written to; nothing was recorded."
            return NotRecorded(told, "Check its owner and permissions.")
        return NotRecorded(f"{error.message.rstrip('.')}; nothing was recorded.", "Do it again.")

    def _move(self, commit: str, parent: str) -> None:
        """Let git move the branch from `parent` to `commit`: git.GitRefused where it is elsewhere by now."""
        move = f"update {BRANCH} {commit} {parent or _NOTHING}\n"
        git.run(self.folder, "update-ref", "--stdin", stdin=move.encode("ascii"), options=self._options)

    def _folders_of_branch(self) -> list[Path]:
        return [self.gitdir / "refs" / "heads", self.gitdir / "logs" / "refs" / "heads", self.gitdir]


def make_repository(folder: Path) -> None:
    """An empty repository in `folder`, with our settings. Damaged or OSError where it cannot be made."""
    # sha1 and files: GitPython reads no other kinds, and newer gits may make those by default.
    git.run(folder, "init", "--quiet", "--template=", "--object-format=sha1", "--initial-branch=main")
    write_file(folder / ".git" / "config", CONFIG, durable=False)


def _is_new(path: str, have: set[str]) -> bool:
    """Whether this is the file of an act that is not known."""
    found = ACT_PATH.fullmatch(path)
    return found is not None and found[2] not in have


def _sha(text: str) -> str:
    if re.fullmatch(r"[0-9a-f]{40}", text):
        return text
    raise ValueError("its ref is no commit")
