import pytest

from draftwg.formats.docx.document import Document, Revision, Table
from draftwg.formats.docx.reader import read_docx
from draftwg.formats.docx.resolve import accepted, rejected
from formats.docx.wordfiles import dele, ins, p, word_file


def read(body: str, **others: str) -> Document:
    return read_docx(word_file(body, **others), "theirs.docx")


def both(body: str) -> tuple[str, str]:
    document = read(body)
    return accepted(document).text, rejected(document).text


def test_words_put_in_and_taken_out_have_author_and_date() -> None:
    document = read(p("Report ", dele("yearly"), ins("monthly"), " on ice."))

    (paragraph,) = document.body
    assert [run.text for run in paragraph.runs] == ["Report ", "yearly", "monthly", " on ice."]
    assert paragraph.runs[1].deleted == Revision("Peru", "")
    assert paragraph.runs[2].inserted == Revision("Peru", "2031-05-06T10:00:00Z")
    assert accepted(document).text == "Report monthly on ice."
    assert rejected(document).text == "Report yearly on ice."
    assert document.revised
    assert not accepted(document).revised


def test_words_that_one_put_in_and_another_took_out_stand_in_neither_reading() -> None:
    nested = '<w:ins w:id="1" w:author="Peru"><w:del w:id="2" w:author="Chile"><w:r><w:delText>far </w:delText></w:r></w:del></w:ins>'

    assert both(p("So ", nested, "good")) == ("So good", "So good")


@pytest.mark.parametrize(
    ("body", "new", "old"),
    [
        (p("One") + p(ins("Two"), mark='<w:ins w:id="3" w:author="Peru"/>') + p("Three"), "One\nTwo\nThree", "One\nThree"),
        (p("One") + p(dele("Two"), mark='<w:del w:id="3" w:author="Peru"/>') + p("Three"), "One\nThree", "One\nTwo\nThree"),
        (p("One ", mark='<w:del w:id="3" w:author="Peru"/>') + p("two"), "One two", "One \ntwo"),
        (p("One ", mark='<w:ins w:id="3" w:author="Peru"/>') + p("two"), "One \ntwo", "One two"),
        (p("One") + p(dele("Two"), mark='<w:del w:id="3" w:author="Peru"/>'), "One", "One\nTwo"),
    ],
)  # fmt: skip
def test_the_ends_of_paragraphs_come_and_go(body: str, new: str, old: str) -> None:
    assert both(body) == (new, old)


def test_a_move_reads_as_gone_here_and_come_there() -> None:
    away = (
        '<w:moveFromRangeStart w:id="5" w:name="m1" w:author="Peru"/><w:p><w:pPr><w:rPr><w:moveFrom w:id="6" w:author="Peru"/></w:rPr></w:pPr>'
        '<w:moveFrom w:id="7" w:author="Peru"><w:r><w:t>Two</w:t></w:r></w:moveFrom></w:p><w:moveFromRangeEnd w:id="5"/>'
    )
    to = away.replace("moveFrom", "moveTo").replace('w:id="', 'w:id="1')
    document = read(away + p("One") + to + p("End"))

    assert rejected(document).text == "Two\nOne\nEnd"
    assert accepted(document).text == "One\nTwo\nEnd"
    moved = [run for paragraph in document.paragraphs for run in paragraph.runs if run.text == "Two"]
    assert [run.deleted.move if run.deleted else run.inserted.move for run in moved if run] == ["m1", "m1"]


def test_rows_come_and_go() -> None:
    row = "<w:tr>{}<w:tc>{}</w:tc></w:tr>"
    gone = row.format('<w:trPr><w:del w:id="9" w:author="Peru"/></w:trPr>', p(dele("gone")))
    document = read(f"<w:tbl>{row.format('', p('stays'))}{gone}</w:tbl>")

    assert isinstance(document.body[0], Table)
    assert accepted(document).text == "stays"
    assert rejected(document).text == "stays\ngone"


def test_headings_lists_looks_comments_and_notes() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>'
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="X"><w:basedOn w:val="H"/></w:style>'
    )
    item = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="4"/></w:numPr>'
    struck = "<w:r><w:rPr><w:dstrike/></w:rPr><w:t>out</w:t></w:r>"
    noted = '<w:commentRangeStart w:id="0"/><w:r><w:t>here</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:footnoteReference w:id="2"/></w:r>'
    document = read(
        p("Part", properties='<w:pStyle w:val="X"/>')
        + p("first", properties=item.format(0))
        + p("sub", properties=item.format(1))
        + p("sub", properties=item.format(1))
        + p("second", properties=item.format(0))
        + p(struck, noted),
        styles=styles,
        numbering=numbering,
        comments=f'<w:comment w:id="0" w:author="Peru">{p("Why?")}</w:comment>',
        footnotes=f'<w:footnote w:id="0" w:type="separator"/><w:footnote w:id="2">{p("See there.")}</w:footnote>',
    )
    paragraphs = list(document.paragraphs)

    assert paragraphs[0].level == 2
    assert paragraphs[0].runs[0].bold
    assert [paragraph.numbered for paragraph in paragraphs[1:5]] == ["1. first", "(a) sub", "(b) sub", "2. second"]
    assert paragraphs[5].runs[0].strike
    assert paragraphs[5].runs[1].comments == ("0",)
    assert paragraphs[5].runs[2].footnote == "2"
    assert document.comments["0"].text == "Why?"
    assert [note.text for note in document.footnotes["2"]] == ["See there."]


def test_controls_are_taken_out_and_what_was_not_read_is_told() -> None:
    document = read(p("a\u202eb&#9;c", "<w:r><w:drawing/></w:r>"))

    assert document.text == "ab c"
    assert any("direction" in warning for warning in document.warnings)
    assert any("picture" in warning for warning in document.warnings)
