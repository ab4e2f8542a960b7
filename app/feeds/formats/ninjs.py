"""ninjs 3.1, IPTC's News in JSON: a feed is one composite object, its articles are associated.

https://iptc.org/std/ninjs/ninjs-schema_3.1.json
"""

from collections.abc import Iterable
from typing import Any

import orjson

from app.feeds import news_words
from app.feeds.feed import Category, Departed, Feed, FeedItem, Film, Image, Source
from app.feeds.names import feed_uri, uri
from app.feeds.texts import first_line, legal, line, rfc3339

Json = dict[str, Any]

STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}


def render(feed: Feed) -> bytes:
    told = _present(
        uri=feed_uri(feed),
        standard=STANDARD,
        type="composite",
        title=line(feed.title),
        versionCreated=rfc3339(feed.updated_at),
        pubStatus="usable",
        language=feed.language,
        copyrightHolder=line(feed.publication.legal_name or feed.publication.publisher),
        descriptions=_texts(summary=first_line(feed.description, feed.publication.tagline)),
        trustIndicators=[
            {"role": role, "title": kind, "href": href}
            for kind, (role, href) in news_words.policies(feed.publication).items()
        ],
    )
    articles = [_article(item, feed) for item in feed.items]
    canceled = map(_canceled, feed.departed)
    return orjson.dumps({**told, "associations": [*articles, *canceled]})


def _article(item: FeedItem, feed: Feed) -> Json:
    return _present(
        name=line(item.title),
        uri=uri(item),
        type=news_words.nature(item),
        representationType="partial" if item.cut or not item.html else "full",
        profile=item.format,
        version=str(item.version),
        firstCreated=rfc3339(item.first_published_at),
        versionCreated=rfc3339(item.updated_at),
        contentCreated=rfc3339(item.published_at),
        pubStatus="usable",
        copyrightHolder=news_words.holder(item, feed.publication),
        edNote=news_words.note(item),
        language=item.language,
        slugline=line(item.kicker),
        by=line(item.byline),
        located=line(item.dateline),
        headlines=_texts(main=line(item.title), short=line(item.title_short)),
        descriptions=_texts(summary=line(item.summary), standfirst=line(item.standfirst)),
        bodies=_bodies(item),
        genres=[_present(name=item.genre, uri=news_words.genre_uri(item.genre))],
        infoSources=[_present(name=line(item.syndicated_from), role="origin")]
        if item.syndicated_from
        else [],
        rightsInfo=_present(linkedRights=item.licence),
        altIds=[
            {"role": "url", "value": item.url},
            {"role": "masthead", "value": item.id},
            *({"role": system, "value": legal(name)} for system, name in item.external_ids),
        ],
        associations=list(_beside(item)),
        **_concepts(item),
    )


def _canceled(departed: Departed) -> Json:
    return {
        "name": departed.id,
        "uri": uri(departed),
        "versionCreated": rfc3339(departed.at),
        "pubStatus": "canceled",
    }


def _texts(**by_role: str) -> list[Json]:
    return [
        {"role": role, "contentType": "text/plain", "value": value}
        for role, value in by_role.items()
        if value
    ]


def _bodies(item: FeedItem) -> list[Json]:
    forms = (("text/html", item.html), ("text/plain", legal(item.text or "").strip()))
    return [
        {"role": "main", "contentType": media_type, "wordCount": item.word_count, "value": text}
        for media_type, text in forms
        if text
    ]


def _concepts(item: FeedItem) -> Json:
    found: Json = {
        "people": [
            _present(name=line(each.name), rel="author", uri=each.url) for each in item.authors
        ],
        "subjects": [_concept(each, "section") for each in item.sections],
    }
    for topic in item.topics:
        kind = news_words.TOPICS.get(topic.scheme, "subjects")
        found.setdefault(kind, []).append(_concept(topic, "about"))
    return found


def _concept(category: Category, rel: str) -> Json:
    return {
        "name": line(category.name),
        "rel": rel,
        "uri": category.url,
        "literal": category.id,
    }


def _beside(item: FeedItem) -> Iterable[Json]:
    if item.image:
        yield _picture(item.image)
    for nature, film in news_words.played(item):
        yield _film(film, nature, f"{uri(item)}#{nature}")
    for number, cited in enumerate(item.citations, 1):
        if cited.url:
            yield {
                "name": f"citation {number}",
                "rel": "citation",
                "uri": cited.url,
                "title": line(cited.text),
            }


def _picture(image: Image) -> Json:
    sizes = _present(width=image.width, height=image.height)
    return _present(
        name="featuremedia",
        rel="featured",
        uri=image.url,
        type="picture",
        by=line(image.credit),
        descriptions=_texts(caption=line(image.caption), alternative=line(image.alt)),
        digitalSourceType=_present(uri=image.digital_source_type),
        renditions=[
            _present(name=name, href=href, contentType=image.media_type)
            | (sizes if name == "original" else {})
            for name, href in news_words.renditions(image).items()
        ],
    )


def _film(film: Film, nature: str, name: str) -> Json:
    return _present(
        name=nature,
        rel="featured",
        uri=name,
        type=nature,
        language=film.language,
        headlines=_texts(main=line(film.title)),
        bodies=[{"role": "transcript", "contentType": "text/plain", "value": text}]
        if (text := legal(film.transcript or "").strip())
        else [],
        renditions=[
            *(_source(each, number, film) for number, each in enumerate(film.sources, 1)),
            *(
                {"name": f"{each.kind}-{each.language}", "href": each.url,
                 "contentType": "text/vtt", "title": line(each.label)}
                for each in film.captions
            ),
        ],
    )  # fmt: skip


def _source(source: Source, number: int, film: Film) -> Json:
    return _present(
        name=f"source-{number}",
        href=source.url,
        contentType=source.media_type,
        width=source.width,
        height=source.height,
        sizeInBytes=source.size,
        duration=film.duration,
        bitrate=f"{max(1, round(source.bitrate / 1000))} kbps" if source.bitrate else None,
    )


def _present(**fields: Any) -> Json:
    """What is not known is not there: the format has no nulls."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}
