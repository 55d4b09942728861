"""Searching the whole meeting while one types: texts, gone words, amendments, versions, acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from draftwg.desk.searching import SHOWN, Finder, Found, Group, Hit
from draftwg.hygiene import one_line
from draftwg.redline.finding import level
from draftwg.tui.screens.chairing import ChairScreen, Place, open_chair
from draftwg.tui.widgets.inorder import EarlyLetters, LineField
from draftwg.tui.widgets.rowlist import Line, RowList

if TYPE_CHECKING:
    from draftwg.desk import Desk
    from draftwg.desk.chronicle import Told
    from draftwg.tui.screens.reading import ReadingScreen

Row = str | Hit
_NAME = 9
_BEFORE = 24  # characters of context before what was found


class FoundList(RowList[Row]):
    """Headings of groups, and what was found in each, with the words around the place."""

    words = ""

    def choosable(self, item: Row) -> bool:
        """The cursor passes over headings."""
        return not isinstance(item, str)

    def draw(self, item: Row, width: int) -> list[Line]:
        """What it is, the words around the place, what else is to be said."""
        if isinstance(item, str):
            return [[(one_line(item), "strong")]]
        text, remark = one_line(item.words), one_line(item.remark)
        name = one_line(item.name).ljust(_NAME)
        line: Line = [(f"  {name} ", "strong")]
        room = max(20, width - len(name) - len(remark) - 6)
        plain = level(text)
        start = plain.find(self.words) if self.words and len(plain) == len(text) else -1
        if start < 0:
            line.append((_cut(text, room), ""))
        else:
            first = max(0, start - _BEFORE) if len(text) > room else 0
            end = start + len(self.words)
            line += [
                (("…" if first else "") + text[first:start], ""),
                (text[start:end], "accent"),
                (_cut(text[end:], max(0, room - end + first)), ""),
            ]
        return [[*line, (f"   {remark}" if remark else "", "quiet")]]


class SearchScreen(EarlyLetters, ChairScreen):
    """Search while typing. Enter goes there; F3 goes on to the next unit afterwards."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", "Go there", id="search.go"),
        Binding("down", "move(1)", "Down", show=False, id="search.down"),
        Binding("up", "move(-1)", "Up", show=False, id="search.up"),
        Binding("tab", "group(1)", "Next group", id="search.group"),
        Binding("shift+tab", "group(-1)", "Before", show=False, id="search.group_back"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="search.page_down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="search.page_up"),
        Binding("ctrl+home", "end(-1)", "First", show=False, id="search.first"),
        Binding("ctrl+end", "end(1)", "Last", show=False, id="search.last"),
    ]
    MOVING = (
        ("up,down,pageup,pagedown", "move in what was found"),
        ("ctrl+home,ctrl+end", "to the first, to the last"),
        ("tab,shift+tab", "to the next group, to the one before"),
        ("f3,shift+f3", "afterwards, in the console: to the next unit, to the one before"),
    )
    AUTO_FOCUS = "#finder-input"

    def __init__(self, console: ReadingScreen, words: str = "") -> None:
        super().__init__(console)
        self._words = words
        self._finder: Finder | None = None
        self._found = Found((), {})

    def body(self) -> ComposeResult:
        """Field and list."""
        hint = "words, label, number of an amendment, delegation, symbol"
        field = LineField(self._words, placeholder=hint, id="finder-input")
        field.cursor_blink = False
        yield field
        yield FoundList(id="finder-list")

    def show_state(self) -> None:
        """Make the meeting ready on the desk's thread: the state first, then the acts, which take longer."""
        self.title_is("Search", self.state.title)
        self._list.can_focus = False
        self._look()

        def ready(finder: Finder) -> None:
            self._finder = finder
            self._look()
            self.ask_desk(told, lambda acts: learn(finder, acts))

        def told(desk: Desk) -> list[Told]:
            return desk.chronicle.of(desk.log)[:]

        def learn(finder: Finder, acts: list[Told]) -> None:
            finder.learn(acts)
            self._look()

        self.ask_desk(lambda desk: Finder(desk.state), ready)

    @property
    def _list(self) -> FoundList:
        return self.query_one(FoundList)

    @on(Input.Changed)
    def _look(self) -> None:
        words, listed, finder = self.query_one(Input).value.strip(), self._list, self._finder
        if finder is None:
            self.tell("The meeting is being read …")
            return
        self._found = found = finder.find(words)
        rows: list[Row] = []
        for group, count in found.counts.items():
            hits = found.of(group)
            more = f", the first {SHOWN} of them here" if count > len(hits) else ""
            rows += [f"{group} · {count}{more}", *hits]
        listed.words = level(words)
        listed.show(rows)
        told = " · ".join(f"{group}: {count}" for group, count in found.counts.items()) or "Nothing was found."
        self.tell(
            (told if words else "Type what to look for.") + ("" if finder.whole else "  The record is being read …")
        )

    @on(Input.Submitted)
    @on(RowList.Chosen)
    def action_go(self) -> None:
        """To what is under the cursor: in the console, or, for a version, compared with the text as it stands."""
        self._look_if_new()
        chosen = self._list.chosen
        if not isinstance(chosen, Hit):
            return
        if chosen.version:
            from draftwg.tui.screens.compare import CompareScreen

            self.open(CompareScreen(self.console, old=chosen.version))
        elif not chosen.unit:
            self.tell("This act concerns no single unit: there is no place to go to.")
        else:
            asking = self.console.ask
            places = (hit.unit for group in (Group.TEXT, Group.AMENDMENTS) for hit in self._found.of(group))
            here = dict.fromkeys(unit for unit in places if unit and self.text.unit(unit))
            asking.searched = self.query_one(Input).value.strip()
            asking.matches = tuple(sorted(here, key=self.text.place))
            self.leave(Place(chosen.unit, chosen.text, chosen.amendment))
            if len(asking.matches) > 1:
                told = f"{len(asking.matches)} {self.text.noun}s have “{asking.searched}”. F3 goes to the next one."
                self.console.status(told)
            self.console.update_situation()

    def _look_if_new(self) -> None:
        """Letters may have come just before Enter."""
        if level(self.query_one(Input).value.strip()) != self._list.words:
            self._look()

    def action_move(self, step: int) -> None:
        """In the list, while the field has the keys."""
        self._list.action_move(step)

    def action_page(self, step: int) -> None:
        """A page in the list."""
        self._list.action_page(step)

    def action_end(self, step: int) -> None:
        """To the first or last of the list."""
        self._list.action_end(step)

    def action_group(self, step: int) -> None:
        """To the first of the next group, or of the one before."""
        listed = self._list
        heads = [place for place, row in enumerate(listed.rows) if isinstance(row, str)]
        own = max((head for head in heads if head < listed.cursor), default=0)
        if heads:
            listed.go(heads[(heads.index(own) + step) % len(heads)] + 1)


def open_search(console: ReadingScreen) -> None:
    """Open the search over the console, with the words that were looked for last."""
    open_chair(console, SearchScreen(console, console.ask.searched))


def _cut(words: str, width: int) -> str:
    return words if len(words) <= width else words[: max(0, width - 1)] + "…"
