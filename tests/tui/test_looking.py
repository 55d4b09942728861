"""Moving about, searching, help, palette, themes, sizes."""

from pathlib import Path

import pytest

from draftwg.desk import Desk
from draftwg.model.delegation import Delegation
from draftwg.tui.commands import COMMANDS
from draftwg.tui.screens import telling
from draftwg.tui.screens.picker import choices, rank
from draftwg.tui.situation import Situation
from tui.driving import UNITS, act, amend, console, lines, meeting, page, press, save, seen, status, text, until


def label(app: object) -> str:
    """The label of the unit under the cursor."""
    return app.screen.outline.chosen.unit.label


def found(app: object) -> list[str]:
    """What a search found, by name."""
    return [row.name for row in app.screen.query_one("#finder-list").rows if not isinstance(row, str)]


async def test_moving_among_units(tmp_path: Path) -> None:
    """Keys, digits, labels; sections are passed over."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        assert label(app) == "1"
        await press(pilot, "down", "j")
        assert label(app) == "7"
        await press(pilot, "k")
        assert label(app) == "2"
        await press(pilot, "1", "5")
        assert label(app) == "15"
        assert page(app, "#words") == UNITS["15"]
        await press(pilot, "home")
        assert label(app) == "1"
        await press(pilot, "tab", "J")
        assert label(app) == "2"
        await press(pilot, "9")
        assert label(app) == "9"
        await pilot.pause(1.1)
        await press(pilot, "3")
        assert "There is no recommendation 3" in status(app)
        assert label(app) == "9"


async def test_the_views_of_a_unit(tmp_path: Path) -> None:
    """Clean, bracketed, redline, original, and the chosen proposal."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "8", "by": "Mexico", "replace": "should", "with": "shall"})
    desk.do({"act": "accept", "amendment": "A-1"})
    desk.do({"act": "propose", "unit": "8", "by": "Algeria", "replace": "on request", "with": "at any time"})
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "8")
        now = UNITS["8"].replace("should", "shall")
        assert page(app, "#words") == now
        await press(pilot, "v")
        assert "Algeria" in page(app, "#words") and "[" in page(app, "#words")
        await press(pilot, "v")
        assert "{-should-}{+shall+}" in page(app, "#words")
        await press(pilot, "v")
        assert page(app, "#words") == UNITS["8"]
        await press(pilot, "v")
        assert "{-on request-}{+at any time+}" in page(app, "#words")
        await press(pilot, "v")
        assert page(app, "#words") == now
        await press(pilot, "enter", "enter")
        assert "{+at any time+}" in page(app, "#words")
        row = next(place for place, line in enumerate(lines(app)) if "original" in line)
        await pilot.click(offset=(lines(app)[row].index("original") + 2, row))
        assert page(app, "#words") == UNITS["8"]
        await pilot.click(offset=(lines(app)[row].index("A-2") + 1, row))
        assert "{+at any time+}" in page(app, "#words")


async def test_search_goes_to_what_it_finds(tmp_path: Path) -> None:
    """Words and names of delegations; F3 goes on."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "9", "by": "Algeria", "replace": "two", "with": "three"})
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "slash")
        await until(pilot, lambda: app.screen.query("#finder-input"))
        app.screen.query_one("#finder-input").value = "states parties should"
        await until(pilot, lambda: found(app)[:3] == ["2", "8", "15"])
        await press(pilot, "enter")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        assert label(app) == "2"
        await press(pilot, "f3")
        assert label(app) == "8"
        await press(pilot, "f3", "f3")
        assert label(app) == "2"

        await press(pilot, "slash")
        await until(pilot, lambda: app.screen.query("#finder-input"))
        app.screen.query_one("#finder-input").value = "algeria"
        await until(pilot, lambda: found(app)[:1] == ["A-1 on 9"])


async def test_the_help_shows_every_command(tmp_path: Path) -> None:
    """Written from the commands, with the reason where one is impossible."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "question_mark")
        await until(pilot, lambda: app.screen.query("#help-page"))
        told = " ".join(page(app, "#help-page").split())
        for command in COMMANDS:
            assert command.help in told
        assert "Not now: No amendment on this unit yet: a records one." in told
        for key in ("question_mark", "q", "escape"):
            await press(pilot, key)
            await until(pilot, lambda: len(app.screen_stack) == 1)
            await press(pilot, "question_mark")
            await until(pilot, lambda: app.screen.query("#help-page"))


async def test_the_help_in_the_editor_begins_with_its_keys(tmp_path: Path) -> None:
    """F1, since letters are words there."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await amend(pilot, app, "8", "mex")
        await press(pilot, "f1")
        await until(pilot, lambda: app.screen.query("#help-page"))
        told = page(app, "#help-page")
        assert told.startswith("Editor")
        assert told.index("Ctrl+Z") < told.index("Amendments")


async def test_the_foot_keeps_help_undo_and_quit(tmp_path: Path) -> None:
    """On 80 columns too, and the menu; what is impossible is left out there, and redo comes with the undo."""
    desk = Desk.found(tmp_path / "m", "Working Group on Ice Records", "Port Maren", "2031-05-06/2031-05-08")
    desk.do({"act": "import", "text": "recommendations", "content": text()})
    desk.do({"act": "admit", "name": "Mexico", "category": "party"})
    async with console(tmp_path / "m", (80, 24)) as (app, pilot):
        assert all(hint in lines(app)[-1] for hint in ("0-9 Go to", "x More", "? Help", "u Undo", "q Quit"))
        assert "Redo" not in lines(app)[-1] and "(" not in lines(app)[-1]
        desk.do({"act": "propose", "unit": "1", "by": "Mexico", "replace": "urge", "with": "invite"})
        await until(pilot, lambda: "Enter Amendments" in lines(app)[-1])
        for pane in ("tab", "tab"):
            await press(pilot, pane)
            assert all(hint in lines(app)[-1] for hint in ("x More", "? Help", "u Undo", "q Quit"))
        await act(pilot, app, "plus")
        for pane in ("escape", "enter"):
            await press(pilot, pane)
            assert "= Agree" in lines(app)[-1]
        await act(pilot, app, "u")
        assert "U Redo" in lines(app)[-1]
        assert all(hint in lines(app)[-1] for hint in ("x More", "? Help", "u Undo", "q Quit"))


async def test_what_is_impossible_is_grey_where_there_is_room(tmp_path: Path) -> None:
    """Without parentheses; where no colour tells it, it is dim."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m", (200, 40)) as (app, pilot):
        for theme in ("draftwg-dark", "draftwg-monochrome"):
            app.theme = theme
            await pilot.pause()
            bar = app.screen.query_one("#keys")
            segments = list(bar.render_line(0))
            here, redo = (next(one for one in segments if one.text == name) for name in (" More", " Here"))
            assert here.style is not None and redo.style is not None
            assert here.style.color != redo.style.color
            assert bool(redo.style.dim) == (theme == "draftwg-monochrome")


def test_no_two_commands_share_a_key_or_an_id() -> None:
    """Ids are stable names for keys; a key means one thing."""
    keys = [key for command in COMMANDS for key in command.keys.split(",")]
    ids = [command.id for command in COMMANDS]
    assert len(keys) == len(set(keys))
    assert len(ids) == len(set(ids))
    assert all(command.help.endswith(".") for command in COMMANDS)


def test_before_the_record_is_read_commands_say_so() -> None:
    """Nothing is possible on a text that is not there yet, and nothing breaks."""
    for command in COMMANDS:
        reason = command.impossible(Situation())
        assert reason == "" or reason.endswith(".")
    amend = next(command for command in COMMANDS if command.id == "amend")
    assert amend.impossible(Situation()) == "The record is still being read."


async def test_the_palette_offers_what_is_possible(tmp_path: Path) -> None:
    """A command found by name is done; an impossible one is not offered."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "ctrl+p")
        await until(pilot, lambda: "Open reading" in seen(app) and "Record a delegation's" in seen(app))
        assert "Withdraw" not in seen(app)
        await press(pilot, *"open reading")
        await until(pilot, lambda: "of a new unit" not in seen(app))
        await press(pilot, "enter")
        await until(pilot, lambda: status(app) == "Open the first reading? Enter opens it, any other key does not")
        await press(pilot, "enter")
        await until(pilot, lambda: "First reading open" in lines(app)[0])


async def test_the_themes_go_round(tmp_path: Path) -> None:
    """Dark, light, high contrast, and back; insertions stay underlined and deletions struck in each."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "1", "by": "Mexico", "replace": "urge", "with": "invite"})
    async with console(tmp_path / "m") as (app, pilot):
        names = []
        for _ in range(4):
            await press(pilot, "t")
            await pilot.pause()
            names.append(status(app))
            styles = {
                segment.text: segment.style for strip in app.screen._compositor.render_strips() for segment in strip
            }
            assert styles["invite"].underline and styles["urge"].strike
        assert names == ["Theme: light", "Theme: high contrast", "Theme: monochrome", "Theme: dark"]


async def test_without_colours_everything_is_still_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR: signs and words carry the status, the cursor and the changes."""
    monkeypatch.setenv("NO_COLOR", "1")
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "1", "by": "Mexico", "replace": "urge", "with": "invite"})
    async with console(tmp_path / "m", (200, 40)) as (app, _):
        assert app.theme == "draftwg-monochrome"
        assert "▌  1 [1]" in seen(app)
        assert "{-urge-}{+invite+}" in seen(app)


@pytest.mark.parametrize("size", [(80, 24), (200, 60), (56, 16), (30, 8), (1, 1)])
async def test_every_size_works(tmp_path: Path, size: tuple[int, int]) -> None:
    """Nothing crashes, dialogs and the editor neither."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "1", "by": "Mexico", "replace": "urge", "with": "invite"})
    async with console(tmp_path / "m", size) as (app, pilot):
        if size[0] >= 80:
            assert "? Help" in lines(app)[-1]
            assert "A-1  Mexico" in seen(app) and "The Conference may wish" in page(app, "#words")
        for keys in ("a", "slash", "question_mark", "I"):
            await press(pilot, keys)
            await pilot.pause()
            seen(app)
            await press(pilot, "escape")
        await press(pilot, "e")
        await until(pilot, lambda: app.screen.query("#editor-words"))
        seen(app)
        await press(pilot, "escape")
        seen(app)


async def test_resizing_to_nothing_and_back(tmp_path: Path) -> None:
    """A terminal that is squeezed to one cell shows the same as before when it is wide again."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        before = lines(app)
        for size in ((1, 1), (3, 1), (60, 1), (40, 12), (120, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            seen(app)
        await pilot.pause()
        assert lines(app) == before


async def test_another_size_of_the_terminal_is_filled_at_once(tmp_path: Path) -> None:
    """Narrower and wider, on the main screen and with a question before it: the last line is the foot, none is longer
    than the terminal, and the panes are those of the size."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        for opened in ("", "a"):
            if opened:
                await press(pilot, opened)
                await until(pilot, lambda: app.screen.query("#picker-input"))
            for width, height in ((80, 24), (120, 40)):
                await pilot.resize_terminal(width, height)
                await until(pilot, lambda height=height: len(lines(app)) == height)
                assert "? Help" in lines(app)[-1] or "F1 Help" in lines(app)[-1]
                assert max(map(len, lines(app))) <= width
                assert app.main.query_one("#keys").region == (0, height - 1, width, 1)  # type: ignore[union-attr]


async def test_the_mouse_works(tmp_path: Path) -> None:
    """A click on a row goes there; a click on a key in the foot does it."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        row = next(y for y, line in enumerate(lines(app)) if line.startswith("   8 "))
        await pilot.click(offset=(5, row))
        await pilot.pause()
        assert label(app) == "8"
        foot = lines(app)[-1]
        await pilot.click(offset=(foot.index("o Open"), 39))
        await until(pilot, lambda: status(app) == "Open the first reading? Enter opens it, any other key does not")
        await press(pilot, "enter")
        await until(pilot, lambda: "First reading open" in lines(app)[0])


async def test_a_meeting_without_a_text_says_what_to_do(tmp_path: Path) -> None:
    """Nothing crashes, and the way on is told."""
    Desk.found(tmp_path / "m", "Empty meeting")
    async with console(tmp_path / "m") as (app, pilot):
        assert "draftwg import FILE" in page(app, "#words")
        await press(pilot, "a", "down", "enter", "v", "plus", "o")
        assert "This meeting has no text yet" in status(app)


def test_a_delegation_is_found_by_name_alias_code_and_without_accents() -> None:
    """Beginnings of the name come before those of other names, and those before words inside."""
    mexico = Delegation("Mexico", code="MEX", aliases=("Estados Unidos Mexicanos",))
    ivory = Delegation("Côte d'Ivoire", code="CIV", aliases=("Ivory Coast",))
    new = Delegation("New Mexico Institute")
    assert [rank(mexico, typed) for typed in ("mex", "Me", "estados", "unidos", "xic")] == [0, 1, 2, 3, 4]
    assert rank(ivory, "cote") == 1 and rank(ivory, "ivory") == 2 and rank(ivory, "civ") == 0
    assert rank(ivory, "mex") is None
    offered = [choice.name for choice in choices([new, ivory, mexico], 3, (), "mexi")]
    assert offered == ["Mexico", "New Mexico Institute", "mexi"]


def test_without_letters_the_latest_speakers_come_first_and_only_the_roster() -> None:
    """Who spoke last speaks next; States outside the roster come only when they are called."""
    names = ["Algeria", "Brazil", "Chile", "Denmark"]
    delegations = [Delegation(name) for name in names]
    assert [choice.name for choice in choices(delegations, 3, ("Chile", "Brazil"), "")] == [
        "Chile",
        "Brazil",
        "Algeria",
    ]
    denmark, *rest = choices(delegations, 3, (), "denm")
    assert denmark.name == "Denmark" and denmark.new
    assert rest[-1].note == "add to the roster"


async def test_what_has_been_read_leaves_the_status_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was said stands until it can have been read and the person goes on; never what is still being done."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "plus", "down")
        assert status(app).startswith("No amendment on this unit yet")
        monkeypatch.setattr(telling, "_READ", 0.05)
        await press(pilot, "plus")
        await pilot.pause(0.1)
        assert status(app).startswith("No amendment on this unit yet")
        await press(pilot, "down")
        assert "await their fate" in status(app)
        app.screen.status("Syncing …", "busy")  # type: ignore[attr-defined]
        await pilot.pause(0.1)
        await press(pilot, "down")
        assert status(app) == "Syncing …"
        await press(pilot, "o")
        await pilot.pause(0.1)
        await act(pilot, app, "enter")  # a question is answered however long it has stood
        assert "receipt" in status(app)


async def test_a_warning_has_a_line_of_its_own_above_the_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It covers nothing, takes the place of the one before, and goes with the next act, or when it has been read."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m", (50, 24)) as (app, pilot):
        await press(pilot, "8", "plus", "plus")
        assert status(app).startswith("No amendment on this unit yet")
        app.screen.status("A-3 recorded.")
        app.screen.warn("A-1 would fall.")
        app.screen.warn("A-2 would fall.")
        await pilot.pause()
        shown = [line.strip() for line in lines(app)]
        assert "A-1 would fall." not in shown and len(app._notifications) == 0
        assert shown[-3:-1] == ["A-2 would fall.", "A-3 recorded."]
        await press(pilot, "7")
        assert [line.strip() for line in lines(app)][-3:-1] == ["A-2 would fall.", "Recommendation 7"]
        await amend(pilot, app, "8", "mex")
        await press(pilot, *"more")
        await save(pilot, app)
        assert "A-2 would fall." not in seen(app)
        monkeypatch.setattr(telling, "_READ", 0.05)
        app.screen.warn("A-2 would fall.")
        await until(pilot, lambda: status(app).endswith("A-2 would fall."))
        assert seen(app).count("A-2 would fall.") == 1
        app.screen.status("A sentence that is much longer than fifty cells is shown to its very end on two lines.")
        await pilot.pause()
        assert "its very end on two lines." in " ".join(seen(app).split())
