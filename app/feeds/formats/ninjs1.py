"""ninjs 1.6, as clients of news agencies take it: a feed is one composite object, its articles are
associated under names that sort as the feed does.

https://iptc.org/std/ninjs/ninjs-schema_1.6.json
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
    "version": "1.6",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_1.6.json#",
}

_CONCEPTS = {"people": "person", "organisations": "organisation", "places": "place",
             "events": "event"}  # fmt: skip


def render(feed: Feed) -> bytes:
    articles = (_article(item, feed) for item in feed.items)
    told = _present(
        **{"$standard": STANDARD},
        uri=feed_uri(feed),
        type="composite",
        headline=line(feed.title),
        versioncreated=rfc3339(feed.updated_at),
        pubstatus="usable",
        language=feed.language,
        copyrightholder=line(feed.publication.legal_name or feed.publication.publisher),
        description_text=first_line(feed.description, feed.publication.tagline),
        trustindicator=[
            {"scheme": "https://schema.org/", "code": role.rpartition("/")[2], "title": kind,
             "href": href}
            for kind, (role, href) in news_words.policies(feed.publication).items()
        ],
    )  # fmt: skip
    canceled = _numbered("canceled", map(_canceled, feed.departed))
    return orjson.dumps({**told, "associations": _numbered("item", articles) | canceled})


def _article(item: FeedItem, feed: Feed) -> Json:
    text = legal(item.text or "").strip()
    return _present(
        uri=uri(item),
        type=news_words.nature(item),
        representationtype="incomplete" if item.cut or not item.html else "complete",
        profile=item.format,
        version=str(item.version),
        firstcreated=rfc3339(item.first_published_at),
        versioncreated=rfc3339(item.updated_at),
        contentcreated=rfc3339(item.published_at),
        pubstatus="usable",
        copyrightholder=news_words.holder(item, feed.publication),
        ednote=news_words.note(item),
        language=item.language,
        slugline=line(item.kicker),
        byline=line(item.byline),
        located=line(item.dateline),
        title=line(item.title_short),
        headline=line(item.title),
        description_text=line(item.summary),
        description_standfirst=line(item.standfirst),
        body_html=item.html,
        body_text=text,
        charcount=len(text) or None,
        wordcount=item.word_count or None,
        genre=[{"name": item.genre}],
        infosource=[{"name": name}] if (name := line(item.syndicated_from)) else [],
        rightsinfo=_present(linkedrights=item.licence),
        altids=dict(item.external_ids) | {"url": item.url, "masthead": item.id},
        associations=dict(_beside(item)),
        **_concepts(item),
    )


def _canceled(departed: Departed) -> Json:
    return {
        "uri": uri(departed),
        "versioncreated": rfc3339(departed.at),
        "pubstatus": "canceled",
    }


def _concepts(item: FeedItem) -> Json:
    found: Json = {
        "person": [{"name": line(each.name), "rel": "author"} for each in item.authors],
        "subject": [_concept(each, "section") for each in item.sections],
    }
    for topic in item.topics:
        kind = _CONCEPTS.get(news_words.TOPICS.get(topic.scheme, ""), "subject")
        found.setdefault(kind, []).append(_concept(topic, "about"))
    return found


def _concept(category: Category, rel: str) -> Json:
    """Its code is the last part of its address."""
    scheme, slash, code = category.url.rpartition("/")
    return {"name": line(category.name), "rel": rel, "scheme": scheme + slash, "code": code}


def _beside(item: FeedItem) -> Iterable[tuple[str, Json]]:
    if item.image:
        yield "featuremedia", _picture(item.image)
    for nature, film in news_words.played(item):
        yield nature, _film(film, nature, f"{uri(item)}#{nature}")
    for number, cited in enumerate(item.citations, 1):
        if cited.url:
            yield f"citation_{number}", {"uri": cited.url, "title": line(cited.text)}


def _picture(image: Image) -> Json:
    sizes = _present(width=image.width, height=image.height)
    return _present(
        uri=image.url,
        type="picture",
        byline=line(image.credit),
        description_text=line(image.caption),
        description_alt=line(image.alt),
        digitalsourcetype=_present(uri=image.digital_source_type),
        renditions={
            _key(name): _present(href=href, mimetype=image.media_type)
            | (sizes if name == "original" else {})
            for name, href in news_words.renditions(image).items()
        },
    )


def _film(film: Film, nature: str, name: str) -> Json:
    sources = (_source(each, film) for each in film.sources)
    captions = (
        {"href": each.url, "mimetype": "text/vtt", "title": line(each.label)}
        for each in film.captions
    )
    return _present(
        uri=name,
        type=nature,
        language=film.language,
        headline=line(film.title),
        body_transcript=legal(film.transcript or "").strip(),
        renditions=_numbered("source", sources) | _numbered("captions", captions),
    )


def _source(source: Source, film: Film) -> Json:
    return _present(
        href=source.url,
        mimetype=source.media_type,
        width=source.width,
        height=source.height,
        sizeinbytes=source.size,
        duration=film.duration,
    )


def _numbered(name: str, values: Iterable[Json]) -> dict[str, Json]:
    return {f"{name}_{number:04}": value for number, value in enumerate(values, 1)}


def _key(name: str) -> str:
    """Of letters, digits and underscores, as the schema has it."""
    return name.replace("-", "_")


def _present(**fields: Any) -> Json:
    """What is not known is not there: the format has no nulls."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}
