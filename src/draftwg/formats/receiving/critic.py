"""Words with marks in them: CriticMarkup (criticmarkup.com), and the spans that pandoc writes for tracked changes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from draftwg.formats.escape import unescape
from draftwg.formats.receiving.pieces import Mark, Passage

_CLOSED = {"{++": "++}", "{--": "--}", "{~~": "~~}", "{>>": "<<}", "{==": "==}", "[-": "-]", "{+": "+}"}
"""What closes a change, a comment or a highlight; the last two are the signs of wdiff, in which our plain redlines are
written."""
_OPENS = re.compile(r"\{(?:\+\+|--|~~|>>|==|\+(?!\+))|\[-")
_WITHIN = {"[-": "[]", "{+": "{}"}
_CREDIT = re.compile(r"(?:[A-Z]{1,4}-?\d{1,5}[a-z]?\s{2}(?P<who>[^:]{1,200})|Secretariat)(?:: .*)?")
_MOST_CLOSES = 20
_MOST_LOOKED = 4_000_000  # characters in which brackets are counted, twice those of the longest file
_LONGEST = 60_000  # characters of a change in signs of wdiff, as of a unit with its changes
SPAN = re.compile(r"\[(?P<words>(?:[^\[\]\\]|\\.)*)\]\{\.(?P<kind>insertion|deletion)(?P<facts>[^{}]*)\}", re.DOTALL)
_END = re.compile(r"\[\]\{\.paragraph-(?P<kind>insertion|deletion)(?P<facts>[^{}]*)\}")
_COMMENT = re.compile(r"\[(?P<words>[^\[\]]*)\]\{\.comment-start[^{}]*\}|\[\]\{\.comment-end[^{}]*\}")
_FACT = re.compile(r"(author|date)=\"([^\"]*)\"")
_AMENDMENT = re.compile(r",\s*[A-Z]{1,4}-?\d{1,5}[a-z]?(?:\s+\w+)?$")


def signs(words: str) -> Iterator[tuple[int, int, str, str]]:
    """The marks in these words: where each begins and ends, its opening sign, and what stands in it."""
    at, gone, next_close, looked = 0, set[str](), dict[str, int](), 0
    while found := _OPENS.search(words, at):
        sign, start = found[0], found.end()
        at = start
        if sign in gone:
            continue
        end = next_close.get(sign, -1)
        if end < start:
            end = next_close[sign] = words.find(_CLOSED[sign], start)
        if end < 0:
            gone.add(sign)  # nothing closes it from here on
            continue
        if sign in _WITHIN:
            looked += min(end - start, _LONGEST)
            if looked > _MOST_LOOKED:
                continue
        end = _end(words, sign, start, end)
        if end < 0 and sign not in _WITHIN:
            gone.add(sign)
            continue
        inner = words[start:end]
        if end < 0 or (sign == "{~~" and "~>" not in inner):
            continue
        at = end + len(_CLOSED[sign])
        yield found.start(), at, sign, inner


def _end(words: str, sign: str, start: int, end: int) -> int:
    """Where the mark that opens with this sign closes: not behind a backslash, and, in the signs of wdiff, where the
    brackets in its words are in pairs; -1 for nowhere."""
    pair = _WITHIN.get(sign)
    if not pair:
        while end > 0 and words[end - 1] == "\\":
            end = words.find(_CLOSED[sign], end + 1)
        return end
    for _ in range(_MOST_CLOSES):
        if end < 0 or end - start > _LONGEST:
            return -1
        opened, closed = (words.count(one, start, end) for one in pair)
        if closed > opened:
            return -1
        if closed == opened and words[end - 1] != "\\" and _paired(words[start:end], pair):
            return end
        end = words.find(_CLOSED[sign], end + 1)
    return -1


def _paired(words: str, pair: str) -> bool:
    depth = 0
    for char in words:
        depth += (char == pair[0]) - (char == pair[1])
        if depth < 0:
            return False
    return depth == 0


def named_back(passages: Sequence[Passage]) -> list[Passage]:
    """The passages, in which a name stands once for a change over several paragraphs: in the comment behind the last
    one, or, in our plain redlines, alone in the line below the unit ("A-2  Mexico: to delete it")."""
    out = list(passages)
    below = ""
    for place in range(len(out) - 1, -1, -1):
        now = out[place]
        if not now.marks and now.end.op == "=":
            continue
        if now.aside:
            found = credit_of(now.old)
            several = any(0 <= near < len(out) and out[near].aside for near in (place - 1, place + 1))
            below = found if found and not several else ""
        if not now.marked:
            continue
        if below and not any(mark.author for mark in (*now.marks, now.end)):
            out[place] = _by(now, below, len(now.marks))
        first = out[place].marks[0] if out[place].marks else out[place].end
        back = next((at for at in range(place - 1, -1, -1) if out[at].marks or out[at].end.op != "="), -1)
        if back < 0 or first.op == "=" or not first.author or out[back].end.author:
            continue
        before = out[back]
        tail = 0
        for mark in reversed(before.marks):
            if mark.op == "=" or mark.author:
                break
            tail += 1
        whole = tail == len(before.marks) and all(mark.op == first.op for mark in before.marks)
        if before.end.op == first.op or (before.end.op == "=" and whole):
            out[back] = _by(before, first.author, tail)
    return out


def credit_of(line: str) -> str | None:
    """Who is named in a line that our plain redlines have below a unit ("A-2  Mexico: to delete it"); None for any
    other line."""
    found = _CREDIT.fullmatch(line.strip())
    return None if found is None else found["who"] or "Secretariat"


def _by(passage: Passage, author: str, tail: int) -> Passage:
    """The passage, its last marks and its end by this author."""
    kept = len(passage.marks) - tail
    marks = (*passage.marks[:kept], *(_own(mark, author) for mark in passage.marks[kept:]))
    return replace(passage, marks=marks, end=_own(passage.end, author))


def _own(mark: Mark, author: str) -> Mark:
    return mark if mark.op == "=" else replace(mark, author=author)


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
