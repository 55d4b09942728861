"""Many machines from the command line: what is printed, and with which status."""

import json
from pathlib import Path

import pytest

from draftwg.cli import main
from draftwg.desk import Desk
from draftwg.desk.clock import now
from draftwg.desk.presence import Presence
from draftwg.desk.sync import Remote, sync
from meetings import copied


def run(folder: Path, *arguments: str) -> int:
    return main(["-m", str(folder), *arguments])


def test_two_machines_and_a_stick(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two, shared = tmp_path / "one", tmp_path / "two", str(tmp_path / "shared.git")
    copied(one)
    assert run(one, "sync") == 2
    assert "not shared yet" in capsys.readouterr().err
    assert run(one, "sync", shared) == 2
    assert "--create" in capsys.readouterr().err
    assert run(one, "sync", shared, "--create") == 0
    assert "2 sent" in capsys.readouterr().out
    assert main(["clone", shared, str(two)]) == 0
    assert "with 2 acts" in capsys.readouterr().out
    assert run(one, "propose", "2", "--by", "Chile", "--replace", "logs", "--with", "records") == 0
    assert run(one, "sync") == 0
    assert run(two, "sync", "--json", "--clerk", "Vienna 2") == 2
    capsys.readouterr()
    assert run(two, "sync", "--json", "--clerk", "Vienna-2") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["received"], told["sent"], told["remote"]) == (2, 0, "shared")

    run(one, "accept", "A-1")
    run(two, "reject", "A-1", "--reason", "not now")
    assert run(one, "sync") == run(two, "sync") == run(one, "sync") == 0
    capsys.readouterr()
    assert run(one, "contested") == 0
    out = capsys.readouterr().out
    assert "has no effect" in out
    assert "stands:" in out
    run(one, "status")
    out = capsys.readouterr().out
    assert "1 contested decisions" in out
    assert "against it stands: A-1 of Chile on recommendation 2" in out
    assert "synced " in out
    run(one, "show", "--unit", "2")
    assert "(contested: A-1 of Chile" in capsys.readouterr().out
    assert run(one, "settle", "A-1", "--keep", "both") == 2
    assert run(one, "settle", "A-1", "--keep", "neither", "--ruling", "the room decides anew") == 0
    capsys.readouterr()
    run(one, "contested", "--json")
    assert json.loads(capsys.readouterr().out) == {"contested": []}

    stick = tmp_path / "stick.bundle"
    assert run(one, "bundle", str(stick)) == 0
    assert run(two, "sync", str(stick)) == 0
    assert "1 act received from" in capsys.readouterr().out
    assert run(two, "bundle", "/dev/null") == 2
    assert (one / "texts" / "recommendations.md").read_bytes() == (two / "texts" / "recommendations.md").read_bytes()


def test_remotes_are_listed_named_and_forgotten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "one"
    copied(folder)
    assert run(folder, "remote", "add", "geneva", "https://token@example.invalid/m.git") == 0
    assert run(folder, "remote") == 0
    out = capsys.readouterr().out
    assert "https://…@example.invalid/m.git" in out
    assert "token" not in out
    assert run(folder, "remote", "add", "geneva") == 2
    assert run(folder, "remote", "remove") == 2
    assert run(folder, "remote", "remove", "vienna") == 2
    assert run(folder, "sync", "ext::sh -c id") == 2
    assert run(folder, "sync", "--watch", "0", "geneva") == 2
    assert run(folder, "remote", "remove", "geneva") == 0
    said = capsys.readouterr().err
    assert all(line.startswith("draftwg: ") for line in said.splitlines())


def test_a_watch_tells_who_comes_moves_and_goes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, shared = tmp_path / "one", tmp_path / "two", str(tmp_path / "shared.git")
    copied(one).close()
    assert run(one, "sync", shared, "--create") == 0
    assert main(["clone", shared, str(two)]) == 0
    count = 0

    def meanwhile(_: float) -> None:
        nonlocal count
        count += 1
        if count in (2, 3):
            desk = Desk.open(two)
            sync(desk, Remote("shared", shared), clerk="vienna-2", presence=Presence("vienna-2", f"{count}", now()))
            desk.close()
        if count == 5:
            monkeypatch.setattr("draftwg.desk.sync.told_by", lambda *_: ())
        if count == 7:
            raise KeyboardInterrupt

    monkeypatch.setattr("draftwg.desk.sync.rest", meanwhile)
    capsys.readouterr()
    run(one, "sync", "--watch", "1")

    told = [line[6:] for line in capsys.readouterr().out.splitlines()]
    assert told == ["vienna-2 is on 2.", "vienna-2 is on 3.", "Nobody else is here now."]
