"""Changes that are said in words, in an e-mail or a cell of a table, sentence by sentence."""

import re

from draftwg.errors import BadInput
from draftwg.formats.instruction import parse, places
from draftwg.formats.receiving.aligning import Base
from draftwg.formats.receiving.pieces import Wish

_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z“\"'‘«])")


def instructions(words: str, where: str, base: Base, label: str = "") -> list[Wish]:
    """What is said in these words, sentence by sentence; what is no instruction is not understood."""
    words = re.sub(r"^(?:[-–•*+>]|\(?[a-z\d]{1,2}\))\s+", "", words)

    def text_of(named: str) -> str:
        unit = base.labels.get((named or label).casefold())
        return unit.text if unit else ""

    def taken(said: str) -> bool:
        try:
            found = parse(said, noun=base.text.noun, words=text_of)
        except (BadInput, RecursionError):
            return False
        return all(one.unit or label or _stands(one.old) for one in found)

    def _stands(old: str) -> bool:
        return bool(old) and any(places(unit.text, old) for unit in base.text.standing)

    if taken(words):
        return [Wish("said", where, label=label, new=words)]
    sentences = _SENTENCE.split(words)
    out: list[Wish] = []
    for sentence in sentences if len(sentences) > 1 else ():
        if taken(sentence):
            out.append(Wish("said", where, label=label, new=sentence))
        else:
            out.append(Wish("none", where, old=sentence, why="No change is said that is understood."))
    if any(wish.kind == "said" for wish in out):
        return out
    return [Wish("none", where, old=words, why="No change is said that is understood.")]
