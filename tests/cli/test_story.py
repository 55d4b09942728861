"""The main job on the real report, by the command line: import, reading, amendments, decisions, redline."""

import json
import os
from pathlib import Path

import pytest

from draftwg.cli import main


def run(*arguments: str) -> None:
    assert main(list(arguments)) == 0


@pytest.fixture
def meeting(tmp_path: Path, shared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """The meeting of the report with its recommendations, issued as a non-paper."""
    monkeypatch.chdir(tmp_path)
    run("init", "meeting", "--title", "Working Group on Firearms, sixth meeting", "--place", "Vienna",
        "--dates", "2018-05-02/2018-05-03")  # fmt: skip
    run("import", str(shared / "data" / "report-2018.txt"), "--text", "recommendations")
    run("issue", "CTOC/COP/WG.6/2018/CRP.3", "--status", "non-paper")
    capsys.readouterr()
    return tmp_path / "meeting"


def test_the_import_takes_the_24_recommendations_as_they_are(
    meeting: Path, shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("show", "--json")
    told = json.loads(capsys.readouterr().out)
    expected = json.loads((shared / "data" / "report-2018-structure.json").read_text("utf-8"))["recommendations"]

    assert [unit["words"] for unit in told["units"]] == [unit["text"] for unit in expected]
    assert [unit["label"] for unit in told["units"]] == [str(unit["number"]) for unit in expected]
    assert [f"II.{unit['section']}" for unit in told["units"]] == [unit["section"] for unit in expected]
    assert [section["path"] for section in told["sections"]] == ["A", "B", "B.1", "B.2", "B.3", "B.4", "B.5"]


def test_a_reading_by_commands(meeting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("open-reading", "1", "--date", "2018-05-02", "--meeting", "1")
    run("propose", "8", "--by", "mex", "--replace", "for as long as possible", "--with", "for not less than ten years")
    run("propose", "8", "--by", "Switzerland", "--delete", "for as long as possible")
    assert "Mexico was not in the roster and has been added." in capsys.readouterr().err
    run("amendments", "--unit", "8", "--json")
    listed = json.loads(capsys.readouterr().out)["amendments"]
    assert [(one["number"], one["by"], one["state"], one["reading"]) for one in listed] == [
        ("A-1", "Mexico", "tabled", 1),
        ("A-2", "Switzerland", "tabled", 1),
    ]
    run("show", "--unit", "8", "--view", "bracketed")
    bracketed = capsys.readouterr().out
    assert "for not less than ten years - Mexico" in bracketed
    assert "Switzerland delete" in bracketed

    run("withdraw", "A-2")
    run("accept", "A-1")
    run("undo")
    run("redo")
    capsys.readouterr()
    run("redline", "CTOC/COP/WG.6/2018/CRP.3", "now")
    redline = capsys.readouterr().out
    assert "[-as long as possible-]" in redline or "[-for as long as possible-]" in redline
    assert "Mexico" in redline
    run("redline", "CTOC/COP/WG.6/2018/CRP.3", "now", "--unattributed")
    assert "Mexico" not in capsys.readouterr().out

    assert main(["accept", "A-1"]) == 2
    refusal = capsys.readouterr().err
    assert "A-1 has been accepted already" in refusal
    assert refusal.count("\n") == 1


@pytest.mark.parametrize("form", ["html", "markdown", "text", "json"])
def test_the_redline_in_every_format(meeting: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(
        "propose",
        "8",
        "--by",
        "Mexico",
        "--replace",
        "for as long as possible",
        "--with",
        "for ten <b>years</b> & more",
    )
    run("accept", "A-1")
    page = meeting.parent / f"redline.{form}"
    run("redline", "CTOC/COP/WG.6/2018/CRP.3", "now", "--format", form, "-o", str(page))

    words = page.read_text("utf-8")
    assert "Mexico" in words
    assert ("ten <b>years</b> &amp;" in words) is False
    assert ("&lt;b&gt;years&lt;/b&gt; &amp; more" in words) == (form == "html")


def test_the_history_reads_like_the_minutes(meeting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("propose", "8", "--by", "Mexico", "--replace", "for as long as possible", "--with", "for ten years")
    run("propose", "9", "--by", "Peru", "--delete", "multidisciplinary")
    capsys.readouterr()
    run("history", "--unit", "8")
    told = capsys.readouterr().out

    assert "Mexico proposes to replace “for as long as possible” by “for ten years” in recommendation 8" in told
    assert "Peru" not in told
    run("history", "--json")
    acts = json.loads(capsys.readouterr().out)["acts"]
    assert acts[-1]["author"] == "Peru"
    assert len(acts[-1]["commit"]) == 40


def test_the_batch_answers_each_line_and_records_what_it_can(
    meeting: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        {"act": "open_reading", "reading": 1, "date": "2018-05-02", "meeting": 1, "at": "2018-05-02T10:00:00+02:00"},
        {"act": "propose", "unit": "8", "by": "Mexico", "replace": "for as long as possible", "with": "for ten years"},
        {"act": "propose", "unit": "8", "by": "Algeria", "text": "Member States should keep records."},
        {"act": "propose", "unit": "21", "by": "Cuba", "kind": "delete"},
        {"act": "propose", "kind": "new", "after": "15", "label": "15 bis", "by": "Mexico",
         "sponsors": ["Peru", "Chile"], "text": "States parties should respond to tracing requests."},
        {"act": "accept", "amendment": "A-1"},
        {"act": "accept", "amendment": "A-2"},
        {"act": "reject", "amendment": "A-3"},
        {"act": "accept", "amendment": "A-4"},
        {"act": "issue", "symbol": "CTOC/COP/WG.6/2018/CRP.3/Rev.1", "status": "non-paper"},
        {"act": "propose", "unit": "1", "by": "Peru", "replace": "no such words", "with": "x"},
        {"act": "withdraw", "amendment": "A-2"},
        {"act": "undo"},
    ]  # fmt: skip
    file = tmp_path / "acts.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\nno json\n", "utf-8")

    assert main(["act", str(file)]) == 2
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["ok"] for answer in answers] == [True] * 6 + [False] + [True] * 3 + [False] + [True] * 2 + [False]
    assert all(answer["id"] and len(answer["commit"]) == 40 for answer in answers if answer["ok"])
    assert "A-1" in answers[6]["error"]
    run("show", "--json")
    labels = [unit["label"] for unit in json.loads(capsys.readouterr().out)["units"]]
    assert labels[14:17] == ["15", "15 bis", "16"]
    run("amendments", "--state", "pending", "--json")
    assert [one["number"] for one in json.loads(capsys.readouterr().out)["amendments"]] == ["A-2"]


def test_all_or_nothing(meeting: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "acts.jsonl"
    good = {"act": "propose", "unit": "8", "by": "Mexico", "delete": "illicit"}
    file.write_text(json.dumps(good) + "\n" + json.dumps({"act": "accept", "amendment": "A-9"}), "utf-8")

    assert main(["act", str(file), "--atomic"]) == 2
    assert json.loads(capsys.readouterr().out)["ok"] is False
    run("amendments", "--json")
    assert json.loads(capsys.readouterr().out) == {"amendments": []}


def test_what_draftwg_writes_it_reads_again(meeting: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("import", str(meeting / "texts" / "recommendations.md"), "--text", "again")
    capsys.readouterr()
    run("show", "--text", "recommendations", "--json")
    first = json.loads(capsys.readouterr().out)
    run("show", "--text", "again", "--json")
    second = json.loads(capsys.readouterr().out)

    for told in (first, second):
        for unit in told["units"]:
            del unit["id"]
    assert first["units"] == second["units"]
    assert first["sections"] == second["sections"]


def test_two_plain_files_are_compared_outside_any_meeting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.txt").write_text("States should act.\n\nThey report.\n", "utf-8")
    Path("new.txt").write_text("States shall act.\n\nThey report.\n", "utf-8")
    run("redline", "old.txt", "new.txt")

    told = capsys.readouterr().out
    assert "[-should-]" in told
    assert "{+shall+}" in told


ERRORS = [
    ["show"],
    ["import", "nothing.txt"],
    ["act", "nothing.jsonl"],
    ["redline", "a.txt", "b.txt"],
    ["init", "x", "--title", "T", "--dates", "soon"],
    ["init", "full", "--title", "T"],
    ["dance"],
    ["show", "--view", "loud"],
    ["-m", "nowhere", "show"],
    ["accept"],
    ["import", "empty.txt"],
    ["\x1b]0;x\x07"],
]


@pytest.mark.parametrize("arguments", ERRORS, ids=" ".join)
def test_every_error_is_one_line_and_status_2(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("x")
    (tmp_path / "empty.txt").write_text("Nothing to be found here.\n")
    try:
        status = main(arguments)
    except SystemExit as end:
        status = int(end.code or 0)
    told = capsys.readouterr()

    assert status == 2
    assert told.err.count("\n") == 1
    assert "\x1b" not in told.err
    assert not (tmp_path / "x").exists()


def test_git_missing_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.devnull)

    assert main(["init", "x", "--title", "T"]) == 2
    assert capsys.readouterr().err.startswith("draftwg: git is not installed")


def test_a_proposed_unit_is_shown_where_it_would_stand(meeting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("propose", "--kind", "new", "--after", "15", "--by", "Peru", "--text", "States should answer requests.")
    capsys.readouterr()
    run("show", "--unit", "15 bis")
    told = capsys.readouterr().out
    assert "Recommendation 15 bis [proposed by Peru, A-1]" in told
    assert "States should answer requests." in told
    run("show", "--view", "bracketed")
    assert "15 bis [proposed" in capsys.readouterr().out
    run("show")
    assert "15 bis" not in capsys.readouterr().out
    run("accept", "A-1")
    run("show", "--unit", "15 bis", "--view", "original")
    assert "(not in the original text)" in capsys.readouterr().out


def test_the_fixed_forms_of_the_batch_in_their_order(meeting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        '{"act": "open_reading", "reading": 1, "date": "2018-05-02", "meeting": 1}',
        '{"act": "propose", "unit": "8", "by": "Mexico", "replace": "for as long as possible", "with": "ten years"}',
        '{"act": "accept", "amendment": "A-1"}',
        '{"act": "issue", "symbol": "CTOC/COP/WG.6/2018/CRP.3/Rev.1", "status": "non-paper"}',
        '{"act": "undo"}',
    ]
    (meeting.parent / "acts.jsonl").write_text("\ufeff" + "\n".join(lines), "utf-8")

    assert main(["act", "acts.jsonl"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert answers[-1]["warnings"] == ["What has been issued since then stays as it was issued."]
    run("amendments", "--json")
    assert json.loads(capsys.readouterr().out)["amendments"][0]["state"] == "tabled"


@pytest.mark.parametrize(
    "line",
    [
        '{"act": "undo", "act": "redo"}',
        '{"act": "admit", "name": "C\\ud800te"}',
        '{"act": "undo", "at": ""}',
        "[]",
        "nul",
    ],
)
def test_a_line_that_is_not_right_is_refused(meeting: Path, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    (meeting.parent / "acts.jsonl").write_text(line, "utf-8")

    assert main(["act", "acts.jsonl"]) == 2
    assert json.loads(capsys.readouterr().out)["ok"] is False
    (meeting.parent / "acts.jsonl").write_bytes('{"act": "admit", "name": "Côte"}'.encode("latin-1"))
    assert main(["act", "acts.jsonl"]) == 2
    assert "UTF-8" in json.loads(capsys.readouterr().out)["error"]
