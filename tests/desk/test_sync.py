"""Several machines with one meeting, through real bare repositories, bundles and folders."""

import atexit
import json
import os
import random
import shutil
import subprocess
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import pytest
import torture_sync

from draftwg.acts import Log
from draftwg.cli import main
from draftwg.desk import Desk
from draftwg.desk.backup import backup, restore
from draftwg.desk.presence import Presence
from draftwg.desk.sync import Remote, Remotes, clone, share, standing, sync, watch, write_bundle
from draftwg.errors import BadInput, Damaged, DraftwgError, NotRecorded, NotSynced
from draftwg.model.symbols import parse_symbol
from draftwg.repository import git, tags, transport, union
from meetings import copied, found, words

FIRST = {"act": "propose", "unit": "2", "by": "Chile", "replace": "logs", "with": "records"}
SECOND = {"act": "propose", "unit": "3", "by": "Peru", "replace": "train", "with": "teach"}
ROUNDS = int(os.environ.get("DRAFTWG_ROUNDS", "0"))


@cache
def _template() -> Path:
    """Two machines and their shared folder, made once."""
    folder = Path(tempfile.mkdtemp(prefix="draftwg-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shared = Remote("shared", str(folder / "shared.git"))
    share(shared.place)
    one = copied(folder / "one")
    sync(one, shared)
    for desk in (one, clone(shared.place, folder / "two")):
        desk.close()
    return folder


class Machines:
    """Two machines and the folder that they share."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(_template(), folder, dirs_exist_ok=True)
        self.shared = Remote("shared", str(folder / "shared.git"))
        for name in ("one", "two"):
            kept = folder / name / ".git" / "draftwg" / "remotes.json"
            kept.write_text(kept.read_text().replace(str(_template()), str(folder)))
        self.one, self.two = Desk.open(folder / "one"), Desk.open(folder / "two")

    def alike(self) -> bool:
        """Whether both show the same bytes, from the same acts."""
        same = torture_sync.tree(self.one.record.folder) == torture_sync.tree(self.two.record.folder)
        return bool(same) and self.one.state == self.two.state == Log(self.one.log.acts).state

    def git(self, *arguments: str, stdin: bytes = b"") -> str:
        """git in the shared folder, as anybody may use it."""
        who = {
            "GIT_AUTHOR_NAME": "x",
            "GIT_AUTHOR_EMAIL": "x@x",
            "GIT_COMMITTER_NAME": "x",
            "GIT_COMMITTER_EMAIL": "x@x",
        }
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.shared.place,
            input=stdin,
            capture_output=True,
            check=True,
            env={**os.environ, **who},
        )
        return done.stdout.decode().strip()

    def commit(
        self, changes: dict[str, tuple[str, bytes]], *, parent: str = "main", target: str = "refs/heads/main"
    ) -> None:
        """A commit in the shared folder that sets these paths (mode and contents), made by hand."""
        stream = [
            f"commit {target}\ncommitter x <x@x> 0 +0000\ndata 1\nx\nfrom {self.git('rev-parse', parent)}\n".encode()
        ]
        for path, (mode, data) in changes.items():
            name = json.dumps(path).encode()
            if mode == "160000":
                stream.append(b"M 160000 %s %s\n" % (b"1" * 40, name))
            elif mode == "delete":
                stream.append(b"D %s\n" % name)
            else:
                stream.append(b"M %s inline %s\ndata %d\n%s\n" % (mode.encode(), name, len(data), data))
        self.git("fast-import", "--quiet", stdin=b"".join(stream))


@pytest.fixture
def machines(tmp_path: Path) -> Machines:
    return Machines(tmp_path)


def test_what_was_done_apart_is_on_both(machines: Machines) -> None:
    machines.one.do(FIRST)
    machines.two.do(SECOND)
    machines.two.do({"act": "accept", "amendment": "A-1"})

    told = sync(machines.one, machines.shared)
    assert (told.received, told.sent) == (0, 2)  # Chile enters the roster by the way
    told = sync(machines.two, machines.shared)
    assert (told.received, told.sent) == (2, 3)
    assert any("A-1 bis" in remark for remark in told.remarks)
    sync(machines.one, machines.shared)

    assert machines.alike()
    assert "teach" in words(machines.one, "3")
    assert "teach" in (machines.one.record.folder / "texts" / "recommendations.md").read_text()
    assert sync(machines.one, machines.shared).told.startswith("In step with ")
    assert standing(machines.one).told.startswith("synced ")  # type: ignore[union-attr]
    machines.one.do({"act": "undo"})
    assert standing(machines.one).told.endswith("(1 act)")  # type: ignore[union-attr]


def test_an_open_desk_goes_on_after_an_exchange(machines: Machines) -> None:
    """The files beside the record are in step, and no file of ours is taken for an edit by hand."""
    machines.two.do(SECOND)
    machines.two.do({"act": "accept", "amendment": "A-1"})
    sync(machines.two, machines.shared)
    sync(machines.one, machines.shared)

    receipt = machines.one.do(FIRST)

    assert receipt.warnings == ("Chile was not in the roster and has been added.",)
    assert not list(machines.one.record.folder.rglob("*by-hand*"))
    assert machines.one.record.damaged_files() == []
    assert Desk.open(machines.one.record.folder).state == machines.one.state


@pytest.mark.parametrize(
    ("ahead", "zone", "said"),
    [
        (100, 0, ""),
        (-86_400, 0, ""),
        (422, 0, "seems to be 7 minutes fast, or this machine's slow: an act came with the time"),
        (422, 9, "seems to be 7 minutes fast"),
        (90_000, -5, "seems to be 1 day fast"),
    ],
)
def test_a_clock_that_is_ahead_is_told_and_nothing_is_refused(
    machines: Machines, ahead: int, zone: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = machines.one, machines.two
    at = datetime.now(UTC) + timedelta(seconds=ahead)
    one.do({**FIRST, "at": at.astimezone(timezone(timedelta(hours=zone))).isoformat(timespec="seconds")})
    sync(one, machines.shared, clerk="vienna-2", presence=Presence("vienna-2", "8", at.isoformat(timespec="seconds")))
    capsys.readouterr()

    assert main(["-m", str(two.record.folder), "sync"]) == 0

    told = [line for line in capsys.readouterr().err.splitlines() if "clock" in line]
    assert len(told) == bool(said)
    two.refresh()
    assert "A-1" in {amendment.number for amendment in two.state.amendments.values()}
    if said:
        assert f"The clock of {'vienna-2' if ahead < 3600 else 'a machine that syncs with'} " in told[0]
        assert said in told[0]
        assert told[0].endswith("Set the clock that is wrong; the acts are all taken.")
        assert sync(two, machines.shared).remarks == ()  # once


def test_a_contested_decision_is_told_with_the_way_to_settle_it(machines: Machines) -> None:
    machines.one.do(FIRST)
    sync(machines.one, machines.shared)
    sync(machines.two, machines.shared)
    machines.one.do({"act": "accept", "amendment": "A-1"})
    machines.two.do({"act": "reject", "amendment": "A-1"})
    sync(machines.one, machines.shared)

    told = sync(machines.two, machines.shared)

    contested = machines.two.state.contested[0]
    assert any(f"draftwg settle {contested.act[:6]}" in remark for remark in told.contested)
    machines.two.do({"act": "settle", "contested": contested.act[:6], "keep": "neither"})
    sync(machines.two, machines.shared)
    sync(machines.one, machines.shared)
    assert machines.one.state.contested == ()
    assert machines.one.state.find_amendment("A-1").state == "tabled"
    assert machines.alike()


def test_a_remote_that_was_rewound_costs_nothing(machines: Machines) -> None:
    before = machines.git("rev-parse", "main")
    machines.one.do(FIRST)
    sync(machines.one, machines.shared)
    machines.git("config", "receive.denyNonFastForwards", "false")
    machines.git("update-ref", "refs/heads/main", before)
    machines.two.do(SECOND)
    sync(machines.two, machines.shared)

    told = sync(machines.one, machines.shared)

    assert any("had lost 2 acts; they were put back" in remark for remark in told.remarks)
    sync(machines.two, machines.shared)
    assert machines.alike()
    assert {"Chile", "Peru"} == {amendment.by for amendment in machines.two.state.amendments.values()}


def test_an_act_file_that_somebody_removed_is_put_back(machines: Machines) -> None:
    machines.one.do(FIRST)
    sync(machines.one, machines.shared)
    path = next(
        path
        for path, _ in machines.one.record.read()[1]
        and [
            (p, 0) for p in machines.git("ls-tree", "-r", "--name-only", "main").splitlines() if p.startswith("record/")
        ][-1:]
    )
    machines.commit({path: ("delete", b"")})

    told = sync(machines.one, machines.shared)

    assert any("had lost 1 act" in remark for remark in told.remarks)
    sync(machines.two, machines.shared)
    assert machines.alike()


def test_a_remote_that_was_emptied_is_filled_again(machines: Machines) -> None:
    shutil.rmtree(machines.shared.place)
    share(machines.shared.place)

    told = sync(machines.one, machines.shared)

    assert told.sent == len(machines.one.log.acts)
    assert any("had lost" in remark for remark in told.remarks)
    assert not sync(machines.two, machines.shared).sent


def test_a_record_that_a_commit_took_away_is_put_back(machines: Machines) -> None:
    machines.one.do(FIRST)
    sync(machines.one, machines.shared)
    sync(machines.two, machines.shared)
    listed = machines.git("ls-tree", "-r", "--name-only", "main").splitlines()
    machines.commit({path: ("delete", b"") for path in listed if path.startswith("record/")})

    told = sync(machines.one, machines.shared)

    assert any(f"had lost {len(machines.one.log.acts)} acts; they were put back." in line for line in told.remarks)
    sync(machines.two, machines.shared)
    assert machines.alike()
    assert sum(path.startswith("record/") for path in machines.git("ls-tree", "-r", "--name-only", "main").split()) == 4


def test_one_symbol_with_two_texts_is_kept_on_both_sides(machines: Machines) -> None:
    machines.one.do({"act": "issue", "symbol": "WG/1", "status": "non-paper"})
    machines.two.do({"act": "edit", "unit": "1", "replace": "two", "with": "three"})
    machines.two.do({"act": "issue", "symbol": "WG/1", "status": "non-paper"})
    sync(machines.one, machines.shared)

    told = sync(machines.two, machines.shared)

    line = next(remark for remark in told.contested if "WG/1" in remark)
    assert "Both are kept; issue the other text as a Rev. or Corr." in line
    sync(machines.one, machines.shared)
    assert machines.alike()
    assert len(machines.one.state.versions) == 1
    assert len([act for act in machines.one.log.acts if act.NAME == "issue"]) == 2
    tag, known = parse_symbol("WG/1").tag, list[str]()
    for desk in (machines.one, machines.two):
        at = git.run(desk.record.folder, "rev-parse", f"refs/tags/{tag}^{{commit}}").decode().strip()
        version = next(act for act in desk.log.acts if act.id == desk.state.versions[0].act)
        assert at == desk.record.commit_of(version)
        known += tags.names(desk.record.folder)
    contested = machines.one.state.contested[0].act
    assert sorted(known) == [tag, tag, f"{tag}-{contested[:6]}"]


def test_what_does_not_belong_to_a_meeting_is_left_out(machines: Machines) -> None:
    machines.two.do(SECOND)
    sync(machines.two, machines.shared)
    act = json.loads(next((machines.two.record.folder / "record").rglob("000001-*.json")).read_bytes())

    def fake(**other: object) -> bytes:
        return json.dumps({**act, **other}).encode()

    machines.commit({
        "notes.txt": ("100644", b"x"),
        "link": ("120000", b"/etc/passwd"),
        "record/0000/000090-zzzz1.json": ("100755", b"{}"),
        "record/0000/000091-zzzz2.json": ("100644", b"{ no JSON"),
        "record/0000/000092-zzzz3.json": ("100644", fake(id="other")),
        "record/0000/000093-zzzz4.json": ("100644", fake(id="zzzz4", clock=93, act="undo")),
        "record/0000/000094-zzzz5.json": (
            "100644", json.dumps({"act": "undo", "id": "zzzz5", "clock": 94, "at": "2031-05-06T10:00:00+02:00",
                                  "undoes": "x\u001b[2J", "told": "x"}).encode()),
        "record/9999/999999999-zzzz6.json": (
            "100644", json.dumps({"act": "redo", "id": "zzzz6", "clock": 999999999, "at": "2031-05-06T10:00:00+02:00",
                                  "redoes": "x", "told": "x"}).encode()),
        "sub": ("160000", b""),
        "line\nbreak": ("100644", b"x"),
        "texts/recommendations.md": ("100644", b"Written by hand\n"),
    })  # fmt: skip

    told = sync(machines.one, machines.shared)

    assert any("notes.txt is not part of a meeting; it was left out" in remark for remark in told.remarks)
    assert any("more" in remark for remark in told.remarks)
    assert all("\n" not in remark and "\x1b" not in remark for remark in told.remarks)
    sync(machines.two, machines.shared)
    assert machines.alike()
    assert not (machines.one.record.folder / "notes.txt").exists()
    assert "Written by hand" not in (machines.one.record.folder / "texts" / "recommendations.md").read_text()
    assert len(machines.one.log.acts) == 4
    assert machines.git("ls-tree", "-r", "--name-only", "main").splitlines() == sorted(
        torture_sync.tree(machines.one.record.folder)
    )


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """git waits for a lock for a moment only, and so do we."""
    options = tuple(one if "LockTimeout" not in one else "core.filesRefLockTimeout=20" for one in git._OPTIONS)
    monkeypatch.setattr(git, "_OPTIONS", options)
    monkeypatch.setattr("draftwg.desk.sync.pause", lambda _: time.sleep(0.1))


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("lock", ["HEAD.lock", "refs/heads/main.lock", "packed-refs.lock"])
def test_a_lock_left_in_a_shared_folder_goes_when_it_has_stayed_as_it_is(
    machines: Machines, lock: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stick was pulled out while git wrote to it."""
    monkeypatch.setattr(transport, "_LEFT", 0.05)
    machines.git("pack-refs", "--all")
    place = Path(machines.shared.place, lock)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.touch()
    machines.one.do(FIRST)

    assert sync(machines.one, machines.shared).sent
    assert not place.exists() or lock == "packed-refs.lock"
    sync(machines.two, machines.shared)
    assert machines.alike()


@pytest.mark.usefixtures("hasty")
def test_a_lock_of_a_git_that_is_at_work_is_left_to_it(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "_LEFT", 0.05)
    monkeypatch.setattr("draftwg.desk.sync.TRIES", 3)
    place = Path(machines.shared.place, "HEAD.lock")
    place.touch()
    clear = transport._clear_left

    def at_work(folder: Path) -> None:
        clear(folder)
        assert place.exists()
        place.unlink()
        place.write_text("another")  # another lock of the same name

    monkeypatch.setattr(transport, "_clear_left", at_work)
    machines.one.do(FIRST)
    with pytest.raises(NotSynced, match=r"is locked; a program that was killed may have left .*HEAD\.lock\."):
        sync(machines.one, machines.shared)
    place.unlink()
    assert sync(machines.one, machines.shared).sent


def test_a_fetch_that_was_killed_locks_nobody_out(machines: Machines) -> None:
    machines.two.do(SECOND)
    sync(machines.two, machines.shared)
    lock = machines.one.record.gitdir / "refs" / "draftwg" / "remotes" / "shared" / "main.lock"
    lock.touch()
    os.utime(lock, (0, 0))

    assert sync(machines.one, machines.shared).received


def test_a_folder_that_no_meeting_has_is_not_gone_into(machines: Machines) -> None:
    """Ten folders in each of ten in each of ten …: some objects for git, and more paths than any machine can list."""
    blob = machines.git("hash-object", "-w", "--stdin", stdin=b"x")
    tree = machines.git("mktree", stdin=f"100644 blob {blob}\tx\n".encode())
    for _ in range(12):
        tree = machines.git("mktree", stdin="".join(f"040000 tree {tree}\t{n}\n" for n in range(10)).encode())
    inside = machines.git("ls-tree", "main").splitlines()
    record = next(line.split()[2] for line in inside if line.endswith("\trecord"))
    own = machines.git("ls-tree", record)
    record = machines.git("mktree", stdin=f"{own}\n040000 tree {tree}\tdeep\n".encode())
    lines = [line for line in inside if not line.endswith("\trecord")]
    lines += [f"040000 tree {record}\trecord", f"040000 tree {tree}\tdeep"]
    root = machines.git("mktree", stdin="".join(f"{line}\n" for line in lines).encode())
    machines.git("update-ref", "refs/heads/main", machines.git("commit-tree", root, "-p", "main", "-m", "x"))

    told = sync(machines.one, machines.shared)

    aside = [line.partition(": ")[2] for line in told.remarks if "is not part of a meeting" in line]
    assert sorted(aside) == [
        "deep is not part of a meeting; it was left out.",
        "record/deep is not part of a meeting; it was left out.",
    ]
    sync(machines.two, machines.shared)
    assert machines.alike()


def test_a_file_that_is_larger_than_any_act_is_not_read(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    machines.commit({"record/0000/000090-zzzz1.json": ("100644", b"{" + b" " * 5000 + b"}")})
    read = list[str]()
    read_blobs = union.read_blobs
    monkeypatch.setattr(union, "read_blobs", lambda folder, blobs: read.extend(blobs) or read_blobs(folder, blobs))  # type: ignore[func-returns-value]
    monkeypatch.setattr(union, "_LARGEST", 4000)

    told = sync(machines.one, machines.shared)

    assert any("000090-zzzz1.json is larger than any act; it was left out" in line for line in told.remarks)
    assert read == []


def test_an_act_that_fits_nothing_does_not_stop_the_meeting(machines: Machines) -> None:
    act = {"act": "agree", "id": "zzzzz", "clock": 9, "at": "2031-05-06T10:00:00+02:00", "text": "recommendations",
           "units": ["u1"], "level": "more than agreed"}  # fmt: skip
    machines.commit({"record/0000/000009-zzzzz.json": ("100644", json.dumps(act).encode())})

    sync(machines.one, machines.shared)

    assert [contested.act for contested in machines.one.state.contested] == ["zzzzz"]
    machines.one.do({"act": "settle", "keep": "present"})
    machines.one.do(FIRST)
    assert machines.one.state.contested == ()


def test_a_newer_version_on_the_other_side_is_not_written_over(machines: Machines) -> None:
    act = {"act": "sing", "id": "zzzzz", "clock": 9, "at": "2031-05-06T10:00:00+02:00"}
    machines.commit({"record/0000/000009-zzzzz.json": ("100644", json.dumps(act).encode())})
    machines.one.do(FIRST)
    there = machines.git("rev-parse", "main")

    with pytest.raises(NotSynced, match="does not know"):
        sync(machines.one, machines.shared)

    assert machines.git("rev-parse", "main") == there
    assert machines.one.state.find_amendment("A-1").by == "Chile"


def test_an_act_that_was_changed_afterwards_stops_the_exchange(machines: Machines) -> None:
    path = next((machines.one.record.folder / "record").rglob("000001-*.json"))
    name = str(path.relative_to(machines.one.record.folder))
    machines.commit({name: ("100644", path.read_bytes().replace(b"Ice", b"Fire"))})
    machines.one.do(FIRST)

    with pytest.raises(Damaged, match="changed after it was recorded"):
        sync(machines.one, machines.shared)

    assert machines.one.state.title == "Working Group on Ice"


def test_another_meeting_is_refused(machines: Machines, tmp_path: Path) -> None:
    stranger = found(tmp_path / "stranger")

    with pytest.raises(BadInput, match="another meeting"):
        sync(stranger, machines.shared)

    assert len(stranger.log.acts) == 2


def test_a_remote_that_was_overwritten_with_something_else_is_left_alone(machines: Machines) -> None:
    """It may have been given to another work on purpose; once it is put right, the exchange goes on."""
    machines.one.do(FIRST)
    place = Path(machines.shared.place)
    good = git.run(place, "rev-parse", "main").decode().strip()
    tree = git.run(place, "mktree").decode().strip()
    made = git.run(place, "-c", "user.name=x", "-c", "user.email=x@x", "commit-tree", tree).decode().strip()
    (place / "refs" / "heads" / "main").write_text(f"{made}\n")

    with pytest.raises(BadInput, match=r"is no meeting; nothing was exchanged.*--create"):
        sync(machines.one, machines.shared)

    assert git.run(place, "rev-parse", "main").decode().strip() == made
    (place / "refs" / "heads" / "main").write_text(f"{good}\n")
    assert sync(machines.one, machines.shared).sent == 2
    assert sync(machines.two, machines.shared).received == 2
    assert machines.alike()


def test_acts_come_straight_from_another_meeting(machines: Machines) -> None:
    machines.two.do(SECOND)
    machines.one.do(FIRST)
    straight = Remotes(machines.one.record.gitdir).find(str(machines.two.record.folder))

    told = sync(machines.one, straight)

    assert told.received == 2
    assert any("2 acts not sent" in remark for remark in told.remarks)
    assert Remotes(machines.one.record.gitdir).find().name == "shared"
    sync(machines.two, Remotes(machines.two.record.gitdir).find(str(machines.one.record.folder)))
    assert machines.alike()


def test_hooks_and_settings_of_a_shared_folder_never_run(machines: Machines, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    folder = Path(machines.shared.place)
    (folder / "hooks").mkdir(exist_ok=True)
    for name in ("pre-receive", "update", "post-receive", "post-update", "reference-transaction", "proc-receive"):
        (folder / "hooks" / name).write_text(f"#!/bin/sh\ntouch {canary}\n")
        (folder / "hooks" / name).chmod(0o755)
    machines.git("config", "core.hooksPath", str(folder / "hooks"))
    machines.git("config", "core.fsmonitor", f"touch {canary}")
    machines.git("config", "core.alternateRefsCommand", f"touch {canary}; true")
    machines.git("config", "uploadpack.packObjectsHook", f"touch {canary}; true")
    for name in ("pre-push", "reference-transaction", "post-checkout"):
        hook = machines.one.record.gitdir / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {canary}\n")
        hook.chmod(0o755)
    machines.one.do(FIRST)

    sync(machines.one, machines.shared)
    sync(machines.two, machines.shared)

    assert machines.alike()
    assert not canary.exists()


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("ext::sh -c id", "would run a program"), ("-x", "hyphen"), ("--upload-pack=x", "hyphen"), ("http://x/y", "ssh://"),
        ("ssh://-oProxyCommand=x/y", "no host"), ("a\nb", "no address"), ("git://x/y", "not spoken"),
        ("", "not shared yet"),
        ("fd::17/x", "would run a program"), ("https:///x", "no host"),
    ],
)  # fmt: skip
def test_addresses_that_are_not_spoken_to(machines: Machines, place: str, told: str) -> None:
    remotes = Remotes(machines.two.record.gitdir)
    remotes.remove("shared")
    with pytest.raises(BadInput, match=told):
        remotes.find(place)


def test_remotes_have_names_and_keep_secrets(machines: Machines) -> None:
    remotes = Remotes(machines.one.record.gitdir)
    remotes.add("Geneva", "https://token:secret@example.invalid/meeting.git")

    assert [one.name for one in remotes.listed()] == ["geneva", "shared"]
    assert remotes.find("geneva").shown == "https://…@example.invalid/meeting.git"
    with pytest.raises(BadInput, match="Remove it first"):
        remotes.add("geneva", "/tmp")
    with pytest.raises(BadInput, match="is no name"):
        remotes.add("../x", "/tmp")
    remotes.remove("geneva")
    with pytest.raises(BadInput, match="There are: shared"):
        remotes.remove("geneva")


def test_a_remote_that_is_gone_is_told_in_one_line(machines: Machines) -> None:
    machines.one.do(FIRST)
    shutil.rmtree(machines.shared.place)

    with pytest.raises(NotSynced, match="There is no folder") as refusal:
        sync(machines.one, machines.shared)

    assert "\n" not in str(refusal.value)
    assert standing(machines.one).waiting == 2  # type: ignore[union-attr]


def test_a_remote_that_does_not_answer_is_given_up_with_all_its_processes(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """git waits for a file there that is a pipe into which nobody writes."""
    pipe = Path(machines.shared.place) / "packed-refs"
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe)
    begun = time.monotonic()

    with pytest.raises(NotSynced, match="did not answer within 1 seconds"):
        transport.fetch(machines.one.record.folder, machines.shared, 1.0)

    assert time.monotonic() - begun < 5
    pipe.unlink()
    sync(machines.one, machines.shared)


def test_a_remote_that_is_read_only_or_none_is_told(machines: Machines, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotSynced, match="is no shared meeting"):
        sync(machines.one, Remote("x", str(tmp_path / "empty")))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("x")
    with pytest.raises(BadInput, match="not empty"):
        share(str(tmp_path / "full"))
    with pytest.raises(BadInput, match="Only a folder"):
        share("ssh://example.invalid/x")


def test_others_who_are_faster_each_time_are_told(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("draftwg.desk.sync.pause", lambda attempt: None)
    tries = []

    def slower(*arguments: object) -> bool:
        tries.append(arguments)
        return False

    monkeypatch.setattr(transport, "push", slower)
    machines.one.do(FIRST)

    with pytest.raises(NotSynced, match="5 times in a row"):
        sync(machines.one, machines.shared)

    assert len(tries) == 5


def test_another_machine_that_is_faster_is_let_in_first(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between our fetch and our push, the other one pushes."""
    push, raced = transport.push, []

    def racing(folder: Path, *arguments: object) -> bool:
        if folder == machines.one.record.folder and not raced:
            raced.append(True)
            machines.two.do(SECOND)
            sync(machines.two, machines.shared)
        return push(folder, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(transport, "push", racing)
    machines.one.do(FIRST)

    told = sync(machines.one, machines.shared)

    assert told.received == 2
    sync(machines.two, machines.shared)
    assert machines.alike()


def test_acts_go_on_while_a_sync_runs(machines: Machines) -> None:
    """Another program records in the same meeting all the while."""
    other = Desk.open(machines.one.record.folder)
    ended = threading.Event()
    done = []

    def working() -> None:
        desk = Desk.open(other.record.folder)
        while not ended.is_set():
            done.append(desk.do({"act": "snapshot", "name": f"s{len(done)}"}).act.id)
            time.sleep(0.05)

    thread = threading.Thread(target=working)
    thread.start()
    try:
        for _ in range(3):
            machines.two.do({"act": "snapshot", "name": f"t{time.monotonic()}"})
            sync(machines.two, machines.shared)
            sync(machines.one, machines.shared)
    finally:
        ended.set()
        thread.join()
    sync(machines.one, machines.shared)
    sync(machines.two, machines.shared)

    assert done
    assert set(done) <= {act.id for act in machines.two.log.acts}
    assert machines.alike()


def test_a_stick_carries_a_meeting(machines: Machines, tmp_path: Path) -> None:
    stick = tmp_path / "stick.bundle"
    machines.one.do(FIRST)
    write_bundle(machines.one, stick)
    third = clone(str(stick), tmp_path / "third")
    third.do({"act": "accept", "amendment": "A-1"})
    machines.one.do(SECOND)
    write_bundle(third, stick)

    told = sync(machines.one, Remotes(machines.one.record.gitdir).find(str(stick)))

    assert told.received == 1
    assert "records" in words(machines.one, "2")
    assert [one.name for one in Remotes(machines.one.record.gitdir).listed()] == ["shared"]
    for place in (Path("/dev/null"), machines.one.record.folder / "meeting.json", tmp_path):
        with pytest.raises(BadInput, match=r"is no bundle|keeps for itself"):
            write_bundle(machines.one, place)
    assert Path("/dev/null").is_char_device()
    with pytest.raises(NotRecorded):
        write_bundle(machines.one, tmp_path / "no" / "such.bundle")
    stick.write_bytes(stick.read_bytes()[:200])
    with pytest.raises(NotSynced):
        sync(machines.two, Remote("stick", str(stick)))


def test_an_older_stick_has_lost_nothing(machines: Machines, tmp_path: Path) -> None:
    old, new = tmp_path / "old.bundle", tmp_path / "new.bundle"
    write_bundle(machines.one, old)
    machines.one.do(FIRST)
    write_bundle(machines.one, new)

    told = [sync(machines.two, Remotes(machines.two.record.gitdir).find(str(stick))) for stick in (new, old)]

    assert [one.received for one in told] == [2, 0]
    assert [one.remarks for one in told] == [(), ()]
    assert told[1].told.startswith("There is nothing new in ")


def test_a_machine_restored_from_an_old_backup_catches_up(machines: Machines, tmp_path: Path) -> None:
    """Nothing goes back to being open, and what it does on the old state is joined like that of any machine."""
    machines.one.do(FIRST)
    sync(machines.one, machines.shared)
    backup(machines.one.record.folder, tmp_path / "old.backup")
    machines.one.do({"act": "accept", "amendment": "A-1"})
    machines.one.do({"act": "agree", "unit": "2"})
    sync(machines.one, machines.shared)
    restore(tmp_path / "old.backup", tmp_path / "again")
    again = Desk.open(tmp_path / "again")
    again.do(SECOND)

    told = sync(again, machines.shared)

    assert told.received == 2
    assert told.remarks == ()
    assert "records" in words(again, "2")
    sync(machines.one, machines.shared)
    assert again.state == machines.one.state
    assert not again.state.contested


def test_a_clone_that_cannot_be_leaves_nothing_behind(machines: Machines, tmp_path: Path) -> None:
    share(str(tmp_path / "new.git"))
    with pytest.raises(BadInput, match="holds no meeting yet"):
        clone(str(tmp_path / "new.git"), tmp_path / "third")
    assert not (tmp_path / "third").exists()
    with pytest.raises(NotSynced, match="no folder"):
        clone(str(tmp_path / "gone.git"), tmp_path / "third")
    with pytest.raises(NotRecorded, match="not empty"):
        clone(machines.shared.place, machines.one.record.folder)


def test_a_clone_of_a_littered_folder_is_clean(machines: Machines, tmp_path: Path) -> None:
    machines.commit({"notes.txt": ("100644", b"x"), "texts/other.md": ("100644", b"x")})

    third = clone(machines.shared.place, tmp_path / "third")

    assert torture_sync.tree(third.record.folder) == torture_sync.tree(machines.one.record.folder)
    sync(third, machines.shared)
    sync(machines.one, machines.shared)
    assert torture_sync.tree(third.record.folder) == torture_sync.tree(machines.one.record.folder)


def test_machines_see_where_the_others_are(machines: Machines) -> None:
    now = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
    sync(machines.one, machines.shared, clerk="vienna-1", presence=Presence("vienna-1", "1", now))
    sync(machines.two, machines.shared, clerk="vienna-2", presence=Presence("vienna-2", "2", now))

    told = sync(machines.one, machines.shared, clerk="vienna-1", presence=Presence("vienna-1", "3", now))

    assert [one.told for one in told.present] == ["vienna-2 is on 2"]
    old = Presence("vienna-2", "2", "2018-05-02T10:00:00+02:00")
    sync(machines.two, machines.shared, clerk="vienna-2", presence=old)
    assert sync(machines.one, machines.shared, clerk="vienna-1").present == ()


def test_a_watch_goes_on_when_the_shared_folder_is_away(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    place, away = Path(machines.shared.place), Path(machines.shared.place).with_name("away")
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 1:
            place.rename(away)
        if len(waits) == 3:
            away.rename(place)
            machines.two.do(SECOND)
            sync(machines.two, machines.shared)
        if len(waits) == 4:
            raise KeyboardInterrupt

    told: list[object] = []
    monkeypatch.setattr("draftwg.desk.sync.rest", sleep)
    with pytest.raises(KeyboardInterrupt):
        watch(machines.one, machines.shared, 2, told.append, clerk="geneva", unit="2")

    assert [type(one).__name__ for one in told] == ["Synced", "NotSynced", "NotSynced", "Synced"]
    assert getattr(told[-1], "received", 0) == 2
    assert max(waits[1:3]) > waits[0]


def test_a_watch_goes_on_when_the_disk_is_full_for_a_while(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    machines.two.do(SECOND)
    sync(machines.two, machines.shared)
    join, told = Desk.join, []

    def full(self: Desk, tip: str) -> object:
        if not told:
            raise NotRecorded("The disk is full; nothing was recorded.")
        return join(self, tip)

    def tell(result: object) -> None:
        told.append(type(result).__name__)
        if len(told) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(Desk, "join", full)
    monkeypatch.setattr("draftwg.desk.sync.rest", lambda _: None)
    with pytest.raises(KeyboardInterrupt):
        watch(machines.one, machines.shared, 2, tell, clerk="geneva", unit="2")
    assert told == ["NotRecorded", "Synced"]


def test_hostile_presence_is_cleaned(machines: Machines) -> None:
    for name, data in {
        "a": b"{ no JSON",
        "b": json.dumps(
            {"unit": "8\x1b[2J\n9", "at": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())}
        ).encode(),
        "c": b"[" * 5_000,
    }.items():
        blob = machines.git("hash-object", "-w", "--stdin", stdin=data)
        machines.git("update-ref", f"refs/draftwg/presence/{name}", blob)

    told = sync(machines.one, machines.shared)

    assert [one.told for one in told.present] == ["b is on 8 9"]


@pytest.mark.parametrize(("clones", "rounds"), [(2, ROUNDS or 6), (5, ROUNDS or 3)])
def test_any_acts_in_any_order_of_exchange_come_out_alike(tmp_path: Path, clones: int, rounds: int) -> None:
    seed = random.randrange(10**6) if ROUNDS else 7
    figures = torture_sync.torture(tmp_path, clones, rounds, seed)

    assert figures.wrong == []
    assert figures.lost == 0
    assert figures.rounds == rounds
    done = git.run(tmp_path / "m0", "fsck", "--no-progress", "--no-dangling")
    assert done == b""


def test_errors_of_an_exchange_are_our_own(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever git says is one line, and no secret of an address is in it."""
    said = "remote: \x1b[2Jodd\nfatal: unable to access 'https://me:secret@example.invalid/': error 500\n"
    monkeypatch.setattr(git, "run_remote", lambda *arguments, **options: (128, "", said))
    with pytest.raises(DraftwgError) as refusal:
        sync(machines.one, Remote("x", "https://me:secret@example.invalid/"))

    assert "secret" not in str(refusal.value)
    assert "\x1b" not in str(refusal.value)
    assert "\n" not in str(refusal.value)
