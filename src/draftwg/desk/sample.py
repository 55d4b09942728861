"""The sample meeting that comes with the program: played into a real repository, with the times of its story."""

import json
from collections.abc import Callable
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from draftwg.desk.desk import Desk
from draftwg.desk.importing import import_request
from draftwg.desk.roster import roster_requests
from draftwg.errors import Damaged
from draftwg.formats.reader import read_draft


def play(folder: Path, tell: Callable[[str], None]) -> Desk:
    """Play the sample into `folder`, which must be absent or empty; every act is told as it is done."""
    drafts = _drafts()
    meeting = json.loads(drafts.joinpath("meeting.json").read_text("utf-8"))
    begins = meeting["begins"]
    desk = Desk.found(folder, meeting["title"], meeting["place"], meeting["dates"], at=begins)
    tell(f"{meeting['title']}, {meeting['place']}")
    roster = roster_requests(drafts.joinpath("roster.csv").read_text("utf-8"), "roster.csv")
    desk.do_all([{**request, "at": begins} for request in roster])
    source = meeting["import"]
    draft = read_draft(drafts.joinpath(source).read_text("utf-8"), source)
    steps = [import_request(draft, meeting["text"], source), {"act": "issue", **meeting["base"]}]
    requests = [{**step, "at": begins} for step in steps]
    for reading in meeting["acts"]:
        requests += [
            json.loads(line) for line in drafts.joinpath(reading).read_text("utf-8").splitlines() if line.strip()
        ]
    for request in requests:
        tell(f"  {str(request['at'])[11:16]}  {desk.do(request).subject}")
    return desk


def _drafts() -> Traversable:
    """The folder `drafts`: beside the package in an installed wheel, at the top of a checkout."""
    for place in (resources.files("draftwg") / "drafts", Path(__file__).parents[3] / "drafts"):
        if place.joinpath("meeting.json").is_file():
            return place
    raise Damaged("The sample meeting is missing from this installation.", "Install draftwg again.")
