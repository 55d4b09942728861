"""Where delegations stand, and how amendments change hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from draftwg.tui.commands.base import Command
from draftwg.tui.situation import Pane, Situation
from draftwg.tui.task import Purpose, Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from draftwg.model.amendment import Amendment
    from draftwg.tui.screens.reading import ReadingScreen

_STANDS = (
    ("s", "support", "speaks for it"),
    ("r", "retain", "wants the present words kept"),
    ("o", "oppose", "speaks against it"),
    ("v", "reserve", "keeps its position open until it lifts the reservation"),
    ("l", "can live with", "does not ask for it, and does not stand in its way"),
    ("c", "must consult", "has to ask its capital first"),
)


class _OnIt(Command):
    """A position on the chosen amendment; where there is none, or where the words have the keys, on the unit."""

    def _impossible(self, now: Situation) -> str:
        return "" if now.about() else now.no_live_amendment() or now.no_unit()


class TakePosition(_OnIt):
    """Record a delegation's position on the chosen amendment, or on the unit where there is none or the words have the
    keys: choose the delegation, then how it stands."""

    id, keys, name, group = "position", "p", "Position", "Positions"

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.choosing import Option

        about = screen.situation.about()
        named = _named(about, screen.noun)
        options = [Option(stand, key, stand, does=meaning) for key, stand, meaning in _STANDS]

        def spoken(by: str, group: str = "") -> None:
            request = {"act": "position", "by": by, **({"on_behalf": group} if group else {}), **about}
            screen.ask.choose(
                f"{group or by} on {named}", options, lambda stand: screen.do({**request, "position": stand})
            )

        def chosen(name: str) -> None:
            if screen.ask.is_group(name):
                screen.ask.party_for(name, lambda by: spoken(by, name))
            else:
                spoken(name)

        screen.ask.delegation(f"Whose position on {named}?", chosen, without=_sponsors(screen, about))


class Support(_OnIt):
    """Record who supports the chosen amendment (or the unit), one delegation after another, each with Enter; Enter
    alone or Esc ends it."""

    id, keys, name, group = "support", "greater_than_sign", "Support", "Positions"

    def _run(self, screen: ReadingScreen) -> None:
        _ask_whose(screen, "support", f"Who supports {_named(screen.situation.about(), screen.noun)}?")


class Oppose(_OnIt):
    """Record who opposes the chosen amendment (or the unit), one delegation after another."""

    id, keys, name, group = "oppose", "less_than_sign", "Oppose", "Positions"

    def _run(self, screen: ReadingScreen) -> None:
        _ask_whose(screen, "oppose", f"Who opposes {_named(screen.situation.about(), screen.noun)}?")


class Retain(_OnIt):
    """Record who wants to retain the words that the chosen amendment (or any on the unit) would change, one delegation
    after another."""

    id, keys, name, group = "retain", "apostrophe", "Retain", "Positions"

    def _run(self, screen: ReadingScreen) -> None:
        _ask_whose(screen, "retain", f"Who retains the words of {_named(screen.situation.about(), screen.noun)}?")


class Reserve(_OnIt):
    """Record who reserves its position on the chosen amendment (or the unit), one delegation after another."""

    id, keys, name, group = "reserve", "colon", "Reserve", "Positions"

    def _run(self, screen: ReadingScreen) -> None:
        named = _named(screen.situation.about(), screen.noun)
        _ask_whose(screen, "reserve", f"Who reserves its position on {named}?")


class Lift(Command):
    """Record that a delegation lifts its reservation, or takes back another position."""

    id, keys, name, group = "lift", "L", "Lift", "Positions"

    def _impossible(self, now: Situation) -> str:
        if reason := self._not_at_all(now):
            return reason
        return (
            "" if _positions(now) else "Nobody has taken a position here. Rule: A reservation is lifted by its maker."
        )

    def _not_at_all(self, now: Situation) -> str:
        return "" if now.about() else now.no_live_amendment() or now.no_unit()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.tui.screens.choosing import Option

        taken = _positions(screen.situation)
        named = [_named(about, screen.noun) for about, _, _ in taken]
        several = len(set(named)) > 1
        options = [
            Option(str(place), str(place), f"{by}: {stand}" + (f", on {named[place - 1]}" if several else ""))
            for place, (_, by, stand) in enumerate(taken, 1)
        ]
        asked = "Which position is taken back?" if several else f"Which position on {named[0]} is taken back?"

        def chosen(place: str) -> None:
            about, by, stand = taken[int(place) - 1]
            screen.do({"act": "lift", "by": by, "position": stand, **about})

        screen.ask.choose(asked, options, chosen)


class TakeUp(Command):
    """Record that a party takes up the chosen suggestion of an observer: now it is before the room."""

    id, keys, name, group = "take_up", "y", "Take up", "Positions"

    def _impossible(self, now: Situation) -> str:
        if reason := now.no_live_amendment():
            return reason
        if now.amendment is not None and now.amendment.state.value != "suggested":
            return f"{now.amendment.number} is no suggestion. Rule: A party takes up an observer's suggestion."
        return ""

    def _run(self, screen: ReadingScreen) -> None:
        amendment = _chosen(screen)
        screen.ask.delegation(
            f"Who takes up {amendment.number} of {amendment.by}?",
            lambda by: screen.do({"act": "take_up", "amendment": amendment.number, "by": by}),
            without=(amendment.by,),
        )


class MergeInto(Command):
    """Merge the chosen amendment into another: a sub-amendment is taken in by its amendment at once, two proposals get
    a common wording."""

    id, keys, name, group = "merge_into", "m", "Merge into", "Positions"

    def _impossible(self, now: Situation) -> str:
        return now.no_amendment()

    def _run(self, screen: ReadingScreen) -> None:
        from draftwg.errors import BadInput
        from draftwg.tui.screens.prompt import Question

        amendment, state = _chosen(screen), screen.situation.state
        if state is None:
            return
        parent = state.amendments.get(amendment.parent)
        if parent is not None and not amendment.consequential:
            screen.do({"act": "merge", "amendment": amendment.number, "into": parent.number})
            return

        async def submit(answers: Mapping[str, str]) -> str:
            try:
                into = state.find_amendment(answers["into"])
            except BadInput as error:
                return str(error)
            if into.id == amendment.id or not into.state.pending:
                return f"{into.number} is {'the same' if into.id == amendment.id else into.state}: choose another one."
            screen.call_after_refresh(_begin_common, screen, amendment, into)
            return ""

        screen.ask.prompt(f"Merge {amendment.number} of {amendment.by}", (Question("into", "into amendment"),), submit)


class Fall(Command):
    """Confirm for the Chair that an amendment falls, because another one was accepted; the offer above the foot says
    which."""

    id, keys, name, group = "fall", "f", "Falls", "Decisions"

    def _impossible(self, now: Situation) -> str:
        if reason := now.no_text():
            return reason
        told = "No amendment on this unit falls because of an accepted one."
        return "" if now.falls else f"{told} Rule: It falls where the adoption of another implies its rejection."

    def _run(self, screen: ReadingScreen) -> None:
        falls = screen.situation.falls
        if falls is not None:
            amendment, because = falls
            screen.do({"act": "fall", "amendment": amendment.number, "because": because.number})


class Reintroduce(Command):
    """Record that another party brings the chosen withdrawn proposal back, as a new amendment with its origin."""

    id, keys, name, group = "reintroduce", "W", "Reintroduce", "Positions"

    def _impossible(self, now: Situation) -> str:
        if reason := now.no_text():
            return reason
        if now.amendment is None or now.amendment.state.value not in ("withdrawn", "lapsed"):
            return (
                "Choose a withdrawn amendment. Rule: A withdrawn proposal may be reintroduced by any party (rule 54)."
            )
        return ""

    def _run(self, screen: ReadingScreen) -> None:
        amendment = _chosen(screen)
        screen.ask.delegation(
            f"Who reintroduces {amendment.number} of {amendment.by}?",
            lambda by: screen.do({"act": "reintroduce", "amendment": amendment.number, "by": by}),
            without=(amendment.by,) if amendment.state.value == "withdrawn" else (),
        )


class TakeEarlier(Command):
    """Let the chosen amendment be taken earlier, with those that hang on it: the Chair's order of taking."""

    id, keys, name, group = "take_earlier", "alt+up", "Take earlier", "Positions"

    def _impossible(self, now: Situation) -> str:
        return now.no_amendment() or now.no_unit()

    def _run(self, screen: ReadingScreen) -> None:
        _reorder(screen, -1)


class TakeLater(Command):
    """Let the chosen amendment be taken later, with those that hang on it: the Chair's order of taking."""

    id, keys, name, group = "take_later", "alt+down", "Take later", "Positions"

    def _impossible(self, now: Situation) -> str:
        return now.no_amendment() or now.no_unit()

    def _run(self, screen: ReadingScreen) -> None:
        _reorder(screen, 1)


def _chosen(screen: ReadingScreen) -> Amendment:
    amendment = screen.situation.amendment
    assert amendment is not None
    return amendment


def _ask_whose(screen: ReadingScreen, stand: str, question: str) -> None:
    """Ask whose position it is, again and again, and record each at once."""
    request = {"act": "position", "position": stand, **screen.situation.about()}

    async def record(by: str, group: str) -> str:
        return await screen.try_to_do({**request, "by": by, **({"on_behalf": group} if group else {})})

    screen.ask.delegations(question, record, without=_sponsors(screen, request))


def _sponsors(screen: ReadingScreen, about: Mapping[str, object]) -> tuple[str, ...]:
    """Whose position on this needs no saying: that of the sponsors of an amendment."""
    amendment = screen.situation.amendment if "amendment" in about else None
    return tuple(amendment.names) if amendment else ()


def _named(about: Mapping[str, object], noun: str) -> str:
    return str(about["amendment"]) if "amendment" in about else f"{noun} {about.get('unit', '')}"


def _positions(now: Situation) -> list[tuple[Mapping[str, object], str, str]]:
    """Who has taken which position, and on what: first on the chosen amendment, then, unless the amendments have the
    keys, on the unit."""
    if now.state is None or now.text is None or now.row is None or now.row.unit is None:
        return []
    found: list[tuple[Mapping[str, object], str, str]] = []
    about = now.about()
    if "amendment" in about and now.amendment is not None:
        taken = now.state.positions_on(amendment=now.amendment.id)
        found += [(about, position.by, position.stand.value) for position in taken]
    if "amendment" not in about or now.pane is not Pane.AMENDMENTS:
        about = {"unit": now.row.unit.label, "in": now.text.name}
        taken = now.state.positions_on(unit=now.row.unit.id)
        found += [(about, position.by, position.stand.value) for position in taken]
    return found


def _begin_common(screen: ReadingScreen, amendment: Amendment, into: Amendment) -> None:
    screen.editing.begin(
        Task(
            Purpose.COMMON, into.text, into.unit, into.label or screen.label_of(into.unit), into.by, into.proposed,
            into.proposed, f"{amendment.id} {into.id}", f"{amendment.number} into {into.number}",
        )
    )  # fmt: skip


def _reorder(screen: ReadingScreen, step: int) -> None:
    """Move the chosen amendment, with what hangs on it, past its neighbour."""
    from draftwg.desk.chair import moved_in_order

    text, unit = screen.text_and_unit()
    amendment, state = _chosen(screen), screen.situation.state
    numbers = moved_in_order(state, unit.id, amendment, step) if state else ()
    if numbers:
        screen.do({"act": "order", "unit": unit.label, "in": text.name, "amendments": list(numbers)})
    else:
        screen.trouble(f"{amendment.number} is taken {'first' if step < 0 else 'last'} already.")
