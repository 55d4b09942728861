"""Redlines that the tests of several writers share."""

import random

from draftwg.formats.redlines import Credit, Redline, RedlinePiece, RedlineSection, RedlineUnit

P = RedlinePiece

CREDITS = {
    "A-2": Credit(
        "Mexico; Peru", "A-2", "to replace “yearly” by “monthly”", "2031-03-03T10:15:00+01:00", "first reading"
    ),
    "A-3": Credit("Chile", "A-3", "to add a unit", "2031-03-04", "second reading"),
    "A-9": Credit("Cuba", "A-9", "not used in the text"),
}
CHANGED = RedlineUnit(
    "1",
    "Recommendation 1",
    "changed",
    (P("=", "Report "), P("-", "yearly", "A-2"), P("+", "monthly", "A-2"), P("=", " on ice [and snow].")),
)
SAME = RedlineUnit("2", "Recommendation 2", "same", (P("=", "Watch:\n(a) by day;\n(b) by night."),))
NEW = RedlineUnit("2 bis", "Recommendation 2 bis", "inserted", (P("+", "One.\nTwo.", "A-3"),), "Pending a check.")
GONE = RedlineUnit("3", "Recommendation 3", "deleted", (P("-", "Gone."),))


def sample(**changes) -> Redline:
    facts = {
        "title": "Proposals",
        "old": "LAKE/PAN/2031/4",
        "new": "the text now",
        "sections": (
            RedlineSection("A. General", 1, ()),
            RedlineSection("1. Ice", 2, (CHANGED, SAME)),
            RedlineSection("2. Snow", 2, (SAME,)),
            RedlineSection("B. Rest", 1, (NEW, GONE)),
        ),
        "credits": CREDITS,
        "meeting": "Panel on Harbours",
        "place": "Basel",
        "dates": "3 and 4 March 2031",
        "noun": "recommendation",
    }
    return Redline(**(facts | changes))


def generated(seed: int) -> Redline:
    """A redline of hostile words, with credits under hostile keys."""
    rng = random.Random(seed)
    words = [
        "shall ", "[x] ", "\n", "<b>", "</p>", "&amp;", '"', "'", "{++", "++}", "~>", "{~~", "<<}", "-->", "—",
        "\x1b[2J", "建议", "ينبغي ", "# ", "1. ", "*a*", "\\", "]]>", "\u202e", "<script>alert(1)</script>", "ok. ",
        "=", "~", "+",
    ]  # fmt: skip
    keys = ["", "A-1", 'a"b', "a b", "a  b", "<i>", "ж", "unknown"]
    credits = {
        key: Credit(*(rng.choice(words) + rng.choice(words) for _ in range(5)))
        for key in keys[1:-1]
        if rng.random() < 0.8
    }
    sections, level = [], 0
    for _ in range(rng.randint(0, 4)):
        units = tuple(_unit(rng, words, keys) for _ in range(rng.randint(0, 4)))
        level = rng.randint(1, level + 2)
        sections.append(RedlineSection(rng.choice(["", "A. Part", "<h1>"]), level, units))
    language, direction = rng.choice([("en", "ltr"), ("ar", "rtl"), ("zh", "ltr")])
    return sample(
        sections=tuple(sections), credits=credits, language=language, direction=direction, title=rng.choice(words)
    )


def _unit(rng, words, keys):
    kind = rng.choice(["same", "changed", "inserted", "deleted", "moved", "split", "merged"])
    ops = {"same": "=", "inserted": "+", "deleted": "-"}.get(kind, "=-+")
    pieces = tuple(
        P(op, "".join(rng.choice(words) for _ in range(rng.randint(1, 4))), "" if op == "=" else rng.choice(keys))
        for op in (rng.choice(ops) for _ in range(rng.randint(1, 6)))
    )
    label = rng.choice(["", "1", "1", "15 bis", "<x>", "ж"])
    return RedlineUnit(label, f"Recommendation {label}" if label else "", kind, pieces, rng.choice(["", "<note>"]))
