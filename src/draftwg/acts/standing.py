"""Who may table what, and how an amendment comes before the room."""

from draftwg.acts.base import Drafting
from draftwg.errors import OutOfOrder
from draftwg.model.amendment import AmendmentState
from draftwg.model.delegation import Category, Delegation, the

_OBSERVERS = (Category.SIGNATORY, Category.NON_SIGNATORY, Category.ORGANIZATION)
_NO_GROUP = (Category.PARTY, Category.SIGNATORY, Category.NON_SIGNATORY, Category.CHAIR, Category.SECRETARIAT)
_THROUGH = "A regional group speaks through a party."


def is_observer(delegation: Delegation) -> bool:
    """Whether the delegation may only suggest."""
    return delegation.category in _OBSERVERS


def on_behalf(drafting: Drafting, by: str, name: str) -> str:
    """The roster's name of the group for which `by` speaks: a regional group, or an organization. OutOfOrder where it
    is a State, the Chair, the Secretariat, or `by` itself.
    """
    if not name:
        return ""
    known = drafting.state.find_delegation(name)
    a_state = drafting.known(known.name if known else name)
    no_group = known is not None and known.category in _NO_GROUP
    if known is None or known.category is Category.UNSPECIFIED:
        no_group = a_state is not None and a_state.category is not Category.INTEGRATION
    if no_group or (known is not None and known.name == by):
        raise OutOfOrder(
            f"{the(by, start=True)} cannot speak on behalf of {the(known.name if known else name)}.",
            "Leave it out, or name a regional group.",
            rule=_THROUGH,
        )
    return drafting.delegation(name, Category.GROUP).name


def party(drafting: Drafting, name: str, verb: str) -> Delegation:
    """The delegation of this name, which must be one that decides; `verb` tells what it wants to do."""
    return decides(drafting.delegation(name), verb)


def decides(delegation: Delegation, verb: str) -> Delegation:
    """The delegation, if it is one that decides. OutOfOrder where it is none; `verb` tells what it wants to do."""
    alone(delegation, verb)
    if delegation.category is Category.SECRETARIAT:
        raise OutOfOrder(
            f"{the(delegation.name, start=True)} cannot {verb}.",
            "A party may.",
            rule="The Secretariat makes editorial and consequential changes only.",
        )
    if is_observer(delegation):
        raise OutOfOrder(
            f"{the(delegation.name, start=True)} ({delegation.category}) cannot {verb}.",
            "A party may.",
            rule="Observers take no part in decisions (rules 14 to 17 of the rules of procedure).",
        )
    return delegation


def alone(delegation: Delegation, verb: str) -> None:
    """OutOfOrder if it is a regional group, which does nothing by itself."""
    if delegation.category is Category.GROUP:
        raise OutOfOrder(
            f"{the(delegation.name, start=True)} (a regional group) cannot {verb} by itself.",
            "Name the party that speaks on its behalf (on_behalf).",
            rule=_THROUGH,
        )


def first_state(delegation: Delegation, *, held: bool) -> AmendmentState:
    """The state in which a proposal of this delegation begins."""
    if is_observer(delegation):
        return AmendmentState.SUGGESTED
    return AmendmentState.HELD if held else AmendmentState.TABLED
