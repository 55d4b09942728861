"""Any two versions, snapshots or times of the text, side by side or in one column, with who proposed each change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from draftwg.desk.outputs import render, version_redline, write_output
from draftwg.desk.versions import NOW, ORIGINAL, points
from draftwg.errors import DraftwgError
from draftwg.hygiene import one_line
from draftwg.model.symbols import parse_symbol
from draftwg.tui.keys import shown
from draftwg.tui.screens.chairing import ChairScreen, Place
from draftwg.tui.widgets.keybar import KeyBar, KeyHint
from draftwg.tui.widgets.pairs import LEAST, Block, Pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from draftwg.desk import Desk
    from draftwg.formats.redlines import Redline, RedlineUnit
    from draftwg.model.text import Unit
    from draftwg.tui.screens.reading import ReadingScreen


class CompareScreen(ChairScreen):
    """The text between two points of its life; with `unit` (its id), that one only, until `u` shows all; from
    `old` on, or the version issued last."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "choose_old", "From", id="compare.old"),
        Binding("2", "choose_new", "To", id="compare.new"),
        Binding("n", "change(1)", "Next change", id="compare.next"),
        Binding("enter", "go", "Go there", id="compare.go"),
        Binding("s,tab", "beside", "Side by side", tooltip="Two columns, or one", id="compare.beside"),
        Binding("w", "save", "Save HTML", id="compare.save"),
        Binding("c", "changes", "Changes only", tooltip="Only the units that changed, or all", id="compare.changes"),
        Binding("u", "unit", "One or all", tooltip="Only this unit, or all", id="compare.unit"),
        Binding("p", "change(-1)", "Before", tooltip="Change before", id="compare.previous"),
    ]
    MOVING = (
        ("up,down,j,k", "a line up or down"),
        ("pageup,pagedown,space", "a page up or down"),
        ("home,end,g,G", "to the beginning, to the end"),
    )
    AUTO_FOCUS = "#pairs"

    def __init__(self, console: ReadingScreen, unit: str = "", old: str = "") -> None:
        super().__init__(console)
        self._unit = unit
        self._only: str = unit
        self._changes = not unit
        issued = [version.symbol for version in self.state.versions if version.text.name == console.text_name]
        since = issued[-1:] if not issued or self._changed_since(issued[-1]) else [*issued[-2:-1], ORIGINAL][:1]
        self._old, self._new = old or (since[0] if since and not unit else ORIGINAL), NOW
        self._redline: Redline | None = None
        self._beside = True

    def _changed_since(self, symbol: str) -> bool:
        """Whether the text has changed since this version was issued: just after the issue, one wants to see what it
        brought."""
        version = next(one for one in reversed(self.state.versions) if one.symbol == symbol)
        return version.digest != self.text.digest

    def body(self) -> ComposeResult:
        """The two wordings."""
        yield Pairs(id="pairs")

    def show_state(self) -> None:
        """Ask the desk for the redline; it is made on its thread."""
        if self._redline is None:
            self.title_is(f"Comparing {self._old} with {self._new}")
            self.tell("Comparing …")
        elif NOW not in (self._old, self._new):
            return  # what was is as it was
        self._compare(self._old, self._new)

    def _compare(self, old: str, new: str) -> None:
        name = self.text.name

        def compare(desk: Desk) -> Redline | str:
            try:
                return version_redline(desk, old, new, name)
            except DraftwgError as error:
                return str(error)

        def show(answer: Redline | str) -> None:
            if isinstance(answer, str):
                self.tell(answer)
                return
            self._old, self._new, self._redline = old, new, answer
            self._show(self._pairs.current)

        self.ask_desk(compare, show)

    @property
    def _pairs(self) -> Pairs:
        return self.query_one("#pairs", Pairs)

    def _show(self, current: int = 0) -> None:
        made = self._redline
        if made is None:
            return
        only = self.text.unit(self._only) if self._only else None
        labels = {only.label, only.drafted} - {""} if only else set[str]()
        blocks = list(self._blocks(made, labels))
        self._pairs.beside = self._beside
        self._pairs.show(blocks, current if current < len(blocks) else 0)
        if not blocks or blocks[self._pairs.current].unit is None:
            self._pairs.go_to_next(1, lambda block: block.unit is not None)
        short = f"{made.counts.changed} of {made.counts.units} changed"
        self.title_is(f"{self._old} → {self._new}", made.summary, short)
        self._tell_place()
        self._show_keys()

    def _blocks(self, made: Redline, labels: set[str]) -> Iterator[Block]:
        for section, units in made.shown(only_changes=self._changes):
            kept = [unit for unit in units if not labels or unit.label in labels]
            if section.heading and (kept or not labels):
                yield Block(section.heading)
            for unit in kept:
                yield Block(unit.heading or unit.label, unit, _credits(made, unit))

    def _hints(self) -> Iterator[KeyHint]:
        """What each key would do now, not what is so."""
        beside = self.is_mounted and self._beside and self._pairs.has_room
        would = {
            "beside": "One column" if beside else "Side by side",
            "changes": f"All {self.text.noun}s" if self._changes else "Changes only",
            "unit": f"All {self.text.noun}s" if self._only else f"This {self.text.noun}",
        }
        for hint in super()._hints():
            yield hint._replace(name=would.get(hint.command, hint.name))

    def _show_keys(self) -> None:
        self.query_one("#keys", KeyBar).show(tuple(self._hints()))

    def on_resize(self) -> None:
        """There may be room for two columns now."""
        self.call_after_refresh(self._show_keys)

    def on_pairs_moved(self) -> None:
        """Another unit."""
        self._tell_place()

    def _tell_place(self) -> None:
        pairs, made = self._pairs, self._redline
        if made is None:
            return
        if not any(block.unit for block in pairs.blocks):
            shown_too = any(hint.command == "changes" for hint in self._hints())
            more = f" {shown('c')} shows the unchanged ones as well." if self._changes and shown_too else ""
            self.tell(f"{made.summary}{more}")
            return
        changed = [place for place, block in enumerate(pairs.blocks) if block.changed]
        at = sum(place <= pairs.current for place in changed)
        how = "side by side" if self._beside and pairs.has_room else "in one column"
        what = "one unit" if self._only else "changes only" if self._changes else "the whole text"
        heading = one_line(pairs.blocks[pairs.current].heading)
        said = f"{heading} · change {at} of {len(changed)} · {how}, {what}"
        if pairs.size.width >= LEAST:
            said += f" · from {made.old} to {made.new}"
        self.tell(said)

    def action_end(self, step: int) -> None:
        """To the beginning or the end."""
        self._pairs.action_jump(step)

    def action_change(self, step: int) -> None:
        """To the next change, or the one before."""
        if not self._pairs.go_to_next(step, lambda block: block.changed):
            self.tell("That is the last change." if step > 0 else "That is the first change.")

    def action_beside(self) -> None:
        """Side by side, or in one column."""
        if not self._pairs.has_room:
            self.tell(f"Two columns need {LEAST} cells: the terminal has {self._pairs.size.width}.")
            return
        self._beside = not self._beside
        self._pairs.set_beside(self._beside)
        self._show_keys()

    def action_changes(self) -> None:
        """Only what changed, or the whole text."""
        self._changes = not self._changes
        self._show()

    def action_unit(self) -> None:
        """One unit, or all."""
        present = self._present
        self._only = "" if self._only else present.id if present else self._unit
        self._show()

    @property
    def _present(self) -> Unit | None:
        blocks, current = self._pairs.blocks, self._pairs.current
        unit = blocks[current].unit if current < len(blocks) else None
        return self.text.labelled(unit.label) if unit else None

    def action_go(self) -> None:
        """To the unit, in the console."""
        unit = self._present
        if unit is not None:
            self.leave(Place(unit.id, self.text.name))

    def action_choose_old(self) -> None:
        """What to compare from."""
        self._choose("Compare from", lambda name: self._compare(name, self._new))

    def action_choose_new(self) -> None:
        """What to compare with."""
        self._choose("Compare with", lambda name: self._compare(self._old, name))

    def _choose(self, question: str, then: Callable[[str], None]) -> None:
        from draftwg.tui.screens.points import PointScreen

        listed = points(self.state, self.text)
        self.app.push_screen(PointScreen(question, listed), lambda name: then(name) if name else None)

    def action_save(self) -> None:
        """Save the redline as a page, beside nothing that is there already."""
        made = self._redline
        if made is None:
            return
        place = free_name(Path.cwd(), f"redline {_plain(self._old)} to {_plain(self._new)}", ".html")

        def save(_: Desk) -> str:
            write_output(place, render(made, "html"))
            return f"The redline is in {place}."

        self.ask_desk(save, self.tell)


def free_name(folder: Path, stem: str, ending: str) -> Path:
    """A file in `folder` that does not exist yet: the name, or with the first number that is free."""
    name = folder / f"{stem}{ending}"
    count = 1
    while name.exists():
        count += 1
        name = folder / f"{stem} ({count}){ending}"
    return name


def _plain(name: str) -> str:
    """A version's name as a part of the name of a file."""
    try:
        return parse_symbol(name).tag.replace("/", "-")
    except DraftwgError:
        kept = "".join(letter if letter.isalnum() or letter in " .-" else "-" for letter in one_line(name))
        return kept.strip(" .-")[:60] or "text"


def _credits(made: Redline, unit: RedlineUnit) -> str:
    """Who proposed the changes of a unit, in one line."""
    keys = dict.fromkeys(piece.credit for piece in unit.pieces if piece.op != "=" and piece.credit)
    told = []
    for key in keys:
        one = made.credits.get(key)
        if one is not None:
            told.append(one_line(one.label + (f" ({one.reading})" if one.reading else "")))
    return " · ".join(told)
