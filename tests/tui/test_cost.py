"""What a key costs: counted, not timed. Only what is seen is computed, and nothing is laid out anew."""

import asyncio
import cProfile
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from textual._compositor import Compositor, LayoutUpdate
from textual._context import visible_screen_stack
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen

from draftwg.acts import bracketing
from draftwg.desk import Desk, chair
from draftwg.model.text import Section, Text, Unit
from draftwg.tui.frames import SeenCompositor, WholeModal
from draftwg.tui.pieces import Pieces
from draftwg.tui.widgets.amendments import AmendmentList
from draftwg.tui.widgets.outline import Outline
from tui.driving import amend, console, press, seen

pytestmark = pytest.mark.painted
WORDS = "States parties should keep the records of each season for as long as possible and share them on request"


def contested(folder: Path, units: int) -> None:
    """A meeting in `folder` with this many units, most with one to seven amendments, on every fifth none."""
    listed = tuple(Unit(f"u{n}", str(n + 1), f"{WORDS}, for the {n + 1}th time.", "A") for n in range(units))
    text = Text("recommendations", "Draft recommendations", (Section("A", "A", "General", 1),), listed)
    desk = Desk.found(folder, "Working Group on Ice Records", "Port Maren", "2031-05-06/2031-05-08")
    parties = [{"act": "admit", "name": name, "category": "party"} for name in ("Chile", "Kenya", "Norway")]
    said = [
        {"act": "propose", "unit": unit.label, "by": ("Chile", "Kenya", "Norway")[k % 3], "text": _other(unit.text, k)}
        for n, unit in enumerate(listed)
        if n % 5 < 4
        for k in range(1 + 2 * (n % 5))
    ]
    desk.do_all([{"act": "import", "text": text.name, "content": text}, *parties, *said])
    desk.close()


def _other(text: str, place: int) -> str:
    """The text with another word in this place."""
    words = text.split()
    words[3 + place] = "ice"
    return " ".join(words)


class Counted:
    """What happened on the screen: how often it was laid out, and which widgets were drawn."""

    def __init__(self) -> None:
        self.layouts = 0
        self.drawn: set[str] = set()


@contextmanager
def counting() -> Iterator[Counted]:
    """Count until the end of the block."""
    counted = Counted()
    layout, frame = Screen._refresh_layout, Screen._compositor_refresh

    def laid_out(self: Screen[object], *args: object, **named: object) -> None:
        counted.layouts += 1
        layout(self, *args, **named)  # type: ignore[arg-type]

    def drawn(self: Screen[object]) -> None:
        counted.drawn |= {widget.id or type(widget).__name__ for widget in self._dirty_widgets}
        frame(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Screen, "_refresh_layout", laid_out)
        patch.setattr(Screen, "_compositor_refresh", drawn)
        yield counted


async def settled(pilot: Pilot[None]) -> None:
    """Wait until the frame is out."""
    await pilot.pause(0.05)
    await pilot.pause()


async def test_moving_computes_one_unit_and_lays_nothing_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From unit to unit, with many amendments and with none: the panes are drawn, and stay where they are."""
    contested(tmp_path / "m", 40)
    async with console(tmp_path / "m") as (app, pilot):
        rows = app.screen.query_one("#outline", Outline).rows
        ids = [row.unit.id for row in rows if row.unit is not None]
        asked: list[str] = []
        order, verdict = chair.order_of_taking, bracketing.verdict_on
        monkeypatch.setattr(chair, "order_of_taking", lambda state, unit: asked.append(unit) or order(state, unit))  # type: ignore[func-returns-value]
        monkeypatch.setattr("draftwg.desk.questions.outline", lambda *_: pytest.fail("the outline was made anew"))
        judged: list[str] = []
        monkeypatch.setattr(
            "draftwg.desk.questions.verdict_on",
            lambda state, one: judged.append(one.unit) or verdict(state, one),  # type: ignore[func-returns-value]
        )
        with counting() as counted:
            for unit in range(1, 8):
                await press(pilot, "j")
                await settled(pilot)
                assert asked == ids[1 : unit + 1]
                assert set(judged) <= set(asked)
        assert counted.layouts == 0
        panes = {"outline", "unit-head", "words", "amendments", "detail", "keys", "title", "Thumb"}
        assert {"outline", "unit-head", "words", "amendments"} <= counted.drawn <= panes


async def test_a_key_in_the_editor_draws_the_editor_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter asks nothing of the state, and the other panes are not drawn."""
    contested(tmp_path / "m", 20)
    async with console(tmp_path / "m") as (app, pilot):
        await amend(pilot, app, "3", "Chile")
        await press(pilot, "x")
        await settled(pilot)
        for name in ("outline", "verdict_on", "unit_bracketed", "unit_redline"):
            monkeypatch.setattr(f"draftwg.desk.questions.{name}", lambda *_: pytest.fail("asked of the state"))
        with counting() as counted:
            await press(pilot, *"and more")
            await settled(pilot)
        assert counted.layouts == 0
        assert {"editor-words", "editor-redline"} <= counted.drawn
        assert counted.drawn <= {"editor-words", "editor-redline", "Thumb", "offer", "status", "title"}


async def test_another_amendment_leaves_the_words_alone(tmp_path: Path) -> None:
    """The words of the unit are the same whichever amendment is chosen: they are not drawn again."""
    contested(tmp_path / "m", 10)
    async with console(tmp_path / "m") as (_, pilot):
        await press(pilot, "4", "enter")
        await settled(pilot)
        with counting() as counted:
            await press(pilot, "j", "j")
            await settled(pilot)
        assert counted.layouts == 0
        assert {"amendments", "detail"} <= counted.drawn
        assert "words" not in counted.drawn and "outline" not in counted.drawn


async def calls(folder: Path, keys: Sequence[str]) -> int:
    """How many functions are called on the loop while these keys are answered."""
    async with console(folder) as (_, pilot):
        await press(pilot, *keys)  # what is made once is made
        await press(pilot, "home")
        counter = cProfile.Profile(builtins=False)
        counter.enable()
        for key in keys:
            await press(pilot, key)
        counter.disable()
        return sum(entry.callcount for entry in counter.getstats())


async def test_a_key_costs_the_same_in_a_large_meeting(tmp_path: Path) -> None:
    """Ten times the units and the amendments: what a key calls for stays about the same."""
    cost = []
    for units in (10, 100):
        contested(tmp_path / str(units), units)
        cost.append(await calls(tmp_path / str(units), ["j"] * 12 + ["v", "v", "8", "tab", "j", "shift+tab"]))
    assert cost[1] < 1.6 * cost[0], cost


async def test_a_move_comes_in_one_frame(tmp_path: Path) -> None:
    """The outline, the words, the amendments, the title: all that a key changes is seen at once."""
    contested(tmp_path / "m", 40)
    async with console(tmp_path / "m") as (app, pilot):
        frames: list[set[str]] = []
        frame = Screen._compositor_refresh

        def drawn(self: Screen[object]) -> None:
            frames.append({widget.id or type(widget).__name__ for widget in self._dirty_widgets})
            frame(self)

        await settled(pilot)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Screen, "_compositor_refresh", drawn)
            for key in "jjjkj":
                app.post_message(Key(key, key))  # as the terminal sends it: the pilot would wait for frames
                for _ in range(100):
                    await asyncio.sleep(0.005)
                    if frames:
                        break
                await asyncio.sleep(0.06)
                assert len(frames) == 1, frames
                assert {"outline", "unit-head", "words", "amendments"} <= frames.pop()


class _Cells(dict[tuple[int, int], tuple[str, str]]):
    """A terminal's cells by row and column: what stands there, and how it looks."""

    def write(self, sequences: str, height: int) -> None:
        """What a terminal does with them; no sign of the story is wider than a cell."""
        row, column = height - 1, 0  # the cursor may be anywhere: here a line feed would scroll
        looks: dict[int, str] = {}  # -3 the colour, -4 the ground, else an attribute
        look = ""
        for place, style, sign in re.findall(r"\x1b\[(\d+;\d+)H|\x1b\[([\d;]*)m|([^\x1b])", sequences):
            if place:
                row, column = (int(part) - 1 for part in place.split(";"))
            elif not sign:
                for code in re.findall(r"[34]8;(?:2;\d+;\d+|5);\d+|\d+", style) or ["0"]:
                    number = int(code.partition(";")[0])
                    if number == 0:
                        looks.clear()
                    elif number in (39, 49):
                        looks.pop(-(number // 10), None)
                    else:
                        kind = {3: -3, 9: -3, 4: -4, 10: -4}.get(number // 10)
                        looks[kind or number] = code
                look = " ".join(sorted(looks.values()))
            elif sign == "\n":
                row, column = row + 1, 0
                assert row < height, "everything goes up by a line"
            else:
                if sign == " " and not {4, 9} & looks.keys():  # of a blank one colour alone is seen
                    self[row, column] = (sign, looks.get(-3 if 7 in looks else -4, ""))
                else:
                    self[row, column] = (sign, look)
                column += 1


def _as_textual_does(compositor: SeenCompositor, screens: list[Screen[object]]) -> LayoutUpdate:
    """The whole screen, and what is behind it, by Textual's own way."""
    visible_screen_stack.set([*screens])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WholeModal, "render_lines", Screen.render_lines)
        return Compositor.render_full_update(compositor)


async def test_the_terminal_shows_what_textual_would_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the lines that have changed are made, where nothing is in front of them, and what is on the screen already
    is not written again: key by key its cells are the same."""
    contested(tmp_path / "m", 40)
    ours, theirs = _Cells(), _Cells()
    partial, whole = SeenCompositor.render_partial_update, SeenCompositor.render_full_update
    lengths: list[tuple[int, int]] = []

    def part(self: SeenCompositor) -> Pieces | None:
        dirty = self._dirty_regions.copy()
        update = partial(self)
        self._dirty_regions = dirty
        wanted = Compositor.render_partial_update(self)
        assert self.root is not None
        written = ["" if one is None else one.render_segments(self.root.app.console) for one in (update, wanted)]
        ours.write(written[0], self.size.height)
        theirs.write(written[1], self.size.height)
        lengths.append((len(written[0]), len(written[1])))
        return update

    def full(self: SeenCompositor, simplify: bool = False) -> LayoutUpdate | Pieces | None:
        assert self.root is not None
        app = self.root.app
        wanted = _as_textual_does(self, app._background_screens)
        update = whole(self, simplify)
        for terminal, one in ((ours, update), (theirs, wanted)):
            terminal.write("" if one is None else one.render_segments(app.console), self.size.height)
        return update

    monkeypatch.setattr(SeenCompositor, "render_partial_update", part)
    monkeypatch.setattr(SeenCompositor, "render_full_update", full)
    async with console(tmp_path / "m") as (app, pilot):
        for key in (
            *"jjvkkv",
            "pagedown",
            "tab",
            "j",
            "tab",
            "j",
            "X",
            "X",
            *"tt",
            "shift+tab",
            "end",
            "question_mark",
            "escape",
            *"a",
            *"chi",
            "escape",
        ):
            await press(pilot, key)
            await settled(pilot)
            assert ours == theirs
        await press(pilot, "escape")
        app.screen.query_one("#outline").focus()
        await press(pilot, "k")
        await settled(pilot)
        compositor = app.screen._compositor
        for whole_screen in ({compositor.size.region}, set()):  # there in a whole frame, and back in a small one
            compositor._dirty_regions |= whole_screen
            await press(pilot, "k" if whole_screen else "j")
            await settled(pilot)
            assert ours == theirs
        for width, height in ((90, 30), (120, 40)):
            await pilot.resize_terminal(width, height)
            await press(pilot, *"jk")
            await settled(pilot)
            assert ours == theirs
        await amend(pilot, app, "3", "Chile")
        for key in "ice":
            await press(pilot, key)
            await settled(pilot)
            assert ours == theirs
    assert len(lengths) > 20
    assert sum(length for length, _ in lengths) < 0.9 * sum(length for _, length in lengths)


async def test_a_frame_of_a_batch_is_not_taken_for_shown(tmp_path: Path) -> None:
    """It never went to the terminal: the frame after the batch writes it."""
    contested(tmp_path / "m", 10)
    async with console(tmp_path / "m") as (app, _):
        compositor = app.screen._compositor
        place = app.screen.query_one("#outline").region
        written = []
        for batch in (True, False, False):
            compositor._dirty_regions = {place}
            with app.batch_update() if batch else nullcontext():
                written.append(compositor.render_partial_update() is not None)
        assert written == [True, True, False]


async def test_a_list_that_grows_keeps_its_scrollbar_in_step(tmp_path: Path) -> None:
    """Units with more and fewer amendments than there is room for: the thumb of the scrollbar tells which."""
    contested(tmp_path / "m", 10)
    async with console(tmp_path / "m", size=(120, 30)) as (app, pilot):
        listed = app.screen.query_one("#amendments", AmendmentList)
        for label, lines in (("4", 21), ("1", 3), ("5", 0), ("4", 21)):
            app.screen.go_to_label(label)  # type: ignore[attr-defined]
            await settled(pilot)
            assert listed.virtual_size.height == listed.vertical_scrollbar.window_virtual_size == lines
            assert (listed.max_scroll_y > 0) is (lines > listed.size.height)
            assert ("No amendments yet." in seen(app)) is (lines == 0)


async def test_a_question_opens_and_closes_with_little_ado(tmp_path: Path) -> None:
    """Nothing is read for it, and each screen is written to the terminal once as a whole, although it is drawn more
    often than that: Textual asks for a whole frame whenever a screen comes to the front."""
    contested(tmp_path / "m", 20)
    async with console(tmp_path / "m") as (app, pilot):
        await settled(pilot)
        partial, whole = SeenCompositor.render_partial_update, SeenCompositor.render_full_update
        written: list[int] = []

        def counted(update: object) -> object:
            written.append(len(update.pieces) if isinstance(update, Pieces) else 0)
            return update

        for opened in ("a", "question_mark", "b", "ctrl+p"):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(SeenCompositor, "render_partial_update", lambda self: counted(partial(self)))
                patch.setattr(SeenCompositor, "render_full_update", lambda self, simplify=False: counted(whole(self)))
                patch.setattr(type(app.stylesheet), "reparse", lambda _: pytest.fail("the styles were read anew"))
                written.clear()
                await press(pilot, opened)
                await settled(pilot)
                assert app.screen is not app.main
                await press(pilot, "escape")
                await settled(pilot)
                assert app.screen is app.main
            assert sum(count > 40 for count in written) <= 3, (opened, written)
