"""The content of an article: what a revision holds.

`Content` is both how a revision is stored and, but for its body, how the desk sends it.
"""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from app import ids
from app.editing.body.blocks import Stored
from app.editing.body.media import Image, Played
from app.editing.citations.values import Citation
from app.editing.inputs import Name, Switch, filled, filled_line
from app.editing.plain_fields import Line, LongProse, Prose, line
from app.editing.series.numbers import EpisodeNumber, SeasonNumber
from app.editing.urls import WebUrl
from app.published.document import CORRECTION_KINDS, FORMATS, GENRES, LEVELS
from app.web.moments import Moment

Headline = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(filled_line)]
ShortHeadline = Annotated[str | None, Field(max_length=60), AfterValidator(line)]
SponsorLabel = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(filled_line)]
CorrectionText = Annotated[str, Field(min_length=1, max_length=5_000), AfterValidator(filled)]
Genre = Literal[GENRES]  # type: ignore[valid-type]
Format = Literal[FORMATS]  # type: ignore[valid-type]
Level = Literal[LEVELS]  # type: ignore[valid-type]
CorrectionKind = Literal[CORRECTION_KINDS]  # type: ignore[valid-type]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class BylineInput(Part):
    """A credit: one of our people, or somebody by name."""

    person_id: UUID | None = None
    name: Line = Field(default=None, description="Instead of, or other than, the person's name")
    role: Line = Field(default=None, examples=["Harbour correspondent"])
    organisation: Line = None

    @model_validator(mode="after")
    def _is_somebody(self) -> "BylineInput":
        if self.person_id is None and self.name is None:
            raise ValueError("give `person_id` or `name`")
        return self


class LeadInput(Part):
    """What stands above the text: exactly one of these."""

    image: Image | None = None
    video: Played | None = None
    audio: Played | None = None

    @model_validator(mode="after")
    def _is_one(self) -> "LeadInput":
        if sum(part is not None for part in (self.image, self.video, self.audio)) != 1:
            raise ValueError("give exactly one of `image`, `video` and `audio`")
        return self


class AccessInput(Part):
    level: Level = "free"
    reason: Line = None
    preview_blocks: int | None = Field(
        default=None,
        strict=True,
        ge=0,
        le=100,
        description="How many blocks everybody may read where the level is not free (default 3)",
    )


class RightsInput(Part):
    license: WebUrl | None = None
    tdm: Literal["allowed", "reserved"] | None = None
    syndication: Switch | None = Field(
        default=None, description="Whether partners may have it; null where nobody said so"
    )


class FlagsInput(Part):
    graphic: Switch = False
    sensitive: Switch = False
    suppress_ads: Switch = False
    suppress_related: Switch = False
    ai_assisted: Switch = False


class CommentsInput(Part):
    enabled: Switch = False
    closes_at: Moment | None = None
    thread_id: Line = None


class SeoInput(Part):
    title: Line = None
    description: Line = None
    canonical_url: WebUrl | None = None
    robots: str | None = Field(default=None, max_length=200, pattern=r"^[a-z0-9:,_ -]*$")


class SponsorInput(Part):
    name: Name
    label: SponsorLabel = "Paid content"
    url: WebUrl | None = None


class CorrectionInput(Part):
    """Leave out `id` for a new one, `at` for now."""

    id: UUID = Field(default_factory=ids.public)
    kind: CorrectionKind = "correction"
    text: CorrectionText
    at: Moment | None = None


class SyndicationInput(Part):
    name: Name
    url: WebUrl | None = None
    id: Line = None


class EpisodeInput(Part):
    """Of which series this is an episode, and which one."""

    series_id: UUID
    season: SeasonNumber = 1
    number: EpisodeNumber
    title: Line = Field(default=None, description="Where it is not the headline")


class Fields(Part):
    """Everything of the content but the body."""

    headline: Headline = Field(examples=["The harbour reopens"])
    headline_short: ShortHeadline = None
    kicker: Line = None
    standfirst: Prose = None
    summary: Prose = None
    slug: str | None = Field(
        default=None, max_length=120, description="Wanted; made from the headline otherwise"
    )
    path: str | None = Field(
        default=None,
        max_length=1000,
        description="A path of its own instead of the edition's pattern. Changing it on a live "
        "article moves the page; the old path redirects.",
        examples=["/2019/03/an-old-permalink"],
    )
    byline_text: Line = Field(default=None, description="Instead of the names of the bylines")
    bylines: list[BylineInput] = Field(default=[], max_length=50)
    dateline: Line = None
    format: Format = "text"
    genre: Genre = "news"
    section_id: UUID = Field(description="The primary section")
    section_ids: list[UUID] = Field(default=[], max_length=20, description="Others besides it")
    topic_ids: list[UUID] = Field(default=[], max_length=100)
    episode: EpisodeInput | None = None
    lead: LeadInput | None = None
    image: Image | None = Field(
        default=None, description="For lists and sharing; otherwise the lead's, or the first in "
        "the body",
    )  # fmt: skip
    access: AccessInput = AccessInput()
    sponsor: SponsorInput | None = None
    rights: RightsInput = RightsInput()
    flags: FlagsInput = FlagsInput()
    comments: CommentsInput = CommentsInput()
    seo: SeoInput = SeoInput()
    corrections: list[CorrectionInput] = Field(default=[], max_length=200)
    related_ids: list[UUID] = Field(default=[], max_length=50)
    syndicated_from: SyndicationInput | None = None
    extras: dict[str, Any] = {}
    published_at: Moment | None = Field(
        default=None,
        description="For a piece that was public before it came here: when that was. Not in the "
        "future.",
    )
    updated_at: Moment | None = Field(
        default=None, description="For such a piece: when readers last saw a difference"
    )
    note_internal: LongProse = Field(default=None, description="Never leaves the desk")

    @model_validator(mode="after")
    def _is_tidy(self) -> "Fields":
        self.section_ids = [i for i in dict.fromkeys(self.section_ids) if i != self.section_id]
        self.topic_ids = list(dict.fromkeys(self.topic_ids))
        self.related_ids = list(dict.fromkeys(self.related_ids))
        identities = [correction.id for correction in self.corrections]
        if len(set(identities)) != len(identities):
            raise ValueError("two corrections have the same id")
        return self


class Content(Fields):
    body: list[Stored] = []
    citations: list[Citation] = []

    @property
    def all_section_ids(self) -> list[UUID]:
        """The primary one first."""
        return [self.section_id, *self.section_ids]

    @property
    def person_ids(self) -> list[UUID]:
        return list(dict.fromkeys(b.person_id for b in self.bylines if b.person_id))

    @property
    def public_citations(self) -> list[Citation]:
        return [citation for citation in self.citations if citation.visibility == "public"]
