"""What a commit holds, read from git in one go; and read ahead, while the program is still being loaded."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

from draftwg.errors import DraftwgError
from draftwg.repository import git
from draftwg.repository.finding import find_meeting
from draftwg.repository.shield import no_links
from draftwg.repository.stream import BRANCH

_PATIENCE = 60  # seconds for what was begun ahead; then it is read as if nothing had been begun


def list_files(folder: Path, commit: str, under: str = "") -> list[tuple[str, str]]:
    """The regular files of a commit with their blobs; links and submodules are passed over."""
    where = ["--", under] if under else []
    out = git.run(folder, "ls-tree", "-r", "-z", "--full-tree", commit, *where)
    regular = (line for line in out.split(b"\0") if line.startswith(b"100644 blob "))
    return [(line[53:].decode("utf-8", "surrogateescape"), line[12:52].decode("ascii")) for line in regular]


def read_blobs(folder: Path, blobs: list[str]) -> dict[str, bytes]:
    """The contents of these blobs, all in one git process. A blob that is missing is left out."""
    if not blobs:
        return {}
    return dict(_contents(git.run(folder, "cat-file", "--batch", "--buffer", stdin="\n".join(blobs).encode() + b"\n")))


def sizes(folder: Path, blobs: list[str]) -> dict[str, int]:
    """How many bytes each of these blobs has. A blob that is missing is left out."""
    if not blobs:
        return {}
    asked = "\n".join(blobs).encode() + b"\n"
    lines = git.run(folder, "cat-file", "--batch-check=%(objectname) %(objectsize)", "--buffer", stdin=asked)
    told = (line.split() for line in lines.decode("ascii", "replace").splitlines())
    return {name: int(size) for name, size in told if size.isdecimal()}


class Ahead:
    """The act files of the meeting in or beside `start`, which git begins to read now. They may be asked for once.

    Where anything is in the way of it, nothing has been read ahead, and whoever reads the record meets it anew.
    """

    def __init__(self, start: Path) -> None:
        self._folder: Path | None = None
        self._processes: list[subprocess.Popen[bytes]] = []
        self._out: IO[bytes] | None = None
        with suppress(DraftwgError, OSError):
            self._begin(find_meeting(start))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            if process.poll() is None:
                process.kill()
                process.wait()
        if self._out is not None:
            self._out.close()

    def _begin(self, folder: Path) -> None:
        no_links(folder / ".git")
        # Into a file: nobody need stand by and take it from a pipe.
        self._out = tempfile.TemporaryFile()  # noqa: SIM115 - closed at the end of the block
        asked = ("ls-tree", "-r", "--full-tree", "--format=%(objectname)", BRANCH, "--", "record")
        listing = git.start(folder, *asked)
        self._processes.append(listing)
        assert listing.stdout is not None
        with listing.stdout as names:
            reading = git.start(folder, "cat-file", "--batch", "--buffer", stdin=names, stdout=self._out)
        self._processes.append(reading)
        self._folder = folder

    def contents(self, folder: Path) -> dict[str, bytes]:
        """The act files of the meeting in this folder by their blobs, as far as they have been read ahead."""
        if folder != self._folder or self._out is None:
            return {}
        try:
            if any(process.wait(_PATIENCE) for process in self._processes):
                return {}
            self._out.seek(0)
            return dict(_contents(self._out.read()))
        except (OSError, ValueError, subprocess.TimeoutExpired):
            return {}


def _contents(out: bytes) -> Iterator[tuple[str, bytes]]:
    """The blobs that `git cat-file --batch` found, with their contents."""
    place = 0
    while place < len(out):
        end = out.index(b"\n", place)
        head = out[place:end].split(b" ")
        place = end + 1
        if len(head) == 3 and head[1] == b"blob":
            size = int(head[2])
            yield head[0].decode("ascii"), out[place : place + size]
            place += size + 1
