"""What in the repository of a meeting is not ours: settings, hooks, attributes and the like, which git would heed and
draftwg does not (`shield.py`). Read here without running anything, to be told.

Sources: git-config(1), CONFIGURATION FILE, for the syntax; githooks(7); gitattributes(5); gitrepository-layout(5).
"""

import re
import stat
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from draftwg.hygiene import one_line, shorten

_SECTION = re.compile(r'\s*\[\s*([A-Za-z0-9.-]+)(?:\s+"((?:[^"\\\n]|\\.)*)")?\s*\](.*)')
_VARIABLE = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]*)\s*(?:=\s*(.*))?")
_LARGEST = 1_000_000
_PLAIN = re.compile(
    r"draftwg\..*|user\.(name|email|signingkey|useconfigonly)|commit\.gpgsign|tag\.gpgsign|gpg\.format"
    r"|core\.(repositoryformatversion|filemode|bare|fsync|fsyncmethod|logallrefupdates|ignorecase|precomposeunicode"
    r"|symlinks|compression|lockfilepid|autocrlf|safecrlf|eol|quotepath|filesreflocktimeout|sharedrepository|longpaths)"
    r"|gc\.(auto|reflogexpire|reflogexpireunreachable|autodetach|autopacklimit|pruneexpire)"
    r"|maintenance\.auto|receive\.(denynonfastforwards|denydeletes|fsckobjects|denycurrentbranch)"
    r"|(fetch|transfer)\.fsckobjects|remote\..*\.(url|pushurl|fetch|push|tagopt)"
    r"|branch\..*\.(remote|merge|rebase|description)|init\.defaultbranch|pull\.(rebase|ff)|push\.default|color\..*"
    r"|advice\..*|extensions\.(objectformat|refstorage)|fastimport\.unpacklimit",
    re.IGNORECASE,
)
_FALSE = ("false", "no", "off", "0", "")


@dataclass(frozen=True, slots=True)
class Settings:
    """The meeting's own `.git/config`: values by lower-case name, and the first line that cannot be read (0 = none)."""

    values: dict[str, str] = field(default_factory=dict)
    broken: int = 0

    @property
    def fsync(self) -> bool:
        """Whether an act waits for the disk (`draftwg.fsync`; on unless switched off)."""
        return self.values.get("draftwg.fsync", "true").casefold() not in _FALSE

    @property
    def signs(self) -> bool | None:
        """Whether commits are to be signed (`commit.gpgsign`); None where this meeting does not say."""
        value = self.values.get("commit.gpgsign")
        return None if value is None else value.casefold() not in _FALSE

    @property
    def strange(self) -> list[str]:
        """The names of settings that draftwg does not expect in a meeting."""
        return sorted(name for name in self.values if not _PLAIN.fullmatch(name))


def read_settings(gitdir: Path) -> Settings:
    """The settings in the meeting's own `.git/config`; nothing that it includes is read."""
    try:
        found = (gitdir / "config").stat()
    except OSError:
        return Settings()
    if not stat.S_ISREG(found.st_mode):
        return Settings(broken=1)
    return _read(gitdir, found.st_mtime_ns, found.st_size, found.st_ino)


@lru_cache(8)
def _read(gitdir: Path, changed: int, size: int, number: int) -> Settings:
    """The settings as they were at that time, in the file of that size and number."""
    try:
        with (gitdir / "config").open("rb") as file:
            lines = file.read(_LARGEST).decode("utf-8", "replace").lstrip("\ufeff").split("\n")
    except OSError:
        return Settings()
    values: dict[str, str] = {}
    section, broken = "", 0
    place = 0
    while place < len(lines):
        number, line = place + 1, lines[place].rstrip("\r")
        while line.endswith("\\") and place + 1 < len(lines):
            place += 1
            line = line[:-1] + lines[place].rstrip("\r")
        place += 1
        if head := _SECTION.fullmatch(line):
            section = head[1].lower() + (f".{head[2]}" if head[2] is not None else "")
            line = head[3]
        if not line.strip() or line.lstrip()[0] in "#;":
            continue
        variable = _VARIABLE.fullmatch(line)
        if variable is None or not section:
            broken = broken or number
            continue
        values[f"{section}.{variable[1].lower()}"] = _value(variable[2])
    return Settings(values, broken)


def strangers(gitdir: Path) -> list[str]:
    """One line for each thing in the repository that git would run or heed and draftwg does not."""
    folder = gitdir.parent
    told = [f"The setting {shorten(name, 80)} in .git/config is ignored." for name in read_settings(gitdir).strange]
    hooks = gitdir / "hooks"
    found = sorted(hooks.iterdir()) if hooks.is_dir() and not hooks.is_symlink() else []
    named = [one_line(hook.name) for hook in found if not hook.name.endswith(".sample")]
    if hooks.is_symlink():
        told.append("The folder .git/hooks is a link; no hook of it is run.")
    if named:
        told.append(f"The hooks in .git/hooks are not run: {shorten(', '.join(named), 100)}.")
    for name, what in _IGNORED:
        if _holds(gitdir / name):
            told.append(f".git/{name} ({what}) is ignored.")
    if _holds(gitdir / "objects" / "info" / "alternates"):
        told.append(
            "Objects are borrowed from another repository (.git/objects/info/alternates); make a backup of your own."
        )
    attributes = folder / ".gitattributes"
    try:
        own = not attributes.exists() or attributes.read_bytes() == b"* -text\n"
    except OSError:
        own = False
    if not own:
        told.append("The .gitattributes are not those of draftwg, and are ignored.")
    if (folder / ".gitmodules").exists() or (folder / ".gitmodules").is_symlink():
        told.append("Submodules (.gitmodules) are ignored.")
    return told


_IGNORED = (
    ("info/attributes", "attributes"),
    ("info/grafts", "grafts"),
    ("info/sparse-checkout", "a sparse checkout"),
    ("config.worktree", "further settings"),
    ("modules", "submodules"),
    ("refs/replace", "replacements of objects"),
)


def _holds(place: Path) -> bool:
    """Whether there is anything: a file that is not empty, or a folder with something in it."""
    try:
        return any(place.iterdir()) if place.is_dir() else place.stat().st_size > 0
    except OSError:
        return place.is_symlink()


def _value(text: str | None) -> str:
    """A value as git reads it; a name alone means true."""
    if text is None:
        return "true"
    out: list[str] = []
    quoted = escaped = False
    for sign in text:
        if escaped:
            out.append({"n": "\n", "t": "\t", "b": "\b"}.get(sign, sign))
            escaped = False
        elif sign == "\\":
            escaped = True
        elif sign == '"':
            quoted = not quoted
        elif sign in "#;" and not quoted:
            break
        else:
            out.append(sign)
    return "".join(out).strip()
