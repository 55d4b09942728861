"""Document symbols such as CTOC/COP/WG.6/2018/CRP.3/Rev.1.

Parts are joined by "/". The modifiers Rev, Add, Corr, Amend, Excerpt (with a number) and Summary stand at the right
end, a trailing "*" marks a reissue for technical reasons (Dag Hammarskjöld Library, "UN Document Symbols"). Read
from the right, part by part: one regular expression for the whole swallows chained modifiers.
"""

import re
from dataclasses import dataclass

from draftwg.errors import BadInput

_MODIFIER = re.compile(r"(?:Rev|Add|Corr|Amend|Excerpt)\.\d{1,4}|Summary")
_TOKEN = re.compile(r"[A-Z][A-Za-z]{0,15}(?:\.\d{1,5})?|\d{1,5}|S-\d{1,4}")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A document symbol taken apart: `stem` without modifiers, `modifiers` in order, `reissues` = number of
    asterisks.
    """

    stem: str
    modifiers: tuple[str, ...]
    reissues: int

    @property
    def tag(self) -> str:
        """The name of its git tag. A symbol may continue another one, a git ref may not: "/" becomes "_", "*"
        becomes "_r".
        """
        return "_".join([*self.stem.split("/"), *self.modifiers, *("r" * self.reissues)])

    def __str__(self) -> str:
        return "/".join([self.stem, *self.modifiers]) + "*" * self.reissues


def parse_symbol(text: str) -> Symbol:
    """Read a document symbol; BadInput, naming the part, where it is none."""
    plain = text.strip().rstrip("*")
    reissues = len(text.strip()) - len(plain)
    parts = plain.split("/")
    modifiers: list[str] = []
    while len(parts) > 1 and _MODIFIER.fullmatch(parts[-1]):
        modifiers.insert(0, parts.pop())
    wrong = next((part for part in parts if not _TOKEN.fullmatch(part)), None)
    if wrong is not None or len(parts) < 2 or reissues > 3 or len(plain) > 120:
        part = f": “{wrong[:30]}” is no part of one" if wrong else ""
        raise BadInput(
            f"“{text[:60]}” is no document symbol{part}.",
            "A symbol reads like CTOC/COP/WG.6/2018/CRP.3/Rev.1.",
        )
    return Symbol("/".join(parts), tuple(modifiers), reissues)
