"""Debian's Chromium without a window, at a page of ours that posts what it has found out."""

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from typing import Any

PROGRAM = shutil.which("chromium")
MODULES = Path(__file__).parents[1] / "node" / "node_modules"

# The flags besides `headless` keep it from calling home: nothing but our servers is there.
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--autoplay-policy=no-user-gesture-required", "--mute-audio",
)  # fmt: skip


def found_by(page: str, scripts: dict[str, Path], profile: Path, *, seconds: float) -> Any:
    """What the page has posted to /found, as JSON. `scripts` are served beside it, by name.

    Its origin is another one than that of any server of ours, as with a real front end.
    """
    found: Queue[Any] = Queue()
    with _served(page, scripts, found) as address:
        assert PROGRAM
        browser = subprocess.Popen(
            [PROGRAM, *_FLAGS, f"--user-data-dir={profile}", address],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            return found.get(timeout=seconds)
        finally:
            browser.kill()
            browser.wait()


@contextmanager
def _served(page: str, scripts: dict[str, Path], found: "Queue[Any]") -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.removeprefix("/")
            content = page.encode() if not name else None
            if name in scripts:
                content = scripts[name].read_bytes()
            self.send_response(200 if content is not None else 404)
            self.send_header("Content-Type", "text/javascript" if name else "text/html")
            self.end_headers()
            self.wfile.write(content or b"")

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(204)
            self.end_headers()
            found.put(json.loads(sent))

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
