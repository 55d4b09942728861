"""The projection for a browser: served to those who ask for it by its own address, or written to a file."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from draftwg.cli.serving import Server, Stage, address_of
from draftwg.desk import Desk
from draftwg.desk.room import RoomFile, Showing
from draftwg.errors import BadInput
from draftwg.formats.scene import Scene
from meetings import copied


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = copied(tmp_path / "m")
    desk.do({"act": "propose", "unit": "2", "by": "Mexico", "replace": "should", "with": "shall"})
    return desk


def show(desk: Desk, label: str, **how: object) -> None:
    """The console shows the room this unit."""
    showing = replace(Showing("recommendations", desk.state.find_unit(label)[1].id), **how)  # type: ignore[arg-type]
    RoomFile(desk.record.gitdir).publish(showing.as_json())


@contextmanager
def program(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """draftwg project, running; killed at the end."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "draftwg", "project", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as running:
        try:
            yield running
        finally:
            running.kill()


class Events:
    """A client of server-sent events."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        self.connection.request("GET", "/events")
        self.answer = self.connection.getresponse()
        assert self.answer.headers["Content-Type"] == "text/event-stream"

    def close(self) -> None:
        self.answer.close()
        self.connection.close()

    def scene(self) -> dict[str, str]:
        """The next scene."""
        name = ""
        while True:
            line = self.answer.readline().decode()
            assert line, "the connection was closed"
            if line.startswith("event: "):
                name = line[7:].strip()
            elif line.startswith("data: ") and name == "scene":
                scene: dict[str, str] = json.loads(line[6:])
                return scene

    def until(self, words: str) -> dict[str, str]:
        """The next scene with these words in it."""
        while True:
            scene = self.scene()
            if any(words in str(part) for part in scene.values()):
                return scene


def test_a_browser_follows_the_room(desk: Desk) -> None:
    """The page, then every change at once; the officer's act too. Ctrl+C ends it with status 0."""
    show(desk, "1")
    with program(str(desk.record.folder), "--serve", "127.0.0.1:0") as running:
        assert running.stdout is not None and running.stderr is not None
        told = running.stdout.readline()
        port = int(told.split(":")[3].split("/")[0])
        events = Events(port)
        events.until("Recommendation 1")
        page = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        page.request("GET", "/")
        answer = page.getresponse()
        assert answer.status == 200 and "Recommendation 1" in answer.read().decode()
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        show(desk, "2")
        begun = time.monotonic()
        assert "shall" in events.until("Recommendation 2")["words"]
        assert time.monotonic() - begun < 2  # measured: 25 ms; a loaded machine may take its time
        desk.do({"act": "accept", "amendment": "A-1"})
        assert "A-1 accepted" in events.until("accepted")["banner"]
        page.close()
        events.close()
        running.send_signal(signal.SIGINT)
        assert running.wait(10) == 0 and running.stderr.read() == ""


@contextmanager
def server(host: str = "127.0.0.1") -> Iterator[Server]:
    """A server of one scene, in this process."""
    from threading import Thread

    stage = Stage(Scene(name="Recommendation 8"))
    made = Server(stage, host, 0)
    thread = Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        stage.close()
        made.shutdown()
        made.server_close()
        thread.join()


def ask(made: Server, request: str) -> str:
    """What the server answers to these words, up to the end."""
    with socket.create_connection(("127.0.0.1", made.server_address[1]), timeout=10) as line:
        line.sendall(request.encode())
        answer = b""
        while more := line.recv(65536):
            answer += more
    return answer.decode()


@pytest.mark.parametrize(
    ("request_line", "host", "status"),
    [
        ("GET /", "{own}", 200),
        ("GET /", "localhost:{port}", 200),
        ("GET /", "evil.example:{port}", 403),
        ("GET /", "127.0.0.1", 403),
        ("GET /", "127.0.0.1.evil.example:{port}", 403),
        ("GET /", "", 403),
        ("GET /events", "evil.example:{port}", 403),
        ("GET /../../etc/passwd", "{own}", 404),
        ("GET //evil.example/", "{own}", 404),
        ("GET /?x=<script>", "{own}", 404),
        ("POST /", "{own}", 405),
        ("DELETE /", "{own}", 405),
        ("OPTIONS /", "{own}", 405),
    ],
)
def test_it_only_reads_and_only_for_those_who_ask_for_it(request_line: str, host: str, status: int) -> None:
    with server() as made:
        port = made.server_address[1]
        host = host.format(own=f"127.0.0.1:{port}", port=port)
        answer = ask(made, f"{request_line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")

    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert "Content-Security-Policy: default-src 'none'" in answer and "<script>alert" not in answer
    assert ("Recommendation 8" in answer) is (status == 200)


def test_a_browser_that_goes_away_is_forgotten() -> None:
    with server() as made:
        for _ in range(3):
            Events(made.server_address[1]).close()
        end = time.monotonic() + 10
        while made.stage.lookers:
            assert time.monotonic() < end
            made.stage.show(Scene(name=str(time.monotonic())), "")
            time.sleep(0.02)


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("127.0.0.1:8000", ("127.0.0.1", 8000)),
        (":8000", ("127.0.0.1", 8000)),
        ("8000", ("127.0.0.1", 8000)),
        ("localhost:0", ("localhost", 0)),
        ("[::1]:8000", ("::1", 8000)),
        ("0.0.0.0:80", ("0.0.0.0", 80)),
    ],
)
def test_addresses(given: str, address: tuple[str, int]) -> None:
    assert address_of(given) == address


@pytest.mark.parametrize("given", ["", "x", "127.0.0.1", "127.0.0.1:99999", "::1:8000", "host:-1", "host:٨"])
def test_what_is_no_address_is_said(given: str) -> None:
    with pytest.raises(BadInput, match="no address"):
        address_of(given)


def test_a_port_that_is_taken_is_said(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with program(str(desk.record.folder), "--serve", f"127.0.0.1:{port}") as running:
            _, said = running.communicate(timeout=20)
    assert running.returncode == 2 and "cannot be served at" in said and len(said.splitlines()) == 1


def test_everyone_on_the_network_is_warned_of(desk: Desk) -> None:
    with program(str(desk.record.folder), "--serve", "0.0.0.0:0") as running:
        assert running.stderr is not None
        assert "Everyone on this network can read" in running.stderr.readline()
        running.terminate()
        assert running.wait(10) == 0


def test_a_page_in_a_file_once_and_anew(desk: Desk, tmp_path: Path) -> None:
    show(desk, "2")
    file = tmp_path / "room.html"
    with program(str(desk.record.folder), "--html", str(file), "--once") as running:
        running.communicate(timeout=20)
        assert running.returncode == 0 and "Recommendation 2" in file.read_text() and "refresh" not in file.read_text()
    with program(str(desk.record.folder), "--html", str(file)) as running:
        assert running.stdout is not None
        running.stdout.readline()
        show(desk, "3")
        end = time.monotonic() + 10
        while "Recommendation 3" not in file.read_text():
            assert time.monotonic() < end
            time.sleep(0.02)
        assert 'content="1"' in file.read_text()
        running.terminate()
        assert running.wait(10) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--once"], "--once is for --html."),
        (["--html", "{folder}"], "no regular file"),
        (["--html", "{folder}/none/x.html"], "cannot be written"),
        (["--serve", "nowhere"], "no address to serve at"),
        (["--serve", "1", "--html", "x"], "not allowed with"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(desk: Desk, arguments: list[str], said: str) -> None:
    folder = str(desk.record.folder)
    with program(folder, *(one.format(folder=folder) for one in arguments)) as running:
        _, told = running.communicate(timeout=20)
    assert running.returncode == 2 and said in told and len(told.splitlines()) == 1
