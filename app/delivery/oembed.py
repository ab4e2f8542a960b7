"""oEmbed: how the pages of others show an article of this site."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

import orjson
from fastapi import Query, Response
from pydantic import Field

from app.delivery.addresses import spelling
from app.delivery.article_heads import FULL
from app.delivery.asking import Asked
from app.delivery.documents import missing
from app.delivery.feed_reading import reading
from app.delivery.routing import FeedRouter, Given, QueryModel, failing
from app.delivery.standing import standing
from app.feeds import oembed, states
from app.feeds.sitemaps.query import site_of
from app.web.answers import Answer
from app.web.refusals import NotOffered

router = FeedRouter("discovery")

_FORMS = {
    "json": (b"application/json", oembed.as_json),
    "xml": (b"text/xml; charset=utf-8", oembed.as_xml),
}

Pixels = Annotated[int, Field(ge=1, le=100_000)]


class OembedQuery(QueryModel):
    url: str = Field(
        min_length=1,
        max_length=4_000,
        description="The address of an article's page, at any address of the site",
        examples=["https://www.example.org/news/harbour/2026/11/the-harbour-reopens"],
    )
    format: Given[str] = Field(
        default=None, description="json (the default) or xml", examples=["json"]
    )
    maxwidth: Given[Pixels] = Field(default=None, description="Pixels that there are at most")
    maxheight: Given[Pixels] = Field(default=None, description="The same, of its height")


def _in_both() -> dict[int | str, dict[str, Any]]:
    responses = failing(NotOffered)
    told = {"type": "object", "required": ["version", "type"], "properties": {
        "version": {"const": "1.0"}, "type": {"const": "rich"}, "title": {"type": "string"},
        "html": {"type": "string"}, "width": {"type": "integer"}, "height": {"type": "integer"},
    }}  # fmt: skip
    content = {"application/json": {"schema": told}, "text/xml": {"schema": {"type": "string"}}}
    return responses | {200: {**responses[200], "content": content}}


@router.get(
    "/oembed",
    operation_id="readOembed",
    summary="How to show an article within another page",
    response_class=Response,
    response_model=None,
    responses=_in_both(),
)
async def read_oembed(ask: Asked, query: Annotated[OembedQuery, Query()]) -> Answer:
    """oEmbed 1.0, of the type `rich`: a headline, a summary and a link, without scripts.

    404 for what is no public article of this site; 501 for another format.
    """
    form = query.format or "json"
    if form not in _FORMS:
        raise NotOffered("The formats are json and xml.")
    content_type, write = _FORMS[form]
    read = reading(ask.reader)
    if not await read(states.SITE):
        raise missing()
    path = _path(query.url, list(_bases(await site_of(read))))
    found = await read(_AT, path)
    if not found:
        raise missing("There is no article at this address.")
    identity = (found[0][0] or b"").decode()

    async def find() -> states.State | None:
        rows = await read(_STATE, identity)
        return states.combined(rows) if len(rows) == 2 else None

    async def load() -> Callable[[], bytes] | None:
        site, rows = await site_of(read), await read(FULL, identity)
        if not rows:
            return None
        article = orjson.loads(rows[0][0] or b"")
        sizes = {"most_width": query.maxwidth, "most_height": query.maxheight}
        return lambda: write(oembed.oembed(article, site, **sizes))

    name = f"/oembed {identity} {form} {query.maxwidth} {query.maxheight}"
    return await standing(ask, name, content_type, find, load, one_of_many=True)


def _bases(site: oembed.Json) -> Iterator[tuple[str, str]]:
    """Hosts where its pages are, each with what their paths begin with there."""
    for base in (*(each["web"] for each in site["addresses"]),
                 *(each["canonical_url"].removesuffix(each["path"])
                   for each in site["editions"])):  # fmt: skip
        parts = urlsplit(base)
        yield parts.netloc.lower(), parts.path.rstrip("/")


def _path(url: str, bases: list[tuple[str, str]]) -> str:
    """The path of a page of ours, as the store has it. Raises NotFound for any other address."""
    try:
        parts = urlsplit(url)
        path = unquote(parts.path, errors="strict")
        host = parts.netloc.lower()
    except ValueError:
        raise missing() from None
    for base, above in bases:
        if parts.scheme in ("http", "https") and host == base and path.startswith(above + "/"):
            return spelling(path.removeprefix(above))
    raise missing("There is no such page on this site.")


_AT = """SELECT d.id::text FROM published.paths p JOIN published.documents d ON d.id = p.document_id
    WHERE p.path = $1 AND d.kind = 'article' AND d.status = 200"""

_STATE = f"""SELECT {states.DOCUMENT} FROM published.documents d
    WHERE d.id = $1::uuid AND d.kind = 'article' AND d.status = 200
    UNION ALL {states.SITE}"""
