"""Two applications built by one function: delivery at the root, the desk mounted at `/desk`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from app import __version__
from app.database import Database
from app.delivery.csl_styles import Styles
from app.delivery.lane import Lane
from app.delivery.media import Media
from app.delivery.media_opening import files_of
from app.delivery.playback_tokens import signers
from app.delivery.reader import Reader
from app.delivery.rendered import Rendered
from app.delivery.routes import router as delivery_router
from app.dispatch import reaching
from app.dispatch.deliveries.routes import router as deliveries
from app.dispatch.engines import router as engines
from app.dispatch.hubs.routes import router as hubs
from app.dispatch.partners.feed_routes import router as partner_feeds
from app.dispatch.partners.routes import router as partners
from app.editing import calling, citation_notes
from app.editing import media as desk_media
from app.editing.articles.citation_routes import router as article_citations
from app.editing.articles.routes import router as articles
from app.editing.assets.hls.routes import router as stream_checks
from app.editing.assets.routes import router as assets
from app.editing.assets.tus_routes import router as uploads
from app.editing.assets.upload_routes import router as asset_files
from app.editing.captions.routes import router as captions
from app.editing.collections.routes import router as collections
from app.editing.feeds.routes import router as feeds
from app.editing.people.routes import router as people
from app.editing.publications.routes import router as publications
from app.editing.rails.routes import router as rails
from app.editing.reviews.routes import router as reviews
from app.editing.schemas.routes import router as schemas
from app.editing.sections.routes import router as sections
from app.editing.series.routes import router as series
from app.editing.site.routes import router as site
from app.editing.speakers.routes import router as speakers
from app.editing.streams.routes import router as streams
from app.editing.streams.schedule_routes import router as schedules
from app.editing.topics.routes import router as topics
from app.editing.works.event_routes import router as work_events
from app.editing.works.links.routes import router as links
from app.editing.works.resolve_routes import router as resolving
from app.editing.works.routes import router as works
from app.exchange.references.routes import router as references
from app.identity import access
from app.identity.routes import router as identity
from app.outbound.fetching import Fetch, fetch
from app.publishing import press
from app.publishing.follow_up_routes import router as follow_ups
from app.publishing.routes import router as publishing
from app.publishing.tv_report_routes import router as tv_report
from app.settings import Settings, Side
from app.web import problems, tus
from app.web.docs import add_docs
from app.web.middleware import guard
from app.web.request_head import Area

FORM_BYTES = 2_000_000
"""What a form may have besides the file in it."""
UPLOAD_PIECE = 256 * 1024
"""So much of a file has to come in a minute; the whole may take hours."""

LOCK_SECONDS = 10
"""So long a request waits for another transaction: then it is answered 503, with when to repeat it.
Whatever waits keeps a connection of the pool, and readers at the desk need some, too."""

DELIVERY_DESCRIPTION = """\
What readers get: articles, sections, people, topics and collections as JSON, made once at publish.

Within `/v1` fields and enum values may be added, never changed or removed: ignore what you do not
know. Links inside documents are root-relative; `/v1/site` gives the bases to resolve them against.
Every answer carries an `ETag`; send it back as `If-None-Match` and get a 304 while nothing changed.
"""

DESK_DESCRIPTION = """\
What editors and importers write. Every request needs a key: `Authorization: Bearer mh_…`.

Writes on something that could be lost need `If-Match` with the `ETag` you last read (428 without,
412 when somebody was faster). Every POST that writes takes an `Idempotency-Key`, so that it may be
repeated: within 72 hours the same key gives the same answer, and no second effect.
"""


def create_app(settings: Settings, *, fetch: Fetch = fetch) -> ASGIApp:
    """The application of one process. `settings.database_url` must be set.

    `fetch` is how the desk calls other servers, where the settings let it.
    """
    assert settings.database_url, "the caller has found or started a database"
    url = settings.database_url.get_secret_value()
    database = Database(
        url,
        pool_size=settings.database_pool_size,
        lock_seconds=LOCK_SECONDS,
        before_commit=press.settle,
        info=citation_notes.session_info(settings)
        | calling.session_info(settings, fetch)
        | desk_media.session_info(settings)
        | reaching.session_info(settings),
    )
    files = files_of(settings)
    own = settings.delivery_database_url
    reader = Reader(
        own.get_secret_value() if own else url,
        connections=settings.reader_connections,
        timeout_ms=settings.reader_timeout_ms,
    )

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with reader, files:
            yield
        await database.close()

    delivery = delivery_app(settings, lifespan)
    if settings.side is not Side.DELIVERY:
        delivery.mount("/desk", desk_app(settings, database))
    public = Area(side="delivery", body_limit=0, log=settings.delivery_access_log)
    desk = Area("/desk", side="desk", body_limit=settings.max_body_bytes, log=settings.access_log)
    guarded = guard(delivery, (public, desk, *_upload_areas(settings)))
    if settings.side is Side.DESK:
        return guarded
    media = Media(guarded, reader, files, public, cdn=settings.media_url)
    tokens = signers(settings.playback_secrets)
    styles, rendered = Styles(settings.csl_styles), Rendered(settings.feed_memory_mb * 2**20)
    return Lane(media, delivery_router, reader, styles, tokens, rendered, public)


def _upload_areas(settings: Settings) -> tuple[Area, ...]:
    """Where files are sent to."""
    most = settings.max_upload_bytes
    usual = Area(side="desk", body_piece=UPLOAD_PIECE, log=settings.access_log)
    pieces = frozenset({tus.MEDIA_TYPE.encode()})
    return (
        replace(usual, prefix="/desk/uploads", body_limit=most, media=pieces),
        replace(usual, prefix="/desk/assets/files", body_limit=most + FORM_BYTES, media=None),
    )


def delivery_app(settings: Settings, lifespan: object = None) -> FastAPI:
    """The public side: its routes, its OpenAPI document at `/openapi.json`, its docs."""
    app = FastAPI(
        title="Masthead delivery API",
        version=__version__,
        description=DELIVERY_DESCRIPTION,
        servers=[{"url": settings.public_url or "/"}],
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,  # type: ignore[arg-type]
    )
    problems.register(app)
    if settings.side is not Side.DESK:
        _add(app, delivery_router)
    add_docs(app)

    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    return app


def desk_app(settings: Settings, database: Database) -> FastAPI:
    """The desk, as mounted at `/desk`, with its own OpenAPI document and docs."""
    app = FastAPI(
        title="Masthead desk API",
        version=__version__,
        description=DESK_DESCRIPTION,
        servers=[{"url": (settings.public_url or "").rstrip("/") + "/desk"}],
        root_path_in_servers=False,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.database = database
    app.state.authenticate = access.authenticate
    app.state.upload_turn = asyncio.Lock()
    problems.register(app)
    for router in (
        site, sections, people, topics, collections, articles, article_citations, publishing,
        publications, works, work_events, follow_ups, resolving, references, links, speakers,
        reviews, assets, asset_files, uploads, captions, streams, schedules, series, rails, feeds,
        stream_checks, tv_report, hubs, engines, partners, partner_feeds, deliveries, schemas,
        identity,
    ):  # fmt: skip
        _add(app, router)
    add_docs(app)
    return app


def _add(app: FastAPI, router: APIRouter) -> None:
    """As `include_router`, which would make all of these routes anew at the first request."""
    app.router.routes.extend(router.routes)
