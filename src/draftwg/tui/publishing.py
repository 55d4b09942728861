"""What the console lets the room see, and what it says of it: told to the projections on a thread of its own, the
latest only, so that no key ever waits for it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass, replace
from threading import Condition, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING

from draftwg.hygiene import one_line
from draftwg.tui.keys import in_words, key, keys_of
from draftwg.tui.keys import shown as written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from draftwg.desk.room import Drafting, Presence, RoomFile, Showing
    from draftwg.tui.screens.reading import ReadingScreen

COALESCED = 0.02
"""Seconds from a key until the room is told of it: the frame at the console has the processor first, and of what comes
in between the latest is told."""
LONG = 20_000
"""Characters beyond which words being typed are not told at every key."""
_LOOK = 0.4  # seconds between two looks at who watches, and at another console


@dataclass(frozen=True, slots=True)
class Around:
    """What is seen of the others: how many projections run and what troubles one of them ("" = none), what another
    console that leads shows (None where this one leads), why the file cannot be written ("" where it can), and how
    far the room can be scrolled back and on (None where no projection says).
    """

    projections: int = 0
    trouble: str = ""
    leading: Showing | None = None
    refused: str = ""
    least: int | None = None
    most: int | None = None


class Publishing:
    """What the room sees of one console. Until `start` everything is remembered for then, and nothing is told."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._line: _Line | None = None
        self._shown: Showing | None = None
        self._seen: tuple[str, str, str] | None = None
        self._later: asyncio.TimerHandle | None = None
        self._waits: asyncio.TimerHandle | None = None

    def start(self, gitdir: Path) -> None:
        """The record has been read: take up what the room saw last, as after a crash, and tell from now on."""
        from draftwg.desk.room import Presence, RoomFile, Showing, showing_of

        loop, context = asyncio.get_running_loop(), copy_context()

        def told() -> None:
            with suppress(RuntimeError):  # the loop may have been closed meanwhile
                loop.call_soon_threadsafe(self._screen.show_room, context=context)

        file = RoomFile(gitdir)
        found = None
        with suppress(OSError):
            found = file.read()
        self._line = _Line(file, Presence(gitdir), told)
        self._line.look()
        self._shown = replace(showing_of(found), drafting=None) if found else None
        if self._shown is None:
            self._shown = Showing()
        elif not self._line.around.leading:
            if self._screen.go_to_unit(self._shown.unit, self._shown.text):  # the officer begins where the room is
                self._screen.show_unit(self._shown.amendment)
            self._seen = self._here()  # if the unit is no longer there: until the officer goes somewhere
            self._line.publish(self._shown)
        self._line.start()
        self.follow()

    def follow(self) -> None:
        """The officer may have gone somewhere, or typed: the room goes along, unless it stays or is frozen."""
        line, shown = self._line, self._shown
        if line is None or shown is None or line.around.leading is not None or self._waits is not None:
            return
        here = self._here()
        if here is None:
            return
        drafting = self._drafting()
        if here == self._seen and drafting is None and shown.drafting is None:
            return
        self._seen = here
        text, unit, amendment = here
        elsewhere = (text, unit) != (shown.text, shown.unit)
        if shown.frozen or (shown.pinned and elsewhere):
            now = replace(shown, drafting=None, away=bool(shown.frozen) and elsewhere)
        else:
            scroll = 0 if elsewhere else shown.scroll
            now = replace(shown, text=text, unit=unit, amendment=amendment, drafting=drafting, scroll=scroll)
        self._tell(now)

    def wait(self, seconds: float) -> None:
        """The officer is half way to somewhere: the room stays for so long, or until `go_on`."""
        if self._waits is not None:
            self._waits.cancel()
        self._waits = asyncio.get_running_loop().call_later(seconds, self.go_on)

    def go_on(self) -> None:
        """The officer has arrived."""
        if self._waits is not None:
            self._waits.cancel()
            self._waits = None
            if self._screen.outline.chosen is self._screen.situation.row:  # else the cursor's move is still on its way
                self.follow()

    def typed(self) -> None:
        """Words were typed: the room sees them at once; words so long that no screen holds them, a little later."""
        editor = self._screen.editing.editor
        if editor is None or len(editor.words_now) <= LONG:
            self.follow()
        elif self._later is None:
            self._later = asyncio.get_running_loop().call_later(_LOOK, self._typed_long)

    def _typed_long(self) -> None:
        self._later = None
        self.follow()

    # --- the officer's keys for the room --------------------------------------------------------------------------

    def freeze(self) -> str:
        """Freeze what the room sees, or release it; what to say of it."""
        shown = self._taken()
        if shown.frozen:
            self._seen = None
            self._tell(replace(shown, frozen="", commit="", away=False, scroll=0))
            self.follow()
            return "The room sees the present again" + (f", and stays {self._staying()}" if shown.pinned else ".")
        from draftwg.desk.clock import now

        here = self._here()
        away = here is not None and here[:2] != (shown.text, shown.unit)
        self._tell(replace(shown, frozen=now(), commit=self._screen.commit, away=away, drafting=None))
        if self._screen.editing.editor is not None:
            return f"The room is frozen: it sees the text without your edit. {_key_now('freeze')} releases it."
        return f"The room is frozen: it sees nothing of what you do. {key('freeze')} releases it."

    def turn_view(self) -> str:
        """Let the room see the unit the next way."""
        from draftwg.desk.room import ROOM_VIEWS

        shown = self._taken()
        view = ROOM_VIEWS[(ROOM_VIEWS.index(shown.view) + 1) % len(ROOM_VIEWS)]
        self._tell(replace(shown, view=view, scroll=0))
        return f"The room sees the unit {view}."

    def turn_names(self) -> str:
        """Let the room see who proposes what, or not."""
        shown = self._taken()
        self._tell(replace(shown, attributed=not shown.attributed))
        return "The room sees no names." if shown.attributed else "The room sees who proposes what."

    def pin(self) -> str:
        """Let the room stay at its unit while the officer works ahead, or go along again. One that is frozen sees the
        present of its unit then."""
        shown = self._taken()
        self._seen = None
        if shown.pinned and not shown.frozen:
            self._tell(replace(shown, pinned=False))
            self.follow()
            return "The room follows you again."
        self._tell(replace(shown, pinned=True, frozen="", commit="", away=False))
        self.follow()
        return f"The room stays {self._staying()}"

    def scroll(self, step: int) -> str:
        """Scroll the room by half screens."""
        shown = self._taken()
        around = self._line.around if self._line else Around()
        wanted = shown.scroll + step
        if around.least is not None and around.most is not None:
            wanted = max(around.least, min(around.most, wanted))
        if wanted == shown.scroll:
            return "The room sees the end already." if step > 0 else "The room sees the beginning already."
        self._tell(replace(shown, scroll=wanted))
        return "The room is scrolled."

    @property
    def how(self) -> str:
        """What the room does: "follows", "stays" or "frozen"; "" while nothing is told to it."""
        if self._line is None or self._shown is None:
            return ""
        shown = self._line.around.leading or self._shown
        return "frozen" if shown.frozen else "stays" if shown.pinned else "follows"

    @property
    def watched(self) -> bool:
        """Whether a projection runs."""
        return self._line is not None and self._line.around.projections > 0

    def impossible(self) -> str:
        """Why nothing can be done with the room now; "" where it can."""
        return "" if self._line is not None else "The record is still being read."

    def told(self) -> str:
        """What the room sees, for the title: "Room: 8 · bracketed · frozen 12:58"."""
        if self._line is None or self._shown is None:
            return ""
        around = self._line.around
        shown = around.leading or self._shown
        if around.refused:
            return f"Room: not told ({one_line(around.refused)})"
        typed = around.leading is None and shown.drafting is not None and not shown.frozen
        parts = [self._name(shown), "sees you type" if typed else shown.view]
        if not shown.attributed:
            parts.append("no names")
        if shown.frozen:
            parts.append(f"frozen {one_line(shown.frozen[11:16])}")
        elif shown.pinned:
            parts.append("stays")
        if shown.scroll:
            parts.append(f"scrolled {shown.scroll:+d}")
        if around.leading is not None:
            parts.append("led by another console")
        if around.trouble:
            parts.append(f"trouble: {one_line(around.trouble)[:40]}")
        if not around.projections:
            parts.append("no projection")
        return f"Room: {' · '.join(parts)}"

    def close(self) -> None:
        """The console is being left: what was typed is no longer being typed, the rest stands."""
        if self._line is not None:
            if self._shown is not None and self._shown.drafting is not None and self._line.around.leading is None:
                self._line.publish(replace(self._shown, drafting=None))
            self._line.close()
            self._line = None

    # --- inside -----------------------------------------------------------------------------------------------------

    def _taken(self) -> Showing:
        """What is shown, this console leading from now on: an officer who uses a key for the room takes it."""
        assert self._line is not None and self._shown is not None
        leading = self._line.around.leading
        if leading is not None:
            self._shown = replace(leading, drafting=None)
            self._seen = self._here()
            self._line.take()
        return self._shown

    def _tell(self, showing: Showing) -> None:
        if showing != self._shown and self._line is not None:
            self._shown = showing
            self._line.publish(showing)
            self._screen.show_room()

    def _here(self) -> tuple[str, str, str] | None:
        """The text, the unit and the amendment in front of the officer; None on a heading, where the room stays."""
        now = self._screen.situation
        if now.text is None or now.row is None or now.row.unit is None:
            return None
        return now.text.name, now.row.unit.id, now.amendment.id if now.amendment else ""

    def _drafting(self) -> Drafting | None:
        editor, said = self._screen.editing.editor, self._screen.ask.saying
        if editor is not None and editor.is_mounted and editor.changed:
            task, (base, words), cursor = editor.task_now, editor.change, editor.cursor
        elif editor is None and said is not None:
            task, words = said
            base, cursor = task.base, 0
        else:
            return None
        from draftwg.desk.room import Drafting

        noun = self._screen.noun
        unnamed = replace(task, by="A delegation", group="").heading(noun)
        secretariat = task.by in ("Secretariat", "Chair")
        heading = task.heading(noun)
        return Drafting(task.unit, heading, heading if secretariat else unnamed, base, words, cursor)

    def _staying(self) -> str:
        """Where the room stays, and what lets it follow again."""
        where = self._name(self._shown) if self._shown is not None else ""
        return f"at {where}, whatever you do elsewhere. {_key_now('room_stays')} lets it follow you again."

    def _name(self, shown: Showing) -> str:
        state = self._screen.situation.state
        text = state.texts.get(shown.text) if state else None
        unit = text.unit(shown.unit) if text else None
        if unit is not None:
            return one_line(unit.label)
        proposed = (one for one in state.amendments.values() if one.unit == shown.unit) if state else iter(())
        label = next((one.label for one in proposed if one.label), "")
        return one_line(label) or "the title"


def _key_now(id: str) -> str:
    """The key of this command where letters are words."""
    return next((written(one) for one in keys_of(id) if not in_words(one)), key(id))


class _Line:
    """The thread between the console and the room: writes the latest showing, looks at who watches."""

    def __init__(self, file: RoomFile, presence: Presence, told: Callable[[], None]) -> None:
        self._file = file
        self._presence = presence
        self._told = told
        self._change = Condition()
        self._waiting: Showing | None = None
        self._failed: Showing | None = None
        self._taking = False
        self._going = True
        self._stamp: tuple[int, int, int] | None = None
        self._thread = Thread(target=self._run, name="room", daemon=True)
        self.around = Around()

    def start(self) -> None:
        """From now on, on the thread."""
        self._thread.start()

    def publish(self, showing: Showing) -> None:
        """Tell this soon. Returns at once."""
        with self._change:
            self._waiting = showing
            self._change.notify()

    def take(self) -> None:
        """This console leads from now on, whatever another one does."""
        with self._change:
            self.around = replace(self.around, leading=None)
            self._taking = True

    def close(self) -> None:
        """Write what waits, and end."""
        with self._change:
            self._going = False
            self._change.notify()
        if self._thread.is_alive():
            self._thread.join(timeout=1)
        self._file.close()

    def look(self) -> None:
        """See who watches, and whether another console leads."""
        from draftwg.desk.room import showing_of

        leading, refused = None, self.around.refused
        with suppress(OSError):
            found = self._file.read()
            if found is not None and not self._taking and self._file.lives(str(found.get("console", ""))):
                leading = showing_of(found)
        projections = self._presence.all()
        trouble = next((str(one["trouble"]) for one in projections if one.get("trouble")), "")
        least = [one["least"] for one in projections if isinstance(one.get("least"), int)]
        most = [one["most"] for one in projections if isinstance(one.get("most"), int)]
        around = Around(
            len(projections), trouble, leading, refused, min(least, default=None), max(most, default=None)
        )  # fmt: skip
        with self._change:
            if self._taking:
                around = replace(around, leading=None)
            changed, self.around = around != self.around, around
        if changed:
            self._told()

    def _run(self) -> None:
        looked = monotonic()
        while True:
            with self._change:
                if self._waiting is None and self._going:
                    self._change.wait(max(0.0, looked + _LOOK - monotonic()))
                soon = self._waiting is not None and self._going
            if soon:
                sleep(COALESCED)
            with self._change:
                waiting, self._waiting = self._waiting, None
                going = self._going
            if waiting is not None and self.around.leading is None:
                self._write(waiting)
            if not going:
                return
            if monotonic() - looked >= _LOOK:
                self.look()
                looked = monotonic()
                with self._change:
                    self._waiting, self._failed = self._waiting or self._failed, None

    def _write(self, showing: Showing) -> None:
        refused = ""
        try:
            self._file.publish(showing.as_json())
            self._taking = False
        except OSError as error:
            refused = error.strerror or str(error)
            with self._change:  # again later, unless there is something newer then
                self._failed = showing
        if refused != self.around.refused:
            with self._change:
                self.around = replace(self.around, refused=refused)
            self._told()
