"""Where an amendment applies and to what effect: one function for each kind that a request can name."""

from dataclasses import dataclass
from itertools import pairwise

from draftwg.acts.base import Request, quoted
from draftwg.acts.wording import CHANGES, change_in_words, read_instruction
from draftwg.errors import BadInput, OutOfOrder
from draftwg.model.amendment import Kind
from draftwg.model.delegation import the
from draftwg.model.labels import next_label, normal_label
from draftwg.model.state import THERE, State, standing_amendment, untouched
from draftwg.model.text import Text, Unit

_WAYS = ("replace", "insert", "delete", "text")


@dataclass(frozen=True, slots=True)
class Place:
    """The unit and words of an amendment. `unit` is "" where the proposal brings a unit of its own (`label`,
    `after`).
    """

    text: str
    unit: str
    kind: Kind
    base: str = ""
    words: str = ""
    said: str = ""
    label: str = ""
    after: str = ""
    section: str = ""
    parent: str = ""
    replaces: str = ""
    parts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


def find_place(state: State, request: Request, *, agreed: bool = False) -> Place:
    """The place that the request names. BadInput or OutOfOrder where there is none.

    A unit that has been agreed may only be named where `agreed` says so: for a suggestion, or a request to reopen it.
    """
    kind = request.line("kind", "").casefold()
    if request.has("amends") or request.has("consequential_to"):
        return _under(state, request)
    if kind in ("new", "alt"):
        return _new(state, request) if kind == "new" else _alternative(state, request)
    if kind == "heading":
        return _heading(state, request)
    if not request.has("unit"):
        raise BadInput("“unit” is missing.", "Say which unit the amendment is on, or kind new with after and text.")
    text, unit = standing_unit(state, request)
    if not agreed:
        untouched(state, text, unit)
    if kind == "move":
        return _move(state, request, text, unit)
    if kind == "split":
        return _split(state, request, text, unit)
    if kind == "merge":
        return _merge(state, request, text, unit)
    if kind not in ("", "delete", "replacement", "substitution", "insertion", "deletion"):
        raise BadInput(
            f"“{kind[:40]}” is no kind of amendment.", "It is delete, new, alt, move, split, merge, heading."
        )
    if kind == "delete" and not any(request.has(way) for way in _WAYS):
        return Place(text.name, unit.id, Kind.DELETE_UNIT, unit.text, "", "to delete it")
    changed = read_instruction(request, unit.text)
    if not changed.text and request.has("text"):
        raise BadInput("“text” is empty.", "To propose the deletion of the whole unit, say kind delete.")
    if not changed.text:
        return Place(text.name, unit.id, Kind.DELETE_UNIT, unit.text, "", "to delete it")
    told = change_in_words(unit.text, changed.text)
    return Place(text.name, unit.id, told.kind, unit.text, changed.text, changed.said)


def standing_unit(state: State, request: Request) -> tuple[Text, Unit]:
    """The unit that the request names, if it is still in the text."""
    text, unit = state.find_unit(request.line("unit"), request.line("in", ""))
    if unit.deleted:
        raise OutOfOrder(
            f"{text.noun.capitalize()} {unit.label} is no longer in the text ({unit.gone or 'deleted'}).",
            "Propose a new one in its place.",
            rule="An amendment is on a part of the text.",
        )
    return text, unit


def _under(state: State, request: Request) -> Place:
    """A sub-amendment (`amends`), on the words as its amendment proposes them, or a consequential change."""
    sub = request.has("amends")
    parent = standing_amendment(state, request.line("amends" if sub else "consequential_to"))
    if sub and parent.parent:
        raise OutOfOrder(
            f"{parent.number} is itself a sub-amendment.",
            f"Let {the(parent.by)} revise it.",
            rule="A sub-amendment cannot be amended; there is one level.",
        )
    if parent.consequential and not sub:
        raise OutOfOrder(
            f"{parent.number} is itself a consequence.",
            f"Tie the change to {state.amendments[parent.parent].number}, from which both follow.",
            rule="A consequential change is tied to the amendment from which it follows.",
        )
    if sub and (not (parent.words_only or parent.label) or parent.kind is Kind.DELETE_UNIT):
        raise OutOfOrder(f"{parent.number} has no words to amend.", rule="A sub-amendment changes proposed words.")
    if sub:
        changed = read_instruction(request, parent.proposed)
        told = change_in_words(parent.proposed, changed.text)
        return Place(parent.text, parent.unit, told.kind, parent.proposed, changed.text, changed.said, parent=parent.id)
    unit = state.text(parent.text).unit(parent.unit)
    if request.has("unit"):
        unit = standing_unit(state, request)[1]
    if unit is None:
        raise BadInput("“unit” is missing.", "Say in which unit the consequential change is.")
    changed = read_instruction(request, unit.text)
    told = change_in_words(unit.text, changed.text)
    return Place(parent.text, unit.id, told.kind, unit.text, changed.text, changed.said, parent=parent.id)


def _new(state: State, request: Request) -> Place:
    words = request.words("text")
    if not words:
        raise BadInput("“text” is empty.", "A new unit needs its words.")
    text = state.text(request.line("in", ""))
    before = request.line("after", "")
    after, section, stem = "", text.units[0].section if text.units else "", ""
    if before:
        after, section, stem = neighbour(state, text, before)
    label = _label(state, text, request.line("label", ""), stem)
    return Place(text.name, "", Kind.NEW_UNIT, "", words, f"a new {text.noun}", label, after, section)


def _alternative(state: State, request: Request) -> Place:
    """A unit that would replace another one as a whole: "16 alt". The other may itself be only proposed ("15 bis
    alt").
    """
    words = request.words("text")
    if not words:
        raise BadInput("“text” is empty.", "An alternative needs its words.")
    text = state.text(request.line("in", ""))
    id, section, stem = neighbour(state, text, request.line("unit"))
    label = normal_label(request.line("label", "")) if request.line("label", "") else f"{stem} alt"
    label = _label(state, text, label, stem)
    said = f"an alternative to {stem}"
    return Place(text.name, "", Kind.ALTERNATIVE, "", words, said, label, id, section, replaces=id)


def _move(state: State, request: Request, text: Text, unit: Unit) -> Place:
    after, section, stem = neighbour(state, text, request.line("after"))
    if after == unit.id:
        raise OutOfOrder(f"{unit.label} stands there already.", rule=CHANGES)
    standing = text.standing
    before = next((other for other, behind in pairwise(standing) if behind.id == unit.id), None)
    if before is not None and before.id == after and before.section == unit.section:
        raise OutOfOrder(f"{unit.label} stands there already, after {before.label}.", rule=CHANGES)
    said = f"to move it after {stem}"
    return Place(text.name, unit.id, Kind.MOVE, unit.text, unit.text, said, after=after, section=section)


def _split(state: State, request: Request, text: Text, unit: Unit) -> Place:
    parts = request.texts("parts")
    if len(parts) < 2:
        raise BadInput("“parts” must hold the words of two units or more.")
    for later in parts[1:]:
        if not later:
            raise BadInput("A part of the split is empty.")
    said = f"to split it into {len(parts)}"
    return Place(text.name, unit.id, Kind.SPLIT, unit.text, "\n".join(parts), said, parts=parts)


def _merge(state: State, request: Request, text: Text, unit: Unit) -> Place:
    words = request.words("text")
    others = [state.find_unit(label, text.name)[1] for label in request.names("units")]
    if not others or not words:
        raise BadInput("A merger needs “units”, the labels to be merged into it, and “text”, the words of the result.")
    gone = next((other for other in others if other.deleted or other.id == unit.id), None)
    if gone:
        raise OutOfOrder(
            f"{gone.label} cannot be merged into {unit.label}.", rule="A merger joins units that stand in the text."
        )
    twice = next((other for place, other in enumerate(others) if other in others[:place]), None)
    if twice:
        raise OutOfOrder(
            f"{twice.label} is named twice.", "Name each unit once.", rule="A merger joins units, each of them once."
        )
    labels = " and ".join(other.label for other in others)
    ids = tuple(other.id for other in others)
    return Place(text.name, unit.id, Kind.MERGE, unit.text, words, f"to merge {labels} into it", units=ids)


def _heading(state: State, request: Request) -> Place:
    """A new title for a section, named by its path."""
    text = state.text(request.line("in", ""))
    path = request.line("section")
    section = next((section for section in text.sections if section.path.casefold() == path.casefold()), None)
    if section is None:
        paths = ", ".join(section.path for section in text.sections)
        raise BadInput(f"There is no section {path[:40]}.", f"There are: {paths}.", rule=THERE)
    title = request.line("text")
    if title == section.title:
        raise OutOfOrder("That changes nothing: the heading reads so already.", rule=CHANGES)
    said = f"to have the heading of {section.path} read {quoted(title)}"
    return Place(text.name, "", Kind.HEADING, section.title, title, said, section=section.path)


def neighbour(state: State, text: Text, label: str) -> tuple[str, str, str]:
    """The id, section and label of the unit that is called so, or of a unit that is only proposed."""
    wanted = normal_label(label)
    if not text.labelled(wanted):
        proposed = next((a for a in state.proposed_units(text) if a.label == wanted), None)
        if proposed:
            return proposed.unit, proposed.section, proposed.label
    unit = state.find_unit(label, text.name)[1]
    return unit.id, unit.section, unit.label


def _label(state: State, text: Text, wanted: str, stem: str) -> str:
    taken = state.labels_taken(text)
    label = normal_label(wanted) if wanted else ""
    if not label:
        if not stem:
            raise BadInput("“after” is missing.", "Say behind which unit the new one stands, or give its label.")
        label = next_label(stem, taken)
    if label in taken:
        raise OutOfOrder(
            f"The label {label} is taken.",
            f"The next free one is {next_label(stem, taken)}." if stem else "Choose another one.",
            rule="A label names one unit for the whole negotiation.",
        )
    return label
