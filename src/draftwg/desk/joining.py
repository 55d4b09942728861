"""Two machines come together: the union of their acts, the readable files made anew, one commit with both behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from draftwg.acts import Log
from draftwg.acts.log import in_words
from draftwg.desk.files import changed_files
from draftwg.model.state import State
from draftwg.repository.objects import blob_id
from draftwg.repository.record import Record
from draftwg.repository.remotes import Remote
from draftwg.repository.stream import Entry
from draftwg.repository.transport import between, related
from draftwg.repository.union import Incoming, look_at, same_meeting


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of it: the states before and after, what came in, and what a person should know of the files."""

    before: State
    after: State
    incoming: Incoming
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be recorded: nothing, a step forward to their commit, or a commit that joins both."""

    incoming: Incoming
    tip: str
    needed: bool
    forward: bool
    files: Mapping[str, bytes | None]
    subject: str = ""
    body: str = ""
    whole: bool = False

    def record(self, record: Record, head: str, now: str) -> bool:
        """Record it on top of `head`, durably; False if the branch has moved meanwhile."""
        if not self.needed:
            return True
        if self.forward:
            return record.advance(self.tip, head, now)
        entry = Entry(self.files, "Secretariat", now, self.subject, self.body, {}, self.tip, self.whole)
        if not head:
            entry = replace(entry, joins="")
        return record.append([entry], head or self.tip, now) is not None


def joining(record: Record, log: Log, head: str, tip: str) -> Plan:
    """How to join `tip` to the record at `head`. The new acts are in the log when this returns."""
    reader = record.reader
    incoming = look_at(reader, record.folder, tip, head, {act.id for act in log.acts}, log.clock)
    same_meeting(log.acts, incoming, lambda: bool(head) and related(record.folder, head, tip))
    mine, theirs = between(record.folder, head, tip)
    if not theirs:
        return Plan(incoming, tip, needed=False, forward=False, files={})
    before = log.state
    log.add(incoming.acts)
    files: dict[str, bytes | None] = {**incoming.files, **changed_files(before, log.state)}
    blobs = {path: blob_id(data) if data is not None else "" for path, data in files.items()}
    ours = reader.tree_of(head) if head else ""
    same = all(blobs.get(path) == blob for path, blob in incoming.changes.items()) and all(
        path in incoming.changes or reader.blob_at(ours, path) == blob for path, blob in blobs.items()
    )
    forward = not mine and not incoming.odd and same
    count = len(incoming.acts)
    if head and not incoming.files:
        files = {path: data for path, data in files.items() if not path.startswith("record/")}
    subject = f"Two machines come together: {count} {'act' if count == 1 else 'acts'} received"
    told = [in_words(act, before) for act in incoming.acts[:20]]
    more = [f"and {count - 20} more"] if count > 20 else []
    return Plan(incoming, tip, True, forward, files, subject, "\n".join([*told, *more]), whole=not head)


def remarks(joined: Joined, remote: Remote) -> list[str]:
    """What a person should know after two machines came together: what was left out, renumbered, put aside."""
    before, after = joined.before, joined.after
    lines = [f"{remote.shown}: {line}; it was left out." for line in joined.incoming.aside]
    lines += _renumbered(before, after)
    return [*lines, *joined.remarks]


def contested(log: Log, joined: Joined) -> list[str]:
    """What has become contested by it, each with the way to settle it."""
    before, after, lines = joined.before, joined.after, []
    known = {one.act for one in before.contested}
    new = [one for one in after.contested if one.act not in known]
    log.look_before(one.act for one in new)
    for one in new:
        act = log.act(one.act)
        told = in_words(act, log.before(act.id), one.reason)
        keep = "present" if act.NAME == "issue" else "present|contested|neither"
        rev = "Both are kept; issue the other text as a Rev. or Corr., then: " if act.NAME == "issue" else ""
        how = f"{rev}draftwg settle {act.id[:6]} --keep {keep}."
        lines.append(f"Contested: {told}. {one.reason.rstrip('.')}. {how}")
    return lines


def _renumbered(before: State, after: State) -> list[str]:
    lines = []
    for id, amendment in after.amendments.items():
        was = before.amendments.get(id)
        if was is amendment:
            continue
        if was is not None and was.number != amendment.number:
            lines.append(f"{was.number} of {was.by} is {amendment.number} now: another {was.number} was tabled first.")
        elif was is None and before.title and amendment.tabled_as:
            told = f"{amendment.tabled_as} of {amendment.by}, from the other machine, is {amendment.number} here"
            lines.append(f"{told}: another {amendment.tabled_as} was tabled first.")
    return lines
