"""How commits reach the disk: objects, then their names, then the branch, then its name, each synced before the next;
the branch moves from the commit that was read, and not where it is elsewhere by now.
"""

import os
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from draftwg.errors import DiskFull, DraftwgError, NotRecorded
from draftwg.repository import git
from draftwg.repository.branch import folders_of_branch, move_branch
from draftwg.repository.building import Builder
from draftwg.repository.lock import refused
from draftwg.repository.objects import Reader, sync_together
from draftwg.repository.shield import private_folder
from draftwg.repository.signing import sign, wanted
from draftwg.repository.space import says_full
from draftwg.repository.stream import COMMITTER, Entry, person_at, stream
from draftwg.repository.trust import read_settings

_TICK = 50_000_000  # nanoseconds in which a folder may change twice and show one time
_FEW = 8  # entries in a row; more of them git packs well by itself


class Appender:
    """Writes the commits of the meeting in `folder`; `head` tells where its branch is.

    All methods are for whoever holds the meeting for writing, and raise NotRecorded where the disk refuses.
    """

    def __init__(self, folder: Path, reader: Reader, head: Callable[[], str]) -> None:
        self._folder = folder
        self._gitdir = folder / ".git"
        self._reader = reader
        self._head = head
        self._durable = read_settings(self._gitdir).fsync
        self._synced: dict[Path, int] = {}  # folders and their times when they were last synced

    def append(self, entries: Sequence[Entry], parent: str, now: str) -> list[str] | None:
        """Commit `entries` on top of `parent`; their ids once they are durable, or None if the branch has moved."""
        signing = wanted(read_settings(self._gitdir))
        commits: list[str] = []
        try:
            if len(entries) <= _FEW:
                commits, objects = self._build(entries, parent, now)
            else:
                commits, objects = self._stream(entries, parent, now), []
            if signing:
                commits = sign(self._folder, commits, self._reader, parent)
                objects += commits
            self._sync_all(self._folders_of(objects))
            if not self._move(commits[-1], parent if self._head() else "", now):  # a new clone has no branch yet
                return None
        except git.GitRefused as error:
            raise self._not_recorded(error) from None
        except OSError as error:
            # The branch may have moved all the same: what counts is where it is now.
            if not commits or self._head() != commits[-1]:
                raise refused(error) from None
        self._sync_branch()
        return commits

    def advance(self, commit: str, parent: str, now: str) -> bool:
        """Move the branch from `parent` ("" = it is new) to a commit that stands behind it and holds all that it
        should; durable when this returns. False if the branch has moved.
        """
        try:
            self._sync_all(self._folders_of([]))
            if not self._move(commit, parent, now):
                return False
        except OSError as error:
            raise refused(error) from None
        self._sync_branch()
        return True

    # --- inside -------------------------------------------------------------------------------------------------

    def _build(self, entries: Sequence[Entry], parent: str, now: str) -> tuple[list[str], list[str]]:
        """Write the objects of a few commits; the commits, and all ids."""
        builder = Builder(self._gitdir / "objects", self._reader)
        commits: list[str] = []
        for entry in entries:
            commits.append(builder.commit(entry, commits[-1] if commits else parent, COMMITTER, now))
        return commits, builder.write(durable=self._durable)

    def _stream(self, entries: Sequence[Entry], parent: str, now: str) -> list[str]:
        """Let git write many commits at once, on a branch beside ours; the commits."""
        beside = f"refs/draftwg/new/{os.getpid()}"
        given = stream(entries, parent or None, COMMITTER, now, beside)
        try:
            return git.run(
                self._folder, "fast-import", "--quiet", "--done", "--force", stdin=given, options=self._options
            ).decode("ascii").split()  # fmt: skip
        finally:
            for crash in private_folder(self._folder).glob("fast_import_crash_*"):  # git's own notes
                crash.unlink(missing_ok=True)
            with suppress(git.GitRefused):
                git.run(self._folder, "update-ref", "--stdin", stdin=f"delete {beside}\n".encode("ascii"))

    @property
    def _options(self) -> tuple[str, ...]:
        return () if self._durable else ("core.fsync=none",)

    def _folders_of(self, objects: Sequence[str]) -> list[Path]:
        """The folders in which names were made: without their syncing, a power cut can lose the newest commit."""
        store = self._gitdir / "objects"
        if objects:
            shards = [store / name for name in sorted({id[:2] for id in objects})]
        else:
            shards = [folder for folder in store.iterdir() if len(folder.name) == 2]
        return [*shards, store / "pack", store]

    def _sync_all(self, folders: Iterable[Path]) -> None:
        """Sync these folders, but for those in which nothing was made since this was last done here."""
        if not self._durable:
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
        if says_full(said, self._folder):
            return DiskFull("The disk is full; nothing was recorded.", "Free some space, then do it again.")
        if "Read-only" in said or "Permission denied" in said or "insufficient permission" in said:
            told = "The folder cannot be written to; nothing was recorded."
            return NotRecorded(told, "Check its owner and permissions.")
        return NotRecorded(f"{error.message.rstrip('.')}; nothing was recorded.", "Do it again.")

    def _move(self, commit: str, parent: str, now: str) -> bool:
        return move_branch(self._gitdir, commit, parent, person_at(COMMITTER, now), durable=self._durable)

    def _sync_branch(self) -> None:
        try:
            self._sync_all(folders_of_branch(self._gitdir))
        except OSError as error:
            raise DraftwgError(
                f"It is recorded, but the disk reported an error ({error.strerror}).",
                "Check the disk, see whether all is well with draftwg doctor, and make a backup.",
            ) from None
