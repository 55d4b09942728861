"""The secretariat's desk: open a meeting, do an act, ask a question. What both faces (cli and tui) call, and the
only thing they call.

Knows repository, formats, acts, model and redline; knows no screen and no argument parser. The clock and the dice
are here (`clock.py`): below this room nothing asks for the time or makes an id.
"""

from draftwg.desk.desk import Desk, Receipt

__all__ = ["Desk", "Receipt"]
