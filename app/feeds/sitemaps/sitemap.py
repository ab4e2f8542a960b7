"""Sitemaps as plain data. All addresses are absolute, all moments aware."""

from dataclasses import dataclass
from datetime import datetime

from app.feeds.feed import Film


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What Google News asks for: who publishes it, in which language, and since when."""

    publication: str
    language: str
    title: str
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """A film on a page, and what is said of it."""

    film: Film
    title: str
    description: str
    published_at: datetime
    free: bool
    tags: tuple[str, ...] = ()
    category: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Url:
    """One page. `changed_at` is when a reader saw a difference last."""

    loc: str
    changed_at: datetime | None = None
    images: tuple[str, ...] = ()
    showing: Showing | None = None
    news: News | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One sitemap in the index of all."""

    loc: str
    changed_at: datetime | None = None
