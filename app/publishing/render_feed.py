"""PURE: a saved feed to what it says of itself, to readers and to partners."""

from datetime import datetime

from app.editing.feeds.models import Feed
from app.editing.site.models import Edition
from app.published.feeds import SavedFeed
from app.publishing.pictures import Assets, image_shape


def saved_feed(edition: Edition, feed: Feed, assets: Assets, modified_at: datetime) -> SavedFeed:
    told = (
        "id", "slug", "title", "description", "full_text", "size", "since", "feed_id",
    )  # fmt: skip
    image = image_shape({"asset_id": feed.image_id} if feed.image_id else None, assets)
    return SavedFeed.model_validate(
        {name: getattr(feed, name) for name in told}
        | {
            "edition": edition.code,
            "language": edition.language,
            "direction": edition.direction,
            "image": image,
            "syndication": feed.query["syndication"],
            "modified_at": modified_at,
        }
    )
