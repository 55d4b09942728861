"""Words with brackets in them: `[words - Mexico]`, in the notation of a compilation (`redline.notation`)."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from draftwg.formats.receiving.pieces import Wish
from draftwg.model.text import Unit
from draftwg.redline.brackets import choose, parse
from draftwg.redline.notation import CONSEQUENCE, Bracket, NotationError, Piece

_ORIGINAL = "original"
_MOST = 200  # names in the brackets of one unit


def bracket_wishes(words: str, unit: Unit, where: str, names: Sequence[str]) -> list[Wish]:
    """One wish for each name that proposes something in the brackets of these words; none where no name does."""
    if "[" not in words:
        return []
    try:
        pieces = parse(words, names)
        over: dict[str, str] = {}  # the first place of a name tells whose words it changes
        for name, whom in _named(pieces):
            over.setdefault(name, whom)
        old = choose(pieces, None)
        found = [(name, choose(pieces, name)) for name in islice(over, _MOST)]
    except (NotationError, RecursionError):
        return []
    facts: dict[str, Any] = {"unit": unit.id, "label": unit.label, "old": old}
    out: list[Wish] = []
    for name, new in found:
        whom = name.removeprefix(CONSEQUENCE)
        if whom != name:
            why = f"It follows from what {whom} proposes: record it as a consequence of that."
            out.append(Wish("none", where, new=new.strip(), author=whom, why=why, **facts))
        elif over[name]:
            why = f"It changes words that {over[name]} only proposes: record it as a sub-amendment."
            out.append(Wish("none", where, new=new.strip(), author=name, why=why, **facts))
        elif new != old:
            kind = "words" if new.strip() else "delete"
            out.append(Wish(kind, where, new=new.strip(), author=name, **facts))
    return out


def _named(pieces: Iterable[Piece], over: str = "") -> Iterable[tuple[str, str]]:
    """Every name that proposes something, with the name of whoever proposes the words that it stands in."""
    for piece in pieces:
        if isinstance(piece, Bracket):
            for alternative in piece.alternatives:
                names = [name for voice in alternative.voices if voice.verb in ("", "delete") for name in voice.names]
                own = not alternative.original
                yield from ((name, over) for name in names if name != _ORIGINAL)
                yield from _named(alternative.pieces, names[0] if own and names else over)
