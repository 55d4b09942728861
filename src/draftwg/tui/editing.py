"""The way of an edit: begun, kept at every pause, saved as an act, or left and offered again."""

from datetime import datetime
from typing import TYPE_CHECKING

from draftwg.errors import BadInput, DraftwgError
from draftwg.hygiene import one_line
from draftwg.tui.keeping import Keeper
from draftwg.tui.keys import key
from draftwg.tui.task import Task, task_of

if TYPE_CHECKING:
    from draftwg.model.state import State
    from draftwg.repository.journal import Unsaved
    from draftwg.tui.screens.reading import ReadingScreen
    from draftwg.tui.widgets.editor import Editor


class Editing:
    """What is being edited on a screen, at most one thing at a time."""

    def __init__(self, screen: "ReadingScreen") -> None:
        self._screen = screen
        self.keeper: Keeper | None = None
        self.editor: Editor | None = None
        self.saving = False
        self.unsaved: tuple[Unsaved, ...] = ()
        self.half_way = ""
        self._only_here: tuple[Unsaved, ...] = ()  # left while they could not be kept on disk

    async def start(self, keeper: Keeper) -> None:
        """The journal can be read now: find what was left unsaved."""
        self.keeper = keeper
        self.unsaved = await keeper.unsaved()

    def begin(self, task: Task, words: str | None = None, cursor: int | None = None) -> None:
        """Open the editor for this task; an edit of the same kind that was left unsaved is taken up again."""
        kept = next((entry for entry in self.unsaved if _same(entry, task)), None)
        if kept is not None and words is None:
            words, cursor = kept.words, kept.cursor
            self._screen.status(f"The unsaved words of {one_line(kept.at[11:16])} are back.")
        from draftwg.tui.widgets.editor import Editor

        start = task.start if words is None else words
        noun, state = self._screen.noun, self._screen.situation.state
        present = task.present(state) if state is not None else None
        self.saving = False
        self.editor = Editor(task, noun, start, len(start) if cursor is None else cursor, present)
        self._screen.open_editor(self.editor)

    def refresh(self, state: "State") -> None:
        """This is the state now: the editor says where the words have changed under it."""
        if self.editor is not None and self.editor.is_mounted and not self.saving:
            self.editor.show_present(self.editor.task_now.present(state))

    def typed(self) -> None:
        """The words have changed: they will be kept in a moment."""
        if self.editor is not None and self.keeper is not None and not self.saving:
            self.keeper.note(self._entry(self.editor))

    def save(self) -> None:
        """Ask the desk to record the words. On an error the editor stays as it is."""
        editor, state = self.editor, self._screen.situation.state
        if editor is None or state is None or self.saving:
            return
        try:
            request = editor.task_now.request(editor.words_now, state)
        except DraftwgError as error:
            self._screen.trouble(error)
            return
        self.saving = True
        self._screen.do(request, self._saved, self._refused)

    def leave(self) -> None:
        """Close the editor. Words that were changed are kept and offered again."""
        editor = self.editor
        if editor is None or self.saving:
            return
        if editor.changed:
            entry = self._entry(editor)
            if self.keeper is not None:
                self.keeper.note(entry)
            self._screen.run_worker(self._kept(entry), group="journal")
            self._screen.status(f"Kept unsaved: {_what(entry)}. {key('resume')} takes it up again.")
        else:
            self._drop(editor)
            self._screen.status("Nothing was changed.")
        self._close()

    def resume(self) -> None:
        """Take up the newest unsaved edit."""
        state = self._screen.situation.state
        if not self.unsaved or state is None:
            return
        entry = self.unsaved[0]
        try:
            task = task_of(entry, state)
            if not self._screen.go_to_unit(entry.unit, entry.text):
                raise BadInput(f"Unit {entry.label} is no longer in the text.", f"{key('discard')} discards the edit.")
        except DraftwgError as error:
            self._screen.trouble(error)
            return
        self.begin(task, entry.words, entry.cursor)

    def discard(self) -> None:
        """Give up the newest unsaved edit, when it is asked for twice."""
        if self.unsaved and self.keeper is not None:
            entry, *rest = self.unsaved
            question = one_line(f"{key('discard')} again discards the words of {entry.by} on {entry.label} for good")
            if not self._screen.twice.confirmed(f"discard {entry}", question):
                return
            self.keeper.drop(entry)
            self.unsaved = tuple(rest)
            self._only_here = tuple(one for one in self._only_here if one != entry)
            self._screen.status(f"Discarded: {_what(entry)}.")
            self._screen.update_situation()

    async def put_away(self) -> str:
        """The console is being left: keep everything typed. Why some of it is not on disk when this returns, or ""."""
        if self.keeper is None:
            return ""
        self._note_half_way(self.keeper)
        for entry in self._only_here:
            await self.keeper.flush()  # one edit waits at a time
            self.keeper.note(entry)
        await self.keeper.flush()
        return self.keeper.trouble

    def put_away_now(self) -> None:
        """The same for a program that is being ended by a signal."""
        if self.keeper is not None:
            self._note_half_way(self.keeper)
            self.keeper.flush_now()

    def farewell(self) -> str:
        """What to say when the console has been left half way through an edit whose words are on disk; else ""."""
        if not self.half_way or (self.keeper is not None and self.keeper.trouble):
            return ""
        return f"the unsaved words on {self.half_way} are kept; open the console again to go on."

    def _note_half_way(self, keeper: Keeper) -> None:
        self.half_way = ""
        if self.editor is not None and self.editor.changed and not self.saving:
            keeper.note(self._entry(self.editor))
            self.half_way = one_line(f"{self._screen.noun} {self.editor.task_now.label}")

    def offer(self) -> str:
        """What the bar says of unsaved edits, and of words that are not kept while they are typed; "" if there is
        nothing to say."""
        if self.editor is not None:
            trouble = self.keeper.trouble if self.keeper is not None else ""
            return f"Not being kept on disk: {one_line(trouble)}; save, or copy the words" if trouble else ""
        if not self.unsaved:
            return ""
        entry = self.unsaved[0]
        more = f" (and {len(self.unsaved) - 1} more)" if len(self.unsaved) > 1 else ""
        keys = f"{key('resume')} resumes it · {key('discard')} discards it"
        where = "Unsaved, and not on disk" if entry in self._only_here else "Unsaved"
        return f"{where}: {_what(entry)}, {one_line(entry.at[11:16])}{more} · {keys}"

    def _entry(self, editor: "Editor") -> "Unsaved":
        at = datetime.now().astimezone().isoformat(timespec="seconds")
        return editor.task_now.unsaved(editor.words_now, editor.cursor, at)

    def _saved(self) -> None:
        if self.editor is not None:
            self._drop(self.editor)
            self._close()

    def _refused(self) -> None:
        self.saving = False
        if self.editor is not None:
            self.editor.area.focus()

    def _drop(self, editor: "Editor") -> None:
        if self.keeper is not None:
            self.keeper.drop(self._entry(editor))
        self.unsaved = tuple(entry for entry in self.unsaved if not _same(entry, editor.task_now))
        self._only_here = tuple(entry for entry in self._only_here if not _same(entry, editor.task_now))

    def _close(self) -> None:
        self.editor = None
        self.saving = False
        self._screen.close_editor()

    async def _kept(self, entry: "Unsaved") -> None:
        if self.keeper is None:
            return
        await self.keeper.flush()
        others = tuple(one for one in self._only_here if not _same_edit(one, entry))
        self._only_here = (entry, *others) if self.keeper.trouble else others
        on_disk = await self.keeper.unsaved()
        newest = [one for one in on_disk if not any(_same_edit(one, other) for other in self._only_here)]
        self.unsaved = (*self._only_here, *newest)
        if self.keeper.trouble:
            self._screen.warn(
                f"The unsaved words are not on disk: {self.keeper.trouble}. {key('resume')} takes them up again."
            )
        self._screen.update_situation()


_WHAT = {
    "new": "new unit after", "alt": "alternative to", "edit": "editorial change in", "revise": "revision on",
    "amends": "sub-amendment on", "consequential_to": "consequential change in", "split": "split of",
    "merger": "merger into", "merge": "common wording on", "request_reopening": "request to reopen",
}  # fmt: skip


def _same(entry: "Unsaved", task: Task) -> bool:
    return (entry.text, entry.unit, entry.purpose, entry.amendment, entry.by) == (
        task.text, task.unit, task.purpose.value, task.amendment, task.who
    )  # fmt: skip


def _same_edit(one: "Unsaved", other: "Unsaved") -> bool:
    return (one.text, one.unit, one.purpose, one.amendment, one.by) == (
        other.text, other.unit, other.purpose, other.amendment, other.by
    )  # fmt: skip


def _what(entry: "Unsaved") -> str:
    where = _WHAT.get(entry.purpose, "edit on")
    return one_line(f"{where} {entry.label} by {entry.by}")
