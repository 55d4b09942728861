"""Run git so that nothing of the repository, the user's configuration or the environment can run code or change output.

git sees settings of ours in place of the meeting's (`shield.py`); the options hold as well where there is no meeting
yet. Sources: git-config(1), githooks(7), git(1); tried against planted hooks, filters, drivers, aliases and promisors.
"""

import os
import subprocess
from collections.abc import Container, Mapping, Sequence
from pathlib import Path

from draftwg.errors import Damaged, NotRecorded
from draftwg.hygiene import one_line, shorten
from draftwg.repository.shield import shielded

_OPTIONS = (
    "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat", "credential.helper=", "core.askPass=true",
    "core.alternateRefsCommand=true", "gc.auto=0", "maintenance.auto=false", "submodule.recurse=false",
    "core.fsync=all", "core.filesRefLockTimeout=2000", "core.autocrlf=false",
    "core.safecrlf=false", "core.quotePath=true",
    "tag.gpgSign=false", "commit.gpgSign=false", "log.showSignature=false",
    "fastimport.unpackLimit=500", "core.compression=1",
)  # fmt: skip
_VARIABLES = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "true",
    "SSH_ASKPASS": "true",
    "GIT_ALLOW_PROTOCOL": "file:ssh:https",
    "GIT_PROTOCOL_FROM_USER": "0",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}
_TIMEOUT = 60


def environment() -> dict[str, str]:
    """The environment for git: ours, and nothing of GIT_* or the user's editor and pager."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, **_VARIABLES}


def command(*arguments: str, options: Sequence[str] = ()) -> list[str]:
    """The command line of git with `arguments`; later `options` win."""
    line = ["git", "--no-replace-objects"]
    for option in (*_OPTIONS, *options):
        line += ["-c", option]
    return [*line, *arguments]


def run(
    folder: Path,
    *arguments: str,
    stdin: bytes = b"",
    options: Sequence[str] = (),
    accept: Container[int] = (0,),
    variables: Mapping[str, str] | None = None,
    errors_too: bool = False,
) -> bytes:
    """Run one git command in `folder` and give its output.

    Values from people go in through `stdin` or behind `--end-of-options`; the caller sees to it. `variables` are added
    to the environment; with `errors_too`, what git said of errors follows its output. Damaged where git is missing,
    does not answer in time or ends with another status than those to `accept`.
    """
    try:
        done = subprocess.run(
            command(*arguments, options=options),
            cwd=folder,
            input=stdin,
            capture_output=True,
            env={**environment(), **shielded(folder), **(variables or {})},
            timeout=_TIMEOUT,
        )
    except (FileNotFoundError, NotADirectoryError):
        if not folder.is_dir():
            raise Damaged(f"The folder {one_line(str(folder))} is gone.") from None
        raise no_git() from None
    except subprocess.TimeoutExpired:
        raise Damaged(f"git {arguments[0]} did not answer within {_TIMEOUT} seconds.", "Try again.") from None
    except OSError as error:
        raise NotRecorded(f"git cannot be started: {error.strerror}.") from None
    if done.returncode not in accept:
        raise GitRefused(arguments[0], done.stderr.decode("utf-8", "replace"))
    return done.stdout + done.stderr if errors_too else done.stdout


def no_git() -> Damaged:
    """What to say where there is no git."""
    return Damaged("git is not installed, or not on the PATH.", "Install git 2.35 or newer, then try again.")


class GitRefused(Damaged):
    """git ended with an error; `said` is what it wrote."""

    def __init__(self, command: str, said: str) -> None:
        lines = [one_line(line) for line in said.splitlines() if line.strip()]
        line = next(
            (line for line in lines if line.startswith(("fatal:", "error:"))), lines[0] if lines else "no reason"
        )
        hint = "git fsck tells what is damaged; draftwg doctor mends what it can."
        super().__init__(f"git {command} failed: {shorten(line, 160).rstrip('.')}.", hint)
        self.said = said
