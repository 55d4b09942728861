"""Labels of units as delegations use them: "15", "15 bis", "15 bis alt", "PP4 ter".

A suffix says nothing about the kind of a unit ("bis" is a new paragraph for negotiators, an alternative version in the
United Nations Editorial Manual), so the kind is stored elsewhere; here labels are only read, written and ordered.
"""

import re

from draftwg.errors import BadInput

SUFFIXES = (
    "bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies", "undecies", "duodecies",
    "terdecies", "quaterdecies", "quindecies", "sexdecies", "septdecies", "octodecies", "novodecies", "vicies",
)  # fmt: skip
_RANK = {suffix: rank for rank, suffix in enumerate(SUFFIXES, 2)}
_ALT_RANK = 1000  # "15 alt" stands behind every bis, ter … of 15; "15 bis alt" behind 15 bis
_LABEL = re.compile(r"([A-Z]{1,3})?\s*(\d{1,5}(?:\.\d{1,5})*)?((?:[\s.]*[a-z]+|\s+\d{1,3})*)", re.IGNORECASE)
_SHORT = re.compile(r"([A-Z]{0,3}\d{1,5})\s*([a-z]+)", re.IGNORECASE)
_PART = re.compile(r"[a-z]+|\d+", re.IGNORECASE)

LabelKey = tuple[tuple[int, tuple[int, ...], str], ...]


def normal_label(label: str) -> str:
    """The label in its usual form: "2.bis", "2bis" and "2  BIS" become "2 bis". Raises BadInput for anything else."""
    head, suffixes = _split(label)
    return " ".join([head, *suffixes])


def meant_label(typed: str) -> str:
    """The label that is meant where one goes to a unit: the beginning of a suffix will do, "15b" is 15 bis and "15a" is
    15 alt. Raises BadInput for anything else that is no label."""
    found = _SHORT.fullmatch(typed.strip())
    if found and (suffix := next((one for one in (*SUFFIXES, "alt") if one.startswith(found[2].lower())), "")):
        return normal_label(f"{found[1]} {suffix}")
    return normal_label(typed)


def label_key(label: str) -> LabelKey:
    """A sort key in which 15 < 15 bis < 15 bis alt < 15 ter < 15 alt < 16, and PP4 < PP5."""
    head, suffixes = _split(label)
    letters = head.rstrip("0123456789.")
    numbers = tuple(int(number) for number in head[len(letters) :].split(".") if number)
    key = [(-1 if letters else 0, numbers, letters)]  # PP4 stands before 1
    for suffix in suffixes:
        if suffix.isdigit():
            key.append((2, (int(suffix),), ""))
        else:
            key.append((1, (_ALT_RANK if suffix == "alt" else _RANK[suffix],), ""))
    return tuple(key)


def next_label(after: str, taken: frozenset[str]) -> str:
    """The first free label behind `after`: 15 → 15 bis → 15 ter …; behind "15 bis" it goes on with "15 ter"."""
    head, suffixes = _split(after)
    start = _RANK.get(suffixes[0], 1) - 1 if suffixes else 0
    for suffix in SUFFIXES[start:]:
        label = f"{head} {suffix}"
        if label not in taken:
            return label
    raise BadInput(f"There is no free label left behind {after}.", "Give one with the label field.")


def _split(label: str) -> tuple[str, list[str]]:
    """The head ("15", "PP4") and the suffixes of a label."""
    text = label.strip().rstrip(".")
    found = _LABEL.fullmatch(text)
    if found and (found[1] or found[2]):
        suffixes = [part.lower() for part in _PART.findall(found[3])]
        if all(suffix in _RANK or suffix == "alt" or suffix.isdigit() for suffix in suffixes):
            if not found[2] and (suffixes or len(found[1]) > 1):  # "a bis" and "bis" are slips for a number
                raise BadInput(f"“{text[:40]}” is no label.", "A label is a number with bis, ter … or alt behind it.")
            number = ".".join(str(int(part)) for part in found[2].split(".")) if found[2] else ""
            return f"{(found[1] or '').upper()}{number}", suffixes
    raise BadInput(f"“{text[:40]}” is no label.", "A label reads like 15, 15 bis or 16 alt.")
