"""The TV home: all of its rails in one document, put together from lists when it is read.

Its ETag is made of its plan and of the stamps of the lists: a client that has it costs two reads.
"""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import orjson
from fastapi import Query
from pydantic import Field

from app.delivery import tv_lists
from app.delivery.asking import Ask, Asked
from app.delivery.documents import JSON, kept, missing
from app.delivery.list_keys import look_up
from app.delivery.query_values import Name, documented_as, spelled
from app.delivery.routing import Given, PublicRouter, QueryModel, failing, refused, unknown
from app.delivery.sections import DEFAULT_EDITION
from app.delivery.statements import statement
from app.delivery.tv_fitting import chosen, fitted
from app.delivery.tv_lists import FARTHEST, FILMS, Stamps, Wanted
from app.errors import Fault
from app.published.tv import Plan, PlannedRail, TvHome
from app.published.writes import listing_tag
from app.web import caching
from app.web.answers import Answer, Headers
from app.web.conditional import etag_of, matches

router = PublicRouter("tv")

TRIES = 3
"""How often it is put together anew because something was published meanwhile."""

_PLATFORM = "[a-z][a-z0-9-]{0,29}"
Platform = Annotated[
    str,
    spelled(_PLATFORM, "Must be small letters, digits and hyphens."),
    documented_as(_PLATFORM),
    Field(max_length=30),
]

_PLAN = statement(f"""
    SELECT d.etag, d."full", array_to_string(d.tags, ' ') FROM published.documents d
    WHERE d.kind = 'tv' AND d.status = 200
        AND d.slug = coalesce($1, (SELECT e.slug {DEFAULT_EDITION}))
""")


class TvQuery(QueryModel):
    edition: Given[Name] = Field(
        default=None,
        description="Code of an edition. Default: the default edition.",
        examples=["en"],
    )
    section: Given[Name] = Field(
        default=None,
        description="Id or path of a section: its own home",
        examples=["news/harbour"],
    )
    platform: Given[Platform] = Field(
        default=None,
        description="With this, also the rails that are meant for it alone",
        examples=["roku"],
    )


@router.get(
    "/tv/home",
    operation_id="readTvHome",
    summary="The home screen of a TV app",
    response_model=TvHome,
    responses=failing(),
)
async def read_tv_home(ask: Asked, query: Annotated[TvQuery, Query()]) -> Answer:
    """Everything that the first screen needs, in one request: rails of cards, from the top down, at
    most 200 KB. `more` of each leads to the whole list.

    Editors arrange the rails. Where they have not there is what is live, what is new, and a rail
    for each section. No video is in two rails, and a rail without anything is left out.
    """
    row = await ask.reader.row(_PLAN, await _place(ask, query))
    if row is None:
        raise missing()
    etag, document, tags = row
    plan = Plan.model_validate_json(document)
    rails = [rail for rail in plan.rails if not rail.platforms or query.platform in rail.platforms]
    asked = b"%b %b" % (etag, (query.platform or "").encode())
    keys = sorted({rail.key for rail in rails})
    names = (*tags.decode().split(), *map(listing_tag, keys))
    stamps = await tv_lists.stamps(ask.reader, keys)
    known = ask.head.get(b"if-none-match")
    if known is not None and matches(known, _etag(asked, stamps)):
        return Answer(304, _headers(_etag(asked, stamps), names), b"", names)
    for _ in range(TRIES):
        body, after = await _filled(ask, plan, rails, keys)
        if after == stamps:
            return Answer(200, [JSON, *_headers(_etag(asked, stamps), names)], body, names)
        stamps = after
    # Somebody publishes without end: what we have is good, but no state of the lists has its name.
    return Answer(200, [JSON, *_headers(etag_of(body).encode(), names)], body, names)


async def _place(ask: Ask, query: TvQuery) -> bytes | None:
    """What the plan is called: the id of a section, or the code of an edition."""
    edition = section = None
    if query.edition is not None:
        edition = await look_up(ask.reader, "edition", query.edition)
        if edition is None:
            raise refused(unknown("edition"))
    if query.section is not None:
        section = await look_up(ask.reader, "section", query.section, edition=query.edition)
        if section is None:
            raise refused(unknown("section"))
        if edition is not None and section[1] != edition[1]:
            raise refused(Fault("It is not a section of this edition.", parameter="section"))
    place: bytes | None = section[0] if section else edition[1] if edition else None
    return place


async def _filled(
    ask: Ask, plan: Plan, rails: Sequence[PlannedRail], keys: Sequence[UUID]
) -> tuple[bytes, Stamps]:
    """The document, and the stamps of the lists when its cards were read."""
    wanted: list[Wanted] = []
    above = 0
    for rail in rails:
        film = rail.source in FILMS
        wanted.append(Wanted(rail, min(rail.limit + above * film, FARTHEST)))
        above += rail.limit * film
    rows = chosen(rails, await tv_lists.ids(ask.reader, plan.edition, wanted))
    items = [item for row in rows for item in row]
    films = {identity for film, identity in items if film}
    others = {identity for film, identity in items if not film}
    stamps, cards = await tv_lists.cards(ask.reader, keys, films, others)
    head = {"kind": "tv", **plan.model_dump(mode="json", exclude={"rails"})}
    shown = [[cards[item] for item in row if item in cards] for row in rows]
    return fitted(orjson.dumps(head), rails, shown), stamps


def _etag(asked: bytes, stamps: Stamps) -> bytes:
    numbers = [b"%b=%b" % (key.bytes, stamps[key]) for key in sorted(stamps)]
    return etag_of(b" ".join([asked, *numbers])).encode()


def _headers(etag: bytes, tags: Sequence[str]) -> Headers:
    return [(b"etag", etag), *kept(caching.LISTING, tags)]
