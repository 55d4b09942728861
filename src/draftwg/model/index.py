"""What is looked up often in a state, sorted once: made from a state that never changes, so it never changes either."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from draftwg.model.amendment import Amendment, AmendmentState
from draftwg.model.procedure import Position

Item = TypeVar("Item")


class Index:
    """The amendments and positions of one state by what is asked for. Each table is made when it is first used."""

    def __init__(self, amendments: Mapping[str, Amendment], positions: tuple[Position, ...]) -> None:
        self._amendments = amendments
        self._positions = positions

    @cached_property
    def accepted_on(self) -> Mapping[str, tuple[Amendment, ...]]:
        """The accepted amendments by the ids of all units that they touched, in the order in which they were
        accepted.
        """
        taken = [one for one in self._amendments.values() if one.state is AmendmentState.ACCEPTED]
        taken.sort(key=lambda one: one.decision.at if one.decision else "")
        return _grouped((unit, one) for one in taken for unit in dict.fromkeys((one.unit, one.replaces, *one.units)))

    @cached_property
    def accepted_by(self) -> Mapping[str, Amendment]:
        """The amendment that an accepting act brought into the text, by the id of the act."""
        return self._decided(AmendmentState.ACCEPTED)

    @cached_property
    def merged_by(self) -> Mapping[str, Amendment]:
        """The amendment that an act merged into another, by the id of the act."""
        return self._decided(AmendmentState.MERGED)

    @cached_property
    def new_units(self) -> frozenset[str]:
        """The ids of the units that amendments brought in or would bring in."""
        return frozenset(one.unit for one in self._amendments.values() if one.label)

    @cached_property
    def positions(self) -> Mapping[str, tuple[Position, ...]]:
        """The positions that have not been lifted, by the id of the unit or amendment that they are about."""
        return _grouped((one.unit or one.amendment, one) for one in self._positions if not one.lifted)

    def _decided(self, state: AmendmentState) -> Mapping[str, Amendment]:
        found: dict[str, Amendment] = {}
        for one in self._amendments.values():
            if one.decision and one.decision.state is state:
                found.setdefault(one.decision.act, one)
        return found


def _grouped(pairs: Iterable[tuple[str, Item]]) -> Mapping[str, tuple[Item, ...]]:
    groups: dict[str, list[Item]] = {}
    for key, item in pairs:
        groups.setdefault(key, []).append(item)
    return {key: tuple(items) for key, items in groups.items()}
