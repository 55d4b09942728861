"""The ledger of brackets: every bracket of a text, who asked for it, and who has to consent before it goes.

Pure functions of the state.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from draftwg.acts.bracketing import unit_bracketed
from draftwg.model.amendment import Amendment
from draftwg.model.procedure import Stand
from draftwg.model.state import State
from draftwg.model.text import Text, Unit
from draftwg.redline.brackets import Bracket, render


@dataclass(frozen=True, slots=True)
class Held:
    """A bracket of the text: the unit's label, its words, who asked for it and since when, who supports it, who wants
    to retain the words, who must consent to its lifting, and the amendments in it.
    """

    unit: str
    words: str
    asked: tuple[str, ...]
    since: str
    supported: tuple[str, ...]
    retained: tuple[str, ...]
    consent: tuple[str, ...]
    amendments: tuple[str, ...]
    sought: str
    """Everything by which it is found, in small letters."""


def ledger(state: State, text: Text, units: Iterable[Unit]) -> tuple[Held, ...]:
    """Every bracket of these units, from the top of the text, then those of the units that are only proposed."""
    brackets = [held for unit in units for held in _brackets(state, unit)]
    return (*brackets, *proposed_brackets(state, text))


def proposed_brackets(state: State, text: Text) -> tuple[Held, ...]:
    """The units that are only proposed, each a bracket as a whole."""
    return tuple(
        _held(
            state,
            Unit(amendment.unit, amendment.label, amendment.proposed, amendment.section),
            amendment.said,
            [amendment],
        )
        for amendment in state.proposed_units(text)
    )


def _brackets(state: State, unit: Unit) -> Iterator[Held]:
    if not state.pending.get(unit.id):
        return
    for piece in unit_bracketed(state, unit).pieces:
        if isinstance(piece, Bracket):
            inside = _ids(piece)
            ids = [id for id in state.pending[unit.id] if id in inside]
            yield _held(state, unit, _plain(piece), [state.amendments[id] for id in ids])
    for amendment in state.pending_on(unit.id):
        if not amendment.words_only:
            yield _held(state, unit, amendment.said, [amendment])


_NUMBER = re.compile(r"\d+")


class Ledger:
    """The brackets unit by unit, each unit's kept until something about it changes: for a ledger on a screen."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[object, tuple[Held, ...]]] = {}

    def of(self, state: State, text: Text, unit: Unit) -> tuple[Held, ...]:
        """The brackets of this unit as they are in this state."""
        pending = state.pending_on(unit.id)
        about = tuple(state.positions_on(amendment=amendment.id) for amendment in pending)
        key = (unit, pending, about, state.positions_on(unit=unit.id))
        known = self._known.get(unit.id)
        if known is None or known[0] != key:
            known = self._known[unit.id] = (key, tuple(_brackets(state, unit)))
        return known[1]


def matching(held: Iterable[Held], words: str) -> tuple[Held, ...]:
    """Those of the brackets that answer to every one of these words: the label of a unit, the number of an amendment,
    a part of the name of a delegation that asked, supports or has to consent, or of the words in the bracket. Numbers
    are labels, or whole words in the bracket.
    """
    wanted = words.casefold().split()
    return tuple(one for one in held if all(_answers(one, word) for word in wanted))


def _answers(held: Held, word: str) -> bool:
    if not word[0].isdigit():
        return word in held.sought
    label = held.unit.casefold()
    return label == word or label.startswith(f"{word} ") or word in _NUMBER.findall(held.words)


def _held(state: State, unit: Unit, words: str, amendments: list[Amendment]) -> Held:
    asked = tuple(dict.fromkeys(name for amendment in amendments for name in amendment.names))
    positions = [position for amendment in amendments for position in state.positions_on(amendment=amendment.id)]
    positions += state.positions_on(unit=unit.id)
    supported = tuple(position.by for position in positions if position.stand is Stand.SUPPORT)
    retained = dict.fromkeys(position.by for position in positions if position.stand is Stand.RETAIN)
    holding = (position.by for position in positions if position.stand.holds)
    consent = tuple(dict.fromkeys((*asked, *holding)))
    numbers = tuple(amendment.number for amendment in amendments)
    return Held(
        unit.label,
        words,
        asked,
        amendments[0].at if amendments else "",
        supported,
        tuple(retained),
        consent,
        numbers,
        "\n".join((unit.label, *consent, *supported, *numbers, words)).casefold(),
    )


def _plain(piece: Bracket) -> str:
    return render((piece,), attributed=False)


def _ids(piece: Bracket) -> set[str]:
    """The amendments in a bracket, those in brackets within it too."""
    found: set[str] = set()
    for alternative in piece.alternatives:
        found |= alternative.ids
        for inner in alternative.pieces:
            if isinstance(inner, Bracket):
                found |= _ids(inner)
    return found
