"""Words from right to left, as the terminal at hand needs them (docs/projection.md tells what was seen where).

Terminals disagree: some put such words in order and join their letters, some do one of the two, some neither, and none
can be asked. So the person at the terminal says it.

Source: Unicode Standard Annex #9 (the bidirectional algorithm, without explicit embeddings: they are removed at the
door), and the compatibility forms of Arabic letters in the Unicode character database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

if TYPE_CHECKING:
    from rich.style import Style

MODES = ("terminal", "isolate", "reverse")
"""As they are, for a terminal that puts them in order itself; the same, every run parted by isolates from what stands
beside it; put in order and joined here, for a terminal that does neither."""

_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_RUN = re.compile(
    rf"{_RIGHT.pattern}(?:[^A-Za-z\u00c0-\u058f\u0900-\ufb1c()\[\]{{}}]*{_RIGHT.pattern})?"  # over blanks and digits
)
_FSI, _PDI = "\u2068", "\u2069"
_MIRRORS = {pair[at]: pair[1 - at] for pair in ("()", "[]", "{}", "<>", "«»", "‹›") for at in (0, 1)}
_OPENING = {pair[0]: pair[1] for pair in ("()", "[]", "{}", "«»", "‹›")}

Cell = tuple[str, "Style | None"]
"""A letter with the marks on it, and its style."""


def arranged(line: Strip, mode: str, direction: str, width: int) -> Strip:
    """One line of the screen as it goes to the terminal; `direction` is that of the text."""
    if mode == MODES[0] or not _RIGHT.search(line.text):
        return line
    cells = [(sign, segment.style) for segment in line for sign in segment.text]
    while cells and cells[-1][0] == " ":
        cells.pop()
    if mode == "isolate":
        return _strip(_isolated(cells))
    base = _base("".join(sign for sign, _ in cells), direction)
    ordered = [_mirrored(cell, level) for cell, level in _ordered(_clusters(_joined(cells)), base)]
    missing = width - sum(cell_len(sign) for sign, _ in ordered)
    return _strip([*[(" ", None)] * max(0, missing) * base, *ordered])


def one_line(words: str, mode: str) -> str:
    """Words for a line that takes no signs but visible ones: only `reverse` changes them."""
    return arranged(Strip([Segment(words)]), mode, "ltr", 0).text if mode == "reverse" else words


def _strip(cells: Iterable[Cell]) -> Strip:
    groups = groupby(cells, key=lambda cell: cell[1])
    return Strip([Segment("".join(sign for sign, _ in group), style) for style, group in groups])


def _isolated(cells: Sequence[Cell]) -> list[Cell]:
    """Every run of right-to-left words between a first strong isolate and its end."""
    out = list(cells)
    for found in reversed(list(_RUN.finditer("".join(sign for sign, _ in cells)))):
        out.insert(found.end(), (_PDI, out[found.end() - 1][1]))
        out.insert(found.start(), (_FSI, out[found.start()][1]))
    return out


# --- letters --------------------------------------------------------------------------------------------------------


@cache
def _forms() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """The shapes of each letter, by "isolated", "final", "initial", "medial"; and those of lam with alef."""
    letters: dict[str, dict[str, str]] = {}
    pairs: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFDD0), *range(0xFE70, 0xFEFD)):
        form, _, rest = unicodedata.decomposition(chr(code)).partition(" ")
        signs = "".join(chr(int(one, 16)) for one in rest.split())
        if form[1:-1] in ("isolated", "final", "initial", "medial"):
            if len(signs) == 1:
                letters.setdefault(signs, {})[form[1:-1]] = chr(code)
            elif signs in ("\u0644\u0622", "\u0644\u0623", "\u0644\u0625", "\u0644\u0627"):
                pairs.setdefault(signs, {})[form[1:-1]] = chr(code)
    return letters, pairs


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) in ("Mn", "Me", "Cf") and sign not in "\u0640\u200c\u200d"


def _joined(cells: Sequence[Cell]) -> list[Cell]:
    """The letters in the shapes that they have beside each other."""
    letters, pairs = _forms()
    real = [place for place, (sign, _) in enumerate(cells) if not _is_mark(sign)]
    out: dict[int, Cell] = dict(enumerate(cells))
    swallowed: set[int] = set()
    for at, place in enumerate(real):
        sign, style = cells[place]
        if place in swallowed or sign not in letters:
            continue
        after = cells[real[at + 1]][0] if at + 1 < len(real) else ""
        back = bool(at) and _reaches_on(cells[real[at - 1]][0]) and "final" in letters[sign]
        pair = pairs.get(sign + after)
        if pair:
            swallowed.add(real[at + 1])
            out[place] = (pair["final" if back else "isolated"], style)
            out.pop(real[at + 1])
            continue
        on = _reaches_on(sign) and _reaches_back(after)
        shape = ("medial" if on else "final") if back else ("initial" if on else "isolated")
        out[place] = (letters[sign].get(shape, sign), style)
    return [out[place] for place in sorted(out)]


def _reaches_on(sign: str) -> bool:
    """Whether it joins to what follows."""
    return sign in ("\u0640", "\u200d") or "initial" in _forms()[0].get(sign, ())


def _reaches_back(sign: str) -> bool:
    """Whether it joins to what stands before."""
    return sign in ("\u0640", "\u200d") or "final" in _forms()[0].get(sign, ())


def _clusters(cells: Iterable[Cell]) -> list[Cell]:
    """The letters with their marks."""
    out: list[Cell] = []
    for sign, style in cells:
        if out and _is_mark(sign):
            out[-1] = (out[-1][0] + sign, out[-1][1])
        else:
            out.append((sign, style))
    return out


# --- order ----------------------------------------------------------------------------------------------------------


def _base(words: str, direction: str) -> int:
    """The level of the line: 1 from right to left."""
    if direction == "rtl":
        return 1
    strong = (unicodedata.bidirectional(sign) for sign in words)
    return int(next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L")


def _mirrored(cell: Cell, level: int) -> Cell:
    return (_MIRRORS.get(cell[0], cell[0]), cell[1]) if level % 2 else cell


def _ordered(cells: Sequence[Cell], base: int) -> list[tuple[Cell, int]]:
    """The cells as they stand on the screen from left to right, with their levels (rule L2)."""
    levels = _levels([sign[0] for sign, _ in cells], base)
    order = list(zip(cells, levels, strict=True))
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and order[end][1] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end + 1
    return order


def _levels(signs: Sequence[str], base: int) -> list[int]:
    """The embedding level of every sign (rules W1 to I2)."""
    kinds = _weak([unicodedata.bidirectional(sign) or "L" for sign in signs], base)
    own = "R" if base else "L"
    _pairs(signs, kinds, own)
    start = 0
    while start < len(kinds):
        if kinds[start] in ("L", "R", "EN", "AN"):
            start += 1
            continue
        end = start
        while end < len(kinds) and kinds[end] not in ("L", "R", "EN", "AN"):
            end += 1
        before = _side(kinds[start - 1]) if start else own
        after = _side(kinds[end]) if end < len(kinds) else own
        kinds[start:end] = [before if before == after else own] * (end - start)
        start = end
    return [{own: base, "EN": 2, "AN": 2}.get(kind, base + 1) for kind in kinds]


def _weak(kinds: list[str], base: int) -> list[str]:
    """Numbers and their signs (rules W1 to W7)."""
    strong = "R" if base else "L"
    for place, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[place] = kinds[place - 1] if place else strong
        elif kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[place] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for place in range(1, len(kinds) - 1):
        before, kind, after = kinds[place - 1 : place + 2]
        if before == after and ((kind in ("ES", "CS") and before == "EN") or (kind == "CS" and before == "AN")):
            kinds[place] = before
    for steps in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
        beside = ""
        for place in steps:
            if kinds[place] == "ET" and beside == "EN":
                kinds[place] = "EN"
            beside = kinds[place]
    strong = "R" if base else "L"
    for place, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"
        elif kind in ("ES", "ET", "CS"):
            kinds[place] = "ON"
    return kinds


def _pairs(signs: Sequence[str], kinds: list[str], own: str) -> None:
    """Brackets go with what is in them (rule N0)."""
    opened: list[int] = []
    found: list[tuple[int, int]] = []
    for place, sign in enumerate(signs):
        if kinds[place] != "ON":
            continue
        if sign in _OPENING:
            opened.append(place)
            continue
        match = next((at for at in reversed(opened) if _OPENING[signs[at]] == sign), None)
        if match is not None:
            del opened[opened.index(match) :]
            found.append((match, place))
    for start, end in sorted(found):
        inside = {_side(kind) for kind in kinds[start + 1 : end] if kind in ("L", "R", "EN", "AN")}
        if not inside:
            continue
        if own in inside:
            side = own
        else:
            before = next((_side(kind) for kind in reversed(kinds[:start]) if kind in ("L", "R", "EN", "AN")), own)
            side = before if before in inside else own
        kinds[start] = kinds[end] = side


def _side(kind: str) -> str:
    """The direction that a kind counts for beside what has none."""
    return "R" if kind in ("EN", "AN") else kind
