"""The long proofs that nothing is lost; writes the figures into docs/reliability.md. The tests hold short forms.

Each part gives rows (what, demanded, found). DRAFTWG_ROUNDS sets the number of kills (300) and the rounds
of exchange (200).
"""

import contextlib
import json
import os
import platform
import random
import re
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "tests"), str(HERE.parent / "src"), str(HERE)]

from large import large_meeting  # noqa: E402

from draftwg.desk import Desk  # noqa: E402
from draftwg.desk.health import doctor  # noqa: E402
from draftwg.desk.verifying import verify  # noqa: E402
from draftwg.errors import DraftwgError, NotRecorded  # noqa: E402
from draftwg.repository import git  # noqa: E402
from meetings import found  # noqa: E402

Row = tuple[str, str, str]
_PAGE = HERE.parent / "docs" / "reliability.md"
_MARK = "# Figures\n"
_NAMES = ("Chile", "Peru", "Kenya", "Norway", "Mexico", "Algeria", "Japan", "Italy")
_WRITER = """
import sys, time
from pathlib import Path
from draftwg.desk import Desk
desk = Desk.open(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    act = {"act": "propose", "unit": str(number % 3 + 1), "by": sys.argv[2], "text": f"Words {number} of {sys.argv[2]}."}
    start = time.perf_counter()
    receipt = desk.do(act, follow=False)
    print(receipt.act.id, receipt.act.number, f"{time.perf_counter() - start:.4f}", flush=True)
    desk.follow(0.5)
    if sys.argv[4] and number % 7 == 6:
        desk.do({"act": "undo"})
desk.close()
"""


def main() -> None:
    """Run the parts that are named, or all, and put their figures into the page."""
    wanted = sys.argv[1:]
    failed = False
    for title, part in PARTS.items():
        if wanted and not any(word in title.lower() for word in wanted):
            continue
        start, load = time.perf_counter(), os.getloadavg()[0]
        rows = part()
        table = "| what | demanded | found |\n|---|---|---|\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows)
        busy = max(load, os.getloadavg()[0] - 1, os.getloadavg()[2] - 1)
        said = f"{date.today().isoformat()}, {time.perf_counter() - start:.0f} s; load of the machine {busy:.0f}"
        print(f"## {title}\n\n{table}({said})\n", flush=True)
        _take_down(title, f"{table}\n({said})\n")
        failed = failed or any("!**" in row[2] for row in rows)
    sys.exit(1 if failed else 0)


def _take_down(title: str, figures: str) -> None:
    """Put the figures of one part into the page, in the place of those before; what stands above is written by hand."""
    words, _, old = _PAGE.read_text("utf-8").partition(_MARK)
    sections = {head: body for head, _, body in (part.partition("\n\n") for part in old.split("\n## ")[1:])}
    sections[title] = figures
    machine = f"{platform.system()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    said = f"Made by `make torture` ({git.run(HERE, '--version').decode().strip()}; {machine}). Times depend on what else the machine does."
    page = f"{words}{_MARK}\n{said}\n"
    for head in PARTS:
        if head in sections:
            page += f"\n## {head}\n\n{sections[head].rstrip()}\n"
    _PAGE.write_text(page, "utf-8")


@contextlib.contextmanager
def place(under: Path | None = None) -> Iterator[Path]:
    """A folder for one trial."""
    folder = Path(tempfile.mkdtemp(prefix="draftwg-torture-", dir=under))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def verdict(good: bool, told: str) -> str:
    """What was found, with a mark where it is not what is demanded."""
    return told if good else f"**{told}!**"


def writer(folder: Path, by: str, count: int, undoing: str = "") -> "subprocess.Popen[str]":
    """A program that proposes again and again, and tells what was acknowledged."""
    command = [sys.executable, "-c", _WRITER, str(folder), by, str(count), undoing]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent / "src")}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, start_new_session=True, env=environment)


def kills() -> list[Row]:
    """SIGKILL at random instants: half of the time the whole group, half of the time Python alone."""
    rounds = int(os.environ.get("DRAFTWG_ROUNDS", "300"))
    chance = random.Random(7)
    acknowledged: set[str] = set()
    slow, repairs, dirty = 0.0, 0, 0
    with place() as folder:
        meeting = folder / "m"
        found(meeting).close()
        for number in range(rounds):
            if number % 50 == 49:  # a meeting does not grow for ever
                lost = acknowledged - set(Desk.open(meeting).log._index)
                if lost:
                    return [("acknowledged acts lost", "0", verdict(False, str(len(lost))))]
            process = writer(meeting, chance.choice(_NAMES), 100_000, "undoing")
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdout.readline()
            process.stdin.write("\n")
            process.stdin.flush()
            time.sleep(chance.uniform(0.0, 0.25))
            if number % 2:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            acknowledged |= {line.split()[0] for line in process.stdout.read().splitlines() if line.count(" ") == 2}
            process.wait()
            start = time.perf_counter()
            try:
                desk = Desk.open(meeting)
                repairs += bool(desk.settle())
                desk.check_files()
                acknowledged.add(desk.do({"act": "edit", "unit": "3", "text": f"After {number}."}).act.id)
                desk.close()
            except DraftwgError as error:
                print(f"round {number}: {error}", file=sys.stderr)
                repairs += 1
            slow = max(slow, time.perf_counter() - start)
        status = subprocess.run(["git", "status", "--porcelain"], cwd=meeting, capture_output=True, text=True).stdout
        dirty = len(status.splitlines())
        checked = doctor(meeting)
        lost = acknowledged - {act.id for act in Desk.open(meeting).log.acts}
        proved = verify(meeting).proved
    return [
        ("kills (half of them of Python alone)", "300", str(rounds)),
        ("acknowledged acts lost", "0", verdict(not lost, f"{len(lost)} of {len(acknowledged):,}")),
        ("repairs by hand, or a remark at the next start", "0", verdict(not repairs, str(repairs))),
        ("slowest start and act after a kill", "5 s", verdict(slow < 5, f"{slow:.1f} s")),
        ("files out of step at the end (git status)", "0", verdict(not dirty, str(dirty))),
        (
            "wrong at the end (doctor, verify)",
            "0",
            verdict(checked.healthy and proved, str(len(checked.findings.remaining))),
        ),
    ]


def writers() -> list[Row]:
    """Eight programs, 200 acts each, at once."""
    each = 200
    with place() as folder:
        meeting = folder / "m"
        first = found(meeting)
        first.close()
        running = [writer(meeting, by, each) for by in _NAMES]
        for process in running:
            assert process.stdout is not None
            process.stdout.readline()
        start = time.perf_counter()
        for process in running:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        told = [line.split() for process in running for line in process.communicate()[0].splitlines()]
        seconds = time.perf_counter() - start
        desk = Desk.open(meeting)
        lost = {id for id, _, _ in told} - {act.id for act in desk.log.acts}
        twice = len(told) - len({number for _, number, _ in told})
        proved = verify(meeting).proved
        acts = len(desk.log.acts) - len(first.log.acts)
        times = sorted(float(time) for _, _, time in told)
    return [
        ("acts acknowledged", "1,600", verdict(len(told) == 8 * each, f"{len(told):,}")),
        ("of these lost", "0", verdict(not lost, str(len(lost)))),
        ("numbers given twice", "0", verdict(not twice, str(twice))),
        ("acts a second in all, with fsync", "60", verdict(acts / seconds >= 60, f"{acts / seconds:.0f}")),
        (
            "a clerk's wait, median / 99 % / worst",
            "",
            " / ".join(f"{1000 * times[int(q * (len(times) - 1))]:.0f} ms" for q in (0.5, 0.99, 1)),
        ),
        ("the texts follow from the record (verify)", "yes", verdict(proved, "yes" if proved else "no")),
    ]


def full_disk() -> list[Row]:
    """A small disk with room for n × 4 KiB, for every n until the act fits; and a limit on the size of files."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return [("disk full at every 4 KiB", "nothing lost", "skipped: mounting a small disk needs root")]
    refused = recorded = harmed = unclear = 0
    with place() as folder:
        found(folder / "first").close()
        for by in _NAMES:
            desk = Desk.open(folder / "first")
            desk.do({"act": "propose", "unit": "2", "by": by, "text": f"Words of {by}."})
            desk.close()
        for free in range(0, 200, 4):
            small = folder / f"small-{free}"
            small.mkdir()
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(small)], check=True)
            try:
                shutil.copytree(folder / "first", small / "m", symlinks=True)
                desk = Desk.open(small / "m")
                before = desk.state
                room = os.statvfs(small)
                blocks = room.f_bavail - free // 4
                (small / "filler").write_bytes(b"\0" * (blocks * room.f_bsize))
                text = (small / "m" / "texts" / "recommendations.md").read_bytes()
                try:
                    act = desk.do({"act": "edit", "unit": "3", "text": f"Room for {free} KiB."}).act.id
                    recorded += 1
                except NotRecorded as error:
                    act = ""
                    refused += 1
                    if "disk is full" not in str(error):
                        unclear += 1
                        print(f"{free} KiB: {error}", file=sys.stderr)
                except DraftwgError as error:
                    act = ""
                    unclear += 1
                    print(f"{free} KiB: {error}", file=sys.stderr)
                desk.close()
                (small / "filler").unlink()
                again = Desk.open(small / "m")
                again.settle()
                now = (small / "m" / "texts" / "recommendations.md").read_bytes()
                fine = (
                    (again.state == before and now == text) if not act else any(one.id == act for one in again.log.acts)
                )
                again.do({"act": "edit", "unit": "3", "text": "Afterwards."})
                again.close()
                wrong = [one for one in doctor(small / "m").findings.remaining if one.check != "disk"]
                harmed += not (fine and not wrong and verify(small / "m").proved)
            finally:
                subprocess.run(["umount", "-l", str(small)], check=True)
    return [
        (
            "disk full after n × 4 KiB, n = 0 to 49",
            "50 trials",
            f"{refused + recorded}: {refused} refused, {recorded} recorded",
        ),
        ("acts lost, files cut short, records that are not whole", "0", verdict(not harmed, str(harmed))),
        ("refusals that do not name the full disk", "0", verdict(not unclear, str(unclear))),
        ("files limited to n × 4 KiB (RLIMIT_FSIZE)", "0 harmed", limited()),
    ]


def limited() -> str:
    """Writes that fail in the middle of a file."""
    harmed = trials = 0
    with place() as folder:
        found(folder / "m").close()
        for size in range(0, 64, 4):
            trials += 1
            desk = Desk.open(folder / "m")
            before = desk.state
            code = (
                "import resource, signal, sys; from pathlib import Path; from draftwg.desk import Desk;"
                "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); desk = Desk.open(Path(sys.argv[1]));"
                f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size} * 1024,) * 2);"
                "desk.do({'act': 'propose', 'unit': '2', 'by': 'Chile', 'text': 'Many words. ' * 3000})"
            )
            environment = {**os.environ, "PYTHONPATH": str(HERE.parent / "src")}
            done = subprocess.run([sys.executable, "-c", code, str(folder / "m")], capture_output=True, env=environment)
            desk.refresh()
            if done.returncode and desk.state != before:
                harmed += 1
            desk.do({"act": "edit", "unit": "3", "text": f"After {size}."})
            harmed += not doctor(folder / "m").healthy
            desk.close()
    return verdict(not harmed, f"{harmed} harmed of {trials}")


def states() -> list[Row]:
    """The damaged states of the tests, one line each."""
    from repository.test_states import STATES

    rows: list[Row] = []
    for name, state in STATES.items():
        with place() as folder:
            meeting = folder / "m"
            desk = found(meeting)
            desk.do({"act": "propose", "unit": "2", "by": "Chile", "replace": "logs", "with": "records"})
            desk.close()
            expected = desk.state
            state.damage(meeting)
            said = cli(meeting, "status")
            healed = cli(meeting, "doctor", "--json")
            told = healed.stderr.strip().removeprefix("draftwg: ")
            if healed.stdout:
                found_in = json.loads(healed.stdout)
                told = "; ".join(one["told"] for one in found_in["findings"] if not one["note"]) or "nothing to mend"
            one_line = said.stderr.count("\n") <= 1 and "Traceback" not in said.stderr + healed.stderr
            well = True
            if state.well:
                again = Desk.open(meeting)
                well = again.state == expected and verify(meeting).proved
                again.close()
            line = said.stderr.strip().removeprefix("draftwg: ").replace(str(folder), "…") or "works as ever"
            shown = re.sub(r"[0-9a-f]{7,40}|\d{6}-\w{16}", "…", f"{line} → {told.replace(str(folder), '…')}").replace(
                "|", "/"
            )
            rows.append((name, "nothing lost" if state.well else "refused", verdict(one_line and well, shown)))
    return rows


def cli(meeting: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of draftwg as a person does."""
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent / "src")}
    command = [sys.executable, "-m", "draftwg", "-m", str(meeting), *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment)


def strangers() -> list[Row]:
    """A hostile meeting: what ran."""
    from repository.hostile import ALIASES, HOOKS, KEYS, plant, ran

    with place() as folder:
        meeting = folder / "m"
        desk = found(meeting)
        desk.do({"act": "issue", "symbol": "A/1", "status": "draft"})
        desk.close()
        plant(meeting, folder / "canaries")
        commands = re.findall(r"^    ([a-z][a-z-]+)", cli(meeting, "--help").stdout, re.MULTILINE)
        words = {
            "show": ["--unit", "2"],
            "propose": ["2", "--by", "Peru", "--text", "x."],
            "redline": ["original", "now"],
        }
        for name in commands:
            if name not in ("init", "demo", "restore", "clone", "sync"):
                cli(meeting, name, *words.get(name, []))
        cli(meeting, "backup", str(folder / "kept"))
        cli(meeting, "restore", str(folder / "kept"), str(folder / "again"))
        sang = ran(folder / "canaries")
    count = len(HOOKS) + len(KEYS) + len(ALIASES) + 6
    return [
        ("canaries planted (hooks, settings, aliases, promisor, submodule, include)", "", str(count)),
        ("commands of draftwg tried", "", str(len(commands) + 1)),
        ("canaries that ran", "0", verdict(not sang, f"{len(sang)} {' '.join(sorted(sang))}".strip())),
    ]


def times() -> list[Row]:
    """An act on a large meeting: until it is durable, and until the files are in step."""
    durable: dict[str, list[float]] = {"propose": [], "accept": [], "undo": []}
    in_step: dict[str, list[float]] = {name: [] for name in durable}
    with place() as folder:
        desk = large_meeting(folder / "meeting", 500, 5_000)
        for number in range(1, 61):
            for request in (
                {"act": "propose", "unit": str(number), "by": "Chile", "text": f"Entirely new words, number {number}."},
                {"act": "accept", "amendment": f"A-{number}"},
                {"act": "undo"},
            ):
                start = time.perf_counter()
                desk.do(request, follow=False)
                durable[request["act"]].append(time.perf_counter() - start)
                desk.follow()
                in_step[request["act"]].append(time.perf_counter() - start)
        desk.close()
    rows = []
    for name in durable:
        ends = sorted(durable[name])
        p95 = ends[int(0.95 * len(ends))]
        told = f"{1000 * statistics.median(ends):.0f} / {1000 * p95:.0f} ms"
        rows.append((f"{name}: durable, median / p95", "p95 ≤ 50 ms", verdict(p95 <= 0.05, told)))
        ends = sorted(in_step[name])
        told = f"{1000 * statistics.median(ends):.0f} / {1000 * ends[int(0.95 * len(ends))]:.0f} ms"
        rows.append((f"{name}: and the files in step", "", told))
    return rows


def sync() -> list[Row]:
    """Clones with random acts, that exchange in any order."""
    import torture_sync

    rounds = int(os.environ.get("DRAFTWG_ROUNDS", "200"))
    rows: list[Row] = []
    for one in torture_sync.measured(rounds):
        told = f"{one.rounds}: {one.acts:,} acts, {one.exchanges:,} exchanges"
        rows += [
            (f"{one.clones} clones: rounds of random acts and exchanges", str(rounds), told),
            ("acts lost", "0", verdict(not one.lost, str(one.lost))),
            (
                "rounds after which the clones were not alike, byte for byte",
                "0",
                verdict(not one.apart, str(one.apart)),
            ),
            ("contested at one time, at most", "", str(one.contested)),
            ("slowest exchange", "", f"{one.slowest * 1000:.0f} ms"),
        ]
    return rows


def sweeping() -> list[Row]:
    """Every call of an act to the disk and to git fails in turn."""
    import torture_sweep

    with place() as folder:
        found = torture_sweep.sweep(folder)
    for line in found.wrong:
        print(line, file=sys.stderr)
    told = f"{found.acknowledged} acknowledged, {found.refused} refused, {found.told} recorded with a warning"
    return [
        ("the n-th call fails (EIO, ENOSPC, EACCES, EMFILE), once or from then on", "400 runs", f"{found.runs:,}"),
        ("what came of them", "", told),
        ("acts lost, told otherwise than they are, or after which nothing works", "0",
         verdict(not found.wrong, str(len(found.wrong)))),
    ]  # fmt: skip


def soak() -> list[Row]:
    """A sitting of three clerks, with all the troubles of one."""
    import torture_soak

    with place() as folder:
        found = torture_soak.sitting(folder, 1_500, 5, trouble=20, small=os.geteuid() == 0)
    for line in found.wrong:
        print(line, file=sys.stderr)
    happened = f"{found.kills} / {found.cuts} / {found.full}"
    return [
        ("three clerks on three machines: amendments", "1,500", f"{found.amendments:,}"),
        ("decisions", "300", verdict(found.decisions >= 300, f"{found.decisions:,}")),
        ("kills / times the shared place was gone / the disk was full", "", happened),
        ("acknowledged acts lost", "0", verdict(not found.lost, f"{found.lost} of {found.acknowledged:,}")),
        ("clones that differ, or are not well, at the end", "0", verdict(not found.wrong, str(len(found.wrong)))),
    ]


def power() -> list[Row]:
    """Power cuts, on a disk of their own."""
    import torture_power

    return torture_power.power_cuts()


PARTS: dict[str, Callable[[], list[Row]]] = {
    "A large meeting: 500 units, 5,000 amendments": times,
    "Eight writers": writers,
    "Kills": kills,
    "Power cuts": power,
    "A full disk": full_disk,
    "Errors of the disk": sweeping,
    "Damaged states": states,
    "A stranger's meeting": strangers,
    "Exchanges": sync,
    "A sitting": soak,
}

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
