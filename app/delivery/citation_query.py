"""The parameters of lists of citations."""

from typing import Annotated

from pydantic import Field

from app.delivery.query_values import (
    MOST_ON_A_PAGE,
    USUAL_LIMIT,
    Id,
    Limit,
    Moment,
    Name,
    documented_as,
    either,
    one_of,
)
from app.delivery.routing import Given, QueryModel
from app.published.citation_words import ATTRIBUTION_LEVELS, CHANNELS, CITATION_TYPES

Type = Annotated[str, one_of(CITATION_TYPES), documented_as(either(CITATION_TYPES))]
Level = Annotated[str, one_of(ATTRIBUTION_LEVELS), documented_as(either(ATTRIBUTION_LEVELS))]
Channel = Annotated[str, one_of(CHANNELS), documented_as(either(CHANNELS))]

KINDS = ("type", "level", "channel")
"""The parameters of which one at a time is quick."""


class KindQuery(QueryModel):
    type: Given[Type] = Field(
        default=None, description=", ".join(CITATION_TYPES), examples=["quotation"]
    )
    level: Given[Level] = Field(
        default=None,
        description=f"How what was said may be attributed: {', '.join(ATTRIBUTION_LEVELS)}",
        examples=["on_the_record"],
    )
    channel: Given[Channel] = Field(
        default=None,
        description=f"How it came to be known: {', '.join(CHANNELS)}",
        examples=["interview"],
    )


class NarrowQuery(KindQuery):
    """One of type, level and channel with a span of time is always quick. What combines more is
    answered if that can be done quickly."""

    since: Given[Moment] = Field(
        default=None, description="In articles published then or later (RFC 3339)",
        examples=["2026-11-01T00:00:00Z"],
    )  # fmt: skip
    until: Given[Moment] = Field(
        default=None, description="In articles published before that (RFC 3339)",
        examples=["2026-12-01T00:00:00Z"],
    )  # fmt: skip
    section: Given[Name] = Field(
        default=None,
        description="Id or path of a section: in articles of it and of all below it",
        examples=["news/harbour"],
    )
    limit: Limit = Field(default=USUAL_LIMIT, ge=1, le=MOST_ON_A_PAGE, description="Most on a page")


class CitedByQuery(NarrowQuery):
    cursor: Given[str] = Field(
        default=None, max_length=2000, description="Where to go on: from `next`, never made up"
    )


class CitationQuery(CitedByQuery):
    publication: Given[Id] = Field(
        default=None, description="Id of a publication that issued or relayed what is cited"
    )
