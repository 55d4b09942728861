"""Who is where: each machine tells the others on which unit it is. No locks; it is forgotten when it is old.

A presence is a small JSON object under `refs/draftwg/presence/CLERK` of the shared folder, replaced at each exchange.
"""

import json
import re
import socket
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from draftwg.acts.log import seconds
from draftwg.errors import BadInput, DraftwgError
from draftwg.hygiene import clean_line, shorten
from draftwg.repository import git
from draftwg.repository.contents import read_blobs
from draftwg.repository.remotes import Remote, checked_name

EXPIRES = 120.0
"""Seconds after which a machine that has said nothing is taken to have left."""
_AHEAD = 3600.0  # a clock that is more than an hour ahead is wrong, and its presence would never end
_MOST = 200


@dataclass(frozen=True, slots=True)
class Presence:
    """A machine: its clerk's name, the label of the unit that it shows ("" = none), and when it said so."""

    clerk: str
    unit: str
    at: str

    @property
    def told(self) -> str:
        """ "vienna-2 is on 8"."""
        return f"{self.clerk} is on {self.unit}" if self.unit else f"{self.clerk} is here"

    def blob(self, folder: Path) -> str:
        """The presence as an object in the repository; its id. It is new once a minute at most."""
        values = {"clerk": self.clerk, "unit": self.unit, "at": f"{self.at[:16]}:00{self.at[19:]}"}
        data = json.dumps(values, ensure_ascii=False).encode()
        return git.run(folder, "hash-object", "-w", "--stdin", stdin=data).decode("ascii").strip()


def own_name() -> str:
    """What this machine is called where nobody has given it a name: that of the host."""
    try:
        plain = re.sub(r"[^a-z0-9-]+", "-", socket.gethostname().split(".")[0].casefold()).strip("-")
        return checked_name(plain)
    except (OSError, BadInput):
        return "machine"


def told_by(folder: Path, remote: Remote, own: str) -> tuple[Presence, ...]:
    """Who is there beside the clerk `own`, as the last exchange told; by name."""
    try:
        out = git.run(folder, "for-each-ref", "--format=%(objectname) %(refname)", f"{remote.presence}/")
        rows = [line.split(" ", 1) for line in out.decode("utf-8", "replace").splitlines()[:_MOST]]
        contents = read_blobs(folder, [blob for blob, _ in rows])
    except (DraftwgError, ValueError):
        return ()
    found = []
    for blob, name in rows:
        presence = _read(name.rpartition("/")[2], contents.get(blob, b""))
        if presence is not None and presence.clerk != own:
            found.append(presence)
    return tuple(sorted(found, key=lambda one: one.clerk))


def _read(name: str, data: bytes) -> Presence | None:
    """A presence as another machine wrote it: hostile until it is clean. None where it is none, or old."""
    try:
        values = json.loads(data[:2_000])
        at = str(values["at"])
        age = datetime.now().astimezone().timestamp() - seconds(at)
        if not -_AHEAD < age < EXPIRES + 60:
            return None
        return Presence(checked_name(name), shorten(clean_line(str(values["unit"])), 20), at)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError, BadInput):
        return None
