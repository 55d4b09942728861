"""A whole meeting in one file: a zip archive with a git bundle (git-bundle(1)) and what is not in git, such as unsaved
words. Archives may come from anybody: names, sizes and numbers of their members are limited, and nothing is unpacked
by the names that they carry.
"""

import json
import os
import re
import secrets
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from draftwg.errors import BadInput, DraftwgError, NotRecorded
from draftwg.hygiene import one_line
from draftwg.repository import git
from draftwg.repository.layout import json_bytes
from draftwg.repository.lock import refused
from draftwg.repository.shield import forget
from draftwg.repository.stream import BRANCH
from draftwg.repository.worktree import write_file

FORMAT = 1
_ABOUT, _BUNDLE = "draftwg-backup.json", "meeting.bundle"
_JOURNAL = re.compile(r"journal/[0-9a-f]{24}-[0-9a-f]{12}\.json")
_BY_HAND = re.compile(r"texts/[a-z0-9-]{1,40}\.by-hand-\d{1,4}\.md")
_MOST_MEMBERS = 2_000
_LARGEST_BUNDLE = 2_000_000_000
_LARGEST_OTHER = 4_000_000
_RATIO = 2_000  # a bundle is compressed by itself; journals are small


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds: the newest commit, the bundle, the unsaved words and by-hand files by their paths."""

    head: str
    bundle: bytes
    others: Mapping[str, bytes]

    @property
    def unsaved(self) -> int:
        """How many unsaved edits there are."""
        return sum(path.startswith("journal/") for path in self.others)


def gather(folder: Path, head: str) -> Contents:
    """Everything of the meeting in `folder`, at the commit `head`."""
    tags = git.run(folder, "for-each-ref", "--format=%(refname)", "refs/tags", "refs/draftwg/aside").decode().split()
    bundle = git.run(folder, "bundle", "create", "--quiet", "-", BRANCH, *tags)
    others = {}
    for place in (folder / ".git" / "draftwg" / "journal").glob("*.json"):
        if _JOURNAL.fullmatch(f"journal/{place.name}") and place.is_file() and not place.is_symlink():
            others[f"journal/{place.name}"] = place.read_bytes()
    for place in (folder / "texts").glob("*.by-hand-*.md"):
        if _BY_HAND.fullmatch(f"texts/{place.name}") and place.is_file() and not place.is_symlink():
            others[f"texts/{place.name}"] = place.read_bytes()
    return Contents(head, bundle, others)


def write(contents: Contents, file: Path) -> int:
    """Write the archive in one step; gives its size. BadInput where `file` is something else than a file; NotRecorded
    where the disk refuses.
    """
    if file.is_symlink() or (file.exists() and not file.is_file()):
        raise BadInput(f"{one_line(str(file))} is no regular file.", "Name another one.")
    beside = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        with beside.open("xb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(_ABOUT, json_bytes({"format": FORMAT, "head": contents.head}))
                archive.writestr(zipfile.ZipInfo(_BUNDLE), contents.bundle)  # stored: it is compressed
                for path, data in sorted(contents.others.items()):
                    archive.writestr(path, data)
            out.flush()
            os.fsync(out.fileno())
        if read(beside) != contents:
            raise NotRecorded("The backup could not be read back as it was written.", "Write it to another disk.")
        size = beside.stat().st_size
        beside.replace(file)
        return size
    except OSError as error:
        told = f"{one_line(str(file))} cannot be written ({error.strerror}); there is no backup."
        raise NotRecorded(told, "Name another place.") from None
    finally:
        beside.unlink(missing_ok=True)


def read(file: Path) -> Contents:
    """What an archive holds. BadInput, saying why, for anything that draftwg backup did not write."""
    if not file.is_file():
        raise BadInput(f"{one_line(str(file))} is no file.", "Name what draftwg backup wrote.")
    shown = one_line(file.name)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS or len({one.filename for one in members}) != len(members):
                raise BadInput(f"{shown} has too many members, or one twice.", "It is no backup of a meeting.")
            others: dict[str, bytes] = {}
            for member in members:
                name = member.filename
                if name not in (_ABOUT, _BUNDLE) and not _JOURNAL.fullmatch(name) and not _BY_HAND.fullmatch(name):
                    raise BadInput(f"{shown} holds “{one_line(name)[:60]}”.", "It is no backup of a meeting.")
                others[name] = _member(archive, member)
        about = json.loads(others.pop(_ABOUT))
        head = about["head"]
        if about["format"] != FORMAT:
            raise BadInput(f"{shown} was written by another version of draftwg.", "Use a newer draftwg.")
        if not isinstance(head, str) or not re.fullmatch(r"[0-9a-f]{40}", head):
            raise ValueError("head")
        return Contents(head, others.pop(_BUNDLE), others)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        pass
    except (KeyError, TypeError, RecursionError):
        pass
    except OSError as error:
        raise BadInput(f"{shown} cannot be read ({error.strerror or error}).") from None
    except Exception as error:
        if isinstance(error, DraftwgError):
            raise
        if type(error).__module__ != "zlib":
            raise
    raise BadInput(f"{shown} is damaged, or no backup of a meeting.", "Use another backup.")


def unpack(contents: Contents, folder: Path) -> None:
    """Make the repository in `folder`, which must be absent or empty, without files beside it. NotRecorded where it
    cannot be made.
    """
    bundle = folder / ".git" / "draftwg" / "restore.bundle"
    try:
        (folder / ".git" / "draftwg").mkdir(parents=True)
        bundle.write_bytes(contents.bundle)
        git.run(
            folder, "fetch", "--quiet", "--no-write-fetch-head", "--update-head-ok", "--no-auto-maintenance",
            "--no-recurse-submodules", "--end-of-options", str(bundle.resolve()), f"{BRANCH}:{BRANCH}",
            "refs/tags/*:refs/tags/*", "refs/draftwg/aside/*:refs/draftwg/aside/*",
            options=("fetch.fsckObjects=true", "transfer.fsckObjects=true"),
        )  # fmt: skip
        found = git.run(folder, "rev-parse", "--verify", BRANCH).decode("ascii").strip()
        if found != contents.head:
            raise BadInput("The backup holds another commit than it says.", "Use another backup.")
    except git.GitRefused as error:
        raise BadInput(f"The bundle in the backup is damaged: {error.message}", "Use another backup.") from None
    except OSError as error:
        raise refused(error) from None
    finally:
        bundle.unlink(missing_ok=True)


def put_others(contents: Contents, folder: Path) -> None:
    """Write what is not in git to its place."""
    for path, data in contents.others.items():
        place = folder / ".git" / "draftwg" / path if path.startswith("journal/") else folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        write_file(place, data, durable=True)


def room_beside(folder: Path) -> Path:
    """A name beside `folder` under which it can be made, to be renamed when it is complete."""
    return folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.tmp")


def drop(folder: Path) -> None:
    """Take away what was made by half, with what draftwg keeps of it elsewhere."""
    forget(folder)
    shutil.rmtree(folder, ignore_errors=True)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The contents of a member, counted while they are read."""
    most = _LARGEST_BUNDLE if member.filename == _BUNDLE else _LARGEST_OTHER
    if member.flag_bits & 1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadInput("The backup is encrypted or packed in an unknown way.", "Use what draftwg backup wrote.")
    most = min(most, max(member.compress_size, 1) * _RATIO)
    with archive.open(member) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise BadInput("The backup is larger than any meeting.", "Use what draftwg backup wrote.")
    return data
