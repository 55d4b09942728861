"""What becomes of each piece of a file that a delegation sent: what it asks of the text as it stands, and why not."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from draftwg.acts.wording import change_in_words
from draftwg.desk.placing import fields_of, placed
from draftwg.desk.saying import explained
from draftwg.desk.twins import shown, twins
from draftwg.errors import BadInput, DraftwgError
from draftwg.formats.papers import day
from draftwg.formats.receiving.pieces import Wish
from draftwg.hygiene import shorten
from draftwg.model.labels import normal_label
from draftwg.model.state import State
from draftwg.model.text import Text
from draftwg.redline.anchor import Kind as Verdicts
from draftwg.redline.anchor import reanchor

APPLIES, SHIFTED, LOCATED = "applies", "applies, shifted", "located"
CONFLICTS, REFUSED, SATISFIED = "conflicts", "refused", "already so"
TABLED, UNCHANGED, UNKNOWN = "already tabled", "unchanged", "not understood"

_MOST_LOOKS = 300  # so many words of a file are looked for wherever they may stand

Try = Callable[[dict[str, object]], DraftwgError | None]


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a file: where it stands there, its unit, who wants it, its fate in a word, how well its words were
    found, the change in words, why it is not taken, its redline (`old`, `new`), what would be recorded, and the number
    of the amendment that it became or is."""

    where: str
    label: str
    by: str
    date: str
    fate: str
    fit: float
    said: str
    why: str = ""
    old: str = ""
    new: str = ""
    request: dict[str, object] | None = None
    number: str = ""


class Judge:
    """Judges the wishes of one file, one after the other: a label is given once."""

    def __init__(self, state: State, base: Text, file: str, by: str, refusal: Try, named: Callable[[str], str]) -> None:
        self.state, self.base, self.text = state, base, state.text(base.name)
        self.file, self.by, self.refusal, self.named = file, by, refusal, named
        self.looked = 0
        self.coming: set[str] = set()  # numbers of the amendments of this very file
        self.labels = set(state.labels_taken(self.text))

    def items(self, wish: Wish) -> Iterator[Item]:
        """The items of a wish: one, but for an instruction on several units."""
        match wish.kind:
            case "none" | "words" if (known := self._shown(wish)) is not None:
                yield known
            case "same":
                yield self._item(wish, UNCHANGED, wish.why, said=shorten(wish.old, 80))
            case "none":
                yield self._item(wish, CONFLICTS if wish.author else UNKNOWN, wish.why,
                                 said=shorten(wish.old or wish.new, 200))  # fmt: skip
            case "said":
                yield from self._said(wish)
            case "row":
                yield self._row(wish)
            case "new":
                yield self._new(wish)
            case "move":
                label, after = self._now(wish.label), self._now(wish.after)
                said = f"to move it after {after}"
                labels = [unit.label for unit in self.text.standing]
                if after in labels[:-1] and labels[labels.index(after) + 1] == label:
                    yield self._item(wish, SATISFIED, "It stands there.", said=said)
                    return
                yield self._asked(wish, {"unit": label, "kind": "move", "after": after}, said)
            case "heading":
                yield self._asked(wish, {"kind": "heading", "section": wish.unit, "text": wish.new},
                                  f"to have the heading of {wish.unit} read “{shorten(wish.new, 60)}”")  # fmt: skip
            case _:
                yield self._words(wish)

    # Kinds of wishes

    def _shown(self, wish: Wish) -> Item | None:
        """What a paper of ours shows in brackets, as it is pending; None for anything else."""
        unit = self.text.unit(wish.unit) if wish.unit else None
        tabled = shown(self.state, unit, wish) if unit is not None else ()
        if not tabled:
            return None
        numbers = [one.number for one in tabled]
        item = self._item(wish, TABLED, f"It shows what is pending: {', '.join(numbers)}.", said=shorten(wish.new, 200))
        return _with(item, number=numbers[0])

    def _words(self, wish: Wish) -> Item:
        unit = self.text.unit(wish.unit)
        if (unit is None or unit.deleted) and (wish.kind == "delete" or not wish.new):
            return self._item(wish, SATISFIED, "It is no longer in the text.", said="to delete it")
        if unit is None or unit.deleted:
            why = f"{self.text.noun.capitalize()} {wish.label} is no longer in the text."
            return self._item(wish, CONFLICTS, why, said=self._told(wish.old, wish.new))
        if wish.kind == "delete" or not wish.new:
            item = self._asked(wish, {"unit": unit.label, "kind": "delete"}, "to delete it")
            return _with(item, old=unit.text, new="")
        verdict = reanchor(wish.old, wish.new, unit.text)
        said = self._told(wish.old, wish.new)
        if verdict.kind is Verdicts.SATISFIED:
            return self._item(wish, SATISFIED, verdict.reason, said=said)
        if verdict.text is None:
            return self._item(wish, CONFLICTS, verdict.reason, said=said, fit=verdict.fit)
        fate = SHIFTED if verdict.kind is Verdicts.SHIFTED else APPLIES
        fit = round(min(verdict.fit, wish.fit), 2)
        if wish.fit < 1 and wish.old != unit.text:
            fate = LOCATED
        item = self._asked(wish, {"unit": unit.label, "text": verdict.text}, "", fate=fate, fit=fit)
        told = change_in_words(unit.text, verdict.text).said
        return _with(item, old=unit.text, new=verdict.text, said=told)

    def _new(self, wish: Wish) -> Item:
        there = next((unit for unit in self.text.standing if unit.text == wish.new), None)
        if there is not None:
            why = f"{self.text.noun.capitalize()} {there.label} reads so."
            return self._item(wish, SATISFIED, why, said=f"a new {self.text.noun} {wish.label}")
        fields: dict[str, object] = {"kind": "new", "text": wish.new}
        if wish.after:
            fields["after"] = self._now(wish.after)
        try:
            label = normal_label(wish.label)
        except BadInput:
            label = ""
        if label and label not in self.labels:
            fields["label"] = label
        if not wish.new:
            return self._item(wish, UNKNOWN, "A new unit without words.", said=f"a new {self.text.noun} {wish.label}")
        item = self._asked(wish, fields, f"a new {self.text.noun} {label}".strip())
        if item.request is not None and label:
            self.labels.add(label)
        return _with(item, old="", new=wish.new)

    def _said(self, wish: Wish) -> Iterator[Item]:
        request: dict[str, object] = {"act": "propose", "by": wish.author or self.by, "say": wish.new,
                                      "in": self.text.name}  # fmt: skip
        labelled = [{**request, "unit": self._now(wish.label)}] if wish.label else []
        wrong: DraftwgError | None = None
        fit = 1.0
        found: list[dict[str, object]] = []
        for asked in (*labelled, request):  # under the label of a unit it may be about another one all the same
            try:
                found = explained(self.state, asked)
                break
            except DraftwgError as error:
                near = self._placed(wish.new, asked)
                if near is not None:
                    found, fit = near
                    break
                wrong = wrong or error
        if not found:
            told = wrong.message if wrong is not None else "No change is said that is understood."
            yield self._item(wish, CONFLICTS, told, said=shorten(wish.new, 200))
            return
        for one in found:
            fields = {key: value for key, value in one.items() if value is not None}
            label = str(fields.get("unit") or "")
            try:
                unit = self.state.find_unit(label, self.text.name)[1] if label else None
            except DraftwgError:
                unit = None
            item = self._asked(wish, fields, shorten(wish.new, 200), fate=APPLIES if fit == 1 else LOCATED, fit=fit)
            new = str(fields.get("text") or "")
            if unit is not None and item.request is not None and fields.get("kind") != "delete":
                new = self._result(fields, unit.text)
            old = unit.text if unit is not None else ""
            yield _with(item, old=old, new=new, label=unit.label if unit else str(fields.get("after") or ""))

    def _placed(self, said: str, request: dict[str, object]) -> tuple[list[dict[str, object]], float] | None:
        self.looked += 1
        return placed(self.text, said, request) if self.looked <= _MOST_LOOKS else None

    def _row(self, wish: Wish) -> Item:
        row = wish.fields
        kind = row["kind"]
        number = self.state.has_number(row["number"])
        same = self.state.find_amendment(row["number"]) if number else None
        if same is not None and same.proposed == row["proposed"] and same.base == row["base"]:
            item = self._item(wish, TABLED, f"It is {same.number} of this meeting.", said=row.get("said") or "")
            return _with(item, number=same.number)
        facts: dict[str, object] = {"by": self.by or row["by"]}
        for key in ("sponsors", "on_behalf"):
            if row.get(key) and not self.by:
                facts[key] = row[key]
        if row.get("reason"):
            facts["reason"] = row["reason"]
        if not number:
            facts["number"] = row["number"]
        fields = fields_of(row, kind)
        if fields is None:
            unit = self.text.labelled(str(row["unit"]))
            if unit is None:
                return self._item(
                    wish, CONFLICTS, f"There is no {row['unit']} in the text.", said=row.get("said") or ""
                )
            inner = Wish("row", wish.where, unit.id, unit.label, row["base"], row["proposed"], wish.author,
                         str(row.get("tabled") or ""))  # fmt: skip
            item = self._words(inner)
            if item.request is not None:
                item = self._asked(wish, {**item.request, **facts}, item.said, fate=item.fate, fit=item.fit,
                                   old=item.old, new=item.new)  # fmt: skip
            return _with(item, said=row.get("said") or item.said)
        return self._asked(wish, {**fields, **facts}, row.get("said") or kind, new=row["proposed"])

    # All of them

    def _asked(
        self, wish: Wish, fields: dict[str, object], said: str, *, fate: str = APPLIES, fit: float = 1.0,
        old: str = "", new: str = "",
    ) -> Item:  # fmt: skip
        """What would be recorded, if the desk takes it."""
        request: dict[str, object] = {"act": "propose", "by": wish.author or self.by, "in": self.text.name, **fields}
        request["by"] = self.named(str(request["by"])) or request["by"]
        item = self._item(wish, fate, said=said, fit=fit, old=old, new=new)
        if not request["by"]:
            return _with(item, fate=REFUSED, why="It is not said whose it is: name the delegation with --by.")
        if not self.by and not self.named(str(request["by"])):
            names = re.split(r",\s*|\s+and\s+", str(request["by"]))
            if len(names) > 1 and all(map(self.named, names)):
                request |= {"by": names[0], "sponsors": names[1:]}
        if not self.by and not self.named(str(request["by"])):
            return _with(item, fate=REFUSED, why=f"{request['by']} is no delegation: say with --by whose it is.")
        tabled = twins(self.state, self.text, request, self._result)
        if tabled:
            numbers = [one.number for one in tabled]
            return _with(item, fate=TABLED, number=numbers[0], why=f"It was tabled as {' and '.join(numbers)}.")
        if "reason" not in request and wish.date and wish.kind != "row":
            request["reason"] = f"Marked on {day(wish.date)} in {self.file}."
        parent = str(request.get("amends") or request.get("consequential_to") or "")
        wrong = None if parent in self.coming else self.refusal(request)
        if wrong is not None:
            return _with(item, fate=REFUSED, why=str(wrong))
        if "number" in request:
            self.coming.add(str(request["number"]))
        return _with(item, request=request)

    def _result(self, request: Mapping[str, object], words: str) -> str:
        """What the words of a unit become by a request."""
        from draftwg.acts.base import Request
        from draftwg.acts.wording import read_instruction

        try:
            return read_instruction(Request(request), words).text
        except DraftwgError:
            return ""

    def _now(self, label: str) -> str:
        """The present label of the unit that is called so in the version that the file was written on."""
        unit = self.base.labelled(label)
        there = self.text.unit(unit.id) if unit is not None else None
        return there.label if there is not None else label

    def _told(self, old: str, new: str) -> str:
        return change_in_words(old, new).said if old and new and old != new else shorten(new or old, 200)

    def _item(
        self, wish: Wish, fate: str, why: str = "", *, said: str = "", fit: float | None = None, old: str = "",
        new: str = "",
    ) -> Item:  # fmt: skip
        by = "" if fate in (UNKNOWN, UNCHANGED) else wish.author or self.by
        by = self.named(by) or by
        return Item(wish.where, wish.label, by, wish.date, fate, wish.fit if fit is None else fit,
                    said, why, old or wish.old, new or wish.new)  # fmt: skip


def _with(item: Item, **values: Any) -> Item:
    return replace(item, **values)
