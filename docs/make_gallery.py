"""Make docs/gallery/ from the sample meeting: every paper in every format, a pack, and an index: `make gallery`."""

import shutil
import tempfile
from pathlib import Path

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


def main() -> None:
    """The whole gallery, made anew."""
    shutil.rmtree(GALLERY, ignore_errors=True)
    GALLERY.mkdir()
    rows = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "meeting"
        desk = play(folder, lambda _: None)
        for name, order, told in orders():
            (GALLERY / name).write_bytes(export(desk, order))
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
