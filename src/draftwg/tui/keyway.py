"""The way of a key: who has a say in it, and what it is bound to.

Textual hands each key to what has the focus, from there to everything around it in turn, each in a turn of its own, and
looks at the end for what it is bound to in a copy of all bindings. Here a key goes straight to the first that listens
to keys at all, and only its own bindings are looked up.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from textual.dom import DOMNode
from textual.events import Key
from textual.keys import key_to_character
from textual.widget import Widget

from draftwg.tui.screens.going import GoingScreen

if TYPE_CHECKING:
    from textual.app import App
    from textual.binding import Binding


def listener(app: App[None], event: Key) -> Widget | None:
    """The first widget from the focus outwards that does something with keys itself; None where there is none."""
    for node in (app.focused or app.screen).ancestors_with_self:
        if isinstance(node, GoingScreen):  # only what may be a label
            if node.hears(event):
                return node
        elif isinstance(node, Widget) and _listens(type(node), event):
            return node
    return None


def bound(app: App[None], key: str, priority: bool) -> list[tuple[DOMNode, Binding]]:
    """What this key is bound to and where, in the order in which it is to be tried: from the focus outwards as far as
    the present dialog; or, with `priority`, what comes before everything else, from the application inwards."""
    focused = app.focused
    nodes = [app.screen, app] if focused is None or focused.loading else focused.ancestors_with_self
    character = key_to_character(key)
    found: list[list[tuple[DOMNode, Binding]]] = []
    for node in nodes:
        found.append([(node, one) for one in node._bindings.key_to_bindings.get(key, ()) if one.priority == priority])
        if node.check_consume_key(key, character) or (node.is_modal and not priority):
            break
    return [one for ones in (reversed(found) if priority else found) for one in ones]


def _listens(kind: type[Widget], event: Key) -> bool:
    """Whether widgets of this kind have a handler for this key, apart from Textual's for all widgets."""
    names = (f"{name}{alias}" for alias in event.name_aliases for name in ("key_", "_key_"))
    return _listens_to_all(kind) or any(hasattr(kind, name) for name in names)


@lru_cache(maxsize=256)
def _listens_to_all(kind: type[Widget]) -> bool:
    own = [vars(one) for one in kind.__mro__ if one is not Widget]
    return any("on_key" in one or "_on_key" in one or Key in one.get("_decorated_handlers", ()) for one in own)
