"""The one neutral feed, as plain data: what every format is rendered from.

All addresses are absolute, all text is plain unless it is called `html`, all moments are aware.
What may be missing is None or empty. Lengths are not limited here: each format cuts for itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture. Of those we keep, `crops` are its cuts by name (`16x9`, `2x3`, `tv-1280`…), and
    `widest` is its widest form, as a JPEG."""

    url: str
    media_type: str | None = None
    width: int | None = None
    height: int | None = None
    alt: str = ""
    caption: str | None = None
    credit: str | None = None
    digital_source_type: str | None = None
    crops: Mapping[str, str] = field(default_factory=dict)
    widest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One playable form. `bitrate` in bits per second, `size` in bytes; `quality`: SD, HD, …"""

    url: str
    media_type: str
    width: int | None = None
    height: int | None = None
    bitrate: int | None = None
    codecs: str | None = None
    quality: str | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Captions:
    """Text in WebVTT beside a film. `kind`: captions, subtitles or descriptions."""

    url: str
    language: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """What can be played of an item: a video with its artwork, or sound.

    `video` is the JSON of the public video, by which a platform's conditions are looked up; None
    for sound. `content_id` and `media_type` are for deep links. `duration` is in seconds.
    """

    content_id: str
    media_type: str | None = None
    title: str
    sources: tuple[Source, ...] = ()
    captions: tuple[Captions, ...] = ()
    duration: float | None = None
    artwork: Image | None = None
    language: str | None = None
    rating_system: str | None = None
    rating: str | None = None
    advisories: tuple[str, ...] = ()
    available_from: datetime | None = None
    available_until: datetime | None = None
    countries: tuple[str, ...] = ()
    excluded_countries: tuple[str, ...] = ()
    ad_breaks_ms: tuple[int, ...] = ()
    transcript: str | None = None
    thumbnails_url: str | None = None
    video: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """`url` is the page of a person with a profile, `id` the person's."""

    name: str
    role: str | None = None
    url: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A section or a topic. `scheme`: section, or the kind of the topic."""

    id: str
    name: str
    scheme: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """`kind`: correction, clarification, update, editors-note or retraction."""

    kind: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What an item cites, as it is printed, and where it can be read."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """Of which programme an item is an episode."""

    series_id: str
    series_title: str
    series_url: str
    season: int | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """An article. `uid` is its name for machines and never changes; `html` is None where the feed
    has summaries alone, and cut where `cut` says so. `sponsor` is what readers must be told where
    somebody paid for it (`Paid content: Varland Grid`)."""

    id: str
    uid: str
    url: str
    version: int
    title: str
    title_short: str
    kicker: str | None = None
    summary: str | None = None
    standfirst: str | None = None
    html: str | None = None
    text: str | None = None
    edition: str
    language: str
    direction: str = "ltr"
    format: str = "text"
    genre: str = "news"
    byline: str | None = None
    dateline: str | None = None
    authors: tuple[Author, ...] = ()
    section: Category
    sections: tuple[Category, ...] = ()
    topics: tuple[Category, ...] = ()
    image: Image | None = None
    film: Film | None = None
    sound: Film | None = None
    instalment: Instalment | None = None
    access: str = "free"
    cut: bool = False
    licence: str | None = None
    tdm: str | None = None
    sponsor: str | None = None
    graphic: bool = False
    sensitive: bool = False
    ai_assisted: bool = False
    syndicated_from: str | None = None
    syndicated_url: str | None = None
    corrections: tuple[Correction, ...] = ()
    citations: tuple[Cited, ...] = ()
    external_ids: tuple[tuple[str, str], ...] = ()
    first_published_at: datetime
    published_at: datetime
    updated_at: datetime
    word_count: int = 0
    reading_time: int = 0

    @property
    def categories(self) -> tuple[Category, ...]:
        """Sections, the primary one first, then topics."""
        return (*self.sections, *self.topics)


@dataclass(frozen=True, slots=True, kw_only=True)
class Departed:
    """What stood in the feed and was taken away."""

    id: str
    uid: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A live channel of the feed's edition."""

    id: str
    title: str
    description: str | None = None
    url: str
    language: str
    on_air: bool
    sources: tuple[Source, ...] = ()
    artwork: Image | None = None
    rating_system: str | None = None
    rating: str | None = None
    encrypted: bool = False
    modified_at: datetime
    external_ids: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A series that episodes of the feed belong to."""

    id: str
    title: str
    description: str | None = None
    url: str
    language: str
    artwork: Image | None = None
    genres: tuple[str, ...] = ()
    season_titles: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Who publishes. `policies` are addresses by kind."""

    name: str
    publisher: str
    legal_name: str | None = None
    email: str | None = None
    url: str
    logo: Image | None = None
    tagline: str | None = None
    policies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The same feed in another format."""

    format: str
    media_type: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A list of articles, the newest first. `id` never changes; `url` is that of this very form of
    it, `home_url` the page that it is about; `next_url` goes on where the format has pages.

    `updated_at` is the newest of all that it shows.
    """

    id: str
    url: str
    home_url: str
    title: str
    description: str | None = None
    language: str
    direction: str = "ltr"
    image: Image | None = None
    publication: Publication
    hubs: tuple[str, ...] = ()
    alternates: tuple[Link, ...] = ()
    updated_at: datetime
    items: tuple[FeedItem, ...] = ()
    departed: tuple[Departed, ...] = ()
    channels: tuple[Channel, ...] = ()
    programmes: tuple[Programme, ...] = ()
    next_url: str | None = None
