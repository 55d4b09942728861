"""Words with brackets in them: `[words - Mexico]`, in the notation of a compilation (`redline.notation`)."""

from collections.abc import Iterable, Sequence
from itertools import islice

from draftwg.formats.receiving.pieces import Wish
from draftwg.model.text import Unit
from draftwg.redline.brackets import choose, parse
from draftwg.redline.notation import Bracket, NotationError, Piece


def bracket_wishes(words: str, unit: Unit, where: str, names: Sequence[str]) -> list[Wish]:
    """One wish for each name that proposes something in the brackets of these words; none where no name does."""
    if "[" not in words:
        return []
    try:
        pieces = parse(words, names)
        wanted = list(dict.fromkeys(_named(pieces)))
        old = choose(pieces, None)
        found = [(name, choose(pieces, name)) for name in islice(wanted, 200)]
    except (NotationError, RecursionError):
        return []
    return [
        Wish("words" if new.strip() else "delete", where, unit=unit.id, label=unit.label, old=old, new=new.strip(),
             author=name)
        for name, new in found
        if new != old
    ]  # fmt: skip


def _named(pieces: Iterable[Piece]) -> Iterable[str]:
    for piece in pieces:
        if isinstance(piece, Bracket):
            for alternative in piece.alternatives:
                for voice in alternative.voices:
                    if voice.verb in ("", "delete"):
                        yield from voice.names
                yield from _named(alternative.pieces)
