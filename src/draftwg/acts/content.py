"""A text as JSON inside an act: an import carries one, and an issued version keeps one for ever."""

from typing import Any

from draftwg.errors import BadInput
from draftwg.model.text import Section, Text, Unit


def text_to_json(text: Text) -> dict[str, Any]:
    """`text` with its standing sections and units; units that were deleted are left out."""
    return {
        "name": text.name,
        "title": text.title,
        "number": text.number,
        "noun": text.noun,
        "language": text.language,
        "sections": [[section.path, section.number, section.title, section.level] for section in text.sections],
        "units": [[unit.id, unit.label, unit.text, unit.section] for unit in text.standing],
    }


def text_from_json(value: object) -> Text:
    """Read what `text_to_json` wrote. BadInput where a part is missing or has the wrong form."""
    if not isinstance(value, dict):
        raise BadInput("The content of a text must be an object.")
    heads = [value.get(key) for key in ("name", "title", "number", "noun", "language")]
    sections, units = value.get("sections"), value.get("units")
    if (
        not all(isinstance(head, str) for head in heads)
        or not isinstance(sections, list)
        or not isinstance(units, list)
    ):
        raise BadInput("The content of a text lacks a part or has one of the wrong form.")
    name, title, number, noun, language = (str(head) for head in heads)
    try:
        return Text(
            name,
            title,
            tuple(
                Section(_string(path), _string(own), _string(head), int(level)) for path, own, head, level in sections
            ),
            tuple(Unit(_string(id), _string(label), _string(words), _string(path)) for id, label, words, path in units),
            number=number,
            noun=noun,
            language=language,
        )
    except (TypeError, ValueError):
        raise BadInput("A section or unit in the content of a text has the wrong form.") from None


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
