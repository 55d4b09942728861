"""A projection's eyes: it looks at the meeting and at what the officer lets the room see, and gives a new scene when
there is one. It reads only, and nothing that it meets ends it.
"""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from draftwg.acts import Log
from draftwg.desk.desk import Desk
from draftwg.desk.room import Presence, RoomFile, Showing, showing_of
from draftwg.desk.scene import ruling, scene
from draftwg.errors import DraftwgError, NotAMeeting
from draftwg.formats.scene import Scene
from draftwg.hygiene import one_line
from draftwg.model.state import State
from draftwg.repository.finding import find_meeting
from draftwg.repository.record import Record
from draftwg.repository.stream import BRANCH

PACE = 0.02
"""Seconds between two looks."""
_LATER = 0.5  # seconds to wait after trouble
_LIFE = 1.0  # seconds between two looks whether the console is still there whose words are shown
_LASTING = 12.0  # seconds for which a ruling is told

Stamp = tuple[int, int, int] | None


class Watch:
    """Looks at one meeting, for one projection, on one thread.

    `last` is the last good scene; `trouble` says in one line why there can be no newer one, "" where all is well.
    """

    def __init__(self, start: Path) -> None:
        """NotAMeeting where there is no meeting in or beside `start`; trouble that may pass is for later."""
        self.folder = find_meeting(start)
        self.last = Scene(name=one_line(self.folder.name), notes=("Reading the record …",))
        self.trouble = ""
        self._presence = Presence(self.folder / ".git")
        self._file = RoomFile(self.folder / ".git")
        self._desk: Desk | None = None
        self._stamps: tuple[Stamp, Stamp, Stamp] | None = None
        self._showing = Showing()
        self._frozen: tuple[str, State | None] = ("", None)
        self._before: tuple[State | None, str] = (None, "")
        self._ruling, self._until = "", 0.0
        self._again = 0.0
        self._console, self._gone, self._asked = "", False, 0.0

    def look(self) -> Scene | None:
        """The new scene, where there is one."""
        now = time.monotonic()
        if now < self._again:
            return None
        try:
            found = self._look(now)
        except (DraftwgError, OSError) as error:
            self._stumbled(str(error) if isinstance(error, DraftwgError) else error.strerror or str(error))
            return None
        except Exception as error:  # the room must never see a traceback, whatever a damaged folder makes of us
            self._stumbled(f"{type(error).__name__}: {error}")
            return None
        self.trouble = ""
        if found is None or found == self.last:
            return None
        self.last = found
        return found

    def tell(self, **shown: object) -> None:
        """Let the console know that this projection runs, and what it shows."""
        told = {"name": self.last.name, "trouble": self.trouble, "frozen": self.last.frozen, **shown}
        self._presence.tell(told)

    def close(self) -> None:
        """The projection ends."""
        self._presence.leave()
        if self._desk is not None:
            self._desk.close()

    def _stumbled(self, why: str) -> None:
        self.trouble = one_line(why)
        self._again = time.monotonic() + _LATER
        self._desk, self._stamps = None, None  # what was there before may be gone, or be another

    def _look(self, now: float) -> Scene | None:
        stamps = (self._file.stamp(), _stamp(self.folder / ".git" / BRANCH), _stamp(self.folder / ".git/packed-refs"))
        over = bool(self._ruling) and now > self._until
        if now > self._asked + _LIFE and self._showing.drafting is not None:
            self._asked = now
            over = over or self._file.gone(self._console) is not self._gone
        if stamps == self._stamps and not over:
            return None
        if stamps[1] is None and stamps[2] is None:
            raise NotAMeeting(f"The meeting's folder is gone: {self.folder}.", "What is shown was read before.")
        if self._desk is None:
            self._desk = Desk.open(self.folder)
        if self._stamps is None or stamps[0] != self._stamps[0]:
            found = self._file.read()
            if found is not None:  # otherwise: as before
                self._showing, self._console = showing_of(found), str(found.get("console", ""))
        # The branch is read behind the file: words that have become an act are not seen to go before the act comes.
        self._desk.refresh()
        # Words whose console was killed stay, since the room may be reading them, but nobody is typing them.
        self._gone = self._showing.drafting is not None and self._file.gone(self._console)
        made = self._scene(self._desk, now)
        if made.drafting and self._gone:
            made = replace(made, interrupted=True)
        self._stamps = stamps
        return made

    def _scene(self, desk: Desk, now: float) -> Scene:
        showing = self._showing
        if showing.frozen:
            self._ruling = ""
            return scene(self._state_at(desk, showing.commit), showing)
        self._frozen = ("", None)
        before, unit = self._before
        if unit != showing.unit or showing.drafting or now > self._until:
            self._ruling = ""
        if before is not None and before is not desk.state and unit == showing.unit:
            if told := ruling(before, desk.state, unit):
                self._ruling, self._until = told, now + _LASTING
            elif _moved(before, desk.state, unit):
                self._ruling = ""
        self._before = (desk.state, showing.unit)
        return scene(desk.state, showing, self._ruling)

    def _state_at(self, desk: Desk, commit: str) -> State:
        """The state of the meeting when the room's picture was frozen. Nothing later is shown, come what may."""
        if self._frozen[0] == commit and self._frozen[1] is not None:
            return self._frozen[1]
        if commit == desk.commit:
            state = desk.state
        elif len(commit) == 40 and all(sign in "0123456789abcdef" for sign in commit):
            state = Log(Record(self.folder).read(commit=commit)[1]).state
        else:
            state = State(title=desk.state.title)
        self._frozen = (commit, state)
        return state


def follow(
    watch: Watch,
    show: Callable[[Scene, str], None],
    going: Callable[[], bool],
    about: Callable[[], Mapping[str, object]] = dict,
) -> None:
    """Look again and again, as long as `going`, and `show` every new scene and every change of trouble; tell the
    console twice a second that somebody watches, with what else there is to say (`about`)."""
    trouble, told = "", 0.0
    while going():
        found = watch.look()
        if found is not None or watch.trouble != trouble:
            trouble = watch.trouble
            show(watch.last, trouble)
        if time.monotonic() - told > _LATER:
            watch.tell(**about())
            told = time.monotonic()
        time.sleep(PACE)
    watch.close()


def _moved(before: State, after: State, unit: str) -> bool:
    """Whether something else came before the room on this unit: a ruling on what was before is told no longer."""
    return len(after.on_unit(unit)) != len(before.on_unit(unit))


def _stamp(file: Path) -> Stamp:
    """Something that changes with the file; None where there is none."""
    try:
        found = os.stat(file)  # noqa: PTH116 - asked fifty times a second
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
