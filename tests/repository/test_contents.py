"""What is read ahead is what is read; and where it cannot be, nothing is lost by it."""

import os
from pathlib import Path

import pytest

from draftwg.desk.opening import open_desk
from draftwg.errors import NotAMeeting
from draftwg.repository import contents
from draftwg.repository.contents import Ahead, list_files, read_blobs
from meetings import copied


def test_what_is_read_ahead_is_what_is_read(tmp_path: Path) -> None:
    """Every act file, by its blob; for the meeting that it was begun for and for no other."""
    folder = tmp_path / "m"
    desk = copied(folder)
    acts = [blob for path, blob in list_files(folder, desk.commit) if path.startswith("record/")]
    with Ahead(folder / "texts") as ahead:
        assert ahead.contents(tmp_path) == {}
        assert ahead.contents(folder) == read_blobs(folder, acts) != {}
    assert all(process.poll() is not None for process in ahead._processes)


def test_a_meeting_opens_on_what_was_read_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read twice, and the state is the same."""
    desk = copied(tmp_path / "m")
    asked: list[list[str]] = []
    monkeypatch.setattr("draftwg.repository.record.read_blobs", lambda _, blobs: asked.append(blobs) or {})  # type: ignore[func-returns-value]
    opened = open_desk(tmp_path, strict_roster=False, progress=lambda *_: None)
    assert opened.state == desk.state
    readable = [blob for path, blob in list_files(tmp_path / "m", desk.commit) if path.startswith("record/")]
    assert not {blob for blobs in asked for blob in blobs} & set(readable)


def test_where_nothing_can_be_read_ahead_it_is_read_as_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No meeting, a damaged object, no git that can do it: the one who reads tells."""
    with pytest.raises(NotAMeeting):
        open_desk(tmp_path, strict_roster=False, progress=lambda *_: None)

    folder = tmp_path / "m"
    desk = copied(folder)
    with Ahead(folder) as ahead:
        ahead._processes[-1].wait()
        ahead._processes[-1].returncode = 128  # as for a damaged object
        assert ahead.contents(folder) == {}
    monkeypatch.setattr(contents, "BRANCH", "refs/heads/none")
    with Ahead(folder) as ahead:
        assert ahead.contents(folder) == {}
    assert open_desk(folder, strict_roster=False, progress=lambda *_: None).state == desk.state

    with monkeypatch.context() as patch:  # a full disk
        patch.setattr("tempfile.TemporaryFile", _no_room)
        assert open_desk(folder, strict_roster=False, progress=lambda *_: None).state == desk.state

    monkeypatch.setenv("PATH", os.devnull)
    with Ahead(folder) as ahead:
        assert ahead.contents(folder) == {}


def _no_room() -> None:
    raise FileNotFoundError(2, "No usable temporary directory found")


def test_links_are_not_followed_ahead_either(tmp_path: Path) -> None:
    """A meeting whose objects are a link leads nowhere."""
    copied(tmp_path / "m").close()
    objects = tmp_path / "m" / ".git" / "objects"
    objects.rename(tmp_path / "objects")
    objects.symlink_to(tmp_path / "objects")
    with Ahead(tmp_path / "m") as ahead:
        assert ahead.contents(tmp_path / "m") == {} and not ahead._processes
