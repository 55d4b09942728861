"""Texts that look like markup or like commands to a terminal are words on every screen."""

import re
from pathlib import Path

import pytest

from draftwg.desk import Desk
from tui.driving import amend, console, page, press, save, seen, until

HOSTILE = (
    "[/b] delete [shall] [SHALL] [Should] [urges",
    "[@click=app.quit]press[/]",
    "[red]not red[/red] [type=x, v={'a[0]'}] :smiley: $primary {+x+} \\[a]",
)
ESCAPES = "before \x1b]0;owned\x07\x1b[2J\x9b31m\x1b]52;c;ZWNobw==\x07 after \u202eabc\u2066"
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def hostile_meeting(folder: Path, words: str) -> Desk:
    """A meeting in which every text that people give is hostile."""
    desk = Desk.found(folder, f"Meeting {words}", "Port Maren", "2031-05-06/2031-05-08")
    from draftwg.model.text import Section, Text, Unit

    sections = (Section("A", "A", f"Section {words}", 1),)
    units = (Unit("u1", "1", f"States should {words} adopt.", "A"), Unit("u2", "2", "Second.", "A"))
    content = Text("recommendations", f"Title {words}", sections, units)
    desk.do({"act": "import", "text": "recommendations", "content": content})
    desk.do({"act": "propose", "unit": "1", "by": f"Land {words}", "replace": "adopt", "with": f"take {words}",
             "reason": f"because {words}"})  # fmt: skip
    desk.do({"act": "propose", "kind": "new", "after": "2", "by": f"Land {words}", "text": f"New {words}."})
    return desk


@pytest.mark.parametrize("words", HOSTILE)
async def test_markup_is_words_on_every_screen(tmp_path: Path, words: str) -> None:
    """Brackets survive everywhere, and nothing crashes."""
    hostile_meeting(tmp_path / "m", words)
    async with console(tmp_path / "m", (200, 50)) as (app, pilot):
        assert f"Meeting {words}" in seen(app)
        assert f"Section {words}"[:30] in seen(app)
        assert words in page(app, "#words") and words in page(app, "#detail")
        assert f"Land {words}"[:20] in seen(app)
        await press(pilot, "v", "v", "v")
        assert words in page(app, "#words")
        await press(pilot, "1", "plus", "enter")
        await until(pilot, lambda: "accepted" in seen(app))
        for keys, selector in (
            ("slash", "#finder-input"), ("a", "#picker-input"), ("i", "#say-input"),
            ("quotation_mark", "#quoted-input"), ("question_mark", "#help-page"),
        ):  # fmt: skip
            await press(pilot, keys)
            await until(pilot, lambda selector=selector: app.screen.query(selector))
            if selector != "#help-page":
                app.screen.query_one(selector).value = words
                await pilot.pause(0.15)
                seen(app)
            await press(pilot, "escape")
            await pilot.pause()
        await press(pilot, "e")
        await until(pilot, lambda: app.screen.query("#editor-words"))
        assert words in app.screen.query_one("#editor-words").text
        app.screen.query_one("#editor-words").text += f" {words}"
        await pilot.pause()
        assert words in page(app, "#editor-redline")
        await save(pilot, app)
        assert app.is_running


async def test_escape_sequences_never_reach_the_terminal(tmp_path: Path) -> None:
    """Whatever comes in by a paste or stood in the text: no control character is on any screen."""
    hostile_meeting(tmp_path / "m", ESCAPES)
    async with console(tmp_path / "m") as (app, pilot):
        assert not RAW.search(seen(app).replace("\n", ""))
        field = await amend(pilot, app, "1", f"Land {ESCAPES}"[:8])
        from textual import events

        field.post_message(events.Paste(ESCAPES))
        await pilot.pause()
        assert "before" in field.text and not RAW.search(field.text)
        field.text = field.text + ESCAPES
        await pilot.pause()
        assert not RAW.search(page(app, "#editor-redline").replace("\n", ""))
