"""A unit with everything that is pending on it in brackets, and whether each amendment still applies."""

from draftwg.model.amendment import Amendment, AmendmentState, Kind
from draftwg.model.procedure import Stand
from draftwg.model.state import State
from draftwg.model.text import Unit
from draftwg.redline.anchor import Verdict, applies, reanchor
from draftwg.redline.brackets import Bracketed, Claim, bracketed


def unit_bracketed(state: State, unit: Unit, *, named: bool = True) -> Bracketed:
    """The unit with every amendment of its words that awaits its fate in brackets; with or without names."""
    claims = []
    for amendment in state.pending_on(unit.id):
        if not amendment.words_only:
            continue
        parent = amendment.parent if not amendment.consequential and amendment.parent in state.amendments else None
        if parent is None:
            verdict = verdict_on(state, amendment)
            words = verdict.text if verdict.text is not None else amendment.proposed
        else:
            words = amendment.proposed
        names = tuple(short_name(state, name) for name in amendment.names)
        note = f"consequential to {_parent_name(state, amendment)}" if amendment.consequential else ""
        claims.append(Claim(amendment.id, words, names, note, parent))
    if claims:
        claims += [Claim(f"retain:{name}", unit.text, (short_name(state, name),)) for name in _retaining(state, unit)]
    return bracketed(unit.text, claims, attributed=named)


def _retaining(state: State, unit: Unit) -> tuple[str, ...]:
    """Who wants to retain the words of the unit against what is pending on it."""
    pending = state.pending.get(unit.id, ())
    return tuple(
        dict.fromkeys(
            position.by
            for position in state.positions
            if position.stand is Stand.RETAIN
            and not position.lifted
            and (position.unit == unit.id or position.amendment in pending)
        )
    )


def verdict_on(state: State, amendment: Amendment) -> Verdict:
    """Whether the amendment still applies to the words as they stand, and why not."""
    base, proposal, now, others = _asked(state, amendment)
    return reanchor(base, proposal, now, others=others)


def applies_on(state: State, amendment: Amendment) -> bool:
    """Whether the amendment still applies to the words as they stand: whether its verdict has a text."""
    base, proposal, now, others = _asked(state, amendment)
    return applies(base, proposal, now, others=others)


def _asked(state: State, amendment: Amendment) -> tuple[str, str, str, dict[str, str]]:
    """The words that an amendment was said against, what it proposes, how they stand, and what was accepted on them."""
    unit = state.text(amendment.text).unit(amendment.unit)
    if amendment.parent and not amendment.consequential:
        return amendment.base, amendment.proposed, state.amendments[amendment.parent].proposed, {}
    if amendment.kind is Kind.DELETE_UNIT or unit is None or not amendment.words_only:
        return amendment.base, amendment.proposed, amendment.base, {}
    others = {
        other.number: other.proposed
        for other in state.on_unit(unit.id)
        if other.state is AmendmentState.ACCEPTED and other.words_only and other.kind is not Kind.DELETE_UNIT
    }
    return amendment.base, amendment.proposed, unit.text, others


def short_name(state: State, name: str) -> str:
    """The name as it stands in brackets: "EU" for the European Union, else the name."""
    delegation = state.delegations.get(name)
    short = [alias for alias in delegation.names if 2 <= len(alias) <= 5 and alias.isupper()] if delegation else []
    # A code of three letters is ISO 3166: it is for lists, not for brackets.
    aliases = [alias for alias in short if delegation and (alias != delegation.code or len(alias) == 2)]
    return aliases[0] if aliases and " " in name else name


def _parent_name(state: State, amendment: Amendment) -> str:
    return short_name(state, state.amendments[amendment.parent].by)
