"""Who may table what, and how an amendment comes before the room."""

from draftwg.acts.base import Drafting
from draftwg.errors import OutOfOrder
from draftwg.model.amendment import AmendmentState
from draftwg.model.delegation import Category, Delegation, the

_OBSERVERS = (Category.SIGNATORY, Category.NON_SIGNATORY, Category.ORGANIZATION)


def is_observer(delegation: Delegation) -> bool:
    """Whether the delegation may only suggest."""
    return delegation.category in _OBSERVERS


def on_behalf(drafting: Drafting, name: str) -> str:
    """The roster's name of the group for which a party speaks."""
    if not name:
        return ""
    return drafting.delegation(name).name


def party(drafting: Drafting, name: str, verb: str) -> Delegation:
    """The delegation of this name, which must be one that decides; `verb` tells what it wants to do."""
    delegation = drafting.delegation(name)
    if is_observer(delegation) or delegation.category is Category.SECRETARIAT:
        raise OutOfOrder(
            f"{the(delegation.name, start=True)} ({delegation.category}) cannot {verb}.",
            "A party may.",
            rule="Observers take no part in decisions (rules 14 to 17 of the rules of procedure).",
        )
    return delegation


def first_state(delegation: Delegation, *, held: bool) -> AmendmentState:
    """The state in which a proposal of this delegation begins."""
    if is_observer(delegation):
        return AmendmentState.SUGGESTED
    return AmendmentState.HELD if held else AmendmentState.TABLED
