"""Every call by which an act reaches the disk fails in turn, once or from then on: the habit of SQLite's tests.

After each: what was acknowledged is there; what was refused is not there, or the refusal says that it is recorded; the
next act works, of the same desk and of a new one. The tests run a part of the same.
"""

import builtins
import errno
import io
import itertools
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from draftwg.desk import Desk
from draftwg.desk.health import doctor
from draftwg.desk.verifying import verify
from draftwg.errors import DraftwgError
from meetings import copied

KINDS: dict[str, tuple[tuple[Any, str], ...]] = {
    "fsync": ((os, "fsync"),),
    "rename": ((os, "replace"), (os, "rename")),
    "link": ((os, "link"),),
    "open": ((os, "open"), (io, "open"), (builtins, "open")),
    "mkdir": ((os, "mkdir"),),
    "remove": ((os, "unlink"),),
    "rename, done and not told": ((os, "replace"), (os, "rename")),
    "git, not run": ((subprocess, "run"),),
    "git, done and not told": ((subprocess, "run"),),
}
ERRORS = ("EIO", "ENOSPC", "EACCES", "EMFILE")


@dataclass
class Swept:
    """What came of all of them."""

    runs: int = 0
    acknowledged: int = 0
    refused: int = 0
    told: int = 0
    wrong: list[str] = field(default_factory=list)


@contextmanager
def failing(kind: str, at: int, error: str, *, for_ever: bool) -> Iterator[list[int]]:
    """The call number `at` (0 = none) of this kind fails, or all from it on; gives how many there were."""
    count = [0]
    kept = [(place, name, getattr(place, name)) for place, name in KINDS[kind]]

    def shim(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            count[0] += 1
            if not at or not (count[0] == at or (for_ever and count[0] > at)):
                return real(*arguments, **options)
            if kind.endswith("done and not told"):
                real(*arguments, **options)
            if not kind.startswith("git"):
                raise OSError(getattr(errno, error), os.strerror(getattr(errno, error)))
            said = f"fatal: unable to write: {os.strerror(getattr(errno, error))}\n".encode()
            return subprocess.CompletedProcess(arguments[0], 128, b"", said)

        return call

    for place, name, real in kept:
        setattr(place, name, shim(real))
    try:
        yield count
    finally:
        for place, name, real in kept:
            setattr(place, name, real)


def sweep(folder: Path, chosen: Callable[[int], bool] = lambda _: True) -> Swept:
    """Do an act while each call fails in turn; `chosen` tells which of the cases are run, by number."""
    found, desk = Swept(), copied(folder / "m")
    numbers = itertools.count()
    for kind in KINDS:
        with failing(kind, 0, "EIO", for_ever=False) as calls:
            desk.do({"act": "edit", "unit": "3", "text": f"Counted for {kind}."})
        cases = itertools.product(range(1, calls[0] + 1), ERRORS, (False, True))
        for at, error, for_ever in cases:
            number = next(numbers)
            if chosen(number):
                name = f"{kind} {at}, {error}{', for ever' if for_ever else ''}"
                desk = _one(folder / "m", desk, number, kind, at, error, for_ever, found, name)
    desk.close()
    checked, proved = doctor(folder / "m"), verify(folder / "m")
    found.wrong += [one.told for one in checked.findings.remaining] + ([] if proved.proved else ["not proved"])
    return found


def _one(
    meeting: Path, desk: Desk, number: int, kind: str, at: int, error: str, for_ever: bool, found: Swept, name: str
) -> Desk:
    text, said, act = f"Words {number}.", "", ""
    with failing(kind, at, error, for_ever=for_ever):
        try:
            act = desk.do({"act": "edit", "unit": "3", "text": text}).act.id
        except DraftwgError as refusal:
            said = str(refusal)
        except Exception as crash:
            found.wrong.append(f"{name}: {crash!r}")
    found.runs += 1
    try:
        again = Desk.open(meeting)
        again.settle()
        recorded = {one.id for one in again.log.acts}
        there = again.state.find_unit("3")[1].text == text
        if act:
            found.acknowledged += 1
            if act not in recorded:
                found.wrong.append(f"{name}: acknowledged and lost")
        elif there:
            found.told += 1
            if "It is recorded" not in said:
                found.wrong.append(f"{name}: recorded, and told as “{said}”")
        else:
            found.refused += 1
        if "\n" in said:
            found.wrong.append(f"{name}: more than a line")
        desk.do({"act": "edit", "unit": "1", "text": f"After {number}, the same desk."})
        again.do({"act": "edit", "unit": "1", "text": f"After {number}, a new one."})
    except Exception as crash:
        found.wrong.append(f"{name}: then {crash!r}")
    desk.close()
    return again
