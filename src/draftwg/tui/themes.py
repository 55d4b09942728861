"""The looks: dark, light, high contrast, monochrome.

Insertions are underlined and deletions struck in every theme, and both have their signs; the colours only help. Those
of the dark theme are the blue and the orange of Okabe and Ito, which people with any colour vision tell apart; those of
the light one are the same hues, darkened. What is read from afar (words, insertions, deletions, headings) has a
contrast of at least 7:1 on its ground, everything else that is read at least 4.5:1; a test computes both.
"""

from textual.theme import Theme


def _theme(
    name: str, *, dark: bool, text: str, muted: str, ground: str, raised: str, bar: str, accent: str, insert: str,
    delete: str, good: str, warn: str, bad: str, cursor: str,
) -> Theme:  # fmt: skip
    return Theme(
        name=name,
        dark=dark,
        primary=accent,
        secondary=accent,
        accent=accent,
        foreground=text,
        background=ground,
        surface=ground,
        panel=raised,
        success=good,
        warning=warn,
        error=bad,
        variables={
            "muted": muted,
            "raised": raised,
            "bar": bar,
            "rule": muted + " 40%",
            "insert": insert,
            "delete": delete,
            "good": good,
            "warn": warn,
            "bad": bad,
            "cursor": cursor,
            "impossible": "dim" if accent == text else "none",  # where no colour tells it
            "text-muted": muted,
            "input-cursor-background": text,
            "input-cursor-foreground": ground,
            "input-cursor-text-style": "none",
            "footer-key-foreground": accent,
        },
    )


LIGHT = _theme(
    "draftwg-light", dark=False, text="#1b1f24", muted="#4a525c", ground="#ffffff", raised="#f1f3f6", bar="#e4e8ee",
    accent="#0b5394", insert="#005a8f", delete="#8a3c00", good="#1a6b2f", warn="#7a4300", bad="#a11515",
    cursor="#d5e5f6",
)  # fmt: skip
DARK = _theme(
    "draftwg-dark", dark=True, text="#e8eaed", muted="#a2a9b3", ground="#14171c", raised="#1c2027", bar="#262b34",
    accent="#7db8ee", insert="#56b4e9", delete="#e69f00", good="#7fcf92", warn="#f0b35a", bad="#ff8f85",
    cursor="#213a55",
)  # fmt: skip
CONTRAST = _theme(
    "draftwg-high-contrast", dark=True, text="#ffffff", muted="#e0e0e0", ground="#000000", raised="#000000",
    bar="#000000", accent="#ffff00", insert="#66d9ff", delete="#ffb733", good="#80ff80", warn="#ffd24d", bad="#ff9999",
    cursor="#00408a",
)  # fmt: skip

MONOCHROME = _theme(
    "draftwg-monochrome", dark=True, text="#ffffff", muted="#c8c8c8", ground="#000000", raised="#121212",
    bar="#2a2a2a", accent="#ffffff", insert="#ffffff", delete="#d8d8d8", good="#ffffff", warn="#ffffff", bad="#ffffff",
    cursor="#444444",
)  # fmt: skip

THEMES = (DARK, LIGHT, CONTRAST, MONOCHROME)
"""In the order in which the theme key goes through them."""

DEFAULTS = {name: value for name, value in DARK.variables.items() if "-" not in name}
"""Values for the variables of our own, for stylesheets that are read before a theme is set."""
