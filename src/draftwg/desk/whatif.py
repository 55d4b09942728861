"""What would come of an acceptance: the text as it would be, what would fall or lapse with it, what else it touches.

The answer is made by the rules themselves: the acceptance is drafted and folded into a state that nobody keeps. Nothing
is recorded.
"""

from dataclasses import dataclass, replace

from draftwg.acts.base import Drafting, Request, Stamp
from draftwg.acts.bracketing import verdict_on
from draftwg.acts.decision import Accept
from draftwg.acts.effects import accepted, ended, into_parent, settled
from draftwg.acts.log import Log
from draftwg.acts.numbering import references
from draftwg.acts.propose import referring
from draftwg.acts.wording import binding_changes
from draftwg.desk.clock import now
from draftwg.errors import DraftwgError, OutOfOrder
from draftwg.model.amendment import Amendment, AmendmentState, Kind
from draftwg.model.state import State
from draftwg.model.text import Text, Unit


@dataclass(frozen=True, slots=True)
class Change:
    """A unit (its label) that would change: its words now and then ("" = not in the text), and in words what else
    happens to it ("" = only its words change).
    """

    label: str
    before: str
    after: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Touched:
    """Another amendment, and in words what the acceptance means for it."""

    amendment: Amendment
    told: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would come of accepting an amendment.

    `hindrance` says why it cannot be accepted now ("" where it can); `changes` is empty where even then nothing can be
    said. `fall` could no longer be put and `lapse` would end with it; `first` are decided before it, `then` after it;
    `apply` are the others on the same unit, which could still be put. `remarks` are sentences on what deserves a look:
    who binds whom, references between units.
    """

    amendment: Amendment
    hindrance: str
    changes: tuple[Change, ...] = ()
    fall: tuple[Touched, ...] = ()
    lapse: tuple[Touched, ...] = ()
    first: tuple[Amendment, ...] = ()
    then: tuple[Amendment, ...] = ()
    apply: tuple[Touched, ...] = ()
    remarks: tuple[str, ...] = ()


def what_if(log: Log, number: str) -> Outlook:
    """What would come of accepting the amendment that is called `number`. BadInput where there is none; OutOfOrder
    where it has met its fate.
    """
    state = log.state
    amendment = state.find_amendment(number)
    if amendment.state.ended:
        raise OutOfOrder(
            f"{amendment.number} has been {amendment.state} already.",
            "Ask of one that awaits its fate.",
            rule="What has been decided is not decided again at the same session.",
        )
    stamp = Stamp("what-if", log.clock + 1, now())
    hindrance = ""
    try:
        drafting = Drafting(log, lambda: stamp, lambda _: None)
        act = Accept.draft(drafting, Request({"act": "accept", "amendment": amendment.number}))
    except DraftwgError as error:
        hindrance = str(error)
        act = Accept(stamp=stamp, amendment=amendment.id)
    children = [child for child in state.children(amendment) if child.state.pending or child.state.waiting]
    subs = tuple(child for child in children if not child.consequential and child.state.pending)
    after = tuple(child for child in children if child.consequential)
    try:
        then = _future(state, amendment, act, hindrance)
    except DraftwgError as error:
        return Outlook(amendment, hindrance or str(error), first=subs, then=after)
    text = state.text(amendment.text)
    new = then.text(amendment.text)
    if amendment.parent and not amendment.consequential:
        parent = state.amendments[amendment.parent]
        label = f"{parent.number} of {parent.by}"
        changes: tuple[Change, ...] = (
            Change(label, parent.proposed, then.amendments[parent.id].proposed, "is revised"),
        )
        return Outlook(amendment, hindrance, changes, first=subs, then=after)
    changes = _changes(text, new, amendment)
    fall, still = _others(state, then, text, new, amendment)
    waiting = {child.id for child in subs}
    lapse = tuple(
        Touched(other, f"lapses with {amendment.number}")
        for id, other in then.amendments.items()
        if other.state is AmendmentState.LAPSED and not state.amendments[id].state.ended and id not in waiting
    )
    falling = {one.amendment.id: one.amendment for one in fall}
    hanging = [child for other in falling.values() for child in state.children(other) if child.state.pending]
    lapse += tuple(Touched(child, f"lapses if {falling[child.parent].number} falls") for child in hanging)
    still = tuple(one for one in still if one.amendment not in hanging)
    return Outlook(amendment, hindrance, changes, fall, lapse, subs, after, still, _remarks(text, new, changes))


def _future(state: State, amendment: Amendment, act: Accept, hindrance: str) -> State:
    """The state with the amendment accepted. Where it is not its turn, as if what comes first came to nothing."""
    if not hindrance:
        return act.apply(state)
    unit = state.text(amendment.text).unit(amendment.unit)
    if amendment.parent and not amendment.consequential:
        words = into_parent(state.amendments[amendment.parent], amendment)
    else:
        words = settled(state, amendment, unit)
    act = replace(act, words=words, before=unit.text if unit else "")
    return accepted(ended(state, amendment, AmendmentState.ACCEPTED, act), amendment, words, act)


def _changes(text: Text, new: Text, amendment: Amendment) -> tuple[Change, ...]:
    """The units and headings that differ, in the order of the new text."""
    changes = []
    for section in new.sections:
        before = next((one for one in text.sections if one.path == section.path), None)
        if before is not None and before.title != section.title:
            changes.append(Change(f"heading {section.path}", before.title, section.title))
    for place, unit in enumerate(new.units):
        old = text.unit(unit.id)
        if old is None:
            changes.append(Change(unit.label, "", unit.text, "is new"))
        elif unit.deleted and not old.deleted:
            changes.append(Change(unit.label, old.text, "", f"is {unit.gone or 'deleted'}"))
        elif unit.text != old.text:
            changes.append(Change(unit.label, old.text, unit.text))
        elif amendment.kind is Kind.MOVE and unit.id == amendment.unit:
            behind = next((one.label for one in reversed(new.units[:place]) if not one.deleted), "")
            changes.append(Change(unit.label, old.text, unit.text, f"follows {behind}" if behind else "comes first"))
    return tuple(changes)


def _others(
    state: State, then: State, text: Text, new: Text, amendment: Amendment
) -> tuple[tuple[Touched, ...], tuple[Touched, ...]]:
    """The other pending amendments on the units concerned: those that could no longer be put, those that could."""
    fall: list[Touched] = []
    still: list[Touched] = []
    for id in dict.fromkeys((amendment.unit, amendment.replaces, *amendment.units)):
        unit = new.unit(id) if id else None
        for other in state.pending_on(id) if id else ():
            now_there = then.amendments.get(other.id)
            if other.id == amendment.id or other.parent == amendment.id or now_there is None:
                continue
            if other.parent and not other.consequential:
                continue  # it goes with its amendment
            told, applies = _fate(state, then, unit, other, now_there)
            (still if applies else fall).append(Touched(other, told))
    return tuple(fall), tuple(still)


def _fate(state: State, then: State, unit: Unit | None, other: Amendment, now_there: Amendment) -> tuple[str, bool]:
    """What becomes of another amendment, in words, and whether it could still be put."""
    before = verdict_on(state, other)
    if before.text is None:
        return f"cannot be put as it is: {_plain(before.reason)}", True
    if unit is None or unit.deleted:
        return f"{unit.label if unit else 'its unit'} would be {(unit.gone if unit else '') or 'deleted'}", False
    after = verdict_on(then, now_there)
    if after.text is None:
        return _plain(after.reason), False
    return _plain(after.reason), True


def _plain(reason: str) -> str:
    reason = reason.rstrip(".")
    return reason[:1].lower() + reason[1:]


def _remarks(text: Text, new: Text, changes: tuple[Change, ...]) -> tuple[str, ...]:
    """Who binds whom; references to the units that change from others, and those in the new words."""
    told = [line for change in changes for line in binding_changes(change.before, change.after)]
    for change in changes:
        known = {label for label, _ in references(text, change.before)}
        for label, target in references(new, change.after):
            if target is None or target.deleted:
                told.append(f"{change.label} would refer to {label}, which would not be in the text.")
            elif label not in known:
                told.append(f"{change.label} would newly refer to {label}.")
        unit = text.labelled(change.label)
        gone = ", which would no longer be there" if not change.after else ""
        told += [f"{label} refers to {change.label}{gone}." for label in referring(text, unit.id)] if unit else []
    return tuple(dict.fromkeys(told))


def outlook_shape(outlook: Outlook) -> dict[str, object]:
    """The answer as JSON."""

    def touched(listed: tuple[Touched, ...]) -> list[dict[str, str]]:
        return [{"amendment": one.amendment.number, "by": one.amendment.by, "because": one.told} for one in listed]

    return {
        "amendment": outlook.amendment.number,
        "by": outlook.amendment.by,
        "possible": not outlook.hindrance,
        "hindrance": outlook.hindrance or None,
        "changes": [
            {"label": one.label, "before": one.before, "after": one.after, "note": one.note or None}
            for one in outlook.changes
        ],
        "fall": touched(outlook.fall),
        "lapse": touched(outlook.lapse),
        "first": [one.number for one in outlook.first],
        "then": [one.number for one in outlook.then],
        "apply": touched(outlook.apply),
        "remarks": list(outlook.remarks),
    }
