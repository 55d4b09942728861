"""The record survives kills, several writers, careless hands and full disks; what is acknowledged is there."""

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from draftwg.cli import main
from draftwg.desk import Desk
from draftwg.desk.health import doctor
from draftwg.errors import Damaged, NotAMeeting, NotRecorded
from draftwg.repository import git
from draftwg.repository.finding import find_meeting
from draftwg.repository.record import Record
from meetings import KEEPING, found, words

WRITER = """
import sys
from pathlib import Path
from draftwg.cli import main
from draftwg.desk import Desk
desk = Desk.open(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    change = {"replace": "logs", "with": f"w{number}{sys.argv[2]}"}
    receipt = desk.do({"act": "propose", "unit": "2", "by": sys.argv[2], **change})
    print(receipt.act.id, receipt.act.number, flush=True)
"""


def git_says(folder: Path, *arguments: str) -> str:
    return git.run(folder, *arguments).decode()


def writer(folder: Path, by: str, count: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", WRITER, str(folder), by, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)


def test_one_commit_per_act_by_its_author_with_trailers(tmp_path: Path) -> None:
    desk = found(tmp_path / "m")
    desk.do({"act": "admit", "name": "Mexico"})
    receipt = desk.do({"act": "propose", "unit": "2", "by": "Mexico", "at": "2031-05-06T10:15:00+02:00",
                       "replace": "for as long as possible", "with": "for not less than ten years"})  # fmt: skip

    head = git_says(tmp_path / "m", "log", "-1", "--format=%an%n%ad%n%s%n%(trailers)", "--date=iso")
    assert head.splitlines()[:3] == [
        "Mexico",
        "2031-05-06 10:15:00 +0200",
        "Mexico proposes to replace “for as long as possible” by “for not less than ten years” in recommendation 2",
    ]
    for trailer in ("Act: propose", f"Act-Id: {receipt.act.id}", "Amendment: A-1", "Unit: 2", "Delegation: Mexico"):
        assert trailer in head
    assert git_says(tmp_path / "m", "rev-parse", "main").strip() == receipt.commit
    assert git_says(tmp_path / "m", "rev-list", "--count", "main").strip() == "4"


def test_the_readable_files_are_the_current_text_and_the_tree_is_clean(tmp_path: Path) -> None:
    desk = found(tmp_path / "m")
    desk.do({"act": "edit", "unit": "2", "replace": "logs", "with": "records"})

    readable = (tmp_path / "m" / "texts" / "recommendations.md").read_text("utf-8")
    assert KEEPING.replace("logs", "records") in readable
    assert git_says(tmp_path / "m", "status", "--porcelain") == ""
    desk.do({"act": "undo"})
    assert KEEPING in (tmp_path / "m" / "texts" / "recommendations.md").read_text("utf-8")


def test_an_edit_by_hand_is_put_aside_and_told(tmp_path: Path) -> None:
    desk = found(tmp_path / "m")
    file = tmp_path / "m" / "texts" / "recommendations.md"
    file.write_text("mine\n", "utf-8")

    receipt = desk.do({"act": "edit", "unit": "2", "replace": "logs", "with": "records"})

    assert "edited by hand" in " ".join(receipt.warnings)
    assert (tmp_path / "m" / "texts" / "recommendations.by-hand-1.md").read_text("utf-8") == "mine\n"
    assert "records of ice" in file.read_text("utf-8")


def test_several_writers_lose_nothing_and_share_no_number(tmp_path: Path) -> None:
    desk = found(tmp_path / "m")
    writers = [writer(tmp_path / "m", by, 8) for by in ("Chile", "Peru", "Kenya", "Norway")]
    told = [line.split() for process in writers for line in process.communicate(timeout=60)[0].splitlines()]

    assert len(told) == 32
    desk.refresh()
    assert {id for id, _ in told} == set(desk.state.amendments)
    assert len({number for _, number in told}) == 32
    assert desk.state == Desk.open(tmp_path / "m").state
    assert git_says(tmp_path / "m", "status", "--porcelain") == ""


def test_a_killed_writer_leaves_what_it_acknowledged_and_no_half_act(tmp_path: Path) -> None:
    found(tmp_path / "m")
    for delay in (0.35, 0.5, 0.65):
        process = writer(tmp_path / "m", "Chile", 500)
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGKILL)
        acknowledged = [line.split()[0] for line in process.communicate()[0].splitlines()]
        for left in (*(tmp_path / "m" / ".git").rglob("*.lock"), *(tmp_path / "m").rglob("*.tmp")):
            os.utime(left, (0, 0))  # as if some seconds had passed

        desk = Desk.open(tmp_path / "m")
        assert desk.settle() == []
        desk.check_files()
        assert set(acknowledged) <= set(desk.state.amendments)
        desk.do({"act": "edit", "unit": "3", "text": f"After {delay}."})
        assert git_says(tmp_path / "m", "status", "--porcelain") == ""
        git_says(tmp_path / "m", "fsck", "--strict")


def test_files_of_an_act_between_are_nobodys_work(tmp_path: Path) -> None:
    """A program is killed after it has written a file and before it has taken that down; others go on."""
    desk = found(tmp_path / "m")
    note, file = tmp_path / "m" / ".git" / "draftwg" / "in-step", tmp_path / "m" / "texts" / "recommendations.md"
    before = note.read_text()
    desk.do({"act": "edit", "unit": "3", "text": "Between."})
    between = file.read_bytes()
    desk.do({"act": "edit", "unit": "3", "text": "Now."})
    file.write_bytes(between)
    note.write_text(before)

    assert Desk.open(tmp_path / "m").settle() == []
    assert "Now." in file.read_text("utf-8")
    assert list(file.parent.glob("*by-hand*")) == []


def test_what_a_killed_writer_left_beside_is_cleared_away(tmp_path: Path) -> None:
    """By owner and age: what a living program is writing stays."""
    found(tmp_path / "m").close()
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    shard = next(path for path in (tmp_path / "m" / ".git" / "objects").iterdir() if len(path.name) == 2)
    texts = tmp_path / "m" / "texts"
    left = [texts / f".recommendations.md.{gone.stdout.strip()}.tmp", shard / f"tmp_obj_{gone.stdout.strip()}_abcd"]
    stays = [texts / f".recommendations.md.{os.getpid()}.tmp", texts / ".notes.tmp"]
    for place in (*left, *stays):
        place.write_text("half")
        os.utime(place, (0, 0))
    (tmp_path / "m" / ".git" / "draftwg" / "in-step").unlink()

    Desk.open(tmp_path / "m").settle()
    assert [place.exists() for place in (*left, *stays)] == [False, False, True, True]


def test_the_branch_moving_under_an_act_is_noticed_and_the_act_done_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another clerk records between reading and committing, as if the lock did not hold (a network disk)."""
    desk, other = found(tmp_path / "m"), Desk.open(tmp_path / "m")
    append, raced = Record.append, []

    def racing(self: Record, *arguments: object) -> object:
        if not raced:
            raced.append(True)
            other.record.writing = __import__("contextlib").nullcontext  # type: ignore[method-assign]
            other.do({"act": "propose", "unit": "2", "by": "Chile", "replace": "logs", "with": "records"})
        return append(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Record, "append", racing)
    receipt = desk.do({"act": "propose", "unit": "3", "by": "Peru", "replace": "train", "with": "teach"})

    assert receipt.act.number == "A-2"  # type: ignore[attr-defined]
    assert [amendment.by for amendment in Desk.open(tmp_path / "m").state.amendments.values()] == ["Chile", "Peru"]


def test_all_or_nothing(tmp_path: Path) -> None:
    desk = found(tmp_path / "m")
    head = desk.record.head()
    good = {"act": "propose", "unit": "2", "by": "Chile", "replace": "logs", "with": "records"}

    with pytest.raises(Exception, match="A-7"):
        desk.do_all([good, {"act": "accept", "amendment": "A-7"}])
    assert desk.record.head() == head
    assert desk.state == Desk.open(tmp_path / "m").state
    receipts = desk.do_all([good, {"act": "accept", "amendment": "A-1"}])
    assert len({receipt.commit for receipt in receipts}) == 2
    assert words(desk, "2") == KEEPING.replace("logs", "records")


def test_an_issued_version_is_an_annotated_tag_that_comes_back(tmp_path: Path) -> None:
    desk = found(tmp_path / "m")
    receipt = desk.do({"act": "issue", "symbol": "WGI/2031/CRP.1", "status": "non-paper"})
    desk.do({"act": "issue", "symbol": "WGI/2031/CRP.1/Rev.1", "status": "non-paper"})

    assert git_says(tmp_path / "m", "cat-file", "-t", "WGI_2031_CRP.1").strip() == "tag"
    assert git_says(tmp_path / "m", "rev-parse", "WGI_2031_CRP.1^{commit}").strip() == receipt.commit
    git_says(tmp_path / "m", "tag", "-d", "WGI_2031_CRP.1")
    Desk.open(tmp_path / "m").settle()
    assert git_says(tmp_path / "m", "rev-parse", "WGI_2031_CRP.1^{commit}").strip() == receipt.commit


def test_what_is_no_meeting_is_said_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(NotAMeeting, match="no meeting"):
        find_meeting(tmp_path)
    found(tmp_path / "one", text=False)
    assert find_meeting(tmp_path) == tmp_path / "one"
    assert find_meeting(tmp_path / "one" / "record") == tmp_path / "one"
    found(tmp_path / "two", text=False)
    with pytest.raises(NotAMeeting, match="several"):
        find_meeting(tmp_path)
    with pytest.raises(NotRecorded, match="not empty"):
        found(tmp_path / "one")


def damage_act(folder: Path) -> None:
    file = next((folder / "record").rglob("*.json"))
    file.write_text(file.read_text("utf-8")[:-20], "utf-8")


def test_a_damaged_act_file_is_named_and_put_back(tmp_path: Path) -> None:
    found(tmp_path / "m")
    damage_act(tmp_path / "m")

    desk = Desk.open(tmp_path / "m")
    with pytest.raises(Damaged, match="draftwg doctor"):
        desk.check_files()
    assert [one.check for one in doctor(tmp_path / "m").findings.found if one.mended] == ["files"]
    desk.check_files()
    assert git_says(tmp_path / "m", "status", "--porcelain") == ""


def test_a_branch_that_is_gone_is_brought_back(tmp_path: Path) -> None:
    desk = found(tmp_path / "m")
    head = desk.record.head()
    branch = tmp_path / "m" / ".git" / "refs" / "heads" / "main"
    for damage in (branch.unlink, lambda: branch.write_text("")):
        damage()
        with pytest.raises(Damaged):
            Desk.open(tmp_path / "m")
        assert doctor(tmp_path / "m").healthy
        assert Desk.open(tmp_path / "m").record.head() == head


def test_readable_files_heal_and_stay_in_the_meeting(tmp_path: Path) -> None:
    desk = found(tmp_path / "m")
    file = tmp_path / "m" / "texts" / "recommendations.md"
    right = file.read_text("utf-8")
    file.unlink()
    desk.do({"act": "open_reading"})
    assert file.read_text("utf-8") == right
    file.unlink()
    assert doctor(tmp_path / "m").healthy
    assert file.read_text("utf-8") == right

    shutil.rmtree(tmp_path / "m" / "texts")
    (tmp_path / "out").mkdir()
    (tmp_path / "m" / "texts").symlink_to(tmp_path / "out")
    receipt = desk.do({"act": "edit", "unit": "3", "text": "Other words."})
    assert "leads out of the meeting" in " ".join(receipt.warnings)
    assert list((tmp_path / "out").iterdir()) == []


def test_undoing_an_import_takes_its_text_away(tmp_path: Path) -> None:
    desk = found(tmp_path / "m")
    desk.do({"act": "undo"})
    assert not (tmp_path / "m" / "texts" / "recommendations.md").exists()
    assert git_says(tmp_path / "m", "ls-tree", "-r", "--name-only", "main").count("texts/") == 0
    assert git_says(tmp_path / "m", "status", "--porcelain") == ""


def test_a_damaged_act_in_the_record_is_one_line(tmp_path: Path) -> None:
    """Somebody committed a broken act file."""
    desk = found(tmp_path / "m")
    damage_act(tmp_path / "m")
    subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qam", "oops"], cwd=tmp_path / "m", check=True
    )

    with pytest.raises(Damaged, match=r"record/\S+ is damaged at line \d+"):
        Desk.open(tmp_path / "m")
    assert desk.refresh


def test_a_meeting_that_was_killed_while_it_was_set_up_is_said_in_a_line(tmp_path: Path) -> None:
    Record.create(tmp_path / "m", "Half")

    with pytest.raises(Damaged, match="not completely set up"):
        Desk.open(tmp_path / "m")


def test_damage_to_the_repository_is_one_line(tmp_path: Path) -> None:
    found(tmp_path / "m")
    branch = tmp_path / "m" / ".git" / "refs" / "heads" / "main"
    sha = branch.read_text("ascii")
    for content in ("", "\0" * 41, "zzz", "1" * 40):
        branch.write_text(content, "ascii")
        with pytest.raises(Damaged) as damage:
            Desk.open(tmp_path / "m")
        assert "\n" not in str(damage.value)
    branch.write_text(sha, "ascii")
    (tmp_path / "m" / "meeting.json").write_text(json.dumps({"format": 99}), "utf-8")
    with pytest.raises(Damaged, match="another version"):
        Desk.open(tmp_path / "m")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_can_be_read_and_refuses_acts(tmp_path: Path) -> None:
    found(tmp_path / "m")
    for folder, _, _ in os.walk(tmp_path / "m"):
        Path(folder).chmod(0o555)
    try:
        desk = Desk.open(tmp_path / "m")
        with pytest.raises(NotRecorded, match="cannot be written"):
            desk.do({"act": "edit", "unit": "3", "text": "x."})
    finally:
        for folder, _, _ in os.walk(tmp_path / "m"):
            Path(folder).chmod(0o755)


def test_a_hostile_repository_runs_nothing(tmp_path: Path) -> None:
    """Hooks, filters, drivers and fsmonitor planted in a meeting that came from elsewhere."""
    desk = found(tmp_path / "m")
    canary = tmp_path / "canary"
    bait = f"touch {canary}"
    hooks = tmp_path / "m" / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("reference-transaction", "post-index-change", "pre-commit", "post-commit", "post-checkout"):
        (hooks / name).write_text(f"#!/bin/sh\n{bait}\n")
        (hooks / name).chmod(0o755)
    with (tmp_path / "m" / ".git" / "config").open("a") as config:
        config.write(f'[core]\n\tfsmonitor = "{bait}"\n\tpager = "{bait}"\n\teditor = "{bait}"\n')
        config.write(f'[filter "x"]\n\tclean = "{bait}"\n\tsmudge = "{bait}"\n[diff "x"]\n\ttextconv = "{bait}"\n')
    (tmp_path / "m" / ".git" / "info").mkdir(exist_ok=True)
    (tmp_path / "m" / ".git" / "info" / "attributes").write_text("* filter=x diff=x\n")

    desk.do({"act": "edit", "unit": "3", "text": "Other words."})
    desk.do({"act": "issue", "symbol": "A/1", "status": "x"})
    again = Desk.open(tmp_path / "m")
    again.settle()
    again.commits()
    assert doctor(tmp_path / "m").healthy
    assert not canary.exists()


def test_a_full_disk_refuses_in_a_line_and_keeps_the_words(
    small_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found(small_disk / "m").close()
    meeting = ["-m", str(small_disk / "m")]
    refused = 0
    for room in (0, 8, 20, 400):
        blocks = os.statvfs(small_disk).f_bavail - room // 4
        (small_disk / "filler").write_bytes(b"\0" * (4096 * blocks))
        status = main([*meeting, "propose", "2", "--by", "Chile", "--text", f"Words {room}."])
        said = capsys.readouterr().err
        (small_disk / "filler").unlink()
        if status:
            refused += 1
            assert "The disk is full; nothing was recorded. Free some space. Your words are kept" in said
            kept = re.search(r"draftwg act (\S+) does it again", said)
            assert kept is not None
            assert main([*meeting, "act", kept[1]]) == 0
        assert words_proposed(small_disk / "m")[-1] == f"Words {room}."
        assert {one.check for one in doctor(small_disk / "m").findings.remaining} <= {"disk"}  # it is a small one
    assert refused in (1, 2, 3)


def words_proposed(folder: Path) -> list[str]:
    return [amendment.proposed for amendment in Desk.open(folder).state.amendments.values()]


def test_a_disk_that_cannot_be_written_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found(tmp_path / "m").close()
    (tmp_path / "seen").mkdir()
    bound = ["mount", "--bind", str(tmp_path / "m"), str(tmp_path / "seen")]
    if subprocess.run(bound, capture_output=True).returncode:
        pytest.skip("mounting needs root")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(tmp_path / "seen")], check=True)
        meeting = ["-m", str(tmp_path / "seen")]
        assert main([*meeting, "show"]) == 0
        assert KEEPING in capsys.readouterr().out
        assert main([*meeting, "propose", "2", "--by", "Chile", "--text", "Other."]) == 2
        said = capsys.readouterr().err
        assert "The folder cannot be written to; nothing was recorded. Your words are kept" in said
        assert main([*meeting, "doctor"]) == 2
        assert "can only be read" in capsys.readouterr().out
        assert main([*meeting, "verify", "--quiet"]) == 0
    finally:
        subprocess.run(["umount", "-l", str(tmp_path / "seen")], check=True)


def test_syncing_can_be_switched_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found(tmp_path / "m").close()
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    Desk.open(tmp_path / "m").do({"act": "edit", "unit": "3", "text": "With."})
    assert len(synced) >= 8  # objects, their folders, the branch
    synced.clear()
    subprocess.run(["git", "config", "draftwg.fsync", "false"], cwd=tmp_path / "m", check=True)
    Desk.open(tmp_path / "m").do({"act": "edit", "unit": "3", "text": "Without."})
    assert synced == []


def test_where_the_branch_is_counts_and_not_what_the_disk_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fails after it has moved the branch: the act is recorded, once, and told as recorded."""
    desk = found(tmp_path / "m")
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        done = replace(self, target)
        if target.name == "main":
            raise OSError(errno.EIO, "Input/output error")
        return done

    monkeypatch.setattr(Path, "replace", failing)
    receipt = desk.do({"act": "propose", "unit": "2", "by": "Chile", "text": "Other words."})
    monkeypatch.undo()
    assert list(Desk.open(tmp_path / "m").state.amendments) == [receipt.act.id]


def test_a_full_shelf_of_acts_goes_through_git_at_once(tmp_path: Path) -> None:
    desk = found(tmp_path / "m")
    acts = [{"act": "propose", "unit": "2", "by": "Chile", "text": f"Words {number}."} for number in range(30)]
    assert len({receipt.commit for receipt in desk.do_all(acts)}) == 30
    git_says(tmp_path / "m", "fsck", "--strict")
    assert git_says(tmp_path / "m", "for-each-ref", "refs/draftwg") == ""
    assert git_says(tmp_path / "m", "status", "--porcelain") == ""


def test_names_cannot_break_a_commit(tmp_path: Path) -> None:
    desk = found(tmp_path / "m")
    for name in ("A <b> c", "x\ny", "-c core.pager=x", "\x1b[31mred", "<x>", "[b]bold[/b]"):
        desk.do({"act": "propose", "unit": "2", "by": name, "text": f"{KEEPING} {len(name)}."})
    git_says(tmp_path / "m", "fsck", "--strict")
    assert len(desk.state.amendments) == 6
    assert all("\x1b" not in line for line in git_says(tmp_path / "m", "log").splitlines())


def test_the_lock_of_a_git_that_was_killed_just_now_is_waited_for_and_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock counts as left when nothing has touched it for a while; until then its git may be at work."""
    monkeypatch.setattr("draftwg.repository.lock.STALE", 0.3)
    monkeypatch.setattr("draftwg.repository.worktree.STALE", 0.3)
    desk = found(tmp_path / "m")
    lock = tmp_path / "m" / ".git" / "index.lock"
    lock.touch()

    receipt = desk.do({"act": "propose", "unit": "2", "by": "Chile", "replace": "possible", "with": "needed"})

    assert not any("index" in warning for warning in receipt.warnings)
    assert not lock.exists()
    assert subprocess.run(["git", "status", "--porcelain"], cwd=tmp_path / "m", capture_output=True).stdout == b""


def test_what_a_killed_program_had_begun_to_write_goes_at_the_next_start(tmp_path: Path) -> None:
    """Also where it had not come to moving the branch, so that nothing is behind."""
    found(tmp_path / "m").close()
    ended = subprocess.Popen(["true"])
    ended.wait()
    shard = next((tmp_path / "m" / ".git" / "objects").glob("??"))
    left = [shard / f"tmp_obj_{ended.pid}_01234567", tmp_path / "m" / "texts" / f".x.md.{ended.pid}.tmp"]
    ours = shard / f"tmp_obj_{os.getpid()}_01234567"
    for place in (*left, ours):
        place.write_bytes(b"x")
        os.utime(place, (0, 0))

    assert Desk.open(tmp_path / "m").settle() == []

    assert not any(place.exists() for place in left)
    assert ours.exists()


def test_the_history_of_a_meeting_that_is_gone_is_one_line(tmp_path: Path) -> None:
    desk = found(tmp_path / "m")
    shutil.rmtree(tmp_path / "m" / ".git")
    with pytest.raises(Damaged, match="cannot be read"):
        list(desk.record.history.commits())
