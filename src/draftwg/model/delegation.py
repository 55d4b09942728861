"""Delegations: who takes part, in which category, and under which names they are known."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


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


_NOT_LETTERS = re.compile(r"[^\w\s]")
SECRETARIAT = "Secretariat"
CHAIR = "Chair"


def name_key(name: str) -> str:
    """The key under which names are compared and sorted.

    A leading "the" is dropped, accents and apostrophes are stripped, case is ignored: Côte d'Ivoire stands before Cuba,
    the European Union under E, Türkiye where Turkey stood.
    """
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    plain = " ".join(_NOT_LETTERS.sub("", plain.casefold()).split())
    return plain.removeprefix("the ")
