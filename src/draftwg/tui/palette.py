"""The palette: every command that is possible now, found by its name or by what it does."""

from collections.abc import Iterator
from functools import partial

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from draftwg.tui.commands import COMMANDS, Command
from draftwg.tui.frames import WholeModal
from draftwg.tui.screens.reading import ReadingScreen

_SMALL = frozenset(("a", "an", "at", "by", "for", "from", "in", "is", "it", "its", "of", "on", "the", "this", "to"))
"""Words that tell no command from another; a number is that of a unit."""


class Palette(CommandPalette, WholeModal[None]):  # in this order: its looks are those of the first
    """Textual's palette, in whole frames."""


class Commands(Provider):
    """Our commands as the palette takes them."""

    async def discover(self) -> Hits:
        """All that is possible now."""
        for command, name, run in self._possible():
            yield DiscoveryHit(Content(name), run, name, command.help)

    async def search(self, query: str) -> Hits:
        """What answers the query."""
        words = [word for word in query.split() if word.casefold() not in _SMALL and not any(map(str.isdigit, word))]
        matcher = self.matcher(" ".join(words) or query)
        for command, name, run in self._possible():
            score = max(matcher.match(name), matcher.match(command.help) / 2)
            if score > 0:
                yield Hit(score, Content(name), run, name, command.help)

    def _possible(self) -> Iterator[tuple[Command, str, partial[None]]]:
        screen = self.screen
        if isinstance(screen, ReadingScreen):
            for command in COMMANDS:
                if not command.impossible(screen.situation):
                    key = f"  ({command.key})" if command.key else ""
                    name = f"{command.called(screen.situation)}{key}"
                    yield command, name, partial(screen.action_command, command.id)
