"""The one form that every file takes which a delegation sends: paragraphs of words that stay, go or come."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Op = Literal["=", "-", "+"]
_PLACES = re.compile(r"(?P<noun>[a-z]+?)s? (?P<start>\d+)(?: to (?P<end>\d+))?")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that stay ("="), go ("-") or come ("+"), with who marked them so and when, as the file has it.

    `move` is set where they go or come as a part of a move; `struck` names who takes out again what `author` puts in;
    `look` is set for words that only look inserted (bold, underlined), which the text has to confirm.
    """

    op: Op
    text: str
    author: str = ""
    date: str = ""
    move: str = ""
    struck: str = ""
    look: Literal["", "bold", "underline"] = ""


END = Mark("=", "\n")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: its words, the mark of its end, where it stands ("paragraph 3"), and its list number ("7.").

    `aside` is set for a line of our own papers that tells of the text and is no part of it.
    """

    marks: tuple[Mark, ...]
    end: Mark = END
    where: str = ""
    number: str = ""
    aside: bool = False

    @property
    def old(self) -> str:
        """The words before all changes."""
        return "".join(mark.text for mark in self.marks if mark.op != "+")

    @property
    def all(self) -> str:
        """All words, those that go and those that come."""
        return "".join(mark.text for mark in self.marks)

    @property
    def marked(self) -> bool:
        """Whether anything in it is marked."""
        return self.end.op != "=" or any(mark.op != "=" for mark in self.marks)

    def without(self, count: int) -> "Passage":
        """The passage without the first `count` characters of its old words."""
        left, kept = count, []
        for mark in self.marks:
            if mark.op != "+" and left:
                cut = min(left, len(mark.text))
                left -= cut
                mark = replace(mark, text=mark.text[cut:])
            if mark.text:
                kept.append(mark)
        return replace(self, marks=tuple(kept))


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table with two columns or more: the text on the left, what is wanted on the right."""

    left: tuple[Passage, ...]
    right: tuple[Passage, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Row:
    """An amendment of a list that draftwg wrote: its fields as they stand there."""

    fields: dict[str, Any]
    where: str


@dataclass(frozen=True, slots=True)
class Submission:
    """A file: its name, what kind it is in words, its parts in order, whether its changes are marked, and remarks."""

    name: str
    kind: str
    body: tuple[Passage | TableRow | Row, ...]
    tracked: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What one piece of a file wants.

    `kind`: "words" (a unit to read `new` where the file had `old`), "delete", "new" (a unit behind `after`), "move",
    "heading" (of the section `unit`), "said" (an instruction in `new`), "row" (`fields`), "same" (nothing changes),
    "none" (not understood: `why`). `unit` is an id, `label` what the file calls it; `fit` is how well the old words
    are those of a unit; `whole` is the unit with the changes of all authors, where the file marks them.
    """

    kind: str
    where: str
    unit: str = ""
    label: str = ""
    old: str = ""
    new: str = ""
    author: str = ""
    date: str = ""
    after: str = ""
    why: str = ""
    fit: float = 1.0
    whole: str = ""
    fields: dict[str, Any] = field(default_factory=dict)


def span(places: Iterable[str]) -> str:
    """Several places in words: "paragraphs 3 to 5"."""
    listed = list(dict.fromkeys(filter(None, places)))
    if len(listed) < 2:
        return "".join(listed)
    first, last = (_PLACES.fullmatch(place) for place in (listed[0], listed[-1]))
    if first and last and first["noun"] == last["noun"]:
        return f"{first['noun']}s {first['start']} to {last['end'] or last['start']}"
    return f"{listed[0]} to {listed[-1]}"
