"""The pages of the website about the text as it was: issued versions, and snapshots of what was projected."""

from collections.abc import Iterator, Mapping

from draftwg.desk.scene import paragraphs
from draftwg.formats.headings import heading_line
from draftwg.formats.scene import Span
from draftwg.formats.site.pages import moment
from draftwg.formats.site.parts import Block, Cell, Facts, Heading, Page, Piece, Table, Words
from draftwg.model.procedure import Snapshot
from draftwg.model.reading import Version
from draftwg.model.text import Text


def version_page(version: Version) -> Page:
    """A version as it was issued, with what a corrigendum corrects."""
    text = version.text
    facts = (
        ("Status", Cell(version.status)),
        ("Issued", Cell("", when=version.at)),
        ("SHA-256 of the words", Cell(version.digest, code=True)),
    )
    blocks: list[Block] = [Facts(facts)]
    if version.corrections:
        rows = tuple(
            (Cell(one.unit), *(Cell(words, language=text.language) for words in (one.old, one.new)))
            for one in version.corrections
        )
        blocks.append(Table("Corrections", (text.noun.capitalize(), "For", "Read"), rows))
    return Page("", version.symbol, (*blocks, *_whole(text, {})), text.title)


def snapshot_page(snapshot: Snapshot, words: Mapping[str, str]) -> Page:
    """The text as projected at a moment; `words` has, by unit, what was shown, such as the words with brackets."""
    facts = (
        ("Shown", Cell(f"as projected on-screen on {moment(snapshot.at)}", when=snapshot.at)),
        ("SHA-256 of the words", Cell(snapshot.digest, code=True)),
    )
    return Page("", snapshot.name, (Facts(facts), *_whole(snapshot.text, words)), snapshot.text.title)


def _whole(text: Text, words: Mapping[str, str]) -> Iterator[Block]:
    """A whole text; units that `words` lacks have their own."""
    depth = 1
    for section, units in text.by_section():
        if section is not None:
            depth = min(section.level + 1, depth + 1)
            name = f"{section.number}. {section.title}" if section.number else section.title
            yield Heading(name, depth, "", text.language)
        for unit in units:
            heading = Heading(heading_line(text.noun, unit.label, text.language), depth + 1, "", text.language)
            shown = paragraphs([Span(words.get(unit.id, unit.text))])
            yield Piece(heading, "", (Words(shown, text.language, text.direction),))
