"""The door through which papers leave: any two points of a text, any set of units, in any format, named or not.

What leaves is made whole before a byte is written; a Word file has been read back and proven by then.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from draftwg.desk.comparing import chosen, concordance_of, points_redline, unnamed, with_brackets
from draftwg.desk.desk import Desk
from draftwg.desk.orders import BINARY, KIND_WORDS, KINDS, Order
from draftwg.desk.papers import AMENDMENT_COLUMNS, amendment_rows, make_paper
from draftwg.desk.versions import Point, at
from draftwg.errors import BadInput
from draftwg.formats.redlines import Redline
from draftwg.model.procedure import Numbered


def export(desk: Desk, order: Order) -> bytes:
    """What was ordered, as the bytes of a file. BadInput where a point, a unit or the format is not to be had;
    NotRecorded where a Word file would not read as it should."""
    if order.form not in KINDS.get(order.kind, ()):
        raise BadInput(
            f"There is no {KIND_WORDS.get(order.kind, order.kind)} as {order.form}.",
            f"It is to be had as {', '.join(KINDS.get(order.kind, ()))}.",
        )
    end = at(desk, order.new, order.text)
    if order.kind == "amendments":
        return _amendments(end, order).encode()
    if order.kind == "redline" or order.form == "xml":
        start = at(desk, order.old, order.text) if order.kind == "redline" else end
        return _redline(desk, start, end, order)
    return _paper(end, order)


def redline_file(redline: Redline, form: str, *, attributed: bool = True) -> bytes:
    """A redline of two texts of the meeting in a format of KINDS["redline"] but PDF and XML."""
    if form == "docx":
        from draftwg.formats.docx.redline import redline_docx
        from draftwg.formats.flow import lines_of

        return redline_docx(redline, lines_of(redline.before), lines_of(redline.after), attributed=attributed)
    from draftwg.desk.outputs import render

    names = {"md": "markdown", "txt": "text"}
    return render(redline, names.get(form, form), attributed=attributed).encode()


def _redline(desk: Desk, start: Point, end: Point, order: Order) -> bytes:
    if start.text.name != end.text.name:
        raise BadInput(
            f"{order.old} and {order.new} are versions of different texts.",
            f"They are {start.text.name} and {end.text.name}.",
        )
    if order.brackets:
        end = replace(end, text=with_brackets(end.state, end.text, named=order.attributed))
        start = end if order.kind == "clean" else start
    redline = points_redline(desk.state, start, end, chosen(order.units, start.text, end.text))
    redline = replace(redline, distribution=order.distribution)
    if not order.attributed:
        redline = replace(redline, concordance=unnamed(redline.concordance))
    if order.form == "xml":
        from draftwg.formats.akn import redline_akn

        statuses = {unit.id: end.state.status(unit).value for unit in end.text.standing}
        return redline_akn(redline, attributed=order.attributed, statuses=statuses).encode()
    if order.form == "pdf":
        from draftwg.desk.printing import pdf_from

        word, page = (redline_file(redline, form, attributed=order.attributed) for form in ("docx", "html"))
        return pdf_from(word, page.decode())
    return redline_file(redline, order.form, attributed=order.attributed)


def _paper(point: Point, order: Order) -> bytes:
    from draftwg.formats import paperpages

    kind = order.kind
    assert kind in ("clean", "compilation", "table")
    paper = make_paper(
        point,
        kind,  # type: ignore[arg-type]
        attributed=order.attributed,
        only=chosen(order.units, point.text),
        distribution=order.distribution,
    )
    if order.form in BINARY:
        from draftwg.formats.docx.papers import paper_docx

        data = paper_docx(paper)
        if order.form == "docx":
            return data
        from draftwg.desk.printing import pdf_from

        return pdf_from(data, paperpages.paper_html(paper))
    makers = {
        "html": paperpages.paper_html,
        "md": paperpages.paper_markdown,
        "txt": paperpages.paper_text,
        "json": paperpages.paper_json,
    }
    return makers[order.form](paper).encode()


def _amendments(point: Point, order: Order) -> str:
    only = chosen(order.units, point.text)
    labels = {unit.label for unit in point.text.units if only is None or unit.id in only}
    rows = [
        row
        for row in amendment_rows(point.state, point.text, attributed=order.attributed)
        if only is None or row["unit"] in labels
    ]
    lines = concordance_of(point)
    lines = lines if order.attributed else unnamed(lines)
    return amendments_csv(rows) if order.form == "csv" else amendments_json(rows, point.text.name, lines)


def amendments_json(rows: Sequence[Mapping[str, object]], text: str, lines: Sequence[Numbered]) -> str:
    """Amendments of a text as JSON, with its concordance where it has one."""
    from draftwg.formats.paperpages import concordance_json

    told: dict[str, object] = {
        "format": "draftwg amendments",
        "version": 1,
        "text": text,
        "amendments": rows,
    }
    if lines:
        told["concordance"] = concordance_json(lines)
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def amendments_csv(rows: list[dict[str, object]]) -> str:
    """Amendments as a table for a spreadsheet; a cell that one would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(AMENDMENT_COLUMNS)
    for row in rows:
        table.writerow([_cell(row[column]) for column in AMENDMENT_COLUMNS])
    return out.getvalue()


def _cell(value: object) -> str:
    words = "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{words}" if words[:1] in ("=", "+", "-", "@") else words
