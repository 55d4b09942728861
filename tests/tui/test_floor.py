"""Speakers, the number of the meeting, words that a speaker quotes, a corrigendum, and rules in every refusal."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from draftwg.desk import Desk
from draftwg.tui.commands import COMMANDS
from draftwg.tui.situation import Pane
from tui.driving import act, console, lines, meeting, page, press, save, seen, status, until


async def choose(pilot, app, *letters: str) -> None:  # type: ignore[no-untyped-def]
    await until(pilot, lambda: app.screen.query("#picker-input"))
    await press(pilot, *letters)


async def test_a_speaker_is_recorded_by_a_key_and_a_name(tmp_path: Path) -> None:
    """Q, letters, Enter: the reading counts who had the floor; without an open reading it says why not."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "8", "Q")
        assert "No reading is open: o opens one. Rule: Units are considered in a reading." in status(app)
        await act(pilot, app, "o", "enter")
        await press(pilot, "Q")
        await choose(pilot, app, "m", "e")
        await act(pilot, app, "enter")
        assert "Mexico has the floor on recommendation 8" in status(app)
    reading = Desk.open(tmp_path / "m").state.readings[0]
    assert [one.speakers for one in reading.considered] == [("Mexico",)]


async def test_the_number_of_the_meeting_is_kept_and_can_be_said(tmp_path: Path) -> None:
    """; asks for it; o and , keep what it was, without a further key."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "semicolon")
        await until(pilot, lambda: app.screen.query("#prompt-meeting"))
        assert app.screen.query_one(Input).value == "1"
        await act(pilot, app, "enter")
        assert "opens the first reading at the 1st meeting" in status(app)
        await press(pilot, "semicolon")
        assert ", suspends it" in status(app) and "Rule:" in status(app)
        await act(pilot, app, "comma")
        await press(pilot, "semicolon")
        await until(pilot, lambda: app.screen.query("#prompt-meeting"))
        await act(pilot, app, "enter")
        assert "resumed at the 2nd meeting" in status(app)
        await press(pilot, "o")
        await until(pilot, lambda: app.screen.query("#prompt-how"))
        await act(pilot, app, "enter")
        await act(pilot, app, "o", "enter")
        assert "opens the second reading at the 2nd meeting" in status(app)


@pytest.fixture
def quoted(tmp_path: Path) -> Path:
    """A meeting in which words of 8 have gone, having been issued before."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "issue", "symbol": "CTOC/COP/WG.6/2031/CRP.1", "status": "non-paper"})
    desk.do(
        {"act": "propose", "unit": "8", "by": "European Union", "replace": "as long as possible", "with": "ten years"}
    )
    desk.do({"act": "accept", "amendment": "A-1"})
    desk.close()
    return tmp_path / "m"


async def test_words_that_are_gone_are_found_and_amended(quoted: Path) -> None:
    """A speaker quotes what has gone: when, by what, in which version; Tab amends what stands there now."""
    async with console(quoted) as (app, pilot):
        await press(pilot, "1", "quotation_mark")
        await until(pilot, lambda: app.screen.query("#quoted-input"))
        await press(pilot, *"long as")
        await until(pilot, lambda: "1 found" in seen(app))
        assert "changed by A-1 of the European Union" in seen(app)
        assert "for ten years and share" in page(app, "#quoted-page")
        assert "They stood in CTOC/COP/WG.6/2031/CRP.1." in page(app, "#quoted-page")
        await press(pilot, "tab")
        await choose(pilot, app, "m", "e", "x", "enter")
        await until(pilot, lambda: app.screen.query("#editor-words"))
        assert "for ten years and share" in app.screen.query_one(TextArea).text
        await press(pilot, "escape", "quotation_mark")
        await until(pilot, lambda: app.screen.query("#quoted-input"))
        await press(pilot, *"observers", "enter")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        assert app.screen.outline.chosen.unit.label == "2"  # type: ignore[attr-defined]
        await press(pilot, "quotation_mark")
        await until(pilot, lambda: app.screen.query("#quoted-input"))
        await press(pilot, *"zebras", "enter")
        await until(pilot, lambda: "Nobody has had these words" in seen(app))


async def test_leaving_while_the_words_are_looked_for_is_quiet(quoted: Path) -> None:
    """The answer that comes to a closed question is passed over."""
    async with console(quoted) as (app, pilot):
        await press(pilot, "quotation_mark")
        await until(pilot, lambda: app.screen.query("#quoted-input"))
        question, asked, answered = app.screen, asyncio.Event(), asyncio.Event()

        async def slowly(words: str) -> Sequence[Mapping[str, Any]]:
            asked.set()
            await answered.wait()
            return ()

        question._find = slowly  # type: ignore[attr-defined]
        question.query_one(Input).value = "long as"
        looking = asyncio.create_task(question._look())  # type: ignore[attr-defined]
        await asked.wait()
        await press(pilot, "escape")
        await until(pilot, lambda: not question.is_running)
        answered.set()
        await looking
        assert app.screen is app.screen_stack[0]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_corrigendum_is_entered_row_by_row(quoted: Path, size: tuple[int, int]) -> None:
    """A symbol that ends with Corr.1 asks for its corrections; they are seen before it is issued, and can be taken
    back."""
    async with console(quoted, size) as (app, pilot):
        await press(pilot, "8", "I")
        await until(pilot, lambda: app.screen.query("#prompt-symbol"))
        app.screen.query_one("#prompt-symbol", Input).value = "CTOC/COP/WG.6/2031/CRP.9/Corr.1"
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: "has not been issued" in seen(app))
        assert "Rule: A corrigendum corrects" in seen(app)
        app.screen.query_one("#prompt-symbol", Input).value = "CTOC/COP/WG.6/2031/CRP.1/Corr.1"
        await press(pilot, "enter")
        await until(pilot, lambda: app.screen.query("#corrigendum-unit"))
        assert app.screen.query_one("#corrigendum-unit", Input).value == "8"
        assert "for as long as possible" in str(app.screen.query_one("#corrigendum-words").render())
        await press(pilot, "enter", *"for ten", "enter", *"x", "enter")
        await until(pilot, lambda: "is not in this text" in seen(app))
        app.screen.query_one("#corrigendum-for", Input).value = "season"
        app.screen.query_one("#corrigendum-read", Input).value = "year"
        await press(pilot, "enter")
        assert any("8" in line and "for “season”" in line and "read “year”" in line for line in lines(app))
        await press(pilot, "9", "enter", *"two", "enter", *"three", "enter")
        assert any("for “two”" in line for line in lines(app))
        await press(pilot, "ctrl+z")
        assert not any("for “two”" in line for line in lines(app))
        app.screen.query_one("#corrigendum-read", Input).value = "four"
        await press(pilot, "enter", "enter", "enter")
        await press(pilot, "enter")
        await until(pilot, lambda: "Ctrl+S issues it with 2 corrections" in seen(app))
        assert len(Desk.open(quoted).state.versions) == 1
        await act(pilot, app, "ctrl+s")
    state = Desk.open(quoted).state
    told = [(one.unit, one.old, one.new) for one in state.versions[1].corrections]
    assert told == [("8", "season", "year"), ("9", "two", "four")]
    assert "each year for as long as possible" in state.versions[1].text.labelled("8").text  # type: ignore[union-attr]
    assert "ten years" in state.find_unit("8")[1].text


async def test_after_a_merger_the_cursor_is_on_the_amendment_with_the_common_words(tmp_path: Path) -> None:
    """Not on the next one that awaits its fate."""
    desk = meeting(tmp_path / "m")
    for by, new in (("Mexico", "ten years"), ("Algeria", "five years"), ("European Union", "a year")):
        desk.do({"act": "propose", "unit": "8", "by": by, "replace": "as long as possible", "with": new})
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "8", "enter", "home")
        while app.screen.amendments.chosen.number != "A-2":  # type: ignore[attr-defined]
            await press(pilot, "down")
        await press(pilot, "m")
        await until(pilot, lambda: app.screen.query("#prompt-into"))
        await press(pilot, *"a1", "enter")
        await until(pilot, lambda: app.screen.query("#editor-words"))
        field = app.screen.query_one(TextArea)
        field.text = field.text.replace("ten years", "seven years")
        await save(pilot, app)
        assert app.screen.amendments.chosen.number == "A-1"  # type: ignore[attr-defined]
        assert "seven years" in page(app, "#detail")


async def test_a_group_speaks_through_a_party_only(tmp_path: Path) -> None:
    """Whoever may not table, and other groups, are not offered."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "admit", "name": "Group of African States", "category": "regional group"})
    desk.do({"act": "admit", "name": "Group of Eastern European States", "category": "regional group"})
    desk.do({"act": "admit", "name": "Andorra", "category": "signatory"})
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "8", "d")
        await choose(pilot, app, *"group of afr", "enter")
        await until(pilot, lambda: "Which party speaks for the Group of African States?" in seen(app))
        await press(pilot, "a")
        names = [choice.name for choice in app.screen.query_one("#picker-list").rows]  # type: ignore[attr-defined]
        assert "Algeria" in names
        assert not {"Andorra", "Group of Eastern European States", "Group of African States", "Chair"} & {*names}
        await act(pilot, app, *"lg", "enter")
        assert "Algeria, on behalf of the Group of African States, proposes" in status(app)
        await press(pilot, "enter")
        assert "on behalf of the Group of African States" in page(app, "#detail")


PLAIN = (
    "The record is still being read.", "This meeting has no text", "Choose a ", "No amendment on this unit yet",
    "There is nothing to", "There is no unsaved edit.", "Nothing is being edited.", "Save the words with Ctrl+S",
    "Nothing has been searched", "No amendment awaits its fate.", "This meeting has one text only.",
)  # fmt: skip
"""Refusals that are not of the procedure: something is missing, or was not chosen."""


async def test_every_refusal_of_the_procedure_names_its_rule(tmp_path: Path) -> None:
    """Every command, on every unit and amendment of a meeting in which everything has happened."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "admit", "name": "Andorra", "category": "signatory"})
    for request in (
        {"act": "propose", "unit": "8", "by": "Mexico", "replace": "as long as possible", "with": "ten years"},
        {"act": "propose", "unit": "8", "by": "Algeria", "replace": "as long as possible", "with": "five years"},
        {"act": "propose", "amends": "A-2", "by": "Mexico", "replace": "five", "with": "six"},
        {"act": "propose", "unit": "7", "by": "Andorra", "replace": "encouraged", "with": "urged"},
        {"act": "propose", "unit": "2", "by": "Mexico", "kind": "delete"},
        {"act": "propose", "unit": "9", "by": "Mexico", "kind": "move", "after": "1"},
        {"act": "propose", "kind": "new", "after": "15", "by": "Mexico", "text": "Gauges should be painted."},
        {"act": "propose", "unit": "7", "by": "Mexico", "replace": "neighbours", "with": "States"},
        {
            "act": "propose",
            "consequential_to": "A-1",
            "by": "Secretariat",
            "unit": "9",
            "replace": "two",
            "with": "ten",
        },
        {"act": "accept", "amendment": "A-1"},
        {"act": "accept", "amendment": "A-5"},
        {"act": "withdraw", "amendment": "A-8"},
        {"act": "agree", "unit": "1"},
        {"act": "request_reopening", "unit": "1", "by": "Mexico", "replace": "urge", "with": "invite"},
        {"act": "open_reading"},
        {"act": "suspend"},
    ):
        desk.do(request)
    async with console(tmp_path / "m") as (app, pilot):
        screen = app.screen
        told = set()
        for place in range(len(screen.outline.rows)):  # type: ignore[attr-defined]
            screen.outline.go(place)  # type: ignore[attr-defined]
            await pilot.pause()
            for one in screen.amendments.rows or [None]:  # type: ignore[attr-defined]
                for pane in (Pane.UNITS, Pane.AMENDMENTS):
                    verdict = screen._looks.verdict(one) if one else None  # type: ignore[attr-defined]
                    now = replace(screen.situation, amendment=one, pane=pane, verdict=verdict)  # type: ignore[attr-defined]
                    told |= {command.impossible(now) for command in COMMANDS}
        told -= {""}
        assert len([reason for reason in told if "Rule:" in reason]) > 20
        assert [reason for reason in told if "Rule:" not in reason and not reason.startswith(PLAIN)] == []
