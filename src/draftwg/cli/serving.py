"""The projection for browsers on the room's machine: a page that follows the room by server-sent events. It only reads,
and answers those only who ask for it by its own address.
"""

import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from threading import Condition, Thread
from time import localtime, monotonic, strftime
from typing import ClassVar

from draftwg.cli.output import note
from draftwg.desk.watching import Watch, follow
from draftwg.errors import BadInput
from draftwg.formats.scene import Scene
from draftwg.formats.scene_html import event, policy, scene_page, scene_parts

BEAT = 1.0
"""Seconds between two signs of life to a browser; they carry the time of the day."""
_MOST = 64  # browsers that may look at a time
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": policy(),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def address_of(given: str) -> tuple[str, int]:
    """Host and port of "127.0.0.1:8000", "[::1]:8000", "localhost:8000", ":8000" or "8000". BadInput for others."""
    host, colon, port = given.rpartition(":")
    host = host.removeprefix("[").removesuffix("]") if colon else ""
    if not (port.isascii() and port.isdecimal()) or int(port) > 65535 or (":" in host and "[" not in given):
        raise BadInput(f"“{given[:60]}” is no address to serve at.", "Write it so: --serve 127.0.0.1:8000.")
    return host or "127.0.0.1", int(port)


class Stage:
    """The scene now, for all who look; each waits for the next one."""

    def __init__(self, scene: Scene) -> None:
        self._change = Condition()
        self.scene = scene
        self.number = 0
        self.told = event("scene", scene_parts(scene))
        self.open = True
        self.lookers = 0

    def show(self, scene: Scene, _trouble: str) -> None:
        """A new scene, or the last good one."""
        told = event("scene", scene_parts(scene))
        with self._change:
            if told != self.told:
                self.scene, self.told = scene, told
                self.number += 1
                self._change.notify_all()

    def after(self, number: int, seconds: float) -> tuple[int, bytes]:
        """The scene and its number as soon as it is another than this, or after so long."""
        with self._change:
            self._change.wait_for(lambda: self.number != number or not self.open, seconds)
            return self.number, self.told

    def enter(self) -> bool:
        """One more looks; whether there is room."""
        with self._change:
            if self.lookers >= _MOST:
                return False
            self.lookers += 1
            return True

    def leave(self) -> None:
        """One looks no more."""
        with self._change:
            self.lookers -= 1

    def close(self) -> None:
        """Nothing more is shown."""
        with self._change:
            self.open = False
            self._change.notify_all()


class Server(ThreadingHTTPServer):
    """Serves one stage. BadInput where the address cannot be had."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, stage: Stage, host: str, port: int) -> None:
        self.stage = stage
        try:
            family, _, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            self.address_family = family
            super().__init__(where[:2], Looker)  # type: ignore[arg-type]
        except OSError as error:
            why = error.strerror or str(error)
            raise BadInput(f"{host}:{port} cannot be served at ({why}).", "Name another port.") from None
        self.host = host
        bound = str(self.server_address[0])
        self.loopback = ip_address(bound).is_loopback
        self.everywhere = ip_address(bound).is_unspecified

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        host = "127.0.0.1" if self.everywhere else str(self.server_address[0])
        return f"http://{f'[{host}]' if ':' in host else host}:{self.server_address[1]}/"

    def is_ours(self, host: str) -> bool:
        """Whether a browser that asks this host means us: a page elsewhere that has its own name lead here does not
        (DNS rebinding).
        """
        name, colon, port = host.rpartition(":")
        if not colon or (host.startswith("[") and host.endswith("]")):
            name, port = host, "80"
        if port != str(self.server_address[1]):
            return False
        name = name.removeprefix("[").removesuffix("]").casefold()
        if name in ("localhost", self.host.casefold()) and (self.loopback or self.everywhere or name != "localhost"):
            return True
        try:
            asked = ip_address(name)
        except ValueError:
            return not self.loopback and name in (socket.gethostname().casefold(), socket.getfqdn().casefold())
        return self.everywhere or str(asked) == str(ip_address(str(self.server_address[0])))

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is nobody's trouble."""
        if not isinstance(sys.exc_info()[1], OSError):
            note(f"A request could not be answered ({type(sys.exc_info()[1]).__name__}).")


class Looker(BaseHTTPRequestHandler):
    """Answers one browser."""

    server: Server
    timeout = 10
    server_version, sys_version = "draftwg", ""
    protocol_version = "HTTP/1.1"
    _PAGES: ClassVar[dict[str, str]] = {"/": "_page", "/events": "_events"}

    def do_GET(self) -> None:
        """The page, or its events."""
        if not self.server.is_ours(self.headers.get("Host", "")):
            self._refuse(HTTPStatus.FORBIDDEN)
            return
        page = self._PAGES.get(self.path)
        if page is None:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        with suppress(OSError):  # the browser went away
            getattr(self, page)()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Every refusal is one plain line, with nothing in it of what was asked."""
        self._refuse(HTTPStatus(code) if code != HTTPStatus.NOT_IMPLEMENTED else HTTPStatus.METHOD_NOT_ALLOWED)

    def log_message(self, *_: object) -> None:
        """Nothing: the terminal is the officer's."""

    def _page(self) -> None:
        page = scene_page(self.server.stage.scene, _clock(), live=True).encode("utf-8", "replace")
        self._begin(HTTPStatus.OK, "text/html; charset=utf-8", len(page))
        self.wfile.write(page)

    def _events(self) -> None:
        stage = self.server.stage
        if not stage.enter():
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        try:
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._begin(HTTPStatus.OK, "text/event-stream", None)
            self.wfile.write(b"retry: 1000\n\n")
            number, beaten = -1, 0.0
            while stage.open:
                newer, told = stage.after(number, max(0.0, beaten + BEAT - monotonic()))
                if newer != number:
                    number = newer
                    self.wfile.write(told)
                if monotonic() - beaten >= BEAT:
                    self.wfile.write(event("beat", _clock()))
                    beaten = monotonic()
        finally:
            stage.leave()

    def _refuse(self, status: HTTPStatus) -> None:
        self.close_connection = True
        words = f"{status.phrase}.\n".encode("ascii")
        with suppress(OSError):
            self._begin(status, "text/plain; charset=utf-8", len(words))
            if self.command != "HEAD":
                self.wfile.write(words)

    def _begin(self, status: HTTPStatus, kind: str, length: int | None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if length is None:
            self.close_connection = True
            self.send_header("Connection", "close")
        else:
            self.send_header("Content-Length", str(length))
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()


def serve(watch: Watch, given: str, say: Callable[[str], None]) -> None:
    """Serve what `watch` sees at the address that was given, until the program is interrupted; BadInput where it cannot
    be. `say` gets the address for the browser.
    """
    host, port = address_of(given)
    stage = Stage(watch.last)
    server = Server(stage, host, port)
    if not server.loopback:
        note("Everyone on this network can read what the room sees. Serve at 127.0.0.1 to keep it on this machine.")
    say(f"The projection: {server.url} (Ctrl+C ends it)")
    looking = Thread(target=follow, args=(watch, stage.show, lambda: stage.open), name="watch", daemon=True)
    looking.start()
    try:
        server.serve_forever(poll_interval=0.5)
    finally:
        stage.close()
        server.server_close()
        looking.join(timeout=2)


def _clock() -> str:
    return strftime("%H:%M", localtime())
