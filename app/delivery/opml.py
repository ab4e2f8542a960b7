"""The feeds of an edition as a list that feed readers import."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

import orjson
from fastapi import Query, Response
from pydantic import Field

from app.delivery.asking import Asked
from app.delivery.documents import missing
from app.delivery.feed_reading import reading
from app.delivery.host_files import as_type
from app.delivery.query_values import Name
from app.delivery.routing import FeedRouter, Given, QueryModel
from app.delivery.standing import standing
from app.feeds import opml, states
from app.feeds.sitemaps.query import edition_of, site_of
from app.published.models import FEEDS
from app.web.answers import Answer

router = FeedRouter("feeds")

MOST_SAVED = 1_000


class OpmlQuery(QueryModel):
    edition: Given[Name] = Field(
        default=None, description="Code of an edition. Default: the default one", examples=["en"]
    )


@router.get(
    "/feeds.opml",
    operation_id="readFeedsAsOpml",
    summary="The feeds of an edition, as OPML",
    response_class=Response,
    response_model=None,
    responses=as_type(opml.MEDIA_TYPE),
)
async def read_opml(ask: Asked, query: Annotated[OpmlQuery, Query()]) -> Answer:
    """All of it, its sections, and what editors have put together: each as RSS."""
    read = reading(ask.reader)
    found = await read(_CODE, query.edition)
    if not found:
        raise missing()
    code = (found[0][0] or b"").decode()

    async def find() -> states.State | None:
        rows = await read(_STATE, code)
        return states.combined(rows) if len(rows) > 1 else None

    async def load() -> Callable[[], bytes] | None:
        site, state = await site_of(read), await find()
        edition = edition_of(site, code)
        if edition is None or state is None:
            return None
        trees = await read(_TREE, code)
        sections = orjson.loads(trees[0][0] or b"")["items"] if trees else []
        saved = [orjson.loads(full or b"") for (full,) in await read(_SAVED, str(MOST_SAVED))]
        return partial(opml.opml, site, edition, sections, saved, state.changed_at)

    kind = f"{opml.MEDIA_TYPE}; charset=utf-8".encode()
    return await standing(ask, f"/feeds.opml {code}", kind, find, load)


_CODE = """SELECT e.slug FROM published.documents e
    WHERE e.kind = 'edition' AND e.status = 200 AND e.slug = coalesce($1::text, (
        SELECT o.slug FROM published.documents o WHERE o.kind = 'edition' AND o.status = 200
            AND o.slug IS NOT NULL AND (o.meta->>'default')::boolean LIMIT 1))"""

_STATE = f"""{states.SITE}
    UNION ALL SELECT {states.DOCUMENT} FROM published.documents d
        WHERE d.kind = 'edition' AND d.slug = $1 AND d.status = 200
    UNION ALL SELECT {states.DOCUMENT} FROM published.documents d
        WHERE d.kind = 'sections' AND d.slug = $1 AND d.status = 200
    UNION ALL {states.stamp(f"'{FEEDS}'::uuid")}"""

_TREE = """SELECT d."full" FROM published.documents d
    WHERE d.kind = 'sections' AND d.slug = $1 AND d.status = 200"""

_SAVED = """SELECT d."full" FROM published.documents d
    WHERE d.kind = 'feed' AND d.slug IS NOT NULL AND d.status = 200
    ORDER BY d.kind, d.slug LIMIT $1::bigint"""
