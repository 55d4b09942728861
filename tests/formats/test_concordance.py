from draftwg.formats.concordance import concordance_html


def test_the_page_has_a_row_for_each_line_and_no_foreign_markup() -> None:
    page = concordance_html(
        [("15 bis", "17", "II.B", "new"), ("<b>", "—", "", 'a "note" & {more}')], "A <i>meeting</i>"
    )

    assert page.count('<tr><th scope="row">') == 2
    assert "<b>" not in page
    assert "<i>" not in page
    assert "&lt;b&gt;" in page
    assert "{more}" in page
