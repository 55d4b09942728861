"""What the styles of a Word file say about a run or a paragraph (ECMA-376-1, 17.7): its level as a heading, its list,
and whether its words are bold, underlined or struck."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from draftwg.formats.docx.numbers import as_int
from draftwg.formats.docx.package import child, children

_HEADING = re.compile(r"(?i)(?:heading|titre|título|заголовок|überschrift|标题)\s*([1-9])")
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Look:
    """How words look; None where nothing is said."""

    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    strike: bool | None = None
    hidden: bool | None = None

    def over(self, other: "Look") -> "Look":
        """This look where it says something, else the other."""
        return Look(
            other.bold if self.bold is None else self.bold,
            other.italic if self.italic is None else self.italic,
            other.underline if self.underline is None else self.underline,
            other.strike if self.strike is None else self.strike,
            other.hidden if self.hidden is None else self.hidden,
        )


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it inherits: its name, heading level (0 for none), list, and look."""

    name: str = ""
    level: int = 0
    list: tuple[str, int] | None = None
    look: Look = Look()


NO_STYLE = Style()


def read_styles(root: Element) -> dict[str, Style]:
    """The styles of styles.xml by id; `""` is the paragraph style that counts where none is named."""
    raw = {style.get("w:styleId", ""): style for style in children(root, "w:style")}
    done: dict[str, Style] = {}

    def made(id: str, depth: int) -> Style:
        if id in done or id not in raw or depth > 20:
            return done.get(id, NO_STYLE)
        style = raw[id]
        based = value(style, "w:basedOn")
        base = made(based, depth + 1) if based else NO_STYLE
        name = value(style, "w:name") or id
        properties = child(style, "w:pPr")
        level = outline(properties)
        if level is None:
            found = _HEADING.fullmatch(name)
            level = int(found[1]) if found else 1 if name.casefold() == "title" else base.level
        own = Style(name, level, list_of(properties, base.list), look(child(style, "w:rPr")).over(base.look))
        done[id] = own
        return own

    for id in raw:
        made(id, 0)
    default = next((id for id, style in raw.items() if style.get("w:default") in ("1", "true")
                    and style.get("w:type") == "paragraph"), "")  # fmt: skip
    done.setdefault("", done.get(default, NO_STYLE))
    return done


def outline(properties: Element | None) -> int | None:
    """The heading level that paragraph properties give: 1 to 9, 0 for body text, None where they say nothing."""
    found = child(properties, "w:outlineLvl")
    if found is None:
        return None
    level = as_int(found.get("w:val"), 9)
    return level + 1 if 0 <= level < 9 else 0


def list_of(properties: Element | None, default: tuple[str, int] | None) -> tuple[str, int] | None:
    """The list and its level that paragraph properties give."""
    numbers = child(properties, "w:numPr")
    if numbers is None:
        return default
    id, place = value(numbers, "w:numId"), as_int(value(numbers, "w:ilvl"), 0)
    if id == "0":
        return None
    if not id:
        return (default[0], place) if default else None
    return id, place if 0 <= place < 9 else 0


def look(properties: Element | None) -> Look:
    """The look that run properties give."""
    if properties is None:
        return Look()
    return Look(
        _switch(properties, "w:b"),
        _switch(properties, "w:i"),
        _switch(properties, "w:u"),
        _either(_switch(properties, "w:strike"), _switch(properties, "w:dstrike")),
        _switch(properties, "w:vanish"),
    )


def value(element: Element | None, tag: str) -> str:
    """The value of a child of this tag, "" where there is none."""
    found = child(element, tag)
    return found.get("w:val", "") if found is not None else ""


def _switch(properties: Element, tag: str) -> bool | None:
    found = child(properties, tag)
    return None if found is None else found.get("w:val", "1") not in _OFF


def _either(one: bool | None, other: bool | None) -> bool | None:
    return one or other if one is not None and other is not None else other if one is None else one
