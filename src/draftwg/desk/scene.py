"""The scene that a projection shows, made from the state and from what the officer lets the room see.

Pure functions.
"""

from collections.abc import Iterable
from dataclasses import replace

from draftwg.desk.chair import order_of_taking
from draftwg.desk.questions import Row, View, credit, unit_bracketed, unit_redline
from draftwg.desk.room import Drafting, Showing
from draftwg.formats.scene import Mark, Scene, SceneAmendment, Span
from draftwg.hygiene import one_line
from draftwg.model.amendment import Amendment, AmendmentState
from draftwg.model.state import State, names_in_words
from draftwg.model.text import Text, Unit, UnitStatus
from draftwg.redline.compare import compare
from draftwg.redline.notation import marked

_MARKS = {"words": Mark.KEPT, "bracketed": Mark.BRACKETED, "sign": Mark.SIGN, "names": Mark.NAMES}
_OPS = {"=": Mark.KEPT, "+": Mark.INSERTED, "-": Mark.DELETED}


def scene(state: State, showing: Showing, ruling: str = "") -> Scene:
    """The scene. A unit or text that is not there gives the title of the meeting, never an error."""
    text = state.texts.get(showing.text) or next(iter(state.texts.values()), None)
    if text is None:
        return Scene(meeting=state.title, name=state.title, frozen=showing.frozen, notes=(_where(state),))
    row = _row(state, text, showing.unit)
    shown = _scene_of_text(state, text, showing)
    if row is None or row.unit is None:
        return shown
    typed = showing.drafting if showing.drafting and showing.drafting.unit == row.unit.id else None
    if showing.frozen:
        typed = None
    words = _typed(typed) if typed else _words(state, row, showing)
    drafting = (typed.heading if showing.attributed else typed.unnamed) if typed else ""
    status = _status(state, row, attributed=showing.attributed)
    return replace(
        shown,
        name=_called(text, row),
        section=_section(text, row),
        status=status,
        standing=row.status.value,
        view=View.REDLINE.value if typed else showing.view,
        drafting=drafting,
        ruling="" if showing.frozen else ruling,
        paragraphs=paragraphs(words),
        notes=_notes(state, row, attributed=showing.attributed),
        amendments=_amendments(state, row, showing),
        scroll=showing.scroll,
    )


def _row(state: State, text: Text, id: str) -> Row | None:
    """The row that this unit has in the outline, without making all the others."""
    unit = text.unit(id)
    if unit is not None:
        return Row(None, unit, state.status(unit), len(state.pending.get(id, ())))
    proposed = (one for one in state.pending_on(id) if one.label and one.text == text.name)
    one = next(proposed, None)
    if one is None:
        return None
    return Row(None, Unit(id, one.label, one.proposed, one.section), UnitStatus.BRACKETED, 1, one)


def ruling(before: State, after: State, unit: str) -> str:
    """What was decided on this unit (its id) between two states, in words: "A-3 accepted"; "" where nothing was."""
    told = []
    for amendment in after.on_unit(unit):
        old = before.amendments.get(amendment.id)
        if old is None or old.state is amendment.state:
            continue
        if amendment.state.ended:
            vote = f" by {amendment.decision.vote}" if amendment.decision and amendment.decision.vote else ""
            told.append(f"{amendment.number} {amendment.state}{vote}")
        elif old.state.ended:
            told.append(f"{amendment.number} is before the room again")
    told.sort(key=lambda words: "accepted" not in words)
    for text in after.texts.values():
        now, then = text.unit(unit), before.texts[text.name].unit(unit) if text.name in before.texts else None
        if now is None or then is None or (status := after.status(now)) is before.status(then):
            continue
        if status.agreed or status is UnitStatus.REOPENED:
            told.append(f"{text.noun.capitalize()} {now.label} {status}")
    return " · ".join(told)


def _scene_of_text(state: State, text: Text, showing: Showing) -> Scene:
    """What is the same for every unit; by itself, the title page."""
    last = state.readings[-1] if state.readings else None
    reading = ""
    if last is not None:
        sitting = f", meeting {last.meeting}" if last.meeting else ""
        reading = f"{last.name}{sitting}" if last.state.value == "open" else f"{last.name} {last.state}"
    issued = [version for version in state.versions if version.text.name == text.name]
    return Scene(
        meeting=state.title,
        text=text.title,
        name=text.title,
        reading=reading,
        symbol=issued[-1].symbol if issued else "",
        attributed=showing.attributed,
        frozen=showing.frozen,
        away=showing.away,
        notes=(state.title, _where(state)),
        language=text.language,
        direction=text.direction,
    )


def _where(state: State) -> str:
    return " · ".join(filter(None, (state.place, state.dates.replace("/", " to "))))


def _called(text: Text, row: Row) -> str:
    assert row.unit is not None
    return f"{text.noun.capitalize()} {row.unit.label}"


def _section(text: Text, row: Row) -> str:
    assert row.unit is not None
    section = next((section for section in text.sections if section.path == row.unit.section), None)
    if section is None:
        return ""
    return f"{section.number}. {section.title}" if section.number else section.title


def _status(state: State, row: Row, *, attributed: bool) -> str:
    assert row.unit is not None
    if row.proposal is not None:
        return f"proposed by {names_in_words(row.proposal.names)}" if attributed else "proposed"
    if row.unit.deleted:
        return row.unit.gone or "deleted"
    agreement = state.agreements.get(row.unit.id)
    if agreement and agreement.pending and attributed:
        return f"{row.status}, pending {names_in_words(agreement.pending)}"
    if row.status is UnitStatus.BRACKETED:
        again = "reopened, " if row.unit.id in state.reopened else ""
        return f"{again}{row.pending} pending"
    return row.status.value


def _words(state: State, row: Row, showing: Showing) -> list[Span]:
    """The words of the unit in the room's view."""
    unit = row.unit
    assert unit is not None
    if row.proposal is not None:
        return [Span(unit.text, Mark.KEPT if showing.view == View.CLEAN else Mark.INSERTED)]
    if showing.view == View.BRACKETED and not unit.deleted:
        return bracketed_spans(state, unit, attributed=showing.attributed)
    if showing.view == View.REDLINE:
        return _redline(state, row, attributed=showing.attributed)
    return [Span(unit.text, Mark.DELETED if unit.deleted else Mark.KEPT)]


def bracketed_spans(state: State, unit: Unit, *, attributed: bool) -> list[Span]:
    """The words of the unit with everything that is pending on them in brackets."""
    pieces = unit_bracketed(state, unit, named=attributed).pieces
    return [Span(words, _MARKS[mark]) for mark, words in marked(pieces, attributed=attributed) if words]


def _redline(state: State, row: Row, *, attributed: bool) -> list[Span]:
    """The redline since the import; behind each change stands by whom it came."""
    assert row.unit is not None
    spans: list[Span] = []
    pieces = unit_redline(state, row.unit)
    for place, piece in enumerate(pieces):
        spans.append(Span(piece.text, _OPS[piece.op]))
        following = pieces[place + 1] if place + 1 < len(pieces) else None
        closes = following is None or following.op == "=" or following.source != piece.source
        if attributed and piece.op != "=" and closes and (amendment := credit(state, piece.source)):
            names = f"({', '.join(amendment.names)})"
            spans.append(Span(f"{names} " if piece.text[-1:].isspace() else f" {names}", Mark.NAMES))
    return spans


def _typed(typed: Drafting) -> list[Span]:
    """The words being typed, as a redline on the words that they change; the eye is where the cursor is."""
    if not typed.base:
        return [Span(typed.words, Mark.INSERTED, here=True)]
    spans, passed, here = [], 0, False
    for piece in compare(typed.base, typed.words):
        length = 0 if piece.op == "-" else len(piece.text)
        at_cursor = not here and passed + length >= typed.cursor and piece.op != "-"
        spans.append(Span(piece.text, _OPS[piece.op], at_cursor))
        here = here or at_cursor
        passed += length
    return spans


def paragraphs(spans: Iterable[Span]) -> tuple[tuple[Span, ...], ...]:
    """The spans parted at line ends; a line end that was put in or taken out shows as ¶. Where nothing says where the
    eye is to be, it is at the first change or bracket."""
    listed = list(spans)
    if not any(span.here for span in listed):
        first = next((place for place, span in enumerate(listed) if span.mark is not Mark.KEPT), None)
        if first is not None:
            listed[first] = replace(listed[first], here=True)
    paragraphs: list[list[Span]] = [[]]
    for span in listed:
        lines = span.text.split("\n")
        for place, line in enumerate(lines):
            if place:
                changed = span.mark in (Mark.INSERTED, Mark.DELETED)
                if changed and len(lines) > 1 and not any(part.strip() for part in lines):
                    paragraphs[-1].append(Span("¶", span.mark, span.here))
                if span.mark is not Mark.DELETED or any(part.strip() for part in lines):
                    paragraphs.append([])
            if line:
                paragraphs[-1].append(Span(line, span.mark, span.here and not place))
    return tuple(tuple(paragraph) for paragraph in paragraphs if paragraph)


def _notes(state: State, row: Row, *, attributed: bool) -> tuple[str, ...]:
    """What is said beside the words: what is awaited, who asks to reopen it."""
    assert row.unit is not None
    notes = []
    if row.unit.id in state.placeholders:
        notes.append(f"Placeholder: {state.placeholders[row.unit.id]}")
    held = state.held_on(row.unit.id)
    asked = [f"{one.number}: {one.by if attributed else 'a delegation'} asks to reopen it" for one in held]
    return (*notes, *asked)


def _amendments(state: State, row: Row, showing: Showing) -> tuple[SceneAmendment, ...]:
    """What is pending on the unit, in the order of taking."""
    assert row.unit is not None
    listed = order_of_taking(state, row.unit.id)
    return tuple(_line(place, one, showing) for place, one in enumerate(listed, 1))


def _line(place: int, amendment: Amendment, showing: Showing) -> SceneAmendment:
    others = [name for name in amendment.names if name != amendment.by]
    by = ", ".join((amendment.by, *others)) if showing.attributed else ""
    group = f" on behalf of {amendment.on_behalf}" if amendment.on_behalf and by else ""
    state = "" if amendment.state is AmendmentState.TABLED else amendment.state.value
    return SceneAmendment(
        place,
        amendment.number,
        f"{by}{group}",
        state,
        one_line(amendment.said),
        bool(amendment.parent),
        amendment.id == showing.amendment,
    )
