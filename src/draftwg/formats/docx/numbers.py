"""List numbers as Word shows them, which are nowhere in its text: counted from numbering.xml (ECMA-376-1, 17.9)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from draftwg.formats.docx.document import Numbering, Paragraph, Table
from draftwg.formats.docx.package import child, children

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LONGEST = 60


def read_numbering(root: Element) -> Numbering:
    """The lists that numbering.xml defines."""
    plain: dict[str, tuple[tuple[str, str, int], ...]] = {}
    for abstract in children(root, "w:abstractNum"):
        plain[abstract.get("w:abstractNumId", "")] = tuple(_levels(abstract))
    levels: dict[str, tuple[tuple[str, str, int], ...]] = {}
    family: dict[str, str] = {}
    restarts: set[tuple[str, int]] = set()
    for number in children(root, "w:num"):
        id, base = number.get("w:numId", ""), _value(number, "w:abstractNumId")
        own = list(plain.get(base, ()))
        family[id] = base
        for override in children(number, "w:lvlOverride"):
            place = as_int(override.get("w:ilvl"), -1)
            start = _value(override, "w:startOverride")
            if start and 0 <= place < len(own):
                own[place] = (*own[place][:2], as_int(start, 1))
                restarts.add((id, place))
        levels[id] = tuple(own)
    return Numbering(levels, family, frozenset(restarts))


def numbered(paragraphs: Iterable[Paragraph], numbering: Numbering) -> list[Paragraph]:
    """The paragraphs with the numbers that their lists give them in this order.

    Lists made from one definition count together; one that sets its own first number begins there when first used.
    """
    counts: dict[str, list[int]] = {}
    begun: set[tuple[str, int]] = set()
    out: list[Paragraph] = []
    for paragraph in paragraphs:
        number = ""
        if paragraph.list is not None:
            id, place = paragraph.list
            levels = numbering.levels.get(id, ())
            if place < len(levels):
                count = counts.setdefault(numbering.family.get(id, id), [])
                fresh = (id, place) in numbering.restarts and (id, place) not in begun
                begun.add((id, place))
                del count[place + (not fresh) :]
                count += [levels[n][2] for n in range(len(count), place)]
                count[place:] = [count[place] + 1 if place < len(count) else levels[place][2]]
                number = _shown(levels, place, count)
        out.append(paragraph if number == paragraph.number else replace(paragraph, number=number))
    return out


def refilled(block: Paragraph | Table, counted: Iterator[Paragraph]) -> Paragraph | Table:
    """The block with its paragraphs taken from `counted` in order."""
    if isinstance(block, Paragraph):
        return next(counted)
    rows = (replace(row, cells=tuple(tuple(next(counted) for _ in cell) for cell in row.cells)) for row in block.rows)
    return Table(tuple(rows))


def _levels(abstract: Element) -> Iterable[tuple[str, str, int]]:
    for level in list(children(abstract, "w:lvl"))[:9]:
        pattern = _value(level, "w:lvlText")[:_LONGEST]
        yield _value(level, "w:numFmt") or "decimal", pattern, as_int(_value(level, "w:start"), 1)


def _shown(levels: tuple[tuple[str, str, int], ...], place: int, count: list[int]) -> str:
    form, pattern, _ = levels[place]
    if form in ("none", ""):
        return ""
    if form == "bullet":
        return "•"
    for level in range(place + 1):
        pattern = pattern.replace(f"%{level + 1}", _figure(levels[level][0], count[level]))
    return pattern.strip()


def _figure(form: str, number: int) -> str:
    if form in ("lowerLetter", "upperLetter") and 0 < number <= 780:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = ""
        for value, sign in _ROMAN:
            times, number = divmod(number, value)
            roman += sign * times
        return roman if form == "lowerRoman" else roman.upper()
    return str(number)


def _value(element: Element, tag: str) -> str:
    found = child(element, tag)
    return found.get("w:val", "") if found is not None else ""


def as_int(words: str | None, default: int) -> int:
    """The small number that these words are, else the default."""
    try:
        number = int(words or "")
    except ValueError:
        return default
    return number if abs(number) < 1_000_000 else default
