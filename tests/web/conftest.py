"""A real server on a loopback port, and raw connections to it."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn
from starlette.types import ASGIApp

from app.web.protocol import Protocol


@dataclass
class Served:
    port: int
    stop: Callable[[], None]

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def send(self, request: bytes) -> "Answer":
        """Write a request as it stands, and read until the server closes or the answer is whole."""
        with self.connect() as connection:
            connection.sendall(request)
            return read_answer(connection, head=request.startswith(b"HEAD"))

    def get(self, target: str, *fields: str, method: str = "GET", body: bytes = b"") -> "Answer":
        lines = [f"{method} {target} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", *fields]
        return self.send("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    whole: bool

    @property
    def problem(self) -> dict[str, Any]:
        assert self.headers["content-type"] == "application/problem+json"
        document = json.loads(self.body)
        assert document["status"] == self.status
        assert document["request_id"] == self.headers["x-request-id"]
        return document

    @property
    def type(self) -> str:
        return self.problem["type"].removeprefix("urn:masthead:problem:")


def read_answer(connection: socket.socket, *, head: bool = False) -> Answer:
    """One answer. `whole` says whether it ended as its framing promised."""
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(65536)
        assert part, f"closed after {received!r}"
        received += part
    top, _, body = received.partition(b"\r\n\r\n")
    status_line, *lines = top.decode("latin-1").split("\r\n")
    names = [line.partition(":")[0].lower() for line in lines]
    assert len(names) == len(set(names)), f"doubled headers: {names}"
    headers = {n: line.partition(":")[2].strip() for n, line in zip(names, lines, strict=True)}

    def is_whole() -> bool:
        if "content-length" in headers:
            return head or len(body) >= int(headers["content-length"])
        return body.endswith(b"0\r\n\r\n")

    while not is_whole() and (part := connection.recv(65536)):
        body += part
    return Answer(int(status_line.split()[1]), headers, body, is_whole())


Serve = Callable[..., Served]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts uvicorn, as the product runs it, with an application."""
    running: list[Served] = []

    def start(app: ASGIApp, protocol: type[Protocol] = Protocol) -> Served:
        config = uvicorn.Config(
            app, port=0, http=protocol, loop="uvloop", lifespan="off",
            log_config=None, access_log=False, server_header=False,
        )  # fmt: skip
        server = uvicorn.Server(config)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.005)

        def stop() -> None:
            server.should_exit = server.force_exit = True  # it notices within 0.1 s

        port = server.servers[0].sockets[0].getsockname()[1]
        running.append(Served(port, stop))
        return running[-1]

    yield start
    for served in running:
        served.stop()
