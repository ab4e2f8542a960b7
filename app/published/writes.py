"""What can be written to the published side, as plain data."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from app.published.models import EVERYTHING
from app.published.sitemap_months import month_key, month_of


@dataclass(frozen=True, kw_only=True)
class Views:
    """The bytes of a document, one per view; `whole_*` only where the public forms are cut."""

    full: bytes
    card: bytes | None = None
    app: bytes | None = None
    whole_full: bytes | None = None
    whole_app: bytes | None = None

    @property
    def etag(self) -> str:
        """A digest over all views, unquoted. Each view's ETag is made from it."""
        digest = hashlib.blake2b(digest_size=16)
        for form in (self.full, self.card, self.app, self.whole_full, self.whole_app):
            digest.update(b"\0" if form is None else b"\1%d:" % len(form) + form)
        return base64.urlsafe_b64encode(digest.digest()).rstrip(b"=").decode()


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Where an article is listed, and what lists can be filtered by. `episode` is the series that
    it is an instalment of, and its place there; `indexed`: search engines may show it."""

    keys: frozenset[UUID]
    published_at: datetime
    updated_at: datetime
    edition: str
    language: str
    format: str
    genre: str
    has_video: bool
    episode: tuple[UUID, int] | None = None
    indexed: bool = False

    @property
    def everywhere(self) -> frozenset[UUID]:
        """All lists that it is in: also that of all articles, and of its month in sitemaps."""
        month = month_key(self.edition, month_of(self.published_at))
        return self.keys | {EVERYTHING} | ({month} if self.indexed else set())


@dataclass(frozen=True, kw_only=True)
class Published:
    """What a new version adds to the history: also its bytes, without the cards of other articles,
    which may be taken away while the version stays."""

    published_at: datetime
    minor: bool
    headline: str
    corrections: list[dict[str, Any]]
    full: bytes
    app: bytes


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A public citation of an article: its bytes, and the lists it is in besides that of all.

    `card` is its row in lists. What follows `keys` is what lists and statistics are narrowed to.
    """

    id: UUID
    ordinal: int
    card: bytes
    full: bytes
    keys: frozenset[UUID]
    type: str
    channel: str | None
    level: str | None
    affiliation: str | None
    publication_id: UUID | None

    @property
    def etag(self) -> str:
        return Views(full=self.full, card=self.card).etag


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A document in another format, at an address of its own below the document's."""

    name: str
    media_type: str
    body: bytes

    @property
    def etag(self) -> str:
        return Views(full=self.body).etag


@dataclass(frozen=True, kw_only=True)
class Filmed:
    """The video of an article. `private` is for those who may play it; `locked`: with a key;
    `targets` are the TV platforms whose feeds have it."""

    card: bytes
    full: bytes
    private: bytes | None = None
    locked: bool = False
    targets: tuple[str, ...] = ()

    @property
    def etag(self) -> str:
        lock, targets = b"locked" if self.locked else None, " ".join(self.targets).encode()
        return Views(
            full=self.full,
            card=self.card,
            app=self.private,
            whole_full=targets,
            whole_app=lock,
        ).etag


@dataclass(frozen=True, kw_only=True)
class Track:
    """Text that goes along with a film, at an address below the video's."""

    name: str
    media_type: str
    body: bytes
    locked: bool = False

    @property
    def etag(self) -> str:
        return Views(full=self.body, app=b"locked" if self.locked else None).etag


@dataclass(frozen=True, kw_only=True)
class Put:
    """A document in its new form. `change` is `upsert` or `refresh`. `curated` are the curated
    lists that an article is in, or the list itself: all their articles, live or not, with their
    positions.

    Refreshes with the same `because`, the kind and id of what has changed, are one entry of the
    log: renaming a section is not a change for each of its articles.
    """

    id: UUID
    kind: str
    change: str
    version: int
    modified_at: datetime
    views: Views
    path: str | None = None
    edition: str | None = None
    slug: str | None = None
    sort_key: str | None = None
    meta: dict[str, Any] = field(default_factory=dict)
    quiet: bool = False
    listed: Listed | None = None
    external_ids: Sequence[tuple[str, str]] = ()
    published: Published | None = None
    citations: Sequence[Cited] = ()
    exports: Sequence[Exported] = ()
    video: Filmed | None = None
    tracks: Sequence[Track] = ()
    touched: frozenset[UUID] = frozenset()
    curated: dict[UUID, dict[UUID, int]] = field(default_factory=dict)
    because: tuple[str, UUID] | None = None


@dataclass(frozen=True, kw_only=True)
class Remove:
    """A document taken away: 410, or 451 where the law asked for it. The notice is public."""

    id: UUID
    kind: str
    version: int
    modified_at: datetime
    status: int = 410
    notice: str | None = None
    quiet: bool = False


_LISTING = "list-"


def document_tag(kind: str, document_id: UUID) -> str:
    """The cache tag of whatever was made from this document."""
    return f"{kind}-{document_id}"


def listing_tag(key: UUID) -> str:
    """The cache tag of every list under this key."""
    return f"{_LISTING}{key}"


def listed_under(tag: str) -> UUID | None:
    """The key of the lists whose cache tag this is; None where it is another's."""
    return UUID(tag.removeprefix(_LISTING)) if tag.startswith(_LISTING) else None
