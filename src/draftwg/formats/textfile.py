"""The readable text file of a meeting: Markdown that any reader shows well, and that comes back as it was.

    # Recommendations
    <!-- draftwg: {"language": "en", "noun": "recommendation", "number": "II"} -->

    ## B. Recommendations on specific topics

    ### Recommendation 8

    > a note, not part of the text

    One paragraph a line, with an empty line between.

A heading that would not be read as what it is (a section called "Recommendation 8", a seventh level) has a comment of
the same form right under it, with the facts.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from draftwg.errors import BadInput
from draftwg.formats.blocks import source_lines
from draftwg.formats.draft import Draft, DraftUnit, LeftOut, count_words, merge_left_out
from draftwg.formats.escape import escape_heading, escape_paragraph, unescape
from draftwg.formats.headings import heading_line
from draftwg.formats.outline import check_labels, no_units, section_path
from draftwg.hygiene import clean_line, one_line
from draftwg.model.text import Section, Text

_FACTS = re.compile(r"<!-- draftwg: (\{.*\}) -->")
_HEADING = re.compile(r"(#{1,6})(?: (.*))?")
_NUMBERED = re.compile(r"([^\s.]+(?:\.[^\s.]+)*)\.(?: (.*))?")
_MAX_LEVEL = 6

Facts = dict[str, str | int]


def is_textfile(source: str) -> bool:
    """Whether draftwg wrote this: its facts stand on one of the first lines."""
    return any(_FACTS.fullmatch(line.strip()) for line in source.lstrip("\ufeff")[:20_000].split("\n", 3)[:3])


def write_markdown(text: Text, unit_notes: Mapping[str, str] | None = None) -> str:
    """The standing text as Markdown. `unit_notes` maps ids of units to a line to show under their headings."""
    return "\n\n".join(_written(text, unit_notes or {})) + "\n"


def _written(text: Text, notes: Mapping[str, str]) -> Iterator[str]:
    facts: Facts = {"language": text.language, "noun": text.noun, "number": text.number}
    yield f"{_heading(1, text.title)}\n{_comment(facts)}"
    word = heading_line(text.noun, "", text.language)
    paths = _Paths()
    for section, units in text.by_section():
        level = 1
        if section is not None:
            level = section.level + 1
            yield _section_heading(section, word, paths.next(section.level, section.number))
        for unit in units:
            yield _unit_heading(unit.label, level + 1, text.noun, text.language, word)
            if note := notes.get(unit.id):
                yield "\n".join(f"> {line}" for line in note.split("\n"))
            yield from _paragraphs(unit.text)


# The whole text is written at each act that changes it; all of its units but one are what they were.
@lru_cache(maxsize=2048)
def _unit_heading(label: str, level: int, noun: str, language: str, word: str) -> str:
    words = heading_line(noun, label, language)
    heading = _heading(level, words)
    return heading if _unit_label(words, word) == label else f"{heading}\n{_comment({'label': label})}"


@lru_cache(maxsize=2048)
def _paragraphs(words: str) -> tuple[str, ...]:
    return tuple(map(escape_paragraph, filter(None, words.split("\n"))))


def _section_heading(section: Section, word: str, expected_path: str) -> str:
    words = f"{section.number}. {section.title}" if section.number else section.title
    heading = _heading(section.level + 1, words)
    plain = (
        _unit_label(words.strip(), word) is None
        and _number_and_title(words.strip()) == (section.number, section.title)
        and section.level < _MAX_LEVEL
        and section.path == expected_path
    )
    facts: Facts = {"level": section.level, "number": section.number, "path": section.path, "title": section.title}
    return heading if plain else f"{heading}\n{_comment(facts)}"


def _heading(level: int, words: str) -> str:
    return f"{'#' * min(level, _MAX_LEVEL)} {escape_heading(words)}".rstrip()


def _comment(facts: Facts) -> str:
    told = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    told = told.replace("<", "\\u003c").replace(">", "\\u003e")  # so that nothing can end the comment early
    return f"<!-- draftwg: {told} -->"


def _unit_label(words: str, word: str) -> str | None:
    return words[len(word) + 1 :] or None if word and words.startswith(f"{word} ") else None


def _number_and_title(words: str) -> tuple[str, str]:
    found = _NUMBERED.fullmatch(words)
    return (found[1], found[2] or "") if found else ("", words)


class _Paths:
    """The addresses of sections as they follow from levels and numbers."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []
        self._nameless: dict[str, int] = {}

    def next(self, level: int, number: str) -> str:
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        parent = self._open[-1][1] if self._open else ""
        self._nameless[parent] = self._nameless.get(parent, 0) + (not number)
        return self.put(level, section_path(parent, number, self._nameless[parent]))

    def put(self, level: int, path: str) -> str:
        self._open.append((level, path))
        return path


def read_textfile(source: str, name: str) -> Draft:
    """Read what `write_markdown` wrote. BadInput, naming the line, where it was changed so that it cannot be read."""
    return _Reading(name).read(source)


class _Reading:
    def __init__(self, name: str) -> None:
        self.name = name
        self.facts: Facts = {}
        self.title = ""
        self.word = ""
        self.paths = _Paths()
        self.sections: list[Section] = []
        self.path = ""
        self.units: list[tuple[str, str, int]] = []  # label, path of the section, line of the heading
        self.paragraphs: list[list[tuple[str, int]]] = []
        self.left_out: list[LeftOut] = []

    def read(self, source: str) -> Draft:
        lines = source_lines(source)
        head = next((found for _, line in lines if (found := _FACTS.fullmatch(line))), None)
        self.facts = self._load(head[1], 2) if head else {}
        noun, language = self._word("noun"), self._word("language")
        self.word = heading_line(noun, "", language)
        gap, untitled = True, True
        for place, (number, line) in enumerate(lines):
            if found := _HEADING.fullmatch(line):
                words = clean_line(unescape(found[2] or ""))
                if untitled:
                    self.title, untitled = words, False
                else:
                    below = _FACTS.fullmatch(lines[place + 1][1]) if place + 1 < len(lines) else None
                    self._heading(len(found[1]), words, self._load(below[1], number + 1) if below else {}, number)
            elif line.startswith(">") or (line and not self.units and not _FACTS.fullmatch(line)):
                self.left_out.append(LeftOut(number, number, count_words(line), "note"))
            elif line and not _FACTS.fullmatch(line):
                self._paragraph(unescape(line), number, gap)
            gap = not line
        if not self.units:
            raise no_units(self.name)
        check_labels([(label, line) for label, _, line in self.units], noun, self.name)
        return Draft(
            title=self.title,
            number=self._word("number"),
            noun=noun,
            language=language,
            sections=tuple(self.sections),
            units=tuple(
                DraftUnit(label, "\n".join(words for words, _ in found), path, tuple(line for _, line in found))
                for (label, path, _), found in zip(self.units, self.paragraphs, strict=True)
            ),
            left_out=merge_left_out(self.left_out, [line for found in self.paragraphs for _, line in found]),
        )

    def _heading(self, level: int, words: str, facts: Facts, line: int) -> None:
        label = facts.get("label", None if "path" in facts else _unit_label(words, self.word))
        if label is not None:
            self.units.append((clean_line(str(label)), self.path, line))
            self.paragraphs.append([])
            return
        number, title = _number_and_title(words)
        number, title = str(facts.get("number", number)), str(facts.get("title", title))
        own_level = facts.get("level", level - 1)
        depth = own_level if isinstance(own_level, int) else level - 1
        follows = self.paths.next(depth, number)
        self.path = str(facts.get("path", follows))
        self.sections.append(Section(self.path, number, title, depth))

    def _paragraph(self, words: str, line: int, gap: bool) -> None:
        found = self.paragraphs[-1]
        if found and not gap:
            found[-1] = (f"{found[-1][0]} {words}", found[-1][1])
        else:
            found.append((words, line))

    def _load(self, facts: str, line: int) -> Facts:
        try:
            loaded = json.loads(facts)
        except (ValueError, RecursionError):
            loaded = None
        if not isinstance(loaded, dict) or not all(isinstance(value, str | int) for value in loaded.values()):
            hint = "Restore the comment, or remove it to have the file read as Markdown."
            raise BadInput(f"The comment on line {line} of {one_line(self.name)} cannot be read.", hint)
        return loaded

    def _word(self, key: str) -> str:
        defaults = {"noun": "recommendation", "language": "en", "number": ""}
        return clean_line(str(self.facts.get(key, defaults[key])))
