"""The notation of a bracketed text: `[words - original; Switzerland delete / other words - Mexico]`.

This is how the working text of a conference is written down (the Rio+20 draft of 2 June 2012 among many):
alternatives stand in square brackets, parted by a slash between blanks; after a hyphen stand those who propose
them, who want the original words kept ("retain") or taken out ("delete"). Brackets may stand inside brackets.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from draftwg.redline.joints import COMMAS, join

__all__ = [
    "Alternative",
    "Bracket",
    "NotationError",
    "Piece",
    "Voice",
    "choose_pieces",
    "marked",
    "measure",
    "parse",
    "render",
]

VERBS = ("delete", "retain", "reserve", "support")
"""What a name can be said to want, besides proposing."""

CONSEQUENCE = "consequential to "
"""How a change that follows from another's is marked in place of a name."""

_NOTHING = "–"
_CLOSE = COMMAS | frozenset(".。")  # a blank before these was set for the bracket; French sets one before ; and :
_DATA = re.compile(
    r"!?\[[^\[\]]*\]\([^()\s]*\)"  # a link
    r"|\[(?:…|\.\.\.|sic|sic!)\]"  # an editor's marks
    r"|\[(?:Agreed(?: ad ref\.?)?|Placeholder[^\[\]]*)\]"  # the status of a paragraph
)
_LEAD = re.compile(r"\s[-–—]\s*")


class NotationError(ValueError):
    """Brackets that are not balanced; the message says in one line where, `place` is the character."""

    def __init__(self, message: str, place: int) -> None:
        super().__init__(message)
        self.place = place


@dataclass(frozen=True, slots=True)
class Voice:
    """Names, and what they want: one of `VERBS`, or "" for those who propose the words."""

    names: tuple[str, ...]
    verb: str = ""

    def __str__(self) -> str:
        return f"{', '.join(self.names)} {self.verb}".rstrip()


@dataclass(frozen=True, slots=True)
class Alternative:
    """One reading of a bracket.

    `ids` are the proposals (in a text read back: the names) that choose it; `original` marks the words as they
    stand in the base.
    """

    pieces: tuple[Piece, ...]
    voices: tuple[Voice, ...] = ()
    ids: frozenset[str] = frozenset()
    original: bool = False

    @property
    def blank(self) -> bool:
        """Whether there are no words in it."""
        return all(isinstance(piece, str) and not piece.strip() for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Bracket:
    """Words under negotiation: exactly one alternative is the original.

    In a text that was compiled the alternatives carry every blank; in one that was `read`, the blanks around the
    bracket are as they were written, and have to be put right for a reading without words here.
    """

    alternatives: tuple[Alternative, ...]
    read: bool = False

    @property
    def original(self) -> Alternative:
        """The words as they stand in the base."""
        return next(alternative for alternative in self.alternatives if alternative.original)


Piece = str | Bracket
Mark = Literal["words", "bracketed", "sign", "names"]
Marked = tuple[Mark, str]
"""A stretch of a bracketed text and what it is."""


def choose_pieces(pieces: Iterable[Piece], chosen: str | None) -> str:
    """Read a bracketed text one way.

    Args:
        pieces: The text.
        chosen: The id of a proposal (in a text read back: a name), or None for the original.

    Returns:
        The text without brackets; where the id says nothing, the original words.
    """
    out = ""
    gap = False  # nothing was chosen from the brackets just read: the blanks on both sides are yet to be joined
    for piece in pieces:
        if isinstance(piece, str):
            words = piece
        else:
            here = (one for one in piece.alternatives if chosen is not None and chosen in one.ids)
            words = choose_pieces(next(here, piece.original).pieces, chosen)
            if piece.read and not words:
                gap = True
                continue
            if piece.read and words[0] in _CLOSE:
                out, gap = out.rstrip() + words, False
                continue
        if not gap:
            out += words
        elif words.isspace():
            out = out.rstrip() + words
        else:
            out, gap = join(out, words), False
    return out.rstrip() if gap else out


def measure(pieces: Iterable[Piece]) -> tuple[int, int]:
    """Count the brackets of a text; where only blanks are at stake, none is shown and none is counted.

    Args:
        pieces: The text.

    Returns:
        The number of pairs, and the greatest depth (0 without brackets).
    """
    pairs = depth = 0
    for piece in pieces:
        if isinstance(piece, Bracket):
            inner = [measure(one.pieces) for one in piece.alternatives]
            shown = any(not one.blank for one in piece.alternatives)
            pairs += shown + sum(number for number, _ in inner)
            depth = max(depth, shown + max(level for _, level in inner))
    return pairs, depth


def render(pieces: Iterable[Piece], *, attributed: bool = True) -> str:
    """Write a bracketed text.

    Args:
        pieces: The text.
        attributed: With the names, or the alternatives alone; a proposal to delete is then a dash among other
            alternatives.

    Returns:
        The text on one line, as far as its words are.
    """
    return "".join(words for _, words in marked(pieces, attributed=attributed))


def marked(pieces: Iterable[Piece], *, attributed: bool = True) -> list[Marked]:
    """Write a bracketed text as `render` does, and tell of each stretch what it is.

    Args:
        pieces: The text.
        attributed: As `render` has it.

    Returns:
        The stretches in order, each with its mark: `words` outside brackets, words that are `bracketed`, `sign`s of
        the notation, `names` with their hyphen.
    """
    return _marked(pieces, attributed, "words")


def _marked(pieces: Iterable[Piece], attributed: bool, mark: Mark) -> list[Marked]:
    out: list[Marked] = []
    for piece in pieces:
        out += [(mark, piece)] if isinstance(piece, str) else _written(piece, attributed, mark)
    return out


def _written(bracket: Bracket, attributed: bool, outside: Mark) -> list[Marked]:
    """Write one bracket; blanks at the ends of its alternatives go outside."""
    parts: list[list[Marked]] = []
    lead = trail = ""
    shown = [(one, _marked(one.pieces, attributed, "bracketed")) for one in bracket.alternatives]
    written = [(one, stretches, "".join(words for _, words in stretches)) for one, stretches in shown]
    removals = [one for one, _, words in written if not words.strip() and not one.original]
    for one, stretches, words in written:
        if not words.strip():
            continue
        lead = lead or words[: len(words) - len(words.lstrip())]
        trail = trail or words[len(words.rstrip()) :]
        voices = list(one.voices)
        if one.original:
            voices += [voice for removal in removals for voice in removal.voices]
        names: list[Marked] = [("names", f" - {'; '.join(map(str, voices))}")] if attributed and voices else []
        parts.append([*_stripped(stretches), *names])
    if not parts:
        return _marked(bracket.original.pieces, attributed, outside)
    unsaid = not attributed or any(not one.voices for one in removals)
    if removals and unsaid and len(parts) > 1:
        parts.append([("sign", _NOTHING)])
    out: list[Marked] = [(outside, lead), ("sign", "[")]
    for place, part in enumerate(parts):
        out += [("sign", " / "), *part] if place else part
    return [*out, ("sign", "]"), (outside, trail)]


def _stripped(stretches: list[Marked]) -> list[Marked]:
    """The stretches without the blanks at both ends."""
    out = list(stretches)
    while out and not out[0][1].strip():
        del out[0]
    while out and not out[-1][1].strip():
        del out[-1]
    if out:
        out[0] = (out[0][0], out[0][1].lstrip())
        out[-1] = (out[-1][0], out[-1][1].rstrip())
    return out


def parse(text: str, names: Collection[str], *, original: str = "original") -> tuple[Piece, ...]:
    """Read the notation back.

    A claim counts only where every name in it is known; a slash parts alternatives only between blanks. Links
    (`[words](address)`), an editor's `[…]` and `[sic]`, and the marks `[Agreed]`, `[Agreed ad ref]` and
    `[Placeholder …]` are no brackets. Words that names only delete are the original. Where no alternative is said to
    be the original, it is the first without a name; where all have names, all are insertions.

    Args:
        text: The text.
        names: The names that may stand in claims.
        original: The word for the original's alternative.

    Returns:
        The text in pieces, for `choose` and `render`.

    Raises:
        NotationError: The brackets are not balanced.
    """
    known = sorted({*names, original}, key=len, reverse=True)
    data = {match.start(): match.end() for match in _DATA.finditer(text)}
    level: list[list[Piece]] = [[]]
    opened: list[int] = []
    start = index = 0
    while index < len(text):
        if index in data:
            index = data[index]
            continue
        char = text[index]
        if char in "[]":
            level[-1].append(text[start:index])
            if char == "[":
                if (
                    text[start:index].strip()
                    and not text[index - 1].isspace()
                    and text[index + 1 : index + 2].isspace()
                ):
                    level[-1].append(" ")  # "records[ on paper]": the blank is one of the text
                opened.append(index)
                level.append([])
            elif not opened:
                raise NotationError(f"a bracket is closed that was not opened: {_around(text, index)}", index)
            else:
                opened.pop()
                bracket = _bracket(level.pop(), known, original)
                level[-1].append(bracket)
            start = index + 1
        index += 1
    if opened:
        raise NotationError(f"a bracket is not closed: {_around(text, opened[-1])}", opened[-1])
    level[0].append(text[start:])
    return _filled(level[0])


def _around(text: str, place: int) -> str:
    """A place in words, on one line."""
    shown = " ".join(text[max(0, place - 20) : place + 21].split())
    return f"character {place + 1}, at “{shown}”"


def _bracket(pieces: Sequence[Piece], known: Sequence[str], original: str) -> Bracket:
    """Read the inside of one bracket."""
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        if isinstance(piece, Bracket):
            parts[-1].append(piece)
            continue
        first, *rest = re.split(r"\s/\s", piece)
        parts[-1].append(first)
        parts += [[words] for words in rest]
    read = [_alternative(part, known) for part in parts]
    mine = [index for index, (_, voices) in enumerate(read) if _is_original(voices, original)]
    if not mine:
        mine = [index for index, (_, voices) in enumerate(read) if not voices][:1]
    out: list[Alternative] = []
    if not mine:
        out.append(Alternative((), (), frozenset(), original=True))
    for index, (words, voices) in enumerate(read):
        here = index in mine[:1]
        against = tuple(voice for voice in voices if voice.verb == "delete" and here)
        own = tuple(voice for voice in voices if voice not in against)
        chosen = {name for voice in own if voice.verb in ("", "support") for name in voice.names if not here}
        chosen |= {name for piece in words if isinstance(piece, Bracket) for name in _named(piece)}
        blank = words == (_NOTHING,) and not voices
        out.append(Alternative(() if blank else words, own, frozenset(chosen), original=here))
        if against:
            gone = frozenset(name for voice in against for name in voice.names)
            out.append(Alternative((), against, gone))
    return Bracket(tuple(out), read=True)


def _named(bracket: Bracket) -> Iterable[str]:
    """All names that choose something in a bracket."""
    return (name for one in bracket.alternatives for name in one.ids)


def _is_original(voices: Sequence[Voice], original: str) -> bool:
    """Whether an alternative is said to be the original: by name, or since nobody proposes what some want out."""
    if any(original in voice.names or voice.verb == "retain" for voice in voices):
        return True
    return bool(voices) and all(voice.verb in ("delete", "reserve") for voice in voices)


def _alternative(part: Sequence[Piece], known: Sequence[str]) -> tuple[tuple[Piece, ...], tuple[Voice, ...]]:
    """Part the words of an alternative from the claims at its end."""
    voices: tuple[Voice, ...] = ()
    words = list(part)
    if words and isinstance(words[-1], str):
        for lead in reversed(list(_LEAD.finditer(words[-1]))):
            claims = _claims(words[-1][lead.end() :], known)
            if claims:
                words[-1], voices = words[-1][: lead.start()], claims
                break
    if words and isinstance(words[0], str):
        words[0] = words[0].lstrip()
    if words and isinstance(words[-1], str):
        words[-1] = words[-1].rstrip()
    return _filled(words), voices


def _claims(text: str, known: Sequence[str]) -> tuple[Voice, ...]:
    """Read `Mexico; EU, G77 delete`; empty where anything in it is not a claim by known names."""
    out = []
    for claim in re.split(r"\s*;\s*", text.strip().removesuffix(".")):
        verb = next((verb for verb in VERBS if claim.endswith(f" {verb}")), "")
        rest = claim.removesuffix(verb).strip()
        names: list[str] = []
        while rest:
            name = next((name for name in known if _leads(rest, name)), None)
            if name is None and rest.startswith(CONSEQUENCE):
                whom = rest.removeprefix(CONSEQUENCE)
                name = next((CONSEQUENCE + one for one in known if _leads(whom, one)), None)
            if name is None:
                return ()
            names.append(name)
            rest = re.sub(r"^\s*(?:,|and\b)\s*", "", rest.removeprefix(name))
        if not names:
            return ()
        out.append(Voice(tuple(names), verb))
    return tuple(out)


def _leads(text: str, name: str) -> bool:
    """Whether a text begins with a whole name."""
    return text.startswith(name) and re.match(r"\s*(?:,|and\b|$)", text[len(name) :]) is not None


def _filled(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Pieces without the empty strings."""
    return tuple(piece for piece in pieces if piece != "")
