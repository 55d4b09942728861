"""What delegations send, brought onto the text: which version a file was written on, which unit each piece is about,
whether it still applies; and, when asked, recorded. Nothing is recorded before, and nothing of the file is dropped.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from draftwg.acts.base import Drafting, Request, Stamp
from draftwg.acts.propose import Propose
from draftwg.desk import directory
from draftwg.desk.clock import now
from draftwg.desk.desk import Desk, Receipt
from draftwg.desk.papers import notes
from draftwg.desk.pieces import Item, Judge
from draftwg.desk.versions import NOW, Point, at, points
from draftwg.errors import BadInput, DraftwgError
from draftwg.formats.papers import days
from draftwg.formats.receiving.aligning import Base
from draftwg.formats.receiving.pieces import Mark, Passage, Submission, TableRow
from draftwg.formats.receiving.reading import LARGEST, read_submission
from draftwg.formats.receiving.taking import wishes
from draftwg.hygiene import one_line
from draftwg.model.delegation import Delegation, name_key

__all__ = ["Item", "Report", "read", "receive", "record", "report_shape"]


@dataclass(frozen=True, slots=True)
class Report:
    """What a file holds: its name and kind, the version it was written on (in words, its name, and the share of its
    words that stand there), every piece of it in order, and remarks."""

    name: str
    kind: str
    base: str
    point: str
    fit: float
    items: tuple[Item, ...]
    commit: str = ""
    warnings: tuple[str, ...] = field(default=())

    @property
    def taken(self) -> tuple[Item, ...]:
        """The pieces that can be recorded."""
        return tuple(item for item in self.items if item.request is not None)


def read(path: Path) -> Submission:
    """The file, read by what it holds. BadInput where it cannot or may not be read."""
    name = one_line(path.name or str(path))
    try:
        if path.exists() and not path.is_file():
            raise BadInput(f"{name} is no file.", "Name the file that the delegation sent.")
        if path.exists() and path.stat().st_size > LARGEST:
            raise BadInput(f"{name} is larger than 10 MiB.", "Take out pictures and what is not text.")
        return read_submission(path.read_bytes(), name)
    except FileNotFoundError:
        raise BadInput(f"There is no file {one_line(str(path))}.", "Check its name.") from None
    except PermissionError:
        raise BadInput(f"{name} may not be read.", "Check its permissions.") from None
    except OSError as error:
        raise BadInput(f"{name} cannot be read ({error.strerror}).", "Check where it lies.") from None


def receive(desk: Desk, submission: Submission, by: str = "", *, text: str = "", each: bool = False) -> Report:
    """What the file wants of the text `text` (the one that it fits best, if empty). Nothing is recorded.

    `by` is the delegation that sent it; without it, the authors named in the file are taken where they are
    delegations. With `each`, every change of a unit is an amendment of its own. BadInput where the meeting has no text.
    """
    point, fit = _recognised(desk, submission, text)
    state = desk.state
    known = _names(desk)

    def who(author: str) -> str:
        if by:
            return by
        found = _delegation(desk, author)
        return found.name if found is not None else author

    base = Base(point.text)
    found = wishes(
        submission, base, who, known, each=each, frame=_frame(desk), notes=notes(state, state.text(point.text.name))
    )
    judge = Judge(
        state,
        point.text,
        submission.name,
        by,
        lambda request: _refusal(desk, request),
        lambda name: one.name if (one := _delegation(desk, name)) else "",
    )
    items = [item for wish in found for item in judge.items(wish)]
    return Report(submission.name, submission.kind, point.named, point.symbol or point.when, fit, tuple(items),
                  desk.commit, submission.warnings)  # fmt: skip


def record(desk: Desk, report: Report, chosen: Sequence[int] | None = None) -> tuple[Report, list[Receipt]]:
    """Record the pieces that can be (or those `chosen`, by their place in `items`), all or none: the report with the
    numbers that they got. An error of the desk where one cannot be; then nothing was recorded.
    """
    places = [
        place
        for place, item in enumerate(report.items)
        if item.request is not None and (chosen is None or place in chosen)
    ]
    desk.refresh()
    if desk.commit != report.commit:
        raise BadInput("Others have recorded something since the file was looked at.", "Look at it again.")
    receipts = desk.do_all([report.items[place].request or {} for place in places])
    items = list(report.items)
    for place, receipt in zip(places, receipts, strict=True):
        number = desk.state.amendments[receipt.act.id].number
        items[place] = replace(items[place], number=number, request=None)
    return replace(report, items=tuple(items)), receipts


def report_shape(report: Report) -> dict[str, Any]:
    """The report as JSON (version 1; keys may be added)."""
    return {
        "format": "draftwg received",
        "version": 1,
        "file": report.name,
        "kind": report.kind,
        "base": {"words": report.base, "point": report.point, "fit": report.fit},
        "pieces": [
            {
                "where": item.where,
                "unit": item.label,
                "by": item.by,
                "date": item.date,
                "fate": item.fate,
                "fit": item.fit,
                "amendment": item.number,
                "said": item.said,
                "why": item.why,
                "old": item.old,
                "new": item.new,
            }
            for item in report.items
        ],
        "warnings": list(report.warnings),
    }


def _recognised(desk: Desk, submission: Submission, name: str) -> tuple[Point, float]:
    """The point of a text whose words the file has, or that it comes nearest to; the present one among equals."""
    state = desk.state
    texts = [state.text(name)] if name else list(state.texts.values())
    if not texts:
        raise BadInput("This meeting has no text yet.", "Put one before it: draftwg import FILE.")
    olds = [
        old
        for one in submission.body
        for passage in ([one] if isinstance(one, Passage) else one.left if isinstance(one, TableRow) else [])
        if not passage.aside and (old := passage.old.strip())
    ]
    best: tuple[tuple[int, int], Point] | None = None
    seen: set[str] = set()
    for text in texts:
        for named in points(state, text):
            point = (
                at(desk, named.name, text.name) if named.name != NOW else Point(text, state, "the text as it stands")
            )
            if point.text.digest in seen:
                continue
            seen.add(point.text.digest)
            score = Base(point.text).share(olds)
            if best is None or score > best[0]:
                best = score, point
    assert best is not None
    point, base = best[1], Base(best[1].text)
    parts = [old for old, spot in zip(olds, base.align([_plain(old) for old in olds]), strict=True)
             if spot.kind == "words"]  # fmt: skip
    about = sum(map(len, parts))
    return point, round(min(1.0, base.share(parts)[0] / about), 2) if about else 0.0


def _plain(words: str) -> Passage:
    return Passage((Mark("=", words),))


def _frame(desk: Desk) -> list[str]:
    """The lines that papers of this meeting have around their text."""
    state = desk.state
    place = ", ".join(filter(None, (state.place, days(state.dates))))
    return [state.title, place, f"{state.title}, {place}", *(version.symbol for version in state.versions)]


def _delegation(desk: Desk, name: str) -> Delegation | None:
    """The delegation that is called so, in the roster or among all States."""
    return (desk.state.find_delegation(name) or directory.known_on(name, desk.day)) if name else None


def _names(desk: Desk) -> list[str]:
    """All names that delegations may have in a file, the roster's first."""
    seen: dict[str, str] = {}
    for delegation in desk.delegations():
        for name in delegation.names:
            seen.setdefault(name_key(name), name)
    return list(seen.values())


def _refusal(desk: Desk, request: dict[str, object]) -> DraftwgError | None:
    """Why the desk would refuse this request now; None where it would not."""
    drafting = Drafting(
        desk.log,
        lambda: Stamp("receiving", desk.log.clock + 1, now()),
        lambda name: directory.known_on(name, desk.day),
        strict=desk.strict_roster,
    )
    try:
        act = Propose.draft(drafting, Request(request))
        act.apply(drafting.state)
    except DraftwgError as error:
        return error
    return None
