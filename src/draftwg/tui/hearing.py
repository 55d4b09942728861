"""One line, as an officer hears it: who speaks, then what is to be changed. "br should → shall" is Brazil's.

The name may be any beginning of a name, an alias or a code, with a blank, a comma or a colon behind it or nothing at
all; without a name, the last speaker is meant. What is a name and what are words is told apart by what stands in the
text, and shown before anything is recorded.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from draftwg.tui.screens.picker import Choice

Offer = Callable[[str], Sequence[Choice]]
"""The delegations that answer some letters, the best first."""
Fits = Callable[[str], bool]
"""Whether words say a change that can be made in the text."""
_BORDER = re.compile(r"[\s:,]+")
_MOST = 8  # words of which a name may consist
_BEGINS = 3  # how well letters answer a name, at most (`picker.rank`): inside a word, they are no name
_LEAST = 2  # letters of a name that is typed without a blank behind it


@dataclass(frozen=True, slots=True)
class Heard:
    """The delegations that may be meant, the best first; the words that follow the name; and the name as typed."""

    who: Sequence[Choice]
    words: str
    typed: str


def hear(line: str, offer: Offer, fits: Fits) -> Heard:
    """Who speaks and what is said in this line."""
    if not line.strip():
        return Heard(offer(""), "", "")
    readings = list(_readings(line, offer))
    if not readings[0].words and readings[0].typed:  # nothing but a name so far
        return readings[0]
    return next((one for one in readings if fits(one.words)), readings[0])


def _readings(line: str, offer: Offer) -> Iterator[Heard]:
    """The ways to hear it, the likeliest first."""
    bare = line.lstrip()
    said = bare is line  # a blank at the start: the last speaker is meant
    borders = [(found.start(), found.end()) for found in _BORDER.finditer(bare)][:_MOST] if said else []
    if said:
        whole = _named(bare, offer)
        if whole:
            yield Heard(whole, "", bare.strip())
        for start, end in reversed(borders):
            who = _named(bare[:start], offer)
            if who and end < len(bare):
                yield Heard(who, bare[end:], bare[:start])
        first = bare[: borders[0][0]] if borders else bare
        for length in range(len(first) - 1, _LEAST - 1, -1):
            who = _named(first[:length], offer)
            if who:
                yield Heard(who, bare[length:], first[:length])
    last = [one for one in offer("") if not one.new][:1]
    if last:
        yield Heard(last, bare, "")
    yield Heard([], bare, "")


def _named(typed: str, offer: Offer) -> list[Choice]:
    return [one for one in offer(typed) if one.how <= _BEGINS] if typed.strip() else []
