"""Arabic on terminals of three kinds; the expected lines were checked against another implementation of UAX #9."""

import pytest
from rich.segment import Segment
from textual.strip import Strip

from draftwg.tui.projection.bidi import MODES, arranged

INVITES = "قد يود المؤتمر أن يدعو [الأمانة - original] إلى 30 سنة"


def shown(words: str, mode: str, direction: str = "ltr", width: int = 60) -> str:
    """The line as it goes to the terminal."""
    return arranged(Strip([Segment(words)]), mode, direction, width).text


def test_a_terminal_that_orders_gets_the_words_as_they_are() -> None:
    assert shown(INVITES, "terminal", "rtl") == INVITES


def test_isolates_part_runs_from_the_brackets_beside_them() -> None:
    assert shown("States [المؤتمر] shall", "isolate") == "States [\u2068المؤتمر\u2069] shall"
    assert shown("لا {+نعم+}", "isolate") == "\u2068لا\u2069 {+\u2068نعم\u2069+}"


def test_reversed_lines_are_ordered_joined_mirrored_and_stand_on_the_right() -> None:
    line = shown(INVITES, "reverse", "rtl")

    assert line.strip() == "ﺔﻨﺳ 30 ﻰﻟﺇ [original - ﺔﻧﺎﻣﻷﺍ] ﻮﻋﺪﻳ ﻥﺃ ﺮﻤﺗﺆﻤﻟﺍ ﺩﻮﻳ ﺪﻗ"
    assert line.endswith("ﺪﻗ") and len(line) == 60


def test_an_english_line_keeps_its_direction() -> None:
    assert shown("States [المؤتمر] shall 2018", "reverse") == "States [ﺮﻤﺗﺆﻤﻟﺍ] shall 2018"


@pytest.mark.parametrize("mode", MODES)
def test_lines_without_such_words_stay(mode: str) -> None:
    assert shown("States [shall] 各国 do.", mode, "rtl") == "States [shall] 各国 do."


def test_marks_stay_on_their_letters_and_styles_with_their_words() -> None:
    from rich.style import Style

    bold = Style(bold=True)
    line = arranged(Strip([Segment("a "), Segment("بَتْ", bold)]), "reverse", "ltr", 20)

    assert line.text == "a ﺖ\u0652ﺑ\u064e"
    assert [segment.text for segment in line if segment.style == bold] == ["ﺖ\u0652ﺑ\u064e"]
