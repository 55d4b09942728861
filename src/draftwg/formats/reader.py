"""Choosing the reader for a source."""

import re

from draftwg.errors import BadInput
from draftwg.formats.draft import Draft
from draftwg.formats.markdown import is_markdown, read_markdown
from draftwg.formats.prose import read_prose
from draftwg.model.text import UnitStatus

# What a text that draftwg printed shows behind the heading of a unit is a remark, no words of the unit.
_STATUS = re.compile(rf"(?m)(?<=\S)[ \t]+\[(?:{'|'.join(status.value for status in UnitStatus)})\][ \t]*$")
_MARKS = re.compile(r"\{\+\+.+?\+\+\}|\{--.+?--\}|\{~~.+?~>.*?~~\}|\[-.+?-\]\{\+.+?\+\}", re.DOTALL)


def read_draft(source: str, name: str) -> Draft:
    """Read a text into a draft: Markdown with headings, what draftwg wrote, a report, a paper with numbered paragraphs.

    In: the text and its name for messages. BadInput where no unit is found, where a label stands twice, or where the
    source is no text but a redline.
    """
    marks = _MARKS.findall(source[:2_000_000])
    if len(marks) > 1 or (marks and source.startswith("<!--")):
        shown = marks[0] if len(marks[0]) < 40 else f"{marks[0][:36]}…"
        raise BadInput(
            f"{name} is a redline, not a text: it holds marks such as “{shown}”.",
            "Import the text itself; draftwg show prints it.",
        )
    source = _STATUS.sub("", source)
    return read_markdown(source, name) if is_markdown(source) else read_prose(source, name)
