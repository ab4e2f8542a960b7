"""Saved feeds as the desk API takes and shows them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.editing.articles.content import Format, Genre
from app.editing.inputs import SOMETHING, Input, Name, Switch, Text, example
from app.editing.languages import Language
from app.editing.plain_fields import printable
from app.editing.slugs import Slug
from app.web.moments import Moment
from app.web.pages import PageQuery

MOST_NAMED = 100
LONGEST_WINDOW = 366 * 24
MOST_ITEMS = 500
MOST_COUNTED = 10_000

EditionCode = Annotated[str, Field(min_length=1, max_length=35, examples=["en"])]


def _distinct(values: list[Any]) -> list[Any]:
    return list(dict.fromkeys(values))


def _any_of(description: str) -> Any:
    return Field(default=[], max_length=MOST_NAMED, description=description)


class FeedQuery(Input):
    """Which articles are in it. Each field asks for any of its values, [] for all; an article must
    meet all fields."""

    editions: Annotated[list[EditionCode], AfterValidator(_distinct)] | None = Field(
        default=None, max_length=MOST_NAMED, description="By their codes; left out: its own"
    )
    section_ids: Annotated[list[UUID], AfterValidator(_distinct)] = _any_of(
        "These, and all sections below them"
    )
    topic_ids: Annotated[list[UUID], AfterValidator(_distinct)] = _any_of("")
    person_ids: Annotated[list[UUID], AfterValidator(_distinct)] = _any_of("With a byline of one")
    series_ids: Annotated[list[UUID], AfterValidator(_distinct)] = _any_of("Episodes of one")
    genres: Annotated[list[Genre], AfterValidator(_distinct)] = _any_of("")
    formats: Annotated[list[Format], AfterValidator(_distinct)] = _any_of("")
    languages: Annotated[list[Language], AfterValidator(_distinct)] = _any_of(
        "`en` means `en-GB`, too"
    )
    has_video: Switch | None = Field(
        default=None, description="Whether there is a video that can be played; null: either"
    )
    syndication: Switch = Field(
        default=False,
        description="Only what partners may have: nothing that is syndicated from others, no "
        "article or media whose rights say `syndication: false`",
    )


def _old_id(text: str) -> str:
    if text != printable(text) or text != text.strip() or not text:
        raise PydanticCustomError("old_id", "Must have no spaces around it, and no controls in it.")
    return text


class FeedFields(Input):
    title: Name = Field(examples=["News with video"])
    description: Text = None
    image_id: UUID | None = Field(
        default=None,
        description="An asset that is an image. Anybody may have it, also where the feed is for "
        "partners alone",
    )
    query: FeedQuery = FeedQuery()
    window_hours: int | None = Field(
        default=None,
        strict=True,
        ge=1,
        le=LONGEST_WINDOW,
        description="How long articles stay in it, from when they were published; null: for ever",
        examples=[48],
    )
    size: int = Field(default=50, strict=True, ge=1, le=MOST_ITEMS, description="Most articles")
    full_text: Switch = Field(
        default=True, description="Whether whole texts are in it, as far as anyone may read them; "
        "else summaries",
    )  # fmt: skip
    public: Switch = Field(default=False, description="Or for partners alone, under their keys")
    digest: Switch = Field(
        default=False,
        description="Whether it shows what came since the last issue, for newsletters. Say at "
        "`/desk/feeds/{feed_id}/issue` that one was sent",
    )
    feed_id: Annotated[str, AfterValidator(_old_id)] | None = Field(
        default=None,
        min_length=1,
        max_length=1000,
        description="The id that it had in an old system, by which its subscribers know it",
        examples=["tag:old.example.org,2009:feed/news"],
    )


_EXAMPLE = {
    "title": "News with video",
    "query": {"section_ids": [SOMETHING], "has_video": True},
    "window_hours": 48,
    "public": True,
}


class FeedCreate(FeedFields):
    model_config = example(edition="en", **_EXAMPLE)

    edition: EditionCode = Field(description="Whose language it has")
    slug: Slug | None = Field(default=None, description="Made from the title where it is left out")


class FeedReplace(FeedFields):
    """All of a feed: what is left out is emptied, but for the slug."""

    model_config = example(**_EXAMPLE)

    slug: Slug | None = Field(
        default=None,
        description="Left out: as it is. The old address redirects readers to the new one; "
        "partners have to be told of theirs",
    )


class FeedSummary(BaseModel):
    """A saved feed in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    edition: str
    slug: str
    title: str
    public: bool
    digest: bool
    size: int
    window_hours: int | None
    changed_at: datetime


class Members(BaseModel):
    """The articles that match, whatever the window and the size leave of them."""

    complete: bool = Field(
        description="Whether all articles were looked at since the query was changed last. New "
        "ones come in at once"
    )
    looked_at: int = Field(description="How many were looked at so far")
    articles: int = Field(description=f"How many match; {MOST_COUNTED:,} stands for more, too")


class FeedView(FeedSummary):
    description: str | None
    image_id: UUID | None
    query: FeedQuery
    full_text: bool
    feed_id: str | None
    since: datetime | None = Field(description="It shows what was published from then on")
    members: Members
    feeds: dict[str, str] = Field(description="By format, where readers get it; {} if not public")


class FeedPage(BaseModel):
    items: list[FeedSummary] = Field(description="In the order of their slugs")
    next: str | None = Field(description="Link to the next page")


class FeedListQuery(PageQuery):
    edition: str | None = Field(default=None, min_length=1, max_length=35)


class IssueListQuery(PageQuery):
    """Nothing narrows it."""


class IssueCreate(Input):
    """That an issue was sent."""

    model_config = example(until="2026-11-20T06:00:00Z")

    until: Moment | None = Field(
        default=None,
        description="When the feed was read of which it was made, so that nothing is lost that "
        "came meanwhile. Left out: now",
    )


class IssueView(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    number: int
    since: datetime | None = Field(description="The end of the issue before; null in the first")
    at: datetime = Field(description="The issue had what was published before this moment")
    articles: int = Field(description="How many it had, as many as the feed shows at most")


class IssuePage(BaseModel):
    items: list[IssueView] = Field(description="The newest first")
    next: str | None = Field(description="Link to the next page")
