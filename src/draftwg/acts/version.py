"""Issued versions: a text frozen under a symbol."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from draftwg.acts.base import Act, Drafting, Field, Request
from draftwg.acts.bracketing import verdict_on
from draftwg.acts.numbering import fate
from draftwg.errors import OutOfOrder
from draftwg.model.delegation import the
from draftwg.model.labels import normal_label
from draftwg.model.reading import Correction, Fate, Version
from draftwg.model.state import State
from draftwg.model.symbols import Symbol, parse_symbol
from draftwg.model.text import Text
from draftwg.redline.edits import replace_words

_REVISION = re.compile(r"(.+)/Rev\.(\d+)\**$")
_TAB = "\t"
_CORRECTS = "A corrigendum corrects an issued document: it lists what to read for what."


@dataclass(frozen=True, kw_only=True)
class Issue(Act):
    """The text as it stands goes out under a symbol. The act carries the whole text: nothing can change it afterwards.

    It carries, too, where every amendment ever tabled went. A corrigendum (Corr.) carries the text that it corrects,
    corrected, and the list of its corrections; what it corrects stays as it was issued.
    """

    NAME = "issue"
    FIELDS = (
        Field("symbol", "line", "the document symbol, such as CTOC/COP/WG.6/2018/CRP.3/Rev.1", required=True),
        Field("status", "line", "what it is: non-paper, conference room paper, L. document …", required=True),
        Field("corrections", "rows", "for a corrigendum: objects with unit, for and read"),
        Field("in", "line", "the name of the text, where the meeting has several"),
    )

    symbol: str
    status: str
    content: Text
    digest: str
    fates: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The version of the text as it stands, or of the version that is corrected."""
        symbol = parse_symbol(request.line("symbol"))
        rows = request.rows("corrections", ("unit", "for", "read"))
        state = drafting.state
        base = corrects(state, symbol)
        if base is not None:
            content = corrected(base, rows)
        elif rows:
            raise OutOfOrder(
                "“corrections” are for a corrigendum.", "Give it a symbol that ends with Corr.1.", rule=_CORRECTS
            )
        else:
            text = state.text(request.line("in", ""))
            content = replace(text, units=text.standing)
        fates = completeness(state, content.name) if not rows else ()
        drafting.warnings += [
            f"{one.number} of {the(one.by)} is {one.where}." for one in fates if one.where[:4] == "not "
        ]
        drafting.warnings += _out_of_turn(state, symbol)
        return cls(
            stamp=drafting.stamp(),
            symbol=str(symbol),
            status=request.line("status"),
            content=content,
            digest=content.digest,
            fates=tuple(_TAB.join((one.number, one.by, one.unit, one.state, one.where)) for one in fates),
            corrections=tuple(_TAB.join(row) for row in rows),
        )

    def apply(self, state: State) -> State:
        """The state with this version issued."""
        known = state.version(self.symbol)
        if known is not None:
            hint = "It has the same text." if known.digest == self.digest else "Issue the new text as a Rev. or Corr."
            raise OutOfOrder(
                f"{self.symbol} was issued already, on {known.at[:10]}.",
                hint,
                rule="A symbol is given to one text only.",
            )
        plain = self.symbol.rstrip("*")
        original = state.version(plain)
        if plain != self.symbol and (original is None or original.digest != self.digest):
            raise OutOfOrder(
                f"{self.symbol} would reissue {plain} with another text."
                if original
                else f"{plain} has not been issued.",
                "Issue the new text as a Rev." if original else "Issue it first.",
                rule="An asterisk marks a reissue for technical reasons, with the same text.",
            )
        version = Version(
            self.symbol,
            self.status,
            self.at,
            self.id,
            self.content,
            self.digest,
            tuple(Fate(*_columns(line, 5)) for line in self.fates),
            tuple(Correction(*_columns(line, 3)) for line in self.corrections),
        )
        return state.changed(versions=(*state.versions, version))

    def repeats(self, state: State) -> str | None:
        """The same text was issued under that symbol."""
        known = state.version(self.symbol)
        return known.act if known and known.digest == self.digest else None

    @property
    def stands(self) -> bool:
        """An issued version can never change."""
        return True

    def subject(self, before: State) -> str:
        """The act in plain words."""
        return f"The Secretariat issues {self.symbol} ({self.status})"

    def body(self, before: State) -> str:
        """What it holds, what it corrects, and where each proposal went."""
        held = f"“{self.content.title}”, {len(self.content.units)} {self.content.noun}s, SHA-256 {self.digest}"
        corrections = [
            f"{unit}: for “{old}” read “{new}”" for unit, old, new in (_columns(line, 3) for line in self.corrections)
        ]
        fates = [
            f"{number} ({by}, {unit}): {where}"
            for number, by, unit, _, where in (_columns(line, 5) for line in self.fates)
        ]
        return "\n\n".join(part for part in (held, "\n".join(corrections), "\n".join(fates)) if part)

    def trailers(self, before: State) -> dict[str, str]:
        """The symbol and the hash of the words."""
        return {"Symbol": self.symbol, "Status": self.status, "Text": self.content.name, "Text-Sha256": self.digest}


def completeness(state: State, name: str) -> tuple[Fate, ...]:
    """For every amendment ever tabled on this text: in the text, in brackets, or its end with the reason.

    Where it is in neither, `where` begins with "not": a position would be lost.
    """
    table = []
    for amendment in state.amendments.values():
        if amendment.text != name:
            continue
        unit = state.text(name).unit(amendment.unit)
        if amendment.state.pending:
            verdict = verdict_on(state, amendment)
            where = "in brackets" if verdict.text is not None else f"not in the text as proposed: {verdict.reason}"
        elif amendment.state.waiting:
            where = "a suggestion" if amendment.state == "suggested" else "held until the unit is reopened"
        else:
            where = fate(state, amendment)
        label = unit.label if unit else amendment.label or amendment.section
        table.append(Fate(amendment.number, amendment.by, label, amendment.state.value, where.rstrip(".")))
    return tuple(table)


def _out_of_turn(state: State, symbol: Symbol) -> list[str]:
    """A remark where a revision of a higher number has been issued already."""
    own = _REVISION.search(str(symbol))
    if own is None:
        return []
    issued = ((found, version.symbol) for version in state.versions if (found := _REVISION.search(version.symbol)))
    higher = [(int(found[2]), other) for found, other in issued if found[1] == own[1] and int(found[2]) > int(own[2])]
    return [f"{max(higher)[1]} has been issued already; {symbol} comes after it."] if higher else []


def corrects(state: State, symbol: Symbol) -> Version | None:
    """The version that a corrigendum of this symbol corrects; None where it is no corrigendum. OutOfOrder where that
    version has not been issued.
    """
    if not symbol.modifiers or not symbol.modifiers[-1].startswith("Corr."):
        return None
    base = str(Symbol(symbol.stem, symbol.modifiers[:-1], 0))
    version = state.version(base)
    if version is None:
        raise OutOfOrder(f"{base} has not been issued.", "Issue it first.", rule=_CORRECTS)
    return version


def corrected(version: Version, rows: Sequence[Sequence[str]]) -> Text:
    """The text of a version with these corrections: unit, for, read. OutOfOrder where one cannot be made."""
    if not rows:
        raise OutOfOrder(
            "A corrigendum without corrections.", "Give “corrections”: unit, for and read of each.", rule=_CORRECTS
        )
    text = version.text
    for label, old, new in rows:
        unit = text.labelled(normal_label(label))
        if unit is None:
            raise OutOfOrder(f"{version.symbol} has no {text.noun} {label[:40]}.", rule=_CORRECTS)
        try:
            words = replace_words(unit.text, old, new)
        except ValueError as error:
            told = f"{str(error)[:1].upper()}{str(error)[1:].rstrip('.')}."
            raise OutOfOrder(told, rule=_CORRECTS) from None
        if words == unit.text:
            raise OutOfOrder("That corrects nothing: it reads so already.", rule=_CORRECTS)
        text = text.with_unit(replace(unit, text=words))
    return text


def _columns(line: str, count: int) -> list[str]:
    return [*line.split(_TAB), *[""] * count][:count]
