"""Where partners pull their feeds."""

import gzip
from email.utils import format_datetime
from typing import Annotated, Any

from fastapi import Header, Path, Query, Response, Security
from pydantic import BaseModel, ConfigDict, Field

from app import cursors
from app.dispatch import feeding
from app.dispatch.partners import metering
from app.dispatch.partners.metering import Admission
from app.errors import Forbidden, NotFound, QuotaExceeded
from app.feeds.table import FORMATS
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.published.feed_names import TITLES
from app.web import conditional
from app.web.negotiation import takes_gzip
from app.web.problems import responses
from app.web.write_route import MeteredRouter, Working

router = MeteredRouter(prefix="/partner-feeds", tags=["Partners"])

PARTNER = Security(current_actor, scopes=[Scope.FEEDS_READ])

Slug = Annotated[str, Path(max_length=200, examples=["news-with-video"])]
FormatName = Annotated[
    str,
    Path(
        description="; ".join(f"`{name}`: {TITLES[name]}" for name in FORMATS),
        examples=["rss"],
        json_schema_extra={"enum": list(FORMATS)},
    ),
]


class PartnerFeedQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    cursor: str | None = Field(
        default=None,
        max_length=cursors.LONGEST,
        description="Where to go on, in formats that have pages: as the feed says",
    )


def _in_formats() -> dict[int | str, dict[str, Any]]:
    media = sorted({each.media_type for each in FORMATS.values()})
    return {
        200: {
            "content": {
                each: {"schema": {"type": "object" if "json" in each else "string"}}
                for each in media
            },
            "headers": {
                "ETag": {"schema": {"type": "string"}, "description": "For `If-None-Match`"},
                "RateLimit": {
                    "schema": {"type": "string"},
                    "description": "What is left of the quota of today, where there is one",
                },
            },
        },
        304: {"description": "The client has it: its `If-None-Match` names the present `ETag`."},
    }


@router.get(
    "/{slug}.{format}",
    operation_id="partner_feeds_read",
    summary="A feed, for a partner",
    response_class=Response,
    response_model=None,
    responses=_in_formats() | responses(Forbidden, NotFound, QuotaExceeded),
)
async def read_partner_feed(
    database: Working,
    slug: Slug,
    format: FormatName,  # noqa: A002
    query: Annotated[PartnerFeedQuery, Query()],
    if_none_match: Annotated[str | None, Header()] = None,
    accept_encoding: Annotated[str | None, Header()] = None,
    actor: Actor = PARTNER,
) -> Response:
    """A saved feed, public or not, with the key of a partner who may have it. Each answer counts,
    304s too; send `If-None-Match` all the same: it spares both sides the bytes."""
    async with database.write() as session:
        admission = await metering.admit(session, actor, slug, format)
    if admission.quota and admission.quota.exceeded:
        raise admission.quota.refusal()
    response = await _answer(database, admission, query.cursor, if_none_match, accept_encoding)
    async with database.write() as session:
        await metering.count(session, admission, response.status_code, len(response.body))
    return response


async def _answer(
    database: Working,
    admission: Admission,
    cursor: str | None,
    if_none_match: str | None,
    accept_encoding: str | None,
) -> Response:
    format_, body = admission.format, b""
    async with database.read() as session:
        feed = await feeding.by_id(session, admission.feed.id)
        if feed is None:  # deleted meanwhile
            raise NotFound("There is no such feed, or it is not one of yours.")
        etag = feed.etag(format_, cursor)
        has_it = if_none_match is not None and conditional.matches(if_none_match, etag)
        if not has_it:
            body = await feeding.rendered(session, feed, format_, cursor=cursor)
    headers = {
        "Content-Type": feeding.content_type(format_),
        "ETag": etag,
        "Last-Modified": format_datetime(feed.changed_at, usegmt=True),
        "Cache-Control": "private, no-cache",
        "Vary": "Accept-Encoding, Authorization",
        **(admission.quota.headers if admission.quota else {}),
    }
    if has_it:
        del headers["Content-Type"]
        return Response(status_code=304, headers=headers)
    if takes_gzip((accept_encoding or "").encode()):
        body, headers["Content-Encoding"] = gzip.compress(body, 6, mtime=0), "gzip"
    return Response(body, headers=headers)
