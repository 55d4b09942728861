"""git's index follows the record: quickly where nobody else has written it, from the beginning where somebody has."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from draftwg.desk import Desk
from draftwg.repository import git
from draftwg.repository.stream import BRANCH
from meetings import copied


def own_git(folder: Path, *arguments: str) -> str:
    """A person's git, with whatever it does to the index."""
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


def listed(folder: Path) -> dict[str, str]:
    """What the index holds: path and blob."""
    lines = git.run(folder, "ls-files", "-s", "-z").decode().split("\0")
    return {path: head.split()[1] for head, _, path in (line.partition("\t") for line in lines if line)}


def recorded(folder: Path) -> dict[str, str]:
    """What the record holds."""
    lines = git.run(folder, "ls-tree", "-r", "-z", "--full-tree", BRANCH).decode().split("\0")
    return {path: head.split()[2] for head, _, path in (line.partition("\t") for line in lines if line)}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands of git that are run."""
    run, names = git.run, list[str]()

    def spy(folder: Path, *arguments: str, **more: object) -> bytes:
        names.append(arguments[0])
        return run(folder, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(git, "run", spy)
    return names


def test_what_an_act_changes_is_all_that_is_written(tmp_path: Path, asked: list[str]) -> None:
    desk, meeting = copied(tmp_path / "m"), tmp_path / "m"
    desk.do({"act": "edit", "unit": "3", "text": "Once."})
    asked.clear()
    for words in ("Twice.", "Thrice."):
        desk.do({"act": "edit", "unit": "3", "text": words})
        assert listed(meeting) == recorded(meeting)
    desk.do({"act": "admit", "name": "Ruritania"})
    desk.do({"act": "undo"})
    assert "read-tree" not in asked
    assert listed(meeting) == recorded(meeting)
    assert own_git(meeting, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    "meddle",
    [
        lambda folder: (folder / ".git" / "index").unlink(),
        lambda folder: (folder / ".git" / "index").write_bytes(b"DIRC\0\0\0\2\0\0\0\0"),
        lambda folder: own_git(folder, "rm", "-q", "--cached", "-r", "record"),
        lambda folder: own_git(folder, "read-tree", "--empty"),
        lambda folder: own_git(folder, "update-index", "--force-remove", "README.md"),
    ],
    ids=["gone", "damaged", "removed", "emptied", "one file removed"],
)
def test_an_index_that_somebody_wrote_is_made_anew(tmp_path: Path, meddle: Callable[[Path], object]) -> None:
    desk, meeting = copied(tmp_path / "m"), tmp_path / "m"
    desk.do({"act": "edit", "unit": "3", "text": "Once."})
    meddle(meeting)
    desk.do({"act": "edit", "unit": "3", "text": "Twice."})
    assert listed(meeting) == recorded(meeting)


def test_what_others_recorded_is_in_it_too(tmp_path: Path) -> None:
    desk, meeting = copied(tmp_path / "m"), tmp_path / "m"
    beside = Desk.open(meeting)
    for turn, one in enumerate((desk, beside, desk, beside)):
        one.do({"act": "edit", "unit": "1", "text": f"Turn {turn}."}, follow=turn % 2 == 1)
    assert listed(meeting) == recorded(meeting)
