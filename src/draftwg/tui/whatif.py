"""What would come of accepting the chosen amendment, in the place of the unit, on the officer's screen only.

It takes no keys of its own: those of the console go on working, and it follows the chosen amendment.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from draftwg.errors import DraftwgError
from draftwg.hygiene import one_line, visible
from draftwg.tui.drawing import redline
from draftwg.tui.keys import key
from draftwg.tui.widgets.page import Page

if TYPE_CHECKING:
    from draftwg.desk.whatif import Change, Outlook, Touched
    from draftwg.model.state import State
    from draftwg.tui.deskthread import DeskThread
    from draftwg.tui.screens.reading import ReadingScreen

_HEAD = "bold $accent"


class WhatIf:
    """The panel: `shown` while it is on the screen."""

    def __init__(self, screen: ReadingScreen, desk: DeskThread) -> None:
        self._screen = screen
        self._desk = desk
        self._about: tuple[str, State | None] = ("", None)
        self.shown = False

    def ask(self) -> None:
        """Show it for the chosen amendment; once more takes it away."""
        if self.shown:
            self.leave()
            return
        self.shown = True
        self._about = ("", None)
        panel = Vertical(Static(id="what-if-head"), Page(id="what-if-page", measure=84), id="what-if")
        self._screen.query_one("#unit").display = False
        self._screen.query_one("#middle").mount(panel)
        self._screen.call_after_refresh(self.follow)
        self._screen.update_situation()

    def leave(self) -> None:
        """The unit again."""
        if not self.shown:
            return
        self.shown = False
        inside = self._screen.focused is not None and self._screen.focused.id == "what-if-page"
        self._screen.query("#what-if").remove()
        self._screen.query_one("#unit").display = True
        if inside:
            self._screen.amendments.focus()
        self._screen.update_situation()

    def follow(self) -> None:
        """Another amendment may have been chosen, or the state be another one."""
        if not self.shown:
            return
        now = self._screen.situation
        if now.amendment is None or now.amendment.state.ended:
            self.leave()
        elif self._about != (now.amendment.id, now.state):
            self._about = (now.amendment.id, now.state)
            fill = partial(self._fill, now.amendment.number)
            self._screen.run_worker(fill, group="what-if", exclusive=True)  # type: ignore[arg-type]

    async def _fill(self, number: str) -> None:
        from draftwg.desk.whatif import what_if

        try:
            outlook = await self._desk.call(lambda desk: what_if(desk.log, number))
        except DraftwgError as error:
            self._screen.trouble(error)
            self.leave()
            return
        if self.shown and self._screen.query("#what-if-page"):
            self._screen.query_one("#what-if-head", Static).update(head(outlook))
            self._screen.query_one("#what-if-page", Page).show(page(outlook, self._screen.noun))


def head(outlook: Outlook) -> Content:
    """Of what the panel tells, and whether it can come true now."""
    one = outlook.amendment
    parts: list[tuple[str, str]] = [
        (f"If {one_line(one.number)} of {one_line(one.by)} is accepted", "bold $accent"),
        ("   seen on this screen only\n", "$muted"),
    ]
    if outlook.hindrance:
        parts.append((f"! It cannot be accepted now: {visible(one_line(outlook.hindrance))}", "$bad bold"))
    else:
        parts.append((f"✓ It can be accepted now: {key('accept')} does, {key('back')} leaves", "$good"))
    return Content.assemble(*parts)


def page(outlook: Outlook, noun: str) -> Content:
    """The text as it would be, what would fall or lapse, what comes before and after, what else it touches."""
    parts: list[Content | tuple[str, str]] = []
    for change in outlook.changes:
        parts += [(f"{_title(change, noun)}\n", _HEAD), *_words(change), ("\n\n", "")]
    if not outlook.changes:
        parts.append(("It says nothing that could be put into the text as it stands.\n\n", ""))
    elif not outlook.fall:
        parts.append(("Nothing would fall.\n\n", "$good"))
    parts += _list("Would fall, if the Chair confirms it", "$bad", outlook.fall)
    parts += _list("Would lapse", "$bad", outlook.lapse)
    for title, others in (("Decided before it", outlook.first), ("To be decided after it", outlook.then)):
        if others:
            parts.append((f"{title}\n", _HEAD))
            for one in others:
                parts.append((f"  {one_line(one.number)} {one_line(one.by)}: ", "bold"))
                parts.append((f"{visible(one_line(one.said))}\n", ""))
            parts.append(("\n", ""))
    parts += _list("Could still be put", "", outlook.apply)
    if outlook.remarks:
        parts.append(("Worth a look\n", _HEAD))
        parts += [(f"  {visible(one_line(line))}\n", "$warn") for line in outlook.remarks]
    return Content.assemble(*parts)


def _title(change: Change, noun: str) -> str:
    label = one_line(change.label)
    label = f"{noun.capitalize()} {label}" if label[:1].isdigit() else label[:1].upper() + label[1:]
    return f"{label} {one_line(change.note)}" if change.note else f"{label} would read"


def _words(change: Change) -> list[Content | tuple[str, str]]:
    from draftwg.redline.compare import compare

    return [redline(compare(change.before, change.after))]


def _list(title: str, look: str, touched: tuple[Touched, ...]) -> list[Content | tuple[str, str]]:
    if not touched:
        return []
    parts: list[Content | tuple[str, str]] = [(f"{title}\n", _HEAD)]
    for one in touched:
        parts.append((f"  {one_line(one.amendment.number)} {one_line(one.amendment.by)}: ", f"bold {look}".strip()))
        parts.append((f"{visible(one_line(one.told))}\n", ""))
    return [*parts, ("\n", "")]
