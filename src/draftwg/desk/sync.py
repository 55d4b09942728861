"""Exchange with other machines: fetch, join, push; what was received, put back, contested, renumbered.

Fetching and pushing take time and touch nothing of the desk, so that the console runs them on a thread of their own;
joining is done by the desk and takes milliseconds.
"""

import os
import random
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from draftwg.acts.version import Issue
from draftwg.desk.clock import now
from draftwg.desk.desk import Desk
from draftwg.desk.joining import Joined, contested, remarks
from draftwg.desk.presence import Presence, told_by
from draftwg.desk.skew import clock_remark, furthest_ahead
from draftwg.errors import BadInput, DraftwgError, NotRecorded, NotSynced
from draftwg.hygiene import one_line
from draftwg.model.symbols import parse_symbol
from draftwg.repository import tags, transport
from draftwg.repository.layout import no_own_file
from draftwg.repository.lock import refused
from draftwg.repository.objects import sync_place
from draftwg.repository.record import Record
from draftwg.repository.remotes import Remote, Remotes, checked_place, is_bundle, syncing
from draftwg.repository.transport import Fetched, Locked, make_shared
from draftwg.repository.union import lost_between

__all__ = [
    "TRIES", "Exchange", "Remote", "Remotes", "Standing", "Synced", "clone", "pause", "share",
    "standing", "sync", "syncing", "too_fast", "watch", "write_bundle",
]  # fmt: skip

TRIES = 5


@dataclass(frozen=True, slots=True)
class Synced:
    """One exchange: with whom, when, how many acts came and went, what a person should know, who is
    there, and what has become contested."""

    remote: Remote
    at: str
    received: int
    sent: int
    remarks: tuple[str, ...] = ()
    present: tuple[Presence, ...] = ()
    contested: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """What happened, in one line."""
        if self.remote.bundle and not self.received:
            return f"There is nothing new in {self.remote.shown}."
        if not self.received and not self.sent:
            return f"In step with {self.remote.shown}."
        came = f"{self.received} {_acts(self.received)} received"
        if self.remote.bundle:
            return f"{came} from {self.remote.shown}."
        return f"{came}, {self.sent} sent: in step with {self.remote.shown}."


@dataclass
class Exchange:
    """An exchange in steps. `fetch` and `push` may run on any thread; `take` belongs to the desk's."""

    folder: Path
    remote: Remote
    clerk: str = ""
    presence: Presence | None = None
    received: int = 0
    sent: int = 0
    remarks: dict[str, None] = field(default_factory=dict)
    contested: dict[str, None] = field(default_factory=dict)
    _fetched: Fetched = field(default_factory=lambda: Fetched("", ""))
    _head: str = ""
    _waiting: bool = False
    _acts: int = 0
    _ahead: str = ""

    def fetch(self) -> None:
        """Bring what the other side has here. NotSynced where it cannot be reached."""
        self._fetched = transport.fetch(self.folder, self.remote)

    def take(self, desk: Desk) -> None:
        """Join what was fetched to the meeting. The errors of `Desk.join`."""
        tip, before = self._fetched.tip, self._fetched.before
        common = 0
        if tip:
            joined = desk.join(tip)
            common = len(joined.incoming.ids)
            self.received += len(joined.incoming.acts)
            self.remarks |= dict.fromkeys([*remarks(joined, self.remote), *_part_tags(desk, joined)])
            self._ahead = furthest_ahead(joined.incoming.acts, now()) or self._ahead
            self.contested |= dict.fromkeys(contested(desk.log, joined))
        known = self.remote in Remotes(self.folder / ".git").listed()  # else what was there before was another place
        lost = lost_between(desk.record.reader, before, tip) if known and before and before != tip else 0
        if lost:
            self.remarks[f"{self.remote.shown} had lost {lost} {_acts(lost)}; they were put back."] = None
        desk.refresh()
        self._head, self._acts = desk.record.head(), len(desk.log.acts)
        self.sent = len(desk.log.acts) - common
        self._waiting = self._head != tip

    def push(self) -> bool:
        """Send what the other side lacks; False where another machine was faster: then fetch again. NotSynced where it
        refuses.
        """
        if self.remote.bundle:
            self.sent = 0
            return True
        if self.remote.taken:
            if self.sent:
                count = f"{self.sent} {_acts(self.sent)}"
                self.remarks[f"{count} not sent: {self.remote.shown} is a meeting itself; sync there too."] = None
            self.sent = 0
            return True
        here = {self.clerk: self.presence.blob(self.folder)} if self.clerk and self.presence else {}
        if not self._waiting and not here:
            return True
        return transport.push(self.folder, self.remote, self._head if self._waiting else "", here)

    def run(self, take: Callable[[], None], before: Callable[[], object] = bool) -> Synced:
        """All the steps, as often as others are faster; `take` has to call `Exchange.take` where the desk works;
        `before` is called before each step.

        NotSynced, and whatever the steps raise.
        """
        failed = too_fast(self.remote)
        with syncing(self.folder / ".git"):
            for attempt in range(TRIES):
                before()
                self.fetch()
                before()
                take()
                before()
                try:
                    if self.push():
                        return self._done()
                except Locked as error:
                    failed = error
                pause(attempt)
        raise failed

    def _done(self) -> Synced:
        """Note that both are in step."""
        at = now()
        remotes = Remotes(self.folder / ".git")
        if not self.remote.bundle and not self.remote.taken:
            remotes.remember(self.remote, at, self._acts)
        present = () if self.remote.bundle else told_by(self.folder, self.remote, self.clerk)
        if self._ahead:
            self.remarks[clock_remark(self._ahead, at, self.remote.shown, present)] = None
        return Synced(self.remote, at, self.received, self.sent, tuple(self.remarks), present, tuple(self.contested))


def sync(desk: Desk, remote: Remote, *, clerk: str = "", presence: Presence | None = None) -> Synced:
    """Exchange with this remote: both have the acts of both when it returns.

    NotSynced, BadInput, Damaged or NotRecorded where that cannot be; what is recorded here stands.
    """
    exchange = Exchange(desk.record.folder, remote, clerk, presence)
    return exchange.run(lambda: exchange.take(desk))


def pause(attempt: int) -> None:
    """Wait before trying again: longer each time, and not as long as others do."""
    time.sleep(random.uniform(0.05, 0.25) * 2**attempt)


def rest(seconds: float) -> None:
    """Wait until the next exchange of a watch."""
    time.sleep(seconds)


def too_fast(remote: Remote) -> NotSynced:
    """What to say when others were faster each time."""
    return NotSynced(
        f"Others sent to {remote.shown} at the same time, {TRIES} times in a row.",
        "What is recorded here stands; sync again.",
    )


def clone(source: str, folder: Path) -> Desk:
    """The meeting at this place, in a new folder. BadInput, NotSynced or NotRecorded where that cannot be; then nothing
    is left behind.
    """
    remote = Remote("shared", checked_place(source))
    there = folder.exists()
    record = Record.create(folder, "meeting")  # its mark is made anew with the rest
    try:
        fetched = transport.fetch(folder, remote, transport.WHOLE_TIMEOUT)
        if not fetched.tip:
            raise BadInput(f"{remote.shown} holds no meeting yet.", "Sync the first machine with it, then clone.")
        (folder / "meeting.json").unlink()
        desk = Desk(record)
        joined = desk.join(fetched.tip)
        if not remote.bundle:
            Remotes(record.gitdir).remember(remote, now(), len(joined.incoming.acts))
        return desk
    except DraftwgError:
        record.discard(there=there)
        raise


def share(place: str) -> None:
    """Make the shared folder at this place, if there is none. BadInput where it is no folder of this machine."""
    folder = Path(checked_place(place))
    if not folder.is_absolute():
        raise BadInput("Only a folder on this machine can be made.", "Make it there: git init --bare FOLDER.")
    if not (folder / "HEAD").is_file():
        make_shared(folder)


def write_bundle(desk: Desk, path: Path) -> int:
    """The whole meeting with its history as one file; its size. BadInput where something other than a bundle is there,
    NotRecorded where it cannot be written.
    """
    path = path.absolute()
    no_own_file(path)
    try:
        there = path.lstat()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise BadInput(f"{one_line(str(path))} cannot be written ({error.strerror}).", "Give another name.") from None
    else:
        if not stat.S_ISREG(there.st_mode) or (there.st_size and not is_bundle(path)):
            raise BadInput(f"{one_line(str(path))} is there and is no bundle.", "Give another name.")
    data = transport.bundle(desk.record.folder)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_place(path.parent)
    except OSError as error:
        beside.unlink(missing_ok=True)
        told = refused(error).message.split(";")[0].rstrip(".")
        raise NotRecorded(f"{told}; {one_line(str(path))} was not written.", "Choose another place.") from None
    return len(data)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far this machine is in step with the others: with whom, since when, and how many acts others lack."""

    remote: Remote
    at: str
    waiting: int

    @property
    def told(self) -> str:
        """ "synced 14:02", or "not synced since 14:02 (7 acts)"."""
        if not self.at:
            return f"not synced yet ({self.waiting} {_acts(self.waiting)})"
        day = "" if self.at[:10] == now()[:10] else f"{self.at[:10]} "
        at = f"{day}{self.at[11:16]}"
        return f"not synced since {at} ({self.waiting} {_acts(self.waiting)})" if self.waiting else f"synced {at}"


def standing(desk: Desk) -> Standing | None:
    """How far this machine is in step with the place that it synced with last; None where there is none."""
    remotes = Remotes(desk.record.gitdir)
    known = remotes.listed()
    if not known:
        return None
    at, acts = remotes.last_sync(known[0].name)
    return Standing(known[0], at, max(0, len(desk.log.acts) - acts))


def watch(
    desk: Desk, remote: Remote, seconds: float, told: Callable[[Synced | DraftwgError], None], *, clerk: str, unit: str
) -> None:
    """Exchange every few seconds until the program is interrupted. What fails is told and tried again, later and
    later, up to a minute.
    """
    wait = seconds
    while True:
        try:
            told(sync(desk, remote, clerk=clerk, presence=Presence(clerk, unit, now())))
            wait = seconds
        except (NotSynced, NotRecorded) as error:
            told(error)
            wait = min(max(wait * 2, seconds), 60.0)
        rest(wait * random.uniform(0.8, 1.2))


def _part_tags(desk: Desk, joined: Joined) -> list[str]:
    """Where this machine's own version gave way to another of the same symbol, its tag gets a name of its own."""
    lines = []
    known = {one.act for one in joined.before.contested}
    new = {one.act for one in joined.after.contested} - known
    for act in map(desk.log.act, sorted(new)):
        if not isinstance(act, Issue):
            continue
        tag, commit = parse_symbol(act.symbol).tag, desk.record.commit_of(act)
        if tags.part(desk.record.folder, tag, commit, act.id[:6]):
            lines.append(f"The tag of this machine's {act.symbol} is {tag}-{act.id[:6]} now.")
    return [*lines, *desk.settle()] if lines else []


def _acts(count: int) -> str:
    return "act" if count == 1 else "acts"
