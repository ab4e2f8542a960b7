"""PURE: what feeds for television have in common: which films they show, and what of them."""

from app.feeds.feed import Channel, Feed, FeedItem, Film, Image, Source
from app.feeds.texts import legal, line
from app.published.tv_conditions import HLS, LEAST, MP4
from app.published.tv_targets import Target, is_in

Shown = tuple[FeedItem, Film]

_TILES = ("tv-1280", "16x9")
_WIDE, _CLOSE = 16 / 9, 0.02


def shown(feed: Feed, target: Target) -> list[Shown]:
    """The films of a feed that this target takes, the newest first; each content id once."""
    found: dict[str, Shown] = {}
    for item in feed.items:
        film = item.film
        if film and film.sources and film.artwork and film.video and is_in(film.video, target):
            found.setdefault(film.content_id, (item, film))
    return list(found.values())


def tile(picture: Image) -> str:
    """The address of a picture in 16:9, 1280 × 720 pixels where we make it."""
    return next((picture.crops[name] for name in _TILES if name in picture.crops), picture.url)


def tile_or_none(picture: Image | None) -> str | None:
    """The same of the artwork of a channel or a series, where it is large and wide enough."""
    if picture is None:
        return None
    width, height = picture.width, picture.height
    if width and height:
        is_wide = abs(width / height / _WIDE - 1) <= _CLOSE or not picture.crops.keys().isdisjoint(
            _TILES
        )
        if width < LEAST[0] or height < LEAST[1] or not is_wide:
            return None
    return tile(picture)


def summary(item: FeedItem) -> str:
    """What a viewer is told of a film, in one line."""
    return line(item.summary) or line(item.title)


def seconds(film: Film) -> int:
    """How long it is: at least one second."""
    return max(1, round(film.duration or 0))


def quality(source: Source) -> str:
    """SD, HD, FHD or UHD. HD where nobody knows."""
    if source.quality:
        return source.quality
    if source.height is None:
        return "HD"
    return next(name for least, name in _QUALITIES if source.height >= least)


_QUALITIES = ((2160, "UHD"), (1080, "FHD"), (720, "HD"), (0, "SD"))


def best_quality(film: Film) -> str:
    """The highest that is known of any form of it."""
    known = [quality(each) for each in film.sources if each.quality or each.height]
    return max(known, key=_ORDER.index, default="HD")


_ORDER = ("SD", "HD", "FHD", "UHD")


def main_source(film: Film) -> Source:
    """The one for clients that take one: HLS, or else a file; else the first."""
    for media_type in (HLS, MP4):
        for source in film.sources:
            if source.media_type == media_type:
                return source
    return film.sources[0]


def categories(item: FeedItem) -> list[str]:
    """The names of its sections and topics, each once; never none."""
    names = (line(each.name) for each in item.categories)
    return list(dict.fromkeys(filter(None, names))) or ["News"]


def channel_id(channel: Channel) -> str:
    """What apps know a live channel by: as videos, by the id that it had in an older system."""
    earlier = (each for system, each in channel.external_ids if system == "content_id")
    return legal(next(earlier, channel.id))
