"""One change as it was said, and what it makes of the words of a unit."""

from dataclasses import dataclass
from enum import StrEnum

from draftwg.hygiene import shorten
from draftwg.redline.edits import insert_after, insert_before, replace_words
from draftwg.redline.finding import occurrences


class Does(StrEnum):
    """What is to be done with the words."""

    REPLACE = "replace"
    AFTER = "insert after"
    BEFORE = "insert before"
    DELETE = "delete"
    START = "add at the start"
    END = "add at the end"
    WHOLE = "read"
    DELETE_UNIT = "delete the unit"
    NEW_UNIT = "new unit"


@dataclass(frozen=True, slots=True)
class Spoken:
    """One change. `unit` is the label that was said ("" = the unit before the room; of a new unit, the one before it),
    `old` the words in the text, `new` those to come, `which` says which of several places of `old` is meant (1 = the
    first, -1 = the last, 0 = there is one only), `everywhere` that all are.
    """

    does: Does
    unit: str = ""
    old: str = ""
    new: str = ""
    which: int = 0
    everywhere: bool = False


def told(spoken: Spoken) -> str:
    """The change in words: “replace “should” by “shall””."""
    old, new = (f"“{shorten(words, 60)}”" for words in (spoken.old, spoken.new))
    where = " everywhere" if spoken.everywhere else ""
    return {
        Does.REPLACE: f"replace {old} by {new}{where}",
        Does.DELETE: f"delete {old}{where}",
        Does.AFTER: f"after {old} insert {new}",
        Does.BEFORE: f"before {old} insert {new}",
        Does.START: f"at the start add {new}",
        Does.END: f"at the end add {new}",
        Does.WHOLE: f"to read {new}",
        Does.DELETE_UNIT: "delete the whole",
        Does.NEW_UNIT: f"new: {new}",
    }[spoken.does]


def places(words: str, old: str) -> list[tuple[int, int]]:
    """Where `old` stands in `words`: as it is written or, where it nowhere does, without regard to capitals."""
    found = occurrences(words, old)
    if found or len(words.lower()) != len(words):
        return found
    return occurrences(words.lower(), old.lower())


def applied(spoken: Spoken, words: str, place: tuple[int, int] | None = None) -> str:
    """`words` with the change made in them; `place` is where the old words that are meant stand.

    ValueError, in one line, where the old words are not in the text, or are there more than once and it is not known
    which are meant. A new unit changes no words; the deletion of a unit leaves none.
    """
    match spoken.does:
        case Does.WHOLE:
            return spoken.new
        case Does.DELETE_UNIT:
            return ""
        case Does.NEW_UNIT:
            return words
        case Does.END:
            return _at_the_end(words, spoken.new)
        case Does.START:
            return insert_before(words, words.split()[0], spoken.new) if words.split()[1:] else f"{spoken.new} {words}"
    found = places(words, spoken.old)
    if spoken.everywhere and len(found) > 1:
        for one in reversed(found):
            words = _changed(spoken, words, one)
        return words
    if place is None and spoken.which and found:
        if spoken.which > len(found):
            times = "once" if len(found) == 1 else f"{len(found)} times"
            raise ValueError(f"“{spoken.old}” stands only {times} in this text")
        place = found[spoken.which - 1 if spoken.which > 0 else -1]
    if place is None and len(found) == 1:
        place = found[0]
    return _changed(spoken, words, place)


def _changed(spoken: Spoken, words: str, place: tuple[int, int] | None) -> str:
    if spoken.does is Does.AFTER:
        return insert_after(words, spoken.old, spoken.new, place)
    if spoken.does is Does.BEFORE:
        return insert_before(words, spoken.old, spoken.new, place)
    new = spoken.new if spoken.does is Does.REPLACE else ""
    if place and new and spoken.old[:1].islower() and words[place[0]].isupper():
        new = new[0].upper() + new[1:]  # the words were named without the capital that they have at the start
    return replace_words(words, spoken.old, new, place)


def _at_the_end(words: str, new: str) -> str:
    """New words go before the last full stop, a new sentence behind it."""
    bare = words.rstrip()
    if bare[-1:] not in ".;" or not new:
        return f"{bare} {new}".strip()
    if new[:1].isupper():
        return f"{bare} {new}" + ("" if new[-1:] in ".;:!?" else bare[-1])
    gap = "" if new[:1] in ",;:" else " "
    return f"{bare[:-1]}{gap}{new.rstrip('.;')}{bare[-1]}"
