"""What the officer lets the room see. The console tells it through a file (`repository.room`), the projections read it.

Of two consoles on one meeting, one leads: the first, until its program ends or the officer at the other one uses a key
for the room. A console that only moves about takes the room from nobody.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from draftwg.desk.questions import View
from draftwg.repository.room import BEAT, Presence, RoomFile

__all__ = ["BEAT", "ROOM_VIEWS", "Drafting", "Presence", "RoomFile", "Showing", "showing_of"]

ROOM_VIEWS = (View.BRACKETED.value, View.REDLINE.value, View.CLEAN.value)
"""The views of the room, in the order in which the console's key goes through them."""
_MOST_SCROLL = 200


@dataclass(frozen=True, slots=True)
class Drafting:
    """Words that are being typed, no act yet: on which unit (its id), what they are to become in words, with the name
    of the delegation (`heading`) and without (`unnamed`); from which words (`base`, "" where they stand alone) to
    which; `cursor` is the place in them.
    """

    unit: str
    heading: str
    unnamed: str
    base: str
    words: str
    cursor: int = 0


@dataclass(frozen=True, slots=True)
class Showing:
    """What the room is shown: the unit of a text (ids), the amendment that is before it, the view, with names or
    without, how far it is scrolled, and what is being typed.

    `pinned`: the room stays at the unit while the console's cursor goes elsewhere. `frozen` (when, ISO 8601): it stays
    at the unit and at the state of the meeting at `commit`; `away` then tells whether the officer is at another unit.
    """

    text: str = ""
    unit: str = ""
    amendment: str = ""
    view: str = ROOM_VIEWS[0]
    attributed: bool = True
    pinned: bool = False
    frozen: str = ""
    commit: str = ""
    scroll: int = 0
    drafting: Drafting | None = None
    away: bool = False

    def as_json(self) -> dict[str, object]:
        """For the file."""
        return asdict(self)


def showing_of(data: Mapping[str, Any]) -> Showing:
    """What the file tells; what is not as it should be has its usual value, so that no file can stop a projection."""
    values: dict[str, Any] = _checked(Showing, data)
    values["scroll"] = max(-_MOST_SCROLL, min(_MOST_SCROLL, values.get("scroll", 0)))
    if values.get("view") not in ROOM_VIEWS:
        values.pop("view", None)
    typed = data.get("drafting")
    if isinstance(typed, dict):
        found = {"unit": "", "heading": "", "unnamed": "", "base": "", "words": "", **_checked(Drafting, typed)}
        values["drafting"] = Drafting(**found)
    return Showing(**values)


def _checked(kind: type, data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of `kind` that are there, as they should be."""
    types = {field.name: field.type for field in fields(kind) if field.type in (str, int, bool)}
    return {name: data[name] for name, form in types.items() if type(data.get(name)) is form}
