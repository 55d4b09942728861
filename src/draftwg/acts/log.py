"""The record folded: all acts in their order, which of them count, and the state they make.

The order is (clock, id): a pure function of the acts, the same on every machine whatever way they came. A clock is
one more than the greatest its author had seen, so an act stands behind everything that its author knew of.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from draftwg.acts.base import Act
from draftwg.acts.undo import Redo, Undo
from draftwg.errors import DraftwgError
from draftwg.model.state import Contested, State

_REMEMBERED = 100  # states kept so that the usual undo costs no folding


class Log:
    """The acts of a meeting and the state that they make. `add` is the only way in."""

    def __init__(self, acts: Iterable[Act] = ()) -> None:
        self.acts: list[Act] = []
        self.state = State()
        self._index: dict[str, int] = {}
        self._done: list[str] = []  # acts that count, undo and redo aside
        self._undone: list[str] = []  # acts that no longer count, the latest last
        self._redoable: list[str] = []
        self._recent: deque[tuple[str, State]] = deque(maxlen=_REMEMBERED)  # (act, the state before it)
        self.add(acts)

    def add(self, acts: Iterable[Act]) -> None:
        """Take in further acts; known ones are passed over."""
        new = sorted((act for act in acts if act.id not in self._index), key=_order)
        if not new:
            return
        if self.acts and _order(new[0]) < _order(self.acts[-1]):
            self.acts = sorted([*self.acts, *new], key=_order)
            self._fold_anew()
            return
        for act in new:
            self._index[act.id] = len(self.acts)
            self.acts.append(act)
            self._take(act)

    @property
    def clock(self) -> int:
        """The greatest clock in the record."""
        return self.acts[-1].clock if self.acts else 0

    @property
    def latest(self) -> Act | None:
        """The latest act that counts."""
        return self._act(self._done[-1]) if self._done else None

    @property
    def undoable(self) -> Act | None:
        """The latest act that counts and can be undone: what stands for good is passed over."""
        acts = (self._act(id) for id in reversed(self._done))
        return next((act for act in acts if not act.stands), None)

    @property
    def redoable(self) -> Act | None:
        """The act that a redo would bring back."""
        return self._act(self._redoable[-1]) if self._redoable else None

    def counts(self, id: str) -> bool:
        """Whether this act counts: it has not been undone."""
        return id in self._index and id not in self._undone

    def effective_act(self, id: str) -> Act | None:
        """The act with this id, if it counts and is no undo or redo."""
        act = self._act(id) if id in self._index else None
        return act if act and self.counts(id) and not isinstance(act, Undo | Redo) else None

    def before(self, id: str) -> State:
        """The state just before this act, with what counted then."""
        for known, state in self._recent:
            if known == id:
                return state
        return Log(self.acts[: self._index[id]]).state

    def after(self, id: str) -> State:
        """The state just after this act, with what counted then."""
        return Log(self.acts[: self._index[id] + 1]).state

    def upto(self, time: float) -> "Log":
        """The record as it was at `time` (seconds since 1970): the acts until the last one made by then."""
        last = max((place for place, act in enumerate(self.acts, 1) if seconds(act.at) <= time), default=0)
        return Log(self.acts[:last])

    def trouble_without(self, id: str) -> str:
        """What would no longer be in order if this act did not count: the subject of the first such act, or nothing."""
        if self._done and self._done[-1] == id:
            return ""
        known = {contested.act for contested in self.state.contested}
        state = State()
        for act in self._effective():
            if act.id == id:
                continue
            try:
                state = act.apply(state)
            except DraftwgError:
                if act.id not in known:
                    return act.subject(self.before(act.id))
        return ""

    def walk(self) -> Iterator[tuple[Act, State]]:
        """Every act with the state just before it, as it happened: undone acts where they stood, undo and redo too."""
        log = Log()
        for act in self.acts:
            yield act, log.state
            log.add([act])

    def _act(self, id: str) -> Act:
        return self.acts[self._index[id]]

    def _effective(self) -> Iterator[Act]:
        undone = set(self._undone)
        return (act for act in self.acts if act.id not in undone and not isinstance(act, Undo | Redo))

    def _take(self, act: Act) -> None:
        if isinstance(act, Undo):
            self._undo(act)
        elif isinstance(act, Redo):
            self._redo(act)
        else:
            self._done.append(act.id)
            self._redoable.clear()
            self._recent.append((act.id, self.state))
            self._apply(act)

    def _apply(self, act: Act) -> None:
        try:
            self.state = _stamped(act, self.state, act.apply(self.state))
        except DraftwgError as error:
            self._contest(act, str(error))

    def _contest(self, act: Act, reason: str) -> None:
        self.state = replace(self.state, contested=(*self.state.contested, Contested(act.id, reason)))

    def _undo(self, act: Undo) -> None:
        if self.effective_act(act.undoes) is None:
            self._contest(act, "The act that it undoes does not count.")
            return
        last = bool(self._done) and self._done[-1] == act.undoes
        self._done.remove(act.undoes)
        self._undone.append(act.undoes)
        self._redoable.append(act.undoes)
        if last and self._recent and self._recent[-1][0] == act.undoes:
            self.state = self._recent.pop()[1]
        else:
            self._refold()

    def _redo(self, act: Redo) -> None:
        if not self._redoable or self._redoable[-1] != act.redoes:
            self._contest(act, "The act that it brings back is not the one undone last.")
            return
        self._redoable.pop()
        self._undone.remove(act.redoes)
        again = self._act(act.redoes)
        if not self._done or self._index[self._done[-1]] < self._index[act.redoes]:
            self._done.append(act.redoes)
            self._recent.append((act.redoes, self.state))
            self._apply(again)
        else:
            self._done = [other.id for other in self._effective()]
            self._refold()

    def _refold(self) -> None:
        """The state from the acts that count, for the rare undo in the middle."""
        self.state = State()
        self._recent.clear()
        for act in self._effective():
            self._recent.append((act.id, self.state))
            self._apply(act)

    def _fold_anew(self) -> None:
        acts, self.acts = self.acts, []
        self._index, self._done, self._undone, self._redoable = {}, [], [], []
        self.state = State()
        self._recent.clear()
        for act in acts:
            self._index[act.id] = len(self.acts)
            self.acts.append(act)
            self._take(act)


def _stamped(act: Act, before: State, after: State) -> State:
    """`after`, with the act and its time in the steps that it added to the courses of units."""
    if after.courses is before.courses:
        return after
    courses = dict(after.courses)
    for unit, course in after.courses.items():
        if course is not before.courses.get(unit):
            courses[unit] = tuple(step if step.act else replace(step, act=act.id, at=act.at) for step in course)
    return replace(after, courses=courses)


def seconds(at: str) -> float:
    """An act's time in seconds since 1970."""
    return datetime.fromisoformat(at).timestamp()


def _order(act: Act) -> tuple[int, str]:
    return act.clock, act.id
