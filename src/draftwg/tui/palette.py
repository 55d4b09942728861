"""The palette: every command that is possible now, found by its name or by what it does."""

from collections.abc import Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from draftwg.tui.commands import COMMANDS, Command
from draftwg.tui.screens.reading import ReadingScreen

_SMALL = frozenset(("a", "an", "at", "by", "for", "from", "in", "is", "it", "its", "of", "on", "the", "this", "to"))
"""Words that tell no command from another; a number is that of a unit."""


class Commands(Provider):
    """Our commands as the palette takes them."""

    async def discover(self) -> Hits:
        """All that is possible now, with few words for each, so that many are seen."""
        for command, name, run in self._possible():
            yield DiscoveryHit(Content(name), run, name, self._brief(command))

    async def search(self, query: str) -> Hits:
        """What answers the query."""
        words = [word for word in query.split() if word.casefold() not in _SMALL and not any(map(str.isdigit, word))]
        matcher = self.matcher(" ".join(words) or query)
        for command, name, run in self._possible():
            score = max(matcher.match(name), matcher.match(command.help) / 2)
            if score > 0:
                yield Hit(score, Content(name), run, name, command.help)

    def _brief(self, command: Command) -> str:
        screen = self.screen
        return (command.brief(screen.situation) if isinstance(screen, ReadingScreen) else "") or command.help

    def _possible(self) -> Iterator[tuple[Command, str, partial[None]]]:
        screen = self.screen
        if isinstance(screen, ReadingScreen):
            for command in COMMANDS:
                if not command.impossible(screen.situation):
                    key = f"  ({command.key})" if command.key else ""
                    name = f"{command.called(screen.situation)}{key}"
                    yield command, name, partial(screen.action_command, command.id)
