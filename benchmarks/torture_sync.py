"""Machines that are apart do acts at random and come together in any order: every act survives, all show the same bytes.

`python benchmarks/torture_sync.py [ROUNDS]` prints the figures (200 rounds); `make torture` writes them into the page.
The tests run a few rounds of the same.
"""

import random
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from draftwg.acts import Log
from draftwg.desk import Desk
from draftwg.desk.sync import Remote, clone, share, sync, write_bundle
from draftwg.errors import DraftwgError
from draftwg.model.text import Section, Text, Unit

_SENTENCE = "States parties should keep records of every crossing for as long as possible and share them on request"
_BY = ("Chile", "Peru", "Kenya", "Norway", "Malta")


def meeting(folder: Path, count: int = 6) -> Desk:
    """A meeting with a text of so many units."""
    desk = Desk.found(folder, "Apart")
    units = tuple(Unit(f"u{n}", str(n), f"{_SENTENCE} number {n}.", "A") for n in range(1, count + 1))
    text = Text("recommendations", "Draft", (Section("A", "A", "All", 1),), units)
    roster = [{"act": "admit", "name": name, "category": "party"} for name in _BY[:3]]
    desk.do_all([{"act": "import", "text": "recommendations", "content": text}, *roster])
    return desk


def any_act(desk: Desk, chance: random.Random, step: int) -> dict[str, object]:
    """Any act, in or out of order."""
    pick, state = chance.choice, desk.state
    text = next(iter(state.texts.values()), None)
    unit = pick(text.units) if text else None
    label, word = (unit.label, pick(unit.text.split() or ["x"])) if unit else ("1", "x")
    number = pick([amendment.number for amendment in state.amendments.values()][-8:] or ["A-1"])
    by = pick(_BY)
    requests: list[dict[str, object]] = [
        {"act": "propose", "unit": label, "by": by, "replace": word, "with": f"w{step}"},
        {"act": "propose", "unit": label, "by": by, "text": f"{unit.text if unit else ''} More {step}."},
        {"act": "propose", "kind": "new", "after": label, "by": by, "text": f"New {step}."},
        {"act": "propose", "unit": label, "by": by, "kind": "delete"},
        {"act": "propose", "amends": number, "by": by, "replace": word, "with": f"s{step}"},
        {"act": "propose", "kind": "split", "unit": label, "by": by, "parts": [f"One {step}.", "Two."]},
        {"act": "accept", "amendment": number},
        {"act": "accept", "amendment": number},
        {"act": "reject", "amendment": number},
        {"act": "withdraw", "amendment": number},
        {"act": "revise", "amendment": number, "text": f"Revised {step}."},
        {"act": "cosponsor", "amendment": number, "by": by},
        {"act": "position", "by": by, "position": "support", "amendment": number},
        {"act": "edit", "unit": label, "replace": word, "with": f"e{step}"},
        {"act": "agree", "unit": label},
        {"act": "request_reopening", "unit": label, "by": by, "replace": word, "with": f"q{step}"},
        {"act": "reopen", "unit": label, "ruling": "no objection"},
        {"act": "open_reading"}, {"act": "close_reading"}, {"act": "consider", "unit": label},
        {"act": "issue", "symbol": f"WG/{step % 5}", "status": "non-paper"},
        {"act": "undo"}, {"act": "redo"},
    ]  # fmt: skip
    if state.contested:
        requests += [{"act": "settle", "contested": pick(state.contested).act, "keep": keep}
                     for keep in ("present", "contested", "neither")]  # fmt: skip
    return pick(requests)


@dataclass
class Figures:
    """What happened in all rounds."""

    clones: int
    rounds: int = 0
    acts: int = 0
    exchanges: int = 0
    contested: int = 0
    lost: int = 0
    apart: int = 0
    slowest: float = 0.0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a meeting beside git's own."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.relative_to(folder).parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def torture(folder: Path, clones: int, rounds: int, seed: int, acts: int = 4) -> Figures:
    """So many machines, so many rounds: in each, all do acts at random and exchange in a random order, some of them not
    at all, some by a bundle; at the end of the round all exchange until nothing is left to send.
    """
    chance, figures, begun = random.Random(seed), Figures(clones), time.monotonic()
    shared = Remote("shared", str(folder / "shared.git"))
    share(shared.place)
    desks = [meeting(folder / "m0")]
    sync(desks[0], shared)
    desks += [clone(shared.place, folder / f"m{n}") for n in range(1, clones)]
    acknowledged: set[str] = {act.id for act in desks[0].log.acts}

    def exchange(desk: Desk) -> None:
        since = time.monotonic()
        sync(desk, shared)
        figures.exchanges += 1
        figures.slowest = max(figures.slowest, time.monotonic() - since)

    for count in range(rounds):
        for desk in chance.sample(desks, clones):
            for _ in range(chance.randint(0, acts)):
                try:
                    acknowledged.add(desk.do(any_act(desk, chance, figures.acts)).act.id)
                    figures.acts += 1
                except DraftwgError:
                    continue
            if chance.random() < 0.4:
                exchange(desk)
        if chance.random() < 0.3:
            giver, taker = chance.sample(desks, 2)
            write_bundle(giver, folder / f"stick-{count}.bundle")
            sync(taker, Remote("stick", str(folder / f"stick-{count}.bundle")))
        for _ in range(2):
            for desk in chance.sample(desks, clones):
                exchange(desk)
        figures.rounds += 1
        first = desks[0]
        figures.contested = max(figures.contested, len(first.state.contested))
        figures.lost += len(acknowledged - {act.id for act in first.log.acts})
        trees = [tree(desk.record.folder) for desk in desks]
        heads = {desk.record.head() for desk in desks}
        folded = Log(chance.sample(first.log.acts, len(first.log.acts))).state
        if any(one != trees[0] for one in trees) or len(heads) > 1 or any(desk.state != folded for desk in desks):
            figures.apart += 1
            figures.wrong.append(f"seed {seed}, round {count}")
    for desk in desks:
        desk.close()
    figures.seconds = time.monotonic() - begun
    return figures


def measured(rounds: int) -> list[Figures]:
    """The figures for two and for five machines."""
    found = []
    for clones in (2, 5):
        place = Path(tempfile.mkdtemp(prefix="draftwg-torture-"))
        try:
            part, total = 25, Figures(clones)  # meetings of some hundred acts, one after the other
            for seed, first in enumerate(range(0, rounds, part)):
                one = torture(place / str(seed), clones, min(part, rounds - first), seed)
                total.wrong += one.wrong
                total.contested = max(total.contested, one.contested)
                total.slowest = max(total.slowest, one.slowest)
                for name in ("rounds", "acts", "exchanges", "lost", "apart", "seconds"):
                    setattr(total, name, getattr(total, name) + getattr(one, name))
                shutil.rmtree(place / str(seed), ignore_errors=True)
            found.append(total)
            for wrong in total.wrong:
                sys.stderr.write(f"not alike: {wrong}\n")
        finally:
            shutil.rmtree(place, ignore_errors=True)
    return found


if __name__ == "__main__":
    for figures in measured(int(sys.argv[1]) if len(sys.argv) > 1 else 200):
        print(figures)
