"""The formats of feeds: all that is known of each, in one table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from app.feeds.feed import Feed
from app.feeds.formats import (
    atom,
    digest,
    fire_tv,
    json_feed,
    mrss,
    newsml,
    ninjs,
    ninjs1,
    podcast,
    roku,
    roku_mrss,
    roku_search,
    rss,
)
from app.published.feed_names import MEDIA_TYPES
from app.published.tv_targets import Target

Kinds = Literal["all", "video", "audio"]


@dataclass(frozen=True, kw_only=True)
class Format:
    """`size`: how many articles it has, if nobody says otherwise; `most`: where that ends.

    `shows`: all articles, or only those with a video, or those that are sound. `texts`: whether it
    carries whole texts. `channels`: whether it knows live channels and series. `paged`: whether it
    goes on at `?cursor=…`. `target`: the television platform that it is for; it has the films which
    that takes, and nothing else of their articles.
    """

    name: str
    render: Callable[[Feed], bytes]
    shows: Kinds = "all"
    size: int = 50
    most: int = 500
    texts: bool = True
    channels: bool = False
    paged: bool = False
    target: Target | None = None

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.name]


def _films(
    name: str, render: Callable[[Feed], bytes], target: Target, *, size: int, **options: bool
) -> Format:
    return Format(
        name=name, render=render, target=target, shows="video", size=size, texts=False, **options
    )


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format(name="rss", render=rss.render),
        Format(name="atom", render=atom.render),
        Format(name="json", render=json_feed.render),
        _films("mrss", mrss.render, "mrss", size=200),
        _films("roku-mrss", roku_mrss.render, "mrss", size=300),
        _films("roku", roku.render, "roku_feed", size=400, channels=True),
        _films(
            "roku-search", roku_search.render, "roku_search", size=400, channels=True, paged=True
        ),
        _films("fire-tv", fire_tv.render, "fire_tv", size=300),
        Format(name="ninjs", render=ninjs.render),
        Format(name="ninjs1", render=ninjs1.render),
        Format(name="newsml", render=newsml.render),
        Format(name="podcast", render=podcast.render, shows="audio", size=300),
        Format(name="digest", render=digest.render, texts=False),
    )
}
