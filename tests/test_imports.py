"""The arrows of the house, held by running: what a room may not know is not even loaded."""

import subprocess
import sys

import pytest

ROOMS = {
    "draftwg.model.state": {"draftwg.acts", "draftwg.redline", "draftwg.desk", "git", "rich", "textual"},
    "draftwg.redline.compare": {"draftwg.model", "draftwg.acts", "draftwg.desk", "git", "rich", "textual"},
    "draftwg.acts": {"draftwg.repository", "draftwg.formats", "draftwg.desk", "git", "rich", "textual"},
    "draftwg.repository.record": {"draftwg.desk", "draftwg.formats", "git", "rich", "textual"},
    "draftwg.formats.markdown": {"draftwg.acts", "draftwg.desk", "draftwg.repository", "git", "rich", "textual"},
    "draftwg.formats.html": {"draftwg.acts", "draftwg.desk", "draftwg.repository", "git", "rich", "textual"},
    "draftwg.formats.site.pages": {"draftwg.acts", "draftwg.desk", "draftwg.repository", "git", "rich", "textual"},
    "draftwg.formats.docx.reader": {"draftwg.acts", "draftwg.desk", "draftwg.repository", "git", "rich", "textual"},
    "draftwg.formats.docx.redline": {"draftwg.acts", "draftwg.desk", "draftwg.repository", "git", "rich", "textual"},
    "draftwg.formats.receiving.taking": {
        "draftwg.acts",
        "draftwg.desk",
        "draftwg.repository",
        "git",
        "rich",
        "textual",
    },
    "draftwg.desk": {"draftwg.cli", "draftwg.tui", "git", "rich", "textual"},
    "draftwg.cli.program": {"draftwg.tui.app", "git", "rich", "textual"},
    "draftwg.tui": {"git", "textual"},
}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_loads_nothing_that_it_may_not_know(room: str) -> None:
    code = f"import sys, {room}; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    packages = {".".join(name.split(".")[:depth]) for name in loaded for depth in (1, 2, 3)}

    assert packages & ROOMS[room] == set()
