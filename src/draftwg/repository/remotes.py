"""Other places that have the same meeting: bare folders, ssh and https addresses, other clones, bundles.

They are kept in a file of ours, never in git's configuration, which may come from elsewhere. `transport.py` speaks to
them.
"""

import fcntl
import json
import os
import re
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from draftwg.errors import BadInput, NotSynced
from draftwg.hygiene import clean_line, one_line, shorten
from draftwg.repository import own
from draftwg.repository.lock import refused
from draftwg.repository.worktree import write_file

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_HELPER = re.compile(r"[A-Za-z0-9+.-]+::")
_SHORT = re.compile(r"[^/\s:]+:[^:].*")  # host:path, as ssh has it
_SECRET = re.compile(r"(?<=https://)[^/\s]*@")
_BUNDLE = (b"# v2 git bundle\n", b"# v3 git bundle\n")
_PATIENCE = 35.0


@dataclass(frozen=True, slots=True)
class Remote:
    """Another place: what it is called here, and where it is (an absolute path or an address)."""

    name: str
    place: str

    @property
    def shown(self) -> str:
        """Where it is, for people: a password in an address is left out."""
        return one_line(without_secrets(self.place))

    @property
    def bare(self) -> str:
        """Where it is, for git: what an https address has before the host goes in by `settings`."""
        return _SECRET.sub("", self.place, count=1)

    @property
    def settings(self) -> list[tuple[str, str]]:
        """What git has to know to reach it: for https, the person's own settings, and the name and password or token of
        the address as a header, since every user of a machine sees the command lines of all programs.
        """
        if not self.place.startswith("https://"):
            return []
        found = [("credential.helper", ""), *own.https()]  # none but the person's own
        if login := _SECRET.search(self.place):
            name, _, secret = login[0][:-1].partition(":")
            both = b64encode(f"{unquote(name)}:{unquote(secret)}".encode()).decode("ascii")
            found.append((f"http.{self.bare}.extraHeader", f"Authorization: Basic {both}"))
        return found

    @property
    def login(self) -> str:
        """The words with which a person logs in there by hand, for an ssh address."""
        host = self.shown.removeprefix("ssh://").partition("/")[0]
        if self.place.startswith("ssh://"):
            host, _, port = host.partition(":")
            return f"ssh -p {port} {host}" if port else f"ssh {host}"
        return f"ssh {host.partition(':')[0]}"

    @property
    def folder(self) -> Path | None:
        """Its folder on this machine, if it is one."""
        return Path(self.place) if self.place.startswith("/") else None

    @property
    def bundle(self) -> bool:
        """Whether it is a bundle: one file with a whole meeting in it."""
        return is_bundle(self.folder) if self.folder else False

    @property
    def taken(self) -> bool:
        """Whether it is a meeting in which somebody works, so that nothing can be sent there."""
        return self.folder is not None and (self.folder / ".git").exists()

    @property
    def tip(self) -> str:
        """The ref under which its newest commit is kept here."""
        return f"refs/draftwg/remotes/{self.name}/main"

    @property
    def presence(self) -> str:
        """Where the refs are kept that tell who is there."""
        return f"refs/draftwg/remotes/{self.name}/presence"


def is_bundle(path: Path) -> bool:
    """Whether there is a bundle at this path."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(16) in _BUNDLE
    except OSError:
        return False


def without_secrets(text: str) -> str:
    """`text` without the names, passwords and tokens of https addresses in it."""
    return _SECRET.sub("…@", text)


def checked_name(name: str) -> str:
    """A name for a remote or a clerk, fit to be part of a ref. BadInput where it is none."""
    plain = clean_line(name).casefold()
    if not _NAME.fullmatch(plain) or ".." in plain or plain.endswith((".lock", ".")):
        raise BadInput(f"“{shorten(name, 40)}” is no name.", "Use letters a to z, digits and hyphens.")
    return plain


def checked_place(place: str) -> str:
    """An absolute path or an address, as people gave it. BadInput where it is of a kind that is not spoken to."""
    line = clean_line(place)
    if not line or line != place.strip():
        raise BadInput("That is no address.", "Give a folder, or an address that begins with ssh:// or https://.")
    if line.startswith("-"):
        raise BadInput("An address does not begin with a hyphen.", "Write a folder as ./NAME.")
    if _HELPER.match(line):
        raise BadInput(f"“{shorten(line, 40)}” would run a program.", "Give a folder, ssh:// or https:// address.")
    scheme = _SCHEME.match(line)
    if scheme:
        kind = scheme[1].lower()
        rest = line[scheme.end() :]
        if kind == "file":
            return str(Path(rest).resolve())
        if kind not in ("ssh", "https"):
            raise BadInput(f"{kind}:// is not spoken here.", "Use ssh:// or https://, or a folder.")
        host = rest.partition("/")[0].rpartition("@")[2]
        if not host or host.startswith("-"):
            raise BadInput(f"“{shorten(line, 60)}” names no host.", "Write it like ssh://host/folder.")
        return f"{kind}://{rest}"
    if _SHORT.fullmatch(line) and not Path(line).exists():
        if line.rpartition("@")[2].startswith("-"):
            raise BadInput(f"“{shorten(line, 60)}” names no host.", "Write it like host:folder.")
        return line
    try:
        return str(Path(line).expanduser().resolve())
    except (OSError, RuntimeError, ValueError):
        raise BadInput(f"“{shorten(line, 60)}” is no folder.", "Give its whole path.") from None


class Remotes:
    """The remotes of a meeting and what is known of them, in `.git/draftwg/remotes.json`."""

    def __init__(self, gitdir: Path) -> None:
        self._file = gitdir / "draftwg" / "remotes.json"

    def listed(self) -> tuple[Remote, ...]:
        """All of them, the one used last first."""
        return tuple(Remote(name, str(one["place"])) for name, one in self._read().items())

    def last_sync(self, name: str) -> tuple[str, int]:
        """When this remote was last in step with the meeting (ISO 8601), and how many acts both had then."""
        one = self._read().get(name, {})
        at, acts = one.get("at"), one.get("acts")
        return (at, acts) if isinstance(at, str) and type(acts) is int else ("", 0)

    def find(self, wanted: str = "") -> Remote:
        """The remote of this name or at this place, known or new; without one, the one used last."""
        known = self.listed()
        if not wanted:
            if not known:
                raise BadInput(
                    "This meeting is not shared yet.",
                    "Say where it is: draftwg sync FOLDER, or an ssh or https address.",
                )
            return known[0]
        named = next((one for one in known if one.name == wanted.strip().casefold()), None)
        if named is not None and not Path(wanted).exists():
            return named
        place = checked_place(wanted)
        return next((one for one in known if one.place == place), Remote(self._free_name(known), place))

    def add(self, name: str, place: str) -> Remote:
        """A remote under this name. BadInput where the name is taken by another place."""
        remote = Remote(checked_name(name), checked_place(place))
        other = next((one for one in self.listed() if one.name == remote.name), None)
        if other is not None and other.place != remote.place:
            raise BadInput(f"“{other.name}” is {other.shown}.", f"Remove it first: draftwg remote remove {other.name}.")
        self.remember(remote)
        return remote

    def remove(self, name: str) -> None:
        """Forget a remote; nothing is changed there. BadInput where there is none of this name."""
        kept = self._read()
        if kept.pop(name.strip().casefold(), None) is None:
            known = ", ".join(kept) or "none yet"
            raise BadInput(f"There is no remote “{shorten(name, 40)}”.", f"There are: {known}.")
        self._write(kept)

    @property
    def clerk(self) -> str:
        """What the others call this machine, "" where nobody has said."""
        try:
            return checked_name(str(json.loads(self._file.read_bytes())["clerk"]))
        except (OSError, ValueError, KeyError, TypeError, BadInput):
            return ""

    def name_clerk(self, name: str) -> str:
        """Keep what the others are to call this machine; the name as it is kept. BadInput where it is none."""
        clerk = checked_name(name)
        self._write(self._read(), clerk)
        return clerk

    def remember(self, remote: Remote, at: str = "", acts: int = 0) -> None:
        """Keep the remote, as the one used last; with a time, that both were in step then."""
        kept = self._read()
        one = {**kept.pop(remote.name, {}), "place": remote.place}
        if at:
            one |= {"at": at, "acts": acts}
        self._write({remote.name: one, **kept})

    def _read(self) -> dict[str, dict[str, object]]:
        try:
            listed = json.loads(self._file.read_bytes())["remotes"]
            return {
                name: one
                for name, one in listed.items()
                if _NAME.fullmatch(name) and checked_place(str(one["place"])) == one["place"]
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError, BadInput):
            return {}

    def _write(self, kept: Mapping[str, Mapping[str, object]], clerk: str = "") -> None:
        values = {"remotes": kept, "clerk": clerk or self.clerk}
        try:
            self._file.parent.mkdir(exist_ok=True)
            write_file(self._file, (json.dumps(values, indent=1) + "\n").encode(), durable=False)
            self._file.chmod(0o600)  # an address may hold a token
        except OSError as error:
            raise refused(error) from None

    def _free_name(self, known: tuple[Remote, ...]) -> str:
        taken = {one.name for one in known}
        return next(name for name in ("shared", *(f"shared-{n}" for n in range(2, 1_000))) if name not in taken)


@contextmanager
def syncing(gitdir: Path) -> Iterator[None]:
    """One exchange at a time on this machine. NotSynced where another one takes too long."""
    folder = gitdir / "draftwg"
    try:
        folder.mkdir(exist_ok=True)
        handle = os.open(folder / "sync.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise refused(error) from None
    try:
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise NotSynced("Another program is syncing this meeting.", "Wait until it has ended.") from None
                time.sleep(0.05)
        yield
    finally:
        os.close(handle)
