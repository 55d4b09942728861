"""Positions of delegations, reservations and their lifting, and the Chair's order of taking."""

from dataclasses import dataclass, replace
from typing import Self

from draftwg.acts.base import Act, Drafting, Field, Request
from draftwg.acts.places import standing_unit
from draftwg.acts.standing import decides, is_observer, on_behalf
from draftwg.errors import BadInput, OutOfOrder
from draftwg.model.amendment import AmendmentState
from draftwg.model.delegation import speaking, the
from draftwg.model.procedure import Position, Stand
from draftwg.model.state import State, live_amendment

_WHERE = (
    Field("amendment", "line", "the number of the amendment that it is about"),
    Field("unit", "line", "or the label of the unit"),
)


@dataclass(frozen=True, kw_only=True)
class _Stance(Act):
    """What a delegation does about its position on an amendment or a unit (their ids)."""

    by: str
    text: str
    unit: str = ""
    amendment: str = ""

    def mine(self, state: State) -> tuple[Position, ...]:
        """The delegation's positions on this that have not been lifted, the earliest first."""
        return tuple(position for position in state.positions if _same(position, self) and not position.lifted)

    def without(self, state: State, gone: tuple[Position, ...]) -> tuple[Position, ...]:
        """The positions of the meeting, those in `gone` lifted by this act."""
        acts = {position.act for position in gone}
        return tuple(
            replace(position, lifted=self.id) if position.act in acts else position for position in state.positions
        )

    def trailers(self, before: State) -> dict[str, str]:
        """What it is about."""
        return _trailers(before, self.text, self.unit, self.amendment)

    @property
    def author(self) -> str:
        """The delegation."""
        return self.by


@dataclass(frozen=True, kw_only=True)
class TakePosition(_Stance):
    """A delegation supports, opposes, retains, reserves, can live with it, or must consult. A later position
    replaces an earlier one, but a reservation stands beside it until it is lifted.
    """

    NAME = "position"
    FIELDS = (
        Field("by", "line", "the delegation", required=True),
        Field("position", "line", "support, retain, oppose, reserve, can live with or must consult", required=True),
        *_WHERE,
        Field("on_behalf", "line", "the group for which the delegation speaks"),
        Field("in", "line", "the name of the text, where the meeting has several"),
    )

    stand: str
    on_behalf: str = ""

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The position."""
        stand = request.line("position").casefold()
        if stand not in set(Stand):
            raise BadInput(f"“{stand[:40]}” is no position.", f"There are: {', '.join(Stand)}.")
        text, unit, amendment = _where(drafting.state, request)
        suggested = bool(amendment) and drafting.state.amendments[amendment].state is AmendmentState.SUGGESTED
        delegation = drafting.delegation(request.line("by"))
        if not (suggested and is_observer(delegation)):  # observers may speak among themselves of what is not tabled
            decides(delegation, "take a position")
        by = delegation.name
        group = on_behalf(drafting, by, request.line("on_behalf", ""))
        act = cls(
            stamp=drafting.stamp(),
            by=by,
            stand=stand,
            text=text,
            unit=unit,
            amendment=amendment,
            on_behalf=group,
        )
        drafting.warnings += act._remarks(drafting.state)
        return act

    def apply(self, state: State) -> State:
        """The state with this position in the place of those of the delegation that it replaces."""
        stand = Stand(self.stand)
        new = Position(self.by, stand, self.at, self.id, self.unit, self.amendment, self.on_behalf)
        gone = tuple(position for position in self.mine(state) if stand.replaces(position.stand))
        return state.changed(positions=(*self.without(state, gone), new))

    def _remarks(self, state: State) -> list[str]:
        """What becomes of the delegation's earlier positions on this, where it is not the same again."""
        stand, who = Stand(self.stand), the(self.by, start=True)
        told = []
        for earlier in self.mine(state):
            if stand.replaces(earlier.stand):
                if earlier.stand is not stand:
                    told.append(f"It takes the place of the earlier position: {earlier.stand}.")
            elif earlier.stand is Stand.RESERVE:
                told.append(f"The reservation of {the(self.by)} stands until it is lifted.")
            else:
                told.append(f"{who} still wants what it said before: {earlier.stand}.")
        return told

    def subject(self, before: State) -> str:
        """The act in plain words."""
        who = speaking(self.by, self.on_behalf)
        verb = {
            Stand.SUPPORT: "supports",
            Stand.RETAIN: "wants to retain the words of",
            Stand.OPPOSE: "opposes",
            Stand.RESERVE: "reserves its position on",
            Stand.CAN_LIVE_WITH: "can live with",
            Stand.MUST_CONSULT: "must consult on",
        }[Stand(self.stand)]
        return f"{who} {verb} {_named(before, self.text, self.unit, self.amendment)}"


@dataclass(frozen=True, kw_only=True)
class Lift(_Stance):
    """A delegation lifts its reservation, or takes its position back."""

    NAME = "lift"
    FIELDS = (
        Field("by", "line", "the delegation", required=True),
        *_WHERE,
        Field("position", "line", "which one, where it has several; without it, its reservation, else what it has"),
        Field("in", "line", "the name of the text, where the meeting has several"),
    )

    stand: str = ""

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The lifting."""
        text, unit, amendment = _where(drafting.state, request)
        by = drafting.delegation(request.line("by")).name
        stand = request.line("position", "").casefold()
        if stand and stand not in set(Stand):
            raise BadInput(f"“{stand[:40]}” is no position.", f"There are: {', '.join(Stand)}.")
        act = cls(stamp=drafting.stamp(), by=by, text=text, unit=unit, amendment=amendment, stand=stand)
        mine = {position.stand for position in act.mine(drafting.state)}
        if not stand and Stand.RESERVE in mine and len(mine) > 1:
            act = replace(act, stand=Stand.RESERVE.value)
        return act

    def _gone(self, state: State) -> tuple[Position, ...]:
        return tuple(position for position in self.mine(state) if not self.stand or position.stand == self.stand)

    def apply(self, state: State) -> State:
        """The state without the position."""
        gone = self._gone(state)
        if not gone:
            what = f"position “{self.stand}”" if self.stand else "position"
            named = _named(state, self.text, self.unit, self.amendment)
            raise OutOfOrder(
                f"{the(self.by, start=True)} has no {what} on {named}.",
                rule="A reservation is lifted by the delegation that made it.",
            )
        return state.changed(positions=self.without(state, gone))

    def repeats(self, state: State) -> str | None:
        """It has been lifted."""
        return next((position.lifted for position in reversed(state.positions) if _same(position, self)), None)

    def subject(self, before: State) -> str:
        """The act in plain words."""
        gone = self._gone(before)
        what = "reservation" if gone and gone[-1].stand is Stand.RESERVE else "position"
        return f"{the(self.by, start=True)} lifts its {what} on {_named(before, self.text, self.unit, self.amendment)}"


@dataclass(frozen=True, kw_only=True)
class Order(Act):
    """The Chair settles in which order the amendments on a unit are taken; those left out follow."""

    NAME = "order"
    FIELDS = (
        Field("unit", "line", "the label of the unit", required=True),
        Field("amendments", "names", "the numbers of the amendments, the first to be taken first", required=True),
        Field("in", "line", "the name of the text, where the meeting has several"),
    )

    text: str
    unit: str
    amendments: tuple[str, ...]

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The order."""
        text, unit = standing_unit(drafting.state, request)
        found = [live_amendment(drafting.state, number) for number in request.names("amendments")]
        if not found:
            raise BadInput("“amendments” is missing.", "Name them in the order in which they are to be taken.")
        ids = tuple(dict.fromkeys(amendment.id for amendment in found))
        return cls(stamp=drafting.stamp(), text=text.name, unit=unit.id, amendments=ids)

    def apply(self, state: State) -> State:
        """The state with the Chair's order. A sub-amendment cannot stand behind its amendment."""
        for place, id in enumerate(self.amendments):
            amendment = state.find_amendment(id)
            if amendment.unit != self.unit:
                raise OutOfOrder(
                    f"{amendment.number} is on another unit.", rule="An order is among the amendments on one unit."
                )
            if amendment.parent in self.amendments[:place] and not amendment.consequential:
                raise OutOfOrder(
                    f"{amendment.number} is a sub-amendment and comes before its amendment.",
                    rule="A sub-amendment is taken before its amendment.",
                )
        return state.changed(orders={**state.orders, self.unit: self.amendments})

    def subject(self, before: State) -> str:
        """The act in plain words."""
        numbers = ", ".join(before.find_amendment(id).number for id in self.amendments)
        return f"The Chair: on {_named(before, self.text, self.unit, '')} the order is {numbers}"

    def trailers(self, before: State) -> dict[str, str]:
        """The unit."""
        return _trailers(before, self.text, self.unit, "")


def _where(state: State, request: Request) -> tuple[str, str, str]:
    """The text, and the unit or amendment (ids) that the request is about."""
    if request.has("amendment") == request.has("unit"):
        raise BadInput("“amendment” or “unit” is missing.", "Say what the position is about, one of them.")
    if request.has("amendment"):
        amendment = live_amendment(state, request.line("amendment"))
        return amendment.text, "", amendment.id
    text, unit = standing_unit(state, request)
    return text.name, unit.id, ""


def _same(position: Position, act: _Stance) -> bool:
    return (position.by, position.unit, position.amendment) == (act.by, act.unit, act.amendment)


def _named(state: State, text: str, unit: str, amendment: str) -> str:
    if amendment:
        found = state.find_amendment(amendment)
        return f"{found.number} of {the(found.by)}"
    named = state.text(text).unit(unit)
    return f"{state.text(text).noun} {named.label if named else '?'}"


def _trailers(state: State, text: str, unit: str, amendment: str) -> dict[str, str]:
    found = state.amendments.get(amendment)
    named = state.text(text).unit(found.unit if found else unit)
    number = {"Amendment": found.number} if found else {}
    return {**number, "Text": text, "Unit": named.label if named else (found.label if found else unit)}
