"""Run git so that nothing of the repository, the user's configuration or the environment can run code or change output.

git sees settings of ours in place of the meeting's (`shield.py`); the options hold as well where there is no meeting
yet. Sources: git-config(1), githooks(7), git(1); tried against planted hooks, filters, drivers, aliases and promisors.
"""

import os
import shlex
import signal
import subprocess
from collections.abc import Container, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from draftwg.errors import Damaged, NotRecorded, NotSynced
from draftwg.hygiene import one_line, shorten
from draftwg.repository.shield import shielded
from draftwg.repository.space import says_full

_OPTIONS = (
    "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat", "core.askPass=true",
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
_REMOTE_OPTIONS = (
    "fetch.fsckObjects=true", "transfer.fsckObjects=true", "receive.fsckObjects=true", "push.followTags=false",
    "push.gpgSign=false", "fetch.recurseSubmodules=false", "push.recurseSubmodules=no", "protocol.version=2",
    "http.followRedirects=initial", "http.lowSpeedLimit=1000", "http.lowSpeedTime=20",
)  # fmt: skip
_SSH = (
    "ssh -oBatchMode=yes -oConnectTimeout=10 -oServerAliveInterval=10 -oServerAliveCountMax=2"
    " -oForwardAgent=no -oClearAllForwardings=yes"
)
_TIMEOUT = 60
REMOTE_TIMEOUT = 30.0
"""Seconds after which a call to another place is given up."""


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
    view = shielded(folder) if arguments[0] != "init" else {}
    try:
        done = subprocess.run(
            command(*arguments, options=options),
            cwd=folder,
            input=stdin,
            capture_output=True,
            env={**environment(), **view, **(variables or {})},
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
        said = done.stderr.decode("utf-8", "replace")
        raise GitRefused(arguments[0], said.replace(view["GIT_DIR"], ".git") if view else said, folder)
    return done.stdout + done.stderr if errors_too else done.stdout


def start(
    folder: Path,
    *arguments: str,
    stdin: IO[bytes] | int = subprocess.DEVNULL,
    stdout: IO[bytes] | int = subprocess.PIPE,
    stderr: int = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start one git command in `folder`, which runs beside us. OSError where it cannot be started."""
    return subprocess.Popen(
        command(*arguments),
        cwd=folder,
        env={**environment(), **shielded(folder)},
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
    )


def give_way(process: subprocess.Popen[bytes], how_far: int) -> None:
    """Let this process, and those that it starts, come behind others: as far as nice(1) says, and as ours does."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process.pid, max(how_far, os.getpriority(os.PRIO_PROCESS, 0)))


def other_side(program: str) -> str:
    """The program that git runs at the other end of a folder: as safe as our own calls, whoever owns the folder."""
    options = [part for option in (*_OPTIONS, "safe.directory=*") for part in ("-c", option)]
    return shlex.join(["git", "--no-replace-objects", *options, program])


def run_remote(
    folder: Path, *arguments: str, timeout: float = REMOTE_TIMEOUT, settings: Sequence[tuple[str, str]] = ()
) -> tuple[int, str, str]:
    """Run a git command that talks to another place; its exit status, output and errors.

    Nobody is asked for anything: no password, no key, no host. NotSynced where it does not answer in time; then every
    process that it started is ended. Values from people go in behind `--`; the caller sees to it. `settings` may hold
    secrets: they go in through the environment, where other users of the machine do not see them.
    """
    given = {"GIT_CONFIG_COUNT": str(len(settings))}
    for place, (name, value) in enumerate(settings):
        given |= {f"GIT_CONFIG_KEY_{place}": name, f"GIT_CONFIG_VALUE_{place}": value}
    try:
        process = subprocess.Popen(
            command(*arguments, options=_REMOTE_OPTIONS),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**environment(), **shielded(folder), **given, "GIT_SSH_COMMAND": _SSH},
            start_new_session=True,
        )
    except (FileNotFoundError, NotADirectoryError):
        raise no_git() from None
    except OSError as error:
        raise NotSynced(f"git cannot be started: {error.strerror}.") from None
    give_way(process, 10)
    try:
        out, said = process.communicate(timeout=timeout)
    except BaseException as error:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()
        if isinstance(error, subprocess.TimeoutExpired):
            raise NotSynced(
                f"The other side did not answer within {timeout:g} seconds.",
                "What is recorded here stands; sync again when it can be reached.",
            ) from None
        raise
    return process.returncode, out.decode("utf-8", "replace"), said.decode("utf-8", "replace")


def no_git() -> Damaged:
    """What to say where there is no git."""
    return Damaged("git is not installed, or not on the PATH.", "Install git 2.35 or newer, then try again.")


class GitRefused(Damaged):
    """git ended with an error in `folder`; `said` is what it wrote."""

    def __init__(self, command: str, said: str, folder: Path | None = None) -> None:
        self.said = said
        if folder is not None and says_full(said, folder):
            super().__init__(f"The disk of {one_line(str(folder))} is full.", "Free some space, then do it again.")
            return
        lines = [one_line(line) for line in said.splitlines() if line.strip()]
        line = next(
            (line for line in lines if line.startswith(("fatal:", "error:"))), lines[0] if lines else "no reason"
        )
        hint = "git fsck tells what is damaged; draftwg doctor mends what it can."
        super().__init__(f"git {command} failed: {shorten(line, 160).rstrip('.')}.", hint)
