"""What a delegation proposes and awaits the fate of, on the text as it stands: its words as changes, the rest in words.

Nothing is left out. What changes words, brings a unit in, takes one out or moves one is shown in the text; what cannot
stand there beside the others (a split, a merger, a heading, a sub-amendment, a second change of the same words, what
is not before the room yet) follows behind it, each as an entry of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from draftwg.acts.bracketing import verdict_on
from draftwg.acts.effects import new_place
from draftwg.desk.comparing import fate_in_words, parts
from draftwg.desk.versions import Point
from draftwg.formats.flow import flow
from draftwg.formats.headings import heading_line
from draftwg.formats.redlines import Apart, Credit, Redline, RedlinePiece
from draftwg.model.amendment import Amendment, AmendmentState, Kind
from draftwg.model.reading import Reading
from draftwg.model.state import State, names_in_words
from draftwg.model.text import Text, Unit
from draftwg.redline import attributed, combine, compare

_WAITING = {
    AmendmentState.SUGGESTED: "suggested; no party has taken it up yet",
    AmendmentState.HELD: "held until the Chair has ruled on the reopening",
}


def own_redline(state: State, point: Point, mine: Sequence[Amendment], *, named: bool = True) -> Redline | None:
    """The redline of these proposals on the text as it stands, on the units that they touch alone; None without any.

    What it cannot show as changes is in its `others`, in words; with `named`, those say whose proposal a sub-amendment
    changes.
    """
    if not mine:
        return None
    text, after = point.text, point.text
    touched: dict[str, None] = {}
    chains: dict[str, list[tuple[str, str]]] = {}
    others: list[Amendment] = []
    movers: dict[str, str] = {}
    shown: dict[str, Credit] = {}
    words: dict[str, dict[str, str]] = {}
    for one in mine:
        unit = text.unit(one.unit)
        if not one.state.pending:
            others.append(one)
            continue
        if one.label and one.kind in (Kind.NEW_UNIT, Kind.ALTERNATIVE):
            after = after.with_new_unit(
                Unit(one.unit, one.label, one.proposed, one.section), new_place(state, after, one)
            )
            chains[one.unit] = [("", ""), (one.number, one.proposed)]
        elif unit is not None and one.words_only:
            fitted = _fitted(state, one, unit, words.setdefault(unit.id, {}))
            if fitted is None:
                others.append(one)
                continue
            words[unit.id][one.number] = fitted[0]
            chains.setdefault(unit.id, [("", unit.text)]).append((one.number, fitted[1]))
            gone = one.kind is Kind.DELETE_UNIT
            after = after.with_unit(replace(after.unit(unit.id) or unit, text=fitted[1], deleted=gone))
        elif unit is not None and one.kind is Kind.MOVE and after.unit(one.after) is not None:
            neighbour = after.unit(one.after)
            assert neighbour is not None
            after = after.moved(unit.id, after.place(neighbour.id) + 1, neighbour.section)
            movers[unit.id] = one.number
            for near in (unit, *_neighbours(text, unit, one.after)):  # a move shows only beside what it goes past
                touched[near.id] = None
                chains.setdefault(near.id, [("", near.text)])
        else:
            others.append(one)
            continue
        touched[one.unit] = None
        shown[one.number] = _credit(one)
    only = frozenset(touched)
    pieces = {
        id: tuple(
            RedlinePiece(one.op, one.text, one.source if one.op != "=" else "")
            for one in attributed(_ended(chain, after.unit(id)))
        )
        for id, chain in chains.items()
    }
    old, new = parts(text, only), parts(after, only)
    lines = flow(old, new, lambda key: pieces[key], movers, {})
    seen = {piece.credit for line in lines for piece in (*line.pieces, line.end)} | {line.mover for line in lines}
    others += [one for one in mine if one.number in shown and one.number not in seen]
    return Redline(
        title=text.title,
        old=point.named,
        new="the text with the proposals shown",
        sections=(),
        credits={number: credit for number, credit in shown.items() if number in seen},
        meeting=state.title,
        place=state.place,
        dates=state.dates,
        language=text.language,
        direction=text.direction,
        noun=text.noun,
        symbol=point.symbol,
        date=point.when,
        lines=lines,
        before=tuple(old),
        after=tuple(new),
        others=tuple(_apart(state, point, one, named) for one in others),
    )


def _apart(state: State, point: Point, one: Amendment, named: bool) -> Apart:
    """A proposal that cannot be shown in the text: where it is, what it says, and its words."""
    where = ", ".join([one.number, *_where(state, point, one, named)])
    waits = _WAITING.get(one.state, "")
    said = f"{one.said[:1].upper()}{one.said[1:]}{f' ({waits})' if waits else ''}"
    return Apart(where, said, tuple(_words(state, point, one)))


def _where(state: State, point: Point, one: Amendment, named: bool) -> Iterator[str]:
    parent = state.amendments.get(one.parent)
    if parent is not None:
        whose = f" ({names_in_words(parent.names)})" if named else ""
        yield f"{'consequence of' if one.consequential else 'sub-amendment to'} {parent.number}{whose}"
    if one.kind is Kind.HEADING:
        yield f"section {one.section}"
        return
    unit = point.text.unit(one.unit)
    label = unit.label if unit else one.label or next((on.label for on in state.on_unit(one.unit) if on.label), "")
    if label:
        yield heading_line(point.text.noun, label, point.text.language)


def _words(state: State, point: Point, one: Amendment) -> Iterator[tuple[RedlinePiece, ...]]:
    """The words of a proposal as paragraphs: those of a split or a merger as they would read, else what changes."""
    if one.kind is Kind.SPLIT:
        yield from (
            (RedlinePiece("=", line),)
            for place, part in enumerate(one.parts, 1)
            for line in f"{place}: {part}".split("\n")
        )
        return
    if one.kind in (Kind.MERGE, Kind.NEW_UNIT, Kind.ALTERNATIVE):
        yield from ((RedlinePiece("=", line),) for line in one.proposed.split("\n"))
        return
    if one.kind is Kind.MOVE:
        return
    line: list[RedlinePiece] = []
    for span in compare(one.base, one.proposed):
        *ended, rest = span.text.split("\n")
        for words in ended:
            yield (*line, RedlinePiece(span.op, words))
            line = []
        line += [RedlinePiece(span.op, rest)] if rest else []
    yield tuple(line)


def _neighbours(text: Text, unit: Unit, after: str) -> list[Unit]:
    """The units of the text between which a move is seen: the one it goes behind, and the one that it stood behind."""
    place = text.place(unit.id)
    return [one for one in (text.unit(after), text.units[place - 1] if place else None) if one and not one.deleted]


def _ended(chain: list[tuple[str, str]], unit: Unit | None) -> list[tuple[str, str]]:
    """The steps of a unit's words, to nothing where it goes."""
    return [*chain[:-1], (chain[-1][0], "")] if unit is None or unit.deleted else chain


def _fitted(state: State, one: Amendment, unit: Unit, before: Mapping[str, str]) -> tuple[str, str] | None:
    """The unit with this proposal, alone and together with those before it; None where they are at odds."""
    if one.parent and not one.consequential:
        return None
    verdict = verdict_on(state, one)
    alone = "" if one.kind is Kind.DELETE_UNIT else verdict.text
    if alone is None:
        return None
    if one.kind is Kind.DELETE_UNIT:
        return (alone, alone) if not before else None
    together = combine(unit.text, {**before, one.number: alone}).text
    return None if together is None or "" in before.values() else (alone, together)


def _credit(one: Amendment) -> Credit:
    reading = Reading(one.reading, "").name if one.reading else ""
    return Credit(
        names_in_words(one.names), one.number, one.said, one.at, reading, one.by, fate_in_words(one) or "pending"
    )
