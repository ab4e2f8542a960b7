"""The published store to a feed: some rows, read once, and put into its one neutral shape."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

import orjson

from app import cursors
from app.errors import NotFound
from app.feeds import items, programmes
from app.feeds.bases import Bases, canonical
from app.feeds.feed import Departed, Feed, FeedItem, Link, Publication
from app.feeds.places import Place, Read, Row
from app.feeds.programmes import Position
from app.feeds.syndication import permitted, permitted_film
from app.feeds.table import FORMATS, Format
from app.published.feed_names import TITLES, address

DEPARTED = 50
"""So many of those that were taken away are told of, the last ones."""

Json = Mapping[str, Any]


async def load(
    read: Read,
    place: Place,
    format_: Format,
    *,
    cursor: str | None = None,
    about: Json | None = None,
) -> Feed:
    """The feed of this place as this format shows it; from `cursor` on, where it has pages.

    `about` is what its document says, of a saved feed that has none in public. Raises Invalid for
    a cursor that is not one of this feed, NotFound where the place was taken away meanwhile.
    """
    [(site_json, about_json)] = await read(_ABOUT, place.id)
    if about is None and about_json is None:
        raise NotFound("It has just been taken away.")
    site, about = orjson.loads(site_json or b""), about or orjson.loads(about_json or b"")
    bases = canonical(site)
    size = min(about["size"], format_.most) if place.kind == "feed" else format_.size
    behind = _position(place, format_, cursor) if cursor is not None else None
    rows = await _rows(read, place, format_, about, size + 1, behind)
    shown = rows[:size]
    full_text = format_.texts and about.get("full_text", True)
    syndicated = about.get("syndication", False)
    # Hundreds of documents: readers go on meanwhile.
    found = await asyncio.to_thread(
        _items, shown, bases, full_text=full_text, syndicated=syndicated
    )
    departed = () if cursor else await _departed(read, place)
    following = None
    if format_.paged and len(rows) > len(shown):
        following = cursors.encode([found[-1].published_at, UUID(found[-1].id)],
                                   kind=_kind(place, format_))  # fmt: skip
    channels = await programmes.channels(read, place, format_, bases)
    spoken = _spoken(about, site, place)
    moments = [each.updated_at for each in found] + [each.at for each in departed]
    moments += [each.modified_at for each in channels]
    return Feed(
        id=about.get("feed_id") or f"urn:uuid:{place.id}",
        url=bases.absolute(link(place, format_, cursor)),
        home_url=bases.absolute(_home(about, site, place)),
        title=_title(about, site, place, spoken["language"]),
        description=_description(about, spoken["language"]),
        language=spoken["language"],
        direction=spoken["direction"],
        image=items.image(about.get("image") or site["publisher"]["logo"], bases),
        publication=publication(site, bases),
        hubs=tuple(site.get("hubs", ())),
        alternates=tuple(alternates(bases, place, format_)),
        updated_at=max(moments, default=datetime.fromisoformat(about["modified_at"])),
        items=found,
        departed=departed,
        channels=channels,
        programmes=await programmes.of_episodes(
            read, place, found, format_, bases, behind, syndicated=syndicated
        ),
        next_url=bases.absolute(link(place, format_, following)) if following else None,
    )


def link(place: Place, format_: Format, cursor: str | None = None) -> str:
    """The one address of a feed, root-relative."""
    edition = place.edition if place.narrowed or place.kind == "edition" else None
    asked = [f"edition={quote(edition)}"] if edition else []
    asked += [f"cursor={cursor}"] if cursor else []
    return address(place.name, format_.name) + (f"?{'&'.join(asked)}" if asked else "")


def alternates(bases: Bases, place: Place, format_: Format) -> list[Link]:
    """The same in other formats."""
    return [
        Link(
            format=other.name,
            media_type=other.media_type,
            title=TITLES[other.name],
            url=bases.absolute(link(place, other)),
        )
        for other in FORMATS.values()
        if other is not format_
    ]


def publication(site: Json, bases: Bases) -> Publication:
    publisher = site["publisher"]
    return Publication(
        name=site["name"],
        publisher=publisher["name"],
        legal_name=publisher["legal_name"],
        email=publisher["email"],
        url=bases.web + "/",
        logo=items.image(publisher["logo"], bases),
        tagline=site["tagline"],
        policies=site["policies"],
    )


def _kind(place: Place, format_: Format) -> str:
    """What a cursor must fit."""
    return f"feed {format_.name} {place.id} {place.edition if place.narrowed else ''}"


async def _rows(
    read: Read, place: Place, format_: Format, about: Json, most: int, behind: Position | None
) -> Sequence[Row]:
    conditions = ["l.key = $1::uuid", *_SHOWN[format_.shows]]
    parameters = [place.id, str(most)]

    def given(value: str) -> str:
        parameters.append(value)
        return f"${len(parameters)}"

    if place.narrowed and place.edition:
        conditions.append(f"l.edition = {given(place.edition)}")
    if about.get("since"):
        conditions.append(f"l.published_at >= {given(about['since'])}::timestamptz")
    if behind is not None:
        before, identity = behind
        conditions.append(
            f"(l.published_at, l.article_id) < ({given(before)}::timestamptz,"
            f" {given(identity)}::uuid)"
        )
    if format_.target:
        conditions.append(f"(v.targets IS NULL OR {given(format_.target)} = ANY(v.targets))")
    statement = _FILMS if format_.target else _ITEMS
    return await read(statement.format(conditions=" AND ".join(conditions)), *parameters)


def _position(place: Place, format_: Format, cursor: str) -> Position:
    """Behind which article a page goes on: when it was published, and its id."""
    at, identity = cursors.decode(cursor, kind=_kind(place, format_), shape=(datetime, UUID))
    return at.isoformat(), str(identity)


def _items(
    rows: Sequence[Row], bases: Bases, *, full_text: bool, syndicated: bool
) -> tuple[FeedItem, ...]:
    return tuple(_item(row, bases, full_text=full_text, syndicated=syndicated) for row in rows)


def _item(row: Row, bases: Bases, *, full_text: bool, syndicated: bool) -> FeedItem:
    article, video = (orjson.loads(each) if each else None for each in row)
    if article is None:
        assert video is not None
        return items.filmed(video, permitted_film(video) if syndicated else video, bases)
    if syndicated:
        article, video = permitted(article), permitted_film(video)
    return items.item(article, video, bases, full_text=full_text)


async def _departed(read: Read, place: Place) -> tuple[Departed, ...]:
    rows = await read(_DEPARTED, place.id, str(DEPARTED))
    return tuple(_gone(*row) for row in rows)


def _gone(identity: bytes | None, at: bytes | None, earlier: bytes | None) -> Departed:
    assert identity and at
    ids = [(items.EARLIER_ID, earlier.decode())] if earlier else []
    name = identity.decode()
    return Departed(
        id=name, uid=items.uid(name, ids), at=datetime.fromisoformat(at.decode()).astimezone(UTC)
    )


def _home(about: Json, site: Json, place: Place) -> str:
    home: str = about.get("canonical_url") or "/"
    return home


def _title(about: Json, site: Json, place: Place, language: str) -> str:
    name: str = site["name"]
    if place.kind == "edition":
        return name if about["is_default"] else f"{name} – {about['name']}"
    own = about.get("title") or _said_in(language, about.get("names", {})) or about.get("name")
    return f"{own} – {name}"


def _spoken(about: Json, site: Json, place: Place) -> Json:
    """What has the language of the feed: its document, or the edition for those that have none,
    topics and people: the one that it is narrowed to, or else the default one."""
    if about.get("language"):
        return about
    editions: Sequence[Json] = site["editions"]
    asked = (each for each in editions if place.narrowed and each["code"] == place.edition)
    usual = (each for each in editions if each["is_default"])
    return next(asked, None) or next(usual, editions[0])


def _description(about: Json, language: str) -> str | None:
    told = about.get("description")
    if isinstance(told, dict):  # of topics: by language
        told = _said_in(language, told) or next(iter(told.values()), None)
    return told


def _said_in(language: str, texts: Mapping[str, str]) -> str | None:
    """In this language, or in its base language (`en` for `en-GB`)."""
    return texts.get(language) or texts.get(language.partition("-")[0])


_SHOWN = {"all": (), "video": ("l.has_video",), "audio": ("l.format = 'audio'",)}

_ABOUT = """
    SELECT site."full", d."full" FROM published.documents site
    LEFT JOIN published.documents d ON d.id = $1::uuid AND d.status = 200
    WHERE site.kind = 'site' AND site.slug = 'site' AND site.status = 200
"""

_ITEMS = """
    SELECT d."full", v."full" FROM published.listings l
    JOIN published.documents d ON d.id = l.article_id AND d.status = 200
    LEFT JOIN published.videos v ON v.article_id = l.article_id
    WHERE {conditions} ORDER BY l.published_at DESC, l.article_id DESC LIMIT $2::bigint
"""

_FILMS = """
    SELECT NULL::bytea, v."full" FROM published.listings l
    JOIN published.videos v ON v.article_id = l.article_id
    WHERE {conditions} ORDER BY l.published_at DESC, l.article_id DESC LIMIT $2::bigint
"""

_DEPARTED = """
    SELECT p.article_id::text,
        to_char(p.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'),
        (SELECT e.external_id FROM published.external_ids e
            WHERE e.document_id = p.article_id AND e.system = 'feed_id' LIMIT 1)
    FROM published.departed p WHERE p.key = $1::uuid
    ORDER BY p.at DESC, p.article_id DESC LIMIT $2::bigint
"""
