"""The record of a meeting: one immutable file per act, one commit per act, appended durably and read whole or from
where one was.

The way of an act: lock; read the branch; the caller decides on that state; write the commit; sync; move the branch from
the commit just read to the new one, unless it has moved; sync; acknowledge; then bring the files beside the record in
step.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from draftwg.acts import Act
from draftwg.errors import Damaged, DiskFull, DraftwgError
from draftwg.hygiene import one_line
from draftwg.repository.appending import Appender
from draftwg.repository.branch import branch_at
from draftwg.repository.contents import Ahead, list_files, read_blobs
from draftwg.repository.founding import clear_away, make_meeting
from draftwg.repository.history import Commit, History, in_history
from draftwg.repository.layout import (
    ACT_PATH,
    FORMAT,
    REPAIR,
    act_file,
    act_path,
    check_meeting,
    json_bytes,
    marker,
    read_act,
)
from draftwg.repository.lock import clear_stale, writing
from draftwg.repository.objects import Reader, blob_id
from draftwg.repository.space import keep_reserve, release_reserve
from draftwg.repository.stream import BRANCH, Entry
from draftwg.repository.worktree import OUR_PATH, WorkTree, in_the_way

__all__ = [
    "FORMAT", "Commit", "Record", "act_file", "act_path", "json_bytes", "marker",
]  # fmt: skip


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
        self.reader = Reader(folder)
        """Reads single objects."""
        self._read_at = ""  # the commit up to which _files tells
        self.progress: Callable[[str, int, int], None] | None = None
        """Told what is being done, and for how many acts of how many it is done."""
        self.ahead: Ahead | None = None
        """What may have been read ahead."""
        self._files: dict[str, tuple[str, int]] = {}  # act files that were read: blob and size
        self._reserve = False  # whether there was one, as far as is known here
        if complete:
            check_meeting(folder)
        self._appender = Appender(folder, self.reader, self.head)

    @classmethod
    def create(cls, folder: Path, title: str) -> "Record":
        """A new repository for a meeting, without a commit. NotRecorded where the folder holds anything already or
        cannot be written.
        """
        make_meeting(folder, title)
        return cls(folder)

    def discard(self, *, there: bool) -> None:
        """Let go of what `create` made, and take it away; the folder itself too, unless it was `there` before."""
        self.close()
        clear_away(self.folder, there=there)

    def close(self) -> None:
        """Let go of the processes that reading may have started."""
        self.history.close()
        self.reader.close()

    # --- reading ------------------------------------------------------------------------------------------------

    def head(self) -> str:
        """The id of the newest commit, or "" before the first one. A cheap question, to be asked often."""
        return branch_at(self.gitdir)

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
            contents = self.ahead.contents(self.folder) if self.ahead else {}
            contents |= read_blobs(self.folder, [blob for _, blob in listed if blob not in contents])
        else:
            listed = [file for file in self._listed_since(head) if _is_new(file[0], have)]
            found = ((blob, self.reader.read(blob, "blob")) for _, blob in listed)
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
        tree = self.reader.tree(self.reader.tree_of(self.head()))
        hundreds = self.reader.tree((tree or {}).get("record", ("", ""))[1]) or {}
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
            return self._appender.append(entries, parent, now)
        except DiskFull:
            if not release_reserve(self.gitdir):
                raise
        self._reserve = True
        return self._appender.append(entries, parent, now)

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

    def advance(self, commit: str, parent: str, now: str) -> bool:
        """Move the branch from `parent` ("" = it is new) to a commit that stands behind it and holds all that it
        should; durable when this returns. False if the branch has moved. To be called while `writing` is held.
        """
        return self._appender.advance(commit, parent, now)

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
            new = self.reader.tree_of(head)
            if not new:
                raise Damaged(f"The newest commit ({head[:7]}) cannot be read.", REPAIR)
            old = self.reader.tree_of(behind) if behind else ""
            changed = {path: (before, after) for path, before, after in self.reader.changes(old, new)}
            if lost := [path for path, (before, _) in changed.items() if before and ACT_PATH.fullmatch(path)]:
                return [self._told_of(lost, behind)]
            for path, blob in self.reader.files(new, but="record"):
                if path not in changed and not (self.folder / path).exists():
                    changed[path] = ("", blob)
            if not changed and behind == head:
                return []
            known = {blob_id(data): data for data in (fresh or {}).values() if data is not None}
            return self.work_tree.follow(head, changed, lambda blob: known.get(blob) or self.reader.read(blob, "blob"))
        except DraftwgError as error:
            return [f"The files beside the record could not be brought up to date: {error}"]

    def catch_up(self) -> list[str]:
        """Bring the files in step if a killed program left them behind."""
        head = self.head()
        self.work_tree.clear_leftovers()
        if not head or self.work_tree.in_step_with() == head:
            return []
        with self.writing():
            return self.follow()

    def check_grown(self, *, reading: bool = False) -> None:
        """Damaged where acts that were there are changed or gone: the record only grows. For `reading`, a branch that
        somebody moved back is good enough: what it has is true, only not all there is (`follow` tells).
        """
        head, behind = self.head(), self.work_tree.in_step_with()
        if not head or behind in ("", head):
            return
        old, new = self.reader.tree_of(behind), self.reader.tree_of(head)
        if old and new:
            lost = [path for path, before, _ in self.reader.changes(old, new) if before and ACT_PATH.fullmatch(path)]
            if lost and not (reading and not in_history(self.folder, behind)):
                raise Damaged(self._told_of(lost, behind))

    @property
    def moved_back(self) -> bool:
        """Whether the branch is no longer at, or ahead of, what the files were last in step with."""
        behind = self.work_tree.in_step_with()
        return behind not in ("", self.head()) and not in_history(self.folder, behind)

    def readable(self) -> list[tuple[str, str]]:
        """The readable files of the newest commit, with their blobs."""
        tree = self.reader.tree_of(self.head())
        return [file for file in self.reader.files(tree, but="record") if OUR_PATH.fullmatch(file[0])] if tree else []

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

    # --- inside -------------------------------------------------------------------------------------------------

    def _told_of(self, lost: Sequence[str], behind: str) -> str:
        """What to say of acts that are changed or gone since the commit `behind`: the record only grows."""
        if not in_history(self.folder, behind):
            count = f"{len(lost)} recorded {'act is' if len(lost) == 1 else 'acts are'}"
            return f"The branch of this meeting was moved back: {count} not in it. Put them back: draftwg doctor."
        more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
        return f"A commit changed or removed {lost[0]}{more}, which nothing may do. Restore it: draftwg doctor."

    def _listed_since(self, head: str) -> list[tuple[str, str]]:
        """The files that came or changed since the last reading, with their blobs."""
        before, after = self.reader.tree_of(self._read_at), self.reader.tree_of(head)
        if not after:
            raise Damaged(f"The newest commit ({head[:7]}) cannot be read.", REPAIR)
        return [(path, blob) for path, _, blob in self.reader.changes(before, after) if blob]

    def _counted(self, files: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """The same, while `progress` is told."""
        for count, file in enumerate(files):
            if self.progress is not None and count % 100 == 0:
                self.progress("Reading the record", count, len(files))
            yield file


def _is_new(path: str, have: set[str]) -> bool:
    """Whether this is the file of an act that is not known."""
    found = ACT_PATH.fullmatch(path)
    return found is not None and found[2] not in have
