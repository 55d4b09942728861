"""Receiving at the console: the file, the review, and nothing recorded before Enter."""

from pathlib import Path

from draftwg.desk import Desk
from tui.driving import UNITS, console, meeting, page, press, seen, status, until

FILES = Path(__file__).resolve().parents[1] / "formats" / "files"


async def test_pieces_are_looked_at_left_out_and_recorded(tmp_path: Path) -> None:
    meeting(tmp_path / "m").close()
    (tmp_path / "mail.txt").write_text(
        "Dear all,\n\nIn recommendation 2, replace 'remote' by 'all'.\n\nDelete recommendation 9.\n"
    )
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "ctrl+o")
        await until(pilot, lambda: app.screen.query("#prompt-file"))
        app.screen.query_one("#prompt-file").value = str(tmp_path / "nothing.txt")  # type: ignore[attr-defined]
        app.screen.query_one("#prompt-by").value = "Mexico"  # type: ignore[attr-defined]
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: "There is no file" in seen(app))
        app.screen.query_one("#prompt-file").value = str(tmp_path / "mail.txt")  # type: ignore[attr-defined]
        await press(pilot, "enter")
        await until(pilot, lambda: app.screen.query("#review-list"))
        await until(pilot, lambda: "2 of 2 to be recorded" in seen(app))
        assert "not understood" in seen(app)
        assert "{-remote-}{+all+}" in page(app, "#review-page").replace(" ", "")
        await press(pilot, "down", "space")
        await until(pilot, lambda: "1 of 2 to be recorded" in seen(app))
        assert not Desk.open(tmp_path / "m").state.amendments
        await press(pilot, "enter")
        await until(pilot, lambda: "Recorded from mail.txt: A-1" in status(app))
    (one,) = Desk.open(tmp_path / "m").state.amendments.values()
    assert (one.by, one.proposed) == ("Mexico", UNITS["2"].replace("remote", "all"))


async def test_what_others_record_meanwhile_is_seen_before_anything_is_recorded(tmp_path: Path) -> None:
    meeting(tmp_path / "m").close()
    async with console(tmp_path / "m") as (app, pilot):
        await press(pilot, "ctrl+o")
        await until(pilot, lambda: app.screen.query("#prompt-file"))
        app.screen.query_one("#prompt-file").value = str(FILES / "libreoffice-tracked.docx")  # type: ignore[attr-defined]
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: "4 of 4 to be recorded" in seen(app))
        other = Desk.open(tmp_path / "m")
        other.do({"act": "propose", "unit": "9", "by": "Algeria", "kind": "delete"})
        await press(pilot, "enter")
        await until(pilot, lambda: "3 of 3 to be recorded" in seen(app))
        assert "already tabled" in seen(app)
        await press(pilot, "escape")
        await until(pilot, lambda: not app.screen.query("#review-list"))
    assert len(Desk.open(tmp_path / "m").state.amendments) == 1
