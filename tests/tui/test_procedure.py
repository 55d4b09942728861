"""Three stories of a negotiation, played by keys alone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from draftwg.cli import main
from draftwg.desk import Desk
from draftwg.model.text import UnitStatus
from draftwg.redline.brackets import choose
from draftwg.tui.app import DraftwgApp
from tui.driving import act, commits, console, lines, page, press, save, say, seen, status, until

PARTIES = ("Algeria", "Argentina", "Brazil", "Burkina Faso", "Chile", "Cuba", "Italy", "Mexico", "Morocco", "Peru",
           "Switzerland")  # fmt: skip
LONG = "for as long as possible"


class Officer:
    """Who sits at the console: presses keys, chooses delegations, edits words."""

    def __init__(self, app: DraftwgApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        await press(self.pilot, *keys)

    async def act(self, *keys: str) -> None:
        await act(self.pilot, self.app, *keys)

    async def until(self, selector: str) -> None:
        await until(self.pilot, lambda: self.app.screen.query(selector))

    async def to_unit(self, label: str) -> None:
        await self.press("escape", "g")
        await self.until("#prompt-label")
        await self.answer(label=label)
        assert self.app.screen.outline.chosen.unit.label == label  # type: ignore[attr-defined]

    async def to_amendment(self, number: str) -> None:
        """Put the keys into the amendments, and the cursor on this one."""
        screen: Any = self.app.screen
        if screen.focused is not screen.amendments:
            await self.press("enter")
        place = next(place for place, one in enumerate(screen.amendments.rows) if one.number == number)
        await self.press("home", *["down"] * place)
        assert screen.situation.amendment.number == number

    async def choose(self, name: str) -> None:
        """Choose a delegation; where another one may be named, none is."""
        await self.until("#picker-input")
        question = self.app.screen
        self.app.screen.query_one("#picker-input", Input).value = name
        await self.pilot.pause()
        await self.press("enter")
        if question.query("#picker-told"):
            await until(self.pilot, lambda: "Recorded" in str(question.query_one("#picker-told").render()))
            await self.press("escape")
        await until(self.pilot, lambda: self.app.screen is not question)

    async def answer(self, **answers: str) -> None:
        """Answer a prompt."""
        prompt = self.app.screen
        for name, words in answers.items():
            await self.until(f"#prompt-{name}")
            prompt.query_one(f"#prompt-{name}", Input).value = words
        prompt.query_one(f"#prompt-{name}", Input).focus()
        await self.press("enter")
        await until(self.pilot, lambda: self.app.screen is not prompt)

    async def edit(self, old: str, new: str) -> None:
        """Change words in the editor, and save."""
        await self.until("#editor-words")
        field = self.app.screen.query_one(TextArea)
        assert field.text.count(old) == 1, field.text
        field.text = field.text.replace(old, new)
        await save(self.pilot, self.app)

    async def write(self, words: str) -> None:
        """Put these words into the editor, and save."""
        await self.until("#editor-words")
        self.app.screen.query_one(TextArea).text = words
        await save(self.pilot, self.app)

    async def amend(self, by: str, old: str, new: str) -> None:
        await self.press("a")
        await self.choose(by)
        await self.edit(old, new)

    async def option(self, *keys: str) -> None:
        """Press a command's key, then that of an option, and wait for the act."""
        known = commits(self.app)
        await self.press(keys[0])
        await self.until("#chooser-list")
        await self.press(*keys[1:])
        await until(self.pilot, lambda: commits(self.app) > known)

    @property
    def state(self) -> Any:
        return self.app.screen.situation.state  # type: ignore[attr-defined]


@pytest.fixture
def folder(tmp_path: Path, shared: Path) -> Iterator[Path]:
    """A meeting on the real report, with its delegations."""
    folder = tmp_path / "m"
    assert main(["init", str(folder), "--title", "Working Group", "--dates", "2018-05-02/2018-05-03"]) == 0
    assert main(["-m", str(folder), "import", str(shared / "data" / "report-2018.txt")]) == 0
    desk = Desk.open(folder)
    kinds = {
        **dict.fromkeys(PARTIES, "party"),
        "European Union": "regional economic integration organization",
        "Group of African States": "regional group",
        "United States of America": "non-signatory",
    }
    desk.do_all([{"act": "admit", "name": name, "category": kind} for name, kind in kinds.items()])
    desk.close()
    yield folder


@pytest.fixture
def expected(shared: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((shared / "scenarios" / "scenarios.json").read_text("utf-8"))
    return told


async def test_three_proposals_on_the_same_words(folder: Path, expected: dict[str, Any]) -> None:
    """Six proposals, a sub-amendment, a consequence, a suggestion; one clean sentence in the end."""
    texts = expected["S1"]
    async with console(folder) as (app, pilot):
        officer = Officer(app, pilot)
        await officer.act("o", "enter")
        await officer.to_unit("8")
        await officer.act("full_stop")
        await officer.amend("Mexico", LONG, "for not less than ten years")
        await officer.amend("European Union", LONG, "for at least ten years and, where possible, indefinitely,")
        await say(pilot, app, f"swi delete {LONG}")
        await until(pilot, lambda: "A-3" in seen(app))
        await officer.to_amendment("A-2")
        await officer.press("s")
        await officer.choose("Brazil")
        await officer.edit("where possible", "to the extent possible")
        await officer.amend("United States of America", "pre-requisites", "prerequisites")
        await officer.to_amendment("A-5")
        assert "? suggested" in seen(app)
        await officer.press("plus")
        assert "y records that a party takes it up" in status(app)
        await officer.press("y")
        await officer.choose("Argentina")
        await until(pilot, lambda: officer.state.find_amendment("A-5").by == "Argentina")
        assert "suggested by United States of America" in page(app, "#detail")
        await officer.amend(
            "Algeria", "Member States should consider the importance of maintaining", "States parties should maintain"
        )
        await officer.to_amendment("A-6")
        await officer.press("C")
        await officer.answer(unit="8")
        await officer.edit("strengthening the capacity", "strengthen the capacity")

        state = officer.state
        unit = state.find_unit("8")[1]
        ids = {one.number: one.id for one in state.amendments.values()}
        from draftwg.desk.questions import unit_bracketed

        brackets = unit_bracketed(state, unit)
        assert brackets.pairs == 5
        for number in ("A-1", "A-2", "A-3"):
            assert choose(brackets, ids[number]) == texts[f"only_{number.replace('-', '')}"]
        order = [one.number for one in app.screen.amendments.rows]
        assert order.index("A-4") == order.index("A-2") - 1
        shown = [line for line in seen(app).split("\n") if "A-4" in line]
        assert any(f"{order.index('A-4') + 1}. A-4  Brazil" in line for line in shown)
        assert "to A-2:" in seen(app)

        await officer.to_amendment("A-2")
        await officer.press("plus")
        assert "A-4 is a sub-amendment to A-2" in status(app) and "Rule:" in status(app)
        here = order.index("A-1")
        await officer.to_amendment("A-1")
        await officer.act("alt+up")
        assert [one.number for one in app.screen.amendments.rows].index("A-1") < here

        await officer.to_amendment("A-4")
        await officer.act("m")
        await officer.to_amendment("A-3")
        await officer.act("w")
        await officer.to_amendment("A-6")
        await officer.act("w")
        await officer.to_amendment("A-5")
        await officer.act("plus")
        await officer.press("escape", "equals_sign")
        assert "Only a clean unit is agreed." in status(app)
        await officer.to_amendment("A-2")
        await officer.act("plus")
        await until(pilot, lambda: "A-1 of Mexico would fall, A-2 having been accepted: f confirms" in seen(app))
        assert "! conflicts" in seen(app)
        await officer.act("f")
        await until(pilot, lambda: "would fall, A-2" not in seen(app))
        await officer.option("equals_sign", "r")
        assert page(app, "#words") == texts["final"]
        assert "agreed ad ref" in seen(app) and any(line.startswith("▌  8 ◑") or " 8 ◑" in line for line in lines(app))
        await officer.press("b")
        await officer.until("#report-page")
        assert "European Union, A-2" in page(app, "#report-page")
        assert "Argentina, A-5" in page(app, "#report-page")
        await officer.press("escape")
    state = Desk.open(folder).state
    ended = {one.number: one.state.value for one in state.amendments.values()}
    assert ended == {"A-1": "fallen", "A-2": "accepted", "A-3": "withdrawn", "A-4": "merged", "A-5": "accepted",
                     "A-6": "withdrawn", "A-6c": "lapsed"}  # fmt: skip
    assert state.status(state.find_unit("8")[1]) is UnitStatus.AD_REF


async def test_bis_alt_move_and_final_numbers(folder: Path, expected: dict[str, Any]) -> None:
    """Labels stay until the end; a move is marked in both places; the numbers come once, with the concordance."""
    texts = expected["S2"]
    async with console(folder) as (app, pilot):
        officer = Officer(app, pilot)
        await officer.to_unit("15")
        await officer.press("n")
        await officer.choose("Mexico")
        await officer.write(texts["B1"])
        for name in ("Peru", "Chile"):
            await officer.to_amendment("A-1")
            await officer.press("c")
            await officer.choose(name)
            await until(pilot, lambda name=name: name in officer.state.find_amendment("A-1").sponsors)
        await officer.press("escape", "n")
        await officer.choose("European Union")
        await officer.write(texts["B2"])
        await officer.to_unit("16")
        await officer.press("A")
        await officer.choose("Group of African States")
        await officer.choose("Burkina Faso")
        await officer.write(texts["B3"])
        assert "on behalf of the Group of African States" in page(app, "#detail")
        await officer.to_unit("19")
        await officer.press("M")
        await officer.choose("Brazil")
        await officer.answer(after="13")
        await until(pilot, lambda: "[19 - Brazil]" in seen(app))
        assert "[move after 13 - Brazil]" in seen(app)
        await officer.press("1", "3")
        await officer.press("down")
        assert app.screen.outline.chosen.unit.label == "14"
        await officer.to_unit("21")
        await officer.press("d")
        await officer.choose("Cuba")
        await until(pilot, lambda: "A-5" in seen(app))
        await officer.to_amendment("A-5")
        for name in ("Argentina", "Chile"):
            await officer.press("p")
            await officer.choose(name)
            await officer.until("#chooser-list")
            await officer.press("r")
            await until(pilot, lambda name=name: name in str(officer.state.positions))
        assert "retain: Argentina, Chile" in page(app, "#detail")
        await officer.to_unit("15 bis")
        await officer.press("A")
        await officer.choose("Italy")
        await officer.write(texts["B6"])
        labels = [row.unit.label for row in app.screen.outline.rows if row.unit and row.unit.section == "B.4"]
        assert labels == ["14", "15", "15 bis", "15 bis alt", "15 ter", "16", "16 alt", "17", "18", "19", "20", "21",
                          "22", "23"]  # fmt: skip

        await officer.press("number_sign")
        await officer.until("#chooser-list")
        await officer.press("F")
        await until(pilot, lambda: "still open" in status(app) and "Rule:" in status(app))

        await officer.to_amendment("A-6")
        await officer.press("m")
        await officer.answer(into="A-1")
        await officer.write(texts["B1_revised"])
        assert sorted(officer.state.find_amendment("A-1").names) == ["Chile", "Italy", "Mexico", "Peru"]
        for label, number, key in (("15 ter", "A-2", "w"), ("16 alt", "A-3", "plus"), ("19", "A-4", "plus"),
                                   ("21", "A-5", "w"), ("15 bis", "A-1", "plus")):  # fmt: skip
            await officer.to_unit(label)
            await officer.to_amendment(number)
            await officer.act(key)
        await officer.to_unit("1")
        await officer.option("equals_sign", "A", "enter")
        await officer.press("number_sign")
        await officer.until("#chooser-list")
        await officer.press("F")
        await officer.until("#report-page")
        assert "moved from II.B.4 to II.B.3" in page(app, "#report-page")
        await officer.press("escape")
    state = Desk.open(folder).state
    finals = {unit.label: unit.text for unit in state.text().standing}
    assert (finals["14"], finals["17"], finals["18"]) == tuple(texts[f"final_{n}"] for n in (14, 17, 18))
    table = [[row.draft, int(row.final) if row.final.isdigit() else row.final, row.section, row.note]
             for row in state.concordance]  # fmt: skip
    assert table == texts["concordance_table"]


async def test_split_merger_and_reopening(folder: Path, expected: dict[str, Any]) -> None:
    """A split and a merger of units; what is agreed waits for the ruling; the Chair's proposal settles it."""
    texts = expected["S3"]
    merged = "\n".join([texts["final_17"]["chapeau"], f"(a) {texts['final_17']['a']}", f"(b) {texts['final_17']['b']}"])
    async with console(folder) as (app, pilot):
        officer = Officer(app, pilot)
        await officer.to_unit("11")
        await officer.press("S")
        await officer.choose("Morocco")
        await officer.write(f"{texts['final_11']}\n\n{texts['final_12']}")
        await officer.to_amendment("A-1")
        await officer.act("plus")
        assert officer.state.find_unit("11 bis")[1].text == texts["final_12"]
        await officer.to_unit("16")
        await officer.press("G")
        await officer.choose("Peru")
        await officer.answer(units="17")
        await officer.write(merged)
        await officer.to_amendment("A-2")
        await officer.act("plus")
        assert any("17" in line and "merged into 16" in line for line in lines(app))

        await officer.to_unit("18")
        await officer.press("O")
        assert "Only what has been agreed is reopened." in status(app)
        await officer.option("equals_sign", "r")
        base = page(app, "#words")
        await officer.press("e")
        assert "not touched without a reopening" in status(app)
        await officer.press("O")
        assert "Nobody has asked to reopen 18" in status(app)
        await officer.press("a")
        await officer.until("#picker-question")
        assert "Who asks to reopen recommendation 18 (agreed ad ref)?" in seen(app)
        await officer.choose("Cuba")
        await officer.edit("within their existing legislation", "in accordance with their domestic law")
        assert "□ held" in seen(app) and "Cuba asks to reopen it" in page(app, "#words")
        await officer.press("escape", "p")
        await officer.choose("European Union")
        await officer.until("#chooser-list")
        await officer.press("v")
        await until(pilot, lambda: "reserve: European Union" in page(app, "#words"))
        assert page(app, "#words").startswith(base)
        await officer.press("O")
        await officer.answer(ruling="no objection")
        await until(pilot, lambda: "○ tabled" in seen(app))
        assert "reopened, [1] pending" in seen(app)

        await officer.press("a")
        await officer.choose("Chair")
        await officer.answer(numbers="A-3")
        await officer.edit(
            "within their existing legislation", "within their existing legislation and in accordance with domestic law"
        )
        assert "draws on A-3" in page(app, "#detail")
        await officer.press("escape")
        await officer.option("L", "1")
        await officer.to_amendment("A-3")
        await officer.act("w")
        await officer.to_amendment("A-4")
        await officer.act("plus")
        await officer.press("escape")
        await officer.option("equals_sign", "r")
        assert page(app, "#words") == texts["final_18"]
        await officer.press("H")
        await until(pilot, lambda: "lifts its reservation" in seen(app))
        told = [row.said for row in app.screen.query_one("#rows").rows if not isinstance(row, str)]
        reopening = next(row for row in app.screen.query_one("#rows").rows if getattr(row, "name", "") == "reopen")
        assert reopening.statuses[0] is UnitStatus.REOPENED and "(no objection)" in reopening.said
        assert any("European Union lifts its reservation" in one for one in told)
        await officer.press("escape", "B")
        await until(pilot, lambda: "18◑" in seen(app) and "1 agreed ad ref" in seen(app))
    assert Desk.open(folder).state.find_unit("18")[1].text == texts["final_18"]
