"""Markdown from others: headings by number signs, units by headings, bold lines or numbered lists."""

import re
from dataclasses import replace

from draftwg.formats.blocks import Block, BlockList, begins_part, resolve_links, source_lines
from draftwg.formats.draft import Draft
from draftwg.formats.escape import shelter, unshelter
from draftwg.formats.prose import read_blocks
from draftwg.formats.textfile import is_textfile, read_textfile, write_markdown

__all__ = ["is_markdown", "read_markdown", "write_markdown"]

_ATX = re.compile(r"(#{1,6})(?:\s+(.*?))??(?:\s+#+)?\s*")
_ATX_ANYWHERE = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_SETEXT = re.compile(r"(=+|-{2,})\s*")
_RULE = re.compile(r"([-*_])(?:\s*\1){2,}\s*")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).)+(?<=\S)\1:?")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_QUOTE = re.compile(r"(?:>\s?)+")


def is_markdown(source: str) -> bool:
    """Whether a source is to be read as Markdown: it has a heading with number signs, or draftwg wrote it."""
    return is_textfile(source) or bool(_ATX_ANYWHERE.search(source))


def read_markdown(source: str, name: str) -> Draft:
    """Read Markdown; what draftwg wrote comes back as it was. BadInput: no unit is found, or a label stands twice."""
    if is_textfile(source):
        return read_textfile(source, name)
    draft = read_blocks(*_blocks(shelter(source)), name)
    return replace(
        draft,
        title=unshelter(draft.title),
        sections=tuple(replace(section, title=unshelter(section.title)) for section in draft.sections),
        units=tuple(replace(unit, text=unshelter(unit.text)) for unit in draft.units),
    )


def _blocks(source: str) -> tuple[list[Block], list[Block]]:
    """The blocks of a Markdown source, and its comments."""
    comments: list[Block] = []

    def note(found: re.Match[str]) -> str:
        line = source.count("\n", 0, found.start()) + 1
        breaks = found[0].count("\n")
        comments.append(Block(tuple(range(line, line + breaks + 1)), found[0].strip("<!->"), True))
        return "\n" * breaks

    blocks = BlockList()
    gap = True
    for number, raw in source_lines(_COMMENT.sub(note, source)):
        line = _QUOTE.sub("", raw, count=1) if raw.startswith(">") else raw
        if not line:
            gap = True
            continue
        last = blocks.last
        block = _block(number, resolve_links(line), gap)
        if (
            last
            and not gap
            and not last.level
            and blocks.single
            and _SETEXT.fullmatch(line)
            and not begins_part(last.text)
        ):
            blocks.underline(1 if line[0] == "=" else 2)
        elif _RULE.fullmatch(line):
            gap = True
            continue
        elif (
            last
            and not block.level
            and not begins_part(block.text)
            and (blocks.heals(block) if gap else not last.level)
        ):
            blocks.go_on(block)
        else:
            blocks.begin(block)
        gap = False
    return blocks.finish(), comments


def _block(number: int, line: str, gap: bool) -> Block:
    heading = _ATX.fullmatch(line)
    if heading and heading[2]:
        return Block((number,), heading[2], True, len(heading[1]))
    return Block((number,), line, gap, 7 if _BOLD.fullmatch(line) else 0)
