"""Proof that the texts follow from the record: everything is read from git's blobs, folded anew and compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from draftwg.acts import Act, Log
from draftwg.desk.files import changed_files
from draftwg.desk.health import recorded
from draftwg.errors import Damaged, DraftwgError
from draftwg.hygiene import one_line
from draftwg.model.state import State
from draftwg.model.symbols import parse_symbol
from draftwg.repository import tags
from draftwg.repository.contents import list_files
from draftwg.repository.finding import find_meeting
from draftwg.repository.findings import Findings
from draftwg.repository.health import Checkup
from draftwg.repository.housekeeping import SHALLOW
from draftwg.repository.layout import act_path
from draftwg.repository.objects import blob_id
from draftwg.repository.record import Record
from draftwg.repository.signing import signatures


@dataclass(frozen=True, slots=True)
class ProvedAct:
    """One act of the record: who did what and when, the hash of its file, the commit that recorded it, and what is
    known of that commit's signature ("" = unsigned).
    """

    clock: int
    id: str
    act: str
    author: str
    at: str
    subject: str
    blob: str
    commit: str
    signature: str


@dataclass(frozen=True)
class Proof:
    """What was compared: the newest commit, every act, the blob of every text, and one line for each difference;
    `behind` are files beside the record that could not be written yet, which is none.
    """

    head: str
    acts: tuple[ProvedAct, ...]
    texts: Mapping[str, str]
    trouble: list[str]
    behind: tuple[str, ...] = ()

    @property
    def proved(self) -> bool:
        """Whether the texts follow from the record."""
        return not self.trouble


def verify(start: Path) -> Proof:
    """Fold the record of the meeting in or beside `start` from git alone and compare it with the texts, in git and
    beside it. Damaged or NotAMeeting where there is nothing to be read.
    """
    record = Record(find_meeting(start))
    try:
        head = record.head()
        if not head:
            raise Damaged("There is no commit in this meeting.", "See what is wrong: draftwg doctor.")
        return _compare(record, head)
    finally:
        record.close()


def _compare(record: Record, head: str) -> Proof:
    was = recorded(record.folder, head)
    trouble = list(was.unreadable.values())
    tampered = Checkup(record.folder, Findings(dry=True)).tampering()
    trouble += [f"{path} was changed or removed after it was recorded." for path in tampered]
    log = Log(was.acts)
    before = _before(record, head)
    behind = []
    right = {path: blob_id(data) for path, data in changed_files(State(), log.state).items() if data is not None}
    for path, blob in right.items():
        if was.blobs.get(path) != blob:
            trouble.append(f"{path} in git is not what the acts lead to.")
        elif (there := record.work_tree.contents_id(path)) == blob:
            continue
        elif before is not None and there == before.get(path, ""):
            behind.append(path)
        else:
            trouble.append(f"{path} beside the record was edited, or is missing or behind.")
    trouble += [
        f"{one_line(path)} is in git, and no act leads to it."
        for path in was.blobs
        if path.startswith("texts/") and path not in right
    ]
    commits = record.commits_of_acts()
    signed = signatures(record.folder, set(commits.values()))
    trouble += [f"The signature of commit {id[:12]} is bad." for id, told in signed.items() if told == "bad signature"]
    acts = []
    shallow = (record.gitdir / "shallow").exists()
    trouble += [SHALLOW] if shallow else []
    for act, state in log.walk():
        commit = commits.get(act.id, "")
        if not commit and not shallow:
            trouble.append(f"The act {act.id} has no commit of its own.")
        acts.append(_proved(act, state, was.blobs[act_path(act)], commit, signed.get(commit, "")))
    for version in log.state.versions:
        if tags.act_under(record.folder, parse_symbol(version.symbol).tag) != version.act:
            trouble.append(f"The tag of {version.symbol} is missing, or not on the act that issued it.")
    texts = {path: blob for path, blob in right.items() if path.startswith("texts/")}
    return Proof(head, tuple(acts), texts, trouble, tuple(behind))


def _before(record: Record, head: str) -> dict[str, str] | None:
    """The files of the commit that those beside the record are in step with, where that is one before `head`: the disk
    was full, or the program ended, before they could follow. None where they are in step, or nobody knows.
    """
    behind = record.work_tree.in_step_with()
    if behind in ("", head):
        return None
    try:
        return dict(list_files(record.folder, behind))
    except DraftwgError:
        return None


def _proved(act: Act, before: State, blob: str, commit: str, signature: str) -> ProvedAct:
    try:
        subject = act.subject(before)
    except Exception:  # an act that came from elsewhere and makes no sense on this state has no words
        subject = act.NAME
    return ProvedAct(act.clock, act.id, act.NAME, act.author, act.at, subject, blob, commit, signature)
