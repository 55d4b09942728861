"""Meetings for tests, with sentences of our own."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from draftwg.desk import Desk
from draftwg.model.text import Section, Text, Unit

KEEPING = (
    "States parties should keep the logs of ice observations for as long as possible and "
    "share them with neighbouring States on request."
)
TRAINING = "Member States should train observers, in particular those at remote stations."
REPORTING = "The Conference may wish to invite the Secretariat to report on progress every two years."
SECTIONS = (Section("A", "A", "General", 1), Section("B", "B", "Specific topics", 1), Section("B.1", "1", "Logs", 2))


def sample_text(name: str = "recommendations") -> Text:
    """A text of three units in two sections."""
    units = (
        Unit("u1", "1", REPORTING, "A"),
        Unit("u2", "2", KEEPING, "B.1"),
        Unit("u3", "3", TRAINING, "B.1"),
    )
    return Text(name, "Draft recommendations", SECTIONS, units)


def found(folder: Path, *, text: bool = True, strict_roster: bool = False) -> Desk:
    """A new meeting in `folder`, with the sample text before it unless told otherwise; made like no other."""
    desk = Desk.found(folder, "Working Group on Ice", "Port Maren", "2031-05-06/2031-05-08")
    desk.strict_roster = strict_roster
    if text:
        desk.do({"act": "import", "text": "recommendations", "content": sample_text()})
    return desk


@cache
def _template(text: bool) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="draftwg-tests-")) / "m"
    atexit.register(shutil.rmtree, folder.parent, ignore_errors=True)
    found(folder, text=text).close()
    return folder


def copied(folder: Path, *, text: bool = True, strict_roster: bool = False) -> Desk:
    """The meeting of `found`, as a copy of one that is made once: quick, and the same meeting each time."""
    shutil.copytree(_template(text), folder)
    return Desk.open(folder, strict_roster=strict_roster)


def words(desk: Desk, label: str) -> str:
    """How the unit reads now."""
    return desk.state.find_unit(label)[1].text
