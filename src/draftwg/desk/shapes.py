"""The answers of the desk as JSON: stable shapes, told in docs/json.md. Pure functions of the state."""

from typing import Any

from draftwg.acts import Log
from draftwg.acts.log import in_words
from draftwg.desk.chronicle import concerned
from draftwg.desk.questions import View, credit, original, unit_bracketed, unit_redline
from draftwg.desk.searching import Hit
from draftwg.model.amendment import Amendment
from draftwg.model.procedure import Step
from draftwg.model.reading import Version
from draftwg.model.state import State
from draftwg.model.text import Text, Unit


def unit_words(state: State, unit: Unit, view: View, *, named: bool = True) -> str:
    """The words of a unit in a view, as plain text: brackets in the notation of drafting, redlines as [-old-]
    {+new+}.
    """
    if view is View.CLEAN:
        return unit.text
    if view is View.ORIGINAL:
        return original(state, unit)
    if view is View.BRACKETED:
        return unit_bracketed(state, unit, named=named).text
    if unit.id not in state.lives:
        return unit.text  # only proposed: nothing has changed in it
    signs = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(signs[piece.op].format(piece.text) for piece in unit_redline(state, unit))


def unit_shape(state: State, unit: Unit, view: View, *, named: bool = True) -> dict[str, Any]:
    """A unit: ids, label, section, status, the numbers of its pending amendments, and its words in the view."""
    shape: dict[str, Any] = {
        "id": unit.id,
        "label": unit.label,
        "section": unit.section,
        "status": state.status(unit).value,
        "pending": [amendment.number for amendment in state.pending_on(unit.id)],
        "view": view.value,
        "words": unit_words(state, unit, view, named=named),
    }
    if view is View.BRACKETED:
        brackets = unit_bracketed(state, unit, named=named)
        shape |= {"brackets": brackets.pairs, "depth": brackets.depth}
    if view is View.REDLINE:
        shape["spans"] = [_span(state, *piece) for piece in _pieces(state, unit)]
    return shape


def text_shape(state: State, text: Text, units: tuple[Unit, ...], view: View, *, named: bool = True) -> dict[str, Any]:
    """A text, or some of its units, in a view."""
    return {
        "meeting": state.title,
        "text": text.name,
        "title": text.title,
        "noun": text.noun,
        "language": text.language,
        "sections": [
            {"path": section.path, "number": section.number, "title": section.title, "level": section.level}
            for section in text.sections
        ],
        "units": [unit_shape(state, unit, view, named=named) for unit in units],
    }


def amendment_shape(state: State, amendment: Amendment) -> dict[str, Any]:
    """An amendment with its wordings and its fate."""
    unit = state.text(amendment.text).unit(amendment.unit)
    decision = amendment.decision
    return {
        "id": amendment.id,
        "number": amendment.number,
        "text": amendment.text,
        "unit": unit.label if unit else amendment.label,
        "unit_id": amendment.unit,
        "kind": amendment.kind.value,
        "by": amendment.by,
        "sponsors": list(amendment.sponsors),
        "state": amendment.state.value,
        "at": amendment.at,
        "reading": amendment.reading,
        "said": amendment.said,
        "base": amendment.base,
        "proposed": amendment.proposed,
        "reason": amendment.reason,
        "wordings": [
            {"act": wording.act, "at": wording.at, "said": wording.said, "proposed": wording.text}
            for wording in amendment.wordings
        ],
        "decision": decision
        and {
            "state": decision.state.value,
            "at": decision.at,
            "reading": decision.reading,
            "act": decision.act,
            "because": decision.because or None,
            "vote": decision.vote or None,
        },
        "parent": state.amendments[amendment.parent].number if amendment.parent in state.amendments else None,
        "consequential": amendment.consequential,
        "origin": amendment.origin_by or None,
        "tabled_as": amendment.tabled_as or None,
        "on_behalf": amendment.on_behalf or None,
        "positions": [
            {"by": position.by, "position": position.stand.value, "on_behalf": position.on_behalf or None}
            for position in state.positions_on(amendment=amendment.id)
        ],
    }


def version_shape(version: Version) -> dict[str, Any]:
    """An issued version, without its words."""
    return {
        "symbol": version.symbol,
        "status": version.status,
        "at": version.at,
        "act": version.act,
        "text": version.text.name,
        "units": len(version.text.units),
        "sha256": version.digest,
        "fates": [
            {"number": one.number, "by": one.by, "unit": one.unit, "state": one.state, "where": one.where}
            for one in version.fates
        ],
        "corrections": [{"unit": one.unit, "for": one.old, "read": one.new} for one in version.corrections],
    }


def hit_shape(hit: Hit) -> dict[str, Any]:
    """Something that a search found; ids are null where they do not apply."""
    return {
        "group": hit.group.value,
        "name": hit.name,
        "words": hit.words,
        "remark": hit.remark,
        "text": hit.text or None,
        "unit_id": hit.unit or None,
        "amendment_id": hit.amendment or None,
        "version": hit.version or None,
        "act": hit.act or None,
    }


def course_shape(step: Step) -> dict[str, Any]:
    """A step in the course of a unit: its status since when, by which act; who moved a reopening, and the ruling."""
    return {"status": step.status.value, "at": step.at, "act": step.act, "by": step.by or None, "why": step.why or None}


def history_shape(log: Log, commits: dict[str, str], unit: str = "") -> list[dict[str, Any]]:
    """Every act in the order of the record, or those that concern the unit with this id, undone ones marked."""
    shapes = []
    contested = {one.act for one in log.state.contested}
    for act, before in log.walk():
        if unit and unit not in concerned(act, before):
            continue
        shapes.append(
            {
                "id": act.id,
                "act": act.NAME,
                "at": act.at,
                "author": act.author,
                "subject": in_words(act, before),
                "counts": log.counts(act.id),
                "contested": act.id in contested,
                "commit": commits.get(act.id, ""),
            }
        )
    return shapes


def _pieces(state: State, unit: Unit) -> list[tuple[str, str, str]]:
    return [(piece.op, piece.text, piece.source) for piece in unit_redline(state, unit)]


def _span(state: State, op: str, words: str, source: str) -> dict[str, Any]:
    shape: dict[str, Any] = {"op": op, "text": words}
    if op != "=" and source:
        amendment = credit(state, source)
        shape |= {"act": source, "amendment": amendment.number if amendment else None}
        shape["by"] = list(amendment.names) if amendment else ["Secretariat"]
    return shape
