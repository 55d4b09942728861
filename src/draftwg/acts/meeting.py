"""The meeting itself and who takes part in it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from draftwg.acts.base import Act, Drafting, Field, Request, Stamp, checked_name
from draftwg.errors import BadInput, OutOfOrder
from draftwg.hygiene import shorten
from draftwg.model.delegation import CHAIR, SECRETARIAT, Category, Delegation, name_key
from draftwg.model.state import State

_ONE = "A name is that of one delegation."
_DATES = re.compile(r"(\d{4}-\d\d-\d\d)(?:/(\d{4}-\d\d-\d\d))?")


@dataclass(frozen=True, kw_only=True)
class Found(Act):
    """The meeting is set up, with the Chair and the Secretariat in its roster. It is the first act and stands once."""

    NAME = "found"
    FIELDS = (
        Field("title", "line", "what the meeting is called", required=True),
        Field("place", "line", "where it is held"),
        Field("dates", "line", "first and last day, as 2018-05-02/2018-05-03"),
    )

    title: str
    place: str = ""
    dates: str = ""

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """A new meeting."""
        return cls(
            stamp=drafting.stamp(),
            title=request.line("title"),
            place=request.line("place", ""),
            dates=_checked_dates(request.line("dates", "")),
        )

    def apply(self, state: State) -> State:
        """The state with title, place, dates, Chair and Secretariat."""
        if state.title:
            raise OutOfOrder("The meeting has been set up already.", rule="A meeting is set up once.")
        roster = {
            CHAIR: Delegation(CHAIR, Category.CHAIR),
            SECRETARIAT: Delegation(SECRETARIAT, Category.SECRETARIAT),
        }
        return state.changed(title=self.title, place=self.place, dates=self.dates, delegations=roster)

    @property
    def stands(self) -> bool:
        """The meeting itself is not undone."""
        return True

    def subject(self, before: State) -> str:
        """The act in plain words."""
        return f"The Secretariat sets up the meeting: {self.title}"


@dataclass(frozen=True, kw_only=True)
class Admit(Act):
    """A delegation enters the roster, or its entry is replaced by a new one of the same name."""

    NAME = "admit"
    FIELDS = (
        Field("name", "line", "the delegation's short name", required=True),
        Field("category", "line", "party, signatory, non-signatory … (see the roster)"),
        Field("code", "line", "its ISO 3166-1 alpha-3 code"),
        Field("aliases", "names", "other names by which it is called"),
        Field("group", "line", "its regional group"),
    )

    name: str
    category: str = Category.UNSPECIFIED.value
    code: str = ""
    aliases: tuple[str, ...] = ()
    group: str = ""
    by_the_way: bool = False

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The delegation as described; what is left out is taken from the directory of States."""
        name = checked_name(request.line("name"))
        known = drafting.known(name) or Delegation(name)
        code, aliases = request.line("code", ""), request.names("aliases")
        for called in (*((code,) if code else ()), *aliases):
            checked_name(called)
            other = _other(drafting.state, name, called)
            if other is not None:
                raise OutOfOrder(
                    f"{called} cannot be another name of {name}: it is one of {other.name}.",
                    "Leave it out, or change the other entry first.",
                    rule=_ONE,
                )
        # What the directory adds gives way to what the roster says.
        if not aliases:
            told = (alias for alias in known.names if alias not in (name, known.code))
            aliases = tuple(alias for alias in told if _other(drafting.state, name, alias) is None)
        if not code and known.code and _other(drafting.state, name, known.code) is None:
            code = known.code
        return cls.of(
            Delegation(
                name,
                checked_category(request.line("category", known.category.value)),
                code,
                aliases,
                request.line("group", known.group),
            ),
            drafting.stamp(),
        )

    @classmethod
    def of(cls, delegation: Delegation, stamp: Stamp, *, by_the_way: bool = False) -> Self:
        """The admission of this delegation; `by_the_way` where another act made it necessary."""
        return cls(
            stamp=stamp,
            name=delegation.name,
            category=delegation.category.value,
            code=delegation.code,
            aliases=delegation.aliases,
            group=delegation.group,
            by_the_way=by_the_way,
        )

    @property
    def stands(self) -> bool:
        """Undo passes over an admission that nobody asked for by itself."""
        return self.by_the_way

    def apply(self, state: State) -> State:
        """The state with this delegation in its roster."""
        own = {name_key(CHAIR), name_key(SECRETARIAT)}
        if name_key(self.name) in own or self.category not in set(Category):
            raise OutOfOrder(
                f"{self.name} cannot be admitted as {self.category}.", rule="The roster has its categories."
            )
        known = state.find_delegation(self.name)
        if self.by_the_way and known is not None:
            return state  # another machine entered it meanwhile, perhaps with more than its name
        if known is not None and known.name != self.name:
            raise OutOfOrder(
                f"{self.name} is another name of {known.name}, which is in the roster.",
                f"Admit {known.name} to change its entry.",
                rule=_ONE,
            )
        delegation = Delegation(self.name, Category(self.category), self.code, self.aliases, self.group)
        return state.with_delegation(delegation)

    def subject(self, before: State) -> str:
        """The act in plain words."""
        kind = "" if self.category == Category.UNSPECIFIED else f" ({self.category})"
        return f"The Secretariat enters {self.name}{kind} in the roster"

    def trailers(self, before: State) -> dict[str, str]:
        """The delegation."""
        return {"Delegation": self.name}


def checked_category(category: str) -> Category:
    """The category of this name, in whatever case. BadInput where there is none."""
    found = " ".join(category.casefold().split())
    if found not in set(Category):
        raise BadInput(f"“{shorten(category, 40)}” is no category.", f"There are: {', '.join(Category)}.")
    return Category(found)


def _other(state: State, name: str, called: str) -> Delegation | None:
    """The delegation that is called so already, where it is not the one with this name."""
    other = state.find_delegation(called)
    return other if other is not None and name_key(other.name) != name_key(name) else None


def _checked_dates(dates: str) -> str:
    if not dates:
        return ""
    found = _DATES.fullmatch(dates)
    try:
        if found and date.fromisoformat(found[1]) <= date.fromisoformat(found[2] or found[1]):
            return dates
    except ValueError:
        pass
    raise BadInput(f"“{dates[:40]}” are no dates of a meeting.", "Write them like 2018-05-02/2018-05-03.")
