"""The parameters of the list of videos: those of articles, as far as they tell videos apart."""

from pydantic import Field

from app.delivery.list_query import Genres, ListQuery, Order
from app.delivery.query_values import (
    MOST_ON_A_PAGE,
    USUAL_LIMIT,
    Language,
    Limit,
    Moment,
    Name,
)
from app.delivery.routing import Given, QueryModel


def _as_articles(name: str) -> str | None:
    return ListQuery.model_fields[name].description


class VideoQuery(QueryModel):
    edition: Given[Name] = Field(default=None, description=_as_articles("edition"))
    section: Given[Name] = Field(
        default=None,
        description="Id or path of a section: the videos in it and in all below it. A path is one "
        "within `edition` (or the default edition), or a full one.",
        examples=["news/harbour"],
    )
    person: Given[Name] = Field(default=None, description=_as_articles("person"))
    topic: Given[Name] = Field(default=None, description=_as_articles("topic"))
    series: Given[Name] = Field(default=None, description=_as_articles("series"))
    genre: Given[Genres] = Field(default=None, description=_as_articles("genre"))
    language: Given[Language] = Field(default=None, description=_as_articles("language"))
    since: Given[Moment] = Field(default=None, description=_as_articles("since"))
    until: Given[Moment] = Field(default=None, description=_as_articles("until"))
    order: Order = Field(default=Order.NEWEST, description=_as_articles("order"))
    limit: Limit = Field(default=USUAL_LIMIT, ge=1, le=MOST_ON_A_PAGE, description="Most on a page")
    cursor: Given[str] = Field(
        default=None, max_length=2000, description="Where to go on: from `next`, never made up"
    )

    def as_list_query(self) -> ListQuery:
        """The list of articles that these are the videos of."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return ListQuery.model_construct(**given, has_video=True)
