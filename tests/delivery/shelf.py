"""Published things for tests of the public side, put there as the press does it, without a desk."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import orjson
from fastapi import FastAPI
from starlette.types import ASGIApp

from app.database import Database
from app.delivery.csl_styles import Styles
from app.delivery.lane import Lane
from app.delivery.playback_tokens import Signers
from app.delivery.reader import Reader
from app.delivery.rendered import Rendered
from app.delivery.routes import router
from app.published import paths, store
from app.published.writes import Cited, Exported, Listed, Published, Put, Remove, Views
from app.web import problems
from app.web.middleware import guard
from app.web.request_head import Area

BASE = "http://masthead.test"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
NOWHERE = UUID(int=9)


def a_document(kind: str, name: str, *, identity: UUID | None = None, **fields: Any) -> Put:
    """A document of any kind but article. What is no field of a Put goes into its JSON."""
    own = {each: fields.pop(each) for each in ("path", "edition", "slug", "sort_key", "meta",
           "touched", "external_ids") if each in fields}  # fmt: skip
    identity = identity or uuid4()
    shown = {"id": identity, "kind": kind, "name": name, **fields}
    return Put(
        id=identity, kind=kind, change="upsert", version=1, modified_at=NOON,
        views=Views(full=orjson.dumps(shown)), **own,
    )  # fmt: skip


def an_article(
    headline: str = "The harbour reopens",
    *,
    identity: UUID | None = None,
    path: str | None = None,
    version: int = 1,
    published_at: datetime = NOON,
    updated_at: datetime | None = None,
    keys: frozenset[UUID] = frozenset(),
    edition: str = "en",
    language: str = "en",
    of_format: str = "text",
    genre: str = "news",
    has_video: bool = False,
    cut: bool = False,
    corrections: tuple[dict[str, Any], ...] = (),
    **fields: Any,
) -> Put:
    """A version of an article, with all forms of its document."""
    identity = identity or uuid4()
    shown = {"id": identity, "kind": "article", "headline": headline, "genre": genre,
             "version": version, "path": paths.encode(path or f"/{identity}")}  # fmt: skip

    def form(name: str) -> bytes:
        return orjson.dumps({**shown, "form": name})

    return Put(
        id=identity, kind="article", change="upsert", version=version, modified_at=published_at,
        path=path or f"/{identity}", edition=edition,
        views=Views(
            card=form("card"), full=form("full"), app=form("app"),
            whole_full=form("whole full") if cut else None,
            whole_app=form("whole app") if cut else None,
        ),
        listed=Listed(
            keys=keys, published_at=published_at, updated_at=updated_at or published_at,
            edition=edition, language=language, format=of_format, genre=genre, has_video=has_video,
        ),
        published=Published(
            published_at=published_at, minor=False, headline=headline,
            corrections=list(corrections), full=form("full"), app=form("app"),
        ),
        **fields,
    )  # fmt: skip


def a_citation(
    text: str = "It was a well-kept secret",
    *,
    identity: UUID | None = None,
    ordinal: int = 1,
    of_type: str = "quotation",
    level: str | None = "on_the_record",
    channel: str | None = "interview",
    affiliation: str | None = None,
    publication: UUID | None = None,
    keys: frozenset[UUID] = frozenset(),
    **fields: Any,
) -> Cited:
    """A citation, in lists of these keys and of its publication's. What else is given goes into
    its JSON."""
    identity = identity or uuid4()
    shown = {"id": identity, "kind": "citation", "marker": str(ordinal), "ordinal": ordinal,
             "type": of_type, "text": text, "work": None, "via": None,
             "article": {"language": "en"}, **fields}  # fmt: skip
    return Cited(
        id=identity, ordinal=ordinal, card=orjson.dumps({"id": identity, "text": text}),
        full=orjson.dumps(shown), keys=keys | ({publication} if publication else set()),
        type=of_type, channel=channel, level=level, affiliation=affiliation,
        publication_id=publication,
    )  # fmt: skip


def a_citing_article(
    headline: str,
    *citations: Cited,
    keys: frozenset[UUID] = frozenset(),
    exports: Sequence[Exported] = (),
    **fields: Any,
) -> Put:
    """An article with citations. It is in the lists of all that they name."""
    named = frozenset[UUID]().union(*(each.keys for each in citations))
    article = an_article(headline, keys=keys | named, **fields)
    return replace(article, citations=citations, exports=exports)


@dataclass
class Shelf:
    """The published side of a small site: an English edition (the default one) and a French."""

    database: Database
    english: UUID = field(default_factory=uuid4)
    french: UUID = field(default_factory=uuid4)
    history: str = "corrections"

    async def put(self, *writes: Put | Remove) -> None:
        """Make them public in one transaction, at their paths."""
        async with self.database.write() as session:
            for write in writes:
                if isinstance(write, Put) and write.path is not None:
                    await paths.claim(session, write.path, write.id, force=True)
            await store.write(session, writes)

    async def move(self, earlier: str, document: Put) -> None:
        """Put the document at its path, and leave a redirect at an earlier one."""
        await self.put(document)
        async with self.database.write() as session:
            await paths.leave(session, earlier, document.id)

    async def set_up(self) -> None:
        await self.put(
            a_document("site", "The Lamp", slug="site", meta={"history": self.history}),
            self._edition("en", self.english, "/", "Europe/London", default=True),
            self._edition("fr", self.french, "/fr", "America/Montreal", default=False),
            a_document("sections", "en", slug="en", edition="en"),
            a_document("sections", "fr", slug="fr", edition="fr"),
        )  # fmt: skip

    def _edition(self, code: str, identity: UUID, path: str, zone: str, *, default: bool) -> Put:
        meta = {"time_zone": zone, "default": default}
        return a_document(
            "edition", code, identity=identity, slug=code, path=path, edition=code, meta=meta
        )  # fmt: skip


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


@asynccontextmanager
async def shelf_on(url: str, **fields: Any) -> AsyncIterator[Shelf]:
    database = Database(url, pool_size=4)
    shelf = Shelf(database, **fields)
    await shelf.set_up()
    try:
        yield shelf
    finally:
        await database.close()


def public_app(
    reader: Reader,
    *,
    log: bool = False,
    styles: Styles | None = None,
    signers: Signers | None = None,
) -> ASGIApp:
    """The public side as the server has it, without a desk."""
    app = FastAPI(redirect_slashes=False)
    problems.register(app)
    app.include_router(router)
    area = Area(side="delivery", body_limit=0, log=log)
    kept = Rendered(2**20)
    return Lane(guard(app, (area,)), router, reader, styles or Styles(), signers or {}, kept, area)


@asynccontextmanager
async def reading(
    url: str,
    *,
    log: bool = False,
    timeout_ms: int = 2000,
    connections: int = 3,
    styles: Styles | None = None,
    signers: Signers | None = None,
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the public side that reads from this database."""
    async with Reader(url, connections=connections, timeout_ms=timeout_ms) as reader:
        app = public_app(reader, log=log, styles=styles, signers=signers)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            yield client
