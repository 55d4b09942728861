"""Where words came from and where they went: blame, and the search for words that are gone. Pure functions of the
state.
"""

from typing import Any

from draftwg.desk.questions import credit
from draftwg.model.state import State, names_in_words
from draftwg.model.text import Text, Unit
from draftwg.redline.finding import locate
from draftwg.redline.provenance import origins


def blame(state: State, unit: Unit) -> list[dict[str, Any]]:
    """Each run of the unit's words: who brought it in, by which amendment, in which reading, and what it replaced."""
    history = [(change.act, change.text) for change in state.lives.get(unit.id, ())]
    runs = []
    for origin in origins(history):
        amendment = credit(state, origin.source)
        first = origin.source == history[0][0]
        runs.append(
            {
                "words": origin.text,
                "act": origin.source,
                "by": list(amendment.names) if amendment else ["the original text" if first else "Secretariat"],
                "amendment": amendment.number if amendment else None,
                "reading": amendment.decision.reading if amendment and amendment.decision else None,
                "replaced": origin.replaced,
            }
        )
    return runs


def where(state: State, text: Text, words: str) -> list[dict[str, Any]]:
    """Every unit in which `words` stand or stood, in the versions too; for words that are gone, by which act."""
    found = []
    for unit in text.units:
        life = state.lives.get(unit.id, ())
        had = [place for place, change in enumerate(life) if _stands(change.text, words)]
        versions = [
            version.symbol
            for version in state.versions
            if version.text.name == text.name and (then := version.text.unit(unit.id)) and _stands(then.text, words)
        ]
        if not had and not versions:
            continue
        now = not unit.deleted and bool(had) and had[-1] == len(life) - 1
        gone = None if now or not had else life[had[-1] + 1] if had[-1] + 1 < len(life) else life[-1]
        amendment = credit(state, gone.act) if gone else None
        by = f"{amendment.number} of {names_in_words(amendment.names)}" if amendment else "an act of the Secretariat"
        found.append(
            {
                "unit": unit.label,
                "now": now,
                "versions": versions,
                "until": gone.at if gone else "",
                "gone_by": f"changed by {by}" if gone else "",
                "act": gone.act if gone else "",
                "current": "" if unit.deleted else unit.text,
            }
        )
    return found


def _stands(text: str, words: str) -> bool:
    if words in text:
        return True
    place = locate(text, words)
    return place is not None and place.fit >= 0.95
