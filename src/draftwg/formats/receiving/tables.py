"""Rows of a table with the text on the left and what is wanted on the right, as delegations send them."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from draftwg.formats.receiving.aligning import Base, label_of, likeness
from draftwg.formats.receiving.bracketed import bracket_wishes
from draftwg.formats.receiving.pieces import Mark, Passage, TableRow, Wish
from draftwg.formats.receiving.sentences import instructions
from draftwg.formats.receiving.views import tidy
from draftwg.hygiene import clean_text
from draftwg.model.delegation import name_key
from draftwg.model.text import Unit

_HEADS = re.compile(
    r"(?:no\.?|number|text|current text|original text|draft text|proposals?|amendments?|proposed (?:text|amendments?)|"
    r"comments?|suggested (?:text|changes?|amendments?)|changes?|recommendation|rationale)(?:\s+by\s+.*)?",
    re.IGNORECASE,
)
_LEAD = re.compile(r"(?P<names>[^:]{2,200}?)(?:,\s*[A-Z]{1,4}-?\d{1,5}[a-z]?)?\s*(?::\s*(?P<rest>.*))?", re.DOTALL)
_GONE = re.compile(
    r"(?:to\s+be\s+)?(?:delete|deleted|remove|omit|strike)(?:\s+(?:it|all|this|the\s+\w+))?\W*", re.IGNORECASE
)
_ALIKE = 0.4


def row_wishes(row: TableRow, base: Base, names: Sequence[str]) -> list[Wish] | None:
    """What a row wants; None where its left side is no unit, and the row is to be read paragraph by paragraph."""
    left = [one.old.strip() for one in row.left if one.old.strip()]
    right = [one for one in row.right if one.all.strip()]
    if any(one.marked for one in row.left):
        return None
    heads = [*left, *(one.all.strip() for one in right)]
    if heads and all(_HEADS.fullmatch(one) for one in heads):
        return [Wish("same", row.where, old=" | ".join(heads), why="The head of the table.")]
    unit = _unit(row, base)
    if unit is None:
        return None
    if not right:
        return [Wish("same", row.where, unit=unit.id, label=unit.label, old="\n".join(left))]
    known = {name_key(name): name for name in names}
    return list(_right(row.where, right, unit, base, known))


def _unit(row: TableRow, base: Base) -> Unit | None:
    spots = [spot for spot in base.align(row.left) if spot.kind in ("label", "words")]
    if spots:
        return base.text.unit(spots[0].key)
    for passage in row.left:
        label = label_of(f"{passage.number} {passage.old.strip()}".strip())[0] or passage.old.strip().rstrip(".")
        if label.casefold() in base.labels:
            return base.labels[label.casefold()]
    return None


def _right(where: str, right: Sequence[Passage], unit: Unit, base: Base, known: dict[str, str]) -> Iterator[Wish]:
    """The proposals of a cell: each begins with a name that is known, or there is one without a name."""
    groups: list[tuple[str, str, list[Passage]]] = []
    for passage in right:
        author, rest = _lead(passage.all, known)
        if author:
            groups.append((author, rest, []))
        elif groups:
            groups[-1][2].append(passage)
        else:
            groups.append(("", "", [passage]))
    for author, said, passages in groups:
        yield from _proposal(where, author, said, passages, unit, base, list(known.values()))


def _lead(words: str, known: dict[str, str]) -> tuple[str, str]:
    found = _LEAD.fullmatch(words.strip())
    if found is None:
        return "", words
    first = re.split(r",\s*|\s+and\s+", found["names"])[0]
    name = known.get(name_key(found["names"])) or known.get(name_key(first)) or ""
    return (name, found["rest"] or "") if name else ("", words)


def _proposal(
    where: str, author: str, said: str, passages: list[Passage], unit: Unit, base: Base, names: list[str]
) -> Iterator[Wish]:
    facts: dict[str, Any] = {"unit": unit.id, "label": unit.label, "author": author}
    if not passages:
        if not said:
            yield Wish("none", where, unit=unit.id, label=unit.label, old=author, why="A name, and nothing proposed.")
            return
        passages = [Passage((Mark("=", said),), where=where)]
    looks = any(mark.look or mark.op != "=" for one in passages for mark in one.marks)
    if looks:
        old, new = _looked(passages)
        new = tidy(new, unit.text)
        old = tidy(old, unit.text)
        if not old.strip() and new.strip() and not _alike(new, unit.text):
            old, looks = "", False
        elif old != new:
            if not old.strip() or _alike(old, unit.text):
                yield Wish("words" if new.strip() else "delete", where, old=old or unit.text, new=new, **facts)
                return
            looks = False
    words = clean_text("\n".join(one.all for one in passages))
    named = bracket_wishes(words, unit, where, names)
    if named:
        yield from named
        return
    if _GONE.fullmatch(words):
        yield Wish("delete", where, old=unit.text, **facts)
        return
    found = [wish for one in passages for wish in instructions(one.all.strip(), where, base, unit.label)]
    if any(wish.kind == "said" for wish in found):
        for wish in found:
            yield Wish(wish.kind, where, old=wish.old, new=wish.new, why=wish.why, **facts)
        return
    _, bare = label_of(words)
    for candidate in (words, bare):
        if candidate and _alike(candidate, unit.text):
            kind = "same" if candidate == clean_text(unit.text) else "words"
            yield Wish(kind, where, old=unit.text, new=candidate, **facts)
            return
    yield Wish("none", where, old=words, why="It is neither the unit in other words nor a change that is understood.",
               **facts)  # fmt: skip


def _looked(passages: Sequence[Passage]) -> tuple[str, str]:
    """The words without and with what is struck, underlined or bold."""
    marks = [list(one.marks) for one in passages]

    def new(mark: Mark) -> bool:
        return mark.op == "+" or bool(mark.look)

    old = "\n".join("".join(mark.text for mark in line if not new(mark)) for line in marks)
    after = "\n".join("".join(mark.text for mark in line if mark.op != "-") for line in marks)
    return clean_text(old), clean_text(after)


def _alike(one: str, two: str) -> bool:
    return likeness(one, two) >= _ALIKE
