"""ninjs 1.6 by a schema made from the standard, and each of its properties one by one."""

from typing import Any

import orjson

from app.feeds.feed import Feed, FeedItem
from app.feeds.names import feed_uri, uri
from app.feeds.texts import legal, line
from tests.feeds.checks.expected import moment, second
from tests.feeds.checks.schemas import errors


def check(feed: Feed, document: bytes) -> None:
    read = orjson.loads(document)
    assert errors("ninjs1", read) == []
    assert (read["uri"], read["headline"]) == (feed_uri(feed), line(feed.title))
    told = [each for _, each in sorted(read.get("associations", {}).items())]
    gone, articles = told[: len(feed.departed)], told[len(feed.departed) :]
    for entry, item in zip(articles, feed.items, strict=True):
        _entry(entry, item)
    canceled = [(each["uri"], each["pubstatus"], moment(each["versioncreated"])) for each in gone]
    assert canceled == [(uri(each), "canceled", second(each.at)) for each in feed.departed]


def _entry(entry: dict[str, Any], item: FeedItem) -> None:
    assert entry["uri"] == uri(item)
    assert entry["pubstatus"] == "usable"
    assert entry["version"] == str(item.version)
    assert moment(entry["firstcreated"]) == second(item.first_published_at)
    assert moment(entry["versioncreated"]) == second(item.updated_at)
    assert entry["language"] == item.language
    assert entry["headline"] == line(item.title)
    assert entry.get("byline", "") == line(item.byline)
    assert entry.get("located", "") == line(item.dateline)
    assert entry.get("description_text", "") == line(item.summary)
    assert entry.get("body_html") == (item.html or None)
    assert entry.get("body_text", "") == legal(item.text or "").strip()
    assert entry["altids"]["masthead"] == item.id
    names = [
        concept["name"]
        for kind in ("person", "organisation", "place", "event", "subject")
        for concept in entry.get(kind, [])
        if concept["rel"] in ("about", "section")
    ]
    assert sorted(names) == sorted(line(each.name) for each in item.categories)
    beside = entry.get("associations", {})
    assert ("featuremedia" in beside) == bool(item.image)
    if item.image:
        addresses = [each["href"] for each in beside["featuremedia"]["renditions"].values()]
        assert addresses == [item.image.url, *item.image.crops.values()]
    for nature, film in (("video", item.film), ("audio", item.sound)):
        assert (nature in beside) == bool(film)
        if film:
            addresses = [each["href"] for each in beside[nature].get("renditions", {}).values()]
            played = [each.url for each in film.sources] + [each.url for each in film.captions]
            assert addresses == played
