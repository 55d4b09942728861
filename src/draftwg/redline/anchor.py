"""Re-anchoring: what becomes of a pending amendment when the text under it has changed.

An amendment is written against a text; another is accepted, or the text edited; does it still apply? The answer
is a verdict with a reason, and the new text where there is one. Nothing is applied where the words it changes
were changed by others, or where more than one place could be meant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from draftwg.redline.combine import combine
from draftwg.redline.exact import Cut, Edit, cut, edits, image, images
from draftwg.redline.finding import Place, locate
from draftwg.redline.weave import Woven, weave

__all__ = ["Kind", "Place", "Verdict", "WhatIf", "locate", "reanchor", "what_if"]

_AROUND = 5  # words on either side by which the fit of an amendment is measured
_CONTEXT = 4  # words on either side by which words that have moved are known again
_ISLAND = 2  # words between two changes that are still quoted as one phrase
_SHOWN = 12  # words of a quotation in a reason


class Kind(StrEnum):
    """What becomes of a pending amendment; the value is how a screen says it."""

    APPLIES = "applies"
    SHIFTED = "applies, shifted"
    SATISFIED = "already satisfied"
    CONFLICTS = "conflicts"
    GONE = "its words are gone"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one amendment.

    `text` is the whole text it would make of the text as it stands, None where it conflicts or its words are
    gone; `words` are the words concerned; `fit` the share (0 to 1) of the words it changes, and of those around
    them, that still stand; `reason` one plain sentence.
    """

    kind: Kind
    text: str | None
    words: str
    fit: float
    reason: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A text as it would be (None where what was to be accepted is in conflict), and the verdicts by id."""

    text: str | None
    verdicts: Mapping[str, Verdict]


def reanchor(base: str, proposal: str, now: str, *, others: Mapping[str, str] | None = None) -> Verdict:
    """Say whether an amendment still applies, and to what.

    Args:
        base: The text it was proposed against.
        proposal: The whole text it proposed.
        now: The text as it stands.
        others: What was accepted meanwhile (whole texts on the same base, by id), to name whom it conflicts with.

    Returns:
        The verdict; where it applies, with the new whole text, in which only the words it changes differ.
    """
    if proposal in (base, now):
        unchanged = "It changes nothing." if proposal == base else "The text already reads so."
        return Verdict(Kind.SATISFIED, now, "", 1.0, unchanged)
    stands = "It applies: its words stand where they stood."
    if now == base and not others:  # as most do until the first is accepted
        return Verdict(Kind.APPLIES, proposal, _concerned(weave(cut(base), [cut(proposal)])), 1.0, stands)
    others = dict(others or {})
    made = _made(base, now, others)
    woven = weave(cut(base), [cut(text) for text in (*made.values(), proposal)])
    kept = images(cut(base), edits(cut(base), cut(now)))
    fit, words = _fit(woven, kept), _concerned(woven)
    if not woven.knots:
        text = combine(base, {**{f"{name}.": text for name, text in made.items()}, "": proposal}).text
        if text == now:
            return Verdict(Kind.SATISFIED, now, words, 1.0, "The text already reads so.")
        moved = _moved(woven)
        if moved:
            side = "further on" if moved > 0 else "further back"
            number = "1 word" if abs(moved) == 1 else f"{abs(moved)} words"
            return Verdict(Kind.SHIFTED, text, words, fit, f"It applies; words it changes now stand {number} {side}.")
        return Verdict(Kind.APPLIES, text, words, fit, stands)
    found = _elsewhere(woven, cut(now))
    if found is not None:
        return Verdict(Kind.SHIFTED, found, words, 1.0, "It applies; its words were moved as they are.")
    return _refused(woven, cut(now), kept, fit, _culprits(base, proposal, others))


def applies(base: str, proposal: str, now: str, *, others: Mapping[str, str] | None = None) -> bool:
    """Whether an amendment still applies: whether `reanchor` would give a text, without making one.

    Args:
        base: The text it was proposed against.
        proposal: The whole text it proposed.
        now: The text as it stands.
        others: What was accepted meanwhile (whole texts on the same base, by id).
    """
    if proposal in (base, now) or (now == base and not others):
        return True
    made = _made(base, now, others or {})
    woven = weave(cut(base), [cut(text) for text in (*made.values(), proposal)])
    return not woven.knots or _elsewhere(woven, cut(now)) is not None


def _made(base: str, now: str, others: Mapping[str, str]) -> Mapping[str, str]:
    """What has made the text of now: those that were accepted, each for itself, which keeps their words apart; or that
    text as a whole, where they do not come to it."""
    return others if combine(base, others).text == now else {"now": now}


def _refused(woven: Woven, now: Cut, kept: Sequence[int], fit: float, culprits: Sequence[str]) -> Verdict:
    """The verdict on an amendment that does not apply."""
    base, knot = woven.base, woven.knots[0]
    words = base.slice(knot.start, knot.end)
    before = next((kept[index] for index in range(knot.start - 1, -1, -1) if kept[index] >= 0), -1)
    after = next((kept[index] for index in range(knot.end, len(base.words)) if kept[index] >= 0), len(now.words))
    standing = now.slice(before + 1, after)
    names = f"{', '.join(culprits[:-1])} and {culprits[-1]}" if len(culprits) > 1 else "".join(culprits)
    own = [edit for edit in woven.placed[-1] if knot.start <= edit.start and edit.end <= knot.end]
    left = [index for edit in own for index in _near(base, edit) if kept[index] >= 0]
    if words and not left and not standing:
        mine = base.slice(own[0].start, own[-1].end) or words
        since = f" since {names}" if names else ""
        return Verdict(Kind.GONE, None, mine, fit, f"Its words “{_short(mine)}” are gone{since}.")
    words = words or standing
    whom = names or "the text as it stands"
    return Verdict(Kind.CONFLICTS, None, words, fit, f"It conflicts with {whom} on “{_short(words)}”.")


def _near(base: Cut, edit: Edit) -> range:
    """The words an edit takes out; for an insertion, those on both sides."""
    if edit.end > edit.start:
        return range(edit.start, edit.end)
    return range(max(0, edit.start - 1), min(len(base.words), edit.start + 1))


def _concerned(woven: Woven) -> str:
    """The words of the base where the proposal first changes some, or else those it puts in."""
    own = woven.placed[-1]
    if not own:  # only blanks, or the bytes of a word, differ
        return ""
    start, end = own[0].start, own[0].end
    for edit in own[1:]:
        if edit.start - end > _ISLAND:
            break
        end = edit.end
    return woven.base.slice(start, end) or woven.others[-1].slice(own[0].first, own[0].last)


def _moved(woven: Woven) -> int:
    """By how many words the place of the proposal's own changes has moved: the first that has (0: none has)."""
    own = len(woven.others) - 1
    shift = 0
    for change in woven.changes:
        if change.sources[0] != own:
            shift += change.edit.last - change.edit.first - (change.edit.end - change.edit.start)
        elif shift:
            return shift
    return 0


def _fit(woven: Woven, kept: Sequence[int]) -> float:
    """The share of the words the proposal changes, and of those around them, that stand in the text of now."""
    window = {
        index
        for edit in woven.placed[-1]
        for index in range(max(0, edit.start - _AROUND), min(len(woven.base.words), edit.end + _AROUND))
    }
    return round(sum(kept[index] >= 0 for index in window) / len(window), 3) if window else 1.0


def _elsewhere(woven: Woven, now: Cut) -> str | None:
    """Apply a proposal whose words were moved with those around them; None where that is not certain."""
    base, proposal, placed = woven.base, woven.others[-1], woven.placed[-1]
    start, end = max(0, placed[0].start - _CONTEXT), min(len(base.words), placed[-1].end + _CONTEXT)
    if end - start - sum(edit.end - edit.start for edit in placed) < _CONTEXT:
        return None
    sought = base.keys[start:end]
    found = [at for at in range(len(now.keys) - len(sought) + 1) if now.keys[at : at + len(sought)] == sought]
    if len(found) != 1:
        return None
    at = found[0]
    words = proposal.slice(*image(images(base, placed), start, end))
    return now.text[: now.starts[at]] + words + now.text[now.end(at + len(sought) - 1) :]


def _culprits(base: str, proposal: str, others: Mapping[str, str]) -> list[str]:
    """Those of the accepted whose changes are at odds with a proposal."""
    return [name for name, text in others.items() if combine(base, {"theirs": text, "ours": proposal}).text is None]


def _short(words: str) -> str:
    """A quotation on one line, cut in the middle when it is long."""
    parts = words.split()
    return " ".join(parts if len(parts) <= _SHOWN else [*parts[: _SHOWN // 2], "…", *parts[-_SHOWN // 2 :]])


def what_if(base: str, pending: Mapping[str, str], accepted: Sequence[str]) -> WhatIf:
    """Say what the text would be, and what would become of the other amendments, without doing it.

    Args:
        base: The text all were proposed against.
        pending: The whole proposed text of each amendment, by id.
        accepted: The ids that are supposed to be accepted, in this order.

    Returns:
        The text; a verdict on every amendment: on the accepted ones as each is taken in turn, on the others
        after all of them. Where an accepted one conflicts with one before it, the text is None, and the others
        are judged by the text without it.

    Raises:
        KeyError: An accepted id is not pending.
    """
    now = base
    verdicts: dict[str, Verdict] = {}
    taken: dict[str, str] = {}
    for name in accepted:
        verdicts[name] = reanchor(base, pending[name], now, others=taken)
        text = verdicts[name].text
        if text is not None:
            now = text
            taken[name] = pending[name]
    for name, proposal in pending.items():
        if name not in verdicts:
            verdicts[name] = reanchor(base, proposal, now, others=taken)
    possible = all(verdicts[name].text is not None for name in accepted)
    return WhatIf(now if possible else None, verdicts)
