"""The commits of a meeting, read with GitPython."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from draftwg.errors import Damaged
from draftwg.hygiene import one_line
from draftwg.repository import git
from draftwg.repository.layout import REPAIR
from draftwg.repository.shield import private_folder, shielded
from draftwg.repository.stream import BRANCH

if TYPE_CHECKING:
    from git import Repo

_ACT_ID = re.compile(r"^Act-Id: ([a-z0-9]{4,40})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of the meeting as `git log` shows it."""

    id: str
    author: str
    at: str
    subject: str


class History:
    """Reads the commits of the meeting in `folder`, under our settings."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._repo: Repo | None = None

    def close(self) -> None:
        """Let go of the processes that reading may have started."""
        if self._repo is not None:
            self._repo.close()
            self._repo = None

    def commits(self, paths: Sequence[str] = ()) -> Iterator[Commit]:
        """The commits, newest first; with `paths`, those that touch them."""
        for commit in self._git().iter_commits(BRANCH, paths=list(paths)):
            subject = str(commit.summary)
            yield Commit(commit.hexsha, str(commit.author.name), commit.authored_datetime.isoformat(), subject)

    def commits_of_acts(self) -> dict[str, str]:
        """The commit that recorded each act, by the act's id, as the commits' trailers tell."""
        found = {}
        for commit in self._git().iter_commits(BRANCH):
            id = _ACT_ID.search(str(commit.message))
            if id:
                found[id[1]] = commit.hexsha
        return found

    def _git(self) -> "Repo":
        if self._repo is None:
            try:
                import git as gitpython
            except ImportError:
                raise git.no_git() from None
            try:
                repo = gitpython.Repo(private_folder(self._folder), search_parent_directories=False)
            except gitpython.exc.GitError:
                raise Damaged(f"The repository of {one_line(str(self._folder))} cannot be read.", REPAIR) from None
            repo.git.update_environment(**git.environment(), **shielded(self._folder))
            self._repo = repo
        return self._repo


def in_history(folder: Path, commit: str) -> bool:
    """Whether this commit lies in the history of the branch of the meeting in `folder`."""
    try:
        git.run(folder, "merge-base", "--is-ancestor", commit, BRANCH)
    except git.GitRefused:
        return False
    return True
