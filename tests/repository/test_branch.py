"""The branch moves by git's own protocol: git sees what we did, and whoever is at work beside us."""

import os
import subprocess
import threading
import time
from pathlib import Path

import pytest

from draftwg.errors import Damaged
from draftwg.repository import branch, git
from draftwg.repository.branch import branch_at, move_branch
from draftwg.repository.lock import refused
from draftwg.repository.record import Record

WHO = "Secretariat <secretariat@draftwg.invalid> 1900000000 +0100"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with no commit yet."""
    Record.create(tmp_path / "m", "A meeting").close()
    return tmp_path / "m"


def says(folder: Path, *arguments: str, given: bytes = b"") -> str:
    return git.run(folder, *arguments, stdin=given).decode().strip()


def commits(folder: Path, count: int) -> list[str]:
    """Commits, each on top of the one before."""
    tree, made = says(folder, "mktree"), list[str]()
    person = {f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for number in range(count):
        on = ("-p", made[-1]) if made else ()
        out = git.run(folder, "commit-tree", *on, tree, stdin=b"%d\n" % number, variables=person)
        made.append(out.decode().strip())
    return made


def moved(folder: Path, commit: str, parent: str) -> bool:
    return move_branch(folder / ".git", commit, parent, WHO, durable=True)


def test_git_sees_a_branch_that_moved_and_its_log(repository: Path) -> None:
    first, second = commits(repository, 2)
    assert moved(repository, first, "")
    assert moved(repository, second, first)
    assert branch_at(repository / ".git") == says(repository, "rev-parse", "refs/heads/main") == second
    for name in ("main", "HEAD"):
        assert says(repository, "reflog", "show", "--format=%H %gn %gd", "--date=unix", name).splitlines() == [
            f"{second} Secretariat {name}@{{1900000000}}",
            f"{first} Secretariat {name}@{{1900000000}}",
        ]
    assert not list(repository.rglob(".git/**/*.lock"))


def test_the_branch_moves_from_the_commit_that_was_read_alone(repository: Path) -> None:
    first, second, third = commits(repository, 3)
    assert not moved(repository, second, first)  # there is none yet
    assert moved(repository, first, "")
    assert not moved(repository, second, "")
    assert moved(repository, second, first)
    assert not moved(repository, third, first)
    assert branch_at(repository / ".git") == second
    assert not list(repository.rglob(".git/**/*.lock"))


def test_a_branch_that_git_has_packed_moves_all_the_same(repository: Path) -> None:
    first, second = commits(repository, 2)
    assert moved(repository, first, "")
    says(repository, "pack-refs", "--all")
    assert not (repository / ".git/refs/heads/main").exists()
    assert not moved(repository, second, "")
    assert moved(repository, second, first)
    assert says(repository, "rev-parse", "refs/heads/main") == second


def test_a_lock_of_another_is_waited_for_and_left_to_it(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = commits(repository, 2)
    lock = repository / ".git/refs/heads/main.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.touch()
    threading.Timer(0.1, lock.unlink).start()
    assert moved(repository, first, "")

    monkeypatch.setattr(branch, "_PATIENCE", 0.05)
    lock.touch()
    assert not moved(repository, second, first)
    assert lock.exists()
    assert branch_at(repository / ".git") == first


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_disk_that_refuses_leaves_the_branch_and_no_lock(
    repository: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    first, second = commits(repository, 2)
    assert moved(repository, first, "")

    def refuse(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os if failing == "fsync" else Path, failing, refuse)
        with pytest.raises(OSError, match="Input/output") as caught:
            moved(repository, second, first)
    assert "nothing was recorded" in str(refused(caught.value))
    assert branch_at(repository / ".git") == first
    assert moved(repository, second, first)


def test_a_branch_that_cannot_be_read_is_not_moved(repository: Path) -> None:
    first, second = commits(repository, 2)
    assert moved(repository, first, "")
    (repository / ".git/refs/heads/main").write_text("\0" * 41)
    with pytest.raises(Damaged):
        moved(repository, second, first)
    assert not list(repository.rglob(".git/**/*.lock"))


def test_a_log_that_is_a_link_is_not_written_through(repository: Path, tmp_path: Path) -> None:
    first, second = commits(repository, 2)
    assert moved(repository, first, "")
    outside = tmp_path / "outside"
    outside.touch()
    log = repository / ".git/logs/refs/heads/main"
    log.unlink()
    log.symlink_to(outside)
    with pytest.raises(OSError, match="symbolic"):
        moved(repository, second, first)
    assert outside.read_bytes() == b""
    assert branch_at(repository / ".git") == first


def test_no_move_is_lost_between_us_and_git(repository: Path) -> None:
    """Two of ours and a git move the branch at the same time, each from where it has read it: what each was told to
    have done is one unbroken row in the log.
    """
    made = commits(repository, 2)
    assert moved(repository, made[0], "")
    told: list[tuple[str, str]] = []
    until = time.monotonic() + 1.5

    def ours() -> None:
        while time.monotonic() < until:
            old = branch_at(repository / ".git")
            new = made[1 - made.index(old)]
            if moved(repository, new, old):
                told.append((old, new))

    def gits() -> None:
        while time.monotonic() < until:
            old = branch_at(repository / ".git")
            new = made[1 - made.index(old)]
            command = git.command("update-ref", "refs/heads/main", new, old)
            if subprocess.run(command, cwd=repository, capture_output=True).returncode == 0:
                told.append((old, new))

    threads = [threading.Thread(target=one) for one in (ours, ours, gits)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    log = [line.split()[:2] for line in (repository / ".git/logs/refs/heads/main").read_text().splitlines()][1:]
    assert len(log) == len(told)
    at = made[0]
    for old, new in log:
        assert old == at
        at = new
    assert branch_at(repository / ".git") == at
