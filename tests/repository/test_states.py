"""The states in which a meeting may be found: each has its line, its exit status and its way out, and none makes
draftwg lose or write anything.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from draftwg.cli import main
from draftwg.desk import Desk
from meetings import KEEPING, copied, words


def own_git(folder: Path, *arguments: str) -> str:
    """git as a person uses it, by hand."""
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@x", "-c", "protocol.file.allow=always", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def object_file(folder: Path, name: str) -> Path:
    id = own_git(folder, "rev-parse", name).strip()
    return folder / ".git" / "objects" / id[:2] / id[2:]


def an_act(folder: Path) -> str:
    return own_git(folder, "ls-tree", "-r", "--name-only", "main", "record").split()[1]


def spoil(place: Path, left: bytes | None = None) -> None:
    """Flip a bit in the middle, or leave only so much."""
    place.chmod(0o644)
    data = bytearray(place.read_bytes())
    data[len(data) // 2] ^= 0xFF
    place.write_bytes(bytes(data) if left is None else left)


def stale(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"")
    os.utime(place, (0, 0))


def git_file(name: str, content: str | None) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        place = folder / ".git" / name
        if content is None:
            place.unlink()
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content)

    return damage


def removed_by_commit(folder: Path) -> None:
    own_git(folder, "rm", "-q", an_act(folder))
    own_git(folder, "commit", "-qm", "tidying up")


def changed_by_commit(folder: Path) -> None:
    place = folder / an_act(folder)
    place.write_text(place.read_text("utf-8").replace("States", "Nobodies"), "utf-8")
    own_git(folder, "commit", "-qam", "a small correction")


def broken_by_commit(folder: Path) -> None:
    (folder / an_act(folder)).write_text('{"act": [', "utf-8")
    own_git(folder, "commit", "-qam", "oops")


def text_by_commit(folder: Path) -> None:
    place = folder / "texts" / "recommendations.md"
    place.write_text(place.read_text("utf-8").replace("logs", "blogs"), "utf-8")
    own_git(folder, "commit", "-qam", "a better word")


def strange_names(folder: Path) -> None:
    (folder / "texts" / "link.md").symlink_to("/etc/passwd")
    (folder / "record" / "new\nline.json").write_text("{}")
    (folder / "record" / os.fsdecode(b"\xff.json")).write_text("{}")
    head = own_git(folder, "rev-parse", "HEAD").strip()
    own_git(folder, "add", "-A")
    own_git(folder, "update-index", "--add", "--cacheinfo", f"160000,{head},record/sub")
    own_git(folder, "commit", "-qm", "things")


def merging(folder: Path) -> None:
    own_git(folder, "checkout", "-qb", "other", "HEAD~1")
    (folder / "roster.csv").write_text("mine\n")
    own_git(folder, "commit", "-qam", "theirs")
    own_git(folder, "checkout", "-q", "main")
    (folder / "roster.csv").write_text("ours\n")
    own_git(folder, "commit", "-qam", "ours")
    with pytest.raises(subprocess.CalledProcessError):
        own_git(folder, "merge", "other")
    assert (folder / ".git" / "MERGE_HEAD").exists()


def emptied(place: Path) -> None:
    shutil.rmtree(place)
    place.mkdir()


def packed_junk(folder: Path) -> None:
    (folder / ".git" / "refs" / "heads" / "main").unlink()
    (folder / ".git" / "packed-refs").write_text("junk refs/heads/main\n")


def linked(name: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        place = next((folder / ".git").glob(name))
        place.rename(folder.parent / "elsewhere")
        place.symlink_to(folder.parent / "elsewhere")

    return damage


@dataclass(frozen=True)
class State:
    """How to bring it about; what `status` says (None: nothing, it works); what doctor says is mended (None: nothing
    can be) or noted; whether the meeting is well afterwards.
    """

    damage: Callable[[Path], object]
    said: str | None
    doctor: str | None
    well: bool = True


STATES = {
    "a stale index.lock": State(lambda m: stale(m / ".git/index.lock"), None, "index.lock was left behind"),
    "a stale HEAD.lock": State(lambda m: stale(m / ".git/HEAD.lock"), None, "HEAD.lock was left behind"),
    "a stale lock of the branch": State(lambda m: stale(m / ".git/refs/heads/main.lock"), None, "main.lock was left"),
    "a stale config.lock": State(lambda m: stale(m / ".git/config.lock"), None, "config.lock was left behind"),
    "no HEAD": State(git_file("HEAD", None), None, "HEAD is missing or empty"),
    "an empty HEAD": State(git_file("HEAD", ""), None, "HEAD is missing or empty"),
    "a detached HEAD": State(lambda m: own_git(m, "checkout", "-q", "--detach"), None, "HEAD is detached"),
    "HEAD on another branch": State(git_file("HEAD", "ref: refs/heads/x\n"), None, "not the branch main"),
    "no branch": State(git_file("refs/heads/main", None), "branch of this meeting is gone.*doctor", "It is back at"),
    "an empty branch": State(git_file("refs/heads/main", ""), "branch.*cannot be read.*doctor", "It is back at"),
    "a branch of NULs": State(git_file("refs/heads/main", "\0" * 41), "branch.*cannot be read", "It is back at"),
    "a packed branch of junk": State(
        packed_junk, "branch.*cannot be read.*doctor", "packed-refs has a line.*\n.*It is back at"
    ),
    "a branch on no commit": State(git_file("refs/heads/main", "1" * 40), "doctor", "It is back at"),
    "a damaged index": State(git_file("index", "junk"), None, "index is damaged"),
    "an empty index": State(git_file("index", ""), None, "index is damaged"),
    "no index": State(git_file("index", None), None, "index is missing"),
    "malformed settings": State(git_file("config", "[core\nx"), None, "config line 1 cannot be read"),
    "no settings": State(git_file("config", None), None, "config is missing"),
    "the newest commit gone": State(lambda m: object_file(m, "main").unlink(), "doctor", "recorded anew"),
    "the newest commit emptied": State(lambda m: spoil(object_file(m, "main"), b""), "doctor", "recorded anew"),
    "the newest commit damaged": State(lambda m: spoil(object_file(m, "main")), "doctor", "recorded anew"),
    "a folder of the record damaged": State(
        lambda m: spoil(object_file(m, "main:record")), "doctor", "made anew|recorded anew"
    ),
    "an act gone from git": State(
        lambda m: object_file(m, f"main:{an_act(m)}").unlink(), "missing from the record.*doctor", "made anew"
    ),
    "an act damaged in git": State(lambda m: spoil(object_file(m, f"main:{an_act(m)}")), "doctor", "made anew"),
    "objects gone": State(
        lambda m: shutil.rmtree(m / ".git/objects"), "objects are gone.*--from.*anew from record/", "from the .* acts"
    ),
    "objects emptied": State(lambda m: emptied(m / ".git/objects"), "doctor", "from the .* acts"),
    "an act file changed": State(
        lambda m: (m / an_act(m)).write_text("x"), "record in git has it unharmed.*doctor", "was changed by hand"
    ),
    "an act file removed": State(lambda m: (m / an_act(m)).unlink(), "unharmed.*doctor", "is missing"),
    "an act removed by a commit": State(removed_by_commit, "nothing may do.*doctor", "changed or removed by a later"),
    "an act changed by a commit": State(changed_by_commit, "nothing may do.*doctor", "changed or removed by a later"),
    "an act broken by a commit": State(broken_by_commit, "is damaged at line 1.*doctor", "changed or removed by a"),
    "a text changed by a commit": State(text_by_commit, None, "made anew from the acts"),
    "a readable file gone": State(lambda m: (m / "roster.csv").unlink(), None, "missing or behind"),
    "strange names in git": State(strange_names, None, "is a link; it is passed over"),
    "a merge under way": State(merging, "kept in roster.by-hand-1", "began a git merge"),
    "no mark": State(lambda m: (m / "meeting.json").unlink(), "meeting.json is gone.*doctor", "was put back"),
    "a damaged mark": State(lambda m: (m / "meeting.json").write_text("["), "cannot be read.*doctor", "was put back"),
    "packed by a person": State(lambda m: own_git(m, "gc", "-q"), None, None),
    "grafts": State(git_file("info/grafts", "x\n"), None, "info/grafts .* is ignored"),
    "hooks": State(git_file("hooks/pre-commit", "x\n"), None, "hooks .* not run: pre-commit"),
    "SHA-256": State(
        git_file("config", "[extensions]\n\tobjectFormat = sha256\n"), "SHA-256 names.*draftwg init", None, False
    ),
    "reftable": State(git_file("config", "[extensions]\nrefStorage=reftable\n"), "reftable.*draftwg init", None, False),
    "linked branches": State(linked("refs"), "link that leads out", None, False),
    "linked objects": State(linked("objects"), "link that leads out", None, False),
    "some linked objects": State(linked("objects/??"), "link that leads out", None, False),
    "linked logs": State(linked("logs/refs"), "link that leads out", None, False),
    "a newer format": State(
        lambda m: (m / "meeting.json").write_text('{"format": 99}'), "another version of draftwg", "was put back"
    ),
}


@pytest.mark.parametrize("name", STATES)
def test_a_state_has_its_line_and_its_way_out(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state, folder = STATES[name], tmp_path / "m"
    desk = copied(folder)
    desk.do({"act": "propose", "unit": "2", "by": "Chile", "replace": "logs", "with": "records"})
    desk.close()
    before = Desk.open(folder)
    expected = before.state
    before.close()
    state.damage(folder)

    status = main(["-m", str(folder), "status"])
    said = capsys.readouterr().err
    if state.said is None:
        assert (status, said) == (0, "")
    else:
        assert said.count("\n") == 1
        assert re.search(state.said, said)
        assert os.environ["XDG_STATE_HOME"] not in said  # the place is .git for a person

    status = main(["-m", str(folder), "doctor", "--dry-run"])
    dry = capsys.readouterr()
    assert "Traceback" not in dry.err
    status = main(["-m", str(folder), "doctor"])
    told = capsys.readouterr()
    assert status == (0 if state.well else 2)
    if state.doctor:
        assert re.search(state.doctor, told.out)
    if not state.well:
        assert (told.out + told.err).strip()
        return
    assert main(["-m", str(folder), "doctor"]) == 0
    assert "mended" not in capsys.readouterr().out  # twice is once
    again = Desk.open(folder)
    assert again.settle() == []
    again.check_files()
    assert again.state == expected
    again.do({"act": "accept", "amendment": "A-1"})
    assert words(again, "2") == KEEPING.replace("logs", "records")
    again.close()
    assert main(["-m", str(folder), "verify", "--quiet"]) == 0
