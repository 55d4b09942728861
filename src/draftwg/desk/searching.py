"""Searching a whole meeting: the texts as they stand, words that are gone, amendments, versions, and acts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, TypeVar

from draftwg.desk.chronicle import Told
from draftwg.desk.questions import credit, outline
from draftwg.hygiene import one_line, shorten
from draftwg.model.amendment import Amendment
from draftwg.model.state import Change, State, names_in_words
from draftwg.model.text import Text, Unit
from draftwg.redline.exact import alike
from draftwg.redline.finding import level

SHOWN = 100
"""So many are told of each group; the others are only counted."""
_REMEMBERED = 64  # searches, the letters of a few words


class Group(StrEnum):
    """Where something was found."""

    TEXT = "In the text"
    GONE = "Gone from the text"
    AMENDMENTS = "Amendments"
    VERSIONS = "Versions"
    ACTS = "Acts"


class Hit(NamedTuple):
    """Something that was found: a name for it, the words in which it was found, what else is to be said.

    `text` and `unit` (its id) say where it is, `amendment` (its id), `version` (what `versions.at` knows) or `act` (its
    id) what it is; "" for what does not apply.
    """

    group: Group
    name: str
    words: str
    remark: str = ""
    text: str = ""
    unit: str = ""
    amendment: str = ""
    version: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found: the first hits of each group, and how many there are of each in all."""

    hits: tuple[Hit, ...]
    counts: dict[Group, int]

    def of(self, group: Group) -> tuple[Hit, ...]:
        """The hits of this group."""
        return tuple(hit for hit in self.hits if hit.group is group)


Looked = tuple[Sequence[tuple[Any, ...]], Callable[..., Hit]]
"""What was found, and what makes a hit of each."""
Item = TypeVar("Item")


class Finder:
    """A meeting, ready to be searched while one types: what is searched is put into one form of letters and quotes
    once, so that a search only looks.

    Words of the texts are found as a phrase, letter by letter; amendments and acts where they have all of the words.
    """

    def __init__(self, state: State, told: Sequence[Told] | None = None) -> None:
        self.state = state
        self._level = cache(level)
        self._units = [
            (text, unit, unit.label.casefold(), self._level(unit.text))
            for text in state.texts.values()
            for unit in _units(state, text)
        ]
        self._lives = [
            (text, unit, life, [self._level(change.text) for change in life])
            for text in state.texts.values()
            for unit in text.units
            if len(life := state.lives.get(unit.id, ())) > 1
        ]
        self._amendments = [(amendment, self._told(amendment)) for amendment in state.amendments.values()]
        frozen = [(version.symbol, version.status, version.text) for version in state.versions]
        frozen += [(snapshot.name, "snapshot", snapshot.text) for snapshot in state.snapshots]
        self._versions = [
            (name, kind, text, level(f"{name} {kind}"), [self._level(unit.text) for unit in text.standing])
            for name, kind, text in frozen
        ]
        self._acts: list[tuple[Told, str]] | None = None
        self._hits: dict[tuple[Group, str], Hit] = {}
        self._with: dict[str, list[tuple[Amendment, str]]] = {}
        self._acts_with: dict[str, list[tuple[Told, str]]] = {}
        if told is not None:
            self.learn(told)

    def learn(self, told: Iterable[Told]) -> None:
        """The acts of the meeting, which take longer to come by than the state."""
        self._acts = [(one, level(one.subject)) for one in told][::-1]
        self._acts_with.clear()

    @property
    def whole(self) -> bool:
        """Whether the acts are known too."""
        return self._acts is not None

    def find(self, words: str) -> Found:
        """Everything in which these words are; nothing for no words."""
        wanted = level(words.strip())
        hits: list[Hit] = []
        counts: dict[Group, int] = {}
        if wanted:
            looked = (
                (Group.TEXT, self._in_text(wanted)),
                (Group.GONE, self._gone(wanted)),
                (Group.AMENDMENTS, self._in_amendments(wanted)),
                (Group.VERSIONS, self._in_versions(wanted)),
                (Group.ACTS, self._in_acts(wanted)),
            )
            for group, (found, make) in looked:
                hits += [make(*one) for one in found[:SHOWN]]
                if found:
                    counts[group] = len(found)
        return Found(tuple(hits), counts)

    # What is found is made into a hit only where it is told, and once: there may be thousands.

    def _in_text(self, wanted: str) -> Looked:
        found = [(text, unit) for text, unit, label, words in self._units if wanted in words or wanted == label]
        return found, self._unit_hit

    def _unit_hit(self, text: Text, unit: Unit) -> Hit:
        status = str(self.state.status(unit))
        return Hit(Group.TEXT, self._name(text, unit.label), unit.text, status, text.name, unit.id)

    def _gone(self, wanted: str) -> Looked:
        found = []
        for text, unit, life, folded in self._lives:
            had = next((place for place in range(len(life) - 1, -1, -1) if wanted in folded[place]), -1)
            if had >= 0 and (had < len(life) - 1 or unit.deleted):
                found.append((text, unit, life[had], life[min(had + 1, len(life) - 1)]))
        return found, self._gone_hit

    def _gone_hit(self, text: Text, unit: Unit, had: Change, gone: Change) -> Hit:
        amendment = credit(self.state, gone.act)
        by = f"{amendment.number} of {names_in_words(amendment.names)}" if amendment else "the Secretariat"
        remark = f"until {gone.at[:16].replace('T', ' ')}, by {by}"
        return Hit(Group.GONE, self._name(text, unit.label), had.text, remark, text.name, unit.id, act=gone.act)

    def _in_amendments(self, wanted: str) -> Looked:
        return _narrowed(self._with, self._amendments, wanted), self._amendment_hit

    def _amendment_hit(self, one: Amendment, _: str) -> Hit:
        known = self._hits.get((Group.AMENDMENTS, one.id))
        if known is None:
            text = self.state.texts.get(one.text)
            unit = text.unit(one.unit) if text else None
            label = unit.label if unit else one.label or one.section
            name = f"{one.number} on {label}" if label else one.number
            remark = f"{one.state}, {names_in_words(one.names)}"
            known = Hit(Group.AMENDMENTS, name, one.said, remark, one.text, one.unit, one.id)
            self._hits[Group.AMENDMENTS, one.id] = known
        return known

    def _in_versions(self, wanted: str) -> Looked:
        found = []
        for name, kind, text, told, folded in self._versions:
            labels = [unit.label for unit, words in zip(text.standing, folded, strict=True) if wanted in words]
            if labels or wanted in told:
                found.append((name, kind, text, labels))
        return found, self._version_hit

    def _version_hit(self, name: str, kind: str, text: Text, labels: list[str]) -> Hit:
        more = f" and {len(labels) - 8} more" if len(labels) > 8 else ""
        words = f"{text.noun}s {', '.join(labels[:8])}{more}" if labels else text.title
        return Hit(Group.VERSIONS, name, words, kind, text.name, version=name)

    def _in_acts(self, wanted: str) -> Looked:
        return _narrowed(self._acts_with, self._acts or [], wanted), self._act_hit

    def _act_hit(self, one: Told, _: str) -> Hit:
        known = self._hits.get((Group.ACTS, one.act.id))
        if known is None:
            unit = min(one.units, default="") if len(one.units) == 1 else ""
            text = next((text.name for text in self.state.texts.values() if unit and text.unit(unit)), "")
            at = one.act.at[:16].replace("T", " ")
            known = Hit(Group.ACTS, at, one.subject, "", text, unit, act=one.act.id)
            self._hits[Group.ACTS, one.act.id] = known
        return known

    def _name(self, text: Text, label: str) -> str:
        return f"{text.name} {label}" if len(self.state.texts) > 1 else label

    def _told(self, amendment: Amendment) -> str:
        """What is searched of an amendment: its names and what it says, the words that it puts in, its reason."""
        wordings = [f"{one.said} {_put_in(one.base, one.text)}" for one in amendment.wordings]
        names = (
            amendment.number,
            amendment.by,
            *amendment.sponsors,
            amendment.on_behalf,
            amendment.origin_by,
            amendment.label,
        )
        return level(" ".join((*names, *wordings, amendment.reason, amendment.state.value)))


def around(text: str, words: str, width: int) -> str:
    """A text on one line, cut to `width` characters around the first place of these words, or from its beginning."""
    line = one_line(text)
    plain, wanted = level(line), level(words)
    start = plain.find(wanted) if len(plain) == len(line) else -1
    if start <= width // 3 or len(line) <= width:
        return shorten(line, width)
    first = line.find(" ", start - width // 3) + 1
    return f"…{shorten(line[min(first, start) :], width - 1)}"


def _units(state: State, text: Text) -> Iterator[Unit]:
    """The units that stand in the text and those that are proposed, from top to bottom."""
    for row in outline(state, text):
        if row.unit is not None and not row.ghost and not row.unit.deleted:
            yield row.unit


def _put_in(base: str, text: str) -> str:
    """What a wording has where it differs from its base: from the first difference to the last."""
    start = alike(base, text)
    back = alike(base[start:][::-1], text[start:][::-1])
    first = text.rfind(" ", 0, start) + 1
    last = text.find(" ", len(text) - back)
    return text[first : last if last >= 0 else len(text)]


def _narrowed(
    known: dict[str, list[tuple[Item, str]]], every: list[tuple[Item, str]], wanted: str
) -> list[tuple[Item, str]]:
    """Those of `every` whose words have all that are wanted. What has them has also what was wanted a letter before, so
    that a letter only looks through what was left; `known` has what was left.
    """
    if wanted in known:
        return known[wanted]
    begun = (wanted[:length] for length in range(len(wanted) - 1, 0, -1))
    left = next((known[words] for words in begun if words in known), every)
    for word in wanted.split():
        left = [one for one in left if word in one[1]]
    if len(known) >= _REMEMBERED:
        known.clear()
    known[wanted] = left
    return left
