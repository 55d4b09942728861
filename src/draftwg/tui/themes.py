"""The looks: light, dark and high contrast.

Insertions are underlined and deletions struck in every theme; the colours only help. Those of the light and dark
themes are the Okabe-Ito blue and orange (darkened on white), which people with any colour vision tell apart: at least
5:1 on their backgrounds.
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
            "text-muted": muted,
            "input-cursor-background": text,
            "input-cursor-foreground": ground,
            "input-cursor-text-style": "none",
            "footer-key-foreground": accent,
        },
    )


LIGHT = _theme(
    "draftwg-light", dark=False, text="#1b1f24", muted="#5a636e", ground="#ffffff", raised="#f1f3f6", bar="#e4e8ee",
    accent="#0b5394", insert="#0062a3", delete="#a34700", good="#1a6b2f", warn="#8a4b00", bad="#a11515",
    cursor="#d5e5f6",
)  # fmt: skip
DARK = _theme(
    "draftwg-dark", dark=True, text="#e8eaed", muted="#a2a9b3", ground="#14171c", raised="#1c2027", bar="#262b34",
    accent="#7db8ee", insert="#56b4e9", delete="#e69f00", good="#7fcf92", warn="#f0b35a", bad="#ff8f85",
    cursor="#26415e",
)  # fmt: skip
CONTRAST = _theme(
    "draftwg-high-contrast", dark=True, text="#ffffff", muted="#e0e0e0", ground="#000000", raised="#000000",
    bar="#000000", accent="#ffff00", insert="#66d9ff", delete="#ffb733", good="#80ff80", warn="#ffd24d", bad="#ff9999",
    cursor="#00408a",
)  # fmt: skip

THEMES = (DARK, LIGHT, CONTRAST)
"""In the order in which the theme key goes through them."""

DEFAULTS = {name: value for name, value in DARK.variables.items() if "-" not in name}
"""Values for the variables of our own, for stylesheets that are read before a theme is set."""
