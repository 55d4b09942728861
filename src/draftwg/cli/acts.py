"""Commands that do an act: one for each act that the program knows, made from the act's own fields."""

import argparse
import json
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from draftwg.acts import ACTS
from draftwg.cli.output import data, note, say
from draftwg.cli.parser import Parser, add_command, open_desk
from draftwg.desk import Desk, Receipt
from draftwg.errors import BadInput, DiskFull, DraftwgError, NotRecorded

_POSITIONAL = {
    "admit": "name", "propose": "unit", "revise": "amendment", "cosponsor": "amendment", "accept": "amendment",
    "reject": "amendment", "withdraw": "amendment", "fall": "amendment", "merge": "amendment", "take_up": "amendment",
    "reintroduce": "amendment", "agree": "unit", "reopen": "unit", "request_reopening": "unit", "consider": "unit",
    "order": "unit", "placeholder": "unit", "edit": "unit", "issue": "symbol", "open_reading": "reading",
    "settle": "contested",
}  # fmt: skip
_ELSEWHERE = ("found", "import")  # meeting.py has commands of its own for these
_LONGEST = 4_000_000
_EVERY = 0.5  # seconds for which the readable files of a long batch may be behind


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add a command for each act, and `act` for many."""
    for name, kind in ACTS.items():
        if name in _ELSEWHERE:
            continue
        about = " ".join((kind.__doc__ or "").split("\n\n")[0].split())
        parser = add_command(commands, name.replace("_", "-"), about, do_act)
        parser.set_defaults(act=name)
        for field in kind.FIELDS:
            flag = f"--{field.name.replace('_', '-')}"
            if field.name == _POSITIONAL.get(name):
                parser.add_argument(field.name, nargs=None if field.required else "?", help=field.about)
            elif field.form == "flag":
                parser.add_argument(flag, dest=field.name, action=argparse.BooleanOptionalAction, help=field.about)
            elif field.form in ("names", "texts"):
                parser.add_argument(
                    flag,
                    dest=field.name,
                    nargs="+",
                    metavar="NAME" if field.form == "names" else "WORDS",
                    help=field.about,
                )
            else:
                metavar = field.name.upper()
                parser.add_argument(flag, dest=field.name, required=field.required, metavar=metavar, help=field.about)
        parser.add_argument(
            "--at", metavar="TIME", help="the recorded time, as 2018-05-02T10:15:00+02:00 (default: now)"
        )
        parser.add_argument(
            "--strict-roster", action="store_true", help="refuse delegations that are not in the roster"
        )
        parser.add_argument("--json", action="store_true", help="answer as JSON")
    batch = add_command(
        commands, "act", "Do the acts in FILE (or -), one JSON object a line; see docs/acts.md.", do_batch
    )
    batch.add_argument("file", metavar="FILE", help="JSON Lines; - reads standard input")
    batch.add_argument("--atomic", action="store_true", help="all of them or none")
    batch.add_argument("--strict-roster", action="store_true", help="refuse delegations that are not in the roster")


def do_act(options: argparse.Namespace) -> int:
    """Do one act and say what was recorded."""
    fields = {field.name for field in ACTS[options.act].FIELDS} | {"at"}
    request = {name: value for name, value in vars(options).items() if name in fields and value is not None}
    for field in ACTS[options.act].FIELDS:
        if field.form == "rows" and field.name in request:
            try:
                request[field.name] = json.loads(request[field.name])
            except ValueError:
                raise BadInput(f"--{field.name} must be JSON.", f"It takes {field.about}.") from None
    desk = open_desk(options, records=True)
    asked: dict[str, object] = {"act": options.act, **request}
    try:
        receipts = _do(desk, asked)
    except NotRecorded as error:
        kept = desk.journal.keep_request(asked)
        again = f"Your words are kept: draftwg act {shlex.quote(str(kept))} does it again."
        first = "Free some space. " if isinstance(error, DiskFull) else ""
        raise NotRecorded(error.message, f"{first}{again}" if kept else error.hint) from None
    for receipt in receipts:
        _tell(desk, receipt, options)
    _follow(desk)
    return 0


def _do(desk: Desk, request: dict[str, object]) -> list[Receipt]:
    """Do the act; what is said in words may be several, all of which are recorded or none."""
    if "say" not in request:
        return [desk.do(request, follow=False)]
    from draftwg.desk.saying import explained

    return desk.do_all(explained(desk.state, request), follow=False)


def _tell(desk: Desk, receipt: Receipt, options: argparse.Namespace) -> None:
    for warning in receipt.warnings:
        note(warning)
    if options.json:
        data(answer(receipt), lines=False)
    else:
        say(f"{receipt.commit[:7]} {receipt.subject}")
        for line in desk.state.concordance if options.act == "renumber" else ():
            say(f"{line.draft:<12} {line.final:<6} {line.section:<8} {line.note}".rstrip())


def do_batch(options: argparse.Namespace) -> int:
    """Do the acts of a file in order and answer each with one line of JSON."""
    desk = open_desk(options, records=True)
    if options.file == "-":
        return _batch(desk, sys.stdin, options.atomic)
    try:
        with Path(options.file).open(encoding="utf-8-sig", errors="surrogateescape") as file:
            return _batch(desk, file, options.atomic)
    except FileNotFoundError:
        raise BadInput(f"There is no file {options.file}.") from None
    except IsADirectoryError:
        raise BadInput(f"{options.file} is a folder, not a file of acts.") from None


def answer(receipt: Receipt) -> dict[str, object]:
    """The line that answers an act that was recorded."""
    told: dict[str, object] = {"ok": True, "id": receipt.act.id, "commit": receipt.commit}
    number = getattr(receipt.act, "number", "")
    if number:
        told["amendment"] = number
    told["subject"] = receipt.subject
    if receipt.warnings:
        told["warnings"] = list(receipt.warnings)
    return told


def _batch(desk: Desk, file: TextIO, atomic: bool) -> int:
    """All lines at once, or one after the other as they come."""
    failed = False
    if atomic:
        return _all_or_nothing(desk, list(_lines(file)))
    for line in _lines(file):
        try:
            told = answer(desk.do(_request(line), follow=False))
        except DraftwgError as error:
            told, failed = _refusal(error), True
        data(told, lines=False)
        sys.stdout.flush()
        _follow(desk, _EVERY)
    _follow(desk)
    return 2 if failed else 0


def _follow(desk: Desk, every: float = 0.0) -> None:
    """What was recorded has been told: now the readable files."""
    sys.stdout.flush()
    for remark in desk.follow(every):
        note(remark)


def _all_or_nothing(desk: Desk, lines: list[str]) -> int:
    try:
        receipts = desk.do_all([_request(line) for line in lines])
    except DraftwgError as error:
        data(_refusal(error), lines=False)
        note(f"{error} Nothing was recorded.")
        return 2
    for receipt in receipts:
        data(answer(receipt), lines=False)
    return 0


def _lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(_LONGEST):
        if line.strip():
            yield line


def _request(line: str) -> dict[str, object]:
    try:
        value = json.loads(line.removeprefix("\ufeff"), object_pairs_hook=_once)
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise BadInput("This line is not UTF-8.", "Save the file in UTF-8.") from None
    except (ValueError, RecursionError) as error:
        where = f" (column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        raise BadInput(f"This line is no JSON{where}.", 'Write one object a line: {"act": …}.') from None
    if not isinstance(value, dict):
        raise BadInput("This line is no JSON object.", 'Write one object a line: {"act": …}.')
    return value


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object in which every key stands once."""
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise BadInput(f"“{next(key for key in keys if keys.count(key) > 1)}” stands twice in one object.")
    return found


def _refusal(error: DraftwgError) -> dict[str, object]:
    told: dict[str, object] = {"ok": False, "error": str(error)}
    if error.rule:
        told["rule"] = error.rule
    return told
