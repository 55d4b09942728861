"""What other programs take away from a meeting, and how it comes back: a branch moved back, files replaced."""

import errno
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from draftwg.cli import main
from draftwg.desk import Desk, rebuilding
from draftwg.desk.clock import now
from draftwg.desk.health import doctor
from draftwg.desk.verifying import verify
from draftwg.repository import git, tags, worktree
from draftwg.repository.journal import Unsaved
from meetings import found, words


@pytest.fixture
def meeting(tmp_path: Path) -> Path:
    """A meeting of some acts, one of them a version."""
    desk = found(tmp_path / "m")
    desk.do({"act": "propose", "unit": "2", "by": "Chile", "replace": "logs", "with": "records"})
    desk.do({"act": "issue", "symbol": "A/1", "status": "draft"})
    for number in range(2):
        desk.do({"act": "edit", "unit": "3", "text": f"Words {number}."})
    desk.close()
    return tmp_path / "m"


def plain_git(folder: Path, *arguments: str) -> None:
    """Another program's git, as a person would use it."""
    who = ("-c", "user.name=A person", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.mark.parametrize("note", [True, False])
@pytest.mark.parametrize("more", [True, False])
def test_acts_of_a_branch_moved_back_come_again(
    meeting: Path, capsys: pytest.CaptureFixture[str], note: bool, more: bool
) -> None:
    """Also where the note of what the files were in step with is gone, and where more was recorded since."""
    desk = Desk.open(meeting)
    acts, head = {act.id for act in desk.log.acts}, desk.record.head()
    desk.close()
    plain_git(meeting, "reset", "-q", "--hard", "HEAD~3")
    if not note:
        (meeting / ".git" / "draftwg" / "in-step").unlink()
    if more and note:
        plain_git(meeting, "commit", "-q", "--allow-empty", "-m", "something else")
    elif more:
        desk = Desk.open(meeting)
        acts.add(desk.do({"act": "edit", "unit": "1", "text": "Later words."}).act.id)
        desk.close()
    elif note:
        assert main(["-m", str(meeting), "show"]) == 0
        assert "moved back: 3 recorded acts are not in it. Put them back: draftwg doctor." in capsys.readouterr().err
        assert main(["-m", str(meeting), "propose", "2", "--by", "Peru", "--delete", "logs"]) == 2
        assert "draftwg doctor" in capsys.readouterr().err

    assert not doctor(meeting, dry=True).healthy
    checked = doctor(meeting)
    assert checked.healthy, checked.findings
    assert "3 recorded acts were not in it. They were put back." in str(checked.findings)
    again = Desk.open(meeting)
    assert acts <= {act.id for act in again.log.acts}
    assert words(again, "3") == "Words 1."
    assert (again.record.head() == head) is not more
    assert again.settle() == []
    again.close()
    assert verify(meeting).trouble == []
    assert doctor(meeting).findings.found == []


@pytest.mark.parametrize(
    "command",
    [
        "export md -o {}/texts/recommendations.md",
        "export md -o {}/meeting.json",
        "export md -o {}/Record/0000/x.json",
        "redline A/1 now --format text -o {}/.git/config",
        "project --once --html {}/README.md",
        "backup {}/meeting.json",
        "pack --all {}/.git/objects",
        "pack --all {}/record",
        "pack --for Chile -o {}/roster.csv",
        "bundle {}/texts/x.bundle",
    ],
)
def test_an_output_never_takes_the_place_of_the_record(
    meeting: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    before = {path: path.read_bytes() for path in meeting.rglob("*") if path.is_file()}

    assert main(["-m", str(meeting), *command.format(meeting).split()]) == 2

    told = capsys.readouterr().err
    assert "keeps for itself. Name a file elsewhere." in told
    assert told.count("\n") == 1
    assert {path: path.read_bytes() for path in meeting.rglob("*") if path.is_file()} == before


def test_an_output_may_stand_beside_the_record(meeting: Path) -> None:
    assert main(["-m", str(meeting), "export", "md", "-o", str(meeting / "paper.md")]) == 0
    assert main(["-m", str(meeting), "export", "md", "-o", str(meeting.parent / "README.md")]) == 0


def file_instead(place: Path) -> None:
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    place.write_text("something else")


def folder_instead(place: Path) -> None:
    place.unlink()
    place.mkdir()
    (place / "mine").write_text("something else")


def pipe_instead(place: Path) -> None:
    place.unlink()
    os.mkfifo(place)


def link_instead(place: Path) -> None:
    place.rename(place.parent.parent.parent / "moved")
    place.symlink_to(place.parent.parent.parent / "moved")


@pytest.mark.parametrize("name", ["record", "texts"])
def test_a_folder_replaced_by_a_file_comes_back(meeting: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    file_instead(meeting / name)
    for command in (["show"], ["edits"], ["export", "md", "-o", str(meeting.parent / "out.md")]):
        assert main(["-m", str(meeting), *command]) == 0
        said = capsys.readouterr().err.replace(f"draftwg: The text is in {meeting.parent}/out.md.\n", "")
        assert f"Something else stands in the place of {name}; git has it." in said
        assert said.count("doctor") == 1

    checked = doctor(meeting)

    assert checked.healthy, checked.findings
    assert len(checked.findings.found) == 2
    assert (meeting / ".git" / "draftwg" / "aside" / f"{name}.1").read_text() == "something else"
    assert verify(meeting).proved
    assert doctor(meeting).findings.found == []


@pytest.mark.parametrize("way", [folder_instead, pipe_instead, link_instead])
@pytest.mark.parametrize("name", ["texts/recommendations.md", "README.md", "record/0000/000003-*.json"])
def test_a_file_replaced_by_something_else_comes_back(
    meeting: Path, name: str, way: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    place = next(meeting.glob(name))
    way(place)

    assert main(["-m", str(meeting), "show"]) == 0
    out = capsys.readouterr()
    assert words(Desk.open(meeting), "2") in out.out
    assert out.err.count("\n") == 1
    assert place.name in out.err
    assert "git has it" in out.err
    assert "draftwg doctor" in out.err

    assert not doctor(meeting, dry=True).healthy
    checked = doctor(meeting)

    assert checked.healthy, checked.findings
    assert verify(meeting).trouble == []
    assert doctor(meeting).findings.found == []


@pytest.mark.parametrize("way", [folder_instead, pipe_instead, link_instead])
def test_what_stands_in_the_place_of_a_text_is_kept_by_the_next_act(meeting: Path, way: Callable[[Path], None]) -> None:
    way(meeting / "texts" / "recommendations.md")
    desk = Desk.open(meeting)

    told = desk.do({"act": "edit", "unit": "1", "text": "Later words."}).warnings

    assert told == (
        "Something else stood in the place of texts/recommendations.md; it is kept in "
        "texts/recommendations.by-hand-1.md.",
    )
    assert os.path.lexists(meeting / "texts" / "recommendations.by-hand-1.md")
    assert "Later words." in (meeting / "texts" / "recommendations.md").read_text()
    assert not (meeting / "texts" / "recommendations.md").is_symlink()
    assert doctor(meeting).findings.found == []


def test_an_act_whose_folder_is_barred_is_recorded_in_git(meeting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As the console does it; a command is refused until doctor has been asked."""
    file_instead(meeting / "record")
    assert main(["-m", str(meeting), "propose", "2", "--by", "Peru", "--delete", "records"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    desk = Desk.open(meeting)
    told = desk.do({"act": "edit", "unit": "1", "text": "Later words."}).warnings
    desk.close()
    assert len(told) == 1
    assert "Something else stands in the place of record; git has it." in told[0]
    assert main(["-m", str(meeting), "show"]) == 0
    assert capsys.readouterr().err.count("\n") == 1
    assert doctor(meeting).healthy
    assert verify(meeting).proved
    assert words(Desk.open(meeting), "1") == "Later words."


@pytest.mark.parametrize("name", ["meeting.json", ".git/config", ".git/HEAD", ".git/draftwg/in-step", "record/0000/x"])
def test_a_pipe_makes_nobody_wait(meeting: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    if name.endswith("x"):
        name = "record/0000/000099-abcdefgh.json"
    (meeting / name).unlink(missing_ok=True)
    os.mkfifo(meeting / name)

    assert main(["-m", str(meeting), "show"]) == (2 if name == "meeting.json" else 0)

    assert capsys.readouterr().err.count("\n") <= 1
    assert doctor(meeting).healthy
    assert main(["-m", str(meeting), "show"]) == 0
    assert verify(meeting).proved


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("draftwg", file_instead),
        ("draftwg", pipe_instead),
        ("draftwg/journal", file_instead),
        ("draftwg/journal", pipe_instead),
        ("draftwg/lock", folder_instead),
        ("draftwg/lock", link_instead),
        ("index", folder_instead),
        ("HEAD", pipe_instead),
        ("config", folder_instead),
        ("logs/refs/heads/main", folder_instead),
        ("refs/heads/main", folder_instead),
        ("refs/heads/main", pipe_instead),
    ],
)
def test_what_stands_in_the_place_of_a_part_of_the_repository_is_put_aside(
    meeting: Path, capsys: pytest.CaptureFixture[str], name: str, way: Callable[[Path], None]
) -> None:
    """Nobody waits for a pipe, and where the doctor says that the meeting is well, an act is recorded."""
    place = meeting / ".git" / name
    if place.is_dir():
        shutil.rmtree(place)
    place.touch()
    way(place)

    assert main(["-m", str(meeting), "show"]) in (0, 2)
    assert capsys.readouterr().err.count("\n") <= 1
    assert not doctor(meeting, dry=True).healthy
    checked = doctor(meeting)

    assert checked.healthy, checked.findings
    assert f"Something else stands in the place of .git/{name}" in str(checked.findings)
    assert [one.name for one in (meeting / ".git" / "draftwg" / "aside").glob("*.in-the-way.1")] == [
        f"{place.name}.in-the-way.1"
    ]
    assert main(["-m", str(meeting), "edit", "1", "--text", "Words afterwards."]) == 0
    assert verify(meeting).proved
    assert doctor(meeting).findings.found == []


def test_files_that_cannot_be_written_are_told_in_one_line(
    meeting: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk: reading goes on, and the files follow when there is room."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(worktree, "write_file", full)
        desk = Desk.open(meeting)
        told = desk.do({"act": "edit", "unit": "1", "text": "Later words."}).warnings
        assert len(told) == 1
        assert "more could not be brought up to date (No space left on device)" in told[0]
        assert main(["-m", str(meeting), "show"]) == 0
        out = capsys.readouterr()
        assert "Later words." in out.out
        assert out.err.count("\n") == 1
        proof = verify(meeting)
        assert (proof.trouble, proof.behind) == ([], ("texts/recommendations.md",))

    assert main(["-m", str(meeting), "show"]) == 0
    assert capsys.readouterr().err == ""
    assert verify(meeting).proved


COMMANDS = ("show", "edits", "verify", "status", "sync", "export md", "propose 2 --by Peru --delete records", "act -")


def test_a_meeting_without_its_git_folder_says_so(meeting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(meeting / ".git")

    for command in COMMANDS:
        assert main(["-m", str(meeting), *command.split()]) == 2
        told = capsys.readouterr().err
        assert "The folder .git of the meeting in" in told
        assert "draftwg restore FILE FOLDER, draftwg clone" in told
        assert "made anew from record/: draftwg doctor" in told
        assert told.count("\n") == 1


def test_the_git_folder_is_made_anew_from_the_acts(
    meeting: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With undone acts and versions; what was edited by hand is kept, and other machines sync with it as before."""
    desk = Desk.open(meeting)
    desk.do({"act": "undo"})
    desk.close()
    assert main(["clone", str(meeting), str(tmp_path / "other")]) == 0
    desk = Desk.open(meeting)
    desk.do({"act": "accept", "amendment": "A-1"})
    state, subjects = desk.state, [commit.subject for commit in desk.record.commits()]
    desk.close()
    other = Desk.open(tmp_path / "other")
    other.do({"act": "edit", "unit": "1", "text": "Words of another machine."})
    other.close()
    text = meeting / "texts" / "recommendations.md"
    text.write_text(text.read_text() + "By hand.\n")
    files = {path: path.read_bytes() for path in meeting.glob("record/*/*")}
    shutil.rmtree(meeting / ".git")
    capsys.readouterr()

    assert not doctor(meeting, dry=True).healthy
    assert not (meeting / ".git").exists()
    assert main(["-m", str(meeting), "doctor"]) == 0

    told = capsys.readouterr().out
    assert f"made anew from the {len(files)} acts there: the times of its commits are new" in told
    assert "edited by hand" in told
    assert "By hand." in (meeting / "texts" / "recommendations.by-hand-1.md").read_text()
    again = Desk.open(meeting)
    assert again.state == state
    assert [commit.subject for commit in again.record.commits()] == subjects
    assert tags.names(meeting) == {"A_1"}
    assert again.settle() == again.amiss() == []
    again.close()
    assert {path: path.read_bytes() for path in meeting.glob("record/*/*")} == files
    assert verify(meeting).proved
    assert [one.name for one in meeting.iterdir() if one.name.startswith(".git.")] == []
    assert doctor(meeting).findings.found == []
    plain_git(meeting, "fsck", "--strict")
    assert main(["-m", str(meeting), "sync", str(tmp_path / "other")]) == 0
    assert main(["-m", str(tmp_path / "other"), "sync", str(meeting)]) == 0
    assert words(Desk.open(meeting), "1") == words(Desk.open(tmp_path / "other"), "1") == "Words of another machine."
    assert verify(meeting).proved
    assert verify(tmp_path / "other").proved


def no_objects(gitdir: Path) -> None:
    shutil.rmtree(gitdir / "objects")


def empty_objects(gitdir: Path) -> None:
    no_objects(gitdir)
    (gitdir / "objects").mkdir()


def no_branch_either(gitdir: Path) -> None:
    empty_objects(gitdir)
    (gitdir / "refs" / "heads" / "main").unlink()
    shutil.rmtree(gitdir / "logs")


@pytest.mark.parametrize("loss", [no_objects, empty_objects, no_branch_either])
def test_a_repository_without_its_objects_is_made_anew_from_the_acts(
    meeting: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], loss: Callable[[Path], None]
) -> None:
    """What draftwg kept beside them stays (remotes, words not recorded), and so do the remains, put aside."""
    other = tmp_path / "shared.git"
    assert main(["-m", str(meeting), "sync", str(other), "--create"]) == 0
    desk = Desk.open(meeting)
    desk.journal.keep(Unsaved("recommendations", "u2", "2", "Peru", "x", "Words that nobody recorded.", now()))
    state, head = desk.state, desk.record.head()
    desk.close()
    loss(meeting / ".git")
    capsys.readouterr()

    assert main(["-m", str(meeting), "doctor", "--dry-run"]) == 2
    assert "can be mended" in capsys.readouterr().out
    assert main(["-m", str(meeting), "doctor"]) == 0

    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("mended")]
    assert "anew from the" in told[0]
    assert "in .git/draftwg/aside" in told[0]
    aside = meeting / ".git" / "draftwg" / "aside" / "git.1"
    if loss is not no_branch_either:
        assert (aside / "refs" / "heads" / "main").read_text().strip() == head
    again = Desk.open(meeting)
    assert again.state == state
    assert again.settle() == again.amiss() == []
    assert [one.words for one in again.journal.unsaved()] == ["Words that nobody recorded."]
    again.do({"act": "edit", "unit": "1", "text": "Afterwards."})
    again.close()
    assert doctor(meeting).findings.found == []
    assert verify(meeting).proved
    plain_git(meeting, "fsck", "--strict")
    assert main(["-m", str(meeting), "sync"]) == 0
    assert main(["clone", str(other), str(tmp_path / "third")]) == 0
    assert words(Desk.open(tmp_path / "third"), "1") == "Afterwards."


def test_what_a_killed_doctor_had_begun_is_cleared_away(meeting: Path) -> None:
    begun = meeting / ".git.999999999.tmp"
    (begun / ".git").mkdir(parents=True)
    (begun / ".git" / "HEAD").write_text("x")
    os.utime(begun, (0, 0))

    assert "left behind" in str(doctor(meeting).findings.found)
    assert not begun.exists()
    assert doctor(meeting).findings.found == []


@pytest.mark.parametrize("why", ["Permission denied", "Input/output error", "Too many open files"])
def test_objects_that_cannot_be_read_just_now_are_not_given_up(
    meeting: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    head, run = Desk.open(meeting).record.head(), git.run

    def refusing(folder: Path, *arguments: str, **options: Any) -> bytes:
        if arguments[0] == "ls-tree":
            raise git.GitRefused("ls-tree", f"error: unable to open .git/objects/1f: {why}")
        return run(folder, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(git, "run", refusing)
        checked = doctor(meeting)

    assert not checked.healthy
    assert not (meeting / ".git" / "draftwg" / "aside").exists()
    assert Desk.open(meeting).record.head() == head
    assert doctor(meeting).findings.found == []


@pytest.mark.parametrize("at", range(1, 15, 2))
def test_a_making_anew_that_was_cut_short_is_done_at_the_next_start(
    meeting: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """Whichever of its steps was the last one."""
    state = Desk.open(meeting).state
    empty_objects(meeting / ".git")
    count, replace, making = 0, Path.replace, rebuilding._exchange

    def cut(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count > at:
            raise OSError(errno.EIO, "cut short")
        return replace(self, target)

    def exchange(gitdir: Path, fresh: Path) -> None:
        monkeypatch.setattr(Path, "replace", cut)
        making(gitdir, fresh)

    with monkeypatch.context() as patch:
        patch.setattr(rebuilding, "_exchange", exchange)
        doctor(meeting)
    monkeypatch.setattr(Path, "replace", replace)

    assert doctor(meeting).healthy
    assert Desk.open(meeting).state == state
    assert verify(meeting).proved


def test_the_objects_come_from_another_clone_where_there_is_one(
    meeting: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["clone", str(meeting), str(tmp_path / "other")]) == 0
    desk = Desk.open(meeting)
    head = desk.record.head()
    desk.close()
    no_objects(meeting / ".git")

    assert main(["-m", str(meeting), "doctor", "--from", str(tmp_path / "other")]) == 0

    assert Desk.open(meeting).record.head() == head
    assert verify(meeting).proved


def test_a_shallow_history_is_told_and_made_whole(
    meeting: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a person's `git clone --depth` makes of it: all acts are there, their commits are not."""
    git = meeting / ".git"
    shutil.copytree(meeting, tmp_path / "whole")
    plain_git(tmp_path, "clone", "-q", "--bare", "--depth", "2", f"file://{meeting}", "short")
    shutil.rmtree(git / "objects")
    for name in ("objects", "shallow"):
        (tmp_path / "short" / name).rename(git / name)

    for command in ("doctor", "verify"):
        main(["-m", str(meeting), command])
        assert "history is shallow: its beginning was not copied. Bring it" in capsys.readouterr().out
    desk = Desk.open(meeting)
    desk.do({"act": "edit", "unit": "1", "text": "It goes on."})
    desk.close()
    assert main(["-m", str(meeting), "doctor", "--from", str(tmp_path / "whole")]) == 0
    assert verify(meeting).proved
    assert doctor(meeting).findings.found == []


def test_objects_without_the_acts_beside_them_are_not_made_up(
    meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty_objects(meeting / ".git")
    first = min(meeting.glob("record/*/*.json"))
    first.write_text("{")
    before = {path: path.read_bytes() for path in meeting.rglob("*") if path.is_file()}

    assert main(["-m", str(meeting), "doctor"]) == 2

    told = capsys.readouterr().out
    assert "--from FOLDER" in told
    assert "Traceback" not in told
    assert {path: path.read_bytes() for path in before} == before


def test_what_cannot_be_read_is_left_out_of_a_new_git_folder_and_named(meeting: Path) -> None:
    shutil.rmtree(meeting / ".git")
    last = max(meeting.glob("record/*/*.json"))
    last.write_text("{")

    checked = doctor(meeting)

    assert not checked.healthy
    assert f"The act file {last.relative_to(meeting)} is damaged at line 1" in checked.findings.remaining[0].told
    assert last.read_text() == "{"
    assert words(Desk.open(meeting), "3") == "Words 0."
    shutil.rmtree(meeting / ".git")
    min(meeting.glob("record/*/*.json")).write_text("{")
    assert "founded the meeting cannot be read" in str(doctor(meeting).findings.remaining)
    assert not (meeting / ".git").exists()
