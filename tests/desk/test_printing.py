"""PDF by a real printer, where one is installed."""

from pathlib import Path

from draftwg.desk.exporting import export
from draftwg.desk.orders import Order
from formats.docx.othertools import need
from meetings import copied


def test_libreoffice_makes_a_pdf_whose_parts_are_told_to_readers_of_a_screen(tmp_path: Path) -> None:
    need("soffice")
    data = export(copied(tmp_path / "m"), Order("clean", "pdf"))

    assert data.startswith(b"%PDF-")
    assert b"/MarkInfo<</Marked true>>" in data
    assert b"/Lang(en-GB)" in data
