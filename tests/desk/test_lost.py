"""What other programs take away from a meeting, and how it comes back: a branch moved back, files replaced."""

import subprocess
from pathlib import Path

import pytest

from draftwg.cli import main
from draftwg.desk import Desk
from draftwg.desk.health import doctor
from draftwg.desk.verifying import verify
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
