"""What the page of an article says in its HTML head, for the front end to put there."""

from collections.abc import Callable
from functools import partial

import orjson

from app.delivery.articles import ArticleId
from app.delivery.asking import Asked
from app.delivery.documents import gone, is_id, missing
from app.delivery.feed_reading import reading
from app.delivery.routing import GONE, PublicRouter, failing
from app.delivery.standing import standing
from app.feeds import article_head, states
from app.feeds.sitemaps.query import site_of
from app.published.head import Head
from app.web import caching
from app.web.answers import Answer

router = PublicRouter("articles")

_STATUS = """SELECT d.status::text, d.meta->>'notice', array_to_string(d.tags, ' ')
    FROM published.documents d WHERE d.id = $1::uuid AND d.kind = 'article'"""

_STATE = f"""SELECT {states.DOCUMENT} FROM published.documents d
    WHERE d.id = $1::uuid AND d.kind = 'article' AND d.status = 200
    UNION ALL {states.SITE}"""

FULL = """SELECT d."full" FROM published.documents d
    WHERE d.id = $1::uuid AND d.kind = 'article' AND d.status = 200"""


@router.get(
    "/articles/{article_id}/head",
    operation_id="readArticleHead",
    summary="What an article's page needs in its head",
    response_model=Head,
    responses=failing(*GONE),
)
async def read_article_head(ask: Asked, article_id: ArticleId) -> Answer:
    """Open Graph and cards for those who share it, its canonical address, its translations, feeds,
    and its other forms: as data, and as HTML that can be put there as it is.

    Addresses are absolute, for the canonical address of the site.
    """
    if not is_id(article_id):
        raise missing()
    read = reading(ask.reader)
    status = await read(_STATUS, article_id)
    if not status:
        raise missing()
    code, notice, tags = status[0]
    if code != b"200":
        raise gone(int(code or b"410").to_bytes(2, "big"), notice, tags or b"")

    async def find() -> states.State | None:
        rows = await read(_STATE, article_id)
        return states.combined(rows) if len(rows) == 2 else None

    async def load() -> Callable[[], bytes] | None:
        site, rows = await site_of(read), await read(FULL, article_id)
        return partial(_rendered, rows[0][0] or b"", site) if rows else None

    name = f"/v1/articles/{article_id}/head"
    return await standing(
        ask, name, b"application/json", find, load, policy=caching.DOCUMENT, one_of_many=True
    )


def _rendered(article: bytes, site: article_head.Json) -> bytes:
    return article_head.head(orjson.loads(article), site).model_dump_json().encode()
