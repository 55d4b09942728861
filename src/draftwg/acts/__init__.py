"""What can happen: one frozen dataclass per act, with its rules, its effect on the state, its words and its JSON.

Called by desk (to draft and fold acts) and repository (to write and read them). Knows model and redline; no file, no
clock, no randomness, no git, no screen: time, identity and ids are handed in with a Stamp.
"""

from draftwg.acts.agreeing import Agree, Placeholder, Reopen, RequestReopening
from draftwg.acts.amendment import Cosponsor, Revise
from draftwg.acts.base import Act, Drafting, Request, Stamp, decode, encode
from draftwg.acts.closing import Renumber, Snap
from draftwg.acts.decision import Accept, Fall, Reject, Withdraw
from draftwg.acts.joining import Merge, Reintroduce, TakeUp
from draftwg.acts.log import Log
from draftwg.acts.meeting import Admit, Found
from draftwg.acts.positions import Lift, Order, TakePosition
from draftwg.acts.propose import Propose
from draftwg.acts.reading import CloseReading, Consider, OpenReading, Resume, Suspend
from draftwg.acts.settle import Settle
from draftwg.acts.text import Edit, Import
from draftwg.acts.undo import Redo, Undo
from draftwg.acts.version import Issue

ACTS: dict[str, type[Act]] = {
    kind.NAME: kind
    for kind in (
        Found, Admit, Import, OpenReading, Suspend, Resume, CloseReading, Consider,
        Propose, TakeUp, Revise, Cosponsor, TakePosition, Lift, Order,
        Accept, Reject, Fall, Merge, Withdraw, Reintroduce, Edit,
        Agree, RequestReopening, Reopen, Placeholder, Renumber, Snap, Issue, Settle, Undo, Redo,
    )
}  # fmt: skip
"""Every act that the program knows, by name, in the order in which a meeting meets them."""

__all__ = ["ACTS", "Act", "Drafting", "Log", "Request", "Stamp", "decode", "encode"]
