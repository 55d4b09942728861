"""The final numbers: counted once at the end, cross-references rewritten, and a concordance old → new.

Pure functions of a state; the act is `Renumber` in closing.py.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from draftwg.model.amendment import Amendment, AmendmentState, Kind
from draftwg.model.delegation import the
from draftwg.model.procedure import Numbered
from draftwg.model.state import State, names_in_words
from draftwg.model.text import Text, Unit

_LABEL = r"\d+(?:\s(?:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies|alt))*"
_NOWHERE = "which is not in the text"
_SUBPARAGRAPH = re.compile(r"\(([a-z])\)\s")
_ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z]*[A-Z][A-Za-z]*)\)")


@dataclass(frozen=True, slots=True)
class Numbering:
    """The result: final numbers and words by unit id, the lines of the concordance, and what a person should look
    at.
    """

    numbers: Mapping[str, int]
    words: Mapping[str, str]
    table: tuple[Numbered, ...]
    remarks: tuple[str, ...]


def number(state: State, text: Text) -> Numbering:
    """The final numbers of `text` in its present order."""
    numbers = {unit.id: count for count, unit in enumerate(_in_order(text), 1)}
    words: dict[str, str] = {}
    references: dict[str, list[str]] = {}
    remarks: list[str] = []
    for unit in text.standing:
        words[unit.id], references[unit.id], dangling = _rewritten(text, unit, numbers)
        told = [_dangles(text, label) for label in dict.fromkeys(dangling)]
        remarks += [f"{text.noun.capitalize()} {unit.label} {one}." for one in told]
        references[unit.id] += told
    remarks += _abbreviations(text)
    table = [_line(state, text, unit, numbers, references[unit.id]) for unit in _in_order(text)]
    return Numbering(numbers, words, (*table, *_left(state, text)), tuple(remarks))


def leading_nowhere(state: State) -> list[Numbered]:
    """The lines of the concordance whose unit refers to what was not in the text when the numbers were given. Its words
    still say the number of the draft, which may be that of another unit now.
    """
    return [line for line in state.concordance if _NOWHERE in line.note]


def open_units(state: State, text: Text) -> list[str]:
    """The labels of the units that have not been agreed, at whatever level."""
    return [unit.label for unit in text.standing if not state.status(unit).agreed]


def references(text: Text, words: str) -> list[tuple[str, Unit | None]]:
    """The labels to which `words` refer ("recommendations 4 and 5 bis"), each with the unit that it means (None where
    there is none).
    """
    found = (label[0] for run in _run(text).finditer(words) for label in re.finditer(_LABEL, run[0]))
    return [(label, text.labelled(" ".join(label.split()))) for label in dict.fromkeys(found)]


def _run(text: Text) -> re.Pattern[str]:
    """References to units of `text`: its noun, then labels."""
    noun = re.escape(text.noun)
    return re.compile(rf"\b({noun}s?)((?:\s+|\s*,\s*|\s+and\s+|\s+or\s+|\s+to\s+){_LABEL})+", re.IGNORECASE)


def _in_order(text: Text) -> list[Unit]:
    return [unit for _, units in text.by_section() for unit in units]


def _rewritten(text: Text, unit: Unit, numbers: Mapping[str, int]) -> tuple[str, list[str], list[str]]:
    """The unit's words with its references in final numbers, the rewritings in words, and the references that
    dangle.
    """
    told: list[str] = []
    dangling: list[str] = []
    run, label = _run(text), re.compile(_LABEL)

    def one(found: re.Match[str]) -> str:
        target = text.labelled(" ".join(found[0].split()))
        if target is None or target.deleted:
            dangling.append(found[0])
            return found[0]
        return str(numbers[target.id])

    def all_of(found: re.Match[str]) -> str:
        new = found[1] + label.sub(one, found[0][len(found[1]) :])
        if new != found[0]:
            told.append(f'cross-reference "{found[0]}" rewritten to "{new}"')
        return new

    return run.sub(all_of, unit.text), told, dangling


def _dangles(text: Text, label: str) -> str:
    """A reference that dangles, in words: "refers to 9, which is not in the text (merged into 8)"."""
    unit = text.labelled(" ".join(label.split()))
    why = f" ({unit.gone or 'deleted'})" if unit else ""
    return f"refers to {label} of the draft, {_NOWHERE}{why}"


def _joined(unit: Unit, merged: tuple[str, ...], final: int) -> str:
    """Where units went that are one now: its subparagraphs, where it has one for each of them."""
    labels = (unit.label, *merged)
    letters = [found[1] for line in unit.text.splitlines() if (found := _SUBPARAGRAPH.match(line))]
    if len(letters) == len(labels):
        return ", ".join(f"{label} becomes {final} ({letter})" for label, letter in zip(labels, letters, strict=True))
    return f"{names_in_words(labels)} become {final}"


def _line(state: State, text: Text, unit: Unit, numbers: Mapping[str, int], references: list[str]) -> Numbered:
    """A unit that stands: its draft label, final number, section and what a delegate should know."""
    final = numbers[unit.id]
    merged = state.mergers.get(unit.id, ())
    draft = "+".join((unit.label, *merged))
    notes = []
    brought = next((a for a in state.amendments.values() if a.label and a.unit == unit.id), None)
    same = unit.label == str(final)
    if unit.id in state.moves:
        notes.append(state.moves[unit.id])
    elif merged:
        notes.append(_joined(unit, merged, final))
    elif unit.id in state.splits:
        notes.append(state.splits[unit.id])
    elif brought is not None and brought.kind is Kind.ALTERNATIVE:
        replaced = text.unit(brought.replaces)
        notes.append(f"replaces {replaced.label if replaced else '?'}")
    elif brought is not None:
        notes.append("new")
    elif not same:
        notes.append("renumbered")
    elif _reworded(state, unit):
        shifted = any(other.label != str(numbers[other.id]) for other in text.standing if numbers[other.id] < final)
        notes.append("same number by coincidence; wording changed" if shifted else "wording changed")
    return Numbered(draft, str(final), text.full_path(unit.section), "; ".join([*notes, *references]))


def _reworded(state: State, unit: Unit) -> bool:
    life = state.lives.get(unit.id, ())
    return bool(life) and life[0].text != unit.text


def _left(state: State, text: Text) -> list[Numbered]:
    """The proposals and units that do not stand: proposed units in the order of tabling, then the others as they
    stood.
    """
    lines = []
    for amendment in state.amendments.values():
        if (
            amendment.label
            and amendment.text == text.name
            and amendment.state.ended
            and text.unit(amendment.unit) is None
        ):
            section = text.full_path(amendment.section)
            lines.append(Numbered(amendment.label, "—", section, fate(state, amendment)))
    merged = {label for labels in state.mergers.values() for label in labels}
    gone = (unit for unit in text.units if unit.deleted and unit.label not in merged)
    return lines + [Numbered(unit.label, "—", text.full_path(unit.section), unit.gone or "deleted") for unit in gone]


def fate(state: State, amendment: Amendment) -> str:
    """What became of an amendment, in words."""
    decision = amendment.decision
    because = decision.because if decision else ""
    if amendment.state is AmendmentState.WITHDRAWN:
        return f"withdrawn by {the(amendment.by)}"
    if amendment.state is AmendmentState.MERGED:
        into = state.find_amendment(because)
        return f"merged into {into.label or into.number}"
    if amendment.state is AmendmentState.FALLEN:
        return f"fallen, {because} having been accepted"
    if amendment.state is AmendmentState.LAPSED:
        return f"lapsed with {because}"
    return amendment.state.value


def _abbreviations(text: Text) -> list[str]:
    """Abbreviations that are used before the unit that spells them out."""
    units = _in_order(text)
    remarks = []
    defined: dict[str, int] = {}
    for place, unit in enumerate(units):
        for found in _ABBREVIATION.finditer(unit.text):
            defined.setdefault(found[1], place)
    for short, place in defined.items():
        early = next((unit for unit in units[:place] if re.search(rf"\b{short}\b", unit.text)), None)
        if early:
            remarks.append(f"{short} is used in {early.label} before {units[place].label} spells it out.")
    return remarks
