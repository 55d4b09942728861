"""The text as it was: by symbol, by snapshot, by time, as imported, or now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from draftwg.acts import version as issuing
from draftwg.desk.desk import Desk
from draftwg.errors import BadInput
from draftwg.formats.papers import day, day_and_hour
from draftwg.hygiene import one_line, shorten
from draftwg.model.reading import Version
from draftwg.model.state import State
from draftwg.model.symbols import parse_symbol
from draftwg.model.text import Text

NOW, ORIGINAL = "now", "original"


@dataclass(frozen=True, slots=True)
class Point:
    """A text at a point of its life: the text, the state of the meeting then, the point in words, its time, and its
    symbol where it was issued."""

    text: Text
    state: State
    named: str
    when: str = ""
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A point that has a name: the name that `at` knows, what it is in words, and when (ISO 8601; "" for now)."""

    name: str
    told: str
    at: str = ""


def points(state: State, text: Text) -> tuple[Named, ...]:
    """The points of a text that have names, the latest first: now, its versions and snapshots, the original."""
    issued = [
        Named(version.symbol, f"{version.status}, {version.at[:10]} {version.at[11:16]}", version.at)
        for version in state.versions
        if version.text.name == text.name
    ]
    issued += [
        Named(snapshot.name, f"snapshot, {snapshot.at[:10]} {snapshot.at[11:16]}", snapshot.at)
        for snapshot in state.snapshots
        if snapshot.text.name == text.name
    ]
    issued.sort(key=lambda point: datetime.fromisoformat(point.at), reverse=True)
    return (Named(NOW, "the text as it stands"), *issued, Named(ORIGINAL, "as it was put before the meeting"))


def at(desk: Desk, name: str, text: str = "") -> Point:
    """The text `text` at the point that `name` names. BadInput, telling what there is, where it names none.

    `name` is a symbol, the name of a snapshot (or a part of it that only one has), a time in ISO 8601 with its offset
    (or a day), "original" or "now".
    """
    state = desk.state
    if name == NOW:
        last = desk.log.acts[-1].at
        return Point(state.text(text), state, f"the text as it stood on {day_and_hour(last)}", last)
    if name == ORIGINAL:
        return _original(desk, state.text(text).name)
    version = state.version(name)
    if version is not None:
        told = f"{name} ({version.status}, {day(version.at)})"
        return Point(version.text, desk.log.after(version.act), told, version.at, version.symbol)
    snapshots = [snapshot for snapshot in state.snapshots if name.casefold() in snapshot.name.casefold()]
    if len(snapshots) == 1:
        snapshot = snapshots[0]
        return Point(snapshot.text, desk.log.after(snapshot.act), f"the text {snapshot.name}", snapshot.at)
    moment = _moment(name)
    if moment is not None:
        then = desk.log.upto(moment).state
        if not then.texts:
            raise BadInput(f"There was no text yet on {name}.")
        return Point(then.text(text), then, f"the text as it stood on {day_and_hour(name)}", name)
    known = [version.symbol for version in state.versions] + [snapshot.name for snapshot in state.snapshots]
    told = shorten(", ".join(known), 200) or "none was issued yet"
    raise BadInput(
        f"“{one_line(name)[:60]}” is no version of this meeting.", f"There are: original, now, a time, and: {told}."
    )


def _original(desk: Desk, name: str) -> Point:
    for act in desk.log.acts:
        content = getattr(act, "content", None)
        if act.NAME == "import" and desk.log.counts(act.id) and isinstance(content, Text) and content.name == name:
            return Point(content, desk.log.after(act.id), "the text as it was put before the meeting", act.at)
    raise BadInput(f"There is no text “{name}”.")


def _moment(name: str) -> float | None:
    try:
        return datetime.fromisoformat(name if len(name) > 10 else f"{name}T23:59:59").timestamp()
    except ValueError:
        return None


def corrects(state: State, symbol: str) -> Version | None:
    """The version that a corrigendum of this symbol corrects; None where it is no corrigendum. BadInput where it is no
    symbol, OutOfOrder where that version has not been issued.
    """
    return issuing.corrects(state, parse_symbol(symbol))


def corrected(version: Version, rows: Sequence[Mapping[str, str]]) -> Text:
    """The text of a version with these corrections ("unit", "for", "read"). BadInput where one cannot be made."""
    return issuing.corrected(version, [(row["unit"], row["for"], row["read"]) for row in rows])
