"""The words of a unit as each author wants them, out of one row of marks."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from draftwg.formats.receiving.aligning import Spot
from draftwg.formats.receiving.pieces import END, Mark, Passage
from draftwg.hygiene import clean_text

Who = Callable[[str], str]
"""The delegation that an author of the file stands for; the author's name itself where it is none."""

_NOTE = re.compile(r"\[\^([^\]]+)\]")


def stream(listed: Iterable[tuple[Passage, bool, Spot]]) -> list[Mark]:
    """All words of a unit as one row of marks, ends of paragraphs among them."""
    out: list[Mark] = []
    held: Mark | None = None
    for passage, new, _ in listed:
        if new:
            first = passage.marks[0]
            end = Mark("+", "\n", first.author, first.date, first.move)
            if held is not None and held.op == "=":
                out += [end, *passage.marks]  # the end that comes stands in front of the words that come
            else:
                out += [*([held] if held else []), *passage.marks, end]
                held = None
            continue
        if held is not None:
            out.append(held)
        out += passage.marks
        held = passage.end if passage.end.op != "+" else END
    return out


def tidy(words: str, like: str) -> str:
    """The words without the blanks that changes leave behind: two in a row, or one before a comma.

    Where the text `like` has such, they stay.
    """
    words = clean_text(words)
    if "  " not in like:
        words = re.sub(" {2,}", " ", words)
    if not re.search(r" [,.;]", like):
        words = re.sub(r" +(?=[,.;](?:\s|$))", "", words)
    return clean_text(words)


def view(marks: Iterable[Mark], author: str, who: Who) -> str:
    """The words as this author wants them: others' changes are left aside."""
    return "".join(mark.text for mark in marks if mark.op == "=" or (mark.op == "+") == (who(mark.author) == author))


def views(marks: list[Mark], author: str, who: Who, each: bool) -> Iterator[str]:
    """The words with all changes of an author, or once for each of them."""
    if not each:
        yield view(marks, author, who)
        return
    own = [mark.op != "=" and who(mark.author) == author for mark in marks]
    groups = [list(group) for mine, group in groupby(range(len(marks)), key=lambda place: own[place]) if mine]
    for group in groups:
        chosen = set(group)
        yield "".join(
            mark.text for place, mark in enumerate(marks) if mark.op == "=" or (mark.op == "+") == (place in chosen)
        )


def makers(passages: Iterable[Passage], who: Who) -> list[tuple[str, str]]:
    """Who changes anything in these passages, with the date of the latest change of each."""
    found: dict[str, str] = {}
    for passage in passages:
        for mark in (*passage.marks, passage.end):
            if mark.op != "=":
                author = who(mark.author)
                found[author] = max(found.get(author, ""), mark.date)
    return list(found.items())


def maker(passage: Passage) -> tuple[str, str, str]:
    """Who brought this passage, when, and the name of the move, of its first words."""
    first = passage.marks[0]
    return first.author, first.date, first.move


def calls(marks: Iterable[Mark], words: str) -> dict[str, str]:
    """How the footnotes of a unit are called in the file, and how in the text: paired in order."""
    there = list(dict.fromkeys(_NOTE.findall("".join(mark.text for mark in marks if mark.op != "+"))))
    here = list(dict.fromkeys(_NOTE.findall(words)))
    return dict(zip(there, here, strict=False)) if len(there) == len(here) else {}


def renamed(words: str, names: dict[str, str]) -> str:
    """The words with their footnotes called as the text calls them."""
    return _NOTE.sub(lambda found: f"[^{names.get(found[1], found[1])}]", words) if names else words
