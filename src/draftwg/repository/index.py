"""git's index of a meeting, kept in step with the record: so that `git status` tells a person of nothing but their own
work, and a careless `git commit` takes nothing out.
"""

import time
from collections.abc import Mapping
from pathlib import Path

from draftwg.errors import DraftwgError
from draftwg.repository import git
from draftwg.repository.lock import STALE, clear_stale
from draftwg.repository.objects import FILE

_ABSENT = "0" * 40


def stamp(folder: Path) -> str:
    """Something that changes whenever the index is written; "" where there is none. ASCII, without blanks."""
    try:
        found = (folder / ".git" / "index").lstat()
    except OSError:
        return ""
    return f"{found.st_ino}-{found.st_mtime_ns}-{found.st_size}"


def refresh(folder: Path, commit: str, changed: Mapping[str, str] | None) -> None:
    """Let the index be that of `commit`; `changed` maps to their blobs ("" = gone) all paths in which it differs from
    the commit that the index is known to be that of, None where nothing is known of it.

    A lock that a git killed just now left behind is waited for until it counts as left. Damaged where git refuses.
    """
    until = time.monotonic() + STALE + 0.5
    while True:
        try:
            if changed is None:
                git.run(folder, "read-tree", commit)
            else:
                git.run(folder, "update-index", "-z", "--index-info", stdin=_given(changed))
            return
        except DraftwgError as error:
            if "index.lock" not in str(error) or time.monotonic() > until:
                raise
        time.sleep(0.1)
        clear_stale(folder / ".git")


def _given(changed: Mapping[str, str]) -> bytes:
    """As git-update-index(1), USING --INDEX-INFO, takes it: it writes the index even where nothing changes."""
    lines = (f"{FILE if blob else '0'} {blob or _ABSENT}\t{path}" for path, blob in changed.items())
    return "".join(f"{line}\0" for line in lines).encode("ascii")
