"""How headings of units and sections, numbered paragraphs and subparagraphs look, in the six official languages.

Sources of the forms: the United Nations Editorial Manual on numbering of paragraphs and subparagraphs, and the usage of
the official languages ("recommandation n° 5", "第五条").
"""

import re
from typing import NamedTuple

from draftwg.errors import BadInput
from draftwg.model.labels import SUFFIXES, normal_label

NOUNS: dict[str, dict[str, tuple[str, ...]]] = {
    "recommendation": {
        "en": ("Recommendation",),
        "fr": ("Recommandation",),
        "es": ("Recomendación", "Recomendacion"),
        "ru": ("Рекомендация",),
        "ar": ("التوصية", "توصية"),
        "zh": ("建议",),
    },
    "paragraph": {
        "en": ("Paragraph",),
        "fr": ("Paragraphe",),
        "es": ("Párrafo", "Parrafo"),
        "ru": ("Пункт",),
        "ar": ("الفقرة", "فقرة"),
        "zh": ("段落", "段"),
    },
    "article": {
        "en": ("Article",),
        "fr": ("Article",),
        "es": ("Artículo", "Articulo"),
        "ru": ("Статья",),
        "ar": ("المادة", "مادة"),
        "zh": ("条", "條"),
    },
    "decision": {
        "en": ("Decision",),
        "fr": ("Décision", "Decision"),
        "es": ("Decisión", "Decision"),
        "ru": ("Решение",),
        "ar": ("المقرر", "مقرر"),
        "zh": ("决定",),
    },
    "conclusion": {
        "en": ("Conclusion",),
        "fr": ("Conclusion",),
        "es": ("Conclusión", "Conclusion"),
        "ru": ("Вывод",),
        "ar": ("الاستنتاج", "استنتاج"),
        "zh": ("结论",),
    },
    "action": {
        "en": ("Action",),
        "fr": ("Action",),
        "es": ("Acción", "Accion", "Medida"),
        "ru": ("Действие", "Мера"),
        "ar": ("الإجراء", "إجراء"),
        "zh": ("行动",),
    },
    "principle": {
        "en": ("Principle",),
        "fr": ("Principe",),
        "es": ("Principio",),
        "ru": ("Принцип",),
        "ar": ("المبدأ", "مبدأ"),
        "zh": ("原则",),
    },
    "option": {
        "en": ("Option",),
        "fr": ("Option",),
        "es": ("Opción", "Opcion"),
        "ru": ("Вариант",),
        "ar": ("الخيار", "خيار"),
        "zh": ("备选案文", "备选方案", "选项"),
    },
}
"""What a unit is called: noun in English → language → its headings; the first is the one draftwg writes."""

_BY_WORD = {
    word.casefold(): noun for noun, languages in NOUNS.items() for words in languages.values() for word in words
}
_PRINTED = {word for languages in NOUNS.values() for words in languages.values() for word in words}
_WORDS = "|".join(sorted(map(re.escape, _PRINTED), key=lambda word: (-len(word), word)))
_ORDINALS = "|".join(sorted(("alt", *SUFFIXES), key=len, reverse=True))
_LABEL = (
    rf"(?:[A-Z]{{0,2}}\d{{1,4}}(?:\.\d{{1,3}})*(?:[ .]?(?i:{_ORDINALS})\b(?:\s\d{{1,2}}\b)?)*"
    r"|(?<=\s)[A-Z]|[一二三四五六七八九十]{1,3})"
)
_UNIT = re.compile(
    rf"(?:(?i:draft|projet de|proyecto de)\s+)?(?P<word>(?i:{_WORDS}))\s*(?:(?i:no|n°|nº|núm|№|رقم)\.?\s*)?"
    rf"(?P<label>{_LABEL})"
    r"(?:\s*|\s*[:.)](?:\s+(?P<rest>.*))?|\s*[：。、](?P<rest2>.*)|\s+[-–—](?:\s+(?P<rest3>.*))?"
    r"|\s+(?P<note>[(\[][^()\[\]]{1,60}[)\]]))"
)
_ORDINAL_UNIT = re.compile(
    r"第\s*(?P<label>\d{1,4}|[一二三四五六七八九十]{1,3})\s*(?P<word>条|條|段|项)(?:$|[：。、:.\s]\s*(?P<rest>.*))"
)
_PREAMBULAR = re.compile(
    rf"(?P<label>(?:PP|OP)\s?\d{{1,3}}(?:[ .]?(?i:{_ORDINALS})\b)*)(?:$|[.:)]\s*(?P<rest>.*)|\s+(?P<rest2>.+))"
)
_GLUED = re.compile(r"(?P<before>.*[^\s*_])(?P<mark>\*{1,3}|_{1,3})(?P<head>[^\s*_][^*_]*[^\s*_])(?P=mark)\s*")
_GLUED_PLAIN = re.compile(rf"(?P<before>.*[a-zà-ÿа-я)])(?P<head>(?:{_WORDS})\s+\d{{1,4}})\s*")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1")
_LED_BY_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?=\S)(?P<head>[^*_]+?)(?<=\S)\1(?P<rest>[.:]?\s.*|[.:])")

_NUMBERED = re.compile(
    rf"(?P<label>\d{{1,4}}(?:[ .]?(?i:{_ORDINALS})\b(?:\s\d{{1,2}}\b)?)*)(?:[.)]\s+|\.?、|．)(?P<rest>\S.*)"
)
_LETTERED = re.compile(r"(?P<token>[A-Z]|[IVXL]{1,6})[.)]\s+(?P<title>\S.*)")
_DECIMAL = re.compile(r"(?P<token>\d{1,2}(?:\.\d{1,2})+)\.?\s+(?P<title>\S.*)")
_SUB = re.compile(r"[(（](?:[^\W\d_]{1,4}|\d{1,2})[)）]\s*\S|[a-z]{1,4}\)\s|[a-z]\.\s|[-–•*+▪◦]\s")
_SUB_BULLET = re.compile(r"[-–•*+]\s+(?=[(（](?:[^\W\d_]{1,4}|\d{1,2})[)）])")
_ANNEX = re.compile(
    r"(?i:annex|annexe|anexo|appendix|appendice|apéndice|приложение|المرفق|附件)\b(?:\s+[IVXL\d]{1,5}|\s+[A-Z])?[.:]?"
)
_FURNITURE = re.compile(
    r"(?i:page\s+)?\d{1,4}(?:\s*(?:/|of|de|из)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—]"  # page numbers
    r"|[A-Z]{1,8}(?:/[A-Za-z0-9.\-]{1,20}){2,}\*{0,3}"  # a document symbol by itself
    r"|[A-Z]{1,3}\.\d{2}-\d{5}(?:\s.{0,40})?"  # a job number: V.18-03084 (E)
)
_FINAL = re.compile(r"[.!?;:。！？；：؟؛…](?:[\"'”’»)\]*_]|\s)*$")
_ROMAN = re.compile(r"(?=.)(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_CHINESE_DIGITS = {sign: value for value, sign in enumerate("一二三四五六七八九", 1)}
MAX_HEADING = 200


class UnitHeading(NamedTuple):
    """A heading of a unit: its noun in English, its label in usual form, the words behind it on the same line."""

    noun: str
    label: str
    rest: str


def unit_heading(line: str) -> UnitHeading | None:
    """Read a line as the heading of a unit, with or without emphasis; None if it is none."""
    line = line.strip()
    bare = strip_emphasis(line)
    for form in (_UNIT, _ORDINAL_UNIT, _PREAMBULAR):
        if found := form.fullmatch(bare):
            parts = found.groupdict()
            label = _usual(parts["label"])
            if label is None:
                return None
            rest = next((parts[key] for key in ("rest", "rest2", "rest3", "note") if parts.get(key)), "")
            word = parts.get("word", "paragraph").casefold()
            return UnitHeading(_BY_WORD.get(word, "paragraph"), label, rest.strip())
    if led := _LED_BY_EMPHASIS.fullmatch(line):
        head = unit_heading(led["head"])
        if head is not None and not head.rest:
            return head._replace(rest=led["rest"].lstrip(".:").strip())
    return None


def heading_line(noun: str, label: str, language: str) -> str:
    """The heading draftwg writes over a unit: "Recommendation 8", "建议 8"; a noun it does not know gets a capital."""
    words = NOUNS.get(noun, {})
    chosen = words.get(language.split("-")[0]) or words.get("en")
    return f"{chosen[0] if chosen else noun[:1].upper() + noun[1:]} {label}".strip()


def split_glued(line: str) -> tuple[str, ...]:
    """Part a heading from the unit heading glued to its end (`2. Ice*Recommendation 4*`); else the line alone."""
    for form in (_GLUED, _GLUED_PLAIN):
        found = form.fullmatch(line)
        if found:
            head = unit_heading(found["head"])
            if head is not None and not head.rest and not is_final(found["before"]):
                return found["before"].strip(), found["head"]
    return (line,)


def numbered(line: str) -> tuple[str, str] | None:
    """Read "5. Words" or "5) Words" or "15 bis. Words" as (label, words)."""
    found = _NUMBERED.fullmatch(line)
    label = _usual(found["label"]) if found else None
    return (label, found["rest"]) if found and label is not None else None


def lettered(line: str) -> tuple[str, str] | None:
    """Read "B. Title", "II. Title" or "1.2 Title" as (token, title); the title must look like one."""
    line = strip_emphasis(line)
    found = _LETTERED.fullmatch(line) or _DECIMAL.fullmatch(line)
    if (
        found
        and heading_like(found["title"])
        and (len(found["token"]) == 1 or found["token"][0].isdigit() or roman(found["token"]))
    ):
        return found["token"], strip_emphasis(found["title"])
    return None


def heading_like(line: str) -> bool:
    """Whether a line is short and does not end like a sentence."""
    return (
        0 < len(line) <= MAX_HEADING
        and not is_final(line)
        and not line.endswith((",", "،", "，"))
        and not starts_low(line)
    )


def is_final(line: str) -> bool:
    """Whether a line ends with punctuation, also inside closing quotes (`… “done.”`)."""
    return bool(_FINAL.search(line))


def starts_low(line: str) -> bool:
    """Whether a line begins with a lower-case letter and no mark of a subparagraph: it goes on from the line before."""
    return line[:1].islower() and not _SUB.match(line)


def is_sub(line: str) -> bool:
    """Whether a line begins like a subparagraph or an item of a list: "(a) ", "b) ", "- "."""
    return bool(_SUB.match(line))


def plain_sub(line: str) -> str:
    """A subparagraph without the bullet before its letter: "- (a) Words" becomes "(a) Words"."""
    return _SUB_BULLET.sub("", line, count=1)


def is_annex(line: str) -> bool:
    """Whether a line is the heading of an annex."""
    return bool(_ANNEX.fullmatch(strip_emphasis(line)))


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the page and not to the text: a page number, a document symbol, a job number."""
    return bool(_FURNITURE.fullmatch(line))


def strip_emphasis(line: str) -> str:
    """A line without the asterisks or underscores around the whole of it."""
    found = _EMPHASIS.fullmatch(line)
    return found[2] if found else line


def roman(token: str) -> int:
    """The value of a Roman numeral up to XLIX … LXXXIX; 0 where it is none."""
    if not _ROMAN.fullmatch(token):
        return 0
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}[sign] for sign in token]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _usual(label: str) -> str | None:
    if label[0] in "一二三四五六七八九十":
        tens, ten, ones = label.partition("十")
        value = (_CHINESE_DIGITS.get(tens, 1) * 10 if ten else 0) + _CHINESE_DIGITS.get(ones if ten else tens, 0)
        return str(value) if value else None
    try:
        return normal_label(label)
    except BadInput:
        return None
