"""Handing out papers from the console."""

from pathlib import Path

import pytest

from draftwg.formats.docx.reader import read_docx
from draftwg.formats.docx.resolve import accepted, rejected
from tui.driving import console, meeting, page, press, seen, status, until


async def test_a_redline_is_previewed_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "2", "by": "Mexico", "replace": "remote", "with": "all"})
    desk.do({"act": "accept", "amendment": "A-1"})
    desk.close()
    monkeypatch.chdir(tmp_path)
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "ctrl+e")
        await until(pilot, lambda: app.screen.query("#exporting-page"))
        await until(pilot, lambda: "[-remote-]{+all+} stations" in page(app, "#exporting-page"))
        assert "recommendations-redline.docx" in seen(app)
        await press(pilot, "enter")
        await until(pilot, lambda: "Written" in status(app))
    document = read_docx((tmp_path / "recommendations-redline.docx").read_bytes(), "x")
    assert "at all stations" in accepted(document).text
    assert "at remote stations" in rejected(document).text


async def test_the_settings_lead_to_another_paper_and_esc_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = meeting(tmp_path / "m")
    desk.do({"act": "propose", "unit": "2", "by": "Mexico", "replace": "remote", "with": "all"})
    desk.close()
    monkeypatch.chdir(tmp_path)
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "ctrl+e")
        await until(pilot, lambda: app.screen.query("#exporting-page"))
        await press(pilot, "right", "right")
        await until(pilot, lambda: "[remote - original / all - Mexico]" in page(app, "#exporting-page"))
        assert "From" not in [line.strip(" │▌")[:4] for line in seen(app).split("\n")]
        await press(pilot, "end", "right")
        await until(pilot, lambda: "[remote / all]" in page(app, "#exporting-page"))
        await press(pilot, "up", "right", "enter")
        await until(pilot, lambda: "Written" in status(app))
        await press(pilot, "ctrl+e")
        await until(pilot, lambda: app.screen.query("#exporting-page"))
        await press(pilot, "escape")
        await until(pilot, lambda: not app.screen.query("#exporting-page"))
    (made,) = [path for path in tmp_path.iterdir() if path.is_file()]
    assert made.name == "recommendations-compilation.html"
    assert "[remote / all]" in made.read_text()
