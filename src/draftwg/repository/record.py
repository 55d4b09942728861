"""The record of a meeting: one immutable file per act, one commit per act, appended durably and read whole or from
where one was.

The way of an act: lock; read the branch; the caller decides on that state; one `git fast-import` whose `from` is the
commit just read, so that git itself refuses if the branch has moved; sync; acknowledge; then bring the files beside
the record in step.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from draftwg.acts import ACTS, Act, decode, encode
from draftwg.errors import Damaged, DraftwgError, NotAMeeting, NotRecorded
from draftwg.hygiene import one_line
from draftwg.model.symbols import parse_symbol
from draftwg.repository import git
from draftwg.repository.lock import clear_stale, refused, writing
from draftwg.repository.stream import BRANCH, Entry, person_at, stream
from draftwg.repository.worktree import WorkTree, blob_id, list_files, read_blobs, sync_folder, write_file

if TYPE_CHECKING:
    from git import Repo

MARKER = "meeting.json"
FORMAT = 1
_ACT_PATH = re.compile(r"record/\d{4,6}/(\d{6,9})-([a-z0-9]{4,40})\.json")


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of the meeting as `git log` shows it."""

    id: str
    author: str
    at: str
    subject: str


def find_meeting(start: Path) -> Path:
    """The meeting in which `start` lies, or the only one in a folder beside it. NotAMeeting where there is none."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / ".git").exists() and ((folder / MARKER).is_file() or (folder / ".git" / "draftwg").is_dir()):
            return folder
    beside = sorted(path.parent for path in start.glob(f"*/{MARKER}") if (path.parent / ".git").exists())
    if len(beside) == 1:
        return beside[0]
    here = one_line(str(start))
    if beside:
        names = ", ".join(one_line(path.name) for path in beside[:5])
        raise NotAMeeting(f"There are several meetings in {here}.", f"Name one: {names}.")
    raise NotAMeeting(f"There is no meeting in {here}.", "Make one: draftwg init FOLDER --title TITLE.")


class Record:
    """A meeting's repository. One object serves one thread; several processes may each have their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.gitdir = folder / ".git"
        self.work_tree = WorkTree(folder)
        self.progress: Callable[[str, int, int], None] | None = None
        """Told what is being done, and for how many acts of how many it is done."""
        self._repo: Repo | None = None
        self._files: dict[str, tuple[str, int]] = {}  # act files that were read: blob and size
        self._readable: dict[str, str] = {}  # the other files of the newest commit that was read: blob
        self._check()

    @classmethod
    def create(cls, folder: Path, title: str) -> "Record":
        """A new repository for a meeting, without a commit. NotRecorded where the folder holds anything already or
        cannot be written.
        """
        try:
            if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
                raise NotRecorded(f"{one_line(str(folder))} is there already and not empty.", "Choose another folder.")
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise refused(error) from None
        try:
            # sha1 and files: GitPython reads no other kinds, and newer gits may make those by default.
            git.run(folder, "init", "--quiet", "--template=", "--object-format=sha1", "--initial-branch=main")
            settings = {
                "gc.auto": "0",
                "core.fsync": "all",
                "core.logAllRefUpdates": "always",
                "gc.reflogExpire": "never",
                "receive.denyNonFastForwards": "true",
                "receive.denyDeletes": "true",
            }
            for name, value in settings.items():
                git.run(folder, "config", name, value)
            write_file(folder / MARKER, marker(title), durable=False)
        except (Damaged, OSError) as error:
            shutil.rmtree(folder / ".git", ignore_errors=True)  # all of it is ours: the folder was empty
            if isinstance(error, OSError):
                raise refused(error) from None
            raise NotRecorded(
                f"{error.message.rstrip('.')}; no meeting was made.", "Free space, or try again."
            ) from None
        return cls(folder)

    def close(self) -> None:
        """Let go of the processes that reading may have started."""
        if self._repo is not None:
            self._repo.close()
            self._repo = None

    # --- reading ------------------------------------------------------------------------------------------------

    def head(self) -> str:
        """The id of the newest commit, or "" before the first one. A cheap question, to be asked often."""
        try:
            return _sha((self.gitdir / BRANCH).read_text("ascii").strip())
        except FileNotFoundError:
            packed = self.gitdir / "packed-refs"
            lines = packed.read_text("utf-8", "replace").splitlines() if packed.is_file() else []
            return next((_sha(line.split()[0]) for line in lines if line.endswith(f" {BRANCH}")), "")
        except (OSError, ValueError) as error:
            raise Damaged(f"The branch of this meeting cannot be read ({one_line(str(error))}).", _REPAIR) from None

    def read(self, known: Iterable[str] = (), commit: str = "") -> tuple[str, list[Act]]:
        """The newest commit, or the given one, and every act in it whose id is not `known`. Damaged, naming the file,
        where one cannot be read.
        """
        head = commit or self.head()
        if not head:
            return "", []
        have = set(known)
        wanted: list[tuple[str, str]] = []
        self._readable = {}
        for path, blob in list_files(self.folder, head):
            found = _ACT_PATH.fullmatch(path)
            if found and found[2] not in have:
                wanted.append((path, blob))
            elif not path.startswith("record/"):
                self._readable[path] = blob
        contents = read_blobs(self.folder, [blob for _, blob in wanted])
        self._files.update({path: (blob, len(contents.get(blob, b""))) for path, blob in wanted})
        return head, [self._act(path, contents.get(blob)) for path, blob in self._counted(wanted)]

    def commits(self, paths: Sequence[str] = ()) -> Iterator[Commit]:
        """The commits of the meeting, newest first; with `paths`, those that touch them."""
        if not self.head():
            return
        for commit in self._git().iter_commits(BRANCH, paths=list(paths)):
            subject = str(commit.summary)
            yield Commit(commit.hexsha, str(commit.author.name), commit.authored_datetime.isoformat(), subject)

    def commits_of_acts(self) -> dict[str, str]:
        """The commit that recorded each act, by the act's id, as the commits' trailers tell."""
        if not self.head():
            return {}
        found = {}
        for commit in self._git().iter_commits(BRANCH):
            id = re.search(r"^Act-Id: ([a-z0-9]{4,40})$", str(commit.message), re.MULTILINE)
            if id:
                found[id[1]] = commit.hexsha
        return found

    def clear_stale(self) -> None:
        """Remove lock files that a killed git left behind; to be called while `writing` is held."""
        clear_stale(self.gitdir)

    def had_commits(self) -> bool:
        """Whether the branch ever had a commit, although it has none now."""
        log = self.gitdir / "logs" / BRANCH
        return bool(log.is_file() and log.stat().st_size)

    def bring_back_branch(self) -> str:
        """Where the branch is gone or unreadable: set it to its last commit that is whole. Gives that commit, or ""."""
        try:
            if self.head():
                return ""
        except Damaged:
            pass
        log = self.gitdir / "logs" / BRANCH
        lines = log.read_text("utf-8", "replace").splitlines() if log.is_file() else []
        with self.writing():
            for line in reversed(lines):
                commit = line.split(" ")[1] if line.count(" ") > 1 else ""
                if not re.fullmatch(r"[0-9a-f]{40}", commit):
                    continue
                try:
                    git.run(self.folder, "rev-parse", "--verify", "--quiet", f"{commit}^{{tree}}")
                except git.GitRefused:
                    continue
                (self.gitdir / BRANCH).parent.mkdir(parents=True, exist_ok=True)
                write_file(self.gitdir / BRANCH, f"{commit}\n".encode(), durable=True)
                return commit
        return ""

    def commit_of(self, act: Act) -> str:
        """The commit that recorded this act, or ""."""
        return next((commit.id for commit in self.commits([act_path(act)])), "")

    def damaged_files(self) -> list[str]:
        """Act files whose copy beside the record was changed or removed by hand; the record itself is unharmed."""
        return self.work_tree.damaged(self._files)

    # --- writing ------------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the meeting for writing, among all programs of this machine."""
        with writing(self.gitdir):
            yield

    def append(self, entries: Sequence[Entry], parent: str, now: str) -> list[str] | None:
        """Commit `entries` on top of `parent`; give their commit ids once they are durable, or None if the branch
        has moved.

        NotRecorded where the disk refuses. To be called while `writing` is held.
        """
        try:
            out = git.run(
                self.folder,
                "fast-import",
                "--quiet",
                "--done",
                stdin=stream(entries, parent or None, "Secretariat", now),
            )
        except git.GitRefused as error:
            if "Not updating" in error.said or "cannot lock ref" in error.said or self.head() != parent:
                return None
            raise _not_recorded(error) from None
        finally:
            for crash in self.gitdir.glob("fast_import_crash_*"):  # fast-import's own notes; they hold no text
                crash.unlink(missing_ok=True)
        commits = out.decode("ascii").split()
        if self.head() != commits[-1]:
            return None
        try:
            for folder in self._to_sync(commits):
                sync_folder(folder)
        except OSError as error:
            raise DraftwgError(
                f"It is recorded, but the disk reported an error ({error.strerror}).",
                "Check the disk; make a copy now.",
            ) from None
        return commits

    def advance(self, commit: str, parent: str) -> bool:
        """Move the branch from `parent` ("" = it is new) to a commit that stands behind it and holds all that it
        should; durable when this returns. False if the branch has moved. To be called while `writing` is held.
        """
        update = f"update {BRANCH} {commit} {parent or '0' * 40}\n"
        try:
            git.run(self.folder, "update-ref", "--stdin", stdin=update.encode())
        except git.GitRefused as error:
            if self.head() != parent:
                return False
            raise _not_recorded(error) from None
        for folder in self._to_sync([commit]):
            sync_folder(folder)
        return True

    def follow(self, commit: str, files: Mapping[str, bytes | None], *, since: str) -> list[str]:
        """Bring the files beside the record in step with `commit`, which differs from the commit `since` by `files`.

        Gives one line for each thing that a person should know; raises nothing, since the record is safe without
        these files.
        """
        try:
            behind = self.work_tree.in_step_with()
            if behind == since:
                changed = {**self._neglected(files), **self.work_tree.with_old(since, files)}
            else:
                changed = self.work_tree.changed_since(behind, commit)
            return self.work_tree.follow(commit, changed)
        except DraftwgError as error:
            return [f"The files beside the record could not be brought up to date: {error}"]

    def _neglected(self, files: Mapping[str, bytes | None]) -> dict[str, tuple[bytes | None, bytes | None]]:
        """Readable files that this act does not write, but that were edited or removed by hand since."""
        for path, data in files.items():
            if not path.startswith("record/"):
                self._readable.pop(path, None)
                if data is not None:
                    self._readable[path] = blob_id(data)
        others = {path: blob for path, blob in self._readable.items() if path not in files}
        wrong = self.work_tree.differing(others)
        contents = read_blobs(self.folder, [others[path] for path in wrong])
        return {path: (contents[others[path]],) * 2 for path in wrong if others[path] in contents}

    def catch_up(self) -> list[str]:
        """Bring the files in step if a killed program left them behind."""
        head = self.head()
        if not head or self.work_tree.in_step_with() == head:
            return []
        with self.writing():
            return self.follow(self.head(), {}, since="another")

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

    def mend(self) -> list[str]:
        """Put files that were changed by hand back from the record; the changed ones are kept in the repository's
        folder.

        A branch that is gone is brought back first.
        """
        branch = self.bring_back_branch()
        with self.writing():
            files = dict(list_files(self.folder, self.head()))
            contents = read_blobs(self.folder, list(files.values()))
            sizes = {path: (blob, len(contents[blob])) for path, blob in files.items() if blob in contents}
            mended = self.work_tree.damaged(sizes, closely=True)
            for path in mended:
                place = self.folder / path
                if place.exists():
                    aside = self.gitdir / "draftwg" / "aside"
                    aside.mkdir(exist_ok=True)
                    place.replace(aside / place.name)
                place.parent.mkdir(parents=True, exist_ok=True)
                write_file(place, contents[files[path]], durable=True)
        return [f"the branch, to {branch[:7]}", *mended] if branch else mended

    # --- inside -------------------------------------------------------------------------------------------------

    def _check(self) -> None:
        try:
            settings = json.loads((self.folder / MARKER).read_text("utf-8"))
            form = settings["format"]
        except FileNotFoundError:
            raise NotAMeeting(
                f"There is no meeting in {one_line(str(self.folder))}.", "Make one: draftwg init."
            ) from None
        except (OSError, ValueError, TypeError, KeyError):
            raise Damaged(f"{MARKER} cannot be read.", f"Put it back: git checkout -- {MARKER}.") from None
        if form != FORMAT:
            raise Damaged(
                f"This meeting was made by another version of draftwg (format {form}).", "Use a newer draftwg."
            )
        if not (self.gitdir / "HEAD").is_file() or not (self.gitdir / "objects").is_dir():
            raise Damaged(f"The git repository in {one_line(str(self.folder))} is damaged.", _REPAIR)

    def _counted(self, files: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """The same, while `progress` is told."""
        for count, file in enumerate(files):
            if self.progress is not None and count % 100 == 0:
                self.progress("Reading the record", count, len(files))
            yield file

    def _act(self, path: str, data: bytes | None) -> Act:
        hint = "Copy the meeting from another machine or a backup; git fsck tells what is damaged."
        if data is None:
            raise Damaged(f"The act file {path} is missing from the record.", hint)
        try:
            act = decode(json.loads(data), ACTS)
        except (ValueError, RecursionError) as error:
            where = f" at line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
            raise Damaged(f"The act file {path} is damaged{where}.", hint) from None
        except DraftwgError as error:
            raise Damaged(f"The act file {path} cannot be read: {error.message}", hint) from None
        if path != act_path(act):
            raise Damaged(f"The act file {path} tells another act than its name.", hint)
        return act

    def _git(self) -> "Repo":
        if self._repo is None:
            try:
                import git as gitpython
            except ImportError:
                raise git.no_git() from None
            repo = gitpython.Repo(self.folder, search_parent_directories=False)
            repo.git.update_environment(**git.environment())
            self._repo = repo
        return self._repo

    def _to_sync(self, commits: Sequence[str]) -> list[Path]:
        """The folders in which fast-import made names: without this, a power cut can lose the newest commit."""
        objects = self.gitdir / "objects"
        shards = [folder for folder in objects.iterdir() if len(folder.name) == 2] if len(commits) < 50 else []
        newest = max((folder.stat().st_mtime for folder in shards), default=0.0)
        recent = [folder for folder in shards if folder.stat().st_mtime >= newest - 2]
        pack = objects / "pack"
        logs = self.gitdir / "logs" / "refs" / "heads"
        places = [*recent, pack, objects, self.gitdir / "refs" / "heads", logs, self.gitdir]
        return [place for place in places if place.is_dir()]


def act_path(act: Act) -> str:
    """Where an act is kept: in folders of a hundred, by clock, then id."""
    return f"record/{act.clock // 100:04d}/{act.clock:06d}-{act.id}.json"


def act_file(act: Act) -> bytes:
    """The bytes of an act's file: JSON, one field a line, in UTF-8."""
    return json_bytes(encode(act))


def marker(title: str) -> bytes:
    """The file that makes a folder a meeting."""
    return json_bytes({"format": FORMAT, "title": title})


def json_bytes(value: dict[str, Any]) -> bytes:
    """JSON as the meeting's files have it: one field a line, UTF-8, a newline at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


_REPAIR = "Copy the meeting from another machine or a backup; git fsck tells what is damaged."


def _sha(text: str) -> str:
    if re.fullmatch(r"[0-9a-f]{40}", text):
        return text
    raise ValueError("its ref is no commit")


def _not_recorded(error: git.GitRefused) -> DraftwgError:
    said = error.said
    if "No space left" in said or "Out of diskspace" in said:
        return NotRecorded("The disk is full; nothing was recorded.", "Free some space, then do it again.")
    if "Read-only" in said or "Permission denied" in said or "insufficient permission" in said:
        return NotRecorded("The folder cannot be written to; nothing was recorded.", "Check its owner and permissions.")
    return NotRecorded(f"{error.message.rstrip('.')}; nothing was recorded.", "Do it again.")
