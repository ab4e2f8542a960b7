"""Lists of citations and what they cite, and what is counted over them, as readers get them."""

from uuid import UUID

from pydantic import Field

from app.published.citations import CitationCard, Publication, StandaloneCitation
from app.published.shape import Shape


class CitationList(Shape):
    """All citations of one article, in the order of its text."""

    items: list[StandaloneCitation]
    next: None = Field(description="Always null: they come at once")


class CitationPage(Shape):
    items: list[CitationCard]
    next: str | None = Field(description="Root-relative link to the next page, or null")


class PublicationPage(Shape):
    items: list[Publication]
    next: str | None = Field(description="Root-relative link to the next page, or null")


class FormattedCitation(Shape):
    """A citation as a line to be printed."""

    id: UUID
    style: str = Field(examples=["newsroom"])
    locale: str | None = Field(description="The language that was asked for")
    text: str
    html: str = Field(description="The same with markup, all of it escaped or cleaned")


class CitationCount(Shape):
    value: str | None = Field(description="A type, an id, a month, …; null where there is none")
    label: str | None = Field(default=None, description="The name, where `value` is an id")
    count: int


class CitationStats(Shape):
    """How many citations there are, in groups. The largest group comes first, months in order."""

    group_by: str
    since: str | None = Field(description="The first month that is counted", examples=["2026-01"])
    until: str | None = Field(description="The first month that is not counted")
    total: int
    groups: list[CitationCount] = []
    other: int = Field(description="Those that are in no group")
