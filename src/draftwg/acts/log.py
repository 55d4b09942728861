"""The record folded: all acts in their order, which of them count, and the state they make.

The order is (clock, id): a pure function of the acts, the same on every machine whatever way they came. A clock is
one more than the greatest its author had seen, so an act stands behind everything that its author knew of.

Machines that were apart may have recorded acts that contradict each other. The first in the order has effect; the
other is *contested*, without effect, until it is settled. Where both recorded the same, nothing is contested: the
second is a *twin* of the first, and an undo takes back both.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from draftwg.acts.base import Act
from draftwg.acts.settle import Settle
from draftwg.acts.undo import Redo, Undo
from draftwg.errors import DraftwgError
from draftwg.model.amendment import Amendment
from draftwg.model.state import Contested, State

_REMEMBERED = 100  # states kept so that the usual undo costs no folding
_APART = 250  # acts between two states that are kept of all that was before those


class Log:
    """The acts of a meeting and the state that they make. `add` is the only way in."""

    def __init__(self, acts: Iterable[Act] = ()) -> None:
        self.acts: list[Act] = []
        self._folded = State()  # of the acts that count
        self._idle: dict[str, Contested] = {}  # undoes and redoes without effect
        self._shown: tuple[State, tuple[Contested, ...], State] = (self._folded, (), self._folded)
        self._index: dict[str, int] = {}
        self._done: list[str] = []  # acts that count, undo and redo aside
        self._undone: list[str] = []  # acts that no longer count, the latest last
        self._redoable: list[str] = []
        self._undid: dict[str, frozenset[str]] = {}  # what each undone act took with it: itself and its twins
        self._twins: dict[str, str] = {}  # acts that repeat another: that other
        self._settles: list[Settle] = []  # those that were in order in their place
        self._aside: frozenset[str] = frozenset()  # acts that were settled aside
        self._recent: deque[tuple[str, State]] = deque(maxlen=_REMEMBERED)  # (act, the state before it)
        self.found: dict[tuple[str, str], Any] = {}
        """What was found out of an act, by what it is and the act's id: for as long as all before it is as it was."""
        self._marks: list[tuple[int, State]] = []  # places in `acts`, and the states before them
        self._own: Mapping[str, Amendment] | None = None  # the amendments of a state that only this log has seen
        self.add(acts)

    def add(self, acts: Iterable[Act]) -> None:
        """Take in further acts; known ones are passed over."""
        fresh = {act.id: act for act in acts if act.id not in self._index}
        new = sorted(fresh.values(), key=_order)
        if not new:
            return
        if self.acts and _order(new[0]) < _order(self.acts[-1]):
            later = self._step_back(new)
            if later is None:
                self.acts = sorted([*self.acts, *new], key=_order)
                self._fold_anew()
                return
            new = sorted([*later, *new], key=_order)
        self._take_all(new)

    @property
    def state(self) -> State:
        """The state that the acts make: one and the same until there are others."""
        idle = tuple(one for id, one in self._idle.items() if id not in self._aside)
        if self._shown[0] is not self._folded or self._shown[1] != idle:
            state = self._folded.changed(contested=(*self._folded.contested, *idle)) if idle else self._folded
            self._shown = (self._folded, idle, state)
        return self._shown[2]

    @property
    def clock(self) -> int:
        """The greatest clock in the record."""
        return self.acts[-1].clock if self.acts else 0

    @property
    def latest(self) -> Act | None:
        """The latest act that counts."""
        return self.act(self._done[-1]) if self._done else None

    @property
    def undoable(self) -> Act | None:
        """The latest act that counts and can be undone: what stands for good is passed over."""
        acts = (self.act(id) for id in reversed(self._done))
        return next((act for act in acts if not act.stands), None)

    @property
    def redoable(self) -> Act | None:
        """The act that a redo would bring back."""
        return self.act(self._redoable[-1]) if self._redoable else None

    def act(self, id: str) -> Act:
        """The act with this id, which is in the record."""
        return self.acts[self._index[id]]

    def counts(self, id: str) -> bool:
        """Whether this act counts: it has neither been undone nor settled aside."""
        return id in self._index and id not in self._undone and id not in self._aside

    def effective_act(self, id: str) -> Act | None:
        """The act with this id, if it counts and is no undo or redo."""
        act = self.act(id) if id in self._index else None
        return act if act and self.counts(id) and not isinstance(act, Undo | Redo) else None

    def before(self, id: str) -> State:
        """The state just before this act, with what counted then."""
        for known, state in self._recent:
            if known == id:
                return state
        self.look_before([id])
        return cast("State", self.found["before", id])

    def look_before(self, ids: Iterable[str]) -> None:
        """Find out the states before these acts, which will be asked for, in one go."""
        known = {id for id, _ in self._recent} | {id for what, id in self.found if what == "before"}
        log = Log()
        for id in sorted({*ids} - known, key=self._index.__getitem__):
            log.add(self.acts[len(log.acts) : self._index[id]])
            self.found["before", id] = log.state

    def after(self, id: str) -> State:
        """The state just after this act, with what counted then."""
        return Log(self.acts[: self._index[id] + 1]).state

    def upto(self, time: float) -> "Log":
        """The record as it was at `time` (seconds since 1970): the acts until the last one made by then."""
        last = max((place for place, act in enumerate(self.acts, 1) if seconds(act.at) <= time), default=0)
        return Log(self.acts[:last])

    def effective(self) -> list[Act]:
        """The acts that count, undo and redo left out, contested ones among them."""
        return list(self._effective())

    def trouble_without(self, id: str) -> str:
        """What would no longer be in order if this act did not count: the subject of the first such act, or nothing."""
        if self._done and self._done[-1] == id:
            return ""
        gone = self._group(id)
        known = {contested.act for contested in self.state.contested}
        state = State()
        for act in self._effective():
            if act.id in gone:
                continue
            try:
                state = act.apply(state)
            except DraftwgError as error:
                if act.id not in known and act.id not in self._twins:
                    return in_words(act, self.before(act.id), str(error))
        return ""

    def walk(self) -> Iterator[tuple[Act, State]]:
        """Every act with the state just before it, as it happened: undone acts where they stood, undo and redo too."""
        log = Log()
        for act in self.acts:
            yield act, log.state
            log.add([act])

    def _effective(self) -> Iterator[Act]:
        gone = {*self._undone, *self._aside}
        return (act for act in self.acts if act.id not in gone and not isinstance(act, Undo | Redo))

    def _group(self, id: str) -> frozenset[str]:
        """The act with those that recorded the same."""
        first = self._twins.get(id, id)
        return frozenset({id, first, *(twin for twin, other in self._twins.items() if other == first)})

    def _take_all(self, acts: Sequence[Act]) -> None:
        """Take these acts, which come behind all others. Of a long row of them the states before most are not kept."""
        kept, left = [], _REMEMBERED
        for act in reversed(acts):
            if isinstance(act, Undo | Redo | Settle):
                left = _REMEMBERED
            kept.append(left > 0)
            left -= 1
        for act, keep in zip(acts, reversed(kept), strict=True):
            self._index[act.id] = len(self.acts)
            self.acts.append(act)
            self._take(act, keep)

    def _take(self, act: Act, keep: bool) -> None:
        if isinstance(act, Undo):
            self._undo(act)
            return
        if isinstance(act, Redo):
            self._redo(act)
            return
        self._remember(act, len(self.acts) - 1, keep)
        self._redoable.clear()
        if isinstance(act, Settle):
            self._settle(act)
        else:
            self._put(act, keep)

    def _remember(self, act: Act, place: int, keep: bool) -> None:
        """Take down that this act counts; and the state before it, where it is to be kept or none is kept for long."""
        self._done.append(act.id)
        if far := place >= (self._marks[-1][0] if self._marks else 0) + _APART:
            self._marks.append((place, self._folded))
        if keep:
            self._recent.append((act.id, self._folded))
        else:
            self._recent.clear()
        if keep or far:
            self._own = None

    def _put(self, act: Act, keep: bool) -> None:
        """Apply an act. Where it adds an amendment to a state that nobody else will see, as it is not to be kept, and
        this log has made the amendments of that state, they are added to.
        """
        if not act.ADDS or keep:
            self._apply(act)
            return
        with self._folded.owned(self._folded.amendments is self._own):
            self._apply(act)
        self._own = self._folded.amendments

    def _apply(self, act: Act) -> None:
        try:
            self._folded = _stamped(act, self._folded, act.apply(self._folded))
        except DraftwgError as error:
            same = act.repeats(self._folded)
            if same is None:
                self._contest(act, str(error))
            elif same:
                self._twins[act.id] = self._twins.get(same, same)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            # Only an act that no draftwg drafted: a file from elsewhere, with values that fit together with nothing.
            self._contest(act, "What it tells does not fit the meeting.")

    def _contest(self, act: Act, reason: str) -> None:
        about = getattr(act, "amendment", "")
        if about and self._known_to(act, about) and about not in self._folded.amendments:
            reason = "What it is about was undone, or is contested itself."
        if isinstance(act, Undo | Redo):
            self._idle[act.id] = Contested(act.id, reason)
        else:
            self._folded = self._folded.changed(contested=(*self._folded.contested, Contested(act.id, reason)))

    def _known_to(self, act: Act, id: str) -> bool:
        """Whether there is such an act before this one: what comes later it cannot know, whatever a file says."""
        return self._index.get(id, len(self.acts)) < self._index[act.id]

    def _settle(self, act: Settle) -> None:
        if not all(self.counts(id) for id in act.between):
            if not self._is_so(act):
                self._contest(act, "That has been settled otherwise already.")
            return
        if any(self.act(id).stands and id != act.contested for id in act.aside):
            self._contest(act, "It would set aside what stands for good.")
            return
        self._settles.append(act)
        self._refold(())

    def _is_so(self, act: Settle) -> bool:
        """Whether what this ruling keeps counts, and what it sets aside does not: another one came to the same."""
        return all(self._known_to(act, id) and self.counts(id) is (id not in act.aside) for id in act.between)

    def _undo(self, act: Undo) -> None:
        if act.undoes in self._undone:
            return  # the same was undone on another machine
        undone = self.effective_act(act.undoes)
        if undone is None or undone.stands:
            why = "stands for good" if undone else "does not count"
            self._contest(act, f"The act that it undoes {why}.")
            return
        group = self._group(act.undoes)
        last = self._done[-1:] == [act.undoes] and len(group) == 1 and not isinstance(undone, Settle)
        self._undone += sorted(group)
        self._undid[act.undoes] = group
        self._redoable.append(act.undoes)
        self.found.clear()
        if last and self._recent and self._recent[-1][0] == act.undoes:
            self._done.pop()
            self._folded = self._recent.pop()[1]
        else:
            self._refold(group)

    def _redo(self, act: Redo) -> None:
        if act.redoes not in self._undid:
            if self.effective_act(act.redoes) is None:
                self._contest(act, "The act that it brings back does not count.")
            return
        group = self._undid.pop(act.redoes)
        self._undone = [id for id in self._undone if id not in group]
        self._redoable = [id for id in self._redoable if id != act.redoes]
        self.found.clear()
        again = self.act(act.redoes)
        behind = not self._done or self._index[self._done[-1]] < self._index[act.redoes]
        if behind and len(group) == 1 and not isinstance(again, Settle):
            self._done.append(act.redoes)
            self._recent.append((act.redoes, self._folded))
            self._apply(again)
        else:
            self._refold(group)

    def _refold(self, changed: Collection[str]) -> None:
        """The state from the acts that count, for the rare undo in the middle: `changed` acts count now, or no longer.
        What stands before the first of them is as it was.
        """
        aside: set[str] = set()
        for ruling in reversed(self._settles):  # the latest first: it may have set an earlier one aside
            if ruling.id not in aside and ruling.id not in self._undone:
                aside.update(ruling.aside)
        self.found.clear()
        changed = {*changed, *(aside ^ self._aside)}
        self._aside = frozenset(aside)
        settled = {act.id for act in self._settles}
        gone = {*self._undone, *self._aside}
        first = min(self._index.get(id, 0) for id in changed) if changed else 0
        for place in range(self._go_back(first), len(self.acts)):
            act = self.acts[place]
            if act.id in gone or isinstance(act, Undo | Redo):
                continue
            keep = bool(self._recent) or place >= len(self.acts) - _REMEMBERED
            self._remember(act, place, keep)
            if not isinstance(act, Settle):
                self._put(act, keep)
            elif act.id not in settled and not self._is_so(act):
                self._contest(act, "That has been settled otherwise already.")
        self._own = None  # what came of it may be seen

    def _go_back(self, first: int) -> int:
        """Go back to the state before the latest act whose state is remembered and which does not come behind place
        `first`, or to the beginning; the place from which acts are to be taken again.
        """
        while self._recent and self._index[self._recent[-1][0]] > first:
            self._recent.pop()
        while self._marks and self._marks[-1][0] > first:
            self._marks.pop()
        self._own = None
        if self._recent:
            id, self._folded = self._recent.pop()
            place = self._index[id]
        else:
            place, self._folded = self._marks[-1] if self._marks else (0, State())
        while self._done and self._index[self._done[-1]] >= place:
            self._done.pop()
        self._twins = {twin: of for twin, of in self._twins.items() if self._index[twin] < place}
        return place

    def _step_back(self, new: list[Act]) -> list[Act] | None:
        """Go back to where the first of these acts belongs; the acts that were behind it. None where only a new fold
        leads there.
        """
        place = bisect_left(self.acts, _order(new[0]), key=_order)
        later = self.acts[place:]
        if len(later) > len(self._recent) or any(isinstance(act, Undo | Redo | Settle) for act in (*later, *new)):
            return None
        ids = [act.id for act in later]
        if self._done[-len(ids) :] != ids or self._recent[-len(ids)][0] != ids[0]:
            return None
        self.found.clear()
        for _ in ids:
            self._folded = self._recent.pop()[1]
            self._done.pop()
        while self._marks and self._marks[-1][0] > place:
            self._marks.pop()
        for id in ids:
            del self._index[id]
            self._twins.pop(id, None)
        del self.acts[place:]
        return later

    def _fold_anew(self) -> None:
        acts, self.acts, self._own = self.acts, [], None
        self.found.clear()
        self._index, self._done, self._undone, self._redoable = {}, [], [], []
        self._undid, self._twins, self._settles, self._aside, self._idle, self._marks = {}, {}, [], frozenset(), {}, []
        self._folded = State()
        self._recent.clear()
        self._take_all(acts)


def in_words(act: Act, before: State, otherwise: str = "") -> str:
    """The act in plain words; where what it is about is not there, as contested acts may have it, its name and
    `otherwise`.
    """
    try:
        return act.subject(before)
    except (DraftwgError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        told = f"{act.author}: {act.NAME.replace('_', ' ')}"
        return f"{told} ({otherwise.rstrip('.')})" if otherwise else told


def _stamped(act: Act, before: State, after: State) -> State:
    """`after`, with the act and its time in the steps that it added to the courses of units."""
    if after.courses is before.courses:
        return after
    courses = dict(after.courses)
    for unit, course in after.courses.items():
        if course is not before.courses.get(unit):
            courses[unit] = tuple(step if step.act else replace(step, act=act.id, at=act.at) for step in course)
    return after.changed(courses=courses)


def seconds(at: str) -> float:
    """An act's time in seconds since 1970."""
    return datetime.fromisoformat(at).timestamp()


def _order(act: Act) -> tuple[int, str]:
    return act.clock, act.id
