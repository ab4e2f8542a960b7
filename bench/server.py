"""One server on a core of its own: started, asked for its process, stopped.

Run as a program it is that server: `python -m bench.server KIND URL CORE SOCKET LINE`.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Literal

import uvicorn
from pydantic import SecretStr

from app.assembly import start_logging
from app.processes import line
from app.processes.line import Line
from app.processes.listen import bind
from app.processes.web import configuration
from app.settings import Settings
from bench import bare
from bench.cores import stay_on

Kind = Literal["masthead", "bare", "one-row"]

KINDS: tuple[Kind, ...] = ("masthead", "bare", "one-row")
START_SECONDS = 30


@dataclass(frozen=True)
class Server:
    kind: Kind
    port: int
    pid: int


@contextmanager
def started(kind: Kind, url: str, core: int | None, probe: str) -> Iterator[Server]:
    """A server that answers `probe`, until the block ends."""
    listening = bind("127.0.0.1", 0)
    port = listening.getsockname()[1]
    ours, theirs = line.pair()
    files = [listening.fileno(), theirs.fileno()]
    command = [sys.executable, "-m", "bench.server", kind, url, str(core), *map(str, files)]
    process = subprocess.Popen(command, pass_fds=files)
    listening.close()
    theirs.close()
    try:
        _wait_for(port, probe, process)
        yield Server(kind, port, process.pid)
    finally:
        ours.close()
        process.wait(timeout=30)


def _wait_for(port: int, probe: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
        try:
            connection.request("GET", probe)
            connection.getresponse().read()
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"The server ended, with code {process.poll()}.") from None
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()


def configured(kind: Kind, url: str) -> uvicorn.Config:
    """As the product runs it; the bare ones with the same server under them."""
    settings = Settings(
        _env_file=None, database_url=SecretStr(url), log_level="warning", log_format="json"
    )
    if kind == "masthead":
        start_logging(settings)
        return configuration(settings)
    app = (
        bare.from_memory(url)
        if kind == "bare"
        else bare.from_one_row(
            url, connections=settings.reader_connections, timeout_ms=settings.reader_timeout_ms
        )
    )
    return uvicorn.Config(
        app,
        http="httptools",
        loop="uvloop",
        ws="none",
        lifespan="off" if kind == "bare" else "on",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=False,
    )


def main(kind: Kind, url: str, core: str, socket_file: str, line_file: str) -> None:
    stay_on(None if core == "None" else frozenset({int(core)}))
    Line(int(line_file), patience=5)
    uvicorn.Server(configured(kind, url)).run([socket.socket(fileno=int(socket_file))])


if __name__ == "__main__":
    main(*sys.argv[1:6])  # type: ignore[arg-type]
