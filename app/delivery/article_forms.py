"""An article in forms that others have standardised: made of its document and the site's."""

from collections.abc import Callable
from functools import partial
from typing import Any

import orjson
from fastapi import Response

from app.delivery.articles import ArticleId
from app.delivery.asking import Ask, Asked
from app.delivery.documents import gone, is_id, missing
from app.delivery.feed_reading import reading
from app.delivery.routing import GONE, PublicRouter, failing
from app.delivery.standing import standing
from app.feeds import states
from app.feeds.apple_news import article as apple_news
from app.feeds.json_ld import graph
from app.feeds.places import Read
from app.web import caching
from app.web.answers import Answer

router = PublicRouter("articles")

Render = Callable[[Any, Any, Any], bytes]
"""Of the article, the site, and what is exported of the citations: {} where there are none."""

JSON_LD, APPLE_NEWS = b"application/ld+json", b"application/json"

_STATE = f"""
    SELECT concat_ws(' ', d.etag, e.etag), {states.moment("d.modified_at")},
        array_to_string(d.tags, ' '), d.status::text, d.meta->>'notice'
    FROM published.documents d
    LEFT JOIN published.exports e ON e.document_id = d.id AND e.name = 'jsonld'
    WHERE d.id = $1::uuid AND d.kind = 'article'
    UNION ALL
    SELECT {states.DOCUMENT}, 'site', NULL FROM published.documents d
    WHERE d.kind = 'site' AND d.slug = 'site' AND d.status = 200
"""

_DOCUMENTS = """
    SELECT d."full", site."full", e.body FROM published.documents d
    JOIN published.documents site ON site.kind = 'site' AND site.slug = 'site'
    LEFT JOIN published.exports e ON e.document_id = d.id AND e.name = 'jsonld'
    WHERE d.id = $1::uuid AND d.kind = 'article' AND d.status = 200
"""


def _answers(media_type: bytes) -> dict[int | str, dict[str, Any]]:
    responses = failing(*GONE)
    content = {media_type.decode(): {"schema": {"type": "object"}}}
    return responses | {200: {**responses[200], "content": content}}


@router.get(
    "/articles/{article_id}.jsonld",
    operation_id="readArticleJsonLd",
    summary="One article as JSON-LD",
    response_class=Response,
    response_model=None,
    responses=_answers(JSON_LD),
)
async def read_json_ld(ask: Asked, article_id: ArticleId) -> Answer:
    """For search engines, to be put into the article's page as it is, in
    `<script type="application/ld+json">`: the article in the words of schema.org, what it cites and
    quotes, its corrections, films and sound; who publishes it, with policies; and the way to it.

    Give the class `paywall` to what only some may read.
    """
    return await _answer(ask, article_id, "jsonld", JSON_LD, graph.render)


@router.get(
    "/articles/{article_id}.anf",
    operation_id="readArticleAppleNews",
    summary="One article in Apple News Format",
    response_class=Response,
    response_model=None,
    responses=_answers(APPLE_NEWS),
)
async def read_apple_news(ask: Asked, article_id: ArticleId) -> Answer:
    """The `article.json` that is sent to Apple's publishing API, in its public form: of a
    restricted article what anyone may read. Pictures and films are addresses, not files beside it.
    """
    return await _answer(ask, article_id, "anf", APPLE_NEWS, apple_news.render)


async def _answer(
    ask: Ask, article_id: str, name: str, media_type: bytes, render: Render
) -> Answer:
    if not is_id(article_id):
        raise missing()
    read = reading(ask.reader)

    async def load() -> Callable[[], bytes] | None:
        rows = await read(_DOCUMENTS, article_id)
        return partial(_rendered, render, *rows[0]) if rows else None

    return await standing(
        ask,
        f"/v1/articles/{article_id}.{name}",
        media_type,
        partial(_state, read, article_id),
        load,
        policy=caching.DOCUMENT,
        one_of_many=True,
    )


async def _state(read: Read, article_id: str) -> states.State:
    """Of the article with its citations and of the site. Raises NotFound, or Gone."""
    rows = await read(_STATE, article_id)
    for _, _, tags, status, notice in rows:
        if status not in (b"200", b"site"):
            raise gone(int(status or 410).to_bytes(2, "big"), notice, tags or b"")
    if len(rows) < 2:
        raise missing()
    return states.combined(row[:3] for row in rows)


def _rendered(render: Render, *documents: bytes | None) -> bytes:
    article, site, cited = (orjson.loads(each or b"{}") for each in documents)
    return render(article, site, cited)
