"""An amendment in full: who, on behalf of whom, from whom, the state, the positions, the verdict, the redline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from draftwg.hygiene import one_line, visible
from draftwg.tui.drawing import STATE_SIGNS, clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from draftwg.model.amendment import Amendment
    from draftwg.model.procedure import Position
    from draftwg.model.state import State
    from draftwg.tui.views import Looks

Part = tuple[str, str] | Content


BRIEF = 108
"""Cells of a screen below which the list of amendments stands beside the detail."""


def detail(amendment: Amendment, looks: Looks, state: State, *, brief: bool = False) -> Content:
    """The whole of an amendment, as the pane beside the unit shows it. With `brief`, its words come first: who proposes
    it and where it stands is in the list beside."""
    head: list[Part] = [amendment_head(amendment, state), ("\n\n", "")]
    told: list[Part] = []
    verdict = looks.verdict(amendment)
    conflicts = verdict is not None and verdict.text is None
    if verdict is not None and amendment.base != amendment.proposed:  # a move changes no words
        look, sign = ("$bad bold", "!") if conflicts else ("$good", "✓")
        told.append((f"{sign} {visible(one_line(verdict.reason))}\n\n", look))
    said: list[Part] = [(f"{visible(amendment.said)}\n\n", "")]
    words = looks.proposal(amendment)
    if not brief:
        return Content.assemble(*head, *told, *said, words)
    first, then = (told, []) if conflicts else ([], told)
    return Content.assemble(*first, *said, words, ("\n\n", ""), *then, *head)


def amendment_head(amendment: Amendment, state: State) -> Content:
    """Number, names, origin, what it hangs on, state, and the positions of delegations, each on a line."""
    from draftwg.model.delegation import the
    from draftwg.model.state import names_in_words

    decision = amendment.decision
    stands = decision.state if decision else amendment.state
    lines: list[Part] = [(f"{one_line(amendment.number)}  {one_line(amendment.by)}\n", "bold")]
    if amendment.on_behalf:
        lines.append((f"on behalf of {one_line(the(amendment.on_behalf))}\n", ""))
    if amendment.sponsors:
        lines.append((f"with {one_line(names_in_words(amendment.sponsors))}\n", ""))
    lines += [(f"{one_line(line)}\n", "") for line in _ties(amendment, state)]
    at = decision.at if decision else amendment.wordings[-1].at
    lines.append((f"{STATE_SIGNS[stands]} {stands} {clock(at)}", "$muted"))
    if len(amendment.wordings) > 1:
        lines.append((f" · wording {len(amendment.wordings)}", "$muted"))
    if decision and decision.vote:
        lines.append((f" · by {one_line(decision.vote)}", "$muted"))
    if decision and decision.because:
        lines.append((f" · {one_line(decision.because)}", "$muted"))
    if amendment.reason:
        lines.append((f"\nReason given: {one_line(amendment.reason)}", ""))
    if told := positions_in_words(state.positions_on(amendment=amendment.id)):
        ended = amendment.state.ended
        lines.append((f"\n{'Positions then: ' if ended else ''}{told}", "$muted" if ended else ""))
    return Content.assemble(*lines)


def positions_in_words(positions: Iterable[Position]) -> str:
    """Positions on one line: "support: Chile · reserve: Kenya (Group of African States)"; "" where there are none."""
    by_stand: dict[str, list[str]] = {}
    for position in positions:
        group = f" ({position.on_behalf})" if position.on_behalf else ""
        by_stand.setdefault(position.stand.value, []).append(position.by + group)
    return visible(one_line(" · ".join(f"{stand}: {', '.join(names)}" for stand, names in by_stand.items())))


def _ties(amendment: Amendment, state: State) -> Iterable[str]:
    """What the amendment hangs on and comes from."""

    def number(id: str) -> str:
        return state.amendments[id].number if id in state.amendments else "?"

    if amendment.parent:
        kind = "consequential to" if amendment.consequential else "sub-amendment to"
        yield f"{kind} {number(amendment.parent)}"
    if amendment.origin_by:
        yield f"suggested by {amendment.origin_by}"
    if amendment.origin:
        yield f"reintroduces {number(amendment.origin)}"
    if amendment.draws_on:
        yield f"draws on {', '.join(map(number, amendment.draws_on))}"
    if amendment.replaces:
        text = state.texts.get(amendment.text)
        replaced = text.unit(amendment.replaces) if text else None
        yield f"{amendment.label} in the place of {replaced.label if replaced else 'a proposed unit'}"
