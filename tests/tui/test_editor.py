"""The editor: words, selections, the clipboard, long pastes, brackets; what a person types and sees."""

import cProfile
import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual import events
from textual._wrap import compute_wrap_offsets
from textual.pilot import Pilot

from draftwg.desk import Desk
from draftwg.hygiene import clean, left_out
from draftwg.model.text import Text, Unit
from draftwg.tui import keys
from draftwg.tui.app import DraftwgApp
from draftwg.tui.screens import helping
from draftwg.tui.widgets.editor import location_at
from draftwg.tui.widgets.field import WordsArea, matched
from draftwg.tui.widgets.finder import Finder
from draftwg.tui.widgets.wrapping import line_starts
from tui.driving import amend, console, lines, meeting, page, press, save, seen, status, until


def styles(app: DraftwgApp, words: str) -> list[str]:
    """The looks of the pieces that read so on the screen."""
    strips = app.screen._compositor.render_strips()
    return [str(piece.style) for strip in strips for piece in strip if piece.text == words]


async def test_words_are_gone_over_selected_and_deleted_one_at_a_time(tmp_path: Path) -> None:
    """With Ctrl and with Alt, both ways."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "2", "mex")
        assert field.text == "States parties should train observers at remote stations."
        await press(pilot, "ctrl+home", "ctrl+right", "ctrl+right", "ctrl+delete")
        assert field.text == "States parties train observers at remote stations."
        await press(pilot, "ctrl+z", "ctrl+home", "ctrl+right", "ctrl+right", "ctrl+shift+right", *"must ")
        assert field.text == "States parties must train observers at remote stations."
        await press(pilot, *["ctrl+z"] * 6)
        field.text = "States parties should train observers at remote stations."
        await press(pilot, "ctrl+end", "ctrl+left", "alt+b", "ctrl+w")
        assert field.text == "States parties should train observers at stations."
        await press(pilot, "ctrl+z", "ctrl+home", "alt+f", "alt+d")
        assert field.text == "States should train observers at remote stations."
        await press(pilot, "ctrl+z", "ctrl+end", "ctrl+shift+left", "ctrl+shift+left", "X")
        assert field.text.endswith("at remote X")
        await press(pilot, "ctrl+z", "ctrl+y", "ctrl+y")
        assert field.text.endswith("at remote X")
        await press(pilot, "ctrl+shift+home", "Y", "enter", "Z")
        assert field.text == "Y\nZ"


async def test_a_word_is_left_for_the_start_of_the_next_as_in_a_word_processor(tmp_path: Path) -> None:
    """Punctuation is a word of its own; the next line follows the end of the last; marks stay with their letters."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "2", "mex")
        field.text = "d'Ivoire,  two\nनियम का"
        field.move_cursor((0, 0))
        stops = []
        for _ in range(6):
            await press(pilot, "ctrl+right")
            stops.append(field.cursor_location)
        assert stops == [(0, 8), (0, 11), (0, 14), (1, 0), (1, 5), (1, 7)]
        back = []
        for _ in range(6):
            await press(pilot, "ctrl+left")
            back.append(field.cursor_location)
        assert back == [(1, 5), (1, 0), (0, 14), (0, 11), (0, 8), (0, 0)]
        await press(pilot, "ctrl+left")
        assert field.cursor_location == (0, 0)


async def test_a_word_is_found_while_it_is_typed(tmp_path: Path) -> None:
    """The letters go to the field from the first, whatever their case; Enter goes on, and round; Esc goes back."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "2", "mex")
        words = field.text
        assert words == "States parties should train observers at remote stations."
        for key in ("ctrl+f", *"STAT"):  # in one burst
            app.simulate_key(key)
        await pilot.pause()
        await until(pilot, lambda: field.selected_text)
        assert (field.text, field.selection.start) == (words, (0, 0))
        found = next(line for line in lines(app) if "Find" in line).split()
        assert " ".join(found[found.index("Find") :]) == "Find STAT 1 of 2 Enter next, Esc back"
        assert "│ States parties should train" in seen(app), "the words have the room, not the field"
        await press(pilot, "enter")
        assert field.selection.start == (0, words.index("stations")) and "2 of 2" in seen(app)
        await press(pilot, "enter")
        assert field.selection.start == (0, 0)
        await press(pilot, "up")
        assert field.selection.start == (0, words.index("stations"))
        await press(pilot, *"xyz")
        assert "Not found" in seen(app)
        await press(pilot, "backspace", "backspace", "backspace", "enter", "escape", *"Posts")
        assert field.text == words.replace("stat", "Posts") and not app.screen.query_one(Finder).display
        await press(pilot, "ctrl+f", *"train", "ctrl+s")
        await until(pilot, lambda: "A-1 recorded" in status(app))


PRESSED = {
    "Ctrl+←": ("one two|", "one |two"), "Ctrl+→": ("|one two", "one |two"), "Alt+b": ("one two|", "one |two"),
    "Alt+f": ("|one two", "one |two"), "Home": ("one two|", "|one two"), "End": ("|one two", "one two|"),
    "Ctrl+Home": ("x\ny|", "|x\ny"), "Ctrl+End": ("|x\ny", "x\ny|"), "Ctrl+A": ("one |two", "<one two>"),
    "Ctrl+Backspace": ("one two|", "one |"), "Ctrl+W": ("one two|", "one |"), "Ctrl+Delete": ("|one two", "|two"),
    "Alt+d": ("|one two", "|two"), "Shift+→": ("|one", "<o>ne"), "Ctrl+Shift+→": ("|one two", "<one >two"),
    "Ctrl+Z": ("", ""), "Ctrl+Y": ("", ""), "Ctrl+C": ("", ""), "Ctrl+X": ("", ""), "Ctrl+V": ("", ""),
    "Ctrl+F": ("", ""),
}  # fmt: skip


async def test_the_help_of_the_editor_says_what_its_keys_do(tmp_path: Path) -> None:
    """Every key that it names is pressed; those without an example here have a test of their own."""
    told = " ".join(f"{keys}. {words}" for keys, words in helping._EDITING)
    named = set(re.findall(r"(?:Ctrl|Alt)\+\S+?(?=[\s.,;:)])|\b(?:Home|End|F\d+)\b", told))
    assert named <= set(PRESSED) and "Ctrl+A" in named
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "2", "mex")
        for key, (before, after) in PRESSED.items():
            if not before:
                continue
            field.text = before.replace("|", "")
            field.move_cursor(location_at(field.text, before.index("|")))
            await press(pilot, keys.named(key))
            first, last = sorted(field.selection)
            shown = list(field.text)
            ends = [
                sum(len(line) + 1 for line in field.text.split("\n")[:row]) + column for row, column in (first, last)
            ]
            shown[ends[1] : ends[1]] = ">" if first != last else ""
            shown[ends[0] : ends[0]] = "<" if first != last else "|"
            assert "".join(shown) == after, key


async def test_what_is_copied_and_cut_is_in_the_terminal_s_clipboard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through OSC 52; without a selection nothing is lost, and one is told."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "2", "mex")
        sent: list[str] = []
        assert app._driver is not None
        monkeypatch.setattr(app._driver, "write", sent.append)
        words = field.text
        await press(pilot, "ctrl+x", "ctrl+c")
        assert field.text == words and not any("]52;" in one for one in sent)
        assert status(app).startswith("Nothing is selected")
        await press(pilot, "ctrl+home", *["shift+right"] * 6, "ctrl+c")
        assert any("\x1b]52;c;U3RhdGVz\a" in one for one in sent)  # "States"
        assert status(app) == "Copied: 6 characters."
        await press(pilot, "ctrl+x", "ctrl+end", "ctrl+v")
        assert field.text == words[6:] + "States"


async def test_what_is_pasted_is_cleaned_and_what_was_left_out_is_told(tmp_path: Path) -> None:
    """Escape sequences, controls and overrides stay out of the text."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "2", "mex")
        field.text = ""
        app.post_message(events.Paste("a\x1b[2Jb\x00\x07c\u202ed\r\ne\tf"))
        await until(pilot, lambda: field.text)
        assert field.text == "abcd\ne f"
        await until(pilot, lambda: "Left out" in status(app))
        assert status(app) == (
            "Pasted: 8 characters. Left out: 1 escape sequence, 2 control characters, 1 mark of direction."
        )


@pytest.mark.parametrize("text", ["plain", "a\r\nb\tc", "“é” – ok", "", "a\u200fb"])
def test_nothing_is_said_to_be_left_out_where_nothing_is(text: str) -> None:
    assert left_out(text) == ""


def test_what_is_left_out_is_what_cleaning_takes_out() -> None:
    assert left_out("a\x1b[1m\x1b[0m\x01\u202a\u2066\ud800") == (
        "2 escape sequences, 1 control character, 2 marks of direction, 1 broken letter"
    )
    assert clean("a\x1b[1m\x1b[0m\x01\u202a\u2066") == "a"


async def calls(pilot: Pilot[None], letters: str) -> int:
    """How many functions are called on the loop while these letters are typed."""
    counter = cProfile.Profile(builtins=False)
    counter.enable()
    await press(pilot, *letters)
    counter.disable()
    return sum(entry.callcount for entry in counter.getstats())


@pytest.mark.painted
@pytest.mark.parametrize("newlines", [True, False])
async def test_a_long_paste_does_not_hold_up_the_keys(tmp_path: Path, newlines: bool) -> None:
    """A megabyte, in paragraphs or in one: it is there soon, and the next letters call for little more than before."""
    meeting(tmp_path / "m")
    long = ("States parties should keep “records” of the ice. " * 20 + ("\n" if newlines else "")) * 1100
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "2", "mex")
        short = await calls(pilot, "klmnopqrst")
        app.post_message(events.Paste(long))
        await until(pilot, lambda: len(field.text) > 1_000_000)
        after = await calls(pilot, "abcdefghij")
        await until(pilot, lambda: field.text.endswith("abcdefghij") and "abcdefghij" in seen(app))
        paragraph = max(len(one) for one in field.text.split("\n"))  # Rich counts its cells, a call for each letter
        assert after < 4 * short + 2 * 10 * paragraph  # the unit is four thousand times longer


async def test_brackets_show_their_partners_and_those_that_have_none(tmp_path: Path) -> None:
    """Under the cursor and just before it; a key goes to the partner."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "2", "mex")
        field.text = "States [shall [as appropriate] keep] records]"
        field.move_cursor((0, 7))
        await pilot.pause()
        assert any("reverse" in look for look in styles(app, "]"))  # the partner; it stands alone in its look
        assert any("underline" in look for look in styles(app, "]"))  # the last one has none
        await until(pilot, lambda: "1 bracket has no partner" in seen(app))
        await press(pilot, "ctrl+right_square_bracket")
        assert field.cursor_location == (0, 35)
        await press(pilot, "f12")
        assert field.cursor_location == (0, 7)
        field.move_cursor((0, 18))
        await press(pilot, "f12")
        assert field.cursor_location == (0, 14)
        await press(pilot, "ctrl+end", "f12")
        assert status(app) == "This bracket has no partner."
        await press(pilot, "backspace")
        await until(pilot, lambda: "1 bracket has no partner" not in seen(app))
        await press(pilot, "ctrl+home", "f12")
        assert status(app) == "There is no bracket here."


def test_brackets_are_matched_over_lines_and_inside_one_another() -> None:
    pairs, alone = matched("a [b\n[c] d] e]\n[")

    assert pairs[(0, 2)] == (1, 5) and pairs[(1, 0)] == (1, 2)
    assert alone == {(1, 8), (2, 0)}


async def test_a_unit_of_several_paragraphs_is_edited_and_recorded(tmp_path: Path) -> None:
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        field = await amend(pilot, app, "2", "mex")
        await press(pilot, "ctrl+end", "enter", *"Second", "enter", *"Third", "up", "home", *"The ")
        assert field.text.endswith("stations.\nThe Second\nThird")
        await save(pilot, app)
        await press(pilot, "v", "v")
        assert "The Second" in page(app, "#detail")


def big(folder: Path, words: int) -> None:
    """A meeting with one unit of so many words, and a delegation."""
    desk = Desk.found(folder, "Long", "Port Maren", "2031-05-06/2031-05-08")
    body = " ".join(f"word{place % 97}" for place in range(words)) + "."
    desk.do({"act": "import", "text": "r", "content": Text("r", "Draft", (), (Unit("u1", "1", body),))})
    desk.do({"act": "admit", "name": "Mexico", "code": "MEX", "category": "party"})
    desk.close()


@pytest.mark.painted
async def test_typing_in_a_long_unit_costs_little_more_than_in_a_short_one(tmp_path: Path) -> None:
    """With the redline beside it: only what is seen is drawn."""
    costs = []
    for words in (60, 2000):
        big(tmp_path / str(words), words)
        async with console(tmp_path / str(words)) as (app, pilot):
            field = await amend(pilot, app, "1", "mex")
            field.move_cursor((0, 100))
            await pilot.pause(0.1)
            costs.append(await calls(pilot, "abcdefghijklmnop"))
            await until(pilot, lambda app=app: "{+" in page(app, "#editor-redline"))
    assert costs[1] < 2 * costs[0]


TEXTS = (
    "", "one", "a b  c   dddddddddddddd e", "  leading and trailing  ", "State's “quoted” words – and a dash",
    "eeeeeeeeeeeeeeeeeeeeeeeeeeeeee", "x " * 40,
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_lines_break_where_those_of_the_library_do(text: str) -> None:
    for width in range(3, 20):
        assert line_starts(text, width, hang=False)[1:] == compute_wrap_offsets(text, width, 4), width


@pytest.mark.parametrize(
    "text", [*TEXTS, "漢字の記録を保存する 必要が あります", "تحتفظ الدول الأطراف بالسجلات لأطول مدة"]
)
@pytest.mark.parametrize("hang", [True, False])
def test_no_line_is_wider_than_it_may_be(text: str, hang: bool) -> None:
    for width in range(3, 20):
        starts = line_starts(text, width, hang=hang)
        rows = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
        assert "".join(rows) == text and starts == sorted(set(starts))
        assert all(cell_len(row.rstrip() if hang else row) <= width for row in rows)


def test_the_field_gives_the_place_of_the_cursor_in_long_paragraphs() -> None:
    """The rows that the field asks for are those of its lines."""
    area = WordsArea("one two three\n\nfour")
    area.wrapped_document.wrap(8)

    assert area.wrapped_document.get_sections(0) == ["one two ", "three"]
    assert area.wrapped_document.location_to_offset((2, 1)) == (1, 3)
    area.document.replace_range((0, 3), (1, 0), " and a half\nx")
    area.wrapped_document.wrap_range((0, 3), (1, 0), (1, 1))
    assert [area.wrapped_document.get_sections(row) for row in range(3)] == [["one and ", "a half"], ["x"], ["four"]]
    assert area.wrapped_document.location_to_offset((2, 1)) == (1, 3)


async def test_the_cursor_is_seen_at_every_size(tmp_path: Path) -> None:
    """Also at the end of a long unit in a small terminal."""
    big(tmp_path / "m", 400)
    async with console(tmp_path / "m", (40, 12)) as (app, pilot):
        await amend(pilot, app, "1", "mex")
        await press(pilot, *"END")
        await until(pilot, lambda: "END" in seen(app))
        await press(pilot, "ctrl+home", *"TOP")
        await until(pilot, lambda: any("TOPword0" in line for line in lines(app)))
