"""Two points of a text compared: what changed, who proposed it, what was decided, what moved."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from draftwg.acts.bracketing import unit_bracketed
from draftwg.desk.desk import Desk
from draftwg.desk.questions import why_of
from draftwg.desk.versions import Point, at
from draftwg.errors import BadInput
from draftwg.formats.flow import Entry, entries, flow
from draftwg.formats.headings import heading_line
from draftwg.formats.papers import day
from draftwg.formats.redlines import Credit, Redline, RedlinePiece, RedlineSection, RedlineUnit, UnitKind
from draftwg.hygiene import clean_line
from draftwg.model.amendment import Amendment, AmendmentState, Kind
from draftwg.model.labels import LabelKey, label_key
from draftwg.model.procedure import Numbered
from draftwg.model.reading import Reading
from draftwg.model.state import Change, State, names_in_words
from draftwg.model.text import Text, Unit
from draftwg.redline import attributed
from draftwg.redline.matching import Block, heaviest_chain

_RANGE = re.compile(r"(.+?)\s*(?:–|-|\bto\b)\s*(.+)")


def version_redline(
    desk: Desk, old: str, new: str, name: str = "", *, units: str = "", brackets: bool = False
) -> Redline:
    """The redline of a text between two of its versions: whatever `at` finds.

    `units` names those to take ("3, 5-8, 15 bis"), all if empty; with `brackets`, what was pending at the new point
    stands in brackets in the words. BadInput where a point or a unit is not to be found.
    """
    start, end = at(desk, old, name), at(desk, new, name)
    if start.text.name != end.text.name:
        raise BadInput(
            f"{old} and {new} are versions of different texts.", f"They are {start.text.name} and {end.text.name}."
        )
    if brackets:
        end = replace(end, text=with_brackets(end.state, end.text))
    return points_redline(desk.state, start, end, chosen(units, start.text, end.text))


def points_redline(state: State, start: Point, end: Point, only: frozenset[str] | None = None) -> Redline:
    """The redline between two points of one text, told by what `state` knows of its acts; `only` these units (ids)."""
    before, after = start.text, end.text
    credits = _Credits(state)
    units = {unit.id: unit for unit in before.standing}
    pieces: dict[str, tuple[RedlinePiece, ...]] = {}
    shown: list[tuple[str, RedlineUnit]] = []
    for unit in _both(before, after):
        if only is None or unit.id in only:
            changed = _unit(state, units.get(unit.id), after.unit(unit.id), after, credits)
            pieces[unit.id] = changed.pieces
            shown.append((unit.section, changed))
    old_parts, new_parts = parts(before, only), parts(after, only)
    movers = credits.of_kind(Kind.MOVE, lambda amendment: amendment.unit)
    headed = credits.of_kind(Kind.HEADING, lambda amendment: f"section:{amendment.section}")
    lines = flow(old_parts, new_parts, lambda key: pieces[key], movers, headed)
    moved = {line.key for line in lines if line.side}
    credits.keep({piece.credit for line in lines for piece in line.pieces} | {line.mover for line in lines})
    sections: dict[str, list[RedlineUnit]] = {}
    for (section, changed), id in zip(shown, pieces, strict=True):
        if id in moved:
            where = before.full_path(units[id].section)
            note = f"moved from {f'{where}, ' if where else ''}{units[id].label}"
            changed = replace(changed, kind="moved", note=note)
        sections.setdefault(section, []).append(changed)
    own = [RedlineSection("", 1, tuple(sections[""]))] if "" in sections else []
    for one in after.sections:
        heading = f"{one.number}. {one.title}" if one.number else one.title
        if only is None or sections.get(one.path):
            own.append(RedlineSection(heading, one.level, tuple(sections.get(one.path, ()))))
    return Redline(
        title=after.title,
        old=start.named,
        new=end.named,
        meeting=state.title,
        place=state.place,
        dates=state.dates,
        language=after.language,
        direction=after.direction,
        noun=after.noun,
        sections=tuple(own),
        credits=credits.found,
        symbol=end.symbol,
        date=end.when,
        lines=lines,
        before=tuple(old_parts),
        after=tuple(new_parts),
        concordance=concordance_of(end),
    )


def parts(text: Text, only: frozenset[str] | None = None) -> list[Entry]:
    """The parts of a text under the headings that papers show."""
    return entries(text, lambda unit: heading_line(text.noun, unit.label, text.language), only)


def chosen(words: str, *texts: Text) -> frozenset[str] | None:
    """The ids of the units that `words` names ("3, 5-8, 15 bis"), None for all. BadInput where there is none."""
    if not words.strip():
        return None
    found: set[str] = set()
    standing = [unit for text in texts for unit in text.standing]
    for part in clean_line(words).split(","):
        span = _RANGE.fullmatch(part.strip())
        first, last = (span[1], span[2]) if span else (part, part)
        low, high = label_key(first), label_key(last)
        ids = {unit.id for unit in standing if low <= _key(unit.label) <= high}
        if not ids:
            known = [unit.label for unit in texts[-1].standing]
            ends = f"from {known[0]} to {known[-1]}" if known else "none"
            raise BadInput(f"There is no {texts[-1].noun} {part.strip()}.", f"There are those {ends}.")
        found |= ids
    return frozenset(found)


def with_brackets(state: State, text: Text, *, named: bool = True) -> Text:
    """The text with everything that is pending on its units in brackets in their words."""
    units = [
        replace(unit, text=unit_bracketed(state, unit, named=named).text) if state.pending.get(unit.id) else unit
        for unit in text.units
    ]
    return replace(text, units=tuple(units))


def concordance_of(point: Point) -> tuple[Numbered, ...]:
    """The concordance, where the text at this point has its final numbers."""
    return point.state.concordance if any(unit.drafted for unit in point.text.standing) else ()


def unnamed(lines: Sequence[Numbered]) -> tuple[Numbered, ...]:
    """A concordance that does not say who withdrew a proposal."""
    return tuple(replace(one, note="withdrawn") if one.note.startswith("withdrawn by ") else one for one in lines)


def fate_in_words(amendment: Amendment) -> str:
    """What was decided on an amendment: "accepted on 6 May 2031 by consensus", "" where nothing was yet."""
    decision = amendment.decision
    if decision is None:
        return ""
    how = f" by vote ({decision.vote})" if decision.vote else ""
    if decision.state is AmendmentState.ACCEPTED and not how:
        how = " by consensus"
    because = f", for {decision.because}" if decision.because and decision.state is not AmendmentState.REJECTED else ""
    return f"{decision.state} on {day(decision.at)}{how}{because}"


class _Credits:
    """Who is to be credited for what: each accepting act with its amendment, and the credits that were given."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.found: dict[str, Credit] = {}
        self.accepted = state.index.accepted_by

    def key(self, act: str, when: str = "") -> str:
        """The key of the credit for what this act changed; what no amendment did is the Secretariat's."""
        if not act:
            return ""
        amendment = self.accepted.get(act)
        if amendment is None:
            self.found.setdefault(act, Credit("Secretariat", "", why_of(self.state, act), when, ""))
            return act
        return self.give(amendment)

    def give(self, amendment: Amendment) -> str:
        """The key of the credit for this amendment."""
        if amendment.number not in self.found:
            reading = Reading(amendment.reading, "").name if amendment.reading else ""
            who = names_in_words(amendment.names)
            decided = fate_in_words(amendment)
            self.found[amendment.number] = Credit(
                who, amendment.number, amendment.said, amendment.at, reading, amendment.by, decided
            )
        return amendment.number

    def of_kind(self, kind: Kind, about: Callable[[Amendment], str]) -> dict[str, str]:
        """The credits of the accepted amendments of this kind, the latest for each thing that they are about."""
        return {
            about(amendment): self.give(amendment) for amendment in self.accepted.values() if amendment.kind is kind
        }

    def keep(self, keys: set[str]) -> None:
        """Forget the credits of what the redline does not show."""
        self.found = {key: credit for key, credit in self.found.items() if key in keys}


def _key(label: str) -> LabelKey:
    try:
        return label_key(label)
    except BadInput:
        return ()


def _both(before: Text, after: Text) -> list[Unit]:
    """The units of both texts in the order of the new one; those that are gone behind their old neighbours, not
    counting neighbours that moved."""
    standing = list(after.standing)
    places = {unit.id: place for place, unit in enumerate(standing)}
    blocks = [Block(old, places[unit.id], 1) for old, unit in enumerate(before.standing) if unit.id in places]
    stayed = {block.old for block in heaviest_chain(blocks, [1] * len(blocks))}
    place = 0
    for old, unit in enumerate(before.standing):
        if old in stayed:
            place = next(i for i, other in enumerate(standing) if other.id == unit.id) + 1
        elif unit.id not in places:
            standing.insert(place, unit)
            place += 1
    return standing


def _unit(state: State, old: Unit | None, new: Unit | None, text: Text, credits: _Credits) -> RedlineUnit:
    """One unit of the redline, with the credits of its changes taken down in `credits`."""
    gone = new is None or new.deleted
    unit = new if new is not None else old
    assert unit is not None
    words = ("" if old is None else old.text, "" if gone or new is None else new.text)
    life = state.lives.get(unit.id, ())
    when = {step.act: step.at for step in life}
    pieces = tuple(
        RedlinePiece(piece.op, piece.text, credits.key(piece.source, when.get(piece.source, "")))
        if piece.op != "="
        else RedlinePiece("=", piece.text)
        for piece in attributed(_chain(life, *words))
    )
    kind: UnitKind = "deleted" if gone else "inserted" if old is None else "same" if words[0] == words[1] else "changed"
    heading, note = heading_line(text.noun, unit.label, text.language), ""
    if gone and unit.drafted:
        heading += " of the draft"  # the number is another unit's now
    elif unit.drafted and old is not None and old.label != unit.label:
        note = f"{old.label} before the final numbering"
    return RedlineUnit(unit.label, heading, kind, pieces, note)


def _chain(life: Sequence[Change], old: str, new: str) -> list[tuple[str, str]]:
    """The steps of a unit's words from `old` to `new`, each with the act that made it."""
    texts = [step.text for step in life]
    start = max((place for place, text in enumerate(texts) if text == old), default=-1)
    steps = life[start + 1 :]
    if new:
        end = next((place for place in range(len(steps), 0, -1) if steps[place - 1].text == new), len(steps))
        steps = steps[:end]
    chain = [("", old), *((step.act, step.text) for step in steps)]
    if chain[-1][1] != new:
        # What no act made is the Secretariat's: the brackets of a compilation, the words of a corrigendum.
        chain.append((steps[-1].act if steps and not new else "", new))
    return chain
