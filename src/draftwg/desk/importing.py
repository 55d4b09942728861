"""Files that come in: read, decoded, and turned into the act that puts a text before the meeting."""

from dataclasses import replace
from pathlib import Path

from draftwg.errors import BadInput
from draftwg.formats.decode import decode, refuse_other_kinds
from draftwg.formats.draft import Draft
from draftwg.formats.reader import read_draft
from draftwg.hygiene import one_line
from draftwg.model.text import Text, Unit

_LARGEST = 10 * 1024 * 1024


def read_words(path: Path) -> tuple[str, tuple[str, ...]]:
    """The text of a file, with warnings about how it was decoded. BadInput where it is no text or too large."""
    name = one_line(path.name)
    try:
        if path.exists() and not path.is_file():
            raise BadInput(f"{name} is no file.", "Name a file of plain text or Markdown.")
        if path.exists() and path.stat().st_size > _LARGEST:
            raise BadInput(f"{name} is larger than 10 MiB.", "Take out what is not text.")
        return decode(path.read_bytes(), name)
    except FileNotFoundError:
        raise BadInput(f"There is no file {one_line(str(path))}.") from None
    except PermissionError:
        raise BadInput(f"{name} may not be read.", "Check its permissions.") from None


def read_file(path: Path) -> Draft:
    """The text that the file holds, with what was left out. BadInput where no unit is found in it.

    A Word file is known by what it holds, not by its name.
    """
    name = one_line(path.name)
    if is_packed(path):
        from draftwg.formats.docx.importing import read_docx_draft

        return read_docx_draft(path.read_bytes(), name)
    refuse_other_kinds(_head(path), name)
    words, warnings = read_words(path)
    draft = read_draft(words, name)
    return replace(draft, warnings=(*warnings, *draft.warnings))


def is_packed(path: Path) -> bool:
    """Whether the file begins as a .docx does, or as an old Word file, and may be read at all."""
    return _head(path)[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rt")


def _head(path: Path) -> bytes:
    """How the file begins; nothing where it may not be read at all."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return b""
        with path.open("rb") as file:
            return file.read(400)
    except OSError:
        return b""


def import_request(draft: Draft, name: str, source: str) -> dict[str, object]:
    """The request that puts this text before the meeting under `name`."""
    units = tuple(Unit(f"u{place}", unit.label, unit.text, unit.section_path) for place, unit in enumerate(draft.units))
    text = Text(
        name,
        draft.title,
        draft.sections,
        units,
        number=draft.number,
        noun=draft.noun,
        language=draft.language,
    )
    return {"act": "import", "text": name, "content": text, "source": source}
