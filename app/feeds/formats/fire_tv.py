"""JSON for Fire TV, as the sample recipes of Amazon's Fire App Builder read it (LightCast's form).

https://github.com/amzn/fire-app-builder: a flat array; rows come from the first of `categories`.
"""

import orjson

from app.feeds.feed import Feed, FeedItem, Film
from app.feeds.television import categories, main_source, seconds, shown, summary, tile
from app.feeds.texts import legal, line


def render(feed: Feed) -> bytes:
    return orjson.dumps([_item(feed, item, film) for item, film in shown(feed, "fire_tv")])


def _item(feed: Feed, item: FeedItem, film: Film) -> dict[str, object]:
    assert film.artwork
    picture = tile(film.artwork)
    return {
        "id": legal(film.content_id),
        "title": line(item.title),
        "description": summary(item),
        # In quotation marks there, and missing where nobody knows.
        **({"duration": str(seconds(film))} if film.duration is not None else {}),
        "thumbURL": picture,
        "imgURL": picture,
        "videoURL": main_source(film).url,
        "categories": categories(item),
        "channel_id": feed.id,
        "captions": [each.url for each in film.captions if each.kind != "descriptions"],
    }
