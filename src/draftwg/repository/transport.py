"""Speaking to other places: fetch and push, shared folders, bundles.

Every call goes through `git.run_remote`: no prompts, no hooks, thirty seconds. What git says is told in one line.
"""

import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from draftwg.errors import BadInput, Damaged, NotSynced
from draftwg.hygiene import one_line, shorten
from draftwg.repository import git
from draftwg.repository.lock import clear_stale_of_remotes
from draftwg.repository.remotes import Remote, checked_name, without_secrets
from draftwg.repository.space import is_full, says_full
from draftwg.repository.stream import BRANCH

_SAFE = ("--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-maintenance", "--quiet")
_SETTINGS = {
    "gc.auto": "0",
    "core.fsync": "all",
    "receive.denyNonFastForwards": "true",
    "receive.denyDeletes": "true",
    "core.logAllRefUpdates": "always",
    "gc.reflogExpire": "never",
}

_LOCK = re.compile(r"Unable to create '([^'\n]+\.lock)'")
_LEFT = 5.0  # seconds
_left: dict[Path, tuple[tuple[int, int], float]] = {}  # lock files that were in the way, and since when

WHOLE_TIMEOUT = 300.0
"""Seconds after which a call is given up that carries a whole meeting."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a remote has: its newest commit, and the one that it had when it was last asked ("" = none)."""

    tip: str
    before: str


class Locked(NotSynced):
    """Another git is at work there, or one was killed."""


def make_shared(folder: Path) -> None:
    """A bare repository in a folder that is absent or empty. BadInput or NotSynced where it cannot be made."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise BadInput(f"{one_line(str(folder))} is there already and not empty.", "Choose another folder.")
        folder.mkdir(parents=True, exist_ok=True)
        git.run(folder, "init", "--bare", "--quiet", "--template=", "--object-format=sha1", "--initial-branch=main")
        for name, value in _SETTINGS.items():
            git.run(folder, "config", name, value)
    except OSError as error:
        raise NotSynced(
            f"{one_line(str(folder))} cannot be made ({error.strerror}).", "Choose another folder."
        ) from None
    except Damaged as error:
        raise NotSynced(f"{one_line(str(folder))} cannot be made: {error.message}", "Choose another folder.") from None


def fetch(folder: Path, remote: Remote, timeout: float = git.REMOTE_TIMEOUT) -> Fetched:
    """Bring what the remote has here; nothing of the meeting changes. NotSynced where it cannot be reached."""
    if remote.folder is not None and not remote.folder.exists():
        hint = f"Plug it in, or make it: draftwg sync {remote.shown} --create."
        raise NotSynced(f"There is no folder {remote.shown}.", hint)
    clear_stale_of_remotes(folder / ".git")
    before = ref(folder, remote.tip)
    refs = [f"+{BRANCH}:{remote.tip}"]
    if not remote.bundle:
        refs.append(f"+refs/draftwg/presence/*:{remote.presence}/*")
    status, _, said = git.run_remote(
        folder,
        "fetch",
        *_SAFE,
        *([] if remote.bundle else ["--prune"]),
        f"--upload-pack={_program(remote, 'upload-pack')}",
        "--",
        remote.bare,
        *refs,
        timeout=timeout,
        settings=remote.settings,
    )
    if status:
        if "couldn't find remote ref" in said:
            return Fetched("", before)
        raise _told(remote, said, folder)
    return Fetched(ref(folder, remote.tip), before)


def push(folder: Path, remote: Remote, commit: str, presence: Mapping[str, str] | None = None) -> bool:
    """Send the meeting at this commit, and who is where (ref to object); False where another machine was faster.

    Locked where it may be worth another try; in a folder, what a git that was killed left behind is removed then.
    """
    refs = [f"{commit}:{BRANCH}"] if commit else []
    refs += [f"+{blob}:refs/draftwg/presence/{checked_name(name)}" for name, blob in (presence or {}).items()]
    status, out, said = git.run_remote(
        folder,
        "push",
        "--porcelain",
        "--no-verify",
        "--no-signed",
        f"--receive-pack={_program(remote, 'receive-pack')}",
        "--",
        remote.bare,
        *refs,
        timeout=git.REMOTE_TIMEOUT if ref(folder, remote.tip) else WHOLE_TIMEOUT,
        settings=remote.settings,
    )
    if not status:
        if commit:
            git.run(folder, "update-ref", "--stdin", stdin=f"update {remote.tip} {commit}\n".encode())
        return True
    line = next((line for line in out.splitlines() if line.startswith("!") and BRANCH in line), "")
    told = f"{line}\n{said}"
    if lock := _LOCK.search(told):
        if remote.folder is not None:
            _clear_left(remote.folder)
        raise Locked(
            f"{remote.shown} is locked; a program that was killed may have left {one_line(lock[1])}.",
            "If nobody is at work there, have that file removed and sync again. What is recorded here stands.",
        )
    if any(
        sign in told for sign in ("fetch first", "non-fast-forward", "cannot lock ref", "stale info", "incorrect old")
    ):
        return False
    if "failed to update ref" in told or "reference already exists" in told:
        return False
    raise _told(remote, f"{said}\n{line}", folder)


def _clear_left(folder: Path) -> None:
    """Remove lock files from a shared folder that stay as they are for five seconds: a git keeps them for some
    thousandths. Whose clock they were written by does not matter: we look at them again.
    """
    for place in (folder / "HEAD.lock", folder / "packed-refs.lock", *folder.glob("refs/**/*.lock")):
        try:
            found = place.lstat()
        except OSError:
            continue
        stamp, now = (found.st_ino, found.st_mtime_ns), time.monotonic()
        seen, since = _left.setdefault(place, (stamp, now))
        if seen != stamp:
            _left[place] = (stamp, now)
        elif now - since > _LEFT:
            with suppress(OSError):
                place.unlink()


def ref(folder: Path, name: str) -> str:
    """What this ref is at, or ""."""
    return git.run(folder, "rev-parse", "--verify", "--quiet", name, accept=(0, 1)).decode("ascii").strip()


def between(folder: Path, ours: str, theirs: str) -> tuple[int, int]:
    """How many commits only we have, and how many only they have."""
    if not ours or ours == theirs:
        return 0, int(not ours)
    counts = git.run(folder, "rev-list", "--count", "--left-right", f"{ours}...{theirs}").split()
    return int(counts[0]), int(counts[1])


def related(folder: Path, ours: str, theirs: str) -> bool:
    """Whether these two commits have a commit behind them in common."""
    return bool(git.run(folder, "merge-base", ours, theirs, accept=(0, 1)).strip())


def bundle(folder: Path) -> bytes:
    """The whole meeting with its history, as one file for a stick."""
    return git.run(folder, "bundle", "create", "--quiet", "-", BRANCH)


def _program(remote: Remote, program: str) -> str:
    return git.other_side(program) if remote.folder is not None else f"git-{program}"


_CHECK = "Check the address; --create makes a new folder."
_KEY = "Use ssh with a key, or an address with a token in it."
_CERTIFICATE = "If you do, name it to git: git config --global http.sslCAInfo FILE."
_OTHER_KEY = "Ask who runs it; if that is right, take the new key: {1}, after ssh-keygen -R with the host."
_BARE = "Share a folder made with --create."
_REASONS = (
    ("not appear to be a git repository", "{} is no shared meeting.", _CHECK),
    ("not a git repository", "{} is no shared meeting.", _CHECK),
    ("command not found", "{} has no git.", "Have git installed there."),
    ("' not found", "{} is no shared meeting.", "Check the address."),
    ("Repository not found", "{} is no shared meeting.", "Check the address."),
    ("Could not resolve host", "{} cannot be found from here.", "Check the network and the address."),
    ("ould not resolve hostname", "{} cannot be found from here.", "Check the network and the address."),
    ("Connection refused", "{} does not answer.", "Check the network, then sync again."),
    ("timed out", "{} does not answer.", "Check the network, then sync again."),
    ("unreachable", "{} does not answer.", "Check the network, then sync again."),
    ("Failed to connect", "{} does not answer.", "Check the network, then sync again."),
    ("IDENTIFICATION HAS CHANGED", "{} has another key than before: it may be another machine.", _OTHER_KEY),
    ("Host key verification failed", "{} is not known to ssh yet.", "Log in there once by hand: {1}."),
    ("Permission denied (", "{} does not let you in.", "Put your ssh key there; draftwg asks for no password."),
    ("certificate", "This machine does not trust the certificate of {}.", _CERTIFICATE),
    ("could not read Username", "{} asks for a password.", _KEY),
    ("could not read Password", "{} asks for a password.", _KEY),
    ("Authentication failed", "{} does not let you in.", _KEY),
    ("No space left", "The disk is full.", "Free some space, then sync again."),
    ("branch is currently checked out", "{} is a meeting in which somebody works.", _BARE),
    ("ermission denied", "{} cannot be written to.", "Check its owner and permissions."),
    ("Read-only file system", "{} cannot be written to.", "Check its owner and permissions."),
    ("unable to create temporary object", "{} cannot be written to.", "Check its owner and permissions."),
    ("not allowed", "{} is of a kind that is not spoken to.", "Use a folder, ssh:// or https://."),
    ("fsck", "What {} sent is damaged; nothing was taken.", "Have that folder checked with git fsck."),
    ("index-pack", "What {} sent is damaged; nothing was taken.", "Have that folder checked with git fsck."),
    ("bundle", "{} is damaged.", "Write it anew: draftwg bundle FILE."),
)  # fmt: skip


def _told(remote: Remote, said: str, folder: Path) -> NotSynced:
    """One clear line for what git said about the meeting in `folder`."""
    for place, shown in ((folder, one_line(str(folder))), (remote.folder, remote.shown)):
        if place is not None and is_full(place) and says_full(said, place):
            hint = "Free some space there, then sync again. What is recorded here stands."
            return NotSynced(f"The disk of {shown} is full.", hint)
    for sign, message, hint in _REASONS:
        if sign in said:
            return NotSynced(
                message.format(remote.shown), f"{hint.format('', remote.login)} What is recorded here stands."
            )
    lines = [one_line(without_secrets(line)) for line in said.splitlines() if line.strip()]
    first = next((line for line in lines if line.startswith(("fatal:", "error:", "remote:", "!"))), "no reason given")
    return NotSynced(f"{remote.shown} refused: {shorten(first, 160).rstrip('.')}.", "What is recorded here stands.")
