"""What the Chair asks during a reading, and has at once: stories on small, usual and large screens."""

import atexit
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import pytest
from textual.pilot import Pilot

from draftwg.desk import Desk
from draftwg.tui.app import DraftwgApp
from draftwg.tui.screens.board import BoardScreen
from draftwg.tui.screens.chairing import ChairScreen
from tui.driving import UNITS, commits, console, lines, meeting, page, press, seen, status, text, until

SIZES = [(80, 24), (120, 40), (200, 60)]
LONG = UNITS["8"]


@cache
def _template() -> Path:
    """A reading in which something has been agreed, accepted, and is open."""
    folder = Path(tempfile.mkdtemp(prefix="draftwg-chair-")) / "m"
    atexit.register(shutil.rmtree, folder.parent, ignore_errors=True)
    desk = meeting(folder)
    desk.do_all(
        [
            {"act": "issue", "symbol": "WG/2031/CRP.1", "status": "non-paper"},
            {"act": "open_reading", "meeting": 2},
            {"act": "consider", "unit": "1"},
            {"act": "agree", "units": ["1"]},
            {"act": "propose", "unit": "9", "by": "Algeria", "replace": "two", "with": "three"},
            {"act": "accept", "amendment": "A-1"},
            {"act": "propose", "unit": "8", "by": "Mexico", "replace": "should", "with": "shall"},
            {"act": "propose", "unit": "8", "by": "Algeria", "replace": "on request", "with": "at any time"},
            {"act": "position", "by": "European Union", "position": "oppose", "amendment": "A-2"},
            {"act": "position", "by": "Côte d'Ivoire", "position": "support", "amendment": "A-2"},
        ]
    )
    desk.close()
    return folder


@asynccontextmanager
async def chair(
    folder: Path, size: tuple[int, int] = (120, 40), *keys: str
) -> AsyncIterator[tuple[DraftwgApp, Pilot[None]]]:
    """The console on a reading, with a screen of the Chair's desk opened by `keys`."""
    shutil.copytree(_template(), folder)
    async with console(folder, size) as (app, pilot):
        await press(pilot, *keys)
        if keys:
            await until(pilot, lambda: isinstance(app.screen, ChairScreen))
        yield app, pilot


def label(app: DraftwgApp) -> str:
    """The label of the unit under the cursor in the console."""
    return app.screen_stack[0].outline.chosen.unit.label  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", SIZES)
async def test_the_chair_asks_how_the_text_stands_and_goes_to_what_is_open(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """The map has a cell for each unit with a sign; the unit under the cursor is told beside or below."""
    async with chair(tmp_path / "m", size, "B") as (app, pilot):
        await until(pilot, lambda: "2 brackets · 2 amendments await their fate" in seen(app))
        assert "6 recommendations: 4 open · 1 bracketed · 1 agreed ad ref" in " ".join(seen(app).split())
        assert "First reading, open" in seen(app) and "1 of 6" in seen(app)
        assert "1◑" in seen(app) and "8[2]" in seen(app)
        await press(pilot, "n")
        await until(pilot, lambda: "▌8[2]" in seen(app))
        await until(pilot, lambda: "[should / shall]" in page(app, "#page"))
        told = page(app, "#page")
        assert "asked by Mexico (A-2)" in told
        assert "consent of Mexico and the European Union" in told
        assert "Order of taking" in told and "oppose: European Union" in told
        await press(pilot, "home")
        await until(pilot, lambda: "▌1◑" in seen(app) and "agreed ad ref since" in page(app, "#page"))
        await press(pilot, "right", "down")
        await until(pilot, lambda: "▌8[2]" in seen(app))
        await press(pilot, "1", "5")
        await until(pilot, lambda: "▌15" in seen(app) and UNITS["15"] in page(app, "#page"))
        await press(pilot, "n", "enter")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        assert label(app) == "8"


async def test_the_board_follows_the_record(tmp_path: Path) -> None:
    """What others record is on it at once, and the cursor stays."""
    async with chair(tmp_path / "m", (120, 40), "B") as (app, pilot):
        await press(pilot, "8")
        desk = Desk.open(tmp_path / "m")
        desk.do({"act": "agree", "units": ["15"], "as": "informals"})
        await until(pilot, lambda: "15◔" in seen(app) and "1 agreed in informals" in seen(app))
        assert "▌8[2]" in seen(app)
        desk.do({"act": "withdraw", "amendment": "A-3"})
        await until(pilot, lambda: "▌8[1]" in seen(app) and "1 bracket · 1 amendment awaits its fate" in seen(app))


async def test_the_chair_asks_who_holds_which_bracket(tmp_path: Path) -> None:
    """The ledger is filtered while one types, and leads to the amendment."""
    async with chair(tmp_path / "m", (80, 24), "B", "L") as (app, pilot):
        await until(pilot, lambda: "2 brackets" in lines(app)[-2])
        assert "consent of Mexico and the European Union" in seen(app)
        await press(pilot, *"algeria")
        await until(pilot, lambda: "1 of 2 brackets" in lines(app)[-2])
        assert "[on request / at any time]" in seen(app) and "A-2" not in seen(app)
        await press(pilot, "enter")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        assert app.screen.amendments.chosen.number == "A-3"  # type: ignore[attr-defined]
        assert app.focused is app.screen.amendments  # type: ignore[attr-defined]


async def test_the_chair_asks_what_is_taken_next_and_changes_it(tmp_path: Path) -> None:
    """Positions stand with each amendment; Alt with an arrow moves one, and the record has the order."""
    async with chair(tmp_path / "m", (80, 24), "8", "N") as (app, pilot):
        await until(pilot, lambda: "▶ next" in seen(app))
        first = app.screen.query_one("#rows").rows[0].amendment.number  # type: ignore[attr-defined]
        assert "support: Côte d'Ivoire" in seen(app) and "oppose: European Union" in seen(app)
        known = commits(app)
        await press(pilot, "alt+down")
        await until(pilot, lambda: commits(app) > known)
        rows = app.screen.query_one("#rows").rows  # type: ignore[attr-defined]
        assert [row.amendment.number for row in rows][1] == first and rows[0].next
        assert "by the Chair's order" in seen(app)
        await press(pilot, "alt+down")
        await until(pilot, lambda: f"{first} is taken last already." in seen(app))
        await press(pilot, "enter")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        assert app.screen.amendments.chosen.number == first  # type: ignore[attr-defined]


async def test_the_life_of_a_unit_and_the_redline_of_an_event(tmp_path: Path) -> None:
    """Under the readings, with what each event did to the words."""
    async with chair(tmp_path / "m", (200, 60), "9", "H") as (app, pilot):
        await until(pilot, lambda: "is accepted" in seen(app))
        assert "First reading, meeting 2" in seen(app)
        assert "every {-two-}{+three+} years" in " ".join(page(app, "#page").split())
        await press(pilot, "up")
        await until(pilot, lambda: "A-1 as proposed" in page(app, "#page"))
        await press(pilot, "enter")
        await until(pilot, lambda: "Before the readings" not in seen(app))
        await press(pilot, "escape")
        await press(pilot, "home")
        await until(pilot, lambda: "the words of the unit" in page(app, "#page"))
        await press(pilot, "p")
        await until(pilot, lambda: "The life of recommendation 8" in lines(app)[0] and "opposes" in seen(app))
        await press(pilot, "end", "o")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        assert label(app) == "8" and app.screen.amendments.chosen.number == "A-2"  # type: ignore[attr-defined]


async def test_any_two_points_are_compared_side_by_side_or_in_one_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the version issued last to now, then from what is chosen or typed; saved as a page by one key."""
    monkeypatch.chdir(tmp_path)
    async with chair(tmp_path / "m", (120, 40), "D") as (app, pilot):
        await until(pilot, lambda: "change 1 of 1" in seen(app))
        assert "WG/2031/CRP.1 → now" in lines(app)[0] and "1 of 6 recommendations changed" in lines(app)[0]
        row = next(line for line in lines(app) if "{-two-}" in line)
        assert "│" in row and "{+three+}" in row.split("│")[1]  # side by side
        assert "Algeria, A-1" in seen(app)
        await press(pilot, "s")
        await until(pilot, lambda: any("{-two-}{+three+}" in line for line in lines(app)))
        await press(pilot, "c")
        await until(pilot, lambda: UNITS["2"][:40] in seen(app) and "the whole text" in seen(app))
        await press(pilot, "end", "p")
        await until(pilot, lambda: "Recommendation 9 · change 1 of 1" in seen(app))
        await press(pilot, "n")
        await until(pilot, lambda: "That is the last change." in seen(app))
        await press(pilot, "w")
        await until(pilot, lambda: "The redline is in" in seen(app))
        (saved,) = tmp_path.glob("*.html")
        assert "three" in saved.read_text("utf-8")

        await press(pilot, "1")
        await until(pilot, lambda: app.screen.query("#points-list"))
        assert "original" in seen(app)
        await press(pilot, *"1999-01-01", "enter")
        await until(pilot, lambda: "There was no text yet on 1999-01-01." in seen(app))
        await press(pilot, "2")
        await until(pilot, lambda: app.screen.query("#points-list"))
        await press(pilot, *"crp.1", "enter")
        await until(pilot, lambda: "No changes." in lines(app)[0])


async def test_a_narrow_screen_compares_in_one_column(tmp_path: Path) -> None:
    """Two columns would have no room; it says so."""
    async with chair(tmp_path / "m", (80, 24), "9", "D") as (app, pilot):
        await until(pilot, lambda: "{-two-}{+three+}" in seen(app))
        await press(pilot, "s")
        await until(pilot, lambda: "Two columns need 100 cells" in seen(app))
        await press(pilot, "enter")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        assert label(app) == "9"


async def test_who_brought_in_the_word_under_the_cursor(tmp_path: Path) -> None:
    """Word by word, or from change to change; what is pending on a word is told too."""
    async with chair(tmp_path / "m", (80, 24), "9", "Y") as (app, pilot):
        await until(pilot, lambda: "stands so in the original text" in seen(app))
        await press(pilot, "c")
        await until(pilot, lambda: "“three”" in seen(app))
        told = " ".join(seen(app).split())
        assert "“three” Algeria, A-1, first reading" in told and "in the place of “two”" in told
        assert "without a vote" in told
        await press(pilot, "c")
        await until(pilot, lambda: "No other words came in after these." in seen(app))
        await press(pilot, "home", "w", "b", "l")
        await until(pilot, lambda: "stands so in the original text" in seen(app))
        await press(pilot, "p")
        await until(pilot, lambda: "recommendation 8" in lines(app)[0])
        await press(pilot, "w", "w")
        await until(
            pilot, lambda: "“should”" in seen(app) and "A-2 of Mexico is pending here" in " ".join(seen(app).split())
        )
        await press(pilot, "enter")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        assert app.screen.amendments.chosen.number == "A-2"  # type: ignore[attr-defined]


async def test_the_search_finds_gone_words_amendments_and_acts(tmp_path: Path) -> None:
    """In groups; Enter goes there."""
    async with chair(tmp_path / "m", (200, 60), "slash") as (app, pilot):
        await press(pilot, *"every two")
        await until(pilot, lambda: "Gone from the text · 1" in seen(app))
        assert "by A-1 of Algeria" in seen(app)
        assert "Versions · 1" in seen(app)
        app.screen.query_one("#finder-input").value = "algeria at any"  # type: ignore[attr-defined]
        await until(pilot, lambda: "Amendments · 1" in seen(app) and "Acts · 1" in seen(app))
        await press(pilot, "enter")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        assert label(app) == "8" and app.screen.amendments.chosen.number == "A-3"  # type: ignore[attr-defined]

        await press(pilot, "escape", "slash")
        await until(pilot, lambda: isinstance(app.screen, ChairScreen))
        app.screen.query_one("#finder-input").value = "crp.1"  # type: ignore[attr-defined]
        await until(pilot, lambda: "Versions · 1" in seen(app))
        await press(pilot, "enter")
        await until(pilot, lambda: "WG/2031/CRP.1 → now" in lines(app)[0] and "1 of 6" in lines(app)[0])


async def test_every_screen_leaves_tells_its_keys_and_stands_any_size(tmp_path: Path) -> None:
    """Escape goes back, F1 lists the keys, a click on a hint is as good as its key, and no size breaks anything."""
    async with chair(tmp_path / "m", (80, 24)) as (app, pilot):
        await press(pilot, "8")
        for keys in ("B", "H", "D", "Y", "f2", "N", "slash"):
            await press(pilot, keys)
            await until(pilot, lambda: isinstance(app.screen, ChairScreen) and "Esc Leave" in lines(app)[-1])
            await press(pilot, "f1")
            await until(pilot, lambda: app.screen.query("#report-page"))
            told = page(app, "#report-page")
            assert "Esc" in told and "Leave" in told and ("move" in told or "line" in told)
            await press(pilot, "escape")
            await until(pilot, lambda: isinstance(app.screen, ChairScreen))
            for width, height in ((1, 1), (80, 24)):
                await pilot.resize_terminal(width, height)
                await press(pilot, "down", "up")
            await until(pilot, lambda: "Esc Leave" in lines(app)[-1])
            await pilot.click(offset=(lines(app)[-1].index("Esc Leave") + 1, 23))
            await until(pilot, lambda: len(app.screen_stack) == 1)
            assert label(app) == "8"


async def test_a_text_that_is_no_longer_there_leaves_its_screens(tmp_path: Path) -> None:
    """Its import was undone elsewhere while the Chair was looking at the life of a unit, over the board."""
    desk = Desk.found(tmp_path / "m", "A meeting")
    desk.do({"act": "import", "text": "recommendations", "content": text()})
    async with console(tmp_path / "m", (80, 24)) as (app, pilot):
        await press(pilot, "B", "H")
        await until(pilot, lambda: "The life of" in lines(app)[0] and "puts the text" in seen(app))
        desk.do({"act": "undo"})
        await until(pilot, lambda: len(app.screen_stack) == 1)
        assert "Others have recorded something" in status(app)


async def test_from_the_board_to_the_life_and_straight_to_the_text(tmp_path: Path) -> None:
    """A screen over a screen goes back to it, but a place in the text leaves both."""
    async with chair(tmp_path / "m", (120, 40), "8", "B") as (app, pilot):
        await press(pilot, "H")
        await until(pilot, lambda: "The life of recommendation 8" in lines(app)[0])
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        await press(pilot, "N")
        await until(pilot, lambda: "▶ next" in seen(app))
        await press(pilot, "enter")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        assert label(app) == "8" and not status(app).startswith("!")


async def test_a_hostile_meeting_is_shown_as_it_is(tmp_path: Path) -> None:
    """Markup in names and words is text on every screen, and no control character reaches the terminal."""
    desk = meeting(tmp_path / "m")
    words = "[/b] [red]x[/red] [@click=app.quit]q"
    desk.do({"act": "admit", "name": f"Land {words}", "category": "party"})
    desk.do({"act": "propose", "unit": "8", "by": f"Land {words}", "text": f"{LONG} {words}"})
    desk.do({"act": "accept", "amendment": "A-1"})
    desk.do({"act": "propose", "unit": "8", "by": f"Land {words}", "text": f"{LONG} more {words}"})
    desk.close()
    async with console(tmp_path / "m", (200, 60)) as (app, pilot):
        await press(pilot, "8")
        for key in ("B", "H", "D", "Y", "f2", "N", "slash"):
            await press(pilot, key)
            await until(pilot, lambda: isinstance(app.screen, ChairScreen))
            if key == "slash":
                app.screen.query_one("#finder-input").value = "[/b]"  # type: ignore[attr-defined]
            if key == "B":
                await press(pilot, "n")
            await until(pilot, lambda: "[/b]" in seen(app))
            await press(pilot, "escape")
            await until(pilot, lambda: len(app.screen_stack) == 1)
        assert app.is_running
