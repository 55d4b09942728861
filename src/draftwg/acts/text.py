"""A text enters the meeting; the Secretariat corrects it."""

import re
from dataclasses import dataclass, replace
from typing import Self

from draftwg.acts.base import Act, Drafting, Field, Request, quoted
from draftwg.acts.wording import Instruction, change_in_words, read_instruction
from draftwg.errors import BadInput, OutOfOrder
from draftwg.hygiene import clean_line, clean_text
from draftwg.model.delegation import SECRETARIAT
from draftwg.model.labels import normal_label
from draftwg.model.procedure import Step
from draftwg.model.state import Change, State, untouched
from draftwg.model.text import Section, Text, UnitStatus
from draftwg.redline.combine import merge

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")


@dataclass(frozen=True, kw_only=True)
class Import(Act):
    """A text becomes part of the meeting, with a permanent id for each of its units."""

    NAME = "import"
    FIELDS = (
        Field("text", "line", "the name of the text in this meeting, such as recommendations", required=True),
        Field("content", "content", "title, number, noun, language, sections and units (see below)", required=True),
        Field("source", "line", "the file it was read from"),
    )

    text: str
    content: Text
    source: str = ""

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The text as read; its units get ids made of the act's own."""
        name = request.line("text").casefold()
        if not name.replace("-", "").isalnum() or not name.isascii() or len(name) > 40:
            raise BadInput(f"“{name[:40]}” is no name for a text.", "Use letters, digits and hyphens.")
        if name in drafting.state.texts:
            raise OutOfOrder(
                f"The meeting has a text “{name}” already.",
                "Give this one another name with --text.",
                rule="A text under negotiation changes by amendments only.",
            )
        content = request.content()
        if content is None or not content.units:
            raise BadInput("The text has no unit.", "A text needs at least one recommendation or numbered paragraph.")
        stamp = drafting.stamp()
        content = _checked(content)
        units = tuple(replace(unit, id=f"{stamp.id}.{place}") for place, unit in enumerate(content.units, 1))
        return cls(
            stamp=stamp,
            text=name,
            content=replace(content, name=name, units=units),
            source=request.line("source", ""),
        )

    def apply(self, state: State) -> State:
        """The state with this text; every unit's life begins here."""
        if self.text in state.texts:
            raise OutOfOrder(f"The meeting has a text “{self.text}” already.", rule="A text is imported once.")
        lives, courses = dict(state.lives), dict(state.courses)
        for unit in self.content.units:
            lives[unit.id] = (Change(self.id, unit.text, SECRETARIAT, self.at),)
            courses[unit.id] = (Step(UnitStatus.OPEN, self.at, self.id),)
        return replace(state.with_text(self.content), lives=lives, courses=courses)

    def subject(self, before: State) -> str:
        """The act in plain words."""
        count = len(self.content.units)
        noun = f"{self.content.noun}s" if count > 1 else self.content.noun
        return f"The Secretariat puts the text “{self.text}” before the meeting ({count} {noun})"

    def body(self, before: State) -> str:
        """Where it came from."""
        return f"Read from {self.source}." if self.source else ""

    def trailers(self, before: State) -> dict[str, str]:
        """The text."""
        return {"Text": self.text}


def _checked(content: Text) -> Text:
    """The content with clean words, usual labels, and everything in its place. BadInput where it does not fit
    together.
    """
    if not _LANGUAGE.fullmatch(content.language):
        raise BadInput(f"“{clean_line(content.language)[:40]}” is no language.", "Write it like en or zh-Hans.")
    sections = tuple(
        Section(clean_line(one.path), clean_line(one.number), clean_line(one.title), min(max(one.level, 1), 9))
        for one in content.sections
    )
    paths = {section.path for section in sections} | {""}
    units = []
    seen: set[str] = set()
    for unit in content.units:
        label, words = normal_label(clean_line(unit.label)), clean_text(unit.text)
        if label.casefold() in seen:
            raise BadInput(f"Two units have the label {label}.", "Give each its own.")
        if unit.section not in paths:
            raise BadInput(f"Unit {label} is in a section {unit.section[:40]} that the text does not have.")
        if not words:
            raise BadInput(f"Unit {label} has no words.")
        seen.add(label.casefold())
        units.append(replace(unit, label=label, text=words))
    return replace(
        content,
        title=clean_line(content.title),
        number=clean_line(content.number),
        noun=clean_line(content.noun) or "recommendation",
        sections=sections,
        units=tuple(units),
    )


@dataclass(frozen=True, kw_only=True)
class Edit(Act):
    """An editorial change of the Secretariat: spelling, grammar, house style; never substance."""

    NAME = "edit"
    FIELDS = (
        Field("unit", "line", "the label of the unit", required=True),
        Instruction.REPLACE,
        Instruction.WITH,
        Instruction.AFTER,
        Instruction.BEFORE,
        Instruction.INSERT,
        Instruction.DELETE,
        Instruction.TEXT,
        Instruction.SAY,
        Field("reason", "line", "why, for the record"),
        Field("in", "line", "the name of the text, where the meeting has several"),
    )

    text: str
    unit: str
    base: str
    words: str
    said: str
    reason: str = ""

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The change on the words as they stand."""
        text, unit = drafting.state.find_unit(request.line("unit"), request.line("in", ""))
        untouched(drafting.state, text, unit)
        instruction = read_instruction(request, unit.text)
        if not instruction.text:
            raise OutOfOrder(
                "An editorial change cannot remove a whole unit.",
                "A delegation may propose its deletion.",
                rule="The Secretariat makes editorial and consequential changes only.",
            )
        return cls(
            stamp=drafting.stamp(),
            text=text.name,
            unit=unit.id,
            base=unit.text,
            words=instruction.text,
            said=instruction.said,
            reason=request.line("reason", ""),
        )

    def apply(self, state: State) -> State:
        """The unit reads as corrected. OutOfOrder if its words are no longer those that were corrected."""
        text = state.text(self.text)
        unit = text.unit(self.unit)
        if unit is not None:
            untouched(state, text, unit)
        words = self.words
        if unit is not None and unit.text != self.base:  # another change came in between, on another machine
            words = merge(self.base, self.words, unit.text) or ""
        if unit is None or unit.deleted or not words:
            raise OutOfOrder(
                "The words that this editorial change corrects no longer stand.",
                "Make it anew on the present words.",
                rule="An editorial change touches words, not substance.",
            )
        change = Change(self.id, words, SECRETARIAT, self.at, "an editorial change")
        return state.with_words(text, replace(unit, text=words), change)

    def repeats(self, state: State) -> str | None:
        """The unit reads so, by the same change."""
        life = state.lives.get(self.unit, ())
        return life[-1].act if life and (life[-1].text, life[-1].by) == (self.words, SECRETARIAT) else None

    def subject(self, before: State) -> str:
        """The act in plain words."""
        text = before.text(self.text)
        unit = text.unit(self.unit)
        change = change_in_words(self.base, self.words).said.removeprefix("to ")
        why = f" ({quoted(self.reason, 30)[1:-1]})" if self.reason else ""
        return f"The Secretariat makes an editorial change in {text.noun} {unit.label if unit else '?'}{why}: {change}"

    def trailers(self, before: State) -> dict[str, str]:
        """The unit."""
        unit = before.text(self.text).unit(self.unit)
        return {"Text": self.text, "Unit": unit.label if unit else self.unit}
