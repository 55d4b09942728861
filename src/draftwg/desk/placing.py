"""Where an instruction belongs that does not say so, and what an amendment of a list asks for."""

from typing import Any

from draftwg.errors import BadInput
from draftwg.formats.instruction import Does, applied, parse, places
from draftwg.model.amendment import Kind
from draftwg.model.text import Text
from draftwg.redline.finding import locate

_NEAR = 0.8  # from this fit on, words are found


def placed(text: Text, said: str, request: dict[str, object]) -> tuple[list[dict[str, object]], float] | None:
    """An instruction that names no unit, or words that stand there only nearly: where it belongs, and how well."""
    try:
        spoken = parse(said, noun=text.noun)
    except BadInput:
        return None
    if len(spoken) != 1 or not spoken[0].old:
        return None
    one = spoken[0]
    label = one.unit or str(request.get("unit") or "")
    units = [unit for unit in text.standing if not label or unit.label == label]
    standing = [unit for unit in units if places(unit.text, one.old)]
    fit = 1.0
    place: tuple[int, int] | None = None
    if len(standing) != 1:
        if standing:
            return None
        near = [(found.fit, found, unit) for unit in units if (found := locate(unit.text, one.old))]
        near.sort(key=lambda entry: -entry[0])
        if not near or near[0][0] < _NEAR or near[0][1].rivals or (len(near) > 1 and near[1][0] == near[0][0]):
            return None
        fit, where, unit = near[0]
        place = (where.start, where.end)
    else:
        unit = standing[0]
    if one.does in (Does.NEW_UNIT, Does.DELETE_UNIT, Does.WHOLE):
        return None
    try:
        words = applied(one, unit.text, place)
    except ValueError:
        return None
    plain = {key: value for key, value in request.items() if key != "say"}
    return [{**plain, "unit": unit.label, "text": words}], fit


def fields_of(row: dict[str, Any], kind: str) -> dict[str, object] | None:
    """The fields of an amendment that is no change of words; None where it is one."""
    told: dict[str, dict[str, object]] = {
        Kind.DELETE_UNIT: {"unit": row["unit"], "kind": "delete"},
        Kind.NEW_UNIT: {"kind": "new", "text": row["proposed"], "label": row["unit"], "after": row.get("after")},
        Kind.ALTERNATIVE: {"kind": "alt", "unit": row.get("after"), "label": row["unit"], "text": row["proposed"]},
        Kind.MOVE: {"unit": row["unit"], "kind": "move", "after": row.get("after")},
        Kind.SPLIT: {"unit": row["unit"], "kind": "split", "parts": row.get("parts")},
        Kind.MERGE: {"unit": row["unit"], "kind": "merge", "units": row.get("units"), "text": row["proposed"]},
        Kind.HEADING: {"kind": "heading", "section": row.get("section"), "text": row["proposed"]},
    }
    if row.get("parent"):
        key = "consequential_to" if row.get("consequential") else "amends"
        return {key: row["parent"], "text": row["proposed"]}
    found = told.get(kind)
    return {key: value for key, value in found.items() if value} if found is not None else None
