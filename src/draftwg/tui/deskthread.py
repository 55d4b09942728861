"""The one thread on which the desk works: a repository is never read or written by two threads at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from draftwg.errors import NotAMeeting

if TYPE_CHECKING:
    from draftwg.acts.settling import Dispute
    from draftwg.desk import Desk, Receipt
    from draftwg.model.delegation import Delegation
    from draftwg.model.state import State
    from draftwg.repository.journal import Journal

Result = TypeVar("Result")
_PROGRESS = 0.03
"""Seconds between two lines on how far the reading has come."""
_LATER = (
    "draftwg.formats.markdown",
    "draftwg.redline.brackets",
    "draftwg.redline.provenance",
    "draftwg.tui.screens.picker",
    "draftwg.tui.screens.prompt",
    "draftwg.tui.screens.search",
    "draftwg.tui.screens.helping",
    "draftwg.tui.screens.palette",
    "draftwg.tui.widgets.editor",
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the desk knew at one moment: the state, whether there is an act to undo and one to redo, the commit that the
    state is that of, what is contested, how far this machine is in step with others ("" = it has none), and, where the
    latest act is the issue of a version, its symbol with the act before it, which an undo would undo."""

    state: State
    undoable: bool = False
    redoable: bool = False
    commit: str = ""
    disputes: tuple[Dispute, ...] = ()
    in_step: str = ""
    undo_passes: tuple[str, str] | None = None


class DeskThread:
    """A desk on a thread of its own. Every method returns at once to the event loop and gives its result when it is
    there."""

    def __init__(self, start: Path, *, strict_roster: bool = False) -> None:
        self.start = start
        self._strict = strict_roster
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self._left = False
        self._desk: Desk | None = None
        self.journal: Journal | None = None
        self.gitdir: Path | None = None

    async def open(self, progress: Callable[[str, int, int], None]) -> Snapshot:
        """Open the meeting and read its record. NotAMeeting or Damaged where that cannot be.

        `progress` is told now and then, on the loop, what is being done and for how many acts of how many it is done.
        """
        loop = asyncio.get_running_loop()
        told = monotonic()

        def tell(what: str, count: int, of: int) -> None:
            nonlocal told
            if monotonic() - told > _PROGRESS:
                told = monotonic()
                with suppress(RuntimeError):  # the console is being left
                    loop.call_soon_threadsafe(progress, what, count, of)

        def reading() -> Snapshot:
            from draftwg.desk.opening import open_desk

            self._desk = open_desk(self.start, strict_roster=self._strict, progress=tell)
            self.journal = self._desk.journal
            self.gitdir = self._desk.record.gitdir
            return _snapshot(self._desk)

        return await self._run(reading)

    async def settle(self) -> tuple[list[str], Snapshot]:
        """Finish what a killed program left half done; one line for each thing a person should know."""

        def settling(desk: Desk) -> tuple[list[str], Snapshot]:
            desk.record.keep_reserve()
            remarks = [*desk.settle(), *desk.amiss(), *desk.edited_by_hand()]
            return list(dict.fromkeys(remarks)), _snapshot(desk)

        return await self.call(settling)

    async def do(self, request: dict[str, object]) -> tuple[Receipt, Snapshot]:
        """Do one act; it is durable when the receipt comes. BadInput, OutOfOrder or NotRecorded where it cannot be."""
        return await self.call(lambda desk: (desk.do(request, follow=False), _snapshot(desk)))

    async def follow(self) -> list[str]:
        """Bring the readable files in step with what was done; one line for each thing a person should know."""
        return await self.call(lambda desk: desk.follow())

    async def refresh(self) -> Snapshot | None:
        """What others have recorded since; None if nothing. NotAMeeting where the folder is no longer there."""

        def looking(desk: Desk) -> Snapshot | None:
            if not (desk.record.gitdir / "objects").is_dir():
                told = f"The meeting's folder is gone: {desk.record.folder}."
                raise NotAMeeting(told, "Put it back; what is on the screen is what was read last.")
            return _snapshot(desk) if desk.refresh() else None

        return await self.call(looking)

    async def snapshot(self) -> Snapshot:
        """What is known now."""
        return await self.call(_snapshot)

    async def delegations(self) -> tuple[Delegation, ...]:
        """Whom one may choose from: the roster, then the other States."""
        return await self.call(lambda desk: desk.delegations())

    async def warm(self) -> None:
        """Read in now, on this thread, what the first question and the first edit will need."""

        def reading_in() -> None:
            for name in _LATER:
                import_module(name)

        await self._run(reading_in)

    async def call(self, question: Callable[[Desk], Result]) -> Result:
        """Ask the open desk something, on its thread. Its errors come back here."""

        def asking() -> Result:
            if self._desk is None:
                raise NotAMeeting("The meeting is not open yet.", "Wait until it has been read.")
            return question(self._desk)

        return await self._run(asking)

    async def close(self) -> None:
        """Wait for what is being recorded, then let go of the meeting."""

        def closing() -> None:
            if self._desk is not None:
                self._desk.close()

        await self._run(closing)
        self._left = True
        self._pool.shutdown(wait=False)

    async def _run(self, work: Callable[[], Result]) -> Result:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        except RuntimeError:
            if not self._left:
                raise
            raise asyncio.CancelledError from None  # the console is being left: nobody waits for an answer


def _snapshot(desk: Desk) -> Snapshot:
    disputes: tuple[Dispute, ...] = ()
    if desk.state.contested:
        from draftwg.acts.settling import disputes as find

        disputes = find(desk.log)
    undo, redo = desk.log.undoable is not None, desk.log.redoable is not None
    return Snapshot(desk.state, undo, redo, desk.commit, disputes, _in_step(desk), _undo_passes(desk))


def _undo_passes(desk: Desk) -> tuple[str, str] | None:
    latest, act = desk.log.latest, desk.log.undoable
    if latest is None or act is None or latest is act or latest.NAME != "issue":
        return None
    return desk.state.versions[-1].symbol, act.subject(desk.log.before(act.id))


def _in_step(desk: Desk) -> str:
    if not (desk.record.gitdir / "draftwg" / "remotes.json").is_file():
        return ""  # nothing more is read in where the meeting is on one machine
    from draftwg.desk.sync import standing

    shared = standing(desk)
    return shared.told if shared is not None else ""
