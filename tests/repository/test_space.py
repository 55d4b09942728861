"""A full disk: reading goes on, what is refused says so in one line and leaves nothing, and an act has its reserve."""

import errno
import re
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from draftwg.cli import main
from draftwg.desk import Desk
from draftwg.desk.verifying import verify
from draftwg.errors import DiskFull
from draftwg.repository import objects, space
from draftwg.repository.journal import Unsaved
from meetings import copied, words

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A meeting with its reserve, on a disk on which no object can be written while the reserve is there."""
    monkeypatch.setattr(space, "RESERVE", 4096)
    folder = tmp_path / "m"
    desk = copied(folder)
    assert desk.record.keep_reserve() == []
    desk.close()
    write = objects.write_beside

    def write_beside(place: Path, whole: bytes, *, durable: bool) -> None:
        if (folder / ".git" / "draftwg" / "reserve").exists():
            raise OSError(errno.ENOSPC, "No space left on device")
        write(place, whole, durable=durable)

    monkeypatch.setattr(objects, "write_beside", write_beside)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10, 10, 0))
    return folder


def test_the_reserve_is_given_up_for_the_act_at_hand(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk.open(full)
    reserve = full / ".git" / "draftwg" / "reserve"
    assert reserve.stat().st_size == reserve.stat().st_blocks * 512 == 4096

    for number in range(2):
        told = desk.do({"act": "edit", "unit": "1", "text": f"Words {number}."}).warnings
        assert told == (
            "The disk is nearly full: the room that this meeting had in reserve has been used. Free some space.",
        )
        assert not reserve.exists()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 0, 10**9))
    assert desk.record.keep_reserve() == []

    assert reserve.exists()
    assert words(desk, "1") == "Words 1."


def test_an_act_that_finds_no_room_is_refused_and_its_words_are_kept(
    full: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(objects, "write_beside", refuse)
        assert main(["-m", str(full), "edit", "1", "--text", "Words of a full disk."]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    found = re.search(r"The disk is full; nothing was recorded\. Free some space\. .*draftwg act (\S+) does it", said)
    assert found
    assert words(Desk.open(full), "1") != "Words of a full disk."

    assert main(["-m", str(full), "act", found[1]]) == 0
    assert words(Desk.open(full), "1") == "Words of a full disk."


def test_typed_words_take_the_reserve_where_there_is_no_other_place(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from draftwg.repository import journal

    write, reserve = journal.write_file, full / ".git" / "draftwg" / "reserve"

    def write_file(place: Path, data: bytes, *, durable: bool) -> None:
        if reserve.exists():
            raise OSError(errno.ENOSPC, "No space left on device")
        write(place, data, durable=durable)

    monkeypatch.setattr(journal, "write_file", write_file)
    desk = Desk.open(full)
    assert desk.record.keep_reserve() == []
    typed = Unsaved("t", "u", "1", "Chile", "old", "new words", "2026-01-01T00:00:00Z")
    desk.journal.keep(typed)

    assert desk.journal.unsaved() == [typed]
    assert not reserve.exists()
    assert "nearly full" in desk.do({"act": "edit", "unit": "1", "text": "Words 1."}).warnings[0]


@pytest.mark.parametrize("there", [True, False])
def test_a_meeting_that_is_refused_leaves_no_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], there: bool
) -> None:
    copied(tmp_path / "m").close()
    if there:
        (tmp_path / "new").mkdir()

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(objects, "write_beside", refuse)
    assert main(["init", str(tmp_path / "new"), "--title", "A meeting"]) == 2

    assert capsys.readouterr().err == (
        "draftwg: The disk is full; nothing was recorded. Free some space, then do it again.\n"
    )
    assert (list((tmp_path / "new").iterdir()) == []) if there else not (tmp_path / "new").exists()


def fill(disk: Path) -> None:
    for size in (65_536, 512):
        try:
            with (disk / f"filler-{size}").open("wb", buffering=0) as file:
                while True:
                    file.write(b"\0" * size)
        except OSError:
            continue


def test_a_disk_that_is_full_is_named_and_reading_goes_on(
    small_disk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    disk = small_disk
    meeting = disk / "m"
    copied(meeting).close()
    assert main(["clone", str(meeting), str(tmp_path / "other")]) == 0
    there = Desk.open(tmp_path / "other")
    there.do({"act": "edit", "unit": "1", "text": "Words of another machine."})
    there.close()
    main(["-m", str(meeting), "show"])
    fill(disk)
    capsys.readouterr()

    def run(*arguments: str, status: int) -> str:
        assert main(["-m", str(meeting), *arguments]) == status
        said = capsys.readouterr().err
        assert said.count("\n") <= 1, said
        return said

    assert run("show", status=0) == run("edits", status=0) == run("verify", "--quiet", status=0) == ""
    assert "is in" in run("export", "md", "-o", str(tmp_path / "out.md"), status=0)
    assert "No space left" in run("export", "md", "-o", str(disk / "out.md"), status=2)
    assert f"The disk of {meeting} is full." in run("sync", str(tmp_path / "other"), status=2)
    assert f"The disk of {disk} is full; there is no backup." in run("backup", str(disk / "b"), status=2)
    assert run("backup", str(tmp_path / "b"), status=0) == ""
    assert "is full; no meeting was made" in run("init", str(disk / "new"), "--title", "New", status=2)
    assert "is full; no meeting was made" in run("clone", str(tmp_path / "other"), str(disk / "new"), status=2)
    assert not (disk / "new").exists()
    with pytest.raises(DiskFull):
        Desk.open(meeting).do({"act": "edit", "unit": "1", "text": "Words 1."})
    for filler in disk.glob("filler-*"):
        filler.unlink()
    assert main(["-m", str(meeting), "sync", str(tmp_path / "other")]) == 0
    assert words(Desk.open(meeting), "1") == "Words of another machine."
    assert verify(meeting).proved
