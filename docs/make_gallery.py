"""Make docs/gallery/ from the sample meeting: every paper in every format, a pack, and an index: `make gallery`.

The ids of this one meeting are drawn from a count, so that the same program gives the same bytes. A PDF has the time at
which it was printed in it: it is printed anew only where its paper has changed.
"""

import base64
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from unittest.mock import patch

from draftwg.desk import Desk
from draftwg.desk.exporting import export
from draftwg.desk.orders import KIND_WORDS, KINDS, Order
from draftwg.desk.packs import Packer
from draftwg.desk.printing import printer
from draftwg.desk.sample import play

GALLERY = Path(__file__).with_name("gallery")
BASE = "CISR/COP/WG.1/2031/CRP.2"
_LATER = "2031-05-08T{}+02:00"
_HEAD = """\
# Gallery

Every paper that draftwg hands out, made from the sample meeting by `make gallery`. How to order each is told in
[formats.md](../formats.md).
"""


def numbered(folder: Path) -> Desk:
    """The sample meeting, brought to its end: everything settled, agreed and numbered."""
    desk = Desk.open(folder)
    clock = iter(range(60))

    def do(**request: object) -> None:
        desk.do({**request, "at": _LATER.format(f"10:{next(clock):02}")})

    for amendment in [one.number for one in desk.state.amendments.values() if one.state.pending]:
        do(act="withdraw", amendment=amendment)
    for unit in [unit.label for unit in desk.state.text().standing if not desk.state.status(unit).agreed]:
        desk.do({"act": "agree", "unit": unit, "at": _LATER.format("11:30")})
    desk.do({"act": "renumber", "at": _LATER.format("11:40")})
    return desk


def orders() -> list[tuple[str, Order, str]]:
    """Name of the file, what is in it, and a word on it."""
    listed = []
    for kind, forms in KINDS.items():
        for form in forms:
            if form == "pdf" and not printer():
                continue
            order = Order(kind, form, BASE, brackets=kind == "redline" and form == "docx")
            told = ", with what is pending in brackets" if order.brackets else ""
            listed.append((f"{kind}.{form}", order, f"{KIND_WORDS[kind]}{told}"))
    without = Order("redline", "docx", BASE, attributed=False)
    listed.append(("redline-unattributed.docx", without, "redline, nobody named"))
    return listed


def ids() -> Iterator[str]:
    """Ids in the form of `desk.clock.new_id`, the same ones each time."""
    for number in count():
        yield base64.b32encode(hashlib.sha256(f"gallery {number}".encode()).digest()[:10]).decode().lower()


def main() -> None:
    """The whole gallery, made anew."""
    before = {path.name: path.read_bytes() for path in GALLERY.glob("*")}
    shutil.rmtree(GALLERY, ignore_errors=True)
    GALLERY.mkdir()
    rows = []
    drawn = ids()
    with tempfile.TemporaryDirectory() as place, patch("draftwg.desk.desk.new_id", lambda: next(drawn)):
        folder = Path(place) / "meeting"
        desk = play(folder, lambda _: None)
        for name, order, told in orders():
            sources = [f"{order.kind}.{form}" for form in ("docx", "html")] if order.form == "pdf" else []
            same = name in before and all(before.get(one) == (GALLERY / one).read_bytes() for one in sources)
            (GALLERY / name).write_bytes(before[name] if sources and same else export(desk, order))
            rows.append((name, told))
        pack = Packer(desk).make("Brevonia")
        (GALLERY / "Brevonia.zip").write_bytes(pack.data)
        rows.append(("Brevonia.zip", f"the pack of a delegation: {', '.join(pack.files)}"))
        desk.close()
        desk = numbered(folder)
        for form in ("docx", "html"):
            order = Order("redline", form, BASE, text="recommendations")
            (GALLERY / f"numbered.{form}").write_bytes(export(desk, order))
            rows.append((f"numbered.{form}", "redline after the final numbering, with the concordance"))
        desk.close()
    table = "\n".join(f"| [{name}]({name}) | {told} |" for name, told in rows)
    (GALLERY / "index.md").write_text(f"{_HEAD}\n| file | what it is |\n|---|---|\n{table}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
