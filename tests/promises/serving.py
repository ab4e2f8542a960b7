"""The whole program on a loopback port, as the product runs it: for raw sockets and for clients."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import uvicorn
from pydantic import SecretStr

from app.database import Database
from app.editing.site.commands import ensure_site
from app.processes.web import configuration
from app.publishing import press
from app.settings import Settings
from tests import newsroom
from tests.web.conftest import Answer, Served, read_answer

__all__ = ["Answer", "Desk", "opened", "read_answer", "served"]


@dataclass
class Desk(Served):
    """`url` is its database's, `data` its data directory; `client` writes with all rights, by
    `key`; articles can go into `section`."""

    url: str
    data: Path
    key: str
    client: httpx.Client
    section: str = ""

    @property
    def authorization(self) -> str:
        return f"Authorization: Bearer {self.key}"

    def article(self, **fields: Any) -> httpx.Response:
        content = {"headline": "Fog", "section_id": self.section, "body_markdown": "Fog at sea."}
        answer = self.client.post("/desk/articles", json=content | fields)
        assert answer.status_code == 201, answer.text
        return answer

    def published(self, **fields: Any) -> httpx.Response:
        article = self.article(**fields)
        answer = self.client.post(
            f"/desk/articles/{article.json()['id']}/publish",
            headers={"If-Match": article.headers["ETag"]},
        )
        assert answer.status_code == 200, answer.text
        return answer


@contextmanager
def opened(url: str, **settings: Any) -> Iterator[Desk]:
    """A newsroom with one section, served from this migrated and empty database."""
    key = asyncio.run(_set_up(url))
    with (
        TemporaryDirectory(prefix="masthead-desk-") as folder,
        served(url, **{"data_dir": Path(folder)} | settings) as server,
    ):
        headers = {"Authorization": f"Bearer {key}"}
        address = f"http://127.0.0.1:{server.port}"
        with httpx.Client(base_url=address, headers=headers, timeout=30) as client:
            desk = Desk(server.port, server.stop, url, Path(folder), key, client)
            made = client.post("/desk/sections", json={"edition": "en", "name": "News"})
            desk.section = made.json()["id"]
            yield desk


@contextmanager
def served(url: str, **settings: Any) -> Iterator[Served]:
    """The program on this database, on a port of its own."""
    folder = TemporaryDirectory(prefix="masthead-served-")
    given: dict[str, Any] = {
        "_env_file": None, "database_url": SecretStr(url), "access_log": False,
    }  # fmt: skip
    given |= {"data_dir": Path(folder.name)} | settings
    server = uvicorn.Server(configuration(Settings(**given)))
    server.config.port = 0
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server could not start"
        time.sleep(0.005)

    def stop() -> None:
        server.should_exit = True

    try:
        yield Served(server.servers[0].sockets[0].getsockname()[1], stop)
    finally:
        server.should_exit = True
        thread.join(timeout=5)
        server.force_exit = True
        thread.join(timeout=15)
        folder.cleanup()


async def _set_up(url: str) -> str:
    database = Database(url, before_commit=press.settle)
    async with database.write() as session:
        await ensure_site(session)
    key = await newsroom.key(database)
    await database.close()
    return key
