"""The history of an article, as far as the site shows it: all, corrections only, or none."""

import re
from typing import Annotated, Any, Literal

import orjson
from fastapi import Path, Query
from pydantic import Field

from app.delivery.articles import ArticleId
from app.delivery.asking import Asked
from app.delivery.documents import JSON, gone, http_date, is_id, is_live, kept, missing
from app.delivery.routing import GONE, PublicRouter, QueryModel, failing
from app.delivery.statements import moment, number, statement
from app.published.document import Article, VersionList
from app.web import caching
from app.web.answers import Answer
from app.web.conditional import etag_of

router = PublicRouter("articles")

VersionNumber = Annotated[
    str,
    Path(
        description="1, 2, 3…",
        examples=["2"],
        json_schema_extra={"type": "integer", "minimum": 1},
    ),
]


class VersionQuery(QueryModel):
    view: Literal["full", "app"] = Field(
        default="full", description="`full` or `app`, as with the article itself."
    )


_NUMBER = re.compile(r"[1-9][0-9]{0,8}")

_SHOWN = """(
    SELECT CASE site.meta->>'history' WHEN 'all' THEN true WHEN 'corrections'
        THEN v.version = d.version OR v.corrections <> '[]' ELSE false END
    FROM published.documents site
    WHERE site.kind = 'site' AND site.slug = 'site' AND site.status = 200
)"""
"""Whether the site's setting lets readers see the version `v` of the document `d`."""

_STATE = "d.status, d.meta->>'notice', array_to_string(d.tags, ' ')"

_HISTORY = statement(f"""
    SELECT {_STATE}, v.version, v.published_at, v.minor, v.headline,
        v.withheld_at IS NOT NULL, v.corrections::text
    FROM published.documents d
    LEFT JOIN published.versions v ON v.document_id = d.id AND {_SHOWN}
    WHERE d.id = $1::uuid AND d.kind = 'article'
    ORDER BY v.version DESC
""")

_VERSION = {
    view: statement(f"""
        SELECT {_STATE}, v.withheld_status, v.etag, {http_date("v.published_at")}, v."{view}"
        FROM published.documents d
        LEFT JOIN published.versions v
            ON v.document_id = d.id AND v.version = $2::bigint AND {_SHOWN}
        WHERE d.id = $1::uuid AND d.kind = 'article'
    """)
    for view in ("full", "app")
}


@router.get(
    "/articles/{article_id}/versions",
    operation_id="listArticleVersions",
    summary="The versions of an article",
    response_model=VersionList,
    responses=failing(*GONE),
)
async def list_versions(ask: Asked, article_id: ArticleId) -> Answer:
    """What was published when, the newest first.

    The site decides how much of its history is public (`history` in `/v1/site`): all versions,
    those that brought a correction and the present one, or none (404).
    """
    rows = await ask.reader.rows(_HISTORY, article_id.encode()) if is_id(article_id) else []
    if not rows:
        raise missing()
    status, notice, tags, *first = rows[0]
    if not is_live(status):
        raise gone(status, notice, tags)
    if first[0] is None:
        raise missing()
    entries = [_entry(article_id, *fields) for _, _, _, *fields in rows]
    body = orjson.dumps({"id": article_id, "items": entries}, option=orjson.OPT_UTC_Z)
    names = tuple(tags.decode().split())
    headers = [JSON, (b"etag", etag_of(body).encode()), *kept(caching.DOCUMENT, names)]
    return Answer(200, headers, body, names)


@router.get(
    "/articles/{article_id}/versions/{version}",
    operation_id="readArticleVersion",
    summary="One version of an article",
    response_model=Article,
    responses=failing(*GONE),
)
async def read_version(
    ask: Asked,
    article_id: ArticleId,
    version: VersionNumber,
    query: Annotated[VersionQuery, Query()],
) -> Answer:
    """An article as it was published then, in its public form.

    410 or 451 where that version was withheld; 404 where the site does not show it.
    """
    if not is_id(article_id) or not _NUMBER.fullmatch(version):
        raise missing()
    row = await ask.reader.row(_VERSION[query.view], article_id.encode(), version.encode())
    if row is None:
        raise missing()
    status, notice, tags, withheld, etag, published, body = row
    if not is_live(status):
        raise gone(status, notice, tags)
    if etag is None:
        raise missing()
    if withheld is not None:
        raise gone(withheld, None, tags)
    names = tuple(tags.decode().split())
    end = b"" if query.view == "full" else b"-app"
    headers = [
        JSON,
        (b"etag", b'"%b%b"' % (etag, end)),
        (b"last-modified", published),
        *kept(caching.DOCUMENT, names),
    ]
    return Answer(200, headers, body, names)


def _entry(
    article_id: str,
    version: bytes,
    published_at: bytes,
    minor: bytes,
    headline: bytes,
    withheld: bytes,
    corrections: bytes,
) -> dict[str, Any]:
    """What a withheld version said is withheld with it, headline and all."""
    told = not number(withheld)
    return {
        "version": number(version),
        "published_at": moment(published_at),
        "minor": bool(number(minor)),
        "headline": headline.decode() if told else "",
        "path": f"/v1/articles/{article_id}/versions/{number(version)}" if told else None,
        "withheld": not told,
        "corrections": _corrections(corrections, number(version)) if told else [],
    }


def _corrections(stored: bytes, version: int) -> list[dict[str, Any]]:
    return [
        {name: note[name] for name in ("id", "kind", "text", "at")} | {"version": version}
        for note in orjson.loads(stored)
    ]
