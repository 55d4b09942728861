"""The settings of the person at this machine (`~/.gitconfig`) that draftwg heeds: those about signatures, and those
without which an https address cannot be reached. They are the person's own; what a meeting says of these is never read.
"""

import os
import re
import subprocess
from functools import cache
from pathlib import Path

_SIGNING = re.compile(
    r"commit\.gpgsign|user\.signingkey|gpg\.(format|program|openpgp\.program|ssh\.(program|defaultkeycommand"
    r"|allowedsignersfile|revocationfile)|x509\.program|mintrustlevel)"
)
_HTTPS = re.compile(
    r"http\.(.+\.)?(sslcainfo|sslcapath|sslcert|sslkey|sslcertpasswordprotected|proxy|proxyauthmethod|proxysslcainfo"
    r"|extraheader|postbuffer)|credential\.(.+\.)?(helper|username|usehttppath)"
)


def signing() -> dict[str, str]:
    """What the person says of signatures, by lower-case name."""
    return {name.lower(): value for name, value in settings(b"gpg") if _SIGNING.fullmatch(name.lower())}


def https() -> list[tuple[str, str]]:
    """What the person says of https: certificates, proxies, the helper that keeps passwords; in their order."""
    return [pair for pair in settings(b"http", b"credential") if _HTTPS.fullmatch(pair[0].lower())]


@cache
def settings(*words: bytes) -> tuple[tuple[str, str], ...]:
    """All settings of the person, if any of these words is in them. Asks git only then."""
    home = Path.home()
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "git" / "config"
    said = b"".join(place.read_bytes() for place in (home / ".gitconfig", config) if place.is_file()).lower()
    if not any(word in said for word in (*words, b"include")):
        return ()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        command = ["git", "config", "--global", "--includes", "--list", "-z"]
        done = subprocess.run(command, cwd=home, env=kept, capture_output=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    pairs = (entry.partition("\n") for entry in done.stdout.decode("utf-8", "replace").split("\0") if entry)
    return tuple((name, value) for name, _, value in pairs)
