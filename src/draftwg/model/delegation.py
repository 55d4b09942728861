"""Delegations: who takes part, in which category, and under which names they are known."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Category(StrEnum):
    """What a delegation may do follows from its category (report of a meeting: parties, signatories, observers)."""

    PARTY = "party"
    INTEGRATION = "regional economic integration organization"
    GROUP = "regional group"
    SIGNATORY = "signatory"
    NON_SIGNATORY = "non-signatory"
    ORGANIZATION = "intergovernmental organization"
    CHAIR = "chair"
    SECRETARIAT = "secretariat"
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True, slots=True)
class Delegation:
    """A State, organization or group taking part. `code` is ISO 3166-1 alpha-3 where there is one."""

    name: str
    category: Category = Category.UNSPECIFIED
    code: str = ""
    aliases: tuple[str, ...] = ()
    group: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every word by which this delegation can be called."""
        return (self.name, *self.aliases, *((self.code,) if self.code else ()))


# A slash is kept: "../../x" is not "-x". The fillers of Hangul count as letters in Unicode, but show nothing.
_NOT_LETTERS = re.compile("[^\\w\\s/\\\\]|[\u115f\u1160\u3164\uffa0]")
SECRETARIAT = "Secretariat"
CHAIR = "Chair"
_WITH_ARTICLE = {
    "european union", "niger", "netherlands", "philippines", "russian federation", "sudan", "gambia", "holy see",
    "dominican republic", "republic of korea", "comoros", "congo", "bahamas", "maldives", "marshall islands",
    "seychelles", "chair", "secretariat",
}  # fmt: skip


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """The key under which names are compared and sorted.

    A leading "the" is dropped, accents and apostrophes are stripped, case is ignored: Côte d'Ivoire stands before Cuba,
    the European Union under E, Türkiye where Turkey stood.
    """
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    plain = " ".join(_NOT_LETTERS.sub("", plain.casefold()).split())
    return plain.removeprefix("the ")


def is_name(name: str) -> bool:
    """Whether somebody can be called so: it has a letter or a digit that can be seen."""
    return any(character.isalnum() for character in name_key(name))


def the(name: str, *, start: bool = False) -> str:
    """The name as in running text: "the European Union", "the Niger", "the Chair", but "Mexico". With `start`, as at
    the start of a sentence: "The European Union".
    """
    key = name_key(name)
    bare = not name.casefold().startswith("the ")
    if bare and (key in _WITH_ARTICLE or key.startswith(("group of", "united ")) or key.endswith(" group")):
        name = f"the {name}"
    return name[:1].upper() + name[1:] if start else name


def speaking(by: str, group: str = "") -> str:
    """Who speaks, at the start of a sentence: "Kenya, on behalf of the Group of African States,"."""
    return f"{the(by, start=True)}, on behalf of {the(group)}," if group else the(by, start=True)
