"""XMLTV: what is on live channels, as programme guides of boxes and apps read it.

http://xmltv.org/xmltv.dtd, whose order of elements is kept.
"""

from datetime import UTC, datetime

from app.feeds.feed import Image
from app.feeds.guide import Airing, Guide, GuideChannel
from app.feeds.television import tile_or_none
from app.feeds.texts import legal, line
from app.feeds.xml import Element, add, maybe, root, written

GENERATOR = "Masthead"


def render(guide: Guide) -> bytes:
    told = {
        "date": _written(guide.updated_at),
        "source-info-url": guide.url,
        "source-info-name": line(guide.publisher),
        "generator-info-name": GENERATOR,
    }
    tv = root("tv", **told)
    for channel in guide.channels:
        _channel(tv, channel)
    for channel in guide.channels:
        for airing in channel.airings:
            _programme(tv, channel, airing)
    return written(tv)


def _channel(tv: Element, channel: GuideChannel) -> None:
    element = add(tv, "channel", None, {"id": legal(channel.id)})
    add(element, "display-name", line(channel.name), {"lang": channel.language})
    _icon(element, channel.picture)
    add(element, "url", channel.url)


def _programme(tv: Element, channel: GuideChannel, airing: Airing) -> None:
    element = add(tv, "programme", None, {
        "start": _written(airing.start),
        "stop": _written(airing.end),
        "channel": legal(channel.id),
    })  # fmt: skip
    spoken = {"lang": channel.language}
    add(element, "title", line(airing.title), spoken)
    maybe(element, "sub-title", line(airing.subtitle), spoken)
    maybe(element, "desc", line(airing.description), spoken)
    _icon(element, airing.picture)
    _episode(element, airing)
    if airing.rating:
        rating = add(element, "rating", None, {"system": airing.rating_system})
        add(rating, "value", airing.rating)


def _icon(element: Element, picture: Image | None) -> None:
    if picture:
        add(element, "icon", None, {"src": tile_or_none(picture) or picture.url})


def _episode(element: Element, airing: Airing) -> None:
    """`xmltv_ns` counts from nought, and knows no specials: they have the number alone."""
    if airing.number is None:
        return
    season = airing.season or 0
    ours = f"{season - 1 if season else ''}.{airing.number - 1}."
    if airing.number > 0:
        add(element, "episode-num", ours, {"system": "xmltv_ns"})
    shown = f"S{season}E{airing.number}"
    add(element, "episode-num", shown, {"system": "onscreen"})


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%d%H%M%S} +0000"
