"""The operators' server: `/metrics` and `/readyz`, on an address of its own.

It runs in a thread of the parent process, so that it still answers when every worker is busy. The
public port never tells what is in here.
"""

import json
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer

import structlog
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from app import clock, metrics, observability

Check = Callable[[], str | None]
"""Raises where something is not ready; may return a few words about its state."""

CHECK_SECONDS = 2.0
KEPT_SECONDS = 1.0
OFF = frozenset({"", "off"})

_CLIENT_SECONDS = 10

log = structlog.get_logger()


@dataclass(frozen=True)
class Running:
    """`address` is None where the server is switched off."""

    address: tuple[str, int] | None
    stop: Callable[[], None]


def start(address: str, checks: Mapping[str, Check]) -> Running:
    """Serve at "host:port" ("[::1]:port" for IPv6) until stopped; "" and "off" serve nothing.

    Raises ValueError for what is no address, OSError with a clear message where it is not free.
    """
    if address.strip().lower() in OFF:
        return Running(None, lambda: None)
    host, port = parse_address(address)
    server = _listen(host, port, checks)
    thread = threading.Thread(target=server.serve_forever, name="ops", daemon=True)
    thread.start()

    def stop() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    return Running((host, server.server_address[1]), stop)


def parse_address(address: str) -> tuple[str, int]:
    host, separator, port = address.strip().rpartition(":")
    host = host.removeprefix("[").removesuffix("]") if host.startswith("[") else host
    good = separator and host and port.isascii() and port.isdigit() and int(port) < 65536
    if not good or (":" in host and not address.strip().startswith("[")):
        raise ValueError(
            f"{address!r} is no address: write host:port, as 127.0.0.1:9464, or [::1]:9464, or off."
        )
    return host, int(port)


class _Readiness:
    """The checks, never more than one run of them at a time, with answers kept for a moment."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = checks
        self._lock = threading.Lock()
        self._running: dict[str, Future[str | None]] = {}
        self._kept: tuple[bool, bytes] = (False, b"")
        self._kept_until = float("-inf")

    def answer(self) -> tuple[bool, bytes]:
        """Whether all is ready, and the JSON that tells of each check."""
        with self._lock:
            if clock.seconds() > self._kept_until:
                self._kept = self._run()
                self._kept_until = clock.seconds() + KEPT_SECONDS
            return self._kept

    def _run(self) -> tuple[bool, bytes]:
        begun = clock.seconds()
        for name, check in self._checks.items():
            # One that did not end the last time is waited for, not started once more.
            if name not in self._running:
                self._running[name] = _in_thread(name, check)
        results = {name: self._result(name, begun) for name in self._checks}
        ready = all(result["ok"] for result in results.values())
        return ready, json.dumps({"ready": ready, "checks": results}).encode()

    def _result(self, name: str, begun: float) -> dict[str, object]:
        future = self._running[name]
        try:
            left = max(0.0, begun + CHECK_SECONDS - clock.seconds())
            ok, detail = True, future.result(timeout=left) or "ready"
        except NotInTime:
            if not future.done():
                return {"ok": False, "detail": f"no answer within {CHECK_SECONDS:g} seconds"}
            ok, detail = False, "it ran out of time"
        except Exception as error:
            told = observability.mask(str(error)).partition("\n")[0][:200]
            ok, detail = False, f"{type(error).__name__}: {told}"
        del self._running[name]
        if not ok:
            log.warning("not_ready", check=name, detail=detail)
        return {"ok": ok, "detail": detail}


def _in_thread(name: str, check: Check) -> Future[str | None]:
    future: Future[str | None] = Future()

    def run() -> None:
        try:
            future.set_result(check())
        except Exception as error:
            future.set_exception(error)
        except BaseException as error:
            future.set_exception(RuntimeError(f"it ended with {type(error).__name__}"))

    threading.Thread(target=run, name=f"ready-{name}", daemon=True).start()
    return future


class _Handler(BaseHTTPRequestHandler):
    server_version = "masthead"
    sys_version = ""
    timeout = _CLIENT_SECONDS
    server: "_Server"

    def do_GET(self) -> None:
        try:
            answer = self._route(self.path.partition("?")[0])
        except Exception:
            log.exception("ops_request_failed", path=self.path)
            answer = 500, "text/plain; charset=utf-8", b"See the log.\n"
        self._answer(*answer)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _route(self, path: str) -> tuple[int, str, bytes]:
        if path == "/metrics":
            return 200, CONTENT_TYPE_PLAIN_0_0_4, metrics.exposition()
        if path == "/readyz":
            ready, body = self.server.readiness.answer()
            return 200 if ready else 503, "application/json", body
        return 404, "text/plain; charset=utf-8", b"/metrics and /readyz\n"

    def _answer(self, status: int, media_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *values: object) -> None:  # noqa: A002
        """Say nothing: these are asked every few seconds."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, host: str, port: int, readiness: _Readiness) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.readiness = readiness
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Without HTTPServer's look-up of the machine's name, which can take long."""
        TCPServer.server_bind(self)

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), OSError):
            log.error("ops_request_failed", exc_info=True)


def _listen(host: str, port: int, checks: Mapping[str, Check]) -> _Server:
    try:
        return _Server(host, port, _Readiness(checks))
    except OSError as error:
        reason = f"Cannot listen on {host}:{port} for /metrics and /readyz: {error.strerror}."
        way_out = "Choose another MASTHEAD_OPS_ADDRESS, or off."
        raise OSError(error.errno, f"{reason} {way_out}") from error
