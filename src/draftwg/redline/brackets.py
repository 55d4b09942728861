"""The bracketed compilation: one text that shows what everybody proposes, and that can be read any one way.

Words that nobody disputes stand outside brackets. One conflict group is one bracket; changes that stand alone have
a bracket each, but one proposal's changes with no more than two words between them share it, so that a reader sees
phrases. Sub-amendments stand in a bracket inside their parent's alternative.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from draftwg.redline.exact import cut, edits, image, images, variants
from draftwg.redline.joints import closes, shared_blanks
from draftwg.redline.notation import (
    VERBS,
    Alternative,
    Bracket,
    NotationError,
    Piece,
    Voice,
    choose_pieces,
    measure,
    parse,
    render,
)
from draftwg.redline.weave import Woven, weave

__all__ = [
    "Alternative",
    "Bracket",
    "Bracketed",
    "Claim",
    "NotationError",
    "Piece",
    "Voice",
    "bracketed",
    "choose",
    "parse",
    "render",
]

_ISLAND = 2  # words between two changes of one proposal that do not part its bracket


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody wants a unit to read.

    `text` is the whole text of the unit; for a sub-amendment, the parent's proposal as changed. `note` is shown in
    place of the names ("consequential to Algeria"). A claim whose text is the base's is for keeping the
    original words; its note may be "reserve" or "support" then.
    """

    id: str
    text: str
    names: tuple[str, ...]
    note: str = ""
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A bracketed text: as one line, in pieces, with the number of bracket pairs and their greatest depth."""

    text: str
    pieces: tuple[Piece, ...]
    pairs: int
    depth: int


def bracketed(base: str, claims: Sequence[Claim], *, attributed: bool = True, original: str = "original") -> Bracketed:
    """Compile proposals on one text.

    Args:
        base: The text they were proposed against.
        claims: The proposals, in the order in which alternatives are to stand.
        attributed: Whether the line names who proposes what; the pieces always do.
        original: The word that marks the base's alternative.

    Returns:
        The compilation. `choose` reads it back: the base, or any one proposal, byte for byte.
    """
    keeping = [
        Voice(claim.names, claim.note if claim.note in VERBS else "retain")
        for claim in claims
        if claim.text == base and claim.names
    ]
    pieces = _compiled(base, _rooted(base, claims), (Voice((original,)),), tuple(keeping))
    return Bracketed(render(pieces, attributed=attributed), pieces, *measure(pieces))


def choose(text: Bracketed | Sequence[Piece], chosen: str | None) -> str:
    """Read a bracketed text one way.

    Args:
        text: A compilation, or the pieces that `parse` gives.
        chosen: The id of a proposal (in a text read back: a name), or None for the original.

    Returns:
        None: the base byte for byte; an id: that proposal's text byte for byte. An id that nothing in the
        text belongs to gives the base.
    """
    return choose_pieces(text.pieces if isinstance(text, Bracketed) else text, chosen)


def _rooted(base: str, claims: Sequence[Claim]) -> list[Claim]:
    """The claims, without a parent where the text was made from the base and not from the parent's."""
    known = {claim.id: claim for claim in claims}
    out = []
    for claim in claims:
        parent = known.get(claim.parent) if claim.parent is not None else None
        near = parent is not None and _distance(parent.text, claim.text) <= _distance(base, claim.text)
        out.append(claim if near else replace(claim, parent=None))
    return out


def _distance(one: str, two: str) -> int:
    """How many words two texts differ by."""
    return sum(edit.end - edit.start + edit.last - edit.first for edit in edits(cut(one), cut(two)))


@dataclass(slots=True)
class _Region:
    """Words of the base that become one bracket."""

    start: int
    end: int
    sources: set[int]
    knot: bool = False
    low: int = 0
    high: int = 0

    def take(self, other: _Region) -> None:
        self.start, self.end = min(self.start, other.start), max(self.end, other.end)
        self.sources |= other.sources
        self.knot |= other.knot


def _compiled(
    base: str, claims: Sequence[Claim], mark: tuple[Voice, ...], keeping: tuple[Voice, ...]
) -> tuple[Piece, ...]:
    """Compile claims; `mark` labels the original's alternatives, `keeping` are those who want it kept."""
    texts = list(dict.fromkeys(claim.text for claim in claims if claim.text != base))
    if not texts:
        return (base,) if base else ()
    woven = weave(cut(base), [cut(text) for text in texts])
    out: list[Piece] = []
    place = 0
    for region, readings in _framed(woven):
        if region.low > place:
            out.append(base[place : region.low])
        place = region.high
        own = base[region.low : region.high]
        readings_by_text = {texts[source]: words for source, words in readings.items()}
        inner = {claim.id: readings_by_text.get(claim.text, own) for claim in claims}
        out.append(Bracket(_alternatives(own, claims, inner, mark, keeping)))
    if place < len(base):
        out.append(base[place:])
    return tuple(out)


def _regions(woven: Woven, where: Sequence[Sequence[int]]) -> list[_Region]:
    """The stretches that differ in any text, in order, with neighbours that belong together as one."""
    found = [_Region(knot.start, knot.end, set(knot.sources), knot=True) for knot in woven.knots]
    found += [_Region(*change.edit[:2], set(change.sources)) for change in woven.loose]
    for source, (other, placed) in enumerate(zip(woven.others, woven.placed, strict=True)):
        words, gaps = variants(woven.base, other, placed, where[source])
        found += [_Region(index, index + 1, {source}) for index in words]
        found += [_Region(index, index, {source}) for index in gaps]
    found.sort(key=lambda region: (region.start, region.end))
    out: list[_Region] = []
    for region in found:
        out.append(region)
        while len(out) > 1 and _together(*out[-2:]):
            last = out.pop()
            out[-1].take(last)
    return out


def _together(one: _Region, two: _Region) -> bool:
    """Whether two regions side by side are one bracket."""
    if two.start < one.end or _shared_border(one, two):
        return True
    close = two.start - one.end <= _ISLAND
    return close and one.sources == two.sources and not (one.knot and two.knot)


def _framed(woven: Woven) -> list[tuple[_Region, Mapping[int, str]]]:
    """The regions with their places in the base, and what each source has there.

    A region and its readings leave out the blanks that they all have in common, at the front first.
    """
    where = [images(woven.base, placed) for placed in woven.placed]
    out: list[tuple[_Region, Mapping[int, str]]] = []
    for region in _regions(woven, where):
        while True:
            readings = _readings(woven, where, region)
            first = _touched(out, region)
            if first < len(out):
                before = out[first][0]
                for between, _ in (*out[first + 1 :], (region, readings)):
                    before.take(between)
                del out[first:]
                region = before
            elif region.start and (
                _begins_unlike(woven.base.text[region.low : region.high], readings)
                or _parted_sign(woven.base.text, region, readings)
            ):
                region.start -= 1
            else:
                break
        out.append((region, readings))
    return out


def _shared_border(one: _Region, two: _Region) -> bool:
    """Whether two regions of one source touch."""
    return two.start <= one.end and not one.sources.isdisjoint(two.sources)


def _begins_unlike(own: str, readings: Mapping[int, str]) -> bool:
    """Whether some alternatives begin with a blank and others not: then the line needs the word before.

    "[for one year / , if possible, for one year]" would leave it open whether a blank stands before the comma.
    """
    return len({words[0].isspace() for words in (own, *readings.values()) if words.strip()}) > 1


def _parted_sign(base: str, region: _Region, readings: Mapping[int, str]) -> bool:
    """Whether an alternative begins with a sign that has a blank before it, as in French: the line could not tell."""
    words = (base[region.low : region.high], *readings.values())
    return base[: region.low][-1:].isspace() and any(closes(own) for own in words if own)


def _touched(out: Sequence[tuple[_Region, Mapping[int, str]]], region: _Region) -> int:
    """The first of the regions so far that runs into this one or shares a border with it; their number where none
    does.
    """
    first = place = len(out)
    while place and out[place - 1][0].end >= region.start:
        place -= 1
        one = out[place][0]
        if region.low < one.high or _shared_border(one, region):
            first = place
    if first == len(out) and out and region.low < out[-1][0].high:
        first -= 1
    return first


def _readings(woven: Woven, where: Sequence[Sequence[int]], region: _Region) -> Mapping[int, str]:
    """What each source of a region has there; sets the region's place in the base."""
    base = woven.base
    low, high = base.end(region.start - 1), base.starts[region.end]
    whole = {-1: base.text[low:high]}
    for source in region.sources:
        other = woven.others[source]
        first, last = image(where[source], region.start, region.end)
        whole[source] = other.text[other.end(first - 1) : other.starts[last]]
    front = shared_blanks(list(whole.values()))
    back = shared_blanks([text[front:][::-1] for text in whole.values()])
    region.low, region.high = low + front, high - back
    return {source: text[front : len(text) - back] for source, text in whole.items() if source >= 0}


def _alternatives(
    own: str, claims: Sequence[Claim], inner: Mapping[str, str], mark: tuple[Voice, ...], keeping: tuple[Voice, ...]
) -> tuple[Alternative, ...]:
    """The alternatives of one bracket: the original, the proposals to delete it, the others."""
    parents = {claim.id: claim.parent for claim in claims}
    above = {claim.id: _above(claim.id, parents, inner, own) for claim in claims}
    tops = [claim for claim in claims if above[claim.id] is None and inner[claim.id] != own]
    shown = bool(own.strip())
    out = [Alternative((own,) if own else (), (*mark, *keeping) if shown else (), frozenset(), original=True)]
    removals = [claim for claim in tops if not inner[claim.id].strip()] if shown else []
    others = [claim for claim in tops if claim not in removals]
    for words in dict.fromkeys(inner[claim.id] for claim in (*removals, *others)):
        mine = [claim for claim in tops if inner[claim.id] == words]
        names = {claim.id for claim in mine}
        below = [claim for claim in claims if above[claim.id] in names]
        gone = shown and not words.strip()
        voice = Voice(tuple(_said(mine)), "delete" if gone else "")
        pieces = _compiled(words, [_lifted(claim, inner, names) for claim in below], (voice,), ())
        against = () if shown else tuple(Voice(one.names, "delete") for one in keeping if one.verb == "retain")
        ids = frozenset({*names, *(claim.id for claim in below)})
        out.append(Alternative(pieces, (voice, *against) if voice.names else against, ids))
    return tuple(out)


def _above(name: str, parents: Mapping[str, str | None], inner: Mapping[str, str], own: str) -> str | None:
    """The uppermost proposal above a sub-amendment that changes the words of this bracket."""
    found = None
    seen = {name}
    parent = parents[name]
    while parent is not None and parent in parents and parent not in seen:
        if inner[parent] != own:
            found = parent
        seen.add(parent)
        parent = parents[parent]
    return found


def _lifted(claim: Claim, inner: Mapping[str, str], tops: Collection[str]) -> Claim:
    """A sub-amendment as a claim on its parent's words."""
    return replace(claim, text=inner[claim.id], parent=None if claim.parent in tops else claim.parent)


def _said(claims: Sequence[Claim]) -> Iterable[str]:
    """The names (or the notes in their place) of proposals of the same words, each once."""
    return dict.fromkeys(name for claim in claims for name in ((claim.note,) if claim.note else claim.names))
