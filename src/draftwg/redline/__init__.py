"""Words: comparing, combining and anchoring wordings. A library of its own: it knows strings, and nothing of meetings.

Any room may call it; it imports nothing of draftwg outside itself. `compare` and `combine`, which have the names of
their modules, are bound here at once; the other names are resolved when they are first used, so that a caller of
these does not pay for the rest.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from draftwg.redline.combine import Combination, combine, merge
from draftwg.redline.compare import Span, compare

if TYPE_CHECKING:
    from draftwg.redline.anchor import Verdict, locate, reanchor, what_if
    from draftwg.redline.brackets import Bracketed, Claim, bracketed, choose, parse
    from draftwg.redline.edits import delete_words, insert_after, insert_before, replace_words
    from draftwg.redline.provenance import Attributed, attributed, origins
    from draftwg.redline.texts import TextUnit, UnitChange, compare_texts, paragraphs
    from draftwg.redline.words import tokens

_HOMES = {
    "anchor": ("Verdict", "locate", "reanchor", "what_if"),
    "brackets": ("Bracketed", "Claim", "bracketed", "choose", "parse"),
    "edits": ("delete_words", "insert_after", "insert_before", "replace_words"),
    "provenance": ("Attributed", "attributed", "origins"),
    "texts": ("TextUnit", "UnitChange", "compare_texts", "paragraphs"),
    "words": ("tokens",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Attributed", "Bracketed", "Claim", "Combination", "Span", "TextUnit", "UnitChange", "Verdict",
    "attributed", "bracketed", "choose", "combine", "compare", "compare_texts", "delete_words", "insert_after",
    "insert_before", "locate", "merge", "origins", "paragraphs", "parse", "reanchor", "replace_words", "tokens",
    "what_if",
]  # fmt: skip


def __getattr__(name: str) -> object:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
