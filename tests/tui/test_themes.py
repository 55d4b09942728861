"""The looks: what is read has its contrast, in each theme, by the figures and on the screen."""

from pathlib import Path

import pytest
from textual.color import Color

from draftwg.tui.app import DraftwgApp
from draftwg.tui.themes import MONOCHROME, THEMES
from tui.driving import amend, console, meeting, press, seen, until

AFAR = ("text", "insert", "delete", "accent", "bad")  # read on a projection, or wherever something is decided
NEAR = ("muted", "good", "warn")
GROUNDS = ("background", "raised", "bar", "cursor")


def contrast(one: Color, other: Color) -> float:
    """The ratio of WCAG 2: 1 (none) to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    parts = [part / 255 for part in (color.r, color.g, color.b)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast(Color.parse("#ffffff"), Color.parse("#000000")) == pytest.approx(21)
    assert contrast(Color.parse("#0072b2"), Color.parse("#ffffff")) == pytest.approx(5.19, abs=0.01)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_colour_is_read_on_every_ground(theme) -> None:
    colours = {**theme.variables, "text": theme.foreground, "background": theme.background, "accent": theme.accent}
    grounds = {name: Color.parse(colours[name]) for name in GROUNDS}
    for name in (*AFAR, *NEAR):
        for ground, color in grounds.items():
            least = 7 if name in AFAR and ground == "background" else 4.5
            assert contrast(Color.parse(colours[name]), color) >= least, (name, ground)
        assert contrast(grounds["background"], Color.parse(colours["warn"])) >= 7  # the offer above the foot


def test_monochrome_has_no_colour() -> None:
    values = [*MONOCHROME.variables.values(), MONOCHROME.foreground, MONOCHROME.background, MONOCHROME.primary]
    for value in (value.split()[0] for value in values if value and value.startswith("#")):
        color = Color.parse(value)
        assert color.r == color.g == color.b, value


@pytest.mark.parametrize("theme", [None, *THEMES], ids=lambda theme: theme.name if theme else "at the start")
async def test_the_first_frame_has_the_colours_of_its_theme(tmp_path: Path, theme) -> None:
    """Also where the theme is chosen before anything has been drawn."""
    meeting(tmp_path / "m").close()
    app = DraftwgApp(tmp_path / "m")
    if theme is not None:
        app.theme = theme.name
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Recommendation 1" in seen(app))
        strips = app.screen._compositor.render_strips()
        style = next(piece.style for strip in strips for piece in strip if "Recommendation 1" in piece.text)
        expected = theme or THEMES[0]
        assert style is not None and style.color is not None and style.bgcolor is not None
        for seen_there, own in ((style.color, expected.accent), (style.bgcolor, expected.background)):
            assert own is not None
            assert contrast(Color.from_rich_color(seen_there), Color.parse(own)) == pytest.approx(1, abs=0.02)


def unreadable(app: DraftwgApp) -> set[tuple[str, float]]:
    """Words on the screen, in the dialog where there is one, whose contrast is too small."""
    found = set()
    region = app.screen.children[-1].region if app.screen.is_modal else app.screen.region
    for strip in app.screen._compositor.render_strips()[region.y : region.bottom]:
        for piece in strip.crop(region.x, region.right):
            style = piece.style
            if not any(letter.isalnum() for letter in piece.text) or style is None:
                continue
            if style.color is None or style.bgcolor is None:
                continue
            front, ground = (Color.from_rich_color(one) for one in (style.color, style.bgcolor))
            ratio = contrast(front, ground)
            if ratio < 4.5:
                found.add((piece.text.strip(), round(ratio, 2)))
    return found


@pytest.mark.parametrize("theme", THEMES[:2], ids=lambda theme: theme.name)
async def test_whatever_is_on_the_screen_can_be_read(tmp_path: Path, theme) -> None:
    """The console with everything that it shows, the editor, the questions, the reports, the help."""
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "1", "by": "Mexico", "replace": "urge", "with": "invite"})
    desk.do({"act": "propose", "unit": "1", "by": "Algeria", "replace": "urge", "with": "request"})
    desk.do({"act": "accept", "amendment": "A-2"})
    async with console(tmp_path / "m") as (app, pilot):
        app.theme = theme.name
        await press(pilot, "1", "enter")
        await pilot.pause()
        for view in ("clean", "bracketed", "redline", "original", "proposal"):
            assert unreadable(app) == set(), view
            await press(pilot, "v")
        wrong: set[tuple[str, str, float]] = set()
        for keys in ("p", "a", "I", "slash", "question_mark", "B", "ctrl+p", "exclamation_mark", "H", "x"):
            await press(pilot, keys)
            await pilot.pause(0.5 if keys == "B" else 0.1)  # the board counts what it shows
            wrong |= {(keys, *one) for one in unreadable(app)}
            await press(pilot, "escape")
            await pilot.pause()
        assert wrong == set()
        while len(app.screen_stack) > 1:
            await press(pilot, "escape")
        field = await amend(pilot, app, "8", "mex")
        field.text = "[States] shall] keep the records."
        await until(pilot, lambda: "no partner" in app.screen.query_one("#editor-redline-head").render().plain)  # type: ignore[attr-defined]
        await press(pilot, "ctrl+home", "shift+right", "shift+right")
        assert unreadable(app) == set()
        await press(pilot, "escape")
        await pilot.pause()
        assert unreadable(app) == set()


async def test_after_all_themes_the_screen_looks_as_at_the_start(tmp_path: Path) -> None:
    """The styles of dialogs, which are read later, change nothing on the main screen."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m", (120, 24)) as (app, pilot):
        names = ("outline", "words", "amendments", "detail")

        def looks() -> list[tuple[Color, Color]]:
            styles = [app.screen.query_one(f"#{name}").styles for name in names]
            return [(one.background, one.scrollbar_background) for one in styles]

        at_first = looks()
        await press(pilot, "a", "escape")
        for _ in THEMES:
            app.turn_theme()
            await pilot.pause()
        assert looks() == at_first
