"""Citations as readers get them: what was said, by whom, where it was reported, through whom.

An article's document carries its citations in the order in which they first stand in the text.
A *work* is what can be read or heard; a *statement* is what was said or asserted; a *citation* is
one use of them in one article, with its *chain*: depth 0 is what we read, the last hop the origin.

Of an unnamed source there is the label that editors agreed on, and what they ticked as public;
no id and no time of it.
"""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from app.published.shape import Shape

OPEN = "Open list: new values may appear; show the labels for one you do not know."


class PublicationRef(Shape):
    """The outlet or institution that issued a work."""

    id: UUID
    name: str = Field(examples=["The Northgate Courier"])
    short_name: str | None = None
    type: str = Field(description=f"newspaper, broadcaster, court, … {OPEN}")


class Notice(Shape):
    """What has happened to a cited work since: corrected, retracted, … To be shown beside it."""

    type: str = Field(description=f"correction, retraction, … {OPEN}")
    severity: str = Field(description="material or fatal")
    summary: str
    url: str | None = None
    occurred_on: str | None = Field(default=None, description="EDTF: 2026, 2026-11 or 2026-11-21")


class Link(Shape):
    """Where a work can be read, and whether it still can."""

    url: str | None = None
    access: str = Field(default="unknown", description=f"free, subscription, … {OPEN}")
    broken: bool = Field(default=False, description="Then offer `archive_url` first")
    archive_url: str | None = None
    archived_on: date | None = None


class WorkRef(Shape):
    """A work as citations name it."""

    id: UUID
    type: str = Field(description=f"newspaper_article, report, … {OPEN}")
    title: str | None = None
    publication: PublicationRef | None = None
    authors: list[str] = Field(default=[], description="As they are shown")
    issued: str | None = Field(default=None, description="EDTF: 2026, 2026-11 or 2026-11-20")
    language: str | None = None
    status: str = Field(default="current", description=f"current, corrected, retracted, … {OPEN}")
    notice: Notice | None = None
    link: Link = Link()
    article_id: UUID | None = Field(default=None, description="Where it is one of our own")
    csl: dict[str, Any] = Field(
        description="The item as CSL-JSON, ready for any citation processor"
    )


class Source(Shape):
    """Who said it. Of an unnamed one only the label, and what editors ticked as public."""

    named: bool
    id: UUID | None = Field(default=None, description="Of the speaker; never of an unnamed one")
    label: str = Field(examples=["Ines Valdo", "a former official"])
    role: str | None = Field(default=None, examples=["Former harbour master, Port of Calder"])
    affiliation: str | None = None
    role_status: str | None = None
    count: str | None = None
    anonymity_reason: str | None = Field(
        default=None, description="Why the source is not named, in words for readers"
    )


class Statement(Shape):
    """What was said or asserted."""

    form: str = Field(description=f"direct, partial_direct, paraphrase, … {OPEN}")
    text: str
    language: str | None = None
    text_original: str | None = None
    language_original: str | None = None
    translated_by: str | None = None
    channel: str = Field(description=f"interview, press_report, document, … {OPEN}")
    attribution_level: str = Field(description=f"on_the_record, background, … {OPEN}")
    corroboration: str | None = None
    source: Source | None = Field(
        default=None, description="Null where a document or data speak, or on deep background"
    )
    said_on: str | None = Field(default=None, description="EDTF; of named sources only")
    place: str | None = None


class Hop(Shape):
    """One step from us to the origin."""

    depth: int = Field(description="0 is what we read ourselves")
    node: str = Field(description="publication, work, person, group or organisation")
    label: str
    relation: str = Field(description=f"reported, quoted, said, … {OPEN}")
    identity: str = Field(description="named, withheld_by_us or withheld_by_relay")
    publication_id: UUID | None = None
    work_id: UUID | None = None
    speaker_id: UUID | None = None
    notice: Notice | None = Field(
        default=None, description="What has happened to this work since; see also the citation's"
    )


class Anchor(Shape):
    """Where in the article it stands. Positions count Unicode code points (W3C Web Annotation)."""

    target: str = Field(description="body, headline, standfirst, caption or media")
    block_id: str | None = None
    exact: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    start: int | None = None
    end: int | None = None
    time_ms: list[int] | None = Field(default=None, description="Start and end in media")
    fragment: str | None = Field(default=None, description="For a link to the words: `#:~:text=…`")


class Locator(Shape):
    label: str = Field(description=f"page, section, timestamp, … {OPEN}")
    value: str


class Display(Shape):
    """Lines for a TV: made at publish, cut between words, without markup."""

    line1: str = Field(description="At most 40 characters")
    line2: str | None = Field(default=None, description="At most 48 characters")
    short: str = Field(description="At most 24 characters")
    direction: str = Field(description="ltr or rtl")


class Via(Shape):
    """The citation of the same article through which this one came."""

    citation_id: UUID


class Citation(Shape):
    """One use of a work or statement in one article."""

    id: UUID
    marker: str = Field(description="To be shown at the anchors: numbers in the order of the text")
    ordinal: int
    type: str = Field(description=f"quotation, reported_by, data, … {OPEN}")
    intent: str | None = Field(default=None, description="A term of CiTO")
    attribution_text: str | None = Field(default=None, description="As it is printed")
    prefix: str | None = None
    suffix: str | None = None
    locator: Locator | None = None
    work: WorkRef | None = None
    statement: Statement | None = None
    via: Via | None = None
    chain: list[Hop] = []
    verified_independently: bool = False
    anchors: list[Anchor] = []
    display: Display


class CitingArticle(Shape):
    """The article in which a citation stands."""

    id: UUID
    headline: str
    path: str
    edition: str
    language: str
    section: str = Field(description="The name of its primary section")
    published_at: datetime


class CitedWork(Shape):
    """A work in a list: what it takes to tell it from others."""

    id: UUID
    type: str
    title: str | None = None
    publication: PublicationRef | None = None
    status: str = "current"


class CitationCard(Shape):
    """The short form of a citation: a row in lists of what cites something."""

    id: UUID
    type: str = Field(description=f"quotation, reported_by, data, … {OPEN}")
    intent: str | None = None
    text: str | None = Field(default=None, description="What was said")
    source: Source | None = None
    channel: str | None = None
    attribution_level: str | None = None
    work: CitedWork | None = None
    context: str | None = Field(default=None, description="The sentence in which it stands")
    verified_independently: bool = False
    display: Display
    article: CitingArticle


class StandaloneCitation(Citation):
    """A citation by itself, with the article that it is in."""

    kind: Literal["citation"] = "citation"
    article: CitingArticle
    context: str | None = Field(default=None, description="The sentence in which it stands")


class Sourcing(Shape):
    """What an article rests on, in numbers. There is no score: it would invite padding."""

    formula: int = Field(description="The version of how these numbers are made")
    citations: int
    works: int
    origins_independent: int = Field(
        description="Ten quotes through one newspaper report are one origin"
    )
    single_origin: bool
    relay_only: bool = Field(description="All that is said was reported by others first")
    statements: int
    named: int
    unnamed: int
    by_type: dict[str, int] = {}
    by_channel: dict[str, int] = {}
    by_level: dict[str, int] = {}
    verified_independently: int
    declined_comment: int = 0
    anonymity_reasons_given: int = Field(
        description="For how many of the unnamed sources readers are told why"
    )
    works_with_notice: int = 0
    links_broken: int = 0


class Disclosure(Shape):
    """A fact about a publication that its readers should know. Not a score."""

    text: str = Field(examples=["Owned by the state"])
    source_url: str = Field(description="Where it can be checked")


class Publication(Shape):
    """An outlet or institution that articles cite."""

    kind: Literal["publication"] = "publication"
    id: UUID
    name: str
    short_name: str | None = None
    type: str = Field(description=f"newspaper, broadcaster, court, … {OPEN}")
    homepage_url: str | None = None
    domains: list[str] = []
    issn: list[str] = []
    country: str | None = None
    language: str | None = None
    parent: PublicationRef | None = None
    aliases: list[str] = []
    disclosures: list[Disclosure] = []
    cited_by: str = Field(description="Link to the list of what cites it")


class Identifier(Shape):
    """The name of a work in a scheme of its own: a DOI, an ISBN, an ECLI, …"""

    scheme: str = Field(examples=["doi"])
    value: str = Field(examples=["10.5555/12345678"])


class Work(WorkRef):
    """A work that articles cite."""

    kind: Literal["work"] = "work"
    identifiers: list[Identifier] = []
    notices: list[Notice] = Field(default=[], description="The newest first")
    cited_by: str = Field(description="Link to the list of what cites it")


class Speaker(Shape):
    """Somebody whom articles quote by name."""

    kind: Literal["speaker"] = "speaker"
    id: UUID
    name: str
    short_name: str | None = None
    type: str = Field(description="person, organisation or group")
    roles: list[str] = []
    url: str | None = None
    statements: str = Field(description="Link to the list of what they said")
