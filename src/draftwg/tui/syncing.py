"""The console and the other machines: an exchange runs on a thread of its own, and only the joining, which takes
milliseconds, on the desk's.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

from draftwg.errors import DraftwgError
from draftwg.tui.background import in_background
from draftwg.tui.keys import key

if TYPE_CHECKING:
    from draftwg.desk import Desk
    from draftwg.desk.sync import Remote, Synced
    from draftwg.tui.deskthread import DeskThread
    from draftwg.tui.pauses import Pauses
    from draftwg.tui.screens.reading import ReadingScreen
    from draftwg.tui.situation import Situation

EVERY = 10.0
"""Seconds between two exchanges, where the meeting is shared."""
_LONGEST = 120.0
_LONGEST_FOLDER = 30.0  # a stick is plugged in again, and to look for a folder takes nothing
_PAUSE = 0.15  # seconds without a key in which a step of an exchange may begin: it takes the processor for a while
_HURRY = 3.0  # seconds after which it begins all the same
_PRESENCE = 60.0  # the others are told anew where we are after so many seconds, or when we have moved


class Syncing:
    """Exchanges on behalf of a screen, when asked and every few seconds; says how far the machines are in step."""

    def __init__(self, screen: ReadingScreen, desk: DeskThread, pauses: Pauses) -> None:
        self._screen, self._desk, self._pauses = screen, desk, pauses
        self._wake = asyncio.Event()
        self._asked = False
        self._present: tuple[str, ...] = ()
        self._said = ("", 0.0)
        self._busy = asyncio.Lock()
        self.shared = False

    def told(self, in_step: str) -> tuple[str, ...]:
        """What the title says of the others: how far both are in step, and where they are."""
        return (in_step, *self._present) if in_step else ()

    def offer(self, now: Situation) -> str:
        """What is contested, for the line above the status; "" where nothing is."""
        one = now.dispute
        if one is None or self._screen.editing.editor is not None:
            return ""
        stands = "; ".join(words for words, _ in one.against)
        more = f" ({len(now.disputes) - 1} more)" if len(now.disputes) > 1 else ""
        return f"Contested{more}: {one.act}{f', but {stands}' if stands else ''}: {key('settle')} settles it"

    def now(self) -> None:
        """Exchange at once."""
        self._asked = True
        self._screen.status("Syncing …", "busy")
        self._wake.set()

    async def first(self, place: str, *, make: bool) -> str:
        """Share the meeting at this place, made if it is to be; one line on why that cannot be, or ""."""

        def finding(desk: Desk) -> Remote:
            from draftwg.desk.sync import Remotes, share

            remote = Remotes(desk.record.gitdir).find(place)
            if make:
                share(remote.place)
            return remote

        try:
            self._tell(await self._exchange(await self._desk.call(finding)), asked=True)
        except DraftwgError as error:
            return str(error)
        self.shared = True
        self._wake.set()
        await self._show()
        return ""

    async def follow(self) -> None:
        """Keep in step as long as the console is open. What fails is tried again, later and later; the title tells."""
        wait, said = EVERY, ""
        while True:
            remote = await self._remote()
            self.shared = remote is not None
            asked, self._asked = self._asked, False
            if remote is not None:
                try:
                    synced = await self._exchange(remote)
                    if self._left:
                        return
                    wait, said = EVERY, ""
                    self._tell(synced, asked=asked)
                except DraftwgError as error:
                    if self._left:
                        return
                    if asked or str(error) != said:
                        said = str(error)
                        self._screen.trouble(error)
                    wait = min(wait * 2, _LONGEST if remote.folder is None else _LONGEST_FOLDER)
                except Exception as error:
                    self._screen.mishaps.met(error, "Syncing")
                    wait = min(wait * 2, _LONGEST)
                await self._show()
            self._wake.clear()
            if not self._asked:
                try:
                    await asyncio.wait_for(self._wake.wait(), wait)
                except TimeoutError:
                    continue

    @property
    def _left(self) -> bool:
        """Whether the console is being left: what an exchange brought is shown nowhere then."""
        return not self._screen.query("#status") or not self._screen.query("#title")

    async def _remote(self) -> Remote | None:
        """Where the meeting is shared. Little is read in for a meeting that is on one machine only."""

        def looking(desk: Desk) -> Remote | None:
            if not (desk.record.gitdir / "draftwg" / "remotes.json").is_file():
                return None
            from draftwg.desk.sync import Remotes

            return next(iter(Remotes(desk.record.gitdir).listed()), None)

        return await self._desk.call(looking)

    async def _exchange(self, remote: Remote) -> Synced:
        from draftwg.desk.clock import now
        from draftwg.desk.presence import Presence, own_name
        from draftwg.desk.sync import Exchange, Remotes

        folder = await self._desk.call(lambda desk: desk.record.folder)
        row = self._screen.situation.row
        unit = row.unit.label if row is not None and row.unit is not None else ""
        clerk = Remotes(folder / ".git").clerk or own_name()
        moved = unit != self._said[0] or monotonic() - self._said[1] > _PRESENCE
        exchange = Exchange(folder, remote, clerk, Presence(clerk, unit, now()) if moved else None)
        loop = asyncio.get_running_loop()

        def take() -> None:
            asyncio.run_coroutine_threadsafe(self._desk.call(exchange.take), loop).result()

        def rest() -> None:
            self._pauses.wait(_PAUSE, _HURRY)

        async with self._busy:
            synced = await in_background(lambda: exchange.run(take, rest))
        self._said = (unit, monotonic()) if moved else self._said
        more = f" (+{len(synced.present) - 1})" if len(synced.present) > 1 else ""
        self._present = tuple(f"{one.told}{more}" for one in synced.present[:1])
        return synced

    async def _show(self) -> None:
        """Show what came, and how far both are in step; where nothing came, only the title is drawn."""
        snapshot, now = await self._desk.snapshot(), self._screen.situation
        if self._left:
            return
        if snapshot.state is now.state and snapshot.disputes == now.disputes:
            self._screen.show_room(snapshot)
        else:
            self._screen.take(snapshot)

    def _tell(self, synced: Synced, *, asked: bool) -> None:
        count = len(synced.contested)
        if synced.remarks or count:
            settle = f"{count} {'decision is' if count == 1 else 'decisions are'} contested: {key('settle')} settles."
            self._screen.warn(*synced.remarks, *([settle] if count else []))
        elif asked or synced.received:
            self._screen.status(synced.told, "good")
