"""The short way of a key: it is bound to what Textual says, and goes to whoever listens."""

from pathlib import Path

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.events import Key

from draftwg.tui.keyway import bound, listener
from tui.driving import console, meeting, press


def _as_textual_has_it(app: App[None], key: str, priority: bool) -> list[tuple[DOMNode, Binding]]:
    screen = app.screen
    chain = reversed(screen._binding_chain) if priority else screen._modal_binding_chain
    return [
        (node, binding)
        for node, bindings in chain
        for binding in bindings.key_to_bindings.get(key, ())
        if binding.priority == priority
    ]


async def test_a_key_is_bound_to_what_textual_says(tmp_path: Path) -> None:
    """Whatever has the focus, and whatever dialog is open: every key that is bound anywhere."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        for keys in (
            (),
            ("tab",),
            ("tab",),
            ("e",),
            ("escape", "a"),
            ("escape", "slash"),
            ("escape", "ctrl+p"),
            ("escape", "x"),
        ):
            await press(pilot, *keys)
            nodes = [app, *app.screen_stack, *app.screen.walk_children()]
            known = {key for node in nodes for key in node._bindings.key_to_bindings}
            assert len(known) > 50
            for key in known | {"f12"}:
                for priority in (True, False):
                    assert bound(app, key, priority) == _as_textual_has_it(app, key, priority), (keys, key)


async def test_a_key_goes_to_whoever_listens(tmp_path: Path) -> None:
    """A digit to the main screen, a letter to nobody, any key to the field that has the focus."""
    meeting(tmp_path / "m")
    async with console(tmp_path / "m") as (app, pilot):
        assert listener(app, Key("8", "8")) is app.screen
        assert listener(app, Key("j", "j")) is None
        await press(pilot, "e")
        assert listener(app, Key("j", "j")) is app.focused
        await press(pilot, "escape", "a")
        assert listener(app, Key("down", None)) is app.focused
