"""A sitting: three clerks on three machines propose and decide, exchange when they can, are killed at random, lose the
place that they share, and one finds its disk full. In the end all show the same, and every acknowledged act is there.

The tests run a few acts of the same.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from torture_sync import any_act, meeting, tree

from draftwg.desk import Desk
from draftwg.desk.health import doctor
from draftwg.desk.sync import Remote, clone, share, sync
from draftwg.desk.verifying import verify
from draftwg.errors import DraftwgError

HERE = Path(__file__).resolve().parent
CLERKS = 3
_DISK = 768  # MB: the objects of some thousand acts lie one by one
_DECISIONS = ("accept", "reject", "withdraw")
_UNITS = 60
_RARE = ("undo", "redo", "settle")


@dataclass
class Sitting:
    """What happened, and what is wrong in the end."""

    acknowledged: int = 0
    amendments: int = 0
    decisions: int = 0
    kills: int = 0
    cuts: int = 0
    full: int = 0
    refused: int = 0
    lost: int = 0
    wrong: list[str] = field(default_factory=list)


def clerk(folder: Path, shared: Remote, amendments: int, seed: int) -> None:
    """One clerk at work until so many amendments are tabled; tells each acknowledged act."""
    chance, desk = random.Random(seed), Desk.open(folder)
    for line in desk.settle():
        print("told", line, flush=True)
    done = 0
    while done < amendments:
        request = any_act(desk, chance, done)
        if chance.random() < 0.7:
            while request["act"] != "propose":
                request = any_act(desk, chance, done)
        elif chance.random() < 0.5:
            while request["act"] not in _DECISIONS:
                request = any_act(desk, chance, done)
        if request["act"] in _RARE and chance.random() < 0.8:  # in a room they are the exception
            continue
        try:
            act = desk.do(request).act
        except DraftwgError as error:
            if "full" in str(error):
                print("refused", flush=True)
                time.sleep(0.1)
            continue
        done += act.NAME == "propose"
        print("act", act.id, act.NAME, flush=True)
        if chance.random() < 0.1:
            with suppress(DraftwgError):
                sync(desk, shared)
    desk.close()


@dataclass
class _Running:
    """A clerk's program, started anew when it was killed."""

    folder: Path
    shared: Remote
    left: int
    seed: int
    process: "subprocess.Popen[str] | None" = None
    said: list[str] = field(default_factory=list)

    def start(self) -> None:
        self.seed += 100
        words = [str(self.folder), self.shared.place, str(self.left), str(self.seed)]
        environment = {**os.environ, "PYTHONPATH": f"{HERE}:{HERE.parent / 'src'}"}
        out = self.folder.with_suffix(".out").open("w")
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "torture_soak.py"), *words], stdout=out, env=environment, start_new_session=True
        )  # fmt: skip
        out.close()

    def stop(self, *, kill: bool) -> None:
        """Wait for its end, or bring it about."""
        assert self.process is not None
        if kill:
            self.process.kill()
        self.process.wait()
        lines = self.folder.with_suffix(".out").read_text().splitlines(keepends=True)
        lines = [line.strip() for line in lines if line.endswith("\n")]
        self.said += lines
        self.left = max(0, self.left - sum(line.endswith(" propose") for line in lines))


@contextmanager
def _disk(folder: Path, *, small: bool) -> Iterator[Path]:
    """A folder, on a small disk of its own if that is wanted and can be."""
    folder.mkdir()
    mounted = small and not subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={_DISK}m", "tmpfs", str(folder)], capture_output=True
    ).returncode  # fmt: skip
    try:
        yield folder
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def sitting(
    folder: Path, amendments: int, seed: int, *, trouble: int, small: bool = False, pace: float = 1.0
) -> Sitting:
    """So many amendments in all; `trouble` tells how often something happens, `pace` how slowly, and `small` whether a
    disk fills.
    """
    chance, found = random.Random(seed), Sitting()
    shared = Remote("shared", str(folder / "shared.git"))
    share(shared.place)
    with _disk(folder / "disk", small=small) as disk:
        places = [disk / "m0", *(folder / f"m{n}" for n in range(1, CLERKS))]
        first = meeting(places[0], _UNITS)
        sync(first, shared)
        acknowledged = {act.id for act in first.log.acts}
        first.close()
        for place in places[1:]:
            clone(shared.place, place).close()
        running = [_Running(place, shared, amendments // CLERKS, seed + n) for n, place in enumerate(places)]
        for one in running:
            one.start()
        happens = [*(["kill"] * trouble), *(["cut"] * max(1, trouble // 4)), *(["full"] if small else [])]
        chance.shuffle(happens)
        while any(one.process is not None and one.process.poll() is None for one in running):
            time.sleep(chance.uniform(0.2, 1.0) * pace)
            what = happens.pop() if happens else ""
            if what == "kill":
                one = chance.choice(running)
                one.stop(kill=True)
                found.kills += 1
                if one.left:
                    one.start()
            elif what == "cut":
                Path(shared.place).rename(folder / "away.git")
                time.sleep(chance.uniform(0.2, 1.0) * pace)
                shutil.rmtree(shared.place, ignore_errors=True)  # a git at work may have made folders of it anew
                (folder / "away.git").rename(shared.place)
                found.cuts += 1
            elif what == "full":
                with suppress(OSError), (disk / "filler").open("wb") as filler:
                    while True:
                        filler.write(bytes(1_000_000))
                time.sleep(2)
                (disk / "filler").unlink()
                found.full += 1
        for one in running:
            one.stop(kill=False)
            if one.process is not None and one.process.returncode not in (0, -9):
                found.wrong.append(f"a clerk's program ended with {one.process.returncode}")
        said = [line.split(" ", 2) for one in running for line in one.said]
        acknowledged |= {words[1] for words in said if words[0] == "act"}
        found.amendments = sum(words[-1] == "propose" for words in said)
        found.decisions = sum(words[0] == "act" and words[-1] in _DECISIONS for words in said)
        found.refused = sum(words[0] == "refused" for words in said)
        found.acknowledged = len(acknowledged)
        _judge(places, shared, acknowledged, found)
    return found


def _judge(places: list[Path], shared: Remote, acknowledged: set[str], found: Sitting) -> None:
    desks = [Desk.open(place) for place in places]
    for desk in (*desks, *desks):
        desk.settle()
        sync(desk, shared)
    found.lost = len(acknowledged - {act.id for act in desks[0].log.acts})
    trees = [tree(desk.record.folder) for desk in desks]
    for desk, one in zip(desks, trees, strict=True):
        name = desk.record.folder.name
        if one != trees[0] or desk.record.head() != desks[0].record.head():
            found.wrong.append(f"{name} is not like the first")
        desk.close()
        remaining = [one.told for one in doctor(desk.record.folder).findings.remaining if one.check != "disk"]
        found.wrong += [f"{name}: {told}" for told in remaining]
        if not verify(desk.record.folder).proved:
            found.wrong.append(f"{name}: the texts do not follow from the record")


if __name__ == "__main__":
    clerk(Path(sys.argv[1]), Remote("shared", sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
