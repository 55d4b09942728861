"""A meeting from a stranger: everything that is known to make git run a program, each with a canary of its own.

The lists follow git-config(1), githooks(7), gitattributes(5) and what was found to run in trials.
"""

import subprocess
from pathlib import Path

HOOKS = (
    "applypatch-msg", "pre-applypatch", "pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "pre-rebase",
    "post-checkout", "post-merge", "pre-push", "pre-auto-gc", "post-rewrite", "reference-transaction",
    "post-index-change", "fsmonitor-watchman",
)  # fmt: skip
KEYS = (
    "core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass", "core.gitProxy",
    "core.alternateRefsCommand", "sequence.editor", "credential.helper", "diff.external", "diff.x.textconv",
    "diff.x.command", "filter.x.clean", "filter.x.smudge", "filter.x.process", "merge.x.driver", "gpg.program",
    "gpg.ssh.program", "gpg.ssh.defaultKeyCommand", "gpg.x509.program", "remote.origin.uploadpack",
    "remote.origin.receivepack",
    "uploadpack.packObjectsHook", "pager.log", "pager.status", "interactive.diffFilter", "browser.x.cmd", "man.x.cmd",
    "mergetool.x.cmd", "difftool.x.cmd", "trailer.x.command", "trailer.x.cmd", "tar.x.command", "http.proxyAuthCommand",
)  # fmt: skip
ALIASES = ("fast-import", "cat-file", "read-tree", "log", "fsck", "ls-tree", "update-ref", "doctor")


def plant(folder: Path, canaries: Path) -> None:
    """Plant every canary in the meeting in `folder`; each, when it is run, makes a file of its name in `canaries`."""
    canaries.mkdir()
    gitdir = folder / ".git"

    def bait(name: str) -> str:
        program = canaries.parent / "bait" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!/bin/sh\ntouch '{canaries / name}'\ncat\n")
        program.chmod(0o755)
        return str(program)

    hooks = gitdir / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in HOOKS:
        (hooks / name).unlink(missing_ok=True)
        (hooks / name).symlink_to(bait(f"hook-{name}"))
    settings = {name: bait(name) for name in KEYS}
    settings |= {f"alias.{name}": f"!{bait(f'alias-{name}')}" for name in ALIASES}
    settings |= {
        "core.hooksPath": str(hooks),
        "tag.gpgSign": "true",
        "log.showSignature": "true",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::{bait('ext')}",
        "remote.origin.vcs": bait("vcs"),
        "submodule.recurse": "true",
        "fetch.recurseSubmodules": "true",
        "protocol.ext.allow": "always",
        "core.attributesFile": str(gitdir / "info" / "attributes"),
        "core.worktree": str(canaries),
        "include.path": str(canaries.parent / "included"),
    }
    for name, value in settings.items():
        subprocess.run(["git", "config", "--add", "-f", str(gitdir / "config"), name, value], check=True)
    (canaries.parent / "included").write_text(f'[core]\n\tfsmonitor = "{bait("included")}"\n')
    (gitdir / "info").mkdir(exist_ok=True)
    (gitdir / "info" / "attributes").write_text("* filter=x diff=x merge=x\n")
    (folder / ".gitattributes").write_text("* filter=x diff=x merge=x\n")
    (folder / ".gitmodules").write_text(f'[submodule "s"]\n\tpath = s\n\turl = ext::{bait("submodule")}\n')
    (gitdir / "modules").mkdir(exist_ok=True)


def ran(canaries: Path) -> set[str]:
    """Which canaries were run."""
    return {place.name for place in canaries.iterdir()}
