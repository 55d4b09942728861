"""Two plain files as one flow of paragraphs: what a Word file with tracked changes needs."""

import re
from collections.abc import Sequence
from dataclasses import replace

from draftwg.formats.blocks import unwrapped
from draftwg.formats.flow import Entry, flow
from draftwg.formats.redlines import Redline
from draftwg.redline.texts import TextUnit, compare_texts, paragraphs

_HEADING = re.compile(r"(?P<level>#{1,6})[ \t]+(?P<words>\S[^\n]*)")


def tracked(redline: Redline, old_text: str, new_text: str, date: str) -> Redline:
    """The redline of two plain texts with what a Word file is made from, dated so (ISO 8601).

    All changes accepted, the new paragraphs stand there, numbers and all; all rejected, the old ones. A heading of
    Markdown is a heading.
    """
    before, after = paragraphs(unwrapped(old_text)), paragraphs(unwrapped(new_text))
    keys_old = [f"old:{place}" for place in range(len(before))]
    keys_new = [f"new:{place}" for place in range(len(after))]
    for change in compare_texts(before, after):
        if change.old and change.new:  # of a split, the first part goes on; of a merger, the first is gone on with
            keys_old[change.old[0]] = keys_new[change.new[0]]
    parts = _entries(before, keys_old), _entries(after, keys_new)
    lines = flow(*parts, lambda _: (), {}, {})
    return replace(redline, date=date, lines=lines, before=tuple(parts[0]), after=tuple(parts[1]))


def _entries(units: Sequence[TextUnit], keys: Sequence[str]) -> list[Entry]:
    out = []
    for unit, key in zip(units, keys, strict=True):
        words = f"{unit.label} {unit.text}" if unit.label else unit.text
        found = _HEADING.fullmatch(words)
        if found:
            out.append(Entry(f"{key}:heading", "heading", len(found["level"]), found["words"].rstrip("# ")))
        else:
            out.append(Entry(key, "words", 0, words))
    return out
