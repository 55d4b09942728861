"""Clocks that disagree: an act that arrives from another machine with a time of day that is still to come here.

Nothing depends on the time of day (the order of acts is that of their own clock), so that it is told and never refused.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from draftwg.acts import Act
from draftwg.acts.log import seconds
from draftwg.desk.presence import Presence

_MUCH = 120.0
"""Seconds by which a clock may be ahead before it is told."""


def furthest_ahead(acts: Iterable[Act], at: str) -> str:
    """The latest time that any of these acts has, if it is more than two minutes after `at`; otherwise ""."""
    latest = max((act.at for act in acts), key=seconds, default="")
    return latest if latest and seconds(latest) - seconds(at) > _MUCH else ""


def clock_remark(latest: str, at: str, source: str, present: Sequence[Presence]) -> str:
    """What to say where acts of the time `latest` came from `source` at `at`: by how much, and whose clock it may be.

    A machine that says where it is says by the same clock when.
    """
    ahead = seconds(latest) - seconds(at)
    whose = [one.clerk for one in present if seconds(one.at) - seconds(at) > _MUCH / 2]
    owner = f"The clock of {' and '.join(whose)}" if whose else f"The clock of a machine that syncs with {source}"
    here = datetime.fromisoformat(at)
    there = datetime.fromisoformat(latest).astimezone(here.tzinfo)
    return (
        f"{owner} seems to be {_span(ahead)} fast, or this machine's slow: an act came with the time {there:%H:%M}, "
        f"and here it is {here:%H:%M}. Set the clock that is wrong; the acts are all taken."
    )


def _span(seconds: float) -> str:
    """So much time, in words."""
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = round(seconds / size)
            return f"{count} {name}{'' if count == 1 else 's'}"
    return "a little"
