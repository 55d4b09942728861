"""Words with marks in them: CriticMarkup (criticmarkup.com), and the spans that pandoc writes for tracked changes."""

import re
from collections.abc import Iterator

from draftwg.formats.escape import unescape
from draftwg.formats.receiving.pieces import Mark

_CLOSED = {"{++": "++}", "{--": "--}", "{~~": "~~}", "{>>": "<<}", "{==": "==}", "[-": "-]", "{+": "+}"}
"""What closes a change, a comment or a highlight; the last two are the signs of wdiff, in which our plain redlines are
written."""
_OPENS = re.compile(r"\{(?:\+\+|--|~~|>>|==|\+(?!\+))|\[-")
_WITHIN = {"[-": "[]", "{+": "{}"}
SPAN = re.compile(r"\[(?P<words>(?:[^\[\]\\]|\\.)*)\]\{\.(?P<kind>insertion|deletion)(?P<facts>[^{}]*)\}", re.DOTALL)
_END = re.compile(r"\[\]\{\.paragraph-(?P<kind>insertion|deletion)(?P<facts>[^{}]*)\}")
_COMMENT = re.compile(r"\[(?P<words>[^\[\]]*)\]\{\.comment-start[^{}]*\}|\[\]\{\.comment-end[^{}]*\}")
_FACT = re.compile(r"(author|date)=\"([^\"]*)\"")
_AMENDMENT = re.compile(r",\s*[A-Z]{1,4}-?\d{1,5}[a-z]?(?:\s+\w+)?$")


def signs(words: str) -> Iterator[tuple[int, int, str, str]]:
    """The marks in these words: where each begins and ends, its opening sign, and what stands in it."""
    at, gone = 0, set[str]()
    while found := _OPENS.search(words, at):
        sign, start = found[0], found.end()
        at = start
        if sign in gone:
            continue
        end = words.find(_CLOSED[sign], start)
        while end > 0 and words[end - 1] == "\\":
            end = words.find(_CLOSED[sign], end + 1)
        if end < 0:
            gone.add(sign)  # nothing closes it from here on
            continue
        inner = words[start:end]
        if any(one in inner for one in _WITHIN.get(sign, "")) or (sign == "{~~" and "~>" not in inner):
            continue
        at = end + len(_CLOSED[sign])
        yield found.start(), at, sign, inner


def is_marked(words: str) -> bool:
    """Whether there is any mark in these words."""
    return bool(SPAN.search(words)) or any(sign not in ("{>>", "{==") for _, _, sign, _ in signs(words))


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
    for start, end, sign, inner in signs(words):
        out.append(Mark("=", unescape(words[at:start])))
        at = end
        if sign == "{>>":
            _credit(out, clean_name(inner))
        elif sign == "{==":
            out.append(Mark("=", unescape(inner)))
        elif sign == "{~~":
            old, _, new = inner.partition("~>")
            out += [Mark("-", _said(old)), Mark("+", _said(new))]
        else:
            out.append(Mark("+" if "+" in sign else "-", _said(inner)))
    out.append(Mark("=", unescape(words[at:])))
    return out


def _said(words: str) -> str:
    return unescape(words).replace("¶", "\n")


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
