"""Fields whose keys act in the order in which they came."""

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Input

_SCROLLING = ("scroll_up", "scroll_down", "page_up", "page_down")
"""What a field for one line inherits and has no use for: its screen moves in a list by these keys."""


class KeysInOrder:
    """A field that does its own keys, and those of its screen, at once; to be named before the widget that it is to be.

    Textual puts a letter in as soon as the field gets it, but sends Backspace, arrows and all other bound keys up
    through the screen first: letters typed meanwhile overtake them, and the words are silently wrong.
    """

    async def _on_key(self: Widget, event: events.Key) -> None:  # type: ignore[misc]
        now = self.app.focused
        if now is not self and isinstance(now, KeysInOrder):  # a key before this one went on to another field
            event.stop()
            event.prevent_default()
            now._forward_event(events.Key(event.key, event.character))
            return
        for owner in (self,) if event.is_printable else (self, self.screen):
            bindings = owner._bindings.key_to_bindings.get(event.key)
            if bindings and not (owner is self and bindings[0].action in _SCROLLING):
                event.stop()
                event.prevent_default()  # the field's own handler for letters must not see it as well
                await self.app.run_action(bindings[0].action, default_namespace=owner)
                return


class LineField(KeysInOrder, Input):
    """A field for one line. It stays as wide as it is whatever is in it: no letter lays the screen out anew."""

    virtual_size = Reactive(Size(0, 0))


class EarlyLetters:
    """A screen whose one field also gets the letters typed before it was there; to be named before the screen."""

    def on_key(self: Widget, event: events.Key) -> None:  # type: ignore[misc]
        """Letters go into the field."""
        field = self.query_one(Input)
        if event.is_printable and event.character and not field.has_focus:
            field.insert_text_at_cursor(event.character)
            event.stop()
