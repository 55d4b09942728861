"""Other machines by https and ssh: for real on loopback, with git's own server, and what a person has to set up."""

import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from draftwg.cli import main
from draftwg.desk import Desk
from draftwg.desk.sync import share
from draftwg.repository import own
from meetings import copied, words
from repository.serving import certificate, served

Person = Callable[[str], None]


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    backend = Path(subprocess.run(["git", "--exec-path"], capture_output=True, text=True).stdout.strip())
    if not (backend / "git-http-backend").exists() or not shutil.which("openssl"):
        pytest.skip("git-http-backend or openssl is not on this machine")
    return certificate(tmp_path)


@pytest.fixture
def person() -> Iterator[Person]:
    """The settings of the person at this machine (~/.gitconfig)."""

    def set_up(settings: str) -> None:
        (Path.home() / ".gitconfig").write_text(settings)
        own.settings.cache_clear()

    own.settings.cache_clear()
    yield set_up
    own.settings.cache_clear()


def two_machines(tmp_path: Path, address: str) -> None:
    """Both exchange through this address until both have the acts of both."""
    one, two = tmp_path / "one", tmp_path / "two"
    desk = copied(one)
    desk.do({"act": "propose", "unit": "2", "by": "Chile", "text": "Many words. " * 400})
    desk.close()
    assert main(["-m", str(one), "sync", address]) == 0
    assert main(["clone", address, str(two)]) == 0
    for folder, unit in ((one, "1"), (two, "3")):
        desk = Desk.open(folder)
        desk.do({"act": "edit", "unit": unit, "text": f"Words of {folder.name}."})
        desk.close()
        assert main(["-m", str(folder), "sync", "--clerk", folder.name]) == 0
    assert main(["-m", str(one), "sync"]) == 0
    for folder in (one, two):
        desk = Desk.open(folder)
        assert (words(desk, "1"), words(desk, "3")) == ("Words of one.", "Words of two.")
        desk.close()


def test_two_machines_by_https_with_a_token_that_no_other_program_sees(
    tmp_path: Path, pem: Path, person: Person, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The certificate is named in the person's own settings; the token in the address is on no command line."""
    share(str(tmp_path / "srv" / "m.git"))
    person(f"[http]\n\tsslCAInfo = {pem}\n")
    started: list[str] = []
    started_by = subprocess.Popen.__init__

    def noted(self: object, command: list[str], *rest: object, **options: object) -> None:
        started.append(" ".join(map(str, command)))
        started_by(self, command, *rest, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess.Popen, "__init__", noted)
    with served(tmp_path / "srv", pem, "clerk:to%k en") as (address, came):
        two_machines(tmp_path, address.replace("https://", "https://clerk:to%25k%20en@") + "/m.git")
        assert all(came)
    out = capsys.readouterr()
    assert "to%25k" not in out.out + out.err
    assert "clerk" not in " ".join(line for line in started if "127.0.0.1" in line)
    kept = tmp_path / "two" / ".git" / "draftwg" / "remotes.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_what_https_refuses_is_told_in_one_line(
    tmp_path: Path, pem: Path, person: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    copied(tmp_path / "one").close()
    share(str(tmp_path / "srv" / "m.git"))

    def told(address: str) -> str:
        assert main(["-m", str(tmp_path / "one"), "sync", address]) == 2
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        assert "What is recorded here stands." in said
        return said

    with served(tmp_path / "srv", pem, "clerk:secret") as (address, _):
        assert "does not trust the certificate" in (said := told(f"{address}/m.git"))
        assert "http.sslCAInfo" in said
        person(f"[http]\n\tsslCAInfo = {pem}\n")
        assert "does not let you in" in told(f"{address}/m.git")
        assert "does not let you in" in (said := told(address.replace("//", "//clerk:wrong@") + "/m.git"))
        assert "wrong" not in said
        assert "is no shared meeting" in told(address.replace("//", "//clerk:secret@") + "/none.git")
    assert "does not answer" in told(f"{address}/m.git")


def test_the_persons_own_credential_helper_is_asked_and_that_of_the_meeting_never(
    tmp_path: Path, pem: Path, person: Person
) -> None:
    share(str(tmp_path / "srv" / "m.git"))
    copied(tmp_path / "one").close()
    canary = tmp_path / "canary"
    for name, value in (("credential.helper", f"!touch {canary};"), ("http.sslCAInfo", "/nowhere")):
        subprocess.run(["git", "config", name, value], cwd=tmp_path / "one", check=True)
    (tmp_path / "kept").write_text("")
    with served(tmp_path / "srv", pem, "clerk:secret") as (address, _):
        (tmp_path / "kept").write_text(address.replace("//", "//clerk:secret@") + "\n")
        person(
            f"[http]\n\tsslCAInfo = {pem}\n[credential]\n\thelper = store --file {tmp_path / 'kept'}\n"
            "[core]\n\tsshCommand = false\n[fetch]\n\tprune = false\n"
        )
        assert main(["-m", str(tmp_path / "one"), "sync", f"{address}/m.git"]) == 0
    assert not canary.exists()


# What ssh does for us: it gets options, a host and one line of words, which a shell at the other end runs.
_STAND_IN = """#!/bin/sh
echo "$@" >> "$HOME/asked"
for last; do :; done
case "$*" in *BatchMode=yes*) exec sh -c "$last";; esac
exit 1
"""


def test_two_machines_by_ssh_with_a_stand_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "ssh").write_text(_STAND_IN)
    (programs / "ssh").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("GIT_SSH_COMMAND", "false")
    share(str(tmp_path / "m.git"))

    two_machines(tmp_path, f"ssh://clerk@example.invalid:2222{tmp_path}/m.git")

    asked = (Path.home() / "asked").read_text()
    assert "-p 2222 clerk@example.invalid git-receive-pack" in asked
    (programs / "ssh").write_text("#!/bin/sh\necho Host key verification failed. >&2\nexit 255\n")
    capsys.readouterr()
    assert main(["-m", str(tmp_path / "one"), "sync"]) == 2
    assert "by hand: ssh -p 2222 clerk@example.invalid. What" in capsys.readouterr().err
    (programs / "ssh").write_text(
        "#!/bin/sh\necho '@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @' >&2\n"
        "echo Host key verification failed. >&2\nexit 255\n"
    )
    assert main(["-m", str(tmp_path / "one"), "sync"]) == 2
    assert "has another key than before: it may be another machine" in capsys.readouterr().err


def test_ssh_with_its_own_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if not server or not shutil.which("ssh") or os.geteuid():
        pytest.skip("no server of ssh that this user may start")
    for name in ("host", "id"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / name], check=True)
    Path("/run/sshd").mkdir(exist_ok=True)
    settings = {
        "HostKey": tmp_path / "host", "AuthorizedKeysFile": tmp_path / "id.pub", "PidFile": "none", "StrictModes": "no",
        "UsePAM": "no", "PasswordAuthentication": "no",
    }  # fmt: skip
    options = [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]
    port = 20_000 + os.getpid() % 20_000
    (tmp_path / "known").write_text(f"[127.0.0.1]:{port} {(tmp_path / 'host.pub').read_text()}")
    programs = tmp_path / "bin"
    programs.mkdir()
    # ssh reads the settings of the user's real home; here it gets some of ours
    (programs / "ssh").write_text(
        f"#!/bin/sh\nexec {shutil.which('ssh')} -F /dev/null -i {tmp_path}/id "
        f'-oUserKnownHostsFile={tmp_path}/known "$@"\n'
    )
    (programs / "ssh").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    share(str(tmp_path / "m.git"))
    running = subprocess.Popen(
        [server, "-D", "-e", "-f", "/dev/null", "-o", f"ListenAddress=127.0.0.1:{port}", *options],
        stderr=subprocess.PIPE,
    )
    try:
        assert running.stderr is not None
        assert b"listening" in running.stderr.readline()
        copied(tmp_path / "one").close()
        address = f"ssh://127.0.0.1:{port}{tmp_path}/m.git"
        assert main(["-m", str(tmp_path / "one"), "sync", address]) == 0
        assert main(["clone", address, str(tmp_path / "two")]) == 0
        assert Desk.open(tmp_path / "two").state == Desk.open(tmp_path / "one").state
    finally:
        running.kill()
        running.communicate()
