"""Redlines for the terminal: underlined and struck, with signs, never by colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from draftwg.formats.plain import credit_line, credits_of, shown_heading, signed
from draftwg.hygiene import visible

if TYPE_CHECKING:
    from rich.text import Text

    from draftwg.formats.redlines import Redline

INSERTED = "bold underline dodger_blue2"
DELETED = "strike dark_orange3"
"""Both colours keep a contrast of about 4 : 1 on black and on white; the terminal does not tell which it is."""


def redline_rich(redline: Redline, *, only_changes: bool = True, attributed: bool = True) -> list[Text]:
    """The redline as lines for a Rich console, each paragraph one line, brackets as they are.

    Where the console shows no styles, the signs [-…-] and {+…+} tell the same.
    """
    from rich.text import Text  # here, so that who writes HTML or JSON does not load it

    lines = [Text(visible(redline.title), "bold"), Text(f"{visible(redline.old)} → {visible(redline.new)}")]
    lines.append(Text(redline.summary, "italic"))
    for section, units in redline.shown(only_changes=only_changes):
        if section.heading:
            lines += [Text(""), Text(visible(section.heading), "bold")]
        for unit in units:
            lines.append(Text(""))
            if heading := shown_heading(unit):
                lines.append(Text(visible(heading), "bold italic"))
            if unit.note:
                lines.append(Text(f"({visible(unit.note)})", "dim"))
            words = Text()
            for piece in unit.pieces:
                words.append(visible(signed(piece)), {"=": "", "-": DELETED, "+": INSERTED}[piece.op])
            lines += words.split("\n", allow_blank=True)
            if attributed:
                lines += [Text(f"    {visible(credit_line(credit))}", "dim") for credit in credits_of(redline, unit)]
    return lines
