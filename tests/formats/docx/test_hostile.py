"""What comes from outside may be anything: each is refused in one line, at once."""

import io
import time
import zipfile

import pytest

from draftwg.errors import BadInput
from draftwg.formats.docx.package import write_package
from draftwg.formats.docx.reader import read_docx
from formats.docx.wordfiles import W, p, parts


def with_body(body: str) -> bytes:
    return write_package(parts(body))


def with_document(xml: str) -> bytes:
    return write_package({**parts(""), "word/document.xml": xml})


def zipped(*members: tuple[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as package:
        for name, data in members:
            package.writestr(name, data)
    return out.getvalue()


def encrypted() -> bytes:
    data = bytearray(with_body(p("x")))
    for place in range(len(data) - 4):
        if data[place : place + 4] == b"PK\x01\x02":
            data[place + 8] |= 1
    return bytes(data)


def link() -> bytes:
    out = io.BytesIO(with_body(p("x")))
    with zipfile.ZipFile(out, "a") as package:
        info = zipfile.ZipInfo("word/link")
        info.external_attr = 0o120777 << 16
        package.writestr(info, "/etc/passwd")
    return out.getvalue()


LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
HOSTILE = {
    "no zip": (b"plain words", "no .docx"),
    "empty": (b"", "no .docx"),
    "old Word": (b"\xd0\xcf\x11\xe0" + bytes(600), "old Word"),
    "RTF": (b"{\\rtf1 x}", "RTF"),
    "cut off": (with_body(p("x"))[:-30], "damaged"),
    "garbled": (with_body(p("x" * 900)).replace(b"word/document", b"word/dokument", 1), "damaged"),
    "OpenDocument": (zipped(("mimetype", b"x"), ("META-INF/manifest.xml", b"<x/>")), "OpenDocument"),
    "a zip of other things": (zipped(("a.txt", b"x")), "no Word file"),
    "a bomb": (with_body(p("a" * 30_000_000)), "unpacks"),
    "many members": (zipped(*((f"m{n}", b"") for n in range(2_100))), "parts"),
    "two of one name": (zipped(("a.xml", b"1"), ("A.xml", b"2")), "same name"),
    "a password": (encrypted(), "encrypted"),
    "a link": (link(), "link"),
    "another packing": (zipped(("a", b"x" * 99), kind=zipfile.ZIP_BZIP2), "packed"),
    "laughs": (with_document(f'<!DOCTYPE d [<!ENTITY a0 "ha">{LAUGHS}]><d>&a9;</d>'), "document type"),
    "an outer entity": (with_document('<!DOCTYPE d SYSTEM "file:///etc/passwd"><d/>'), "document type"),
    "depth": (with_document(f'<w:document xmlns:w="{W}">{"<w:p>" * 400}{"</w:p>" * 400}</w:document>'), "deep"),
    "no end": (with_document(f'<w:document xmlns:w="{W}"><w:body>'), "damaged"),
    "bytes": (write_package({**parts(""), "word/document.xml": b"\xff\xfe\x00<"}), "damaged"),
    "no body": (with_document(f'<w:document xmlns:w="{W}"/>'), "no text"),
    "many paragraphs": (with_body(p("a") * 5_001), "paragraphs"),
    "a long paragraph": (with_body(p(" ".join(str(n) for n in range(20_000)))), "more text"),
    "heaped accents": (with_body(p("z" + "\u0301" * 9)), "accents"),
    "no document": (write_package({k: v for k, v in parts("").items() if k != "word/document.xml"}), "no main"),
    "a way out": (
        write_package({**parts(""), "_rels/.rels": str(parts("")["_rels/.rels"]).replace("word/document.xml", "../../x")}),
        "no main",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_it_is_refused_in_one_line_at_once(kind: str) -> None:
    data, told = HOSTILE[kind]
    start = time.monotonic()

    with pytest.raises(BadInput) as refused:
        read_docx(data, "theirs.docx")

    assert told in str(refused.value)
    assert "\n" not in str(refused.value)
    assert str(refused.value).startswith("theirs.docx")
    assert time.monotonic() - start < 5


def test_files_garbled_anywhere_are_read_or_refused_and_nothing_else() -> None:
    import random

    chance = random.Random(5)
    data = with_body(p("Some words of a paper.") * 20)
    for _ in range(400):
        mutated = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            mutated[chance.randrange(len(mutated))] = chance.randrange(256)
        try:
            read_docx(bytes(mutated), "theirs.docx")
        except BadInput as refused:
            assert "\n" not in str(refused)
