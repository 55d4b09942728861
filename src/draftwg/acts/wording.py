"""Changes of words: what a delegation says ("replace … by …") and how a change is told in words."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from draftwg.acts.base import Field, Request, quoted
from draftwg.errors import BadInput
from draftwg.model.amendment import Kind
from draftwg.redline.compare import compare
from draftwg.redline.edits import delete_words, insert_after, insert_before, replace_words

CHANGES = "An amendment adds to, deletes from or revises the text."


class Instruction:
    """The fields by which a request says a change; exactly one way is used."""

    REPLACE = Field("replace", "words", "words to be replaced; they stand exactly once in the unit")
    WITH = Field("with", "words", "the words to stand in their place")
    AFTER = Field("after", "words", "words behind which “insert” comes")
    BEFORE = Field("before", "words", "words before which “insert” comes")
    INSERT = Field("insert", "words", "words to be inserted")
    DELETE = Field("delete", "words", "words to be deleted")
    TEXT = Field("text", "words", "the whole unit as it shall read")
    SAY = Field("say", "words", "or all that in words, as it is said: replace should by shall")


@dataclass(frozen=True, slots=True)
class Changed:
    """A unit as it would read after the change, with the change in words."""

    text: str
    said: str


_BINDING = re.compile(r"\b(should|shall|may|must|will)\b", re.IGNORECASE)


def binding_changes(old: str, new: str) -> list[str]:
    """A remark where words that say how far a text binds (should, shall, may, must, will) give way to others, come or
    go: “shall” for “should” has nearly undone agreements.
    """
    if not old or not new:
        return []
    before = Counter(word.lower() for word in _BINDING.findall(old))
    after = Counter(word.lower() for word in _BINDING.findall(new))
    gone, come = list((before - after).elements()), list((after - before).elements())
    if gone and come:
        return [f"It turns “{gone[0]}” into “{come[0]}”."]
    if gone:
        return [f"It takes out “{gone[0]}”."]
    return [f"It puts in “{come[0]}”."] if come else []


class InWords(NamedTuple):
    """The kind of a change, and the change in words."""

    kind: Kind
    said: str


def read_instruction(request: Request, words: str) -> Changed:
    """What `words` become by the instruction in this request.

    BadInput where no way or more than one way is used, where the words to be changed do not stand exactly once, or
    where nothing would change.
    """
    ways = [name for name in ("replace", "insert", "delete", "text") if request.has(name)]
    if len(ways) != 1:
        what = "The change is missing" if not ways else f"The change is said twice, by “{ways[0]}” and “{ways[1]}”"
        raise BadInput(f"{what}.", "Say it by replace and with, after and insert, delete, or text.")
    try:
        text = _changed(request, words, ways[0])
    except ValueError as error:
        raise BadInput(str(error), rule="An amendment is to words that stand in the unit, and says which.") from None
    if text == words:
        raise BadInput("That changes nothing: the unit reads so already.", rule=CHANGES)
    said = change_in_words(words, text).said if ways[0] == "text" else _said(request, ways[0])
    return Changed(text, said)


def _said(request: Request, way: str) -> str:
    """The instruction as the delegation gave it."""
    words = quoted(request.words(way))
    if way == "replace":
        new = request.words("with")
        return f"to replace {words} by {quoted(new)}" if new else f"to delete {words}"
    if way == "delete":
        return f"to delete {words}"
    where = "after" if request.has("after") else "before"
    return f"to insert {words} {where} {quoted(request.words(where))}"


def _changed(request: Request, words: str, way: str) -> str:
    if way == "text":
        return request.words("text")
    if way == "delete":
        return delete_words(words, _given(request, "delete"))
    if way == "replace":
        return replace_words(words, _given(request, "replace"), request.words("with"))
    new = _given(request, "insert")
    if request.has("after") == request.has("before"):
        raise BadInput("“insert” needs “after” or “before”, one of them.")
    if request.has("after"):
        return insert_after(words, _given(request, "after"), new)
    return insert_before(words, _given(request, "before"), new)


def _given(request: Request, name: str) -> str:
    words = request.words(name)
    if not words:
        raise BadInput(f"“{name}” is empty.")
    return words


def change_in_words(old: str, new: str) -> InWords:
    """A change of a unit's words, told as a delegation would: 'to replace "a" by "b"'."""
    if not new:
        return InWords(Kind.DELETE_UNIT, "to delete it")
    if not old:
        return InWords(Kind.NEW_UNIT, f"to read {quoted(new)}")
    if old == new:  # such as a sponsor who gives up its change in a common wording
        return InWords(Kind.REPLACEMENT, "to leave it as it is")
    spans = compare(old, new)
    changes: list[tuple[str, str, str]] = []  # words before it, words out, words in
    before = ""
    for span in spans:
        words = span.text
        if span.op == "=":
            before = words
        elif span.op == "+" and changes and not changes[-1][2] and before == "":
            changes[-1] = (changes[-1][0], changes[-1][1], words)
        else:
            changes.append((before, words if span.op == "-" else "", words if span.op == "+" else ""))
            before = ""
    if len(changes) > 1:
        kept = sum(len(span.text) for span in spans if span.op == "=")
        if kept < len(old) // 3:
            return InWords(Kind.REPLACEMENT, f"a new wording, {quoted(new)}")
        first = _told(*changes[0])
        more = "one more change" if len(changes) == 2 else f"{len(changes) - 1} more changes"
        return InWords(Kind.SUBSTITUTION, f"{first} and {more}")
    context, out, into = changes[0]
    kind = Kind.INSERTION if not out.strip() else Kind.DELETION if not into.strip() else Kind.SUBSTITUTION
    if out.strip() == old.strip():
        return InWords(Kind.REPLACEMENT, f"a new wording, {quoted(new)}")
    return InWords(kind, _told(context, out, into))


def _told(context: str, out: str, into: str) -> str:
    if not out.strip():
        last = context.split()[-3:]
        where = f" after {quoted(' '.join(last))}" if last else " at the beginning"
        return f"to insert {quoted(into)}{where}"
    if not into.strip():
        return f"to delete {quoted(out)}"
    return f"to replace {quoted(out)} by {quoted(into)}"
