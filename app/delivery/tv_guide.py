"""The programme guide of the live channels, as boxes and apps load it."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Query, Response
from pydantic import Field

from app.delivery.asking import Asked
from app.delivery.feed_reading import reading
from app.delivery.query_values import Name
from app.delivery.routing import FeedRouter, Given, QueryModel, failing
from app.delivery.standing import standing
from app.feeds import guide
from app.feeds.formats import xmltv
from app.published.feed_names import GUIDE_ADDRESS
from app.web.answers import Answer

router = FeedRouter("feeds")

XML = b"application/xml; charset=utf-8"


class GuideQuery(QueryModel):
    edition: Given[Name] = Field(
        default=None,
        description="Code of an edition. Default: the default edition",
        examples=["en"],
    )


def _in_xml() -> dict[int | str, dict[str, Any]]:
    responses = failing()
    content = {"application/xml": {"schema": {"type": "string"}}}
    return responses | {200: {**responses[200], "content": content}}


@router.get(
    GUIDE_ADDRESS,
    operation_id="readTvGuide",
    summary="What is on the live channels, in XMLTV",
    response_class=Response,
    response_model=None,
    responses=_in_xml(),
)
async def read_tv_guide(ask: Asked, query: Annotated[GuideQuery, Query()]) -> Answer:
    """All channels of an edition with what is on them, from two weeks back to the end of their
    schedules: at most 5,000 programmes of each. Unknown parameters are ignored."""
    read, edition = reading(ask.reader), query.edition

    async def load() -> Callable[[], bytes] | None:
        state = await guide.state(read, edition)
        if state is None:
            return None
        return partial(xmltv.render, await guide.load(read, edition, state.changed_at))

    name = f"{GUIDE_ADDRESS}?edition={quote(edition)}" if edition else GUIDE_ADDRESS
    return await standing(ask, name, XML, partial(guide.state, read, edition), load)
