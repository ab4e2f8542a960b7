"""The parameters of the list of articles."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from app.delivery.query_values import (
    MOST_ON_A_PAGE,
    USUAL_LIMIT,
    UUID_FORM,
    Id,
    Language,
    Limit,
    Moment,
    Name,
    Truth,
    documented_as,
    either,
    one_of,
    spelled,
)
from app.delivery.routing import Given, QueryModel
from app.published.document import FORMATS, GENRES

MOST_IDS = 100


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    UPDATED = "updated"


_FORMATS, _GENRES = ", ".join(FORMATS), ", ".join(GENRES)
_SEVERAL_GENRES = f"{either(GENRES)}(,{either(GENRES)})*"

Format = Annotated[str, one_of(FORMATS), documented_as(either(FORMATS))]
Genres = Annotated[
    str,
    spelled(_SEVERAL_GENRES, f"Must be one or several of {_GENRES}."),
    documented_as(_SEVERAL_GENRES),
    Field(max_length=300),
]
Ids = Annotated[str, Field(pattern=f"^{UUID_FORM}(,{UUID_FORM})*$", max_length=MOST_IDS * 37 - 1)]
External = Annotated[str, Field(pattern="^[^:]+:.+$", max_length=400)]


class ListQuery(QueryModel):
    """One of section, topic, person and what is cited, with one of format, genre, language and
    has_video and a span of time, is always quick. What combines more is answered if that can be
    done quickly."""

    edition: Given[Name] = Field(default=None, description="Code of an edition", examples=["en"])
    section: Given[Name] = Field(
        default=None,
        description="Id or path of a section: the articles in it and in all below it. A path is "
        "one within `edition` (or the default edition), or a full one.",
        examples=["news/harbour"],
    )
    person: Given[Name] = Field(
        default=None, description="Id or slug of a person with a byline", examples=["thea-lorimark"]
    )
    topic: Given[Name] = Field(default=None, description="Id or slug of a topic")
    series: Given[Name] = Field(
        default=None,
        description="Id or slug of a series: its episodes",
        examples=["harbour-lights"],
    )
    not_topic: Given[Name] = Field(
        default=None, description="Id or slug of a topic that they must not have"
    )
    cites_work: Given[Id] = Field(
        default=None, description="Id of a work that they cite, themselves or through others"
    )
    cites_publication: Given[Id] = Field(
        default=None, description="Id of a publication that issued or relayed what they cite"
    )
    speaker: Given[Id] = Field(default=None, description="Id of somebody whom they quote by name")
    format: Given[Format] = Field(default=None, description=_FORMATS, examples=["video"])
    genre: Given[Genres] = Field(
        default=None,
        description=f"One or several, separated by commas: {_GENRES}",
        examples=["analysis,opinion"],
    )
    language: Given[Language] = Field(
        default=None, description="BCP 47, as in the cards", examples=["en-GB"]
    )
    since: Given[Moment] = Field(
        default=None, description="Published then or later (RFC 3339)",
        examples=["2026-11-01T00:00:00Z"],
    )  # fmt: skip
    until: Given[Moment] = Field(
        default=None, description="Published before that (RFC 3339)",
        examples=["2026-12-01T00:00:00Z"],
    )  # fmt: skip
    has_video: Given[Truth] = Field(
        default=None, description="Whether there is something to watch", examples=[True]
    )
    ids: Given[Ids] = Field(
        default=None,
        description=f"Up to {MOST_IDS} ids, separated by commas: these, in this order. What is "
        "not there, or no longer, is left out. Stands alone.",
    )
    external: Given[External] = Field(
        default=None,
        description="`system:id`, the id of one article in another system. Stands alone.",
        examples=["wordpress:1787"],
    )
    order: Order = Field(
        default=Order.NEWEST,
        description="`newest` or `oldest` by publication; `updated`: the last updated first",
    )
    limit: Limit = Field(default=USUAL_LIMIT, ge=1, le=MOST_ON_A_PAGE, description="Most on a page")
    cursor: Given[str] = Field(
        default=None, max_length=2000, description="Where to go on: from `next`, never made up"
    )

    @property
    def genres(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.genre.split(","))) if self.genre else ()

    @property
    def wanted_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.ids.split(","))) if self.ids else ()
