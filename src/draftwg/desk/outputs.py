"""What the desk hands out: redlines between two versions, with who proposed each change, in the formats that people
ask for.
"""

from dataclasses import replace
from pathlib import Path

from draftwg.desk.comparing import version_redline
from draftwg.desk.importing import read_words
from draftwg.errors import BadInput, NotRecorded
from draftwg.formats.redlines import Redline, plain_redline
from draftwg.hygiene import one_line
from draftwg.repository.layout import no_own_file
from draftwg.repository.worktree import write_file

__all__ = ["file_redline", "render", "version_redline", "write_output"]


def file_redline(old: Path, new: Path, *, word: bool = False) -> Redline:
    """The redline of two plain files, outside any meeting; with `word`, with what a Word file is made from, and the
    time of the new file."""
    before, after = read_words(old)[0], read_words(new)[0]
    redline = plain_redline(before, after, one_line(old.name), one_line(new.name))
    if not word:
        return redline
    from datetime import datetime

    from draftwg.formats.plainfiles import tracked

    when = datetime.fromtimestamp(new.stat().st_mtime).astimezone().isoformat(timespec="seconds")
    return tracked(redline, before, after, when)


def render(redline: Redline, form: str, *, attributed: bool = True, only_changes: bool = False) -> str:
    """The redline in one of `orders.FORMATS` but the terminal's and Word's."""
    if form == "html":
        from draftwg.formats.html import redline_html

        return redline_html(redline, attributed=attributed)
    from draftwg.formats import plain

    if form == "markdown":
        return plain.redline_markdown(redline, attributed=attributed)
    if form == "json":
        return plain.redline_json(redline if attributed else _anonymous(redline))
    return plain.redline_text(redline, attributed=attributed, only_changes=only_changes)


def write_output(path: Path, words: str | bytes) -> None:
    """Write a file for a person: in one step, never over anything that is no regular file, or a meeting's own."""
    no_own_file(path)
    if path.exists() and not path.is_file():
        raise BadInput(f"{one_line(str(path))} is no regular file.", "Name another one.")
    try:
        write_file(path, words.encode() if isinstance(words, str) else words, durable=False)
    except OSError as error:
        raise NotRecorded(
            f"{one_line(str(path))} cannot be written ({error.strerror}).", "Name another place."
        ) from None


def _anonymous(redline: Redline) -> Redline:
    """The redline without the names of delegations."""
    sections = tuple(
        replace(
            section,
            units=tuple(
                replace(unit, pieces=tuple(piece._replace(credit="") for piece in unit.pieces))
                for unit in section.units
            ),
        )
        for section in redline.sections
    )
    return replace(redline, sections=sections, credits={})
