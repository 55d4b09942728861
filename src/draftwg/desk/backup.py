"""A meeting goes into one file, and comes back from it."""

from dataclasses import dataclass
from pathlib import Path

from draftwg.desk.desk import Desk
from draftwg.errors import BadInput, Damaged, DiskFull, DraftwgError, NotRecorded
from draftwg.hygiene import one_line
from draftwg.repository import backup as archive
from draftwg.repository.founding import make_repository
from draftwg.repository.layout import no_own_file
from draftwg.repository.lock import refused
from draftwg.repository.record import Record
from draftwg.repository.shield import forget
from draftwg.repository.space import is_full


@dataclass(frozen=True, slots=True)
class Kept:
    """What went into a backup or came out of one."""

    acts: int
    unsaved: int
    size: int = 0


def backup(start: Path, file: Path) -> Kept:
    """Write the meeting in or beside `start` into `file`, in one step, and read it back: the archive, and in it a
    meeting with the same acts. BadInput or NotRecorded where there can be no backup.
    """
    desk = Desk.open(start)
    try:
        if file.resolve().is_relative_to(desk.record.gitdir.resolve()):
            raise BadInput("A backup inside the repository would be lost with it.", "Name a file elsewhere.")
        no_own_file(file)
        contents = archive.gather(desk.record.folder, desk.record.head())
        if not file.parent.is_dir():
            raise NotRecorded(f"There is no folder {one_line(str(file.parent))}; there is no backup.", "Make it first.")
        beside = archive.room_beside(file)
        try:
            again = _make(contents, beside)
            if again.state != desk.state:
                raise NotRecorded("The backup does not lead to the same texts.", "See what is wrong: draftwg doctor.")
            again.close()
        except DraftwgError:
            if is_full(file.parent):
                told = f"The disk of {one_line(str(file.parent.absolute()))} is full; there is no backup."
                raise DiskFull(told, "Free some space there, or name a file on another disk.") from None
            raise
        finally:
            archive.drop(beside)
        size = archive.write(contents, file)
        return Kept(len(desk.log.acts), contents.unsaved, size)
    finally:
        desk.close()


def restore(file: Path, folder: Path) -> Kept:
    """Make the meeting in `file` anew in `folder`, which must be absent or empty. BadInput where `file` is no backup;
    NotRecorded where the folder cannot be made. Nothing is left behind then.
    """
    contents = archive.read(file)
    shown = one_line(str(folder))
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise NotRecorded(f"{shown} is there already and not empty.", "Choose another folder.")
    beside = archive.room_beside(folder)
    try:
        desk = _make(contents, beside)
        archive.put_others(contents, beside)
        acts = len(desk.log.acts)
        desk.close()
        forget(beside)
        beside.replace(folder)
        return Kept(acts, contents.unsaved)
    except OSError as error:
        raise refused(error) from None
    finally:
        archive.drop(beside)


def _make(contents: archive.Contents, folder: Path) -> Desk:
    """The meeting of a backup in a new folder, its files in step."""
    try:
        folder.mkdir()
        make_repository(folder)
    except OSError as error:
        raise refused(error) from None
    archive.unpack(contents, folder)
    first = Record(folder, complete=False)
    with first.writing():
        remarks = first.follow()
    first.close()
    if remarks:
        raise Damaged(remarks[0])
    return Desk.open(folder)
