"""The delegation's pack: one zip with what a delegation takes home from a sitting.

What a delegation was last given is remembered beside the record, in `.git/draftwg/packs/` (one small JSON file for each
delegation: the last act that its pack knew, and when). It is a convenience of this machine and no part of the record;
without it, the next pack only lacks the redline since the last one.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from draftwg.desk.comparing import concordance_of, points_redline
from draftwg.desk.desk import Desk
from draftwg.desk.exporting import amendments_csv, redline_file
from draftwg.desk.orders import file_part
from draftwg.desk.outputs import write_output
from draftwg.desk.ownproposals import own_redline
from draftwg.desk.papers import amendment_rows, make_paper, masthead
from draftwg.desk.versions import NOW, ORIGINAL, Point, at
from draftwg.errors import BadInput
from draftwg.formats.docx.package import write_package
from draftwg.formats.docx.papers import fates_docx, paper_docx
from draftwg.formats.papers import day, day_and_hour
from draftwg.formats.redlines import Apart
from draftwg.hygiene import clean_line, one_line, visible
from draftwg.model.amendment import Amendment
from draftwg.model.delegation import Category
from draftwg.model.state import State
from draftwg.repository.layout import no_own_file
from draftwg.repository.worktree import write_file

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as it was made: for whom, the zip, and the names of the files in it."""

    delegation: str
    data: bytes
    files: tuple[str, ...]


class Packer:
    """Makes packs at one point of the meeting; what all delegations get is made once."""

    def __init__(self, desk: Desk, text: str = "", *, unattributed: bool = False, distribution: str = "") -> None:
        self.desk = desk
        self.named = not unattributed
        self.distribution = distribution
        self.point = at(desk, NOW, desk.state.text(text).name)
        self.start = at(desk, ORIGINAL, self.point.text.name)
        self.last = desk.log.acts[-1].id
        self._since: dict[str, tuple[bytes | None, str]] = {}
        redline = replace(points_redline(desk.state, self.start, self.point), distribution=distribution)
        self.common = {
            "1-text.docx": paper_docx(make_paper(self.point, "clean", distribution=distribution)),
            "2-redline.docx": redline_file(redline, "docx", attributed=self.named),
        }
        self.rows = amendment_rows(desk.state, self.point.text)
        self.by_name: dict[str, list[Amendment]] = {}
        for amendment in desk.state.amendments.values():
            if amendment.text == self.point.text.name:
                for name in amendment.names:
                    self.by_name.setdefault(name, []).append(amendment)
        self.row_of = {row["number"]: row for row in self.rows}

    def make(self, delegation: str) -> Pack:
        """The pack for this delegation (its name in the roster)."""
        files: dict[str, str | bytes] = dict(self.common)
        mine = self.by_name.get(delegation, [])
        own = own_redline(self.desk.state, self.point, [one for one in mine if not one.state.ended], named=self.named)
        if own is not None:
            files["3-own-proposals.docx"] = redline_file(replace(own, distribution=self.distribution), "docx")
        rows = [self.row_of[one.number] for one in mine]
        if not self.named:
            rows = [{**row, "sponsors": []} for row in rows]
        files["4-fates.docx"] = fates_docx(
            masthead(self.point, self.distribution), f"Proposals of {delegation}", rows, concordance_of(self.point)
        )
        files["4-fates.csv"] = amendments_csv(rows)
        since, told = self._since_last(delegation)
        if since is not None:
            files["5-since-last-pack.docx"] = since
        apart = own.others if own is not None else ()
        files = {"README.txt": self._readme(delegation, sorted(files), rows, told, apart), **files}
        data = write_package(files, stored=tuple(name for name in files if name.endswith(".docx")))
        return Pack(delegation, data, tuple(files))

    def remember(self, delegation: str) -> None:
        """Note that the delegation has been given what stands now; a disk that refuses costs the next comparison."""
        place = self._memory(delegation)
        facts = {"delegation": delegation, "text": self.point.text.name, "act": self.last, "at": self.point.when}
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            write_file(place, json.dumps(facts, ensure_ascii=False).encode(), durable=False)
        except OSError:
            return

    def _memory(self, delegation: str) -> Path:
        key = hashlib.sha256(f"{self.point.text.name}\n{delegation}".encode()).hexdigest()[:20]
        return self.desk.record.gitdir / "draftwg" / "packs" / f"{key}.json"

    def _since_last(self, delegation: str) -> tuple[bytes | None, str]:
        """The redline since the last pack, and the time of that pack in words; None where there was none."""
        try:
            facts = json.loads(self._memory(delegation).read_text("utf-8"))
            act, when = str(facts["act"]), str(facts["at"])
        except (OSError, ValueError, KeyError, TypeError):
            return None, ""
        if act not in self._since:
            self._since[act] = (None, "")
            if any(one.id == act for one in self.desk.log.acts):
                then = self.desk.log.after(act)
                if self.point.text.name in then.texts:
                    told = f"the text as it stood on {day_and_hour(when)}, when the last pack was made"
                    start = Point(then.text(self.point.text.name), then, one_line(told), when)
                    redline = replace(
                        points_redline(self.desk.state, start, self.point), distribution=self.distribution
                    )
                    data = redline_file(redline, "docx", attributed=self.named)
                    self._since[act] = (data, f"{redline.summary} ({day_and_hour(when)})")
        return self._since[act]

    def _readme(
        self,
        delegation: str,
        files: Sequence[str],
        rows: Sequence[Mapping[str, Any]],
        since: str,
        apart: Sequence[Apart],
    ) -> str:
        state, text = self.point.state, self.point.text
        told = {
            "1-text.docx": "the text as it stands, without marks",
            "2-redline.docx": f"all changes since {self.start.named}, as tracked changes",
            "3-own-proposals.docx": "your proposals that await their fate, as tracked changes on the text as it stands",
            "4-fates.docx": "what became of each of your proposals",
            "4-fates.csv": "the same for a spreadsheet",
            "5-since-last-pack.docx": f"what has changed since your last pack: {since}",
        }
        counts: dict[str, int] = {}
        for row in rows:
            counts[str(row["state"])] = counts.get(str(row["state"]), 0) + 1
        lines = [
            f"{state.title}",
            f"Papers for {delegation}, {day(self.point.when)}: {self.point.named}",
            f"Text: {text.title} ({len(text.standing)} {text.noun}s, SHA-256 {text.digest})",
            f"Your proposals: {', '.join(f'{count} {name}' for name, count in counts.items()) or 'none'}",
            "",
            *(f"{name:<24}{told.get(name, '')}" for name in files),
            "",
            "In Word and in LibreOffice, “accept all” gives the new text and “reject all” the old one.",
            "Track changes is on in these files: write into 1-text.docx and send it back, and each change is yours.",
        ]
        if apart:
            lines += ["", "In words at the end of 3-own-proposals.docx, since changes in the text cannot show them:"]
            lines += [f"  {one.where}: {one.said}" for one in apart]
        return "".join(f"{visible(line)}\r\n" for line in lines)


def receivers(state: State) -> list[str]:
    """The names of those who get packs: every delegation of the roster, not the Chair or the Secretariat."""
    return [
        one.name
        for one in state.delegations.values()
        if one.category not in (Category.CHAIR, Category.SECRETARIAT) and one.name not in ("Chair", "Secretariat")
    ]


def pack_one(desk: Desk, name: str, place: Path | None, **options: Any) -> tuple[Path, Pack]:
    """Write the pack for this delegation to `place` (by its name if None). BadInput where the roster lacks it."""
    delegation = desk.state.find_delegation(name)
    if delegation is None:
        raise BadInput(f"{clean_line(name)[:60]} is not in the roster.", "draftwg roster lists the delegations.")
    packer = Packer(desk, **options)
    pack = packer.make(delegation.name)
    where = place or Path(f"{file_part(delegation.name) or 'delegation'}.zip")
    write_output(where, pack.data)
    packer.remember(delegation.name)
    return where, pack


def pack_all(desk: Desk, folder: Path, tell: Tell, **options: Any) -> list[Path]:
    """Write a pack for every delegation into `folder`; `tell` hears how many of how many are done."""
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{one_line(str(folder))} is no folder.", "Name another one.")
    names = receivers(desk.state)
    if not names:
        raise BadInput("The roster is empty.", "Add delegations: draftwg roster FILE.")
    no_own_file(folder / "pack.zip")
    packer = Packer(desk, **options)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for done, (name, leaf) in enumerate(_leaves(names), 1):
        place = folder / leaf
        write_output(place, packer.make(name).data)
        packer.remember(name)
        written.append(place)
        tell(done, len(names))
    return written


def _leaves(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Names with the names of their files, none twice, whatever the case."""
    taken: set[str] = set()
    for name in names:
        stem = leaf = file_part(name) or "delegation"
        count = 1
        while leaf.casefold() in taken:
            count += 1
            leaf = f"{stem}-{count}"
        taken.add(leaf.casefold())
        yield name, f"{leaf}.zip"
