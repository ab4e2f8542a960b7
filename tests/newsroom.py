"""A newsroom for tests: the whole application on a database of its own, and a desk to write with.

Everything goes through HTTP, as users do it; commits are real.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from pydantic import SecretStr
from sqlalchemy import text
from starlette.types import ASGIApp, Message

from app import jobs
from app.database import Database
from app.dispatch import following, reaching
from app.editing import calling, citation_notes, media
from app.editing.assets import availability, expiry
from app.editing.site.commands import ensure_site
from app.identity import commands as identity
from app.identity.actor import SYSTEM
from app.identity.scopes import ROLES
from app.imaging.darkroom import Darkroom
from app.main import create_app
from app.outbound.fetching import Fetch
from app.outbound.page import Page, Unreachable
from app.publishing import press
from app.settings import Settings
from app.tokens import Token

BASE = "http://newsroom.test"
ADMIN = Token(prefix="T" * 12, secret="T" * 43)
"""The key of every newsroom's desk."""


@dataclass
class Newsroom:
    """`desk` writes with all rights; `reader` is anybody."""

    app: ASGIApp
    database: Database
    url: str
    desk: httpx.AsyncClient
    reader: httpx.AsyncClient
    darkroom: Darkroom
    sections: dict[str, str] = field(default_factory=dict)

    async def section(self, name: str, **fields: Any) -> str:
        """The id of the section of this name, made where there is none."""
        if name not in self.sections:
            answer = await self.desk.post(
                "/desk/sections", json={"edition": "en", "name": name, **fields}
            )
            assert answer.status_code == 201, answer.text
            self.sections[name] = answer.json()["id"]
        return self.sections[name]

    async def article(self, headline: str = "The harbour reopens", **fields: Any) -> httpx.Response:
        """The answer to creating an article; its section is News where none is given."""
        if "section_id" not in fields:
            fields["section_id"] = await self.section("News")
        if not fields.keys() & {"body", "body_html", "body_markdown"}:
            fields["body_markdown"] = "The first ferry left at dawn.\n\nThe second did not."
        answer = await self.desk.post("/desk/articles", json={"headline": headline, **fields})
        assert answer.status_code == 201, answer.text
        return answer

    async def publish(self, article: httpx.Response, **options: Any) -> httpx.Response:
        """The answer to publishing what this answer showed."""
        answer = await self.desk.post(
            f"/desk/articles/{article.json()['id']}/publish",
            json=options,
            headers={"If-Match": article.headers["ETag"]},
        )
        assert answer.status_code == 200, answer.text
        return answer

    async def save(self, article: httpx.Response, **changes: Any) -> httpx.Response:
        """The answer to saving the content that this answer showed, with changes."""
        content = article.json()["content"] | changes
        if changes.keys() & {"body_html", "body_markdown"}:
            content.pop("body")
        answer = await self.desk.put(
            f"/desk/articles/{article.json()['id']}",
            json=content,
            headers={"If-Match": article.headers["ETag"]},
        )
        assert answer.status_code == 200, answer.text
        return answer

    async def published(self, headline: str = "Fog at sea", **fields: Any) -> httpx.Response:
        return await self.publish(await self.article(headline, **fields))

    async def read(self, address: str, status: int = 200) -> Any:
        """What anybody gets at this address."""
        answer = await self.reader.get(address)
        assert answer.status_code == status, f"{answer.status_code} {answer.text}"
        return answer.json()

    async def upload(
        self, content: bytes, name: str = "picture.jpg", status: int = 201, **told: Any
    ) -> httpx.Response:
        """The answer to uploading a file; `told` is what is told of it."""
        answer = await self.desk.post(
            "/desk/assets/files",
            files={"file": (name, content)},
            data={"fields": json.dumps(told)} if told else {},
        )
        assert answer.status_code == status, answer.text
        return answer

    async def picture(self, content: bytes, **told: Any) -> str:
        """The id of an uploaded picture that is ready."""
        asset = (await self.upload(content, **told)).json()
        await self.drain()
        return str(asset["id"])

    async def expire(self) -> int:
        """Take from the readers what has expired: what the worker does each second."""
        async with self.database.write() as session:
            return await expiry.expire_due(session)

    async def turn(self) -> int:
        """Tell readers which films may be seen now, and which no longer: the worker's, too."""
        async with self.database.write() as session:
            return await availability.turn_due(session)

    async def drain(self) -> int:
        """Do all jobs that are due."""
        return await jobs.drain(self.database)

    async def follow(self) -> int:
        """Have the change log followed to its end, and what is due sent off; the number of jobs."""
        while await following.take_turns(self.database, following.CONSUMERS, {}):
            pass
        await following.send_off(self.database)
        return await self.drain()

    async def client(self, role: str, **options: Any) -> httpx.AsyncClient:
        """Somebody with a key of this role."""
        return client(self.app, await key(self.database, role, **options))


async def key(database: Database, role: str = "admin", **options: Any) -> str:
    async with database.write() as session:
        made = await identity.create(
            session, SYSTEM, name=f"a test's {role}", scopes=ROLES[role], **options
        )
    return made.text


def client(app: ASGIApp, key: str | None = None) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app, raise_app_exceptions=False),
        base_url=BASE,
        headers={"Authorization": f"Bearer {key}"} if key else {},
    )


async def call_nobody(url: str, *_: Any, **__: Any) -> Page:
    # They are looked at by themselves as soon as they are saved, whatever a test is about.
    if url.endswith(".m3u8"):
        raise Unreachable("dns", "No test has this server.")
    raise AssertionError(f"A test would have called {url}")


async def found(url: str) -> None:
    """Make the site with its one edition and the desk's key, in this migrated database."""
    database = Database(url, before_commit=press.settle)
    await _found(database)
    await database.close()


async def _found(database: Database) -> None:
    """Unless it was done: from the template of most tests it came with the database."""
    async with database.write() as session:
        if (await session.execute(_IS_FOUND, {"prefix": ADMIN.prefix})).scalar_one():
            return
        await ensure_site(session)
        made = await identity.create(session, SYSTEM, name="a test's admin", scopes=ROLES["admin"])
        made.key.prefix, made.key.digest = ADMIN.prefix, ADMIN.digest


_IS_FOUND = text("SELECT EXISTS (SELECT FROM desk.keys WHERE prefix = :prefix)")


@asynccontextmanager
async def opened(
    url: str, *, fetch: Fetch = call_nobody, **settings: Any
) -> AsyncIterator[Newsroom]:
    """A newsroom with one edition, on this migrated database that has nothing else.

    It calls no other servers, unless the test says how.
    """
    with TemporaryDirectory(prefix="masthead-newsroom-") as folder:
        async with _opened(url, fetch, {"data_dir": Path(folder)} | settings) as newsroom:
            yield newsroom


@asynccontextmanager
async def _opened(url: str, fetch: Fetch, settings: dict[str, Any]) -> AsyncIterator[Newsroom]:
    settings = {"_env_file": None, "database_url": SecretStr(url), "access_log": False} | settings
    given = Settings(**settings)
    app = create_app(given, fetch=fetch)
    told = citation_notes.session_info(given) | calling.session_info(given, fetch)
    told |= media.session_info(given) | reaching.session_info(given)
    database = Database(url, pool_size=4, before_commit=press.settle, info=told)
    await _found(database)
    async with _running(app):
        newsroom = Newsroom(
            app=app, database=database, url=url,
            desk=client(app, ADMIN.text), reader=client(app),
            darkroom=media.told(told).darkroom,
        )  # fmt: skip
        async with newsroom.desk, newsroom.reader:
            yield newsroom
        await newsroom.darkroom.close()
    await database.close()


@asynccontextmanager
async def _running(app: ASGIApp) -> AsyncIterator[None]:
    """Start the application's lifespan, and end it."""
    to_app: asyncio.Queue[Message] = asyncio.Queue()
    from_app: asyncio.Queue[Message] = asyncio.Queue()

    async def run() -> None:
        await app({"type": "lifespan"}, to_app.get, from_app.put)

    running = asyncio.create_task(run())
    for step in ("startup", "shutdown"):
        await to_app.put({"type": f"lifespan.{step}"})
        done = await from_app.get()
        assert done["type"] == f"lifespan.{step}.complete", done
        if step == "startup":
            try:
                yield
            except BaseException:
                running.cancel()
                raise
    await running
