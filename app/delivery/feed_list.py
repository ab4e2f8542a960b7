"""All that there are feeds of, with their addresses in every format."""

from typing import Annotated, NamedTuple
from uuid import UUID

import orjson
from fastapi import Query
from pydantic import Field

from app.delivery.asking import Ask, Asked
from app.delivery.documents import http_date
from app.delivery.list_keys import look_up
from app.delivery.paging import Paged, page, spelled_out, unchanged
from app.delivery.query_values import MOST_ON_A_PAGE, USUAL_LIMIT, Limit, Name, one_of
from app.delivery.routing import Given, PublicRouter, QueryModel, failing, refused, unknown
from app.delivery.statements import Statement, statement
from app.delivery.wire import Row
from app.published import feed_names
from app.published.feeds import FeedList
from app.published.models import FEEDS
from app.web.answers import Answer

router = PublicRouter("feeds")


class _Sort(NamedTuple):
    """One sort of what there are feeds of: the kind of its documents, by what they are in order,
    and whether each belongs to an edition."""

    kind: str
    order: str = "slug"
    of_edition: bool = True


SORTS = {
    "latest": _Sort("edition"),
    "section": _Sort("section", order="sort_key"),
    "series": _Sort("series"),
    "saved": _Sort("feed"),
    "topic": _Sort("topic", of_edition=False),
    "person": _Sort("person", of_edition=False),
}
"""In the order of the list."""

_FORMATS = orjson.dumps(
    [
        *(
            {"name": name, "title": title, "media_type": feed_names.MEDIA_TYPES[name]}
            for name, title in feed_names.TITLES.items()
        ),
        {"name": feed_names.GUIDE, "title": feed_names.GUIDE_TITLE, "media_type": feed_names.XML},
    ]
)


class FeedListQuery(QueryModel):
    kind: Given[Annotated[str, one_of(tuple(SORTS))]] = Field(
        default=None, json_schema_extra={"enum": list(SORTS)}, description="Only these"
    )
    edition: Given[Name] = Field(
        default=None,
        description="Code of an edition: without topics and people, who belong to none",
        examples=["en"],
    )
    limit: Limit = Field(default=USUAL_LIMIT, ge=1, le=MOST_ON_A_PAGE, description="Most on a page")
    cursor: Given[str] = Field(
        default=None, max_length=2000, description="Where to go on: from `next`, never made up"
    )


@router.get(
    "/feeds",
    operation_id="listFeeds",
    summary="What there are feeds of",
    response_model=FeedList,
    responses=failing(),
)
async def list_feeds(ask: Asked, query: Annotated[FeedListQuery, Query()]) -> Answer:
    """Editions, sections, series, what editors put together, topics and people, in pages.

    `formats` are those in which each of them can be had, and `xmltv`, which only editions have: the
    programme guide of their live channels.
    """
    edition = None
    if query.edition is not None:
        edition = await look_up(ask.reader, "edition", query.edition)
        if edition is None:
            raise refused(unknown("edition"))
    paged = Paged(
        path="/v1/feeds",
        spelled=spelled_out(query),
        key=str(FEEDS),
        limit=query.limit,
        cursor=query.cursor,
        meant=(edition and edition[0].decode(),),
    )
    if known := await unchanged(ask, paged, None):
        return known
    begin = paged.position(str, UUID)[0] if paged.cursor is not None else None
    code = edition[1] if edition is not None else None
    rows = await _rows(ask, query.kind, code, begin, paged.limit + 1)
    answer = page(rows, paged, bytes.decode)
    return answer._replace(body=b'{"formats":%b,%b' % (_FORMATS, answer.body[1:]))


async def _rows(
    ask: Ask, kind: str | None, edition: bytes | None, begin: str | None, most: int
) -> list[Row]:
    """Rows for `page`. `begin` is the place of the last row before: a sort, and a name in it."""
    last, _, behind = begin.partition(" ") if begin else ("", "", "")
    names = list(SORTS)
    found: list[Row] = []
    for name in names[names.index(last) :] if last in SORTS else names:
        sort = SORTS[name]
        if kind not in (None, name) or (edition is not None and not sort.of_edition):
            continue
        after = behind.encode() if name == last else None
        asked = [value for value in (edition, after) if value is not None]
        selection = _SELECTIONS[name, edition is not None, after is not None]
        limit = str(most - len(found)).encode()
        rows = await ask.reader.rows(selection, str(FEEDS).encode(), limit, *asked)
        found += [_row(name, *row) for row in rows]
        if len(found) >= most:
            break
    return found


def _selection(sort: _Sort, *, edition: bool, after: bool) -> Statement:
    conditions = [f"d.kind = '{sort.kind}'", "d.status = 200", f"d.{sort.order} IS NOT NULL"]
    if edition:
        conditions.append("d.edition = $3")
    if after:
        conditions.append(f"d.{sort.order} > ${4 if edition else 3}")
    sql = f"""
        SELECT s.seq, {http_date("s.at")}, d.{sort.order}, d.id, d.edition, d.slug, d.path, d."full"
        FROM published.documents d LEFT JOIN published.stamps s ON s.key = $1::uuid
        WHERE {" AND ".join(conditions)} ORDER BY d.{sort.order} LIMIT $2::bigint
    """
    return statement(sql)


_SELECTIONS = {
    (name, edition, after): _selection(sort, edition=edition, after=after)
    for name, sort in SORTS.items()
    for edition in (False, True)
    for after in (False, True)
}


def _row(
    name: str,
    seq: bytes,
    at: bytes,
    place: bytes,
    identity: bytes,
    edition: bytes | None,
    slug: bytes | None,
    path: bytes | None,
    full: bytes,
) -> Row:
    document = orjson.loads(full)
    told = document.get("description")
    item = {
        "kind": name,
        "id": str(UUID(bytes=identity)),
        "edition": edition.decode() if edition is not None else None,
        "language": document.get("language"),
        "title": document.get("title") or document["name"],
        "description": told if isinstance(told, str) else None,
        "feeds": _addresses(name, slug, path),
    }
    return seq, at, f"{name} {place.decode()}".encode(), identity, orjson.dumps(item)


def _addresses(name: str, slug: bytes | None, path: bytes | None) -> dict[str, str]:
    kind = SORTS[name].kind
    if kind == "section":
        return feed_names.addresses(feed_names.section_place((path or b"").decode()))
    if kind == "edition":
        return feed_names.of_edition((slug or b"").decode())
    return feed_names.addresses(feed_names.named_place(kind, (slug or b"").decode()))
