"""Reading what a delegation sent, by what it holds and never by its name."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from itertools import islice
from typing import Any

from draftwg.errors import BadInput
from draftwg.formats.blocks import begins_part, unwrapped
from draftwg.formats.decode import decode, refuse_other_kinds
from draftwg.formats.docx.reader import LONGEST_PARAGRAPH, MOST_PARAGRAPHS, MOST_TEXT
from draftwg.formats.escape import unescape
from draftwg.formats.headings import is_final, starts_low, unit_heading
from draftwg.formats.receiving.critic import credit_of, is_marked, marks_of, named_back, signs
from draftwg.formats.receiving.pieces import END, Mark, Passage, Row, Submission, TableRow, span
from draftwg.hygiene import clean

LARGEST = 10 * 1024 * 1024
MOST_ROWS = 5_000
_BROKEN = 60  # characters from which a line may have been broken by a mailer

_HEADING = re.compile(r"#{1,6}\s+(?P<words>.*?)(?:\s+#+)?(?:\s*\{[^{}]*\})?\s*")
_HEADERS = re.compile(rb"(?:[A-Za-z][A-Za-z-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\r?\n")
_MAIL = re.compile(rb"^(?:From|To|Subject|Date|Message-ID|MIME-Version):", re.IGNORECASE | re.MULTILINE)
_PARTS = (  # what parts within parts begin with, parts, and lines of their heads; and how many a message may have
    (re.compile(rb"^Content-Type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE), 20),
    (re.compile(rb"^--\S", re.MULTILINE), 1_000),
    (re.compile(rb"^[A-Za-z-]{1,40}:", re.MULTILINE), 10_000),
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ITEM = re.compile(r"[-*] (?:\*\*)?(?P<who>Proposal|[^:*]{1,200}, [A-Z]{1,4}-?\d{1,5}[a-z]?)(?:\*\*)?: .*")
_KIND_NOTE = re.compile(r"\s\((?:new|inserted|deleted|moved|changed)\)$")


def read_submission(data: bytes, name: str) -> Submission:
    """The submission in these bytes; `name` is for messages. BadInput where it cannot or may not be read."""
    if len(data) > LARGEST:
        raise BadInput(f"{name} is larger than 10 MiB.", "Take out pictures and what is not text.")
    if not data.strip():
        raise BadInput(f"{name} is empty.", "Ask its sender for it again.")
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0" or data[:5] == b"{\\rtf":
        from draftwg.formats.receiving.word import read_word

        return read_word(data, name)
    refuse_other_kinds(data, name)
    mail = _mail(data, name)
    if mail is not None:
        data = mail
    words, warnings = decode(data, name)
    if words.lstrip("\ufeff \t\r\n")[:1] == "{":
        found = _json(words, name)
        if found is not None:
            return found
    _limits(words, name)
    marked = is_marked(words)
    kind = "e-mail" if mail is not None else "text with CriticMarkup" if marked else "text"
    passages = list(_passages(words, marked))
    body = _rows(named_back(passages)) if marked else passages
    return Submission(name, kind, tuple(body), marked, warnings)


def _mail(data: bytes, name: str) -> bytes | None:
    """The plain text of a message that was saved with its headers; None where it is no such message. BadInput where it
    has more parts within parts than any mailer makes."""
    head = data.lstrip()[:20_000].replace(b"\r\n", b"\n")
    found = _HEADERS.match(head)
    if found is None or len(_MAIL.findall(found[0])) < 2:
        return None
    for sign, most in _PARTS:
        if len(list(islice(sign.finditer(data), most + 1))) > most:
            raise BadInput(f"{name} is a message of too many parts.", "Ask for its words as plain text.")
    message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(data.lstrip())
    try:
        body = message.get_body(("plain",))
        words = body.get_content() if body is not None else ""
    except (LookupError, ValueError, AttributeError, RecursionError):
        return None
    return str(words).encode("utf-8", "replace")


def _limits(words: str, name: str) -> None:
    if len(words) > MOST_TEXT:
        raise BadInput(f"{name} holds more text than a paper does.", "Take the part that matters.")
    lines = words.splitlines()
    if max(map(len, lines), default=0) > LONGEST_PARAGRAPH:
        raise BadInput(f"{name} has a line that is longer than any paragraph.", "Take the part that matters.")
    if sum(1 for line in lines if line.strip()) > MOST_PARAGRAPHS:
        raise BadInput(f"{name} has more than {MOST_PARAGRAPHS:,} lines.", "Take the part that matters.")


def _passages(words: str, marked: bool) -> Iterator[Passage]:
    words = clean(_COMMENT.sub("", words))
    markdown = bool(re.search(r"^#{1,6} \S", words, re.MULTILINE))
    if marked:
        words = _in_line(words)
    lines = _joined(words) if markdown else words.split("\n") if marked else _mended(unwrapped(words))
    number = 0
    for line in lines:
        aside = marked and line.startswith("    ") and credit_of(line) is not None
        line = line.strip()
        if not line:
            continue
        number += 1
        where = f"paragraph {number}"
        heading = _HEADING.fullmatch(line)
        if heading:
            line = heading["words"]
        line = _KIND_NOTE.sub("", line) if marked else line
        if aside:
            yield Passage((Mark("=", line),), END, where, aside=True)
        elif marked:
            marks, end = marks_of(line)
            yield from _cut(marks, end, where)
        else:
            yield Passage((Mark("=", unescape(line) if markdown else line),), END, where)


def _rows(passages: Sequence[Passage]) -> Iterator[Passage | TableRow]:
    """The passages, in which the items of our tables in Markdown and plain text ("* Mexico, A-3: to insert …", and
    below it the words with marks) are rows of a table under the label of their unit."""
    label: Passage | None = None
    place = 0
    while place < len(passages):
        now = passages[place]
        found = None if now.marked else _ITEM.fullmatch(now.old)
        below = passages[place + 1] if place + 1 < len(passages) else None
        if found is None or label is None or below is None or not below.marked:
            label = now if not now.marked and unit_heading(now.old) is not None else label
            yield now
            place += 1
            continue
        last = place + 1
        while last + 1 < len(passages) and passages[last + 1].where == below.where:
            last += 1  # the line was cut where ends of paragraphs come or go
        own = [mark for one in passages[place + 1 : last] for mark in (*one.marks, one.end)]
        marks = tuple(replace(mark, text=mark.text.replace("¶", "\n")) for mark in (*own, *passages[last].marks))
        lead = Passage((Mark("=", f"{found['who']}: "),), END, now.where)
        words = Passage(marks, END, below.where)
        right = (words,) if found["who"] == "Proposal" else (lead, words)
        yield TableRow((label,), right, span([now.where, below.where]))
        place = last + 1


def _in_line(words: str) -> str:
    """The words with every mark on one line: an end of a paragraph in it becomes its sign."""
    parts, at = [], 0
    for start, end, _, _ in signs(words):
        parts += [words[at:start], words[start:end].replace("\n", "¶")]
        at = end
    return "".join([*parts, words[at:]])


def _cut(marks: Iterable[Mark], end: Mark, where: str) -> Iterator[Passage]:
    """The passages of a line in which ends of paragraphs may come or go."""
    line: list[Mark] = []
    for mark in marks:
        *ended, rest = mark.text.split("\n") if mark.op != "=" else [mark.text]
        for part in ended:
            line += [replace(mark, text=part)] if part else []
            yield Passage(tuple(line), replace(mark, text="\n"), where)
            line = []
        line += [replace(mark, text=rest)] if rest else []
    yield Passage(tuple(line), end, where)


def _mended(words: str) -> Iterator[str]:
    """The lines, those joined that a mailer broke: a long line that ends in no sign, and what follows it."""
    held = ""
    for line in words.split("\n"):
        line = line.strip()
        open_ended = len(held) >= _BROKEN and not is_final(held)
        if held and line and open_ended and (starts_low(line) or not begins_part(line)):
            held = f"{held} {line}"
            continue
        yield held
        held = line
    yield held


def _joined(words: str) -> Iterator[str]:
    """Paragraphs of Markdown: lines that no blank line parts are one, headings apart."""
    held: list[str] = []
    for line in [*words.split("\n"), ""]:
        if not line.strip() or line.startswith("#"):
            if held:
                yield " ".join(part.strip() for part in held)
            held = []
            if line.strip():
                yield line
        else:
            held.append(line)


def _json(words: str, name: str) -> Submission | None:
    """What draftwg itself exported; None where this is no JSON at all."""
    try:
        told = json.loads(words)
    except ValueError:
        return None
    except RecursionError:
        raise BadInput(f"{name} is nested too deeply to be read.", "Export it again.") from None
    form = told.get("format") if isinstance(told, dict) else None
    if form == "draftwg amendments":
        listed = told.get("amendments")
        if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
            raise _broken(name)
        if len(listed) > MOST_ROWS:
            raise BadInput(f"{name} lists more than {MOST_ROWS:,} amendments.", "Take the part that matters.")
        rows = (Row(_checked(row, name), f"amendment {place}") for place, row in enumerate(listed, 1))
        return Submission(name, "list of amendments", tuple(rows), True)
    if form == "draftwg redline":
        return Submission(name, "redline of draftwg", tuple(_redline(told, name)), True)
    raise BadInput(f"{name} is JSON, but no list of amendments and no redline of draftwg.", "Export one of the two.")


def _checked(row: dict[str, Any], name: str) -> dict[str, Any]:
    """The row, its words cleaned. BadInput where a field is of the wrong type."""
    out: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, str) and len(value) <= LONGEST_PARAGRAPH:
            out[key] = clean(value)
        elif isinstance(value, list) and all(isinstance(one, str) for one in value) and len(value) <= 1000:
            out[key] = [clean(one)[:LONGEST_PARAGRAPH] for one in value]
        elif value is None or isinstance(value, bool | int):
            out[key] = value
        else:
            raise _broken(name)
    for key in ("number", "unit", "kind", "by", "proposed", "base"):
        if not isinstance(out.get(key), str):
            raise _broken(name)
    return out


def _redline(told: dict[str, Any], name: str) -> Iterator[Passage]:
    try:
        credits = {str(key): (str(one["who"]), str(one["when"])) for key, one in told["credits"].items()}
        count = 0
        for section in told["sections"]:
            for unit in section["units"]:
                heading = clean(str(unit["heading"]))
                pieces = [(str(one["op"]), clean(str(one["text"])), str(one["credit"])) for one in unit["pieces"]]
                whole = {op for op, _, _ in pieces}
                ops = whole.pop() if len(whole) == 1 and unit["kind"] in ("inserted", "deleted") else "="
                who, when = credits.get(pieces[0][2], ("", "")) if pieces else ("", "")
                first = _mark(ops, heading, who, when)
                count += 1
                yield Passage((first,), _mark(ops, "\n", who, when), f"{heading}")
                line: list[Mark] = []
                for op, said, credit in pieces:
                    who, when = credits.get(credit, ("", ""))
                    *ended, rest = said.split("\n")
                    for part in ended:
                        line.append(_mark(op, part, who, when))
                        yield Passage(tuple(line), _mark(op, "\n", who, when), heading)
                        line = []
                    line.append(_mark(op, rest, who, when))
                yield Passage(tuple(line), _mark(ops, "\n", who, when), heading)
    except (KeyError, TypeError, AttributeError, ValueError, IndexError):
        raise _broken(name) from None


def _mark(op: str, words: str, who: str, when: str) -> Mark:
    if op == "=":
        return Mark("=", words)
    if op not in ("+", "-"):
        raise ValueError(op)
    return Mark("+" if op == "+" else "-", words, who, when)


def _broken(name: str) -> BadInput:
    return BadInput(f"{name} is JSON of draftwg, but not as draftwg writes it.", "Export it again.")
