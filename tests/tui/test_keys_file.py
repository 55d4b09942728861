"""Keys of one's own: a file names commands and keys, and whatever shows a key shows these."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from draftwg.cli import main
from draftwg.errors import BadInput
from draftwg.tui import keys
from draftwg.tui.app import DraftwgApp
from draftwg.tui.commands import BY_ID, COMMANDS
from draftwg.tui.screens.helping import help_content
from draftwg.tui.situation import Situation
from draftwg.tui.widgets.editor import WordsArea
from tui.driving import act, amend, lines, meeting, press, save, seen, status, until


@pytest.fixture(autouse=True)
def usual_keys() -> Iterator[None]:
    """Whatever a test sets, the next one begins with the usual keys."""
    yield
    keys.unload()


def write(words: str) -> Path:
    """The file of keys of this test's home."""
    file = keys.path()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(words, "utf-8")
    return file


def told(words: str) -> list[str]:
    """What is said of a file of keys."""
    write(words)
    return [problem.told for problem in keys.load()]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("y", "y"), ("Y", "Y"), ("shift+y", "Y"), ("+", "plus"), ("plus", "plus"), ("?", "question_mark"),
        ("%", "percent_sign"), ("Ctrl+Y", "ctrl+y"), ("CTRL+y", "ctrl+y"), ("alt+Up", "alt+up"),
        ("Control++", "ctrl+plus"),
        ("F5", "f5"), ("esc", "escape"), ("Space", "space"), ("é", "é"), ("shift+ctrl+k", "ctrl+shift+k"),
        ("ctrl+]", "ctrl+right_square_bracket"),
    ],
)  # fmt: skip
def test_a_key_may_be_written_as_people_do(written: str, name: str) -> None:
    assert keys.named(written) == name
    assert keys.named(keys.shown(name)) == name


@pytest.mark.parametrize("written", ["", "  ", "ctrl+", "hyper+q", "f25", "acc", "ctrl+ab", "\x07", "ctrl+i", "ctrl+1"])
def test_what_is_no_key_is_refused(written: str) -> None:
    with pytest.raises(BadInput):
        keys.named(written)


def test_without_a_file_the_keys_are_the_usual_ones() -> None:
    assert keys.load() == () and not keys.changed()
    assert keys.key("accept") == "+"


def test_the_keys_of_the_file_take_the_place_of_the_usual_ones() -> None:
    assert told('accept = "ctrl+y"\nsearch = ["F", "/"]\ntheme = []\n') == []

    assert BY_ID["accept"].all_keys == "Ctrl+Y"
    assert BY_ID["search"].all_keys == "F /" and BY_ID["search"].key == "F"
    assert BY_ID["theme"].all_keys == "" and keys.key("theme") == "Ctrl+P"
    assert BY_ID["reject"].all_keys == "-"


def test_two_keys_may_change_places() -> None:
    assert told('[keys]\naccept = "-"\nreject = "+"\n') == []
    assert (keys.key("accept"), keys.key("reject")) == ("-", "+")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ('acept = "y"', "There is no command “acept”: did you mean accept?"),
        ('accept = "q q"', "accept: “q q” is no key."),
        ("accept = 7", "accept: write its key in quotes"),
        ('accept = "j"', "accept: j is not free, it moves in the list"),
        ('accept = "5"', "accept: 5 is not free, digits go to the unit"),
        ('accept = "ctrl+q"', "accept: Ctrl+Q is not free, it always leaves"),
        ('accept = "ctrl+m"', "accept: A terminal sends Ctrl+M as Enter."),
        ('accept = "w"', "w is now that of accept; withdraw has no key until you give it one."),
        ('accept = "&"\nreject = "&"', "reject: & is that of accept already."),
        ('save = "z"', "save is pressed while words are typed"),
        ('save = "ctrl+z"', "save is pressed while words are typed"),
        ('accept = "ctrl+s"', "accept: Ctrl+S is needed for save while words are typed."),
        ("accept = ", "end of document"),
    ],
)
def test_what_is_wrong_is_told_in_one_line_and_the_rest_works(words: str, line: str) -> None:
    problems = told(f'more = "ctrl+g"\n{words}\n' if "document" not in line else words)

    assert len(problems) == 1 and line in problems[0] and "\n" not in problems[0]
    if "document" not in line:
        assert BY_ID["more"].key == "Ctrl+G"
        assert BY_ID["save"].key == "Ctrl+S" and BY_ID["reject"].key == "-"


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a" * 70_000, b"[" * 5_000, b"accept = '\x1b[2J'"])
def test_a_file_that_is_no_file_of_keys_is_told(data: bytes) -> None:
    write("").write_bytes(data)

    assert [problem.told.isprintable() for problem in keys.load()] == [True]
    assert keys.key("accept") == "+"


def test_a_folder_in_its_place_is_told() -> None:
    keys.path().mkdir(parents=True)
    assert "cannot be read" in keys.load()[0].told


def test_the_editor_s_own_keys_are_known() -> None:
    """Those that could not be used for Save, since the field keeps them."""
    assert set(WordsArea._merged_bindings.key_to_bindings) | {"enter", "tab", "shift+tab"} == keys.EDITOR_KEYS  # type: ignore[union-attr]


def test_the_usual_keys_pass_their_own_check(capsys: pytest.CaptureFixture[str]) -> None:
    """The file to start from, with every # before a key taken away, is in order and changes nothing."""
    assert main(["keys", "--default"]) == 0
    start = capsys.readouterr().out
    lines = [line.removeprefix("# ") if " = " in line and line[2] != " " else line for line in start.splitlines()]
    before = {command.id: command.present_keys for command in COMMANDS}

    assert told("\n".join(lines)) == []
    assert {command.id: command.present_keys for command in COMMANDS} == before
    assert len(keys.changed()) == len(COMMANDS)


def test_the_command_lists_the_keys_and_checks_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    write('accept = "ctrl+y"\nfoo = "x"\n')

    assert main(["keys"]) == 0
    listed = capsys.readouterr()
    assert " * Ctrl+Y             accept" in listed.out and "foo" in listed.err
    assert main(["keys", "--check"]) == 2
    checked = capsys.readouterr()
    assert checked.out == "" and checked.err == "draftwg: There is no command “foo”: draftwg keys lists them.\n"
    write('accept = "ctrl+y"\n')
    assert main(["keys", "--check"]) == 0
    assert capsys.readouterr().out.endswith("in order.\n")


async def test_the_console_shows_and_obeys_the_keys_of_the_file(tmp_path: Path) -> None:
    """Foot, help, offers and refusals show them; the usual key does nothing any more."""
    write('accept = "ctrl+y"\nsave = "f11"\namend = "ctrl+a"\nhelp = "ctrl+g"\n')
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "1", "by": "Mexico", "replace": "urge", "with": "invite"})
    app = DraftwgApp(tmp_path / "m")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "await their fate" in status(app))
        assert "Ctrl+A Amend" in lines(app)[-1] and "Ctrl+G Help" in lines(app)[-1]
        await press(pilot, "1", "enter")
        assert "Ctrl+Y Accept" in lines(app)[-1]
        await press(pilot, "plus")
        assert "recorded" not in status(app)
        await press(pilot, "ctrl+g")
        await until(pilot, lambda: app.screen.query("#help-page"))
        assert "Ctrl+Y" in seen(app) or "Ctrl+A" in seen(app)
        await press(pilot, "ctrl+g")
        await until(pilot, lambda: not app.screen.query("#help-page"))
        await act(pilot, app, "ctrl+y")
        assert "invite" in app.screen.words.content.plain  # type: ignore[attr-defined]
        await press(pilot, "2")
        await press(pilot, "ctrl+y")
        assert status(app) == "No amendment on this unit yet: Ctrl+A records one."

        await press(pilot, "ctrl+a")
        await until(pilot, lambda: app.screen.query("#picker-input"))
        await press(pilot, *"mex", "enter")
        await until(pilot, lambda: app.screen.query("#editor-words"))
        assert lines(app)[-1].startswith(" F11 Save")
        await press(pilot, "X", "f11")
        await until(pilot, lambda: "A-2 recorded" in status(app))


async def test_a_wrong_file_is_told_in_the_status_line_and_the_console_works(tmp_path: Path) -> None:
    write('accept = "w"\nfoo = "x"\n')
    meeting(tmp_path / "m")
    app = DraftwgApp(tmp_path / "m")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: status(app).startswith("Keys: "))
        assert "There is no command “foo”" in status(app) and "(and 1 more) draftwg keys --check" in status(app)
        field = await amend(pilot, app, "8", "mex")
        field.text = "Other words."
        await save(pilot, app)
        await press(pilot, "enter")
        assert "w Accept" in lines(app)[-1] and "Withdraw" not in lines(app)[-1]


def test_the_help_shows_the_keys_that_are_set() -> None:
    told('accept = "ctrl+y"\ntheme = []\n')
    shown = help_content(COMMANDS, Situation()).plain

    assert "Ctrl+Y" in shown and "(none)" in shown
