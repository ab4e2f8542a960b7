"""Files that crawlers, browsers and registers look for at the host of the pages."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from fastapi import Response

from app.delivery.asking import Ask, Asked
from app.delivery.feed_reading import reading
from app.delivery.routing import FeedRouter, failing
from app.delivery.standing import standing
from app.feeds import host_files, states
from app.feeds.sitemaps.query import site_of
from app.web.answers import Answer

router = FeedRouter("discovery")

TEXT = b"text/plain; charset=utf-8"

Render = Callable[[Mapping[str, Any]], bytes | None]


def as_type(media_type: str) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of an endpoint that answers in this media type."""
    responses = failing()
    content = {media_type: {"schema": {"type": "string"}}}
    return responses | {200: {**responses[200], "content": content}}


@router.get(
    "/robots.txt",
    operation_id="readRobots",
    summary="What is asked of crawlers",
    response_class=Response,
    response_model=None,
    responses=as_type("text/plain"),
)
async def read_robots(ask: Asked) -> Answer:
    """For the host of the pages: have the front end hand it on. It names the sitemaps, which may
    then be at another host."""
    return await file_of_site(ask, "/robots.txt", TEXT, host_files.robots)


@router.get(
    "/trust.txt",
    operation_id="readTrust",
    summary="Who the site belongs with",
    response_class=Response,
    response_model=None,
    responses=as_type("text/plain"),
)
async def read_trust(ask: Asked) -> Answer:
    """trust.txt of JournalList. 404 where the site says nothing of the kind."""
    return await file_of_site(ask, "/trust.txt", TEXT, host_files.trust)


@router.get(
    "/.well-known/trust.txt",
    operation_id="readWellKnownTrust",
    summary="Who the site belongs with, at its other address",
    response_class=Response,
    response_model=None,
    responses=as_type("text/plain"),
)
async def read_well_known_trust(ask: Asked) -> Answer:
    """The same as `/trust.txt`."""
    return await read_trust(ask)


@router.get(
    "/opensearch.xml",
    operation_id="readOpenSearch",
    summary="How browsers search the site",
    response_class=Response,
    response_model=None,
    responses=as_type(host_files.OPENSEARCH_TYPE),
)
async def read_opensearch(ask: Asked) -> Answer:
    """An OpenSearch description. 404 where the site has no `search_url`."""
    kind = f"{host_files.OPENSEARCH_TYPE}; charset=utf-8".encode()
    return await file_of_site(ask, "/opensearch.xml", kind, host_files.opensearch)


async def file_of_site(ask: Ask, name: str, content_type: bytes, render: Render) -> Answer:
    """What is made of the site's document alone. Raises NotFound where that gives nothing."""
    read = reading(ask.reader)

    async def find() -> states.State | None:
        rows = await read(states.SITE)
        return states.combined(rows) if rows else None

    async def load() -> Callable[[], bytes] | None:
        body = render(await site_of(read))
        return partial(bytes, body) if body is not None else None

    return await standing(ask, name, content_type, find, load)
