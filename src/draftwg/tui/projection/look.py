"""The looks of the projection: dark for a dark room, light for a bright one. Every colour of words stands at 7:1 or
more on its ground; blue and orange are those of Okabe and Ito, which people with any colour vision tell apart,
darkened on white. None of them is needed to read: brackets, signs, underline and strike tell the same.
"""

from textual.theme import Theme

COLOURS: dict[str, dict[str, str]] = {
    "dark": {
        "ground": "#0e1116", "text": "#f4f6f8", "muted": "#b9c1cc", "accent": "#a9d3ff", "insert": "#56b4e9",
        "delete": "#e69f00", "bar": "#20262f", "held": "#f2c14e", "held-text": "#14110a", "good": "#1c4a2a",
        "good-text": "#ffffff",
    },
    "light": {
        "ground": "#ffffff", "text": "#14171b", "muted": "#3f464f", "accent": "#0b4378", "insert": "#00518a",
        "delete": "#8a3c00", "bar": "#e6eaef", "held": "#5a3b00", "held-text": "#ffffff", "good": "#0f4a22",
        "good-text": "#ffffff",
    },
}  # fmt: skip
PAIRS = (
    ("text", "ground"), ("muted", "ground"), ("accent", "ground"), ("insert", "ground"), ("delete", "ground"),
    ("text", "bar"), ("muted", "bar"), ("held-text", "held"), ("good-text", "good"),
)  # fmt: skip
"""Which colour stands on which."""


def theme(name: str) -> Theme:
    """The look of this name, for Textual."""
    colours = COLOURS[name]
    return Theme(
        name=f"projection-{name}",
        dark=name == "dark",
        primary=colours["accent"],
        accent=colours["accent"],
        foreground=colours["text"],
        background=colours["ground"],
        surface=colours["ground"],
        panel=colours["bar"],
        variables=dict(colours),
    )
