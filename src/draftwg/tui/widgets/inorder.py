"""Fields whose keys act in the order in which they came."""

from textual import events
from textual.widget import Widget


class KeysInOrder:
    """A field that does its own keys at once; to be named before the widget that it is to be.

    Textual puts a letter in as soon as the field gets it, but sends Backspace, arrows and all other bound keys up
    through the screen first: letters typed meanwhile overtake them, and the words are silently wrong.
    """

    async def _on_key(self: Widget, event: events.Key) -> None:  # type: ignore[misc]
        bindings = self._bindings.key_to_bindings.get(event.key)
        if bindings:
            event.stop()
            event.prevent_default()  # the field's own handler for letters must not see it as well
            await self.app.run_action(bindings[0].action, default_namespace=self)
