"""The secretariat's desk: open a meeting, do an act, ask a question. What both faces (cli and tui) call, and the
only thing they call.

Knows repository, formats, acts, model and redline; knows no screen and no argument parser. The clock and the dice
are here (`clock.py`): below this room nothing asks for the time or makes an id.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from draftwg.desk.desk import Desk, Receipt

__all__ = ["Desk", "Receipt"]


def __getattr__(name: str) -> object:
    """What this room gives out is loaded when it is asked for: `opening` has git read the record meanwhile."""
    if name not in __all__:
        raise AttributeError(name)
    from draftwg.desk import desk

    return getattr(desk, name)
