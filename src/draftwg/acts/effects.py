"""What an accepted amendment does to the text, by its kind, and what becomes of the amendments that hang on another."""

from dataclasses import replace

from draftwg.acts.base import Act
from draftwg.errors import OutOfOrder
from draftwg.model.amendment import Amendment, AmendmentState, Decision, Kind, Wording
from draftwg.model.delegation import the
from draftwg.model.labels import label_key, next_label
from draftwg.model.state import Change, State, untouched
from draftwg.model.text import Text, Unit
from draftwg.redline.anchor import Kind as Fit
from draftwg.redline.anchor import applies, reanchor
from draftwg.redline.combine import merge


def accepted(state: State, amendment: Amendment, words: str, act: Act) -> State:
    """The state with what the amendment does in the text; `words` are those that its unit has afterwards."""
    text = state.text(amendment.text)
    unit = text.unit(amendment.unit)
    for id in (amendment.unit, amendment.replaces, *amendment.units):
        touched = text.unit(id)
        if touched is not None:
            untouched(state, text, touched)
            if touched.deleted:
                raise OutOfOrder(
                    f"{touched.label} is no longer in the text ({touched.gone or 'deleted'}).",
                    rule="An amendment is on a part of the text.",
                )
    if amendment.parent and not amendment.consequential:
        return _into_parent(state, amendment, act)
    if amendment.kind in (Kind.NEW_UNIT, Kind.ALTERNATIVE):
        return _brought_in(state, text, amendment, words, act)
    if amendment.kind is Kind.HEADING:
        sections = tuple(
            replace(section, title=words) if section.path == amendment.section else section for section in text.sections
        )
        return state.with_text(replace(text, sections=sections))
    if unit is None:
        raise OutOfOrder("Its unit is not in the text.", rule="An amendment is on a part of the text.")
    if amendment.kind is Kind.MOVE:
        return _moved(state, text, unit, amendment)
    change = Change(act.id, words, amendment.by, act.at)
    if amendment.kind is Kind.DELETE_UNIT:
        return state.with_words(text, replace(unit, deleted=True, gone="deleted"), change)
    if amendment.kind is Kind.SPLIT:
        return _split(state, text, unit, amendment, act)
    if amendment.kind is Kind.MERGE:
        return _merged(state, text, unit, amendment, act)
    return state.with_words(text, replace(unit, text=words), change)


def settled(state: State, amendment: Amendment, unit: Unit | None) -> str:
    """The words of the unit once the amendment is in it; OutOfOrder, naming the culprit, where its words are gone or
    disputed.
    """
    if unit is None or not amendment.words_only or amendment.kind is Kind.DELETE_UNIT:
        return amendment.proposed
    if unit.text == amendment.base:
        return amendment.proposed
    others = {
        other.number: other.proposed
        for other in state.on_unit(unit.id)
        if other.state is AmendmentState.ACCEPTED and other.words_only and other.kind is not Kind.DELETE_UNIT
    }
    verdict = reanchor(amendment.base, amendment.proposed, unit.text, others=others)
    if verdict.kind in (Fit.CONFLICTS, Fit.GONE) or verdict.text is None:
        raise OutOfOrder(
            f"{amendment.number} cannot be accepted as it is: {verdict.reason.rstrip('.')}.",
            "Let its sponsor revise it on the present words, or reject or withdraw it.",
            rule="Where one adoption implies the rejection of another, the other is not put.",
        )
    return verdict.text


def new_place(state: State, text: Text, amendment: Amendment) -> int:
    """The place in `text.units` for the new unit of this amendment: behind its neighbour, among its siblings by
    label.
    """
    after = amendment.after
    while after and text.unit(after) is None:  # behind a unit that is itself only proposed, or was withdrawn
        after = next((other.after for other in state.amendments.values() if other.unit == after), "")
    place = text.place(after) + 1 if after else 0
    stem, own = amendment.label.split()[0], label_key(amendment.label)
    while place < len(text.units):
        label = text.units[place].label
        if label.split()[0] != stem or label_key(label) > own:
            break
        place += 1
    return place


def ended(
    state: State, amendment: Amendment, end: AmendmentState, act: Act, because: str = "", vote: str = ""
) -> State:
    """The state in which the amendment has met its fate, and what hung on it, at whatever remove, with it."""
    reading = state.reading.number if state.reading else None
    decision = Decision(end, act.at, act.id, reading, because, vote)
    children = state.children(amendment)
    state = state.with_amendment(replace(amendment, state=end, decision=decision))
    for child in children:
        if end is AmendmentState.ACCEPTED and child.consequential:
            continue  # it is now to be put itself
        state = ended(state, child, AmendmentState.LAPSED, act, amendment.number)
    return state


def would_fall(state: State, amendment: Amendment, words: str) -> tuple[Amendment, ...]:
    """The pending amendments on the same unit that could no longer be put once the unit reads `words`."""
    falling = []
    for other in state.pending_on(amendment.unit):
        if other.id == amendment.id or other.parent or not other.words_only:
            continue
        taken = {amendment.number: amendment.proposed}
        if amendment.kind is Kind.DELETE_UNIT or (
            other.kind is not Kind.DELETE_UNIT and not applies(other.base, other.proposed, words, others=taken)
        ):
            falling.append(other)
    return tuple(falling)


def with_wording(state: State, amendment: Amendment, text: str, said: str, act: Act) -> State:
    """The state with a further wording of the amendment, on the base that it has."""
    wording = Wording(text, amendment.base, act.at, act.id, said)
    return state.with_amendment(
        replace(amendment, wordings=(*amendment.wordings, wording), state=AmendmentState.REVISED)
    )


def into_parent(parent: Amendment, child: Amendment) -> str:
    """The wording of the amendment with its sub-amendment in it; OutOfOrder where the words it amends are gone."""
    words = child.proposed if parent.proposed == child.base else merge(child.base, parent.proposed, child.proposed)
    if words is None:
        raise OutOfOrder(
            f"{child.number} amends words that {parent.number} no longer has.",
            f"Let {the(child.by)} revise it.",
            rule="A sub-amendment changes the words of its amendment.",
        )
    return words


def _into_parent(state: State, child: Amendment, act: Act) -> State:
    parent = state.amendments[child.parent]
    return with_wording(state, parent, into_parent(parent, child), parent.said, act)


def _brought_in(state: State, text: Text, amendment: Amendment, words: str, act: Act) -> State:
    replaced = text.unit(amendment.replaces) if amendment.replaces else None
    if amendment.replaces and replaced is None:
        raise OutOfOrder(
            f"{amendment.label} is an alternative to a unit that is not in the text.",
            "Take that proposal first, or merge the two.",
            rule="An alternative replaces a unit of the text.",
        )
    section = replaced.section if replaced else amendment.section
    unit = Unit(amendment.unit, amendment.label, words, section)
    text = text.with_new_unit(unit, new_place(state, text, amendment))
    if replaced:
        text = text.with_unit(replace(replaced, deleted=True, gone=f"replaced by {amendment.label}"))
    change = Change(act.id, words, amendment.by, act.at)
    return state.with_text(text).with_words(text, unit, change)


def _moved(state: State, text: Text, unit: Unit, amendment: Amendment) -> State:
    after = text.unit(amendment.after)
    if after is None:
        raise OutOfOrder("The unit after which it would stand is not in the text.", rule="A move has a place to go to.")
    place = text.place(after.id) + 1
    section = after.section
    there = text.full_path(section)
    note = f"moved from {text.full_path(unit.section)} to {there}, after {after.label}"
    return state.with_text(text.moved(unit.id, place, section)).changed(moves={**state.moves, unit.id: note})


def _split(state: State, text: Text, unit: Unit, amendment: Amendment, act: Act) -> State:
    first, *rest = amendment.parts
    two = len(rest) == 1
    state = state.with_words(text, replace(unit, text=first), Change(act.id, first, amendment.by, act.at))
    splits = {**state.splits, unit.id: "first half of the split" if two else "part 1 of the split"}
    for number, words in enumerate(rest, 2):
        text = state.text(amendment.text)
        label = next_label(unit.label, state.labels_taken(text))
        new = Unit(f"{amendment.id}.{number}", label, words, unit.section)
        text = text.with_new_unit(new, text.place(unit.id) + number - 1)
        state = state.with_text(text).with_words(text, new, Change(act.id, words, amendment.by, act.at))
        splits[new.id] = "second half of the split" if two else f"part {number} of the split"
    return state.changed(splits=splits)


def _merged(state: State, text: Text, unit: Unit, amendment: Amendment, act: Act) -> State:
    labels = []
    words = amendment.proposed
    state = state.with_words(text, replace(unit, text=words), Change(act.id, words, amendment.by, act.at))
    for id in amendment.units:
        text = state.text(amendment.text)
        other = text.unit(id)
        if other is None or state.pending.get(id):
            raise OutOfOrder(
                f"{other.label if other else 'A unit'} has amendments that await their fate.",
                "Settle them first.",
                rule="A unit leaves the text when nothing is pending on it.",
            )
        labels.append(other.label)
        gone = replace(other, deleted=True, gone=f"merged into {unit.label}")
        state = state.with_words(text, gone, Change(act.id, "", amendment.by, act.at))
    mergers = {**state.mergers, unit.id: (*state.mergers.get(unit.id, ()), *labels)}
    return state.changed(mergers=mergers)
