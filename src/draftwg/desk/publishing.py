"""The website of a meeting: which pages and files it has, each with what it is made from.

The site is a reading of the record, like every paper: the text as the room saw it, its versions, what changed between
them, the history of every unit, the amendments and their fates, the concordance, and papers to take along. Nothing of
the journal, of what is being typed, or of the time at which it is made is in it: the same record gives the same bytes.
"""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import draftwg
from draftwg import __version__
from draftwg.desk.desk import Desk
from draftwg.desk.sitefolder import Output, Published, SiteFolder
from draftwg.desk.sitepages import SiteText
from draftwg.desk.siteunits import Open
from draftwg.errors import BadInput
from draftwg.formats.papers import days
from draftwg.formats.site.pages import STYLE_PATH, page_html
from draftwg.formats.site.parts import Cell, Frame, Links, Names, Page
from draftwg.formats.site.style import SITE_STYLE
from draftwg.hygiene import one_line

_OURS = (".git", "record", "texts")


def publish(
    desk: Desk, place: Path, tell: Callable[[int, int], None], *, text: str = "", seen: Open | None = None
) -> Published:
    """Write the site of the meeting into the folder `place`, or of its text `text` alone; `tell` hears how many of how
    many files are done.

    BadInput where the folder is neither absent nor empty nor a site of this meeting that stands as it was made, or
    where there is no text; NotRecorded where the disk refuses.
    """
    seen = seen or Open()
    if not text and not desk.state.texts:
        desk.state.text()  # says what to do
    names = [desk.state.text(text).name] if text else list(desk.state.texts)
    home = desk.record.gitdir.parent.resolve()
    folder = SiteFolder(place, desk.log.acts[0].id, desk.record.gitdir / "draftwg" / "site")
    if folder.place == home or any(folder.place.is_relative_to(home / one) for one in _OURS):
        raise BadInput(f"{one_line(str(place))} is where the meeting keeps its record.", "Name another folder.")
    outputs = list(outputs_of(desk, names, seen))
    return folder.write(outputs, len(outputs), tell)


def outputs_of(desk: Desk, names: list[str], seen: Open) -> Iterator[Output]:
    """Every file of the site of these texts."""
    state = desk.state
    base = hashlib.sha256(
        repr(
            (_program(), names, seen, state.title, state.place, state.dates, list(state.delegations.values()))
        ).encode()
    ).hexdigest()
    yield Output(STYLE_PATH, "", SITE_STYLE.encode)
    if len(names) == 1:
        yield from SiteText(desk, names[0], seen, "", base, ()).outputs()
        return
    taken = Names({"style"})
    folders = {name: f"{taken.of(name)}/" for name in names}
    home = Cell("All texts", "index.html")
    frame = Frame(state.title, ", ".join(filter(None, (state.place, days(state.dates)))), (home,))
    links = [Cell(state.texts[name].title, f"{folders[name]}index.html", language=state.texts[name].language)
             for name in names]  # fmt: skip
    page = Page("index.html", state.title, (Links("Texts", tuple(links)),))
    yield Output(page.path, "", page_html(page, frame).encode)
    for name in names:
        yield from SiteText(desk, name, seen, folders[name], base, (home,)).outputs()


def _program() -> str:
    """A sum of the program itself: what another version makes of the same record may read otherwise."""
    found = hashlib.sha256(__version__.encode())
    for place in sorted(Path(draftwg.__file__).parent.rglob("*.py")):
        found.update(place.read_bytes())
    return found.hexdigest()
