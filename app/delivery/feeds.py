"""Feeds: each list in every format, rendered once for each change of it."""

from datetime import datetime
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Query, Response
from pydantic import Field

from app import __version__
from app.delivery import rendered
from app.delivery.addresses import MOVED, moved, spelling
from app.delivery.asking import Ask, Asked
from app.delivery.documents import gone, is_id, kept, missing
from app.delivery.feed_reading import reading
from app.delivery.list_keys import look_up
from app.delivery.query_values import Name
from app.delivery.rendered import Product
from app.delivery.routing import GONE, FeedRouter, Given, QueryModel, failing
from app.delivery.standing import Loaded, http_date, of_one_moment
from app.feeds import places, query
from app.feeds.feed import Feed
from app.feeds.places import Place
from app.feeds.table import FORMATS, Format
from app.published.feed_names import HUBBED, TITLES
from app.published.models import SERIES, STREAMS
from app.published.writes import listing_tag
from app.web import caching
from app.web.answers import Answer

router = FeedRouter("feeds")


class FeedQuery(QueryModel):
    edition: Given[Name] = Field(
        default=None,
        description="Code of an edition. Default: the default edition, for `latest`; all of them, "
        "for topics, people and saved feeds",
        examples=["en"],
    )
    cursor: Given[str] = Field(
        default=None,
        max_length=2000,
        description="Where to go on, in formats that have pages: as the feed says, never made up",
    )


PlaceName = Annotated[
    str,
    Path(
        description="What it is about: `latest`, or `sections/`, `topics/`, `people/`, `series/`, "
        "`saved/` with a path, a slug or an id",
        examples=["sections/news/harbour"],
    ),
]
FormatName = Annotated[
    str,
    Path(
        description="; ".join(f"`{name}`: {title}" for name, title in TITLES.items()),
        examples=["rss"],
        json_schema_extra={"enum": list(FORMATS)},
    ),
]


def _in_formats() -> dict[int | str, dict[str, Any]]:
    responses = MOVED | failing(*GONE)
    media = sorted({each.media_type for each in FORMATS.values()})
    content = {
        each: {"schema": {"type": "object" if "json" in each else "string"}} for each in media
    }
    links = {"Link": {"schema": {"type": "string"}, "description": "self, hub, alternate"}}
    told = responses[200]
    return responses | {200: {**told, "content": content, "headers": told["headers"] | links}}


@router.get(
    "/feeds/{place:path}.{format}",
    operation_id="readFeed",
    summary="A feed, in the format of its address",
    response_class=Response,
    response_model=None,
    responses=_in_formats(),
)
async def read_feed(
    ask: Asked,
    place: PlaceName,
    format: FormatName,  # noqa: A002 (its name in the address)
    asked: Annotated[FeedQuery, Query()],
) -> Answer:
    """What is new in an edition, a section, about a topic, by a person, of a series, or of what
    editors have put together: the newest first. `GET /v1/feeds` lists them.

    Restricted articles are in it as far as anyone may read them; feeds for TV have only what can be
    played there. Unknown parameters are ignored.
    """
    format_ = FORMATS.get(format)
    if format_ is None:
        raise missing("There is no such format of feeds.")
    found = await _find(ask, place, asked.edition)
    cursor = asked.cursor if format_.paged else None
    address = query.link(found, format_, cursor)
    if found.moved:
        return moved(address, found.tags)
    state = _state(found, format_)
    lists = (UUID(found.id), *((STREAMS, SERIES) if format_.channels else ()))
    tags = (*map(listing_tag, lists), *found.tags)
    changed_at = _changed_at(found, format_)
    headers = [(b"last-modified", http_date(changed_at)), *kept(caching.FEED, tags)]
    if known := rendered.unchanged(ask.head, rendered.etag(address, state), headers, tags):
        return known
    make = partial(_rendered, ask, found, format_, cursor)
    made = await ask.rendered.get(address, state, make, one_of_many=cursor is not None)
    return rendered.answer(ask.head, made, rendered.etag(address, made.state), headers, tags)


async def _find(ask: Ask, name: str, edition: str | None) -> Place:
    """Raises NotFound, or Gone."""
    found = await places.find(reading(ask.reader), spelling(name)[1:], edition)
    if found is None or (found.narrowed and not await _is_edition(ask, edition)):
        raise missing()
    if found.gone is not None:
        notice = found.notice.encode() if found.notice is not None else None
        raise gone(found.gone.to_bytes(2, "big"), notice, " ".join(found.tags).encode())
    return found


async def _is_edition(ask: Ask, code: str | None) -> bool:
    """Ids of editions are no codes: there would be a feed of nothing."""
    if code is None or is_id(code):
        return False
    return await look_up(ask.reader, "edition", code) is not None


async def _rendered(ask: Ask, place: Place, format_: Format, cursor: str | None) -> Product:
    read = reading(ask.reader)

    async def find() -> str | None:
        after = await places.find(read, place.name, place.edition)
        return _state(after, format_) if after else None

    async def load() -> Loaded:
        feed = await query.load(read, place, format_, cursor=cursor)
        content = (b"content-type", _content_type(format_))
        return Loaded(partial(format_.render, feed), [content, (b"link", _links(feed, format_))])

    return await of_one_moment(_state(place, format_), find, load)


def _state(place: Place, format_: Format) -> str:
    """What the ETag is made of. Another release may render the same in another way."""
    return f"{__version__} {place.state} {place.channels if format_.channels else ''}"


def _changed_at(place: Place, format_: Format) -> datetime:
    if format_.channels and place.channels_at:
        return max(place.changed_at, place.channels_at)
    return place.changed_at


def _links(feed: Feed, format_: Format) -> bytes:
    """The value of `Link` (RFC 8288): itself, who knows of changes, and its other forms."""
    links = [f'<{feed.url}>; rel="self"']
    if format_.name in HUBBED:
        links += [f'<{hub}>; rel="hub"' for hub in feed.hubs]
    links += [
        f'<{other.url}>; rel="alternate"; type="{other.media_type}"' for other in feed.alternates
    ]
    if feed.next_url:
        links.append(f'<{feed.next_url}>; rel="next"')
    return ", ".join(links).encode()


def _content_type(format_: Format) -> bytes:
    charset = "; charset=utf-8" if format_.media_type.endswith("xml") else ""
    return (format_.media_type + charset).encode()
