"""Large meetings for the measurements: generated words, real acts in a real repository."""

import random
from pathlib import Path

from draftwg.desk import Desk
from draftwg.model.text import Section, Text, Unit

_WORDS = [
    "parties",
    "should",
    "consider",
    "the",
    "need",
    "to",
    "strengthen",
    "national",
    "measures",
    "for",
    "observing",
    "and",
    "recording",
    "the",
    "ice",
    "on",
    "shared",
    "waters",
    "and",
    "to",
    "cooperate",
    "with",
    "each",
    "other",
    "on",
    "warning",
    "training",
    "research",
    "and",
    "exchange",
    "of",
    "data",
]


def large_meeting(folder: Path, units: int, amendments: int) -> Desk:
    """A meeting in `folder` with a text of `units` units of 120 words, that in the middle of 500 (its label is half of
    `units`), and as many pending amendments by 190 delegations: on some units none, on some many.
    """
    chance = random.Random(1)
    desk = Desk.found(folder, "A large meeting", "Port Maren", "2031-05-06/2031-05-08")
    desk.do({"act": "import", "text": "recommendations", "content": _text(units, chance)})
    names = [one.name for one in desk.delegations() if one.name not in ("Chair", "Secretariat")][:190]
    requests = []
    standing = desk.state.text().units
    wanted = [chance.random() ** 2 for _ in standing]
    count: dict[str, int] = {}
    for number, unit in enumerate(chance.choices(standing, wanted, k=amendments)):
        words = unit.text.split()
        words[5 + count.get(unit.id, 0) * 7 % 100] = f"word{number}"
        count[unit.id] = count.get(unit.id, 0) + 1
        requests.append(
            {"act": "propose", "unit": unit.label, "by": names[number % len(names)], "text": " ".join(words)}
        )
    for start in range(0, amendments, 250):
        desk.do_all(requests[start : start + 250])
    return desk


def _text(count: int, chance: random.Random) -> Text:
    sections = tuple(Section(letter, letter, f"Part {letter}", 1) for letter in "ABCDEFGHIJ")
    units = []
    for place in range(count):
        length = 500 if place == count // 2 - 1 else 120
        words = " ".join(chance.choice(_WORDS) for _ in range(length)).capitalize()
        units.append(Unit(f"u{place}", str(place + 1), f"{words}.", sections[place * 10 // count].path))
    return Text("recommendations", "Draft recommendations", sections, tuple(units))
