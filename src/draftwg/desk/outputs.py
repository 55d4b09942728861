"""What the desk hands out: redlines between two versions, with who proposed each change, in the formats that people
ask for.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from draftwg.desk.desk import Desk
from draftwg.desk.importing import read_words
from draftwg.desk.questions import credit, why_of
from draftwg.desk.versions import at
from draftwg.errors import BadInput, NotRecorded
from draftwg.formats.redlines import Credit, Redline, RedlinePiece, RedlineSection, RedlineUnit, UnitKind, plain_redline
from draftwg.hygiene import one_line
from draftwg.model.reading import Reading
from draftwg.model.state import Change, State, names_in_words
from draftwg.model.text import Text, Unit
from draftwg.redline import attributed
from draftwg.repository.worktree import write_file

FORMATS = ("terminal", "html", "markdown", "text", "json")


def version_redline(desk: Desk, old: str, new: str, name: str = "") -> Redline:
    """The redline of a text between two of its versions: whatever `at` finds."""
    state = desk.state
    start, end = at(desk, old, name), at(desk, new, name)
    before, after = start.text, end.text
    if before.name != after.name:
        raise BadInput(f"{old} and {new} are versions of different texts.", f"They are {before.name} and {after.name}.")
    credits: dict[str, Credit] = {}
    units = {unit.id: unit for unit in before.standing}
    moved = _moved(before, after)
    sections: dict[str, list[RedlineUnit]] = {}
    for unit in _both(before, after):
        changed = _unit(state, units.get(unit.id), after.unit(unit.id), after.noun, credits)
        old_unit = units.get(unit.id)
        if old_unit and unit.id in moved:
            where = before.full_path(old_unit.section)
            note = f"moved from {f'{where}, ' if where else ''}{old_unit.label}"
            changed = replace(changed, kind="moved", note=note)
        sections.setdefault(unit.section, []).append(changed)
    own = [RedlineSection("", 1, tuple(sections[""]))] if "" in sections else []
    for section in after.sections:
        heading = f"{section.number}. {section.title}" if section.number else section.title
        own.append(RedlineSection(heading, section.level, tuple(sections.get(section.path, ()))))
    return Redline(
        title=after.title,
        old=start.named,
        new=end.named,
        meeting=state.title,
        place=state.place,
        dates=state.dates,
        language=after.language,
        direction=after.direction,
        noun=after.noun,
        sections=tuple(own),
        credits=credits,
    )


def file_redline(old: Path, new: Path) -> Redline:
    """The redline of two plain files, outside any meeting."""
    before, after = read_words(old)[0], read_words(new)[0]
    return plain_redline(before, after, one_line(old.name), one_line(new.name))


def render(redline: Redline, form: str, *, attributed: bool = True, only_changes: bool = False) -> str:
    """The redline in one of the FORMATS but the terminal's."""
    if form == "html":
        from draftwg.formats.html import redline_html

        return redline_html(redline, attributed=attributed)
    from draftwg.formats import plain

    if form == "markdown":
        return plain.redline_markdown(redline, attributed=attributed)
    if form == "json":
        return plain.redline_json(redline if attributed else _anonymous(redline))
    return plain.redline_text(redline, attributed=attributed, only_changes=only_changes)


def write_output(path: Path, words: str) -> None:
    """Write a file for a person: in one step, never over anything that is no regular file."""
    if path.exists() and not path.is_file():
        raise BadInput(f"{one_line(str(path))} is no regular file.", "Name another one.")
    try:
        write_file(path, words.encode(), durable=False)
    except OSError as error:
        raise NotRecorded(
            f"{one_line(str(path))} cannot be written ({error.strerror}).", "Name another place."
        ) from None


def _anonymous(redline: Redline) -> Redline:
    """The redline without the names of delegations."""
    sections = tuple(
        replace(
            section,
            units=tuple(
                replace(unit, pieces=tuple(piece._replace(credit="") for piece in unit.pieces))
                for unit in section.units
            ),
        )
        for section in redline.sections
    )
    return replace(redline, sections=sections, credits={})


def _moved(before: Text, after: Text) -> set[str]:
    """The ids of the units that stand at another place: in another section, or out of the order that the others
    keep.
    """
    places = {unit.id: place for place, unit in enumerate(before.standing)}
    sections = {unit.id: unit.section for unit in before.standing}
    common = [unit for unit in after.standing if unit.id in places]
    moved = {unit.id for unit in common if unit.section != sections[unit.id] and before.sections == after.sections}
    ids = [unit.id for unit in common if unit.id not in moved]
    # What a longest increasing run of old places leaves out has changed its place.
    ends: list[int] = []
    chain: list[list[str]] = []
    for id in ids:
        place = bisect_left(ends, places[id])
        run = [*(chain[place - 1] if place else []), id]
        ends[place : place + 1] = [places[id]]
        chain[place : place + 1] = [run]
    kept = set(chain[-1]) if chain else set()
    return moved | {id for id in ids if id not in kept}


def _both(before: Text, after: Text) -> list[Unit]:
    """The units of both texts in the order of the new one; those that are gone behind their old neighbours."""
    standing = list(after.standing)
    ids = {unit.id for unit in standing}
    place = 0
    for unit in before.standing:
        if unit.id in ids:
            place = next(i for i, other in enumerate(standing) if other.id == unit.id) + 1
        else:
            standing.insert(place, unit)
            place += 1
    return standing


def _unit(state: State, old: Unit | None, new: Unit | None, noun: str, credits: dict[str, Credit]) -> RedlineUnit:
    """One unit of the redline, with the credits of its changes taken down in `credits`."""
    gone = new is None or new.deleted
    unit = new if new is not None else old
    assert unit is not None
    words = ("" if old is None else old.text, "" if gone or new is None else new.text)
    chain = _chain(state.lives.get(unit.id, ()), *words)
    pieces = tuple(
        RedlinePiece(piece.op, piece.text, _credit(state, piece.source, credits) if piece.op != "=" else "")
        for piece in attributed(chain)
    )
    kind: UnitKind = "deleted" if gone else "inserted" if old is None else "same" if words[0] == words[1] else "changed"
    heading, note = f"{noun.capitalize()} {unit.label}", ""
    if gone and unit.drafted:
        heading += " of the draft"  # the number is another unit's now
    elif unit.drafted and old is not None and old.label != unit.label:
        note = f"{old.label} before the final numbering"
    return RedlineUnit(unit.label, heading, kind, pieces, note)


def _chain(life: Sequence[Change], old: str, new: str) -> list[tuple[str, str]]:
    """The steps of a unit's words from `old` to `new`, each with the act that made it."""
    texts = [step.text for step in life]
    start = max((place for place, text in enumerate(texts) if text == old), default=-1)
    steps = life[start + 1 :]
    if new:
        end = next((place for place in range(len(steps), 0, -1) if steps[place - 1].text == new), len(steps))
        steps = steps[:end]
    chain = [("", old), *((step.act, step.text) for step in steps)]
    if chain[-1][1] != new:
        chain.append((steps[-1].act if steps else "", new))
    return chain


def _credit(state: State, act: str, credits: dict[str, Credit]) -> str:
    """The key of the credit for what this act changed; what no amendment did is the Secretariat's."""
    if not act:
        return ""
    amendment = credit(state, act)
    if amendment is None:
        credits.setdefault(act, Credit("Secretariat", "", why_of(state, act), "", ""))
        return act
    if amendment.number not in credits:
        reading = Reading(amendment.reading, "").name if amendment.reading else ""
        who = names_in_words(amendment.names)
        credits[amendment.number] = Credit(who, amendment.number, amendment.said, amendment.at, reading)
    return amendment.number
