"""git's view of a meeting: its objects and branches, but our settings in place of its own.

A meeting that came from elsewhere may carry settings, attributes and hooks that make git run programs, and options on
the command line can override only those that are known. So git is given another folder for `GIT_DIR`, in the user's
state folder: it holds settings of ours, and links to the objects, branches and logs of the meeting, as git's own
contrib/workdir does it. What else lies in the meeting's own folder (config, hooks, info, worktrees, modules) git never
sees.
"""

import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from draftwg.errors import Damaged, NotRecorded
from draftwg.hygiene import one_line

_SHARED = ("refs", "objects", "logs", "packed-refs", "shallow")
_OWN_FOLDERS = (
    "", "refs", "refs/heads", "refs/tags", "objects", "logs", "logs/refs", "logs/refs/heads", "draftwg",
)  # fmt: skip
_CONFIG = b"[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n\tlogAllRefUpdates = always\n"
_HEAD = b"ref: refs/heads/main\n"
_known: dict[Path, Path] = {}


def shielded(folder: Path) -> dict[str, str]:
    """The variables that make git work on the meeting in `folder` with our settings; none where there is no
    repository with a folder of its own (a new one, a bare one).

    Damaged where parts of the repository are links that lead elsewhere; NotRecorded where no place can be written.
    """
    folder = folder.absolute()
    gitdir = folder / ".git"
    private = _known.get(gitdir)
    if private is None or not (private / "HEAD").is_file():
        if not gitdir.is_dir():
            return {}
        no_links(gitdir)
        private = _known[gitdir] = _place(gitdir.resolve())
    return {"GIT_DIR": str(private), "GIT_WORK_TREE": str(folder), "GIT_INDEX_FILE": str(gitdir / "index")}


def private_folder(folder: Path) -> Path:
    """The folder that git takes for the repository of the meeting in `folder`."""
    return Path(shielded(folder).get("GIT_DIR", folder / ".git"))


def forget(folder: Path) -> None:
    """Take the private folder of the meeting in `folder` away; it is made anew when it is needed."""
    private = _known.pop(folder.absolute() / ".git", None)
    if private is not None:
        shutil.rmtree(private, ignore_errors=True)


def no_links(gitdir: Path) -> None:
    """Damaged where a folder of the repository is a link: writing would leave the meeting."""
    links: list[str] = []
    with suppress(OSError), os.scandir(gitdir / "objects") as entries:
        links = [f"objects/{entry.name}" for entry in entries if entry.is_symlink()]
    for name in (*_OWN_FOLDERS, *links):
        if (gitdir / name).is_symlink():
            told = one_line(f".git/{name}".rstrip("/"))
            raise Damaged(
                f"{told} in {one_line(str(gitdir.parent))} is a link that leads out of the meeting; nothing was done.",
                "Ask for a copy made with draftwg backup, or clone the meeting with git.",
            )


def _place(gitdir: Path) -> Path:
    """The private folder of this repository, made or completed: in the user's state folder, or else a temporary one."""
    name = hashlib.sha256(os.fsencode(gitdir)).hexdigest()[:16]
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    trouble = ""
    for place in (state / "draftwg" / name / "git", None):
        try:
            private = place or Path(tempfile.mkdtemp(prefix="draftwg-git-"))
            private.mkdir(parents=True, exist_ok=True)
            _complete(private, gitdir)
            return private
        except OSError as error:
            trouble = error.strerror or str(error)
    raise NotRecorded(
        f"There is no place for draftwg's own settings ({trouble}); nothing was recorded.",
        f"Free space, or make {one_line(str(state))} writable.",
    )


def _complete(private: Path, gitdir: Path) -> None:
    with suppress(OSError):  # git leaves it to the first commit; a link to nothing it cannot fill
        (gitdir / "logs").mkdir(exist_ok=True)
    for name in _SHARED:
        link, target = private / name, str(gitdir / name)
        if not (link.is_symlink() and link.readlink() == Path(target)):
            if link.is_dir() and not link.is_symlink():
                shutil.rmtree(link)
            with suppress(FileNotFoundError):
                link.unlink()
            with suppress(FileExistsError):  # another program has just made it
                link.symlink_to(target)
    for name in ("hooks", "info"):
        if (private / name).exists():
            shutil.rmtree(private / name)
    for name, content in (("config", _CONFIG), ("HEAD", _HEAD)):
        place = private / name
        if place.is_symlink() or not place.is_file() or place.read_bytes() != content:
            beside = place.with_name(f".{name}.{os.getpid()}.tmp")
            beside.write_bytes(content)
            beside.replace(place)
