"""Keys that arrive in a burst act in the order in which they came."""

from pathlib import Path

from textual import events
from textual.widgets import Input, TextArea

from draftwg.tui.app import DraftwgApp
from tui.driving import amend, console, kept, lines, meeting, press, until


def burst(app: DraftwgApp, keys: str) -> None:
    """Many keys at once, as a slow link or a busy moment delivers them."""
    for key in keys.split():
        app.post_message(events.Key(key, {"comma": ",", "space": " "}.get(key, key if len(key) == 1 else None)))


async def test_a_burst_of_keys_is_not_scrambled(tmp_path: Path) -> None:
    """Letters and bound keys in the words of a unit."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "8", "mex")
        field.text = ""
        burst(app, "1 2 3 backspace backspace 4 5 left 6 end 7 home 0 ctrl+end 8")
        await until(pilot, lambda: "8" in app.screen.query_one(TextArea).text)

        assert app.screen.query_one(TextArea).text == "0146578"


async def test_a_burst_in_a_question_is_not_scrambled(tmp_path: Path) -> None:
    """In the fields of one line too: corrections, the list below the field, Enter to the next field."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "8", "a")
        await until(pilot, lambda: app.screen.query("#picker-input"))
        burst(app, "x backspace m e c backspace x enter")
        await until(pilot, lambda: app.screen.query("#editor-words"))
        assert "Mexico · amendment" in "\n".join(lines(app))
        await press(pilot, "escape", "a")
        await until(pilot, lambda: app.screen.query("#picker-input"))
        burst(app, "e down up a backspace u enter")
        await until(pilot, lambda: app.screen.query("#editor-words"))
        assert "European Union · amendment" in "\n".join(lines(app))
        await press(pilot, "escape")

        await press(pilot, "I")
        await until(pilot, lambda: app.screen.query("#prompt-symbol"))
        await until(pilot, lambda: isinstance(app.focused, Input))
        burst(app, "C R P x backspace 1 enter end home ctrl+k d r a g backspace f t")
        await until(pilot, lambda: app.screen.query_one("#prompt-status", Input).value == "draft")
        assert app.screen.query_one("#prompt-symbol", Input).value == "CRP1"


async def test_leaving_does_not_overtake_the_letters_before_it(tmp_path: Path) -> None:
    """Ctrl+Q at the end of a burst: what was typed before it is kept to the last letter."""
    desk = meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "8", "mex")
        field.text = ""
        await pilot.pause()
        burst(app, "a b c backspace d e f g h ctrl+q")
        await until(pilot, lambda: app._exit)
    assert kept(desk) == ["abdefgh"]


async def test_what_a_burst_opens_gets_the_letters_meant_for_it(tmp_path: Path) -> None:
    """A whole amendment on one breath, as a slow line delivers it: none of its letters acts on the text."""
    desk = meeting(tmp_path / "m")
    before = len(desk.log.acts)
    async with console(tmp_path / "m") as (app, pilot):
        burst(app, "8 a m e x enter I c e ctrl+s")
        await until(pilot, lambda: desk.refresh())
        assert len(desk.log.acts) == before + 1
        *_, amendment = desk.state.amendments.values()
        assert amendment.by == "Mexico" and amendment.proposed.endswith("Ice")


async def test_a_burst_through_a_question_and_its_answer(tmp_path: Path) -> None:
    """In words, with keys and a paste right behind the key that opens the line."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "8")
        burst(app, "i m e x comma space")
        app.post_message(events.Paste("delete observers"))
        burst(app, "x backspace")
        await until(pilot, lambda: app.screen.query(Input) and "observers" in app.screen.query_one(Input).value)
        await pilot.pause()
        assert app.screen.query_one(Input).value == "mex, delete observers"
