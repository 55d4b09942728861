"""Settling what is contested: the Chair says which of two acts that contradict each other stands."""

from dataclasses import dataclass
from typing import Self

from draftwg.acts.base import Act, Drafting, Field, Request
from draftwg.errors import BadInput, OutOfOrder
from draftwg.model.state import State

CHOICES = ("present", "contested", "neither")


@dataclass(frozen=True, kw_only=True)
class Settle(Act):
    """The Chair settles a contested decision: what stands at present is kept, or the contested act takes its place, or
    both are set aside and the room decides anew.

    What is set aside no longer counts, as if it had been undone; it stays in the record. `between` are all the acts
    among which this chooses, `aside` those that it sets aside.
    """

    NAME = "settle"
    FIELDS = (
        Field("contested", "line", "the contested act: its id, or the number or label that it is about"),
        Field("keep", "line", "present (what stands now), contested (the other), or neither", required=True),
        Field("ruling", "line", "the ruling in words, for the record"),
    )

    contested: str
    keep: str
    between: tuple[str, ...]
    aside: tuple[str, ...]
    told: str
    ruling: str = ""

    @classmethod
    def draft(cls, drafting: Drafting, request: Request) -> Self:
        """The ruling on a contested act; the acts that it contradicts are found here and named in the act."""
        from draftwg.acts.settling import against, find_contested, in_words  # they fold, and so know the log

        log = drafting.log
        keep = request.line("keep").casefold()
        if keep not in CHOICES:
            raise BadInput(f"“{keep[:40]}” is not to be kept.", f"There are: {', '.join(CHOICES)}.")
        act = find_contested(log, request.line("contested", ""))
        others = against(log, act.id)
        told = in_words(act, log.before(act.id))
        if keep != "present" and not others and act.NAME == "issue":
            raise OutOfOrder(
                f"“{told}” cannot take the place of the version that was issued under this symbol."
                if keep == "contested"
                else "The version that was issued under this symbol cannot be set aside.",
                "Keep the present one, and issue the other text as a Rev. or Corr.",
                rule="An issued version stands.",
            )
        if keep == "contested" and not others:
            raise OutOfOrder(
                f"“{told}” cannot be brought into effect: no other act is in its way that could be set aside.",
                "Keep what is present, and do it anew if it is still wanted.",
                rule="A decision rests on what is before the room.",
            )
        aside = {
            "present": (act.id,),
            "contested": tuple(other.id for other in others),
            "neither": (act.id, *(other.id for other in others)),
        }[keep]
        return cls(
            stamp=drafting.stamp(),
            contested=act.id,
            keep=keep,
            between=(act.id, *(other.id for other in others)),
            aside=aside,
            told=told,
            ruling=request.line("ruling", ""),
        )

    def apply(self, state: State) -> State:
        """The state as it is: the fold leaves out what is set aside (`Log`)."""
        return state

    def subject(self, before: State) -> str:
        """The act in plain words."""
        ruling = f" ({self.ruling})" if self.ruling else ""
        how = {
            "present": f"what stands is kept, and “{self.told}” is set aside",
            "contested": f"“{self.told}” stands",
            "neither": f"“{self.told}” and what contradicts it are set aside; the room decides anew",
        }.get(self.keep, f"“{self.told}”")
        return f"The Chair settles: {how}{ruling}"

    def trailers(self, before: State) -> dict[str, str]:
        """The acts among which it chooses."""
        return {"Contested": self.contested, "Aside": " ".join(self.aside)}
