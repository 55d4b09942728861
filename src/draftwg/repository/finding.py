"""Where the folder of a meeting is."""

from pathlib import Path

from draftwg.errors import Damaged, NotAMeeting
from draftwg.hygiene import one_line

MARKER = "meeting.json"


def find_meeting(start: Path) -> Path:
    """The meeting in which `start` lies, or the only one in a folder beside it. NotAMeeting where there is none,
    Damaged where its git folder is gone.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / ".git").exists() and ((folder / MARKER).is_file() or (folder / ".git" / "draftwg").is_dir()):
            return folder
        if lacks_git(folder):
            raise Damaged(
                f"The folder .git of the meeting in {one_line(str(folder))} is gone; record/ is there.",
                "Bring the meeting back from a backup or another machine (draftwg restore FILE FOLDER, draftwg clone "
                "REMOTE FOLDER), or have .git made anew from record/: draftwg doctor.",
            )
    beside = sorted(path.parent for path in start.glob(f"*/{MARKER}") if (path.parent / ".git").exists())
    if len(beside) == 1:
        return beside[0]
    here = one_line(str(start))
    if beside:
        names = ", ".join(one_line(path.name) for path in beside[:5])
        raise NotAMeeting(f"There are several meetings in {here}.", f"Name one: {names}.")
    if (start / "HEAD").is_file() and (start / "objects").is_dir():
        raise NotAMeeting(f"{here} is a bare repository, which has no files to work in.", "Work in a clone of it.")
    raise NotAMeeting(f"There is no meeting in {here}.", "Make one: draftwg init FOLDER --title TITLE.")


def lacks_git(folder: Path) -> bool:
    """Whether this folder is that of a meeting whose `.git` is gone."""
    return (folder / MARKER).is_file() and (folder / "record").is_dir() and not (folder / ".git").exists()
