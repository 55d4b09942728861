"""Words with marks in them: CriticMarkup (criticmarkup.com), and the spans that pandoc writes for tracked changes."""

import re
from collections.abc import Iterator

from draftwg.formats.escape import unescape
from draftwg.formats.receiving.pieces import Mark

SIGNS = re.compile(
    r"\{\+\+(?P<ins>.*?)(?<!\\)\+\+\}|\{--(?P<del>.*?)(?<!\\)--\}|\{~~(?P<old>.*?)~>(?P<new>.*?)(?<!\\)~~\}"
    r"|\{>>(?P<note>.*?)<<\}|\{==(?P<shown>.*?)==\}"
    r"|\[-(?P<wdel>[^\[\]]*?)-\]|\{\+(?P<wins>[^{}]*?)\+\}",
    re.DOTALL,
)
"""A change, a comment or a highlight; the last two are the signs of wdiff, in which our plain redlines are written."""
SPAN = re.compile(r"\[(?P<words>(?:[^\[\]\\]|\\.)*)\]\{\.(?P<kind>insertion|deletion)(?P<facts>[^{}]*)\}", re.DOTALL)
_END = re.compile(r"\[\]\{\.paragraph-(?P<kind>insertion|deletion)(?P<facts>[^{}]*)\}")
_COMMENT = re.compile(r"\[(?P<words>[^\[\]]*)\]\{\.comment-start[^{}]*\}|\[\]\{\.comment-end[^{}]*\}")
_FACT = re.compile(r"(author|date)=\"([^\"]*)\"")
_AMENDMENT = re.compile(r",\s*[A-Z]{1,4}-?\d{1,5}[a-z]?(?:\s+\w+)?$")


def is_marked(words: str) -> bool:
    """Whether there is any mark in these words."""
    return bool(SPAN.search(words) or any(found["note"] is None and found["shown"] is None
                                          for found in SIGNS.finditer(words)))  # fmt: skip


def marks_of(words: str) -> tuple[tuple[Mark, ...], Mark]:
    """The words of a paragraph with their marks, and the mark of its end."""
    end = Mark("=", "\n")
    words = _COMMENT.sub("", words)
    found = _END.search(words)
    if found:
        facts = dict(_FACT.findall(found["facts"]))
        op = "+" if found["kind"] == "insertion" else "-"
        end = Mark("+" if op == "+" else "-", "\n", facts.get("author", ""), facts.get("date", ""))
        words = _END.sub("", words)
    return tuple(mark for mark in _spans(words) if mark.text), end


def _spans(words: str) -> Iterator[Mark]:
    at = 0
    for found in SPAN.finditer(words):
        yield from _signs(words[at : found.start()])
        facts = dict(_FACT.findall(found["facts"]))
        op = "+" if found["kind"] == "insertion" else "-"
        yield Mark("+" if op == "+" else "-", unescape(found["words"]), facts.get("author", ""), facts.get("date", ""))
        at = found.end()
    yield from _signs(words[at:])


def _signs(words: str) -> list[Mark]:
    out: list[Mark] = []
    at = 0
    for found in SIGNS.finditer(words):
        out.append(Mark("=", unescape(words[at : found.start()])))
        at = found.end()
        if found["note"] is not None:
            _credit(out, clean_name(found["note"]))
            continue
        for name, op in (("del", "-"), ("wdel", "-"), ("old", "-"), ("ins", "+"), ("wins", "+"), ("new", "+")):
            if found[name] is not None:
                said = unescape(found[name]).replace("¶", "\n")
                out.append(Mark("-" if op == "-" else "+", said))
        if found["shown"] is not None:
            out.append(Mark("=", unescape(found["shown"])))
    out.append(Mark("=", unescape(words[at:])))
    return out


def _credit(marks: list[Mark], who: str) -> None:
    """A comment names who made the changes right before it, back to the last words that stay or have a name."""
    for place in range(len(marks) - 1, -1, -1):
        mark = marks[place]
        if mark.op == "=" and not mark.text:
            continue
        if mark.op == "=" or mark.author:
            break
        marks[place] = Mark(mark.op, mark.text, who)


def clean_name(note: str) -> str:
    """The name in a comment: "Mexico, A-2" is Mexico."""
    return _AMENDMENT.sub("", unescape(note).strip()).strip()
