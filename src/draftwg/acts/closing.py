"""What closes a text: the final numbering, and snapshots of what the room saw."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from draftwg.acts.base import Act, Drafting, Field, Request
from draftwg.acts.bracketing import unit_bracketed
from draftwg.acts.numbering import number, open_units
from draftwg.errors import OutOfOrder
from draftwg.hygiene import shorten
from draftwg.model.delegation import SECRETARIAT
from draftwg.model.procedure import Numbered, Snapshot
from draftwg.model.state import Change, State, names_in_words
from draftwg.model.text import Text

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[t ][\d:.+z-]*)?$")


@dataclass(frozen=True, kw_only=True)
class Renumber(Act):
    """The units get their final numbers, once, at the end; labels are frozen until then. A provisional one only
    shows the table.
    """

    NAME = "renumber"
    FIELDS = (
        Field("provisional", "flag", "true: only make the concordance; allowed while units are open"),
        Field("in", "line", "the name of the text, where the meeting has several"),
    )

    text: str
    numbers: tuple[str, ...]
    table: tuple[str, ...]
    provisional: bool = False

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The numbering of the text as it stands."""
        state = drafting.state
        text = state.text(request.line("in", ""))
        provisional = request.flag("provisional", False)
        result = number(state, text)
        drafting.warnings += result.remarks
        return cls(
            stamp=drafting.stamp(),
            text=text.name,
            numbers=tuple(f"{id}={final}" for id, final in result.numbers.items()),
            table=tuple("\t".join((line.draft, line.final, line.section, line.note)) for line in result.table),
            provisional=provisional,
        )

    def apply(self, state: State) -> State:
        """The state with the concordance and, unless it is provisional, the final numbers and rewritten references."""
        text = state.text(self.text)
        lines = tuple(Numbered(*[*line.split("\t"), "", "", ""][:4]) for line in self.table)
        state = state.changed(concordance=lines)
        if self.provisional:
            return state
        still_open = open_units(state, text)
        if still_open:
            are = "is" if len(still_open) == 1 else "are"
            raise OutOfOrder(
                f"{names_in_words(still_open[:5])} {are} still open.",
                "Settle them first, or make a provisional concordance.",
                rule="Numbers are frozen during the negotiation and changed once, at the end.",
            )
        if any(unit.drafted for unit in text.standing):
            raise OutOfOrder("The text has its final numbers already.", rule="Numbers are changed once, at the end.")
        finals = {id: int(final) for id, _, final in (line.rpartition("=") for line in self.numbers)}
        words = number(state, text).words
        lives = dict(state.lives)
        units = []
        for unit in text.units:
            if unit.deleted or unit.id not in finals:
                units.append(replace(unit, drafted=unit.label) if unit.deleted else unit)
                continue
            if words[unit.id] != unit.text:
                change = Change(self.id, words[unit.id], SECRETARIAT, self.at, "a consequence of the final numbers")
                lives[unit.id] = (*lives.get(unit.id, ()), change)
            label = str(finals[unit.id])
            units.append(replace(unit, label=label, drafted=unit.label, text=words[unit.id]))
        # What is gone keeps its label for the record, but behind those that stand: a label finds the final unit first.
        return state.with_text(replace(text, units=tuple(units))).changed(lives=lives)

    def repeats(self, state: State) -> str | None:
        """The units have these numbers."""
        text = state.texts.get(self.text)
        if text is None or self.provisional or not any(unit.drafted for unit in text.standing):
            return None
        return "" if {f"{unit.id}={unit.label}" for unit in text.standing} == set(self.numbers) else None

    def subject(self, before: State) -> str:
        """The act in plain words."""
        noun = before.text(self.text).noun
        if self.provisional:
            return f"The Secretariat makes a provisional concordance of {len(self.numbers)} {noun}s"
        return f"The Secretariat gives the {len(self.numbers)} {noun}s their final numbers"

    def trailers(self, before: State) -> dict[str, str]:
        """The text."""
        return {"Text": self.text}


@dataclass(frozen=True, kw_only=True)
class Snap(Act):
    """The text as projected on-screen at this moment, with its brackets; like a version, it never changes."""

    NAME = "snapshot"
    FIELDS = (
        Field("name", "line", "what it is called; without it, the text as projected on-screen with its day and time"),
        Field("in", "line", "the name of the text, where the meeting has several"),
    )

    name: str
    content: Text
    brackets: tuple[str, ...]
    digest: str

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The snapshot of the text as it stands."""
        state = drafting.state
        text = state.text(request.line("in", ""))
        content = replace(text, units=text.standing)
        stamp = drafting.stamp()
        name = request.line("name", "") or f"as projected on-screen, {_clock_time(stamp.at)}"
        _free(state, name)
        lines = tuple(
            f"{unit.id}\t{line}"
            for unit in text.standing
            if state.pending.get(unit.id) and (line := unit_bracketed(state, unit).text)
        )
        return cls(
            stamp=stamp,
            name=name,
            content=content,
            brackets=lines,
            digest=content.digest,
        )

    def apply(self, state: State) -> State:
        """The state with the snapshot."""
        if any(snapshot.name == self.name for snapshot in state.snapshots):
            raise OutOfOrder(f"There is a snapshot “{self.name}”.", "Give another name.", rule="A name is given once.")
        brackets: Mapping[str, str] = dict(line.split("\t", 1) for line in self.brackets)
        snapshot = Snapshot(self.name, self.at, self.id, self.content, brackets, self.digest)
        return state.changed(snapshots=(*state.snapshots, snapshot))

    def repeats(self, state: State) -> str | None:
        """There is a snapshot of that name with the same text."""
        same = (self.name, self.digest)
        return next((one.act for one in state.snapshots if (one.name, one.digest) == same), None)

    def subject(self, before: State) -> str:
        """The act in plain words."""
        return f"The Secretariat keeps the text {self.name}"

    def body(self, before: State) -> str:
        """What it holds."""
        return f"{len(self.content.units)} {self.content.noun}s, SHA-256 {self.digest}"

    def trailers(self, before: State) -> dict[str, str]:
        """The text and the hash of its words."""
        return {"Text": self.content.name, "Text-Sha256": self.digest}


def _free(state: State, name: str) -> None:
    """OutOfOrder if a point of the text is already found by this name: it would hide the one or the other."""
    plain = name.casefold()
    taken = "a point of every text" if plain in ("now", "original") else ""
    if _DAY.match(plain):
        taken = "a day or a time"
    if any(version.symbol.casefold() == plain for version in state.versions):
        taken = "the symbol of an issued document"
    if taken:
        raise OutOfOrder(
            f"A snapshot cannot be called {shorten(name, 60)}: that is {taken}.",
            "Give another name.",
            rule="A name is given once.",
        )


def _clock_time(at: str) -> str:
    """ "2 May 2018, 12.58 p.m.": the house style of reports."""
    time = datetime.fromisoformat(at)
    half = "a.m." if time.hour < 12 else "p.m."
    return f"{time.day} {time:%B} {time.year}, {(time.hour - 1) % 12 + 1}.{time:%M} {half}"
