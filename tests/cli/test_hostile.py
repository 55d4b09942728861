"""Words that a terminal would obey, or that look like markup, on every command; and arguments at random."""

import io
import json
import os
import random
import re
import shutil
from argparse import ArgumentParser
from pathlib import Path

import pytest

from draftwg.cli import main
from draftwg.cli.program import build
from draftwg.desk import Desk
from repository.test_strangers import WORDS, commit_all
from tui.test_hostile import HOSTILE, hostile_meeting

CASES = int(os.environ.get("DRAFTWG_CASES", "120"))
PAYLOADS = (
    "\x1b[2J\x1b[31m", "\x1b]0;owned\x07", "\x1b]52;c;ZWNobw==\x1b\\", "\x1b]8;;http://x\x1b\\y", "\x9b31m",
    "\x9d0;x\x9c", "\x07\x08\x0b\x0c\r", "\x7f", "\u202eabc\u202c", "\u2066x\u2069", "\u200b\u2060", "\x1bP1$r\x1b\\",
    "\x1bc", "\x00", "\u2028\u2029",
)  # fmt: skip
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
OTHERS = ("demo", "init", "project")  # they make meetings of their own, or wait for an end


def parsers() -> dict[str, ArgumentParser]:
    return dict(next(iter(build()._subparsers._group_actions)).choices)  # type: ignore[union-attr, arg-type]


def run(*words: str) -> int:
    try:
        return main([*words])
    except SystemExit as end:
        return int(end.code or 0)


def stained(folder: Path, payload: str) -> None:
    """What a stranger wrote by hand into the acts of a meeting: the payload behind every word of a person."""
    desk = hostile_meeting(folder, "plain")
    desk.do({"act": "issue", "symbol": "A/1", "status": "draft"})
    desk.close()

    def stain(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {name: stain(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [stain(inner, key) for inner in value]
        people = ("title", "by", "reason", "words", "proposed", "author", "base")
        return f"{value}{payload}" if isinstance(value, str) and key in people else value

    for file in folder.glob("record/*/*.json"):
        values = json.loads(file.read_text("utf-8"))
        if values["act"] not in ("found", "import"):
            file.write_text(json.dumps(stain(values), ensure_ascii=False, indent=1) + "\n", "utf-8")
    commit_all(folder)
    shutil.rmtree(folder / ".git" / "draftwg")


@pytest.mark.parametrize("payload", ["".join(PAYLOADS[:8]), "".join(PAYLOADS[8:])])
def test_no_command_tells_a_terminal_to_do_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], payload: str
) -> None:
    """Neither of a stranger's meeting nor of what is typed behind a command."""
    stained(tmp_path / "m", payload)
    monkeypatch.chdir(tmp_path)
    typed = payload.replace("\x00", "")
    for name in parsers():
        if name in OTHERS:
            continue
        for words in [*WORDS.get(name, [[name]]), [name, typed], [name, f"--{typed}"], [name, "2", "--by", typed]]:
            monkeypatch.setattr("sys.stdin", io.StringIO(""))
            run("-m", str(tmp_path / "m"), *words)
            told = capsys.readouterr()
            assert not RAW.search(told.out.replace("\n", "")), words
            assert not RAW.search(told.err.replace("\n", "")), words
            assert "Traceback" not in told.err


@pytest.mark.parametrize("words", HOSTILE)
def test_brackets_are_words_in_plain_output(tmp_path: Path, capsys: pytest.CaptureFixture[str], words: str) -> None:
    hostile_meeting(tmp_path / "m", words).close()
    for command in (["show"], ["show", "--unit", "1"], ["history"], ["amendments"], ["redline", "original", "now"]):
        assert run("-m", str(tmp_path / "m"), *command) == 0
        assert words.split()[0] in capsys.readouterr().out, command


def test_arguments_at_random_get_an_answer_and_never_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(11)
    hostile_meeting(tmp_path / "m", HOSTILE[0]).close()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_bytes(bytes(range(256)))
    known = {name: parser for name, parser in parsers().items() if name not in OTHERS}
    values = (
        "1", "2", "A-1", "A-2", "0", "-1", "99999999999999999999", "", " ", "-", "--", "x" * 5_000, "now", "original",
        "é", "\udcff", "file", "none", "/dev/null", ".", "..", "m", "A/1", "Peru", "1..2", "[", "{}", "null", "NaN",
        "%s", "2031-05-06", "text", *PAYLOADS[:-2], *HOSTILE,
    )  # fmt: skip
    for case in range(CASES):
        name = chance.choice(sorted(known))
        options = [word for action in known[name]._actions for word in action.option_strings if word != "--watch"]
        line = [name, *(chance.choice((*values, *options)) for _ in range(chance.randint(0, 5)))]
        if "--watch" in line or any(word.startswith(("--w", "--s")) and name == "sync" for word in line):
            continue
        monkeypatch.setattr("sys.stdin", io.StringIO(chance.choice(("", "x\n", '{"act": "undo"}\n'))))
        try:
            status = run("-m", "m", *line)
        except Exception as crash:
            raise AssertionError(f"case {case}: {line}") from crash
        told = capsys.readouterr()
        assert status in (0, 1, 2), line
        assert not RAW.search(told.err.replace("\n", "")), line
        if status == 2 and not told.out:
            assert told.err.strip(), line
    assert Desk.open(tmp_path / "m").state.title.startswith("Meeting")
