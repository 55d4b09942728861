"""A power cut: everything that the disk was not made to keep is gone.

An ext4 of its own on a loop device is shut down under the writer without its journal being flushed (EXT4_IOC_SHUTDOWN
with NOLOGFLUSH, as xfstests does it): what lay in memory only is lost, as when the machine loses its power. Then it is
mounted anew, and every act that was acknowledged has to be there. Cuts without syncing show that the trial can fail.
"""

import contextlib
import fcntl
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from torture import _NAMES, Row, place, verdict, writer

from draftwg.desk import Desk
from draftwg.desk.health import doctor
from draftwg.desk.verifying import verify
from draftwg.errors import DraftwgError
from meetings import found

_SHUTDOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN, linux/fs/ext4/ext4.h
_NO_LOG_FLUSH = 2
_TOOLS = ("losetup", "mkfs.ext4", "mount", "umount")


class Disk:
    """A small disk whose power can be cut."""

    def __init__(self, folder: Path) -> None:
        self.image, self.root = folder / "image", folder / "disk"
        self.root.mkdir()
        with self.image.open("wb") as file:
            file.truncate(256 << 20)
        subprocess.run(["mkfs.ext4", "-q", "-F", str(self.image)], check=True)
        made = subprocess.run(["losetup", "--find", "--show", str(self.image)], check=True, capture_output=True)
        self.device = made.stdout.decode().strip()
        self.mount()

    def mount(self) -> None:
        subprocess.run(["mount", self.device, str(self.root)], check=True)

    def cut(self) -> None:
        """From now on nothing reaches the disk, and what has not is gone."""
        handle = os.open(self.root, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, _SHUTDOWN, struct.pack("I", _NO_LOG_FLUSH))
        finally:
            os.close(handle)

    def again(self) -> None:
        """The power is back."""
        subprocess.run(["umount", str(self.root)], check=True)
        self.mount()


@contextlib.contextmanager
def disk() -> Iterator[Disk]:
    """A disk for one trial."""
    with place() as folder:
        made = Disk(folder)
        try:
            yield made
        finally:
            subprocess.run(["umount", "-l", str(made.root)], check=False)
            subprocess.run(["losetup", "--detach", made.device], check=False)


def power_cuts() -> list[Row]:
    """Power cuts at random instants while acts are recorded, as often as DRAFTWG_CUTS says (40)."""
    if os.geteuid() != 0 or not all(shutil.which(tool) for tool in _TOOLS):
        return [("power cuts", "nothing lost", "skipped: a disk of its own needs root and mkfs.ext4")]
    cuts = int(os.environ.get("DRAFTWG_CUTS", "40"))
    lost, known, unclear, wrong = _trial(cuts, durable=True)
    careless, of, _, _ = _trial(max(cuts // 8, 1), durable=False)
    return [
        ("power cuts while a program records", "40", str(cuts)),
        ("acknowledged acts lost", "0", verdict(not lost, f"{lost} of {known:,}")),
        ("cuts after which the next start was refused", "0", verdict(not unclear, str(unclear))),
        ("wrong at the end (doctor, verify)", "0", verdict(not wrong, str(wrong))),
        ("the same without syncing: acts lost", "more than 0", verdict(careless > 0, f"{careless} of {of:,}")),
    ]


def _trial(cuts: int, *, durable: bool) -> tuple[int, int, int, int]:
    """Acts lost, acts acknowledged, cuts after which the meeting did not simply go on, and what is wrong at the end.

    Ten cuts fall on one meeting; without syncing, each on a meeting of its own, since there may be nothing left.
    """
    chance = random.Random(11)
    lost = known = unclear = wrong = 0
    with disk() as small:
        for first in range(0, cuts, 10 if durable else 1):
            meeting = small.root / f"m{first}"
            found(meeting).close()
            if not durable:
                (meeting / ".git" / "config").open("a").write("[draftwg]\n\tfsync = false\n")
            os.sync()
            acknowledged: set[str] = set()
            for number in range(first, min(first + 10, cuts) if durable else first + 1):
                acknowledged |= _cut_short(small, meeting, chance)
                try:
                    desk = Desk.open(meeting)
                    gone = acknowledged - {act.id for act in desk.log.acts}
                    desk.settle()
                    acknowledged.add(desk.do({"act": "edit", "unit": "3", "text": f"After {number}."}).act.id)
                    desk.close()
                except DraftwgError as error:
                    gone = set(acknowledged)
                    unclear += 1
                    if durable:
                        print(f"cut {number}: {error}", file=sys.stderr)
            known += len(acknowledged)
            lost += len(gone)
            if durable:
                checked = doctor(meeting)
                there = {act.id for act in Desk.open(meeting).log.acts}
                lost += len(acknowledged - there - gone)
                wrong += len([one for one in checked.findings.remaining if one.check != "disk"])
                wrong += not verify(meeting).proved
    return lost, known, unclear, wrong


def _cut_short(small: Disk, meeting: Path, chance: random.Random) -> set[str]:
    """Let a program record, and cut the power; the acts that it told to be recorded."""
    process = writer(meeting, chance.choice(_NAMES), 100_000)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdout.readline()
    process.stdin.write("\n")
    process.stdin.flush()
    time.sleep(chance.uniform(0.1, 1.0))
    small.cut()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    told = {line.split()[0] for line in process.stdout.read().splitlines() if line.count(" ") == 2}
    process.wait()
    small.again()
    return told
