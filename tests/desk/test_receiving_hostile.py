"""What nobody should send: one clear line, nothing recorded, little memory, little time."""

import io
import json
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from draftwg.cli import main
from draftwg.desk import Desk
from draftwg.desk.receiving import receive
from draftwg.formats.receiving.reading import read_submission
from tui.driving import UNITS, meeting

_OPEN = "http://schemas.openxmlformats.org"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    f'<Types xmlns="{_OPEN}/package/2006/content-types">'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)
_RELS = (
    f'<Relationships xmlns="{_OPEN}/package/2006/relationships"><Relationship Id="r1" Target="word/document.xml" '
    f'Type="{_OPEN}/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(document: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELS)
        package.writestr("word/document.xml", document)
    return out.getvalue()


def body(inner: str) -> bytes:
    return word(f"<w:document {_W}><w:body>{inner}</w:body></w:document>")


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
_MAIL = b"From: a\nTo: b\nSubject: c\n"
_PART = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
HOSTILE: dict[str, Callable[[], bytes]] = {
    "a zip bomb": lambda: body(f"<w:p><w:r><w:t>{'a' * 34_000_000}</w:t></w:r></w:p>"),
    "entities": lambda: word(f"<!DOCTYPE d [{_LAUGHS}]><w:document {_W}><w:body><w:p>&l9;</w:p></w:body></w:document>"),
    "deep nesting": lambda: body("<w:ins>" * 5000 + "</w:ins>" * 5000),
    "broken XML": lambda: body("<w:p><w:r>"),
    "a torn zip": lambda: body("<w:p/>")[:-40],
    "an old Word file": lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "a PDF": lambda: b"%PDF-1.7\n" + b"x" * 100,
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "a page": lambda: b"<!DOCTYPE html><html><body>Delete recommendation 9.</body></html>",
    "nothing": lambda: b" \n",
    "too much": lambda: b"a b\n" * 3_000_000,
    "one long line": lambda: b"replace a by b; " * 600_000,
    "many lines": lambda: b"delete x\n" * 20_000,
    "parts in parts": lambda: _MAIL + b"".join(_PART % (n, n) for n in range(3000)),
    "a mail of many parts": lambda: _MAIL + _PART % (0, 0) + b"\nhello\n--b0\n" * 3_000,
    "deep JSON": lambda: b'{"format":' + b"[" * 200_000,
    "other JSON": lambda: b'{"a": 1}',
    "JSON of wrong types": lambda: b'{"format": "draftwg amendments", "amendments": [{"number": 7, "unit": {}}]}',
    "a redline of wrong types": lambda: b'{"format": "draftwg redline", "credits": [], "sections": 4}',
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("hostile") / "m"
    meeting(place).close()
    return place


@pytest.mark.parametrize("kind", HOSTILE)
def test_it_is_refused_in_one_line_and_nothing_is_recorded(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    file = tmp_path / "sent.docx"
    file.write_bytes(HOSTILE[kind]())
    before = Desk.open(folder).commit
    tracemalloc.start()
    start = time.process_time()

    def refused(*command: str) -> None:
        assert main(["-m", str(folder), command[0], str(file), *command[1:]]) == 2
        (line,) = capsys.readouterr().err.strip().split("\n")
        assert line.startswith("draftwg: ")
        assert "Traceback" not in line

    refused("receive", "--by", "Mexico")
    assert time.process_time() - start < 5
    assert tracemalloc.get_traced_memory()[1] < 200_000_000
    tracemalloc.stop()
    refused("import", "--text", "other")
    assert Desk.open(folder).commit == before


@pytest.mark.parametrize("kind", ["a PDF", "a page", "an old Word file"])
def test_who_imports_another_kind_of_file_is_told_what_it_is(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    file = tmp_path / "text.md"
    file.write_bytes(HOSTILE[kind]())

    assert main(["-m", str(folder), "import", str(file), "--text", "other"]) == 2
    assert f"text.md is {kind}" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        "replace 'remote' by 'all'\n" * 4_000,
        "\n".join(f"In recommendation {n}, replace 'remotely {n}' by 'x'" for n in range(2_000)),
        "[" * 3_000 + "a - Mexico" + "]" * 3_000,
        "Recommendation 2\n" * 4_000,
        f"{UNITS['2']}\n" * 4_000,
        "{++" * 20_000,
        "{--a" * 10_000 + "--}",
        "\n".join(f"{words} [x - Mexico / y - Algeria]" * 20 for words in UNITS.values()),
        "Recommendation 2\n" + "\n".join(["States [a - original / b - Mexico; Algeria]"] * 4_000),
        "Recommendation 2\n\n" + "\n\n".join(["States {~~a~>b~~}{>>Mexico<<} and {++x++}"] * 4_000),
        "'" * 90_000,
        "a > " * 20_000,
    ],
    ids=[
        "one instruction often", "many instructions", "deep brackets", "one label often", "one unit often",
        "marks that do not end", "one mark over many", "many brackets", "brackets in one unit",
        "marks in one unit", "quotation marks", "arrows",
    ],
)  # fmt: skip
def test_much_of_the_same_is_judged_in_time(folder: Path, words: str) -> None:
    desk = Desk.open(folder)
    start = time.process_time()
    report = receive(desk, read_submission(words.encode(), "sent"), "Mexico")

    assert report.items
    assert time.process_time() - start < 5


def test_controls_and_marks_of_direction_do_not_come_in(folder: Path) -> None:
    words = "In recommendation 2, replace 'remote' by 'al\x1b[31m\u202el\u2066s\x00'."
    report = receive(Desk.open(folder), read_submission(words.replace("\x00", "\x07").encode(), "sent"), "Mexico")

    assert [item.new for item in report.taken] == [UNITS["2"].replace("remote", "alls")]
    listed = {"number": "A-1", "unit": "2", "kind": "substitution", "by": "Mex\u202eico", "base": UNITS["2"],
              "proposed": UNITS["2"].replace("remote", "a\u202ell")}  # fmt: skip
    data = json.dumps({"format": "draftwg amendments", "amendments": [listed]}).encode()
    report = receive(Desk.open(folder), read_submission(data, "sent"))
    assert [(item.by, item.new) for item in report.taken] == [("Mexico", UNITS["2"].replace("remote", "all"))]
