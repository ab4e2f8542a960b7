"""PURE: the saved feeds that an article belongs into."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from app.editing.articles.content import Content
from app.editing.feeds.matching import Facts, matches
from app.editing.feeds.schemas import FeedQuery
from app.published.writes import Listed


class SavedQuery(NamedTuple):
    """What a saved feed asks for; `edit` is the number of its changes."""

    id: UUID
    edit: int
    query: FeedQuery


def having(feeds: Iterable[SavedQuery], listed: Listed, *, syndicable: bool) -> set[UUID]:
    """Those of these feeds that an article in these lists is in."""
    facts = Facts(
        keys=listed.keys,
        edition=listed.edition,
        language=listed.language,
        format=listed.format,
        genre=listed.genre,
        has_video=listed.has_video,
        may_be_syndicated=syndicable,
    )
    return {feed.id for feed in feeds if matches(feed.query, facts)}


def may_be_syndicated(content: Content) -> bool:
    """Whether partners may have it: not what is another's, nor what we were told to keep."""
    return content.syndicated_from is None and content.rights.syndication is not False
