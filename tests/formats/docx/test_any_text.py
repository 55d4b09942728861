"""Whatever two texts say, their redline accepts to the one and rejects to the other: held on random hostile texts."""

import os
import random

import pytest

from draftwg.formats.docx.proof import prove
from draftwg.formats.docx.redline import redline_docx
from draftwg.formats.flow import Entry, entries, flow, lines_of
from draftwg.formats.redlines import Credit, Redline, RedlinePiece
from draftwg.hygiene import clean_line, clean_text
from draftwg.model.text import Section, Text, Unit
from draftwg.redline import compare

CASES = int(os.environ.get("DRAFTWG_CASES", "150"))
WORDS = [
    "should", "shall", "the ice", "[x]", "<b>", "&amp;", "]]>", '"', "“", "é", "e\u0301", "建议", "应", "ينبغي", "WMO", "лёд",
    "\ufffe", "\u200d", "a\u00adb", "[^1]", "\n", "\n[^1]: note", "\n(a) one", "  ", "\u00a0", "\U0001f9ca", "1.", "-", "_x000D_",
]  # fmt: skip


def drawn(chance: random.Random, count: int) -> str:
    return clean_text(" ".join(chance.choice(WORDS) for _ in range(count))) or "x"


def made(chance: random.Random, ids: list[str], old: Text | None) -> Text:
    sections = tuple(
        Section(path, path, clean_line(drawn(chance, 2)), 1 + path.count("."))
        for path in ("A", "B", "B.1")
        if chance.random() < 0.8
    )
    paths = [section.path for section in sections] or [""]
    units = []
    for place, id in enumerate(ids):
        former = old.unit(id) if old else None
        words = former.text if former and chance.random() < 0.5 else drawn(chance, chance.randint(1, 12))
        if former and chance.random() < 0.5:
            parts = former.text.split(" ")
            parts[chance.randrange(len(parts))] = chance.choice(WORDS)
            words = clean_text(" ".join(parts)) or "y"
        section = (
            former.section if former and former.section in paths and chance.random() < 0.7 else chance.choice(paths)
        )
        units.append(Unit(id, str(place + 1), words, section))
    return Text("t", clean_line(drawn(chance, 3)), sections, tuple(units), language=chance.choice(["en", "ar", "zh"]))


def parts(text: Text) -> list[Entry]:
    return entries(text, lambda unit: f"Recommendation {unit.label}")


@pytest.mark.parametrize("group", range(3))
def test_accept_gives_the_new_and_reject_the_old(group: int) -> None:
    for seed in range(group * CASES // 3, (group + 1) * CASES // 3):
        chance = random.Random(seed)
        ids = [f"u{n}" for n in range(chance.randint(0, 7))]
        before = made(chance, ids, None)
        after_ids = [id for id in ids if chance.random() < 0.8] + ["new1", "new2"][: chance.randint(0, 2)]
        if chance.random() < 0.6:
            chance.shuffle(after_ids)
        after = made(chance, after_ids, before)
        words = dict.fromkeys({*ids, *after_ids}, "")
        old = {**words, **{unit.id: unit.text for unit in before.units}}
        new = {**words, **{unit.id: unit.text for unit in after.units}}
        one, two = parts(before), parts(after)
        redline = Redline(
            title=after.title,
            old="the old",
            new="the new",
            sections=(),
            credits={
                "A-1": Credit("Peru & <Chile>", "A-1", "to “change”", "2031-03-03T10:15:00+01:00", by="Peru \ufffe<")
            },
            language=after.language,
            direction=after.direction,
            date="2031-03-04",
            lines=flow(
                one,
                two,
                lambda key, old=old, new=new: tuple(
                    RedlinePiece(op, text, "" if op == "=" else "A-1") for op, text in compare(old[key], new[key])
                ),
                dict.fromkeys(ids, "A-1"),
                {},
            ),
        )
        data = redline_docx(redline, lines_of(one), lines_of(two))  # raises where it would read otherwise
        assert data == redline_docx(redline, lines_of(one), lines_of(two))
        with pytest.raises(Exception, match="would not read"):
            prove(data, new=["something else"])
