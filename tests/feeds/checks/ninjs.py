"""ninjs 3.1 by a schema made from the standard, and each of its properties one by one."""

from typing import Any

import orjson

from app.feeds.feed import Feed, FeedItem
from app.feeds.names import feed_uri, uri
from app.feeds.texts import legal, line
from tests.feeds.checks.expected import moment, second
from tests.feeds.checks.schemas import errors


def check(feed: Feed, document: bytes) -> None:
    read = orjson.loads(document)
    assert errors("ninjs", read) == []
    assert read["uri"] == feed_uri(feed)
    assert read["title"] == line(feed.title)
    told = read.get("associations", [])
    articles, gone = told[: len(feed.items)], told[len(feed.items) :]
    for entry, item in zip(articles, feed.items, strict=True):
        _entry(entry, item)
    canceled = [(each["uri"], each["pubStatus"], moment(each["versionCreated"])) for each in gone]
    assert canceled == [(uri(each), "canceled", second(each.at)) for each in feed.departed]


def _entry(entry: dict[str, Any], item: FeedItem) -> None:
    assert entry["uri"] == uri(item)
    assert entry["pubStatus"] == "usable"
    assert entry["version"] == str(item.version)
    assert moment(entry["firstCreated"]) == second(item.first_published_at)
    assert moment(entry["contentCreated"]) == second(item.published_at)
    assert moment(entry["versionCreated"]) == second(item.updated_at)
    assert entry["language"] == item.language
    assert entry.get("by", "") == line(item.byline)
    assert entry.get("located", "") == line(item.dateline)
    assert _by_role(entry, "headlines")["main"] == line(item.title)
    assert _by_role(entry, "descriptions").get("summary", "") == line(item.summary)
    bodies = {each["contentType"]: each["value"] for each in entry.get("bodies", [])}
    assert bodies.get("text/html") == (item.html or None)
    assert bodies.get("text/plain", "") == legal(item.text or "").strip()
    assert entry["representationType"] == ("partial" if item.cut or not item.html else "full")
    people = [each for each in entry.get("people", []) if each["rel"] == "author"]
    assert [each["name"] for each in people] == [line(each.name) for each in item.authors]
    names = [
        concept["name"]
        for kind in ("people", "organisations", "places", "events", "subjects")
        for concept in entry.get(kind, [])
        if concept["rel"] in ("about", "section")
    ]
    assert sorted(names) == sorted(line(each.name) for each in item.categories)
    notes = entry.get("edNote", "")
    assert all(line(each.text) in notes for each in item.corrections)
    beside = {each["name"]: each for each in entry.get("associations", [])}
    assert ("featuremedia" in beside) == bool(item.image)
    if item.image:
        addresses = [each["href"] for each in beside["featuremedia"]["renditions"]]
        assert addresses == [item.image.url, *item.image.crops.values()]
    for nature, film in (("video", item.film), ("audio", item.sound)):
        assert (nature in beside) == bool(film)
        if film:
            addresses = [each["href"] for each in beside[nature].get("renditions", [])]
            played = [each.url for each in film.sources] + [each.url for each in film.captions]
            assert addresses == played
    cited = [each["uri"] for name, each in beside.items() if each["rel"] == "citation"]
    assert cited == [each.url for each in item.citations if each.url]


def _by_role(entry: dict[str, Any], name: str) -> dict[str, str]:
    return {each["role"]: each["value"] for each in entry.get(name, [])}
