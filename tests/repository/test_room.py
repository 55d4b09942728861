"""The file that tells the projections what the room is shown."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from draftwg.repository.room import Presence, RoomFile


@pytest.fixture
def gitdir(tmp_path: Path) -> Path:
    folder = tmp_path / "m" / ".git"
    folder.mkdir(parents=True)
    return folder


def test_what_was_published_last_is_read_and_seen_to_be_new(gitdir: Path) -> None:
    console, projection = RoomFile(gitdir), RoomFile(gitdir)
    assert projection.stamp() is None and projection.read() is None

    console.publish({"unit": "u1"})
    first = projection.stamp()
    console.publish({"unit": "u2"})

    assert projection.stamp() != first
    assert projection.read() == {"unit": "u2", "console": console.session}


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b"\xff\xfe", b'"x"', b"[" * 100_000])
def test_a_damaged_file_tells_nothing(gitdir: Path, damage: bytes) -> None:
    RoomFile(gitdir).publish({"unit": "u1"})
    (gitdir / "draftwg" / "room" / "showing.json").write_bytes(damage)

    assert RoomFile(gitdir).read() is None


def test_a_console_lives_until_it_ends_however_it_ends(gitdir: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from draftwg.repository.room import RoomFile;"
        f"file = RoomFile(Path({str(gitdir)!r})); file.publish({{}}); print(file.session, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        session = other.stdout.readline().strip()
        mine = RoomFile(gitdir)
        assert mine.lives(session) and not mine.lives(mine.session) and not mine.lives("../../x")
        other.kill()
    assert not mine.lives(session)
    mine.publish({})
    assert [lock.stem for lock in (gitdir / "draftwg" / "room").glob("*.lock")] == [mine.session]
    mine.close()
    assert not list((gitdir / "draftwg" / "room").glob("*.lock"))


def test_where_the_meeting_is_gone_it_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        RoomFile(tmp_path / "gone" / ".git").publish({})
    assert not (tmp_path / "gone").exists()


def test_projections_are_counted_while_they_run(gitdir: Path) -> None:
    one, two = Presence(gitdir), Presence(gitdir)
    one.tell({"name": "Recommendation 8"})
    two.tell({"name": "Recommendation 8", "trouble": "The folder is gone."})

    assert sorted(told.get("trouble", "") for told in one.all()) == ["", "The folder is gone."]
    two.leave()
    assert one.all() == [{"name": "Recommendation 8"}]
    assert not (gitdir / "draftwg").exists()


def test_a_killed_projection_is_soon_forgotten(gitdir: Path) -> None:
    one = Presence(gitdir)
    one.tell({"name": "x"})
    long_ago = time.time() - 10
    os.utime(one._file, (long_ago, long_ago))

    assert one.all() == []
    one._file.write_text(json.dumps(["not", "ours"]))
    assert one.all() == []
