"""Choosing the reader for a source."""

from draftwg.formats.draft import Draft
from draftwg.formats.markdown import is_markdown, read_markdown
from draftwg.formats.prose import read_prose


def read_draft(source: str, name: str) -> Draft:
    """Read a text into a draft: Markdown with headings, what draftwg wrote, a report, a paper with numbered paragraphs.

    In: the text and its name for messages. BadInput where no unit is found, or where a label stands twice.
    """
    return read_markdown(source, name) if is_markdown(source) else read_prose(source, name)
