"""One process that answers requests. Its `main` gets a line and a socket, both inherited."""

import signal
import socket
import sys
from types import FrameType

import uvicorn

from app.assembly import located, start_logging
from app.main import create_app
from app.processes.line import Line
from app.settings import Settings
from app.web.protocol import Protocol


class Server(uvicorn.Server):
    """uvicorn's, which tells on the line when it answers."""

    def __init__(self, config: uvicorn.Config, line: Line) -> None:
        super().__init__(config)
        self._line = line

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._line.ready()


def main(line_file: int, socket_file: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    settings = Settings()
    start_logging(settings)
    line = Line(line_file, patience=settings.graceful_seconds + 5)
    with located(settings) as here:
        server = Server(configuration(here.settings), line)

        def stop(number: int, frame: FrameType | None) -> None:
            server.should_exit = True

        # uvicorn puts this handler back at its end and raises the signal again.
        signal.signal(signal.SIGTERM, stop)
        server.run([socket.socket(fileno=socket_file)])


def configuration(settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(settings),
        http=Protocol,
        loop="uvloop",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=bool(settings.trusted_proxies.strip()),
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=settings.graceful_seconds,
    )
