"""A hub in a process of its own, a subscriber with it, and our server between them."""

import asyncio
import hashlib
import hmac
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import SecretStr

from app.assembly import Located
from app.dispatch import following
from app.jobs import drain
from app.sessions import open_database
from app.settings import Settings
from tests.dispatch.conftest import SITE
from tests.promises import serving
from tests.promises.serving import Desk

PROJECT = Path(__file__).parents[2]
SECRET = "a secret of the subscriber"


@pytest.fixture
def hub() -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.dispatch.hub"], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    yield f"127.0.0.1:{process.stdout.readline().strip()}"
    process.kill()
    process.wait()


@contextmanager
def subscriber() -> Iterator[tuple[str, "Queue[tuple[dict[str, str], bytes]]"]]:
    """A subscriber's callback, and what was handed to it."""
    given: Queue[tuple[dict[str, str], bytes]] = Queue()

    class Callback(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            challenge = parse_qs(urlsplit(self.path).query)["hub.challenge"][0].encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(challenge)))
            self.end_headers()
            self.wfile.write(challenge)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            given.put((dict(self.headers), body))
            self.send_response(202)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Callback)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/callback", given
    server.shutdown()


async def tell(desk: Desk, private: str) -> None:
    """What the worker does, until nothing is left to be told."""
    settings = Settings(
        _env_file=None, database_url=SecretStr(desk.url), data_dir=desk.data,
        outbound_private=private,
    )  # fmt: skip
    database = open_database(Located(settings, embedded=False))
    for _ in range(4):
        while await following.take_turns(database, following.CONSUMERS, {}):
            pass
        await following.send_off(database)
        await drain(database)
        await asyncio.sleep(0.5)
    await database.close()


def link(answer: httpx.Response, relation: str) -> str:
    found = re.search(rf'<([^>]+)>; rel="{relation}"', answer.headers["Link"])
    assert found, answer.headers["Link"]
    return found[1]


def test_a_subscriber_has_the_story_from_the_hub(database_url: str, hub: str) -> None:
    with serving.opened(database_url) as desk, subscriber() as (callback, given):
        here = f"http://127.0.0.1:{desk.port}"
        address = SITE["addresses"][0] | {"api": here}  # type: ignore[index]
        site = SITE | {"addresses": [address], "hubs": [f"http://{hub}/"]}
        assert desk.client.put("/desk/site", json=site, headers={"If-Match": "*"}).is_success
        asyncio.run(tell(desk, hub))

        feed = httpx.get(f"{here}/feeds/sections/news.rss")
        form = {"hub.mode": "subscribe", "hub.topic": link(feed, "self"),
                "hub.callback": callback, "hub.secret": SECRET}  # fmt: skip
        assert httpx.post(link(feed, "hub"), data=form).status_code == 202
        desk.published(headline="The lighthouse is lit again")
        asyncio.run(tell(desk, hub))

        headers, content = given.get(timeout=10)
        assert b"The lighthouse is lit again" in content
        assert headers["Content-Type"].startswith("application/rss+xml")
        assert f'<{link(feed, "self")}>; rel="self"' in headers["Link"]
        digest = hmac.new(SECRET.encode(), content, hashlib.sha256).hexdigest()
        assert headers["X-Hub-Signature"] == f"sha256={digest}"
        [view] = desk.client.get("/desk/hubs").json()["items"]
        assert (view["waiting"], view["failing"]) == (0, 0)
