"""The desk itself: it holds a meeting open, does acts, and knows the state."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from draftwg.acts import ACTS, Act, Drafting, Log, Request, Stamp
from draftwg.acts.base import checked_time
from draftwg.acts.meeting import Found
from draftwg.acts.undo import Redo, Undo
from draftwg.acts.version import Issue
from draftwg.desk import directory
from draftwg.desk.chronicle import Chronicle
from draftwg.desk.clock import new_id, now
from draftwg.desk.files import changed_files
from draftwg.errors import BadInput, Damaged, DraftwgError, NotRecorded
from draftwg.hygiene import clean_line, one_line
from draftwg.model.delegation import Delegation
from draftwg.model.state import State
from draftwg.model.symbols import parse_symbol
from draftwg.repository import tags
from draftwg.repository.contents import Ahead
from draftwg.repository.finding import find_meeting
from draftwg.repository.journal import Journal
from draftwg.repository.layout import act_file, act_path
from draftwg.repository.record import Record
from draftwg.repository.stream import Entry
from draftwg.repository.worktree import told_in_the_way

if TYPE_CHECKING:
    from draftwg.desk.joining import Joined

_TRIES = 20
_PORTION = 2_500  # acts of a record that is read from its beginning, folded in one go: they come in their order


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was recorded: the act, its commit, the act in words, and what the person should know."""

    act: Act
    commit: str
    subject: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Drafted:
    """An act that is ready to be recorded, after those that have to come before it."""

    act: Act
    entries: tuple[Entry, ...]
    warnings: tuple[str, ...]

    @property
    def subject(self) -> str:
        return self.entries[-1].subject


class Desk:
    """A meeting, open. One desk serves one thread; other desks, in other threads and programs, may work on the same
    meeting.

    `strict_roster` refuses delegations that are not in the roster instead of admitting them.
    """

    def __init__(self, record: Record, *, strict_roster: bool = False) -> None:
        self.record = record
        self.strict_roster = strict_roster
        self.log = Log()
        self.chronicle = Chronicle()
        self.journal = Journal(record.gitdir)
        self._head = ""
        self._grown = ""  # the commit that is known to hold every act that there was
        self._behind: dict[str, bytes | None] = {}  # files of acts that are recorded, not yet written beside the record

    @classmethod
    def found(cls, folder: Path, title: str, place: str = "", dates: str = "", *, at: str | None = None) -> "Desk":
        """A new meeting in `folder`, which must be absent or empty. BadInput or NotRecorded where it cannot be made."""
        values: dict[str, object] = {"act": "found", "title": title, "place": place, "dates": dates, "at": at}
        checked = Found.draft(Drafting(Log(), lambda: Stamp("none", 1, now()), lambda _: None), Request(values))
        there = folder.exists()
        desk = cls(Record.create(folder, checked.title))
        try:
            desk.do(values)
        except DraftwgError:
            desk.record.discard(there=there)
            raise
        return desk

    @classmethod
    def open(
        cls,
        start: Path,
        *,
        strict_roster: bool = False,
        progress: Callable[[str, int, int], None] | None = None,
        ahead: Ahead | None = None,
    ) -> "Desk":
        """The meeting in or beside `start`, read whole. NotAMeeting or Damaged where there is none to be read.

        `progress` is told what is being done, and for how many acts of how many it is done; `ahead` may have been read
        already.
        """
        desk = cls(Record(find_meeting(start)), strict_roster=strict_roster)
        desk.record.progress, desk.record.ahead = progress, ahead
        desk.refresh()
        desk.record.ahead = None
        desk.record.check_grown(reading=True)
        if not desk.log.acts:
            if desk.record.had_commits():
                raise Damaged(
                    "The branch of this meeting is gone; its acts are there.", "Bring it back: draftwg doctor."
                )
            raise Damaged("This meeting was not completely set up.", "Remove its folder and run draftwg init again.")
        return desk

    def close(self) -> None:
        """Let go of what reading may have started, and of what is being typed. The files are in step then."""
        self.follow()
        self.record.close()
        self.journal.close()

    # --- asking ------------------------------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """What is so now, as far as this desk has read."""
        return self.log.state

    @property
    def commit(self) -> str:
        """The commit that `state` is that of."""
        return self._head

    def refresh(self) -> bool:
        """Take in what others have recorded since; whether there was anything."""
        if self.record.head() == self._head:
            return False
        self._read()
        return True

    def settle(self) -> list[str]:
        """Finish what a killed program left half done beside the record; one line for each thing a person should
        know.
        """
        try:
            remarks = self.record.catch_up()
        except NotRecorded as error:  # read-only: the record can be read all the same
            return [f"The files beside the record could not be brought up to date: {error.message}"]
        return [*remarks, *self._set_tags()]

    def edited_by_hand(self) -> list[str]:
        """One line for each readable file that was edited by hand: to be told with each command."""
        return [
            f"{one_line(path)} was edited by hand, and that is not in the record. See it, take it up or put it aside "
            "with draftwg edits."
            for path in self.record.hand_edits()
        ]

    def check_files(self) -> None:
        """Damaged, naming the first, where act files beside the record were changed or lost, or where something else
        stands in the place of their folders; the record has them all.
        """
        barred = [path for path in self.record.in_the_way() if path.split("/")[0] == "record"]
        if barred:
            raise Damaged(told_in_the_way(barred))
        damaged = self.record.damaged_files()
        if damaged and self.record.work_tree.in_step_with() != self.record.head():
            damaged = [path for path in damaged if (self.record.folder / path).exists()]  # others could not be written
        if damaged:
            more = f" (and {len(damaged) - 1} more)" if len(damaged) > 1 else ""
            raise Damaged(
                f"The act file {damaged[0]}{more} is damaged; the record in git has it unharmed.",
                "Put it back: draftwg doctor.",
            )

    def amiss(self) -> list[str]:
        """What is wrong with the files beside the record, in one line at most; reading goes on without them."""
        try:
            self.check_files()
        except Damaged as error:
            return [str(error)]
        barred = self.record.in_the_way()
        return [told_in_the_way(barred)] if barred else []

    def commits(self) -> dict[str, str]:
        """The commit that recorded each act, by the act's id."""
        return self.record.commits_of_acts()

    @property
    def day(self) -> str:
        """The first day of the meeting, or today: names of States are those of that day."""
        return self.state.dates[:10] or now()[:10]

    def delegations(self) -> tuple[Delegation, ...]:
        """Those in the roster, then every other State of the directory: whom one may choose from."""
        roster = self.state.delegations
        codes = {delegation.code for delegation in roster.values()} - {""}
        others = (d for d in directory.all_on(self.day) if d.name not in roster and d.code not in codes)
        return (*roster.values(), *others)

    # --- doing -------------------------------------------------------------------------------------------------

    def do(self, request: Mapping[str, object], *, follow: bool = True) -> Receipt:
        """Do one act: `request` names it under "act", with the fields of docs/acts.md. Durable when this returns.

        The files beside the record are in step as well, unless `follow` is false: then whoever asked acknowledges the
        act first, and calls `follow` next. BadInput, OutOfOrder or NotRecorded where it cannot be; then nothing was
        recorded.
        """
        return self.do_all([request], follow=follow)[0]

    def follow(self, every: float = 0.0) -> list[str]:
        """Bring the files beside the record in step with what was recorded; one line for each thing a person should
        know.

        With `every`, only if nobody has done so for that many seconds: several programs that record at once take turns.
        """
        if not self._behind or self.record.work_tree.age() < every:
            return []
        try:
            with self.record.writing():
                return self._follow()
        except NotRecorded as error:  # busy or full: the next act or the next start sees to it
            return [f"The files beside the record could not be brought up to date: {error.message}"]

    def do_all(self, requests: Sequence[Mapping[str, object]], *, follow: bool = True) -> list[Receipt]:
        """Do all of these acts or, if one cannot be done, none: the error of the first such one is raised. `follow` is
        that of `do`.
        """
        if not requests:
            return []
        with self.record.writing():
            for attempt in range(_TRIES):
                if self.record.head() != self._grown:
                    self.record.check_grown()
                self._read()
                known = len(self.log.acts)
                commits = None
                try:
                    drafted = [self._draft(request) for request in requests]
                    entries = [entry for draft in drafted for entry in draft.entries]
                    commits = self.record.append(entries, self._head, now())
                finally:
                    if commits is None and len(self.log.acts) != known:
                        self._read_anew()
                if commits is not None:
                    return self._acknowledge(drafted, entries, commits, follow)
                time.sleep(random.uniform(0.005, 0.02) * (attempt + 1))
                self.record.clear_stale()
        raise NotRecorded("Others recorded at the same time, again and again; nothing was recorded.", "Do it again.")

    def join(self, tip: str) -> "Joined":
        """Take in the acts of another machine, whose newest commit is `tip` and has been fetched. Durable when this
        returns; the texts are made anew from the acts of both.

        BadInput where it is another meeting, Damaged, NotSynced or NotRecorded where it cannot be; then nothing is
        changed.
        """
        from draftwg.desk.joining import Joined, joining

        with self.record.writing():
            moved_back = self.record.moved_back
            for _ in range(_TRIES):
                self._read()
                before, known, done = self.state, len(self.log.acts), False
                try:
                    plan = joining(self.record, self.log, self._head, tip)
                    done = plan.record(self.record, self._head, now())
                finally:
                    if not done and len(self.log.acts) != known:
                        self._read_anew()
                if done:
                    self._read()
                    break
                self.record.clear_stale()
            else:
                raise NotRecorded("Others recorded at the same time, again and again.", "Sync again.")
            if moved_back:
                self.record.work_tree.forget()  # whoever moved it may have written the files anew
            self._behind.update(plan.files)
            remarks = self._follow()
        return Joined(before, self.state, plan.incoming, (*remarks, *self._set_tags()))

    # --- inside ------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        if self.record.head() != self._head:
            self._head, acts = self.record.read(act.id for act in self.log.acts)
            portion = len(acts) if self.log.acts else _PORTION  # what others did may belong between what is known
            for start in range(0, len(acts), portion or 1):
                self.log.add(acts[start : start + portion])
                if self.record.progress is not None:
                    self.record.progress("Putting together the text", start, len(acts))

    def _read_anew(self) -> None:
        """The log holds acts that were not recorded. If it cannot be read now, what is told is what went wrong first,
        and the next question reads it.
        """
        self.log, self._head = Log(), ""
        with suppress(DraftwgError):
            self._read()

    def _draft(self, request: Mapping[str, object]) -> _Drafted:
        kind = _kind(request)
        if request.get("say") is not None:
            from draftwg.desk.saying import explained  # only here: most acts are not said in words

            means = explained(self.log.state, request)
            if len(means) > 1:
                raise BadInput(f"That changes {len(means)} units.", "Record one after the other.")
            request = {name: value for name, value in means[0].items() if value is not None}
        at = now() if request.get("at") is None else checked_time(str(request["at"]))
        clock = self.log.clock

        def stamp() -> Stamp:
            nonlocal clock
            clock += 1
            return Stamp(new_id(), clock, at)

        drafting = Drafting(self.log, stamp, lambda name: directory.known_on(name, self.day), strict=self.strict_roster)
        act = kind.draft(drafting, Request(request))
        entries = []
        for step in (*drafting.first, act):
            before = self.log.state
            if not isinstance(step, Undo | Redo):
                step.apply(before)  # raises what the log would only note as contested
            self.log.add([step])
            entries.append(entry_of(step, before, self.log.state))
        return _Drafted(act, tuple(entries), tuple(drafting.warnings))

    def _acknowledge(
        self, drafted: Sequence[_Drafted], entries: Sequence[Entry], commits: Sequence[str], follow: bool
    ) -> list[Receipt]:
        """The acts are durable: bring the files beside the record in step, set the tags, and write the receipts."""
        self._head = self._grown = commits[-1]
        for entry in entries:
            self._behind.update(entry.files)
        remarks = (*self.record.nearly_full, *(self._follow() if follow else ()))
        receipts = []
        ends = iter(zip(entries, commits, strict=True))
        for draft in drafted:
            commit = [next(ends)[1] for _ in draft.entries][-1]
            if isinstance(draft.act, Issue):
                remarks += tuple(self._tag(draft.act.symbol, commit))
            receipts.append(Receipt(draft.act, commit, draft.subject, draft.warnings + remarks))
            remarks = ()
        return receipts

    def _follow(self) -> list[str]:
        fresh, self._behind = self._behind, {}
        return self.record.follow(fresh)

    def _set_tags(self) -> list[str]:
        """See to it that every issued version has its tag."""
        known = tags.names(self.record.folder) if self.state.versions else frozenset()
        missing = [one.symbol for one in self.state.versions if parse_symbol(one.symbol).tag not in known]
        return [remark for symbol in missing for remark in self._tag(symbol)]

    def _tag(self, symbol: str, commit: str = "") -> list[str]:
        """See to it that this issued version has its tag; remarks where it cannot be set."""
        version = self.state.version(symbol)
        if version is None:
            return []
        try:
            act = self.log.act(version.act)
            message = f"{version.symbol} ({version.status})\n\nText-Sha256: {version.digest}"
            tags.freeze(self.record.folder, symbol, commit or self.record.commit_of(act), message, version.at)
        except DraftwgError as error:
            return [f"The tag of {symbol} could not be set ({error.message}); the record has the version."]
        return []


def _kind(request: Mapping[str, object]) -> type[Act]:
    """The class of the act that the request names; BadInput for an unknown act or field."""
    name = request.get("act")
    kind = ACTS.get(name) if isinstance(name, str) else None
    if kind is None:
        told = clean_line(str(name))[:40] if name is not None else ""
        raise BadInput(f"“{told}” is no act." if told else "“act” is missing.", f"There are: {', '.join(ACTS)}.")
    known = {"act", "at", *(field.name for field in kind.FIELDS)}
    unknown = next((key for key in request if key not in known), None)
    if unknown is not None:
        fields = ", ".join(field.name for field in kind.FIELDS) or "none"
        raise BadInput(f"The act {kind.NAME} has no field “{clean_line(str(unknown))[:40]}”.", f"Its fields: {fields}.")
    return kind


def entry_of(act: Act, before: State, after: State) -> Entry:
    """The commit of this act: its file, the readable files that it changes, and the act in words."""
    trailers = {"Act": act.NAME, "Act-Id": act.id, **act.trailers(before)}
    files = {act_path(act): act_file(act), **changed_files(before, after)}
    return Entry(files, act.author, act.at, act.subject(before), act.body(before), trailers)
