"""The public JSON of `/v1`: the one place where it is defined.

Within `/v1` fields and enum values may be added, never changed or removed. Documents are made once,
at publish, as canonical bytes: these shapes describe and test them and are never built on a read.

Words: a *document* is what lives at an id; a *card* is its short form, one shape in every list;
*full* carries bodies as HTML, *app* as runs of text.
"""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from app.published.blocks import Block
from app.published.citations import Citation, Sourcing
from app.published.episodes import EpisodeRef, SeriesRef
from app.published.media import ImageShape, Playable
from app.published.shape import Shape

FORMATS = ("text", "video", "audio", "gallery", "live")
GENRES = (
    "news", "analysis", "opinion", "interview", "explainer", "review", "obituary", "factbox",
    "feature", "investigation", "profile", "fact-check", "data", "letter", "newsletter",
    "press-release", "recipe", "quiz",
)  # fmt: skip
LEVELS = ("free", "registered", "subscriber")
CORRECTION_KINDS = ("correction", "clarification", "update", "editors-note", "retraction")

OPEN = "Open list: new values may appear; treat an unknown one as the default."


class SectionRef(Shape):
    """A section as other documents name it."""

    id: UUID
    name: str
    path: str = Field(description="Root-relative, percent-encoded", examples=["/world/neighbours"])


class PersonRef(Shape):
    id: UUID
    slug: str
    name: str
    path: str


class TopicRef(Shape):
    id: UUID
    slug: str
    name: str
    kind: str = Field(description=f"person, place, organisation, event or subject. {OPEN}")
    path: str


class Byline(Shape):
    """One credit, in the order they are shown."""

    person: PersonRef | None = None
    name: str
    role: str | None = None
    organisation: str | None = None


class ExternalId(Shape):
    """The id of this thing in another system, so that old ids survive a move."""

    system: str = Field(examples=["wordpress"])
    id: str = Field(examples=["1787"])


class Access(Shape):
    """Who may read the whole text. What is not free was cut after `preview_blocks` blocks."""

    level: str = Field(default="free", description=f"free, registered or subscriber. {OPEN}")
    reason: str | None = None
    preview_blocks: int | None = None
    cut: bool = Field(default=False, description="Whether this form of the document is cut")


class Rights(Shape):
    license: str | None = Field(default=None, examples=["https://example.org/licence"])
    tdm: str | None = Field(
        default=None, description="Text and data mining: allowed, reserved or null (unsaid)"
    )
    syndication: bool | None = Field(
        default=None, description="Whether partners may have it; null where nobody said so"
    )


class Flags(Shape):
    graphic: bool = False
    sensitive: bool = False
    suppress_ads: bool = False
    suppress_related: bool = False
    ai_assisted: bool = False


class Comments(Shape):
    enabled: bool = False
    closes_at: datetime | None = None
    thread_id: str | None = None


class Seo(Shape):
    title: str | None = None
    description: str | None = None
    canonical_url: str | None = Field(
        default=None, description="Set where another address is the original"
    )
    robots: str | None = None


class Share(Shape):
    """What to hand to a share sheet or a messenger."""

    url: str
    title: str
    text: str | None = None
    image: ImageShape | None = None


class Sponsor(Shape):
    """Who pays for this piece. Where it is not null, it must be shown."""

    name: str
    label: str = Field(examples=["Paid content"])
    url: str | None = None


class Correction(Shape):
    id: UUID
    kind: str = Field(
        description=f"correction, clarification, update, editors-note or retraction. {OPEN}"
    )
    text: str
    at: datetime
    version: int = Field(description="The version of the article that carried it first")


class Alternate(Shape):
    """The same story elsewhere: a translation, or another form."""

    id: UUID
    kind: str = Field(description=f"translation. {OPEN}")
    edition: str
    language: str
    headline: str
    path: str


class Syndication(Shape):
    """Where this piece comes from, when it is not our own."""

    name: str
    url: str | None = None
    id: str | None = None


class Media(Shape):
    """The one shape of a lead: a picture, or something to play."""

    kind: str = Field(description=f"image, video or audio. {OPEN}")
    image: ImageShape | None = None
    video: Playable | None = None
    audio: Playable | None = None


class Card(Shape):
    """The short form of an article: the same in every list."""

    id: UUID
    kind: Literal["article"] = "article"
    edition: str
    language: str = Field(examples=["en"])
    direction: str = Field(description="ltr or rtl")
    format: str = Field(description=f"text, video, audio, gallery or live. {OPEN}")
    genre: str = Field(description=f"news, analysis, opinion, … {OPEN}")
    path: str = Field(examples=["/news/harbour/2026/11/the-harbour-reopens"])
    external_ids: list[ExternalId] = []
    headline: str
    headline_short: str = Field(description="At most 60 characters")
    kicker: str | None = None
    standfirst: str | None = None
    summary: str | None = None
    byline_text: str | None = None
    section: SectionRef
    series: SeriesRef | None = Field(default=None, description="Set where it is an episode")
    episode: EpisodeRef | None = None
    image: ImageShape | None = None
    duration: float | None = Field(default=None, description="Seconds, where there is something "
                                   "to play")  # fmt: skip
    access: Access
    sponsor: Sponsor | None = None
    flags: Flags
    published_at: datetime
    updated_at: datetime
    version: int
    reading_time: int = Field(description="Minutes")


class Article(Card):
    """An article as readers get it: `full` with `html` in its text blocks, `app` with `runs`."""

    canonical_url: str
    bylines: list[Byline] = []
    dateline: str | None = None
    breadcrumbs: list[SectionRef] = []
    sections: list[SectionRef] = Field(default=[], description="The primary one first")
    topics: list[TopicRef] = []
    lead: Media | None = None
    body: list[Block] = Field(
        default=[],
        description="An open union: new types may appear. Show the `text` of one you do not know.",
    )
    citations: list[Citation] = Field(default=[], description="In the order of the text")
    sourcing: Sourcing | None = None
    corrections: list[Correction] = Field(default=[], description="The newest first")
    related: list[Card] = []
    alternates: list[Alternate] = []
    share: Share
    rights: Rights
    comments: Comments
    seo: Seo
    syndicated_from: Syndication | None = None
    extras: dict[str, Any] = Field(default={}, description="The outlet's own public fields")
    first_published_at: datetime
    modified_at: datetime = Field(description="When these bytes changed, for whatever reason")
    word_count: int


class SectionNode(Shape):
    """A section in the tree."""

    id: UUID
    name: str
    slug: str
    path: str
    description: str | None = None
    children: list["SectionNode"] = []


class SectionTree(Shape):
    edition: str
    language: str
    direction: str
    items: list[SectionNode] = []


class Section(Shape):
    id: UUID
    kind: Literal["section"] = "section"
    edition: str
    language: str
    direction: str
    name: str
    slug: str
    path: str
    canonical_url: str
    description: str | None = None
    breadcrumbs: list[SectionRef] = Field(default=[], description="From the top, without itself")
    parent: SectionRef | None = None
    children: list[SectionRef] = []
    articles: str = Field(description="Link to the list of its articles")
    feeds: dict[str, str] = Field(default={}, description="Links to its feeds, by format")
    share: Share
    external_ids: list[ExternalId] = []
    extras: dict[str, Any] = {}
    modified_at: datetime


class Person(Shape):
    id: UUID
    kind: Literal["person"] = "person"
    slug: str
    name: str
    names: dict[str, str] = Field(default={}, description="By language")
    role: str | None = None
    bio: dict[str, str] = Field(default={}, description="Plain text by language")
    image: ImageShape | None = None
    links: list[str] = []
    path: str
    canonical_url: str
    articles: str = Field(description="Link to the list of articles with this byline")
    feeds: dict[str, str] = Field(default={}, description="Links to its feeds, by format")
    share: Share
    external_ids: list[ExternalId] = []
    extras: dict[str, Any] = {}
    modified_at: datetime


class Topic(Shape):
    id: UUID
    kind: Literal["topic"] = "topic"
    slug: str
    name: str
    names: dict[str, str] = {}
    topic_kind: str = Field(description=f"person, place, organisation, event or subject. {OPEN}")
    description: dict[str, str] = {}
    same_as: list[str] = Field(default=[], description="The same thing elsewhere, as URLs")
    path: str
    canonical_url: str
    articles: str
    feeds: dict[str, str] = Field(default={}, description="Links to its feeds, by format")
    share: Share
    external_ids: list[ExternalId] = []
    extras: dict[str, Any] = {}
    modified_at: datetime


class Collection(Shape):
    """A hand-curated list with its header. `items` are cards in the editors' order."""

    id: UUID
    kind: Literal["collection"] = "collection"
    slug: str
    edition: str
    language: str
    direction: str
    title: str
    description: str | None = None
    extras: dict[str, Any] = {}
    modified_at: datetime
    items: list[Card] = []


class Edition(Shape):
    """A language or regional edition; also what lives at its home path."""

    id: UUID
    kind: Literal["edition"] = "edition"
    code: str
    name: str
    language: str
    direction: str
    time_zone: str = Field(examples=["Europe/London"])
    path: str = Field(description="Where it begins", examples=["/", "/fr"])
    canonical_url: str
    is_default: bool
    sections: str = Field(description="Link to its tree of sections")
    articles: str = Field(description="Link to its newest articles")
    feeds: dict[str, str] = Field(default={}, description="Links to its feeds, by format")
    modified_at: datetime


class Bases(Shape):
    """One address: resolve the root-relative links of documents against these."""

    kind: str = Field(description=f"canonical, mirror, onion or archive. {OPEN}")
    priority: int = Field(description="Try the lowest first")
    web: str
    api: str
    media: str


class Publisher(Shape):
    name: str
    legal_name: str | None = None
    url: str | None = None
    email: str | None = None
    postal_address: str | None = None
    logo: ImageShape | None = None


class Robots(Shape):
    """What is asked of crawlers; `/robots.txt` says it in their words."""

    disallow: list[str] = Field(default=[], description="What paths begin with")
    refused: list[str] = Field(default=[], description="Crawlers that should stay away")
    data_training: str | None = Field(
        default=None, description="allowed, reserved or null (unsaid): as `rights.tdm` of articles"
    )


class Site(Shape):
    id: UUID
    kind: Literal["site"] = "site"
    name: str
    tagline: str | None = None
    publisher: Publisher
    policies: dict[str, str] = Field(
        default={},
        description="URLs by kind: corrections, ethics, ownership, verification, …",
    )
    history: str = Field(description="Which versions the public can read: none, corrections, all")
    addresses: list[Bases] = Field(default=[], description="The canonical one first")
    editions: list[Edition] = []
    links: dict[str, str] = Field(default={}, description="Entry points of this API")
    hubs: list[str] = Field(default=[], description="WebSub hubs that know of changes of feeds")
    index_now_key: str | None = Field(
        default=None, description="What `/indexnow-key.txt` must show on the host of the pages"
    )
    search_url: str | None = Field(
        default=None,
        description="The site's own search; `{searchTerms}` stands for the words",
        examples=["https://www.example.org/search?q={searchTerms}"],
    )
    robots: Robots = Robots()
    trust: dict[str, list[str]] = Field(
        default={}, description="Who the site belongs with, by the names of trust.txt"
    )
    modified_at: datetime


class Redirect(Shape):
    """What lives at a path that has moved. Answered with 200, so that a front end sees it."""

    kind: Literal["redirect"] = "redirect"
    status: int = Field(examples=[301])
    to: str = Field(description="Root-relative path, or an absolute URL elsewhere")


class CardPage(Shape):
    items: list[Card]
    next: str | None = Field(description="Root-relative link to the next page, or null")


class VersionEntry(Shape):
    version: int
    published_at: datetime
    minor: bool = Field(description="Whether readers were not told of a difference")
    headline: str
    path: str | None = Field(description="Where to read it; null where it is withheld")
    withheld: bool
    corrections: list[Correction] = Field(default=[], description="Those it carried first")


class VersionList(Shape):
    id: UUID
    items: list[VersionEntry]


class DayCount(Shape):
    day: str = Field(description="yyyy-mm-dd in the edition's time zone", examples=["2026-11-20"])
    count: int


class ArchiveMonth(Shape):
    edition: str
    month: str = Field(examples=["2026-11"])
    days: list[DayCount] = []
    articles: str = Field(description="Link to the month's list")
    previous: str | None = Field(description="Link to the nearest earlier month with articles")
    next: str | None = Field(description="Link to the nearest later month with articles")


class GoneNotice(Shape):
    """Why something was taken away; the body of a 410 or 451 besides the usual problem fields."""

    notice: str | None = None


SectionNode.model_rebuild()
