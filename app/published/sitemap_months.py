"""Which articles are in sitemaps: by edition and month, each a list with a stamp of its own.

So what crawlers have of an old month stays right until something in that month changes.
"""

from datetime import UTC, datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, Name
from app.published.models import SCHEMA

_NAMESPACE = UUID("6c1c5f0e-8a52-4d5e-9a0b-7d1f6f0f8c41")

NEWS = uuid5(_NAMESPACE, "news")
"""The list of what is news in any edition: touched when one of their windows moves."""


class SitemapMonth(Base):
    """A month in which an edition has, or had, articles for sitemaps; and the key of their list."""

    __tablename__ = "sitemap_months"
    __table_args__ = ({"schema": SCHEMA},)

    edition: Mapped[str] = mapped_column(Name, primary_key=True)
    month: Mapped[str] = mapped_column(Name, primary_key=True)
    key: Mapped[UUID] = mapped_column(unique=True)


def month_of(moment: datetime) -> str:
    """`2026-11`, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m}"


def month_key(edition: str, month: str) -> UUID:
    """The list of an edition's articles of a month that search engines may show."""
    return uuid5(_NAMESPACE, f"{edition} {month}")


def window_id(edition: str) -> UUID:
    """The document that says since when an edition's articles are news, and its list."""
    return uuid5(_NAMESPACE, f"{edition} news")
