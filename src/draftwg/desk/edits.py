"""What a person wrote by hand into the readable text files: shown, adopted as editorial changes, or put aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from draftwg.desk.desk import Desk, Receipt
from draftwg.errors import BadInput, DraftwgError, NotRecorded
from draftwg.formats.decode import decode
from draftwg.formats.draft import Draft
from draftwg.formats.textfile import is_textfile, read_textfile
from draftwg.hygiene import clean_line, clean_text, one_line
from draftwg.model.text import Text
from draftwg.redline import compare
from draftwg.repository.findings import aside
from draftwg.repository.lock import refused


@dataclass(frozen=True, slots=True)
class EditedUnit:
    """A unit that reads otherwise in the file: its label, its words there, and both as a redline in signs."""

    label: str
    words: str
    redline: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A file that was edited by hand: its path in the meeting, the text it shows, whether it was put aside already,
    the units that differ, and one line for each thing that no editorial change can bring in.
    """

    path: str
    text: str
    is_aside: bool
    units: tuple[EditedUnit, ...]
    left_out: tuple[str, ...] = ()


def hand_edited(desk: Desk, names: Sequence[str] = ()) -> list[Edited]:
    """The text files that were edited by hand and what differs from the text as it stands; with `names`, these, which
    may have been put aside before. BadInput for a name of none.
    """
    if not names:
        return [_edited(desk, path, is_aside=False) for path in desk.record.hand_edits()]
    known = dict.fromkeys(put_aside_before(desk), True) | dict.fromkeys(desk.record.hand_edits(), False)
    found = []
    for name in names:
        path = next((path for path in known if Path(path).name == Path(name).name), None)
        if path is None:
            raise BadInput(f"{one_line(name)} was not edited by hand.", "See what was: draftwg edits.")
        found.append(_edited(desk, path, is_aside=known[path]))
    return found


def put_aside_before(desk: Desk) -> list[str]:
    """The files with edits by hand that were put aside, by their paths in the meeting."""
    return sorted(f"texts/{place.name}" for place in (desk.record.folder / "texts").glob("*.by-hand-*.md"))


def adopt(desk: Desk, found: Sequence[Edited], reason: str = "") -> list[Receipt]:
    """Record what differs as editorial changes of the Secretariat, one act a unit: all or none.

    The files as they were edited are kept in the repository's folder. BadInput where there is nothing to adopt.
    """
    requests: list[dict[str, object]] = []
    for edited in found:
        for unit in edited.units:
            request = {"act": "edit", "unit": unit.label, "in": edited.text, "text": unit.words}
            requests.append({**request, **({"reason": reason} if reason else {})})
    if not requests:
        why = next((f" ({one.path}: {line})" for one in found for line in one.left_out), "")
        raise BadInput(
            f"There is no change in these files that could be adopted{why}.", "Put them aside: draftwg edits --aside."
        )
    kept = {}
    try:
        for path in (desk.record.folder / edited.path for edited in found if edited.units):
            kept[path] = aside(desk.record.gitdir, path)
        return desk.do_all(requests)
    except (DraftwgError, OSError) as error:
        for path, place in kept.items():
            place.replace(path)
        if isinstance(error, OSError):
            raise refused(error) from None
        raise


def put_aside(desk: Desk, found: Sequence[Edited]) -> list[str]:
    """Keep each edited file under another name beside it and put the text back; one line for each."""
    told = []
    for edited in found:
        if edited.is_aside:
            told.append(f"{edited.path} is put aside already; remove it when it is not needed any more.")
            continue
        kept = desk.record.work_tree.set_aside(edited.path)
        told.append(f"{edited.path} is as the record has it; the edited one is {kept}.")
    told += desk.record.put_back()
    return told


def _edited(desk: Desk, path: str, *, is_aside: bool) -> Edited:
    place = desk.record.folder / path
    name = Path(path).name.split(".")[0]
    text = desk.state.texts.get(name)
    if text is None or not path.startswith("texts/"):
        return Edited(path, name, is_aside, (), ("no text of the meeting; only --aside can be done with it",))
    try:
        data = place.read_bytes()
        source = decode(data, place.name)[0]
        if not is_textfile(source):
            raise BadInput("its first lines are not those that draftwg wrote")
        draft = read_textfile(source, place.name)
    except OSError as error:
        raise NotRecorded(f"{one_line(path)} cannot be read ({error.strerror}).") from None
    except DraftwgError as error:
        return Edited(path, name, is_aside, (), (f"it cannot be read as a text: {error.message.rstrip('.')}",))
    units: list[EditedUnit] = []
    left: list[str] = []
    written = {unit.label.casefold(): unit for unit in draft.units}
    for unit in text.standing:
        other = written.pop(unit.label.casefold(), None)
        if other is None:
            left.append(f"{unit.label} is not in the file; only a delegation may propose to delete it")
            continue
        words = clean_text(other.text)
        if words == unit.text or (is_aside and any(words == step.text for step in desk.state.lives.get(unit.id, ()))):
            continue
        units.append(EditedUnit(unit.label, words, _redline(unit.text, words)))
    left += [
        f"{one_line(unit.label)} is new in the file; only a delegation may propose it" for unit in written.values()
    ]
    left += _around(text, draft) if not is_aside else []  # the text may have changed since it was put aside
    if not units and not left:
        left.append(
            "its lines end as those of another system do (CR); its words are the same"
            if b"\r" in data
            else "its words are the same; only blanks, marks or comments differ"
        )
    return Edited(path, name, is_aside, tuple(units), tuple(left))


def _around(text: Text, draft: Draft) -> list[str]:
    """What differs beside the words of units: their order, and the headings."""
    told = []
    standing = {unit.label.casefold(): unit.section for _, units in text.by_section() for unit in units}
    written = {unit.label.casefold(): unit.section_path for unit in draft.units if unit.label.casefold() in standing}
    if list(written) != [label for label in standing if label in written]:
        told.append(f"its {text.noun}s stand in another order; only a delegation may propose to move one")
    elif any(standing[label] != section for label, section in written.items()):
        told.append(f"a {text.noun} stands in another section; only a delegation may propose to move it")
    if [clean_line(one.title) for one in draft.sections] != [one.title for one in text.sections]:
        told.append("its headings read otherwise; only a delegation may propose that")
    if clean_line(draft.title) != text.title:
        told.append("its title reads otherwise; the title of a text is not edited")
    return told


def _redline(old: str, new: str) -> str:
    signs = {"-": ("[-", "-]"), "+": ("{+", "+}")}
    parts = []
    for span in compare(old, new):
        before, after = signs.get(span.op, ("", ""))
        parts.append(f"{before}{span.text}{after}")
    return one_line("".join(parts))
