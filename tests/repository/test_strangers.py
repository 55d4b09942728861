"""A meeting that came from a stranger: nothing of it runs, whatever is asked of it; what it carries is told."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from draftwg.cli import main
from draftwg.cli.program import build
from draftwg.desk import Desk
from draftwg.desk.health import doctor
from draftwg.errors import NotRecorded
from draftwg.repository import git
from draftwg.repository.trust import read_settings
from meetings import copied, sample_text
from repository.hostile import plant, ran

ACTS = [
    {"act": "propose", "unit": "2", "by": "Chile", "replace": "logs", "with": "records"},
    {"act": "issue", "symbol": "A/1", "status": "draft"},
    {"act": "accept", "amendment": "A-1"},
    {"act": "undo"},
]
# Every command of the program is tried; these need words of their own to get anywhere.
WORDS = {
    "show": [["show"], ["show", "--unit", "2", "--view", "bracketed"]],
    "redline": [["redline", "original", "now"], ["redline", "A/1", "now"]],
    "doctor": [["doctor", "--dry-run"], ["doctor"]],
    "verify": [["verify"]],
    "propose": [["propose", "3", "--by", "Peru", "--text", "Other words."]],
    "issue": [["issue", "A/2", "--status", "draft"]],
    "blame": [["blame", "--unit", "2"]],
    "where": [["where", "logs"]],
    "taking": [["taking", "2"]],
    "edit": [["edit", "3", "--text", "Words put in order."]],
    "undo": [["undo"]],
}


def commit_all(folder: Path) -> None:
    """Somebody commits whatever lies there."""
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    somebody = ["-c", "user.name=x", "-c", "user.email=x"]
    subprocess.run(["git", *somebody, "commit", "-qm", "junk"], cwd=folder, check=True)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    desk = copied(tmp_path / "m")
    for act in ACTS:
        desk.do(act)
    desk.close()
    return tmp_path / "m"


def test_the_canaries_sing_for_git_itself(hostile: Path, tmp_path: Path) -> None:
    """The bait works: a person's own git runs it."""
    plant(hostile, tmp_path / "canaries")
    subprocess.run(["git", "-c", "core.worktree=", "status"], cwd=hostile, capture_output=True, check=False)
    subprocess.run(["git", "update-ref", "refs/heads/x", "main"], cwd=hostile, capture_output=True, check=False)
    assert {"core.fsmonitor", "hook-reference-transaction"} & ran(tmp_path / "canaries")


def test_no_command_runs_anything_of_a_stranger(
    hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    plant(hostile, tmp_path / "canaries")
    commands = next(iter(build()._subparsers._group_actions)).choices  # type: ignore[union-attr]
    runs = [words for name in commands for words in WORDS.get(name, [[name]])]
    runs += [["backup", "kept"], ["restore", "kept", "again"]]
    for words in runs:
        if words[0] in ("demo", "init"):  # make meetings of their own
            continue
        with suppress(SystemExit):  # it wants more words
            main(["-m", str(hostile), *words])
    capsys.readouterr()

    assert ran(tmp_path / "canaries") == set()
    state = Desk.open(hostile).state
    assert state.find_amendment("A-2").proposed == "Other words."  # the acts were recorded all the same
    assert Desk.open(tmp_path / "again").state == state


def test_a_stranger_cannot_name_the_program_that_signs(hostile: Path, tmp_path: Path) -> None:
    """The meeting may ask for signatures; which program makes them is the person's to say."""
    plant(hostile, tmp_path / "canaries")
    subprocess.run(["git", "config", "-f", str(hostile / ".git" / "config"), "commit.gpgSign", "true"], check=True)
    with pytest.raises(NotRecorded, match="nobody could sign"):
        Desk.open(hostile).do({"act": "edit", "unit": "3", "text": "Words put in order."})

    assert ran(tmp_path / "canaries") == set()
    assert Desk.open(hostile).settle() == []


def test_a_missing_object_is_fetched_from_nobody(hostile: Path, tmp_path: Path) -> None:
    """A partial clone would run the promisor's program when an object is missing."""
    plant(hostile, tmp_path / "canaries")
    blob = git.run(hostile, "rev-parse", "main:README.md").decode().strip()
    (hostile / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(git.GitRefused):
        git.run(hostile, "cat-file", "blob", blob)
    doctor(hostile)

    assert ran(tmp_path / "canaries") == set()


def test_the_console_runs_nothing_of_a_stranger(hostile: Path, tmp_path: Path) -> None:
    plant(hostile, tmp_path / "canaries")
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="100", LINES="30")
        os.execv(sys.executable, [sys.executable, "-m", "draftwg", "-m", str(hostile)])
    seen = b""
    deadline = time.monotonic() + 20
    os.set_blocking(terminal, False)
    while time.monotonic() < deadline and b"Conference" not in seen:
        try:
            seen += os.read(terminal, 65_536)
        except BlockingIOError:
            time.sleep(0.02)
    time.sleep(0.3)
    os.write(terminal, b"\x11")
    for _ in range(200):
        if os.waitpid(process, os.WNOHANG)[0]:
            break
        time.sleep(0.05)
    else:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    os.close(terminal)

    assert b"Conference" in seen
    assert ran(tmp_path / "canaries") == set()


def test_what_a_stranger_brought_is_told(hostile: Path, tmp_path: Path) -> None:
    plant(hostile, tmp_path / "canaries")
    told = " ".join(one.told for one in doctor(hostile).findings.found)

    for word in ("core.fsmonitor", "filter.x.process", "alias.log", "include.path", "applypatch-msg", "attributes",
                 ".gitmodules"):  # fmt: skip
        assert word in told


def test_the_usual_settings_are_not_strange(tmp_path: Path) -> None:
    desk = copied(tmp_path / "m")
    for name, value in (("user.name", "A"), ("remote.origin.url", "/x"), ("branch.main.merge", "refs/heads/main")):
        subprocess.run(["git", "config", name, value], cwd=tmp_path / "m", check=True)
    assert read_settings(desk.record.gitdir).strange == []
    assert doctor(tmp_path / "m").findings.found == []


def test_no_content_of_an_act_file_stops_the_doctor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Act files of any content, in a commit of somebody: one line each."""
    desk = copied(tmp_path / "m")
    act = next(path for path in (tmp_path / "m" / "record").rglob("*.json") if "import" in path.read_text("utf-8"))
    good = json.loads(act.read_text("utf-8"))
    contents: list[bytes] = [b"", b"\0" * 9, b"[" * 100_000, b"null", b"[]", b"{}", b'"x"', b"\xff\xfe", b'{"act": 1}']
    for name in good:
        values = (None, 7, -1, 1e308, "", "\ud800", "x" * 70_000, [], [[]], {}, [None], {"units": [{}]}, True)
        contents += [json.dumps({**good, name: value}).encode() for value in values]
    for place, content in enumerate(contents):
        file = tmp_path / "m" / "record" / "0000" / f"{place + 10:06d}-aaaabbbbccccdddd.json"
        file.write_bytes(content)
    commit_all(tmp_path / "m")

    assert main(["-m", str(tmp_path / "m"), "status"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["-m", str(tmp_path / "m"), "doctor"]) == 2
    told = capsys.readouterr().out
    assert "Traceback" not in told
    assert sum(line.startswith("wrong") for line in told.splitlines()) == len(contents)
    assert main(["-m", str(tmp_path / "m"), "doctor", "--set-aside"]) == 0
    again = Desk.open(tmp_path / "m")
    assert again.state == desk.state
    assert again.settle() == []


def test_acts_that_make_no_sense_have_no_effect(tmp_path: Path) -> None:
    """Well-formed acts of a stranger whose fields contradict everything: they are contested, and nothing stops."""
    desk = copied(tmp_path / "m")
    for act in (*ACTS, {"act": "edit", "unit": "3", "text": "x."}, {"act": "open_reading"}):
        desk.do(act)
    desk.close()
    state = desk.state
    clock = desk.log.clock
    count = 0
    for path in sorted((tmp_path / "m" / "record").rglob("*.json")):
        good = json.loads(path.read_text("utf-8"))
        for name, value in good.items():
            if name in ("act", "clock", "id", "at") or not isinstance(value, str):
                continue
            count += 1
            id = f"zzzz{count:012d}"
            file = tmp_path / "m" / "record" / f"{(clock + count) // 100:04d}" / f"{clock + count:06d}-{id}.json"
            file.parent.mkdir(exist_ok=True)
            changed = {**good, name: "nonsense", "id": id, "clock": clock + count}
            file.write_text(json.dumps(changed, ensure_ascii=False, indent=1) + "\n", "utf-8")
    commit_all(tmp_path / "m")

    again = Desk.open(tmp_path / "m")
    assert len(again.log.acts) > len(desk.log.acts)
    assert main(["-m", str(tmp_path / "m"), "doctor"]) in (0, 2)
    assert sample_text().title == again.state.text().title
    assert state.versions == again.state.versions[: len(state.versions)]
