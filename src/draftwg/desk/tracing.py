"""Where words came from and where they went: blame, and the search for words that are gone. Pure functions of the
state.
"""

import re
from collections import Counter
from itertools import groupby, pairwise
from typing import Any

from draftwg.desk.questions import credit, verdict_on, why_of
from draftwg.errors import BadInput
from draftwg.model.amendment import Amendment
from draftwg.model.delegation import the
from draftwg.model.state import State, names_in_words
from draftwg.model.text import Text, Unit
from draftwg.redline.combine import merge
from draftwg.redline.compare import Span, compare
from draftwg.redline.finding import level, locate
from draftwg.redline.provenance import origins

_MOST = 200
_FIGURES = re.compile(r"\d+")


def blame(state: State, unit: Unit) -> list[dict[str, Any]]:
    """Each run of the unit's words: who brought it in, by which amendment, in which reading, when, and for what.

    Words that came into an amendment by another that was merged into it are credited to both; words that came from a
    unit that was merged into this one are those of the original text.
    """
    steps = _steps(state, unit)
    told = {key: (names, number, reading, origin, at) for key, _, names, number, reading, origin, at in steps}
    runs = []
    for run in origins([(key, text) for key, text, *_ in steps]):
        names, number, reading, origin, at = told[run.source]
        runs.append(
            {
                "words": run.text,
                "act": run.source.partition(":")[0],
                "by": names,
                "amendment": number,
                "reading": reading,
                "at": at,
                "origin": origin,
                "replaced": run.replaced,
                "why": why_of(state, run.source) if names == ["Secretariat"] else None,
            }
        )
    return runs


_Step = tuple[str, str, list[str], str | None, int | None, str | None, str]


def _steps(state: State, unit: Unit) -> list[_Step]:
    """The life of the unit's words: (act, text, credited, amendment, reading, origin, when), the wordings of an
    amendment apart.
    """
    steps: list[_Step] = []
    for place, change in enumerate(state.lives.get(unit.id, ())):
        amendment = credit(state, change.act)
        if amendment is None:
            who = ["the original text" if place == 0 else "Secretariat"]
            steps.append((change.act, change.text, who, None, None, None, change.at))
            continue
        reading = amendment.decision.reading if amendment.decision else None
        merged = [text for id in amendment.units if (text := _words_of(state, amendment.text, id))]
        if merged and steps:
            joined = "\n".join([steps[-1][1], *merged])
            steps.append((f"{change.act}:merged", joined, ["the original text"], None, None, None, change.at))
        names, numbers = list(amendment.names), amendment.number
        before = steps[-1][1] if steps else ""
        for count, wording in enumerate(amendment.wordings):
            partner = state.index.merged_by.get(wording.act)
            if partner is not None:
                names = list(dict.fromkeys((*amendment.names, *partner.names)))
                numbers = f"{amendment.number} with {partner.number}"
            else:
                names, numbers = list(amendment.names), amendment.number
            if count == len(amendment.wordings) - 1 or not amendment.words_only:
                continue
            # On the words as they stood when it was accepted: others may have been accepted since it was tabled.
            then = wording.text if wording.base == before else merge(wording.base, before, wording.text)
            if then is not None:
                steps.append(
                    (f"{change.act}:{count}", then, names, numbers, reading, amendment.origin_by or None, change.at)
                )
        steps.append((change.act, change.text, names, numbers, reading, amendment.origin_by or None, change.at))
    return steps


def pending_words(state: State, unit: Unit) -> tuple[tuple[int, int, Amendment], ...]:
    """Where the pending amendments on a unit that still apply would change its words: the first and the last place, and
    the amendment; both places are the same where it only puts something in.
    """
    found = []
    for amendment in state.pending_on(unit.id):
        if not amendment.words_only or (amendment.parent and not amendment.consequential):
            continue
        verdict = verdict_on(state, amendment)
        at = 0
        for same, group in groupby(compare(unit.text, verdict.text or "") if verdict.text is not None else (), _kept):
            spans = list(group)
            size = sum(len(span.text) for span in spans if span.op != "+")
            if not same:
                found.append((at, at + size, amendment))
            at += size
    return tuple(found)


def _kept(span: Span) -> bool:
    return span.op == "="


def _words_of(state: State, text: str, unit: str) -> str:
    """The last words of a unit that is no longer in the text."""
    texts = [change.text for change in state.lives.get(unit, ()) if change.text]
    return texts[-1] if texts and state.texts[text].unit(unit) else ""


def where(state: State, text: Text, words: str) -> list[dict[str, Any]]:
    """Every unit in which `words` stand or stood, in the versions too; for words that are gone, by which act. BadInput
    where they are too many.
    """
    count = len(words.split())
    if count > _MOST:
        raise BadInput(f"{count:,} words are too many to look for.", f"Quote {_MOST} at most.")
    found = []
    sought = _Quotation(words)
    for unit in text.units:
        life = state.lives.get(unit.id, ())
        had = [place for place, change in enumerate(life) if sought.stands(change.text)]
        versions = [
            version.symbol
            for version in state.versions
            if version.text.name == text.name and (then := version.text.unit(unit.id)) and sought.stands(then.text)
        ]
        if not had and not versions:
            continue
        now = not unit.deleted and bool(had) and had[-1] == len(life) - 1
        gone = None if now or not had else life[had[-1] + 1] if had[-1] + 1 < len(life) else life[-1]
        amendment = credit(state, gone.act) if gone else None
        if amendment is not None:
            by = f"{amendment.number} of {names_in_words(map(the, amendment.names))}"
        else:
            by = f"the Secretariat, {why_of(state, gone.act)}" if gone else ""
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


class _Quotation:
    """Words that are looked for; each wording is compared with them once, however often it was in a version."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._pairs = _pairs_of(words)
        self._known: dict[str, bool] = {}

    def stands(self, text: str) -> bool:
        """Whether a text has the words, or nearly so."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._words in text or self._nearly(text)
        return known

    def _nearly(self, text: str) -> bool:
        # Words that are 95 % the same share four in five of their pairs of letters, and counting is quick.
        if (self._pairs & _pairs_of(text)).total() < 0.75 * self._pairs.total():
            return False
        place = locate(text, self._words)
        if place is None or place.fit < 0.95:
            return False
        return _FIGURES.findall(place.words) == _FIGURES.findall(self._words)  # 15 is not nearly 5


def _pairs_of(text: str) -> "Counter[str]":
    plain = level(" ".join(text.split()))
    return Counter(map("".join, pairwise(plain)))
