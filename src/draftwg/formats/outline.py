"""The outline of a source while it is read: a tree of sections, the units in them, what was left out; and its draft."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from draftwg.errors import BadInput
from draftwg.formats.blocks import Block
from draftwg.formats.draft import Draft, DraftUnit, LeftOut, count_words, guess_language, merge_left_out
from draftwg.hygiene import clean_line, clean_text, one_line
from draftwg.model.text import Section


@dataclass(eq=False)
class Node:
    """A section as found; the root has no number and no title. `scheme` is how it is numbered ("roman", "#2" …)."""

    number: str = ""
    title: str = ""
    scheme: str = ""
    line: int = 0
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    units: list["Found"] = field(default_factory=list)

    def chain(self) -> Iterator["Node"]:
        """The section and those around it, up to the root."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def under(self) -> Iterator["Node"]:
        """The section and all within it, in reading order."""
        yield self
        for child in self.children:
            yield from child.under()

    @property
    def holds_units(self) -> bool:
        """Whether a unit stands in it or in a section within it."""
        return any(node.units for node in self.under())

    @property
    def words(self) -> str:
        """The heading as printed."""
        return f"{self.number}. {self.title}" if self.number else self.title


@dataclass(eq=False)
class Found:
    """A unit as found: paragraphs and their lines."""

    label: str
    heading_line: int
    level: int = 0
    paragraphs: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


@dataclass
class Outline:
    """All that was found; `outside` holds blocks that stand in no unit, with the section they stand in."""

    noun: str
    root: Node = field(default_factory=Node)
    title: str = ""
    title_line: int = 0
    outside: list[tuple[Block, Node]] = field(default_factory=list)
    furniture: list[Block] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def draft_of(outline: Outline, name: str) -> Draft:
    """The draft in an outline.

    Where all units hang in one part of a larger paper, that part becomes the text and the rest is left out; sections
    without units are left out. BadInput where there is no unit, or a label stands twice.
    """
    scope = _scope(outline)
    units = [unit for node in scope.under() for unit in node.units]
    if not units:
        raise no_units(name)
    check_labels([(unit.label, unit.heading_line) for unit in units], outline.noun, name)
    sections, paths = _sections(scope)
    taken = tuple(
        DraftUnit(unit.label, clean_text("\n".join(unit.paragraphs)), paths[node], tuple(dict.fromkeys(unit.lines)))
        for node in scope.under()
        for unit in node.units
    )
    stem = clean_line(name.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    return Draft(
        title=clean_line(scope.title or outline.title or stem),
        number=scope.number,
        noun=outline.noun,
        language=guess_language("\n".join(unit.text for unit in taken)),
        sections=sections,
        units=taken,
        left_out=_left_out(outline, scope, paths),
        warnings=(*outline.warnings, *_remarks(units, outline.noun)),
    )


def _scope(outline: Outline) -> Node:
    """The part of the paper that holds all units, as far down as it is a part among others or carries the title."""
    node = outline.root
    while not node.units:
        holders = [child for child in node.children if child.holds_units]
        if len(holders) != 1:
            break
        only = holders[0]
        part_of_more = len(node.children) > 1 or only.scheme == "roman"
        if not part_of_more and (node.title or outline.title):
            break
        node = only
    return node


def _sections(scope: Node) -> tuple[tuple[Section, ...], dict[Node, str]]:
    sections: list[Section] = []
    paths = {scope: ""}
    taken = {""}

    def walk(node: Node, level: int) -> None:
        nameless = 0
        for child in node.children:
            nameless += not child.number
            if not child.holds_units:
                continue
            path = section_path(paths[node], child.number, nameless)
            while path in taken:
                path += "~"  # two sections with one number: the slip is the source's, the path must differ all the same
            taken.add(path)
            paths[child] = path
            sections.append(Section(path, child.number, clean_line(child.title), level))
            walk(child, level + 1)

    walk(scope, 1)
    return tuple(sections), paths


def section_path(parent: str, number: str, nameless: int) -> str:
    """The address of a section: "B" and "1" give "B.1"; a section without a number is "§" and its place among such."""
    own = number or f"§{nameless}"
    return f"{parent}.{own}" if parent else own


def _left_out(outline: Outline, scope: Node, paths: dict[Node, str]) -> tuple[LeftOut, ...]:
    elsewhere = f"outside “{scope.words}”" if scope.words else f"before the first {outline.noun}"
    kept = {line for node in paths for unit in node.units for line in (unit.heading_line, *unit.lines)}
    kept |= {node.line for node in (*paths, *scope.chain())}
    if not scope.title:
        kept.add(outline.title_line)
    found = [
        LeftOut(block.lines[0], block.lines[-1], count_words(block.text), "page number or symbol")
        for block in outline.furniture
    ]
    for block, node in outline.outside:
        why = f"not part of a {outline.noun}" if node in paths and (scope.words or node is not scope) else elsewhere
        found.append(LeftOut(block.lines[0], block.lines[-1], count_words(block.text), why))
    printed = {*paths, *scope.chain(), outline.root}
    for node in outline.root.under():
        if node not in printed:
            why = f"section without a {outline.noun}" if scope in node.chain() else elsewhere
            found.append(LeftOut(node.line, node.line, count_words(node.words), why))
    return merge_left_out(found, kept)


def no_units(name: str) -> BadInput:
    """The refusal of a source in which there is no unit."""
    hint = "Units are found by headings such as “Recommendation 1”, or by running numbers such as “1. Member States …”."
    return BadInput(f"No recommendation or numbered paragraph was found in {one_line(name)}.", hint)


def check_labels(labels: Iterable[tuple[str, int]], noun: str, name: str) -> None:
    """Refuse (BadInput) a label that stands twice, naming both lines; `labels` are pairs of a label and its line."""
    lines: dict[str, int] = {}
    for label, line in labels:
        first = lines.get(label.casefold())
        lines[label.casefold()] = line
        if first is not None:
            raise BadInput(
                f"{noun.capitalize()} {label} stands twice in {one_line(name)}: lines {first} and {line}.",
                "Leave one out, or give it a label of its own, such as 15 bis.",
            )


def _remarks(units: Sequence[Found], noun: str) -> Iterator[str]:
    for before, unit in pairwise(units):
        first, second = before.label.split()[0], unit.label.split()[0]
        if first.isdigit() and second.isdigit() and int(second) - int(first) not in (0, 1):
            yield f"Line {unit.heading_line}: {noun} {unit.label} follows {noun} {before.label}."
    for unit in units:
        if not any(unit.paragraphs):
            yield f"Line {unit.heading_line}: {noun} {unit.label} has no words."
